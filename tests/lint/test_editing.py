"""Edits of a JSON text: the parts that it has, and what is left when some go."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.lint.editing import Edit, edited, parts, without

_items = st.lists(st.integers(0, 9) | st.text(max_size=3) | st.just({"a": [1]}), max_size=6)
_layouts = st.sampled_from([{}, {"indent": 2}, {"separators": (",", ":")}])


def test_parts() -> None:
    """Each part has its place, its value's, and its name, as it is meant."""
    text = ' { "a" : 1 ,"\\u0062":[2]}'
    first, second = parts(text, 1)

    assert (first.name, text[first.start : first.end]) == ("a", '"a" : 1')
    assert (second.name, text[second.value : second.end]) == ("b", "[2]")
    assert text[second.start : second.name_end] == '"\\u0062"'
    assert [part.name for part in parts("[1, {}]", 0)] == [None, None]


@pytest.mark.parametrize("text", ["{ }", "[]", '"a"', "1", "null"])
def test_no_parts(text: str) -> None:
    """What is empty, or no container, has no parts."""
    assert list(parts(text, 0)) == []


@given(_items, st.sets(st.integers(0, 5)), _layouts)
def test_without(items: list[Any], gone: set[int], layout: dict[str, Any]) -> None:
    """What goes is gone, whatever the layout; all that stays is there, in its order."""
    gone = {index for index in gone if index < len(items)}
    text = json.dumps(items, **layout)

    left = edited(text, without(list(parts(text, 0)), gone))

    assert json.loads(left) == [each for index, each in enumerate(items) if index not in gone]


@given(_items, _layouts)
def test_members_without(values: list[Any], layout: dict[str, Any]) -> None:
    """The first member goes with its comma, and the layout of the others stays."""
    members = {f"n{index}": value for index, value in enumerate(values)}
    text = json.dumps(members, **layout)

    left = edited(text, without(list(parts(text, 0)), {0} if values else set()))

    members.pop("n0", None)
    assert left == (json.dumps(members, **layout) if members or not values else left)
    assert json.loads(left) == members


def test_edited() -> None:
    """Edits are made in the order of the text, in whatever order they come."""
    assert edited("abcdef", [Edit(4, 5, "EE"), Edit(0, 2)]) == "cdEEf"
    assert edited("abc", []) == "abc"
