"""Near misses: documents that break one rule of a schema, and which rule that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import TypeAlias
from urllib.parse import urldefrag, urljoin

import attrs
import orjson
import referencing

from validator.closure import Closure
from validator.dialects import DEFAULT, Dialect
from validator.drawing.choices import Choices
from validator.drawing.rules import BREAKING, breaking
from validator.drawing.trees import Tree, kinds_of_value, objects_in
from validator.engine import Compiled
from validator.registry import Schema
from validator.results import JSON, Path, json_pointer

__all__ = ["NearMiss", "Rules"]

_Schema: TypeAlias = dict[str, JSON]

#: What each keyword judges, where that is not all values.
_JUDGED = {
    "string": (
        *("minLength", "maxLength", "pattern", "format"),
        *("contentEncoding", "contentMediaType"),
    ),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "array": (
        *("minItems", "maxItems", "uniqueItems", "additionalItems", "unevaluatedItems"),
        *("contains", "minContains", "maxContains", "items"),
    ),
    "object": (
        *("required", "additionalProperties", "propertyNames", "unevaluatedProperties"),
        *("minProperties", "maxProperties", "dependencies", "dependentRequired", "properties"),
    ),
}
_JUDGES = {keyword: kind for kind, keywords in _JUDGED.items() for keyword in keywords}
#: How many rules a document is tried against, at the most.
_MOST_RULES = 400


#: Keywords that are broken by way of the schema in them.
_APPLYING = frozenset({"properties", "propertyNames"})


@attrs.frozen
class NearMiss:
    """A document that breaks one rule of a schema, and no other."""

    document: JSON
    #: The keyword that is broken; where a schema is `false`, the one that it stands under.
    keyword: str
    #: JSON Pointer of its evaluation path from the schema, as that of a violation.
    keyword_location: str
    #: JSON Pointer of the value that breaks it.
    instance_location: str


@attrs.frozen
class _Rule:
    """A keyword that judges a value of a document."""

    schema: _Schema
    keyword: str
    #: Its evaluation path.
    location: Path
    #: Where the value is, and what.
    at: Path
    value: JSON


@attrs.frozen
class _Place:
    """A schema that applies to a value, and how it came to that."""

    schema: JSON
    #: The URI that its references are relative to.
    base: str
    location: Path
    at: Path
    value: JSON

    def step(self, *steps: str | int) -> Path:
        return (*self.location, *steps)


class Rules:
    """The rules of a schema, as it was written."""

    def __init__(self, closure: Closure, tree: Tree) -> None:
        self._tree = tree
        self._root = closure.root
        registry: referencing.Registry[JSON] = referencing.Registry()
        self._dialects: dict[int, Dialect] = {}
        self._bases: dict[int, str] = {}
        for each in (closure.root, *closure.others):
            resource = each.dialect.specification.create_resource(each.contents)
            registry = registry.with_resource(each.uri, resource)
            for inner in objects_in(each.contents):
                self._dialects[id(inner)] = each.dialect
            self._note_bases(each)
        self._known = registry.crawl()

    def _note_bases(self, schema: Schema) -> None:
        """Note what the references of each subschema are relative to."""
        pending = [(schema.contents, schema.uri)]
        while pending:
            contents, outer = pending.pop()
            if isinstance(contents, dict):
                base = schema.dialect.uri_of(contents, outer) or outer
                self._bases[id(contents)] = base
                pending += [(each, base) for _, each in DEFAULT.subschemas(contents)]

    def miss(self, choices: Choices, document: JSON, compiled: Compiled) -> NearMiss | None:
        """Break one rule of a document that keeps all; None if none can be broken alone."""
        for rule, broken in self._broken(choices, document):
            if found := _verified(broken, rule, compiled):
                return found
        return None

    def broken(self, choices: Choices, document: JSON) -> Iterator[JSON]:
        """Give documents that are likely to break a rule each, made of any document."""
        return (broken for _, broken in self._broken(choices, document))

    def _broken(self, choices: Choices, document: JSON) -> Iterator[tuple[_Rule, JSON]]:
        rules: defaultdict[str, list[_Rule]] = defaultdict(list)
        for rule in islice(self._of(document), _MOST_RULES):
            rules[rule.keyword].append(rule)
        for keyword in choices.shuffled(sorted(rules)):
            for rule in choices.shuffled(rules[keyword]):
                for value in choices.shuffled(breaking(choices, keyword, rule.schema, rule.value)):
                    yield rule, _replaced(document, rule.at, value)

    def _of(self, document: JSON) -> Iterator[_Rule]:
        """Give the rules that judge a document, and the values within it."""
        pending = [_Place(self._root.contents, self._root.uri, (), (), document)]
        while pending:
            place = pending.pop()
            if not isinstance(place.schema, dict):
                continue
            place = attrs.evolve(place, base=self._bases.get(id(place.schema), place.base))
            if "$ref" in place.schema:
                pending.append(self._referred(place))
                if self._dialects[id(place.schema)].ref_stands_alone:
                    continue
            yield from _own(place)
            pending += self._applied(place)

    def _referred(self, place: _Place) -> _Place:
        """Give what a reference leads to; a schema that was compiled has none to nowhere."""
        reference = place.schema["$ref"]
        found = self._known.resolver(place.base).lookup(reference).contents
        whole = place.base if reference.startswith("#") else urljoin(place.base, reference)
        base = urldefrag(whole)[0]
        return attrs.evolve(place, schema=found, base=base, location=place.step("$ref"))

    def _applied(self, place: _Place) -> Iterator[_Place]:
        """Give the schemas that one applies, to the same value and to what is in it."""
        schema = place.schema
        for index, each in enumerate(schema.get("allOf", ())):
            yield attrs.evolve(place, schema=each, location=place.step("allOf", index))
        for keyword in ("then", "else"):
            if keyword in schema and "if" in schema:
                yield attrs.evolve(place, schema=schema[keyword], location=place.step(keyword))
        if isinstance(place.value, dict):
            yield from self._of_object(place)
        if isinstance(place.value, list):
            yield from _of_array(place)

    def _of_object(self, place: _Place) -> Iterator[_Place]:
        schema = place.schema
        for keyword in ("dependencies", "dependentSchemas"):
            for name, each in schema.get(keyword, {}).items():
                if name in place.value:
                    yield attrs.evolve(place, schema=each, location=place.step(keyword, name))
        for name, value in place.value.items():
            inner = attrs.evolve(place, at=(*place.at, name), value=value)
            known = name in schema.get("properties", ())
            if known:
                each = schema["properties"][name]
                yield attrs.evolve(inner, schema=each, location=place.step("properties", name))
            for pattern, each in schema.get("patternProperties", {}).items():
                if self._tree.matches(pattern, name):
                    known = True
                    location = place.step("patternProperties", pattern)
                    yield attrs.evolve(inner, schema=each, location=location)
            if not known and "additionalProperties" in schema:
                each = schema["additionalProperties"]
                yield attrs.evolve(inner, schema=each, location=place.step("additionalProperties"))


def _of_array(place: _Place) -> Iterator[_Place]:
    items = place.schema.get("items", True)
    first, keyword, rest = place.schema.get("prefixItems", []), "prefixItems", "items"
    if isinstance(items, list):
        first, keyword, rest = items, "items", "additionalItems"
    for index, value in enumerate(place.value):
        inner = attrs.evolve(place, at=(*place.at, index), value=value)
        if index < len(first):
            yield attrs.evolve(inner, schema=first[index], location=place.step(keyword, index))
        elif rest in place.schema:
            yield attrs.evolve(inner, schema=place.schema[rest], location=place.step(rest))


def _own(place: _Place) -> Iterator[_Rule]:
    """Give the keywords of one schema that judge a value and can be broken."""
    kinds = kinds_of_value(place.value)
    kind = "number" if kinds & {"integer", "fraction"} else next(iter(kinds))
    for keyword in place.schema:
        if keyword in BREAKING and _JUDGES.get(keyword, kind) == kind:
            location = place.step(keyword)
            yield _Rule(place.schema, keyword, location, place.at, place.value)


def _replaced(document: JSON, at: Path, value: JSON) -> JSON:
    """Give a document with another value at a place; the rest is shared."""
    if not at:
        return value
    copied = document.copy()
    copied[at[0]] = _replaced(document[at[0]], at[1:], value)
    return copied


def _verified(document: JSON, rule: _Rule, compiled: Compiled) -> NearMiss | None:
    """Make sure that a document breaks a rule, and no other."""
    if compiled.is_valid(document):
        return None
    findings = compiled.evaluate(document, len(orjson.dumps(document)))
    first, *others = findings.violations
    location = json_pointer(rule.location)
    if others or findings.truncated:
        return None
    found = first.keyword_location or ""
    if found != location and not (rule.keyword in _APPLYING and found.startswith(f"{location}/")):
        return None
    return NearMiss(document, first.keyword or rule.keyword, found, first.instance_location)
