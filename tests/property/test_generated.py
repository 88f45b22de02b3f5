"""What holds of documents that hypothesis-jsonschema generates from a schema.

These tests are by themselves because hypothesis-jsonschema does not work with the newest
hypothesis: all others run with it (see noxfile.py).
"""

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis_jsonschema import from_schema

from validator import Cached, Directory, Packaged, Registry, SchemaKey, Validator, normalize
from validator.trackers import tracardi

_EXAMPLES = Path(__file__).parents[2] / "fixtures" / "registry"
_REGISTRY = Registry(Cached(Packaged()), Cached(Directory(_EXAMPLES)))
_VALIDATOR = Validator(registry=_REGISTRY)
_PLAIN = Validator(registry=_REGISTRY, formats="annotate")
_NOW = datetime(2023, 1, 1, tzinfo=UTC)

#: For documents made from a whole schema, which take long to draw.
_generous = settings(deadline=None, max_examples=5, suppress_health_check=list(HealthCheck))
_each_version = pytest.mark.parametrize("version", ["1-0-0", "1-0-1"])
_each_name = pytest.mark.parametrize("name", ["tracker_payload", "event_payload"])


def _draft_04(uri: str) -> dict[str, Any]:
    """Give a schema as plain draft-04, by which hypothesis-jsonschema knows the dialect."""
    schema: dict[str, Any] = orjson.loads(_REGISTRY.read(SchemaKey.parse(uri)))
    return {**schema, "$schema": "http://json-schema.org/draft-04/schema#"}


@cache
def _generated(uri: str) -> st.SearchStrategy[Any]:
    """Draw documents of a schema."""
    return from_schema(_draft_04(uri))


@cache
def _valid(uri: str) -> st.SearchStrategy[Any]:
    """Draw documents of a schema, but for integers past 64 bits, which no document may hold."""
    return _generated(uri).filter(lambda document: bool(_VALIDATOR.validate(document, uri)))


@pytest.mark.parametrize(
    "uri",
    [
        "iglu:com.acme/note/jsonschema/1-0-0",
        "iglu:com.acme/user/jsonschema/1-0-0",
        "iglu:com.games_company/save_game/jsonschema/1-0-0",
        "iglu:com.games_company/save_game/jsonschema/1-0-1",
        "iglu:com.games_company/save_game/jsonschema/1-0-2",
    ],
)
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_both_find_them_valid(uri: str, data: st.DataObject) -> None:
    """A document generated from a schema is valid, to us and to the reference implementation."""
    document = data.draw(_generated(uri))

    assert _PLAIN.validate(json.dumps(document).encode(), uri)
    assert jsonschema.Draft4Validator(_draft_04(uri)).is_valid(document)


@_each_version
@_each_name
@_generous
@given(data=st.data())
def test_valid_stays_valid(name: str, version: str, data: st.DataObject) -> None:
    """A valid payload stays valid after `normalize`."""
    uri = f"iglu:com.tracardi/{name}/jsonschema/{version}"

    normalized = normalize(data.draw(_valid(uri)), now=_NOW)

    assert _VALIDATOR.validate(normalized, uri).violations == ()


@_each_version
@_generous
@given(data=st.data())
def test_events_of_a_valid_payload_are_valid(version: str, data: st.DataObject) -> None:
    """`events` gives each event as an event payload of its own."""
    payload = data.draw(_valid(f"iglu:com.tracardi/tracker_payload/jsonschema/{version}"))

    events = tracardi.events(payload)

    uri = f"iglu:com.tracardi/event_payload/jsonschema/{version}"
    assert [_VALIDATOR.validate(event, uri).violations for event in events] == [()] * len(events)


#: Names that 1-0-1 knows, or of which its descriptions tell, and 1-0-0 does not.
_NEW_NAMES = st.sampled_from(
    [
        *["saveEvents", "saveProfile", "profile", "fire", "async", "asBeacon", "context"],
        *["device", "request", "metadata", "profile_less", "debug", "id", "page", "ids"],
    ]
)
_NEW_VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 5), st.text(), st.lists(st.text()), st.just({})
)


@_each_name
@settings(deadline=None, max_examples=10, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_addition_accepts_what_was_accepted(name: str, data: st.DataObject) -> None:
    """Names inside objects that were open gain no type: they may hold anything in 1-0-0."""
    uri = f"iglu:com.tracardi/{name}/jsonschema/"
    document = data.draw(_valid(f"{uri}1-0-0"))
    for holder in [document, *document.get("events", [])]:
        for open_object in ("context", "properties", "options"):
            holder[open_object] = data.draw(st.dictionaries(_NEW_NAMES, _NEW_VALUES, max_size=3))

    assert _VALIDATOR.validate(document, f"{uri}1-0-0").violations == ()
    assert _VALIDATOR.validate(document, f"{uri}1-0-1").violations == ()
