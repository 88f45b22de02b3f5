"""How times and event types are spelled: the tables of fixtures/normalization, and the clock."""

from __future__ import annotations

import decimal
import json
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from pathlib import Path
from typing import Any

import pytest

from validator import Validator, WrongUse
from validator.normalizer import (
    from_milliseconds,
    instant,
    slug,
    timestamp,
    to_milliseconds,
    written,
)
from validator.results import JSON

TABLES = Path(__file__).parents[1] / "fixtures" / "normalization"


def cases(table: str) -> list[object]:
    """Give the rows of a table, each with its description for an id."""
    rows = json.loads((TABLES / table).read_bytes())
    return [pytest.param(row, id=row["description"]) for row in rows]


def same(one: JSON, other: JSON) -> bool:
    """Whether two values are the same JSON: 1, 1.0 and true are three."""
    return json.dumps(one) == json.dumps(other)


@pytest.fixture(scope="module")
def validator() -> Validator:
    """Give one validator for all cases."""
    return Validator()


# Times.


@pytest.mark.parametrize("case", cases("times.json"))
def test_spells_time(case: JSON) -> None:
    """A time that means one instant is written in RFC 3339; any other value stays as it is."""
    assert same(case["becomes"], instant(case["given"]))


@pytest.mark.parametrize("case", cases("times.json"))
def test_reports_what_stays_unreadable(case: JSON, validator: Validator) -> None:
    """What could not be read is reported at its place, and nothing else is."""
    event = {"type": "a", "source": {"id": "s"}, "session": None, "profile": None}

    result = validator.check({**event, "time": {"create": case["given"]}})

    places = {violation.instance_location for violation in result}
    assert (set() if case["valid"] else {"/time/create"}) == places


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(float("nan"), id="NaN"),
        pytest.param(float("inf"), id="infinity"),
        pytest.param(float("-inf"), id="minus infinity"),
        pytest.param(10**5000, id="more digits than Python prints"),
        pytest.param(-(10**5000), id="as many below zero"),
        pytest.param(10**15, id="the least that is of no year in milliseconds"),
        pytest.param(b"2023-01-01 00:00:00", id="bytes"),
        pytest.param(datetime(2023, 1, 1, tzinfo=UTC), id="a datetime"),
        pytest.param(decimal.Decimal(1672531200), id="a Decimal"),
        pytest.param(type("Text", (str,), {})("2023-01-01"), id="a subclass of str"),
        pytest.param("2023-01-01 \ud800", id="half of a surrogate pair"),
    ],
)
def test_leaves_what_is_no_time(value: object) -> None:
    """A value that no JSON document holds, or that is of no year, is given back itself."""
    assert instant(value) is value


def test_is_not_bent_by_the_arithmetic_of_the_thread() -> None:
    """A service that rounds its decimals to three digits gets the same times."""
    with decimal.localcontext(prec=3):
        assert instant(1672531200123) == "2023-01-01T00:00:00.123Z"


# Types.


@pytest.mark.parametrize("case", cases("slugs.json"))
def test_spells_type(case: JSON) -> None:
    """A name becomes its slug; a slug, a name without letter or digit, and no text stay."""
    assert same(case["becomes"], slug(case["given"]))


@pytest.mark.parametrize("case", cases("slugs.json"))
def test_reports_a_type_that_is_no_slug(case: JSON, validator: Validator) -> None:
    """A name that has no slug is reported at its place, and nothing else is."""
    event = {"source": {"id": "s"}, "session": None, "profile": None}

    result = validator.check({**event, "type": case["given"]})

    is_slug = isinstance(case["becomes"], str) and any(map(str.isalnum, case["becomes"]))
    assert (set() if is_slug else {"/type"}) == {each.instance_location for each in result}


def test_slugs_a_name_with_half_of_a_surrogate_pair() -> None:
    """A text that is no Unicode has a slug, too."""
    assert slug("page \ud800 view") == "page-view"


# The clock.


@pytest.mark.parametrize(
    ("now", "written"),
    [
        pytest.param(datetime(2023, 1, 1, tzinfo=UTC), "2023-01-01T00:00:00.000Z", id="UTC"),
        pytest.param(
            datetime(2023, 1, 1, 2, tzinfo=timezone(timedelta(hours=2))),
            "2023-01-01T00:00:00.000Z",
            id="another zone",
        ),
        pytest.param(
            datetime(2023, 1, 1, microsecond=999_999, tzinfo=UTC),
            "2023-01-01T00:00:00.999Z",
            id="microseconds, which are cut",
        ),
        pytest.param(datetime(1, 1, 1, tzinfo=UTC), "0001-01-01T00:00:00.000Z", id="year 1"),
    ],
)
def test_writes_the_moment(now: datetime, written: str) -> None:
    """A moment is written in UTC, with three digits of a fraction."""
    assert written == timestamp(now)


def test_asks_the_clock() -> None:
    """Without a moment it is this one, in UTC, to the millisecond."""
    before = datetime.now(UTC)
    written = datetime.fromisoformat(timestamp(None))
    after = datetime.now(UTC)

    assert before - timedelta(milliseconds=1) < written <= after


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(datetime(2023, 1, 1), "not one without", id="naive"),  # noqa: DTZ001  # the case
        pytest.param("2023-01-01T00:00:00Z", "not str", id="a text"),
        pytest.param(1672531200, "not int", id="a number"),
        pytest.param(10**5000, "not int", id="more digits than Python prints"),
        pytest.param(date(2023, 1, 1), "not date", id="a date"),
        pytest.param(time(0, tzinfo=UTC), "not time", id="a time of day"),
        pytest.param(
            datetime.max.replace(tzinfo=timezone(timedelta(hours=-1))),
            "1 to 9999",
            id="past the year 9999 in UTC",
        ),
        pytest.param(
            datetime.min.replace(tzinfo=timezone(timedelta(hours=1))),
            "1 to 9999",
            id="before the year 1 in UTC",
        ),
    ],
)
def test_refuses_what_is_no_moment(now: datetime, expected: str) -> None:
    """`now` is a datetime with a time zone, in the years that there are."""
    with pytest.raises(WrongUse, match=expected):
        timestamp(now)


# Milliseconds.

BERLIN_IN_SUMMER = timezone(timedelta(hours=2))
#: Numbers of milliseconds since 1970, and the moments that they are.
MILLISECONDS = [
    pytest.param(0, "1970-01-01T00:00:00.000Z", id="the first of all"),
    pytest.param(1, "1970-01-01T00:00:00.001Z", id="one"),
    pytest.param(-1, "1969-12-31T23:59:59.999Z", id="one before 1970"),
    pytest.param(-1000, "1969-12-31T23:59:59.000Z", id="a second before 1970"),
    pytest.param(999, "1970-01-01T00:00:00.999Z", id="the last of a second"),
    pytest.param(1_476_276_000_010, "2016-10-12T12:40:00.010Z", id="one of now"),
    pytest.param(951_782_400_000, "2000-02-29T00:00:00.000Z", id="a leap day"),
    pytest.param(2_147_483_648_000, "2038-01-19T03:14:08.000Z", id="past 32 bits of seconds"),
    pytest.param(-62_135_596_800_000, "0001-01-01T00:00:00.000Z", id="the first of the year 1"),
    pytest.param(253_402_300_799_999, "9999-12-31T23:59:59.999Z", id="the last of the year 9999"),
]
#: Those of the year 0, which Python's datetime has not.
OF_THE_YEAR_0 = [
    pytest.param(-62_135_596_800_001, "0000-12-31T23:59:59.999Z", id="the last"),
    pytest.param(-62_135_596_801_000, "0000-12-31T23:59:59.000Z", id="the last second"),
    pytest.param(-62_162_035_200_001, "0000-02-29T23:59:59.999Z", id="the leap day"),
    pytest.param(-62_162_035_200_000, "0000-03-01T00:00:00.000Z", id="the day after it"),
    pytest.param(-62_167_219_199_999, "0000-01-01T00:00:00.001Z", id="the second"),
    pytest.param(-62_167_219_200_000, "0000-01-01T00:00:00.000Z", id="the first"),
]


@pytest.mark.parametrize(("number", "text"), MILLISECONDS + OF_THE_YEAR_0)
def test_writes_milliseconds(number: int, text: str) -> None:
    """Milliseconds are written as the moment that they are, in UTC, of the years 0 to 9999."""
    assert written(number) == text
    assert from_milliseconds(number) == text


@pytest.mark.parametrize(("number", "text"), MILLISECONDS)
def test_counts_milliseconds(number: int, text: str) -> None:
    """A moment in whichever zone is the milliseconds that it is written from."""
    moment = datetime.fromisoformat(text)

    assert to_milliseconds(moment) == number
    if 1 < moment.year < 9999:
        assert to_milliseconds(moment.astimezone(BERLIN_IN_SUMMER)) == number


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(-62_167_219_200_001, id="one before the year 0"),
        pytest.param(253_402_300_800_000, id="the first of the year 10000"),
        pytest.param(2**63, id="past 64 bits"),
        pytest.param(-(2**63), id="the least of 64 bits"),
        pytest.param(10**5000, id="more digits than Python prints"),
        pytest.param(-(10**5000), id="as many below zero"),
    ],
)
def test_writes_no_milliseconds_of_other_years(number: int) -> None:
    """A number that is of no year from 0 to 9999 is no moment."""
    assert from_milliseconds(number) is None


@pytest.mark.parametrize("number", [-1, 1])
def test_cuts_microseconds(number: int) -> None:
    """What is finer than a millisecond is cut off, towards the past, as of a clock."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC)

    assert to_milliseconds(epoch + timedelta(microseconds=number)) == min(number, 0)


def test_counts_the_milliseconds_of_the_clock() -> None:
    """Without a moment it is this one."""
    before = to_milliseconds(datetime.now(UTC))
    number = to_milliseconds(None)
    after = to_milliseconds(datetime.now(UTC))

    assert before <= number <= after


@pytest.mark.parametrize("now", [datetime(2023, 1, 1), "2023-01-01", 0])  # noqa: DTZ001  # a case
def test_counts_no_milliseconds_of_what_is_no_moment(now: datetime) -> None:
    """What `timestamp` refuses, `to_milliseconds` does."""
    with pytest.raises(WrongUse, match="now is a datetime with a time zone"):
        to_milliseconds(now)


class _Failing(tzinfo):
    """A time zone that answers nothing; `tzinfo` itself does not, either."""


class _Odd(tzinfo):
    """A time zone whose offset is no offset."""

    def utcoffset(self, _: datetime | None) -> Any:
        """Give what it should not."""
        return 1


@pytest.mark.parametrize("zone", [_Failing(), _Odd()])
def test_a_time_zone_that_fails(zone: tzinfo) -> None:
    """A moment in a time zone that can't tell its offset is wrong use, with the cause."""
    with pytest.raises(WrongUse, match="now has a time zone that fails: "):
        to_milliseconds(datetime(2023, 1, 1, tzinfo=zone))
