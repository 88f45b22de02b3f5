"""Texts of each format that the engine asserts.

Each is made of parts that are read well; where it has to be longer, some part of it is lengthened.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias
from uuid import UUID

from validator.drawing.choices import Choices

__all__ = ["FORMATS", "formatted"]

_Draw: TypeAlias = Callable[[Choices, int], str]

_WORDS = ("a", "shop", "example", "web-1", "x9", "news")
_TOP = ("com", "org", "io", "co.uk")
_OFFSETS = ("Z", "+00:00", "-00:00", "+01:00", "-05:30", "+14:00", "-12:00", "z")
_FRACTIONS = ("", ".0", ".5", ".123", ".999999", ".123456789")
_TIMES = ("00:00:00", "12:34:56", "23:59:59")
_DAYS = ("2023-01-01", "1970-01-01", "2024-02-29", "2000-12-31", "1999-06-15", "0001-01-02")
_LAST_DAY = date(9998, 12, 31).toordinal()
_LABEL = 63
_SHORT = len("example")
_HOST = 253
#: The most that may stand before the sign of an address.
_LOCAL = 64


def _date(choices: Choices, _: int) -> str:
    if choices.flag():
        return date.fromordinal(choices.integer(2, _LAST_DAY)).isoformat()
    return choices.pick(_DAYS)


def _clock(choices: Choices) -> str:
    if choices.flag():
        return (
            datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=choices.integer(0, 86399))
        ).strftime("%H:%M:%S")
    return choices.pick(_TIMES)


def _time(choices: Choices, length: int) -> str:
    fraction = choices.pick(_FRACTIONS)
    offset = choices.pick(_OFFSETS)
    clock = _clock(choices)
    return f"{clock}{_fraction(fraction, length - len(clock) - len(offset))}{offset}"


def _fraction(text: str, length: int) -> str:
    return text if len(text) >= length else (text or ".0").ljust(length, "0")


def _date_time(choices: Choices, length: int) -> str:
    day = _date(choices, 0)
    between = choices.pick(("T", "T", "t"))
    return f"{day}{between}{_time(choices, length - len(day) - 1)}"


def _duration(choices: Choices, length: int) -> str:
    if length > len("P1D"):
        return f"P{choices.pick('123456789') * (length - len('PD'))}D"
    number = choices.integer(0, 99)
    return choices.pick(("P{}D", "PT{}S", "P{}W", "P1Y2M{}D", "PT1H{}M", "P1DT{}H")).format(number)


def _hostname(choices: Choices, length: int) -> str:
    labels = (
        [choices.pick(_WORDS), choices.pick(_TOP)] if choices.flag() else [choices.pick(_WORDS)]
    )
    host = ".".join(labels)
    while len(host) < min(length, _HOST):
        host = f"{'a' * max(min(length - len(host) - 1, _LABEL), 1)}.{host}"
    return host


_ADDRESS = " <a@b.io>"


def _email(choices: Choices, length: int) -> str:
    if length > _LOCAL + 1 + _HOST:  # with the name of a person, which may be of any length
        return f"{'a' * (length - len(_ADDRESS))}{_ADDRESS}"
    host = f"{choices.pick(_WORDS)}.{choices.pick(_TOP)}"
    name = choices.pick(("ada", "a", "ada.lovelace", "ada+news", "a_b", "x-9"))
    short = length - len(host) - 1
    if short > _LOCAL:
        host = _hostname(choices, length - _LOCAL - 1)
    return f"{name.ljust(min(short, _LOCAL), 'a')}@{host}"


def _idn_email(choices: Choices, length: int) -> str:
    return (
        choices.pick(("\u00e4da@example.com", "ada@example.com"))
        if length <= _SHORT
        else _email(choices, length)
    )


def _idn_hostname(choices: Choices, length: int) -> str:
    return (
        choices.pick(("b\u00fccher.example", "example"))
        if length <= _SHORT
        else _hostname(choices, length)
    )


def _ipv4(choices: Choices, _: int) -> str:
    return ".".join(str(choices.pick((0, 1, 10, 127, 192, 255))) for _ in range(4))


def _ipv6(choices: Choices, _: int) -> str:
    if choices.flag():
        return ":".join(f"{choices.integer(0, 65535):x}" for _ in range(8))
    return choices.pick(("::1", "::", "2001:db8::8a2e:370:7334", "fe80::1", "::ffff:192.0.2.1"))


def _uri(choices: Choices, length: int) -> str:
    scheme = choices.pick(("https", "http"))
    uri = f"{scheme}://{choices.pick(_WORDS)}.{choices.pick(_TOP)}"
    uri += choices.pick(("/", "", "/page", "/a/b.html?x=1&y=%20", "/#top", ":8080/", "/?q="))
    return _tail(uri, length)


def _tail(uri: str, length: int) -> str:
    if len(uri) >= length:
        return uri
    whole = uri if "/" in uri.partition("//")[2] else f"{uri}/"
    return whole.ljust(length, "a")


def _uri_reference(choices: Choices, length: int) -> str:
    if choices.flag():
        return choices.pick(("/page", "", "#top", "?q=1", "a/b", "//example.com/x")).ljust(
            length, "a"
        )
    return _uri(choices, length)


def _iri(choices: Choices, length: int) -> str:
    return _tail(choices.pick(("https://example.com/\u00e9", "https://example.com/")), length)


def _iri_reference(choices: Choices, length: int) -> str:
    return choices.pick(("/\u00e9", "", "#top", "https://example.com/")).ljust(length, "a")


def _uri_template(choices: Choices, length: int) -> str:
    return choices.pick(("/user/{id}", "", "/{+path}/x", "https://example.com/{?q}")).ljust(
        length, "a"
    )


def _uuid(choices: Choices, _: int) -> str:
    number = choices.integer(0, 2**128 - 1) if choices.flag() else choices.pick((0, 2**128 - 1))
    text = str(UUID(int=number))
    return text.upper() if choices.flag() else text


def _json_pointer(choices: Choices, length: int) -> str:
    pointer = choices.pick(("", "/a", "/a/0", "/a~1b/~0", "/"))
    return pointer if len(pointer) >= length else (pointer or "/").ljust(length, "a")


def _relative_json_pointer(choices: Choices, length: int) -> str:
    pointer = choices.pick(("0", "1/a", "2#", "0/a~1b"))
    if len(pointer) >= length:
        return pointer
    return (pointer if "/" in pointer else "0/").ljust(length, "a")


def _regex(choices: Choices, length: int) -> str:
    return choices.pick(("a", "", "^[a-z]+$", "(a|b)*", ".")).ljust(length, "a")


#: For each format, what draws a text of it that is about as long as asked, or longer.
FORMATS: dict[str, _Draw] = {
    "date": _date,
    "date-time": _date_time,
    "duration": _duration,
    "email": _email,
    "hostname": _hostname,
    "idn-email": _idn_email,
    "idn-hostname": _idn_hostname,
    "ipv4": _ipv4,
    "ipv6": _ipv6,
    "iri": _iri,
    "iri-reference": _iri_reference,
    "json-pointer": _json_pointer,
    "regex": _regex,
    "relative-json-pointer": _relative_json_pointer,
    "time": _time,
    "uri": _uri,
    "uri-reference": _uri_reference,
    "uri-template": _uri_template,
    "uuid": _uuid,
}


def formatted(choices: Choices, name: str, least: int) -> str:
    """Draw a text of a format that is known, of at least so many characters where there is one."""
    return FORMATS[name](choices, least)
