"""Rules about bounds: a least that is more than the most, and a most that no storage has."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from validator.lint.rules import Fault, Rule, each_node
from validator.lint.schema_file import Node
from validator.lint.words import quoted

__all__ = ["RULES"]

#: The longest text that a column of Redshift takes.
_LONGEST = 65_535
_NOTHING = "No value of that type is valid."
_SWAP = "Swap the two, or correct the one that is wrong."


def _crossed(node: Node, least: str, most: str) -> Iterator[Fault]:
    low, high = node.number(least), node.number(most)
    if low is not None and high is not None and low > high:
        yield _fault(node, least, most)


def _fault(node: Node, least: str, most: str) -> Fault:
    low, high = quoted(node.schema[least]), quoted(node.schema[most])
    message = f"{most} is {high}, and {least} is {low}: nothing is between them"
    return Fault((*node.path, most), message)


def _bounds(node: Node, inclusive: str, exclusive: str) -> Iterator[tuple[str, float, bool]]:
    """Give the bounds of one side: keyword, number, whether the number itself is left out."""
    without = node.schema.get(exclusive) is True  # draft-04's way
    if (bound := node.number(inclusive)) is not None:
        yield inclusive, bound, without
    if (bound := node.number(exclusive)) is not None:
        yield exclusive, bound, True


def numeric_minimum_maximum(node: Node) -> Iterator[Fault]:
    """Find a least number that is more than the most."""
    lows = _bounds(node, "minimum", "exclusiveMinimum")
    highs = _bounds(node, "maximum", "exclusiveMaximum")
    for (least, low, above), (most, high, below) in product(lows, highs):
        if low > high or (low == high and (above or below)):
            yield _fault(node, least, most)
            return


def string_min_max_length(node: Node) -> Iterator[Fault]:
    """Find a least length that is more than the most."""
    return _crossed(node, "minLength", "maxLength")


def array_min_max_items(node: Node) -> Iterator[Fault]:
    """Find a least number of items that is more than the most."""
    yield from _crossed(node, "minItems", "maxItems")
    yield from _crossed(node, "minContains", "maxContains")


def object_min_max_properties(node: Node) -> Iterator[Fault]:
    """Find a least number of properties that is more than the most."""
    return _crossed(node, "minProperties", "maxProperties")


def string_max_length_range(node: Node) -> Iterator[Fault]:
    """Find a length that no column of Redshift has."""
    most = node.number("maxLength")
    if most is not None and most > _LONGEST:
        message = f"maxLength is {quoted(most)}; a text column of Redshift ends at {_LONGEST:,}"
        yield Fault((*node.path, "maxLength"), message)


RULES = (
    Rule(
        id="numericMinimumMaximum",
        level="error",
        looks_for="A `minimum` that is more than the `maximum`; exclusive bounds count.",
        why=_NOTHING,
        mend=_SWAP,
        example='{"type": "integer", "minimum": 10, "maximum": 1}',
        find=each_node(numeric_minimum_maximum),
    ),
    Rule(
        id="stringMinMaxLength",
        level="error",
        looks_for="A `minLength` that is more than the `maxLength`.",
        why=_NOTHING,
        mend=_SWAP,
        example='{"type": "string", "minLength": 10, "maxLength": 1}',
        find=each_node(string_min_max_length),
    ),
    Rule(
        id="stringMaxLengthRange",
        level="warning",
        looks_for="A `maxLength` of more than 65,535.",
        why="Redshift's longest text column ends there: what is longer is cut, or not loaded.",
        mend="Write 65535 or less.",
        example='{"type": "string", "maxLength": 100000}',
        find=each_node(string_max_length_range),
    ),
    Rule(
        id="arrayMinMaxItems",
        level="error",
        looks_for="A `minItems` that is more than the `maxItems`, or `minContains` than "
        "`maxContains`.",
        why=_NOTHING,
        mend=_SWAP,
        example='{"type": "array", "minItems": 10, "maxItems": 1}',
        find=each_node(array_min_max_items),
    ),
    Rule(
        id="objectMinMaxProperties",
        level="error",
        looks_for="A `minProperties` that is more than the `maxProperties`.",
        why=_NOTHING,
        mend=_SWAP,
        example='{"type": "object", "minProperties": 10, "maxProperties": 1}',
        find=each_node(object_min_max_properties),
    ),
)
