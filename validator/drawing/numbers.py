"""Numbers of a range, exact multiples where those are asked for.

Integers stay within 64 bits and floats are finite and keep their value: others are refused when a
document is decoded.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from fractions import Fraction

import attrs

from validator.drawing.choices import Choices, DeadEnd, close

__all__ = ["Range", "exact", "fractional", "integer", "number"]

_LEAST_INTEGER = -(2**63)
_MOST_INTEGER = 2**64 - 1
_MOST_FLOAT = Fraction(sys.float_info.max)
_TRIES = 12
_PLACES = (10, 4, 1000)


def exact(value: float) -> Fraction:
    """Give what a number of a schema says in decimal: 0.1 is a tenth."""
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


@attrs.define
class Range:
    """What is asked of a number."""

    least: Fraction | None = None
    most: Fraction | None = None
    #: Whether the bound itself is left out.
    above: bool = False
    below: bool = False
    #: What it is a multiple of.
    steps: list[Fraction] = attrs.field(factory=list)

    def at_least(self, bound: Fraction, *, above: bool) -> None:
        """Narrow the range from below."""
        if self.least is None or (bound, above) > (self.least, self.above):
            self.least, self.above = bound, above

    def at_most(self, bound: Fraction, *, below: bool) -> None:
        """Narrow the range from above."""
        if self.most is None or (bound, not below) < (self.most, not self.below):
            self.most, self.below = bound, below

    def has(self, value: Fraction) -> bool:
        """Whether a number is in the range."""
        fits_least = (
            self.least is None or value > self.least or (value == self.least and not self.above)
        )
        fits_most = (
            self.most is None or value < self.most or (value == self.most and not self.below)
        )
        return fits_least and fits_most

    def counts(self, step: Fraction, least: int, most: int) -> tuple[int, int]:
        """Give how many times the step the least and the greatest multiple of it are."""
        low = math.ceil((self.least if self.least is not None else least * step) / step)
        high = math.floor((self.most if self.most is not None else most * step) / step)
        if self.above and low * step == self.least:
            low += 1
        if self.below and high * step == self.most:
            high -= 1
        return low, high


def _common(steps: Sequence[Fraction]) -> Fraction:
    """Give the least that is a multiple of all."""
    common = steps[0]
    for step in steps[1:]:
        denominator = math.lcm(common.denominator, step.denominator)
        numerators = [int(each * denominator) for each in (common, step)]
        common = Fraction(math.lcm(*numerators), denominator)
    return common


def integer(choices: Choices, asked: Range) -> int:
    """Draw an integer.

    :raises DeadEnd: if there is none of 64 bits.
    """
    step = int(_common([Fraction(1), *asked.steps]))
    low, high = asked.counts(Fraction(step), _LEAST_INTEGER // step, _MOST_INTEGER // step)
    low = max(low, -(-_LEAST_INTEGER // step))
    high = min(high, _MOST_INTEGER // step)
    if low > high:
        raise DeadEnd
    return close(choices, low, high) * step


def number(choices: Choices, asked: Range) -> float:
    """Draw a number; one that is whole may be an int.

    :raises DeadEnd: if there is none.
    """
    if asked.steps:
        return _multiple(choices, asked)
    if choices.flag():
        return _fraction(choices, asked)
    try:
        return integer(choices, asked)
    except DeadEnd:
        return _fraction(choices, asked)


def _multiple(choices: Choices, asked: Range) -> float:
    step = _common(asked.steps)
    low, high = asked.counts(step, -(10**6), 10**6)
    if low > high:
        raise DeadEnd
    value = close(choices, low, high) * step
    if value.denominator == 1 and _LEAST_INTEGER <= value <= _MOST_INTEGER:
        return int(value)
    return _float(value)


def fractional(choices: Choices, asked: Range) -> float:
    """Draw a number that need not be whole.

    :raises DeadEnd: if none was found.
    """
    return _multiple(choices, asked) if asked.steps else _fraction(choices, asked)


def _fraction(choices: Choices, asked: Range) -> float:
    """Draw a float, one that is not whole where there is one nearby.

    :raises DeadEnd: if no float was found in the range.
    """
    low = -_MOST_FLOAT if asked.least is None else max(asked.least, -_MOST_FLOAT)
    high = _MOST_FLOAT if asked.most is None else min(asked.most, _MOST_FLOAT)
    if low > high:
        raise DeadEnd
    start = min(max(Fraction(0), low), high)
    for _ in range(_TRIES):
        way = choices.integer(0, 3)
        if way == 0:
            value = choices.pick([low, high, start, low + (high - low) / 2])
        elif way == 3:  # noqa: PLR2004  # the last way
            value = Fraction(choices.number(float(low), float(high)))
        else:
            share = Fraction(choices.integer(1, 999), choices.pick(_PLACES))
            value = start + (share if start + share <= high else -share)
        if asked.has(value) and asked.has(exact(found := _float(value))):
            return found
    middle = _float(low + (high - low) / 2)
    if asked.has(exact(middle)):
        return middle
    raise DeadEnd


def _float(value: Fraction) -> float:
    """Give a float that keeps its value in every reader: no minus zero, nothing that underflows."""
    found = float(value)
    return found if abs(found) >= sys.float_info.min else 0.0
