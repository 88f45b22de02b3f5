"""The parameters of Snowplow's tracker protocol that hold JSON: plain, or in base64url."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import attrs
import pybase64

from validator import documents
from validator.limits import Limits
from validator.results import JSON, Path, Violation
from validator.self_describing import self_describing_parts

__all__ = ["ENVELOPES", "HOLDING", "Encoded", "open_all", "parts", "within"]

#: What must be in the fields that hold JSON: the text of a SchemaCriterion.
ENVELOPES = {
    "unstruct_event": "iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-*",
    "contexts": "iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-*",
}
#: The parameters that hold JSON, and the field that each becomes. Of two for one field, the first
#: outranks the other.
HOLDING = {
    "ue_px": "unstruct_event",
    "ue_pr": "unstruct_event",
    "cx": "contexts",
    "co": "contexts",
}
_BASE64 = {"ue_px", "cx"}
#: What completes a text of so many characters past a multiple of 4.
_PADDING = ("", "===", "==", "=")
#: The levels of a document of normalized events above what a parameter holds.
_LEVELS_ABOVE = 4
_NOT_BASE64 = Violation(
    code="NotBase64",
    message="must be base64url (RFC 4648, section 5), with or without padding, of a JSON text",
)


class Encoded(NamedTuple):
    """What a parameter that holds JSON holds."""

    #: The parameter: `ue_px`, `ue_pr`, `cx` or `co`.
    parameter: str
    #: The field that it becomes: `unstruct_event` or `contexts`.
    field: str
    #: What it holds; the text as it was sent, if that can't be told.
    document: JSON
    #: How many schemas its text may name, at the most.
    names: int = 0
    #: Why it can't be told, located in the JSON text.
    refusal: Violation | None = None


def within(limits: Limits) -> Limits:
    """Give the limits of what a parameter holds: it will be some levels down in its event."""
    return attrs.evolve(limits, depth=max(limits.depth - _LEVELS_ABOVE, 1))


def open_all(events: Sequence[JSON], limits: Limits) -> list[list[Encoded]]:
    """Open the parameters that hold JSON of each event, those that outrank others first.

    All of a request at once: that was measured at two thirds of the cost of one by one, which is
    how the cause is found where one of them can't be opened.
    """
    opened: list[list[Encoded]] = [[] for _ in events]
    places: list[tuple[list[Encoded], str, str]] = []
    for mine, sent in zip(opened, events, strict=True):
        if type(sent) is dict:
            for name in HOLDING:
                value = sent.get(name)
                if type(value) is str and value:
                    places.append((mine, name, value))
    try:
        raws = [_raw(name, value) for _, name, value in places]
        held = documents.parse_all(raws, limits)
    except (ValueError, documents.Refused):
        for mine, name, value in places:
            mine.append(_opened(name, value, limits))
        return opened
    for (mine, name, _), raw, document in zip(places, raws, held, strict=True):
        names = raw.count(b"iglu:") if b"\\" not in raw else _names(raw)
        mine.append(Encoded(name, HOLDING[name], document, names, None))
    return opened


def _opened(name: str, value: str, limits: Limits) -> Encoded:
    """Open one parameter, and say why if it can't be."""
    field = HOLDING[name]
    try:
        raw = _raw(name, value)
        document = documents.parse(raw, limits)
    except ValueError:
        return Encoded(name, field, value, refusal=_NOT_BASE64)
    except documents.Refused as refused:
        return Encoded(name, field, value, refusal=refused.violation)
    return Encoded(name, field, document, _names(raw))


def _raw(name: str, value: str) -> bytes:
    """Give the JSON text of a parameter; base64 in either alphabet, with or without padding.

    :raises ValueError: if it is no base64, and should be.
    """
    if name in _BASE64:
        if "+" in value or "/" in value:  # which pybase64 warns of
            value = value.replace("+", "-").replace("/", "_")
        return pybase64.b64decode(value + _PADDING[len(value) % 4], b"-_", validate=True)
    return value.encode()


def _names(raw: bytes) -> int:
    """Give how many schemas a JSON text may name, at the most."""
    # The only other way to spell a letter in JSON begins with a backslash and a u.
    escapes = raw.count(b"\\u") if b"\\" in raw else 0
    return raw.count(b"iglu:") + escapes


def parts(encoded: Encoded) -> Iterator[tuple[Path, JSON]]:
    """Give the self-describing data in what a parameter holds, each with its place in it.

    The envelope is the first; there is none in what is not self-describing.
    """
    return self_describing_parts(encoded.document, ())
