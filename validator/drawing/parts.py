"""The parts of a pattern: each knows how short and how long its texts are, and draws one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

import attrs

from validator.drawing.choices import Choices, DeadEnd

__all__ = ["NO_END", "Class", "Edge", "Either", "Part", "Repeat", "Sequence"]

#: How many texts are drawn to be repeated in one that is long.
_DISTINCT = 16
#: The length of what has no end.
NO_END = 2**31
#: The characters that a class may be made of, the most readable first.
_POOL = (
    "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "-_ .,:;/!?@#$%&*+='\"()[]{}<>|\\^~`\t\n\r\f\v"
    "\u00e9\u00c9\u00df\u0161\u03b1\u0391\u0436\u0416\u05d0\u0661\u4e2d\u3042\u20ac\u00a0\u2028\U0001f600"
)
_Ranges: TypeAlias = tuple[tuple[int, int], ...]


@attrs.frozen
class Class:
    """One character of some."""

    ranges: _Ranges
    negated: bool = False
    #: A category of Unicode that it may also be of: `L` is that of letters.
    categories: tuple[str, ...] = ()
    least: int = 1
    most: int = 1

    def has(self, character: str) -> bool:
        """Whether a character is of the class."""
        code = ord(character)
        inside = any(low <= code <= high for low, high in self.ranges) or any(
            unicodedata.category(character).startswith(each) for each in self.categories
        )
        return inside is not self.negated

    def draw(self, choices: Choices, least: int, most: int) -> str:  # noqa: ARG002  # as all parts
        """Draw a text of so many characters."""
        pool = _characters(self)
        if not pool:
            raise DeadEnd
        return pool[choices.integer(0, len(pool) - 1)]


@lru_cache(maxsize=512)
def _characters(of: Class) -> str:
    """Give characters of a class: those that are read well, and the first of each range."""
    pool = [each for each in _POOL if of.has(each)]
    if not of.negated:
        edges = (
            chr(code) for low, high in of.ranges for code in range(low, min(low + 4, high + 1))
        )
        pool += [each for each in edges if unicodedata.category(each) != "Cs"]
    return "".join(dict.fromkeys(pool))


@attrs.frozen
class Sequence:
    """One part after the other."""

    parts: tuple[Part, ...]
    least: int = attrs.field(init=False)
    most: int = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "least", sum(each.least for each in self.parts))
        object.__setattr__(self, "most", min(sum(each.most for each in self.parts), NO_END))

    def draw(self, choices: Choices, least: int, most: int) -> str:
        """Draw a text of so many characters."""
        return "".join(_in_a_row(choices, self.parts, least, most))


@attrs.frozen
class Either:
    """One of several parts."""

    parts: tuple[Part, ...]
    least: int = attrs.field(init=False)
    most: int = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "least", min(each.least for each in self.parts))
        object.__setattr__(self, "most", max(each.most for each in self.parts))

    def draw(self, choices: Choices, least: int, most: int) -> str:
        """Draw a text of so many characters."""
        fitting = [each for each in self.parts if each.least <= most and each.most >= least]
        if not fitting:
            raise DeadEnd
        return choices.pick(fitting).draw(choices, least, most)


@attrs.frozen
class Repeat:
    """A part so many times."""

    part: Part
    few: int
    many: int
    least: int = attrs.field(init=False)
    most: int = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "least", min(self.part.least * self.few, NO_END))
        object.__setattr__(self, "most", min(self.part.most * self.many, NO_END))

    def draw(self, choices: Choices, least: int, most: int) -> str:
        """Draw a text of so many characters."""
        fewest = self.few
        if self.part.most:
            fewest = max(fewest, -(-least // self.part.most))
        highest = min(self.many, most // self.part.least if self.part.least else fewest + 1)
        if fewest > highest:
            raise DeadEnd
        if isinstance(self.part, Class):
            return _spelled(choices, self.part, fewest, highest)
        times = choices.integer(fewest, min(highest, fewest + _MORE_TIMES))
        if times <= _DISTINCT or self.part.least != self.part.most:
            if times > _MOST_PARTS:
                raise DeadEnd
            return "".join(_in_a_row(choices, (self.part,) * times, least, most))
        length = self.part.least
        some = [self.part.draw(choices, length, length) for _ in range(_DISTINCT)]
        whole, rest = divmod(times, _DISTINCT)
        return "".join(some * whole + some[:rest])


def _spelled(choices: Choices, of: Class, least: int, most: int) -> str:
    """Draw so many characters of a class."""
    pool = _characters(of)
    if not pool and most:
        raise DeadEnd
    drawn = choices.text(min(least, _DRAWN), min(most, max(least, 0) + _MORE_TIMES, _DRAWN), pool)
    if len(drawn) >= least:
        return drawn
    return (drawn * (least // len(drawn) + 1))[:least]


#: Characters that are drawn one by one; those of a longer text are repeated.
_DRAWN = 32
_MORE_TIMES = 6
_MOST_PARTS = 5_000


@attrs.frozen
class Edge:
    """A place, without any character: `^`, `$`, or a boundary of words."""

    sign: str
    least: int = 0
    most: int = 0

    def draw(self, choices: Choices, least: int, most: int) -> str:  # noqa: ARG002  # as all parts
        """Draw a text of so many characters."""
        return ""


Part: TypeAlias = Class | Sequence | Either | Repeat | Edge


def _in_a_row(choices: Choices, parts: tuple[Part, ...], least: int, most: int) -> Iterator[str]:
    """Draw each part, leaving the others the room that they need."""
    fewest = sum(each.least for each in parts)
    highest = sum(each.most for each in parts)
    for each in parts:
        fewest -= each.least
        highest -= each.most
        low = max(each.least, least - highest)
        high = min(each.most, most - fewest)
        text = each.draw(choices, low, high)
        least, most = least - len(text), most - len(text)
        yield text
