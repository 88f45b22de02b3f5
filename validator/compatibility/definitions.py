"""The definitions of two schemas, and which was which where they were renamed or moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from validator.compatibility.keywords import DEFINITIONS
from validator.compatibility.matching import match_branches
from validator.compatibility.references import pointer
from validator.results import JSON

__all__ = ["Named", "Pair", "definitions_of", "keywords_of", "pair", "renamed"]

#: The keyword that a definition stands under, and its name.
Named: TypeAlias = tuple[str, str]
#: A definition in the old schema, and in the new one; None where it is not.
Pair: TypeAlias = tuple[Named | None, Named | None]


def keywords_of(schema: dict[str, JSON]) -> tuple[str, ...]:
    """Give the keywords that a schema has definitions under."""
    return tuple(keyword for keyword in DEFINITIONS if isinstance(schema.get(keyword), dict))


def definitions_of(schema: dict[str, JSON]) -> dict[Named | None, JSON]:
    """Give all definitions of a schema."""
    return {
        (keyword, name): value
        for keyword in keywords_of(schema)
        for name, value in schema[keyword].items()
    }


def pair(
    old: Mapping[Named | None, JSON],
    new: Mapping[Named | None, JSON],
    alike: Callable[[JSON, JSON], bool],
) -> list[Pair]:
    """Match definitions: by keyword and name, then by name, then as branches are."""
    found: dict[Named | None, Named | None] = {named: named for named in new if named in old}
    names = {named[1]: named for named in old if named and named not in found}
    for named in new:
        if named and named not in found and named[1] in names:
            found[named] = names[named[1]]
    kept = {*found.values()}
    gone = [named for named in old if named not in kept]
    come = [named for named in new if named not in found]
    rest = match_branches([old[each] for each in gone], [new[each] for each in come], alike)
    return [(before, after) for after, before in found.items()] + [
        (None if before is None else gone[before], None if after is None else come[after])
        for before, after in rest
    ]


def renamed(pairs: list[Pair]) -> dict[str, str]:
    """Give the reference to each definition in the old schema, with that in the new one."""
    return {
        f"#{pointer('', *before)}": f"#{pointer('', *after)}"
        for before, after in pairs
        if before and after
    }
