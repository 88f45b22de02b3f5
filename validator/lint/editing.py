"""Edits of a JSON text that leave the rest of it as it is, byte for byte."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

import attrs

__all__ = ["Edit", "Part", "edited", "parts", "without"]

_decode = json.JSONDecoder(strict=False).raw_decode
_after_blanks = re.compile(r"[ \t\r\n]*+").match
_BRACKETS = {"{": "}", "[": "]"}


@attrs.frozen(order=True)
class Edit:
    """What takes the place of a part of a text."""

    #: The index of the first character that goes.
    start: int
    #: That of the first after it which stays.
    end: int
    text: str = ""


@attrs.frozen
class Part:
    """An item of an array in a text, or a member of an object."""

    #: The index of the first character: of the name, if it has one.
    start: int
    #: That of the first after it.
    end: int
    #: The index at which the value begins.
    value: int
    #: None for an item.
    name: str | None = None
    #: The index of the first character after the name; the start of an item.
    name_end: int = 0


def parts(text: str, start: int) -> Iterator[Part]:
    """Give the parts of the array or object that begins there, in a valid text; of others none."""
    closing = _BRACKETS.get(text[start])
    if closing is None:
        return
    at = _skip(text, start + 1)
    while text[at] != closing:
        value, name, name_end = at, None, at
        if closing == "}":
            name, name_end = _decode(text, at)
            value = _skip(text, _skip(text, name_end) + 1)
        end = _decode(text, value)[1]
        yield Part(at, end, value, name, name_end)
        at = _skip(text, end)
        if text[at] == ",":
            at = _skip(text, at + 1)


def without(all_parts: list[Part], gone: Iterable[int]) -> list[Edit]:
    """Take parts out, by their index, each with what stands between it and the next one.

    Where none comes next, what stands before goes with it.
    """
    going = set(gone)
    staying = [index for index in range(len(all_parts)) if index not in going]
    last = staying[-1] if staying else -1
    edits = [
        Edit(all_parts[index].start, all_parts[index + 1].start)
        for index in sorted(going)
        if index < last
    ]
    if last < len(all_parts) - 1 and all_parts:
        begin = all_parts[last].end if staying else all_parts[0].start
        edits.append(Edit(begin, all_parts[-1].end))
    return edits


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Make edits, none of which overlap."""
    pieces, at = [], 0
    for edit in sorted(edits):
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, text[at:]])


def _skip(text: str, at: int) -> int:
    match = _after_blanks(text, at)
    return match.end() if match else at
