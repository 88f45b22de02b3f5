"""Schemas told anew, so that they accept the same and the canonical form sees more of it.

Each subschema gains what follows from it: how long the texts are that a pattern or a format takes,
which other pattern finds something in all of them, what a name means that the other schema
declares. What follows from a subschema can be added to it wherever it stands: it accepts the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias
from urllib.parse import unquote

import attrs
import orjson

from validator.compatibility import languages
from validator.compatibility.equality import same
from validator.dialects import Dialect
from validator.drawing.trees import objects_in
from validator.results import JSON

__all__ = ["Covers", "restated"]

_Schema: TypeAlias = dict[str, Any]
#: Whether the first of two schemas accepts all that the second accepts.
Covers: TypeAlias = Callable[[JSON, JSON], bool]
_Lengths: TypeAlias = dict[str, tuple[int, int | None]]
#: The fewest and the most characters of the texts of a format, where all dialects assert it; as the
#: engine takes them: an email address may be as long as the name of a person before it.
_LENGTHS: _Lengths = {
    "date-time": (20, None),
    "email": (3, None),
    "hostname": (1, 255),
    "ipv4": (7, 15),
    "ipv6": (2, 45),
}
#: Those of formats that some dialects assert; draft-04 does so for Iglu.
_UUID: _Lengths = {"uuid": (36, 36)}
_LENGTHS_OF = {"draft-04": _UUID, "2019-09": _UUID, "2020-12": _UUID}
#: What stands in a schema of which something is known of texts.
_OF_TEXTS = (b'"format":', b'"pattern":')
#: The dialects that know `minContains` and `maxContains`.
_COUNTING = ("2019-09", "2020-12")
_NO_TEXTS = ["array", "boolean", "null", "number", "object"]
#: How many names, patterns and subschemas of the other schema are looked at.
_MOST = 200
#: How many names are declared in a schema: each makes it longer to ask.
_MOST_NAMES = 300
#: How many facts are added to a schema.
_MOST_FACTS = 2_000


@attrs.frozen
class _Known:
    """What another schema speaks of."""

    names: tuple[str, ...]
    patterns: tuple[str, ...]
    contained: tuple[JSON, ...]


def restated(
    schema: JSON,
    other: JSON,
    dialect: Dialect,
    *,
    asserting: bool,
    covers: Covers | None = None,
    is_over: Callable[[], bool] = lambda: False,
) -> JSON:
    """Give a schema that accepts the same, in the words of another; neither is changed.

    `asserting` is whether formats decide. With `covers`, which tells whether the first of two
    schemas that refer to nothing accepts all that the second accepts, all is told that is known;
    without, what is known of texts. Nothing more is told once `is_over`.
    """
    text = orjson.dumps(schema)
    if covers is None and not any(name in text for name in _OF_TEXTS):
        return schema
    copy = orjson.loads(text)
    known = _known(other, dialect)
    counting = b'"unevaluatedItems"' not in text  # which `contains` tells of items
    lengths = _LENGTHS | _LENGTHS_OF.get(dialect.name, {}) if asserting else {}
    left = _MOST_FACTS
    found = [
        each for each in dialect.objects(copy) if not (dialect.ref_stands_alone and "$ref" in each)
    ]
    many = len(known.names) * sum(map(_is_bound, found)) > _MOST_NAMES
    if covers is not None and not many and not _is_pointed_into(copy):
        for each in found:
            _declare(each, known)
    for each in found:
        facts = list(_of_texts(each, known, lengths))
        if covers is not None and counting:
            facts += _of_contained(each, known, covers, dialect)
        left -= len(facts)
        if left < 0 or is_over():
            break
        if facts:
            each["allOf"] = [*each.get("allOf", ()), *facts]
    return copy


def _is_pointed_into(schema: JSON) -> bool:
    """Whether a reference may lead to a place that is another, once names are declared."""
    references = (each.get("$ref") for each in objects_in(schema))
    return any("/properties/" in unquote(each) for each in references if isinstance(each, str))


def _known(schema: JSON, dialect: Dialect) -> _Known:
    names: dict[str, None] = {}
    patterns: dict[str, None] = {}
    contained = []
    for each in dialect.objects(schema):
        names.update(dict.fromkeys(each.get("properties", ())))
        if "pattern" in each:
            patterns[each["pattern"]] = None
        if "contains" in each and not _is_tied(each["contains"]):
            contained.append(each["contains"])
    return _Known(tuple(names)[:_MOST], tuple(patterns)[:_MOST], tuple(contained)[:_MOST])


# What follows.


def _of_texts(schema: _Schema, known: _Known, lengths: _Lengths) -> Iterator[_Schema]:
    if schema.get("format") in lengths:
        yield _length(*lengths[schema["format"]])
    pattern = schema.get("pattern")
    if pattern is None:
        return
    if (found := languages.lengths(pattern)) is not None:
        yield _length(*found)
    if (words := languages.words(pattern)) is not None:
        listed = [{"enum": list(words)}] if words else []
        yield {"anyOf": [{"type": _NO_TEXTS}, *listed]}
    for each in known.patterns:
        if each != pattern and languages.includes(each, pattern):
            yield {"pattern": each}
    if languages.includes(pattern, ""):
        del schema["pattern"]


def _length(least: int, most: int | None) -> _Schema:
    return {"minLength": least} | ({} if most is None else {"maxLength": most})


def _of_contained(
    schema: _Schema, known: _Known, covers: Covers, dialect: Dialect
) -> Iterator[_Schema]:
    """Tell of how many items there are of something else, where that follows."""
    if "contains" not in schema or _is_tied(schema["contains"]):
        return
    counts = dialect.name in _COUNTING  # others do not know the keywords that count
    mine = schema["contains"]
    for each in known.contained:
        if not same(each, mine) and covers(each, mine):
            yield {"contains": each} | {
                name: schema[name] for name in ("minContains",) if counts and name in schema
            }
        if counts and "maxContains" in schema and not same(each, mine) and covers(mine, each):
            yield {"contains": each, "minContains": 0, "maxContains": schema["maxContains"]}


def _is_tied(schema: JSON) -> bool:
    """Whether a schema refers to others, or may be referred to by a name."""
    text = orjson.dumps(schema)
    return b'"$' in text or b'"id"' in text


def _is_bound(schema: _Schema) -> bool:
    """Whether a schema asks something of members that it does not name."""
    return "patternProperties" in schema or "additionalProperties" in schema


def _declare(schema: _Schema, known: _Known) -> None:
    """Declare the names that the other schema declares, with all that is asked of them here."""
    if not _is_bound(schema):
        return
    patterns, others = schema.get("patternProperties", {}), schema.get("additionalProperties")
    declared = schema.get("properties", {})
    asked = {
        name: _asked(name, declared.get(name), patterns, others)
        for name in dict.fromkeys((*declared, *known.names))
    }
    added = {name: each for name, each in asked.items() if each is not None}
    if added:
        schema["properties"] = {**declared, **added}


def _asked(name: str, own: JSON, patterns: _Schema, others: JSON) -> JSON:
    """Give what is asked of the values of a name; None where that is not told anew."""
    matching = [each for pattern, each in patterns.items() if languages.finds(pattern, name)]
    if None in [languages.finds(pattern, name) for pattern in patterns]:
        return None
    if any(map(_is_named, (own, others, *matching))):
        return None
    if own is None and not matching:
        return None if others is None else _copied(others)
    if not matching:
        return None
    parts = matching if own is None else [own, *matching]
    return {"allOf": [_copied(each) for each in parts]}


def _is_named(schema: JSON) -> bool:
    """Whether a copy of a schema would bear a name twice."""
    text = orjson.dumps(schema)
    return any(name in text for name in (b'"$id"', b'"id"', b'nchor"'))


def _copied(schema: JSON) -> JSON:
    """Copy a schema; draft-04 has no `true` and no `false`."""
    if isinstance(schema, bool):
        return {} if schema else {"not": {}}
    return orjson.loads(orjson.dumps(schema))
