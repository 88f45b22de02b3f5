"""What broke, in words: an engine's error to a Violation.

A message is made of the rule and the place, never of the document's values, unless they are asked
for: payloads hold personal data, and messages end in logs. Names of unexpected properties are told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import attrs
import jsonschema_rs
import orjson

from validator.iglu import SchemaKey
from validator.limits import Limits
from validator.registry import GIVEN
from validator.results import JSON, Path, Violation, clip, json_pointer

__all__ = ["message", "violation"]

_NAMED = 5  # names that a message tells before it counts the others
_LEVELS = 2  # of alternatives within alternatives that are told


def _json(value: JSON) -> str:
    """Write a value of a schema or a document on one line."""
    return orjson.dumps(value).decode()


def _quoted(names: Sequence[str]) -> str:
    """Quote names, control characters escaped: a name comes from the document."""
    told = ", ".join(_json(name) for name in names[:_NAMED])
    return told if len(names) <= _NAMED else f"{told} and {len(names) - _NAMED} more"


def _plural(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _of_count(*, least: bool, one: str, many: str) -> Callable[[Any], str]:
    bound = "at least" if least else "at most"
    return lambda kind: f"must have {bound} {_plural(kind.limit, one, many)}"


def _contains(kind: Any) -> str:  # noqa: ARG001  # the engine does not say how many there should be
    return "has too few or too many items of the kind that it must contain"


def _not(kind: Any) -> str:
    description = kind.schema.get("description") if isinstance(kind.schema, dict) else None
    if not isinstance(description, str):
        return "is what it must not be"
    return f"must not be: {description[:1].lower()}{description[1:]}"


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
    if kind == "FalseSchema" and _keyword(error) is not None:
        return "must have no properties"
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
    return _Telling(key, limits, at, show_values).violation(error, _LEVELS)


@attrs.frozen
class _Telling:
    """What the violations of one document have in common."""

    _key: SchemaKey | None
    _limits: Limits
    _at: Path
    _show_values: bool

    def violation(self, error: jsonschema_rs.ValidationError, levels: int) -> Violation:
        """Make a Violation, with as many levels of alternatives."""
        most, longest = self._limits.message, self._limits.location
        text = message(error, self._limits)
        branches = self._branches(error, levels - 1) if levels else ()
        if branches:
            text = clip(f"{text}; the closest lacks this: {_told(branches[0][0])}", most)
        if self._show_values:
            value = clip(_json(error.instance), most // 2)
            text = f"{clip(text, most - len(value) - len(_IT_IS))}{_IT_IS}{value}"
        return Violation(
            code="ValidationError",
            message=text,
            keyword=_keyword(error),
            instance_location=json_pointer((*self._at, *error.instance_path), longest),
            keyword_location=json_pointer(error.evaluation_path, longest),
            schema=self._key,
            absolute_keyword_location=_absolute(error.absolute_keyword_location, longest),
            branches=branches,
        )

    def _branches(
        self, error: jsonschema_rs.ValidationError, levels: int
    ) -> tuple[tuple[Violation, ...], ...]:
        """Give what each alternative of anyOf or oneOf lacks, the closest alternative first."""
        if type(error.kind).__name__ not in _ALTERNATIVES:
            return ()
        here = len(error.instance_path)
        context = error.kind.context  # type: ignore[attr-defined]  # of these kinds
        closest_first = sorted(context, key=lambda branch: _distance(branch, here))
        return tuple(
            tuple(self.violation(each, levels) for each in branch[:_NAMED])
            for branch in closest_first[:_NAMED]
        )


_IT_IS = "; it is "
_ALTERNATIVES = frozenset({"AnyOf", "OneOfNotValid"})


def _told(violation: Violation) -> str:
    at = violation.instance_location
    return f"{at} {violation.message}" if at else violation.message


def _absolute(location: str | None, longest: int) -> str | None:
    """Cut an absolute location as others are; there is none in a schema without a URI."""
    uri, _, pointer = (location or GIVEN).partition("#")
    room = longest - len(uri) - 1
    if uri == GIVEN or room < 0:
        return None
    fits = pointer if len(pointer) <= room else pointer[: pointer.rfind("/", 0, room + 1)]
    return f"{uri}#{fits}"


def _keyword(error: jsonschema_rs.ValidationError) -> str | None:
    """Give the keyword that the evaluation path ends in; a false schema has none."""
    path = error.evaluation_path
    if type(error.kind).__name__ == "FalseSchema":
        # Of an object that may have no properties, the engine tells the first one it has.
        of_object = path[-1:] in (["additionalProperties"], ["propertyNames"])
        is_name = path[-2:-1] == ["properties"] and path[-1:] == error.instance_path[-1:]
        return str(path[-1]) if of_object and not is_name else None
    return next((step for step in reversed(path) if isinstance(step, str)), None)


def _distance(branch: Sequence[jsonschema_rs.ValidationError], here: int) -> tuple[bool, int]:
    """Tell how far a value is from an alternative: one of another type is the farthest."""
    other_type = any(
        type(each.kind).__name__ in {"Type", "Enum", "Constant"} and len(each.instance_path) == here
        for each in branch
    )
    return other_type, len(branch)
