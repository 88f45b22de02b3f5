"""What holds of every Snowplow request and of the events that it becomes.

A test quotes the sentence of the specification that it is about.
"""

from __future__ import annotations

import base64
import contextlib
import copy
import json
import random
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import orjson
import pytest
from hypothesis import HealthCheck, Phase, example, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from validator import Cached, Directory, Limits, Packaged, Registry, Result, Validator, normalize
from validator.events import _Checking
from validator.normalizer import RFC_3339
from validator.results import JSON
from validator.strategies import snowplow_requests
from validator.trackers import snowplow
from validator.trackers.canonical import EVENTS
from validator.trackers.encoded import HOLDING

unhurried = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])

ROOT = Path(__file__).parents[2]
REGISTRY = Registry(Cached(Packaged()), Cached(Directory(ROOT / "fixtures" / "registry")))
VALIDATOR = Validator(registry=REGISTRY)
#: With so few parts, requests of the sizes made here run out of them.
FEW = Validator(registry=REGISTRY, limits=Limits(parts=6, violations=3))

SNOWPLOW = "iglu:com.snowplowanalytics.snowplow"
BODY = f"{SNOWPLOW}/payload_data/jsonschema/1-0-4"
UNSTRUCT = f"{SNOWPLOW}/unstruct_event/jsonschema/1-0-0"
CONTEXTS = f"{SNOWPLOW}/contexts/jsonschema/1-0-1"
PARAMETERS = sorted(
    json.loads((ROOT / "schemas" / BODY.removeprefix("iglu:")).read_bytes())["items"]["properties"]
)
NESTED = {"a": [{"schema": "iglu:com.acme/user/jsonschema/1-0-0", "data": {"seats": 0}}]}


def part(name: str, data: JSON, version: str = "1-0-0") -> dict[str, JSON]:
    """Give self-describing data."""
    return {"schema": f"iglu:{name}/jsonschema/{version}", "data": data}


moments = st.datetimes(timezones=st.just(UTC))
seeds = st.integers(0, 2**32)
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5)
)
names = st.sampled_from(["schema", "data", "e", "cx", "ue_pr", "events", "source", "type", ""])
anything = st.recursive(
    scalars | st.sampled_from([BODY, UNSTRUCT, CONTEXTS, "pv", "ue", "iglu:"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
    max_leaves=12,
)
good = st.sampled_from(
    [
        part("com.acme/user", {"plan": "pro"}),
        part("com.acme/note", {"text": "é iglu: ~~~???"}),
        part("com.games_company/save_game", {"save_id": "s", "level": 1}),
        part("com.snowplowanalytics.snowplow/link_click", {"targetUrl": "u"}, "1-0-1"),
    ]
)
wrong = st.sampled_from(
    [
        part("com.acme/user", {"seats": 0, "plan": "x"}),
        part("com.acme/user", NESTED),
        part("com.acme/absent", {}),
        part("com.acme/note", None),
        {**part("com.acme/user", {"plan": "pro"}), "x": 1},
        part("com.acme", {}),
    ]
)
parts = st.one_of(good, good, good, wrong)
events_held = st.builds(lambda held: {"schema": UNSTRUCT, "data": held}, parts)
contexts_held = st.builds(
    lambda held: {"schema": CONTEXTS, "data": held}, st.lists(parts, max_size=3)
)
odd = anything | st.builds(lambda held: {"schema": CONTEXTS, "data": held}, parts)


def as_base64(held: JSON) -> str:
    """Give JSON as base64url."""
    return base64.urlsafe_b64encode(orjson.dumps(held)).decode()


def as_text(held: JSON) -> str:
    """Give JSON as text, with escapes in place of what is not ASCII."""
    return json.dumps(held)


def spelled(held: st.SearchStrategy[JSON], encoded: Any) -> st.SearchStrategy[str]:
    """Give what holds JSON: mostly what should be there."""
    usual = held.map(encoded)
    return st.one_of(usual, usual, usual, odd.map(encoded), usual.map(lambda it: it[:-3]))


values = st.sampled_from(
    ["", "0", "1", "-1", "null", "1.5", "1e3", "12x34", "1672531200000", "é", "a\tb", "x" * 300]
)
#: What a parameter that is put into an event holds: mostly what should be there.
members = {
    **dict.fromkeys(PARAMETERS, values | st.text("abc é/:.?=&", max_size=12)),
    "e": st.sampled_from([*EVENTS, "ue", "xx"]),
    "ue_px": spelled(events_held, as_base64),
    "ue_pr": spelled(events_held, as_text),
    "cx": spelled(contexts_held, as_base64),
    "co": spelled(contexts_held, as_text),
    "eid": st.uuids().map(lambda uuid: str(uuid).upper()),
    "ip": st.just("203.0.113.9, 10.0.0.1"),
}
put = st.lists(
    st.one_of(
        *(
            st.sampled_from(each).flatmap(lambda name: st.tuples(st.just(name), members[name]))
            for each in (PARAMETERS, [*HOLDING], ["e"])
        ),
        st.tuples(st.sampled_from(PARAMETERS) | st.text(max_size=4), values | scalars),
    ),
    max_size=3,
).map(dict)
removed = st.sets(st.sampled_from(["e", "p", "tv", "ue_px", "cx", "dtm"]), max_size=1)


@st.composite
def bodies_of(draw: st.DrawFn) -> JSON:
    """Draw a request whose events are as they should be, or changed, or something else."""
    body = draw(snowplow_requests())
    for index, event in enumerate(body["data"]):
        if draw(st.booleans()):  # kinds that trackers no longer send
            old = "ev" if event["e"] == "se" else "ad"
            event["e"] = draw(st.sampled_from([old, event["e"]]))
        if draw(st.booleans()):
            without = draw(removed)
            kept = {name: value for name, value in event.items() if name not in without}
            body["data"][index] = kept | draw(put)
    body["data"] += draw(st.lists(anything, max_size=1))
    return body


bodies = bodies_of()
requests = bodies | bodies.map(lambda body: body["data"][0])


def check(document: JSON, now: datetime, seed: int, by: Validator = VALIDATOR) -> Result:
    """Check a document, with all that it depends on given."""
    return by.check(document, now=now, randomness=random.Random(seed).randbytes)


def told(result: Result) -> list[tuple[str | None, ...]]:
    """Give what is told, in an order of its own."""
    found = [
        (each.code, each.keyword or "", each.instance_location, each.decoded_location or "")
        for each in result
    ]
    return sorted(found)


def normalized_of(document: JSON, result: Result) -> list[dict[str, JSON]]:
    """Give the fields of each event that was normalized, good or not."""
    of_ours = "iglu:org.eventpayload.snowplow/"
    return [
        entry.payload["data"]
        for entry in result.entries
        if type(entry.payload) is dict
        and str(entry.payload.get("schema")).startswith(of_ours)
        and "event_id" in entry.payload["data"]
    ]


# The normalized event.


@unhurried
@given(requests, moments, seeds)
def test_accepted_again(document: JSON, now: datetime, seed: int) -> None:
    """The whole is a self-describing event that `validator check` accepts again.

    And normalizing it again changes nothing.
    """
    result = check(document, now, seed)

    for event in result.events:
        for again in (VALIDATOR.check(event), VALIDATOR.check(orjson.dumps(event))):
            assert told(again) == []
            assert again.payload == event
        assert normalize(event) is event
    together = snowplow.batch(list(result.events))
    again = VALIDATOR.check(together)
    assert again
    assert again.payload == normalize(together) == together
    assert list(again.events) == list(result.events)


@unhurried
@given(bodies, moments, seeds)
def test_event_ids(document: JSON, now: datetime, seed: int) -> None:
    """`event_id` made when absent (uuid4, from a source of randomness passed in)."""
    result = check(document, now, seed)
    source = random.Random(seed)
    for entry in result.entries:
        sent = entry.sent
        if type(sent) is dict and EVENTS.get(str(sent.get("e"))) and type(sent["e"]) is str:
            given_id = sent.get("eid")
            made = entry.payload["data"]["event_id"]
            if type(given_id) is str:
                assert made.lower() == given_id.lower()
            else:
                assert UUID(made) == UUID(bytes=source.randbytes(16), version=4)
                assert UUID(made).version == 4


@unhurried
@given(requests, moments, seeds)
def test_times(document: JSON, now: datetime, seed: int) -> None:
    """Times in RFC 3339 UTC with milliseconds; `collector_tstamp` now unless given."""
    milliseconds = now.replace(microsecond=now.microsecond // 1000 * 1000)
    result = check(document, now, seed)
    for data in normalized_of(document, result):
        assert datetime.fromisoformat(data["collector_tstamp"]) == milliseconds
    for event in result.events:
        times = {name: time for name, time in event["data"].items() if name.endswith("_tstamp")}
        assert {"collector_tstamp", "derived_tstamp"} <= set(times)
        for time in times.values():
            assert re.fullmatch(RFC_3339, time)
            assert re.fullmatch(r".{19}\.\d{3}Z", time)


#: What each field is, where it is there: integers, decimals without loss, booleans, UUIDs.
TYPES = {
    "integer": re.compile(
        r"(txn_id|domain_sessionidx|.._.offset_m..|ti_quantity|.*(width|height))"
    ),
    "boolean": re.compile(r"br_(features_.*|cookies)"),
    "object": re.compile(r"(unstruct_event|contexts|unused_parameters)"),
}
OF_TYPES = {"integer": int, "boolean": bool, "object": dict}


@unhurried
@given(requests, moments, seeds)
def test_types(document: JSON, now: datetime, seed: int) -> None:
    """Typed: integers, decimals without loss, booleans, UUIDs in lower case."""
    for event in check(document, now, seed).events:
        for name, value in event["data"].items():
            kind = next((each for each in TYPES if TYPES[each].fullmatch(name)), "text")
            assert type(value) is OF_TYPES.get(kind, str)
            if name in {"event_id", "domain_sessionid"}:
                assert str(UUID(value)) == value


@unhurried
@given(requests, moments, seeds)
def test_validate_agrees(document: JSON, now: datetime, seed: int) -> None:
    """The verdict is the same without normalizing."""
    checked, validated = check(document, now, seed), VALIDATOR.validate(document)

    assert [entry.violations for entry in checked.entries] == [
        entry.violations for entry in validated.entries
    ]
    assert checked.violations == validated.violations
    assert validated.payload is document


@unhurried
@given(bodies, moments, seeds, st.randoms())
def test_order_of_parameters(document: JSON, now: datetime, seed: int, chance: Any) -> None:
    """The order of parameters does not matter, for the verdict or for what they become."""
    shuffled = copy.deepcopy(document)
    for index, event in enumerate(shuffled["data"]):
        if type(event) is dict:
            items = list(event.items())
            chance.shuffle(items)
            shuffled["data"][index] = dict(items)

    first, second = check(document, now, seed), check(shuffled, now, seed)

    assert told(first) == told(second)
    assert first.payload == second.payload


@unhurried
@given(bodies, moments, seeds)
def test_each_event_by_itself(document: JSON, now: datetime, seed: int) -> None:
    """Each event passes or fails by itself: alone it is told the same."""
    together = check(document, now, seed)
    if len(together.entries) != len(document["data"]):
        return  # a request without entries has no events to tell of
    for index, event in enumerate(document["data"]):
        alone = check({**document, "data": [event]}, now, seed)
        places = [each.instance_location.replace("/data/0", f"/data/{index}", 1) for each in alone]
        entry = together.entries[index]
        assert [each.instance_location for each in entry] == places
        assert [each.message for each in entry] == [each.message for each in alone]
        assert entry.location == f"/data/{index}"


# Totality.


@unhurried
@given(anything.filter(lambda document: type(document) is not str), moments)
@example(
    {"schema": BODY, "data": [{"e": "ue", "ue_px": "bnVsbA"}]}, datetime.min.replace(tzinfo=UTC)
)
def test_total(document: JSON, now: datetime) -> None:
    """Any JSON has a result and a normalized form; nothing is raised."""
    for each in (
        document,
        {"schema": BODY, "data": document},
        {"e": "ue", "x": document},
        {"schema": BODY, "data": [{"e": "pv", "cx": as_base64(document)}]},
        {"schema": snowplow.EVENTS_SCHEMA, "data": document},
    ):
        result = VALIDATOR.check(each, now=now)
        assert len(result.events) + len([e for e in result.entries if not e]) == len(result.entries)
        assert all(entry.violations for entry in result.entries if not entry)
        assert bool(result) <= all(result.entries)
        orjson.dumps(result.to_dict())
        orjson.dumps(normalize(each, now=now))


@unhurried
@given(st.dictionaries(st.text(max_size=3) | st.sampled_from(PARAMETERS), st.text(max_size=6)))
def test_total_for_queries(parameters: dict[str, str]) -> None:
    """Any query has a result."""
    result = VALIDATOR.check_query(urlencode(parameters))
    assert len(result.entries) == 1
    assert result.payload == parameters or result.payload["data"]["event"] in EVENTS.values()


# The fast way and the slow way.


def slowly(document: JSON, now: datetime, seed: int, by: Validator) -> Result:
    """Check a document with nothing accepted at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Checking, "_accepts", lambda *_: False)
        return check(document, now, seed, by)


@unhurried
@given(requests, moments, seeds)
def test_fast_and_slow_agree(document: JSON, now: datetime, seed: int) -> None:
    """What is accepted at once is what is accepted rule by rule."""
    assert check(document, now, seed) == slowly(document, now, seed, VALIDATOR)


@unhurried
@given(bodies, moments, seeds)
def test_fast_and_slow_agree_on_limits(document: JSON, now: datetime, seed: int) -> None:
    """Both count the parts alike, and list as much, where there may be few."""
    fast, slow = check(document, now, seed, FEW), slowly(document, now, seed, FEW)

    assert fast == slow


@unhurried
@given(bodies, moments, seeds)
def test_normalized_and_sent_agree(document: JSON, now: datetime, seed: int) -> None:
    """An event has the same verdict as it was sent and, its envelope apart, normalized."""
    result = check(document, now, seed)
    for entry in result.entries:
        if type(entry.payload) is dict and str(entry.payload.get("schema")).startswith("iglu:org"):
            again = VALIDATOR.check(entry.payload)
            if entry:
                assert again
            elif not again:
                assert entry.violations


def test_both_ways_are_taken() -> None:
    """The events of these tests are of both kinds: good ones, of all kinds, and others."""
    missing = {(code, verdict) for code in EVENTS for verdict in (True, False)}

    def all_seen(case: tuple[JSON, datetime, int]) -> bool:
        for entry in check(*case).entries:
            if type(entry.sent) is dict and type(entry.sent.get("e")) is str:
                missing.discard((entry.sent["e"], bool(entry)))
        return not missing

    drawing = settings(
        unhurried,
        database=None,
        derandomize=True,
        max_examples=3000,
        phases=[Phase.generate],
    )
    with contextlib.suppress(NoSuchExample):
        find(st.tuples(bodies, moments, seeds), all_seen, settings=drawing)

    assert missing == set()
