"""Rules about names: of keywords, and of properties that are required."""

from __future__ import annotations

from collections.abc import Iterator

from validator import engine
from validator.limits import Limits
from validator.lint.editing import Edit
from validator.lint.keywords import ANNOTATIONS, KEYWORDS, OF_IGLU
from validator.lint.places import parts_of
from validator.lint.rules import Fault, Rule, each_node
from validator.lint.schema_file import Node, SchemaFile
from validator.lint.words import quoted
from validator.nearby import Nearby
from validator.results import Path

__all__ = ["RULES"]

_OF_EXTENSIONS = "x-"
#: Keywords that tell, decide nothing, and may have a text for their value.
_OF_TEXT = frozenset({"title", "description", "default", "$comment"})
#: Keywords that may stand beside `$ref` where it stands alone, and are missed by nobody.
_BESIDE = ANNOTATIONS | OF_IGLU | {"$schema", "id", "$id", "$ref", "definitions"}
#: Keywords that do something only beside another.
_NEEDED = {
    "then": "if",
    "else": "if",
    "minContains": "contains",
    "maxContains": "contains",
}
_LIMITS = Limits()
#: What says the same in dialects that do not know a keyword.
_INSTEAD = {
    "const": 'Write "enum", with the one value in it.',
    "id": 'Write "$id".',
    "$id": 'Write "id".',
    "$defs": 'Write "definitions".',
    "dependentRequired": 'Write "dependencies".',
    "dependentSchemas": 'Write "dependencies".',
    "prefixItems": 'Write "items", with the array in it.',
    "additionalItems": 'Write "items", and "prefixItems" for the first ones.',
}
_NEEDED_ITEMS = "additionalItems"


def _unknown(node: Node) -> Iterator[str]:
    """Give the keywords that the dialect does not know, but for those that decide nothing."""
    known = KEYWORDS[node.dialect.name] | ANNOTATIONS
    if not node.path:
        known |= OF_IGLU
    return (
        name for name in node.schema if name not in known and not name.startswith(_OF_EXTENSIONS)
    )


def _meant(node: Node, name: str, nearby: Nearby) -> str | None:
    """Give the keyword that was probably meant, unless it is there, too."""
    meant = nearby.closest(name, sorted(KEYWORDS[node.dialect.name] | ANNOTATIONS))
    return None if meant in node.schema else meant


def unknown_keyword(file: SchemaFile) -> Iterator[Fault]:
    """Find keywords that the dialect does not know."""
    nearby = Nearby()
    for node in file.nodes:
        for name in _unknown(node):
            dialects = [each for each, keywords in KEYWORDS.items() if name in keywords]
            message = f"{quoted(name)} is no keyword of {node.dialect.name}, and judges nothing"
            if dialects:
                message += f"; it is one of {', '.join(dialects)}"
            meant = None if dialects else _meant(node, name, nearby)
            instead = _INSTEAD.get(name) if dialects else meant and f"Did you mean {quoted(meant)}?"
            yield Fault(node.path, message, member=name, hint=instead)


def mended_keywords(file: SchemaFile) -> list[Edit]:
    """Rename a misspelt keyword, if the right one decides nothing."""
    nearby = Nearby()
    wrong: dict[Path, dict[str, str]] = {}
    for node in file.nodes:
        if to := _right_names(node, nearby):
            wrong[node.path] = to
    return [
        Edit(part.start, part.name_end, f'"{to[part.name]}"')
        for path, members in parts_of(file, wrong).items()
        for part in members
        if part.name in (to := wrong[path])
    ]


def _right_names(node: Node, nearby: Nearby) -> dict[str, str]:
    """Give the right name of each member that has one, which no other member has, too."""
    meant: dict[str | None, list[str]] = {}
    for name in _unknown(node):
        if _is_new(name):
            meant.setdefault(_meant(node, name, nearby), []).append(name)
    return {
        names[0]: right
        for right, names in meant.items()
        # A reference could lead to what is no text.
        if right in _OF_TEXT and len(names) == 1 and isinstance(node.schema[names[0]], str)
    }


def _is_new(name: str) -> bool:
    return not any(name in keywords for keywords in KEYWORDS.values())


def required_properties_exist(node: Node) -> Iterator[Fault]:
    """Find required names that a closed object does not let in."""
    if node.schema.get("additionalProperties") is not False:
        return
    properties, patterns = node.members("properties"), node.members("patternProperties")
    for index, name in node.names("required"):
        if name in properties or any(_may_fit(each, name, len(patterns)) for each in patterns):
            continue
        message = f"{quoted(name)} is required, and additionalProperties: false does not let it in"
        yield Fault((*node.path, "required", index), message)


def _may_fit(pattern: str, name: str, number: int) -> bool:
    found_in = engine.finder(pattern, _LIMITS, number)
    return found_in is None or found_in(name)


def ref_siblings(node: Node) -> Iterator[Fault]:
    """Find keywords that are ignored beside a reference."""
    if not node.dialect.ref_stands_alone or "$ref" not in node.written:
        return
    for name in node.written:
        if name not in _BESIDE and name in KEYWORDS[node.dialect.name]:
            message = f"{node.dialect.name} ignores {name} beside $ref"
            yield Fault(node.path, message, member=name)


def idle_keyword(node: Node) -> Iterator[Fault]:
    """Find keywords that lack the one which they belong to."""
    known = KEYWORDS[node.dialect.name]
    for name, needed in _NEEDED.items():
        if name in node.schema and name in known and needed not in node.schema:
            yield Fault(node.path, f"{name} does nothing without {needed}", member=name)
    lists = isinstance(node.schema.get("items"), list)
    if _NEEDED_ITEMS in node.schema and _NEEDED_ITEMS in known and not lists:
        message = f"{_NEEDED_ITEMS} does nothing where items is no array"
        yield Fault(node.path, message, member=_NEEDED_ITEMS)


RULES = (
    Rule(
        id="requiredPropertiesExist",
        level="error",
        looks_for="A required name that an object with `additionalProperties: false` does not "
        "have among its `properties`, and that fits none of its `patternProperties`.",
        why="No object is valid: with the name it has one too many, without it one too few.",
        mend="Declare the property, or require another name.",
        example='{"type": "object", "properties": {"userId": {"type": "integer"}}, '
        '"required": ["userid"], "additionalProperties": false}',
        find=each_node(required_properties_exist),
    ),
    Rule(
        id="unknownKeyword",
        level="warning",
        looks_for="A keyword that the dialect does not know, but for those of other dialects that "
        "decide nothing, and names that begin with x-.",
        why="It judges nothing, though its author thinks that it does.",
        mend="Write the keyword that is meant, or take it out; what is meant for people goes into "
        "a description.",
        example='{"type": "string", "maxLenght": 10}',
        find=unknown_keyword,
        fix=mended_keywords,
    ),
    Rule(
        id="refSiblings",
        level="warning",
        looks_for="Keywords that decide beside `$ref`, up to draft-07.",
        why="They are ignored: a reference stands alone there.",
        mend='Put the reference into "allOf": [{"$ref": ...}], beside them.',
        example='{"$ref": "#/definitions/a", "maxLength": 5, "definitions": '
        '{"a": {"type": "string"}}}',
        find=each_node(ref_siblings),
    ),
    Rule(
        id="idleKeyword",
        level="warning",
        looks_for="`then` or `else` without `if`, `minContains` or `maxContains` without "
        "`contains`, `additionalItems` without an array in `items`.",
        why="It judges nothing, though its author thinks that it does.",
        mend="Write the keyword that it belongs to, or take it out.",
        example='{"type": "array", "items": {"type": "integer"}, "additionalItems": false}',
        find=each_node(idle_keyword),
    ),
)
