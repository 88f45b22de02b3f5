"""Values near one that is there already, where all must differ."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from validator.drawing.numbers import Range, beside
from validator.results import JSON

__all__ = ["others"]

_CHARACTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_. "
#: Texts of patterns and formats are judged one by one: not all are.
_MOST_TEXTS = 500


def others(value: JSON, asked: Range, number: int) -> Iterator[JSON]:
    """Give values near one of which so many are taken: likely, not sure, to be accepted."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int | float):
        yield from beside(asked, value, number)
    elif isinstance(value, str):
        yield f"{value}{number}"
        yield from islice(_respelt(value), _MOST_TEXTS)


def _respelt(value: str) -> Iterator[str]:
    """Give texts that are longer by a character, or have another one at a place, the last first."""
    yield from (f"{value}{each}" for each in _CHARACTERS)
    for place in range(len(value) - 1, -1, -1):
        yield from (f"{value[:place]}{each}{value[place + 1 :]}" for each in _CHARACTERS)
