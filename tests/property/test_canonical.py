"""What holds of every field of Snowplow's tracker protocol, whatever was sent in it."""

from __future__ import annotations

import decimal
import json
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from validator.normalizer import from_milliseconds, to_milliseconds
from validator.trackers import canonical
from validator.trackers.canonical import FIELDS, derived, dimensions, milliseconds

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SCHEMA = Path(__file__).parents[2] / "schemas/org.eventpayload.snowplow/page_view/jsonschema/1-0-0"
PROPERTIES = json.loads(SCHEMA.read_bytes())["properties"]
#: Each rule, with a field that has it.
RULES = {rule or canonical.text: field for field, rule in FIELDS.values()}
#: The types of JSON in Python.
TYPES = {"string": str, "integer": int, "boolean": bool}

#: Texts of which most are numbers, sizes or nearly.
near_numbers = st.one_of(
    st.text("0123456789+-.eExX,_ \t\n\u0661", max_size=12),
    st.from_regex(r"[+-]?[0-9]{0,25}\.?[0-9]{0,25}([eE][+-]?[0-9]{1,12})?", fullmatch=True),
    st.from_regex(r"[0-9]{1,12}x[0-9]{1,12}", fullmatch=True),
    st.sampled_from(["null", "NULL", "NaN", "Infinity", "-", "1e999999999", "9" * 5000, "0" * 401]),
    st.integers(-(2**33), 2**33).map(str),
)
texts = st.one_of(
    st.text(st.characters()),  # half of a surrogate pair among them
    st.text("a\t\n\x00\x7f\x85 |,;", max_size=12),
    st.uuids().map(str),
    st.uuids().map(lambda uuid: str(uuid).upper()),
    near_numbers,
)
decimals = st.one_of(
    st.decimals(allow_nan=False, allow_infinity=False).map(str),
    st.from_regex(
        r"[+-]?([0-9]{1,30}\.?[0-9]{0,30}|\.[0-9]{1,30})([eE][+-]?[0-9]{1,3})?", fullmatch=True
    ),
    st.integers(-(10**100), 10**100).map(str),
)
moments = st.integers(-(10**15), 10**15)
maybe = st.none() | moments


# When an event happened.


@given(moments, maybe, maybe, moments)
def test_derived_true(true: int, sent: int | None, created: int | None, collector: int) -> None:
    """True timestamp first: nothing else is looked at."""
    assert derived(true, sent, created, collector) == true


@given(moments, st.integers(1, 10**15), moments)
@example(created=0, took=1, collector=0)
def test_derived_corrected(created: int, took: int, collector: int) -> None:
    """Else collector - (sent - created) when created is strictly before sent."""
    happened = derived(None, created + took, created, collector)

    assert happened == collector - took
    assert happened < collector


@given(maybe, maybe, moments)
@example(sent=0, created=0, collector=1)
@example(sent=0, created=None, collector=1)
@example(sent=None, created=0, collector=1)
def test_derived_collector(sent: int | None, created: int | None, collector: int) -> None:
    """Else collector: equal, sent earlier, or any of them missing."""
    assume(sent is None or created is None or created >= sent)

    assert derived(None, sent, created, collector) == collector


@given(moments, maybe, moments)
def test_derived_is_indifferent_to_the_clock(sent: int, true: int | None, collector: int) -> None:
    """A clock that is wrong by so much, at creation and at sending, makes no difference."""
    for wrong in (-3_600_000, 1, 3_600_000):
        shifted = derived(true, sent + wrong, sent - 400 + wrong, collector)
        assert shifted == derived(true, sent, sent - 400, collector)


# Times.


@given(st.datetimes(timezones=st.just(UTC)))
def test_times_are_those_of_the_calendar(moment: datetime) -> None:
    """A time is milliseconds since 1970 in UTC, of the years 0 to 9999."""
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    number = to_milliseconds(moment)
    written = from_milliseconds(number)

    assert timedelta(milliseconds=number) == moment - EPOCH
    assert milliseconds(str(number)) == number
    assert written is not None
    assert datetime.fromisoformat(written) == moment
    assert re.fullmatch(PROPERTIES["derived_tstamp"]["pattern"], written)


@given(st.integers(-(10**20), 10**20) | st.integers(-63_000_000_000_000, 254_000_000_000_000))
def test_times_are_of_the_years_0_to_9999(number: int) -> None:
    """A time is of the years 0 to 9999, or it is none."""
    exists = -62_167_219_200_000 <= number <= 253_402_300_799_999

    assert milliseconds(str(number)) == (number if exists else None)
    assert (from_milliseconds(number) is not None) is exists


# Numbers.


@given(decimals)
def test_decimals_lose_no_digit(sent: str) -> None:
    """A decimal number is written out, without an exponent, to the last digit."""
    result = canonical.decimal(sent)

    assert Decimal(result) == Decimal(sent)
    assert result == sent or re.fullmatch(PROPERTIES["se_value"]["pattern"], result)
    fraction = max(-int(Decimal(sent).as_tuple().exponent), 0)
    assert result == sent or fraction == len(result.partition(".")[2])


@given(decimals)
@example(".000000000E387")  # 0, though its digits and its exponent are more than 400
@example("9." + "0" * 9 + "E395")
def test_decimals_fit_their_field(sent: str) -> None:
    """What is written out is within the bound of its field; what is too long stays as it was."""
    result = canonical.decimal(sent)

    most = PROPERTIES["se_value"]["maxLength"]
    size = len(sent) + abs(int(re.split("[eE]", sent)[1]) if re.search("[eE]", sent) else 0)
    if size <= most or result is not sent:
        assert re.fullmatch(PROPERTIES["se_value"]["pattern"], result)
        assert len(result) <= most
    if len(f"{Decimal(sent):f}") > most:
        assert result is sent


@given(decimals, st.integers(1, 5))
def test_decimals_are_not_bent_by_the_thread(sent: str, digits: int) -> None:
    """The arithmetic that a thread has asked for changes no digit."""
    plain = canonical.decimal(sent)

    with decimal.localcontext(decimal.Context(prec=digits, Emax=9, Emin=-9)):
        assert plain == canonical.decimal(sent)


@given(st.integers(-(2**33), 2**33), st.sampled_from(["", "0", "000"]))
def test_integers_are_of_32_bits(number: int, zeros: str) -> None:
    """An integer of 32 bits is read; any other stays the text that it is."""
    sent = f"{'-' if number < 0 else ''}{zeros}{abs(number)}"

    assert canonical.integer(sent) == (number if -(2**31) <= number < 2**31 else sent)


@given(st.integers(0, 2**32), st.integers(0, 2**32))
def test_dimensions_are_two_integers(width: int, height: int) -> None:
    """A width and a height are read, or both are the text."""
    sent = f"{width}x{height}"

    fits = max(width, height) < 2**31
    assert dimensions(sent) == ((width, height) if fits else (sent, sent))


# Texts.


@given(st.uuids())
def test_uuids_are_in_lower_case(uuid: UUID) -> None:
    """A UUID in either case becomes the one in lower case."""
    assert canonical.uuid(str(uuid).upper()) == canonical.uuid(str(uuid)) == str(uuid)


@given(texts)
def test_texts_lose_their_control_characters(sent: str) -> None:
    """A tab is four spaces, other control characters go; None if nothing is left."""
    result = canonical.text(sent)

    assert result != ""
    kept = re.sub(r"[\x00-\x1f\x7f]", "", sent.replace("\t", " " * 4))
    assert (result or "") == kept


@given(texts)
def test_addresses_are_the_first(sent: str) -> None:
    """Of several addresses it is the first, the client's."""
    result = canonical.address(sent)

    assert result is None or not set(result.replace(" " * 4, "")) & set(",| ")
    assert canonical.address(f"203.0.113.9,{sent}") == "203.0.113.9"
    assert "\t" in sent or result is None or canonical.address(result) == result


# Every rule.

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)


@each_rule
@given(sent=texts)
def test_no_rule_raises(rule: Any, sent: str) -> None:
    """What a rule can't read stays the text that it is; no rule raises for any text."""
    expected = TYPES[PROPERTIES[RULES[rule]]["type"]]
    value = rule(sent)

    assert value is None or type(value) is expected or value == sent


@given(texts)
def test_dimensions_and_times_never_raise(sent: str) -> None:
    """What is no size is given back, and what is no time is None."""
    width, height = dimensions(sent)
    assert (width == height == sent) or type(width) is type(height) is int
    assert type(milliseconds(sent)) in {int, type(None)}


@pytest.mark.parametrize(
    "rule",
    # Not `address`, where a tab is four spaces, which part addresses; nor `flag`, a bool.
    [canonical.text, canonical.as_sent, canonical.integer, canonical.decimal, canonical.uuid],
    ids=lambda rule: rule.__name__,
)
@given(sent=texts)
def test_rules_are_idempotent(rule: Any, sent: str) -> None:
    """What a rule gave, written as a text, is the same to it."""
    once = rule(sent)

    assert once is None or rule(str(once)) == once


@given(near_numbers)
def test_dimensions_are_idempotent(sent: str) -> None:
    """A width and a height, written as they are sent, are the same again."""
    width, height = dimensions(sent)

    assert width == sent or dimensions(f"{width}x{height}") == (width, height)
