"""What the fields of Snowplow's tracker protocol become: the rows of snowplow_fields.json."""

from __future__ import annotations

import decimal
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from validator import Validator
from validator.results import JSON
from validator.trackers import canonical, snowplow
from validator.trackers.canonical import DIMENSIONS, EVENTS, EXPECTED, FIELDS, OUTRANKED, TIMES

ROOT = Path(__file__).parents[2]
TABLE = json.loads((ROOT / "fixtures" / "normalization" / "snowplow_fields.json").read_bytes())
COLLECTED = TABLE["collector_tstamp"]
NOW = datetime.fromisoformat(COLLECTED)
VALIDATOR = Validator()
SCHEMA = "iglu:org.eventpayload.snowplow/page_view/jsonschema/1-0-0"
#: The fields of a page view of which nothing was sent but `e`.
LEAST = {
    "event": "page_view",
    "event_id": "00000000-0000-4000-8000-000000000000",
    "event_vendor": "com.snowplowanalytics.snowplow",
    "event_name": "page_view",
    "event_format": "jsonschema",
    "event_version": "1-0-0",
    "collector_tstamp": COLLECTED,
    "derived_tstamp": COLLECTED,
}
#: The parameters of `payload_data` that become no field: old trackers and their advertisements.
NO_FIELD = {
    *("ad_ad", "ad_ba", "ad_ca", "ad_uid"),
    *("ctype", "mac", "sa", "sn", "sp", "st", "ue_na"),
}
#: The parameters that hold JSON.
HOLDING = {"ue_pr", "ue_px", "co", "cx"}

each_case = pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["description"]) for case in TABLE["tests"]]
)
each_field = pytest.mark.parametrize(
    ("parameter", "value", "becomes"),
    [
        pytest.param(parameter, value, case["becomes"], id=case["description"])
        for case in TABLE["tests"]
        if len(case["sent"]) == 1
        for parameter, value in case["sent"].items()
    ],
)


def settled(sent: dict[str, str]) -> Any:
    """Give the event that parameters become, collected when the table says."""
    return snowplow.normalize({"e": "pv", **sent}, now=NOW, randomness=bytes)


# Every row of the table.


@each_case
def test_becomes(case: JSON) -> None:
    """Parameters become the fields of their row, of these types, and no others."""
    event = settled(case["sent"])

    expected = {"schema": SCHEMA, "data": {**LEAST, **case["becomes"]}}
    assert json.dumps(expected, sort_keys=True) == json.dumps(event, sort_keys=True)


@each_case
def test_is_refused_where_it_cannot_be_read(case: JSON) -> None:
    """What can't be read is refused at each of its fields, and nothing else is."""
    event = settled(case["sent"])

    result = VALIDATOR.validate(event["data"], SCHEMA)

    assert bool(result) is case["valid"]
    places = {each.instance_location for each in result}
    assert places <= {f"/{field}" for field in case["becomes"]}


@each_field
def test_rule(parameter: str, value: str, becomes: dict[str, JSON]) -> None:
    """The rule of a parameter gives what its field has, and nothing where there is no field."""
    if parameter in FIELDS:
        field, rule = FIELDS[parameter]
        given = (rule or canonical.text)(value)
        assert json.dumps(becomes.get(field)) == json.dumps(given)
    elif parameter in DIMENSIONS:
        assert canonical.dimensions(value) == tuple(becomes[each] for each in DIMENSIONS[parameter])
    elif parameter in TIMES:
        number = canonical.milliseconds(value)
        assert (number is None) is (becomes[TIMES[parameter]] == value)
    else:
        assert becomes == {"unused_parameters": {parameter: value}}


def test_table_has_each_parameter() -> None:
    """No parameter that a rule is for is missing from the table."""
    sent = {name for case in TABLE["tests"] for name in case["sent"]}

    assert {*FIELDS, *DIMENSIONS, *TIMES} <= sent


# What the table of rules has.


def test_settles_each_parameter_of_a_request() -> None:
    """Each parameter that `payload_data` knows has a rule, or is named as one that has none."""
    path = ROOT / "schemas/com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4"
    known = set(json.loads(path.read_bytes())["items"]["properties"])

    assert known - {*FIELDS, *DIMENSIONS, *TIMES, *HOLDING, "e"} == NO_FIELD


def test_has_a_schema_for_each_field() -> None:
    """Each field that a parameter becomes is one that the schemas know."""
    path = ROOT / "schemas/org.eventpayload.snowplow/page_view/jsonschema/1-0-0"
    properties = json.loads(path.read_bytes())["properties"]

    fields = {field for field, _ in FIELDS.values()}
    fields |= {field for pair in DIMENSIONS.values() for field in pair}
    fields |= set(TIMES.values())
    assert fields <= set(properties)


@pytest.mark.parametrize(
    ("code", "event"),
    [
        ("pv", "page_view"),
        ("pp", "page_ping"),
        ("se", "struct"),
        ("ev", "struct"),
        ("ue", "unstruct"),
        ("tr", "transaction"),
        ("ti", "transaction_item"),
        ("ad", "ad_impression"),
    ],
)
def test_names_each_event(code: str, event: str) -> None:
    """`e` says what kind of event it is."""
    assert EVENTS[code] == event
    assert len(EVENTS) == 8


def test_outranked_becomes_the_same() -> None:
    """A parameter gives way to one that becomes the same field, which gives way to none."""
    for name, other in OUTRANKED.items():
        assert other not in OUTRANKED
        assert FIELDS.get(name) == FIELDS.get(other)
        assert (name in FIELDS) is (name not in HOLDING)


@pytest.mark.parametrize("parameter", sorted({*FIELDS, *DIMENSIONS, *TIMES}))
def test_says_what_is_expected(parameter: str) -> None:
    """For what a rule has to read there are words that say what it must be; for a text, none."""
    _, rule = FIELDS.get(parameter, (None, canonical.integer))
    is_read = rule not in {None, canonical.address, canonical.as_sent}

    assert EXPECTED.get(parameter, "").startswith("must be ") is is_read


# When an event happened.

SENTENCES = {
    "true timestamp first": [
        pytest.param(7, 1400, 1000, 7, id="true, and all others"),
        pytest.param(7, None, None, 7, id="true alone"),
        pytest.param(7, 1400, None, 7, id="true and sent"),
        pytest.param(7, None, 1000, 7, id="true and created"),
        pytest.param(0, 1400, 1000, 0, id="true is 0"),
        pytest.param(-1, 1400, 1000, -1, id="true is before 1970"),
        pytest.param(99_999, 1400, 1000, 99_999, id="true is after the collector's"),
    ],
    "else collector - (sent - created) when created is strictly before sent": [
        pytest.param(None, 1400, 1000, 4600, id="created before sent"),
        pytest.param(None, 1001, 1000, 4999, id="created one millisecond before sent"),
        pytest.param(None, 5000, 1000, 1000, id="sent when collected"),
        pytest.param(None, 1, 0, 4999, id="created is 0"),
        pytest.param(None, 0, -1, 4999, id="sent is 0"),
        pytest.param(None, 9000, 1000, -3000, id="before 1970: nothing is clamped"),
    ],
    "else collector": [
        pytest.param(None, 1000, 1000, 5000, id="equal"),
        pytest.param(None, 0, 0, 5000, id="equal, and 0"),
        pytest.param(None, 1000, 1001, 5000, id="sent one millisecond earlier"),
        pytest.param(None, 1000, 9999, 5000, id="sent earlier"),
        pytest.param(None, 1000, None, 5000, id="created is missing"),
        pytest.param(None, None, 1000, 5000, id="sent is missing"),
        pytest.param(None, 0, None, 5000, id="created is missing, sent is 0"),
        pytest.param(None, None, None, 5000, id="all are missing"),
    ],
}


@pytest.mark.parametrize(
    ("true", "sent", "created", "happened"), [row for rows in SENTENCES.values() for row in rows]
)
def test_derived(true: int | None, sent: int | None, created: int | None, happened: int) -> None:
    """An event that was collected at 5000 happened as one of the three sentences says."""
    assert canonical.derived(true, sent, created, 5000) == happened


# What bends no rule.


def test_is_not_bent_by_the_arithmetic_of_the_thread() -> None:
    """A service that rounds its decimals to three digits, and traps it, gets the same numbers."""
    with decimal.localcontext(decimal.Context(prec=3, traps=[decimal.Inexact, decimal.Rounded])):
        assert canonical.decimal("12345.678900") == "12345.678900"
        assert canonical.decimal("1.23456e2") == "123.456"


#: As they are sent, and how many characters they have once they are written out.
LONG = [
    pytest.param("9" * 400, 400, id="digits"),
    pytest.param("-" + "9" * 399, 400, id="digits and a sign"),
    pytest.param("0." + "9" * 398, 400, id="a fraction"),
    pytest.param("." + "9" * 398, 400, id="a fraction without a zero"),
    pytest.param("1e399", 400, id="an exponent"),
    pytest.param("1e-398", 400, id="a negative exponent"),
    pytest.param("-1.5E+398", 400, id="a sign and an exponent"),
    pytest.param("1.7976931348623157e308", 309, id="the greatest of binary64"),
    pytest.param("5e-324", 326, id="the least of binary64"),
    pytest.param("0" * 399 + "7", 1, id="zeros before it"),
    pytest.param("+" + "1" * 400, 400, id="a plus sign"),
]


@pytest.mark.parametrize(("value", "length"), LONG)
def test_longest_decimals(value: str, length: int) -> None:
    """A decimal is written out as long as it has at most 400 characters then; its schema takes it.

    A digit more is too long: it stays the text that it is, and is refused.
    """
    written = canonical.decimal(value)

    assert len(written) == length
    assert set(written) <= set("-.0123456789")
    assert decimal.Decimal(written) == decimal.Decimal(value)
    assert Validator().check({"e": "se", "se_va": value})


@pytest.mark.parametrize(
    "value",
    [
        *("9" * 401, "-" + "9" * 400, "0." + "9" * 399, "." + "9" * 399, "1e400", "1e-399"),
        *("-1.5e399", "1e9999999999", "1e-9999999999", "0" * 900, "0e801"),
    ],
    ids=lambda value: value[:12],
)
@pytest.mark.parametrize("parameter", ["se_va", "ev_va", "tr_tt", "tr_tx", "tr_sh", "ti_pr"])
def test_decimals_that_are_too_long(parameter: str, value: str) -> None:
    """What has more characters, or more than twice as many before, is refused in those words."""
    assert canonical.decimal(value) == value

    (violation,) = Validator().check({"e": "pv", parameter: value})

    assert violation.instance_location == f"/{parameter}"
    assert violation.message == (
        "must be a decimal number such as 12.50, of at most 400 characters"
    )


@pytest.mark.parametrize("parameter", ["ti_qu", "se_va", "dtm", "res"])
@pytest.mark.parametrize("digit", ["0", "9"])
def test_reads_no_number_of_a_million_digits(parameter: str, digit: str) -> None:
    """A number that is far too long stays the text that it is, and costs no arithmetic."""
    value = digit * 1_000_000

    event = settled({parameter: value})

    assert value in event["data"].values()
