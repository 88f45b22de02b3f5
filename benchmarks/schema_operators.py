"""Ways to change a schema, each with what is lost and gained by how it is made.

A change is made to one subschema; what it does holds where what that accepts decides.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any, Literal, TypeAlias

import attrs

from validator.drawing import examples
from validator.errors import NothingToDraw, NoVerdict
from validator.results import JSON

__all__ = ["KEPT", "OF_ARRAYS", "OF_OBJECTS", "OPERATORS", "Made", "Operator", "plain"]

_Schema: TypeAlias = dict[str, Any]


@attrs.frozen
class Made:
    """A subschema that was changed."""

    node: JSON
    #: Schemas that, with the old one, accept what the new one does not accept; and the other way.
    lost: tuple[JSON, ...] = ()
    gained: tuple[JSON, ...] = ()


#: Makes the change to a copy of a subschema; None where it can't be made there.
Change: TypeAlias = Callable[[_Schema, Random], Made | None]


@attrs.frozen
class Operator:
    """One way to change a schema."""

    name: str
    change: Change = attrs.field(repr=False)
    #: Where it is made: at a place that counts, anywhere, or of the schema as a whole.
    where: Literal["place", "anywhere", "whole"] = "place"
    #: The first dialect that has its keyword.
    since: str = "draft-04"


#: What only tells of values; what is kept beside what is asked of them.
TOLD = {"title", "description", "default", "examples", "$comment", "$schema", "self"}
KEPT = {"definitions", "$defs", "$supersedes"}
#: The keywords of objects and arrays to whose members and items a change counts.
OF_OBJECTS = {"type", "properties", "required", "additionalProperties"}
OF_ARRAYS = {"type", "items", "minItems", "maxItems", "uniqueItems"}


def plain(schema: _Schema, kind: str, keywords: set[str]) -> bool:
    """Whether a schema accepts values of a kind, and asks nothing else than by these keywords."""
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    known = TOLD | KEPT | keywords | {"type"}
    return (kind in kinds) and schema.keys() <= known


# Texts.

_TEXT = {"minLength", "maxLength"}


def _only(value: JSON) -> _Schema:
    return {"enum": [value]}


def _long(length: int) -> _Schema:
    return {"type": "string", "minLength": length, "maxLength": length}


def _max_length_raised(node: _Schema, _: Random) -> Made | None:
    most = node.get("maxLength")
    if most is None or not plain(node, "string", _TEXT):
        return None
    return Made({**node, "maxLength": most + 1}, gained=(_long(most + 1),))


def _max_length_lowered(node: _Schema, _: Random) -> Made | None:
    most = node.get("maxLength", 0)
    if most <= node.get("minLength", 0) or not plain(node, "string", _TEXT):
        return None
    return Made({**node, "maxLength": most - 1}, lost=(_long(most),))


def _max_length_added(node: _Schema, _: Random) -> Made | None:
    if "maxLength" in node or not plain(node, "string", _TEXT):
        return None
    most = node.get("minLength", 0) + 9
    return Made({**node, "maxLength": most}, lost=(_long(most + 1),))


def _max_length_removed(node: _Schema, _: Random) -> Made | None:
    if "maxLength" not in node or not plain(node, "string", _TEXT):
        return None
    return Made(_without(node, "maxLength"), gained=(_long(node["maxLength"] + 1),))


def _min_length_raised(node: _Schema, _: Random) -> Made | None:
    least = node.get("minLength", 0)
    if least >= node.get("maxLength", least + 1) or not plain(node, "string", _TEXT):
        return None
    return Made({**node, "minLength": least + 1}, lost=(_long(least),))


def _pattern_added(node: _Schema, _: Random) -> Made | None:
    if not plain(node, "string", _TEXT):
        return None
    return Made({**node, "pattern": "^[^~]"}, lost=({"type": "string", "pattern": "^~"},))


def _pattern_removed(node: _Schema, _: Random) -> Made | None:
    if "pattern" not in node or not plain(node, "string", {*_TEXT, "pattern"}):
        return None
    least = node.get("minLength", 0)
    return Made(_without(node, "pattern"), gained=(_only("~" * max(least, 1)),))


def _format_removed(node: _Schema, _: Random) -> Made | None:
    if "format" not in node or not plain(node, "string", {*_TEXT, "format"}):
        return None
    text = "~ ~".ljust(node.get("minLength", 0), "~")
    return Made(_without(node, "format"), gained=(_only(text),))


def _format_added(node: _Schema, _: Random) -> Made | None:
    if not plain(node, "string", _TEXT):
        return None
    text = "~ ~".ljust(node.get("minLength", 0), "~")
    return Made({**node, "format": "ipv4"}, lost=(_only(text),))


def _text_forbidden(node: _Schema, _: Random) -> Made | None:
    if not plain(node, "string", _TEXT):
        return None
    text = "~" * max(node.get("minLength", 0), 1)
    return Made({**node, "not": _only(text)}, lost=(_only(text),))


# Types, enums.


def _kinds(node: _Schema) -> list[str]:
    kinds = node.get("type", [])
    return [kinds] if isinstance(kinds, str) else list(kinds)


def _kind_added(kind: str, value: JSON) -> Change:
    def change(node: _Schema, _: Random) -> Made | None:
        kinds = _kinds(node)
        if not kinds or kind in kinds or not node.keys().isdisjoint(_OF_ALL):
            return None
        return Made({**node, "type": [*kinds, kind]}, gained=(_only(value),))

    return change


#: Keywords that ask something of values of all types.
_OF_ALL = {"enum", "const", "allOf", "anyOf", "oneOf", "not", "if", "$ref"}


def _kind_removed(node: _Schema, random: Random) -> Made | None:
    kinds = _kinds(node)
    if len(kinds) < 2 or {"integer", "number"} <= {*kinds} or "enum" in node:  # noqa: PLR2004  # two
        return None
    gone = random.choice(kinds)
    rest = [kind for kind in kinds if kind != gone]
    return Made({**node, "type": rest if len(rest) > 1 else rest[0]}, lost=({"type": gone},))


_NUMBER = {"minimum", "maximum"}


def _any_number(node: _Schema, _: Random) -> Made | None:
    if not plain(node, "integer", _NUMBER):
        return None
    kinds = ["number" if kind == "integer" else kind for kind in _kinds(node)]
    made = {**node, "type": kinds if len(kinds) > 1 else kinds[0]}
    return Made(made, gained=({"type": "number", "not": {"multipleOf": 1}},))


def _whole_number(node: _Schema, _: Random) -> Made | None:
    if not plain(node, "number", _NUMBER) or "integer" in _kinds(node):
        return None
    kinds = ["integer" if kind == "number" else kind for kind in _kinds(node)]
    made = {**node, "type": kinds if len(kinds) > 1 else kinds[0]}
    return Made(made, lost=({"type": "number", "not": {"multipleOf": 1}},))


_ENUM = {"enum", *_TEXT, *_NUMBER}


def _is_enum(node: _Schema, fewest: int) -> bool:
    return len(node.get("enum", ())) >= fewest and node.keys() <= TOLD | _ENUM | {"type"}


def _member_removed(node: _Schema, random: Random) -> Made | None:
    if not _is_enum(node, 2):
        return None
    gone = random.randrange(len(node["enum"]))
    members = node["enum"][:gone] + node["enum"][gone + 1 :]
    return Made({**node, "enum": members}, lost=(_only(node["enum"][gone]),))


def _member_added(node: _Schema, _: Random) -> Made | None:
    new = "~" * node.get("minLength", 1)
    if not _is_enum(node, 1) or ("type" in node and "string" not in _kinds(node)):
        return None
    return Made({**node, "enum": [*node["enum"], new]}, gained=(_only(new),))


def _member_replaced(node: _Schema, random: Random) -> Made | None:
    added = _member_added(node, random)
    if added is None:
        return None
    _, *rest = added.node["enum"]
    return Made({**node, "enum": rest}, (_only(node["enum"][0]),), added.gained)


def _const(node: _Schema, _: Random) -> Made | None:
    if len(node.get("enum", ())) != 1 or "const" in node:
        return None
    return Made({**_without(node, "enum"), "const": node["enum"][0]})


# Numbers.


def _bounded(node: _Schema, keyword: str) -> bool:
    kinds = {*_kinds(node)} & {"integer", "number"}
    return bool(kinds) and node.keys() <= TOLD | _NUMBER | {"type"} and keyword in node


def _minimum_raised(node: _Schema, _: Random) -> Made | None:
    if not _bounded(node, "minimum"):
        return None
    return Made({**node, "minimum": node["minimum"] + 1}, lost=(_only(node["minimum"]),))


def _maximum_raised(node: _Schema, _: Random) -> Made | None:
    if not _bounded(node, "maximum") or abs(node["maximum"]) > _EXACT:
        return None
    most = node["maximum"] + 1
    return Made({**node, "maximum": most}, gained=(_only(most),))


def _maximum_added(node: _Schema, _: Random) -> Made | None:
    kinds = {*_kinds(node)} & {"integer", "number"}
    if not kinds or not node.keys() <= TOLD | {"minimum", "type"}:
        return None
    most = int(node.get("minimum", 0)) + 100
    return Made({**node, "maximum": most}, lost=(_only(most + 1),))


def _minimum_removed(node: _Schema, _: Random) -> Made | None:
    if not _bounded(node, "minimum") or abs(node["minimum"]) > _EXACT:
        return None
    return Made(_without(node, "minimum"), gained=(_only(node["minimum"] - 1),))


_EXACT = 2**53


def _bound_between_integers(node: _Schema, _: Random) -> Made | None:
    least = node.get("minimum")
    if type(least) is not int or abs(least) > _EXACT or "exclusiveMinimum" in node:
        return None
    return Made({**node, "minimum": least - 0.5}) if _kinds(node) == ["integer"] else None


def _multiple_added(node: _Schema, _: Random) -> Made | None:
    kinds = {*_kinds(node)} & {"integer", "number"}
    if not kinds or not node.keys() <= TOLD | _NUMBER | {"type"}:
        return None
    odd = {"type": "integer", "not": {"multipleOf": 3}}
    return Made({**node, "multipleOf": 3}, lost=(odd,))


# Arrays.


def _array(node: _Schema) -> bool:
    return plain(node, "array", OF_ARRAYS)


def _min_items_raised(node: _Schema, _: Random) -> Made | None:
    least = node.get("minItems", 0)
    if not _array(node) or least >= node.get("maxItems", least + 1):
        return None
    return Made({**node, "minItems": least + 1}, lost=({"type": "array", "maxItems": least},))


def _max_items_added(node: _Schema, _: Random) -> Made | None:
    if not _array(node) or "maxItems" in node:
        return None
    most = node.get("minItems", 0) + 1
    return Made({**node, "maxItems": most}, lost=({"type": "array", "minItems": most + 1},))


def _max_items_removed(node: _Schema, _: Random) -> Made | None:
    if not _array(node) or "maxItems" not in node:
        return None
    more = {"type": "array", "minItems": node["maxItems"] + 1}
    return Made(_without(node, "maxItems"), gained=(more,))


def _unique_items_added(node: _Schema, _: Random) -> Made | None:
    if not _array(node) or node.get("uniqueItems") or "items" not in node:
        return None
    try:
        item = examples(node["items"], 1)[0]
    except (NothingToDraw, NoVerdict):
        return None
    twice = {"type": "array", "minItems": 2, "items": _only(item)}
    return Made({**node, "uniqueItems": True}, lost=(twice,))


def _contains_added(node: _Schema, _: Random) -> Made | None:
    if not _array(node) or node.get("minItems"):
        return None
    return Made({**node, "contains": {}}, lost=({"type": "array", "maxItems": 0},))


# Objects.

_NEW = "~new"
_APART = "told-apart"


def _object(node: _Schema) -> bool:
    return plain(node, "object", OF_OBJECTS)


def _open(node: _Schema) -> bool:
    return _object(node) and node.get("additionalProperties", True) in (True, {})


def _closed(node: _Schema) -> bool:
    return _object(node) and node.get("additionalProperties") is False


def _has(name: str, value: JSON = None) -> _Schema:
    has = {"type": "object", "required": [name]}
    return has if value is None else {**has, "properties": {name: value}}


def _lacks(name: str) -> _Schema:
    return {"type": "object", "not": {"required": [name]}}


def _names(node: _Schema) -> _Schema:
    found: _Schema = node.get("properties", {})
    return found


def _property_added(node: _Schema, _: Random) -> Made | None:
    """Declare a property: where others are forbidden it is gained; else others of it are lost."""
    made = {**node, "properties": {**_names(node), _NEW: {"type": "string"}}}
    if _closed(node):
        return Made(made, gained=(_has(_NEW),))
    return Made(made, lost=(_has(_NEW, {"type": "boolean"}),)) if _open(node) else None


def _property_removed(node: _Schema, random: Random) -> Made | None:
    """Take a property away: where others are forbidden, what has it is lost."""
    optional = sorted(_names(node).keys() - {*node.get("required", ())})
    if not (_closed(node) and optional):
        return None
    gone = random.choice(optional)
    return Made({**node, "properties": _without(_names(node), gone)}, lost=(_has(gone),))


def _property_freed(node: _Schema, random: Random) -> Made | None:
    """Take a property away where others are allowed: it may be anything."""
    typed = sorted(name for name, each in _names(node).items() if _is_typed(each))
    if not (_open(node) and typed):
        return None
    freed = random.choice(typed)
    other = {"not": {"type": _names(node)[freed]["type"]}}
    return Made({**node, "properties": _without(_names(node), freed)}, gained=(_has(freed, other),))


def _is_typed(schema: JSON) -> bool:
    return isinstance(schema, dict) and "type" in schema and "$ref" not in schema


def _property_renamed(node: _Schema, random: Random) -> Made | None:
    optional = sorted(_names(node).keys() - {*node.get("required", ())})
    if not (_closed(node) and optional):
        return None
    gone = random.choice(optional)
    names = {(_NEW if name == gone else name): each for name, each in _names(node).items()}
    return Made({**node, "properties": names}, lost=(_has(gone),), gained=(_has(_NEW),))


def _required_added(node: _Schema, random: Random) -> Made | None:
    optional = sorted(_names(node).keys() - {*node.get("required", ())})
    if not (_object(node) and optional):
        return None
    needed = random.choice(optional)
    return Made({**node, "required": [*node.get("required", ()), needed]}, lost=(_lacks(needed),))


def _required_removed(node: _Schema, random: Random) -> Made | None:
    if not (_object(node) and len(node.get("required", ())) > 1):
        return None
    free = random.choice(node["required"])
    rest = [name for name in node["required"] if name != free]
    return Made({**node, "required": rest}, gained=(_lacks(free),))


def _shut(node: _Schema, _: Random) -> Made | None:
    return Made({**node, "additionalProperties": False}, (_has(_NEW),)) if _open(node) else None


def _opened(node: _Schema, _: Random) -> Made | None:
    made = {**node, "additionalProperties": True}
    return Made(made, gained=(_has(_NEW),)) if _closed(node) else None


def _dependency_added(node: _Schema, random: Random) -> Made | None:
    optional = sorted(_names(node).keys() - {*node.get("required", ())})
    if not (_object(node) and len(optional) > 1):
        return None
    one, other = random.sample(optional, 2)
    lost = {"type": "object", "required": [one], "not": {"required": [other]}}
    return Made({**node, "dependencies": {one: [other]}}, lost=(lost,))


def _condition_added(node: _Schema, random: Random) -> Made | None:
    made = _dependency_added(node, random)
    if made is None:
        return None
    [(one, [other])] = made.node["dependencies"].items()
    asked = {"if": {"required": [one]}, "then": {"required": [other]}}
    return Made({**node, **asked}, lost=made.lost)


def _names_bounded(node: _Schema, _: Random) -> Made | None:
    if not _open(node):
        return None
    return Made({**node, "propertyNames": {"pattern": "^[^~]*$"}}, lost=(_has(_NEW),))


def _names_allowed(node: _Schema, _: Random) -> Made | None:
    if not _closed(node):
        return None
    return Made({**node, "patternProperties": {"^~": {}}}, gained=(_has(_NEW),))


def _most_properties(node: _Schema, _: Random) -> Made | None:
    if not _open(node):
        return None
    most = len({*_names(node), *node.get("required", ())})
    lost = {"type": "object", "minProperties": most + 1}
    return Made({**node, "maxProperties": most}, lost=(lost,))


# Alternatives.


def _branch_added(node: _Schema, _: Random) -> Made | None:
    kinds = _kinds(node)
    told = {name: each for name, each in node.items() if name in TOLD - {"default"} | KEPT}
    if not kinds or "boolean" in kinds:
        return None
    branch = {name: each for name, each in node.items() if name not in told}
    return Made({**told, "oneOf": [branch, {"type": "boolean"}]}, gained=(_only(value=True),))


def _branch_removed(node: _Schema, _: Random) -> Made | None:
    kinds = _kinds(node)
    if "null" not in kinds or len(kinds) == 1 or not node.keys() <= TOLD | {"type"}:
        return None
    rest = [{"type": kind} for kind in kinds if kind != "null"]
    return Made({**_without(node, "type"), "anyOf": rest}, lost=({"type": "null"},))


# What changes nothing.


def _described(node: _Schema, _: Random) -> Made:
    return Made({**node, "description": "Told in another way", "title": "Another"})


def _shuffled(keyword: str) -> Change:
    def change(node: _Schema, random: Random) -> Made | None:
        several = node.get(keyword)
        if not isinstance(several, list) or len(several) < 2:  # noqa: PLR2004  # two
            return None
        return Made({**node, keyword: random.sample(several, len(several))})

    return change


def _wrapped(keyword: str) -> Change:
    """Tell a schema within another that asks nothing more."""

    def change(node: _Schema, _: Random) -> Made:
        told = {name: each for name, each in node.items() if name in {*TOLD, *KEPT, "$id", "id"}}
        return Made({**told, keyword: [{k: v for k, v in node.items() if k not in told}]})

    return change


def _kinds_apart(node: _Schema, _: Random) -> Made | None:
    kinds = _kinds(node)
    if len(kinds) < 2 or "anyOf" in node:  # noqa: PLR2004  # two
        return None
    return Made({**_without(node, "type"), "anyOf": [{"type": kind} for kind in kinds]})


def _bound_apart(node: _Schema, random: Random) -> Made | None:
    apart = sorted({"maxLength", "minLength", "pattern", "enum", "type", "required"} & node.keys())
    if not apart or "allOf" in node:
        return None
    keyword = random.choice(apart)
    return Made({**_without(node, keyword), "allOf": [{keyword: node[keyword]}]})


def _definition_renamed(node: _Schema, random: Random) -> Made | None:
    names = sorted(node.get("definitions", ()))
    if not names or any(each in '"~/%' for each in "".join(names)):
        return None
    name = random.choice(names)
    inside = {
        f"{name}-again" if each == name else each: node["definitions"][each] for each in names
    }
    text = json.dumps({**node, "definitions": inside})
    for end in ('"', "/"):
        text = text.replace(f'"#/definitions/{name}{end}', f'"#/definitions/{name}-again{end}')
    return Made(json.loads(text))


def _definition_added(node: _Schema, _: Random) -> Made | None:
    definitions = {**node.get("definitions", {}), _APART: {"type": "string", "maxLength": 1}}
    return Made({**node, "definitions": definitions})


def _definition_made(node: _Schema, random: Random) -> Made | None:
    """Tell what is asked of a property elsewhere, and refer to it."""
    names = sorted(name for name, each in _names(node).items() if isinstance(each, dict))
    if not names:
        return None
    name = random.choice(names)
    definitions = {**node.get("definitions", {}), _APART: node["properties"][name]}
    properties = {**node["properties"], name: {"$ref": f"#/definitions/{_APART}"}}
    made = {**node, "properties": properties, "definitions": definitions}
    lead = f'"#/properties/{name}'  # a reference that led there would lead to a reference
    return None if lead in json.dumps(node) else Made(made)


def _reference_inlined(node: _Schema, random: Random) -> Made | None:
    """Tell what a property refers to in its place."""
    known = node.get("definitions", {})
    start = "#/definitions/"
    names = sorted(
        name
        for name, each in _names(node).items()
        if isinstance(each, dict)
        and each.keys() == {"$ref"}
        and each["$ref"].removeprefix(start) in known
    )
    if not names:
        return None
    name = random.choice(names)
    referred = known[node["properties"][name]["$ref"].removeprefix(start)]
    return Made({**node, "properties": {**node["properties"], name: referred}})


def _without(node: _Schema, keyword: str) -> _Schema:
    return {name: each for name, each in node.items() if name != keyword}


#: All ways, by name.
OPERATORS = (
    Operator("maxLength raised", _max_length_raised),
    Operator("maxLength lowered", _max_length_lowered),
    Operator("maxLength added", _max_length_added),
    Operator("maxLength removed", _max_length_removed),
    Operator("minLength raised", _min_length_raised),
    Operator("pattern added", _pattern_added),
    Operator("pattern removed", _pattern_removed),
    Operator("format removed", _format_removed),
    Operator("format added", _format_added),
    Operator("not added", _text_forbidden),
    Operator("null allowed", _kind_added("null", None)),
    Operator("another type allowed", _kind_added("boolean", value=True)),
    Operator("type narrowed", _kind_removed),
    Operator("integer to number", _any_number),
    Operator("number to integer", _whole_number),
    Operator("enum value removed", _member_removed),
    Operator("enum value added", _member_added),
    Operator("enum value replaced", _member_replaced),
    Operator("minimum raised", _minimum_raised),
    Operator("minimum removed", _minimum_removed),
    Operator("maximum raised", _maximum_raised),
    Operator("maximum added", _maximum_added),
    Operator("multipleOf added", _multiple_added),
    Operator("minItems raised", _min_items_raised),
    Operator("maxItems added", _max_items_added),
    Operator("maxItems removed", _max_items_removed),
    Operator("uniqueItems added", _unique_items_added),
    Operator("contains added", _contains_added, since="draft-06"),
    Operator("property added", _property_added),
    Operator("property removed from closed", _property_removed),
    Operator("property removed from open", _property_freed),
    Operator("property renamed in closed", _property_renamed),
    Operator("required added", _required_added),
    Operator("required removed", _required_removed),
    Operator("closed", _shut),
    Operator("opened", _opened),
    Operator("dependency added", _dependency_added),
    Operator("if and then added", _condition_added, since="draft-07"),
    Operator("propertyNames added", _names_bounded, since="draft-06"),
    Operator("patternProperties added", _names_allowed),
    Operator("maxProperties added", _most_properties),
    Operator("disjoint branch added", _branch_added),
    Operator("branch for null removed", _branch_removed),
    # What changes nothing.
    Operator("described in another way", _described, "anywhere"),
    Operator("order of enum", _shuffled("enum"), "anywhere"),
    Operator("order of required", _shuffled("required"), "anywhere"),
    Operator("order of types", _shuffled("type"), "anywhere"),
    Operator("order of anyOf", _shuffled("anyOf"), "anywhere"),
    Operator("order of oneOf", _shuffled("oneOf"), "anywhere"),
    Operator("wrapped in allOf", _wrapped("allOf"), "anywhere"),
    Operator("wrapped in anyOf", _wrapped("anyOf"), "anywhere"),
    Operator("types as anyOf", _kinds_apart, "anywhere"),
    Operator("keyword moved into allOf", _bound_apart, "anywhere"),
    Operator("enum of one as const", _const, "anywhere", since="draft-06"),
    Operator("bound between integers", _bound_between_integers, "anywhere"),
    Operator("definition renamed", _definition_renamed, "whole"),
    Operator("definition added", _definition_added, "whole"),
    Operator("definition made", _definition_made, "whole"),
    Operator("reference inlined", _reference_inlined, "whole"),
)
