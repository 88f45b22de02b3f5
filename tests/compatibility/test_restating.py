"""Schemas told anew accept the same, and say more of what follows from them."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from validator import Validator
from validator.canonical import covers
from validator.compatibility.restating import restated
from validator.dialects import DEFAULT, dialect_named
from validator.drawing import examples
from validator.errors import NothingToDraw
from validator.limits import Limits
from validator.results import JSON


def _covers(one: JSON, other: JSON) -> bool:
    return covers(one, other, DEFAULT, Limits(), "assert")


def _told(schema: Any, other: Any, dialect: str = "2020-12", *, asserting: bool = True) -> Any:
    known = dialect_named(dialect)
    return restated(schema, other, known, asserting=asserting, covers=_covers)


def _facts(schema: Any, other: Any = None, **options: Any) -> list[Any]:
    facts: list[Any] = _told(schema, other or {}, **options).get("allOf", [])
    return facts


@pytest.mark.parametrize(
    ("schema", "facts"),
    [
        ({"format": "ipv4"}, [{"minLength": 7, "maxLength": 15}]),
        ({"format": "date-time"}, [{"minLength": 20}]),
        ({"format": "uuid"}, [{"minLength": 36, "maxLength": 36}]),
        ({"format": "odd"}, []),
        ({"pattern": "^[a-z]{2,400}$"}, [{"minLength": 2, "maxLength": 400}]),
        (
            {"pattern": "a^"},
            [{"anyOf": [{"type": ["array", "boolean", "null", "number", "object"]}]}],
        ),
        ({"pattern": r"\bword"}, []),
        ({"allOf": [{"type": "string"}], "pattern": "aa"}, [{"type": "string"}, {"minLength": 2}]),
    ],
)
def test_texts(schema: Any, facts: list[Any]) -> None:
    """How long texts are that a format or a pattern takes, or that there are none, is told."""
    assert _facts(schema) == facts


def test_few_texts() -> None:
    """Where a pattern takes few texts, they are told."""
    (_, listed) = _facts({"pattern": "^(yes|no)$"})
    assert listed["anyOf"][1] == {"enum": ["no", "yes"]}


def test_formats_that_only_say() -> None:
    """A format that is not asserted, by choice or by its dialect, tells nothing."""
    assert _facts({"format": "ipv4"}, asserting=False) == []
    assert _facts({"format": "uuid"}, dialect="draft-07") == []
    assert _facts({"format": "uuid"}, dialect="draft-04") == [{"minLength": 36, "maxLength": 36}]


def test_other_patterns() -> None:
    """A pattern of the other schema that finds something in all the texts is told."""
    assert {"pattern": "^a*$"} in _facts({"pattern": "^a+$"}, {"items": {"pattern": "^a*$"}})
    assert {"pattern": "^a+$"} not in _facts({"pattern": "^a*$"}, {"pattern": "^a+$"})


def test_pattern_of_every_text() -> None:
    """A pattern that finds something in every text is left out."""
    assert "pattern" not in _told({"pattern": "[a-z]*"}, True)


@pytest.mark.parametrize(
    ("schema", "name", "expected"),
    [
        ({"additionalProperties": {"type": "string"}}, "b", {"type": "string"}),
        ({"additionalProperties": False}, "b", {"not": {}}),
        ({"additionalProperties": True}, "b", {}),
        ({"patternProperties": {"^x": {"type": "string"}}}, "x1", {"allOf": [{"type": "string"}]}),
        (
            {"properties": {"x": {"maxLength": 1}}, "patternProperties": {"^x": False}},
            "x",
            {"allOf": [{"maxLength": 1}, {"not": {}}]},
        ),
    ],
)
def test_names(schema: Any, name: str, expected: Any) -> None:
    """A name that the other schema declares is declared, with what is asked of it."""
    assert _told(schema, {"properties": {name: {}}})["properties"][name] == expected


@pytest.mark.parametrize(
    "schema",
    [
        {"patternProperties": {r"\bx": {"type": "string"}}},
        {"patternProperties": {"^y": {"type": "string"}}},
        {"properties": {"a": {}}},
    ],
)
def test_names_that_mean_nothing(schema: Any) -> None:
    """A name of which nothing is asked, or nothing is known, is not declared."""
    assert "x" not in _told(schema, {"properties": {"x": {}}}).get("properties", {})


@pytest.mark.parametrize(
    "schema",
    [
        {"additionalProperties": {"$anchor": "a"}},
        {"additionalProperties": {"properties": {"id": {}}}},
        {"additionalProperties": {}, "items": {"$ref": "#/properties/a/allOf/0"}},
    ],
)
def test_names_that_are_referred_to(schema: Any) -> None:
    """Where a copy would bear a name twice, or a reference lead elsewhere, none is declared."""
    assert "x" not in _told(schema, {"properties": {"x": {}}}).get("properties", {})


def test_too_many_names() -> None:
    """Where that would be many names, none is declared."""
    other = {"properties": {f"p{number}": {} for number in range(160)}}
    schema = {"additionalProperties": False}
    assert "properties" in _told(schema, other)
    assert "properties" not in _told({**schema, "items": schema}, other)


def test_too_many_facts() -> None:
    """No more is told than a bound; the schema accepts the same all the same."""
    schema = {"items": [{"pattern": f"^a{{{number}}}$"} for number in range(20)]}
    other = {"items": [{"pattern": f"^a{{0,{number}}}$"} for number in range(30, 230)]}
    told = _told(schema, other, dialect="draft-07")
    assert sum("allOf" in each for each in told["items"]) < 20


def test_contained() -> None:
    """What follows of how many items there are, is told of what the other schema counts."""
    schema = {"contains": {"type": "integer"}, "minContains": 2, "maxContains": 3}
    assert _facts(schema, {"contains": {"type": "number"}}) == [
        {"contains": {"type": "number"}, "minContains": 2}
    ]
    assert _facts(schema, {"contains": {"const": 1}}) == [
        {"contains": {"const": 1}, "minContains": 0, "maxContains": 3}
    ]
    assert _facts(schema, {"contains": {"type": "integer"}}) == []
    assert _facts({"contains": {"$ref": "#"}}, {"contains": {"const": 1}}) == []
    assert _facts(schema, {"contains": {"const": 1}}, dialect="draft-07") == []
    assert _facts(schema, {"contains": {"type": "number"}}, dialect="draft-06") == [
        {"contains": {"type": "number"}}
    ]
    assert _facts(schema, {"contains": {"$ref": "#"}}) == []
    assert _facts({**schema, "unevaluatedItems": False}, {"contains": {"const": 1}}) == []


def test_beside_references() -> None:
    """Up to draft-07, nothing is told beside a reference: it would not count."""
    schema = {
        "properties": {"a": {"$ref": "#/definitions/a", "pattern": "^a$"}},
        "definitions": {"a": {}},
    }
    assert _told(schema, True, dialect="draft-07") == schema


def test_texts_alone() -> None:
    """Without what tells of containment, only texts are told anew."""
    schema = {"additionalProperties": {"pattern": "aa"}}
    told = restated(schema, {"properties": {"b": {}}}, DEFAULT, asserting=True)
    assert told == {"additionalProperties": {"pattern": "aa", "allOf": [{"minLength": 2}]}}


_SCHEMAS: list[Any] = [
    {"type": "string", "pattern": "^[a-z]{2,4}$"},
    {"type": ["string", "null"], "format": "email", "maxLength": 40},
    {"type": "string", "format": "hostname"},
    {"type": "string", "format": "ipv6"},
    {"type": "string", "format": "date-time"},
    {"not": {"pattern": "^a+$"}},
    {"oneOf": [{"pattern": "^(a|b)$"}, {"pattern": "^b"}]},
    {"properties": {"a": {"type": "string"}}, "additionalProperties": {"type": "integer"}},
    {"patternProperties": {"^b": {"type": "string"}}, "additionalProperties": False},
    {"contains": {"type": "integer"}, "minContains": 1, "maxContains": 2},
]


@pytest.mark.parametrize("schema", _SCHEMAS, ids=lambda each: orjson.dumps(each).decode())
def test_accepts_the_same(schema: Any) -> None:
    """A schema that is told anew accepts, and refuses, the documents that it did."""
    validator = Validator()
    for other in _SCHEMAS:
        told = _told(schema, other)
        for misses in (False, True):
            try:
                drawn = examples(schema, 12, invalid=misses)
            except NothingToDraw:  # no rule of it can be broken alone
                continue
            for each in drawn:
                document = orjson.dumps(each.document if misses else each)  # type: ignore[union-attr]  # a near miss
                assert bool(validator.validate(document, told)) is not misses
