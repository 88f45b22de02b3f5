"""A change, and what it does, in words that the author of a schema understands."""

from __future__ import annotations

import orjson

from validator.compatibility.equality import key_of
from validator.compatibility.keywords import BRANCHES, TUPLES
from validator.compatibility.verdicts import ABSENT, Absent, Change
from validator.results import JSON

__all__ = ["clipped", "describe", "named"]

#: Characters of a value, and of a name or a place, that are shown.
_MOST = 60


def describe(change: Change) -> str:
    """Tell what differs: `maxLength of /properties/label: 255 -> 100`.

    Values of schemas are shown, cut where they are long; all of it is printable ASCII.
    """
    at = _at(change.path)
    if change.keyword == "":
        return f"the schema{at}: {_sides(change)}"
    if change.keyword == "required" and change.name is not None:
        verb = "is now required" if change.old is ABSENT else "is no longer required"
        return f"{named(change.name)}{at} {verb}"
    what = f"{_thing(change)}{at}"
    if change.old is ABSENT:
        return f"{what} is new: {clipped(change.new)}"
    if change.new is ABSENT:
        return f"{what} is gone; it was {clipped(change.old)}"
    return f"{what}: {_sides(change)}{_values(change)}"


def clipped(value: JSON | Absent) -> str:
    """Write a value as JSON in printable ASCII, cut where it is long; `none` where there is none.

    An integer of more than 64 bits is written as Python does.
    """
    if value is ABSENT:
        return "none"
    try:
        text = orjson.dumps(value).decode()
    except TypeError:
        text = repr(value)
    return _cut(_printable(text))


def _printable(text: str) -> str:
    return "".join(each if " " <= each <= "~" else ascii(each)[1:-1] for each in text)


def _cut(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[: _MOST - 3]}..."


def named(name: str) -> str:
    """Write a name in printable ASCII, cut where it is long."""
    return f"`{_cut(_printable(name))}`"


def _at(path: str) -> str:
    text = _printable(path)
    shown = text if len(text) <= _MOST else f"...{text[3 - _MOST :]}"  # its end says the most
    return f" of {shown}" if path else ""


def _sides(change: Change) -> str:
    return f"{clipped(change.old)} -> {clipped(change.new)}"


def _thing(change: Change) -> str:
    """Name the keyword, or the one thing of those that it holds by name or by place."""
    keyword, name = _cut(_printable(change.keyword)), change.name
    if name is None:
        return keyword
    if keyword in BRANCHES | TUPLES:
        return f"{'branch' if keyword in BRANCHES else 'item'} {name} of {keyword}"
    return f"{_NOUNS.get(keyword, keyword)} {named(name)}"


_NOUNS = {"properties": "property", "definitions": "definition", "$defs": "definition"}


def _values(change: Change) -> str:
    """Tell which values came and went, where a keyword is a list of them."""
    old, new = change.old, change.new
    if change.keyword not in {"enum", "type"} or not (
        isinstance(old, list) or isinstance(new, list)
    ):
        return ""
    sides = [each if isinstance(each, list) else [each] for each in (old, new)]
    keys = [{key_of(each) for each in side} for side in sides]
    gone = [each for each in sides[0] if key_of(each) not in keys[1]]
    come = [each for each in sides[1] if key_of(each) not in keys[0]]
    told = [("without", gone), ("with", come)]
    text = ", ".join(f"{verb} {clipped(values)[1:-1]}" for verb, values in told if values)
    return f" ({text})"
