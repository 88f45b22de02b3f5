"""Two schemas as one tree, of which any choice of their differences can be written as a schema.

None of them chosen, it is the old schema; all of them, the new one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

import attrs

from validator.compatibility.verdicts import ABSENT, Absent
from validator.results import JSON

__all__ = [
    "SILENT",
    "Choice",
    "Edit",
    "Followed",
    "Kept",
    "Members",
    "Pick",
    "Pool",
    "Rooted",
    "Row",
]

#: The number of every difference that is no event: the order of branches, the name of a definition.
SILENT = -1


@attrs.frozen
class Pick:
    """Which of the differences are chosen."""

    #: The numbers of events.
    events: Collection[int]
    #: Whether differences that are no events are as in the new schema.
    silent: bool
    #: Whether it is one of both schemas, whole.
    whole: bool

    def takes(self, index: int) -> bool:
        """Whether a difference is chosen."""
        return self.silent if index == SILENT else index in self.events


class Edit(Protocol):
    """A part of the tree."""

    def build(self, pick: Pick) -> JSON | Absent:
        """Write it; ABSENT where nothing is there."""


@attrs.frozen
class Kept:
    """A part that is the same in both."""

    _value: JSON | Absent

    def build(self, _: Pick) -> JSON | Absent:
        """Give it."""
        return self._value


@attrs.frozen
class Choice:
    """One difference."""

    _index: int
    _old: JSON | Absent
    _new: JSON | Absent

    def build(self, pick: Pick) -> JSON | Absent:
        """Give one or the other."""
        return self._new if pick.takes(self._index) else self._old


@attrs.frozen
class Members:
    """An object, member by member."""

    _edits: Mapping[str, Edit]
    #: What is there if no member is, in the old schema and in the new one.
    _empty: tuple[JSON | Absent, JSON | Absent] = ({}, {})

    def build(self, pick: Pick) -> JSON | Absent:
        """Write those that are there."""
        written = ((name, edit.build(pick)) for name, edit in self._edits.items())
        members = {name: value for name, value in written if value is not ABSENT}
        return members or self._empty[pick.silent]


@attrs.frozen
class Row:
    """An array, in the order of the old schema and in that of the new one."""

    _old: Sequence[Edit]
    _new: Sequence[Edit]
    #: What is there if no item is, in the old schema and in the new one.
    _empty: tuple[JSON | Absent, JSON | Absent] = attrs.Factory(lambda: ([], []))

    def build(self, pick: Pick) -> JSON | Absent:
        """Write those that are there."""
        written = [edit.build(pick) for edit in (self._new if pick.silent else self._old)]
        items = [value for value in written if value is not ABSENT]
        return items or self._empty[pick.silent]


@attrs.frozen
class Followed:
    """A reference in one schema, and in the other, in its place, what it should lead to."""

    _old: JSON
    _new: JSON
    #: What it leads to beside what is in its place.
    _inner: Edit
    #: The events in there.
    _events: range

    def build(self, pick: Pick) -> JSON | Absent:
        """Give one or the other; if there is some of both, what is meant, in the place itself."""
        taken = {pick.takes(index) for index in self._events or (SILENT,)}
        if len(taken) == 1:
            return self._new if taken.pop() else self._old
        return self._inner.build(pick)


#: The keyword that a definition stands under, and its name; None where it is not there.
_Named = tuple[str, str] | None


@attrs.frozen
class Pool:
    """The definitions of a schema. Those of both are there unless it is one of them, whole.

    So a reference leads somewhere, whichever of both it is from.
    """

    _entries: Sequence[tuple[_Named, _Named, Edit]]
    #: The keywords that there are for them, in the old schema and in the new one.
    _keywords: tuple[Collection[str], Collection[str]]

    def build(self, pick: Pick) -> dict[str, JSON]:
        """Write them under their keywords."""
        only = pick.silent if pick.whole else None
        keywords = [*self._keywords[0], *self._keywords[1]]
        there = keywords if only is None else self._keywords[only]
        pool: dict[str, JSON] = {keyword: {} for keyword in there}
        for *names, edit in self._entries:
            sides = names if only is None else [names[only]]
            for named in sides:
                if named is not None:
                    pool[named[0]][named[1]] = edit.build(pick)
        return pool


@attrs.frozen
class Rooted:
    """A whole schema: what it says, and its definitions."""

    _members: Members
    _pool: Pool

    def build(self, pick: Pick) -> JSON | Absent:
        """Write it."""
        members: JSON = self._members.build(pick)
        return {**members, **self._pool.build(pick)}
