"""Schemas drawn of a random source, and others near them: pairs that are often contained."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from random import Random
from typing import Any

from validator.dialects import DIALECTS

__all__ = ["DOCUMENTS", "NUMBERED", "Draws", "named", "pair"]

#: The dialects, the oldest first.
NUMBERED = ("draft-04", "draft-06", "draft-07", "2019-09", "2020-12")
_NAMES = ("a", "b", "ab", "c", "", "é")
_TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")
_NUMBERS = (0, 1, 2, 3, -1, 1.0, 0.5, 1.5, 2.5, 10, 2**53, 2**53 + 1, 2**63, -(2**63), 1e300)
_STEPS = (1, 2, 3, 0.5, 0.1, 0.3, 1.5, 0.01, 1e-8)
_COUNTS = (0, 1, 2, 3, 4)
_PATTERNS = (
    *("a", "^a", "b$", "^ab?$", "^a*$", "^a+$", "", "^$", "[^a]", "^[^a]$", ".", "^.$", "^.*$"),
    *("^(a|b)$", "^a|b$", "(^a)|(b$)", "^a{2}$", "^a{1,3}$", "^[a-c]{2,}$", "^(ab)*$", "x?"),
    *(r"\s", r"^\S+$", r"^\d{2}$", r"^\w+$", r"\.", "^[\\s\\S]*$", "^a\\nb$", "^\\u00e9$"),
    *("^(?:a|ab)$", "^(?=a)", r"\bab", "(a)\\1", "^[A-Z]{3}$", "^.{2}$", r"^[\d.-]+$"),
    *("a^", "$a", "^^a$$", "(^|b)a", "a($|b)", "^\U0001f600$", r"^\x61$", "[]", "[^]", "^a?$"),
)
_FORMATS = (
    *("date-time", "date", "time", "email", "hostname", "ipv4", "ipv6", "uri", "uuid", "regex"),
    *("uri-reference", "iri", "json-pointer", "idn-email", "odd", "duration"),
)
_TEXTS = (
    *("", "a", "b", "ab", "aa", "aaa", "aba", "é", "\n", "a\n", "a\nb", "\u2028", "\U0001f600"),
    *(" ", "\ufeff", "12", "1.2.3.4", "::1", "a@b", "2024-02-29", "2024-02-29T23:59:59Z"),
    *("e30=", "{}", "a.b", "http://a.example/b", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
    *("F81D4FAE7DEC11D0A76500A0C91E6BF6", "\x00", "12:30:00Z", "P1D", "/a", "ABC", "_"),
)
#: Documents that tell many schemas apart.
DOCUMENTS: tuple[Any, ...] = (
    *(None, True, False, *_NUMBERS, *_TEXTS, 0.1, 0.3, 0.30000000000000004, 1e-8, 2.0**63),
    *([], [1], [1.0, 1], [True, 1], [0, False], ["a"], ["a", "b"], [[], {}], [None] * 4),
    *({}, {"a": 1}, {"a": "a"}, {"b": 1}, {"a": 1, "b": 1}, {"ab": None}, {"c": {}}, {"": 0}),
    *({"a": {"a": {"a": 1}}}, {"a": [{"a": 1}]}, {"é": True}, {"a": {}}, {"a": {"a": "x"}}),
    *({"a": 1, "b": "b", "c": None}, {"a": {"b": 1}}, {"b": {"a": {"b": []}}}, {"zz": 1}),
)


class Draws:
    """Draws schemas of one dialect."""

    def __init__(self, random: Random, dialect: str) -> None:
        self.random = random
        self._age = NUMBERED.index(dialect)
        self._dialect = dialect
        self._keywords = {name: self._keyword(name) for name in self._names()}

    def schema(self) -> Any:
        """Draw a schema, with what its references lead to."""
        schema = self.inner(self.random.choice((1, 2, 2, 3)))
        if isinstance(schema, dict) and '"$ref"' in json.dumps(schema):
            for keyword, name in (("definitions", "a"), ("$defs", "b")):
                schema[keyword] = {name: self.inner(1)}
        return schema

    def inner(self, levels: int) -> Any:
        """Draw a schema so deep."""
        if self._age and self.random.random() < 0.05:  # one of twenty
            return self.random.random() < 0.5  # true as often as false
        names = self.random.sample(sorted(self._keywords), self.random.choice((1, 1, 2, 2, 3)))
        found = {
            name: self._keywords[name](levels - 1) for name in names if self._fits(name, levels)
        }
        return found or {"type": self._pick(_TYPES)}

    def near(self, schema: Any) -> Any:
        """Give a schema that differs in little from another."""
        if not isinstance(schema, dict) or not schema or self.random.random() < 0.1:
            return self.inner(1)
        made = copy.deepcopy(schema)
        name = self._pick(sorted(made))
        self._pick((self._without, self._other, self._inside, self._inside, self._more))(made, name)
        return made

    def _without(self, made: dict[str, Any], name: str) -> None:
        if name not in {"definitions", "$defs"}:
            del made[name]

    def _more(self, made: dict[str, Any], _: str) -> None:
        name = self._pick(sorted(self._keywords))
        made.setdefault(name, self._keywords[name](1))

    def _other(self, made: dict[str, Any], name: str) -> None:
        if name in self._keywords:
            made[name] = self._keywords[name](1)

    def _inside(self, made: dict[str, Any], name: str) -> None:
        value = made[name]
        if isinstance(value, dict) and value and name in _NAMING:
            key = self._pick(sorted(value))
            value[key] = (
                self.near(value[key]) if isinstance(value[key], dict | bool) else value[key]
            )
        elif isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
            index = self.random.randrange(len(value))
            made[name] = [*value[:index], self.near(value[index]), *value[index + 1 :]]
        elif isinstance(value, dict) and name not in {"const", "enum"}:
            made[name] = self.near(value)
        else:
            self._other(made, name)

    # Keywords.

    def _fits(self, name: str, levels: int) -> bool:
        return levels > 0 or name not in _NESTING

    def _pick(self, options: Any) -> Any:
        return self.random.choice(options)

    def _names(self) -> list[str]:
        names = [name for name, first in _SINCE.items() if self._age >= first]
        return [name for name in names if self._age <= _UNTIL.get(name, 9)]

    def _keyword(self, name: str) -> Callable[[int], Any]:
        if name in _PLAIN:
            return lambda _: copy.deepcopy(self._pick(_PLAIN[name]))
        if name in ("exclusiveMinimum", "exclusiveMaximum"):
            options = _NUMBERS if self._age else (True, False)
            return lambda _: self._pick(options)
        if name in _SEVERAL:
            return self._several
        if name in _NAMED:
            return lambda levels: {each: self.inner(levels) for each in self._some(_NAMES)}
        return getattr(self, "_" + name.lower(), self.inner)

    def _some(self, options: Any) -> list[Any]:
        return self.random.sample(options, self._pick((1, 1, 2, 3)))

    def _several(self, levels: int) -> list[Any]:
        return [self.inner(levels) for _ in range(self._pick((1, 2, 2, 3)))]

    def _type(self, _: int) -> Any:
        return self._pick(_TYPES) if self.random.random() < 0.7 else self._some(_TYPES)

    def _enum(self, _: int) -> list[Any]:
        found: dict[str, Any] = {}
        for each in self._some(DOCUMENTS):
            found[repr(each)] = each
        return [*found.values()]

    def _items(self, levels: int) -> Any:
        if self._age < NUMBERED.index("2020-12") and self.random.random() < 0.4:
            return self._several(levels)
        return self.inner(levels)

    def _additional(self, levels: int) -> Any:
        return False if self.random.random() < 0.5 else self.inner(levels)

    _additionalproperties = _additionalitems = _additional
    _unevaluatedproperties = _unevaluateditems = _additional

    def _patternproperties(self, levels: int) -> Any:
        return {each: self.inner(levels) for each in self._some(_PATTERNS)}

    def _required(self, _: int) -> list[str]:
        return self._some(_NAMES)

    def _dependentrequired(self, _: int) -> Any:
        return {each: self._some(_NAMES) for each in self._some(_NAMES)}

    def _dependencies(self, levels: int) -> Any:
        if self.random.random() < 0.5:
            return self._dependentrequired(levels)
        return {each: self.inner(levels) for each in self._some(_NAMES)}


_NAMING = ("properties", "patternProperties", "definitions", "$defs", "dependentSchemas")
_SEVERAL = ("allOf", "anyOf", "oneOf", "prefixItems")
_NAMED = ("properties", "dependentSchemas")
_NESTING = {
    *(*_SEVERAL, *_NAMED, "not", "if", "then", "else", "items", "additionalItems", "contains"),
    *("additionalProperties", "patternProperties", "propertyNames", "dependencies"),
    *("unevaluatedItems", "unevaluatedProperties"),
}
_PLAIN: dict[str, tuple[Any, ...]] = {
    "const": DOCUMENTS,
    **dict.fromkeys(("minimum", "maximum"), _NUMBERS),
    "multipleOf": _STEPS,
    **dict.fromkeys(("minLength", "minItems", "minProperties", "minContains"), _COUNTS),
    **dict.fromkeys(("maxLength", "maxItems", "maxProperties", "maxContains"), _COUNTS),
    "pattern": _PATTERNS,
    "format": _FORMATS,
    "uniqueItems": (True, True, False),
    "contentEncoding": ("base64",),
    "contentMediaType": ("application/json",),
    "$ref": ("#", "#/definitions/a", "#/$defs/b", "#/definitions/a"),
}
#: Each keyword, and the first dialect that knows it.
_SINCE = {
    **dict.fromkeys(("type", "enum", "minimum", "maximum", "multipleOf", "minLength"), 0),
    **dict.fromkeys(("maxLength", "pattern", "format", "items", "minItems", "maxItems"), 0),
    **dict.fromkeys(("uniqueItems", "properties", "required", "additionalProperties"), 0),
    **dict.fromkeys(("patternProperties", "minProperties", "maxProperties", "allOf"), 0),
    **dict.fromkeys(("anyOf", "oneOf", "not", "$ref", "dependencies", "additionalItems"), 0),
    **dict.fromkeys(("exclusiveMinimum", "exclusiveMaximum"), 0),
    **dict.fromkeys(("const", "contains", "propertyNames"), 1),
    **dict.fromkeys(("if", "then", "else", "contentEncoding", "contentMediaType"), 2),
    **dict.fromkeys(("dependentRequired", "dependentSchemas", "unevaluatedProperties"), 3),
    **dict.fromkeys(("unevaluatedItems", "minContains", "maxContains"), 3),
    "prefixItems": 4,
}
_UNTIL = {"additionalItems": 3, "contentEncoding": 4, "contentMediaType": 4}


def pair(random: Random) -> tuple[Any, Any]:
    """Draw two schemas, each with its `$schema`: mostly of one dialect, and near each other."""
    dialect = random.choice(NUMBERED)
    draws = Draws(random, dialect)
    one = draws.schema()
    kind = random.random()
    if kind < 0.15:
        return named(one, dialect), named(draws.schema(), dialect)
    other = draws.near(one)
    while random.random() < 0.3:
        other = draws.near(other)
    its = random.choice(NUMBERED) if kind > 0.85 else dialect
    return named(one, dialect), named(other, its)


def named(schema: Any, dialect: str) -> Any:
    """Give a schema with its `$schema`; one that is true or false, as an object."""
    if not isinstance(schema, dict):
        schema = {} if schema else {"not": {}}
    return {"$schema": DIALECTS[dialect].uri, **schema}
