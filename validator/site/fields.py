"""The fields of a payload, as rows of a table: each with its path, its type and its rules."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias
from urllib.parse import quote

import attrs

from validator.closure import Closure
from validator.results import JSON
from validator.site.branches import branches
from validator.site.nodes import Node, Part, Reader
from validator.site.rules import rules
from validator.site.summaries import Link, Summaries
from validator.site.values import Field, Fields, Piece, Pieces, Rule, code, joined, json_text

__all__ = ["fields"]

#: Rows, and levels of fields within fields, that are told: the schema itself stands below them.
_MOST_ROWS = 600
_DEEPEST = 12
#: Characters of an anchor.
_LONGEST = 100
_PLAIN = re.compile(r"[A-Za-z_$@][\w$@-]*")
_LARGEST_EXAMPLE = 80

#: A step from a value to what is in it: a name, the place of an item, or any item, any name.
_Step: TypeAlias = str | int | None


def fields(closure: Closure, example: JSON, link: Link) -> Fields:
    """Give the rows of a schema that was gathered; values are shown of the example.

    :param link: gives the page of an Iglu schema.
    """
    reader = Reader(closure)
    walk = _Walk(reader, Summaries(reader, link), example)
    try:
        walk.row(_Place(node=reader.root()))
    except _Full:
        return Fields(tuple(walk.rows), truncated=True)
    return Fields(tuple(walk.rows), truncated=walk.truncated)


class _Full(Exception):
    """There are rows enough."""


@attrs.frozen(kw_only=True)
class _Place:
    """A value that a row is to tell of, and what is known of it from those around it."""

    node: Node
    path: str = ""
    name: str = ""
    depth: int = 0
    presence: Literal["required", "optional", ""] = ""
    condition: Pieces = ()
    #: Leads to it in the example; None where the example need not have it.
    steps: tuple[_Step, ...] | None = ()
    #: The schemas that are being told of, each with its path: one of them again is recursion.
    ancestors: Mapping[int, str] = attrs.field(factory=dict)

    def inside(self, ending: str, step: _Step, node: Node) -> _Place:
        """Give the place of a member."""
        own = {part.number: self.path for part in self.node.parts}
        return attrs.evolve(
            self,
            node=node,
            path=f"{self.path}{ending}".removeprefix("."),
            name="",
            depth=self.depth + 1,
            presence="",
            steps=None if self.steps is None else (*self.steps, step),
            ancestors={**self.ancestors, **own},
        )


class _Walk:
    """The state of one walk through a schema."""

    def __init__(self, reader: Reader, summaries: Summaries, example: JSON) -> None:
        self._reader = reader
        self._summaries = summaries
        self._example = example
        self._anchors: dict[str, int] = {}
        self.rows: list[Field] = []
        self.truncated = False

    def row(self, place: _Place) -> None:
        """Tell a value, then what is in it."""
        if len(self.rows) >= _MOST_ROWS:
            raise _Full
        again = _again(place)
        self.rows.append(self._told(place, again))
        if again is None:
            self._members(place)

    def _told(self, place: _Place, again: str | None) -> Field:
        node = place.node
        default = next(iter(node.said("default")), None)
        description = node.first("description") or node.first("title") or ""
        return Field(
            path=place.path,
            name=place.name,
            anchor=self._anchor(place.path),
            depth=min(place.depth, _DEEPEST),
            presence=place.presence,
            types=self._summaries.types(node),
            rules=tuple(self._rules(node)) if again is None else (_recursion(again),),
            description=description if isinstance(description, str) else "",
            default=None if default is None else json_text(default[1]),
            example=self._shown(place),
            condition=place.condition,
            is_deprecated=node.first("deprecated") is True,
        )

    def _rules(self, node: Node) -> Iterator[Rule]:
        yield from rules(node)
        yield from self._summaries.asked(node)
        closed = [*node.said("additionalProperties"), *node.said("unevaluatedProperties")]
        if any(schema is False for _, schema in closed):
            yield Rule((Piece("no other fields"),))
        elif any(True for _ in node.said("properties")) and _is_open(closed):
            yield Rule((Piece("other fields are let through"),))
        if any(schema is False for _, schema in _others_of(node)):
            yield Rule((Piece("no further items"),))

    def _anchor(self, path: str) -> str:
        """Make what a link to a row ends with: the path, and a number where it is not the first."""
        anchor = f"field-{quote(path, safe='.-_[]')}"
        if len(anchor) > _LONGEST:
            anchor = f"field-{hashlib.sha256(path.encode()).hexdigest()[:32]}"
        times = self._anchors[anchor] = self._anchors.get(anchor, 0) + 1
        return anchor if times == 1 else f"{anchor}:{times}"

    def _shown(self, place: _Place) -> str | None:
        """Give what a value looks like: as the schema says, else as in the whole example."""
        said = place.node.first("examples")
        if isinstance(said, list) and said:
            return json_text(said[0])
        is_told = any(True for name in ("const", "enum") for _ in place.node.said(name))
        if is_told or not place.steps:
            return None
        found = _at(self._example, place.steps)
        if found is _NOWHERE or found is None or isinstance(found, dict | list):
            return None
        text = json_text(found)
        return text if len(text) <= _LARGEST_EXAMPLE else None

    # What is in a value.

    def _members(self, place: _Place) -> None:
        if place.depth >= _DEEPEST:
            self.truncated = self.truncated or _has_members(place.node)
            return
        for each in (*self._properties(place), *self._named_otherwise(place), *self._items(place)):
            self.row(each)
        for each in self._branches(place):
            if _again(each) is None:
                self._members(each)

    def _branches(self, place: _Place) -> Iterator[_Place]:
        at = code(place.path) if place.path else Piece("the payload")
        own = dict.fromkeys((part.number for part in place.node.parts), place.path)
        for node, case in branches(place.node, self._reader, at):
            yield attrs.evolve(
                place,
                node=node,
                condition=joined([place.condition, case], ","),
                steps=None,
                ancestors={**place.ancestors, **own},
            )

    def _properties(self, place: _Place) -> Iterator[_Place]:
        found: dict[str, list[tuple[Part, JSON]]] = {}
        for part, properties in place.node.said("properties"):
            for name, schema in properties.items():
                found.setdefault(name, []).append((part, schema))
        required = place.node.required
        told = found if place.condition else {**found, **required}
        for name in told:
            inside = place.inside(_spelled(name), name, self._reader.inner(found.get(name, ())))
            presence: Literal["required", "optional"] = (
                "required" if name in required else "optional"
            )
            yield attrs.evolve(inside, name=name, presence=presence)

    def _named_otherwise(self, place: _Place) -> Iterator[_Place]:
        for part, patterns in place.node.said("patternProperties"):
            for pattern, schema in patterns.items():
                node = self._reader.inner([(part, schema)])
                yield attrs.evolve(place.inside(f"./{pattern}/", None, node), steps=None)
        for keyword in ("additionalProperties", "unevaluatedProperties"):
            told = [each for each in place.node.said(keyword) if isinstance(each[1], dict)]
            if told := [each for each in told if each[1]]:
                yield attrs.evolve(place.inside(".*", None, self._reader.inner(told)), steps=None)

    def _items(self, place: _Place) -> Iterator[_Place]:
        first = [*place.node.said("prefixItems")]
        first += [pair for pair in place.node.said("items") if isinstance(pair[1], list)]
        for part, schemas in first:
            for index, schema in enumerate(schemas):
                yield place.inside(f"[{index}]", index, self._reader.inner([(part, schema)]))
        count = max((len(schemas) for _, schemas in first), default=0)
        others = [pair for pair in _others_of(place.node) if isinstance(pair[1], dict)]
        if others:
            ending = f"[{count}…]" if count else "[]"
            yield place.inside(ending, count, self._reader.inner(others))


def _is_open(closing: list[tuple[Part, JSON]]) -> bool:
    return all(schema is True or schema == {} for _, schema in closing)


def _others_of(node: Node) -> list[tuple[Part, JSON]]:
    """Give what judges the items after those that have a schema each."""
    additional = [
        (part, schema)
        for part, schema in node.said("additionalItems")
        if isinstance(part.schema.get("items"), list)
    ]
    single = [pair for pair in node.said("items") if not isinstance(pair[1], list)]
    return [*single, *additional, *node.said("unevaluatedItems")]


def _has_members(node: Node) -> bool:
    holding = ("properties", "required", "patternProperties", "items", "prefixItems")
    return any(True for keyword in holding for _ in node.said(keyword))


def _again(place: _Place) -> str | None:
    """Give the path of the value that is judged by a schema that judges this one, too."""
    known = (place.ancestors.get(part.number) for part in place.node.parts)
    return next((path for path in known if path is not None), None)


def _recursion(path: str) -> Rule:
    told = code(path) if path else Piece("the payload as a whole")
    return Rule((Piece("holds again what is told of"), told))


def _spelled(name: str) -> str:
    """Write a name as a step of a path."""
    return f".{name}" if _PLAIN.fullmatch(name) else f"[{json.dumps(name, ensure_ascii=False)}]"


_NOWHERE = object()


def _at(value: JSON, steps: tuple[_Step, ...]) -> JSON:
    """Give what is at a place; `_NOWHERE` if there is nothing."""
    for step in steps:
        is_there = (
            step in value
            if isinstance(value, dict)
            else isinstance(value, list) and isinstance(step, int) and step < len(value)
        )
        if not is_there:
            return _NOWHERE
        value = value[step]
    return value
