"""Parts of two schemas that differ at the same place, and documents that hold a value there.

What a change deep within arrays takes away is hard to draw from above; a value that the part loses
is drawn easily, and then a document around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import attrs

from validator.compatibility.equality import same
from validator.results import JSON, Path

__all__ = ["Part", "parts"]

_Schema: TypeAlias = dict[str, Any]
_MOST = 50


@attrs.frozen
class Part:
    """A place in both schemas where they differ, and no place within it is known where they do."""

    one: JSON
    other: JSON
    _whole: _Schema = attrs.field(repr=False)
    _path: Path

    def holding(self, value: JSON) -> JSON:
        """Give the first schema, less the documents that do not hold a value at the place."""
        return _held(self._whole, self._path, value)


def parts(one: JSON, other: JSON) -> Iterator[Part]:
    """Give the parts of two schemas that differ, within members and items, the first of them."""
    pending: list[tuple[JSON, JSON, Path]] = [(one, other, ())]
    found = 0
    while pending and found < _MOST:
        mine, its, path = pending.pop()
        inner = [] if path and not _both_objects(mine, its) else list(_within(mine, its, path))
        if inner:
            pending += inner
        elif path:
            found += 1
            yield Part(mine, its, one, path)


def _both_objects(one: JSON, other: JSON) -> bool:
    return isinstance(one, dict) and isinstance(other, dict)


def _within(one: JSON, other: JSON, path: Path) -> Iterator[tuple[JSON, JSON, Path]]:
    """Give what differs in members and items of both."""
    if not _both_objects(one, other):
        return
    mine, its = one.get("properties"), other.get("properties")
    if _both_objects(mine, its):
        for name in mine:
            if name in its and not same(mine[name], its[name]):
                yield mine[name], its[name], (*path, "properties", name)
    mine, its = one.get("items"), other.get("items")
    if _both_objects(mine, its) and not same(mine, its):
        yield mine, its, (*path, "items")


def _held(schema: _Schema, path: Path, value: JSON) -> _Schema:
    """Let a schema hold a value at the end of a path of members and items."""
    if not path:
        return {"enum": [value]}
    if path[0] == "items":
        inner = _held(schema["items"], path[1:], value)
        return {**schema, "items": inner, "minItems": max(1, schema.get("minItems", 1))}
    properties = schema["properties"]
    inner = _held(properties[path[1]], path[2:], value)
    required = list(dict.fromkeys((*schema.get("required", ()), path[1])))
    return {**schema, "properties": {**properties, path[1]: inner}, "required": required}
