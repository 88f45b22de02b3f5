"""Schemas of several dialects, told in the newest of them: what documents are drawn of has one.

What is drawn is judged by the schemas as they are. So it is enough that they accept nearly the
same: what a dialect makes of a format, or of 1.0, stays what the newest makes of it.
"""

from __future__ import annotations

import attrs
import orjson

from validator.closure import Closure
from validator.dialects import DEFAULT, DIALECTS, Dialect
from validator.registry import Schema
from validator.results import JSON

__all__ = ["in_one_dialect"]

_OLDEST_FIRST = list(DIALECTS.values())
#: What stays beside a reference where its siblings count for nothing.
_KEPT = ("$ref", "definitions")
#: In draft-04, whether a bound itself is out; later, a bound of its own.
_BOUNDS = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}


def in_one_dialect(closure: Closure) -> Closure:
    """Give a closed schema whose parts are all of one dialect; itself, if they are."""
    schemas = (closure.root, *closure.others)
    newest = max((each.dialect for each in schemas), key=_OLDEST_FIRST.index)
    if all(each.dialect is newest for each in schemas):
        return closure
    root, *others = (_told_in(newest, each) for each in schemas)
    return attrs.evolve(closure, root=root, others=tuple(others))


def _told_in(newest: Dialect, schema: Schema) -> Schema:
    """Give a schema in a newer dialect: a copy, if it is of another."""
    dialect = schema.dialect
    if dialect is newest:
        return schema
    contents = orjson.loads(orjson.dumps(schema.contents))
    pending = [contents]
    while pending:
        each = pending.pop()
        if isinstance(each, dict):
            pending += [inner for _, inner in dialect.subschemas(each)]
            _upgrade(each, dialect, newest)
    return attrs.evolve(schema, contents=contents, dialect=newest)


def _upgrade(schema: dict[str, JSON], dialect: Dialect, newest: Dialect) -> None:
    """Tell one subschema in a newer dialect, less what is within it."""
    schema.pop("$schema", None)
    if dialect.ref_stands_alone and "$ref" in schema:
        for keyword in schema.keys() - _KEPT:
            del schema[keyword]
    for exclusive, bound in _BOUNDS.items():
        if isinstance(schema.get(exclusive), bool) and schema.pop(exclusive) and bound in schema:
            schema[exclusive] = schema.pop(bound)
    if isinstance(own := schema.pop(dialect.identifier, None), str):
        is_anchor = own.startswith("#") and not newest.ref_stands_alone
        schema["$anchor" if is_anchor else "$id"] = own.removeprefix("#") if is_anchor else own
    if newest is DEFAULT:
        _split_items(schema)
        if "$recursiveRef" in schema:
            schema["$ref"] = schema.pop("$recursiveRef")


def _split_items(schema: dict[str, JSON]) -> None:
    """Tell the items of an array by their place, and the others, as 2020-12 does."""
    others = schema.pop("additionalItems", True)
    if isinstance(schema.get("items"), list):
        first, schema["items"] = schema["items"], others
        if first:
            schema["prefixItems"] = first
