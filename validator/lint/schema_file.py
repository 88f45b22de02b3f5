"""A file of a schema, as rules look at it: its text, and all its subschemas with their places."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from urllib.parse import unquote

import attrs

from validator import engine
from validator.closure import Closure, gather
from validator.dialects import Dialect, Edge
from validator.engine import compile_schema
from validator.errors import InvalidSchema, NoSuchSchema
from validator.iglu import SchemaKey
from validator.limits import Limits
from validator.registry import Registry, Schema
from validator.results import JSON, Path

__all__ = ["Node", "SchemaFile"]

#: Below these keywords is what a value is compared with, not what it is.
_TESTS = frozenset({"not", "if", "contains", "propertyNames", "contentSchema"})
_ROOT: Edge = ("none", "")
#: Schemas that are looked at for one question to all that holds beside a subschema.
_LOOKED_AT = 100
#: Characters that the paths to all subschemas may have together: to compile takes a second then.
_SPELLED = 200_000_000


@attrs.frozen(eq=False)
class Node:
    """A subschema, or the schema itself, and its place."""

    path: Path
    #: What its dialect reads of it: up to draft-07 nothing but definitions beside `$ref`.
    schema: dict[str, JSON] = attrs.field(repr=False)
    #: What it is in the file.
    written: dict[str, JSON] = attrs.field(repr=False)
    dialect: Dialect
    edge: Edge = _ROOT
    parent: Node | None = attrs.field(default=None, repr=False)
    #: Whether it tells what a value is; not so in `not`, `if` and the like.
    tells: bool = True
    root: JSON = attrs.field(default=None, repr=False)

    @property
    def types(self) -> frozenset[str] | None:
        """The types that it names; None if it names none."""
        return _types(self.schema)

    def number(self, keyword: str) -> float | None:
        """Give a keyword's value if it is a number."""
        value = self.schema.get(keyword)
        return value if type(value) is int or type(value) is float else None

    def members(self, keyword: str) -> dict[str, JSON]:
        """Give a keyword's value if it is an object; else an empty one."""
        value = self.schema.get(keyword)
        return value if isinstance(value, dict) else {}

    def names(self, keyword: str) -> list[tuple[int, str]]:
        """Give the texts in a keyword's array, with their indices."""
        value = self.schema.get(keyword)
        items = enumerate(value) if isinstance(value, list) else ()
        return [(index, each) for index, each in items if isinstance(each, str)]

    def holds(self, says: Callable[[dict[str, JSON]], bool]) -> bool:
        """Whether something is said of each value that this judges, here or beside.

        Beside are the schemas that it is one of the alternatives of, those that it refers to, all
        of `allOf`, and `anyOf` and `oneOf` where each alternative says it.
        """
        fuel = [_LOOKED_AT]
        node: Node | None = self
        while node is not None:
            if self._says(node.schema, says, fuel):
                return True
            node = node.parent if node.edge[0] == "same" else None
        return False

    def _says(self, schema: JSON, says: Callable[[dict[str, JSON]], bool], fuel: list[int]) -> bool:
        fuel[0] -= 1
        if fuel[0] < 0 or not isinstance(schema, dict):
            return False
        if says(schema):
            return True
        if any(self._says(each, says, fuel) for each in _list(schema.get("allOf"))):
            return True
        target = _target(self.root, schema.get("$ref"))
        if target is not None and self._says(target, says, fuel):
            return True
        alternatives = (_list(schema.get(keyword)) for keyword in ("anyOf", "oneOf"))
        return any(
            each and all(self._says(one, says, fuel) for one in each) for each in alternatives
        )


def _types(schema: dict[str, JSON]) -> frozenset[str] | None:
    value = schema.get("type")
    if isinstance(value, str):
        return frozenset({value})
    if isinstance(value, list):
        return frozenset(each for each in value if isinstance(each, str))
    return None


def _list(value: JSON) -> list[JSON]:
    return value if isinstance(value, list) else []


def _target(root: JSON, reference: JSON) -> JSON:
    """Give what a pointer within the file leads to; None for another reference, or nothing."""
    if not isinstance(reference, str) or not (reference == "#" or reference.startswith("#/")):
        return None
    found = root
    for step in unquote(reference[1:]).split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        found = found.get(name) if isinstance(found, dict) else None
    return found


@attrs.frozen(eq=False)
class SchemaFile:
    """A file of a schema that is JSON."""

    text: str = attrs.field(repr=False)
    #: What it holds: any JSON.
    contents: JSON = attrs.field(repr=False)
    #: As an engine takes it, under its own name, or under one that it is given here.
    schema: Schema
    #: What its path says that it is, where that is known.
    key: SchemaKey | None
    registry: Registry = attrs.field(repr=False)
    limits: Limits = attrs.field(repr=False)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The schema and its subschemas, in the order of the file; no more than the limit."""
        found: list[Node] = []
        root = self._node((), self.contents, None, _ROOT)
        pending = [] if root is None else [root]
        while pending and len(found) < self.limits.schema_nodes:
            node = pending.pop()
            found.append(node)
            inner = [
                self._node((*node.path, *steps), each, node, edge)
                for steps, edge, each in node.dialect.places(node.schema)
            ]
            pending += [each for each in reversed(inner) if each is not None]
        return tuple(found)

    def _node(self, path: Path, schema: JSON, parent: Node | None, edge: Edge) -> Node | None:
        if not isinstance(schema, dict):
            return None
        dialect = self.schema.dialect
        read = schema
        if dialect.ref_stands_alone and "$ref" in schema:
            read = {name: schema[name] for name in ("$ref", "definitions") if name in schema}
        steps = path[len(parent.path) :] if parent else ()
        tells = parent is None or (parent.tells and not _TESTS.intersection(steps[:1]))
        return Node(path, read, schema, dialect, edge, parent, tells, self.contents)

    @cached_property
    def invalid(self) -> list[tuple[Path, str]]:
        """What keeps it from being a schema of its dialect."""
        if not isinstance(self.contents, dict | bool):
            return [((), "a schema is an object or a boolean")]
        return engine.faults(self.schema, self.limits)

    @cached_property
    def closed(self) -> Closure | InvalidSchema | NoSuchSchema | None:
        """The schema with all it refers to, or what is wrong; None for one that is not valid."""
        if self.invalid:
            return None
        uri = self.schema.uri
        if sum(len(step) for each in self.nodes for step in map(str, each.path)) > _SPELLED:
            return InvalidSchema(uri, "its names are too long for so many subschemas below them")
        try:
            closure = gather(self.schema, self.find, self.limits)
            compile_schema(closure, limits=self.limits, formats="assert")
        except (InvalidSchema, NoSuchSchema) as error:
            return error
        return closure

    def find(self, key: SchemaKey) -> Schema:
        """Find a schema that a reference names; the one of this file, whatever a registry has."""
        if str(key) == self.schema.uri:
            return self.schema
        schema = self.registry.retrieve(key, self.limits)
        engine.refuse_invalid(schema, self.limits)
        return schema
