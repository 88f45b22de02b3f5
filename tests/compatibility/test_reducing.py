"""Two schemas less what is alike in both: what is left shows what differs."""

from __future__ import annotations

from typing import Any

import pytest

from validator.compatibility.reducing import reduced

_TEXT = {"type": "string"}
_SHORT = {"type": "string", "maxLength": 3}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            _object(a=_TEXT, b=_TEXT),
            _object(a=_TEXT, b=_SHORT),
            (_object(b=_TEXT), _object(b=_SHORT)),
        ),
        (_object(a=_TEXT), _object(a={**_TEXT, "description": "a"}), (_object(), _object())),
        (_object(a=_TEXT), _object(a=_TEXT, b=_TEXT), (_object(), _object(b=_TEXT))),
        (_object(a=_TEXT, b=_TEXT), _object(a=_TEXT), (_object(b=_TEXT), _object())),
        (True, _object(a=_TEXT), (True, _object(a=_TEXT))),
        (_object(a=True, b=True), _object(a=True, b=False), (_object(b=True), _object(b=False))),
        (_TEXT, _SHORT, (_TEXT, _SHORT)),
        (
            {"items": _object(a=_TEXT, b=_TEXT)},
            {"items": _object(a=_TEXT, b=_SHORT)},
            ({"items": _object(b=_TEXT)}, {"items": _object(b=_SHORT)}),
        ),
        (
            _object(o=_object(a=_TEXT, b=_TEXT)),
            _object(o=_object(a=_TEXT, b=_SHORT)),
            (_object(o=_object(b=_TEXT)), _object(o=_object(b=_SHORT))),
        ),
    ],
)
def test_left(one: Any, other: Any, expected: Any) -> None:
    """What is the same in both is gone, at any depth; what differs is left."""
    assert list(reduced(one, other)) == [expected]


@pytest.mark.parametrize(
    "naming",
    [
        {"required": ["a"]},
        {"dependencies": {"a": ["b"], "c": _TEXT}},
        {"dependentRequired": {"c": ["a"]}},
        {"dependentSchemas": {"a": _TEXT}},
        {"dependencies": {"c": ["a", "e"]}, "required": ["e"]},
        {"minProperties": 1},
    ],
)
def test_named_elsewhere(naming: dict[str, Any]) -> None:
    """A property that is named elsewhere is left, though it is the same in both."""
    one, other = _object(a=_TEXT, d=_TEXT) | naming, _object(a=_TEXT, d=_SHORT)
    ((first, second),) = reduced(one, other)
    assert "a" in first["properties"]
    assert "a" in second["properties"]


def test_few_at_a_time() -> None:
    """Of many properties that differ, six are left at a time; at last, all of them."""
    one = _object(**{f"p{number}": _TEXT for number in range(14)})
    other = _object(**{f"p{number}": _SHORT for number in range(14)})
    pairs = list(reduced(one, other))
    assert [len(first["properties"]) for first, _ in pairs] == [6, 6, 2, 14]
    gone = list(reduced(one, {"type": "object", "properties": {}}))
    assert [len(first["properties"]) for first, _ in gone] == [6, 6, 2, 14]
    assert all(first["properties"].keys() == second["properties"].keys() for first, second in pairs)
