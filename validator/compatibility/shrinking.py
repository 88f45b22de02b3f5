"""Witnesses made small: what is left shows what is lost, and little else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias, TypeVar

import orjson

from validator.results import JSON

__all__ = ["shrunk"]

_Item = TypeVar("_Item")
_Test: TypeAlias = Callable[[JSON], bool]

#: What stands in for any value, the simplest first.
_SIMPLEST: tuple[JSON, ...] = (0, "", [], {}, None, True, False)
#: Up to so many characters, each is looked at by itself.
_SHORT = 12
#: The order of characters: digits and letters are plainer than others.
_PLAIN = b"a0123456789bcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_RANKS = bytes(_PLAIN.find(code) if code in _PLAIN else 255 for code in range(256))
_EXACT = 2**53


def shrunk(document: JSON, is_witness: _Test, most: int = 1_000) -> JSON:
    """Give a document that is as small as it gets, and for which the same holds.

    A document is smaller that has fewer bytes as JSON; of as many, one of plainer characters. At
    most so many are tried. The same document always comes to the same.

    >>> shrunk({"a": [1, 2], "b": "text"}, lambda each: isinstance(each, dict) and "b" in each)
    {'b': 0}
    """
    return _Shrinking(is_witness, most).run(document)


class _Shrinking:
    def __init__(self, is_witness: _Test, most: int) -> None:
        self._is_witness = is_witness
        self._left = most

    def run(self, document: JSON) -> JSON:
        before, size = None, _size(document)
        while size != before and self._left > 0:
            document, before = self._value(document, self._is_witness), size
            size = _size(document)
        return document

    def _holds(self, test: _Test, smaller: JSON) -> bool:
        self._left -= 1
        return self._left >= 0 and test(smaller)

    def _value(self, value: JSON, test: _Test) -> JSON:
        """Make a value smaller, as far as a test goes on to hold."""
        size = _size(value)
        for each in (*_SIMPLEST, *_within(value)):
            if _size(each) < size and self._holds(test, each):
                value = each
                break
        if isinstance(value, dict):
            return self._object(value, test)
        if isinstance(value, list):
            return self._array(value, test)
        if isinstance(value, str):
            return self._least(value, _shorter, test)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self._least(value, _rounder, test)
        return value

    def _object(self, value: dict[str, JSON], test: _Test) -> JSON:
        for some in _parts(list(value)):
            fewer = {name: each for name, each in value.items() if name not in some}
            if len(fewer) < len(value) and self._holds(test, fewer):
                value = fewer
        for name in list(value):
            value = {**value, name: self._value(value[name], _under(value, name, test))}
        for name in list(value):
            renamed = self._least(name, _plainer, _renaming(value, name, test))
            value = _renamed(value, name, renamed)
        return value

    def _array(self, value: list[JSON], test: _Test) -> JSON:
        for each in _SIMPLEST:
            alike = [each] * len(value)
            if _size(alike) < _size(value) and self._holds(test, alike):
                value = alike
                break
        value = self._least(value, _fewer, test)
        for index in range(len(value)):
            smaller = self._value(value[index], _at(value, index, test))
            value = [*value[:index], smaller, *value[index + 1 :]]
        return value

    def _least(
        self, value: _Item, smaller: Callable[[_Item], Iterator[_Item]], test: _Test
    ) -> _Item:
        """Take what is smaller for as long as there is something."""
        found = True
        while found and self._left > 0:
            found, size = False, _size(value)
            for each in smaller(value):
                if _size(each) < size and self._holds(test, each):
                    value, found = each, True
                    break
        return value


def _size(value: JSON) -> tuple[int, bytes]:
    """Give what makes one value smaller than another."""
    text = orjson.dumps(value)
    return len(text), text.translate(_RANKS)


def _within(value: JSON) -> Iterator[JSON]:
    """Give the objects and arrays in a value, which may do in its place."""
    inner = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict | list):
        yield from (each for each in inner if isinstance(each, dict | list))


def _under(value: dict[str, JSON], name: str, test: _Test) -> _Test:
    return lambda each: test({**value, name: each})


def _at(value: list[JSON], index: int, test: _Test) -> _Test:
    return lambda each: test([*value[:index], each, *value[index + 1 :]])


def _renaming(value: dict[str, JSON], name: str, test: _Test) -> _Test:
    return lambda each: each not in value and test(_renamed(value, name, each))


def _renamed(value: dict[str, JSON], name: str, other: str) -> dict[str, JSON]:
    return {(other if each == name else each): value[each] for each in value}


def _shorter(text: str) -> Iterator[str]:
    """Give texts that are shorter, much shorter ones first; then plainer ones."""
    size = length = len(text)
    while size:
        yield text[:-size]
        yield text[size:]
        size //= 2
    yield from ("a" * length, "0" * length)
    if length <= _SHORT:
        for index, each in enumerate(text):
            yield text[:index] + text[index + 1 :]
            yield from (text[:index] + plain + text[index + 1 :] for plain in "a0" if plain != each)


def _plainer(_: str) -> Iterator[str]:
    """Give names in place of one: most schemas tell their names, and take no others."""
    yield from ("", "a", "b")


def _fewer(items: list[JSON]) -> Iterator[list[JSON]]:
    """Give arrays with fewer items, much fewer first."""
    size = length = len(items)
    while size:
        yield items[:-size]
        yield items[size:]
        size //= 2
    if length <= _SHORT:
        yield from (items[:index] + items[index + 1 :] for index in range(length))


def _rounder(number: float) -> Iterator[JSON]:
    """Give numbers that are written shorter, or nearer to zero."""
    yield from (1, -1, 2, 0.5, -0.5, 0.0, 1.0)
    whole = int(number)
    nearer = (int(whole / 10**digits) for digits in range(1, 20)) if abs(whole) < _EXACT else ()
    closer = (whole - (whole >> bits) for bits in range(1, 64))
    for each in (whole, -whole, *nearer, whole // 10, *closer):
        if -(2**63) <= each < 2**64:
            yield each


def _parts(several: list[str]) -> Iterator[set[str]]:
    """Give what may be taken away of several: halves, quarters, ..., each by itself."""
    size = (len(several) + 1) // 2
    while size:
        for start in range(0, len(several), size):
            yield set(several[start : start + size])
        size = 0 if size == 1 else (size + 1) // 2
