"""Numbers of a range: exact multiples, both bounds, nothing that a parser would bend."""

import math
import sys
from fractions import Fraction

import pytest

from validator.drawing.choices import DeadEnd, Seeded
from validator.drawing.numbers import Range, exact, fractional, integer, number

SEEDS = range(200)


def drawn(draw: object, asked: Range) -> list[float]:
    """Draw a number of each seed."""
    return [draw(Seeded(seed), asked) for seed in SEEDS]


def test_integers_have_64_bits() -> None:
    """An integer without bounds is one of 64 bits, and both ends are drawn."""
    numbers = drawn(integer, Range())
    assert min(numbers) == -(2**63)
    assert max(numbers) == 2**64 - 1


def test_integers_of_a_range() -> None:
    """Bounds may be fractions and left out, and what is drawn is a multiple of all steps."""
    asked = Range(Fraction("6.5"), Fraction(60), below=True, steps=[Fraction(4), Fraction(3, 2)])
    assert set(drawn(integer, asked)) == {12, 24, 36, 48}
    asked = Range(Fraction(6), Fraction(9), above=True, below=True)
    assert set(drawn(integer, asked)) == {7, 8}


def test_no_integer_in_a_range() -> None:
    """Where there is no integer, none is drawn."""
    with pytest.raises(DeadEnd):
        integer(Seeded(0), Range(Fraction(1, 3), Fraction(2, 3)))


def test_ranges_narrow() -> None:
    """Of several bounds the narrower holds; of the same, the one that leaves it out."""
    asked = Range()
    asked.at_least(Fraction(1), above=True)
    asked.at_least(Fraction(1), above=False)
    asked.at_least(Fraction(0), above=True)
    asked.at_most(Fraction(9), below=True)
    asked.at_most(Fraction(9), below=False)
    asked.at_most(Fraction(10), below=True)
    assert asked == Range(Fraction(1), Fraction(9), above=True, below=True)
    asked.at_least(Fraction(2), above=False)
    asked.at_most(Fraction(8), below=False)
    assert asked == Range(Fraction(2), Fraction(8))


@pytest.mark.parametrize("step", ["0.01", "0.3", "2.5", "7"])
def test_multiples_are_exact(step: str) -> None:
    """A multiple is one in decimal, as the engine has it."""
    asked = Range(Fraction(-10), Fraction(10), steps=[Fraction(step)])
    numbers = drawn(number, asked)
    assert all(exact(each) % Fraction(step) == 0 for each in numbers)
    assert len(set(numbers)) > 2
    assert all(-10 <= each <= 10 for each in numbers)


def test_multiples_that_are_far() -> None:
    """Multiples of what is huge are floats; where there are none in a range, none is drawn."""
    assert 1e300 in drawn(fractional, Range(Fraction(10**299), None, steps=[exact(1e300)]))
    with pytest.raises(DeadEnd):
        number(Seeded(0), Range(Fraction(1), Fraction(2), steps=[Fraction(7)]))


def test_multiples_are_floats() -> None:
    """No multiple of a large step is drawn that is no float."""
    asked = Range(steps=[exact(1e308)])

    assert set(drawn(number, asked)) <= {0, 1e308, -1e308}


def test_floats_keep_their_value() -> None:
    """A float is finite and neither underflows nor is it minus zero."""
    numbers = drawn(fractional, Range())
    assert all(math.isfinite(each) for each in numbers)
    assert all(each == 0 or abs(each) >= sys.float_info.min for each in numbers)
    assert not any(each == 0 and math.copysign(1, each) < 0 for each in numbers)
    assert any(not float(each).is_integer() for each in numbers)


@pytest.mark.parametrize(("above", "below"), [(False, False), (True, False), (False, True)])
def test_floats_of_a_range(above: bool, below: bool) -> None:  # noqa: FBT001  # columns of the table
    """A bound is drawn unless it is left out."""
    asked = Range(Fraction("0.25"), Fraction("0.75"), above=above, below=below)
    numbers = set(drawn(fractional, asked))
    assert (0.25 in numbers, 0.75 in numbers) == (not above, not below)
    assert all(0.25 <= each <= 0.75 for each in numbers)
    assert len(numbers) > 5


def test_floats_of_a_narrow_range() -> None:
    """Where there is one float between two bounds, it is drawn; where there is none, none is."""
    one = math.nextafter(1, 2)
    between = Range(Fraction(1), exact(math.nextafter(one, 2)), above=True, below=True)
    assert set(drawn(fractional, between)) == {one}
    with pytest.raises(DeadEnd):
        fractional(Seeded(0), Range(Fraction(1), exact(one), above=True, below=True))
    with pytest.raises(DeadEnd):
        fractional(Seeded(0), Range(Fraction(2), Fraction(1)))


def test_numbers_are_whole_and_not() -> None:
    """A number without more is an integer as well as a float; in between two, a float."""
    kinds = {type(each) for each in drawn(number, Range(Fraction(0), Fraction(100)))}
    assert kinds == {int, float}
    between = drawn(number, Range(Fraction("0.2"), Fraction("0.8")))
    assert {type(each) for each in between} == {float}
