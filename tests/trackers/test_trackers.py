"""What a document is taken for, and which parts of it name schemas of their own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from validator import SchemaCriterion, Validator, WrongUse, normalize, trackers
from validator.results import JSON

NOW = datetime(2023, 1, 1, tzinfo=UTC)
SNOWPLOW = "iglu:com.snowplowanalytics.snowplow"
OWN = "iglu:org.eventpayload.snowplow"
NOTE = {"schema": "iglu:com.acme/note/jsonschema/1-0-0", "data": {"text": "x"}}


class Subclass(dict[str, JSON]):
    """A dict of another type, which may do anything when it is read."""


@pytest.mark.parametrize(
    ("document", "name"),
    [
        pytest.param(NOTE, "self-describing data", id="schema and data"),
        pytest.param(
            {**NOTE, "events": [], "source": {}}, "self-describing data", id="with events besides"
        ),
        pytest.param(
            {"schema": "iglu:", "data": None}, "self-describing data", id="a URI that is none"
        ),
        pytest.param({"events": []}, "Tracardi tracker payload", id="events alone"),
        pytest.param({"events": None}, "Tracardi tracker payload", id="events that are null"),
        pytest.param({"source": None}, "Tracardi tracker payload", id="source alone"),
        pytest.param(
            {"events": 1, "type": "a", "source": {}}, "Tracardi tracker payload", id="with a type"
        ),
        pytest.param(
            {"schema": "http://x", "data": 1, "events": []},
            "Tracardi tracker payload",
            id="a schema that is not Iglu's",
        ),
        pytest.param(
            {"type": None, "source": None}, "Tracardi event payload", id="type and source"
        ),
        pytest.param(
            {"schema": f"{SNOWPLOW}/payload_data/jsonschema/1-0-4", "data": []},
            "Snowplow request",
            id="payload_data",
        ),
        pytest.param(
            {"schema": f"{SNOWPLOW}/payload_data/", "data": None},
            "Snowplow request",
            id="payload_data of no version",
        ),
        pytest.param(
            {"schema": f"{SNOWPLOW}/payload_data2/jsonschema/1-0-4", "data": []},
            "self-describing data",
            id="a name that begins alike",
        ),
        pytest.param(
            {"schema": f"{SNOWPLOW}/contexts/jsonschema/1-0-0", "data": []},
            "self-describing data",
            id="another of Snowplow's",
        ),
        pytest.param(
            {"schema": f"{OWN}/events/jsonschema/1-0-0", "data": []},
            "Snowplow request",
            id="normalized events",
        ),
        pytest.param(
            {"schema": f"{OWN}/page_view/jsonschema/1-0-0", "data": {}, "e": "pv"},
            "Snowplow request",
            id="a normalized event",
        ),
        pytest.param({"e": "pv"}, "Snowplow query", id="e alone"),
        pytest.param({"e": ""}, "Snowplow query", id="an empty e"),
        pytest.param({"e": "pv", "data": 1, "schema": 1}, "Snowplow query", id="with others"),
        pytest.param({**NOTE, "e": "pv"}, "self-describing data", id="e and a schema"),
        pytest.param({"e": "pv", "source": 1}, "Tracardi tracker payload", id="e and source"),
        pytest.param({"e": None}, None, id="an e that is no text"),
        pytest.param([{"e": "pv"}], None, id="an array of them"),
        pytest.param({"type": "a"}, None, id="type alone"),
        pytest.param({"session": {}, "profile": {}}, None, id="session and profile"),
        pytest.param({"schema": NOTE["schema"]}, None, id="schema alone"),
        pytest.param({"schema": 1, "data": 1}, None, id="a schema that is no text"),
        pytest.param({}, None, id="an empty object"),
        pytest.param([{"events": []}], None, id="an array"),
        pytest.param("events", None, id="a text"),
        pytest.param(None, None, id="null"),
        pytest.param(Subclass(events=[]), None, id="a subclass of dict"),
    ],
)
def test_recognizes(document: JSON, name: str | None) -> None:
    """The first family that fits is a document's; what fits none has none."""
    family = trackers.recognize(document)

    assert name == (family and family.name)


def test_every_family_is_listed_once() -> None:
    """Families have names of their own, and self-describing data is one of them."""
    names = [family.name for family in trackers.FAMILIES]

    assert len(set(names)) == len(names)
    assert trackers.SELF_DESCRIBING in trackers.FAMILIES


@pytest.mark.parametrize(
    "family",
    [family for family in trackers.FAMILIES if isinstance(family, trackers.Payload)],
    ids=lambda family: family.name,
)
def test_names_schemas_that_are_packaged(family: trackers.Payload) -> None:
    """The criterion of each family fits a schema that the package ships."""
    key = Validator().compile(SchemaCriterion.parse(family.criterion))

    assert key is not None


@pytest.mark.parametrize("document", [NOTE, {"type": "Page View"}, [], None, "x"])
def test_gives_back_what_it_does_not_normalize(document: JSON) -> None:
    """Self-describing data, and what is of no family, is given back itself."""
    assert normalize(document, now=NOW) is document


@pytest.mark.parametrize(
    "document",
    [
        NOTE,
        {"events": []},
        {"type": "a", "source": {}},
        {"e": "pv"},
        {"schema": f"{SNOWPLOW}/payload_data/jsonschema/1-0-4", "data": None},
        {"schema": f"{OWN}/events/jsonschema/1-0-0", "data": []},
        None,
    ],
    ids=[
        "self-describing data",
        "tracker payload",
        "event payload",
        "query",
        "request",
        "normalized",
        "of no family",
    ],
)
def test_refuses_a_moment_without_zone(document: JSON) -> None:
    """`now` needs a time zone, whatever the document is."""
    with pytest.raises(WrongUse, match="time zone"):
        normalize(document, now=datetime(2023, 1, 1))  # noqa: DTZ001  # the case


def test_normalizes_by_the_family() -> None:
    """Each kind is normalized in its own way, with the moment and the randomness that are given."""
    request = {"schema": f"{SNOWPLOW}/payload_data/jsonschema/1-0-4", "data": [{"e": "pv"}]}
    event = normalize({"e": "pv"}, now=NOW, randomness=bytes)
    payload = normalize({"events": [{"type": "Page View"}]}, now=NOW)

    assert event["schema"] == f"{OWN}/page_view/jsonschema/1-0-0"
    assert event["data"]["event_id"] == "00000000-0000-4000-8000-000000000000"
    assert event["data"]["collector_tstamp"] == "2023-01-01T00:00:00.000Z"
    assert normalize(request, now=NOW, randomness=bytes)["data"] == [event]
    assert payload["events"][0]["type"] == "page-view"
    assert payload["events"][0]["time"]["insert"] == "2023-01-01T00:00:00.000Z"


def test_settles_self_describing_data_as_it_is() -> None:
    """Self-describing data that was decoded comes out as it went in."""
    result = Validator().check(b'{"schema": "iglu:a/b/jsonschema/1-0-0", "data": null}', now=NOW)

    assert result.payload == {"schema": "iglu:a/b/jsonschema/1-0-0", "data": None}


@pytest.mark.parametrize("properties", [5, True, "x", [5], None])
def test_checks_properties_of_any_type(properties: JSON) -> None:
    """Properties that are no object are reported; looking for parts in them does no harm."""
    event = {"type": "a", "properties": properties}
    envelope = {"source": {"id": "s"}, "session": None, "profile": None}

    result = Validator().check({**envelope, "properties": properties, "events": [event]})

    places = {violation.instance_location for violation in result}
    wrong = {"/properties", "/events/0/properties"}
    assert places == (set() if properties is None else wrong)
