"""Where chance comes from: every draw of a document is made of a few kinds of choices.

`Seeded` makes them of a seed, the same on every machine. `validator.strategies` lets Hypothesis
make them, which can then shrink what was drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Protocol, TypeVar

__all__ = ["Choices", "DeadEnd", "Seeded", "chosen_length", "close"]

_Drawn = TypeVar("_Drawn")
#: How much longer than the shortest a text or an array is, where it has no need to be.
_MORE = 8
_FAR = 64
#: Of a range that is wider than this, most integers are of a few bits, at this rate.
_WIDE = 2**24
_SMALL = 7 / 8
_BITS = (4, 8, 16, 32)


class DeadEnd(Exception):
    """No value could be made of what was chosen; other choices may do."""


class Choices(Protocol):
    """What can be chosen. The first of several, the least, and False are the simplest."""

    def flag(self) -> bool:
        """Choose False or True."""

    def integer(self, least: int, most: int) -> int:
        """Choose an integer; of a wide range, mostly a small one."""

    def number(self, least: float, most: float) -> float:
        """Choose a finite number."""

    def pick(self, options: Sequence[_Drawn]) -> _Drawn:
        """Choose one of several."""

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

    def number(self, least: float, most: float) -> float:
        """Choose a number."""
        share = self._random.random()
        return min(max(least * (1 - share) + most * share, least), most)

    def pick(self, options: Sequence[_Drawn]) -> _Drawn:
        """Choose one of several."""
        return options[self._random.randrange(len(options))]

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


def close(choices: Choices, least: int, most: int) -> int:
    """Choose an integer: as often as not a bound, or one beside it, or zero.

    >>> {close(Seeded(seed), 5, 500) for seed in range(300)} >= {5, 6, 499, 500}
    True
    """
    base = min(max(0, least), most)
    near = [base, base + 1, least, least + 1, most - 1, most, -1]
    bounds = sorted({each for each in near if least <= each <= most}, key=lambda at: abs(at - base))
    # A number that says which way to go: shrinking tries the ways before it, drawn anew.
    return choices.pick(bounds) if choices.integer(0, 1) else choices.integer(least, most)


def chosen_length(choices: Choices, least: int, most: int) -> int:
    """Choose a length: mostly a short one, or one at a bound or beside it."""
    far = min(most, least + _FAR)
    near = sorted({least, min(least + 1, most), max(most - 1, least), most})
    return choices.pick(near) if choices.flag() else choices.integer(least, far)
