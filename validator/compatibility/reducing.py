"""Two schemas less the properties that are the same in both, and with few of those that are not.

What is left is asked first: to tell what one of two wide schemas accepts and the other does not
takes a time that grows with the product of their properties. Measured on Iglu Central: payload_data
takes 1.2 s as it is, and 1 ms so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from validator.compatibility.equality import same
from validator.results import JSON

__all__ = ["reduced"]

_Schema: TypeAlias = dict[str, Any]
#: Keywords that name properties, beside `properties` itself.
_NAMING = ("required", "dependencies", "dependentRequired", "dependentSchemas")
#: Keywords in whose presence properties count, or are judged elsewhere.
_COUNTING = ("minProperties", "maxProperties", "propertyNames", "unevaluatedProperties")
#: How many properties that differ are left at a time, and how often.
_AT_ONCE = 6
_TIMES = 20


def reduced(one: JSON, other: JSON) -> Iterator[tuple[JSON, JSON]]:
    """Give two schemas less what is alike in both, so many properties that differ at a time.

    A document that the first accepts of what is left, and the second does not, is likely to be so
    of the whole; it has to be made sure of. Neither schema is changed.
    """
    first = _Reducing(range(_AT_ONCE))
    yield first.both(one, other)
    if first.met > _AT_ONCE:
        for start in range(_AT_ONCE, min(first.met, _TIMES * _AT_ONCE), _AT_ONCE):
            yield _Reducing(range(start, start + _AT_ONCE)).both(one, other)
        yield _Reducing(range(first.met)).both(one, other)


class _Reducing:
    def __init__(self, wanted: range) -> None:
        self._wanted = wanted
        #: How many properties that differ were met.
        self.met = 0

    def both(self, one: JSON, other: JSON) -> tuple[JSON, JSON]:
        if not (isinstance(one, dict) and isinstance(other, dict)):
            return one, other
        first, second = self._properties(one, other)
        for keyword in ("items", "additionalProperties"):
            if isinstance(first.get(keyword), dict) and isinstance(second.get(keyword), dict):
                inner, its = self.both(first[keyword], second[keyword])
                first, second = {**first, keyword: inner}, {**second, keyword: its}
        return first, second

    def _properties(self, one: _Schema, other: _Schema) -> tuple[_Schema, _Schema]:
        mine, theirs = one.get("properties"), other.get("properties")
        if not (isinstance(mine, dict) and isinstance(theirs, dict)):
            return one, other
        named = _named(one) | _named(other)
        if any(keyword in each for keyword in _COUNTING for each in (one, other)):
            named |= mine.keys() | theirs.keys()
        first: _Schema = {}
        second: _Schema = {}
        for name in dict.fromkeys((*mine, *theirs)):
            if name in mine and name in theirs:
                if name not in named and same(_told(mine[name]), _told(theirs[name])):
                    continue
                before = self.met
                left = self.both(mine[name], theirs[name])
                if self.met == before and not self._is_wanted() and name not in named:
                    continue
                first[name], second[name] = left
            elif self._is_wanted() or name in named:
                left_in, its = (first, mine) if name in mine else (second, theirs)
                left_in[name] = its[name]
        return {**one, "properties": first}, {**other, "properties": second}

    def _is_wanted(self) -> bool:
        """Whether one more property that differs is one of those to be left."""
        self.met += 1
        return self.met - 1 in self._wanted


def _told(schema: JSON) -> JSON:
    """Give a schema less its description."""
    if not isinstance(schema, dict):
        return schema
    return {name: value for name, value in schema.items() if name != "description"}


def _named(schema: _Schema) -> set[str]:
    """Give the properties that a schema names elsewhere, too."""
    names: set[str] = set()
    for keyword in _NAMING:
        value: Any = schema.get(keyword, ())
        for each in value if isinstance(value, dict | list) else ():
            names.update([each] if isinstance(each, str) else ())
            needed = value[each] if isinstance(value, dict) else ()
            names.update(needed if isinstance(needed, list) else ())
    return names
