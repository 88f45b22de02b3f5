"""What holds of every tracker payload, normalized or split, beside what test_promises shows."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from changes import JSON_VALUES, SCALARS, TIMES, tracardi_payloads
from validator import Result, Validator, normalize
from validator.normalizer import instant, slug
from validator.strategies import from_schema
from validator.trackers import tracardi

unhurried = settings(deadline=None, max_examples=40)

NOW = datetime(2023, 1, 1, tzinfo=UTC)
VALIDATOR = Validator()
payloads = tracardi_payloads()


# What is not JSON at all.


class Odd:
    """A value of a type that JSON has not."""


oddities = st.one_of(
    st.builds(Odd),
    st.binary(),
    st.floats(),
    st.integers(min_value=10**4400),
    st.text(st.characters()),
    st.sets(st.integers()),
    st.datetimes(),
    st.decimals(),
    st.tuples(st.integers()),
    st.dictionaries(st.one_of(st.integers(), st.none(), st.binary()), st.integers()),
)
anything = st.recursive(
    st.one_of(oddities, SCALARS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.one_of(
                st.sampled_from(["type", "time", "insert", "ids", "metadata", "source", "events"]),
                st.text(st.characters(), max_size=2),
                st.integers(),
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


# What is looked at.


def text(value: Any) -> bytes:
    """Write JSON, so that 1, 1.0 and true are three."""
    return orjson.dumps(value)


def without_times(of: Any) -> Any:
    """Take the three times out of an object."""
    if not isinstance(of, dict):
        return of
    return {name: value for name, value in of.items() if name not in TIMES}


def rest_of_event(event: Any) -> Any:
    """Take out of an event all that normalization names."""
    if not isinstance(event, dict):
        return event
    rest = {name: value for name, value in event.items() if name != "type"}
    rest["time"] = without_times(rest.get("time") or {})
    for name in ("properties", "options", "context"):
        rest[name] = {} if rest.get(name) is None else rest[name]
    rest["tags"] = [] if rest.get("tags") is None else rest["tags"]
    return rest


def rest_of(payload: Any) -> Any:
    """Take out of a payload all that normalization names."""
    if "events" in payload or "type" not in payload:
        rest = {"properties": None, "options": None, "context": None, **payload}
        for name in ("properties", "options", "context"):
            rest[name] = {} if rest[name] is None else rest[name]
        if isinstance(events := rest.get("events"), list):
            rest["events"] = [rest_of_event(event) for event in events]
    else:
        rest = rest_of_event(payload)
    for name in ("session", "profile"):
        if isinstance(entity := rest.get(name), dict):
            rest[name] = {**entity, "metadata": without_times(entity.get("metadata"))}
    if isinstance(profile := rest.get("profile"), dict) and isinstance(profile.get("ids"), list):
        del profile["ids"]
    return rest


def times_of(payload: Any) -> list[Any]:
    """Give the times that normalization names, absent ones as null, in order."""
    holders = [(payload.get(name) or {}) for name in ("session", "profile")]
    found = [each.get("metadata") for each in holders if isinstance(each, dict)]
    events = payload.get("events", [] if "type" not in payload else [payload])
    for event in events if isinstance(events, list) else ():
        if isinstance(event, dict):
            time = event.get("time")
            found.append({} if time is None else time)
    return [each.get(name) for each in found if isinstance(each, dict) for name in TIMES]


def types_of(payload: Any) -> list[Any]:
    """Give the types that normalization names, in order."""
    events = payload.get("events", [payload])
    if not isinstance(events, list):
        return []
    return [event["type"] for event in events if isinstance(event, dict) and "type" in event]


def places(result: Result) -> set[str]:
    """Give the places of what is wrong; of repeated ids, which move, that of them all."""
    return {re.sub("(?<=^/profile/ids)/.*", "", each.instance_location) for each in result}


# Promise 4.


@unhurried
@given(anything, st.sampled_from([None, "events", "source"]))
def test_normalize_is_total(value: Any, name: str | None) -> None:
    """`normalize` is total."""
    payload = value if name is None else {name: value}

    normalized = normalize(payload, now=NOW)

    assert type(normalized) is type(payload)


@unhurried
@given(payloads)
def test_normalize_touches_only_what_it_names(payload: Any) -> None:
    """`normalize` touches only what it names."""
    assert rest_of(payload) == rest_of(normalize(payload, now=NOW))


@unhurried
@given(payloads)
def test_normalize_loses_no_time_and_no_type(payload: Any) -> None:
    """`normalize` loses nothing but the spelling of times and event types."""
    normalized = normalize(payload, now=NOW)

    assert [slug(each) for each in types_of(payload)] == types_of(normalized)
    for before, after in zip(times_of(payload), times_of(normalized), strict=True):
        assert after in ("2023-01-01T00:00:00.000Z", None) if before is None else True
        assert before is None or text(instant(before)) == text(after)


@unhurried
@given(st.lists(st.sampled_from("abcd"), max_size=8))
def test_ids_keep_their_order_and_lose_repetitions(ids: list[str]) -> None:
    """`profile.ids` keeps its order and loses repetitions."""
    payload = normalize({"source": {}, "profile": {"ids": ids}}, now=NOW)

    assert payload["profile"]["ids"] == list(dict.fromkeys(ids))


@unhurried
@given(payloads)
def test_an_event_becomes_the_same_in_any_company(payload: Any) -> None:
    """Whether all events are spelled well is asked at once, and changes nothing but the time."""
    events = payload.get("events") if type(payload.get("events")) is list else [payload]
    together = normalize({"events": events}, now=NOW)["events"]

    alone = [normalize({"events": [event]}, now=NOW)["events"][0] for event in events]
    assert text(alone) == text(together)


# Promise 6.


@unhurried
@given(payloads)
def test_normalize_breaks_no_rule(payload: Any) -> None:
    """A valid payload stays valid after `normalize`: nothing is refused that was not before."""
    checked, validated = VALIDATOR.check(payload, now=NOW), VALIDATOR.validate(payload)

    assert bool(checked) >= bool(validated)
    # Of what is large, no more than the first violation is told, which may be another.
    assert validated.truncated or places(checked) <= places(validated)


# Splitting.


@unhurried
@given(payloads)
def test_events_lose_nothing(payload: Any) -> None:
    """`events` gives each event with source, session and profile of its envelope."""
    shared = {name: payload[name] for name in tracardi._ENVELOPE if name in payload}
    events = payload.get("events")
    entries = [each for each in events if type(each) is dict] if type(events) is list else []

    split = tracardi.events({"source": None, **payload, "events": events})

    assert split == [{**each, "source": None, **shared} for each in entries]


# Versions.

#: Names that 1-0-1 knows, or of which its descriptions tell, and 1-0-0 does not.
new_names = st.sampled_from(
    [
        *["saveEvents", "saveProfile", "profile", "fire", "async", "asBeacon", "context"],
        *["device", "request", "metadata", "profile_less", "debug", "id", "page", "ids"],
    ]
)
open_objects = st.fixed_dictionaries(
    dict.fromkeys(
        ["context", "properties", "options"], st.dictionaries(new_names, JSON_VALUES, max_size=3)
    )
)


@pytest.mark.parametrize("name", ["tracker_payload", "event_payload"])
@settings(unhurried, max_examples=20)
@given(data=st.data())
def test_addition_accepts_what_was_accepted(name: str, data: st.DataObject) -> None:
    """Names inside objects that were open gain no type: they may hold anything in 1-0-0."""
    uri = f"iglu:com.tracardi/{name}/jsonschema/"
    document = data.draw(from_schema(f"{uri}1-0-0"))
    for holder in [document, *document.get("events", [])]:
        holder.update(data.draw(open_objects))

    assert VALIDATOR.validate(document, f"{uri}1-0-0").violations == ()
    assert VALIDATOR.validate(document, f"{uri}1-0-1").violations == ()
