"""Values of a schema: each is made as it has to be, and only rarely tried and thrown away."""

from __future__ import annotations

from collections.abc import Collection

import orjson

from validator.drawing import numbers
from validator.drawing.arrays import ArrayDrawing, same
from validator.drawing.choices import Choices, DeadEnd, turned
from validator.drawing.demands import Demand, demand
from validator.drawing.objects import ObjectDrawing
from validator.drawing.others import others
from validator.drawing.texts import text
from validator.drawing.trees import Tree
from validator.results import JSON

__all__ = ["Drawing"]

#: Past so many levels, and past so many values, what is drawn comes to an end.
_DEPTH = 6
_ROOM = 120
#: No document is deeper: `Limits.depth` is 64.
_DEEPEST = 60
#: How often a value is tried anew, and how often all of a document's are, together.
_TRIES = 5
_ALL_TRIES = 60
#: In the order in which they are simple.
_KINDS = ("string", "integer", "fraction", "boolean", "null", "array", "object")


class Drawing:
    """One document that is being drawn."""

    def __init__(self, tree: Tree, choices: Choices) -> None:
        self.tree = tree
        self.choices = choices
        self._room = _ROOM
        self._tries = _ALL_TRIES

    def document(self) -> JSON:
        """Draw a document of the whole schema.

        :raises DeadEnd: if what was chosen came to none.
        """
        return self.value([self.tree.root], 0)

    def value(
        self, schemas: list[JSON], depth: int, taken: Collection[bytes] = frozenset()
    ) -> JSON:
        """Draw a value that all of some schemas accept, and that is none of those taken.

        What is taken is written as by `same`.

        :raises DeadEnd: if what was chosen came to none.
        """
        if depth > _DEEPEST:
            raise DeadEnd
        for _ in range(_TRIES):
            try:
                return self._tried(schemas, depth, taken)
            except DeadEnd:
                self.spend()
        raise DeadEnd

    def spend(self) -> None:
        """Note that something is tried anew.

        :raises DeadEnd: if that was too often.
        """
        self._tries -= 1
        if self._tries < 0:
            raise DeadEnd

    @property
    def turn(self) -> int:
        """How often something was tried anew: alternatives take turns, so that others are tried.

        Choices that are the simplest each time would else come to the same each time.
        """
        return _ALL_TRIES - max(self._tries, 0)

    def _tried(self, schemas: list[JSON], depth: int, taken: Collection[bytes]) -> JSON:
        self._room -= 1
        frugal = self._room < 0 or depth > _DEPTH
        asked = demand(schemas, self.tree, self.choices, frugal=frugal, turn=self.turn)
        if asked.options is not None:
            return self._option(asked, schemas, taken)
        value = self._of_kind(asked, depth, frugal=frugal)
        if any(self.tree.accepts(each, value) for each in asked.refused):
            raise DeadEnd
        return value if same(value) not in taken else self._other(value, asked, schemas, taken)

    def _other(
        self, value: JSON, asked: Demand, schemas: list[JSON], taken: Collection[bytes]
    ) -> JSON:
        """Give a value near one that is taken.

        :raises DeadEnd: if none was found.
        """
        for each in others(value, asked.numbers, len(taken)):
            if same(each) not in taken and all(self.tree.accepts(one, each) for one in schemas):
                return each
        raise DeadEnd

    def _option(self, asked: Demand, schemas: list[JSON], taken: Collection[bytes]) -> JSON:
        fitting = [
            each
            for each in asked.options or ()
            if same(each) not in taken
            and all(self.tree.accepts(schema, each) for schema in schemas)
            and not any(self.tree.accepts(refused, each) for refused in asked.refused)
        ]
        if not fitting:
            raise DeadEnd
        chosen = fitting[0] if len(fitting) == 1 else self.choices.pick(turned(fitting, self.turn))
        return orjson.loads(orjson.dumps(chosen))

    def _of_kind(self, asked: Demand, depth: int, *, frugal: bool) -> JSON:
        kinds = [each for each in _KINDS if each in asked.kinds]
        if {"integer", "fraction"} <= asked.kinds:
            kinds.remove("fraction")
        if frugal and not asked.kinds <= {"array", "object"}:
            kinds = [each for each in kinds if each not in ("array", "object")]
        kind = kinds[0] if len(kinds) == 1 else self.choices.pick(turned(kinds, self.turn))
        if kind == "string":
            return text(self.choices, asked, self.tree)
        if kind == "integer":
            draw = numbers.number if "fraction" in asked.kinds else numbers.integer
            return draw(self.choices, asked.numbers)
        if kind == "fraction":
            return numbers.fractional(self.choices, asked.numbers)
        if kind == "array":
            return ArrayDrawing(self, asked, depth).draw(frugal=frugal)
        if kind == "object":
            return ObjectDrawing(self, asked, depth).draw(frugal=frugal)
        return None if kind == "null" else self.choices.flag()
