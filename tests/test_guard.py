"""The fixed questions: how deep a document nests, and what a schema of our own says."""

import json
from typing import Any

import pytest

from validator import guard


def _nested(levels: int, kind: type, leaf: Any = 1) -> Any:
    for _ in range(levels):
        leaf = [leaf] if kind is list else {"a": leaf}
    return leaf


@pytest.mark.parametrize("leaf", [1, "a", None], ids=["number", "text", "null"])
@pytest.mark.parametrize("kind", [list, dict])
@pytest.mark.parametrize("depth", [1, 2, 64, 250])
def test_fits(depth: int, kind: type, leaf: Any) -> None:
    """A document of as many levels as the depth fits; one of a level more does not."""
    fits = [guard.fits(_nested(levels, kind, leaf), depth) for levels in range(depth + 2)]

    assert fits == [*[True] * (depth + 1), False]


@pytest.mark.parametrize("kind", [list, dict])
def test_as_deep_as_a_parser_goes(kind: type) -> None:
    """The engine stops at the depth: a document of 1,024 levels is no danger to it."""
    assert not guard.fits(_nested(1024, kind), 64)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("[]", True),
        ("{}", True),
        ("[[], {}]", True),
        ("[[[]]]", False),
        ("[1, [1], {'a': [1]}]", False),
        ("{'a': 1, 'b': {'c': {}}}", False),
        ("{'items': [1], '$ref': {'d': 'e'}}", True),
    ],
)
def test_wherever_it_nests(text: str, fits: bool) -> None:  # noqa: FBT001  # a column of the table
    """The deepest member counts, wherever it stands; empty containers are levels too."""
    assert guard.fits(json.loads(text.replace("'", '"')), 2) is fits


@pytest.mark.parametrize("leaf", ["a", True, False, None], ids=repr)
@pytest.mark.parametrize("kind", [list, dict])
@pytest.mark.parametrize("depth", [1, 2, 64, 250])
def test_fits_without_numbers(depth: int, kind: type, leaf: Any) -> None:
    """Without numbers, a document of as many levels as the depth fits; one of one more does not."""
    fits = [
        guard.fits_without_numbers(_nested(levels, kind, leaf), depth)
        for levels in range(depth + 2)
    ]

    assert fits == [*[True] * (depth + 1), False]


@pytest.mark.parametrize("number", [0, -1, 1.0, 0.5, 2**64 - 1, 1e300])
@pytest.mark.parametrize("kind", [list, dict])
def test_no_number_fits(kind: type, number: float) -> None:
    """A number at any level, the last among them, is one too many."""
    asked = [guard.fits_without_numbers(_nested(levels, kind, number), 4) for levels in range(6)]
    beside = {"a": "b", "c": [None, {"d": [number]}]}

    assert asked == [False] * 6
    assert not guard.fits_without_numbers(beside, 64)


@pytest.mark.parametrize("kind", [list, dict])
def test_without_numbers_as_deep_as_a_parser_goes(kind: type) -> None:
    """The engine stops at the depth, as it does for `fits`."""
    assert not guard.fits_without_numbers(_nested(1024, kind, "a"), 64)


def test_question() -> None:
    """A question is a schema's yes or no; formats are not asked, patterns are linear."""
    asks = guard.question({"items": {"pattern": "^(a+)+$", "format": "date-time"}})

    assert asks(["aaaa"]) is True
    assert asks(["a" * 30 + "!"]) is False
