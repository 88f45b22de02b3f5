"""JSON equality: 1 is 1.0, 1 is not true, and the order of names does not count."""

from __future__ import annotations

from collections.abc import Hashable

from validator.results import JSON

__all__ = ["key_of", "same"]


def key_of(value: JSON) -> Hashable:
    """Give a key that two values share if, and only if, they are equal in JSON."""
    if isinstance(value, bool):
        return (bool, value)
    if isinstance(value, list):
        return (list, *(key_of(each) for each in value))
    if isinstance(value, dict):
        return frozenset((name, key_of(each)) for name, each in value.items())
    hashable: Hashable = value  # an integer and a float that are equal have the same hash
    return hashable


def same(one: JSON, other: JSON) -> bool:
    """Whether two values are equal in JSON."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    return bool(one == other)
