"""What holds of every payload, normalized or split: promises 4, 5 and 6 of the design."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from validator import Result, Validator, normalize
from validator.normalizer import instant, slug
from validator.trackers import tracardi

unhurried = settings(deadline=None, max_examples=60)

FIXTURES = Path(__file__).parents[2] / "fixtures"
NOW = datetime(2023, 1, 1, tzinfo=UTC)
LATER = datetime(2024, 2, 29, 12, tzinfo=UTC)
TIMES = ("insert", "create", "update")
VALIDATOR = Validator()


def given_in(table: str) -> list[Any]:
    """Give what the cases of a table are given."""
    return [case["given"] for case in json.loads((FIXTURES / "normalization" / table).read_bytes())]


# Payloads of every shape: of the names that mean something, and of values that fit them or do not.

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**64 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(),
)
json_values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
objects = st.dictionaries(st.sampled_from(["a", "type", "time", "ids"]), json_values, max_size=2)
times = st.one_of(st.sampled_from(given_in("times.json")), json_values)
types = st.one_of(st.sampled_from(given_in("slugs.json")), st.text(), json_values)
metadata = st.one_of(
    json_values, st.fixed_dictionaries({}, optional=dict.fromkeys([*TIMES, "time"], times))
)
ids = st.lists(st.one_of(st.sampled_from(["a", "b", "1"]), json_values), max_size=5)
entities = st.one_of(
    json_values,
    st.fixed_dictionaries(
        {"id": json_values}, optional={"metadata": metadata, "ids": ids, "x": json_values}
    ),
)
described = {
    "properties": st.one_of(objects, json_values),
    "options": st.one_of(objects, json_values),
    "context": st.one_of(objects, json_values),
}
event_names = {
    "time": metadata,
    **described,
    "tags": json_values,
    "session": entities,
    "events": json_values,
    "id": json_values,
}
envelope = {
    "source": entities,
    "session": entities,
    "profile": entities,
    "metadata": metadata,
    "device": entities,
    "tags": json_values,
    "type": types,
}
entries = st.fixed_dictionaries({"type": types}, optional=event_names)
tracker_payloads = st.fixed_dictionaries(
    {"events": st.one_of(st.lists(st.one_of(entries, json_values), max_size=4), json_values)},
    optional={**envelope, **described, "time": metadata},
)
event_payloads = st.fixed_dictionaries(
    {"type": types, "source": entities},
    optional={
        "session": entities,
        "profile": entities,
        "time": metadata,
        **described,
        "tags": json_values,
    },
)
payloads = st.one_of(tracker_payloads, event_payloads)


# Payloads that are valid, or nearly.

real_payloads = [path.read_bytes() for path in sorted(FIXTURES.glob("payloads/valid/*.json"))]


def containers(value: Any) -> Iterator[Any]:
    """Give an object or array, and all that are in it."""
    if isinstance(value, dict | list):
        yield value
        for member in value.values() if isinstance(value, dict) else value:
            yield from containers(member)


@st.composite
def changed_payloads(draw: st.DrawFn) -> Any:
    """Draw a real payload of which up to three values were replaced."""
    payload = orjson.loads(draw(st.sampled_from(real_payloads)))
    for _ in range(draw(st.integers(0, 3))):
        container = draw(st.sampled_from([each for each in containers(payload) if each]))
        key = draw(st.sampled_from(sorted(container) if type(container) is dict else [0]))
        container[key] = draw(st.one_of(times, types, metadata, entities, ids))
    return payload


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
    st.one_of(oddities, scalars),
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
def test_normalize_is_pure(payload: Any) -> None:
    """`normalize` is pure."""
    before = text(payload)

    normalize(payload, now=NOW)

    assert before == text(payload)


@unhurried
@given(payloads)
def test_normalize_is_idempotent(payload: Any) -> None:
    """`normalize` is idempotent."""
    once = normalize(payload, now=NOW)

    assert text(once) == text(normalize(once, now=LATER))


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
@given(st.lists(st.one_of(entries, json_values), max_size=4))
def test_an_event_becomes_the_same_in_any_company(events: list[Any]) -> None:
    """Whether all events are spelled well is asked at once, and changes nothing but the time."""
    together = normalize({"events": events}, now=NOW)["events"]

    alone = [normalize({"events": [event]}, now=NOW)["events"][0] for event in events]
    assert text(alone) == text(together)


# Promise 5.


@unhurried
@given(payloads)
def test_same_input_same_bytes(payload: Any) -> None:
    """Same input, same clock: same output, byte for byte."""
    one = normalize(payload, now=NOW)
    other = normalize(copy.deepcopy(payload), now=NOW)

    assert orjson.dumps(one) == orjson.dumps(other)


@unhurried
@given(payloads)
def test_bytes_and_objects_become_the_same(payload: Any) -> None:
    """`check` and `validate` take bytes (JSON text) or a Python object."""
    decoded = VALIDATOR.check(orjson.dumps(payload), now=NOW)
    given_over = VALIDATOR.check(payload, now=NOW)

    assert decoded.to_dict() == given_over.to_dict()
    assert text(decoded.payload) == text(given_over.payload)


# Promise 6.


@unhurried
@given(st.one_of(payloads, changed_payloads()))
def test_normalize_breaks_no_rule(payload: Any) -> None:
    """A valid payload stays valid after `normalize`: nothing is refused that was not before."""
    assert places(VALIDATOR.check(payload, now=NOW)) <= places(VALIDATOR.validate(payload))


# Splitting.


@unhurried
@given(st.lists(entries, max_size=4), entities, entities, entities)
def test_events_lose_nothing(events: list[Any], source: Any, session: Any, profile: Any) -> None:
    """`events` gives each event with source, session and profile of its envelope."""
    shared = {"source": source, "session": session, "profile": profile}

    split = tracardi.events({**shared, "events": events})

    assert split == [{**event, **shared} for event in events]
