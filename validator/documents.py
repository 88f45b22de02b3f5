"""Bytes to JSON, strictly and within limits; and what self-describing JSON is.

`decode` is RFC 8259 to the letter, by orjson, plus what orjson lets through: depth, numbers that a
parser would bend, and repeated names where they are refused. `admit` asks the same of a Python
object, so that no later stage ever meets a value that is not JSON or is too deep.
"""

from __future__ import annotations

import re
from typing import NoReturn

import attrs
import orjson

from validator import guard, scanner
from validator.errors import WrongUse
from validator.iglu import SchemaKey
from validator.limits import Limits
from validator.results import JSON, Path, Result, Violation, json_pointer

__all__ = ["Refused", "SelfDescribingData", "admit", "decode", "measure", "parse"]

_DEFAULT_LIMITS = Limits()


class Refused(Exception):  # never leaves the package: it carries a violation, not an error
    """What ends the reading of a document, on its way to becoming a `Result`."""

    def __init__(self, violation: Violation) -> None:
        super().__init__(violation)
        self.violation = violation


@attrs.frozen
class SelfDescribingData:
    """JSON that names its schema: `{"schema": "iglu:...", "data": ...}`. Source: Iglu."""

    #: The schema that the data says it follows.
    schema: SchemaKey
    #: Any JSON value.
    data: JSON

    @classmethod
    def parse(cls, document: JSON) -> SelfDescribingData:
        """Read the envelope of a document that `names_a_schema`.

        :raises InvalidIgluUri: if its `schema` is not an Iglu URI (InvalidSchemaVer: its version).
        """
        return cls(SchemaKey.parse(document["schema"]), document["data"])

    @staticmethod
    def names_a_schema(document: JSON) -> bool:
        """Whether it has `schema`, a text that begins `iglu:`, and `data`."""
        return (
            type(document) is dict
            and "data" in document
            and type(schema := document.get("schema")) is str
            and schema.startswith("iglu:")
        )


def decode(document: bytes, limits: Limits = _DEFAULT_LIMITS) -> Result:
    """Decode a JSON text: a `Result` whose `payload` is the value, or with one violation.

    The violation's code is one of `NotUTF8`, `ByteOrderMark`, `NotJSON`, `NotANumber` (NaN and the
    infinities), `LoneSurrogate`, `NumberOutOfRange`, `DuplicateKey`, `TooLarge`, `TooDeep`, and its
    `position` has the byte offset, line and column.

    :raises WrongUse: if the document is not bytes.

    >>> decode(b'{"events": []}').payload
    {'events': []}
    >>> decode(b"[1, NaN]").violations[0].position
    Position(offset=4, line=1, column=5)
    """
    if not isinstance(document, bytes | bytearray | memoryview):
        message = f"decode takes bytes, not {type(document).__name__}"
        raise WrongUse(message)
    try:
        return Result(payload=parse(bytes(document), limits))
    except Refused as refused:
        return Result(violations=(refused.violation,))


# The fast way: what is well costs a few passes in C over the bytes.

_DIGITS = bytes.maketrans(b"123456789E", b"000000000e")
_LONG_INTEGER = b"0" * len(str(2**63))
_EXPONENT = b"0e-"


def parse(raw: bytes, limits: Limits) -> JSON:
    """Decode a JSON text.

    :raises Refused: if it is not JSON, or past the limits.
    """
    if len(raw) > limits.bytes:
        message = f"a document may have {limits.bytes:,} bytes; this one has more"
        raise Refused(Violation(code="TooLarge", message=message))
    try:
        document = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        _refuse_text(raw, error, limits.depth)
    if not guard.fits(document, limits.depth):
        _refuse_depth(raw.decode(), limits.depth)
    digits = raw.translate(_DIGITS)
    if _LONG_INTEGER in digits or _has_long_exponent(digits):
        _refuse_unfaithful_number(raw)
    if not limits.duplicate_keys:
        _refuse_duplicate_name(raw)
    return document


def _has_long_exponent(digits: bytes) -> bool:
    """Whether there may be a number with three digits or more in a negative exponent.

    Step by step, since `b"0e-000" in digits` takes three times as long on text full of digits.
    """
    at = digits.find(_EXPONENT)
    while at >= 0:
        at += len(_EXPONENT)
        if digits.startswith(b"000", at):
            return True
        at = digits.find(_EXPONENT, at)
    return False


# The slow way: what is wrong gets a code and a place.


def _refuse(code: str, message: str, text: str, index: int, path: Path = ()) -> NoReturn:
    place = scanner.position(text, index)
    violation = Violation(
        code=code,
        message=f"{message}, at {place}",
        instance_location=json_pointer(path, _DEFAULT_LIMITS.location),
        position=place,
    )
    raise Refused(violation)


def _refuse_depth(text: str, depth: int) -> None:
    """Refuse a text that nests too deep; one that is no JSON may."""
    index = scanner.too_deep(text, depth)
    if index is not None:
        _refuse("TooDeep", f"arrays and objects may nest {depth} deep; this is deeper", text, index)


def _refuse_text(raw: bytes, error: orjson.JSONDecodeError, depth: int) -> NoReturn:
    """Say what keeps a text from being JSON."""
    if raw.startswith(b"\xef\xbb\xbf"):
        message = "a JSON text begins without a byte order mark; take the first three bytes off"
        _refuse("ByteOrderMark", message, "", 0)
    try:
        text = raw.decode()
    except UnicodeDecodeError as undecodable:
        text = raw[: undecodable.start].decode()
        _refuse("NotUTF8", "a JSON text is UTF-8; this byte is not", text, len(text))
    _refuse_depth(text, depth)
    code, message = _diagnose(text, error)
    _refuse(code, message, text, error.pos)


_NOT_A_NUMBER = re.compile(r"-?(?:NaN|Infinity)")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


def _diagnose(text: str, error: orjson.JSONDecodeError) -> tuple[str, str]:
    """Give a code and a message for what the parser stopped at, by what stands there."""
    at = error.pos
    before = max(at - 1, 0)  # the parser has passed a sign when it stops at what follows
    if _NOT_A_NUMBER.match(text, at) or _NOT_A_NUMBER.match(text, before):
        return "NotANumber", "JSON has no NaN and no Infinity; leave the name out, or send null"
    number = _NUMBER.match(text, at)
    if number and float(number.group()) in (float("inf"), float("-inf")):
        return "NumberOutOfRange", "a number is too large for a binary64"
    if _SURROGATE.match(text, at):
        return "LoneSurrogate", "a \\u escape is half of a surrogate pair, which no text contains"
    return "NotJSON", f"not JSON: {error.msg}"


def _refuse_unfaithful_number(raw: bytes) -> None:
    text = raw.decode()
    found = scanner.unfaithful_number(text)
    if found is not None:
        message = "a number would lose its value in a parser; send it as a text"
        _refuse("NumberOutOfRange", message, text, *found)


def _refuse_duplicate_name(raw: bytes) -> None:
    text = raw.decode()
    found = scanner.duplicate_name(text)
    if found is not None:
        _refuse("DuplicateKey", "a name stands twice in one object", text, *found)


# Python objects.


def admit(document: object, limits: Limits) -> int:
    """Give the bytes that an object has as JSON text, about, having checked that it is JSON.

    Only the exact types that JSON has in Python are: a subclass may do anything when it is read.

    :raises Refused: with code `NotJSON` for another type, `NotANumber`, `NumberOutOfRange`,
        `LoneSurrogate`, `TooDeep` (a cycle is) or `TooLarge`.
    """
    size = 0
    stack: list[tuple[object, Path]] = [(document, ())]
    while stack:
        value, path = stack.pop()
        size += _size(value, path)
        if size > limits.bytes:
            message = f"a document may have {limits.bytes:,} bytes as JSON text; this one has more"
            raise Refused(Violation(code="TooLarge", message=message))
        if type(value) is dict or type(value) is list:
            if len(path) >= limits.depth:
                message = f"arrays and objects may nest {limits.depth} deep; this is deeper"
                _refuse_value("TooDeep", message, path)
            members = value.items() if type(value) is dict else enumerate(value)
            stack.extend((member, (*path, step)) for step, member in members)
    return size


def _refuse_value(code: str, message: str, path: Path) -> NoReturn:
    location = json_pointer(path, _DEFAULT_LIMITS.location)
    raise Refused(Violation(code=code, message=message, instance_location=location))


def _size(value: object, path: Path) -> int:
    """Give the least bytes of a value as JSON text, less its members.

    :raises Refused: if it is not JSON.
    """
    kind = type(value)
    if kind is str:
        return _text_size(value, path)  # type: ignore[arg-type]  # kind is str
    if kind is dict:
        for name in value:  # type: ignore[attr-defined]  # kind is dict
            if type(name) is not str:
                message = f"the names of an object are texts; one is of type {type(name).__name__}"
                _refuse_value("NotJSON", message, path)
        return 2 + sum(_text_size(name, path) + 2 for name in value)  # type: ignore[attr-defined]
    if kind is list:
        return 2 + len(value)  # type: ignore[arg-type]  # kind is list
    if kind is int:
        if not -(2**63) <= value < 2**64:  # type: ignore[operator]  # kind is int
            _refuse_value("NumberOutOfRange", "an integer has more than 64 bits", path)
        return 1
    if kind is float:
        if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124  # NaN alone differs from itself
            _refuse_value("NotANumber", "JSON has no NaN and no Infinity", path)
        return 1
    if kind is not bool and value is not None:
        message = f"a value of type {kind.__name__} is not JSON; JSON is dict, list, str, int, float, bool, None"
        _refuse_value("NotJSON", message, path)
    return 1


def _text_size(text: str, path: Path) -> int:
    if text.isascii():
        return len(text) + 2
    try:
        return len(text.encode()) + 2
    except UnicodeEncodeError:
        _refuse_value("LoneSurrogate", "a text holds half of a surrogate pair", path)


def measure(document: JSON) -> tuple[int, int]:
    """Give the number of values in a document, and how deep its arrays and objects nest."""
    values, depth = 1, 0
    level = [document] if isinstance(document, dict | list) else []
    while level:
        depth += 1
        inner = []
        for container in level:
            values += len(container)
            members = container.values() if isinstance(container, dict) else container
            inner.extend(member for member in members if isinstance(member, dict | list))
        level = inner
    return values, depth
