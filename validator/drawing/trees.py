"""A schema as documents are drawn of it: its references, its places, the shortest way to an end."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TypeAlias
from urllib.parse import quote

import referencing
from referencing._core import Resolver
from referencing.exceptions import Unresolvable

from validator.canonical import Parts
from validator.dialects import Dialect
from validator.drawing.choices import DeadEnd
from validator.engine import Formats
from validator.limits import Limits
from validator.results import JSON, json_pointer

__all__ = ["ALL_KINDS", "Kinds", "Tree", "kinds_of_type", "kinds_of_value", "objects_in"]

#: What JSON has; numbers are apart in those that are whole, and all others.
Kinds: TypeAlias = frozenset[str]
ALL_KINDS: Kinds = frozenset(
    {"string", "integer", "fraction", "boolean", "null", "array", "object"}
)
_SCALARS = ALL_KINDS - {"array", "object"}
_WHOLE = "schema:drawn"
_FOLLOWED = 16


class Tree:
    """A schema that refers to nothing outside."""

    def __init__(self, schema: JSON, dialect: Dialect, limits: Limits, formats: Formats) -> None:
        self.root = schema
        uri = _WHOLE
        if isinstance(schema, dict):
            uri = dialect.uri_of(schema, _WHOLE) or _WHOLE
        self._parts = Parts(schema, uri, dialect, limits, formats)
        self._uri = uri
        self._specification = dialect.specification
        self._targets: dict[str, JSON] = {}
        self._places: dict[int, str] = {}
        self._note_places()
        self._heights: dict[int, float] = {}
        #: Names that the schema knows, for objects that may have any.
        self.names = _names(self.root)

    def _note_places(self) -> None:
        pending: list[tuple[JSON, tuple[str | int, ...]]] = [(self.root, ())]
        while pending:
            each, path = pending.pop()
            if isinstance(each, dict):
                self._places[id(each)] = json_pointer(path)
                pending += [(inner, (*path, name)) for name, inner in each.items()]
            elif isinstance(each, list):
                pending += [(inner, (*path, index)) for index, inner in enumerate(each)]

    @cached_property
    def _resolver(self) -> Resolver[JSON]:
        """What follows references: few schemas have any, and to make it takes long."""
        resource = self._specification.create_resource(self.root)
        registry: referencing.Registry[JSON] = referencing.Registry()
        resolver: Resolver[JSON] = (
            registry.with_resource(self._uri, resource).crawl().resolver(self._uri)
        )
        return resolver

    def target(self, reference: str) -> JSON:
        """Give what a reference leads to.

        :raises DeadEnd: if that is nothing.
        """
        if reference not in self._targets:
            try:
                self._targets[reference] = self._resolver.lookup(reference).contents
            except (Unresolvable, ValueError):
                raise DeadEnd from None
        return self._targets[reference]

    # What a part accepts.

    def accepts(self, schema: JSON, value: JSON) -> bool:
        """Whether a part of the schema, or one that refers to nothing, accepts a value."""
        if isinstance(schema, bool):
            return schema
        place = self._places.get(id(schema))
        if place is not None:
            return self._parts.at(_quoted(place))(value)
        if schema.keys() == {"not"}:  # of a part that may refer to others
            return not self.accepts(schema["not"], value)
        if schema.keys() == {"anyOf"}:
            return any(self.accepts(each, value) for each in schema["anyOf"])
        return self._parts.of(schema)(value)

    def matches(self, pattern: str, text: str) -> bool:
        """Whether a pattern finds something in a text."""
        return self._parts.of({"pattern": pattern})(text)

    def kinds(self, schema: JSON, followed: int = _FOLLOWED) -> Kinds:
        """Give the kinds of values that a schema may accept, as far as that is easily told."""
        if isinstance(schema, bool):
            return ALL_KINDS if schema else frozenset()
        kinds = ALL_KINDS
        if "type" in schema:
            kinds &= kinds_of_type(schema["type"])
        if "const" in schema:
            kinds &= kinds_of_value(schema["const"])
        if "enum" in schema:
            kinds &= frozenset().union(*map(kinds_of_value, schema["enum"]))
        if "$ref" in schema and followed:
            kinds &= self.kinds(self.target(schema["$ref"]), followed - 1)
        return kinds

    # How deep the least document of a part is.

    def height(self, schema: JSON) -> float:
        """Give how many levels the values of a part have, at the least; infinity if it has none."""
        if isinstance(schema, bool):
            return 0 if schema else math.inf
        if not self._heights:
            self._measure()
        return self._heights.get(id(schema), 0)

    def _measure(self) -> None:
        """Find the heights: what refers to itself gets one when something in it comes to an end."""
        nodes = objects_in(self.root)
        self._heights.update(dict.fromkeys(map(id, nodes), math.inf))
        changed = True
        while changed:
            changed = False
            for each in reversed(nodes):
                height = self._height(each)
                if height < self._heights[id(each)]:
                    self._heights[id(each)] = height
                    changed = True

    def _height(self, schema: dict[str, JSON]) -> float:
        heights = [self._own_height(schema)]
        if isinstance(schema.get("$ref"), str):
            try:
                heights.append(self.height(self.target(schema["$ref"])))
            except DeadEnd:
                heights.append(math.inf)
        heights += [self.height(each) for each in _list(schema, "allOf")]
        heights += [
            min(map(self.height, branches))
            for keyword in ("anyOf", "oneOf")
            if (branches := _list(schema, keyword))
        ]
        return max(heights)

    def _own_height(self, schema: dict[str, JSON]) -> float:
        kinds = ALL_KINDS
        if isinstance(schema.get("type"), str | list):
            kinds = kinds_of_type(schema["type"])
        if kinds & _SCALARS or "const" in schema or "enum" in schema:
            return 0
        ways = []
        if "object" in kinds:
            properties = schema.get("properties", {})
            names = [name for name in _list(schema, "required") if name in properties]
            ways.append(1 + max([self.height(properties[name]) for name in names], default=0))
        if "array" in kinds:
            items = schema.get("items", True)
            first = _list(schema, "prefixItems") or _list(schema, "items") or [items]
            ways.append(1 + self.height(first[0]) if schema.get("minItems") else 1)
        return min(ways, default=math.inf)


def kinds_of_type(named: str | list[str]) -> Kinds:
    """Give the kinds that `type` names."""
    names = {named} if isinstance(named, str) else set(named)
    return frozenset(names - {"number"} | ({"integer", "fraction"} if "number" in names else set()))


def kinds_of_value(value: JSON) -> Kinds:
    """Give the kinds that a value may be taken for."""
    if isinstance(value, float):
        return frozenset({"fraction", "integer"}) if value.is_integer() else frozenset({"fraction"})
    return frozenset({_KIND_OF[type(value)]})


_KIND_OF = {
    dict: "object",
    list: "array",
    str: "string",
    int: "integer",
    bool: "boolean",
    type(None): "null",
}


def _list(schema: dict[str, JSON], keyword: str) -> list[JSON]:
    value = schema.get(keyword)
    return value if isinstance(value, list) else []


def objects_in(schema: JSON) -> list[dict[str, JSON]]:
    """Give every object there is in a schema, itself first."""
    found, pending = [], [schema]
    while pending:
        each = pending.pop()
        if isinstance(each, dict):
            found.append(each)
            pending += each.values()
        elif isinstance(each, list):
            pending += each
    return found


def _names(schema: JSON) -> list[str]:
    """Give names of properties that a schema tells somewhere."""
    names: dict[str, None] = {}
    for each in objects_in(schema):
        for keyword in _NAMING:
            value = each.get(keyword)
            if isinstance(value, dict | list):
                names.update({name: None for name in value if isinstance(name, str)})
    return list(names)[:_MOST_NAMES]


_NAMING = ("properties", "required", "dependencies", "dependentRequired", "dependentSchemas")
_MOST_NAMES = 100


def _quoted(pointer: str) -> str:
    """Write a JSON Pointer as it stands in a fragment."""
    return quote(pointer, safe="/~")
