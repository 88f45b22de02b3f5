"""Values of schemas as they are written, which have not been made simple: where there is no form.

What is drawn is not judged here before it is given, so each test says how much of it may be wrong.
"""

import json
from typing import Any

import pytest

from validator import Limits, Validator
from validator.dialects import DIALECTS
from validator.drawing.choices import DeadEnd, Seeded
from validator.drawing.demands import demand
from validator.drawing.trees import Tree
from validator.drawing.values import Drawing

SEEDS = 100
_NULLS: dict[str, Any] = {name: {"type": "null"} for name in "abc"}


def drawn(schema: Any, dialect: str = "2020-12") -> tuple[list[Any], int]:
    """Draw documents; also give how many seeds came to none."""
    tree = Tree(schema, DIALECTS[dialect], Limits(), "assert")
    documents, dead = [], 0
    for seed in range(SEEDS):
        try:
            documents.append(Drawing(tree, Seeded(seed)).document())
        except DeadEnd:
            dead += 1
    return documents, dead


#: Schemas of keywords that have no place in a simple form.
WRITTEN: list[Any] = [
    True,
    {"required": ["a"], "dependentSchemas": {"a": {"type": "array"}}},
    {"type": "object", "required": ["a"], "dependentSchemas": {"a": {"minProperties": 3}}},
    {
        "type": "array",
        "contains": {"$ref": "#/$defs/a"},
        "maxContains": 1,
        "items": {"enum": [1, 2]},
        "$defs": {"a": {"const": 1}},
    },
    {
        "type": "object",
        "maxProperties": 2,
        "properties": _NULLS,
        "dependentRequired": {"a": ["x"]},
    },
    {"allOf": [{"minimum": 1}, {"maximum": 3}], "type": "integer"},
    {"allOf": [True, {"type": "integer"}]},
    {"type": "integer", "exclusiveMinimum": 1, "exclusiveMaximum": 3},
    {"type": "string", "minLength": 1, "allOf": [{"maxLength": 9}, {"maxLength": 3}]},
    {"type": "string", "allOf": [{"pattern": "^a"}, {"pattern": "a$"}]},
    {"type": "string", "pattern": "^(?:a|b)$", "format": "unheard-of"},
    {"enum": [1, 2], "const": 2},
    {"enum": [1, "a", 2], "type": "integer", "not": {"const": 1}},
    {"not": {"anyOf": [{"type": "string"}, {"type": ["object", "array"]}]}},
    {"not": {"type": "integer"}, "type": "number"},
    {"not": False, "type": "null"},
    {"oneOf": [{"type": "integer"}, {"minimum": 2, "type": "number"}]},
    {"if": {"type": "integer"}, "then": {"minimum": 1}, "else": {"type": "null"}},
    {"if": {"type": "integer"}, "type": ["integer", "null"]},
    {"type": "object", "dependentRequired": {"a": ["b"]}, "properties": {"a": True}},
    {"type": "object", "required": ["a"], "dependentRequired": {"a": ["b"], "b": ["c"]}},
    {
        "type": "object",
        "required": ["a"],
        "dependentSchemas": {"a": {"required": ["b"], "properties": {"b": {"type": "null"}}}},
    },
    {"type": "object", "maxProperties": 1, "properties": dict.fromkeys("abc", True)},
    {"type": "object", "minProperties": 3, "properties": {"a": {"type": "null"}}},
    {
        "type": "object",
        "minProperties": 2,
        "properties": _NULLS,
        "additionalProperties": False,
    },
    {"type": "object", "unevaluatedProperties": False, "properties": {"a": {"type": "null"}}},
    {"type": "object", "properties": {"a": False, "b": {"type": "null"}}},
    {"type": "object", "propertyNames": {"pattern": "^x"}, "minProperties": 1},
    {"type": "object", "patternProperties": {"^x": {"type": "null"}}, "minProperties": 1},
    {
        "type": "object",
        "patternProperties": {"^y{50}$": True, "^z": {"type": "null"}},
        "properties": {"b": {"not": {}}},
    },
    {"type": "object", "propertyNames": {"maxLength": 1}, "properties": {"ab": True, "a": True}},
    {"type": "array", "not": {"uniqueItems": True}, "items": {"const": 1}, "minItems": 1},
    {"type": "array", "not": {"uniqueItems": True}, "items": {"type": "boolean"}, "maxItems": 9},
    {"type": "array", "contains": {"const": 1}, "minContains": 2, "maxContains": 2},
    {"type": "array", "contains": {"type": "null"}, "prefixItems": [{"type": "string"}]},
    {"type": "array", "uniqueItems": True, "minItems": 2, "items": {"enum": [1, 1.5, [1.0], {}]}},
    {"type": "array", "prefixItems": [{"type": "null"}], "unevaluatedItems": False},
    {"type": "array", "items": {"$ref": "#"}},
    {"$ref": "#/$defs/a%20b", "$defs": {"a b": {"type": "null"}}},
    {"$dynamicRef": "#a", "$defs": {"x": {"$dynamicAnchor": "a", "type": "null"}}},
    {
        "type": "object",
        "required": ["next"],
        "properties": {"next": {"anyOf": [{"$ref": "#"}, {"type": "null"}]}},
    },
    {
        "type": "array",
        "minItems": 1,
        "items": {"oneOf": [{"$ref": "#"}, {"type": "string", "maxLength": 1}]},
    },
]


@pytest.mark.parametrize("schema", WRITTEN, ids=[json.dumps(each)[:70] for each in WRITTEN])
def test_schemas_as_they_are_written(schema: Any) -> None:
    """Nine documents of ten are valid without being judged, and most seeds come to one."""
    documents, dead = drawn(schema)
    judge = Validator()
    valid = [each for each in documents if judge.validate(json.dumps(each).encode(), schema)]
    assert len(valid) >= 0.9 * len(documents)
    assert dead < SEEDS / 2


#: Schemas that accept nothing.
NOTHING: list[Any] = [
    False,
    {"not": {}},
    {"allOf": [{"type": "string"}, {"type": "null"}]},
    {"allOf": [True, False]},
    {"enum": [1], "const": 2},
    {"anyOf": [{"type": "string"}], "type": "null"},
    {"anyOf": [{"$ref": "#"}]},
    {"$ref": "#/$defs/absent"},
    {"anyOf": [{"$ref": "#/$defs/absent"}]},
    {"type": "string", "minLength": 3, "maxLength": 2},
    {"type": "string", "pattern": "^aa$", "maxLength": 1},
    {"type": "string", "format": "ipv4", "maxLength": 3},
    {"type": "string", "format": "ipv4", "allOf": [{"format": "ipv6"}]},
    {"type": "object", "required": ["a"], "properties": {"a": False}},
    {"type": "object", "required": ["a", "b"], "maxProperties": 1},
    {"type": "object", "minProperties": 1, "additionalProperties": False},
    {"type": "object", "minProperties": 1, "propertyNames": False},
    {"type": "object", "required": ["a"], "dependentSchemas": {"a": {"type": "array"}}},
    {"type": "array", "minItems": 2, "maxItems": 1},
    {"type": "array", "minItems": 3, "uniqueItems": True, "items": {"enum": [1, 2]}},
    {"type": "array", "contains": {"type": "string"}, "items": {"type": "null"}},
    {"type": "array", "minItems": 1, "items": {"$ref": "#"}},
    # What has no document that is small enough.
    {"type": "string", "minLength": 10**9},
    {"type": "array", "minItems": 10**9},
    {"type": "array", "contains": True, "minContains": 10**9},
    {"type": "object", "minProperties": 10**9},
]


@pytest.mark.parametrize("schema", NOTHING, ids=json.dumps)
def test_schemas_that_accept_nothing(schema: Any) -> None:
    """Of what accepts nothing, nothing is drawn, and no draw goes on without end."""
    documents, dead = drawn(schema)
    assert (documents, dead) == ([], SEEDS)


def test_older_dialects() -> None:
    """Bounds that are flags, items of an array, dependencies: as they were."""
    documents, _ = drawn({"type": "integer", "minimum": 1, "exclusiveMinimum": True}, "draft-04")
    assert min(documents) == 2
    schema = {"type": "array", "items": [{"type": "null"}], "additionalItems": False}
    documents, _ = drawn(schema, "draft-06")
    assert {json.dumps(each) for each in documents} == {"[]", "[null]"}
    schema = {"type": "object", "required": ["a"], "dependencies": {"a": ["b"]}}
    documents, _ = drawn(schema, "draft-07")
    assert all("b" in each for each in documents)
    schema = {"type": "string", "contentEncoding": "base64", "contentMediaType": "application/json"}
    documents, _ = drawn(schema, "draft-07")
    judge = Validator(dialect="draft-07")
    assert all(judge.validate(json.dumps(each).encode(), schema) for each in documents)


def test_references_to_an_identifier() -> None:
    """A reference is relative to the URI that the schema bears."""
    schema = {"$id": "https://example.com/a", "$ref": "b", "$defs": {"b": {"$id": "b", "const": 1}}}
    assert drawn(schema) == ([1] * SEEDS, 0)


def test_what_recurs_comes_to_an_end() -> None:
    """A schema that may go on without end is left where it can be."""
    schema = {
        "type": "object",
        "required": ["a", "b"],
        "properties": {name: {"anyOf": [{"$ref": "#"}, {"const": 1}]} for name in "ab"},
    }
    documents, dead = drawn(schema)
    assert dead == 0
    assert max(len(str(each)) for each in documents) < 20_000


def test_names_of_a_pattern_that_is_not_read() -> None:
    """Names that fit a pattern which is not read are found among others."""
    schema = {
        "type": "object",
        "patternProperties": {"^(?!a)": {"type": "null"}},
        "minProperties": 1,
    }
    tree = Tree(schema, DIALECTS["2020-12"], Limits(backtracks=1000), "assert")
    documents = [Drawing(tree, Seeded(seed)).document() for seed in range(20)]
    assert all(
        value is None for each in documents for name, value in each.items() if name[:1] != "a"
    )


def test_a_demand_is_of_all_that_applies() -> None:
    """Several schemas ask of a value together; the narrowest bound holds."""
    schemas = [{"minLength": 2, "maxLength": 9}, {"minLength": 1, "maxLength": 5, "type": "string"}]
    tree = Tree({}, DIALECTS["2020-12"], Limits(), "assert")
    asked = demand(schemas, tree, Seeded(0), frugal=True)
    assert (asked.shortest, asked.longest, asked.kinds) == (2, 5, {"string"})
