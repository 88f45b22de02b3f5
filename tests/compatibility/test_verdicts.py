"""What a comparison finds, as values."""

from __future__ import annotations

import pytest

from validator.compatibility.verdicts import ABSENT, Change, Comparison, Direction


@pytest.mark.parametrize(
    ("path", "keyword", "name", "expected"),
    [
        ("", "maxLength", None, "/maxLength"),
        ("/items", "properties", "a/b~", "/items/properties/a~1b~0"),
        ("", "properties", "", "/properties/"),
        ("", "required", "a", "/required"),
        ("", "anyOf", "2", "/anyOf/2"),
        ("/not", "", None, "/not"),
        ("", "", None, ""),
    ],
)
def test_location(path: str, keyword: str, name: str | None, expected: str) -> None:
    """A change is at its keyword, or at the one thing that it holds by name or by place."""
    change = Change(path=path, keyword=keyword, name=name, old=ABSENT, new=1, effect="neutral")
    assert change.location == expected


def test_equal() -> None:
    """Schemas are equal if, and only if, both directions are proved."""
    proved, unknown = Direction("proved"), Direction("unknown")
    assert Comparison(backward=proved, forward=proved, step="NONE").is_equal
    assert not Comparison(backward=proved, forward=unknown, step="ADDITION").is_equal
    assert not Comparison(backward=unknown, forward=proved, step="REVISION").is_equal


def test_absent() -> None:
    """What is not there is told as such: it is not null."""
    assert repr(ABSENT) == "ABSENT"
    assert ABSENT is not None
