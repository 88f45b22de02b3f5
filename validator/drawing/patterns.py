"""Texts that a regular expression finds something in.

A pattern is read into parts, each of which knows how short and how long its texts are, so that a
text of a wanted length is made, not searched for. What is not read (look-around, back-references)
is told as `Unread`.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

import attrs

from validator.drawing.choices import Choices, DeadEnd, chosen_length

__all__ = [
    "Class",
    "Edge",
    "Either",
    "Part",
    "Repeat",
    "Sequence",
    "Unread",
    "finding",
    "length_of",
    "read",
]

#: How many texts are drawn to be repeated in one that is long.
_DISTINCT = 16
_NO_END = 2**31
#: The characters that a class may be made of, the most readable first.
_POOL = (
    "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "-_ .,:;/!?@#$%&*+='\"()[]{}<>|\\^~`\t\n\r\f\v"
    "\u00e9\u00c9\u00df\u0161\u03b1\u0391\u0436\u0416\u05d0\u0661\u4e2d\u3042\u20ac\u00a0\u2028\U0001f600"
)
_DIGITS = ((0x30, 0x39),)
_WORD = ((0x61, 0x7A), (0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F))
_SPACE = (
    *((0x20, 0x20), (0x09, 0x0D), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A)),
    *((0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF)),
)
_ANY = ((0, sys.maxunicode),)
#: What the engine has no `.` take; ECMA-262 has more: \r, U+2028 and U+2029.
_LINES = ((0x0A, 0x0A),)
_SHORT = {"d": _DIGITS, "w": _WORD, "s": _SPACE}
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v"}
_Ranges: TypeAlias = tuple[tuple[int, int], ...]


class Unread(Exception):
    """A pattern has what is not read here."""


@attrs.frozen
class Class:
    """One character of some."""

    ranges: _Ranges
    negated: bool = False
    #: A category of Unicode that it may also be of: `L` is that of letters.
    categories: tuple[str, ...] = ()
    least: int = 1
    most: int = 1

    def has(self, character: str) -> bool:
        """Whether a character is of the class."""
        code = ord(character)
        inside = any(low <= code <= high for low, high in self.ranges) or any(
            unicodedata.category(character).startswith(each) for each in self.categories
        )
        return inside is not self.negated

    def draw(self, choices: Choices, least: int, most: int) -> str:  # noqa: ARG002  # as all parts
        """Draw a text of so many characters."""
        pool = _characters(self)
        if not pool:
            raise DeadEnd
        return pool[choices.integer(0, len(pool) - 1)]


@lru_cache(maxsize=512)
def _characters(of: Class) -> str:
    """Give characters of a class: those that are read well, and the first of each range."""
    pool = [each for each in _POOL if of.has(each)]
    if not of.negated:
        edges = (
            chr(code) for low, high in of.ranges for code in range(low, min(low + 4, high + 1))
        )
        pool += [each for each in edges if unicodedata.category(each) != "Cs"]
    return "".join(dict.fromkeys(pool))


@attrs.frozen
class Sequence:
    """One part after the other."""

    parts: tuple[Part, ...]
    least: int = attrs.field(init=False)
    most: int = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "least", sum(each.least for each in self.parts))
        object.__setattr__(self, "most", min(sum(each.most for each in self.parts), _NO_END))

    def draw(self, choices: Choices, least: int, most: int) -> str:
        """Draw a text of so many characters."""
        return "".join(_in_a_row(choices, self.parts, least, most))


@attrs.frozen
class Either:
    """One of several parts."""

    parts: tuple[Part, ...]
    least: int = attrs.field(init=False)
    most: int = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "least", min(each.least for each in self.parts))
        object.__setattr__(self, "most", max(each.most for each in self.parts))

    def draw(self, choices: Choices, least: int, most: int) -> str:
        """Draw a text of so many characters."""
        fitting = [each for each in self.parts if each.least <= most and each.most >= least]
        if not fitting:
            raise DeadEnd
        return choices.pick(fitting).draw(choices, least, most)


@attrs.frozen
class Repeat:
    """A part so many times."""

    part: Part
    few: int
    many: int
    least: int = attrs.field(init=False)
    most: int = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "least", min(self.part.least * self.few, _NO_END))
        object.__setattr__(self, "most", min(self.part.most * self.many, _NO_END))

    def draw(self, choices: Choices, least: int, most: int) -> str:
        """Draw a text of so many characters."""
        fewest = self.few
        if self.part.most:
            fewest = max(fewest, -(-least // self.part.most))
        highest = min(self.many, most // self.part.least if self.part.least else fewest + 1)
        if fewest > highest:
            raise DeadEnd
        if isinstance(self.part, Class):
            return _spelled(choices, self.part, fewest, highest)
        times = choices.integer(fewest, min(highest, fewest + _MORE_TIMES))
        if times <= _DISTINCT or self.part.least != self.part.most:
            if times > _MOST_PARTS:
                raise DeadEnd
            return "".join(_in_a_row(choices, (self.part,) * times, least, most))
        length = self.part.least
        some = [self.part.draw(choices, length, length) for _ in range(_DISTINCT)]
        whole, rest = divmod(times, _DISTINCT)
        return "".join(some * whole + some[:rest])


def _spelled(choices: Choices, of: Class, least: int, most: int) -> str:
    """Draw so many characters of a class."""
    pool = _characters(of)
    if not pool and most:
        raise DeadEnd
    drawn = choices.text(min(least, _DRAWN), min(most, max(least, 0) + _MORE_TIMES, _DRAWN), pool)
    if len(drawn) >= least:
        return drawn
    return (drawn * (least // len(drawn) + 1))[:least]


#: Characters that are drawn one by one; those of a longer text are repeated.
_DRAWN = 32
_MORE_TIMES = 6
_MOST_PARTS = 5_000


@attrs.frozen
class Edge:
    """A place, without any character: `^`, `$`, or a boundary of words."""

    sign: str
    least: int = 0
    most: int = 0

    def draw(self, choices: Choices, least: int, most: int) -> str:  # noqa: ARG002  # as all parts
        """Draw a text of so many characters."""
        return ""


Part: TypeAlias = Class | Sequence | Either | Repeat | Edge


def _in_a_row(choices: Choices, parts: tuple[Part, ...], least: int, most: int) -> Iterator[str]:
    """Draw each part, leaving the others the room that they need."""
    fewest = sum(each.least for each in parts)
    highest = sum(each.most for each in parts)
    for each in parts:
        fewest -= each.least
        highest -= each.most
        low = max(each.least, least - highest)
        high = min(each.most, most - fewest)
        text = each.draw(choices, low, high)
        least, most = least - len(text), most - len(text)
        yield text


# Reading.


class _Reader:
    """Reads a pattern as ECMA-262 has it, as far as the engine takes it."""

    def __init__(self, pattern: str) -> None:
        self._text = pattern
        self._at = 0

    def read(self) -> Part:
        part = self._either()
        if self._at < len(self._text):
            raise Unread
        return part

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self, expected: str) -> bool:
        taken = self._text.startswith(expected, self._at)
        self._at += len(expected) * taken
        return taken

    def _next(self) -> str:
        if self._at >= len(self._text):
            raise Unread
        self._at += 1
        return self._text[self._at - 1]

    def _either(self) -> Part:
        parts = [self._sequence()]
        while self._take("|"):
            parts.append(self._sequence())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _sequence(self) -> Part:
        parts = []
        while self._peek() not in ("", "|", ")"):
            parts.append(self._repeated(self._one()))
        return Sequence(tuple(parts))

    def _repeated(self, part: Part) -> Part:
        sign = self._peek()
        bounds = {"*": (0, _NO_END), "+": (1, _NO_END), "?": (0, 1)}.get(sign)
        if bounds is not None:
            self._at += 1
        elif sign == "{":
            bounds = self._bounds()
        if bounds is None:
            return part
        self._take("?")
        return self._repeated(Repeat(part, *bounds))

    def _bounds(self) -> tuple[int, int]:
        end = self._text.find("}", self._at)
        few, comma, many = self._text[self._at + 1 : max(end, 0)].partition(",")
        if not few.isdecimal() or not (many.isdecimal() or not many):
            raise Unread
        self._at = end + 1
        if not comma:
            return int(few), int(few)
        return int(few), int(many) if many else _NO_END

    def _one(self) -> Part:
        character = self._next()
        if character == "(":
            return self._group()
        if character == "[":
            return self._class()
        if character == ".":
            return Class(_LINES, negated=True)
        if character in "^$":
            return Edge(character)
        if character in "*+?":
            raise Unread
        if character == "\\":
            return self._escaped()
        return _of(character)

    def _group(self) -> Part:
        if self._take("?"):
            if self._take("<") or self._take("P<"):
                if self._peek() in ("=", "!"):
                    raise Unread
                end = self._text.find(">", self._at)
                self._at = end + 1
            elif not self._take(":"):
                raise Unread
        part = self._either()
        if not self._take(")"):
            raise Unread
        return part

    def _escaped(self) -> Part:
        if self._peek() in ("b", "B"):
            return Edge(self._next())
        return self._escape()

    def _escape(self) -> Class:
        letter = self._next()
        if letter.lower() in _SHORT:
            return Class(_SHORT[letter.lower()], negated=letter.isupper())
        if letter in "pP":
            return self._category(negated=letter == "P")
        if letter in _CONTROLS:
            return _of(_CONTROLS[letter])
        if letter == "c":
            return _of(chr(ord(self._next()) % 32))
        if letter in "xu":
            return _of(self._code(letter))
        if letter.isalnum():
            raise Unread
        return _of(letter)

    def _category(self, *, negated: bool) -> Class:
        if not self._take("{"):
            raise Unread
        end = self._text.find("}", self._at)
        name = self._text[self._at : max(end, 0)]
        self._at = end + 1
        short = _CATEGORIES.get(name.rpartition("=")[2].lower())
        if short is None:
            raise Unread
        return Class((), negated=negated, categories=(short,))

    def _code(self, letter: str) -> str:
        if self._take("{"):
            end = self._text.find("}", self._at)
            digits = self._text[self._at : max(end, 0)]
            self._at = end + 1
        else:
            size = 2 if letter == "x" else 4
            digits = self._text[self._at : self._at + size]
            self._at += size
        try:
            return chr(int(digits, 16))
        except (ValueError, OverflowError):
            raise Unread from None

    def _class(self) -> Class:
        negated = self._take("^")
        if self._peek() == "]":  # which the engine takes for a character, and ECMA-262 does not
            raise Unread
        ranges: list[tuple[int, int]] = []
        categories: list[str] = []
        while not self._take("]"):
            if self._text[self._at : self._at + 2] in _OF_SETS:
                raise Unread
            member = self._member()
            if member.negated:
                ranges += _others(member)
                continue
            categories += member.categories
            if self._is_range(member):
                self._at += 1
                upper = self._member()
                ranges.append((member.ranges[0][0], upper.ranges[0][0]))
            else:
                ranges += member.ranges
        return Class(tuple(ranges), negated=negated, categories=tuple(categories))

    def _member(self) -> Class:
        if self._take("["):
            raise Unread
        if not self._take("\\"):
            return _of(self._next())
        return self._escape()

    def _is_range(self, member: Class) -> bool:
        if (
            self._peek() != "-"
            or len(member.ranges) != 1
            or member.ranges[0][0] != member.ranges[0][1]
        ):
            return False
        after = self._text[self._at + 1 : self._at + 3]
        return after[:1] != "]" and not (after[:1] == "\\" and after[1:].lower() in {"d", "w", "s"})


#: What joins classes where the engine reads one, and is two characters in ECMA-262.
_OF_SETS = ("&&", "--", "~~")
_CATEGORIES = {
    **{short.lower(): short for short in ("L", "Lu", "Ll", "N", "Nd", "P", "S", "Z", "Zs", "M")},
    "letter": "L",
    "alphabetic": "L",
    "uppercase_letter": "Lu",
    "uppercase": "Lu",
    "lowercase_letter": "Ll",
    "lowercase": "Ll",
    "number": "N",
    "digit": "Nd",
    "decimal_number": "Nd",
    "punctuation": "P",
    "symbol": "S",
    "separator": "Z",
}


def _others(of: Class) -> Iterator[tuple[int, int]]:
    """Give the characters that a class leaves out, if that is not told by categories."""
    if of.categories:
        raise Unread
    start = 0
    for low, high in sorted(of.ranges):  # of \D, \W or \S: none begins at 0, or touches another
        yield start, low - 1
        start = high + 1
    yield start, sys.maxunicode


def _of(character: str) -> Class:
    code = ord(character)
    return Class(((code, code),))


@lru_cache(maxsize=512)
def read(pattern: str) -> Part:
    """Read a pattern.

    :raises Unread: if it has what is not read here.
    """
    return _Reader(pattern).read()


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
