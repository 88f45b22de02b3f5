"""What a stage finds in a document: values that every later stage and every report reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import attrs

if TYPE_CHECKING:
    from validator.iglu import SchemaKey

__all__ = [
    "JSON",
    "Code",
    "EventResult",
    "Path",
    "Position",
    "ValidationInfo",
    "Violation",
    "clip",
    "json_pointer",
]

#: A JSON value as Python has it: dict, list, str, int, float, bool, None.
JSON: TypeAlias = Any
#: What a violation may be; docs/codes.md tells of each.
Code: TypeAlias = Literal[
    "ByteOrderMark",
    "CriterionMismatch",
    "DuplicateKey",
    "InvalidSchema",
    "LoneSurrogate",
    "NotANumber",
    "NotBase64",
    "NotIglu",
    "NotJSON",
    "NotRecognized",
    "NotUTF8",
    "NumberOutOfRange",
    "ResolutionError",
    "TooComplex",
    "TooDeep",
    "TooLarge",
    "TooManyParts",
    "UnplannedEvent",
    "UnreadableFile",
    "ValidationError",
]
#: The steps from a document to a value in it: names and indices.
Path: TypeAlias = tuple[str | int, ...]


def json_pointer(path: Iterable[str | int], longest: int | None = None) -> str:
    """Write a path as a JSON Pointer (RFC 6901); the empty text is the whole document.

    With `longest`, a pointer of more characters is that of the nearest ancestor that fits.
    """
    pointer = ""
    for step in path:
        text = step.replace("~", "~0").replace("/", "~1") if isinstance(step, str) else str(step)
        if longest is not None and len(pointer) + 1 + len(text) > longest:
            break
        pointer = f"{pointer}/{text}"
    return pointer


def clip(text: str, longest: int) -> str:
    """Cut a text to so many characters, the last three of them dots where something is missing."""
    return text if len(text) <= longest else text[: longest - 3] + "..."


@attrs.frozen
class Position:
    """A place in a JSON text."""

    #: Bytes before it.
    offset: int
    #: Its line, from 1.
    line: int
    #: Its column in characters, from 1.
    column: int

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column} (byte {self.offset})"


@attrs.frozen(kw_only=True)
class Violation:
    """One thing that is wrong with a document. A value, so not an exception."""

    #: What kind of thing: `ValidationError` for a broken rule of a schema, else `NotJSON`,
    #: `NotRecognized`, `ResolutionError`, ... (docs/codes.md has all of them).
    code: Code
    #: What is wrong and what would be right, without payload values unless they were asked for.
    message: str
    #: The keyword of the schema that is broken; None where no keyword is at fault.
    keyword: str | None = None
    #: JSON Pointer into the document: into the normalized one, for `check` of a Tracardi payload;
    #: into the one that was sent, for a Snowplow request.
    instance_location: str = ""
    #: JSON Pointer into what the value at `instance_location` holds, where that is an encoded JSON
    #: text (`ue_px`, `cx`, ...); None where it is not.
    decoded_location: str | None = None
    #: JSON Pointer of the evaluation path from the schema checked, across `$ref`.
    keyword_location: str | None = None
    #: The schema that is broken; None where it has no name, or where none is.
    schema: SchemaKey | None = None
    #: The keyword's own place: URI#pointer of the document it stands in, where it has a URI.
    absolute_keyword_location: str | None = None
    #: Where in the JSON text, for what is wrong with the text itself.
    position: Position | None = None
    #: The names of properties that are at fault, the first of them, where `instance_location` is
    #: the object that has them: unexpected ones, or those that need others beside them.
    names: tuple[str, ...] = ()
    #: For `anyOf` and `oneOf`: for each alternative, what it lacks; the closest one first.
    branches: tuple[tuple[Violation, ...], ...] = ()

    def to_dict(self) -> dict[str, str | None]:
        """Give the seven fields that reports carry, as JSON."""
        return {
            "code": self.code,
            "message": self.message,
            "keyword": self.keyword,
            "instance_location": self.instance_location,
            "decoded_location": self.decoded_location,
            "keyword_location": self.keyword_location,
            "schema": None if self.schema is None else str(self.schema),
        }


@attrs.frozen
class ValidationInfo:
    """Data of a superseded version that was checked by the one that supersedes it."""

    #: What the data names.
    original: SchemaKey
    #: What it was checked by.
    validated_with: SchemaKey

    def to_dict(self) -> dict[str, JSON]:
        """Give it as self-describing data, as Snowplow attaches it to an event."""
        return {
            "schema": "iglu:com.snowplowanalytics.iglu/validation_info/jsonschema/1-0-0",
            "data": {
                "originalSchema": str(self.original),
                "validatedWith": str(self.validated_with.version),
            },
        }


@attrs.frozen(kw_only=True)
class EventResult:
    """The outcome for one event of a Snowplow request; truthy when it is valid."""

    #: JSON Pointer of the event in the request.
    location: str = ""
    #: The event as it was sent.
    sent: JSON = None
    #: The normalized event, self-describing; as it was sent for `validate`.
    payload: JSON = None
    #: What is wrong with it.
    violations: tuple[Violation, ...] = ()
    #: Whether there may be more violations than are listed.
    truncated: bool = False
    #: The Iglu URIs of its parts that have no verdict.
    unresolved: tuple[str, ...] = ()
    #: Its parts that were checked by a newer version than they name.
    validation_info: tuple[ValidationInfo, ...] = ()
    #: Of one that is not valid: its fields, as far as they could be read.
    fields: JSON = attrs.field(default=None, repr=False)

    def __bool__(self) -> bool:
        return not self.violations

    def __iter__(self) -> Iterator[Violation]:
        return iter(self.violations)
