"""The names of schemas: text to value and back, without JSON and without I/O.

The grammar is Iglu's own (snowplow/iglu-scala-core 1.1.4, SchemaKey.scala and SchemaVer.scala),
with its holes closed: a segment has at most 128 characters and begins with neither a dot nor a
dash, so that no URI names a place outside a registry.
"""

from __future__ import annotations

import re
from typing import NoReturn

import attrs

from validator.errors import InvalidIgluUri, InvalidSchemaVer, WrongUse

__all__ = ["SchemaCriterion", "SchemaKey", "SchemaVer"]

_MOST = 2**31 - 1
_LONGEST = 128
_SHOWN = 80

_NUMBER = r"0|[1-9][0-9]{0,9}"
_SCHEMAVER = re.compile(rf"({_NUMBER})-({_NUMBER})-({_NUMBER})")
_NAME = r"[A-Za-z0-9_][A-Za-z0-9_-]{0,127}"
_VENDOR = r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}"
_KEY = re.compile(rf"iglu:({_VENDOR})/({_NAME})/({_NAME})/({_NUMBER})-({_NUMBER})-({_NUMBER})")
_SEGMENTS = {"vendor": re.compile(_VENDOR), "name": re.compile(_NAME), "format": re.compile(_NAME)}
_VERSION_PARTS = ("model", "revision", "addition")


def _shown(text: str) -> str:
    """Quote a text for a message: escaped, and cut where it is long."""
    return ascii(text if len(text) <= _SHOWN else text[:_SHOWN] + "...")


def _version_part(instance: object, attribute: attrs.Attribute[int], value: object) -> None:
    least = 1 if attribute.name == "model" else 0
    if type(value) is not int or not least <= value <= _MOST:
        shown = _shown(str(value)) if isinstance(value, int | str) else type(value).__name__
        message = f"{attribute.name} is an integer from {least} to {_MOST}, not {shown}"
        raise InvalidSchemaVer(message)


def _segment(instance: object, attribute: attrs.Attribute[str], value: object) -> None:
    if type(value) is not str or not _SEGMENTS[attribute.name].fullmatch(value):
        _refuse_segment(attribute.name, value)


def _refuse_segment(part: str, value: object) -> NoReturn:
    """Say which segment is wrong and what it should be."""
    dot = ", dots" if part == "vendor" else ""
    expected = (
        f"the {part} is 1 to {_LONGEST} letters, digits, dashes, underscores{dot}, "
        f"and begins with a letter, a digit or an underscore"
    )
    shown = _shown(value) if isinstance(value, str) else type(value).__name__
    message = f"{expected}; not {shown}"
    raise InvalidIgluUri(message)


def _text(value: object, what: str) -> str:
    if type(value) is not str:
        message = f"{what} is parsed from a str, not from {type(value).__name__}"
        raise WrongUse(message)
    return value


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
    model: int = attrs.field(validator=_version_part)
    #: Changes when some historical data may not fit the new version.
    revision: int = attrs.field(validator=_version_part)
    #: Changes when all historical data fits the new version.
    addition: int = attrs.field(validator=_version_part)

    @classmethod
    def parse(cls, text: str) -> SchemaVer:
        """Parse `MODEL-REVISION-ADDITION`.

        :raises InvalidSchemaVer: if the text is not a SchemaVer.
        :raises WrongUse: if it is no text.
        """
        match = _SCHEMAVER.fullmatch(_text(text, "a SchemaVer"))
        if match is None:
            _refuse_version(text, "a SchemaVer is MODEL-REVISION-ADDITION, such as 1-0-0")
        return cls(int(match[1]), int(match[2]), int(match[3]))

    def __str__(self) -> str:
        return f"{self.model}-{self.revision}-{self.addition}"


def _refuse_version(text: str, expected: str) -> NoReturn:
    """Say which part of a version is wrong, or what the whole should look like."""
    parts = text.split("-")
    if len(parts) == len(_VERSION_PARTS):
        for name, part in zip(_VERSION_PARTS, parts, strict=True):
            if not re.fullmatch(_NUMBER, part):
                message = (
                    f"{expected}; its {name} is a number without leading zeros, not {_shown(part)}"
                )
                raise InvalidSchemaVer(message)
    message = f"{expected}; not {_shown(text)}"
    raise InvalidSchemaVer(message)


@attrs.frozen(order=True)
class SchemaKey:
    """The name of one version of one schema, in text an Iglu URI.

    Ordered by vendor, name, format, then version. Source: SchemaKey of iglu-scala-core.

    :raises InvalidIgluUri: if vendor, name or format is not one.

    >>> SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-0").version
    SchemaVer(model=1, revision=0, addition=0)
    """

    #: Whose schema it is, by convention a reversed domain: `com.acme`.
    vendor: str = attrs.field(validator=_segment)
    #: What the schema describes: `user`.
    name: str = attrs.field(validator=_segment)
    #: The schema language: `jsonschema` for every schema of this package.
    format: str = attrs.field(validator=_segment)
    #: The version.
    version: SchemaVer = attrs.field(validator=attrs.validators.instance_of(SchemaVer))

    @classmethod
    def parse(cls, text: str) -> SchemaKey:
        """Parse `iglu:VENDOR/NAME/FORMAT/VERSION`.

        :raises InvalidIgluUri: if the text is not an Iglu URI.
        :raises InvalidSchemaVer: if all of it is but the version.
        :raises WrongUse: if it is no text.
        """
        match = _KEY.fullmatch(_text(text, "a SchemaKey"))
        if match is not None:
            vendor, name, format_, *version = match.groups()
            return cls(vendor, name, format_, SchemaVer(*map(int, version)))
        vendor, name, format_, rest = _split(text)
        return cls(vendor, name, format_, SchemaVer.parse(rest))

    @property
    def path(self) -> str:
        """Where a static registry keeps it: `com.acme/user/jsonschema/1-0-0`."""
        return f"{self.vendor}/{self.name}/{self.format}/{self.version}"

    def __str__(self) -> str:
        return f"iglu:{self.path}"


def _split(text: str) -> tuple[str, str, str, str]:
    """Split an Iglu URI at its slashes and check all but the version."""
    scheme, colon, rest = text.partition(":")
    if scheme != "iglu" or not colon:
        message = f"an Iglu URI begins with 'iglu:', such as iglu:com.acme/user/jsonschema/1-0-0; not {_shown(text)}"
        raise InvalidIgluUri(message)
    match rest.split("/"):
        case [vendor, name, format_, version]:
            for part, value in (("vendor", vendor), ("name", name), ("format", format_)):
                if not _SEGMENTS[part].fullmatch(value):
                    _refuse_segment(part, value)
            return vendor, name, format_, version
        case segments:
            message = (
                f"an Iglu URI has four parts, iglu:VENDOR/NAME/FORMAT/VERSION; "
                f"{len(segments)} in {_shown(text)}"
            )
            raise InvalidIgluUri(message)


def _criterion_part(
    instance: object, attribute: attrs.Attribute[int | None], value: object
) -> None:
    if value is not None:
        _version_part(instance, attribute, value)  # type: ignore[arg-type]  # the same, less None


@attrs.frozen
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
    vendor: str = attrs.field(validator=_segment)
    #: As in SchemaKey.
    name: str = attrs.field(validator=_segment)
    #: As in SchemaKey.
    format: str = attrs.field(validator=_segment)
    #: A number, or None for any.
    model: int | None = attrs.field(default=None, validator=_criterion_part)
    #: A number, or None for any.
    revision: int | None = attrs.field(default=None, validator=_criterion_part)
    #: A number, or None for any.
    addition: int | None = attrs.field(default=None, validator=_criterion_part)

    @classmethod
    def parse(cls, text: str) -> SchemaCriterion:
        """Parse an Iglu URI whose version may have `*` in any place.

        :raises InvalidIgluUri: if the text is not one.
        :raises InvalidSchemaVer: if all of it is but the version.
        :raises WrongUse: if it is no text.
        """
        vendor, name, format_, version = _split(_text(text, "a SchemaCriterion"))
        parts = version.split("-")
        expected = "the version of a criterion is three numbers or '*', such as 1-*-*"
        if len(parts) != len(_VERSION_PARTS):
            message = f"{expected}; not {_shown(version)}"
            raise InvalidSchemaVer(message)
        for part in parts:
            if part != "*" and not re.fullmatch(_NUMBER, part):
                _refuse_version(version.replace("*", "1"), expected)
        model, revision, addition = (None if part == "*" else int(part) for part in parts)
        return cls(vendor, name, format_, model, revision, addition)

    def matches(self, key: SchemaKey) -> bool:
        """Whether the key is one of those meant."""
        version = key.version
        return (
            (key.vendor, key.name, key.format) == (self.vendor, self.name, self.format)
            and self.model in (None, version.model)
            and self.revision in (None, version.revision)
            and self.addition in (None, version.addition)
        )

    def _order(self) -> tuple[object, ...]:
        numbers = (self.model, self.revision, self.addition)
        return (self.vendor, self.name, self.format, *(-1 if n is None else n for n in numbers))

    def __lt__(self, other: SchemaCriterion) -> bool:
        return (
            self._order() < other._order() if isinstance(other, SchemaCriterion) else NotImplemented
        )

    def __le__(self, other: SchemaCriterion) -> bool:
        return (
            self._order() <= other._order()
            if isinstance(other, SchemaCriterion)
            else NotImplemented
        )

    def __gt__(self, other: SchemaCriterion) -> bool:
        return (
            self._order() > other._order() if isinstance(other, SchemaCriterion) else NotImplemented
        )

    def __ge__(self, other: SchemaCriterion) -> bool:
        return (
            self._order() >= other._order()
            if isinstance(other, SchemaCriterion)
            else NotImplemented
        )

    def __str__(self) -> str:
        numbers = (self.model, self.revision, self.addition)
        version = "-".join("*" if number is None else str(number) for number in numbers)
        return f"iglu:{self.vendor}/{self.name}/{self.format}/{version}"
