"""Where the parts of a JSON text stand, from the first character of each to the last.

For texts that are known to be JSON. It is the fast walk, over the parts of one value; `scanner` is
the exact one, to any depth.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import attrs

__all__ = ["Member", "Span", "items", "members"]

_decode = json.JSONDecoder().raw_decode
_skip = re.compile(r"[ \t\r\n,:]*").match


@attrs.frozen
class Span:
    """A value in a text."""

    start: int
    #: The index after its last character.
    end: int


@attrs.frozen
class Member:
    """A member of an object in a text."""

    name: str
    #: The index of its name.
    start: int
    value: Span


def members(text: str, start: int) -> Iterator[Member]:
    """Give the members of the object that begins there."""
    for name in (values := _values(text, start)):
        member = str(_decode(text, name.start)[0])
        yield Member(member, name.start, next(values))


def items(text: str, start: int) -> Iterator[Span]:
    """Give the items of the array that begins there."""
    return _values(text, start)


def _values(text: str, start: int) -> Iterator[Span]:
    """Give what stands between the brackets: the items, or the names and values in turn."""
    index = _after_blanks(text, start + 1)
    while text[index] not in "]}":
        end = _decode(text, index)[1]
        yield Span(index, end)
        index = _after_blanks(text, end)


def _after_blanks(text: str, index: int) -> int:
    """Skip what stands between two values."""
    match = _skip(text, index)
    return index if match is None else match.end()
