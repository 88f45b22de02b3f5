"""Where things stand in a JSON text: exact and slow, for texts in which something is wrong.

A text that is well is never scanned: the fast way is `documents.parse`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import orjson

from validator.results import Path, Position

__all__ = ["duplicate_name", "locate", "position", "too_deep", "unfaithful_number"]

_STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_TOKEN = re.compile(rf"{_STRING}|-?[0-9][0-9.eE+-]*|[\[\]{{}},:]|true|false|null", re.DOTALL)
_BRACKET = re.compile(rf"{_STRING}|[\[\]{{}}]", re.DOTALL)


class _Token(NamedTuple):
    """A value that begins, a name, or the end of a container; `path` leads to it."""

    kind: str
    start: int
    text: str
    path: list[str | int]


def position(text: str, index: int) -> Position:
    """Give the place of a character in a text: bytes before it, line, column."""
    before = text[:index]
    line = before.count("\n") + 1
    return Position(len(before.encode()), line, index - (before.rfind("\n") + 1) + 1)


def too_deep(text: str, depth: int) -> int | None:
    """Give the index of the first bracket that nests deeper; the text need not be JSON."""
    level = 0
    for match in _BRACKET.finditer(text):
        first = text[match.start()]
        if first in "[{":
            level += 1
            if level > depth:
                return match.start()
        elif first != '"':
            level -= 1
    return None


def _tokens(text: str) -> Iterator[_Token]:
    """Walk a valid JSON text; `path` of a token is the one list, changed as the walk goes on."""
    path: list[str | int] = []
    names: list[bool] = []  # for each container that is open: is it an object?
    expects_name = False
    for match in _TOKEN.finditer(text):
        token, start = match.group(), match.start()
        if token == ",":
            if names[-1]:
                expects_name = True
            else:
                path[-1] = int(path[-1]) + 1
        elif token in "]}":
            yield _Token("end", start, token, path)
            path.pop()
            names.pop()
            expects_name = False
        elif expects_name and token[0] == '"':
            path[-1] = str(orjson.loads(token))
            expects_name = False
            yield _Token("name", start, token, path)
        elif token != ":":
            yield _Token("value", start, token, path)
            if token in "[{":
                names.append(token == "{")
                path.append("" if token == "{" else 0)
                expects_name = token == "{"


def duplicate_name(text: str) -> tuple[int, Path] | None:
    """Find the first name that stands twice in one object: its index, and the path it leads to."""
    seen: list[set[str]] = []
    for kind, start, token, path in _tokens(text):
        if kind == "value" and token in "[{":
            seen.append(set())
        elif kind == "end":
            seen.pop()
        elif kind == "name":
            name = str(path[-1])
            if name in seen[-1]:
                return start, tuple(path)
            seen[-1].add(name)
    return None


def unfaithful_number(text: str) -> tuple[int, Path] | None:
    """Find the first number that a parser would bend: its index and its path.

    An integer outside the 64 bits that parsers keep (-2^63 to 2^64 - 1), or a number other than
    zero that is too small for a binary64 and would become zero.
    """
    for kind, start, token, path in _tokens(text):
        if kind == "value" and token[0] in "-0123456789" and not _is_faithful(token):
            return start, tuple(path)
    return None


def _is_faithful(number: str) -> bool:
    if number.lstrip("-").isdigit():
        return len(number) <= len(str(-(2**63))) and -(2**63) <= int(number) < 2**64
    mantissa = number.lower().partition("e")[0]
    return float(number) != 0 or not mantissa.strip("-0.")


def locate(text: str, paths: Iterable[Path]) -> dict[Path, int]:
    """Find where values stand in a valid JSON text, in one walk.

    A path that leads nowhere gets the place of the last value on its way that exists. Where a name
    stands twice, the last one counts, as it does for the parser.
    """
    wanted = {path[:length] for path in paths for length in range(len(path) + 1)}
    found: dict[Path, int] = {}
    for kind, start, _, path in _tokens(text):
        if kind == "value":
            here = tuple(path)
            if here in wanted:
                found = {path: at for path, at in found.items() if path[: len(here)] != here}
                found[here] = start
    return {path: found[_existing(path, found)] for path in paths}


def _existing(path: Path, found: dict[Path, int]) -> Path:
    while path not in found:
        path = path[:-1]
    return path
