"""Subschemas in one line."""

from typing import Any

import pytest

from registries import acme, closed
from validator.site.nodes import Reader
from validator.site.summaries import Summaries
from validator.site.values import Pieces


def _told(pieces: Pieces) -> str:
    return " ".join(f"`{each.text}`" if each.kind == "code" else each.text for each in pieces)


def summary(schema: Any, *others: Any) -> str:
    """Give a schema in one line, as text."""
    reader = Reader(closed(schema, *others))
    return _told(Summaries(reader, lambda _: None).line(reader.root()))


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (True, "anything"),
        (False, "nothing"),
        ({"type": "string", "const": 1}, "nothing"),
        ({"type": "string", "maxLength": 5}, "string , at most 5 characters"),
        ({"required": ["a"], "properties": {"b": {}}}, "with `a` , perhaps with `b`"),
        ({"required": ["k"], "properties": {"k": {"const": "v"}}}, '`k` is `"v"`'),
        ({"properties": {"k": {"enum": [1]}}}, "`k` , if it is there, is `1`"),
        ({"properties": {"k": {"enum": [1, 2]}}}, "perhaps with `k`"),
        (
            {"required": [*"abcdefgh"]},
            "with `a` `b` `c` `d` `e` `f` and 2 more",
        ),
        (
            {"anyOf": [{"type": "string"}, {"type": "null"}]},
            "at least one of 2 alternatives ( string ; null )",
        ),
        ({"not": {"type": "null"}}, "not: null"),
        ({"not": {"description": "Something bad."}}, "not: something bad"),
        (
            {"not": {"description": "B" * 100}},
            f"not: b{'B' * 84}… ( {'B' * 100} )",
        ),
        (
            {"if": {"type": "null"}, "then": {"const": 1}, "else": {"const": 2}},
            "if: null ( then: integer , exactly `1` ; else: integer , exactly `2` )",
        ),
        ({"if": {"type": "null"}}, "anything"),
        ({"contains": {"type": "null"}}, "holds 1 or more items that are: null"),
        (
            {"contains": {"type": "null"}, "minContains": 2, "maxContains": 3},
            "holds 2 to 3 items that are: null",
        ),
        ({"propertyNames": {"maxLength": 3}}, "each name is: at most 3 characters"),
        ({"dependentSchemas": {"a": {"required": ["b"]}}}, "where there is `a` : with `b`"),
        ({"dependentRequired": {"a": ["b"]}}, "where there is `a` , `b` is required"),
        ({"not": {"not": {"not": {"const": 1}}}}, "not: not: …"),
        ({"not": {"not": {"type": "null"}}}, "not: not: null"),
    ],
)
def test_line(schema: Any, expected: str) -> None:
    """A subschema is told in a line, with what is in it to a depth."""
    assert summary(schema) == expected


def test_many_alternatives() -> None:
    """Of many alternatives some are told, and how many more there are."""
    told = summary({"oneOf": [{"const": index} for index in range(10)]})

    assert told.startswith("exactly one of 10 alternatives ( integer , exactly `0` ;")
    assert told.endswith("exactly `7` ; and 2 more )")


def test_reference() -> None:
    """What refers to another schema names it."""
    other = acme("other", type="object")

    told = summary({"$ref": "iglu:com.acme/other/jsonschema/1-0-0"}, other)
    assert told == "object , as `iglu:com.acme/other/jsonschema/1-0-0`"
