"""Texts of a length, of patterns, of formats."""

from __future__ import annotations

from validator.drawing.choices import Choices, DeadEnd, chosen_length
from validator.drawing.demands import Demand
from validator.drawing.formats import FORMATS, formatted
from validator.drawing.patterns import finding, length_of
from validator.drawing.reading import Unread
from validator.drawing.trees import Tree

__all__ = ["text"]

_TRIES = 20
#: Texts longer than this are made of a shorter one, repeated.
_DRAWN = 64
#: How much longer than it has to be a text may get that has no longest.
_MORE = 32
#: A document of one that is longer would be refused.
_LONGEST = 500_000
_CONTENTS = {
    frozenset({"base64"}): ("", "YQ==", "eyJhIjogMX0="),
    frozenset({"application/json"}): ("{}", "[]", "1", '"a"'),
    frozenset({"base64", "application/json"}): ("e30=", "W10=", "eyJhIjogMX0="),
}


def text(choices: Choices, asked: Demand, tree: Tree) -> str:
    """Draw a text.

    :raises DeadEnd: if none was found.
    """
    if asked.shortest > _LONGEST:
        raise DeadEnd
    for _ in range(_TRIES):
        try:
            found = _candidate(choices, asked)
        except Unread:
            found = choices.text(asked.shortest, _longest(asked, 0))
        if _fits(found, asked, tree):
            return found
    raise DeadEnd


def _fits(found: str, asked: Demand, tree: Tree) -> bool:
    if len(found) < asked.shortest or (asked.longest is not None and len(found) > asked.longest):
        return False
    if not all(tree.matches(pattern, found) for pattern in asked.patterns):
        return False
    wanted = [{"format": each} for each in asked.formats]
    if wanted and not all(tree.accepts(each, found) for each in wanted):
        return False
    return not any(tree.accepts(each, found) for each in asked.refused)


def _longest(asked: Demand, least: int) -> int:
    if asked.longest is None:
        return max(asked.shortest, least) + _MORE
    return min(asked.longest, _LONGEST)


def _candidate(choices: Choices, asked: Demand) -> str:
    known = [each for each in asked.formats if each in FORMATS]
    if known:
        least = asked.shortest
        if asked.longest is not None and choices.flag():
            least = chosen_length(choices, least, max(least, asked.longest))
        return formatted(choices, choices.pick(known), least)
    if asked.patterns:
        pattern = choices.pick(asked.patterns)
        longest = _longest(asked, length_of(pattern)[0])
        return finding(choices, pattern, asked.shortest, longest)
    contents = _CONTENTS.get(frozenset(asked.contents))
    if contents:
        return choices.pick(contents)
    return _of_length(choices, asked.shortest, _longest(asked, 0))


def _of_length(choices: Choices, least: int, most: int) -> str:
    if least > most:
        raise DeadEnd
    if not choices.flag():
        return (
            choices.text(least, min(most, max(_DRAWN, least)))
            if least <= _DRAWN
            else _long(choices, least)
        )
    length = chosen_length(choices, least, most)
    return choices.text(length, length) if length <= _DRAWN else _long(choices, length)


def _long(choices: Choices, length: int) -> str:
    part = choices.text(1, _DRAWN // 4)
    return (part * (length // len(part) + 1))[:length]
