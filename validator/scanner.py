"""Where things stand in a JSON text: exact and slow, for texts in which something is wrong.

A text that is well is never scanned: the fast way is `documents.parse`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import attrs
import orjson

from validator.results import Path, Position

__all__ = [
    "Found",
    "duplicate_name",
    "line_at",
    "locate",
    "position",
    "repeated_names",
    "too_deep",
    "unfaithful_number",
]

# Possessive, so that a quote which is never closed costs one pass: it is a string up to the end.
_STRING = r'"(?:[^"\\]++|\\.)*+"?'
_NUMBER = r"-?[0-9][0-9.eE+-]*+"
_STEP = re.compile(rf"{_STRING}|{_NUMBER}|[\[\]{{}},]|true|false|null", re.DOTALL)
_BRACKET = re.compile(rf"{_STRING}|([\[{{])|[\]}}]", re.DOTALL)
_STRING_OR_NUMBER = re.compile(rf"{_STRING}|({_NUMBER})", re.DOTALL)


class _Step(NamedTuple):
    """A value that begins, a name, or the end of a container; `path` leads to it."""

    kind: str
    start: int
    text: str
    path: list[str | int]


def position(text: str, index: int) -> Position:
    """Give the place of a character in a text: bytes before it, line, column.

    Bytes that are not UTF-8 stand in the text as `surrogateescape` has them, a character each.
    """
    before = text[:index]
    line = before.count("\n") + 1
    column = index - (before.rfind("\n") + 1) + 1
    return Position(len(before.encode(errors="surrogateescape")), line, column)


def line_at(text: str, index: int) -> tuple[str, int]:
    """Give the line that a character stands in, without its end, and its index in that line."""
    begins = text.rfind("\n", 0, index) + 1
    ends = text.find("\n", index)
    line = text[begins:] if ends < 0 else text[begins:ends]
    return line.removesuffix("\r"), index - begins


def too_deep(text: str, depth: int) -> int | None:
    """Give the index of the first bracket that nests deeper; the text need not be JSON."""
    level = 0
    for match in _BRACKET.finditer(text):
        if match[1]:
            level += 1
            if level > depth:
                return match.start()
        elif match[0] in "]}":
            level -= 1
    return None


def _steps(text: str) -> Iterator[_Step]:
    """Walk a valid JSON text; `path` of a step is the one list, changed as the walk goes on."""
    path: list[str | int] = []
    is_object: list[bool] = []  # of each container that is open
    expects_name = False
    for match in _STEP.finditer(text):
        start, step = match.start(), match[0]
        if step == ",":
            if is_object[-1]:
                expects_name = True
            else:
                path[-1] = int(path[-1]) + 1
        elif step in "]}":
            path.pop()
            is_object.pop()
            expects_name = False
            yield _Step("end", start, step, path)
        elif expects_name:
            path[-1] = str(orjson.loads(step))
            expects_name = False
            yield _Step("name", start, step, path)
        else:
            yield _Step("value", start, step, path)
            if step in "[{":
                is_object.append(step == "{")
                path.append("" if step == "{" else 0)
                expects_name = step == "{"


def duplicate_name(text: str) -> tuple[int, Path] | None:
    """Find the first name that stands twice in one object: its index, and the path it leads to."""
    try:
        _REFUSING.decode(text)
    except _Repeated:
        return next(repeated_names(text))
    return None


class _Repeated(Exception):
    """A name stands twice in one object."""


def _refuse_repeated(members: list[tuple[str, object]]) -> None:
    if len(dict(members)) != len(members):
        raise _Repeated


#: Reads a text at the speed of C, and keeps nothing of it.
_REFUSING = json.JSONDecoder(
    object_pairs_hook=_refuse_repeated, parse_int=len, parse_float=len, strict=False
)


def repeated_names(text: str) -> Iterator[tuple[int, Path]]:
    """Give each name that an object has had before: its index, and the path it leads to."""
    seen: list[set[str]] = []
    for kind, start, step, path in _steps(text):
        if kind == "name":
            name = str(path[-1])
            if name in seen[-1]:
                yield start, tuple(path)
            seen[-1].add(name)
        elif kind == "end":
            seen.pop()
        elif step in "[{":
            seen.append(set())


def unfaithful_number(text: str) -> tuple[int, Path] | None:
    """Find the first number that a parser would bend: its index and its path.

    An integer outside the 64 bits that parsers keep (-2^63 to 2^64 - 1), or a number other than
    zero that is too small for a binary64 and would become zero.
    """
    for match in _STRING_OR_NUMBER.finditer(text):
        if match[1] and not _is_faithful(match[1]):
            at = match.start()
            return next((at, tuple(path)) for _, start, _, path in _steps(text) if start == at)
    return None


def _is_faithful(number: str) -> bool:
    if number.lstrip("-").isdigit():
        return len(number) <= len(str(-(2**63))) and -(2**63) <= int(number) < 2**64
    mantissa = number.lower().partition("e")[0]
    return float(number) != 0 or not mantissa.strip("-0.")


_NOWHERE = -1


class Found(NamedTuple):
    """Where a value stands."""

    #: The index of its first character.
    start: int
    #: That of its name, the quote before it; None for an item, for a document as a whole, and where
    #: the path leads nowhere.
    name: int | None


@attrs.define
class _Node:
    """A place that is looked for, or one on the way to it; it may be nowhere yet."""

    start: int = _NOWHERE
    name: int | None = None
    members: dict[str | int, _Node] = attrs.field(factory=dict)


def locate(text: str, paths: Iterable[Path], begin: int = 0) -> dict[Path, Found]:
    """Find where values stand in the JSON value that begins there, in a valid text, in one walk.

    A path that leads nowhere gets the place of the last value on its way that exists. Where a name
    stands twice, the last one counts, as it does for the parser.
    """
    wanted = list(paths)
    root = _Node()
    for path in wanted:
        node = root
        for step in path:
            node = node.members.setdefault(step, _Node())
    if wanted:
        _find(text, _end(_BEGIN, text, begin), root)
    return {path: _nearest(root, path) for path in wanted}


#: Passes over values at the speed of C.
_PASSING = json.JSONDecoder(parse_int=len, parse_float=len, strict=False)
_BLANK = r"[ \t\r\n]*+"
_BEGIN = re.compile(_BLANK)
_OPEN = re.compile(rf"([\[{{]){_BLANK}")
_NAME = re.compile(rf'("(?:[^"\\]++|\\.)*+"){_BLANK}:{_BLANK}', re.DOTALL)
_NEXT = re.compile(rf"{_BLANK},?{_BLANK}")


def _find(text: str, at: int, node: _Node) -> int:
    """Find a value that begins there, and what is looked for in it; give where it ends.

    Only what is on the way to that is read step by step.
    """
    node.start = at
    for member in node.members.values():
        member.start = _NOWHERE
    opening = _OPEN.match(text, at) if node.members else None
    if opening is None:
        return _PASSING.raw_decode(text, at)[1]
    at, index = opening.end(), 0
    while text[at] not in "]}":
        name = _NAME.match(text, at) if opening[1] == "{" else None
        if name is None:
            wanted = node.members.get(index)
        else:
            wanted = node.members.get(_text(name[1]))
            at = name.end()
        if wanted is None:
            at = _PASSING.raw_decode(text, at)[1]
        else:
            wanted.name = None if name is None else name.start()
            at = _find(text, at, wanted)
        at = _end(_NEXT, text, at)
        index += 1
    return at + 1


def _text(token: str) -> str:
    """Give the text that a JSON string stands for."""
    return str(orjson.loads(token)) if "\\" in token else token[1:-1]


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Give where a match ends of what may be nothing."""
    match = pattern.match(text, at)
    return match.end() if match else at


def _nearest(node: _Node, path: Path) -> Found:
    for step in path:
        member = node.members[step]
        if member.start == _NOWHERE:
            return Found(node.start, None)
        node = member
    return Found(node.start, node.name)
