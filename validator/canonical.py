"""The one adapter to the canonical form of schemas that jsonschema-rs gives.

It is marked experimental there, so nothing leans on it alone: what is drawn of it is judged by the
engine, too, and a search for counterexamples runs beside what it proves, in tests. The form is a
schema that accepts the same as another and is simpler: alternatives that exclude one another, no
keyword that is without effect, no reference out of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
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

__all__ = [
    "SECONDS",
    "Accepts",
    "Canonical",
    "Conflict",
    "Parts",
    "answer",
    "canonical",
    "conflicts",
    "covers",
]

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
#: The characters of two forms, multiplied, past which a question is asked apart: seen to take 1 s,
#: at these numbers, and 16 s at 500 million. Most that are covered are told so at once.
_TOGETHER = {"covers": 300 * 10**6, "less": 64 * 10**6, "excludes": 64 * 10**6}
#: Keywords by which a question splits, and how many there may be for it to be asked here: 40
#: clauses of a formula take minutes. Of the schemas of Iglu Central none has more than 4.
_SPLITTING = (b'"anyOf":', b'"oneOf":', b'"not":', b'"if":', b'"dependencies":')
_BRANCHES = 24
#: After so many seconds there is no answer.
SECONDS = 10.0
#: What references are relative to where there is nothing else.
_NOWHERE = "schema:asked"
#: What asking the form may raise: it has no answer, then.
_NO_ANSWER = (CanonicalizationError, jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError)


@attrs.frozen
class _Source:
    """What a form is made of."""

    schema: JSON
    #: The schemas that it refers to, and itself, by URI.
    resources: dict[str, JSON]
    #: The name of the dialect.
    dialect: str
    #: What its references are relative to.
    base: str
    formats: Formats
    backtracks: int

    def options(self) -> dict[str, Any]:
        return {
            "draft": _DRAFTS[self.dialect],
            "registry": jsonschema_rs.Registry(list(self.resources.items())),
            "base_uri": self.base,
            "offline": True,
            "validate_formats": self.formats == "assert",
            "pattern_options": _patterns(self.backtracks),
        }

    def form(self) -> jsonschema_rs.CanonicalSchema:
        return jsonschema_rs.canonicalize(self.schema, **self.options())


class Canonical:
    """The canonical form of a schema."""

    def __init__(self, form: jsonschema_rs.CanonicalSchema, source: _Source) -> None:
        self._form = form
        self._source = source

    @cached_property
    def schema(self) -> JSON:
        """It as a schema of the same dialect, whose references are pointers within it."""
        return _writable(self._form.to_json_schema())

    @cached_property
    def accepts(self) -> Accepts:
        """Tell what it accepts, as far as that is known."""
        return _accepts(self._form)

    def covers(self, other: Canonical, seconds: float = SECONDS) -> bool:
        """Whether it is proved to accept every document that another of its dialect accepts.

        :param seconds: after which there is no answer, where that may take long.
        """
        return self._ask("covers", other, seconds) is True

    def less(self, other: Canonical, seconds: float = SECONDS) -> JSON | None:
        """Give a schema of what it accepts and another does not; None if that is not told.

        That is where there is nothing of the kind, too.

        :param seconds: as in `covers`.
        """
        return self._ask("less", other, seconds)

    def excludes(self, other: Canonical, seconds: float = SECONDS) -> bool:
        """Whether it is proved to accept no document that another of its dialect accepts.

        :param seconds: as in `covers`.
        """
        return self._ask("excludes", other, seconds) is True

    def _ask(self, question: str, other: Canonical, seconds: float) -> JSON:
        is_long = self._length * other._length > _TOGETHER[question]
        if is_long or max(self._branches, other._branches) > _BRANCHES:
            return _asked_apart(question, self._source, other._source, seconds)
        return _answer(question, self._form, other._form)

    @cached_property
    def name(self) -> bytes:
        """What it is made of, as text."""
        return orjson.dumps(self._source.schema)

    @cached_property
    def _branches(self) -> int:
        """How many alternatives, and conditions, it has: what is asked of it may split at each."""
        return sum(self.name.count(keyword) for keyword in _SPLITTING)

    @cached_property
    def _length(self) -> int:
        return len(repr(self._form.to_json_schema()))


# Questions about two forms.


def _covers(one: jsonschema_rs.CanonicalSchema, other: jsonschema_rs.CanonicalSchema) -> bool:
    return one.covers(other) == Containment.YES


def _less(one: jsonschema_rs.CanonicalSchema, other: jsonschema_rs.CanonicalSchema) -> JSON:
    lost = one.subtract(other)
    return None if _accepts(lost) == "nothing" else _writable(lost.to_json_schema())


def _excludes(one: jsonschema_rs.CanonicalSchema, other: jsonschema_rs.CanonicalSchema) -> bool:
    return _accepts(one.intersect(other)) == "nothing"


_QUESTIONS = {"covers": _covers, "less": _less, "excludes": _excludes}


def _answer(
    question: str, one: jsonschema_rs.CanonicalSchema, other: jsonschema_rs.CanonicalSchema
) -> JSON:
    """Answer a question about two forms; None if there is no answer."""
    try:
        return _QUESTIONS[question](one, other)
    except _NO_ANSWER:
        return None


def _asked_apart(question: str, one: _Source, other: _Source, seconds: float) -> JSON:
    """Ask in a process of its own, which is ended where it gives no answer in so many seconds."""
    given = orjson.dumps([question, attrs.asdict(one), attrs.asdict(other)])
    path = os.pathsep.join(each for each in sys.path if each)
    try:
        told = subprocess.run(  # noqa: S603  # this interpreter, and this module
            [sys.executable, "-P", "-c", _ANSWERING],  # nothing of the folder it runs in
            input=given,
            capture_output=True,
            timeout=max(seconds, 0.0),
            check=True,
            env={**os.environ, "PYTHONPATH": path},
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return orjson.loads(told.stdout)


_ANSWERING = """
import sys
from validator.canonical import answer
sys.stdout.buffer.write(answer(sys.stdin.buffer.read()))
"""


def answer(given: bytes) -> bytes:
    """Answer a question that was asked apart: JSON to JSON."""
    question, *sources = orjson.loads(given)
    one, other = (_Source(**each).form() for each in sources)
    return orjson.dumps(_answer(question, one, other))


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
    contents = resources_of(closure, formats)
    if contents is None:
        return None
    source = _source(closure.root, contents, limits, formats)
    try:
        return Canonical(source.form(), source)
    except _NO_ANSWER:
        return None


def _source(root: Schema, contents: dict[str, JSON], limits: Limits, formats: Formats) -> _Source:
    schema = contents[root.uri]
    if isinstance(schema, dict):
        schema = {name: value for name, value in schema.items() if name not in _OF_IGLU}
    name, base = root.dialect.name, _base(root)
    return _Source(schema, contents, name, base, formats, limits.backtracks)


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
    name, known = dialect.name, dict(resources or {})
    one, other = (
        _Source(each, known, name, _NOWHERE, formats, limits.backtracks) for each in (outer, inner)
    )
    try:
        return _answer("covers", one.form(), other.form()) is True
    except _NO_ANSWER:
        return False


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
    source = _source(root, contents, limits, formats)
    try:
        found = find_unsatisfiable(source.schema, **source.options())
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


def _patterns(backtracks: int) -> jsonschema_rs.RegexOptions | jsonschema_rs.FancyRegexOptions:
    if backtracks:
        return jsonschema_rs.FancyRegexOptions(backtrack_limit=backtracks)
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
        self._patterns = _patterns(limits.backtracks)
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
