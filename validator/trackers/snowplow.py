"""What a Snowplow tracker sends, and the events that it becomes.

A request is `payload_data`, whose data is a list of events, or the query of a GET, which is one
event. An event is an object of texts (`canonical` says what each becomes); two of them hold JSON,
plain (`ue_pr`, `co`) or in base64url (`ue_px`, `cx`). Sources: Snowplow's tracker protocol; Enrich
for what its reader makes of it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple, TypeAlias
from uuid import UUID

import attrs

from validator import documents
from validator.errors import WrongUse, shown
from validator.limits import Limits
from validator.normalizer import from_milliseconds, to_milliseconds, written
from validator.results import JSON
from validator.self_describing import SelfDescribingData
from validator.trackers.canonical import (
    DIMENSIONS,
    EVENTS,
    FIELDS,
    OUTRANKED,
    TIMES,
    Rule,
    as_sent,
    derived,
    dimensions,
    milliseconds,
    text,
)
from validator.trackers.encoded import HOLDING, Encoded, open_all, within

__all__ = [
    "EVENTS_SCHEMA",
    "NORMALIZED",
    "PAYLOAD_DATA",
    "QUERY_SCHEMA",
    "Moment",
    "Randomness",
    "Reading",
    "batch",
    "is_query",
    "is_request",
    "is_request_or_events",
    "normalize",
    "parameter_of",
    "read",
]

#: Gives so many random bytes: `os.urandom`, or `random.Random(7).randbytes`.
Randomness: TypeAlias = Callable[[int], bytes]

#: What the body of a POST must be.
PAYLOAD_DATA = "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-*"
#: Judges the query of a GET.
QUERY_SCHEMA = "iglu:org.eventpayload.snowplow/query/jsonschema/1-0-0"
#: Judges several normalized events in one document.
EVENTS_SCHEMA = "iglu:org.eventpayload.snowplow/events/jsonschema/1-0-0"
_OF_PAYLOAD_DATA = "iglu:com.snowplowanalytics.snowplow/payload_data/"
#: What the names of the schemas of normalized events begin with.
NORMALIZED = "iglu:org.eventpayload.snowplow/"
#: For each `event`: the schema of its fields, and the name that Enrich gives it.
_KINDS = {
    "page_view": ("page_view", "com.snowplowanalytics.snowplow/page_view/jsonschema/1-0-0"),
    "page_ping": ("page_ping", "com.snowplowanalytics.snowplow/page_ping/jsonschema/1-0-0"),
    "struct": ("structured_event", "com.google.analytics/event/jsonschema/1-0-0"),
    "unstruct": ("self_describing_event", ""),
    "transaction": ("transaction", "com.snowplowanalytics.snowplow/transaction/jsonschema/1-0-0"),
    "transaction_item": (
        "transaction_item",
        "com.snowplowanalytics.snowplow/transaction_item/jsonschema/1-0-0",
    ),
    "ad_impression": (
        "ad_impression",
        "com.snowplowanalytics.snowplow/ad_impression/jsonschema/1-0-0",
    ),
}
_SCHEMAS = {kind: f"{NORMALIZED}{name}/jsonschema/1-0-0" for kind, (name, _) in _KINDS.items()}
_NAMED = ("event_vendor", "event_name", "event_format", "event_version")
_NAMES = {
    kind: dict(zip(_NAMED, name.split("/"), strict=True))
    for kind, (_, name) in _KINDS.items()
    if name
}
_BYTES_OF_AN_ID = 16
#: Past it, a text is no Iglu URI.
_LONGEST_URI = 500
#: The parameters that are settled by code of their own.
_SETTLED = {"e", *TIMES, *DIMENSIONS, *HOLDING}
_MOST = Limits(bytes=2**62, depth=250)
_LIMITS = within(Limits())


def is_request(document: JSON) -> bool:
    """Whether it is the body of a POST: self-describing data that names `payload_data`."""
    return _names(document, _OF_PAYLOAD_DATA)


def is_query(document: JSON) -> bool:
    """Whether it is the query of a GET as an object: one with `e`, a text."""
    return type(document) is dict and type(document.get("e")) is str


def is_request_or_events(document: JSON) -> bool:
    """Whether it is the body of a POST, or an event, or several, that `normalize` gave."""
    return _names(document, (_OF_PAYLOAD_DATA, NORMALIZED))


def _names(document: JSON, prefixes: str | tuple[str, ...]) -> bool:
    return SelfDescribingData.names_a_schema(document) and document["schema"].startswith(prefixes)


@attrs.frozen
class Moment:
    """When a request was collected, in both spellings that its events need."""

    #: Milliseconds since 1970 in UTC.
    number: int
    #: The same as RFC 3339.
    text: str

    @classmethod
    def of(cls, now: datetime | None) -> Moment:
        """Give a moment; None is this one.

        :raises WrongUse: if it is no datetime with a time zone.
        """
        number = to_milliseconds(now)
        return cls(number, written(number))


class Reading(NamedTuple):
    """An event as it was read."""

    #: The normalized event, self-describing; as it was sent, if `e` does not say what it is.
    event: JSON
    #: Its fields, as far as they could be read.
    fields: dict[str, JSON]
    #: The schema of its fields; None if `e` does not say what it is.
    schema: str | None
    #: What its parameters that hold JSON hold.
    encoded: list[Encoded]


def read(
    events: Sequence[JSON], moment: Moment, randomness: Randomness, limits: Limits
) -> list[Reading]:
    """Read events of the tracker protocol; what can't be read stays as it was sent.

    `limits` are those of what their parameters hold; see `within`.
    """
    opened = open_all(events, limits)
    return [
        _read(sent, mine, moment, randomness)
        if type(sent) is dict
        else Reading(sent, {}, None, mine)
        for sent, mine in zip(events, opened, strict=True)
    ]


def _read(
    sent: dict[str, JSON], encoded: list[Encoded], moment: Moment, randomness: Randomness
) -> Reading:
    texts, unused = sent, {}
    plan = _plan_of(sent)
    data = _spelled(sent, plan) if len(encoded) == plan.holding else None
    if data is None:
        texts = {name: value for name, value in sent.items() if type(value) is str}
        unused = {name: value for name, value in sent.items() if type(value) is not str}
        plan = _plan_of(texts)
        data = _respelled(texts, plan)
    for name, field, rule in plan.ruled:
        if (settled := rule(texts[name])) is not None:
            data[field] = settled
    for name, (width, height) in plan.dimensions:
        data[width], data[height] = dimensions(texts[name])
    for each in encoded:
        if each.field in data:
            unused[each.parameter] = sent[each.parameter]
        else:
            data[each.field] = each.document
    _settle_times(texts, data, moment)
    if plan.others:
        _settle_others(texts, plan.others, data, unused)
    if unused:
        data["unused_parameters"] = unused
    kind = EVENTS.get(texts.get("e", ""))
    if kind is None:
        return Reading(sent, data, None, encoded)
    return Reading(_event(kind, data, randomness), data, _SCHEMAS[kind], encoded)


def _event(kind: str, data: dict[str, JSON], randomness: Randomness) -> JSON:
    """Complete the fields of an event with its kind, its name and, if it has none, an id."""
    data["event"] = kind
    if "event_id" not in data:
        data["event_id"] = _new_id(randomness)
    data.update(_NAMES.get(kind) or _name_of(data.get("unstruct_event")))
    return {"schema": _SCHEMAS[kind], "data": data}


def _new_id(randomness: Randomness) -> str:
    """Make an event id: a UUID of version 4.

    :raises WrongUse: if what should be random is not so many bytes.
    """
    is_function = callable(randomness)
    given = randomness(_BYTES_OF_AN_ID) if is_function else randomness
    if not is_function or type(given) is not bytes or len(given) != _BYTES_OF_AN_ID:
        message = f"randomness is a function that gives as many bytes as asked, not {shown(given)}"
        raise WrongUse(message)
    return str(UUID(bytes=given, version=4))


class _Plan(NamedTuple):
    """What becomes of the parameters of an event, by their names alone."""

    #: Those that are texts, and the fields that they become, in the same order.
    texts: tuple[str, ...]
    fields: tuple[str, ...]
    #: Gives the values of `texts`, and after them those of all others but those that hold JSON.
    values: Callable[[dict[str, JSON]], tuple[JSON, ...]]
    #: How many of them hold JSON.
    holding: int
    #: Those that are read by a rule, each with its field.
    ruled: tuple[tuple[str, str, Rule], ...]
    #: Those that are a width and a height.
    dimensions: tuple[tuple[str, tuple[str, str]], ...]
    #: Those that give way to others, or are unknown.
    others: tuple[str, ...]


#: The rules that leave a text as it is, if it is printable and not empty.
_FOR_TEXTS = (None, as_sent)
#: The plans of events whose parameters are all known, by their names in their order: a tracker
#: sends the same ones over and over. To make one takes longer than to follow it.
_PLANS: dict[tuple[str, ...], _Plan] = {}
_KEPT_PLANS = 256


def _plan_of(sent: dict[str, str]) -> _Plan:
    names = tuple(sent)
    plan = _PLANS.get(names)
    if plan is None:
        plan = _made(names)
        if all(name in FIELDS or name in _SETTLED for name in names):
            if len(_PLANS) >= _KEPT_PLANS:
                _PLANS.clear()
            _PLANS[names] = plan
    return plan


def _made(names: tuple[str, ...]) -> _Plan:
    simple = {name: FIELDS[name] for name in names if name in FIELDS and name not in OUTRANKED}
    texts = tuple(name for name, (_, rule) in simple.items() if rule in _FOR_TEXTS)
    ruled = tuple(
        (name, field, rule)
        for name, (field, rule) in simple.items()
        if rule is not None and name not in texts
    )
    short = [*texts, *(name for name in names if name not in texts and name not in HOLDING)]
    # Of one name, itemgetter would give no tuple: the last stands twice.
    values = itemgetter(*short, short[-1]) if short else lambda _: ()
    return _Plan(
        texts,
        tuple(simple[name][0] for name in texts),
        values,
        len(HOLDING.keys() & set(names)),
        ruled,
        tuple((name, DIMENSIONS[name]) for name in names if name in DIMENSIONS),
        tuple(name for name in names if name not in simple and name not in _SETTLED),
    )


def _spelled(sent: dict[str, JSON], plan: _Plan) -> dict[str, JSON] | None:
    """Give the fields that are texts, if all parameters are texts that need no other spelling.

    As those of most events are: to find that out at once takes a third of asking each of them.
    """
    values = plan.values(sent)
    try:
        if "".join(values).isprintable() and "" not in values:
            return dict(zip(plan.fields, values))  # noqa: B905  # the others come after them
    except TypeError:  # one of them is no text
        pass
    return None


def _respelled(texts: dict[str, str], plan: _Plan) -> dict[str, JSON]:
    """Give the fields that are texts, spelled as they should be."""
    return {
        field: settled
        for name, field in zip(plan.texts, plan.fields, strict=True)
        if (settled := (FIELDS[name][1] or text)(texts[name])) is not None
    }


def _settle_others(
    texts: dict[str, str],
    others: tuple[str, ...],
    data: dict[str, JSON],
    unused: dict[str, JSON],
) -> None:
    """Settle the parameters that give way to others, or that the protocol does not know."""
    for name in others:
        field, rule = FIELDS.get(name, ("", None))
        if not field or field in data:
            unused[name] = texts[name]
        elif (settled := (rule or text)(texts[name])) is not None:
            data[field] = settled


def _settle_times(texts: dict[str, str], data: dict[str, JSON], moment: Moment) -> None:
    """Settle the three times that a tracker sends, and the two that are not sent."""
    created = at_sending = true = None
    if (value := texts.get("dtm")) is not None:
        created = milliseconds(value)
        data["dvce_created_tstamp"] = value if created is None else written(created)
    if (value := texts.get("stm")) is not None:
        at_sending = milliseconds(value)
        data["dvce_sent_tstamp"] = value if at_sending is None else written(at_sending)
    if (value := texts.get("ttm")) is not None:
        true = milliseconds(value)
        data["true_tstamp"] = value if true is None else written(true)
    happened = derived(true, at_sending, created, moment.number)
    data["collector_tstamp"] = moment.text
    # The number itself where it is of no year that can be written: a schema refuses it.
    data["derived_tstamp"] = from_milliseconds(happened) or str(happened)


def _name_of(unstruct_event: JSON) -> dict[str, str]:
    """Give the name of a self-describing event: that of the schema of what it holds."""
    try:
        name = unstruct_event["data"]["schema"]
        return _parts_of(name) if len(name) < _LONGEST_URI else {}
    except (KeyError, TypeError):  # it holds nothing that is self-describing
        return {}


@lru_cache(maxsize=1024)
def _parts_of(name: str) -> dict[str, str]:
    """Give the parts of the name of a schema as the fields that they become; not to be changed."""
    parts = name.removeprefix("iglu:").split("/") if type(name) is str else []
    return dict(zip(_NAMED, parts, strict=True)) if len(parts) == len(_NAMED) else {}


def parameter_of(field: str, sent: dict[str, JSON]) -> str | None:
    """Give the parameter of an event that became a field; None if there is none."""
    names = [name for name in _PARAMETERS.get(field, ()) if name in sent]
    # One that has a value, if any has.
    return next((name for name in names if sent[name]), names[0] if names else None)


def _parameters() -> dict[str, list[str]]:
    """Give the parameters of each field, those that outrank others first."""
    found: dict[str, list[str]] = {}
    for name, field in (*((name, field) for name, (field, _) in FIELDS.items()), *HOLDING.items()):
        found.setdefault(field, []).append(name)
    for names in found.values():
        names.sort(key=lambda name: name in OUTRANKED)
    found.update((field, [name]) for name, field in TIMES.items())
    found.update((field, [name]) for name, fields in DIMENSIONS.items() for field in fields)
    return found


_PARAMETERS = _parameters()


def batch(events: list[JSON]) -> dict[str, JSON]:
    """Give several normalized events as one self-describing document."""
    return {"schema": EVENTS_SCHEMA, "data": events}


def _is_json(document: JSON) -> bool:
    """Whether an object can be read: a subclass of a JSON type may do anything when it is."""
    try:
        documents.admit(document, _MOST)
    except documents.Refused:
        return False
    return True


def normalize(
    document: JSON, *, now: datetime | None = None, randomness: Randomness = os.urandom
) -> JSON:
    """Give a request as the events that it becomes; an event that is one already stays.

    A query becomes an event, a body several in one document; one without events stays, which
    `check` refuses. What can't be read stays as it is. An event without an id gets one of
    `randomness`. What is given is not changed.

    :raises WrongUse: if `now` is no datetime with a time zone, or `randomness` gives no bytes.
    """
    moment = Moment.of(now)
    if not _is_json(document):
        return document
    if is_request(document) and type(sent := document["data"]) is list and sent:
        return batch([each.event for each in read(sent, moment, randomness, _LIMITS)])
    if is_query(document) and not is_request_or_events(document):
        return read([document], moment, randomness, _LIMITS)[0].event
    return document
