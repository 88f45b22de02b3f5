"""Bytes to JSON, strictly and within limits.

`decode` is RFC 8259 to the letter, by orjson, plus what orjson lets through: depth, numbers that a
parser would bend, and repeated names where they are refused. `admit` asks the same of a Python
object, so that no later stage ever meets a value that is not JSON or is too deep.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NoReturn

import orjson

from validator import guard, scanner
from validator.errors import WrongUse, shown, type_name
from validator.limits import Limits
from validator.results import JSON, Code, Path, Position, Result, Violation, clip, json_pointer

__all__ = [
    "Refused",
    "admit",
    "as_bytes",
    "decode",
    "measure",
    "parse",
    "parse_all",
    "read",
]

_DEFAULT_LIMITS = Limits()


class Refused(Exception):  # never leaves the package: it carries a violation, not an error
    """What ends the reading of a document, on its way to becoming a `Result`."""

    def __init__(self, violation: Violation) -> None:
        super().__init__(violation)
        self.violation = violation


def decode(document: bytes, limits: Limits = _DEFAULT_LIMITS) -> Result:
    """Decode a JSON text: a `Result` whose `payload` is the value, or with one violation.

    The violation's code is one of `NotUTF8`, `ByteOrderMark`, `NotJSON`, `NotANumber` (NaN and the
    infinities), `LoneSurrogate`, `NumberOutOfRange`, `DuplicateKey`, `TooLarge`, `TooDeep`, and its
    `position` has the byte offset, line and column.

    :raises WrongUse: if the document is not bytes, or limits no Limits.

    >>> decode(b'{"events": []}').payload
    {'events': []}
    >>> decode(b"[1, NaN]").violations[0].position
    Position(offset=4, line=1, column=5)
    """
    if type(limits) is not Limits:
        message = f"limits is a Limits, not {shown(limits)}"
        raise WrongUse(message)
    raw = as_bytes(document)
    if raw is None:
        message = f"decode takes bytes, not {shown(document)}"
        raise WrongUse(message)
    try:
        return Result(payload=parse(raw, limits))
    except Refused as refused:
        return Result(violations=(refused.violation,))


def as_bytes(document: object) -> bytes | None:
    """Give bytes, a bytearray or a memoryview as bytes; None for everything else.

    These types exactly, as `admit` has it: a subclass may do anything when it is read.

    :raises WrongUse: if it is a memoryview that was released.
    """
    if type(document) is bytes:
        return document
    if type(document) is bytearray or type(document) is memoryview:
        try:
            return bytes(document)
        except ValueError as error:
            message = f"a document can't be read: {error}"
            raise WrongUse(message) from None
    return None


# The fast way: what is well costs a few passes in C over the bytes.

#: Folds a text so that one search of it finds both `1e-100` and `iglu:`: `0e-00` is in either. Two
#: searches more cost a tenth of the whole check (see benchmarks), and most texts have neither.
_FOLDED = bytes.maketrans(b"123456789iu:Egl", b"000000000000ee-")
_EITHER = b"0e-00"
_LONG_INTEGER = b"0" * len(str(2**63))
#: Self-describing data names its schema in so many bytes, as most write it.
_BEGINNING = 64
_DIGITS = bytes.maketrans(b"123456789E", b"000000000e")
_LONG_EXPONENT = b"0e-000"
_LONGEST_BEFORE = 400
_BEFORE_A_NUMBER = (b"[", b",", b":", b" ", b"\t", b"\n", b"\r")


def parse(raw: bytes, limits: Limits) -> JSON:
    """Decode a JSON text.

    :raises Refused: if it is not JSON, or past the limits.
    """
    return read(raw, limits)[0]


def read(raw: bytes, limits: Limits) -> tuple[JSON, bool]:
    """Decode a JSON text, and tell whether the document may hold self-describing data.

    :raises Refused: if it is not JSON, or past the limits.
    """
    if len(raw) > limits.bytes:
        fits = raw[: limits.bytes].decode(errors="surrogateescape")
        _refuse(limits, "TooLarge", _TOO_LARGE.format(limits.bytes), fits, len(fits))
    try:
        document = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        _refuse_text(raw, error, limits)
    # The requests of Snowplow's trackers name their schema at once, and hold texts alone.
    describes = raw.find(b"iglu:", 0, _BEGINNING) >= 0
    if not (describes and guard.fits_without_numbers(document, limits.depth)):
        if not guard.fits(document, limits.depth):
            _refuse_depth(raw.decode(), limits)
        is_suspect, describes = _looked_through(raw, describes=describes)
        if is_suspect:
            _refuse_unfaithful_number(raw, limits)
    if not limits.duplicate_keys:
        _refuse_duplicate_name(raw, document, limits)
    return document, describes


def parse_all(raws: Sequence[bytes], limits: Limits) -> list[JSON]:
    """Decode JSON texts: as `parse` does, at two thirds of the cost for each.

    :raises Refused: if one is not JSON, or past the limits; which one, `parse` says of each.
    """
    if not limits.duplicate_keys or max(map(len, raws), default=0) > limits.bytes:
        return [parse(raw, limits) for raw in raws]
    try:
        values = [orjson.loads(raw) for raw in raws]
    except orjson.JSONDecodeError:
        return [parse(raw, limits) for raw in raws]
    folded = b"\n".join(raws).translate(_DIGITS)
    is_suspect = _LONG_INTEGER in folded or _has_long_exponent(folded)
    if is_suspect or not guard.fits(values, limits.depth + 1):
        return [parse(raw, limits) for raw in raws]
    return values


def _looked_through(raw: bytes, *, describes: bool) -> tuple[bool, bool]:
    """Tell whether a number may be bent, and whether there may be self-describing data."""
    if describes:
        folded = raw.translate(_DIGITS)
        return _LONG_INTEGER in folded or _has_long_exponent(folded), True
    folded = raw.translate(_FOLDED)
    either = _EITHER in folded
    is_suspect = _LONG_INTEGER in folded or (either and _has_long_exponent(raw.translate(_DIGITS)))
    # The only other way to spell a letter in JSON begins with a backslash.
    return is_suspect, (either and b"iglu:" in raw) or (b"\\" in raw and b"\\u" in raw)


def _has_long_exponent(text: bytes) -> bool:
    """Whether a number may have an exponent of three digits, in a text whose digits are all 0.

    One number in thirty UUIDs looks like one: but a letter or a quote stands before it.
    """
    at = text.find(_LONG_EXPONENT)
    while at >= 0:
        before = text[max(at - _LONGEST_BEFORE, 0) : at].rstrip(b"0.").removesuffix(b"-")
        if not before or before.endswith(_BEFORE_A_NUMBER):
            return True
        at = text.find(_LONG_EXPONENT, at + 1)
    return False


# The slow way: what is wrong gets a code and a place.

_TOO_LARGE = "a document may have {:,} bytes of JSON text; this one has more"
_TOO_DEEP = "arrays and objects may nest {} deep; this is deeper"


def _refuse(
    limits: Limits, code: Code, message: str, text: str, index: int, path: Path = ()
) -> NoReturn:
    place = scanner.position(text, index)
    raise Refused(_violation(limits, code, f"{message}, at {place}", path, place))


def _violation(
    limits: Limits, code: Code, message: str, path: Path, place: Position | None = None
) -> Violation:
    return Violation(
        code=code,
        message=clip(message, limits.message),
        instance_location=json_pointer(path, limits.location),
        position=place,
    )


def _refuse_depth(text: str, limits: Limits) -> None:
    """Refuse a text that nests too deep; one that is no JSON may."""
    index = scanner.too_deep(text, limits.depth)
    if index is not None:
        _refuse(limits, "TooDeep", _TOO_DEEP.format(limits.depth), text, index)


def _refuse_text(raw: bytes, error: orjson.JSONDecodeError, limits: Limits) -> NoReturn:
    """Say what keeps a text from being JSON."""
    if raw.startswith(b"\xef\xbb\xbf"):
        message = "a JSON text begins without a byte order mark; take the first three bytes off"
        _refuse(limits, "ByteOrderMark", message, "", 0)
    try:
        text = raw.decode()
    except UnicodeDecodeError as undecodable:
        text = raw[: undecodable.start].decode()
        _refuse(limits, "NotUTF8", "a JSON text is UTF-8; this byte is not", text, len(text))
    _refuse_depth(text, limits)
    code, message, index = _diagnose(text, error)
    _refuse(limits, code, message, text, index)


_NOT_A_NUMBER = re.compile(r"-?(?:NaN|Infinity)")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


def _diagnose(text: str, error: orjson.JSONDecodeError) -> tuple[Code, str, int]:
    """Give code, message and index for what the parser stopped at, by what stands there."""
    at = error.pos
    # The parser has passed a sign when it stops at what follows.
    signed = at - 1 if text[:at].endswith("-") else at
    if _NOT_A_NUMBER.match(text, signed):
        message = "JSON has no NaN and no Infinity; leave the name out, or send null"
        return "NotANumber", message, signed
    number = _NUMBER.match(text, at)
    if number and math.isinf(float(number[0])):
        return "NumberOutOfRange", "a number is too large for a binary64", at
    if _SURROGATE.match(text, at):
        message = "a \\u escape is half of a surrogate pair, which no text contains"
        return "LoneSurrogate", message, at
    return "NotJSON", f"not JSON: {error.msg}", at


def _refuse_unfaithful_number(raw: bytes, limits: Limits) -> None:
    text = raw.decode()
    found = scanner.unfaithful_number(text)
    if found is not None:
        message = "a number would lose its value in a parser; send it as a text"
        _refuse(limits, "NumberOutOfRange", message, text, *found)


def _refuse_duplicate_name(raw: bytes, document: JSON, limits: Limits) -> None:
    # A name that is lost takes its colon with it, and only an escape could have brought in another:
    # to count them takes a sixth of what it takes to look.
    if b"\\u" not in raw and raw.count(b":") == orjson.dumps(document).count(b":"):
        return
    text = raw.decode()
    found = scanner.duplicate_name(text)
    if found is not None:
        _refuse(limits, "DuplicateKey", "a name stands twice in one object", text, *found)


# Python objects.

_CONTAINERS = frozenset({dict, list})


class _Unfit(Exception):
    """What is wrong with a value; where it stands is found out afterwards."""

    def __init__(self, code: Code, message: str, value: object) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.value = value


def admit(document: object, limits: Limits) -> int:
    """Give the least bytes that an object has as JSON text, having checked that it is JSON.

    Only the exact types that JSON has in Python are: a subclass may do anything when it is read.

    :raises Refused: with code `NotJSON` for another type, `NotANumber`, `NumberOutOfRange`,
        `LoneSurrogate`, `TooDeep` (a cycle is) or `TooLarge`.
    """
    trail: list[Any] = []
    try:
        return _walk(document, limits, trail)
    except _Unfit as unfit:
        path = _path_of(unfit.value, trail)
        raise Refused(_violation(limits, unfit.code, unfit.message, path)) from None


def _walk(document: object, limits: Limits, trail: list[Any]) -> int:
    """Measure value by value, depth first; `trail` has the containers that lead to the present one.

    Nothing but the way down is kept, so that a wide or much shared graph costs no memory.
    """
    size = 0
    pending: list[Iterator[object]] = [iter((document,))]
    while pending:
        for value in pending[-1]:
            size += _size(value, limits.bytes)
            if size > limits.bytes:
                raise Refused(_violation(limits, "TooLarge", _TOO_LARGE.format(limits.bytes), ()))
            if type(value) is dict or type(value) is list:
                if len(trail) == limits.depth:
                    raise _Unfit("TooDeep", _TOO_DEEP.format(limits.depth), value)
                trail.append(value)
                pending.append(iter(value.values() if type(value) is dict else value))
                break
        else:
            pending.pop()
            del trail[-1:]  # none is left once the document itself is done
    return size


def _path_of(value: object, trail: list[Any]) -> Path:
    """Give the steps through the containers to a value: the first that lead to it."""
    return tuple(_step(container, member) for container, member in pairwise([*trail, value]))


def _step(container: Any, wanted: object) -> str | int:
    members = container.items() if type(container) is dict else enumerate(container)
    return next(step for step, member in members if member is wanted)


def _size(value: Any, most: int) -> int:
    """Give the least bytes of a value as JSON text, less its members; `most` is where it matters.

    :raises _Unfit: if it is not JSON.
    """
    kind = type(value)
    if kind is str:
        return _text_size(value, value, most)
    if kind is dict:
        return _object_size(value, most)
    if kind is list:
        return max(2, 1 + len(value))
    if kind is int or kind is float:
        return _number_size(value)
    if kind is bool or value is None:
        return 4
    message = f"{shown(value)} is not JSON; JSON is dict, list, str, int, float, bool and None"
    raise _Unfit("NotJSON", message, value)


def _object_size(value: dict[object, object], most: int) -> int:
    size = 1 + 2 * len(value)
    if size > most:
        return size
    for name in value:
        if type(name) is not str:
            message = f"the names of an object are texts; one is of type {type_name(name)}"
            raise _Unfit("NotJSON", message, value)
        size += _text_size(name, value, most)
    return max(2, size)


def _text_size(text: str, of: object, most: int) -> int:
    if text.isascii() or len(text) > most:
        return len(text) + 2
    try:
        return len(text.encode()) + 2
    except UnicodeEncodeError:
        raise _Unfit("LoneSurrogate", "a text holds half of a surrogate pair", of) from None


def _number_size(number: float) -> int:
    if type(number) is float:
        if not math.isfinite(number):
            raise _Unfit("NotANumber", "JSON has no NaN and no Infinity", number)
    elif not -(2**63) <= number < 2**64:
        raise _Unfit("NumberOutOfRange", "an integer has more than 64 bits", number)
    return 1


def measure(document: JSON) -> tuple[int, int]:
    """Give the number of values in a document, and how deep its arrays and objects nest."""
    values, depth = 1, 0
    level = [document] if type(document) in _CONTAINERS else []
    while level:
        depth += 1
        inner: list[JSON] = []
        for container in level:
            values += len(container)
            members = container.values() if type(container) is dict else container
            inner.extend(member for member in members if type(member) in _CONTAINERS)
        level = inner
    return values, depth
