"""JSON equality."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from changes import JSON_VALUES
from validator.compatibility.equality import key_of, same


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (1, 1.0, True),
        (2**60, 2.0**60, True),
        (2**53 + 1, 2.0**53, False),
        (1, True, False),
        (0, False, False),
        (True, True, True),
        ("1", 1, False),
        (None, False, False),
        ([1, [True]], [1.0, [True]], True),
        ([1, [True]], [1, [1]], False),
        ([1], [1, 1], False),
        ([], {}, False),
        ([["a"]], ["a"], False),
        ({"a": 1, "b": 2}, {"b": 2.0, "a": 1}, True),
        ({"a": 1}, {"a": True}, False),
        ({"a": 1}, {"b": 1}, False),
    ],
)
def test_same(one: Any, other: Any, *, expected: bool) -> None:
    """Values are equal as JSON has it, and have the same key then and only then."""
    assert same(one, other) is same(other, one) is expected
    assert (key_of(one) == key_of(other)) is expected


@given(JSON_VALUES, JSON_VALUES)
def test_key(one: Any, other: Any) -> None:
    """Of any two values, the keys are equal if, and only if, the values are."""
    assert (key_of(one) == key_of(other)) is same(one, other)
    assert same(one, one)
