"""Hypothesis strategies of payloads: documents of any schema, and near misses.

Needs Hypothesis: `pip install event-payload-validator[strategies]`. What is drawn is made by the
schema, not searched for, and judged by the engine before it is given.

>>> from hypothesis import given
>>> @given(from_schema({"type": "integer", "minimum": 3, "multipleOf": 5}))
... def test_of_fives(number):
...     assert number % 5 == 0 and number >= 5
>>> test_of_fives()
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from random import Random
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from hypothesis import reject
from hypothesis import strategies as st

from validator.drawing import NearMiss
from validator.drawing.choices import Choices, DeadEnd
from validator.drawing.payloads import SnowplowRequests, TrackerPayloads
from validator.drawing.subjects import subject
from validator.engine import Formats
from validator.errors import WrongUse, shown
from validator.judge import NamedSchema
from validator.limits import Limits
from validator.registry import Registry
from validator.results import JSON

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["NearMiss", "from_schema", "payloads", "snowplow_requests", "tracker_payloads"]

_Drawn = TypeVar("_Drawn")


@overload
def from_schema(
    schema: NamedSchema,
    *,
    registry: Registry | None = None,
    dialect: str | None = None,
    formats: Formats = "assert",
    limits: Limits | None = None,
    invalid: Literal[False] = False,
) -> SearchStrategy[JSON]: ...


@overload
def from_schema(
    schema: NamedSchema,
    *,
    registry: Registry | None = None,
    dialect: str | None = None,
    formats: Formats = "assert",
    limits: Limits | None = None,
    invalid: Literal[True],
) -> SearchStrategy[NearMiss]: ...


def from_schema(  # those of Validator
    schema: NamedSchema,
    *,
    registry: Registry | None = None,
    dialect: str | None = None,
    formats: Formats = "assert",
    limits: Limits | None = None,
    invalid: bool = False,
) -> SearchStrategy[Any]:
    """Give the documents that a schema accepts; or, if `invalid`, `NearMiss`es.

    A near miss breaks one rule of the schema and no other, and says which. The other arguments are
    those of `Validator`, and `schema` is what its `check` takes.

    :raises NothingToDraw: if there are none, or none was found.
    :raises WrongUse: if an argument is something else.
    :raises NoVerdict: if the schema is not there, or can't judge.
    """
    found = subject(schema, registry=registry, dialect=dialect, formats=formats, limits=limits)
    found.examples(1, 0, invalid=invalid)
    return _drawn(found.near_miss if invalid else found.document)


def payloads(kind: Literal["tracardi", "snowplow"] | None = None) -> SearchStrategy[JSON]:
    """Give payloads as trackers send them, which `check` accepts: of one family, or of both."""
    families = {"tracardi": tracker_payloads, "snowplow": snowplow_requests}
    if kind is None:
        return st.one_of(*(each() for each in families.values()))
    if kind not in families:
        message = f"kind is 'tracardi', 'snowplow' or None, not {shown(kind)}"
        raise WrongUse(message)
    return families[kind]()


def tracker_payloads() -> SearchStrategy[JSON]:
    """Give Tracardi tracker payloads as trackers send them, which `check` accepts.

    Types are no slugs yet, times are spelled in several ways, what is optional may be null or
    absent, and properties may hold self-describing data.
    """
    return _drawn(_tracker_payloads().draw)


def snowplow_requests() -> SearchStrategy[JSON]:
    """Give bodies of Snowplow's POST requests, which `check` accepts.

    Self-describing events and contexts, in base64 or plain, are of the packaged schemas.
    """
    return _drawn(_snowplow_requests().draw)


_tracker_payloads = cache(TrackerPayloads)
_snowplow_requests = cache(SnowplowRequests)


@st.composite
def _drawn(draw: st.DrawFn, make: Callable[[Choices], _Drawn]) -> _Drawn:
    try:
        return make(_Chosen(draw))
    except DeadEnd:
        reject()


# To make a strategy takes longer than to draw of it.


@lru_cache(maxsize=1024)
def _integers(least: int, most: int) -> SearchStrategy[int]:
    return st.integers(least, most)


@lru_cache(maxsize=1024)
def _texts(least: int, most: int, of: str) -> SearchStrategy[str]:
    return st.text(_characters(of), min_size=least, max_size=most)


@lru_cache(maxsize=256)
def _characters(of: str) -> SearchStrategy[str]:
    """Give the characters of a text, or all there are."""
    if of:
        return st.characters(categories=[], include_characters=of)
    return st.characters(exclude_categories=["Cs"])


#: Of a range that is wider than this, Hypothesis seldom comes to the bounds.
_WIDE = 2**16
_WAYS = ("any", "any", "any", "any", "least", "least", "most", "most")
_BOOLEANS = st.booleans()
_SEEDS = st.integers(0, 2**16)


@st.composite
def _unit(draw: st.DrawFn, make: Callable[[], _Drawn]) -> _Drawn:
    # `builds` and `map` would do, but a shrinker may call what they are given out of turn.
    draw(_NOTHING)
    return make()


_NOTHING = st.none()


class _Chosen:
    """Choices that Hypothesis makes."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def flag(self) -> bool:
        return self._draw(_BOOLEANS)

    def integer(self, least: int, most: int) -> int:
        return least if least == most else self._draw(_integers(least, most))

    def close(self, least: int, most: int) -> int:
        # Hypothesis crowds at the bounds of what is not wide. One integer is drawn whatever the
        # way, so that shrinking can leave a bound: it is as good in the whole range.
        way = self.pick(_WAYS) if most - least > _WIDE else "any"
        low = most - 1 if way == "most" else least
        return self.integer(low, least + 1 if way == "least" else most)

    def number(self, least: float, most: float) -> float:
        return self._draw(st.floats(least, most, allow_subnormal=False))

    def pick(self, options: Sequence[_Drawn]) -> _Drawn:
        return options[self.integer(0, len(options) - 1)]

    def shuffled(self, several: Sequence[_Drawn]) -> list[_Drawn]:
        # Integers crowd at the least: as seeds, all orders are as likely.
        order = Random(self._draw(_SEEDS))  # noqa: S311  # nothing is kept secret
        return order.sample(several, len(several))

    def text(self, least: int, most: int, of: str = "") -> str:
        return self._draw(_texts(least, most, of))

    def several(self, least: int, most: int, make: Callable[[], _Drawn]) -> list[_Drawn]:
        return self._draw(st.lists(_unit(make), min_size=least, max_size=most))

    def unit(self, make: Callable[[], _Drawn]) -> _Drawn:
        return self._draw(_unit(make))
