"""Limits: the defaults, and which values a field takes."""

import attrs
import pytest

from validator.errors import WrongUse
from validator.limits import Limits


def test_defaults() -> None:
    """The defaults are those that the design promises."""
    limits = Limits()

    assert (limits.bytes, limits.depth, limits.violations, limits.message) == (
        1_000_000,
        64,
        100,
        300,
    )
    assert (limits.duplicate_keys, limits.explained_values, limits.backtracks) == (True, 20_000, 0)


def test_frozen() -> None:
    """Limits do not change under those who share them; `attrs.evolve` gives others."""
    limits = Limits()

    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        limits.depth = 1  # type: ignore[misc]  # what is tested
    assert attrs.evolve(limits, depth=1) != limits


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("bytes", 1, 2**63 - 1),
        ("depth", 1, 250),
        ("message", 40, 2**63 - 1),
        ("backtracks", 0, 2**63 - 1),
        ("schema_depth", 1, 120),
        ("schema_expansion", 1, 2**63 - 1),
    ],
)
def test_bounds(name: str, least: int, most: int) -> None:
    """A field takes the least and the most of its range, and nothing outside it."""
    expected = f"Limits.{name} is an integer from {least} to {most}, not "

    assert [getattr(Limits(**{name: value}), name) for value in (least, most)] == [least, most]
    for outside in (least - 1, most + 1):
        with pytest.raises(WrongUse, match=expected):
            Limits(**{name: outside})


@pytest.mark.parametrize("field", attrs.fields(Limits), ids=lambda field: field.name)
@pytest.mark.parametrize(
    "value",
    [None, "9", 9.0, [], -1, -(10**5000)],
    ids=["none", "text", "float", "list", "-1", "long"],
)
def test_wrong_use(field: "attrs.Attribute[int]", value: object) -> None:
    """No field takes another type, a negative number, or one without a decimal text."""
    with pytest.raises(WrongUse, match=f"^Limits.{field.name} is "):
        Limits(**{field.name: value})  # type: ignore[arg-type]  # what is tested


def test_bool_is_no_integer() -> None:
    """True is no number of bytes, and 1 no flag."""
    with pytest.raises(WrongUse, match=r"an integer from 1 to .*, not a value of type bool"):
        Limits(bytes=True)
    with pytest.raises(WrongUse, match=r"Limits.duplicate_keys is True or False, not 1"):
        Limits(duplicate_keys=1)  # type: ignore[arg-type]  # what is tested
