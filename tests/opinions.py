"""What the tests of both engines compare: all that a result says, whatever the engines' order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import attrs

from validator import Registry, Result, Validator, Violation

#: Which alternatives fit, of which jsonschema tells nothing.
_FITTING = re.compile(r"(?<=alternatives): numbers [0-9, ]+( and [0-9]+ more)?")
_DRAFT_04 = "http://json-schema.org/draft-04/schema#"


def engines(registry: Registry | None = None, **options: Any) -> tuple[Validator, Validator]:
    """Give a validator for each engine."""
    return (
        Validator(registry=registry, **options),
        Validator(registry=registry, engine="jsonschema", **options),
    )


def in_no_order(violation: Violation) -> Violation:
    """Give a violation with what depends on the order of others taken away."""
    branches = [tuple(sorted(map(in_no_order, each), key=repr)) for each in violation.branches]
    # What an alternative lacks first is told in the message, and is the first in its order.
    message = violation.message.partition("; the closest")[0]
    message = _FITTING.sub("", message)
    return attrs.evolve(violation, branches=tuple(sorted(branches, key=repr)), message=message)


def outcome(result: Result) -> Any:
    """Give all that a result says but the order of its violations."""
    entries = [entry.location for entry in result.entries if not entry]
    violations = Counter(map(in_no_order, result))
    return violations, result.truncated, result.unresolved, result.validation_info, entries


def cause(document: Any, first: Result, second: Result) -> str | None:
    """Name the known difference that explains why two results differ; None where none does."""
    found, others = (Counter(map(in_no_order, each)) for each in (first, second))
    less, more = found - others, others - found
    if {each.keyword for each in more + less} == {"multipleOf"}:
        return "multipleOf"
    if all((each.absolute_keyword_location or "").startswith(_DRAFT_04) for each in less + more):
        return "empty enum" if any(map(_is_odd_enum, _values(document))) else None
    if not more and all(map(_is_of_patterns, less)):
        read = [each for each in _values(document) if isinstance(each, str)]
        if any(each.endswith("\n") for each in read):
            return "line break"
        return None if all(map(str.isascii, read)) else "digits of others"
    return None


def _is_of_patterns(violation: Violation) -> bool:
    """Whether a text or a name that does not match a pattern may be all there is to it."""
    inner = [each for branch in violation.branches for each in branch]
    own = violation.keyword in {"pattern", "additionalProperties"}
    return own or any(map(_is_of_patterns, inner))


def _is_odd_enum(value: Any) -> bool:
    """Whether it has an `enum` that draft-04 forbids: an empty one, or one with repetitions."""
    members = value.get("enum") if isinstance(value, dict) else None
    if not isinstance(members, list):
        return False
    return not members or len(set(map(repr, members))) < len(members)


def _values(value: Any) -> Iterator[Any]:
    """Give a value, and all values and names in it."""
    yield value
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _values(each)
