"""What was probably meant by a name or a word that is almost another: in bounded time."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import islice

import attrs

__all__ = ["Nearby"]

#: Names of more characters are not looked at: what it takes to compare two grows with the square.
_LONGEST = 40
#: Names that one is compared with, and comparisons for one document.
_AMONG = 100
_COMPARISONS = 500
#: How much of two names is the same, at the least: "saveid" and "save_id" 0.92, "emial" and "email"
#: 0.8, "device" and "service" 0.77.
_ALIKE = 0.8


@attrs.frozen
class Nearby:
    """Finds what is close, for one document: the same each time, since it counts its work."""

    _known: dict[tuple[str, tuple[str, ...]], str | None] = attrs.field(factory=dict, init=False)
    _compared: list[int] = attrs.field(factory=lambda: [0], init=False)

    def closest(self, name: str, among: Iterable[str]) -> str | None:
        """Give what is closest to a name, whatever the case of its letters; None if nothing is."""
        others = tuple(islice(among, _AMONG))
        if (name, others) not in self._known:
            self._known[name, others] = self._found(name, others)
        return self._known[name, others]

    def _found(self, name: str, others: tuple[str, ...]) -> str | None:
        self._compared[0] += len(others)
        if len(name) > _LONGEST or self._compared[0] > _COMPARISONS:
            return None
        compared = SequenceMatcher(None, b=name.casefold())
        closest, most = None, 0.0
        for other in others:
            if len(other) > _LONGEST:
                continue
            compared.set_seq1(other.casefold())
            needed = max(_ALIKE, most)
            # What is quick to tell is never less than the ratio.
            if compared.real_quick_ratio() >= needed and compared.quick_ratio() >= needed:
                ratio = compared.ratio()
                if ratio >= _ALIKE and ratio > most:
                    closest, most = other, ratio
        return closest
