"""The names of schemas: text to value and back, without JSON and without I/O.

The grammar is Iglu's own (snowplow/iglu-scala-core 1.1.4, SchemaKey.scala and SchemaVer.scala),
with its holes closed: a segment has at most 128 characters and begins with neither a dot nor a
dash, so that no URI names a place outside a registry.
"""

from __future__ import annotations

import re
from typing import Any

import attrs

from validator.errors import InvalidIgluUri, InvalidSchemaVer, WrongUse, is_a, shown

__all__ = ["SchemaCriterion", "SchemaKey", "SchemaVer"]

_MOST = 2**31 - 1
_LONGEST = 128

_NUMBER = re.compile(r"0|[1-9][0-9]{0,9}")
_NUMBER_OR_OPEN = re.compile(rf"\*|{_NUMBER.pattern}")
_NAME = re.compile(rf"[A-Za-z0-9_][A-Za-z0-9_-]{{0,{_LONGEST - 1}}}")
_VENDOR = re.compile(rf"[A-Za-z0-9_][A-Za-z0-9_.-]{{0,{_LONGEST - 1}}}")
_SEGMENTS = {"vendor": _VENDOR, "name": _NAME, "format": _NAME}
_VERSION_PARTS = ("model", "revision", "addition")
_URI_PARTS = 4


def _check_number(_: object, attribute: attrs.Attribute[int], value: object) -> None:
    least = 1 if attribute.name == "model" else 0
    if type(value) is not int or not least <= value <= _MOST:
        expected = f"{attribute.name} is an integer from {least} to {_MOST}"
        raise InvalidSchemaVer(expected, shown(value))


def _check_segment(_: object, attribute: attrs.Attribute[str], value: object) -> None:
    _expect_segment(attribute.name, value)


def _expect_segment(part: str, value: object) -> None:
    """Say which segment is wrong, if it is, and what it should be."""
    if type(value) is str and _SEGMENTS[part].fullmatch(value):
        return
    dot = ", dots" if part == "vendor" else ""
    expected = (
        f"the {part} is 1 to {_LONGEST} letters, digits, dashes, underscores{dot}, and begins "
        "with a letter, a digit or an underscore"
    )
    raise InvalidIgluUri(expected, shown(value))


def _text(value: object, what: str) -> str:
    if type(value) is not str:
        message = f"{what} is parsed from a str, not from {shown(value)}"
        raise WrongUse(message)
    return value


def _check_version(_: object, attribute: attrs.Attribute[SchemaVer], value: object) -> None:
    if type(value) is not SchemaVer:
        message = f"{attribute.name} is a SchemaVer, not {shown(value)}"
        raise WrongUse(message)


@attrs.frozen(order=True)
class SchemaVer:
    """A version of a schema: `1-0-2` is model 1, revision 0, addition 2.

    Ordered by number, part by part. Source: SchemaVer, as in iglu-scala-core.

    :raises InvalidSchemaVer: if a part is not an integer in its range (model from 1, the others
        from 0, all up to 2147483647).

    >>> SchemaVer.parse("1-0-10") > SchemaVer.parse("1-0-9")
    True
    """

    #: Changes when no historical data fits the new version.
    model: int = attrs.field(validator=_check_number)
    #: Changes when some historical data may not fit the new version.
    revision: int = attrs.field(validator=_check_number)
    #: Changes when all historical data fits the new version.
    addition: int = attrs.field(validator=_check_number)

    @classmethod
    def parse(cls, text: str) -> SchemaVer:
        """Parse `MODEL-REVISION-ADDITION`.

        :raises InvalidSchemaVer: if the text is not a SchemaVer.
        :raises WrongUse: if it is no text.
        """
        expected = "a SchemaVer is MODEL-REVISION-ADDITION, such as 1-0-0"
        return cls(*map(int, _version_parts(_text(text, "a SchemaVer"), _NUMBER, expected)))

    def __str__(self) -> str:
        return f"{self.model}-{self.revision}-{self.addition}"


def _version_parts(text: str, number: re.Pattern[str], expected: str) -> list[str]:
    """Split a version in three; say which part is wrong, or what the whole should be."""
    parts = text.split("-")
    if len(parts) != len(_VERSION_PARTS):
        raise InvalidSchemaVer(expected, shown(text))
    for name, part in zip(_VERSION_PARTS, parts, strict=True):
        if not number.fullmatch(part):
            exact = f"{expected}; its {name} is a number up to {_MOST} without leading zeros"
            raise InvalidSchemaVer(exact, shown(part))
    return parts


@attrs.frozen(order=True)
class SchemaKey:
    """The name of one version of one schema, in text an Iglu URI.

    Ordered by vendor, name, format, then version. Source: SchemaKey of iglu-scala-core.

    :raises InvalidIgluUri: if vendor, name or format is not one.
    :raises WrongUse: if version is no SchemaVer.

    >>> SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-0").version
    SchemaVer(model=1, revision=0, addition=0)
    """

    #: Whose schema it is, by convention a reversed domain: `com.acme`.
    vendor: str = attrs.field(validator=_check_segment)
    #: What the schema describes: `user`.
    name: str = attrs.field(validator=_check_segment)
    #: The schema language: `jsonschema` for every schema of this package.
    format: str = attrs.field(validator=_check_segment)
    #: The version.
    version: SchemaVer = attrs.field(validator=_check_version)

    @classmethod
    def parse(cls, text: str) -> SchemaKey:
        """Parse `iglu:VENDOR/NAME/FORMAT/VERSION`.

        :raises InvalidIgluUri: if the text is not an Iglu URI.
        :raises InvalidSchemaVer: if all of it is but the version.
        :raises WrongUse: if it is no text.
        """
        vendor, name, format_, version = _split(_text(text, "a SchemaKey"))
        return cls(vendor, name, format_, SchemaVer.parse(version))

    @property
    def path(self) -> str:
        """Where a static registry keeps it: `com.acme/user/jsonschema/1-0-0`."""
        return f"{self.vendor}/{self.name}/{self.format}/{self.version}"

    def __str__(self) -> str:
        return f"iglu:{self.path}"


def _split(text: str) -> tuple[str, str, str, str]:
    """Split an Iglu URI at its slashes and check all but the version."""
    if not text.startswith("iglu:"):
        expected = "an Iglu URI begins with 'iglu:', such as iglu:com.acme/user/jsonschema/1-0-0"
        raise InvalidIgluUri(expected, shown(text))
    segments = text.removeprefix("iglu:").split("/")
    if len(segments) != _URI_PARTS:
        expected = "an Iglu URI has four parts, iglu:VENDOR/NAME/FORMAT/VERSION"
        raise InvalidIgluUri(expected, f"{len(segments)} in {shown(text)}")
    vendor, name, format_, version = segments
    _expect_segment("vendor", vendor)
    _expect_segment("name", name)
    _expect_segment("format", format_)
    return vendor, name, format_, version


def _open_first(number: int | None) -> int:
    return -1 if number is None else number


def _open_number(default: int | None = None) -> Any:
    return attrs.field(
        default=default, validator=attrs.validators.optional(_check_number), order=_open_first
    )


@attrs.frozen(order=True)
class SchemaCriterion:
    """A name with a version that may be open: `iglu:com.acme/user/jsonschema/1-*-*`.

    A part that is given must be equal; `*` (None) fits every number. Ordered like SchemaKey, an
    open part before every number. Source: SchemaCriterion of iglu-scala-core.

    :raises InvalidIgluUri: if vendor, name or format is not one.
    :raises InvalidSchemaVer: if a part of the version is not one.

    >>> criterion = SchemaCriterion.parse("iglu:com.acme/user/jsonschema/1-*-*")
    >>> criterion.matches(SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-7"))
    True
    """

    #: As in SchemaKey.
    vendor: str = attrs.field(validator=_check_segment)
    #: As in SchemaKey.
    name: str = attrs.field(validator=_check_segment)
    #: As in SchemaKey.
    format: str = attrs.field(validator=_check_segment)
    #: A number, or None for any.
    model: int | None = _open_number()
    #: A number, or None for any.
    revision: int | None = _open_number()
    #: A number, or None for any.
    addition: int | None = _open_number()

    @classmethod
    def parse(cls, text: str) -> SchemaCriterion:
        """Parse an Iglu URI whose version may have `*` in any place.

        :raises InvalidIgluUri: if the text is not one.
        :raises InvalidSchemaVer: if all of it is but the version.
        :raises WrongUse: if it is no text.
        """
        vendor, name, format_, version = _split(_text(text, "a SchemaCriterion"))
        expected = "the version of a criterion is three numbers or '*', such as 1-*-*"
        parts = _version_parts(version, _NUMBER_OR_OPEN, expected)
        return cls(vendor, name, format_, *(None if part == "*" else int(part) for part in parts))

    def matches(self, key: SchemaKey) -> bool:
        """Whether the key is one of those meant.

        :raises WrongUse: if it is no SchemaKey.
        """
        if not is_a(key, SchemaKey):
            message = f"a SchemaCriterion matches a SchemaKey, not {shown(key)}"
            raise WrongUse(message)
        version = key.version
        return (
            (key.vendor, key.name, key.format) == (self.vendor, self.name, self.format)
            and self.model in (None, version.model)
            and self.revision in (None, version.revision)
            and self.addition in (None, version.addition)
        )

    def __str__(self) -> str:
        numbers = (self.model, self.revision, self.addition)
        version = "-".join("*" if number is None else str(number) for number in numbers)
        return f"iglu:{self.vendor}/{self.name}/{self.format}/{version}"
