"""Objects of a schema: their names first, then the members."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from validator.drawing.choices import DeadEnd
from validator.drawing.demands import Demand, demand
from validator.drawing.patterns import finding
from validator.drawing.reading import Unread
from validator.results import JSON

if TYPE_CHECKING:
    from validator.drawing.values import Drawing

__all__ = ["ObjectDrawing"]

#: How often a new name is sought, and how many there are beside those that are declared.
_NAME_TRIES = 10
_MOST_NEW = 3
_LONGEST_NAME = 12
#: An object that must have more names takes too long to draw.
_MOST = 2_000
_LONGEST_MATCHING = 40
_NAMES = ("a", "b", "c", "name", "value", "x-1", "A", "", " ", "$ref", "\u00e9", "id")
#: How many names beside those that are required: none, half of them, most or all.
_NONE, _SOME, _MOST_OF_THEM = range(3)
#: A name is left out once in so many times.
_ODDS = {_SOME: 2, _MOST_OF_THEM: 16}
_DEPENDENT = ("dependencies", "dependentRequired", "dependentSchemas")


class ObjectDrawing:
    """One object that is being drawn."""

    def __init__(self, drawing: Drawing, asked: Demand, depth: int) -> None:
        self._drawing = drawing
        self._tree = drawing.tree
        self._choices = drawing.choices
        self._asked = asked
        self._depth = depth

    @property
    def _least(self) -> int:
        """How many names there are at the least, by all that applies by now."""
        return max([0, *(int(each.get("minProperties", 0)) for each in self._asked.objects)])

    @property
    def _most(self) -> int | None:
        most = [
            int(each["maxProperties"]) for each in self._asked.objects if "maxProperties" in each
        ]
        return min(most, default=None)

    def draw(self, *, frugal: bool) -> dict[str, JSON]:
        """Draw it; with `frugal`, with no more names than it must have.

        :raises DeadEnd: if what was chosen came to none.
        """
        names = dict.fromkeys(
            name for each in self._asked.objects for name in each.get("required", ())
        )
        needed = set(names)
        if not frugal:
            names |= dict.fromkeys(self._optional(names))
        self._complete(names, needed)
        if self._least > _MOST:
            raise DeadEnd
        while len(names) < self._least:
            names[self._another(names)] = None
            self._complete(names, needed)
        if self._most is not None and len(names) > self._most:
            names = self._cut(names, needed)
        drawn: dict[str, JSON] = {}
        for name in names:
            try:
                drawn[name] = self._member(name)
            except DeadEnd:
                if name in needed or len(names) <= self._least:
                    raise
        return drawn

    def _member(self, name: str) -> JSON:
        schemas = self._members(name)
        if schemas is None:
            raise DeadEnd
        return self._choices.unit(lambda: self._drawing.value(schemas, self._depth + 1))

    def _declared(self) -> list[str]:
        names = (name for each in self._asked.objects for name in each.get("properties", ()))
        return list(dict.fromkeys(names))

    def _optional(self, names: dict[str, None]) -> list[str]:
        """Choose names beside those that are required: none, some, or most; and new ones."""
        way = self._choices.integer(_NONE, _MOST_OF_THEM)
        if way == _NONE:
            return []
        declared = [
            name
            for name in self._declared()
            if name not in names and self._members(name) is not None
        ]
        # Integers, since shrinking lowers one and tries to drop the member that comes of it.
        chosen = [name for name in declared if self._choices.integer(0, _ODDS[way] - 1)]
        room = None if self._most is None else max(self._most - len(names), 0)
        chosen = chosen[:room]
        if not self._is_closed() and (room is None or len(chosen) < room):
            new = self._choices.several(0, _MOST_NEW, lambda: self._new({**names}))
            chosen += [name for name in new if name is not None]
        return chosen[:room]

    def _is_closed(self) -> bool:
        """Whether there can be no names but those that are declared."""
        return any(
            each.get("additionalProperties") is False and not each.get("patternProperties")
            for each in self._asked.objects
        )

    def _new(self, taken: dict[str, None]) -> str | None:
        """Choose a name that is not declared; None where none was found that is allowed."""
        names = self._name_schemas()
        patterns = [
            pattern for each in self._asked.objects for pattern in each.get("patternProperties", ())
        ]
        for _ in range(_NAME_TRIES):
            name = self._name(names, patterns)
            if name not in taken and self._members(name) is not None:
                return name
        return None

    def _name_schemas(self) -> list[JSON]:
        return [each["propertyNames"] for each in self._asked.objects if "propertyNames" in each]

    def _name(self, schemas: list[JSON], patterns: list[str]) -> str:
        if schemas:
            return str(self._drawing.value([*schemas, {"type": "string"}], self._depth + 1))
        if patterns and self._choices.flag():
            with suppress(Unread, DeadEnd):
                return finding(self._choices, self._choices.pick(patterns), 0, _LONGEST_MATCHING)
        way = self._choices.integer(0, 2)
        if way == 0:
            return self._choices.pick(_NAMES)
        if way == 1 and self._tree.names:
            return self._choices.pick(self._tree.names)
        return self._choices.text(0, _LONGEST_NAME)

    def _another(self, names: dict[str, None]) -> str:
        declared = [
            name
            for name in self._declared()
            if name not in names and self._members(name) is not None
        ]
        name = self._choices.pick(declared) if declared else self._new(names)
        if name is None:
            raise DeadEnd
        return name

    def _members(self, name: str) -> list[JSON] | None:
        """Give what applies to the member of a name; None if there must be none."""
        schemas: list[JSON] = []
        declared = any(name in each.get("properties", ()) for each in self._asked.objects)
        for each in self._asked.objects:
            schemas += self._of_one(each, name)
            if "unevaluatedProperties" in each and not declared:
                schemas.append(each["unevaluatedProperties"])
            if "propertyNames" in each and not self._tree.accepts(each["propertyNames"], name):
                return None
        return None if any(each is False for each in schemas) else schemas

    def _of_one(self, schema: dict[str, JSON], name: str) -> Iterator[JSON]:
        known = False
        if name in schema.get("properties", ()):
            known = True
            yield schema["properties"][name]
        for pattern, each in schema.get("patternProperties", {}).items():
            if self._tree.matches(pattern, name):
                known = True
                yield each
        if not known and "additionalProperties" in schema:
            yield schema["additionalProperties"]

    # Names that need others.

    def _complete(self, names: dict[str, None], needed: set[str]) -> None:
        """Add the names that others need, and what they ask of the whole object."""
        applied: set[tuple[int, str]] = set()
        pending = list(names)
        while pending:
            name = pending.pop()
            for each in list(self._asked.objects):
                for keyword in _DEPENDENT:
                    wanted = each.get(keyword, {}).get(name, [])
                    if isinstance(wanted, list):
                        new = [other for other in wanted if other not in names]
                    elif (id(each), name) not in applied:
                        applied.add((id(each), name))
                        new = self._apply(wanted, names)
                        pending += names
                    else:
                        new = []
                    needed.update(new)
                    names.update(dict.fromkeys(new))
                    pending += new

    def _apply(self, schema: JSON, names: dict[str, None]) -> list[str]:
        """Ask of the object what a schema asks, and give the names that it requires."""
        asked = demand([schema], self._tree, self._choices, frugal=True, of=self._asked)
        if "object" not in asked.kinds:
            raise DeadEnd
        return [
            name for each in asked.objects for name in each.get("required", ()) if name not in names
        ]

    def _cut(self, names: dict[str, None], needed: set[str]) -> dict[str, None]:
        optional = [name for name in names if name not in needed]
        surplus = len(names) - (self._most or 0)
        if surplus > len(optional):
            raise DeadEnd
        left_out = set(optional[len(optional) - surplus :])
        return {name: None for name in names if name not in left_out}
