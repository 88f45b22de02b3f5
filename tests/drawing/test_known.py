"""Documents of schemas that say too little: events that make sense, and schemas."""

from __future__ import annotations

import json
from typing import Any

import pytest

from validator import Registry, SchemaKey, Validator
from validator.drawing.choices import Seeded
from validator.drawing.known import known
from validator.drawing.realistic import realistic

VENDOR = "com.snowplowanalytics.snowplow"
NORMALIZED = "org.eventpayload.snowplow"
EVENTS = [
    *("page_view", "page_ping", "structured_event", "self_describing_event", "transaction"),
    *("transaction_item", "ad_impression"),
]


def key(vendor: str, name: str, version: str = "1-0-0") -> SchemaKey:
    """Give a key."""
    return SchemaKey.parse(f"iglu:{vendor}/{name}/jsonschema/{version}")


def drawn(of: SchemaKey | None, seed: int = 0) -> Any:
    """Draw a document whose data is of the packaged schemas."""
    choices = Seeded(seed)
    return known(of, choices, lambda uri: realistic(uri).document(choices))


@pytest.mark.parametrize("version", [f"1-0-{addition}" for addition in range(5)])
def test_requests(version: str) -> None:
    """A request is accepted by `check`, with all that its events hold, and has what it may have."""
    judge = Validator()
    of = key(VENDOR, "payload_data", version)
    kinds = set()
    for seed in range(30):
        events = drawn(of, seed)
        result = judge.check({"schema": str(of), "data": events})
        assert result
        assert 1 <= len(events) <= 3
        assert len(result.events) == len(events)
        kinds |= {each["e"] for each in events}
        assert ("stm" in events[0]) == (version >= "1-0-3")
    assert kinds == {"pv", "pp", "se", "ue"}


def test_queries() -> None:
    """A query is one event."""
    judge = Validator()
    assert all(judge.check(drawn(key(NORMALIZED, "query"), seed)) for seed in range(30))


@pytest.mark.parametrize("name", EVENTS)
def test_normalized_events(name: str) -> None:
    """A normalized event is of its kind."""
    judge = Validator()
    for seed in range(5):
        event = drawn(key(NORMALIZED, name), seed)
        assert judge.validate(event, str(key(NORMALIZED, name)))
        assert event["contexts"]["data"][0]["data"]


def test_several_normalized_events() -> None:
    """What a request becomes is what `check` makes of it."""
    of = key(NORMALIZED, "events")
    events = drawn(of)
    assert Validator().check({"schema": str(of), "data": events})
    assert {each["schema"].split("/")[1] for each in events} <= {*EVENTS}


def test_schemas() -> None:
    """A schema is one that judges."""
    of = key("com.snowplowanalytics.self-desc", "schema")
    for seed in range(10):
        schema = drawn(of, seed)
        assert Validator().validate({"email": "a", "total": 1, "plan": "b"}, schema).violations
        assert Validator().validate(schema, str(of))
        json.dumps(schema)


def test_of_others_nothing_is_known() -> None:
    """Of all other schemas, nothing is known by their names."""
    keys = Registry().keys()
    knows = [each for each in keys if drawn(each) is not None]
    assert {each.name for each in knows} == {
        *EVENTS,
        *("payload_data", "query", "events", "schema"),
    }
    assert {each.vendor for each in knows} == {
        VENDOR,
        NORMALIZED,
        "com.snowplowanalytics.self-desc",
    }
    assert drawn(None) is None
