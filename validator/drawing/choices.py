"""Where chance comes from: every draw of a document is made of a few kinds of choices.

`Seeded` makes them of a seed, the same on every machine. `validator.strategies` lets Hypothesis
make them, which can then shrink what was drawn.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from random import Random
from typing import Protocol, TypeVar

__all__ = ["Choices", "DeadEnd", "Seeded", "chosen_length", "turned"]

_Drawn = TypeVar("_Drawn")
#: How much longer than the shortest a text or an array is, where it has no need to be.
_MORE = 8
_FAR = 64
#: Of a range that is wider than this, most integers are of a few bits, at this rate.
_WIDE = 2**24
_SMALL = 7 / 8
_BITS = (4, 8, 16, 32)
#: What parts of a number are beside whole ones: tenths, quarters, thousandths.
_PARTS = (10, 4, 1000)
_MOST_PARTS = 999


class DeadEnd(Exception):
    """No value could be made of what was chosen; other choices may do."""


class Choices(Protocol):
    """What can be chosen. The first of several, the least, and False are the simplest."""

    def flag(self) -> bool:
        """Choose False or True."""

    def integer(self, least: int, most: int) -> int:
        """Choose an integer; of a wide range, mostly a small one."""

    def close(self, least: int, most: int) -> int:
        """Choose an integer; more often than others a bound, or one beside it."""

    def number(self, least: float, most: float) -> float:
        """Choose a finite number; more often than others a bound, or a simple one."""

    def pick(self, options: Sequence[_Drawn]) -> _Drawn:
        """Choose one of several."""

    def shuffled(self, several: Sequence[_Drawn]) -> list[_Drawn]:
        """Choose an order of several: each is as likely as the others to be the first."""

    def text(self, least: int, most: int, of: str = "") -> str:
        """Choose a text of so many characters, of those given, or of any."""

    def several(self, least: int, most: int, draw: Callable[[], _Drawn]) -> list[_Drawn]:
        """Draw so many."""

    def unit(self, draw: Callable[[], _Drawn]) -> _Drawn:
        """Draw something that is one thing, to be kept or left out as a whole."""


class Seeded:
    """Choices that are the same for the same seed."""

    def __init__(self, seed: int | str) -> None:
        self._random = Random(seed)  # noqa: S311  # nothing is kept secret

    def flag(self) -> bool:
        """Choose False or True."""
        return self._random.random() < 1 / 2

    def integer(self, least: int, most: int) -> int:
        """Choose an integer."""
        if most - least > _WIDE and self._random.random() < _SMALL:
            reach = 2 ** self._random.choice(_BITS)
            start = min(max(0, least), most)
            least, most = max(least, start - reach), min(most, start + reach)
        return self._random.randint(least, most)

    def close(self, least: int, most: int) -> int:
        """Choose an integer: as often as not a bound, or one beside it, or zero.

        >>> {Seeded(seed).close(5, 500) for seed in range(300)} >= {5, 6, 499, 500}
        True
        """
        if self.flag():
            return self.integer(least, most)
        base = min(max(0, least), most)
        near = sorted({base, base + 1, least, least + 1, most - 1, most, -1})
        return self.pick([each for each in near if least <= each <= most])

    def number(self, least: float, most: float) -> float:
        """Choose a number: a bound, the middle, a whole one, one of few places, or any."""
        base = min(max(0.0, least), most)
        way = self._random.randrange(4)
        if way == 0:
            found = self.pick([least, most, base, least / 2 + most / 2])
        elif way == 1:
            share = self._random.random()
            found = least * (1 - share) + most * share
        elif way == 2 and math.ceil(least) <= math.floor(most):  # noqa: PLR2004  # the third way
            found = float(self.close(math.ceil(least), math.floor(most)))
        else:
            share = self.integer(1, _MOST_PARTS) / self.pick(_PARTS)
            found = base + share if base + share <= most else base - share
        return min(max(found, least), most)

    def pick(self, options: Sequence[_Drawn]) -> _Drawn:
        """Choose one of several."""
        return options[self._random.randrange(len(options))]

    def shuffled(self, several: Sequence[_Drawn]) -> list[_Drawn]:
        """Choose an order of several."""
        return self._random.sample(several, len(several))

    def text(self, least: int, most: int, of: str = "") -> str:
        """Choose a text."""
        length = self._random.randint(least, min(most, least + _MORE))
        return "".join(self._random.choices(of or _CHARACTERS, k=length))

    def several(self, least: int, most: int, draw: Callable[[], _Drawn]) -> list[_Drawn]:
        """Draw so many."""
        return [draw() for _ in range(self._random.randint(least, min(most, least + 3)))]

    def unit(self, draw: Callable[[], _Drawn]) -> _Drawn:
        """Draw something."""
        return draw()


#: Mostly letters; and what is easily mistaken: quotes, a newline, two and four bytes of UTF-8.
_CHARACTERS = (
    "abcdefghijklmnopqrstuvwxyz" * 3 + "ABC 0123456789-_./:\"'\\\n\té\u0661\u2028\U0001f600"
)


def chosen_length(choices: Choices, least: int, most: int) -> int:
    """Choose a length: mostly a short one, or one at a bound or beside it."""
    far = min(most, least + _FAR)
    near = sorted({least, min(least + 1, most), max(most - 1, least), most})
    return choices.pick(near) if choices.flag() else choices.integer(least, far)


def turned(several: Sequence[_Drawn], turn: int) -> list[_Drawn]:
    """Give several so that another is the first each turn.

    >>> turned("abc", 1)
    ['b', 'c', 'a']
    """
    start = turn % len(several)
    return [*several[start:], *several[:start]]
