"""What a pattern holds to the ends of a text."""

from __future__ import annotations

from validator.drawing.parts import Edge, Either, Part, Repeat, Sequence
from validator.drawing.reading import Unread, read

__all__ = ["has_edge", "longest"]

#: How deep groups may nest in a pattern that is read.
_NESTED = 100


def longest(pattern: str) -> int | None:
    """Give how many characters a text has at the most in which a pattern finds something.

    None where there is no such number, or where it is not told.

    >>> longest("^a{2,4}$"), longest("^a{2,4}"), longest("^a|b$"), longest("^(a|bc)$")
    (4, None, None, 2)
    """
    part = _read(pattern)
    if part is None or not (_is_held(part, "^") and _is_held(part, "$")):
        return None
    return part.most


def has_edge(pattern: str) -> bool | None:
    r"""Whether a pattern has an end of a text or of a word in it; None if it can't be read.

    >>> has_edge("[^a]+b"), has_edge(r"\$\d+"), has_edge(r"\ba"), has_edge("(?=a)")
    (False, False, True, None)
    """
    part = _read(pattern)
    return None if part is None else _has_edge(part)


def _read(pattern: str) -> Part | None:
    if pattern.count("(") > _NESTED:
        return None
    try:
        return read(pattern)
    except Unread:
        return None


def _is_held(part: Part, sign: str) -> bool:
    """Whether all that a part takes begins at the start of a text, or ends at its end."""
    if isinstance(part, Edge):
        return part.sign == sign
    if isinstance(part, Either):
        return all(_is_held(each, sign) for each in part.parts)
    if isinstance(part, Sequence) and part.parts:
        return _is_held(part.parts[0 if sign == "^" else -1], sign)
    return isinstance(part, Repeat) and part.few > 0 and _is_held(part.part, sign)


def _has_edge(part: Part) -> bool:
    if isinstance(part, Sequence | Either):
        return any(_has_edge(each) for each in part.parts)
    return _has_edge(part.part) if isinstance(part, Repeat) else isinstance(part, Edge)
