"""Texts that a regular expression finds something in.

A pattern is read into parts (`reading`), each of which knows how short and how long its texts are
(`parts`), so that a text of a wanted length is made, not searched for.
"""

from __future__ import annotations

from validator.drawing.choices import Choices, DeadEnd, chosen_length
from validator.drawing.parts import Edge, Either, Part, Sequence
from validator.drawing.reading import read

__all__ = ["finding", "length_of"]


def length_of(pattern: str) -> tuple[int, int]:
    """Give the fewest and the most characters of what a pattern finds.

    :raises Unread: if the pattern has what is not read here.

    >>> length_of("^(a|bc){2}$"), length_of("a+")[0]
    ((2, 4), 1)
    """
    part = read(pattern)
    return part.least, part.most


def finding(choices: Choices, pattern: str, least: int, most: int) -> str:
    """Draw a text in which a pattern finds something, of so many characters.

    Boundaries of words are not looked after: make sure of the text.

    :raises Unread: if the pattern has what is not read here.
    :raises DeadEnd: if there is no such text, or none was made.

    >>> from validator.drawing.choices import Seeded
    >>> finding(Seeded(1), "^[0-9]{3}$", 0, 10).isdigit()
    True
    """
    part = read(pattern)
    if isinstance(part, Either):
        fitting = [each for each in part.parts if each.least <= most]
        if not fitting:
            raise DeadEnd
        part = choices.pick(fitting)
    before, after = (not _is_at(part, end) for end in (0, -1))
    if part.least > most or (part.most < least and not (before or after)):
        raise DeadEnd
    highest = min(part.most, most)
    length = chosen_length(choices, max(part.least, min(least, highest)), highest)
    text = part.draw(choices, min(length, highest), highest if length < least else length)
    return _padded(text, least, after=after)


def _is_at(part: Part, end: int) -> bool:
    """Whether what a part finds is at the start of a text, or at its end."""
    if isinstance(part, Sequence):
        return bool(part.parts) and _is_at(part.parts[end], end)
    if isinstance(part, Either):
        return any(_is_at(each, end) for each in part.parts)
    return isinstance(part, Edge) and part.sign == ("$" if end else "^")


def _padded(text: str, least: int, *, after: bool) -> str:
    """Make a text as long as it must be, at the end that is free."""
    more = "a" * (least - len(text))
    return text + more if after else more + text
