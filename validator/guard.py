"""Questions about every document, asked through fixed schemas of our own.

An engine overruns the stack on a document of a few thousand levels, or a few hundred on the stack
of a thread. `fits` is a schema of so many levels, so that the engine itself stops at the limit; it
was measured at a third of the cost of a walk in Python.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import jsonschema_rs

from validator.results import JSON

__all__ = ["fits", "fits_without_numbers", "question"]


def fits(document: JSON, depth: int) -> bool:
    """Whether arrays and objects nest no deeper; for a document of up to 1,024 levels."""
    return _guard(depth)(document)


@cache
def _guard(depth: int) -> Callable[[JSON], bool]:
    """Make the schema: each level's members are of the level below, and the last has none."""
    levels: dict[str, JSON] = {"0": {"not": {"type": ["array", "object"]}}}
    for level in range(1, depth + 1):
        below = {"$ref": f"#/definitions/{level - 1}"}
        levels[str(level)] = {"items": below, "additionalProperties": below}
    top = {"$ref": f"#/definitions/{depth}"}
    schema = {"allOf": [top], "definitions": levels}
    return question(schema)


def fits_without_numbers(document: JSON, depth: int) -> bool:
    """Whether arrays and objects nest no deeper, and there is no number; as cheap as `fits`."""
    return _textual_guard(depth)(document)


@cache
def _textual_guard(depth: int) -> Callable[[JSON], bool]:
    others = ["string", "boolean", "null"]
    levels: dict[str, JSON] = {"0": {"type": others}}
    for level in range(1, depth + 1):
        below = {"$ref": f"#/definitions/{level - 1}"}
        members = {"items": below, "additionalProperties": below}
        levels[str(level)] = {"type": [*others, "array", "object"], **members}
    top = {"$ref": f"#/definitions/{depth}"}
    return question({"allOf": [top], "definitions": levels})


def question(schema: dict[str, JSON]) -> Callable[[JSON], bool]:
    """Make a yes-or-no question of a schema of our own (draft-04; formats are not asked)."""
    linear = jsonschema_rs.RegexOptions()
    return jsonschema_rs.Draft4Validator(
        schema, offline=True, validate_formats=False, pattern_options=linear
    ).is_valid
