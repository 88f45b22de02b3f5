"""Things nobody would send: objects that are no JSON, or hardly, and some that fight back."""

from __future__ import annotations

import array
import datetime as dt
import decimal
import enum
import fractions
import json
import types
import uuid
from collections import OrderedDict, UserDict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, NoReturn

from validator import Limits, SchemaKey, SchemaVer, Validator

__all__ = ["KEYS", "MOMENTS", "ODD", "tied"]


def _fail(*_: object, **__: object) -> NoReturn:
    raise ZeroDivisionError


def _failing(base: type, *methods: str) -> Any:
    """Make a class like another, but for methods that fail."""
    return type("Failing", (base,), dict.fromkeys(methods, _fail))


def _disguised(kind: type) -> object:
    """Make an object that says it is of a class, and is not."""
    return type("Disguised", (), {"__class__": kind})()


_ALL = ("__getattribute__", "__eq__", "__hash__", "__bool__", "__repr__", "__str__", "__len__")
_HOSTILE = _failing(object, *_ALL, "__iter__")
#: A class of objects that fail to say what they are, and one that fails where it is compared.
_ELUSIVE = type("Elusive", (), {"__class__": property(_fail)})
_REFUSING: Any = type("Refusing", (type,), {"__eq__": _fail, "__hash__": _fail})("Refused", (), {})
#: A class whose name can't be read, and an object of it.
_META: Any = type("Meta", (type,), {"__name__": property(_fail), "__repr__": _fail})
_NAMELESS: Any = _META("Nameless", (), {})


class _Dict(dict[Any, Any]):
    """An object that says what it likes of itself."""

    def __iter__(self) -> Iterator[Any]:
        return iter([1, 2, 3])

    def items(self) -> Any:
        return [1]


class _List(list[Any]):
    """A list that never ends."""

    def __iter__(self) -> Iterator[Any]:
        while True:
            yield 1


class _Color(enum.Enum):
    RED = "red"


class _Level(enum.IntEnum):
    LOW = 1


class _Word(enum.StrEnum):
    EVENTS = "events"


class _Pair(NamedTuple):
    schema: str
    data: int


def _released() -> memoryview:
    view = memoryview(b"{}")
    view.release()
    return view


def _in_a_zone(offset: Callable[..., Any]) -> dt.datetime:
    """Give a moment whose zone has an offset of this making."""
    zone: Any = type("Zone", (dt.tzinfo,), {"utcoffset": offset})
    return dt.datetime(2023, 1, 1, tzinfo=zone())


_DAY = dt.timedelta(hours=23)
#: Moments, most of which no call should take.
MOMENTS: tuple[Callable[[], Any], ...] = (
    lambda: dt.datetime(2023, 1, 1, tzinfo=dt.UTC),
    lambda: dt.datetime(2023, 1, 1),  # noqa: DTZ001  # one without a zone is meant
    lambda: dt.datetime.min.replace(tzinfo=dt.UTC),
    lambda: dt.datetime.max.replace(tzinfo=dt.UTC),
    lambda: dt.datetime.min.replace(tzinfo=dt.timezone(_DAY)),
    lambda: dt.datetime.max.replace(tzinfo=dt.timezone(-_DAY)),
    lambda: _in_a_zone(lambda *_: _DAY + dt.timedelta(microseconds=1)),
    lambda: _in_a_zone(lambda *_: dt.timedelta(days=2)),
    lambda: _in_a_zone(lambda *_: 1),
    lambda: _in_a_zone(_fail),
    lambda: _failing(dt.datetime, "utcoffset")(2023, 1, 1, tzinfo=dt.UTC),
    lambda: dt.date(2023, 1, 1),
    lambda: "2023-01-01",
    lambda: 0,
)
_GUISES = (dict, list, str, int, bool, bytes, dt.datetime, Path, SchemaKey, SchemaVer, Limits)
_USER = "iglu:com.acme/user/jsonschema/1-0-0"
#: What is no JSON, or hardly is; each made anew.
ODD: tuple[Callable[[], Any], ...] = (
    *MOMENTS,
    lambda: _Dict(events=[]),
    lambda: OrderedDict(events=[]),
    lambda: UserDict(events=[]),
    lambda: types.MappingProxyType({"events": []}),
    lambda: _List([1]),
    lambda: _failing(str, "__eq__", "__str__")("events"),
    lambda: _failing(str, "__hash__", "__str__")(_USER),
    lambda: _failing(int, "__lt__", "__repr__", "__eq__")(1),
    lambda: _failing(float)(1),
    lambda: _failing(bytes, "__len__", "decode")(b"{}"),
    _failing(object, "__eq__"),
    lambda: _failing(SchemaKey, "__str__")("com.acme", "user", "jsonschema", SchemaVer(1, 0, 0)),
    lambda: _failing(PurePosixPath)("/"),
    lambda: Path("\x00"),
    *(partial(_disguised, kind) for kind in _GUISES),
    lambda: _HOSTILE,
    _HOSTILE,
    _ELUSIVE,
    lambda: _REFUSING,
    _REFUSING,
    lambda: _NAMELESS,
    _NAMELESS,
    lambda: _Color.RED,
    lambda: _Level.LOW,
    lambda: _Word.EVENTS,
    lambda: _Pair(_USER, 1),
    lambda: b'{"events":[{}]}',
    lambda: bytearray(b'{"e":"pv"}'),
    lambda: memoryview(b"[1]"),
    lambda: memoryview(b"[1,2,3]")[::2],
    lambda: memoryview(b"12345678").cast("i"),
    _released,
    lambda: array.array("d", [1.0]),
    lambda: (each for each in ("events", "e")),
    lambda: iter([1]),
    lambda: range(10**9),
    lambda: (1, 2),
    lambda: {1, 2},
    lambda: frozenset("ab"),
    lambda: decimal.Decimal("1.10"),
    lambda: decimal.Decimal("sNaN"),
    lambda: fractions.Fraction(1, 3),
    lambda: 1j,
    lambda: uuid.UUID(int=7),
    lambda: dt.timedelta(1),
    lambda: 10**400,
    lambda: -(10**400),
    lambda: 10**5000,
    lambda: 2**64,
    lambda: -(2**63) - 1,
    lambda: float("nan"),
    lambda: float("-inf"),
    lambda: "\ud800",
    lambda: "a\udfff" * 100,
    lambda: ...,
    lambda: NotImplemented,
    lambda: int,
    lambda: len,
    lambda: json,
    object,
    lambda: SchemaKey.parse(_USER),
    Validator,
    ValueError,
)
#: Names of an object, most of which JSON has not.
KEYS: tuple[Any, ...] = (
    *(None, 1, 1.5, True, b"events", (1, 2), "\ud800", float("nan"), 10**400),
    *(_Word.EVENTS, _Color.RED, int, "events", "schema", "data", "e", "type"),
)


def tied(value: Any) -> Any:
    """Put a container into itself."""
    if type(value) is list:
        value.append(value)
    elif type(value) is dict:
        value["data"] = [value]
    return value
