"""Patterns read into their parts, as ECMA-262 has them, as far as the engine takes them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import lru_cache

from validator.drawing.parts import NO_END, Class, Edge, Either, Part, Repeat, Sequence

__all__ = ["Unread", "read"]

_DIGITS = ((0x30, 0x39),)
_WORD = ((0x61, 0x7A), (0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F))
_SPACE = (
    *((0x20, 0x20), (0x09, 0x0D), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A)),
    *((0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF)),
)
#: What the engine has no `.` take; ECMA-262 has more: \r, U+2028 and U+2029.
_LINES = ((0x0A, 0x0A),)
_SHORT = {"d": _DIGITS, "w": _WORD, "s": _SPACE}
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v"}


class Unread(Exception):
    """A pattern has what is not read here."""


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
        bounds = {"*": (0, NO_END), "+": (1, NO_END), "?": (0, 1)}.get(sign)
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
        return int(few), int(many) if many else NO_END

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
