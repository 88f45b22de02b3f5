"""The one adapter to the canonical form of schemas that jsonschema-rs gives.

It is marked experimental there, so nothing leans on it alone: what is drawn of it is judged by the
engine, too, and a search for counterexamples runs beside what it proves, in tests. The form is a
schema that accepts the same as another and is simpler: alternatives that exclude one another, no
keyword that is without effect, no reference out of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal, TypeAlias

import attrs
import jsonschema_rs
import orjson
from jsonschema_rs.canonical import (
    CanonicalizationError,
    CanonicalKind,
    Containment,
    Satisfiability,
    UnsatisfiableReason,
    find_unsatisfiable,
)

from validator.closure import Closure
from validator.dialects import Dialect
from validator.engine import Formats, resources_of
from validator.formats import CLASSES
from validator.limits import Limits
from validator.registry import Schema
from validator.results import JSON

__all__ = ["Accepts", "Canonical", "Conflict", "Parts", "canonical", "conflicts", "covers"]

#: What a schema accepts, as far as it is known: `something` may be everything but is not known to
#: be, and `unknown` may be nothing.
Accepts: TypeAlias = Literal["nothing", "something", "everything", "unknown"]

_DRAFTS = {
    "draft-04": jsonschema_rs.Draft4,
    "draft-06": jsonschema_rs.Draft6,
    "draft-07": jsonschema_rs.Draft7,
    "2019-09": jsonschema_rs.Draft201909,
    "2020-12": jsonschema_rs.Draft202012,
}
#: What Iglu writes into a schema; engines read it as unknown keywords.
_OF_IGLU = ("self", "$supersedes", "$supersededBy")
#: The bytes of two forms, multiplied, past which it is not asked what one has and the other not:
#: that was seen to take 1 s at 64 million, and 5 s at 100 million.
_MOST_TOGETHER = 64 * 10**6
#: What asking the form may raise: it has no answer, then.
_NO_ANSWER = (CanonicalizationError, jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError)


class Canonical:
    """The canonical form of a schema."""

    def __init__(self, form: jsonschema_rs.CanonicalSchema) -> None:
        self._form = form

    @cached_property
    def schema(self) -> JSON:
        """It as a schema of the same dialect, whose references are pointers within it."""
        return _writable(self._form.to_json_schema())

    @cached_property
    def _length(self) -> int:
        return len(orjson.dumps(self.schema))

    @cached_property
    def accepts(self) -> Accepts:
        """Tell what it accepts, as far as that is known."""
        return _accepts(self._form)

    def covers(self, other: Canonical) -> bool:
        """Whether it is proved to accept every document that another of its dialect accepts."""
        try:
            return self._form.covers(other._form) == Containment.YES  # of its own kind
        except _NO_ANSWER:
            return False

    def less(self, other: Canonical) -> Canonical | None:
        """Give what it accepts and another does not; None if that can't be told, or takes long."""
        if self._length * other._length > _MOST_TOGETHER:  # of its own kind
            return None
        try:
            return Canonical(self._form.subtract(other._form))  # of its own kind
        except _NO_ANSWER:
            return None

    def meets(self, other: Canonical) -> Accepts:
        """Tell what both accept, as far as that is known."""
        try:
            return _accepts(self._form.intersect(other._form))  # of its own kind
        except _NO_ANSWER:
            return "unknown"


def _writable(value: JSON) -> JSON:
    """Give a schema whose numbers JSON takes: floats for decimals, and for integers past 64 bits.

    It tells 1e300 as an integer, and what it reckons of two floats as a decimal.
    """
    if isinstance(value, dict):
        return {name: _writable(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_writable(each) for each in value]
    is_large = isinstance(value, int) and not -(2**63) <= value < 2**64
    if is_large or isinstance(value, Decimal):
        return float(value)
    return value


def canonical(closure: Closure, limits: Limits, formats: Formats) -> Canonical | None:
    """Give the canonical form of a schema that was compiled; None where there is none."""
    root = closure.root
    contents = resources_of(closure, formats)
    if contents is None:
        return None
    schema = contents[root.uri]
    if isinstance(schema, dict):
        schema = {name: value for name, value in schema.items() if name not in _OF_IGLU}
    try:
        form = jsonschema_rs.canonicalize(schema, **_options(root, contents, limits, formats))
    except _NO_ANSWER:
        return None
    return Canonical(form)


def covers(
    outer: JSON,
    inner: JSON,
    dialect: Dialect,
    limits: Limits,
    formats: Formats,
    resources: Mapping[str, JSON] | None = None,
) -> bool:
    """Whether a schema is proved to accept all that another accepts.

    What they refer to is in `resources`, by URI.
    """
    draft = _DRAFTS[dialect.name]
    try:
        known = jsonschema_rs.Registry(list((resources or {}).items()), draft=draft)
        one, other = (
            jsonschema_rs.canonicalize(
                each,
                draft=draft,
                registry=known,
                offline=True,
                validate_formats=formats == "assert",
                pattern_options=_patterns(limits),
            )
            for each in (outer, inner)
        )
        return one.covers(other) == Containment.YES
    except _NO_ANSWER:
        return False


def _options(
    root: Schema, contents: dict[str, JSON], limits: Limits, formats: Formats
) -> dict[str, Any]:
    return {
        "draft": _DRAFTS[root.dialect.name],
        "registry": jsonschema_rs.Registry(list(contents.items())),
        "base_uri": _base(root),
        "offline": True,
        "validate_formats": formats == "assert",
        "pattern_options": _patterns(limits),
    }


@attrs.frozen
class Conflict:
    """A subschema that is proven to accept nothing, though it is not written as `false`."""

    #: JSON Pointer of it, in the schema.
    location: str
    #: What keeps everything out: for each part, its JSON Pointer and the keywords there.
    causes: tuple[tuple[str, tuple[str, ...]], ...]


def conflicts(closure: Closure, limits: Limits, formats: Formats) -> list[Conflict]:
    """Find the subschemas, of a schema that was compiled, that are proven to accept nothing."""
    root = closure.root
    contents = {each.uri: each.for_engine() for each in (root, *closure.others)}
    schema = contents[root.uri]
    if isinstance(schema, dict):
        schema = {name: value for name, value in schema.items() if name not in _OF_IGLU}
    try:
        found = find_unsatisfiable(schema, **_options(root, contents, limits, formats))
    except _NO_ANSWER:
        return []
    return [Conflict(at, causes) for at, reason in found.items() if (causes := _causes(reason))]


def _causes(reason: UnsatisfiableReason) -> tuple[tuple[str, tuple[str, ...]], ...]:
    causes = []
    if isinstance(reason, UnsatisfiableReason.Conflict):
        causes = reason.causes
    elif isinstance(reason, UnsatisfiableReason.Empty):
        causes = [reason.cause]
    return tuple((each.pointer, tuple(each.keywords)) for each in causes)


def _patterns(limits: Limits) -> jsonschema_rs.RegexOptions | jsonschema_rs.FancyRegexOptions:
    if limits.backtracks:
        return jsonschema_rs.FancyRegexOptions(backtrack_limit=limits.backtracks)
    return jsonschema_rs.RegexOptions()


def _base(root: Schema) -> str:
    """Give what the references of a schema are relative to: the URI that it bears, if any."""
    contents = root.contents
    return (isinstance(contents, dict) and root.dialect.uri_of(contents, root.uri)) or root.uri


def _accepts(form: jsonschema_rs.CanonicalSchema) -> Accepts:
    if form.kind == CanonicalKind.TRUE:
        return "everything"
    answer = form.satisfiability()
    if answer == Satisfiability.NO:
        return "nothing"
    return "something" if answer == Satisfiability.YES else "unknown"


class Parts:
    """Asks whether values are valid by parts of one schema: its canonical form, or what it was.

    For guidance while documents are drawn: `Compiled` has the last word.
    """

    def __init__(
        self, schema: JSON, uri: str, dialect: Dialect, limits: Limits, formats: Formats
    ) -> None:
        self._uri = uri
        self._registry = jsonschema_rs.Registry([(uri, schema)], draft=_DRAFTS[dialect.name])
        self._class = CLASSES[dialect.name]
        self._patterns = _patterns(limits)
        self._asserting = formats == "assert"
        self._questions: dict[str, Callable[[JSON], bool]] = {}

    def at(self, pointer: str) -> Callable[[JSON], bool]:
        """Give the question whether a value is valid by the part at a place of the schema."""
        return self._question(pointer, {"$ref": f"{self._uri}#{pointer}"})

    def of(self, schema: JSON) -> Callable[[JSON], bool]:
        """Give the question whether a value is valid by a schema that refers to nothing."""
        return self._question(f"of {orjson.dumps(schema).decode()}", schema)

    def _question(self, name: str, schema: JSON) -> Callable[[JSON], bool]:
        question = self._questions.get(name)
        if question is None:
            question = self._questions[name] = self._made(schema)
        return question

    def _made(self, schema: JSON) -> Callable[[JSON], bool]:
        try:
            validator = self._class(
                schema,
                registry=self._registry,
                offline=True,
                validate_formats=self._asserting,
                pattern_options=self._patterns,
            )
        except jsonschema_rs.ValidationError:  # of what judges nothing, no pattern was compiled
            return lambda _: False
        return validator.is_valid
