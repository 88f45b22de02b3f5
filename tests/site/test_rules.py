"""The keywords of a schema in words."""

from typing import Any

import pytest

from registries import closed
from validator.site.nodes import Reader
from validator.site.rules import rules
from validator.site.values import Rule


def words(schema: Any, dialect: str = "2020-12") -> list[str]:
    """Give the rules of a schema as text."""
    return [_text(each) for each in rules(Reader(closed(schema, dialect=dialect)).root())]


def _text(rule: Rule) -> str:
    return " ".join(each.text for each in rule.pieces)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"minimum": 1, "maximum": 10}, ["from 1 to 10"]),
        ({"minimum": 0.5}, ["0.5 or more"]),
        ({"maximum": -1}, ["-1 or less"]),
        ({"exclusiveMinimum": 0, "maximum": 5}, ["more than 0", "5 or less"]),
        ({"minimum": 0, "exclusiveMaximum": 5}, ["0 or more", "less than 5"]),
        ({"minimum": 3, "exclusiveMinimum": 0}, ["3 or more"]),
        ({"minimum": 0, "exclusiveMinimum": 3}, ["more than 3"]),
        ({"maximum": 3, "exclusiveMaximum": 5}, ["3 or less"]),
        ({"maximum": 5, "exclusiveMaximum": 3}, ["less than 3"]),
        ({"minLength": 1}, ["at least 1 character"]),
        ({"minLength": 0, "maxLength": 1000}, ["at most 1,000 characters"]),
        ({"minLength": 2, "maxLength": 2}, ["exactly 2 characters"]),
        ({"minItems": 1, "maxItems": 2.0}, ["1 to 2 items"]),
        ({"maxItems": 0}, ["at most 0 items"]),
        ({"minProperties": 1}, ["at least 1 field"]),
        ({"uniqueItems": True}, ["no two items alike"]),
        ({"uniqueItems": False}, []),
        ({"multipleOf": 0.01}, ["a multiple of 0.01"]),
        ({"format": "date-time"}, ["format date-time"]),
        ({"pattern": "^a$"}, ["matches the pattern ^a$"]),
        ({"pattern": "a" * 1_001}, ["matches the pattern of 1,001 characters"]),
        ({"contentEncoding": "base64"}, ["encoded as base64"]),
        ({"contentMediaType": "text/html"}, ["holds text/html"]),
        ({"const": None}, ["exactly null"]),
        ({"enum": ["a", 1]}, ['one of "a" 1']),
        ({"dependentRequired": {"a": ["b"]}}, ["where there is a , b is required"]),
        ({"dependentRequired": {"a": ["b", "c"]}}, ["where there is a , b c are required"]),
        ({"dependentRequired": {"a": []}}, []),
        ({"maxLength": 3, "allOf": [{"maxLength": 3}]}, ["at most 3 characters"]),
    ],
)
def test_words(schema: Any, expected: list[str]) -> None:
    """Each keyword is told in words; the same twice is told once."""
    assert words(schema) == expected


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"minimum": 1, "exclusiveMinimum": True}, ["more than 1"]),
        ({"minimum": 1, "exclusiveMinimum": False, "maximum": 2}, ["from 1 to 2"]),
        ({"maximum": 1, "exclusiveMaximum": True}, ["less than 1"]),
        ({"const": 1, "contentEncoding": "base64"}, []),
        ({"dependencies": {"a": ["b"], "c": {}}}, ["where there is a , b is required"]),
    ],
)
def test_words_of_draft_04(schema: Any, expected: list[str]) -> None:
    """Bounds of draft-04 are told as it means them, and keywords that it has not are not."""
    assert words(schema, "draft-04") == expected


def test_many_values() -> None:
    """Of many values all are told, folded away; of very many, so many and how many there are."""
    (some,) = rules(Reader(closed({"enum": [*range(13)]})).root())
    (many,) = rules(Reader(closed({"enum": [*range(2_000)]})).root())

    assert (_text(some), some.folded, len(some.lines)) == ("one of 13 values", True, 13)
    assert (len(many.lines), many.lines[-1][0].text) == (501, "and 1,500 more")
