"""Numbers of a range, exact multiples where those are asked for.

Integers stay within 64 bits and floats are finite and keep their value: others are refused when a
document is decoded.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence
from fractions import Fraction

import attrs

from validator.drawing.choices import Choices, DeadEnd

__all__ = ["Range", "beside", "exact", "fractional", "integer", "number"]

_LEAST_INTEGER = -(2**63)
_MOST_INTEGER = 2**64 - 1
_MOST_FLOAT = Fraction(sys.float_info.max)
#: Floats nearer to zero than this underflow in some readers.
_LEAST_FLOAT = sys.float_info.min
#: Whole floats below this are the same number when they are written as an integer.
_WHOLE = 2**53
#: What makes a number whole no more.
_PARTS = (Fraction(1, 2), Fraction(1, 4), Fraction(1, 10))


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
    return choices.close(low, high) * step


def number(choices: Choices, asked: Range) -> float:
    """Draw a number; one that is whole may be an int.

    :raises DeadEnd: if there is none.
    """
    if asked.steps:
        return _multiple(choices, asked)
    # As many choices for each number, so that shrinking leads to the simplest that will do.
    found = _fraction(choices, asked)
    stays_float = choices.flag()
    if stays_float or not found.is_integer() or abs(found) >= _WHOLE:
        return found
    return int(found)


def _multiple(choices: Choices, asked: Range) -> float:
    step = _common(asked.steps)
    low, high = asked.counts(step, -(10**6), 10**6)
    most = int(_MOST_FLOAT / step)
    low, high = max(low, -most), min(high, most)
    if low > high:
        raise DeadEnd
    value = choices.close(low, high) * step
    if value.denominator == 1 and _LEAST_INTEGER <= value <= _MOST_INTEGER:
        return int(value)
    return _float(value)


def fractional(choices: Choices, asked: Range) -> float:
    """Draw a number that is not whole, where there is one nearby.

    :raises DeadEnd: if there is none.
    """
    if asked.steps:
        return _multiple(choices, asked)
    found = _fraction(choices, asked)
    if not found.is_integer():
        return found
    near = (exact(found) + sign * part for part in _PARTS for sign in (1, -1))
    return next((float(each) for each in near if asked.has(each)), found)


def _fraction(choices: Choices, asked: Range) -> float:
    """Draw a float.

    :raises DeadEnd: if there is none in the range.
    """
    low = _bound(asked, -_MOST_FLOAT if asked.least is None else asked.least, math.inf)
    high = _bound(asked, _MOST_FLOAT if asked.most is None else asked.most, -math.inf)
    return _float(choices.number(low, high))


def _bound(asked: Range, bound: Fraction, inwards: float) -> float:
    """Give the float of a range that is next to its bound.

    :raises DeadEnd: if the bound is past all floats that could be in the range.
    """
    found = _float(min(max(bound, -_MOST_FLOAT), _MOST_FLOAT))
    if not asked.has(exact(found)):
        nearest = math.nextafter(found, inwards)
        found = _float(nearest) if found else math.copysign(_LEAST_FLOAT, inwards)
    if math.isinf(found) or not asked.has(exact(found)):
        raise DeadEnd
    return found


def beside(asked: Range, value: float, number: int) -> Iterator[float]:
    """Give numbers of a range that are near one, so many to either side, the farthest first."""
    step = Fraction(1)
    if asked.steps or isinstance(value, int):
        step = _common([*asked.steps, *([step] if isinstance(value, int) else [])])
    elif asked.least is not None and asked.most is not None:
        step = min(step, (asked.most - asked.least) / (2 * number))
    for count in range(number, 0, -1):
        for each in (exact(value) + count * step, exact(value) - count * step):
            whole = each.denominator == 1 and isinstance(value, int)
            found = int(each) if whole else _float(each)
            if asked.has(exact(found)) and _LEAST_INTEGER <= each <= _MOST_INTEGER:
                yield found


def _float(value: Fraction | float) -> float:
    """Give a float that keeps its value in every reader: no minus zero, nothing that underflows."""
    found = float(value)
    return found if abs(found) >= _LEAST_FLOAT else 0.0
