"""The one adapter to jsonschema-rs: schemas are compiled and documents judged here, nowhere else.

The engine gets closed schemas (`closure`) of bounded work (`admission`), documents of bounded depth
(`documents`), linear regular expressions of bounded size, and no way to fetch anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal, Protocol, TypeAlias, cast

import attrs
import jsonschema_rs
import orjson

from validator import admission, messages, places
from validator.closure import Closure
from validator.dialects import DRAFT_04
from validator.documents import measure
from validator.errors import InvalidSchema
from validator.formats import CLASSES
from validator.iglu import SchemaKey
from validator.limits import Limits
from validator.reference import Reference, Unjudged
from validator.registry import Schema
from validator.results import JSON, Path, Violation, clip, json_pointer

__all__ = [
    "BYTES_A_VALUE",
    "FORMATS_OF_IGLU",
    "Compiled",
    "Engine",
    "Findings",
    "Formats",
    "compile_schema",
    "faults",
    "finder",
    "refuse_invalid",
    "resources_of",
]

#: Whether `format` decides (`assert`, as in Iglu) or only says (`annotate`).
Formats: TypeAlias = Literal["assert", "annotate"]

#: What judges: `jsonschema` is for a second opinion.
Engine: TypeAlias = Literal["jsonschema-rs", "jsonschema"]


@attrs.frozen
class Findings:
    """What an evaluation found."""

    violations: tuple[Violation, ...] = ()
    truncated: bool = False


_NOTHING = Findings()
_UUID = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
_is_uuid = re.compile(_UUID).fullmatch


def _is_a_uuid(text: str) -> bool:
    return _is_uuid(text) is not None


#: What draft-04 does not define, and Iglu's schemas, which are of draft-04, lean on: Iglu's own
#: validator asserts it.
FORMATS_OF_IGLU: dict[str, Callable[[str], bool]] = {"uuid": _is_a_uuid}
#: Bytes that all regular expressions of a schema may take, compiled, and that one may.
_PATTERN_BYTES = 64 * 2**20
_ONE_PATTERN_BYTES = 10 * 2**20
#: Bytes of a document that are as much work as one value: they may be matched, or compared.
BYTES_A_VALUE = 20
#: Up to these bounds all violations are listed. Each is an upper bound, since the engine, which
#: lists all or the first, gives each violation a copy of the value, of the paths to it, and of what
#: it should have been. Past one, a document is told its first violation.
_LISTED_FOR_EACH_VALUE = 20
_LISTED_CHARACTERS = 25 * 10**6
_LISTED_NAMES = 100 * 10**6


def refuse_invalid(schema: Schema, limits: Limits) -> None:
    """Make sure that a schema is one of its dialect.

    :raises InvalidSchema: if it is not.
    """
    try:
        jsonschema_rs.meta.validate(schema.for_engine())
    except jsonschema_rs.ValidationError as error:
        problem = _problem(error, limits, "is not a regular expression")
        raise InvalidSchema(schema.uri, problem) from None


#: Up to so many bytes all that is wrong with a schema is listed: the engine lists all or the first.
_LISTED_SCHEMA = 50_000


def faults(schema: Schema, limits: Limits) -> list[tuple[Path, str]]:
    """List what keeps a schema from being one of its dialect: places in it, and what is wrong.

    Of a long schema that is the first alone, and of one that is valid, nothing.
    """
    contents = schema.for_engine()
    try:
        jsonschema_rs.meta.validate(contents)
    except jsonschema_rs.ValidationError as error:
        found = [error]
    else:
        return []
    if len(orjson.dumps(contents)) <= _LISTED_SCHEMA:
        meta_schema = CLASSES[schema.dialect.name]({"$ref": schema.dialect.uri}, offline=True)
        found = list(meta_schema.iter_errors(contents))[: limits.violations] or found
    return [(tuple(places.place_of(each).instance), _unplaced(each, limits)) for each in found]


def _unplaced(error: jsonschema_rs.ValidationError, limits: Limits) -> str:
    if error.kind.name == "format":
        return "must be a regular expression"
    (told,) = messages.violations([error], key=None, limits=limits)
    return told.message


def finder(pattern: str, limits: Limits, number: int = 1) -> Callable[[str], bool] | None:
    """Give what tells whether a pattern, one of so many, finds something in a text.

    None if the regular expressions that the limits allow do not take it.
    """
    options = _patterns(limits, number)
    try:
        judge = jsonschema_rs.Draft202012Validator(
            {"pattern": pattern}, offline=True, pattern_options=options
        )
    except jsonschema_rs.ValidationError:
        return None
    return judge.is_valid


def compile_schema(
    closure: Closure,
    *,
    limits: Limits,
    formats: Formats,
    engine: Engine = "jsonschema-rs",
    show_values: bool = False,
) -> Compiled:
    """Make a schema ready to judge documents.

    :raises InvalidSchema: if it causes too much work, or has a pattern that the regular expressions
        allowed do not take.
    """
    root = closure.root
    admitted = admission.admit(closure.graph, root.uri, limits)
    resources = [(each.uri, each.for_engine()) for each in (root, *closure.others)]
    is_iglu = root.dialect is DRAFT_04 and formats == "assert"
    told = FORMATS_OF_IGLU if is_iglu and _has_formats_of_iglu(resources) else {}

    def judge(
        contents: list[tuple[str, JSON]], told: dict[str, Callable[[str], bool]]
    ) -> jsonschema_rs.Validator:
        return CLASSES[root.dialect.name](
            contents[0][1],
            registry=jsonschema_rs.Registry(contents),
            base_uri=root.uri,
            offline=True,
            validate_formats=formats == "assert",
            formats=told,
            pattern_options=_patterns(limits, closure.patterns),
        )

    try:
        explaining = judge(resources, told)
        quick: _Judging = explaining
        if told:
            replaced = resources_of(closure, formats)
            quick = explaining if replaced is None else judge(list(replaced.items()), {})
    except jsonschema_rs.ValidationError as error:
        within = "in it or in what it refers to, " if closure.others else ""
        raise InvalidSchema(root.uri, within + _problem(error, limits)) from None
    except (ValueError, jsonschema_rs.ReferencingError) as error:
        raise InvalidSchema(root.uri, f"the engine refuses it: {error}"[: limits.message]) from None
    judging: _Judging = explaining
    if engine == "jsonschema":
        asserted = FORMATS_OF_IGLU if is_iglu else {}
        judging = quick = Reference(closure, limits=limits, formats=formats, told=asserted)
    longest = max(_longest_name(orjson.dumps(contents)) for _, contents in resources)
    return Compiled(
        *(root.key, judging, quick.is_valid, admitted, longest, limits, closure.resources),
        show_values,
    )


def resources_of(closure: Closure, formats: Formats) -> dict[str, JSON] | None:
    """Give the contents of a closed schema by URI, the root first: all that decides is in them.

    The formats that an engine has to be told of are patterns there. None where one of them is left:
    a reference may lead outside the keywords that hold schemas.
    """
    schemas = (closure.root, *closure.others)
    resources = [(each.uri, each.for_engine()) for each in schemas]
    is_iglu = closure.root.dialect is DRAFT_04 and formats == "assert"
    if is_iglu and _has_formats_of_iglu(resources):
        resources = [(each.uri, _with_patterns(each)) for each in schemas]
        if _has_formats_of_iglu(resources):
            return None
    return dict(resources)


def _has_formats_of_iglu(resources: list[tuple[str, JSON]]) -> bool:
    """Whether the engine has to be told of a format: only then, since that slows all of it down."""
    text = orjson.dumps([contents for _, contents in resources])
    return any(f'"format":"{name}"'.encode() in text for name in FORMATS_OF_IGLU)


def _with_patterns(schema: Schema) -> JSON:
    """Give a schema with patterns in place of the formats that the engine has to be told of.

    It accepts the same, in less than half the time: the engine need not ask Python.
    """
    copy = orjson.loads(orjson.dumps(schema.for_engine()))
    pending = [copy]
    while pending:
        each = pending.pop()
        if isinstance(each, dict):
            pending += [inner for _, inner in schema.dialect.subschemas(each)]
            if "$ref" not in each and each.get("format") in FORMATS_OF_IGLU:
                each["allOf"] = [*each.get("allOf", []), {"pattern": f"^(?:{_UUID})$"}]
                del each["format"]
    return copy


def _patterns(
    limits: Limits, number: int
) -> jsonschema_rs.RegexOptions | jsonschema_rs.FancyRegexOptions:
    size = min(_ONE_PATTERN_BYTES, _PATTERN_BYTES // max(number, 1))
    if limits.backtracks:
        return jsonschema_rs.FancyRegexOptions(
            backtrack_limit=limits.backtracks, size_limit=size, dfa_size_limit=size
        )
    return jsonschema_rs.RegexOptions(size_limit=size, dfa_size_limit=size)


#: What the linear engine has not: look-around and back-references.
_BEYOND = re.compile(r"\(\?<?[=!]|\\[1-9]")


_UNFIT = "is too large, or not one that the engine takes"


def _problem(error: jsonschema_rs.ValidationError, limits: Limits, of_pattern: str = _UNFIT) -> str:
    """Say where a schema is wrong. A schema holds no personal data, so values are shown."""
    pointer = json_pointer(places.place_of(error).instance, limits.location)
    at = f"at {pointer}: " if pointer else ""
    if error.kind.name == "format" and getattr(error.kind, "format", "") == "regex":
        shown = clip(ascii(error.instance), limits.message // 2)
        beyond = not limits.backtracks and _BEYOND.search(str(error.instance))
        hint = "; Limits(backtracks=100_000) allows look-around and back-references"
        return f"{at}the pattern {shown} {of_pattern}{hint if beyond else ''}"
    (told,) = messages.violations([error], key=None, limits=limits)
    return f"{at}{told.message}"


#: A text, and the colon after it if it is a name.
_TEXT = re.compile(rb'"((?:[^"\\]++|\\.)*+)"(:?)')


def _longest_name(text: bytes) -> int:
    """Give the bytes of the longest name in a JSON text, as orjson writes it."""
    return max((len(each) for each, is_name in _TEXT.findall(text) if is_name), default=0)


class _Judging(Protocol):
    """What judges documents by one schema, as jsonschema-rs does."""

    def is_valid(self, instance: JSON, /) -> bool: ...
    def validate(self, instance: JSON, /) -> None: ...
    def iter_errors(self, instance: JSON, /) -> Iterator[jsonschema_rs.ValidationError]: ...


@attrs.frozen
class Compiled:
    """A schema that documents can be judged by. Safe to share between threads."""

    #: The schema's name, where it has one.
    key: SchemaKey | None
    _judge: _Judging = attrs.field(repr=False)
    #: Whether a document is valid: one of no more bytes than `at_once`.
    is_valid: Callable[[JSON], bool] = attrs.field(repr=False)
    _admission: admission.Admission = attrs.field(repr=False)
    _longest_name: int = attrs.field(repr=False)
    _limits: Limits = attrs.field(repr=False)
    #: The schemas that it is made of, by URI.
    _resources: dict[str, JSON] = attrs.field(repr=False)
    _show_values: bool = attrs.field(repr=False)
    #: The bytes of a document that needs no look at its depth and number of values.
    at_once: int = attrs.field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        whole = self._admission.depth == self._limits.depth
        most_values = self._limits.evaluations // self._admission.works[-1] if whole else 0
        object.__setattr__(self, "at_once", most_values * 2)

    def evaluate(
        self,
        document: JSON,
        size: int,
        *,
        at: Path = (),
        growth: int = 1,
        most: int | None = None,
    ) -> Findings:
        """Judge a document.

        :param size: the bytes that it had as JSON text, at the most.
        :param at: its place, where it is part of another.
        :param growth: how many times as many values it may have since.
        :param most: the violations that are wanted, where those are fewer than the limit.
        """
        if size * growth > self.at_once and (refusal := self._refusal(document, size, at)):
            return refusal
        if self.is_valid(document):
            return _NOTHING
        return self._explain(document, at, self._limits.violations if most is None else most)

    def evaluation(self, document: JSON) -> JSON:
        """Tell of each part of the schema, in jsonschema-rs's words, what it says of a document.

        Only jsonschema-rs can tell.
        """
        judge = cast("jsonschema_rs.Validator", self._judge)
        return judge.evaluate(document).hierarchical()

    def _refusal(self, document: JSON, size: int, at: Path) -> Findings | None:
        """Refuse what could take too long: by the number of its values, its bytes and its depth."""
        values, depth = measure(document)
        if depth <= self._admission.depth:
            steps = max(values, size // BYTES_A_VALUE) * self._admission.works[depth]
            if steps <= self._limits.evaluations:
                return None
        message = (
            f"judging {values:,} values, nested {depth} deep, could take this schema more than "
            f"{self._limits.evaluations:,} steps"
        )
        return self._too_complex(message, at)

    def _too_complex(self, message: str, at: Path) -> Findings:
        location = json_pointer(at, self._limits.location)
        violation = Violation(
            code="TooComplex", message=message, instance_location=location, schema=self.key
        )
        return Findings((violation,))

    def _explain(self, document: JSON, at: Path, most: int) -> Findings:
        """List what is wrong, or the first of it where listing could be long."""
        brief = most == 1 or self._is_long(document)
        try:
            found = self._first(document) if brief else list(self._judge.iter_errors(document))
        except Unjudged as error:
            return self._too_complex(f"jsonschema came to no verdict: {error}", at)
        violations = messages.violations(
            found[:most],
            key=self.key,
            at=at,
            limits=self._limits,
            show_values=self._show_values,
            resources=self._resources,
            document=document,
        )
        return Findings(violations, truncated=brief or len(found) > most)

    def _is_long(self, document: JSON) -> bool:
        """Whether there could be more to list than memory and time allow."""
        text = orjson.dumps(document)
        containers = text.count(b"{") + text.count(b"[")
        # What is true of these is true of the values, the depth and the names, which take a walk.
        if not self._lists_much(containers + text.count(b",") + 1, containers, len(text), text):
            return False
        values, depth = measure(document)
        return self._lists_much(values, depth, _longest_name(text), text)

    def _lists_much(self, values: int, depth: int, longest: int, text: bytes) -> bool:
        """Whether a document of at most so many values, levels and bytes of a name is long."""
        most, listings = self._limits.explained_values, self._admission.listings
        each = listings[min(depth, len(listings) - 1)]
        if values > most or values * each > most * _LISTED_FOR_EACH_VALUE:
            return True
        names = (depth + 1) * (self._longest_name + longest)
        return len(text) * each > _LISTED_CHARACTERS or values * each * names > _LISTED_NAMES

    def _first(self, document: JSON) -> list[jsonschema_rs.ValidationError]:
        found = []
        try:
            self._judge.validate(document)
        except jsonschema_rs.ValidationError as error:
            found.append(error)
        return found
