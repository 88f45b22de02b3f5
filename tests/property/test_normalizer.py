"""What holds of the spelling of every time and every name."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from slugify import slugify

from validator import Validator
from validator.normalizer import RFC_3339, SLUG, instant, slug, timestamp

unhurried = settings(deadline=None)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
VALIDATOR = Validator()

#: Spellings of which most mean one instant.
spellings = st.tuples(
    st.sampled_from(["2023-01-01", "2024-02-29", "2023-02-29", "0001-01-01", "9999-12-31"]),
    st.sampled_from(["T", "t", " ", "_"]),
    st.sampled_from(["00:00", "23:59:59", "12:00:00.5", "12:00:00,5", "24:00:00", "23:59:60"]),
    st.sampled_from(["", "Z", "z", "+00:00", "-0000", "+2359", "-23:59", "+24:00", "+02"]),
).map("".join)


@st.composite
def slips(draw: st.DrawFn) -> str:
    """Draw a spelling in which up to two characters were left out, put in or mistaken."""
    text = draw(st.one_of(spellings, st.sampled_from(["1672531200", "1672531200123"])))
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(text)))
        slip = draw(st.sampled_from([*"0129:TZz _+-*,./\n\x00\u0662\ud800", ""]))
        text = text[:at] + slip + text[at + draw(st.booleans()) :]
    return text


near_times = slips()
odd_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=10**4400),
    st.floats(),
    st.complex_numbers(),
    st.decimals(),
    st.datetimes(),
    st.binary(),
    st.lists(st.integers()),
    st.dictionaries(st.text(), st.integers()),
    st.text(st.characters()),
    near_times,
)
offsets = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda m: timezone(timedelta(minutes=m)))
moments = st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=offsets)  # noqa: DTZ001  # the bounds are naive


def read(text: str) -> datetime:
    """Read RFC 3339, as far as microseconds."""
    return datetime.fromisoformat(text)


def accepts(time: Any) -> bool:
    """Whether the schemas accept a time."""
    event = {"type": "a", "source": {"id": "s"}, "session": None, "profile": None}
    return bool(VALIDATOR.validate({**event, "time": {"create": time}}))


@unhurried
@given(odd_values)
def test_instant_is_total_and_idempotent(value: Any) -> None:
    """`normalize` is total, pure and idempotent."""
    once = instant(value)

    assert once is value or re.fullmatch(RFC_3339, once)
    assert instant(once) is once


@unhurried
@given(st.one_of(near_times, st.integers(-(10**16), 10**16), st.floats(-1e16, 1e16)))
def test_what_is_written_is_a_time_that_schemas_accept(value: Any) -> None:
    """What it cannot read it leaves as it is, for validation to report."""
    written = instant(value)

    # On the very first day and the very last the schemas refuse offsets across the end.
    assume(not str(written).startswith(("0001-01-01", "9999-12-31")))
    if written is not value:
        assert accepts(written)
    elif not re.fullmatch(RFC_3339, str(value).upper()):
        assert not accepts(value)


@unhurried
@given(
    moments,
    st.sampled_from(["T", "t", " ", "_"]),
    st.sampled_from([".", ","]),
    st.sampled_from(["auto", "seconds", "milliseconds", "microseconds"]),
    st.booleans(),
)
def test_a_spelling_keeps_its_instant_and_its_offset(
    moment: datetime,
    separator: str,
    point: str,
    precision: str,
    colon: bool,  # noqa: FBT001  # drawn
) -> None:
    """Times mean one instant; a given offset and a given fraction are kept."""
    clean = moment.isoformat(timespec=precision)
    spelling = clean.replace("T", separator).replace(".", point)
    if not colon:
        spelling = f"{spelling[:-3]}{spelling[-2:]}"

    assert clean == instant(spelling)


@unhurried
@given(moments, st.sampled_from(["T", " ", "_"]))
def test_a_time_without_zone_is_in_utc(moment: datetime, separator: str) -> None:
    """Naive ones are UTC."""
    naive = moment.replace(tzinfo=None)

    assert f"{naive.isoformat()}Z" == instant(naive.isoformat(separator))


@unhurried
@given(st.integers(-20_000_000_000, 20_000_000_000))
def test_numbers_up_to_2e10_are_seconds(number: int) -> None:
    """Numbers are Unix seconds or milliseconds (over 2e10: milliseconds)."""
    assert read(instant(number)) == EPOCH + timedelta(seconds=number)
    assert instant(float(number)) == instant(number)


@unhurried
@given(st.integers(20_000_000_001, 253_402_300_799_999), st.sampled_from([1, -1]))
def test_numbers_over_2e10_are_milliseconds(number: int, sign: int) -> None:
    """Numbers are Unix seconds or milliseconds (over 2e10: milliseconds)."""
    assume(sign == 1 or number <= 62_135_596_800_000)

    assert read(instant(sign * number)) == EPOCH + timedelta(milliseconds=sign * number)


@unhurried
@given(st.from_regex(r"\A([0-9]{10}|[0-9]{13})\Z"))
def test_digits_are_the_number_that_they_write(text: str) -> None:
    """Digit strings of 10 or 13 digits are Unix seconds or milliseconds."""
    assert instant(text) == instant(int(text))


@unhurried
@given(st.floats(-60_000_000_000, 20_000_000_000))
def test_a_float_keeps_every_digit(number: float) -> None:
    """Normalize loses nothing but the spelling of times."""
    written = instant(number)
    assume(written is not number)

    seconds = Fraction(repr(number)) / (1000 if abs(number) > 20_000_000_000 else 1)
    whole, _, fraction = written.removesuffix("Z").partition(".")
    elapsed = (read(f"{whole}Z") - EPOCH) // timedelta(seconds=1)
    assert seconds == elapsed + Fraction(f"0.{fraction or 0}")


@unhurried
@given(st.text(alphabet=st.characters(exclude_characters="0123456789")))
def test_a_text_without_digits_is_no_time(text: str) -> None:
    """What it cannot read it leaves as it is."""
    assert instant(text) is text


@unhurried
@given(st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=offsets))  # noqa: DTZ001  # the bounds are naive
def test_a_timestamp_is_the_moment_to_the_millisecond(moment: datetime) -> None:
    """`now` defaults to the clock, in UTC."""
    written = timestamp(moment)

    assert written.endswith("Z")
    assert instant(written) is written
    assert timedelta(0) <= moment - read(written) < timedelta(milliseconds=1)


# Names.

names = st.one_of(
    st.text(st.characters(codec="ascii")),
    st.text(st.sampled_from("aZ09 _-'.,&;#x")),
    st.text(st.characters()),
)


@unhurried
@given(names)
def test_slugs_are_those_of_slugify(name: str) -> None:
    """`type` becomes the slug of its name, transliterated, no decoding of entities."""
    expected = slugify(
        name, entities=False, decimal=False, hexadecimal=False, backend="text-unidecode"
    )

    assert (expected or name) == slug(name)


@unhurried
@given(names)
def test_a_slug_is_a_slug_or_the_name_itself(name: str) -> None:
    """A slug is untouched; a name without letter or digit stays as it is."""
    once = slug(name)

    assert once is name or re.fullmatch(SLUG, once)
    assert slug(once) is once


@unhurried
@given(st.from_regex(rf"\A{SLUG}\Z"))
def test_a_slug_is_untouched(name: str) -> None:
    """A slug is untouched."""
    assert slug(name) is name


@unhurried
@given(odd_values.filter(lambda value: not isinstance(value, str)))
def test_what_is_no_text_has_no_slug(value: Any) -> None:
    """What it cannot read it leaves as it is."""
    assert slug(value) is value
