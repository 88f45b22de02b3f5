"""What broke, in words: an engine's error to a Violation.

A message is made of the rule and the place, never of the document's values, unless they are asked
for: payloads hold personal data, and messages end in logs. Names of unexpected properties are told,
and what was probably meant by them (`nearby`). Where it is that something broke, `places` tells.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

import attrs
import jsonschema_rs
import orjson

from validator import places
from validator.iglu import SchemaKey
from validator.limits import Limits
from validator.nearby import Nearby
from validator.registry import GIVEN
from validator.results import JSON, Path, Violation, clip, json_pointer

__all__ = ["message", "plural", "violations"]

_NAMED = 5  # names that a message tells before it counts the others
_TOLD = 3  # things that a message tells of the closest alternative
_LEVELS = 2  # of alternatives within alternatives that are told
_UNEXPECTED_ARE = "has unexpected properties: "


def _json(value: JSON) -> str:
    """Write a value of a schema or a document on one line."""
    return orjson.dumps(value).decode()


def _quoted(names: Sequence[str], meant: Sequence[str | None] = ()) -> str:
    """Quote names, control characters escaped: a name comes from the document.

    :param meant: for the first of them, what was probably meant.
    """
    asked = [f" (did you mean {_json(each)}?)" if each is not None else "" for each in meant]
    pairs = itertools.zip_longest(names[:_NAMED], asked, fillvalue="")
    told = ", ".join(_json(name) + question for name, question in pairs)
    return told if len(names) <= _NAMED else f"{told} and {len(names) - _NAMED} more"


def plural(count: int, one: str, many: str) -> str:
    """Write a number of things."""
    return f"{count:,} {one if count == 1 else many}"


def _of_count(*, least: bool, one: str, many: str) -> Callable[[Any], str]:
    bound = "at least" if least else "at most"
    return lambda kind: f"must have {bound} {plural(kind.limit, one, many)}"


def _contains(kind: Any) -> str:  # noqa: ARG001  # the engine does not say how many there should be
    return "has too few or too many items of the kind that it must contain"


def _not(kind: Any) -> str:
    description = kind.schema.get("description") if isinstance(kind.schema, dict) else None
    if not isinstance(description, str):
        return "is what it must not be"
    return f"must not be: {description[:1].lower()}{description[1:]}"


def _fits_none(kind: Any) -> str:
    return f"fits none of {plural(len(kind.context), 'alternative', 'alternatives')}"


def _fits_several(kind: Any) -> str:
    """Say which alternatives a value fits, counted from 1; that it fits all is no news."""
    told = f"fits more than one of {len(kind.context)} alternatives"
    fitting = [str(number) for number, lacking in enumerate(kind.context, 1) if not lacking]
    if len(fitting) == len(kind.context):  # or the engine, which is the other one, does not tell
        return told
    more = f" and {len(fitting) - _NAMED} more" if len(fitting) > _NAMED else ""
    return f"{told}: numbers {', '.join(fitting[:_NAMED])}{more}"


def _one_of(values: Sequence[JSON]) -> str:
    return ", ".join(map(_json, values))


#: For each kind of error of the engine, the rule in words.
_RULES: dict[str, Callable[[Any], str]] = {
    "AdditionalItems": lambda kind: f"must have no items after the first {kind.limit}",
    "AdditionalProperties": lambda kind: _UNEXPECTED_ARE + _quoted(kind.unexpected),
    "AnyOf": _fits_none,
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
    "OneOfMultipleValid": _fits_several,
    "OneOfNotValid": _fits_none,
    "Pattern": lambda kind: f"must match the pattern {kind.pattern}",
    "Required": lambda kind: f"lacks the required property {_json(kind.property)}",
    "Type": lambda kind: f"must be of type {' or '.join(kind.types)}",
    "UnevaluatedItems": lambda kind: (
        f"has {plural(len(kind.unexpected), 'item', 'items')} too many"
    ),
    "UnevaluatedProperties": lambda kind: _UNEXPECTED_ARE + _quoted(kind.unexpected),
    "UniqueItems": lambda _: "must not repeat an item",
}


def message(error: jsonschema_rs.ValidationError, limits: Limits) -> str:
    """Put the rule that an error breaks into words."""
    kind = type(error.kind).__name__
    if kind == "FalseSchema" and _keyword(error, places.place_of(error)) is not None:
        return "must have no properties"
    if kind == "PropertyNames":
        inner: jsonschema_rs.ValidationError = error.kind.error  # type: ignore[attr-defined]  # of PropertyNames
        return clip(f"has a property whose name {message(inner, limits)}", limits.message)
    rule = _RULES.get(kind)
    words = rule(error.kind) if rule else f"breaks the rule {error.kind.name}"
    return clip(words, limits.message)


def violations(  # noqa: PLR0913  # all but the first by name
    errors: Iterable[jsonschema_rs.ValidationError],
    *,
    key: SchemaKey | None,
    limits: Limits,
    at: Path = (),
    show_values: bool = False,
    resources: dict[str, JSON] | None = None,
    document: JSON = None,
) -> tuple[Violation, ...]:
    """Make Violations of an engine's errors in the part of a document at `at`.

    :param document: that part: of some errors it alone has the names that are at fault.
    :param resources: the schemas that its errors may be of, by URI: what they declare is told of.
    """
    telling = _Telling(key, limits, at, show_values, resources or {}, document, Nearby())
    return tuple(telling.violation(error, _LEVELS) for error in errors)


@attrs.frozen
class _Telling:
    """What the violations of one document have in common."""

    _key: SchemaKey | None
    _limits: Limits
    _at: Path
    _show_values: bool
    _resources: dict[str, JSON]
    _document: JSON
    _nearby: Nearby

    def violation(self, error: jsonschema_rs.ValidationError, levels: int) -> Violation:
        """Make a Violation, with as many levels of alternatives."""
        most, longest = self._limits.message, self._limits.location
        place = places.place_of(error)
        location = json_pointer((*self._at, *place.instance), longest)
        unexpected = self._unexpected(error, place)
        text = _UNEXPECTED_ARE + _quoted(unexpected) if unexpected else message(error, self._limits)
        branches: _Branches = ()
        if levels and type(error.kind).__name__ in _ALTERNATIVES:
            branches, told = self._alternatives(error, location, levels - 1)
            text += told
        ending = self._meant(error, place)
        if self._show_values:
            ending += _IT_IS + clip(_json(error.instance), most // 2)
        if len(unexpected) > 1 and type(error.kind).__name__ in _UNEXPECTED:
            text = self._with_names_meant(unexpected, error, place, most - len(ending))
        return Violation(
            code="ValidationError",
            message=clip(text, most - len(ending)) + ending,
            keyword=_keyword(error, place),
            instance_location=location,
            keyword_location=json_pointer(place.evaluation, longest),
            schema=self._key,
            absolute_keyword_location=_absolute(place.absolute, longest),
            names=tuple(unexpected[:_NAMED]) or self._names(error, place),
            branches=branches,
        )

    def _unexpected(self, error: jsonschema_rs.ValidationError, place: places.Place) -> list[str]:
        """Give the names of properties that should not be there, where those are at fault."""
        kind: Any = error.kind
        if type(kind).__name__ in _UNEXPECTED:
            names: list[str] = kind.unexpected
            return names
        if type(kind).__name__ != "FalseSchema" or _keyword(error, place) is None:
            return []
        # Of an object that may have no properties the engine tells no names: they are all its own.
        value = self._document
        for step in place.instance:
            try:
                value = value[step]
            except (LookupError, TypeError):  # of empty names, `places` may miss one
                return []
        return list(value) if isinstance(value, dict) else []

    def _names(self, error: jsonschema_rs.ValidationError, place: places.Place) -> tuple[str, ...]:
        """Give the first other names at fault, of properties of the value that the error is of."""
        kind: Any = error.kind
        name, keyword = type(kind).__name__, place.evaluation[-1:]
        if name == "PropertyNames":
            return (str(kind.error.instance),)
        if name != "Required" or keyword == ["required"]:
            return ()
        # Of the names that ask for another one, the engine tells none.
        asking = self._schema_of(place).get(str(keyword[0]), {}).items()
        names = [each for each, asked in asking if type(asked) is list and kind.property in asked]
        present: Any = error.instance
        return tuple(each for each in names if each in present)[:_NAMED]

    # Alternatives.

    def _alternatives(
        self, error: jsonschema_rs.ValidationError, location: str, levels: int
    ) -> tuple[_Branches, str]:
        """Give what each alternative lacks, the closest one first, and what to say of it."""
        here = len(error.instance_path)
        context = error.kind.context  # type: ignore[attr-defined]  # of these kinds
        if not context:  # what no one made sure is a schema may have no alternatives
            return (), ""
        closest_first = sorted(context, key=lambda branch: _distance(branch, here))
        branches = tuple(
            tuple(self.violation(each, levels) for each in branch[:_NAMED])
            for branch in closest_first[:_NAMED]
        )
        distances = [_distance(branch, here)[:2] for branch in closest_first]
        close = closest_first[: distances.count(distances[0])]
        deciding = [each for branch in close if (each := _deciding(branch, here))]
        if len(close) == len(deciding) > 1 and len({str(_path(each)) for each in deciding}) == 1:
            return branches, self._choice(deciding, location)
        lacking = [_at(each, location) + each.message for each in branches[0][:_TOLD]]
        numbered = [f"({number}) {each}" for number, each in enumerate(lacking, 1)]
        return branches, f"; the closest one: {' '.join(numbered if lacking[1:] else lacking)}"

    def _choice(self, deciding: list[jsonschema_rs.ValidationError], location: str) -> str:
        """Say which values alternatives are for, where that tells them apart."""
        asked = list(dict.fromkeys(message(each, self._limits) for each in deciding))
        others = [each.removeprefix("must be ") for each in asked[1:_NAMED]]
        more = [f"{len(asked) - _NAMED} more"] if len(asked) > _NAMED else []
        at = json_pointer((*self._at, *_path(deciding[0])), self._limits.location)
        return f": {'' if at == location else f'{at} '}{' or '.join([asked[0], *others, *more])}"

    # What was meant.

    def _meant(self, error: jsonschema_rs.ValidationError, place: places.Place) -> str:
        """Say what was probably meant, where something is close; else nothing."""
        kind: Any = error.kind
        instance: Any = error.instance
        name = type(kind).__name__
        if name in _UNEXPECTED and len(kind.unexpected) == 1:
            meant = self._names_meant(kind.unexpected, instance, self._schema_of(place))
            return self._asked("did you mean", meant[0])
        if name == "Required":
            return self._name_written(kind.property, instance, self._schema_of(place))
        if self._show_values and name in _VALUES and isinstance(instance, str):
            options = kind.options if name == "Enum" else [kind.expected_value]
            texts = (each for each in options if isinstance(each, str))
            return self._asked("did you mean", self._nearby.closest(instance, texts))
        return ""

    def _schema_of(self, place: places.Place) -> dict[str, JSON]:
        return places.schema_at(place.absolute or "", self._resources)

    def _with_names_meant(
        self,
        unexpected: list[str],
        error: jsonschema_rs.ValidationError,
        place: places.Place,
        room: int,
    ) -> str:
        """Name several that should not be there, each with what was meant, as far as that fits."""
        instance: Any = error.instance
        told = _UNEXPECTED_ARE + _quoted(unexpected)
        meant = self._names_meant(unexpected, instance, self._schema_of(place))
        for count in range(1, len(meant) + 1):
            asking = _UNEXPECTED_ARE + _quoted(unexpected, meant[:count])
            if len(asking) > room:
                break
            told = asking
        return told

    def _names_meant(
        self, unexpected: list[str], instance: dict[str, JSON], schema: dict[str, JSON]
    ) -> list[str | None]:
        """Give for each the property that was meant, of those that are not there, or hold nothing.

        What holds nothing may be a default that was put in.
        """
        declared = schema.get("properties", ())
        return [
            self._nearby.closest(
                name, (each for each in declared if instance.get(each) in _NOTHING)
            )
            for name in unexpected[:_NAMED]
        ]

    def _name_written(self, name: str, instance: dict[str, JSON], schema: dict[str, JSON]) -> str:
        """Name what a required property was written as: a name that the schema does not know."""
        declared = schema.get("properties", {})
        if name not in declared or "patternProperties" in schema:
            return ""
        others = (each for each in instance if each not in declared)
        return self._asked("did you write it as", self._nearby.closest(name, others))

    def _asked(self, question: str, name: str | None) -> str:
        """Ask after a name, where that takes no more than a quarter of the message."""
        asked = "" if name is None else f"; {question} {_json(name)}?"
        return asked if len(asked) <= self._limits.message // 4 else ""


_IT_IS = "; it is "
_ALTERNATIVES = frozenset({"AnyOf", "OneOfNotValid"})
_VALUES = frozenset({"Enum", "Constant"})
_UNEXPECTED = frozenset({"AdditionalProperties", "UnevaluatedProperties"})
_NOTHING: tuple[JSON, ...] = (None, {}, [], "")
#: For each alternative, what it lacks.
_Branches: TypeAlias = tuple[tuple[Violation, ...], ...]


def _at(violation: Violation, location: str) -> str:
    """Say where it is, where that is not the place that is told anyway."""
    at = violation.instance_location
    return "" if at == location else f"{at} "


def _path(error: jsonschema_rs.ValidationError) -> Sequence[str | int]:
    return places.place_of(error).instance


def _absolute(location: str | None, longest: int) -> str | None:
    """Cut an absolute location as others are; there is none in a schema without a URI."""
    uri, _, pointer = (location or GIVEN).partition("#")
    room = longest - len(uri) - 1
    if uri == GIVEN or room < 0:
        return None
    fits = pointer if len(pointer) <= room else pointer[: pointer.rfind("/", 0, room + 1)]
    return f"{uri}#{fits}"


def _keyword(error: jsonschema_rs.ValidationError, place: places.Place) -> str | None:
    """Give the keyword that the evaluation path ends in; a false schema has none."""
    path = place.evaluation
    if type(error.kind).__name__ == "FalseSchema":
        # Of an object that may have no properties, the engine tells the first one it has.
        of_object = path[-1:] in (["additionalProperties"], ["propertyNames"])
        is_name = path[-2:-1] == ["properties"] and path[-1:] == place.instance[-1:]
        return str(path[-1]) if of_object and not is_name else None
    return next((step for step in reversed(path) if isinstance(step, str)), None)


#: What alternatives for other values break: their type, or the value itself.
_OF_OTHERS = _VALUES | {"Type"}


def _distance(branch: Sequence[jsonschema_rs.ValidationError], here: int) -> tuple[bool, bool, int]:
    """Tell how far a value is from an alternative.

    One of another type is the farthest, and one that a member says it is not is farther than one of
    which more is missing.
    """
    other_type = any(_is_of_another(each, here) for each in branch)
    return other_type, any(_is_tagged(each, here) for each in branch), len(branch)


def _is_of_another(error: jsonschema_rs.ValidationError, here: int) -> bool:
    return type(error.kind).__name__ in _OF_OTHERS and len(error.instance_path) == here


def _is_tagged(error: jsonschema_rs.ValidationError, here: int) -> bool:
    """Whether a member says that a value is another alternative's: it should be a certain one."""
    kind: Any = error.kind
    name = type(kind).__name__
    one = name == "Constant" or (name == "Enum" and len(kind.options) == 1)
    return one and len(error.instance_path) == here + 1


def _deciding(
    branch: Sequence[jsonschema_rs.ValidationError], here: int
) -> jsonschema_rs.ValidationError | None:
    """Give the error that tells for which values an alternative is."""
    of_another = (each for each in branch if _is_of_another(each, here))
    tagged = (each for each in branch if _is_tagged(each, here))
    return next(of_another, None) or next(tagged, None)
