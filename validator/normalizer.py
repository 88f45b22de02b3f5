"""The spelling of times and of event types: JSON to JSON, pure and idempotent.

What can't be read is left as it is, for validation to report. The spellings of times are those that
Tracardi reads (tracardi/domain/time.py), less those that it misreads.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from time import time_ns

from validator.errors import WrongUse, is_a, type_name
from validator.results import JSON

__all__ = [
    "RFC_3339",
    "SLUG",
    "from_milliseconds",
    "instant",
    "slug",
    "timestamp",
    "to_milliseconds",
    "written",
]

#: A time that needs no other spelling; that it exists is for validation to say.
RFC_3339 = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})"
)
#: A name that needs no other spelling.
SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"

_is_rfc_3339 = re.compile(RFC_3339).fullmatch
_is_slug = re.compile(SLUG).fullmatch
_HOUR = "(?:[01][0-9]|2[0-3])"
_MINUTE = "[0-5][0-9]"
_SPELLING = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    rf"(?:[Tt_ ](?P<time>{_HOUR}:{_MINUTE})"
    rf"(?:(?P<seconds>:{_MINUTE})(?:[.,](?P<fraction>[0-9]+))?)?"
    rf"(?P<offset>[Zz]|[+-]{_HOUR}:?{_MINUTE})?)?"
)
_is_unix = re.compile(r"[0-9]{10}|[0-9]{13}").fullmatch
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # in UTC, as all of Unix time is
#: A number of seconds past this is one of milliseconds. Source: Tracardi, as pydantic reads it.
_MOST_SECONDS = 20_000_000_000
#: A number past this is of no year up to 9999, in milliseconds either.
_MOST_MILLISECONDS = 10**15
_MILLISECOND = timedelta(milliseconds=1)
#: The first milliseconds of the years 0 and 10000, and the first second of the year 1, since 1970.
_YEAR_0 = -62_167_219_200_000
_YEAR_10000 = 253_402_300_800_000
_YEAR_1 = -62_135_596_800
_DAYS_OF_400_YEARS = 146_097
#: How the milliseconds of a second end a time: to look one up takes a third of writing it.
_FRACTIONS = tuple(f".{number:03}Z" for number in range(1000))
_NANOSECONDS = 10**9  # in a second; a number that is finer stays as it is

_PLAIN = re.compile(r"[A-Za-z0-9 _-]+")
_BETWEEN = re.compile(r"[ _-]+")


def timestamp(now: datetime | None) -> str:
    """Write a moment as RFC 3339 in UTC with milliseconds; None is this moment.

    :raises WrongUse: if it is no datetime with a time zone, or none in the years 1 to 9999 of UTC.

    >>> timestamp(datetime(2023, 1, 1, tzinfo=UTC))
    '2023-01-01T00:00:00.000Z'
    """
    return written(to_milliseconds(now))


def to_milliseconds(now: datetime | None) -> int:
    """Give a moment in milliseconds since 1970 in UTC; None is this moment.

    :raises WrongUse: as `timestamp`.

    >>> to_milliseconds(datetime(1970, 1, 2, tzinfo=UTC))
    86400000
    """
    if now is None:
        return time_ns() // 1_000_000
    is_moment = is_a(now, datetime)
    try:
        utc = now.astimezone(UTC) if is_moment and now.utcoffset() is not None else None
    except OverflowError:
        message = "now is outside the years 1 to 9999 in UTC"
        raise WrongUse(message) from None
    except Exception as error:
        message = f"now has a time zone that fails: {type_name(error)}"
        raise WrongUse(message) from error
    if utc is None:
        given = "one without" if is_moment else type_name(now)
        message = f"now is a datetime with a time zone, such as datetime.now(UTC); not {given}"
        raise WrongUse(message)
    return (utc.replace(tzinfo=None) - _EPOCH) // _MILLISECOND


def from_milliseconds(number: int) -> str | None:
    """Write milliseconds since 1970 as RFC 3339 in UTC; None outside the years 0 to 9999.

    >>> from_milliseconds(-1)
    '1969-12-31T23:59:59.999Z'
    """
    return written(number) if _YEAR_0 <= number < _YEAR_10000 else None


def written(number: int) -> str:
    """Write milliseconds since 1970, which are of a year from 0 to 9999, as RFC 3339 in UTC."""
    seconds, rest = divmod(number, 1000)
    return _to_the_second(seconds) + _FRACTIONS[rest]


@lru_cache(maxsize=64)
def _to_the_second(seconds: int) -> str:
    """Write Unix time; the events of a request share a few seconds."""
    if seconds < _YEAR_1:  # of the year 0, which datetime has not: 400 years later all is the same
        return (
            "0000" + (_EPOCH + timedelta(seconds=seconds, days=_DAYS_OF_400_YEARS)).isoformat()[4:]
        )
    return (_EPOCH + timedelta(seconds=seconds)).isoformat()


def instant(value: JSON) -> JSON:
    """Write a time in RFC 3339 if it can be read, else give it back.

    A naive time is UTC; a number, or 10 or 13 digits, is Unix time: in milliseconds past 2e10, in
    seconds up to that. An offset and a fraction are kept.

    >>> instant("2023-01-01 00:00:00")
    '2023-01-01T00:00:00Z'
    >>> instant(1672531200123)
    '2023-01-01T00:00:00.123Z'
    >>> instant("20230101")
    '20230101'
    """
    if type(value) is str:
        if _is_rfc_3339(value):
            return value
        if _is_unix(value):
            return _from_unix(int(value)) or value
        return _from_text(value) or value
    if type(value) is int or type(value) is float:
        return _from_unix(value) or value
    return value


def _from_text(text: str) -> str | None:
    match = _SPELLING.fullmatch(text)
    if match is None:
        return None
    seconds = match["seconds"] or ":00"
    local = f"{match['date']}T{match['time'] or '00:00'}{seconds}"
    offset = _offset(match["offset"])
    if not _exists(local, offset):
        return None
    fraction = f".{match['fraction']}" if match["fraction"] else ""
    return f"{local}{fraction}{offset}"


def _offset(text: str | None) -> str:
    if text is None or text in "Zz":
        return "Z"
    return text if ":" in text else f"{text[:3]}:{text[3:]}"


def _exists(local: str, offset: str) -> bool:
    """Whether there is such a day, in the years 1 to 9999 both locally and in UTC."""
    try:
        datetime.fromisoformat(local + offset).astimezone(UTC)
    except (ValueError, OverflowError):
        return False
    return True


def _from_unix(number: float) -> str | None:
    """Write Unix time, with as many digits of a fraction as it has, up to nanoseconds."""
    if not abs(number) < _MOST_MILLISECONDS:  # NaN is not, either
        return None
    # Of its digits, not of its bits: 0.1 is a tenth. No Decimal: it rounds as the thread pleases.
    seconds = Fraction(repr(number)) / (1000 if abs(number) > _MOST_SECONDS else 1)
    nanoseconds = seconds * _NANOSECONDS
    if nanoseconds.denominator != 1:
        return None
    whole, rest = divmod(nanoseconds.numerator, _NANOSECONDS)
    try:
        local = (_EPOCH + timedelta(seconds=whole)).isoformat()
    except OverflowError:
        return None
    fraction = f".{rest:09}".rstrip("0") if rest else ""
    return f"{local}{fraction}Z"


def slug(name: JSON) -> JSON:
    """Write a name as its slug: lower case, `-` between the words, transliterated.

    A slug is given back untouched, and so is a name without a letter or a digit. Source: Tracardi's
    documentation ("Define event type as slug of its name"); python-slugify transliterates.

    >>> slug("Page View"), slug("page_view"), slug("---")
    ('page-view', 'page-view', '---')
    """
    if type(name) is not str or _is_slug(name):
        return name
    if _PLAIN.fullmatch(name):
        return _BETWEEN.sub("-", name.lower()).strip("-") or name
    # Only such names need it, and its import takes as long as a hundred payloads.
    from slugify import slugify  # noqa: PLC0415

    # text-unidecode by name: another package that happens to be installed must change no slug.
    words = slugify(
        name, entities=False, decimal=False, hexadecimal=False, backend="text-unidecode"
    )
    return words or name
