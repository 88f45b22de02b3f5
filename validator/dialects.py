"""The dialects of JSON Schema that schemas here are written in, as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal, TypeAlias
from urllib.parse import urljoin

import attrs
import referencing.jsonschema
from referencing import Specification

from validator.errors import WrongUse, shown
from validator.results import JSON, Path

__all__ = [
    "DEFAULT",
    "DIALECTS",
    "DRAFT_04",
    "IGLU_META_SCHEMA",
    "Dialect",
    "Edge",
    "dialect_named",
]

#: The `$schema` of self-describing schemas; its dialect is draft-04. Source: Iglu.
IGLU_META_SCHEMA = (
    "http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#"
)

#: How a subschema is reached: it judges the same value, or what the label names: members of the
#: object (`name`: of that name; `others`: of names that the same schema has no property for;
#: `names`: of any), items of the array, or nothing by itself.
Edge: TypeAlias = tuple[Literal["same", "name", "others", "names", "items", "none"], str]


@attrs.frozen
class Dialect:
    """One dialect. The keywords with subschemas are told by how their subschemas apply."""

    #: As `Validator(dialect=...)` takes it.
    name: str
    #: Its meta-schema, as `$schema` names it, without a trailing `#`.
    uri: str
    specification: Specification[JSON] = attrs.field(repr=False, eq=False)
    #: Keyword to how its subschema, or its array or object of them, applies.
    _applicators: dict[str, Edge] = attrs.field(repr=False, eq=False)
    #: The keyword that gives a schema its URI.
    identifier: str = attrs.field(default="$id", repr=False)
    #: The keyword of references that are resolved anew each time they are followed; "" for none.
    dynamic: str = attrs.field(default="", repr=False)
    #: Whether `$ref` has no siblings: they are ignored beside it, up to draft-07.
    ref_stands_alone: bool = attrs.field(default=False, repr=False)

    def subschemas(self, schema: dict[str, JSON]) -> Iterator[tuple[Edge, JSON]]:
        """Give each subschema of a schema with the way it applies."""
        return ((edge, each) for _, edge, each in self.places(schema))

    def objects(self, schema: JSON) -> list[dict[str, JSON]]:
        """Give all subschemas that are objects, at any depth; a schema is the first of its own."""
        found: list[dict[str, JSON]] = []
        pending = [schema]
        while pending:
            each = pending.pop()
            if isinstance(each, dict):
                found.append(each)
                pending += [inner for _, inner in self.subschemas(each)]
        return found

    def places(self, schema: dict[str, JSON]) -> Iterator[tuple[Path, Edge, JSON]]:
        """Give each subschema of a schema with the steps to it and the way it applies."""
        for keyword, value in schema.items():
            edge = self._applicators.get(keyword)
            if edge is None:
                continue
            if isinstance(value, list):
                for index, each in enumerate(value):
                    if isinstance(each, dict | bool):
                        yield (keyword, index), edge, each
            elif keyword in _OF_NAMES and isinstance(value, dict):
                for name, each in value.items():
                    if isinstance(each, dict | bool):
                        how: Edge = ("name", name) if keyword == "properties" else edge
                        yield (keyword, name), how, each
            elif isinstance(value, dict | bool):
                yield (keyword,), edge, value

    def uri_of(self, schema: dict[str, JSON], outer: str) -> str | None:
        """Give the URI that a schema bears, given that of what it is in; None if it bears none."""
        own = schema.get(self.identifier)
        if not isinstance(own, str) or own.startswith("#"):
            return None
        if self.ref_stands_alone and "$ref" in schema:
            return None
        return urljoin(outer, own.rstrip("#"))


_OF_NAMES = frozenset(
    {
        "properties",
        "patternProperties",
        "definitions",
        "$defs",
        "dependencies",
        "dependentSchemas",
    }
)
_SAME: Edge = ("same", "")
_NAMES: Edge = ("names", "")
_OTHERS: Edge = ("others", "")
_ITEMS: Edge = ("items", "")
_NONE: Edge = ("none", "")

_DRAFT_04_KEYWORDS: dict[str, Edge] = {
    "allOf": _SAME,
    "anyOf": _SAME,
    "oneOf": _SAME,
    "not": _SAME,
    "dependencies": _SAME,
    "properties": _NAMES,
    "patternProperties": _NAMES,
    "additionalProperties": _OTHERS,
    "items": _ITEMS,
    "additionalItems": _ITEMS,
    "definitions": _NONE,
}
_DRAFT_06_KEYWORDS = _DRAFT_04_KEYWORDS | {"contains": _ITEMS, "propertyNames": _NAMES}
_DRAFT_07_KEYWORDS = _DRAFT_06_KEYWORDS | {"if": _SAME, "then": _SAME, "else": _SAME}
_DRAFT_2019_KEYWORDS = _DRAFT_07_KEYWORDS | {
    "$defs": _NONE,
    "contentSchema": _NONE,
    "dependentSchemas": _SAME,
    "unevaluatedItems": _ITEMS,
    "unevaluatedProperties": _OTHERS,
}
_DRAFT_2020_KEYWORDS = _DRAFT_2019_KEYWORDS | {"prefixItems": _ITEMS}

_SPECIFICATIONS = referencing.jsonschema


def _knowing_dependencies(specification: Specification[JSON]) -> Specification[JSON]:
    """Let each schema in `dependencies` be one.

    `referencing` takes all of them for schemas where the first is one, and none where it is not.
    """
    subresources_of = specification.subresources_of

    def corrected(contents: JSON) -> Iterable[JSON]:
        if isinstance(contents, dict) and isinstance(contents.get("dependencies"), dict):
            needed = contents["dependencies"].items()
            schemas = {name: each for name, each in needed if isinstance(each, dict)}
            contents = {**contents, "dependencies": schemas}
        return subresources_of(contents)

    evolve: Any = attrs.evolve  # its stubs do not take what `referencing` makes for an attrs class
    evolved: Specification[JSON] = evolve(specification, subresources_of=corrected)
    return evolved


DRAFT_04 = Dialect(
    "draft-04",
    "http://json-schema.org/draft-04/schema",
    _knowing_dependencies(_SPECIFICATIONS.DRAFT4),
    _DRAFT_04_KEYWORDS,
    identifier="id",
    ref_stands_alone=True,
)
#: What a schema without `$schema` is written in, unless `dialect=` says otherwise. It knows every
#: keyword with subschemas that an older one knows.
DEFAULT = Dialect(
    "2020-12",
    "https://json-schema.org/draft/2020-12/schema",
    _SPECIFICATIONS.DRAFT202012,
    _DRAFT_2020_KEYWORDS,
    dynamic="$dynamicRef",
)
#: All of them by name, the oldest first.
DIALECTS: dict[str, Dialect] = {
    dialect.name: dialect
    for dialect in (
        DRAFT_04,
        Dialect(
            "draft-06",
            "http://json-schema.org/draft-06/schema",
            _knowing_dependencies(_SPECIFICATIONS.DRAFT6),
            _DRAFT_06_KEYWORDS,
            ref_stands_alone=True,
        ),
        Dialect(
            "draft-07",
            "http://json-schema.org/draft-07/schema",
            _knowing_dependencies(_SPECIFICATIONS.DRAFT7),
            _DRAFT_07_KEYWORDS,
            ref_stands_alone=True,
        ),
        Dialect(
            "2019-09",
            "https://json-schema.org/draft/2019-09/schema",
            _SPECIFICATIONS.DRAFT201909,
            _DRAFT_2019_KEYWORDS,
            dynamic="$recursiveRef",
        ),
        DEFAULT,
    )
}
_BY_URI = {dialect.uri: dialect for dialect in DIALECTS.values()} | {
    IGLU_META_SCHEMA.rstrip("#"): DRAFT_04
}


def dialect_of(schema: JSON) -> Dialect | None:
    """Give the dialect that a schema's own `$schema` names; None where it has none or another."""
    name = schema.get("$schema") if isinstance(schema, dict) else None
    return _BY_URI.get(name.rstrip("#")) if isinstance(name, str) else None


def dialect_named(name: str) -> Dialect:
    """Give the dialect of that name, or with that `$schema`.

    :raises WrongUse: if there is none; the message lists them.
    """
    dialect = None
    if type(name) is str:
        dialect = DIALECTS.get(name) or _BY_URI.get(name.rstrip("#"))
    if dialect is None:
        message = f"no such dialect: {shown(name)}; there are {', '.join(DIALECTS)}"
        raise WrongUse(message)
    return dialect
