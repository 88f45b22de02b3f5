"""How each keyword is broken: values beside one that keeps it, near enough to break nothing else.

What is given here is only likely to do so: who asks makes sure.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TypeAlias

from validator.drawing.choices import Choices, DeadEnd
from validator.drawing.formats import FORMATS, formatted
from validator.drawing.patterns import finding
from validator.drawing.reading import Unread
from validator.results import JSON

__all__ = ["BREAKING", "breaking"]

_Schema: TypeAlias = dict[str, JSON]
#: Gives values that break a keyword of a schema, made of one that does not.
_Break: TypeAlias = Callable[[Choices, _Schema, JSON], Iterator[JSON]]

_PLAIN: tuple[JSON, ...] = (None, True, 0, -1, 0.5, "", "a", "1", [], {}, [None], {"a": None})
#: What is put under a name, or into an array, that must not be there.
_VALUES: tuple[JSON, ...] = ("a", None, 1, {}, [])
_NEW_NAMES = ("unknown", "Unknown", "x-1", "", " ", "a b", "\u00e9", "x" * 300)
_MOST_BITS = 64
#: The characters, and the items, that a value has at the most: what is longer is refused for it.
_LONGEST = 200_000
_MOST_ITEMS = 10_000


def breaking(choices: Choices, keyword: str, schema: _Schema, value: JSON) -> list[JSON]:
    """Give values that are likely to break a keyword where one stands that does not."""
    return [each for each in BREAKING[keyword](choices, schema, value) if _is_kept(each)]


def _is_kept(value: JSON) -> bool:
    """Whether a value is one that a document can hold: numbers past 64 bits are refused."""
    if isinstance(value, float):
        return math.isfinite(value)
    return not isinstance(value, int) or -(2**63) <= value < 2**_MOST_BITS


def _plain(_: Choices, __: _Schema, value: JSON) -> Iterator[JSON]:
    if isinstance(value, int | float):
        yield str(value)
    yield from _PLAIN


def _listed(_: Choices, schema: _Schema, value: JSON) -> Iterator[JSON]:
    for each in [value, *_options(schema)]:
        if isinstance(each, str):
            yield from (f"{each}x", each.upper(), each.lower(), each[:-1], f"{each} ")
        elif isinstance(each, int | float) and not isinstance(each, bool):
            yield from (each + 1, each - 1, each + 0.5)
        elif isinstance(each, bool):
            yield not each
        elif isinstance(each, dict):
            yield {**each, "unknown": None}
        elif isinstance(each, list):
            yield [*each, None]
    yield from _PLAIN


def _options(schema: _Schema) -> list[JSON]:
    """Give the values that a schema lists."""
    return [*schema.get("enum", ()), *([schema["const"]] if "const" in schema else ())]


def _bounded(keyword: str, step: int) -> _Break:
    """Give what is past a bound of numbers."""

    def past(_: Choices, schema: _Schema, __: JSON) -> Iterator[JSON]:
        bound = schema[keyword]
        if isinstance(bound, bool):  # as in draft-04
            bound = schema.get(_PLAIN_BOUND[keyword]) if bound else None
        if bound is not None:
            yield from (bound, bound + step, bound + step / 2, bound + step / 1000)
            yield math.nextafter(bound, math.inf * step)

    return past


_PLAIN_BOUND = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}


def _between(_: Choices, schema: _Schema, value: JSON) -> Iterator[JSON]:
    step = schema["multipleOf"]
    yield from (value + 1, value - 1, value + step / 2, value - step / 2, value + step / 8)
    yield from (value + step / 1000, value + 0.1)


def _shorter(_: Choices, schema: _Schema, value: JSON) -> Iterator[JSON]:
    length = int(schema["minLength"]) - 1
    if length >= 0:
        yield from (value[:length], "a" * length, "0" * length, "")


def _longer(choices: Choices, schema: _Schema, value: JSON) -> Iterator[JSON]:
    length = int(schema["maxLength"]) + 1
    if length > _LONGEST:
        return
    if "pattern" in schema:
        with suppress(DeadEnd, Unread):
            yield finding(choices, schema["pattern"], length, length)
    if schema.get("format") in FORMATS:
        yield formatted(choices, schema["format"], length)
    for name in ("date-time", "uri", "email", "hostname"):
        if name != schema.get("format"):
            yield formatted(choices, name, length)
    yield (value or "a").ljust(length, (value or "a")[-1])
    yield from (fill * length for fill in ("a", "0", "\U0001f600"))


def _misspelt(_: Choices, __: _Schema, value: JSON) -> Iterator[JSON]:
    yield from (f"{value} ", f" {value}", f"{value}x", value[:-1], value[1:], f"{value}\n")
    yield from (value.upper(), value.lower(), value.replace("-", "_"), value * 2)
    yield from ("", " ", "a", "0", "A", "-", "!", "\n", "\u00e9", "(", "{")
    yield from (fill * len(value) for fill in ("!", " ", "a", "0", "Z", "\u00e9"))


def _lacking(_: Choices, schema: _Schema, value: JSON) -> Iterator[JSON]:
    yield from (_without(value, name) for name in schema["required"] if name in value)


def _without(value: _Schema, *names: str) -> _Schema:
    return {name: each for name, each in value.items() if name not in names}


def _with_more(_: Choices, schema: _Schema, value: JSON) -> Iterator[JSON]:
    names = [f"{name}s" for name in schema.get("properties", ())]
    for name in (*_NEW_NAMES[:3], *names[:3], *_NEW_NAMES[3:]):
        if name not in value:
            yield from ({**value, name: each} for each in _VALUES)


def _forbidden(_: Choices, schema: _Schema, value: JSON) -> Iterator[JSON]:
    """Give the names whose members no schema takes."""
    for name, each in schema["properties"].items():
        if name not in value and each in (False, {"not": {}}):
            yield {**value, name: None}


def _misnamed(_: Choices, schema: _Schema, value: JSON) -> Iterator[JSON]:
    wanted = schema["propertyNames"]
    known = _options(wanted) if isinstance(wanted, dict) else []
    names = [*_NEW_NAMES, *(f"{each}x" for each in (*known, *value)), *map(str.upper, value)]
    yield from ({**value, name: each} for name in names if name not in value for each in _VALUES)


def _past_the_end(_: Choices, schema: _Schema, value: JSON) -> Iterator[JSON]:
    if schema["items"] is False:
        yield [*value, None]


def _fewer_names(_: Choices, schema: _Schema, value: JSON) -> Iterator[JSON]:
    surplus = len(value) - int(schema["minProperties"]) + 1
    names = [*value]
    yield _without(value, *names[len(names) - surplus :])
    yield _without(value, *names[:surplus])


def _more_names(_: Choices, schema: _Schema, value: JSON) -> Iterator[JSON]:
    missing = int(schema["maxProperties"]) + 1 - len(value)
    if missing > _MOST_ITEMS:
        return
    new = [name for name in schema.get("properties", ()) if name not in value]
    new += [f"x{number}" for number in range(missing)]
    yield from ({**value, **dict.fromkeys(new[:missing], each)} for each in (None, "a", 1))
    yield {**value, **{f"x{number}": "a" for number in range(missing)}}


def _fewer_items(_: Choices, schema: _Schema, value: JSON) -> Iterator[JSON]:
    yield value[: max(int(schema["minItems"]) - 1, 0)]


def _more_items(_: Choices, schema: _Schema, value: JSON) -> Iterator[JSON]:
    missing = int(schema["maxItems"]) + 1 - len(value)
    if missing > _MOST_ITEMS:
        return
    if value:
        yield value + (value * (missing // len(value) + 1))[:missing]
    yield value + [f"a{number}" for number in range(missing)]
    yield [*value, *range(missing)]
    yield value + [{} for _ in range(missing)]


def _one_more_item(_: Choices, __: _Schema, value: JSON) -> Iterator[JSON]:
    yield from ([*value, each] for each in _VALUES)


def _repeated(_: Choices, __: _Schema, value: JSON) -> Iterator[JSON]:
    yield from ([*value, each] for each in value[:3])
    yield from ([*value, each, each] for each in _VALUES)
    if len(value) > 1:
        yield [value[0], *value[:-1]]


def _not_containing(_: Choices, __: _Schema, value: JSON) -> Iterator[JSON]:
    yield from ([], value[:-1], value[1:], value[:1])
    yield from ([each] * len(value) for each in _PLAIN)


def _containing_more(_: Choices, schema: _Schema, value: JSON) -> Iterator[JSON]:
    wanted, most = schema.get("contains", True), int(schema["maxContains"]) + 1
    known = _options(wanted) if isinstance(wanted, dict) else []
    if most <= _MOST_ITEMS:
        yield from (value + [each] * most for each in (*known, *value, *_PLAIN))


def _not_complete(_: Choices, schema: _Schema, value: JSON) -> Iterator[JSON]:
    needed = {**schema.get("dependencies", {}), **schema.get("dependentRequired", {})}
    for name, others in needed.items():
        if not isinstance(others, list):
            continue
        if name in value:
            yield from (_without(value, other) for other in others if other in value)
        else:
            yield from ({**value, name: each} for each in _VALUES)


def _refused(choices: Choices, schema: _Schema, value: JSON) -> Iterator[JSON]:
    refused = schema["not"]
    if isinstance(refused, dict):
        yield from _options(refused)
        if "pattern" in refused:
            with suppress(DeadEnd, Unread):
                yield finding(choices, refused["pattern"], 0, _NEAR)
        if isinstance(value, dict):
            names = dict.fromkeys(refused.get("required", ()), "a")
            yield {**names, **value}
            yield {**value, **dict.fromkeys(names, None)}
    yield from _ODD
    yield from _PLAIN


_NEAR = 60
#: Times that are no time to many: of the year 0, in a leap second.
_ODD = ("0000-01-01T00:00:00Z", "2016-12-31T23:59:60Z")

#: For each keyword that can be broken by itself, how.
BREAKING: dict[str, _Break] = {
    "additionalItems": _one_more_item,
    "additionalProperties": _with_more,
    "anyOf": _plain,
    "const": _listed,
    "contains": _not_containing,
    "contentEncoding": _misspelt,
    "contentMediaType": _misspelt,
    "dependencies": _not_complete,
    "dependentRequired": _not_complete,
    "enum": _listed,
    "exclusiveMaximum": _bounded("exclusiveMaximum", 1),
    "exclusiveMinimum": _bounded("exclusiveMinimum", -1),
    "format": _misspelt,
    "items": _past_the_end,
    "maxContains": _containing_more,
    "maxItems": _more_items,
    "maxLength": _longer,
    "maxProperties": _more_names,
    "maximum": _bounded("maximum", 1),
    "minContains": _not_containing,
    "minItems": _fewer_items,
    "minLength": _shorter,
    "minProperties": _fewer_names,
    "minimum": _bounded("minimum", -1),
    "multipleOf": _between,
    "not": _refused,
    "oneOf": _plain,
    "pattern": _misspelt,
    "properties": _forbidden,
    "propertyNames": _misnamed,
    "required": _lacking,
    "type": _plain,
    "unevaluatedItems": _one_more_item,
    "unevaluatedProperties": _with_more,
    "uniqueItems": _repeated,
}
