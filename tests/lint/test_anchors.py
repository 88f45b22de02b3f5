"""What a pattern holds to the ends of a text."""

from __future__ import annotations

import pytest

from validator.lint.anchors import has_edge, longest


@pytest.mark.parametrize(
    ("pattern", "most"),
    [
        ("^[0-9]{4}$", 4),
        ("^a$|^bc$", 2),
        ("(^ab)+$", 2**31),
        ("(^a)?$", None),
        ("^[0-9]{4}", None),
        ("[0-9]{4}$", None),
        ("^a|b$", None),
        ("^", None),
        ("", None),
        ("x", None),
        ("^(?=a)$", None),
        ("^" + "(" * 101 + "a" + ")" * 101 + "$", None),
    ],
)
def test_longest(pattern: str, most: int | None) -> None:
    """A text has an end where each alternative is held to both of its ends."""
    assert longest(pattern) == most


@pytest.mark.parametrize(
    ("pattern", "has"),
    [
        ("a^", True),
        ("(a|b$)*", True),
        (r"a\b", True),
        ("[^a]+b", False),
        (r"\^a\$", False),
        ("", False),
        ("(?<=a)", None),
    ],
)
def test_has_edge(pattern: str, has: bool | None) -> None:  # noqa: FBT001  # a column of the table
    """An end is one as it is read, not a sign in a class or behind a backslash."""
    assert has_edge(pattern) is has
