"""What broke, in words: an engine's error to a Violation.

A message is made of the rule and the place, never of the document's values, unless they are asked
for: payloads hold personal data, and messages end in logs. Names of unexpected properties are told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import jsonschema_rs
import orjson

from validator.iglu import SchemaKey
from validator.limits import Limits
from validator.registry import GIVEN
from validator.results import JSON, Path, Violation, clip, json_pointer

__all__ = ["message", "violation"]

_NAMED = 5  # names that a message tells before it counts the others


def _json(value: JSON) -> str:
    """Write a value of a schema or a document on one line."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:  # a number of more than 64 bits in a schema
        return str(value)


def _quoted(names: Sequence[str]) -> str:
    """Quote names, control characters escaped: a name comes from the document."""
    told = ", ".join(_json(name) for name in names[:_NAMED])
    return told if len(names) <= _NAMED else f"{told} and {len(names) - _NAMED} more"


def _plural(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _of_count(least: bool, one: str, many: str) -> Callable[[Any], str]:
    bound = "at least" if least else "at most"
    return lambda kind: f"must have {bound} {_plural(kind.limit, one, many)}"


def _contains(kind: Any) -> str:  # noqa: ARG001  # the engine does not say how many there should be
    return "has too few or too many items of the kind that it must contain"


def _not(kind: Any) -> str:
    description = kind.schema.get("description") if isinstance(kind.schema, dict) else None
    return (
        f"must not be {description}" if isinstance(description, str) else "is what it must not be"
    )


def _one_of(values: Sequence[JSON]) -> str:
    return ", ".join(map(_json, values))


#: For each kind of error of the engine, the rule in words.
_RULES: dict[str, Callable[[Any], str]] = {
    "AdditionalItems": lambda kind: f"must have no items after the first {kind.limit}",
    "AdditionalProperties": lambda kind: f"has unexpected properties: {_quoted(kind.unexpected)}",
    "AnyOf": lambda kind: f"fits none of {len(kind.context)} alternatives",
    "BacktrackLimitExceeded": lambda _: "is too hard to match with the pattern",
    "Constant": lambda kind: f"must be {_json(kind.expected_value)}",
    "Contains": _contains,
    "ContentEncoding": lambda kind: f"must be encoded as {kind.content_encoding}",
    "ContentMediaType": lambda kind: f"must be {kind.content_media_type}",
    "Enum": lambda kind: f"must be one of: {_one_of(kind.options)}",
    "ExclusiveMaximum": lambda kind: f"must be less than {kind.limit}",
    "ExclusiveMinimum": lambda kind: f"must be greater than {kind.limit}",
    "FalseSchema": lambda _: "must not be there",
    "Format": lambda kind: f"must be of the format {kind.format}",
    "MaxItems": _of_count(least=False, one="item", many="items"),
    "Maximum": lambda kind: f"must be {kind.limit} or less",
    "MaxLength": _of_count(least=False, one="character", many="characters"),
    "MaxProperties": _of_count(least=False, one="property", many="properties"),
    "MinItems": _of_count(least=True, one="item", many="items"),
    "Minimum": lambda kind: f"must be {kind.limit} or more",
    "MinLength": _of_count(least=True, one="character", many="characters"),
    "MinProperties": _of_count(least=True, one="property", many="properties"),
    "MultipleOf": lambda kind: f"must be a multiple of {kind.multiple_of}",
    "Not": _not,
    "OneOfMultipleValid": lambda kind: f"fits more than one of {len(kind.context)} alternatives",
    "OneOfNotValid": lambda kind: f"fits none of {len(kind.context)} alternatives",
    "Pattern": lambda kind: f"must match the pattern {kind.pattern}",
    "Required": lambda kind: f"lacks the required property {_json(kind.property)}",
    "Type": lambda kind: f"must be of type {' or '.join(kind.types)}",
    "UnevaluatedItems": lambda kind: (
        f"has {_plural(len(kind.unexpected), 'item', 'items')} too many"
    ),
    "UnevaluatedProperties": lambda kind: f"has unexpected properties: {_quoted(kind.unexpected)}",
    "UniqueItems": lambda _: "must not repeat an item",
}


def message(error: jsonschema_rs.ValidationError, limits: Limits) -> str:
    """Put the rule that an error breaks into words."""
    kind = type(error.kind).__name__
    if kind == "PropertyNames":
        inner: jsonschema_rs.ValidationError = error.kind.error  # type: ignore[attr-defined]  # of PropertyNames
        return clip(f"has a property whose name {message(inner, limits)}", limits.message)
    rule = _RULES.get(kind)
    words = rule(error.kind) if rule else f"breaks the rule {error.kind.name}"
    return clip(words, limits.message)


def violation(
    error: jsonschema_rs.ValidationError,
    *,
    key: SchemaKey | None,
    limits: Limits,
    at: Path = (),
    show_values: bool = False,
) -> Violation:
    """Make a Violation of an engine's error in the part of a document at `at`."""
    text = message(error, limits)
    absolute = error.absolute_keyword_location
    branches = _branches(error, key, limits, at, show_values)
    if branches and (closest := branches[0]):
        text = clip(f"{text}; the closest lacks this: {_told(closest[0])}", limits.message)
    if show_values:
        text = f"{text}; it is {clip(_json(error.instance), limits.message)}"
    return Violation(
        code="ValidationError",
        message=text,
        keyword=_keyword(error),
        instance_location=json_pointer((*at, *error.instance_path), limits.location),
        keyword_location=json_pointer(error.evaluation_path, limits.location),
        schema=key,
        absolute_keyword_location=None if (absolute or "").startswith(GIVEN) else absolute,
        branches=branches,
    )


def _told(violation: Violation) -> str:
    return f"{violation.instance_location or '/'} {violation.message}"


def _keyword(error: jsonschema_rs.ValidationError) -> str | None:
    """Give the keyword that the evaluation path ends in; a false schema has none."""
    if type(error.kind).__name__ == "FalseSchema":
        return None
    return next((step for step in reversed(error.evaluation_path) if isinstance(step, str)), None)


def _branches(
    error: jsonschema_rs.ValidationError,
    key: SchemaKey | None,
    limits: Limits,
    at: Path,
    show_values: bool,
) -> tuple[tuple[Violation, ...], ...]:
    """Give what each alternative of anyOf or oneOf lacks, the closest alternative first."""
    context = getattr(error.kind, "context", None)
    if not context or type(error.kind).__name__ == "OneOfMultipleValid":
        return ()
    here = len(error.instance_path)
    closest_first = sorted(context, key=lambda branch: _distance(branch, here))
    return tuple(
        tuple(
            violation(each, key=key, limits=limits, at=at, show_values=show_values)
            for each in branch[:_NAMED]
        )
        for branch in closest_first[:_NAMED]
    )


def _distance(branch: Sequence[jsonschema_rs.ValidationError], here: int) -> tuple[bool, int]:
    """Tell how far a value is from an alternative: one of another type is farther than any other."""
    other_type = any(
        type(each.kind).__name__ in {"Type", "Enum", "Constant"} and len(each.instance_path) == here
        for each in branch
    )
    return other_type, len(branch)
