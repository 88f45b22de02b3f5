"""What a Snowplow tracker sends, and the events that it becomes."""

from __future__ import annotations

import base64
import copy
import json
import random
from datetime import UTC, datetime, timedelta, timezone
from itertools import permutations
from typing import Any

import pytest

from validator import Validator, WrongUse, trackers
from validator.limits import Limits
from validator.results import JSON
from validator.trackers import snowplow
from validator.trackers.canonical import EVENTS, FIELDS, OUTRANKED
from validator.trackers.encoded import HOLDING, within
from validator.trackers.snowplow import Moment, normalize

NOW = datetime(2023, 1, 1, tzinfo=UTC)
STAMP = "2023-01-01T00:00:00.000Z"
MILLISECONDS = 1_672_531_200_000
VALIDATOR = Validator()

SNOWPLOW = "iglu:com.snowplowanalytics.snowplow"
OWN = "iglu:org.eventpayload.snowplow"
BODY = f"{SNOWPLOW}/payload_data/jsonschema/1-0-4"
UNSTRUCT = f"{SNOWPLOW}/unstruct_event/jsonschema/1-0-0"
CONTEXTS = f"{SNOWPLOW}/contexts/jsonschema/1-0-1"
LINK = {
    "schema": f"{SNOWPLOW}/link_click/jsonschema/1-0-1",
    "data": {"targetUrl": "https://a.example/é"},
}
EVENT = {"schema": UNSTRUCT, "data": LINK}
PAGE = {
    "schema": CONTEXTS,
    "data": [
        {
            "schema": f"{SNOWPLOW}/web_page/jsonschema/1-0-0",
            "data": {"id": "0f2c1b3a-4d5e-4f60-8a7b-9c0d1e2f3a4b"},
        }
    ],
}


def encoded(document: JSON) -> str:
    """Give a document as base64url of JSON text."""
    return base64.urlsafe_b64encode(json.dumps(document).encode()).decode()


def settled(sent: dict[str, JSON], **options: Any) -> dict[str, JSON]:
    """Give the fields that an event becomes, collected at `NOW`."""
    event = normalize(sent, now=NOW, **{"randomness": bytes, **options})
    data: dict[str, JSON] = event["data"]
    return data


# What is taken for a request.


@pytest.mark.parametrize(
    ("document", "is_request", "is_query", "is_either"),
    [
        ({"schema": BODY, "data": []}, True, False, True),
        ({"schema": BODY, "data": None}, True, False, True),
        ({"schema": BODY.replace("1-0-4", "7-0-0"), "data": 1}, True, False, True),
        ({"schema": BODY}, False, False, False),
        ({"schema": f"{OWN}/page_view/jsonschema/1-0-0", "data": {}}, False, False, True),
        ({"schema": f"{SNOWPLOW}/payload_data_2/jsonschema/1-0-0", "data": 1}, False, False, False),
        ({"schema": UNSTRUCT, "data": {}}, False, False, False),
        ({"e": "pv"}, False, True, False),
        ({"e": ""}, False, True, False),
        ({"e": 1}, False, False, False),
        ({"p": "web"}, False, False, False),
        ([{"e": "pv"}], False, False, False),
        ("e=pv", False, False, False),
        (None, False, False, False),
    ],
)
def test_recognizes(document: JSON, is_request: Any, is_query: Any, is_either: Any) -> None:
    """A body names `payload_data`, a query has `e`, and what is normalized names a schema of ours.

    What it holds is for validation to say.
    """
    assert snowplow.is_request(document) is is_request
    assert snowplow.is_query(document) is is_query
    assert snowplow.is_request_or_events(document) is is_either


def test_schemas_are_there() -> None:
    """Each schema that an event, a query or several events are judged by is one that we ship."""
    names = [snowplow.QUERY_SCHEMA, snowplow.EVENTS_SCHEMA, snowplow.PAYLOAD_DATA]
    names += [normalize({"e": code}, now=NOW)["schema"] for code in EVENTS]

    keys = [VALIDATOR.compile(name) for name in names]

    assert len({str(key) for key in keys}) == 3 + len(set(EVENTS.values()))


# What becomes of it.


def test_body() -> None:
    """The body of a POST becomes one document with an event for each, in their order."""
    body = {"schema": BODY, "data": [{"e": "pv"}, 5, {"e": "?"}, {"e": "se"}]}

    document = normalize(body, now=NOW, randomness=bytes)

    assert document["schema"] == snowplow.EVENTS_SCHEMA
    first, second, third, fourth = document["data"]
    assert first["schema"] == f"{OWN}/page_view/jsonschema/1-0-0"
    assert (second, third) == (5, {"e": "?"})
    assert fourth["schema"] == f"{OWN}/structured_event/jsonschema/1-0-0"


def test_query() -> None:
    """A query becomes one event."""
    assert normalize({"e": "pv", "url": "u"}, now=NOW, randomness=bytes) == {
        "schema": f"{OWN}/page_view/jsonschema/1-0-0",
        "data": {
            "event": "page_view",
            "event_id": "00000000-0000-4000-8000-000000000000",
            "event_vendor": "com.snowplowanalytics.snowplow",
            "event_name": "page_view",
            "event_format": "jsonschema",
            "event_version": "1-0-0",
            "collector_tstamp": STAMP,
            "derived_tstamp": STAMP,
            "page_url": "u",
        },
    }


@pytest.mark.parametrize(
    "document",
    [
        {"schema": BODY, "data": {"e": "pv"}},
        {"schema": BODY, "data": None},
        {"schema": f"{OWN}/page_view/jsonschema/1-0-0", "data": {}, "e": "pv"},
        {"schema": f"{OWN}/events/jsonschema/1-0-0", "data": [{"e": "pv"}]},
        {"e": "?"},
        {"e": 1},
        {"events": []},
        [],
        "e=pv",
        None,
        7,
    ],
    ids=str,
)
def test_stays(document: JSON) -> None:
    """What is normalized already, or can't be read, stays as it is."""
    assert normalize(document, now=NOW) is document


#: What Enrich names each kind of event.
NAMES = {
    "pv": ("page_view", "com.snowplowanalytics.snowplow/page_view/jsonschema/1-0-0"),
    "pp": ("page_ping", "com.snowplowanalytics.snowplow/page_ping/jsonschema/1-0-0"),
    "se": ("struct", "com.google.analytics/event/jsonschema/1-0-0"),
    "ev": ("struct", "com.google.analytics/event/jsonschema/1-0-0"),
    "tr": ("transaction", "com.snowplowanalytics.snowplow/transaction/jsonschema/1-0-0"),
    "ti": ("transaction_item", "com.snowplowanalytics.snowplow/transaction_item/jsonschema/1-0-0"),
    "ad": ("ad_impression", "com.snowplowanalytics.snowplow/ad_impression/jsonschema/1-0-0"),
}
NAMED = ("event_vendor", "event_name", "event_format", "event_version")


@pytest.mark.parametrize("code", NAMES)
def test_names(code: str) -> None:
    """An event of each kind has the names that Enrich gives it."""
    data = settled({"e": code, "ue_px": encoded(EVENT)})

    assert (data["event"], "/".join(data[name] for name in NAMED)) == NAMES[code]


@pytest.mark.parametrize("parameter", ["ue_px", "ue_pr"])
def test_name_of_a_self_describing_event(parameter: str) -> None:
    """A self-describing event has the name of the schema of what it holds."""
    held = json.dumps(EVENT)
    data = settled({"e": "ue", parameter: encoded(EVENT) if parameter == "ue_px" else held})

    assert data["event"] == "unstruct"
    assert "/".join(data[name] for name in NAMED) == LINK["schema"].removeprefix("iglu:")
    assert data["unstruct_event"] == EVENT


@pytest.mark.parametrize(
    "held",
    [
        None,
        1,
        "a",
        [],
        {},
        {"data": None},
        {"data": []},
        {"data": "schema"},
        {"data": {}},
        *[
            {"data": {"schema": name}}
            for name in (None, 1, [], {}, [[]] * 9, "", "iglu:", "iglu:a/b/c", "iglu:a/b/c/d/e")
        ],
        {"data": {"schema": "iglu:a/b/jsonschema/1-0-0" + "0" * 500}},
    ],
    ids=lambda held: str(held)[:40],
)
def test_no_name(held: JSON) -> None:
    """An event that holds no self-describing data has no name; nothing fails for it."""
    data = settled({"e": "ue", "ue_pr": json.dumps(held)})

    assert set(NAMED).isdisjoint(data)
    assert data["unstruct_event"] == held


@pytest.mark.parametrize("order", [*permutations(["ue_px", "ue_pr", "cx", "co"])], ids=str)
def test_encoded_before_plain(order: tuple[str, ...]) -> None:
    """Of two parameters for one field the encoded one counts, in whatever order they are sent."""
    other = {"schema": CONTEXTS, "data": []}
    values = {
        "ue_px": encoded(EVENT),
        "ue_pr": json.dumps(other),
        "cx": encoded(PAGE),
        "co": json.dumps(other),
    }

    data = settled({"e": "ue", **{name: values[name] for name in order}})

    assert (data["unstruct_event"], data["contexts"]) == (EVENT, PAGE)
    assert data["unused_parameters"] == {name: values[name] for name in ("ue_pr", "co")}


@pytest.mark.parametrize("alike", ["1", "null", "true", '""', "[]"])
def test_two_that_hold_the_same(alike: str) -> None:
    """Of two that hold the same, both are kept: one as the field, the other as it was sent."""
    data = settled({"e": "pv", "cx": base64.b64encode(alike.encode()).decode(), "co": alike})

    assert data["contexts"] == json.loads(alike)
    assert data["unused_parameters"] == {"co": alike}


@pytest.mark.parametrize("name", ["ue_px", "ue_pr", "cx", "co"])
@pytest.mark.parametrize("value", ["!", "e30", "{", "NaN", "a" * 5])
def test_keeps_what_cannot_be_opened(name: str, value: str) -> None:
    """A text that holds no JSON stays the text that it is."""
    data = settled({"e": "pv", name: value})

    held = {} if name in {"ue_px", "cx"} and value == "e30" else value
    assert data[HOLDING[name]] == held


class _Text(str):
    """A text of another type, which may do anything when it is read."""

    __slots__ = ()


@pytest.mark.parametrize("value", ["\ud800", float("nan"), _Text("a"), b"a", {1: 2}])
def test_leaves_what_is_no_json(value: object) -> None:
    """A request that holds what JSON has not stays as it is."""
    sent = {"e": "pv", "url": value}

    assert normalize(sent) is sent


@pytest.mark.parametrize(("name", "other"), OUTRANKED.items())
def test_gives_way(name: str, other: str) -> None:
    """A parameter gives way to one that outranks it, if that has a value; it is kept apart."""
    if name in HOLDING:
        assert list(HOLDING).index(other) < list(HOLDING).index(name)
        return
    field = FIELDS[name][0]
    for sent in ({name: "1", other: "2"}, {other: "2", name: "1"}):
        data = settled({"e": "pv", **sent})
        assert (data[field], data["unused_parameters"]) == ("2", {name: "1"})
    assert settled({"e": "pv", name: "1"})[field] == "1"
    if FIELDS[name][1] is None:
        assert settled({"e": "pv", name: "1", other: ""})[field] == "1"


def test_keeps_apart_what_becomes_no_field() -> None:
    """Unknown names, and values that are no texts, are kept as they were sent."""
    odd: dict[str, JSON] = {"colour": "red", "url": 1, "cx": {"a": []}, "dtm": None, "res": [1]}

    data = settled({"e": "pv", "": "", "page": "P", **odd})

    assert data["unused_parameters"] == {**odd, "": ""}
    assert data["page_title"] == "P"
    assert "page_url" not in data


@pytest.mark.parametrize("sent", [{"tid": "null"}, {"se_va": "NULL"}, {"ip": ","}])
def test_becomes_no_field_where_there_is_none(sent: dict[str, str]) -> None:
    """A parameter that says there is none becomes no field."""
    assert settled({"e": "pv", **sent}) == settled({"e": "pv"})


@pytest.mark.parametrize("name", sorted({*OUTRANKED} - {*HOLDING}))
def test_gives_way_without_a_value(name: str) -> None:
    """One that gives way and has no value of its own becomes no field, either."""
    data = settled({"e": "pv", name: "null" if FIELDS[name][1] else ""})

    assert data == settled({"e": "pv"})


def test_loses_no_parameter() -> None:
    """A text becomes its field whatever control characters stand in another one."""
    data = settled({"e": "pv", "url": "a\tb", "page": "\x00", "refr": "c", "aid": ""})

    assert (data["page_url"], data["page_referrer"]) == ("a    b", "c")
    assert {"page_title", "app_id"}.isdisjoint(data)


@pytest.mark.parametrize("count", [1, 2, 50])
def test_any_number_of_texts(count: int) -> None:
    """An event with no text, with one, and with all of them has those, and no others."""
    names = [name for name, (_, rule) in FIELDS.items() if rule is None and name not in OUTRANKED]
    sent = {name: f"v{number}" for number, name in enumerate(names[: count - 1])}

    data = settled({"e": "pv", **sent})

    assert {data[FIELDS[name][0]] for name in sent} == set(sent.values())
    assert len(data) == len(settled({"e": "pv"})) + len(sent)


def test_remembers_few_ways() -> None:
    """What is remembered of the names of parameters is bounded, and changes nothing."""
    names = [name for name, (_, rule) in FIELDS.items() if rule is None][:20]
    source = random.Random(7)
    for _ in range(1_000):
        some = source.sample(names, 8)
        data = settled({"e": "pv", **dict.fromkeys(some, "1")})
        fields = {FIELDS[name][0] for name in some}
        assert {field for field in data if data[field] == "1"} == fields
        assert len(snowplow._PLANS) <= snowplow._KEPT_PLANS
    for number in range(1_000):
        settled({"e": "pv", f"unknown{number}": "1"})
    assert not any("unknown" in name for names in snowplow._PLANS for name in names)


# Identity and time.


def test_event_id_is_made_when_absent() -> None:
    """An id is a uuid4 of the 16 bytes asked for; one that was sent is kept, in lower case."""
    asked: list[int] = []

    def randomness(count: int) -> bytes:
        asked.append(count)
        return bytes(range(count))

    made = settled({"e": "pv"}, randomness=randomness)
    kept = settled({"e": "pv", "eid": "ABCDEF00-0000-1000-8000-000000000000"}, randomness=None)
    wrong = settled({"e": "pv", "eid": ""}, randomness=None)

    assert made["event_id"] == "00010203-0405-4607-8809-0a0b0c0d0e0f"
    assert kept["event_id"] == "abcdef00-0000-1000-8000-000000000000"
    assert wrong["event_id"] == ""
    assert asked == [16]


@pytest.mark.parametrize(
    "randomness",
    [
        None,
        7,
        bytes(16),
        lambda _: None,
        lambda _: "0" * 16,
        lambda _: bytearray(16),
        lambda _: b"",
    ],
    ids=["None", "number", "bytes", "nothing", "text", "bytearray", "too few"],
)
def test_randomness_that_gives_no_bytes(randomness: Any) -> None:
    """What gives no bytes, or not so many, is refused where an id is to be made."""
    for document in ({"e": "pv"}, {"schema": BODY, "data": [{"e": "?"}, {"e": "pv"}]}):
        with pytest.raises(WrongUse, match="randomness is a function that gives as many bytes"):
            normalize(document, now=NOW, randomness=randomness)
        with pytest.raises(WrongUse, match="randomness is a function that gives as many bytes"):
            trackers.normalize(document, now=NOW, randomness=randomness)


def test_randomness_that_fails() -> None:
    """What a source of randomness raises itself is its caller's, and is not made into ours."""

    def failing(_: int) -> bytes:
        raise ZeroDivisionError

    for call in (normalize, trackers.normalize):
        with pytest.raises(ZeroDivisionError):
            call({"e": "pv"}, now=NOW, randomness=failing)


def test_events_have_ids_of_their_own() -> None:
    """By default ids are random."""
    body = {"schema": BODY, "data": [{"e": "pv"}] * 100}

    ids = {event["data"]["event_id"] for event in normalize(body)["data"]}

    assert len(ids) == 100


@pytest.mark.parametrize(
    ("sent", "happened"),
    [
        pytest.param({}, 0, id="nothing"),
        pytest.param({"dtm": "1000", "stm": "1400"}, -400, id="created before sent"),
        pytest.param({"dtm": "1000", "stm": "1000"}, 0, id="equal"),
        pytest.param({"dtm": "1400", "stm": "1000"}, 0, id="sent earlier"),
        pytest.param({"dtm": "1000"}, 0, id="sent missing"),
        pytest.param({"stm": "1000"}, 0, id="created missing"),
        pytest.param({"dtm": "-1", "stm": "0"}, -1, id="created before 1970"),
        pytest.param({"dtm": "x", "stm": "1000"}, 0, id="created not a number"),
        pytest.param({"dtm": "1000", "stm": "253402300800000"}, 0, id="sent in the year 10000"),
        pytest.param(
            {"ttm": str(MILLISECONDS + 5), "dtm": "1000", "stm": "1400"}, 5, id="true time"
        ),
        pytest.param({"ttm": "x", "dtm": "1000", "stm": "1400"}, -400, id="no true time"),
        pytest.param({"ttm": "1e3"}, 0, id="a number of another spelling"),
    ],
)
def test_derived_tstamp(sent: dict[str, str], happened: int) -> None:
    """The true time; else the collector's less the time till sending; else the collector's."""
    data = settled({"e": "pv", **sent})

    expected = NOW + timedelta(milliseconds=happened)
    assert datetime.fromisoformat(data["derived_tstamp"]) == expected
    assert data["derived_tstamp"].endswith("Z")


def test_true_time_of_before_1970() -> None:
    """A time of -1 is the last millisecond of 1969, and so is what is derived from it."""
    data = settled({"e": "pv", "ttm": "-1"})

    assert data["derived_tstamp"] == data["true_tstamp"] == "1969-12-31T23:59:59.999Z"


def test_derived_tstamp_of_no_year() -> None:
    """What is derived and of no year that can be written is the number, which a schema refuses."""
    data = settled({"e": "pv", "dtm": "-62167219200000", "stm": "253402300799999"})

    assert data["derived_tstamp"] == str(MILLISECONDS - 62167219200000 - 253402300799999)


def test_collector_tstamp_is_now() -> None:
    """The moment of collection is now, or is given: in any zone, with any part of a second."""
    given = datetime(2023, 1, 1, 2, 0, 0, 123_999, timezone(timedelta(hours=2)))

    assert normalize({"e": "pv"}, now=given)["data"]["collector_tstamp"] == (
        "2023-01-01T00:00:00.123Z"
    )
    before = datetime.now(UTC)
    collected = normalize({"e": "pv"})["data"]["collector_tstamp"]
    slack = timedelta(milliseconds=1)
    assert before - slack < datetime.fromisoformat(collected) <= datetime.now(UTC)


@pytest.mark.parametrize(
    "now",
    [
        datetime(2023, 1, 1),  # noqa: DTZ001  # the case
        0,
        "2023-01-01",
        datetime.min.replace(tzinfo=timezone(timedelta(1) / 2)),
    ],  # the case
    ids=str,
)
@pytest.mark.parametrize("document", [{"e": "pv"}, {"schema": BODY, "data": []}, None], ids=str)
def test_needs_a_moment(document: JSON, now: Any) -> None:
    """What is no moment is refused, whatever the document is."""
    with pytest.raises(WrongUse, match="now"):
        normalize(document, now=now)


def test_moment() -> None:
    """A moment has both spellings of the same."""
    assert Moment.of(NOW) == Moment(MILLISECONDS, STAMP)


# What is given.


def test_a_body_without_events_stays() -> None:
    """It is not valid, which several normalized events would be, though they were none."""
    body = {"schema": BODY, "data": []}

    assert normalize(body, now=NOW) is body


def test_changes_nothing() -> None:
    """What is given is not changed, however much of it can't be read."""
    body = {
        "schema": BODY,
        "data": [
            {"e": "ue", "ue_px": encoded(EVENT), "cx": encoded(PAGE), "co": "{}", "dtm": "1"},
            {"e": "pv", "x": {"y": []}, "url": 5},
            7,
        ],
    }
    given = copy.deepcopy(body)

    normalize(body, now=NOW)
    normalize(body["data"][0], now=NOW)

    assert body == given


def test_nests_no_deeper_than_a_document() -> None:
    """What is encoded may nest so deep that the events it is in are within the limits, as well."""
    room = within(Limits()).depth
    deep = {"e": "pv", "co": "[" * room + "]" * room}
    deeper = {"e": "pv", "co": "[" * (room + 1) + "]" * (room + 1)}

    events = normalize({"schema": BODY, "data": [deep, deeper]}, now=NOW)

    assert type(events["data"][0]["data"]["contexts"]) is list
    assert events["data"][1]["data"]["contexts"] == deeper["co"]
    assert {each.code for each in VALIDATOR.check(events)} == {"ValidationError"}
    assert within(Limits(depth=1)).depth == 1
