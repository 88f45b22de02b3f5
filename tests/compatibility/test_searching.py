"""The search for counterexamples: documents beside those that are accepted, the same each time."""

from __future__ import annotations

from itertools import islice
from typing import Any

import orjson
import pytest

from questions import operands
from validator.compatibility.deciding import Budget, refute
from validator.compatibility.searching import search

_DYNAMIC = {"$dynamicAnchor": "x", "type": "object", "properties": {"a": {"$dynamicRef": "#x"}}}


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        ({"type": "string"}, {"type": "string", "maxLength": 3}),
        ({"type": "object"}, {"type": "object", "required": ["a"]}),
        (
            {"contains": {"type": "integer"}, "maxContains": 3},
            {"contains": {"type": "integer"}, "maxContains": 2},
        ),
        ({"enum": [1, True]}, {"enum": [1]}),
        ({"type": "array"}, {"type": "array", "uniqueItems": True}),
        ({"properties": {"a": {"type": "number"}}}, {"properties": {"a": {"type": "integer"}}}),
        (True, {"type": "string"}),
        ({"type": "string"}, {"type": "string", "pattern": "^[^@]*$"}),
        ({"type": "object"}, {"type": "object", "propertyNames": {"pattern": "^[^@]*$"}}),
        ({"patternProperties": {"^a": False}}, {"patternProperties": {"^(a|b)": False}}),
        ({"items": {"type": "string"}}, {"items": {"type": "string", "pattern": "^[a-y]*$"}}),
    ],
)
def test_found(inner: Any, outer: Any) -> None:
    """What is accepted by the one schema alone is found, without any proof."""
    witness = refute(*operands(inner, outer), Budget())
    assert witness is not None


def test_whole_numbers_of_draft_04() -> None:
    """1.0 is an integer from draft-06 on: a witness that must be looked for."""
    newer = {"$schema": "http://json-schema.org/draft-06/schema#", "items": {"type": "integer"}}
    older = {"$schema": "http://json-schema.org/draft-04/schema#", "items": {"type": "integer"}}
    witness = refute(*operands(newer, older), Budget())
    assert witness is not None
    assert orjson.dumps(witness.document) == b"[0.0]"
    assert refute(*operands(older, newer), Budget(steps=300)) is None


def test_same_each_time() -> None:
    """The documents of a question are always the same, and no more than so many."""
    pair = operands({"type": "object", "properties": {"a": {"minLength": 3}}}, {"maxProperties": 2})
    first, second = (list(search(*pair, 200)) for _ in range(2))
    assert orjson.dumps(first) == orjson.dumps(second)
    assert len(first) <= 200


def test_nothing_to_draw() -> None:
    """Where no document can be drawn of either schema, there is nothing to look at."""
    assert list(search(*operands(False, False), 20)) == []


def test_without_canonical_form() -> None:
    """A schema that has no canonical form is told by its rules alone, and still bounded."""
    assert len(list(islice(search(*operands(_DYNAMIC, {"type": "object"}), 50), 60))) <= 50


def test_time() -> None:
    """The search ends with the time."""
    assert refute(*operands({"type": "string"}, {"type": "string"}), Budget(seconds=-1)) is None
