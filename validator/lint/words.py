"""How messages quote what stands in a schema."""

from __future__ import annotations

from collections.abc import Iterable

import orjson

from validator.results import JSON, clip

__all__ = ["listed", "quoted"]

_LONGEST = 80
_NAMED = 5


def quoted(value: JSON) -> str:
    """Write a value on one line, cut where it is long."""
    if isinstance(value, str):
        return orjson.dumps(clip(value, _LONGEST)).decode()
    return clip(orjson.dumps(value).decode(), _LONGEST)


def listed(values: Iterable[JSON]) -> str:
    """Write values in a row, the first of them where there are many."""
    told = [quoted(each) for each in values]
    more = f" and {len(told) - _NAMED:,} more" if len(told) > _NAMED else ""
    return ", ".join(told[:_NAMED]) + more
