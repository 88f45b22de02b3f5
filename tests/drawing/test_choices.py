"""Choices of a seed: the same each time, and near the bounds."""

import pytest

from validator.drawing.choices import Seeded, chosen_length


def _all_of(seed: int) -> list[object]:
    """Make one choice of each kind."""
    choices = Seeded(seed)
    return [
        choices.flag(),
        choices.integer(-(2**63), 2**64 - 1),
        choices.number(-1.5, 2.5),
        choices.pick("abc"),
        choices.text(2, 5),
        choices.text(2, 5, "xy"),
        choices.several(1, 3, lambda: choices.integer(0, 9)),
        choices.unit(lambda: choices.integer(0, 9)),
    ]


def test_a_seed_chooses_the_same_each_time() -> None:
    """The choices of a seed are the same each time, and not those of another."""
    assert [_all_of(seed) for seed in range(50)] == [_all_of(seed) for seed in range(50)]
    assert _all_of(1) != _all_of(2)


@pytest.mark.parametrize("seed", range(100))
def test_choices_are_within_bounds(seed: int) -> None:
    """Each choice is one that was allowed."""
    flag, integer, number, picked, text, spelled, several, unit = _all_of(seed)
    assert flag in (False, True)
    assert -(2**63) <= integer < 2**64
    assert -1.5 <= number <= 2.5
    assert picked in "abc"
    assert 2 <= len(text) <= 5
    assert set(spelled) <= {"x", "y"}
    assert 1 <= len(several) <= 3
    assert 0 <= unit <= 9


def test_integers_of_a_wide_range_are_mostly_small() -> None:
    """Of a range of 64 bits, most integers are small, and some are not."""
    drawn = [Seeded(seed).integer(-(2**63), 2**63) for seed in range(500)]
    small = sum(abs(each) < 2**33 for each in drawn)
    assert 350 < small < 500


@pytest.mark.parametrize(("least", "most"), [(5, 500), (-7, 7), (3, 3), (-9, -2)])
def test_integers_crowd_at_the_bounds(least: int, most: int) -> None:
    """Both bounds are chosen, and what is beside them and zero, and nothing outside."""
    drawn = {Seeded(seed).close(least, most) for seed in range(300)}
    wanted = {least, min(least + 1, most), max(most - 1, least), most}
    assert drawn >= wanted | ({0} if least <= 0 <= most else set())
    assert min(drawn) == least
    assert max(drawn) == most


def test_lengths_crowd_at_the_bounds() -> None:
    """Both bounds of a length are chosen, and mostly what is near the least."""
    drawn = [chosen_length(Seeded(seed), 2, 10_000) for seed in range(300)]
    assert {2, 3, 9_999, 10_000} <= set(drawn)
    assert sum(each < 100 for each in drawn) > 150
