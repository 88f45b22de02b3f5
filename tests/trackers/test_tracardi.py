"""What becomes of a Tracardi payload: the cases of fixtures/normalization, and the parts it has."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from validator import Validator, WrongUse, normalize
from validator.results import JSON
from validator.trackers import tracardi

FOLDER = Path(__file__).parents[2] / "fixtures" / "normalization"
CASES = sorted(FOLDER.glob("payload_*.json"))
NOW = datetime(2023, 1, 1, 12, tzinfo=UTC)
MOMENT = "2023-01-01T12:00:00.000Z"
EVENT = {
    "type": "page-view",
    "time": {"insert": MOMENT},
    "properties": {},
    "options": {},
    "context": {},
    "tags": [],
}


def text(value: JSON) -> str:
    """Write JSON so that 1, 1.0 and true differ, and the order of names does not matter."""
    return json.dumps(value, sort_keys=True)


def nested(levels: int) -> JSON:
    """Give arrays in each other."""
    value: JSON = []
    for _ in range(levels):
        value = [value]
    return value


# normalize


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_normalizes(path: Path) -> None:
    """A payload becomes what its case says; what was given is what it was."""
    case = json.loads(path.read_bytes())
    given = copy.deepcopy(case["given"])

    becomes = normalize(given, now=datetime.fromisoformat(case["now"]))

    assert text(case["becomes"]) == text(becomes)
    assert case["given"] == given


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_normalizes_bytes_alike(path: Path) -> None:
    """What is decoded and settled in place becomes the same as a copy."""
    case = json.loads(path.read_bytes())
    now = datetime.fromisoformat(case["now"])

    result = Validator().check(json.dumps(case["given"]).encode(), now=now)

    assert text(case["becomes"]) == text(result.payload)


def rows(table: str) -> list[object]:
    """Give the rows of a table of spellings, each with its description for an id."""
    each_row = json.loads((FOLDER / table).read_bytes())
    return [pytest.param(row, id=row["description"]) for row in each_row]


@pytest.mark.parametrize("row", rows("slugs.json"))
def test_spells_the_type_of_a_lone_event(row: JSON) -> None:
    """One type that needs another spelling is found among none that does."""
    payload = normalize({"events": [{"type": row["given"]}]}, now=NOW)

    assert text(row["becomes"]) == text(payload["events"][0]["type"])


@pytest.mark.parametrize("row", rows("times.json"))
@pytest.mark.parametrize("name", ["insert", "create", "update"])
def test_spells_the_time_of_a_lone_event(name: str, row: JSON) -> None:
    """One time that needs another spelling is found among none that does."""
    payload = normalize({"events": [{"time": {name: row["given"]}}]}, now=NOW)

    becomes = MOMENT if name == "insert" and row["given"] is None else row["becomes"]
    assert text(becomes) == text(payload["events"][0]["time"][name])


def test_inserts_this_moment() -> None:
    """Without `now`, the time of insertion is that of the clock, in UTC."""
    before = datetime.now(UTC).replace(microsecond=0)

    payload = normalize({"type": "page-view", "source": {"id": "s"}})

    inserted = datetime.fromisoformat(payload["time"]["insert"])
    assert before <= inserted <= datetime.now(UTC)


def test_inserts_one_moment() -> None:
    """All times that are put into one payload are the same."""
    entity = {"id": "a", "metadata": {}}
    payload = normalize({"session": entity, "profile": entity, "events": [{}, {}]})

    times = [payload["session"]["metadata"], payload["profile"]["metadata"]]
    times += [event["time"] for event in payload["events"]]
    assert len({each["insert"] for each in times}) == 1


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param(object(), id="an object of no JSON type"),
        pytest.param({"type": b"Page View"}, id="bytes for a type"),
        pytest.param({"type": "Page \ud800"}, id="half of a surrogate pair in a type"),
        pytest.param({"\ud800": None}, id="half of a surrogate pair in a name"),
        pytest.param({1: None}, id="a number for a name"),
        pytest.param({"time": {"insert": {1, 2}}}, id="a set for a time"),
        pytest.param({"time": {"insert": 10**5000}}, id="a number of 5,000 digits for a time"),
        pytest.param({"time": {"create": nested(50_000)}}, id="50,000 levels for a time"),
        pytest.param({"properties": nested(50_000)}, id="50,000 levels of properties"),
        pytest.param({"type": nested(50_000)}, id="50,000 levels for a type"),
    ],
)
def test_normalizes_beside_what_is_no_json(odd: JSON) -> None:
    """Something that is no JSON keeps no other event from being normalized."""
    payload = normalize({"events": [odd, {"type": "Page View"}]}, now=NOW)

    assert payload["events"][1] == EVENT


def test_normalizes_events_within_events_of_events() -> None:
    """Payloads in payloads, ten thousand deep, are copied no deeper than they are settled."""
    payload: JSON = {"events": []}
    for _ in range(10_000):
        payload = {"events": [payload]}

    (outer,) = normalize(payload, now=NOW)["events"]

    assert outer["events"] is payload["events"][0]["events"]


def test_normalizes_an_event_that_stands_in_two_places() -> None:
    """One object that is two events becomes two, and stays as it was."""
    event = {"type": "Page View"}

    first, second = normalize({"events": [event, event]}, now=NOW)["events"]

    assert first == second == EVENT
    assert first is not second
    assert event == {"type": "Page View"}


def test_settles_in_place() -> None:
    """A payload that nobody else holds is changed itself."""
    payload = {"source": {"id": "s"}, "events": [{"type": "Page View"}]}

    assert tracardi.settle(payload, MOMENT) is payload
    assert payload["events"] == [EVENT]


@pytest.mark.parametrize(
    "document", [None, "Page View", 1, [], {}, {"type": "Page View"}, {"session": None}]
)
def test_gives_back_what_is_no_payload(document: JSON) -> None:
    """What is neither payload is given back itself."""
    assert tracardi.normalize(document) is document


@pytest.mark.parametrize("document", [{"events": []}, None])
def test_refuses_a_moment_without_zone(document: JSON) -> None:
    """`now` needs a time zone, whatever is to be normalized."""
    with pytest.raises(WrongUse, match="time zone"):
        tracardi.normalize(document, now=datetime(2023, 1, 1))  # noqa: DTZ001  # the case


# events


def test_gives_each_event_its_envelope() -> None:
    """Each event has its own names, and source, session and profile of the payload, in order."""
    envelope = {"source": {"id": "web"}, "session": {"id": "s"}, "profile": None}
    entries: list[JSON] = [{"type": "a", "tags": ["x"]}, {"type": "b", "time": {"create": None}}]

    events = tracardi.events({**envelope, "context": {"tz": "UTC"}, "events": entries})

    assert events == [{**entries[0], **envelope}, {**entries[1], **envelope}]


def test_gives_the_envelope_of_the_payload() -> None:
    """Source, session and profile are those of the payload, also where an event has others."""
    payload = {"source": {"id": "web"}, "events": [{"source": {"id": "x"}, "profile": "mine"}]}

    assert tracardi.events(payload) == [{"source": {"id": "web"}, "profile": "mine"}]


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param(None, id="null"),
        pytest.param(5, id="a number"),
        pytest.param(True, id="a boolean"),
        pytest.param("ab", id="a text"),
        pytest.param({"type": "a"}, id="an object"),
        pytest.param([], id="an empty array"),
        pytest.param([None, "a", ["a"], 5], id="an array without objects"),
    ],
)
def test_gives_no_events_where_there_are_none(entries: JSON) -> None:
    """Entries that are no objects, and events that are no array, are passed over."""
    assert tracardi.events({"source": {"id": "s"}, "events": entries}) == []


def test_gives_no_events_without_events() -> None:
    """A tracker payload need not have events."""
    assert tracardi.events({"source": {"id": "s"}}) == []


@pytest.mark.parametrize("document", [None, [], b"{}", {}, {"type": "a", "source": {"id": "s"}}])
def test_refuses_to_split_what_is_no_tracker_payload(document: JSON) -> None:
    """Only a tracker payload has events."""
    with pytest.raises(WrongUse, match="tracker payload"):
        tracardi.events(document)


# parts


@pytest.mark.parametrize(
    ("payload", "places"),
    [
        pytest.param({"properties": {"a": 1}}, {("properties",): {"a": 1}}, id="of the payload"),
        pytest.param(
            {"properties": [1], "events": [{"properties": {"a": 1}}, None, {"properties": "x"}]},
            {
                ("properties",): [1],
                ("events", 0, "properties"): {"a": 1},
                ("events", 2, "properties"): "x",
            },
            id="of the payload and of its events",
        ),
        pytest.param({"properties": None, "events": [{}, {"properties": {}}]}, {}, id="none"),
        pytest.param({"events": {"properties": {"a": 1}}}, {}, id="events that are no array"),
    ],
)
def test_gives_the_properties(payload: JSON, places: JSON) -> None:
    """Properties of a payload and of its events are given, each with its place."""
    assert places == dict(tracardi.parts(payload))


def test_events_have_envelopes_of_their_own() -> None:
    """What is changed in one event changes no other, nor the payload."""
    payload = {"source": {"id": "s"}, "session": None, "profile": None, "events": [{}, {}]}
    first, second = tracardi.events(payload)
    first["source"]["id"] = "changed"
    assert second["source"] == payload["source"] == {"id": "s"}
