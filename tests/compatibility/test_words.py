"""Changes in words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes import JSON_VALUES
from validator.compatibility.verdicts import ABSENT, Change
from validator.compatibility.words import clipped, describe, named

_YES, _NO = True, False


def _change(path: str, keyword: str, old: Any, new: Any, name: str | None = None) -> Change:
    return Change(path=path, keyword=keyword, name=name, old=old, new=new, effect="neutral")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            _change("/properties/label", "maxLength", 255, 100),
            "maxLength of /properties/label: 255 -> 100",
        ),
        (_change("", "maxLength", ABSENT, 100), "maxLength is new: 100"),
        (
            _change("/items" * 20 + "/properties/label", "maxLength", 5, 1),
            "maxLength of ...tems/items/items/items/items/items/items/properties/label: 5 -> 1",
        ),
        (_change("/not", "const", None, ABSENT), "const of /not is gone; it was null"),
        (
            _change("", "properties", ABSENT, {"type": "string"}, "plan"),
            'property `plan` is new: {"type":"string"}',
        ),
        (
            _change("/items", "properties", _YES, ABSENT, "plan"),
            "property `plan` of /items is gone; it was true",
        ),
        (_change("", "properties", _YES, _NO, "plan"), "property `plan`: true -> false"),
        (_change("", "required", ABSENT, "email", "email"), "`email` is now required"),
        (
            _change("/items", "required", "email", ABSENT, "email"),
            "`email` of /items is no longer required",
        ),
        (_change("", "required", ["a", "a"], ["b"]), 'required: ["a","a"] -> ["b"]'),
        (
            _change("", "enum", ["a", 1, True], ["a", 1.0, 2]),
            'enum: ["a",1,true] -> ["a",1.0,2] (without true, with 2)',
        ),
        (
            _change("", "type", "string", ["string", "null"]),
            'type: "string" -> ["string","null"] (with "null")',
        ),
        (_change("", "type", "string", "null"), 'type: "string" -> "null"'),
        (_change("", "type", ABSENT, ["null"]), 'type is new: ["null"]'),
        (_change("", "anyOf", ABSENT, {}, "2"), "branch 2 of anyOf is new: {}"),
        (_change("", "items", {}, ABSENT, "0"), "item 0 of items is gone; it was {}"),
        (_change("", "$defs", {}, ABSENT, "x"), "definition `x` is gone; it was {}"),
        (
            _change("", "dependencies", ["a"], ["b"], "x"),
            'dependencies `x`: ["a"] -> ["b"]',
        ),
        (_change("", "", _YES, {"not": {}}), 'the schema: true -> {"not":{}}'),
        (_change("/$defs/a", "", _YES, _NO), "the schema of /$defs/a: true -> false"),
    ],
)
def test_describe(change: Change, expected: str) -> None:
    """A change is told with its place, and what stood and stands there."""
    assert describe(change) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (ABSENT, "none"),
        ("\n\u202e\x1b[0m\u00e9", '"\\n\\u202e\\u001b[0m\\xe9"'),
        (2**70, "1180591620717411303424"),
        ("a" * 100, '"' + "a" * 56 + "..."),
    ],
)
def test_clipped(value: Any, expected: str) -> None:
    """A value is JSON that can be printed, cut where it is long."""
    assert clipped(value) == expected


@given(st.text(), st.text(), st.none() | st.text(), JSON_VALUES, JSON_VALUES)
def test_printable(path: str, keyword: str, name: str | None, old: Any, new: Any) -> None:
    """Whatever a schema holds, what is told of it is short, printable, and of ASCII alone."""
    for change in (_change(path, keyword, old, new, name), _change(path, "enum", [old], [new])):
        text = describe(change)
        assert text.isprintable()
        assert text.isascii()
        assert len(text) < 600
    assert len(named(path)) <= 62
