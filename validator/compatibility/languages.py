"""Which texts a pattern finds something in, and whether another finds something in all of them.

A pattern is read as an automaton of sets of states, over intervals of characters; what is not read
(look-around, back-references, boundaries of words, categories of Unicode) or grows too large has
no answer: None.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

import attrs

from validator.drawing.parts import Class, Edge, Either, Part, Repeat, Sequence
from validator.drawing.reading import Unread, read

__all__ = ["finds", "includes", "lengths", "outside", "words"]

#: The states that an automaton has at the most, and the sets of them that are looked at.
_MOST_STATES = 1_500
_MOST_SETS = 600
_MOST_REPEATS = 1_000
_NO_END = 2**31
_FIRST_SURROGATE, _LAST_SURROGATE = 0xD800, 0xDFFF


@lru_cache(maxsize=256)
def includes(outer: str, inner: str) -> bool | None:
    r"""Whether a pattern finds something in every text that another finds something in.

    >>> includes("^a*$", "^a+$"), includes("^a+$", "^a*$"), includes("a", r"\bb")
    (True, False, None)
    """
    try:
        return _outside(_automaton(outer), _automaton(inner)) is None
    except Unread:
        return None


@lru_cache(maxsize=256)
def outside(outer: str, inner: str) -> str | None:
    """Give a shortest text that a pattern finds something in, and another does not; or None.

    >>> outside("^[^@]*$", ""), outside("", "a")
    ('@', None)
    """
    try:
        return _outside(_automaton(outer), _automaton(inner))
    except Unread:
        return None


def _outside(other: _Automaton, one: _Automaton) -> str | None:
    letters = _letters((one, other))
    start = (one.begin(), other.begin())
    seen = {start}
    pending = deque([(start, "")])
    while pending:
        (here, there), text = pending.popleft()
        if one.ends(here) and not other.ends(there):
            return text
        for letter in letters:
            step = (one.step(here, letter), other.step(there, letter))
            if step not in seen:
                if len(seen) >= _MOST_SETS:
                    raise Unread
                seen.add(step)
                pending.append((step, text + chr(letter)))
    return None


def finds(pattern: str, text: str) -> bool | None:
    """Whether a pattern finds something in a text.

    >>> finds("^x", "x-1"), finds("^x$", "x-1")
    (True, False)
    """
    try:
        made = _automaton(pattern)
        states = made.begin()
        for each in text:
            states = made.step(states, ord(each))
        return made.ends(states)
    except Unread:
        return None


@lru_cache(maxsize=256)
def lengths(pattern: str) -> tuple[int, int | None] | None:
    """Give how many characters the texts have, at the least and at the most; no end is None.

    None where that is not told, or where there are no such texts.

    >>> lengths("^a{2,4}$"), lengths("a{2,4}"), lengths("^[0-9a-f]{4}$|^-?[0-9a-f]{16}$")
    ((2, 4), (2, None), (4, 17))
    """
    found = _deterministic(pattern)
    if found is None:
        return None
    steps, live = found
    least = _least(steps, live)
    return None if least is None else (least, _most(steps, live))


@lru_cache(maxsize=256)
def words(pattern: str, most: int = 64) -> tuple[str, ...] | None:
    """Give the texts that a pattern finds something in, if there are so few.

    >>> words("^(a|b)$"), words("a")
    (('a', 'b'), None)
    """
    found = _deterministic(pattern)
    if found is None or _most(*found) is None:
        return None
    steps, live = found
    told: list[str] = []
    pending: deque[tuple[int, str]] = deque([(0, "")])
    while pending:
        state, text = pending.popleft()
        if live[state]:
            told.append(text)
        for (low, high), after in steps[state].items():
            if high - low >= most:
                return None
            pending.extend((after, text + chr(code)) for code in range(low, high + 1))
        if len(told) + len(pending) > most:
            return None
    return tuple(told)


# Automata.


@attrs.define
class _Automaton:
    """States with steps from one to others; the first is where texts begin, the last their end."""

    #: For each state, by which characters which state is next; and what is next without any: always
    #: (""), at the start of the text ("^"), or at its end ("$").
    steps: list[list[tuple[Class, int]]] = attrs.field(factory=list)
    jumps: list[list[tuple[str, int]]] = attrs.field(factory=list)
    _known: dict[tuple[frozenset[int], int], frozenset[int]] = attrs.field(factory=dict)

    def new(self) -> int:
        if len(self.steps) >= _MOST_STATES:
            raise Unread
        self.steps.append([])
        self.jumps.append([])
        return len(self.steps) - 1

    def begin(self) -> frozenset[int]:
        return self._joined([0], "^")

    def step(self, states: frozenset[int], letter: int) -> frozenset[int]:
        """Give the states after one more character."""
        known = self._known.get((states, letter))
        if known is None:
            character = chr(letter)
            after = [to for state in states for of, to in self.steps[state] if of.has(character)]
            known = self._known[states, letter] = self._joined(after, "")
        return known

    def ends(self, states: frozenset[int]) -> bool:
        """Whether a text may end here."""
        before = self._joined(states, "")
        joined = self._joined(before, "$")
        if any(sign == "^" for state in joined - before for sign, _ in self.jumps[state]):
            raise Unread  # a start after the end
        return len(self.steps) - 1 in joined

    def _joined(self, states: Iterable[int], sign: str) -> frozenset[int]:
        found = set(states)
        pending = list(found)
        while pending:
            for how, to in self.jumps[pending.pop()]:
                if how in ("", sign) and to not in found:
                    found.add(to)
                    pending.append(to)
        return frozenset(found)


_EVERY = Class(((0, sys.maxunicode),))


@lru_cache(maxsize=32)
def _automaton(pattern: str) -> _Automaton:
    """Read a pattern: any text, what it finds, any text."""
    made = _Automaton()
    start = made.new()
    made.steps[start].append((_EVERY, start))
    # "^" holds before the first character alone: what is there may not have been skipped to.
    found = _added(made, read(pattern), start)
    end = made.new()
    made.jumps[found].append(("", end))
    made.steps[end].append((_EVERY, end))
    return made


def _added(made: _Automaton, part: Part, start: int) -> int:
    """Add what a part takes from a state on, and give the state after it."""
    if isinstance(part, Class):
        if part.categories:
            raise Unread
        end = made.new()
        made.steps[start].append((part, end))
        return end
    if isinstance(part, Edge):
        return _edge(made, part, start)
    if isinstance(part, Sequence):
        for each in part.parts:
            start = _added(made, each, start)
        return start
    if isinstance(part, Either):
        end = made.new()
        for each in part.parts:
            begin = made.new()
            made.jumps[start].append(("", begin))
            made.jumps[_added(made, each, begin)].append(("", end))
        return end
    return _repeated(made, part, start)


def _edge(made: _Automaton, part: Edge, start: int) -> int:
    if part.sign not in "^$":
        raise Unread
    end = made.new()
    made.jumps[start].append((part.sign, end))
    return end


def _repeated(made: _Automaton, part: Repeat, start: int) -> int:
    endless = part.many >= _NO_END
    if max(part.few, 0 if endless else part.many) > _MOST_REPEATS:
        raise Unread
    for _ in range(part.few):
        start = _added(made, part.part, start)
    end = made.new()
    made.jumps[start].append(("", end))
    if endless:
        made.jumps[_added(made, part.part, end)].append(("", end))
        return end
    for _ in range(part.many - part.few):
        start = _added(made, part.part, start)
        made.jumps[start].append(("", end))
    return end


def _letters(automata: Iterable[_Automaton]) -> list[int]:
    """Give one character of each interval whose characters no step tells apart."""
    return [low for low, _ in _intervals(automata)]


def _intervals(automata: Iterable[_Automaton]) -> list[tuple[int, int]]:
    cuts = {0, sys.maxunicode + 1, _FIRST_SURROGATE, _LAST_SURROGATE + 1}
    for each in automata:
        for steps in each.steps:
            for of, _ in steps:
                cuts.update(edge for low, high in of.ranges for edge in (low, high + 1))
    edges = sorted(cuts)
    return [
        (low, high - 1)
        for low, high in pairwise(edges)
        if not _FIRST_SURROGATE <= low <= _LAST_SURROGATE
    ]


# One state at a time.

#: For each state, by which characters which state is next.
_Steps = list[dict[tuple[int, int], int]]


@lru_cache(maxsize=32)
def _deterministic(pattern: str) -> tuple[_Steps, list[bool]] | None:
    """Give the steps of a pattern's automaton, state by state, and in which a text may end.

    States from which no text ends are left out.
    """
    try:
        return _told_apart(_automaton(pattern))
    except Unread:
        return None


def _told_apart(made: _Automaton) -> tuple[_Steps, list[bool]]:
    letters = _intervals([made])
    numbers = {made.begin(): 0}
    steps: _Steps = []
    for states in (ordered := [made.begin()]):
        row: dict[tuple[int, int], int] = {}
        for low, high in letters:
            after = made.step(states, low)
            if after not in numbers:
                if len(numbers) >= _MOST_SETS:
                    raise Unread
                numbers[after] = len(numbers)
                ordered.append(after)
            row[low, high] = numbers[after]
        steps.append(row)
    live = [made.ends(states) for states in ordered]
    useful = _reaching(steps, live)
    kept = [{by: to for by, to in row.items() if useful[to]} for row in steps]
    return kept, live


def _reaching(steps: _Steps, live: list[bool]) -> list[bool]:
    """Tell from which states a text may still end."""
    before: list[list[int]] = [[] for _ in steps]
    for state, row in enumerate(steps):
        for to in row.values():
            before[to].append(state)
    reaching = list(live)
    pending = [state for state, ends in enumerate(live) if ends]
    while pending:
        for state in before[pending.pop()]:
            if not reaching[state]:
                reaching[state] = True
                pending.append(state)
    return reaching


def _least(steps: _Steps, live: list[bool]) -> int | None:
    far = {0: 0}
    pending = deque([0])
    while pending:
        state = pending.popleft()
        if live[state]:
            return far[state]
        for to in steps[state].values():
            if to not in far:
                far[to] = far[state] + 1
                pending.append(to)
    return None


def _most(steps: _Steps, live: list[bool]) -> int | None:
    """Give how long the longest text is; None where there is no longest."""
    longest = 0
    states = {0}
    for length in range(len(steps) + 1):
        if not states:
            return longest
        if any(live[state] for state in states):
            longest = length
        states = {to for state in states for to in steps[state].values()}
    return None
