"""The Tracardi tracker payload and event payload: what they are made of, and what it becomes.

Sources: Tracardi's documentation of the event payload; its model of both (tracardi/domain/payload)
for what its server makes of what is absent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from validator.errors import WrongUse
from validator.guard import question
from validator.normalizer import RFC_3339, SLUG, instant, slug, timestamp
from validator.results import JSON, Path

__all__ = [
    "EVENT_PAYLOAD",
    "TRACKER_PAYLOAD",
    "events",
    "is_event_payload",
    "is_tracker_payload",
    "normalize",
    "parts",
    "settle",
]

#: Judges a tracker payload where no schema is named.
TRACKER_PAYLOAD = "iglu:com.tracardi/tracker_payload/jsonschema/1-*-*"
#: Judges an event payload where no schema is named.
EVENT_PAYLOAD = "iglu:com.tracardi/event_payload/jsonschema/1-*-*"

_TIMES = ("insert", "create", "update")
_TIME = {"type": ["string", "null"], "pattern": f"^{RFC_3339}$"}
#: Whether all events of a list are spelled as they should be: most are, and asking the engine once
#: costs a third of asking two regular expressions for each event.
_all_spelled = question(
    {
        "items": {
            "properties": {
                "type": {"type": "string", "pattern": f"^{SLUG}$"},
                "time": {"properties": dict.fromkeys(_TIMES, _TIME)},
            }
        }
    }
)
_ENVELOPE = ("source", "session", "profile")


def is_tracker_payload(document: JSON) -> bool:
    """Whether it is an object with `events`, or with `source` and no `type`."""
    return type(document) is dict and (
        "events" in document or ("source" in document and "type" not in document)
    )


def is_event_payload(document: JSON) -> bool:
    """Whether it is an object with `type` and `source`, and no tracker payload."""
    return (
        type(document) is dict
        and "type" in document
        and "source" in document
        and "events" not in document
    )


def normalize(payload: JSON, *, now: datetime | None = None) -> JSON:
    """Give a tracker payload or an event payload as it should have been sent.

    Event types become slugs, times RFC 3339; `time.insert` is `now` where it is absent or null, and
    so is that of session's and profile's `metadata` where they have one; absent or null `context`,
    `properties`, `options` and `tags` become empty; `profile.ids` loses repetitions. All else
    stays, and so does what can't be read. What is given is not changed; the two share what needed
    no change. What is neither payload is given back.

    :raises WrongUse: if `now` is no datetime with a time zone.
    """
    moment = timestamp(now)
    if not (is_tracker_payload(payload) or is_event_payload(payload)):
        return payload
    return settle(_copy(payload), moment)


def _copy(payload: dict[str, JSON]) -> dict[str, JSON]:
    """Copy what `settle` changes, and nothing else."""
    copied: dict[str, JSON] = _copy_with(payload, "time")
    for name in ("session", "profile"):
        if name in payload:
            copied[name] = _copy_with(payload[name], "metadata")
    if type(entries := payload.get("events")) is list:
        copied["events"] = [_copy_with(entry, "time") for entry in entries]
    return copied


def _copy_with(value: JSON, name: str) -> JSON:
    """Copy an object, and the object that it has under a name; anything else is given back."""
    if type(value) is not dict:
        return value
    copied = value.copy()
    if type(member := value.get(name)) is dict:
        copied[name] = member.copy()
    return copied


def settle(payload: dict[str, JSON], moment: str) -> dict[str, JSON]:
    """Normalize a payload in place: for one that nobody else holds, such as one just decoded."""
    for name in ("session", "profile"):
        if type(entity := payload.get(name)) is dict:
            _settle_metadata(entity.get("metadata"), moment)
            if name == "profile" and type(ids := entity.get("ids")) is list:
                entity["ids"] = _without_repetitions(ids)
    if not is_tracker_payload(payload):
        _settle_event(payload, moment)
        return payload
    for name in ("properties", "options", "context"):
        if payload.get(name) is None:
            payload[name] = {}
    entries = payload.get("events")
    if type(entries) is list:
        spelled = _are_spelled(entries)
        for entry in entries:
            if type(entry) is dict:
                _settle_event(entry, moment, spelled=spelled)
    return payload


def _are_spelled(entries: list[JSON]) -> bool:
    try:
        return _all_spelled(entries)
    except ValueError:  # Something in it is not JSON: what is can still be respelled.
        return False


def _settle_event(event: dict[str, JSON], moment: str, *, spelled: bool = False) -> None:
    if not spelled:
        _respell(event, "type", slug)
    if (time := event.get("time")) is None:
        event["time"] = {"insert": moment}
    elif type(time) is dict:
        if not spelled:
            _respell_times(time)
        if time.get("insert") is None:
            time["insert"] = moment
    # Name by name: this runs for every event, and a loop over the names costs a quarter more.
    if event.get("properties") is None:
        event["properties"] = {}
    if event.get("options") is None:
        event["options"] = {}
    if event.get("context") is None:
        event["context"] = {}
    if event.get("tags") is None:
        event["tags"] = []


def _respell(of: dict[str, JSON], name: str, spelling: Callable[[JSON], JSON]) -> None:
    if name in of:
        of[name] = spelling(of[name])


def _respell_times(times: dict[str, JSON]) -> None:
    for name in _TIMES:
        _respell(times, name, instant)


def _settle_metadata(metadata: JSON, moment: str) -> None:
    if type(metadata) is dict:
        _respell_times(metadata)
        if metadata.get("insert") is None:
            metadata["insert"] = moment


def _without_repetitions(ids: list[JSON]) -> list[JSON]:
    """Keep the first of each text, in order, and all that is no text."""
    seen: set[str] = set()
    kept: list[JSON] = []
    for each in ids:
        if type(each) is str:
            if each in seen:
                continue
            seen.add(each)
        kept.append(each)
    return kept


def events(payload: JSON) -> list[JSON]:
    """Give each event of a tracker payload as an event payload of its own.

    It has the event's own names, and its own copies of the envelope's source, session and profile;
    what is deeper is shared. An entry that is no object is passed over, as is everything where
    there are no events.

    :raises WrongUse: if it is no tracker payload.

    >>> events({"source": {"id": "s"}, "session": None, "profile": None, "events": [{"type": "a"}]})
    [{'type': 'a', 'source': {'id': 's'}, 'session': None, 'profile': None}]
    """
    if not is_tracker_payload(payload):
        message = "events takes a tracker payload: an object with events"
        raise WrongUse(message)
    envelope = {name: payload[name] for name in _ENVELOPE if name in payload}
    entries = payload.get("events")
    if type(entries) is not list:
        return []
    return [{**entry, **_copies(envelope)} for entry in entries if type(entry) is dict]


def _copies(envelope: dict[str, JSON]) -> dict[str, JSON]:
    return {
        name: entity.copy() if type(entity) is dict else entity for name, entity in envelope.items()
    }


def parts(payload: dict[str, JSON]) -> Iterator[tuple[Path, JSON]]:
    """Give the properties that a payload's events, and it itself, hold, each with its place."""
    if properties := payload.get("properties"):
        yield ("properties",), properties
    entries = payload.get("events")
    if type(entries) is list:
        for index, entry in enumerate(entries):
            if type(entry) is dict and (properties := entry.get("properties")):
                yield ("events", index, "properties"), properties
