"""References within a schema."""

from __future__ import annotations

from typing import Any

import pytest

from validator.compatibility.references import (
    Likeness,
    lone_reference,
    pointer,
    references_in,
    steps_of,
    target_of,
    value_at,
)
from validator.compatibility.verdicts import ABSENT

_ROOT = {"$defs": {"a/b": {"c~d": 1}, "100%": 2, "a b": 3}, "allOf": [{"not": 4}]}


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("#", _ROOT),
        ("#/$defs/a~1b/c~0d", 1),
        ("#/$defs/100%25", 2),
        ("#/$defs/a%20b", 3),
        ("#/allOf/0/not", 4),
        ("#/allOf/1", ABSENT),
        ("#/allOf/x", ABSENT),
        ("#/allOf/0/not/x", ABSENT),
        ("#/no", ABSENT),
        ("#anchor", ABSENT),
        ("other#/$defs", ABSENT),
    ],
)
def test_target(reference: str, expected: Any) -> None:
    """A reference is followed within the schema; one that leads elsewhere, or nowhere, is not."""
    assert target_of(_ROOT, reference) == expected


def test_pointer() -> None:
    """A pointer leads back to what it was made for, whatever the names."""
    path = pointer("", "$defs", "a/b", "c~d")
    assert path == "/$defs/a~1b/c~0d"
    assert value_at(_ROOT, path) == 1
    assert value_at(_ROOT, "/$defs/100%") == 2
    assert steps_of("#/$defs/100%25") == ["$defs", "100%"]
    assert steps_of("#") == []


def test_found() -> None:
    """References are found wherever they stand; one with something beside it is not alone."""
    schema = {"$ref": "#/a", "not": [{"$ref": "#/b"}], "properties": {"$ref": {"$ref": "c"}}}
    assert sorted(references_in(schema)) == ["#/a", "#/b", "c"]
    assert lone_reference({"$ref": "#/a"}) == "#/a"
    for other in (schema, {"$ref": 1}, True):
        assert lone_reference(other) is None


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"$ref": "#/$defs/x"}, {"$ref": "#/$defs/y"}, True),
        ({"$ref": "#/$defs/x"}, {"items": {"$ref": "#/$defs/y"}}, True),
        ({"items": {"$ref": "#/$defs/x"}}, {"items": {"$ref": "#/$defs/y"}}, True),
        ({"$ref": "#/$defs/x"}, {"$ref": "#/$defs/no"}, False),
        ({"$ref": "#/$defs/x"}, {"items": {"$ref": "#/$defs/other"}}, False),
        ([{"$ref": "#/$defs/x"}], [{"$ref": "#/$defs/y"}], True),
        ([{"$ref": "#/$defs/x"}], [], False),
        ({"const": {"$ref": "#/$defs/x"}}, {"const": {"$ref": "#/$defs/y"}}, False),
        ({"$ref": "#/$defs/loop"}, {"$ref": "#/$defs/y"}, False),
    ],
)
def test_alike(old: Any, new: Any, *, expected: bool) -> None:
    """Parts are alike that say the same through references, those in a circle among them."""
    defs_old = {"x": {"items": {"$ref": "#/$defs/x"}}, "loop": {"$ref": "#/$defs/loop"}}
    defs_new = {"y": {"items": {"$ref": "#/$defs/y"}}, "other": {"type": "string"}}
    likeness = Likeness({"$defs": defs_old}, {"$defs": defs_new})
    assert likeness.alike(old, new) is expected
