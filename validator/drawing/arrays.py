"""Arrays of a schema: one item after the other, those that must be contained in their places."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import orjson

from validator.drawing.choices import DeadEnd
from validator.drawing.demands import Demand
from validator.results import JSON

if TYPE_CHECKING:
    from validator.drawing.values import Drawing

__all__ = ["ArrayDrawing", "same"]

#: How many items there are beside those that there must be.
_MOST_ITEMS = 5
#: How far a place is sought for an item that must be contained.
_PLACES = 100
#: A document with an array that is longer, or takes long to draw, would be refused.
_MOST = 2_000
_EXACT = 2**53


class ArrayDrawing:
    """One array that is being drawn."""

    def __init__(self, drawing: Drawing, asked: Demand, depth: int) -> None:
        self._drawing = drawing
        self._tree = drawing.tree
        self._choices = drawing.choices
        self._asked = asked
        self._depth = depth
        contained = [each["contains"] for each in asked.arrays if "contains" in each]
        self._shapes = [_shape(each, contained) for each in asked.arrays]
        self._unique = any(each.get("uniqueItems") is True for each in asked.arrays)
        self._items: list[JSON] = []
        #: The items that there must be no more of.
        self._taken: set[bytes] = set()
        self._is_full = False
        #: What items at some places are asked beside.
        self._wanted: dict[int, JSON] = {}
        self._kept_out: list[JSON] = []

    def draw(self, *, frugal: bool) -> list[JSON]:
        """Draw it; with `frugal`, with no more items than it must have.

        :raises DeadEnd: if what was chosen came to none.
        """
        least = max([0, *(int(each.get("minItems", 0)) for each in self._asked.arrays)])
        most = min(
            (int(each["maxItems"]) for each in self._asked.arrays if "maxItems" in each),
            default=None,
        )
        least = max(least, self._place_contained())
        if least > _MOST:
            raise DeadEnd
        end = self._end(least + _MOST_ITEMS)
        most = end if most is None else min(most, end)
        if least > most:
            raise DeadEnd
        more = least if frugal else min(most, least + _MOST_ITEMS)
        self._choices.several(least, more, lambda: self._next(least))
        if {"uniqueItems": True} in self._asked.refused and self._items and len(self._items) < most:
            self._items.append(self._items[-1])
        return self._items

    def _next(self, least: int) -> None:
        """Draw the next item; past the least, none where no other was found."""
        if self._is_full:
            return
        schemas = self._schemas(len(self._items))
        try:
            item = self._drawing.value(schemas, self._depth + 1, self._taken)
        except DeadEnd:
            if not self._unique or len(self._items) < least:
                raise
            self._is_full = True
            return
        if self._unique:
            self._taken.add(same(item))
        self._items.append(item)

    def _schemas(self, index: int) -> list[JSON]:
        schemas = [*self._of_shapes(index)]
        if index in self._wanted:
            schemas.append(self._wanted[index])
        schemas += [{"not": each} for each in self._kept_out if each is not self._wanted.get(index)]
        return schemas

    def _of_shapes(self, index: int) -> Iterable[JSON]:
        for first, rest in self._shapes:
            yield first[index] if index < len(first) else rest

    def _end(self, most: int) -> int:
        """Give how many items there may be, as far as is asked."""
        for index in range(most):
            if any(each is False for each in self._of_shapes(index)):
                return index
        return most

    def _place_contained(self) -> int:
        """Choose places for the items that must be contained; give how many items that takes."""
        containing = [each for each in self._asked.arrays if "contains" in each]
        if not containing:
            return 0
        free = self._choices.integer(0, max(len(first) for first, _ in self._shapes))
        for each in containing:
            number = int(each.get("minContains", 1))
            if number > _MOST:
                raise DeadEnd
            for _ in range(number):
                free = self._place(each["contains"], free)
            if "maxContains" in each:
                self._kept_out.append(each["contains"])
        return free

    def _place(self, schema: JSON, free: int) -> int:
        kinds = self._tree.kinds(schema)
        start = free
        for index in range(start, start + _PLACES):
            if all(self._tree.kinds(each) & kinds for each in self._of_shapes(index)):
                self._wanted[index] = schema
                return index + 1
        raise DeadEnd


def _shape(schema: dict[str, JSON], contained: list[JSON]) -> tuple[list[JSON], JSON]:
    """Give what applies to the first items, one by one, and what applies to the rest."""
    others = schema.get("unevaluatedItems", True)
    if contained and others is not True:  # from 2020-12 on, what is contained is evaluated
        others = {"anyOf": [others, *contained]}
    items = schema.get("items", True)
    if isinstance(items, list):
        return items, schema.get("additionalItems", others)
    return schema.get("prefixItems", []), items if "items" in schema else others


def same(value: JSON) -> bytes:
    """Write a value so that those that are equal in JSON are: 1 is 1.0."""
    return orjson.dumps(_whole(value), option=orjson.OPT_SORT_KEYS)


def _whole(value: JSON) -> JSON:
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    if isinstance(value, list):
        return [_whole(each) for each in value]
    if isinstance(value, dict):
        return {name: _whole(each) for name, each in value.items()}
    return value
