"""What trackers send: recognised, normalized, and split into parts that name their schemas.

Trackers know shapes, not schemas: nothing here looks a schema up.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime

import attrs

from validator.normalizer import timestamp
from validator.results import JSON, Path
from validator.self_describing import SelfDescribingData
from validator.trackers import snowplow, tracardi
from validator.trackers.snowplow import Randomness

__all__ = [
    "FAMILIES",
    "SELF_DESCRIBING",
    "Family",
    "Payload",
    "normalize",
    "recognize",
]


@attrs.frozen
class Family:
    """One kind of document."""

    #: What messages call it.
    name: str
    #: Whether a document is one.
    recognizes: Callable[[JSON], bool]
    #: Gives a document as it should have been sent; the one given is not changed.
    normalize: Callable[[JSON, datetime | None, Randomness], JSON]


@attrs.frozen
class Payload(Family):
    """One that is judged as a whole, and then each self-describing part of it."""

    #: The schemas that judge it, the newest of them first: the text of a SchemaCriterion.
    criterion: str
    #: Normalizes in place, at a moment, a document that nobody else holds.
    settle: Callable[[JSON, str], JSON]
    #: Gives the values that may hold self-describing data, each with its place.
    places: Callable[[JSON], Iterator[tuple[Path, JSON]]]


def _unchanged(document: JSON, now: datetime | None, _: Randomness) -> JSON:
    timestamp(now)  # which is refused here as it is for the other families
    return document


def _of_tracardi(document: JSON, now: datetime | None, _: Randomness) -> JSON:
    return tracardi.normalize(document, now=now)


def _of_snowplow(document: JSON, now: datetime | None, randomness: Randomness) -> JSON:
    return snowplow.normalize(document, now=now, randomness=randomness)


def _settled(document: JSON, _: str) -> JSON:
    return document


def _whole(document: JSON) -> Iterator[tuple[Path, JSON]]:
    yield (), document


#: Judged by its envelope and, as a part of itself, by the schema that it names.
SELF_DESCRIBING = Payload(
    "self-describing data",
    SelfDescribingData.names_a_schema,
    _unchanged,
    "iglu:com.snowplowanalytics.self-desc/instance/jsonschema/1-*-*",
    _settled,
    _whole,
)
#: In the order in which they are tried. What is not judged as a whole is judged event by event.
FAMILIES: tuple[Family, ...] = (
    Family("Snowplow request", snowplow.is_request_or_events, _of_snowplow),
    SELF_DESCRIBING,
    Payload(
        "Tracardi tracker payload",
        tracardi.is_tracker_payload,
        _of_tracardi,
        tracardi.TRACKER_PAYLOAD,
        tracardi.settle,
        tracardi.parts,
    ),
    Payload(
        "Tracardi event payload",
        tracardi.is_event_payload,
        _of_tracardi,
        tracardi.EVENT_PAYLOAD,
        tracardi.settle,
        tracardi.parts,
    ),
    Family("Snowplow query", snowplow.is_query, _of_snowplow),
)


def recognize(document: JSON) -> Family | None:
    """Give the family of a document; None where it is of none."""
    for family in FAMILIES:
        if family.recognizes(document):
            return family
    return None


def normalize(
    payload: JSON, *, now: datetime | None = None, randomness: Randomness = os.urandom
) -> JSON:
    """Give a payload as it should have been sent; one of no family is given back.

    `now` is a datetime with a time zone, this moment if it is None. A Snowplow event without an id
    gets one made of the bytes that `randomness` gives; what that raises itself is raised as it is.
    What is given is not changed.

    :raises WrongUse: if `now` is anything else.

    >>> from datetime import UTC, datetime
    >>> payload = {"type": "Page View", "source": {"id": "s"}}
    >>> normalize(payload, now=datetime(2023, 1, 1, tzinfo=UTC))["type"]
    'page-view'
    """
    family = recognize(payload)
    as_sent = _unchanged if family is None else family.normalize
    return as_sent(payload, now, randomness)
