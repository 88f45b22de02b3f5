"""What a change does to the tables that loaders keep the data in: Redshift's, and Parquet files.

Each makes columns of a schema, and of a newer one finds out what it can add to the same table.
Source: schema-ddl 0.27.0 (`ShredModel.merge` for Redshift, `parquet.Migrations`). Neither follows a
`$ref`: what that leads to is kept as text.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import TypeAlias

import attrs

from validator.compatibility.references import pointer
from validator.compatibility.verdicts import Storage, Warned
from validator.compatibility.words import named
from validator.errors import WrongUse, shown
from validator.results import JSON

__all__ = ["STORAGES", "warnings_of"]


@attrs.frozen
class _Column:
    """A column, or in Parquet a part of one."""

    #: JSON Pointer to its schema.
    path: str
    type: str
    is_nullable: bool


def warnings_of(old: JSON, new: JSON, storages: Collection[Storage]) -> tuple[Warned, ...]:
    """Tell what a change does to tables of each storage that is asked for.

    :raises WrongUse: if there is no such storage.
    """
    for storage in storages:
        if type(storage) is not str or storage not in STORAGES:
            message = f"no such storage: {shown(storage)}; there are {', '.join(STORAGES)}"
            raise WrongUse(message)
    asked = [warn for storage, warn in STORAGES.items() if storage in storages]
    return tuple(warned for warn in asked for warned in warn(old, new))


# Redshift


def _redshift(old: JSON, new: JSON) -> Iterator[Warned]:
    before, after = (_columns(each, _redshift_type, nested=False) for each in (old, new))
    for steps, column in before.items():
        name = named(".".join(steps))
        newer = after.get(steps)
        if not column.is_nullable and (newer is None or newer.is_nullable):
            verb = "is gone" if newer is None else "may be null now"
            message = f"column {name} is NOT NULL in the table, and {verb}"
            yield Warned("redshift", "redshift-not-null", (newer or column).path, message)
        if newer is not None and not _fits(newer.type, column.type):
            message = f"column {name} is {column.type}, and {newer.type} does not fit in it"
            yield Warned("redshift", "redshift-column-type", newer.path, message)


_INTEGERS = ["smallint", "integer", "bigint"]


def _fits(new: str, old: str) -> bool:
    """Whether a column takes values of another type: a varchar can be made wider."""
    if new in _INTEGERS and old in _INTEGERS:
        return _INTEGERS.index(new) <= _INTEGERS.index(old)
    return new == old or (new.startswith("varchar") and old.startswith("varchar"))


_TEXTS_OF_REDSHIFT = {
    "date-time": "timestamp",
    "date": "date",
    "uuid": "char(36)",
    "ipv4": "varchar(15)",
    "ipv6": "varchar(39)",
    "email": "varchar(255)",
}
_LONGEST = 65_535
_CENT = 0.01


def _redshift_type(schema: dict[str, JSON], kinds: frozenset[str]) -> str:
    if kinds == {"string"}:
        return _TEXTS_OF_REDSHIFT.get(str(schema.get("format"))) or _sized(schema)
    if kinds == {"integer"}:
        return _of_bits(schema, [(16, "smallint"), (32, "integer")], "bigint")
    if kinds and kinds <= {"integer", "number"}:
        is_money = "integer" not in kinds and schema.get("multipleOf") == _CENT
        return "decimal(36,2)" if is_money else "double precision"
    return "boolean" if kinds == {"boolean"} else f"varchar({_LONGEST})"


def _sized(schema: dict[str, JSON]) -> str:
    values = schema.get("enum")
    if isinstance(values, list):
        return f"varchar({max((len(each) for each in values if isinstance(each, str)), default=1)})"
    most = int(schema.get("maxLength", _LONGEST))
    return f"char({most})" if schema.get("minLength") == most else f"varchar({min(most, _LONGEST)})"


def _of_bits(schema: dict[str, JSON], sizes: list[tuple[int, str]], largest: str) -> str:
    """Give the smallest type that holds the integers between the bounds; without one, the largest.

    What is below zero is looked at only where a least value is told, as schema-ddl does.
    """
    most, least = schema.get("maximum"), schema.get("minimum", 0)
    if most is not None:
        for bits, name in sizes:
            if most < 2 ** (bits - 1) and least >= -(2 ** (bits - 1)):
                return name
    return largest


# Parquet


def _parquet(old: JSON, new: JSON) -> Iterator[Warned]:
    before, after = (_columns(each, _parquet_type, nested=True) for each in (old, new))
    for steps, column in before.items():
        newer = after.get(steps)
        if newer is not None and newer.type != column.type:
            kinds = f"{column.type} in the table, and now {newer.type}"
            message = f"field {named('.'.join(steps))} is {kinds}"
            yield Warned("parquet", "parquet-field-type", newer.path, message)


def _parquet_type(schema: dict[str, JSON], kinds: frozenset[str]) -> str:
    if kinds == {"string"}:
        formats = {"date-time": "timestamp", "date": "date"}
        return formats.get(str(schema.get("format")), "string")
    if kinds == {"integer"}:
        return _of_bits(schema, [(32, "integer")], "long")
    if kinds and kinds <= {"integer", "number"}:
        return "double"
    return "boolean" if kinds == {"boolean"} else "json"


# Columns


@attrs.frozen
class _Part:
    """A part of a schema that a column, or several, are made of."""

    #: The names to it; `[]` stands for the items of an array.
    steps: tuple[str, ...]
    path: str
    schema: dict[str, JSON]
    #: Whether what it is in may be null, or may be without it.
    is_optional: bool

    @property
    def is_nullable(self) -> bool:
        return self.is_optional or "null" in _types(self.schema)

    @property
    def kinds(self) -> frozenset[str]:
        """The types that a value may have, but null."""
        return _types(self.schema) - {"null"}

    def fields(self) -> list[_Part] | None:
        """Give the parts that an object consists of; None if that is not known."""
        properties = self.schema.get("properties")
        if self.kinds != {"object"} or not isinstance(properties, dict):
            return None
        required = self.schema.get("required", ())
        return [
            self._inner(name, each, "properties", is_optional=name not in required)
            for name, each in properties.items()
        ]

    def items(self) -> list[_Part] | None:
        """Give the part that the items of an array are; None if that is not known."""
        items = self.schema.get("items")
        if self.kinds != {"array"} or not isinstance(items, dict):
            return None
        return [attrs.evolve(self._inner("[]", items), path=pointer(self.path, "items"))]

    def _inner(self, name: str, schema: JSON, *within: str, is_optional: bool = False) -> _Part:
        return _Part(
            (*self.steps, name),
            pointer(self.path, *within, name),
            schema if isinstance(schema, dict) else {},
            self.is_nullable or is_optional,
        )


_OfType: TypeAlias = Callable[[dict[str, JSON], frozenset[str]], str]
_Columns: TypeAlias = dict[tuple[str, ...], _Column]


def _columns(root: JSON, of_type: _OfType, *, nested: bool) -> _Columns:
    """Give the columns of a schema by the names to them.

    :param nested: whether a column may hold others: a structure, or an array.
    """
    columns: _Columns = {}
    pending = [_Part((), "", root if isinstance(root, dict) else {}, is_optional=False)]
    while pending:
        part = pending.pop()
        fields, items = part.fields(), part.items() if nested else None
        kind = of_type(part.schema, part.kinds)
        if fields is not None or items is not None:
            kind = "struct" if items is None else "array"
            pending += reversed(fields or items or [])
        if part.steps and (nested or fields is None):
            columns[part.steps] = _Column(part.path, kind, part.is_nullable)
    return columns


def _types(schema: dict[str, JSON]) -> frozenset[str]:
    kinds = schema.get("type", [])
    return frozenset(kinds if isinstance(kinds, list) else [kinds])


#: Each storage by its name: what tells of it.
STORAGES: dict[Storage, Callable[[JSON, JSON], Iterator[Warned]]] = {
    "redshift": _redshift,
    "parquet": _parquet,
}
