"""Promises 4, 5 and 6 of the design: of payloads as trackers send them, and of what is nearly one.

Each test quotes the sentence that it is about.
"""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from random import Random
from typing import Any

import orjson
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from changes import JSON_VALUES, changed, tracardi_payloads
from validator import Result, Validator, normalize
from validator.strategies import from_schema, payloads, snowplow_requests, tracker_payloads
from validator.trackers import canonical, snowplow, tracardi

unhurried = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

NOW = datetime(2023, 1, 1, tzinfo=UTC)
LATER = datetime(2024, 2, 29, 12, tzinfo=UTC)
VALIDATOR = Validator()
BODY = "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4"

#: Each of them breaks one rule of a schema of its family.
near_misses = st.one_of(
    from_schema(tracardi.TRACKER_PAYLOAD, invalid=True).map(lambda miss: miss.document),
    from_schema(tracardi.EVENT_PAYLOAD, invalid=True).map(lambda miss: miss.document),
    *(
        from_schema(uri, invalid=True).map(
            lambda miss, uri=uri: {"schema": uri, "data": miss.document}
        )
        for uri in (BODY, snowplow.EVENTS_SCHEMA)
    ),
)
parameters = {
    **dict.fromkeys(["eid", "dtm", "res", "duid", "tnuid", "nuid", "ip", "x", "y"], st.text()),
    **dict.fromkeys(["ue_px", "ue_pr", "cx", "co"], st.sampled_from(["e30", "{}", ""])),
    "e": st.sampled_from(["pv", "ue", "x"]),
    "data": st.just([]),
}
requests = changed(snowplow_requests(), JSON_VALUES, parameters)
sent = st.one_of(payloads(), near_misses, tracardi_payloads(), requests).filter(
    lambda payload: type(payload) is not str  # which `check` does not take
)


def text(value: Any) -> bytes:
    """Write JSON, so that 1, 1.0 and true are three."""
    return orjson.dumps(value)


def in_order(value: Any) -> bytes:
    """Write JSON with its names in order."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def normalized(payload: Any, now: datetime = NOW) -> Any:
    """Normalize with all that it depends on given."""
    return normalize(payload, now=now, randomness=Random(7).randbytes)


def checked(payload: Any, by: Validator = VALIDATOR) -> Result:
    """Check with all that it depends on given."""
    return by.check(payload, now=NOW, randomness=Random(7).randbytes)


# Promise 4.


@unhurried
@given(sent)
def test_normalize_is_total(payload: Any) -> None:
    """`normalize` is total: what it gives of JSON is JSON, and it is what `check` gives."""
    once = normalized(payload)

    assert type(once) is type(payload)
    assert text(once) == text(checked(payload).payload)


@unhurried
@given(sent)
def test_normalize_is_pure(payload: Any) -> None:
    """`normalize` is pure: what it is given stays as it is, and so it does in any other call."""
    before = text(payload)

    normalized(payload)
    checked(payload)
    VALIDATOR.validate(payload)

    assert before == text(payload)


@unhurried
@given(sent)
def test_normalize_is_idempotent(payload: Any) -> None:
    """`normalize` is idempotent, whatever the time is by then."""
    once = normalized(payload)

    assert text(once) == text(normalized(once, LATER))


@unhurried
@given(requests.filter(snowplow.is_request))
def test_normalize_loses_nothing(request: Any) -> None:
    """`normalize` loses nothing: each parameter is a field or unused, unless it is of no character.

    That a tracker payload is touched only where normalization names it, see test_tracardi.
    """
    events = normalized(request)["data"]

    for before, event in zip(request["data"], events, strict=True):
        if event is not before:
            data = event["data"]
            used = {"e"} | {snowplow.parameter_of(field, before) for field in data}
            lost = before.keys() - used - data.get("unused_parameters", {}).keys()
            assert [name for name in lost if canonical.text(str(before[name]))] == []


# Promise 5.


@unhurried
@given(sent)
def test_same_input_same_bytes(payload: Any) -> None:
    """Same input, same clock: same output, byte for byte, from bytes and from an object."""
    first = checked(payload)

    for again in (copy.deepcopy(payload), text(payload)):
        second = checked(again, Validator())
        assert text(first.to_dict()) == text(second.to_dict())
        assert text(first.payload) == text(second.payload)


# Promise 6.


@unhurried
@given(sent)
def test_valid_stays_valid(payload: Any) -> None:
    """A valid payload stays valid after `normalize`; `check` of what that gave changes nothing."""
    valid = checked(payload) or VALIDATOR.validate(payload)
    once = normalized(payload)

    again = VALIDATOR.check(once, now=LATER)
    assert text(once) == text(again.payload)
    if valid:
        assert again.violations == VALIDATOR.validate(once).violations == ()


@unhurried
@given(tracker_payloads())
def test_each_event_is_accepted_by_itself(payload: Any) -> None:
    """Each event of an accepted payload is an event payload, and normalized on its own the same."""
    events = tracardi.events(payload)

    assert len(events) == len(payload["events"])
    assert [VALIDATOR.check(event).violations for event in events] == [()] * len(events)
    alone, together = map(normalized, events), tracardi.events(normalized(payload))
    assert list(map(in_order, alone)) == list(map(in_order, together))


@unhurried
@given(snowplow_requests())
def test_each_event_of_a_request_is_accepted_by_itself(request: Any) -> None:
    """Each event of an accepted request is accepted alone, as it was sent and normalized."""
    events = checked(request).events

    for before, event in zip(request["data"], events, strict=True):
        for alone in ({"schema": BODY, "data": [before]}, before, event):
            assert VALIDATOR.check(alone).violations == ()
