"""What trackers send: recognised, normalized, and split into parts that name their schemas.

Trackers know shapes, not schemas: nothing here looks a schema up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import attrs

from validator.documents import SelfDescribingData
from validator.normalizer import timestamp
from validator.results import JSON, Path
from validator.trackers import tracardi

__all__ = [
    "FAMILIES",
    "SELF_DESCRIBING",
    "Family",
    "normalize",
    "recognize",
    "self_describing_parts",
]


@attrs.frozen
class Family:
    """One kind of payload."""

    #: What messages call it.
    name: str
    #: Whether a document is one.
    recognizes: Callable[[JSON], bool]
    #: The schemas that judge it, the newest of them first: the text of a SchemaCriterion.
    criterion: str
    #: Gives a document as it should have been sent; the one given is not changed.
    normalize: Callable[..., JSON]
    #: The same in place, at a moment, for a document that nobody else holds.
    settle: Callable[[JSON, str], JSON]
    #: Gives the values that may hold self-describing data, each with its place.
    places: Callable[[JSON], Iterator[tuple[Path, JSON]]]


def _unchanged(document: JSON, *, now: datetime | None = None) -> JSON:
    timestamp(now)  # which is refused here as it is for the other families
    return document


def _settled(document: JSON, _: str) -> JSON:
    return document


def _whole(document: JSON) -> Iterator[tuple[Path, JSON]]:
    yield (), document


#: Judged by its envelope and, as a part of itself, by the schema that it names.
SELF_DESCRIBING = Family(
    "self-describing data",
    SelfDescribingData.names_a_schema,
    "iglu:com.snowplowanalytics.self-desc/instance/jsonschema/1-*-*",
    _unchanged,
    _settled,
    _whole,
)
#: In the order in which they are tried.
FAMILIES = (
    SELF_DESCRIBING,
    Family(
        "Tracardi tracker payload",
        tracardi.is_tracker_payload,
        tracardi.TRACKER_PAYLOAD,
        tracardi.normalize,
        tracardi.settle,
        tracardi.parts,
    ),
    Family(
        "Tracardi event payload",
        tracardi.is_event_payload,
        tracardi.EVENT_PAYLOAD,
        tracardi.normalize,
        tracardi.settle,
        tracardi.parts,
    ),
)


def recognize(document: JSON) -> Family | None:
    """Give the family of a document; None where it is of none."""
    for family in FAMILIES:
        if family.recognizes(document):
            return family
    return None


def normalize(payload: JSON, *, now: datetime | None = None) -> JSON:
    """Give a payload as it should have been sent; one of no family is given back.

    `now` is a datetime with a time zone, this moment if it is None. What is given is not changed.

    :raises WrongUse: if `now` is anything else.

    >>> from datetime import UTC, datetime
    >>> payload = {"type": "Page View", "source": {"id": "s"}}
    >>> normalize(payload, now=datetime(2023, 1, 1, tzinfo=UTC))["type"]
    'page-view'
    """
    family = recognize(payload)
    as_sent = _unchanged if family is None else family.normalize
    return as_sent(payload, now=now)


def self_describing_parts(value: JSON, at: Path) -> Iterator[tuple[Path, JSON]]:
    """Find the self-describing data in a value, in its order: that within its data after it."""
    pending = [(at, value)] if type(value) is dict or type(value) is list else []
    while pending:
        path, each = pending.pop()
        if SelfDescribingData.names_a_schema(each):
            yield path, each
        members = each.items() if type(each) is dict else enumerate(each)
        inner = [
            ((*path, step), member)
            for step, member in members
            if type(member) is dict or type(member) is list
        ]
        pending.extend(reversed(inner))
