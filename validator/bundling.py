"""A schema with everything it refers to inside, for tools that can't follow `iglu:` references.

Each schema that is referred to is put under `definitions` (`$defs` from 2019-09 on), and every
reference is a pointer within the one file. So a tool needs no more than pointers; of the dialect
itself it has to know the meta-schemas: references to those stay as they are.

`jsonschema_rs.bundle` serves another purpose: it leaves each `$ref` as it is, and embeds schemas
under identifiers that begin with `iglu:`, which a tool has to resolve, and which `Validator`
refuses. It does not know Iglu's `$schema` either.

The bundle keeps the `self` of its root: it judges as that schema does, under its name. Its
`$schema` is that of the dialect, where the root has Iglu's or none. Other identifiers and anchors
are taken away: nothing refers to them any more, and in one file they could clash. A reference that
no one follows (beside `$ref` up to draft-07, say) leads to the whole bundle if it led nowhere. A
schema that refers to no Iglu schema is left as it is but for its `$schema`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from operator import itemgetter
from typing import NoReturn
from urllib.parse import quote, urldefrag, urljoin

import attrs
import orjson
import referencing
from referencing.exceptions import NoSuchResource, Unresolvable

from validator.closure import Closure, gather
from validator.dialects import DEFAULT, IGLU_META_SCHEMA, Dialect
from validator.engine import compile_schema, refuse_invalid
from validator.errors import InvalidSchema
from validator.iglu import SchemaKey
from validator.limits import Limits
from validator.registry import Registry, Schema
from validator.results import JSON
from validator.retrievers import InMemory

__all__ = ["bundle", "inlined"]

#: All that a bundle may lean on.
_EMPTY = Registry(InMemory([]))

#: What a schema of Iglu says of itself, and what means nothing within another.
_OF_A_FILE = ("self", "$supersedes", "$supersededBy")
#: What a reference could lead to by name.
_ANCHORS = ("$anchor", "$dynamicAnchor", "$recursiveAnchor")
#: Which of them a dynamic reference looks for.
_DYNAMIC = {"$dynamicRef": "$dynamicAnchor", "$recursiveRef": "$recursiveAnchor"}
#: Keywords whose value is no schema, and decides.
_VALUES = ("const", "enum")
#: What `referencing` says of a reference that leads nowhere.
_UNRESOLVED = (NoSuchResource, Unresolvable, AttributeError, TypeError, ValueError)
#: What may stand in a fragment as it is. Source: RFC 3986.
_IN_FRAGMENTS = "/?:@!$&'()*+,;=-._~"


def bundle(
    key: SchemaKey,
    registry: Registry,
    limits: Limits | None = None,
    dialect: Dialect = DEFAULT,
) -> dict[str, JSON]:
    """Give a schema with everything it refers to inside: it judges as the schema itself does.

    `dialect` is for schemas without `$schema`.

    :raises InvalidSchema: if it can't judge, or can't be bundled: it refers to a schema of another
        dialect, or to one that has a dynamic anchor of the same name as another.
    :raises NoSuchSchema: if it, or one it refers to, is in no registry.
    :raises RegistryUnavailable: if a registry did not answer.
    """
    bounds = limits or Limits()

    def find(wanted: SchemaKey, within: Registry = registry) -> Schema:
        schema = within.retrieve(wanted, bounds, dialect)
        refuse_invalid(schema, bounds)
        return schema

    root = find(key)
    closure = gather(root, find, bounds)
    compile_schema(closure, limits=bounds, formats="assert")
    whole = attrs.evolve(root, contents=inlined(closure))
    # Every reference still leads somewhere, with no registry; the dead ones, which `gather` would
    # turn to the schema itself, too.
    alone = gather(whole, partial(find, within=_EMPTY), bounds)
    compile_schema(attrs.evolve(alone, root=whole), limits=bounds, formats="assert")
    bundled: dict[str, JSON] = whole.contents
    return bundled


def inlined(closure: Closure) -> dict[str, JSON]:
    """Give the root of a closure with everything it refers to inside; the closure is used up.

    :raises InvalidSchema: if it can't be bundled.
    """
    return _Bundling(closure).run()


@attrs.frozen
class _Reference:
    """A reference of a subschema, and what it becomes."""

    holder: dict[str, JSON]
    keyword: str
    written: str
    becomes: str

    def rewrite(self) -> None:
        """Write it anew, as a plain `$ref`."""
        if self.keyword != "$ref":
            del self.holder[self.keyword]
        if self.keyword != "$ref" and "$ref" in self.holder:
            others = self.holder.get("allOf")
            kept = others if isinstance(others, list) else []  # none only where nothing is judged
            self.holder["allOf"] = [*kept, {"$ref": self.becomes}]
        else:
            self.holder["$ref"] = self.becomes


class _Bundling:
    """The state of one bundling. The schemas of the closure are changed: they are no one else's."""

    def __init__(self, closure: Closure) -> None:
        self._root = closure.root
        self._dialect = closure.root.dialect
        self._container = "definitions" if self._dialect.ref_stands_alone else "$defs"
        # Those of the registry, by their names in the container; the others are meta-schemas.
        referred = [(each.key, each) for each in closure.others if each.key is not None]
        self._referred = dict(self._named(sorted(referred, key=itemgetter(0))))
        self._meta_schemas = [each for each in closure.others if each.key is None]
        self._known: referencing.Registry[JSON] = referencing.Registry()
        for each in (closure.root, *closure.others):
            resource = each.dialect.specification.create_resource(each.contents)
            self._known = self._known.with_resource(each.uri, resource)
        self._known = self._known.crawl()
        # The subschemas, by id, and those that are read; where each object will stand; what its
        # references are relative to.
        self._subschemas: dict[int, dict[str, JSON]] = {}
        self._read: set[int] = set()
        self._places: dict[int, str] = {}
        self._bases: dict[int, str] = {}
        # What is still to be read, and the URI of what it is part of.
        self._pending: list[tuple[JSON, str]] = []

    def _named(self, schemas: list[tuple[SchemaKey, Schema]]) -> Iterator[tuple[str, Schema]]:
        """Name schemas after their keys: `com.acme.user-1-0-0`."""
        taken = set(self._root.contents.get(self._container, ()))
        for key, each in schemas:
            name = f"{key.vendor}.{key.name}-{key.version}"
            while name in taken:
                name += "_"
            yield name, each

    def run(self) -> dict[str, JSON]:
        for each in self._referred.values():
            self._refuse_other_dialect(each)
        self._place(self._root, "")
        for name, each in self._referred.items():
            self._place(each, _pointer("", self._container, name))
        references = list(self._references())
        if any(each.written.startswith("iglu:") for each in references):
            self._refuse_ambiguous()
            self._rewrite(references)
        contents = self._root.contents
        if self._referred:
            brought = {name: each.contents for name, each in self._referred.items()}
            contents = {**contents, self._container: contents.get(self._container, {}) | brought}
        return {"$schema": self._meta_schema(), **_without(contents, "$schema")}

    def _meta_schema(self) -> str:
        """Give a `$schema` that tools know."""
        own: str = self._root.contents.get("$schema", IGLU_META_SCHEMA)
        if own.rstrip("#") != IGLU_META_SCHEMA.rstrip("#"):
            return own
        # Up to draft-07, tools expect the empty fragment.
        return self._dialect.uri + "#" * self._dialect.ref_stands_alone

    def _refuse(self, problem: str) -> NoReturn:
        raise InvalidSchema(self._root.uri, f"it can't be bundled: {problem}")

    def _refuse_other_dialect(self, schema: Schema) -> None:
        if schema.dialect is not self._dialect:
            self._refuse(
                f"it is written in {self._dialect.name}, but {schema.uri}, to which it refers, in "
                f"{schema.dialect.name}"
            )

    # What there is, and where it will stand.

    def _place(self, schema: Schema, place: str) -> None:
        """Note where all objects of a schema will stand, and what its subschemas are part of."""
        pending: list[tuple[JSON, str]] = [(schema.contents, place)]
        while pending:
            value, at = pending.pop()
            if isinstance(value, dict):
                self._places[id(value)] = at
                pending += [(each, _pointer(at, name)) for name, each in value.items()]
            elif isinstance(value, list):
                pending += [(each, _pointer(at, str(index))) for index, each in enumerate(value)]
        for subschema, base in _subschemas(schema):
            self._subschemas[id(subschema)] = subschema
            self._bases[id(subschema)] = base

    # References.

    def _references(self) -> Iterator[_Reference]:
        """Read all that is a schema here: what the dialect says, and what references lead to.

        Then also what some other dialect says, or what stands beside a `$ref` that stands alone:
        nothing is judged by that, but an engine was seen to resolve the references in it.
        """
        schemas = (self._root, *self._referred.values())
        self._pending += [(each.contents, each.uri) for each in schemas]
        yield from self._read_pending(self._dialect)
        for each in self._subschemas.values():
            base = self._bases[id(each)]
            self._pending += [(inner, base) for _, inner in DEFAULT.subschemas(each)]
        yield from self._read_pending(DEFAULT)

    def _read_pending(self, dialect: Dialect) -> Iterator[_Reference]:
        while self._pending:
            subschema, outer = self._pending.pop()
            if not isinstance(subschema, dict) or id(subschema) in self._read:
                continue
            self._read.add(id(subschema))
            self._subschemas[id(subschema)] = subschema
            base = self._bases.setdefault(id(subschema), outer)
            for keyword in ("$ref", self._dialect.dynamic):
                if keyword and isinstance(subschema.get(keyword), str):
                    yield from self._reference(subschema, keyword, base)
            if "$ref" in subschema and dialect.ref_stands_alone:
                subschema = {"definitions": subschema.get("definitions", {})}
            self._pending += [(each, base) for _, each in dialect.subschemas(subschema)]

    def _reference(self, holder: dict[str, JSON], keyword: str, base: str) -> Iterator[_Reference]:
        """Say what a reference becomes; what it leads to is still to be read."""
        written = holder[keyword]
        try:
            whole = base + written if written.startswith("#") else urljoin(base, written)
            uri, fragment = urldefrag(whole)
            found = self._known.resolver(base).lookup(written).contents
            resource = self._known.contents(uri)
        except _UNRESOLVED:  # where nothing is judged by it, or there would be no closure
            yield _Reference(holder, keyword, written, "#")
            return
        if id(resource) not in self._places:
            yield _Reference(holder, keyword, written, whole)
            return
        self._pending.append((found, uri))
        if fragment and not fragment.startswith("/"):
            becomes = "#" + self._places[id(found)]
        else:
            becomes = f"#{self._places[id(resource)]}{fragment}"
        yield _Reference(holder, keyword, written, becomes)

    def _refuse_ambiguous(self) -> None:
        """Refuse what a dynamic reference could lead to by way of one file, not of another."""
        keyword = _DYNAMIC.get(self._dialect.dynamic)
        if keyword is None:
            return
        own = [each[keyword] for each in self._subschemas.values() if each.get(keyword)]
        known = [
            each[keyword]
            for schema in self._meta_schemas
            for each, _ in _subschemas(schema)
            if each.get(keyword)
        ]
        for name in own:
            if [*own, *known].count(name) > 1:
                self._refuse(
                    f"in it and what it refers to, there is more than one {keyword} {name!a}"
                )

    def _rewrite(self, references: list[_Reference]) -> None:
        subschemas = self._subschemas.values()
        values = [(each, name) for each in subschemas for name in _VALUES if name in each]
        before = [orjson.dumps(each[name]) for each, name in values]
        for reference in references:
            reference.rewrite()
        for schema in self._referred.values():
            for name in _OF_A_FILE:
                schema.contents.pop(name, None)
        for each in subschemas:
            if each is not self._root.contents:
                each.pop(self._dialect.identifier, None)
                each.pop("$schema", None)
            for name in _ANCHORS:
                each.pop(name, None)
        if before != [orjson.dumps(each[name]) for each, name in values]:
            self._refuse("a reference leads into the value of a `const` or `enum`")


def _subschemas(schema: Schema) -> Iterator[tuple[dict[str, JSON], str]]:
    """Give what is a subschema in some dialect, and the URI of what it is part of."""
    pending = [(schema.contents, schema.uri)]
    while pending:
        subschema, outer = pending.pop()
        base = schema.dialect.uri_of(subschema, outer) or outer
        yield subschema, base
        inner = (each for _, each in DEFAULT.subschemas(subschema))
        pending += [(each, base) for each in inner if isinstance(each, dict)]


def _pointer(place: str, *names: str) -> str:
    """Write a JSON Pointer as it stands in a fragment."""
    escaped = (name.replace("~", "~0").replace("/", "~1") for name in names)
    return place + "".join("/" + quote(each, safe=_IN_FRAGMENTS) for each in escaped)


def _without(contents: dict[str, JSON], name: str) -> dict[str, JSON]:
    return {each: value for each, value in contents.items() if each != name}
