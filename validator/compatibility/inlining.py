"""Schemas with what they refer to in the place of the references, but for what refers to itself.

What is referred to by name is opaque to the canonical form in some places; written out, it is seen.
"""

from __future__ import annotations

from typing import Any, TypeAlias
from urllib.parse import unquote

import orjson

from validator.dialects import Dialect
from validator.results import JSON

__all__ = ["inlined_references"]

_Schema: TypeAlias = dict[str, Any]
#: How many subschemas there are at the most, once they are written out.
_MOST = 3_000


class _TooMany(Exception):
    """There would be more subschemas than that."""


def inlined_references(schema: JSON, dialect: Dialect) -> JSON:
    """Give a schema that accepts the same, without the references that can be written out.

    They are pointers within it, at the most. It is given as it is where something in it bears a
    name, or where it would grow too large.
    """
    text = orjson.dumps(schema)
    if b'"$ref"' not in text or _bears_names(schema, text):
        return schema
    try:
        return _Inlining(schema, dialect).told(schema)
    except _TooMany:
        return schema


def _bears_names(schema: _Schema, text: bytes) -> bool:
    inner = orjson.dumps({name: each for name, each in schema.items() if name not in {"$id", "id"}})
    return b'nchor"' in text or b'"$id"' in inner or b'"id"' in inner


class _Inlining:
    def __init__(self, schema: JSON, dialect: Dialect) -> None:
        self._root = schema
        self._dialect = dialect
        self._left = _MOST

    def told(self, schema: JSON) -> JSON:
        """Write out a subschema."""
        if not isinstance(schema, dict):
            return schema
        self._left -= 1
        if self._left < 0:
            raise _TooMany
        reference = schema.get("$ref")
        if isinstance(reference, str):
            target = self._target(reference)
            if target is not None:
                return self._with_target(schema, target)
            if self._dialect.ref_stands_alone:
                return schema
        return self._copied(schema)

    def _with_target(self, schema: _Schema, target: JSON) -> JSON:
        written = self.told(target)
        if self._dialect.ref_stands_alone:
            return self._with_definitions(schema, written)
        rest = self._copied({name: each for name, each in schema.items() if name != "$ref"})
        return {**rest, "allOf": [*rest.get("allOf", ()), written]} if rest else written

    def _with_definitions(self, schema: _Schema, written: JSON) -> JSON:
        """Keep what may be referred to, at the root."""
        if schema is not self._root or not isinstance(written, dict):
            return written
        kept = {name: each for name, each in schema.items() if name in {"definitions", "$schema"}}
        return {**kept, "allOf": [written]}

    def _copied(self, schema: _Schema) -> _Schema:
        copy = {
            name: each.copy() if isinstance(each, dict | list) else each
            for name, each in schema.items()
        }
        for steps, edge, inner in list(self._dialect.places(schema)):
            if edge[0] != "none":
                holder: Any = copy
                for step in steps[:-1]:
                    holder = holder[step]
                holder[steps[-1]] = self.told(inner)
        return copy

    def _target(self, reference: str) -> JSON | None:
        """Give what a pointer leads to; None where that leads back to itself, or elsewhere."""
        found = self._followed(reference)
        return None if found is None or self._recurs(found) else found

    def _followed(self, reference: str) -> JSON | None:
        """Give the subschema that a pointer leads to; None where it leads elsewhere."""
        if not reference.startswith("#/"):
            return None
        found: Any = self._root
        for step in unquote(reference[2:]).split("/"):
            name = step.replace("~1", "/").replace("~0", "~")
            if isinstance(found, list) and name.isdecimal() and int(name) < len(found):
                found = found[int(name)]
            elif isinstance(found, dict) and name in found:
                found = found[name]
            else:
                return None
        return found if isinstance(found, dict | bool) else None

    def _recurs(self, schema: JSON) -> bool:
        """Whether a subschema leads back to itself, or to what is not followed."""
        seen: set[int] = set()
        pending = self._led_to(schema)
        while pending:
            each = pending.pop()
            if each is None or (each is schema and isinstance(each, dict)):
                return True
            if id(each) not in seen:
                seen.add(id(each))
                pending += self._led_to(each)
        return False

    def _led_to(self, schema: JSON) -> list[JSON | None]:
        """Give what a subschema applies: its own subschemas, and what it refers to."""
        if not isinstance(schema, dict):
            return []
        inner: list[JSON | None] = [each for _, each in self._dialect.subschemas(schema)]
        if isinstance(schema.get("$ref"), str):
            inner.append(self._followed(schema["$ref"]))
        return inner
