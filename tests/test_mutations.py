"""Mutation of schemas: which mutants are made, what kills them, and that nothing else lives."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from benchmarks import mutations
from benchmarks.mutations import KEYS, NOT_KILLED, Case, Report, Row, Survivor, changes, judge, run
from validator import SchemaKey
from validator.dialects import DRAFT_04
from validator.registry import schema_of

URI = "iglu:com.acme/thing/jsonschema/1-0-0"
EVENTS = "org.eventpayload.snowplow"
#: Its schemas of events say the same of the same fields, but for one: of these, one is judged here,
#: and all of them, with older versions, by `python -m benchmarks.mutations`.
ALIKE = {
    *("ad_impression", "page_ping", "structured_event", "self_describing_event"),
    *("transaction", "transaction_item"),
}
NEWEST = {(key.vendor, key.name): key for key in KEYS}
FAIR = [key for key in NEWEST.values() if key.vendor != EVENTS or key.name not in ALIKE]


def mutants(schema: Any) -> dict[tuple[str, str], Any]:
    """Give each mutant of a schema, by the place of the change and what it does."""
    raw = orjson.dumps(schema)
    found = [
        (("/".join(map(str, each.path)), each.what), each.applied(raw)) for each in changes(schema)
    ]
    assert len(dict(found)) == len(found)
    assert orjson.dumps(schema) == raw
    return dict(found)


def judged(schema: Any, *suite: tuple[Any, list[tuple[str, str]] | None]) -> Report:
    """Let a suite judge the mutants of a schema: documents with their violations, or None for any.

    A document with no violation is valid.
    """
    cases = []
    for document, found in suite:
        listed = [{"keyword": keyword, "instance_location": at} for keyword, at in found or ()]
        told = {"violations": listed} if found else {}
        cases.append(Case.of({"data": document, "valid": found == [], **told}))
    report = Report()
    judge(schema_of(schema, uri=URI, dialect=DRAFT_04), cases, report)
    return report


# The mutants.


@pytest.mark.parametrize(
    ("keyword", "value", "looser"),
    [
        ("minimum", 0, {"0 becomes -1": -1}),
        ("maximum", 9.5, {"9.5 becomes 10.5": 10.5}),
        ("exclusiveMinimum", True, {}),
        ("minLength", 0, {}),
        ("minItems", 2, {"2 becomes 1": 1}),
        ("maxLength", 255, {"255 becomes 256": 256}),
        ("multipleOf", 2, {"halved": 1.0}),
        ("pattern", "^a$", {"begins anywhere": "a$", "ends anywhere": "^a"}),
        ("pattern", "a\\$", {}),
        ("enum", ["a", None], {"upper case also": ["a", None, "A"]}),
        ("enum", ["A", 1], {"null also": ["A", 1, None], "lower case also": ["A", 1, "a"]}),
        ("additionalProperties", False, {}),
        ("format", "uuid", {}),
    ],
)
def test_keyword(keyword: str, value: Any, looser: dict[str, Any]) -> None:
    """A keyword is deleted, and has each looser value."""
    found = mutants({"type": "string", keyword: value})
    of_keyword = {what: each for (at, what), each in found.items() if at == keyword}

    assert of_keyword.pop("deleted") == {"type": "string"}
    assert of_keyword == {what: {"type": "string", keyword: each} for what, each in looser.items()}


@pytest.mark.parametrize(
    ("pattern", "looser"),
    [
        ("a{4}", {"{4} at 1 becomes {4,}": "a{4,}", "{4} at 1 becomes {3,4}": "a{3,4}"}),
        ("a{0}", {"{0} at 1 becomes {0,}": "a{0,}"}),
        ("a{3,}", {"{3,} at 1 becomes {2,}": "a{2,}"}),
        ("a{0,}", {}),
        (
            "a{1,9}",
            {"{1,9} at 1 becomes {1,10}": "a{1,10}", "{1,9} at 1 becomes {0,9}": "a{0,9}"},
        ),
        ("a{0,9}", {"{0,9} at 1 becomes {0,10}": "a{0,10}"}),
        ("(a+b)+", {"+ at 2 becomes *": "(a*b)+", "+ at 5 becomes *": "(a+b)*"}),
        ("-?a", {"? at 1 becomes *": "-*a"}),
        ("a*b*?", {}),
        ("a+?", {"+ at 1 becomes *": "a*?"}),
        (r"a\.b", {r"\. at 1 becomes .": "a.b"}),
        (r"\.?", {r"\. at 0 becomes .": ".?", "? at 2 becomes *": r"\.*"}),
        (r"[+?.\]{2}+](?:a)", {}),
        (r"\+\?\{2}\\.", {}),
    ],
)
def test_patterns(pattern: str, looser: dict[str, str]) -> None:
    """Each count and each escaped dot is loosened, but for what a class or an escape makes text."""
    found = mutants({"pattern": pattern})
    names = mutants({"patternProperties": {"b": {}, pattern: {"minimum": 1}}})

    del found["pattern", "deleted"]
    assert found == {("pattern", what): {"pattern": each} for what, each in looser.items()}
    assert {what: each for (_, what), each in names.items() if " becomes " in what} == {
        f"{pattern}: {what}": {"patternProperties": {"b": {}, each: {"minimum": 1}}}
        for what, each in looser.items()
    } | {
        "1 becomes 0": {"patternProperties": {"b": {}, pattern: {"minimum": 0}}},
    }


def test_names_that_are_patterns() -> None:
    """A pattern that a name has to match is loosened, be it in an object or a keyword."""
    found = mutants({"patternProperties": {"^a$": {}}, "propertyNames": {"pattern": "^a$"}})

    assert {what for at, what in found if at == "patternProperties"} == {
        *("deleted", "^a$: begins anywhere", "^a$: ends anywhere"),
    }
    assert {what for at, what in found if at == "propertyNames/pattern"} == {
        *("deleted", "begins anywhere", "ends anywhere"),
    }


def test_types() -> None:
    """Each other type is let in by itself; a number that is whole is one already."""
    found = mutants({"type": ["number", "null"]})

    others = ("boolean", "string", "array", "object")
    assert found.pop(("type", "deleted")) == {}
    assert found == {
        ("type", f"{each} also"): {"type": ["number", "null", each]} for each in others
    }
    assert ("type", "number also") in mutants({"type": "integer"})


def test_enum_without_a_type() -> None:
    """Where nothing else does, what is listed says of which type a value is."""
    found = mutants({"minimum": 1, "enum": [None, 1, 2.5]})

    types = ["integer", "null", "number"]
    assert found["", "enum becomes type integer, null, number"] == {"minimum": 1, "type": types}
    assert "enum becomes type integer" not in {what for _, what in mutants({"enum": ["a"]})}


@pytest.mark.parametrize(
    ("schema", "deleted"),
    [
        ({"required": ["a"]}, {"required"}),
        ({"required": ["a", "b"]}, {"required", "required/0", "required/1"}),
        (
            {"properties": {"a": {"minimum": 1}}},
            {"properties", "properties/a", "properties/a/minimum"},
        ),
        ({"patternProperties": {"a": {}}}, {"patternProperties", "patternProperties/a"}),
        ({"anyOf": [{"minimum": 1}]}, {"anyOf", "anyOf/0/minimum"}),
        ({"allOf": [{}, {"minimum": 1}]}, {"allOf", "allOf/0", "allOf/1", "allOf/1/minimum"}),
        ({"items": {"minimum": 1}}, {"items", "items/minimum"}),
        ({"items": [{"minimum": 1}]}, {"items", "items/0/minimum"}),
        ({"not": {"minimum": 1}}, {"not", "not/minimum"}),
        (
            {"dependencies": {"a": ["b", "c"], "d": {"minimum": 1}}},
            {
                *("dependencies", "dependencies/a", "dependencies/a/0", "dependencies/a/1"),
                *("dependencies/d", "dependencies/d/minimum"),
            },
        ),
        (
            {"$ref": "#/definitions/a", "definitions": {"a": {"minimum": 1}}},
            {"$ref", "definitions/a/minimum"},
        ),
        ({"description": "a", "title": "b", "self": {"name": "c"}, "default": 1}, set()),
        (True, set()),
    ],
)
def test_parts(schema: Any, deleted: set[str]) -> None:
    """What a keyword lists is deleted one by one, wherever it stands; else nothing is."""
    assert {at for at, what in mutants(schema) if what == "deleted"} == deleted


# What kills them.

SCHEMA = {"type": "object", "properties": {"id": {"maxLength": 3}}}
VALID: tuple[Any, list[tuple[str, str]] | None] = ({"id": "abc"}, [])
OF_NO_TYPE = tuple((each, [("type", "")]) for each in (None, True, 7, "1", [0]))


def test_a_survivor_is_told() -> None:
    """Where no case is one character too long, to allow one more makes no difference."""
    report = judged(SCHEMA, VALID, *OF_NO_TYPE, ({"id": "a" * 99}, [("maxLength", "/id")]))

    assert report.mutants == 11
    assert report.problems() == [
        f"survivor: {URI} at /properties/id/maxLength: 3 becomes 4",
    ]


@pytest.mark.parametrize("found", [[("maxLength", "/id")], None])
def test_a_verdict_kills(found: list[tuple[str, str]] | None) -> None:
    """A case that a mutant judges otherwise kills it, whether its violations are told or not."""
    assert judged(SCHEMA, VALID, *OF_NO_TYPE, ({"id": "abcd"}, found)).problems() == []


def test_violations_kill() -> None:
    """So does one with other violations, in whatever order they are told."""
    schema = {"properties": {"a": {"maxLength": 1}, "b": {"maxLength": 1}}}
    too_long = {"a": "aa", "b": "bb"}

    told = [("maxLength", "/b"), ("maxLength", "/a")]
    assert judged(schema, (too_long, told)).problems() == []
    assert len(judged(schema, (too_long, None)).problems()) == 6


def test_an_equivalent_mutant_is_no_survivor() -> None:
    """A mutant that accepts the very same documents is counted, and not told."""
    report = judged({"minLength": 0, "enum": ["a", "b"]}, ("a", []), ("", None))

    assert (report.mutants, report.equivalent) == (5, 1)
    assert [each.what for each in report.survivors] == ["null also", "upper case also"]


def test_what_has_no_canonical_form_is_a_survivor() -> None:
    """What refers to another schema is not compared, and is not taken for equivalent."""
    abroad = "iglu:com.games_company/save_game/jsonschema/1-0-2"

    assert judged({"$ref": abroad}).problems() == [f"survivor: {URI} at /$ref: deleted"]


def test_the_format_of_iglu_is_told_apart() -> None:
    """Unlike to the engine alone, a text that is no UUID is none beside `format`."""
    members = [{"type": "string", "format": "uuid"}, {"enum": ["none"]}]
    report = judged({"anyOf": members}, ("3614e667-1c37-4acd-a7cf-92ff93ce9006", []))

    told = {(each.pointer, each.what) for each in report.survivors}
    assert {("/anyOf/1", "deleted"), ("/anyOf/0/format", "deleted")} <= told


def test_a_suite_that_does_not_hold_is_told() -> None:
    """Where a schema is not judged as its suite says, nothing is known of its mutants."""
    report = judged(SCHEMA, ({"id": "abcd"}, []))

    assert report.mutants == 0
    assert report.problems() == [f"its own suite finds fault with {URI}"]


def test_rows() -> None:
    """A row explains survivors; one that explains none is told, if its schema was judged."""
    survivor = Survivor(URI, "/properties/id", "deleted")
    report = Report(schemas=[URI], survivors=[survivor])
    fitting = Row(URI, "/properties/*", "deleted", "why")
    idle = Row("iglu:com.acme/*", "/properties/*", "null also", "why")
    elsewhere = Row("iglu:com.other/*", "*", "*", "why")

    assert report.problems([fitting, elsewhere]) == []
    assert report.problems([fitting, idle]) == [
        "NOT_KILLED has a row too many: iglu:com.acme/* at /properties/*"
    ]
    assert report.problems([elsewhere]) == [
        f"survivor: {URI} at /properties/id: deleted",
    ]
    assert all(row.why for row in NOT_KILLED)


# The schemas that are shipped.


@pytest.mark.parametrize("key", FAIR, ids=str)
def test_schema(key: SchemaKey) -> None:
    """No mutant of a schema lives on without a reason."""
    report = run([key])

    assert report.mutants > 0
    assert report.problems() == []


def test_the_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The command counts the mutants of the schemas that are named, and wants there to be some."""
    monkeypatch.setattr("sys.argv", ["mutations", "com.acme/user", "com.acme/note"])
    assert mutations.main() == 0
    told = capsys.readouterr().out
    assert told.startswith("2 schemas, 75 mutants: ")
    assert " 0 problems; " in told

    monkeypatch.setattr("sys.argv", ["mutations", "com.acme/absent"])
    assert mutations.main() == 1


def test_the_command_tells_of_problems(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a survivor, the command tells of it and exits with 1."""
    monkeypatch.setattr("sys.argv", ["mutations", "com.acme/user"])
    monkeypatch.setattr(mutations, "cases", lambda _: [])

    assert mutations.main() == 1
    told = capsys.readouterr().out
    assert told.startswith("survivor: iglu:com.acme/user/jsonschema/1-0-0 at /")
