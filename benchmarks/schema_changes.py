"""Small changes of schemas, each with what it does to the documents that are accepted.

What a change does is known by how it is made, not by asking: of what it takes away, or adds, it
tells a schema, and of that a document is drawn which the engine accepts before and not after, or
the other way round. It is made where that matters: at the root, or where nothing but `properties`
and `items` of plain objects and arrays leads. What changes nothing is made anywhere.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from random import Random
from typing import Any, TypeAlias

import attrs

from benchmarks.schema_operators import (
    KEPT,
    OF_ARRAYS,
    OF_OBJECTS,
    OPERATORS,
    Made,
    Operator,
    plain,
)
from validator import Limits, Registry
from validator.dialects import DEFAULT, DIALECTS, Dialect, dialect_of
from validator.drawing import examples
from validator.errors import NothingToDraw, NoVerdict
from validator.judge import Judge
from validator.results import JSON, Path

__all__ = ["OPERATORS", "Changed", "Operator", "as_dialect", "changed", "changes"]

_Schema: TypeAlias = dict[str, Any]


@attrs.frozen
class Changed:
    """A schema that was changed, and a document of each direction that is refuted."""

    operator: str
    old: JSON
    new: JSON
    #: What only the old schema accepts: backward is refuted by it; proved without.
    lost: tuple[JSON, ...]
    #: What only the new schema accepts: forward is refuted by it; proved without.
    gained: tuple[JSON, ...]


def as_dialect(schema: _Schema, name: str) -> _Schema:
    """Read a schema in another dialect."""
    return {**schema, "$schema": DIALECTS[name].uri}


def changed(
    operator: Operator, schema: _Schema, random: Random, registry: Registry | None = None
) -> Changed | None:
    """Make a change at some place of a schema; None where it can't be made, or is not shown."""
    dialect = dialect_of(schema) or DEFAULT
    if list(DIALECTS).index(dialect.name) < list(DIALECTS).index(operator.since):
        return None
    places = list(_PLACES[operator.where](schema, dialect))
    for path in random.sample(places, min(len(places), _TRIED)):
        node = _at(schema, path)
        made = operator.change(copy.deepcopy(node), random)
        if made is None or json.dumps(made.node) == json.dumps(node):
            continue
        found = _shown(operator, schema, path, made, registry or Registry())
        if found is not None:
            return found
    return None


def changes(schema: _Schema, random: Random, registry: Registry | None = None) -> Iterator[Changed]:
    """Change a schema in each way that can be."""
    for operator in OPERATORS:
        found = changed(operator, schema, random, registry)
        if found is not None:
            yield found


# Places.

#: How many places are tried.
_TRIED = 6


def _that_count(schema: JSON, dialect: Dialect, path: Path = ()) -> Iterator[Path]:
    """Give the places of all that is asked of documents, and of what is within them."""
    if not isinstance(schema, dict):
        return
    yield path
    if plain(schema, "object", OF_OBJECTS):
        for name, each in schema.get("properties", {}).items():
            yield from _that_count(each, dialect, (*path, "properties", name))
    if plain(schema, "array", OF_ARRAYS) and isinstance(schema.get("items"), dict):
        yield from _that_count(schema["items"], dialect, (*path, "items"))


def _anywhere(schema: JSON, dialect: Dialect, path: Path = ()) -> Iterator[Path]:
    """Give the places of all subschemas, but those beside a reference that is alone."""
    if not isinstance(schema, dict):
        return
    if not (dialect.ref_stands_alone and "$ref" in schema):
        yield path
        for steps, _, each in dialect.places(schema):
            yield from _anywhere(each, dialect, (*path, *steps))


def _whole(_: JSON, __: Dialect) -> Iterator[Path]:
    yield ()


_PLACES: Mapping[str, Callable[[JSON, Dialect], Iterator[Path]]] = {
    "place": _that_count,
    "anywhere": _anywhere,
    "whole": _whole,
}


def _at(schema: JSON, path: Path) -> Any:
    for step in path:
        schema = schema[step]
    return schema


def _with(schema: JSON, path: Path, node: JSON) -> JSON:
    """Give a schema with another at a place; the rest is shared."""
    if not path:
        return node
    made = copy.copy(schema)
    made[path[0]] = _with(schema[path[0]], path[1:], node)
    return made


# What shows that a document is lost, or gained.


def _shown(
    operator: Operator, old: JSON, path: Path, made: Made, registry: Registry
) -> Changed | None:
    new = _with(old, path, made.node)
    judge = Judge(registry, Limits(), "assert", DEFAULT, show_values=False)
    try:
        before, after = (judge.compiled(each).is_valid for each in (old, new))
        lost = [_example(old, path, each, registry, before, after) for each in made.lost]
        gained = [_example(new, path, each, registry, after, before) for each in made.gained]
    except NoVerdict:
        return None
    if [] in lost or [] in gained:
        return None
    return Changed(operator.name, old, new, tuple(chain(*lost)), tuple(chain(*gained)))


_Judge: TypeAlias = Callable[[JSON], bool]


def _example(  # a schema and its judges
    schema: JSON, path: Path, only: JSON, registry: Registry, accepts: _Judge, rejects: _Judge
) -> list[JSON]:
    """Draw a document that has, at a place, what only one of two schemas accepts: one, or none."""
    node = _at(schema, path)
    names = (*KEPT, "$schema") if not path else ()
    told = {name: node[name] for name in names if name in node}
    asked = {name: each for name, each in node.items() if name not in told}
    forced = _forced(_with(schema, path, {**told, "allOf": [asked, only]}), path)
    try:
        drawn = examples(forced, 4, registry=registry)
    except (NothingToDraw, NoVerdict):
        return []
    return [each for each in drawn if accepts(each) and not rejects(each)][:1]


def _forced(schema: JSON, path: Path) -> JSON:
    """Give a schema that asks for what is at a place."""
    if not path:
        return schema
    if path[0] == "items":
        inner = _forced(schema["items"], path[1:])
        return {**schema, "type": "array", "items": inner, "minItems": schema.get("minItems") or 1}
    name = path[1]
    inner = {**schema["properties"], name: _forced(schema["properties"][name], path[2:])}
    required = sorted({*schema.get("required", ()), str(name)})
    return {**schema, "type": "object", "properties": inner, "required": required}
