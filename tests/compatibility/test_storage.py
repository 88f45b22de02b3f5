"""What a change does to the tables that hold the data."""

from __future__ import annotations

from typing import Any

import pytest

from schema_pairs import cases
from validator.compatibility.storage import warnings_of
from validator.compatibility.verdicts import Warned
from validator.errors import WrongUse

_ANY = True


def _told(warnings: tuple[Warned, ...]) -> list[str]:
    return [f"{each.rule} {each.path}: {each.message}" for each in warnings]


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required)}


@pytest.mark.parametrize("case", cases())
def test_pairs(case: dict[str, Any]) -> None:
    """Each pair has the warnings that its fixture says, and those of one storage are its own."""
    both = warnings_of(case["old"], case["new"], ["parquet", "redshift"])
    assert _told(both) == case.get("warnings", [])
    for storage in ("redshift", "parquet"):
        alone = warnings_of(case["old"], case["new"], [storage])  # type: ignore[list-item]  # any text
        assert alone == tuple(each for each in both if each.storage == storage)
    assert warnings_of(case["old"], case["new"], []) == ()


#: Schemas of columns by the type that Redshift keeps them in, and Parquet.
_TYPES: list[tuple[dict[str, Any], str, str]] = [
    ({"type": "boolean"}, "boolean", "boolean"),
    ({"type": "integer"}, "bigint", "long"),
    ({"type": ["null", "integer"], "maximum": 2**15 - 1}, "smallint", "integer"),
    ({"type": "integer", "maximum": 2**15}, "integer", "integer"),
    ({"type": "integer", "maximum": 5, "minimum": -(2**15) - 1}, "integer", "integer"),
    ({"type": "integer", "maximum": 2**31}, "bigint", "long"),
    ({"type": "number"}, "double precision", "double"),
    ({"type": ["integer", "number"], "multipleOf": 0.01}, "double precision", "double"),
    ({"type": "number", "multipleOf": 0.01}, "decimal(36,2)", "double"),
    ({"type": "string"}, "varchar(65535)", "string"),
    ({"type": "string", "maxLength": 9.0}, "varchar(9)", "string"),
    ({"type": "string", "maxLength": 99999}, "varchar(65535)", "string"),
    ({"type": "string", "maxLength": 9, "minLength": 9}, "char(9)", "string"),
    ({"type": "string", "format": "uuid"}, "char(36)", "string"),
    ({"type": "string", "format": "date-time"}, "timestamp", "timestamp"),
    ({"type": "string", "format": "date"}, "date", "date"),
    ({"type": "string", "format": "other", "maxLength": 9}, "varchar(9)", "string"),
    ({"type": ["string", "null"], "enum": ["a", "abc", None]}, "varchar(3)", "string"),
    ({"type": "string", "enum": []}, "varchar(1)", "string"),
    ({"type": ["string", "integer"]}, "varchar(65535)", "json"),
    ({"type": "array"}, "varchar(65535)", "json"),
    ({"type": "object"}, "varchar(65535)", "json"),
    ({"$ref": "#/definitions/a"}, "varchar(65535)", "json"),
    ({}, "varchar(65535)", "json"),
]


@pytest.mark.parametrize(("schema", "of_redshift", "of_parquet"), _TYPES)
def test_types(schema: dict[str, Any], of_redshift: str, of_parquet: str) -> None:
    """A column is of the type that its schema asks for: one of another type does not fit in it."""
    old = _object({"a": {"type": "string", "format": "date"}})
    other = "boolean" if of_redshift == "date" else "date"
    if of_redshift == "date":
        old = _object({"a": {"type": "boolean"}})
    warnings = warnings_of(old, _object({"a": schema}), ["redshift", "parquet"])

    assert [each.message for each in warnings] == [
        f"column `a` is {other}, and {of_redshift} does not fit in it",
        f"field `a` is {other} in the table, and now {of_parquet}",
    ]


def test_fits() -> None:
    """Fewer bits fit in more; of texts, any length in any other, since a column can be widened."""
    small, large = {"type": "integer", "maximum": 9}, {"type": "integer"}
    short, long = {"type": "string", "maxLength": 9}, {"type": "string"}
    for old, new in ((large, small), (short, long), (long, short), (small, small)):
        assert warnings_of(_object({"a": old}), _object({"a": new}), ["redshift"]) == ()
    assert warnings_of(_object({"a": small}), _object({"a": large}), ["redshift"])


def test_not_null() -> None:
    """A column is NOT NULL where all that it is in is required and none of it may be null."""
    inner = _object({"b": {"type": "integer"}}, "b")
    nullable = {**inner, "type": ["object", "null"]}
    for part, required, expected in ((inner, ["a"], 1), (inner, [], 0), (nullable, ["a"], 0)):
        warnings = warnings_of(_object({"a": part}, *required), _object({}), ["redshift"])
        assert len(warnings) == expected
    assert warnings_of({"type": ["object", "null"], **_object({})}, _ANY, ["redshift"]) == ()


def test_nested() -> None:
    """Structures and arrays that become another kind are told, and each part by its place."""
    old = _object({"a/b": {"type": "array", "items": _object({"c": {"type": "integer"}})}})
    items = _object({"c": {"type": "number"}, "d": True})
    new = _object({"a/b": {"type": "array", "items": items}})
    (warned,) = warnings_of(old, new, ["parquet"])
    assert warned.path == "/properties/a~1b/items/properties/c"
    assert warned.message == "field `a/b.[].c` is long in the table, and now double"
    text = _object({"a/b": {"type": "string"}})
    assert [each.message for each in warnings_of(old, text, ["parquet"])] == [
        "field `a/b` is array in the table, and now string"
    ]
    assert warnings_of(old, text, ["redshift"]) == ()


def test_wrong_storage() -> None:
    """A storage that is none is refused, by name."""
    for wrong in ("snowflake", 1):
        with pytest.raises(WrongUse, match=r"no such storage: .*; there are redshift, parquet"):
            warnings_of({}, {}, [wrong])  # type: ignore[list-item]  # any text
