"""What a suite leaves untried: keywords that nothing breaks, and branches that nothing takes.

A keyword is tried by a document that is not valid because of it; one within `not`, `if` or
`contains` breaks nothing by itself, and is not counted. A branch is an alternative of `anyOf` or
`oneOf`, a `then`, an `else`, or a value of an `enum`; a valid document tries it by taking it.
Subschemas are followed through every `$ref`, into other schemas too, but not into meta-schemas.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias
from urllib.parse import unquote

import attrs
import orjson
import referencing

from validator.closure import Closure, gather
from validator.dialects import Dialect
from validator.engine import compile_schema, refuse_invalid
from validator.iglu import SchemaKey
from validator.limits import Limits
from validator.registry import Registry, Schema
from validator.results import JSON, Violation, json_pointer

__all__ = ["Coverage", "Untried"]

#: URI and JSON Pointer of a place in a schema.
Place: TypeAlias = tuple[str, str]

#: Keywords that refuse a document by themselves.
_ASSERTIONS = frozenset(
    {
        *("type", "enum", "const", "format", "not", "anyOf", "oneOf", "contains"),
        *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
        *("minLength", "maxLength", "pattern", "contentEncoding", "contentMediaType"),
        *("minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties"),
        *("required", "dependentRequired"),
    }
)
#: Those that accept everything if they are this.
_IDLE: dict[str, JSON] = {
    **dict.fromkeys(("minLength", "minItems", "minProperties"), 0),
    "uniqueItems": False,
    "required": [],
    "dependentRequired": {},
}
#: Keywords whose subschemas refuse documents: of one, of several, of several by name.
_ONE = frozenset(
    {
        *("items", "additionalItems", "unevaluatedItems", "additionalProperties"),
        *("unevaluatedProperties", "propertyNames", "then", "else"),
    }
)
_MANY = frozenset({"allOf", "anyOf", "oneOf", "items", "prefixItems"})
_NAMED = frozenset({"properties", "patternProperties", "dependencies", "dependentSchemas"})
#: Those of them of which a document takes one or another.
_ALTERNATIVES = frozenset({"anyOf", "oneOf"})
_DECIDED = frozenset({"then", "else"})
#: Those of which the engine tells no error, but for those of what they hold.
_SILENT = frozenset({"anyOf", "oneOf", "dependencies", "dependentRequired"})
#: What it calls the error of a schema that is false.
_OF_FALSE = "falseSchema"
#: In draft-04 these are true or false, and say something of those.
_EXCLUDED = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}
#: The values of an enum that are told before the others are counted.
_MOST_VALUES = 20


@attrs.frozen
class Untried:
    """What of a schema no case of its suite tried, out of how much."""

    #: Where the keywords stand that no document breaks: JSON Pointers, with the URI of the schema
    #: before them where that is another.
    keywords: tuple[str, ...]
    #: Where the branches stand that no document takes; of an enum, followed by the values.
    branches: tuple[str, ...]
    keywords_in_all: int
    branches_in_all: int
    branches_untried: int


class Coverage:
    """What of a schema its cases tried, and what not."""

    def __init__(self, key: SchemaKey, registry: Registry, limits: Limits) -> None:
        """Read all that there is to try.

        :raises NoVerdict: if the schema is not there, or can't judge.
        """

        def find(wanted: SchemaKey) -> Schema:
            schema = registry.retrieve(wanted, limits)
            refuse_invalid(schema, limits)
            return schema

        closure = gather(find(key), find, limits)
        self._compiled = compile_schema(closure, limits=limits, formats="assert")
        self._parts = _parts(closure)
        #: The places at which documents that are not valid failed, and valid ones did not.
        self._failed: set[Place] = set()
        self._passed: set[Place] = set()
        #: The values of enums that valid documents have, by their index.
        self._values: set[tuple[Place, int]] = set()

    def add(self, document: JSON, violations: Iterable[Violation]) -> None:
        """Note what a document tries that has these violations by the schema, or none."""
        # Those say it of additionalItems, where the engine's account of all parts leaves out much.
        found = [each.absolute_keyword_location for each in violations]
        self._failed.update(_place(each) for each in found if each is not None)
        valid = not found
        places = self._passed if valid else self._failed
        pending = [self._compiled.evaluation(document)]
        while pending:
            node = pending.pop()
            if node["valid"] is not valid:  # it changed nothing for the whole
                continue
            pending += node.get("details", ())
            place = _place(node["schemaLocation"])
            places.update([place] if valid else _broken(place, node.get("errors", {})))
            if valid and place in self._parts.enums:
                value = _value(document, node["instanceLocation"])
                for index, each in enumerate(self._parts.enums[place]):
                    if _is_same(each, value):
                        self._values.add((place, index))

    def untried(self) -> Untried:
        """Give what no document tried so far, in the order of the schema."""
        parts = self._parts
        branches = [parts.told(each) for each in parts.branches if each not in self._passed]
        untried = len(branches)
        for place, options in parts.enums.items():
            absent = [
                each for index, each in enumerate(options) if (place, index) not in self._values
            ]
            untried += len(absent)
            if absent:
                branches.append(f"{parts.told(place)}: {_listed(absent)}")
        return Untried(
            keywords=tuple(parts.told(each) for each in parts.keywords if each not in self._failed),
            branches=tuple(branches),
            keywords_in_all=len(parts.keywords),
            branches_in_all=len(parts.branches) + sum(map(len, parts.enums.values())),
            branches_untried=untried,
        )


@attrs.frozen
class _Parts:
    """What there is to try in a schema, in its order."""

    root: str
    keywords: dict[Place, None] = attrs.field(factory=dict)
    branches: dict[Place, None] = attrs.field(factory=dict)
    enums: dict[Place, list[JSON]] = attrs.field(factory=dict)

    def told(self, place: Place) -> str:
        """Write a place: within the schema itself a JSON Pointer, else with the URI before it."""
        uri, pointer = place
        return pointer if uri == self.root else f"{uri}#{pointer}"


def _parts(closure: Closure) -> _Parts:
    """Follow a schema from its root, through what judges a document, to all there is to try."""
    walk = _Walk(closure)
    root = closure.root
    uri = root.dialect.uri_of(root.contents, root.uri) if isinstance(root.contents, dict) else None
    parts = _Parts(uri or root.uri)
    start = _Open(root.contents, (parts.root, ""), root.dialect)
    seen: set[tuple[int, bool]] = set()
    pending = [start]
    while pending:
        each = pending.pop()
        if each.contents is False:
            parts.keywords[each.place] = None
        if not isinstance(each.contents, dict) or (id(each.contents), each.of_names) in seen:
            continue
        seen.add((id(each.contents), each.of_names))
        each.note(parts)
        pending += reversed([*walk.applied(each)])
    return parts


@attrs.frozen
class _Open:
    """A subschema that is still to be read."""

    contents: JSON
    place: Place
    dialect: Dialect
    #: Whether it judges the names of properties.
    of_names: bool = False

    def at(self, *steps: str | int) -> Place:
        """Give a place within it."""
        uri, pointer = self.place
        return uri, pointer + json_pointer(steps)

    @property
    def is_reference(self) -> bool:
        """Whether it is a reference and nothing else."""
        return self.dialect.ref_stands_alone and "$ref" in self.contents

    def note(self, parts: _Parts) -> None:
        """Note which keywords and branches it has itself."""
        if self.is_reference:
            return
        for keyword, value in self.contents.items():
            place = self.at(keyword)
            if keyword in _ASSERTIONS and not _is_idle(keyword, value):
                parts.keywords[place] = None
            if keyword == "dependencies" and any(isinstance(each, list) for each in value.values()):
                parts.keywords[place] = None
            if keyword == "enum" and not self.of_names:
                parts.enums[place] = value
            if keyword in _ALTERNATIVES:
                parts.branches.update(
                    (self.at(keyword, index), None) for index in range(len(value))
                )
            if keyword in _DECIDED and "if" in self.contents:
                parts.branches[place] = None


class _Walk:
    """Finds the subschemas that a subschema applies, here and across references."""

    def __init__(self, closure: Closure) -> None:
        self._known: referencing.Registry[JSON] = referencing.Registry()
        #: The place of every object, by its identity, and what it is written in.
        self._places: dict[int, tuple[Place, Dialect]] = {}
        for schema in (closure.root, *closure.others):
            resource = schema.dialect.specification.create_resource(schema.contents)
            self._known = self._known.with_resource(schema.uri, resource)
            if schema is closure.root or schema.key is not None:  # no meta-schema
                self._place(schema)
        self._known = self._known.crawl()

    def _place(self, schema: Schema) -> None:
        pending: list[tuple[JSON, str, str]] = [(schema.contents, schema.uri, "")]
        while pending:
            value, uri, pointer = pending.pop()
            if isinstance(value, dict):
                own = schema.dialect.uri_of(value, uri)
                uri, pointer = (uri, pointer) if own is None else (own, "")
                self._places[id(value)] = (uri, pointer), schema.dialect
                pending += [
                    (each, uri, pointer + json_pointer([name])) for name, each in value.items()
                ]
            elif isinstance(value, list):
                pending += [(each, uri, f"{pointer}/{index}") for index, each in enumerate(value)]

    def applied(self, schema: _Open) -> Iterator[_Open]:
        """Give what a subschema applies, in its order."""
        dialect = schema.dialect
        for keyword, value in schema.contents.items():
            if keyword in {"$ref", dialect.dynamic}:
                yield from self._referred(schema, value)
            elif not schema.is_reference and any(dialect.subschemas({keyword: value})):
                yield from self._subschemas(schema, keyword, value)

    def _subschemas(self, schema: _Open, keyword: str, value: JSON) -> Iterator[_Open]:
        of_names = schema.of_names or keyword == "propertyNames"
        if keyword in _DECIDED and "if" not in schema.contents:
            return
        inner: list[tuple[tuple[str | int, ...], JSON]] = []
        if keyword in _ONE and isinstance(value, dict | bool):
            inner = [((keyword,), value)]
        elif keyword in _MANY and isinstance(value, list):
            inner = [((keyword, index), each) for index, each in enumerate(value)]
        elif keyword in _NAMED:
            inner = [((keyword, name), each) for name, each in value.items()]
        for steps, each in inner:
            place = schema.at(*steps)
            if isinstance(each, dict):
                place, _ = self._places[id(each)]
            yield _Open(each, place, schema.dialect, of_names)

    def _referred(self, schema: _Open, reference: JSON) -> Iterator[_Open]:
        found = self._known.resolver(schema.place[0]).lookup(reference).contents
        if id(found) in self._places:
            place, dialect = self._places[id(found)]
            yield _Open(found, place, dialect, schema.of_names)


def _place(location: str) -> Place:
    """Read where the engine says that a part of a schema stands: a URI with a pointer."""
    uri, _, pointer = location.partition("#")
    return uri, unquote(pointer)


def _broken(place: Place, errors: Iterable[str]) -> Iterator[Place]:
    """Give the keywords that are broken, where the engine tells errors of a part of a schema.

    It judges some keywords together with one that stands beside them, or that they stand in.
    """
    uri, pointer = place
    parent, _, own = pointer.rpartition("/")
    told = set(errors)
    if _OF_FALSE in told or (own in _SILENT and not told):
        yield place
    for keyword in told:
        for each in (keyword, _EXCLUDED.get(keyword, keyword)):
            yield uri, f"{parent}/{each}"
            yield uri, f"{pointer}/{each}"


def _is_idle(keyword: str, value: JSON) -> bool:
    """Whether a keyword with that value refuses nothing by itself."""
    if keyword in _EXCLUDED and isinstance(value, bool):
        return True
    return keyword in _IDLE and _is_same(_IDLE[keyword], value)


def _is_same(one: JSON, other: JSON) -> bool:
    return isinstance(one, bool) is isinstance(other, bool) and bool(one == other)


def _value(document: JSON, pointer: str) -> JSON:
    """Follow a JSON Pointer that leads somewhere."""
    for text in pointer.split("/")[1:]:
        step = text.replace("~1", "/").replace("~0", "~")
        document = document[int(step)] if isinstance(document, list) else document[step]
    return document


def _listed(values: list[JSON]) -> str:
    told = ", ".join(orjson.dumps(each).decode() for each in values[:_MOST_VALUES])
    more = len(values) - _MOST_VALUES
    return f"{told} and {more} more" if more > 0 else told
