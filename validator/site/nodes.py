"""A schema as a reader meets it: references followed, all that judges one value taken together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urldefrag, urljoin

import attrs
import referencing

from validator.closure import Closure
from validator.dialects import DEFAULT, DIALECTS, Dialect
from validator.errors import InvalidIgluUri
from validator.iglu import SchemaKey
from validator.registry import Schema
from validator.results import JSON

__all__ = ["Node", "Part", "Reader"]

_ORDER = [*DIALECTS]
#: The dialect from which on a keyword is one, and the one that no longer has it.
_SPAN: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("const", "contains", "propertyNames", "examples"), ("draft-06", "")),
    **dict.fromkeys(("if", "then", "else"), ("draft-07", "")),
    **dict.fromkeys(("contentEncoding", "contentMediaType"), ("draft-07", "")),
    **dict.fromkeys(("dependentRequired", "dependentSchemas"), ("2019-09", "")),
    **dict.fromkeys(("unevaluatedItems", "unevaluatedProperties"), ("2019-09", "")),
    **dict.fromkeys(("minContains", "maxContains", "deprecated"), ("2019-09", "")),
    "prefixItems": ("2020-12", ""),
    "additionalItems": ("draft-04", "2020-12"),
}
#: What a schema tells and does not ask: it is read beside a `$ref` that stands alone, too.
_TOLD = ("title", "description", "default", "examples", "deprecated")


@attrs.frozen(eq=False)
class Part:
    """One schema object that judges a value."""

    #: Its keywords, less those that its dialect does not know.
    schema: dict[str, JSON]
    #: What its references are relative to.
    base: str
    dialect: Dialect
    #: Tells it from others: it is the same wherever it applies.
    number: int


@attrs.frozen(eq=False)
class Node:
    """All that judges one value unconditionally: a schema, what it refers to, its `allOf`."""

    parts: tuple[Part, ...]
    #: Whether one of them is `false`: nothing is accepted.
    never: bool = False
    #: The Iglu schemas that it refers to.
    keys: tuple[SchemaKey, ...] = ()

    def said(self, keyword: str) -> Iterator[tuple[Part, JSON]]:
        """Give what parts say by a keyword."""
        for part in self.parts:
            if keyword in part.schema:
                yield part, part.schema[keyword]

    def first(self, keyword: str) -> JSON:
        """Give what the outermost part that has a keyword says by it; None without one."""
        return next((value for _, value in self.said(keyword)), None)

    @property
    def required(self) -> dict[str, None]:
        """The names that must be there, in the order they are named."""
        lists = [names for _, names in self.said("required") if isinstance(names, list)]
        return dict.fromkeys(name for names in lists for name in names)


class Reader:
    """Reads the schemas of one closure."""

    def __init__(self, closure: Closure) -> None:
        schemas = (closure.root, *closure.others)
        self._root = closure.root
        # For each subschema the URI it is part of; for each such URI, its dialect.
        self._bases: dict[int, str] = {}
        self._dialects: dict[str, Dialect] = {}
        for each in schemas:
            self._identify(each)
        known: referencing.Registry[JSON] = referencing.Registry()
        self._known = known.with_resources(
            (each.uri, each.dialect.specification.create_resource(each.contents))
            for each in schemas
        ).crawl()

    def _identify(self, schema: Schema) -> None:
        self._dialects[schema.uri] = schema.dialect
        pending = [(schema.contents, schema.uri)]
        while pending:
            contents, outer = pending.pop()
            if isinstance(contents, dict):
                base = self._bases[id(contents)] = schema.dialect.uri_of(contents, outer) or outer
                self._dialects[base] = schema.dialect
                pending += [(each, base) for _, each in DEFAULT.subschemas(contents)]

    def root(self) -> Node:
        """Give the schema as a whole."""
        return self._node([(self._root.contents, self._root.uri, self._root.dialect)])

    def inner(self, of: Iterable[tuple[Part, JSON]]) -> Node:
        """Give what subschemas ask together, each with the part that it is in."""
        return self._node([(schema, part.base, part.dialect) for part, schema in of])

    def _node(self, given: list[tuple[JSON, str, Dialect]]) -> Node:
        parts: dict[int, Part] = {}
        keys: dict[SchemaKey, None] = {}
        never = False
        pending = given[::-1]
        while pending:
            schema, outer, dialect = pending.pop()
            never = never or schema is False
            if not isinstance(schema, dict) or id(schema) in parts:
                continue
            base = self._bases.get(id(schema), outer)
            parts[id(schema)] = Part(_known(schema, dialect), base, dialect, id(schema))
            further = [*self._referred(schema, base, dialect)]
            keys |= dict.fromkeys(key for _, uri, _ in further if (key := _key(uri, base)))
            further += [(each, base, dialect) for each in _all_of(schema, dialect)]
            pending += further[::-1]
        return Node(tuple(parts.values()), never, tuple(keys))

    def _referred(
        self, schema: dict[str, JSON], base: str, dialect: Dialect
    ) -> Iterator[tuple[JSON, str, Dialect]]:
        for keyword in ("$ref", dialect.dynamic):
            reference = schema.get(keyword) if keyword else None
            if isinstance(reference, str):
                found = self._known.resolver(base).lookup(reference).contents
                own = reference.startswith("#")
                uri = base if own else urldefrag(urljoin(base, reference)).url
                yield found, uri, self._dialects[uri]


def _stands_alone(schema: dict[str, JSON], dialect: Dialect) -> bool:
    return dialect.ref_stands_alone and "$ref" in schema


def _all_of(schema: dict[str, JSON], dialect: Dialect) -> list[JSON]:
    branches = schema.get("allOf")
    if _stands_alone(schema, dialect) or not isinstance(branches, list):
        return []
    return branches


def _known(schema: dict[str, JSON], dialect: Dialect) -> dict[str, JSON]:
    """Give the keywords that mean something in a dialect."""
    alone = _stands_alone(schema, dialect)
    return {
        name: value
        for name, value in schema.items()
        if (name in _TOLD if alone else _is_keyword(name, dialect))
    }


def _is_keyword(name: str, dialect: Dialect) -> bool:
    since, until = _SPAN.get(name, (_ORDER[0], ""))
    at = _ORDER.index(dialect.name)
    return at >= _ORDER.index(since) and (not until or at < _ORDER.index(until))


def _key(uri: str, base: str) -> SchemaKey | None:
    """Give the Iglu schema that a reference leads to, from another one."""
    if uri == base:
        return None
    try:
        return SchemaKey.parse(uri)
    except InvalidIgluUri:
        return None
