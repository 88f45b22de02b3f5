"""What was probably meant by a name or a word that is almost another: in bounded time."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice
from os.path import commonprefix

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
#: Of names of fewer letters, that one is another says little.
_TELLING = 4


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
        return _closest(name, others)


# The same names are wrong in many documents: to compare them takes a tenth of what it takes to
# check a document that is not valid.
@lru_cache(maxsize=1024)
def _closest(name: str, others: tuple[str, ...]) -> str | None:
    folded = name.casefold()
    compared = SequenceMatcher(None, b=folded)
    closest, most = None, (False, 0.0)
    for other in others:
        if len(other) > _LONGEST:
            continue
        compared.set_seq1(other.casefold())
        is_slip = _is_slip(folded, other.casefold())
        # What is quick to tell is never less than the ratio.
        quick = compared.real_quick_ratio() >= _ALIKE and compared.quick_ratio() >= _ALIKE
        if is_slip or quick:
            near = is_slip, compared.ratio()
            if (is_slip or near[1] >= _ALIKE) and near > most:
                closest, most = other, near
    return closest


def _is_slip(name: str, other: str) -> bool:
    """Whether two letters are swapped, or one is another, is missing, or is too many."""
    same = len(commonprefix([name, other]))  # noqa: RUF071  # characters are meant, no path
    one, two = name[same:], other[same:]
    if one[:2] == two[1::-1] and one[2:] == two[2:]:
        return True
    changed = one[1:] == two[1:] or one[1:] == two or one == two[1:]
    return changed and min(len(name), len(other)) >= _TELLING
