"""Which branch was which."""

from __future__ import annotations

from typing import Any

import pytest

from validator.compatibility.equality import same
from validator.compatibility.matching import Pairs, match_branches, match_places

_INT, _TEXT = {"type": "integer"}, {"type": "string"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([_INT, _TEXT], [_TEXT, _INT], [(1, 0), (0, 1)]),
        ([_INT, _INT], [_INT], [(0, 0), (1, None)]),
        ([], [_INT], [(None, 0)]),
        ([_INT], [_TEXT], [(None, 0), (0, None)]),
        ([_INT], [{"type": "number"}], [(0, 0)]),
        ([_TEXT], [{"type": ["string", "null"]}], [(0, 0)]),
        ([_TEXT], [{"type": "string", "maxLength": 5}], [(0, 0)]),
        ([_TEXT], [{"type": "string", "maxLength": 5, "pattern": "a"}], [(None, 0), (0, None)]),
        ([{"title": "A", "minimum": 1}], [{"title": "A", "maximum": 5, "not": {}}], [(0, 0)]),
        ([{"$ref": "#a"}], [{"$ref": "#a", "maximum": 5, "not": {}}], [(0, 0)]),
        ([{"enum": ["a"]}, {}], [{"const": "a", "title": "A", "not": {}}], [(0, 0), (1, None)]),
        ([{"enum": [1]}], [{"const": True}], [(None, 0), (0, None)]),
        (
            [{"properties": {"k": {"const": each}, "a": {}}} for each in "xy"],
            [{"properties": {"k": {"const": each}}, "required": [], "not": {}} for each in "yx"],
            [(1, 0), (0, 1)],
        ),
        ([{"properties": {"k": True}}], [{"properties": 1}], [(0, 0)]),
        ([True], [False], [(None, 0), (0, None)]),
        ([{}], [{}], [(0, 0)]),
        (
            [{"minLength": 1, "maxLength": 5}, {"minLength": 2, "maxLength": 6}],
            [{"minLength": 2, "maxLength": 5}, {"minLength": 2, "maxLength": 7}],
            [(0, 0), (1, 1)],
        ),
    ],
)
def test_branches(old: list[Any], new: list[Any], expected: Pairs) -> None:
    """Branches are matched by what they are, then by what names them, then by what they share."""
    assert match_branches(old, new, same) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("abc", "abc", [(0, 0), (1, 1), (2, 2)]),
        ("abc", "axbc", [(0, 0), (None, 1), (1, 2), (2, 3)]),
        ("abc", "ac", [(0, 0), (1, None), (2, 1)]),
        ("ab", "ba", [(None, 0), (0, 1), (1, None)]),
        ("a", "bc", [(0, 0), (None, 1)]),
    ],
)
def test_places(old: str, new: str, expected: Pairs) -> None:
    """Items are matched in their order, what is left between others place by place."""
    assert match_places(list(old), list(new)) == expected
