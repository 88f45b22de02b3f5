"""Which definition was which."""

from __future__ import annotations

from typing import Any

import pytest

from validator.compatibility.definitions import definitions_of, keywords_of, pair, renamed
from validator.compatibility.equality import same


def test_found() -> None:
    """Definitions are those under both keywords, as far as those are objects."""
    schema = {"definitions": {"a": {}}, "$defs": {"a": True}, "not": {"$defs": {"b": {}}}}
    assert keywords_of(schema) == ("definitions", "$defs")
    assert definitions_of(schema) == {("definitions", "a"): {}, ("$defs", "a"): True}
    assert keywords_of({"definitions": 1, "$defs": []}) == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"$defs": {"a": 1}}, {"$defs": {"a": 2}}, [("a", "a")]),
        ({"definitions": {"a": 1}}, {"$defs": {"a": 2}}, [("a", "a")]),
        ({"$defs": {"a": {}, "b": True}}, {"$defs": {"c": True, "b": {}}}, [("b", "b"), (0, "c")]),
        ({"$defs": {"a": {"type": "null"}}}, {"$defs": {"b": {"type": "null"}}}, [("a", "b")]),
        ({"$defs": {"a": {}}}, {}, [("a", 0)]),
    ],
)
def test_pair(old: Any, new: Any, expected: list[Any]) -> None:
    """They are matched by keyword and name, then by name, then by what they are."""
    pairs = pair(definitions_of(old), definitions_of(new), same)
    names = [tuple(named[1] if named else 0 for named in each) for each in pairs]
    assert names[: len(expected)] == expected


def test_renamed() -> None:
    """References to each are told from one schema to the other, with names as they must be."""
    pairs = [
        (("definitions", "a/b"), ("$defs", "c")),
        (None, ("$defs", "d")),
        (("$defs", "e"), None),
    ]
    assert renamed(pairs) == {"#/definitions/a~1b": "#/$defs/c"}
