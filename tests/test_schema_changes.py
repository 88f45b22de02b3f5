"""The operators that change schemas for the property tests and the benchmark, and their effect."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest

from benchmarks.schema_changes import OPERATORS, Changed, as_dialect, changed
from validator.dialects import DIALECTS

_LATEST = DIALECTS["2020-12"].uri
#: A schema that has something for each operator.
_SCHEMA: dict[str, Any] = {
    "$schema": _LATEST,
    "type": "object",
    "properties": {
        "text": {"type": "string", "maxLength": 5},
        "long": {"type": "string"},
        "code": {"type": "string", "pattern": "^[a-z]+$"},
        "day": {"type": "string", "format": "date"},
        "maybe": {"type": ["string", "null"]},
        "one": {"enum": ["only"]},
        "some": {"enum": ["a", "b", "c"]},
        "count": {"type": "integer", "minimum": 0},
        "percent": {"type": "number", "maximum": 100},
        "plain": {"type": "number"},
        "list": {"type": "array", "items": {"type": "string"}},
        "few": {"type": "array", "maxItems": 3},
        "open": {"type": "object", "properties": {"x": {"type": "string"}}},
        "either": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
        "apart": {"oneOf": [{"type": "string"}, {"type": "integer"}]},
        "same": {"$ref": "#/definitions/same"},
    },
    "required": ["text", "count"],
    "additionalProperties": False,
    "definitions": {"same": {"type": "boolean"}},
}
#: What each does by construction, told once more by hand: `both` takes away and adds.
_EFFECTS = {
    "narrows": (
        *("maxLength lowered", "maxLength added", "minLength raised", "pattern added"),
        *("format added", "not added", "type narrowed", "number to integer"),
        *("enum value removed", "minimum raised", "maximum added", "multipleOf added"),
        *("minItems raised", "maxItems added", "uniqueItems added", "contains added"),
        *("property removed from closed", "required added", "closed", "dependency added"),
        *("if and then added", "propertyNames added", "maxProperties added"),
        "branch for null removed",
    ),
    "widens": (
        *("maxLength raised", "maxLength removed", "pattern removed", "format removed"),
        *("null allowed", "another type allowed", "integer to number", "enum value added"),
        *("minimum removed", "maximum raised", "maxItems removed", "required removed"),
        *("property removed from open", "opened", "patternProperties added"),
        "disjoint branch added",
    ),
    "both": ("enum value replaced", "property renamed in closed"),
    "neutral": (
        *("described in another way", "order of enum", "order of required", "order of types"),
        *("order of anyOf", "order of oneOf", "wrapped in allOf", "wrapped in anyOf"),
        *("types as anyOf", "keyword moved into allOf", "enum of one as const"),
        *("bound between integers", "definition renamed", "definition added"),
        *("definition made", "reference inlined"),
    ),
}
_EFFECT_OF = {name: effect for effect, names in _EFFECTS.items() for name in names}
_NAMED = {each.name: each for each in OPERATORS}


def _made(name: str, schema: Any = _SCHEMA) -> Changed | None:
    """Make a change wherever it can be."""
    tries = (changed(_NAMED[name], schema, Random(seed)) for seed in range(20))
    return next((each for each in tries if each is not None), None)


@pytest.mark.parametrize("name", _EFFECT_OF)
def test_effect(name: str) -> None:
    """An operator has the effect that it is said to have, and changes the schema alone."""
    before = json.dumps(_SCHEMA)
    found = _made(name)

    assert found is not None
    told = {(True, False): "narrows", (False, True): "widens", (True, True): "both"}
    assert told.get((bool(found.lost), bool(found.gained)), "neutral") == _EFFECT_OF[name]
    assert json.dumps(_SCHEMA) == before != json.dumps(found.new)
    assert found.operator == name


def test_property_added() -> None:
    """To declare a property narrows an open object, and widens a closed one."""
    operator = "property added"
    for schema, effect in (({}, (True, False)), ({"additionalProperties": False}, (False, True))):
        found = _made(operator, {"type": "object", **schema})
        assert found is not None
        assert (bool(found.lost), bool(found.gained)) == effect
    assert _EFFECT_OF.keys() | {operator} == _NAMED.keys()


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object", "properties": {"a": {"type": "string"}}, "maxProperties": 0},
        {"not": {"type": "string"}},
        {"anyOf": [{"type": "string"}, {}]},
        {"type": "array", "items": {"type": "string"}, "maxItems": 0},
    ],
    ids=["beside what forbids it", "under not", "in an alternative", "no items"],
)
def test_not_where_it_may_not_matter(schema: Any) -> None:
    """A change that narrows or widens is not made where that may not matter."""
    assert _made("maxLength added", schema) is None


def test_not_before_its_dialect() -> None:
    """A keyword is not added in a dialect that does not know it."""
    assert _made("enum of one as const", as_dialect({"enum": [1]}, "draft-04")) is None
    assert _made("enum of one as const", as_dialect({"enum": [1]}, "draft-06")) is not None


def test_not_beside_a_reference_that_is_alone() -> None:
    """Beside a reference nothing is changed in a dialect that would not look at it."""
    schema = {"$ref": "#/definitions/a", "definitions": {"a": {"type": "string"}}}
    assert _made("order of types", as_dialect(schema, "draft-07")) is None
