"""Which branch of a new schema was which of the old one, where they have no names."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Hashable, Sequence

from validator.compatibility.equality import key_of, same
from validator.results import JSON

__all__ = ["Pairs", "match_branches", "match_places"]

#: Places in the old array and in the new one, in the order of the new; what is gone comes last.
Pairs = list[tuple[int | None, int | None]]

#: How many pairs are compared with one another, at the most.
_MOST_COMPARED = 2_500
#: How much two branches must have in common to be one that was changed.
_LEAST_SCORE = 0.5


def match_branches(
    old: Sequence[JSON], new: Sequence[JSON], alike: Callable[[JSON, JSON], bool]
) -> Pairs:
    """Match branches whose order does not count.

    First those that are equal, then those that are alike, then those with the same tag (`const`, or
    an `enum` of one), then the same `title` or `$ref`, then the best match.
    """
    matching = _Matching(old, new)
    matching.by(key_of)
    matching.by_score(lambda one, other: float(alike(one, other)))
    matching.by(_tag)
    matching.by(lambda schema: _text(schema, "title"))
    matching.by(lambda schema: _text(schema, "$ref"))
    matching.by_score(_score)
    return matching.pairs()


def match_places(old: Sequence[JSON], new: Sequence[JSON]) -> Pairs:
    """Match the items of two tuples, each of which has its place: none passes another.

    What is gone has its place among the others.
    """
    if len(old) * len(new) > _MOST_COMPARED:
        return _one_by_one((0, len(old)), (0, len(new)))
    keys = [key_of(each) for each in old], [key_of(each) for each in new]
    found: Pairs = []
    for _, *places in difflib.SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        found += _one_by_one((places[0], places[1]), (places[2], places[3]))
    return found


def _one_by_one(old: tuple[int, int], new: tuple[int, int]) -> Pairs:
    length = max(old[1] - old[0], new[1] - new[0])
    return [
        (
            old[0] + index if old[0] + index < old[1] else None,
            new[0] + index if new[0] + index < new[1] else None,
        )
        for index in range(length)
    ]


class _Matching:
    """What is matched so far."""

    def __init__(self, old: Sequence[JSON], new: Sequence[JSON]) -> None:
        self._old = old
        self._new = new
        self._free_old = dict.fromkeys(range(len(old)))
        self._free_new = dict.fromkeys(range(len(new)))
        #: Place in the new array to place in the old one.
        self._found: dict[int, int] = {}

    def by(self, key: Callable[[JSON], Hashable]) -> None:
        """Match those that share a key; None is no key."""
        places: dict[Hashable, list[int]] = {}
        for index in self._free_old:
            places.setdefault(key(self._old[index]), []).append(index)
        for index in list(self._free_new):
            shared = key(self._new[index])
            if shared is not None and places.get(shared):
                self._match(places[shared].pop(0), index)

    def by_score(self, score: Callable[[JSON, JSON], float]) -> None:
        """Match those that have the most in common, the best first."""
        if len(self._free_old) * len(self._free_new) > _MOST_COMPARED:
            return
        scores = [
            (-score(self._old[one], self._new[other]), one, other)
            for one in self._free_old
            for other in self._free_new
        ]
        for value, one, other in sorted(scores):
            if -value >= _LEAST_SCORE and one in self._free_old and other in self._free_new:
                self._match(one, other)

    def _match(self, old: int, new: int) -> None:
        self._found[new] = old
        del self._free_old[old]
        del self._free_new[new]

    def pairs(self) -> Pairs:
        """Give what is matched, and what is left."""
        of_new: Pairs = [(self._found.get(index), index) for index in range(len(self._new))]
        return of_new + [(index, None) for index in self._free_old]


def _text(schema: JSON, keyword: str) -> str | None:
    text = schema.get(keyword) if isinstance(schema, dict) else None
    return text if isinstance(text, str) else None


def _tag(schema: JSON) -> Hashable:
    """Give what tells a branch from others: its one value, or those of its properties."""
    if not isinstance(schema, dict):
        return None
    properties = schema.get("properties")
    parts = properties if isinstance(properties, dict) else {}
    tags = [(name, _one_value(part)) for name, part in parts.items()]
    found = frozenset(tag for tag in [("", _one_value(schema)), *tags] if tag[1] is not None)
    return found or None


def _one_value(schema: JSON) -> Hashable:
    if not isinstance(schema, dict):
        return None
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    return (key_of(values[0]),) if isinstance(values, list) and len(values) == 1 else None


def _score(old: JSON, new: JSON) -> float:
    """Give how much of two schemas is the same, from 0 to 1; a keyword with another value is half.

    Schemas of other types have nothing in common.
    """
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return 0.0
    if "type" in old and "type" in new and not _kinds(old) & _kinds(new):
        return 0.0
    shared = old.keys() & new.keys()
    points = sum(1.0 if same(old[keyword], new[keyword]) else 0.5 for keyword in shared)
    return points / max(len(old.keys() | new.keys()), 1)


def _kinds(schema: dict[str, JSON]) -> set[Hashable]:
    kinds = schema["type"]
    named = {key_of(each) for each in (kinds if isinstance(kinds, list) else [kinds])}
    return named | {"integer"} if "number" in named else named
