"""Rules of those who store what comes: columns of a size, with a name, that are told of."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from validator.lint.anchors import longest
from validator.lint.keywords import FORMATS
from validator.lint.rules import Fault, Rule, each_node
from validator.lint.schema_file import Node
from validator.lint.words import listed, quoted
from validator.results import JSON

__all__ = ["RULES", "is_bounded"]

_LEAST = frozenset({"minimum", "exclusiveMinimum"})
_MOST = frozenset({"maximum", "exclusiveMaximum"})
_VALUES = frozenset({"enum", "const"})
#: What the longest text of a pattern may be, for it to bound one.
_LONGEST = 65_535
_DISALLOWED = re.compile(r"[^A-Za-z0-9_-]")
_ILLEGAL_START = re.compile(r"[^A-Za-z_]")


def _excludes(schema: dict[str, JSON], *types: str) -> bool:
    own = schema.get("type")
    named = own if isinstance(own, list) else [own]
    return own is not None and not any(each in named for each in types)


def numeric_min_max(node: Node) -> Iterator[Fault]:
    """Find a number without bounds."""
    if not node.tells or not (node.types or set()) & {"number", "integer"}:
        return

    def says(words: frozenset[str]) -> bool:
        return node.holds(
            lambda schema: (
                not schema.keys().isdisjoint(words | _VALUES)
                or _excludes(schema, "number", "integer")
            )
        )

    lacking = [word for word, words in (("minimum", _LEAST), ("maximum", _MOST)) if not says(words)]
    if lacking:
        yield Fault(node.path, f"a number without {' and '.join(lacking)}")


def is_bounded(schema: dict[str, JSON]) -> bool:
    """Whether a schema says itself how long a text may be, but for its format and its pattern."""
    return ("maxLength" in schema or not schema.keys().isdisjoint(_VALUES)) or _excludes(
        schema, "string"
    )


def _is_patterned(schema: dict[str, JSON]) -> bool:
    """Whether a pattern says how long a text may be."""
    pattern = schema.get("pattern")
    most = longest(pattern) if isinstance(pattern, str) else None
    return most is not None and most <= _LONGEST


def string_length(node: Node) -> Iterator[Fault]:
    """Find a text without a bound, a known format, or a pattern that is a bound."""
    if not node.tells or "string" not in (node.types or ()):
        return
    known = FORMATS[node.dialect.name]

    def says(schema: dict[str, JSON]) -> bool:
        return is_bounded(schema) or _is_patterned(schema) or _text(schema, "format") in known

    if not node.holds(says):
        yield Fault(node.path, "a text without maxLength")


def _text(schema: dict[str, JSON], keyword: str) -> str:
    value = schema.get(keyword)
    return value if isinstance(value, str) else ""


def pattern_length(node: Node) -> Iterator[Fault]:
    """Find a pattern that bounds nothing, without a bound beside it."""
    if not node.tells or not isinstance(node.schema.get("pattern"), str):
        return
    if not node.holds(lambda schema: is_bounded(schema) or _is_patterned(schema)):
        message = "a text with a pattern that takes any length, and without maxLength"
        yield Fault(node.path, message)


def _is_described(schema: dict[str, JSON]) -> bool:
    """Whether there is a description, or there may be: a reference out of the file leads to one."""
    reference = schema.get("$ref")
    leads_out = isinstance(reference, str) and not reference.startswith("#")
    return leads_out or isinstance(schema.get("description"), str)


def description(node: Node) -> Iterator[Fault]:
    """Find a schema, or a property of it, that nobody described."""
    is_told_of = node.parent is None or node.edge[0] == "name"
    if not (node.tells and is_told_of) or _is_described(node.written):
        return
    # What holds for the object says nothing of its property, so only what is within counts.
    if not attrs.evolve(node, parent=None, edge=("name", "")).holds(_is_described):
        what = f"the property {quoted(node.path[-1])}" if node.path else "the schema"
        yield Fault(node.path, f"{what} has no description")


def optional_null(node: Node) -> Iterator[Fault]:
    """Find an optional property that can't be null."""
    required = {name for _, name in node.names("required")}
    for name, schema in node.members("properties").items():
        if not (node.tells and isinstance(schema, dict)) or name in required:
            continue
        types = schema.get("type")
        if types is not None and _excludes(schema, "null"):
            message = f"{quoted(name)} is optional, and its type lets no null in"
            yield Fault((*node.path, "properties", name, "type"), message)


def bq_disallowed_characters(node: Node) -> Iterator[Fault]:
    """Find names that no column of BigQuery has."""
    for name in node.members("properties"):
        if wrong := sorted(set(_DISALLOWED.findall(name))):
            message = f"a column of BigQuery can't have {listed(wrong)} in its name"
            yield Fault((*node.path, "properties"), message, member=name)


def bq_illegal_start(node: Node) -> Iterator[Fault]:
    """Find names that no column of BigQuery begins with."""
    for name in node.members("properties"):
        if not name or _ILLEGAL_START.match(name):
            message = "a column of BigQuery has a name that begins with a letter or an underscore"
            yield Fault((*node.path, "properties"), message, member=name)


RULES = (
    Rule(
        id="numericMinMax",
        level="warning",
        looks_for="A number or integer without a `minimum` or a `maximum`.",
        why="Loaders choose the width of a column by them; without, they take the widest.",
        mend="Write both.",
        example='{"type": "integer", "minimum": 0}',
        find=each_node(numeric_min_max),
    ),
    Rule(
        id="stringLength",
        level="warning",
        looks_for="A text without `maxLength`, `enum`, a known `format`, or a `pattern` that "
        "bounds it.",
        why="Loaders choose the width of a column by it; without, a text may be cut.",
        mend="Write the `maxLength` that is wanted.",
        example='{"type": "string"}',
        find=each_node(string_length),
    ),
    Rule(
        id="patternLength",
        level="warning",
        looks_for="A `pattern` that takes texts of any length, without a `maxLength` beside it: "
        "one that is not held to both ends, by ^ and $, or repeats without end.",
        why="The pattern looks like a bound and is none: a text of a megabyte fits.",
        mend="Write a `maxLength` beside it, or ^ before and $ behind the pattern, and an end to "
        "its repetitions: {1,20} for +.",
        example='{"type": "string", "pattern": "^[a-z]+$"}',
        find=each_node(pattern_length),
    ),
    Rule(
        id="optionalNull",
        level="note",
        looks_for="A property that is not required and whose `type` lets no null in.",
        why="Many trackers send null for what they do not know; the whole event is refused then.",
        mend='Add "null" to the type, or require the property.',
        example='{"type": "object", "properties": {"a": {"type": "integer"}}}',
        find=each_node(optional_null),
    ),
    Rule(
        id="description",
        level="note",
        looks_for="A schema, or a property of it, without a `description`, its own or one of what "
        "it refers to.",
        why="Who sends or reads the value has nothing else to learn from what it means.",
        mend="Write one.",
        example='{"type": "object", "properties": {"a": {"type": "integer"}}}',
        find=each_node(description),
    ),
    Rule(
        id="bqDisallowedCharacters",
        level="warning",
        looks_for="A property whose name has other characters than letters, digits, underscores "
        "and dashes (loaders make underscores of those).",
        why="It can't name a column of BigQuery.",
        mend="Name the property otherwise: in a new model, if the schema is published.",
        example='{"type": "object", "properties": {"a.b": {"type": "integer"}}}',
        find=each_node(bq_disallowed_characters),
    ),
    Rule(
        id="bqIllegalStart",
        level="warning",
        looks_for="A property whose name begins with neither a letter nor an underscore.",
        why="It can't name a column of BigQuery.",
        mend="Name the property otherwise: in a new model, if the schema is published.",
        example='{"type": "object", "properties": {"1st": {"type": "integer"}}}',
        find=each_node(bq_illegal_start),
    ),
)
