"""The parts of a schema that have a say in every document: those whose values are all required."""

from __future__ import annotations

from collections.abc import Iterator

from validator.compatibility.references import pointer, steps_of, value_at
from validator.results import JSON

__all__ = ["required_places"]


def required_places(root: JSON) -> frozenset[str]:
    """Give the JSON Pointers of these parts: from the root through `required`, `allOf`, `$ref`."""
    found: set[str] = set()
    pending = [""]
    while pending:
        path = pending.pop()
        schema = value_at(root, path)
        if path not in found and isinstance(schema, dict):
            found.add(path)
            pending += _from(path, schema)
    return frozenset(found)


def _from(path: str, schema: dict[str, JSON]) -> Iterator[str]:
    reference, required = schema.get("$ref"), schema.get("required")
    properties, parts = schema.get("properties"), schema.get("allOf")
    if isinstance(reference, str) and (reference == "#" or reference.startswith("#/")):
        yield pointer("", *steps_of(reference))
    if isinstance(required, list) and isinstance(properties, dict):
        for name in required:
            if isinstance(name, str) and name in properties:
                yield pointer(path, "properties", name)
    if isinstance(parts, list):
        yield from (pointer(path, "allOf", str(index)) for index in range(len(parts)))
