"""The adapter to canonical forms: what a schema accepts, and the form as a schema."""

import json
from typing import Any

import pytest

from registries import closed
from validator import InMemory, Limits, Packaged, Registry
from validator.canonical import Accepts, Parts, answer, canonical, conflicts, covers
from validator.dialects import DEFAULT, DIALECTS, DRAFT_04
from validator.judge import Judge

OWN = {
    "$schema": "http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#",
    "self": {"vendor": "com.acme", "name": "tree", "format": "jsonschema", "version": "1-0-0"},
    "properties": {"left": {"$ref": "#"}},
    "required": ["left"],
}
REGISTRY = Registry(Packaged(), InMemory([OWN]))


def form_of(schema: Any, formats: Any = "assert", limits: Limits | None = None) -> Any:
    """Give the canonical form of a schema."""
    bounds = limits or Limits()
    judge = Judge(REGISTRY, bounds, formats, DEFAULT, show_values=False)
    return canonical(judge.closed(schema), bounds, formats)


@pytest.mark.parametrize(
    ("schema", "accepts"),
    [
        (True, "everything"),
        (False, "nothing"),
        ({}, "everything"),
        ({"title": "anything", "items": True}, "everything"),
        ({"type": "string", "enum": [1]}, "nothing"),
        ({"type": "array", "items": {"$ref": "#"}, "minItems": 1}, "nothing"),
        ({"type": "integer", "exclusiveMinimum": 1, "exclusiveMaximum": 2}, "nothing"),
        ({"type": "integer"}, "something"),
        ({"type": "string", "pattern": "^a$", "format": "email"}, "unknown"),
        ("iglu:com.tracardi/tracker_payload/jsonschema/1-*-*", "something"),
    ],
)
def test_what_a_schema_accepts(schema: Any, accepts: Accepts) -> None:
    """A schema that accepts nothing is told from one that accepts everything, and from others."""
    assert form_of(schema).accepts == accepts


def test_formats_that_only_say() -> None:
    """Where formats are annotations, they are none of the form's business."""
    schema = {"type": "string", "format": "email"}
    assert form_of(schema).schema["format"] == "email"
    assert "format" not in form_of(schema, "annotate").schema


def test_references_are_within() -> None:
    """What an `iglu:` reference leads to is in the form, and so is what refers to itself."""
    schema = {
        "type": "object",
        "properties": {"a": {"$ref": "iglu:com.acme/tree/jsonschema/1-0-0"}},
    }
    own = form_of({"$schema": DRAFT_04.uri + "#", **schema}).schema
    assert own["properties"]["a"]["$ref"].startswith("#/definitions/")


def test_relative_references() -> None:
    """References that are relative to the URI that a schema bears are resolved."""
    schema = {"$id": "https://example.com/a", "$ref": "b", "$defs": {"b": {"$id": "b", "const": 1}}}
    assert '"const": 1' in json.dumps(form_of(schema).schema)


def test_patterns_that_backtrack() -> None:
    """A pattern that the linear engine refuses has a form where the other one is allowed."""
    schema = {"type": "string", "pattern": "^(?=a)ab$"}
    backtracking = Limits(backtracks=1000)
    assert form_of(schema, limits=backtracking).schema["pattern"] == "^(?=a)ab$"
    judge = Judge(REGISTRY, backtracking, "assert", DEFAULT, show_values=False)
    assert canonical(judge.closed(schema), Limits(), "assert") is None


@pytest.mark.parametrize("dialect", DIALECTS.values())
def test_parts(dialect: Any) -> None:
    """A part at a place is asked, in the dialect of the schema; and so is what stands alone."""
    container = "definitions" if dialect.ref_stands_alone else "$defs"
    schema = {
        "$ref": f"#/{container}/a",
        container: {"a": {"type": "integer"}, "b c": {"enum": [1]}},
    }
    parts = Parts(schema, "schema:a", dialect, Limits(), "assert")
    assert [parts.at("")(value) for value in (1, "1")] == [True, False]
    assert [parts.at(f"/{container}/b%20c")(value) for value in (1, 2)] == [True, False]
    assert parts.at("") is parts.at("")
    of_a_format = parts.of({"format": "ipv4"})
    assert [of_a_format(value) for value in ("127.0.0.1", "a")] == [True, False]
    assert Parts(schema, "schema:a", dialect, Limits(), "annotate").of({"format": "ipv4"})("a")


@pytest.mark.parametrize(
    ("schema", "found"),
    [
        ({"type": "string"}, {}),
        (False, {}),
        ({"properties": {"a": False}}, {}),
        ({"type": "string", "enum": [1]}, {"": [("", {"type", "enum"})]}),
        (
            {"items": {"allOf": [{"type": "string"}, {"type": "null"}]}},
            {"/items": [("/items/allOf/0", {"type"}), ("/items/allOf/1", {"type"})]},
        ),
        ({"type": "string", "pattern": "^a$", "format": "email"}, {}),
        (
            OWN | {"properties": {"left": {"type": "string", "enum": [1]}}, "required": []},
            {"/properties/left": [("/properties/left", {"type", "enum"})]},
        ),
    ],
)
def test_conflicts(schema: Any, found: dict[str, Any]) -> None:
    """Subschemas that nothing satisfies are found, with what disagrees; `false` is none."""
    judge = Judge(REGISTRY, Limits(), "assert", DEFAULT, show_values=False)
    if isinstance(schema, dict):
        schema = {name: each for name, each in schema.items() if each != []}

    conflicting = conflicts(judge.closed(schema), Limits(), "assert")

    assert {
        each.location: [(pointer, set(words)) for pointer, words in each.causes]
        for each in conflicting
    } == found


def test_no_conflicts() -> None:
    """Of a schema that the canonical form does not take, nothing is known."""
    schema = closed({"type": "string", "enum": [1], "minLength": -1})

    assert conflicts(schema, Limits(), "assert") == []


@pytest.mark.parametrize(
    ("schema", "keyword"),
    [
        ({"enum": [1e300]}, "const"),
        ({"type": "number", "multipleOf": 0.3, "minimum": 1e300}, "minimum"),
    ],
    ids=["integer past 64 bits", "decimal"],
)
def test_numbers_are_those_of_json(schema: Any, keyword: str) -> None:
    """A number that the canonical form tells more exactly than JSON does is a float."""
    number = form_of(schema).schema[keyword]

    assert (type(number), number) == (float, 1e300)


def test_part_that_judges_nothing() -> None:
    """A part with a pattern that was never compiled, since it judges nothing, accepts nothing."""
    schema = {"if": {"pattern": "(a)\\1"}}
    parts = Parts(schema, "schema:a", DEFAULT, Limits(), "assert")

    assert form_of(schema) is None
    assert not parts.at("/if")("aa")


_TEXT, _SHORT = {"type": "string"}, {"type": "string", "maxLength": 3}


@pytest.mark.parametrize("together", [None, 0], ids=["here", "apart"])
def test_questions(monkeypatch: pytest.MonkeyPatch, together: int | None) -> None:
    """Two forms are asked what one covers, has more, or excludes: here, or in another process."""
    if together is not None:
        monkeypatch.setattr("validator.canonical._TOGETHER", dict.fromkeys(_ASKED, together))
    text, short, number = map(form_of, (_TEXT, _SHORT, {"type": "number"}))
    assert text.covers(short)
    assert not short.covers(text)
    assert text.less(short)["minLength"] == 4
    assert short.less(text) is None
    assert text.excludes(number)
    assert not text.excludes(short)


_ASKED = ("covers", "less", "excludes")


def test_asked_apart_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that gives no answer in time is ended, and there is none."""
    monkeypatch.setattr("validator.canonical._TOGETHER", dict.fromkeys(_ASKED, 0))
    text, short = form_of(_TEXT), form_of(_SHORT)
    assert not text.covers(short, 0.0)
    assert text.less(short, -1.0) is None
    assert not text.excludes(form_of({"type": "null"}), 0.0)


def test_answer() -> None:
    """What the other process is given, and gives, is JSON."""
    source = {
        "resources": {},
        "dialect": "2020-12",
        "base": "schema:a",
        "formats": "assert",
        "backtracks": 0,
    }
    sources = [{**source, "schema": schema} for schema in (_TEXT, _SHORT)]
    assert json.loads(answer(json.dumps(["covers", *sources]).encode())) is True


def test_covers() -> None:
    """Two schemas are asked by themselves; one that refers to nowhere has no answer."""
    assert covers(_TEXT, _SHORT, DEFAULT, Limits(), "assert")
    assert not covers(_SHORT, _TEXT, DEFAULT, Limits(), "assert")
    nowhere = {"$ref": "schema:nowhere"}
    assert not covers(nowhere, nowhere, DEFAULT, Limits(), "assert")
    known = {"schema:nowhere": _TEXT}
    assert covers(nowhere, _SHORT, DEFAULT, Limits(), "assert", known)
