"""A schema with everything it refers to, gathered through `referencing` before an engine sees it.

Only `iglu:` references are followed, through the Registry given, and the meta-schemas of the drafts
are known; whatever else a `$ref` names makes the schema invalid. Nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

import attrs
import referencing
from referencing import Resource
from referencing.exceptions import Unresolvable, Unretrievable

from validator.dialects import Dialect, Edge, dialect_of
from validator.errors import (
    InvalidIgluUri,
    InvalidSchema,
    InvalidSchemaVer,
    NoSuchSchema,
    NoVerdict,
)
from validator.iglu import SchemaKey
from validator.limits import Limits
from validator.registry import Registry, Schema
from validator.results import JSON

__all__ = ["Closure", "Graph", "gather"]

_BAD_INDEX = re.compile(r"(?:^|/)-[0-9]+(?:/|$)")
_SHOWN = 120


@attrs.frozen
class Graph:
    """Which subschema applies which: node 0 is the root; an edge says how."""

    #: For each node, the nodes it applies and how.
    edges: list[list[tuple[Edge, int]]]
    #: For each node, the violations it may find in one value, itself.
    weights: list[int]


@attrs.frozen
class Closure:
    """A schema, closed: no reference leads out of it."""

    root: Schema
    #: The Iglu schemas it refers to, through others or by itself, less the root.
    others: tuple[Schema, ...]
    graph: Graph


_Resolver: TypeAlias = "referencing._core.Resolver[JSON]"


def gather(schema: Schema, registry: Registry, limits: Limits) -> Closure:
    """Follow every reference of a schema.

    :raises InvalidSchema: if one can't be resolved, or the whole is past the limits.
    :raises NoSuchSchema: if one names an Iglu schema that is in no registry.
    :raises RegistryUnavailable: if a registry did not answer.
    """
    return _Gathering(schema, registry, limits).run()


class _Gathering:
    """The state of one walk: the nodes found, and the schemas that references brought in."""

    def __init__(self, root: Schema, registry: Registry, limits: Limits) -> None:
        self._root = root
        self._registry = registry
        self._limits = limits
        self._others: dict[str, Schema] = {}
        self._numbers: dict[int, int] = {}
        self._edges: list[list[tuple[Edge, int]]] = []
        self._weights: list[int] = []
        self._open: list[tuple[JSON, _Resolver, Dialect]] = []

    def run(self) -> Closure:
        resource = _resource(self._root)
        known: referencing.Registry[JSON] = referencing.Registry(retrieve=self._retrieve)  # type: ignore[call-arg]  # attrs alias
        resolver = known.with_resource(self._root.uri, resource).resolver(self._root.uri)
        if isinstance(self._root.contents, dict):
            resolver = resolver.in_subresource(resource)
        self._number(self._root.contents, resolver, self._root.dialect)
        while self._open:
            contents, resolver, dialect = self._open.pop()
            own = self._edges[self._numbers[id(contents)]]
            own.extend(
                (edge, self._number(each, in_it, spoken))
                for edge, each, in_it, spoken in self._applied(contents, resolver, dialect)
            )
        return Closure(self._root, tuple(self._others.values()), Graph(self._edges, self._weights))

    def _number(self, contents: JSON, resolver: _Resolver, dialect: Dialect) -> int:
        """Give a schema's node, a new one on first sight; the walk then goes on into it."""
        if isinstance(contents, bool):
            return self._add(1)
        number = self._numbers.get(id(contents))
        if number is None:
            required = contents.get("required")
            number = self._add(len(required) + 1 if isinstance(required, list) else 1)
            self._numbers[id(contents)] = number
            self._open.append((contents, resolver, dialect))
        return number

    def _add(self, weight: int) -> int:
        if len(self._edges) >= self._limits.schema_nodes:
            problem = f"it and what it refers to may have {self._limits.schema_nodes:,} subschemas"
            raise InvalidSchema(self._root.uri, f"{problem}; there are more")
        self._edges.append([])
        self._weights.append(weight)
        return len(self._edges) - 1

    def _applied(
        self, contents: JSON, resolver: _Resolver, dialect: Dialect
    ) -> Iterator[tuple[Edge, JSON, _Resolver, Dialect]]:
        """Give what a schema object applies: through references, then its subschemas."""
        for keyword in ("$ref", "$recursiveRef", "$dynamicRef"):
            reference = contents.get(keyword)
            if isinstance(reference, str):
                yield ("same", ""), *self._resolve(reference, resolver, dialect)
        if "$ref" in contents and dialect.ref_stands_alone:
            contents = {name: contents[name] for name in ("definitions",) if name in contents}
        for edge, each in dialect.subschemas(contents):
            inside = resolver
            if isinstance(each, dict):
                inside = resolver.in_subresource(dialect.specification.create_resource(each))
            yield edge, each, inside, dialect

    def _resolve(
        self, reference: str, resolver: _Resolver, dialect: Dialect
    ) -> tuple[JSON, _Resolver, Dialect]:
        shown = ascii(reference)[:_SHOWN]
        fragment = reference.partition("#")[2]
        if _BAD_INDEX.search(fragment):
            raise InvalidSchema(self._root.uri, f"its reference {shown} has a negative index")
        try:
            resolved = resolver.lookup(reference)
        except Unresolvable as error:
            raise self._unresolved(shown, error) from None
        except ValueError:
            raise InvalidSchema(self._root.uri, f"its reference {shown} leads nowhere") from None
        if not isinstance(resolved.contents, dict | bool):
            raise InvalidSchema(self._root.uri, f"its reference {shown} leads to what is no schema")
        # Another document may be in another dialect; it was created with the one it names.
        return resolved.contents, resolved.resolver, dialect_of(resolved.contents) or dialect

    def _unresolved(self, shown: str, error: Unresolvable) -> NoVerdict:
        cause = error.__cause__
        if isinstance(cause, Unretrievable) and isinstance(cause.__cause__, NoVerdict):
            inner = cause.__cause__
            if isinstance(inner, NoSuchSchema):
                inner.referrer = self._root.uri
            return inner
        problem = f"its reference {shown} can't be resolved"
        if ":" in shown.partition("#")[0]:
            problem += "; only iglu: references and the drafts' meta-schemas are followed"
        return InvalidSchema(self._root.uri, problem)

    def _retrieve(self, uri: str) -> Resource[JSON]:
        """Find what a reference names, for `referencing`."""
        if not uri.startswith("iglu:"):
            from jsonschema_specifications import REGISTRY  # noqa: PLC0415  # 15 ms that few need

            return REGISTRY[uri]
        try:
            key = SchemaKey.parse(uri)
        except (InvalidIgluUri, InvalidSchemaVer) as error:
            raise InvalidSchema(self._root.uri, f"its reference is no Iglu URI: {error}") from None
        schema = self._registry.retrieve(key, self._limits, self._root.dialect)
        self._others[uri] = schema
        return _resource(schema)


def _resource(schema: Schema) -> Resource[JSON]:
    return Resource(contents=schema.contents, specification=schema.dialect.specification)
