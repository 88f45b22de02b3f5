"""Where things stand in a JSON text: exact and slow, for texts in which something is wrong.

A text that is well is never scanned: the fast way is `documents.parse`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import attrs
import orjson

from validator.results import Path, Position

__all__ = ["duplicate_name", "locate", "position", "too_deep", "unfaithful_number"]

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
    seen: list[set[str]] = []
    for kind, start, step, path in _steps(text):
        if kind == "name":
            name = str(path[-1])
            if name in seen[-1]:
                return start, tuple(path)
            seen[-1].add(name)
        elif kind == "end":
            seen.pop()
        elif step in "[{":
            seen.append(set())
    return None


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


@attrs.define
class _Node:
    """A place that is looked for, or one on the way to it; it may be nowhere yet."""

    start: int = _NOWHERE
    members: dict[str | int, _Node] = attrs.field(factory=dict)


def locate(text: str, paths: Iterable[Path]) -> dict[Path, int]:
    """Find where values stand in a valid JSON text, in one walk.

    A path that leads nowhere gets the place of the last value on its way that exists. Where a name
    stands twice, the last one counts, as it does for the parser.
    """
    wanted = list(paths)
    root = _Node()
    for path in wanted:
        node = root
        for step in path:
            node = node.members.setdefault(step, _Node())
    for kind, start, _, here in _steps(text):
        if kind == "value" and (found := _node_at(root, here)):
            found.start = start
            for member in found.members.values():
                member.start = _NOWHERE
    return {path: _nearest(root, path) for path in wanted}


def _node_at(node: _Node, path: Iterable[str | int]) -> _Node | None:
    for step in path:
        if step not in node.members:
            return None
        node = node.members[step]
    return node


def _nearest(node: _Node, path: Path) -> int:
    for step in path:
        member = node.members[step]
        if member.start == _NOWHERE:
            break
        node = member
    return node.start
