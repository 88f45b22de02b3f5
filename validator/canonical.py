"""The one adapter to the canonical form of schemas that jsonschema-rs gives.

It is marked experimental there, so nothing leans on it alone: what is drawn of it is judged by the
engine, too. The form is a schema that accepts the same as another and is simpler: alternatives that
exclude one another, no keyword that is without effect, no reference out of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

import attrs
import jsonschema_rs
import orjson
from jsonschema_rs.canonical import CanonicalizationError, CanonicalKind, Satisfiability

from validator.closure import Closure
from validator.dialects import Dialect
from validator.engine import Formats
from validator.formats import CLASSES
from validator.limits import Limits
from validator.registry import Schema
from validator.results import JSON

__all__ = ["Accepts", "Canonical", "Parts", "canonical"]

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


@attrs.frozen
class Canonical:
    """The canonical form of a schema."""

    #: As a schema of the same dialect, whose references are pointers within it.
    schema: JSON = attrs.field(repr=False)
    accepts: Accepts


def canonical(closure: Closure, limits: Limits, formats: Formats) -> Canonical | None:
    """Give the canonical form of a schema that was compiled; None where there is none."""
    root = closure.root
    contents = {each.uri: each.for_engine() for each in (root, *closure.others)}
    schema = contents[root.uri]
    if isinstance(schema, dict):
        schema = {name: value for name, value in schema.items() if name not in _OF_IGLU}
    try:
        form = jsonschema_rs.canonicalize(
            schema,
            draft=_DRAFTS[root.dialect.name],
            registry=jsonschema_rs.Registry(list(contents.items())),
            base_uri=_base(root),
            offline=True,
            validate_formats=formats == "assert",
            pattern_options=_patterns(limits),
        )
    except (CanonicalizationError, jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError):
        return None
    return Canonical(form.to_json_schema(), _accepts(form))


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
            question = self._questions[name] = self._class(
                schema,
                registry=self._registry,
                offline=True,
                validate_formats=self._asserting,
                pattern_options=self._patterns,
            ).is_valid
        return question
