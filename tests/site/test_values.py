"""The pieces that pages are made of."""

import pytest

from validator.site.values import Field, Fields, Piece, code, joined, json_text, ticked, visible


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("plain äö 日本 العربية\n\ttoo", "plain äö 日本 العربية\n\ttoo"),
        ("a\u202eb\u2066", "a\\u202eb\\u2066"),
        ("\x00\x07\x7f\ufeff\u00ad\u200b\r", "\\u0000\\u0007\\u007f\\ufeff\\u00ad\\u200b\\u000d"),
    ],
)
def test_visible(text: str, told: str) -> None:
    """Controls, and characters that turn the direction, are written as what they are."""
    assert visible(text) == told


def test_long_values_are_cut() -> None:
    """A value or a name that is long is cut, and shows that it is."""
    assert json_text({"a": [1, None]}) == '{"a":[1,null]}'
    assert json_text("x" * 500) == '"' + "x" * 399 + "…"
    assert code("y" * 400).text == "y" * 400
    assert code("y" * 401).text == "y" * 400 + "…"


def test_joined() -> None:
    """Pieces are joined by words; groups of none leave none."""
    one, other = Piece("a"), code("b")

    assert joined([(), (one,), (other,)], "or") == (one, Piece("or"), other)
    assert joined([], "or") == ()


def test_ticked() -> None:
    """Names between back-quotes are code; a back-quote by itself is what it is."""
    assert ticked("of `a` and `b`") == (Piece("of"), code("a"), Piece("and"), code("b"))
    assert ticked("one ` alone") == (Piece("one ` alone"),)


def test_fields_are_searched_once() -> None:
    """What has no name is not searched; of one path several times, the first is."""
    rows = [
        Field(path=path, name=name, anchor=f"field-{index}", depth=0, types=())
        for index, (path, name) in enumerate([("", ""), ("a", "a"), ("a[]", ""), ("a", "a")])
    ]

    assert Fields(tuple(rows)).searched == [("a", "field-1")]
