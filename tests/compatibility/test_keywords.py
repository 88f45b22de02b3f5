"""Which keywords have a say, beside what the engines judge by."""

from __future__ import annotations

from typing import Any

import pytest

from validator.compatibility.keywords import DATA, DEFINITIONS, MAPS, SCHEMAS, decides
from validator.dialects import DEFAULT, DIALECTS, Dialect
from validator.formats import CLASSES, plain_class

_ALL = [pytest.param(dialect, id=name) for name, dialect in DIALECTS.items()]
_NOTES = (
    "title",
    "description",
    "default",
    "examples",
    "$comment",
    "readOnly",
    "$schema",
    "maxlen",
)


@pytest.mark.parametrize("dialect", _ALL)
def test_deciding(dialect: Dialect) -> None:
    """Every keyword that jsonschema judges by in a dialect has a say there; notes have none."""
    judged = plain_class(dialect.name).VALIDATORS
    assert [keyword for keyword in judged if not decides(keyword, dialect)] == []
    assert [keyword for keyword in _NOTES if decides(keyword, dialect)] == []


@pytest.mark.parametrize("dialect", _ALL)
@pytest.mark.parametrize(
    ("keyword", "value", "refused"),
    [
        ("const", 1, 2),
        ("contains", False, [1]),
        ("propertyNames", False, {"a": 1}),
        ("contentEncoding", "base64", "!"),
        ("contentMediaType", "application/json", "{"),
        ("dependentRequired", {"a": ["b"]}, {"a": 1}),
        ("dependencies", {"a": ["b"]}, {"a": 1}),
        ("prefixItems", [False], [1]),
        ("unevaluatedProperties", False, {"a": 1}),
        ("maxLength", 1, "ab"),
    ],
)
def test_as_the_engine(dialect: Dialect, keyword: str, value: Any, refused: Any) -> None:
    """Where the engine refuses a document for a keyword, in any dialect, it has a say."""
    accepts = CLASSES[dialect.name]({keyword: value}, validate_formats=True).is_valid(refused)
    assert accepts or decides(keyword, dialect)


def test_holding() -> None:
    """What holds schemas is told as the dialects do, and data is none of it."""
    for keyword in SCHEMAS | MAPS - {"dependentRequired"}:
        value: Any = {"a": True} if keyword in MAPS else {}
        assert list(DEFAULT.subschemas({keyword: value})), keyword
    assert set(DEFINITIONS) <= MAPS
    assert not DATA & (SCHEMAS | MAPS)
