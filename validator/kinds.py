"""The errors of jsonschema as those of jsonschema-rs: which rule was broken, and by what.

What jsonschema tells in words alone, the names and items that are too many, is read from them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import jsonschema_rs
import orjson

from validator.dialects import Dialect
from validator.results import JSON

__all__ = ["KINDS", "Error", "in_order", "kind_of"]

#: The kinds of errors of jsonschema-rs; its type stubs do not know that they can be made.
KINDS: Any = jsonschema_rs.ValidationErrorKind
#: An error of jsonschema-rs.
Error: TypeAlias = jsonschema_rs.ValidationError

_TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")
#: A text as Python writes it, in a list of such.
_TEXT = re.compile(r"""('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")(?:, )?""")


def in_order(value: JSON) -> JSON:
    """Give a value with its names in alphabetical order, as jsonschema-rs does."""
    if isinstance(value, dict | list):
        return orjson.loads(orjson.dumps(value, option=orjson.OPT_SORT_KEYS))
    return value


#: The most of anything that jsonschema-rs counts up to.
_MOST = 2**64 - 1


def _count(limit: float) -> int:
    """Give a number of things as jsonschema-rs reads it."""
    return min(int(limit), _MOST)


#: Kinds of one value: that of the keyword.
_OF_VALUE: dict[str, Callable[[Any], Any]] = {
    "const": lambda value: KINDS.Constant(in_order(value)),
    "contentEncoding": KINDS.ContentEncoding,
    "contentMediaType": KINDS.ContentMediaType,
    "enum": lambda value: KINDS.Enum(in_order(value)),
    "exclusiveMaximum": KINDS.ExclusiveMaximum,
    "exclusiveMinimum": KINDS.ExclusiveMinimum,
    "format": KINDS.Format,
    "maximum": KINDS.Maximum,
    "maxItems": lambda limit: KINDS.MaxItems(_count(limit)),
    "maxLength": lambda limit: KINDS.MaxLength(_count(limit)),
    "maxProperties": lambda limit: KINDS.MaxProperties(_count(limit)),
    "minimum": KINDS.Minimum,
    "minItems": lambda limit: KINDS.MinItems(_count(limit)),
    "minLength": lambda limit: KINDS.MinLength(_count(limit)),
    "minProperties": lambda limit: KINDS.MinProperties(_count(limit)),
    "multipleOf": KINDS.MultipleOf,
    "not": KINDS.Not,
    "pattern": KINDS.Pattern,
    "uniqueItems": lambda _: KINDS.UniqueItems(),
}


#: Kinds that name one property which the message of jsonschema begins with.
_OF_NAME = ("required", "dependentRequired", "dependencies")


def kind_of(
    error: Any,
    branches: list[list[Error]],
    dialect: Dialect | None,
) -> tuple[str, Any]:
    """Give the keyword that is told of, and how it is broken."""
    keyword, value, schema = str(error.validator), error.validator_value, error.schema
    if keyword in _OF_NAME:
        return keyword, KINDS.Required(_named(error.message)[0])
    if keyword in {"minimum", "maximum"}:
        exclusive = f"exclusive{keyword.capitalize()}"
        keyword = exclusive if schema.get(exclusive) is True else keyword
    if keyword in _OF_VALUE:
        return keyword, _OF_VALUE[keyword](value)
    if keyword in {"contains", "minContains", "maxContains"}:
        return _counted(keyword, schema, dialect), KINDS.Contains()
    return keyword, _OF_ERROR[keyword](error, branches)


def _counted(keyword: str, schema: Mapping[str, JSON], dialect: Dialect | None) -> str:
    """Give the keyword that an array breaks that has too few or too many of some items."""
    if dialect is None or not dialect.dynamic or keyword == "maxContains":
        return keyword
    bounds = ("minContains", "maxContains")
    return next((each for each in bounds if each in schema), keyword)


def _of_additional(error: Any, _: object) -> Any:
    if error.schema.keys() & {"properties", "patternProperties"}:
        return KINDS.AdditionalProperties(_unexpected(error))
    return KINDS.FalseSchema()


def _of_several(error: Any, branches: list[list[Error]]) -> Any:
    return KINDS.OneOfNotValid(branches) if error.context else KINDS.OneOfMultipleValid(branches)


_OF_ERROR: dict[str, Callable[[Any, list[list[Error]]], Any]] = {
    "additionalItems": lambda error, _: KINDS.AdditionalItems(len(error.schema["items"])),
    "additionalProperties": _of_additional,
    "anyOf": lambda _, branches: KINDS.AnyOf(branches),
    "oneOf": _of_several,
    "type": lambda error, _: KINDS.Type(_types(error.validator_value)),
    "unevaluatedItems": lambda error, _: KINDS.UnevaluatedItems(_unevaluated(error)),
    "unevaluatedProperties": lambda error, _: KINDS.UnevaluatedProperties(_unexpected(error)),
}


def _types(value: str | list[str]) -> list[str]:
    named = [value] if isinstance(value, str) else value
    return [name for name in _TYPES if name in named]


def _named(message: str) -> list[str]:
    """Give the texts that a message of jsonschema lists, as Python writes them."""
    at = 0 if message[0] in "'\"" else message.index("(") + 1
    names = []
    while found := _TEXT.match(message, at):
        names.append(ast.literal_eval(found[1]))
        at = found.end()
    return names


def _unexpected(error: Any) -> list[str]:
    """Give the names that a message lists, in the order of the document."""
    named = set(_named(error.message))
    return [name for name in error.instance if name in named]


def _unevaluated(error: Any) -> list[str]:
    """Give the items that a message lists, as Python writes them."""
    at = error.message.index("(") + 1
    items = []
    for shown in map(repr, error.instance):
        if error.message.startswith((f"{shown}, ", f"{shown} was ", f"{shown} were "), at):
            items.append(shown)
            at += len(shown) + len(", ")
    return items
