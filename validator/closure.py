"""A schema with everything it refers to, gathered through `referencing` before an engine sees it.

Only `iglu:` references are followed, by the function given, and the meta-schemas of the drafts are
known; whatever else a `$ref` names makes the schema invalid. Nothing is fetched. What two readers
could take for different schemas is refused: the work that is counted here is to be the engine's.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NoReturn, TypeAlias
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import attrs
import orjson
import referencing
from referencing import Resource
from referencing.exceptions import NoSuchResource, Unresolvable, Unretrievable

from validator.dialects import DEFAULT, Dialect, Edge, dialect_of
from validator.errors import InvalidIgluUri, InvalidSchema, NoSuchSchema
from validator.iglu import SchemaKey
from validator.limits import Limits
from validator.registry import Schema
from validator.results import JSON

__all__ = ["Closure", "Find", "Graph", "gather"]

#: Finds a schema that a reference names, as `Registry.retrieve` does.
Find: TypeAlias = Callable[[SchemaKey], Schema]

_BAD_INDEX = re.compile(r"(?:^|/)-[0-9]+(?:/|$)")
_SHOWN = 120
#: Characters that the JSON Pointers to all objects of a schema may have together: 100 million were
#: seen to take an engine 0.4 s, and 2.5 thousand million 35 s.
_MOST_WAYS = 200 * 10**6
_SORTED = orjson.OPT_SORT_KEYS
_WHOLE = "write it whole, such as http://acme.example/name, or refer by '#/...' instead"
_TO_NOTHING = "is relative, and there is no URI that it could be relative to"
_SAME: Edge = ("same", "")
#: What `referencing` lets through where a schema is none; no more than that is caught.
_MALFORMED = (AttributeError, TypeError, ValueError)


@attrs.frozen
class Graph:
    """Which subschema applies which: node 0 is the root; an edge says how."""

    #: For each node, the nodes it applies and how.
    edges: list[list[tuple[Edge, int]]]
    #: For each node, what it takes to apply it to a value, itself: 1 for most.
    weights: list[int]
    #: For each node, what it may list for one value, itself: 1 for each violation, and what of the
    #: schema is copied with it.
    listings: list[int]


@attrs.frozen
class Closure:
    """A schema, closed: no reference leads out of it."""

    root: Schema
    #: The schemas it refers to, through others or by itself, less the root.
    others: tuple[Schema, ...]
    graph: Graph
    #: How many regular expressions there are.
    patterns: int
    #: All that bears a URI, in it or of it.
    resources: dict[str, JSON]


def gather(schema: Schema, find: Find, limits: Limits) -> Closure:
    """Follow every reference of a schema that is valid in its dialect.

    :raises InvalidSchema: if one can't be resolved, or the whole is past the limits.
    :raises NoSuchSchema: if one names an Iglu schema that is in no registry.
    :raises RegistryUnavailable: if a registry did not answer.
    """
    return _Gathering(schema, find, limits).run()


@attrs.frozen
class _Open:
    """A subschema that is still to be read, and how."""

    contents: dict[str, JSON]
    base: str
    dialect: Dialect


class _Gathering:
    """The state of one walk: the nodes found, and the schemas that references brought in."""

    def __init__(self, root: Schema, find: Find, limits: Limits) -> None:
        self._root = root
        self._find = find
        self._limits = limits
        # The nodes, by number: what they apply, what they cost, the resource they are part of.
        self._numbers: dict[int, int] = {}
        self._graph = Graph([], [], [])
        self._homes: list[str] = []
        self._patterns = 0
        self._open: list[_Open] = []
        # The documents, and what has an identifier within them.
        self._known: referencing.Registry[JSON] = referencing.Registry(retrieve=self._retrieve)  # type: ignore[call-arg]  # attrs alias
        self._brought: list[Schema] = []
        self._dialects: dict[str, Dialect] = {}
        self._bases: dict[int, str] = {}
        self._resources: dict[str, JSON] = {}
        self._referring: list[dict[str, JSON]] = []
        self._claims: defaultdict[str, set[int]] = defaultdict(set)
        self._followed: dict[str, str] = {}
        # For each resource, its dynamic anchors; references to such: node, name, and one target.
        self._anchors: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self._dynamic: list[tuple[int, str, int]] = []

    def run(self) -> Closure:
        self._bring(self._root)
        while self._open:
            each = self._open.pop()
            edges = self._graph.edges[self._numbers[id(each.contents)]]
            edges.extend(self._applied(each))
        self._refuse_ambiguous()
        self._link_dynamic()
        root, *others = map(self._less_idle, self._brought)
        return Closure(root, tuple(others), self._graph, self._patterns, self._resources)

    def _refuse(self, problem: str) -> NoReturn:
        raise InvalidSchema(self._root.uri, problem)

    # Documents and the identifiers in them.

    def _bring(self, schema: Schema) -> None:
        """Take in a document: all of it, since an engine resolves all the references in it."""
        if _way_lengths(schema.contents) > _MOST_WAYS:
            problem = "the names on the ways to its subschemas are too long, all together"
            raise InvalidSchema(schema.uri, problem)
        self._brought.append(schema)
        self._dialects[schema.uri] = schema.dialect
        if isinstance(schema.contents, dict):
            try:
                self._identify(schema)
                self._known = self._known.with_resource(schema.uri, _resource(schema)).crawl()
            except _MALFORMED:
                raise InvalidSchema(schema.uri, "an identifier in it can't be read") from None
        self._number(schema.contents, schema.uri, schema.dialect)

    def _identify(self, schema: Schema) -> None:
        """Note which URI each subschema is part of, and which one claims a URI or an anchor."""
        dialect = schema.dialect
        self._claims[_alike(schema.uri)].add(id(schema.contents))
        self._resources[schema.uri] = schema.contents
        pending = [(schema.contents, schema.uri)]
        while pending:
            contents, outer = pending.pop()
            if dialect_of(contents) not in (None, dialect):
                raise InvalidSchema(schema.uri, "a subschema names another dialect")
            own = dialect.uri_of(contents, outer)
            base = self._bases[id(contents)] = outer if own is None else own
            if own is not None:
                if base != schema.uri and base.startswith("iglu:"):
                    raise InvalidSchema(schema.uri, "a subschema bears the name of another schema")
                self._dialects[base] = dialect
                if not _is_same(self._resources.setdefault(base, contents), contents):
                    shown = ascii(base)[:_SHOWN]
                    problem = f"more than one subschema bears the URI {shown}: give each its own"
                    raise InvalidSchema(schema.uri, problem)
                self._claims[_alike(base)].add(id(contents))
            for anchor in dialect.specification.anchors_in(contents):
                self._claims[_alike(base, anchor.name)].add(id(contents))
            # An engine was seen to read identifiers where only other dialects have subschemas.
            inner = (each for _, each in DEFAULT.subschemas(contents) if isinstance(each, dict))
            if "$ref" in contents:
                self._referring.append(contents)
            pending.extend((each, base) for each in inner)

    def _refuse_ambiguous(self) -> None:
        for name, reference in self._followed.items():
            if len(self._claims.get(name, ())) > 1:
                self._refuse(f"its reference {reference} leads to more than one subschema")

    def _less_idle(self, schema: Schema) -> Schema:
        """Give a schema without the references that no one follows and that lead out of all this.

        They stand beside `$ref`, up to draft-07, or under keywords of other dialects: an engine
        resolves them all the same.
        """
        idle = {id(each) for each in self._referring if self._is_idle(each)}
        if not idle:
            return schema
        return attrs.evolve(schema, contents=_with_references_to_itself(schema.contents, idle))

    def _is_idle(self, contents: dict[str, JSON]) -> bool:
        if id(contents) in self._numbers or not isinstance(contents["$ref"], str):
            return False
        try:
            uri, _ = _resolve(contents["$ref"], self._bases[id(contents)])
        except _MALFORMED:
            return True
        return uri not in self._resources

    # The graph.

    def _number(self, contents: JSON, outer: str, dialect: Dialect) -> int:
        """Give a schema's node, a new one on first sight; the walk then goes on into it."""
        if isinstance(contents, bool):
            return self._add(1, 1, outer)
        number = self._numbers.get(id(contents))
        if number is None:
            base = self._bases.get(id(contents), outer)
            if _is_relative(base):
                own = ascii(contents[dialect.identifier])[:_SHOWN]
                self._refuse(f"its {dialect.identifier} {own} {_TO_NOTHING}: {_WHOLE}")
            number = self._numbers[id(contents)] = self._add(*_weights(contents), base)
            self._patterns += ("pattern" in contents) + _length(contents.get("patternProperties"))
            self._open.append(_Open(contents, base, dialect))
            if anchor := self._dynamic_anchor(contents, base, dialect):
                self._anchors[base][anchor] = number
        return number

    def _add(self, weight: int, listing: int, base: str) -> int:
        if len(self._homes) >= self._limits.schema_nodes:
            most = self._limits.schema_nodes
            subschemas = "subschema" if most == 1 else "subschemas"
            self._refuse(f"it and what it refers to may have {most:,} {subschemas}; there are more")
        self._graph.edges.append([])
        self._graph.weights.append(weight)
        self._graph.listings.append(listing)
        self._homes.append(base)
        return len(self._homes) - 1

    def _applied(self, schema: _Open) -> Iterator[tuple[Edge, int]]:
        """Give what a schema applies: through references, then its subschemas."""
        contents, dialect = schema.contents, schema.dialect
        if "$ref" in contents:
            yield _SAME, self._target(contents["$ref"], schema.base)
        if dialect.dynamic and dialect.dynamic in contents:
            yield from self._dynamic_target(schema)
        if "$ref" in contents and dialect.ref_stands_alone:
            contents = {name: contents[name] for name in ("definitions",) if name in contents}
        for edge, each in dialect.subschemas(contents):
            yield edge, self._number(each, schema.base, dialect)

    # References.

    def _target(self, reference: JSON, base: str) -> int:
        """Give the node that a reference leads to."""
        shown = ascii(reference)[:_SHOWN]
        try:
            uri, fragment = _resolve(reference, base)
            if _is_relative(uri):
                self._refuse(f"its reference {shown} {_TO_NOTHING}: {_WHOLE}")
            found = self._known.resolver(base).lookup(reference).contents
        except Unresolvable as error:
            self._refuse_unresolved(shown, base, uri, error)
        except _MALFORMED:
            self._refuse(f"its reference {shown} leads nowhere")
        if not isinstance(found, dict | bool) or _BAD_INDEX.search(unquote(fragment)):
            self._refuse(f"its reference {shown} leads to what is no schema")
        self._followed |= {_alike(uri): shown, _alike(uri, fragment): shown}
        return self._number(found, uri, self._dialects[uri])

    def _refuse_unresolved(self, shown: str, base: str, uri: str, error: Unresolvable) -> NoReturn:
        unanswered = error.__cause__
        if isinstance(unanswered, Unretrievable) and (cause := unanswered.__cause__):
            if isinstance(cause, NoSuchSchema):
                cause.referrer = base
            raise cause from None
        where = ascii(uri)[:_SHOWN]
        problem = f"its reference {shown} can't be resolved: "
        if type(error) is Unresolvable:
            problem += f"nothing in it bears the URI {where}"
            problem += "; only iglu: references and the drafts' meta-schemas are followed"
        else:
            problem += f"there is no such place in {where}"
        self._refuse(problem)

    def _retrieve(self, uri: str) -> Resource[JSON]:
        """Find what a reference names, for `referencing`."""
        schema = self._found(uri) if uri.startswith("iglu:") else _meta_schema(uri)
        self._bring(schema)
        return _resource(schema)

    def _found(self, uri: str) -> Schema:
        try:
            key = SchemaKey.parse(uri)
        except InvalidIgluUri as error:
            self._refuse(f"its reference is no Iglu URI: {error}")
        return self._find(key)

    # References that lead to the outermost of all schemas of a name that are being applied.

    def _dynamic_anchor(self, contents: dict[str, JSON], base: str, dialect: Dialect) -> str | None:
        if dialect.dynamic == "$dynamicRef" and isinstance(contents.get("$dynamicAnchor"), str):
            return f"#{contents['$dynamicAnchor']}"
        if dialect.dynamic == "$recursiveRef" and contents.get("$recursiveAnchor") is True:
            return "#" if self._known.contents(base) is contents else None
        return None

    def _dynamic_target(self, schema: _Open) -> Iterator[tuple[Edge, int]]:
        """Give the target of a dynamic reference where it is like any other; else remember it."""
        reference = schema.contents[schema.dialect.dynamic]
        target = self._target(reference, schema.base)
        name = "#" + reference.partition("#")[2]
        if self._anchors[self._homes[target]].get(name) != target:
            yield _SAME, target
        else:
            self._dynamic.append((self._numbers[id(schema.contents)], name, target))

    def _link_dynamic(self) -> None:
        """Let each dynamic reference lead to all that could be the outermost of its name.

        That is what is entered from a resource that has none of that name.
        """
        entered: defaultdict[str, set[int]] = defaultdict(set)
        for number, name, target in self._dynamic:
            if name not in self._anchors[self._homes[number]]:
                entered[name].add(target)
        crossings = {("", self._homes[0])} | {
            (self._homes[outer], self._homes[inner])
            for outer, edges in enumerate(self._graph.edges)
            for (how, _), inner in edges
            if how != "none"
        }
        for outer, inner in crossings if self._dynamic else ():
            for name in self._anchors[inner].keys() - self._anchors[outer].keys():
                entered[name].add(self._anchors[inner][name])
        if sum(len(entered[name]) for _, name, _ in self._dynamic) > self._limits.schema_expansion:
            self._refuse("its dynamic references lead to too many subschemas")
        for number, name, _ in self._dynamic:
            self._graph.edges[number].extend((_SAME, target) for target in sorted(entered[name]))


def _way_lengths(contents: JSON) -> int:
    """Give the characters of the JSON Pointers to all objects in a schema: an engine keeps each."""
    total = 0
    pending = [(contents, 0)]
    while pending:
        value, length = pending.pop()
        if isinstance(value, dict):
            total += length
            pending += [(each, length + len(name)) for name, each in value.items()]
        elif isinstance(value, list):
            pending += [(each, length) for each in value]
    return total


def _resource(schema: Schema) -> Resource[JSON]:
    return schema.dialect.specification.create_resource(schema.contents)


def _meta_schema(uri: str) -> Schema:
    """Give the meta-schema of a draft, or a part of one."""
    # That takes 15 ms which few need; the package has no marker that it is typed.
    from jsonschema_specifications import REGISTRY  # type: ignore[import-untyped]  # noqa: PLC0415

    contents = REGISTRY.contents(uri)
    dialect = dialect_of(contents)
    if dialect is None:
        raise NoSuchResource(uri)
    return Schema(uri, contents, dialect, None)


def _resolve(reference: str, base: str) -> tuple[str, str]:
    """Give the URI of the resource that a reference names, and the fragment: as `referencing`."""
    if reference.startswith("#"):
        return base, reference[1:]
    uri, fragment = urldefrag(urljoin(base, reference))
    return uri, fragment


def _is_same(one: JSON, other: JSON) -> bool:
    """Whether two schemas are one, or a copy of the other."""
    return one is other or orjson.dumps(one, option=_SORTED) == orjson.dumps(other, option=_SORTED)


def _is_relative(uri: str) -> bool:
    """Whether a URI is one that an engine could not make whole."""
    return not urlsplit(uri).scheme and not uri.startswith("/")


def _with_references_to_itself(value: JSON, these: set[int]) -> JSON:
    """Copy a schema, so that these of its subschemas refer to the schema itself."""
    if isinstance(value, list):
        return [_with_references_to_itself(each, these) for each in value]
    if not isinstance(value, dict):
        return value
    copy = {name: _with_references_to_itself(each, these) for name, each in value.items()}
    return {**copy, "$ref": "#"} if id(value) in these else copy


def _alike(uri: str, fragment: str = "") -> str:
    """Write a URI so that those that some reader takes for the same are equal."""
    return f"{posixpath.normpath(unquote(uri).lower())}#{unquote(fragment)}"


# What a schema costs.

#: Keywords that find a violation each.
_ASSERTIONS = frozenset(
    {
        *("type", "enum", "const", "format", "not", "anyOf", "oneOf"),
        *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
        *("minLength", "maxLength", "pattern", "contentEncoding", "contentMediaType"),
        *("minItems", "maxItems", "uniqueItems", "additionalItems", "unevaluatedItems"),
        *("contains", "minContains", "maxContains", "minProperties", "maxProperties"),
        *("required", "propertyNames", "additionalProperties", "unevaluatedProperties"),
    }
)
#: Keywords whose value is copied with each violation, and the bytes of it that weigh like one.
_COPIED = ("const", "enum", "not", "pattern")
_BYTES = 32
#: What violations of `propertyNames` weigh: there is one for each name, and it copies the object.
_OF_NAMES = 500


def _weights(schema: dict[str, JSON]) -> tuple[int, int]:
    """Give what a schema takes to apply to a value, itself, and what it may list for one."""
    names = _length(schema.get("required"))
    for keyword in ("dependencies", "dependentRequired"):
        needed = schema.get(keyword)
        names += sum(map(_length, needed.values())) if isinstance(needed, dict) else 0
    options = schema["enum"] if isinstance(schema.get("enum"), list) else ()
    # An engine looks texts up, and integers; what is of several types it compares one by one.
    compared = 0 if {type(each) for each in options} in ({str}, {int}) else len(options)
    copied = sum(len(orjson.dumps(schema[name])) for name in _COPIED if name in schema)
    listed = len(_ASSERTIONS & schema.keys()) + _OF_NAMES * ("propertyNames" in schema)
    return 1 + names + compared, 1 + names + listed + copied // _BYTES


def _length(of: JSON) -> int:
    return len(of) if isinstance(of, list | dict) else 0
