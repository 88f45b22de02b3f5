"""Schemas of several dialects, told in the newest of them: what is drawn of, or asked, has one.

What can't be told in a newer dialect is told nearly so: in draft-04, 1.0 is no integer; in draft-06
and draft-07, what a text holds is judged (`contentEncoding`, `contentMediaType`). `likeness` says
whether that is so. What is drawn is judged by the schemas as they are.
"""

from __future__ import annotations

from typing import Literal, TypeAlias
from urllib.parse import unquote

import attrs
import orjson

from validator.closure import Closure
from validator.dialects import DEFAULT, DIALECTS, DRAFT_04, Dialect
from validator.registry import Schema
from validator.results import JSON, Path, json_pointer

__all__ = ["Likeness", "in_dialect", "in_one_dialect", "likeness", "newest_of"]

#: What a schema accepts as it is told in another dialect: the same, perhaps more, or what else.
Likeness: TypeAlias = Literal["same", "wider", "unlike"]

_OLDEST_FIRST = list(DIALECTS.values())
#: What stays beside a reference where its siblings count for nothing.
_KEPT = ("$ref", "definitions")
#: In draft-04, whether a bound itself is out; later, a bound of its own.
_BOUNDS = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}


#: Which dialect brought a keyword that decides, and a format: older ones let it be. Source: the
#: specifications; for formats, what jsonschema-rs asserts.
_SINCE = {
    "draft-06": ("const", "contains", "propertyNames", "contentEncoding", "contentMediaType"),
    "draft-07": ("if", "then", "else"),
    "2019-09": (
        *("dependentRequired", "dependentSchemas", "minContains", "maxContains"),
        *("unevaluatedItems", "unevaluatedProperties", "$recursiveRef", "$anchor"),
    ),
    "2020-12": ("prefixItems", "$dynamicRef", "$dynamicAnchor"),
}
_FORMATS_SINCE = {
    "draft-06": ("uri-reference", "uri-template", "json-pointer"),
    "draft-07": ("idn-hostname", "iri", "iri-reference", "relative-json-pointer"),
    "2019-09": ("duration", "uuid"),
}
#: Formats of host names.
_HOSTS = ("hostname", "idn-hostname")
#: Keywords that draft-06 and draft-07 judge by, and later dialects do not.
_OF_CONTENT = ("contentEncoding", "contentMediaType")
#: Keywords by which a schema may accept less where a subschema of it accepts more.
_TURNING = ("not", "oneOf", "if", "maxContains", "unevaluatedItems", "unevaluatedProperties")


def newest_of(*closures: Closure) -> Dialect:
    """Give the newest dialect of all the schemas in some closures."""
    schemas = (each for closure in closures for each in (closure.root, *closure.others))
    return max((each.dialect for each in schemas), key=_OLDEST_FIRST.index)


def in_one_dialect(closure: Closure) -> Closure:
    """Give a closed schema whose parts are all of one dialect; itself, if they are."""
    return in_dialect(closure, newest_of(closure))


def in_dialect(closure: Closure, newest: Dialect) -> Closure:
    """Give a closed schema whose parts are all of a dialect that is not older than theirs."""
    schemas = (closure.root, *closure.others)
    if all(each.dialect is newest for each in schemas):
        return closure
    root, *others = (_told_in(newest, each) for each in schemas)
    return attrs.evolve(closure, root=root, others=tuple(others))


def likeness(closure: Closure, newest: Dialect) -> Likeness:
    """Tell what a closed schema accepts as it is told in a dialect, beside what it is."""
    if all(each.dialect is newest for each in (closure.root, *closure.others)):
        return "same"
    found: Likeness = "same"
    keywords: set[str] = set()
    for each in (closure.root, *closure.others):
        subschemas = DEFAULT.objects(each.contents)
        keywords.update(keyword for inner in subschemas for keyword in inner)
        if each.dialect is not newest:
            if _leads_astray(each):
                return "unlike"
            if each is not closure.root and each.dialect is DRAFT_04 and _has_uuid(subschemas):
                return "unlike"  # it is asserted where the root is of draft-04, too
            own = _likeness(subschemas, each.dialect, newest)
            found = max(found, own, key=_LIKENESSES.index)
    return "unlike" if found == "wider" and not keywords.isdisjoint(_TURNING) else found


_LIKENESSES: tuple[Likeness, ...] = ("same", "wider", "unlike")


def _likeness(subschemas: list[dict[str, JSON]], dialect: Dialect, newest: Dialect) -> Likeness:
    keywords = {keyword for each in subschemas for keyword in each}
    if "$recursiveRef" in keywords or {"contains", "unevaluatedItems"} <= keywords:
        return "unlike"  # which 2019-09 and 2020-12 read in their own way
    is_old = dialect.name in ("draft-04", "draft-06")
    if is_old and any(each.get("format") in _HOSTS for each in subschemas):
        return "unlike"  # which draft-07 reads by the rules of IDNA
    is_late = newest.name in ("2019-09", "2020-12")
    if dialect is DRAFT_04:
        whole = any("integer" in each["type"] for each in subschemas if "type" in each)
        return "wider" if whole or (_has_uuid(subschemas) and not is_late) else "same"
    judges_content = dialect.name in ("draft-06", "draft-07") and is_late
    return "wider" if judges_content and not keywords.isdisjoint(_OF_CONTENT) else "same"


def _leads_astray(schema: Schema) -> bool:
    """Whether something is referred to that is not told anew, or bears a name only when it is.

    Only what the dialect knows as subschemas is told in another; a reference may lead elsewhere.
    """
    other = "$id" if schema.dialect is DRAFT_04 else "id"
    known: set[str] = set()
    references: list[str] = []
    pending: list[tuple[JSON, Path]] = [(schema.contents, ())]
    while pending:
        each, path = pending.pop()
        known.add(json_pointer(path))
        if isinstance(each, dict):
            pending += [(inner, (*path, *steps)) for steps, _, inner in schema.dialect.places(each)]
            references.append(each.get("$ref", "#"))
            if path and other in each:
                return True
    return any(
        unquote(each[1:]) not in known if each.startswith("#") else "#" in each.rstrip("#")
        for each in references
    )


def _has_uuid(subschemas: list[dict[str, JSON]]) -> bool:
    return any(each.get("format") == "uuid" for each in subschemas)


def _told_in(newest: Dialect, schema: Schema) -> Schema:
    """Give a schema in a newer dialect: a copy, if it is of another."""
    dialect = schema.dialect
    if dialect is newest:
        return schema
    contents = orjson.loads(orjson.dumps(schema.contents))
    pending = [contents]
    while pending:
        each = pending.pop()
        if isinstance(each, dict):
            pending += [inner for _, inner in dialect.subschemas(each)]
            _upgrade(each, dialect, newest)
    return attrs.evolve(schema, contents=contents, dialect=newest)


def _upgrade(schema: dict[str, JSON], dialect: Dialect, newest: Dialect) -> None:
    """Tell one subschema in a newer dialect, less what is within it."""
    schema.pop("$schema", None)
    _forget_later(schema, dialect)
    if dialect.ref_stands_alone and "$ref" in schema:
        for keyword in schema.keys() - _KEPT:
            del schema[keyword]
    for exclusive, bound in _BOUNDS.items():
        if isinstance(schema.get(exclusive), bool) and schema.pop(exclusive) and bound in schema:
            schema[exclusive] = schema.pop(bound)
    if isinstance(own := schema.pop(dialect.identifier, None), str):
        is_anchor = own.startswith("#") and not newest.ref_stands_alone
        schema["$anchor" if is_anchor else "$id"] = own.removeprefix("#") if is_anchor else own
    if newest is DEFAULT:
        _split_items(schema)
        if "$recursiveRef" in schema:
            schema["$ref"] = schema.pop("$recursiveRef")


def _forget_later(schema: dict[str, JSON], dialect: Dialect) -> None:
    """Take away what a dialect does not know yet."""
    for later in _OLDEST_FIRST[_OLDEST_FIRST.index(dialect) + 1 :]:
        for keyword in _SINCE[later.name]:
            schema.pop(keyword, None)
        late = schema.get("format") in _FORMATS_SINCE.get(later.name, ())
        if late and not (dialect is DRAFT_04 and schema["format"] == "uuid"):
            del schema["format"]


def _split_items(schema: dict[str, JSON]) -> None:
    """Tell the items of an array by their place, and the others, as 2020-12 does."""
    others = schema.pop("additionalItems", True)
    if isinstance(schema.get("items"), list):
        first, schema["items"] = schema["items"], others
        if first:
            schema["prefixItems"] = first
