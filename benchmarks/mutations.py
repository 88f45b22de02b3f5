"""Mutation of schemas: a fixture fails for each keyword that is deleted or loosened.

    python -m benchmarks.mutations [NAME ...]

Of each schema in `schemas/` and `fixtures/registry/`, or of those with a NAME in their URI, every
mutant is made: one keyword, or one of what it lists, is deleted or loosened. A mutant is killed by
a case of the schema's suite in `fixtures/` that has another verdict, or other violations, by it. A
mutant that no case kills, and that is not shown to accept the very same documents, is a survivor,
unless `NOT_KILLED` says why it lives. Exits with 1 where there is a survivor.

A pattern, be it a keyword's or a name in `patternProperties`, loses an anchor, lets each of its
parts stand once more and once less than it says (`{4}` becomes `{4,}` and `{3,4}`, `+` and `?`
become `*`), and takes any character for each escaped dot. Not tried: what a class of characters
lists, groups and the alternatives in them, and, inside of `not`, to loosen what surrounds it by
a stricter pattern.
"""

from __future__ import annotations

import argparse
import fnmatch
import operator
import re
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

import attrs
import jsonschema_rs
import orjson
from jsonschema_rs.canonical import CanonicalizationError, Containment

from validator import Directory, Registry, SchemaKey
from validator.closure import gather
from validator.engine import Compiled, compile_schema
from validator.limits import Limits
from validator.registry import Schema
from validator.results import JSON, json_pointer

__all__ = [
    "KEYS",
    "NOT_KILLED",
    "REGISTRY",
    "Case",
    "Change",
    "Report",
    "Row",
    "Survivor",
    "cases",
    "changes",
    "judge",
    "main",
    "run",
]

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "fixtures"
REGISTRY = Registry(Directory(ROOT / "schemas"), Directory(FIXTURES / "registry"))
KEYS = REGISTRY.keys()
_LIMITS = Limits()

#: Names and indices that lead to a place in a schema.
Way: TypeAlias = tuple[str | int, ...]
#: The keyword and the place of a violation.
_Found: TypeAlias = tuple[str | None, str | None]


# What lives, and why.


@attrs.frozen
class Survivor:
    """A mutant that no case kills, and that is not shown to be equivalent."""

    schema: str
    #: Where it was changed, as a JSON Pointer, and how.
    pointer: str
    what: str

    def __str__(self) -> str:
        return f"{self.schema} at {self.pointer}: {self.what}"


@attrs.frozen
class Row:
    """Why some mutants live that no case kills: patterns of their schema, place and change."""

    schema: str
    pointer: str
    what: str
    why: str

    def explains(self, survivor: Survivor) -> bool:
        """Whether it says why that one lives."""
        return all(
            fnmatch.fnmatchcase(text, pattern)
            for text, pattern in (
                (survivor.schema, self.schema),
                (survivor.pointer, self.pointer),
                (survivor.what, self.what),
            )
        )


#: A row that stands for no mutant that lives is an error: the list may only shrink.
NOT_KILLED: tuple[Row, ...] = (
    Row(
        "iglu:com.snowplowanalytics.self-desc/instance/jsonschema/1-0-0",
        "/properties/schema/anyOf*",
        "*",
        "as published: nobody asserts the format strict-uri, so every text is one of the two",
    ),
    Row(
        "iglu:org.eventpayload.snowplow/query/jsonschema/1-0-0",
        "/properties*",
        "deleted",
        "`e` is there to be described: a text, as additionalProperties has all others",
    ),
)


# The mutants of a schema.


class _Deleted:
    """The value of a keyword that is to go."""


@attrs.frozen
class Change:
    """One change to a schema."""

    path: Way
    #: What it does: `deleted`, or what the keyword becomes.
    what: str
    value: JSON | _Deleted = _Deleted()  # noqa: RUF009  # it has no state

    def applied(self, raw: bytes) -> JSON:
        """Give the schema of that text, changed."""
        root = [orjson.loads(raw)]
        place: JSON = root
        step: str | int = 0
        for following in self.path:
            place, step = place[step], following
        if isinstance(self.value, _Deleted):
            del place[step]
        else:
            place[step] = self.value
        return root[0]


#: Keywords that judge nothing, or hold only what others refer to.
_SAY = frozenset(
    {
        *("$schema", "$id", "id", "self", "$supersedes", "$supersededBy", "$comment"),
        *("title", "description", "default", "examples", "definitions", "$defs"),
    }
)
#: Keywords whose value is a schema, an array of them, or an object of them.
_OF_ONE = frozenset(
    {
        *("additionalProperties", "items", "additionalItems", "not", "contains", "propertyNames"),
        *("if", "then", "else", "unevaluatedItems", "unevaluatedProperties"),
    }
)
_OF_SEVERAL = frozenset({"allOf", "anyOf", "oneOf", "items", "prefixItems"})
_OF_NAMED = frozenset(
    {
        *("properties", "patternProperties", "dependencies", "dependentSchemas"),
        *("definitions", "$defs"),
    }
)
#: Keywords of which each member is deleted by itself, too: of an object, or of an array.
_BY_NAME = (_OF_NAMED | {"dependentRequired"}) - _SAY
_BY_INDEX = frozenset({"required", "allOf", "anyOf", "oneOf"})

_TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")
_TYPE_OF = {type(None): "null", bool: "boolean", int: "integer", float: "number", str: "string"}
_TYPE_OF |= {list: "array", dict: "object"}
#: Bounds, and which way is looser.
_BOUNDS = {"minimum": -1, "exclusiveMinimum": -1, "maximum": 1, "exclusiveMaximum": 1}
_COUNTS = {"minLength": -1, "minItems": -1, "minProperties": -1, "minContains": -1}
_COUNTS |= {"maxLength": 1, "maxItems": 1, "maxProperties": 1, "maxContains": 1}


def changes(schema: JSON, at: Way = ()) -> Iterator[Change]:
    """Give each change that deletes or loosens one keyword of a schema, or of one in it."""
    if not isinstance(schema, dict):
        return
    for keyword, value in schema.items():
        if keyword not in _SAY:
            yield Change((*at, keyword), "deleted")
            yield from _of_parts(keyword, value, (*at, keyword))
            yield from _loosened(keyword, value, schema, at)
    for path, inner in _subschemas(schema):
        yield from changes(inner, at + path)


def _subschemas(schema: dict[str, JSON]) -> Iterator[tuple[Way, JSON]]:
    for keyword, value in schema.items():
        if keyword in _OF_ONE and isinstance(value, dict):
            yield (keyword,), value
        elif keyword in _OF_SEVERAL and isinstance(value, list):
            yield from (((keyword, index), each) for index, each in enumerate(value))
        elif keyword in _OF_NAMED and isinstance(value, dict):
            yield from (((keyword, name), each) for name, each in value.items())


def _of_parts(keyword: str, value: JSON, at: Way) -> Iterator[Change]:
    """Delete each part of a keyword; one that is alone in an array is deleted with it."""
    if keyword in _BY_NAME:
        for name, each in value.items():
            yield Change((*at, name), "deleted")
            if isinstance(each, list):
                yield from _of_members(each, (*at, name))
    elif keyword in _BY_INDEX:
        yield from _of_members(value, at)


def _of_members(members: list[JSON], at: Way) -> Iterator[Change]:
    if len(members) > 1:
        yield from (Change((*at, index), "deleted") for index in range(len(members)))


def _loosened(keyword: str, value: JSON, schema: dict[str, JSON], at: Way) -> Iterator[Change]:
    for what, looser in _looser(keyword, value):
        yield Change((*at, keyword), what, looser)
    if keyword == "enum" and "type" not in schema:
        types = sorted({_TYPE_OF[type(each)] for each in value})
        others = {name: each for name, each in schema.items() if name != "enum"}
        yield Change(at, f"enum becomes type {', '.join(types)}", {**others, "type": types})


def _looser(keyword: str, value: JSON) -> Iterator[tuple[str, JSON]]:
    """Give the looser values of a keyword, but for those that are as none at all."""
    if keyword in _BOUNDS and type(value) is not bool:
        yield f"{value} becomes {value + _BOUNDS[keyword]}", value + _BOUNDS[keyword]
    elif keyword in _COUNTS and value + _COUNTS[keyword] >= 0:
        yield f"{value} becomes {value + _COUNTS[keyword]}", value + _COUNTS[keyword]
    elif keyword == "multipleOf":
        yield "halved", value / 2
    elif keyword == "pattern":
        yield from _of_pattern(value)
    elif keyword == "patternProperties":
        yield from _renamed(value)
    elif keyword == "type":
        known = [value] if isinstance(value, str) else value
        covered = {*known, "integer"} if "number" in known else {*known}
        yield from ((f"{each} also", [*known, each]) for each in _TYPES if each not in covered)
    elif keyword == "enum":
        yield from _more(value)


def _renamed(patterns: dict[str, JSON]) -> Iterator[tuple[str, JSON]]:
    """Give the value of `patternProperties` with each of its names loosened."""
    for pattern in patterns:
        for what, looser in _of_pattern(pattern):
            names = (looser if name == pattern else name for name in patterns)
            yield f"{pattern}: {what}", dict(zip(names, patterns.values(), strict=True))


def _of_pattern(pattern: str) -> Iterator[tuple[str, str]]:
    """Give a pattern without an anchor, and with each count and each escaped dot loosened."""
    if pattern.startswith("^"):
        yield "begins anywhere", pattern[1:]
    if pattern.endswith("$") and not pattern.endswith("\\$"):
        yield "ends anywhere", pattern[:-1]
    for part in _PART.finditer(pattern):
        begin, end = part.span("loosened")
        if begin >= 0:
            for looser in _of_part(part["loosened"]):
                what = f"{part['loosened']} at {begin} becomes {looser}"
                yield what, pattern[:begin] + looser + pattern[end:]


#: A part of a pattern; loosened of it is an escaped dot, or a count but for the `?` that ends lazy.
_PART = re.compile(
    r"""
    (?P<loosened> \\\. | (?P<count> [+?] | \{ \d+ (?: , \d* )? \} ) ) (?(count) \?? )
    | \*\?? | \\. | \[ (?: \\. | [^\]\\] )* \] | \(\? | .
    """,
    re.DOTALL | re.VERBOSE,
)


def _of_part(part: str) -> Iterator[str]:
    if part == "\\.":
        yield "."
    elif part in {"+", "?"}:
        yield "*"
    else:
        least, comma, most = part[1:-1].partition(",")
        if not comma:
            yield f"{{{least},}}"
        elif most:
            yield f"{{{least},{int(most) + 1}}}"
        if int(least):
            yield f"{{{int(least) - 1},{most if comma else least}}}"


def _more(options: list[JSON]) -> Iterator[tuple[str, JSON]]:
    """Give the options with null, and with themselves in upper and in lower case."""
    texts = [each for each in options if isinstance(each, str)]
    further: dict[str, list[JSON]] = {
        "null also": [None],
        "upper case also": [each.upper() for each in texts],
        "lower case also": [each.lower() for each in texts],
    }
    for what, values in further.items():
        if new := [each for each in values if each not in options]:
            yield what, options + new


# What kills them.


@attrs.frozen
class Case:
    """A document of a suite, and what is expected of it."""

    document: JSON
    #: Its bytes.
    size: int
    valid: bool
    #: The keyword and the place of each violation, sorted; None where any will do.
    violations: list[_Found] | None

    @classmethod
    def of(cls, case: dict[str, JSON]) -> Case:
        """Read a case."""
        listed = case.get("violations", [] if case["valid"] else None)
        violations = None if listed is None else _sorted(map(_WHERE, listed))
        size = len(orjson.dumps(case["data"]))
        return cls(case["data"], size, case["valid"], violations)


#: Reads what a suite says of a violation.
_WHERE = operator.itemgetter("keyword", "instance_location")


def _sorted(found: Iterable[_Found]) -> list[_Found]:
    return sorted(found, key=str)


def cases(key: SchemaKey) -> list[Case]:
    """Read the suite of a schema."""
    file = FIXTURES / key.vendor / key.name / f"{key.version}.json"
    return [Case.of(case) for case in orjson.loads(file.read_bytes())["tests"]]


def _compiled(schema: Schema) -> Compiled:
    """Make a schema ready to judge, as the package does."""
    closure = gather(schema, lambda key: REGISTRY.retrieve(key, _LIMITS), _LIMITS)
    return compile_schema(closure, limits=_LIMITS, formats="assert")


def _kills(compiled: Compiled, suite: list[Case]) -> bool:
    """Whether a case has another verdict or, which takes longer to see, other violations."""
    if any(compiled.is_valid(case.document) is not case.valid for case in suite):
        return True
    for index, case in enumerate(suite):
        if case.violations and _found(compiled, case) != case.violations:
            suite.insert(0, suite.pop(index))  # it is likely to kill the next as well
            return True
    return False


def _found(compiled: Compiled, case: Case) -> list[_Found]:
    found = compiled.evaluate(case.document, case.size).violations
    return _sorted((each.keyword, each.instance_location) for each in found)


def _is_equivalent(schema: Schema, mutant: Schema) -> bool:
    """Whether two schemas are shown to accept the very same documents."""
    try:
        one, other = _canonical(schema), _canonical(mutant)
    except CanonicalizationError:
        return False
    return one.covers(other) == other.covers(one) == Containment.YES


def _canonical(schema: Schema) -> jsonschema_rs.CanonicalSchema:
    contents = {name: each for name, each in schema.for_engine().items() if name != "self"}
    return jsonschema_rs.canonicalize(_plain(contents), offline=True, validate_formats=True)


def _plain(value: JSON) -> JSON:
    """Write the format that the package tells the engine of, draft-04 having none, as a pattern."""
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if not isinstance(value, dict):
        return value
    plain = {name: _plain(each) for name, each in value.items()}
    if plain.get("format") == "uuid":
        del plain["format"]
        plain["allOf"] = [*plain.get("allOf", ()), {"pattern": _UUID}]
    return plain


_UUID = "^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$"


# All of it.


@attrs.define
class Report:
    """What became of the mutants."""

    #: The URIs of what was judged.
    schemas: list[str] = attrs.field(factory=list)
    mutants: int = 0
    #: How many of them live, and are shown to accept the very same documents.
    equivalent: int = 0
    survivors: list[Survivor] = attrs.field(factory=list)
    #: Schemas whose own suite finds fault with them: that says nothing of their mutants.
    faulted: list[str] = attrs.field(factory=list)

    def problems(self, rows: Iterable[Row] = NOT_KILLED) -> list[str]:
        """Tell of survivors that no row explains, and of rows that explain none."""
        explained = {each: [row for row in rows if row.explains(each)] for each in self.survivors}
        used = {row for found in explained.values() for row in found}
        idle = [row for row in rows if row not in used and fnmatch.filter(self.schemas, row.schema)]
        return [
            *(f"its own suite finds fault with {uri}" for uri in self.faulted),
            *(f"survivor: {each}" for each, found in explained.items() if not found),
            *(f"NOT_KILLED has a row too many: {row.schema} at {row.pointer}" for row in idle),
        ]


def judge(schema: Schema, suite: Iterable[Case], report: Report) -> None:
    """Make each mutant of a schema, let its suite judge, and report what lives."""
    raw = orjson.dumps(schema.contents)
    suite = list(suite)
    report.schemas.append(schema.uri)
    if _kills(_compiled(schema), suite):
        report.faulted.append(schema.uri)
        return
    for change in changes(schema.contents):
        mutant = attrs.evolve(schema, contents=change.applied(raw))
        report.mutants += 1
        if not _kills(_compiled(mutant), suite):
            if _is_equivalent(schema, mutant):
                report.equivalent += 1
            else:
                place = json_pointer(change.path, _LIMITS.location)
                report.survivors.append(Survivor(schema.uri, place, change.what))


def run(keys: Iterable[SchemaKey]) -> Report:
    """Judge the mutants of these schemas."""
    report = Report()
    for key in keys:
        judge(REGISTRY.retrieve(key, _LIMITS), cases(key), report)
    return report


def main() -> int:
    """Tell what lives, and give the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutations", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="a part of a URI")
    names = parser.parse_args().names
    begin = time.perf_counter()
    report = run(key for key in KEYS if not names or any(each in str(key) for each in names))
    problems = report.problems()
    for problem in problems:
        print(problem)
    killed = report.mutants - report.equivalent - len(report.survivors)
    print(
        f"{len(report.schemas)} schemas, {report.mutants:,} mutants: {killed:,} killed, "
        f"{report.equivalent} equivalent, {len(report.survivors)} not killed; "
        f"{len(problems)} problems; {time.perf_counter() - begin:.0f} s"
    )
    return 0 if report.mutants and not problems else 1


if __name__ == "__main__":
    sys.exit(main())
