"""What is close to a name: how close it has to be, and how much is looked at."""

import pytest

from validator.nearby import Nearby

_AMONG = ["context", "email", "device", "properties", "name", "id", "uid"]


@pytest.mark.parametrize(
    ("name", "closest"),
    [
        ("propertis", "properties"),
        ("PROPERTIES", "properties"),
        ("contxt", "context"),
        ("emial", "email"),
        ("service", None),
        ("x", None),
        ("", None),
        ("naem", "name"),
        ("NMAE", "name"),
        ("nxme", "name"),
        ("di", "id"),
        ("ix", None),
        ("uie", None),
        ("eman", None),
    ],
)
def test_closest(name: str, closest: str | None) -> None:
    """A name has to be almost another, whatever the case of its letters."""
    assert Nearby().closest(name, _AMONG) == closest


def test_the_closest_of_several() -> None:
    """The closest counts, and of several that are as close, the first."""
    assert Nearby().closest("levels", ["levelss", "label", "level", "levelsx"]) == "levelss"
    assert Nearby().closest("naem", ["naexmx", "name"]) == "name"
    assert Nearby().closest("tags", ["tagsb", "tagsa"]) == "tagsb"
    assert Nearby().closest("abcd", ["abdc_", "abcd_", "abc"]) == "abcd_"


def test_long_names() -> None:
    """A name of forty characters is compared, a longer one is not."""
    assert Nearby().closest("a" * 40, ["a" * 39 + "b"]) == "a" * 39 + "b"
    assert Nearby().closest("a" * 41, ["a" * 40]) is None
    assert Nearby().closest("a" * 40, ["a" * 41]) is None


def test_many_names() -> None:
    """A name is compared with a hundred others, and no more of them is asked for."""
    others = [f"{number}" * 9 for number in range(99)]
    assert Nearby().closest("email", iter([*others, "emails"])) == "emails"
    rest = iter([*others, "x", "emails"])
    assert Nearby().closest("email", rest) is None
    assert list(rest) == ["emails"]


def test_many_comparisons() -> None:
    """A document is compared for five times a hundred names; what is known costs nothing."""
    others = [f"{number}" * 9 for number in range(99)]
    nearby = Nearby()
    for number in range(5):
        for _ in range(9):
            assert nearby.closest(f"emails{number}", [*others, "emails"]) == "emails"
    assert nearby.closest("emails5", ["emails"]) is None
    assert nearby.closest("emails0", [*others, "emails"]) == "emails"
