"""Payloads as trackers send them, before anything is normalized.

Sources: those of `trackers.tracardi`, `trackers.snowplow` and `normalizer`, which read them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import orjson
import pybase64

from validator.drawing.choices import Choices, DeadEnd
from validator.drawing.formats import formatted
from validator.drawing.subjects import Subject, subject
from validator.registry import Registry
from validator.results import JSON
from validator.trackers.tracardi import TRACKER_PAYLOAD
from validator.validation import Validator

__all__ = ["SnowplowRequests", "TrackerPayloads", "accepted"]

_SNOWPLOW = "com.snowplowanalytics.snowplow"
_UNSTRUCT = f"iglu:{_SNOWPLOW}/unstruct_event/jsonschema/1-0-0"
_CONTEXTS = f"iglu:{_SNOWPLOW}/contexts/jsonschema/1-0-1"
_PAYLOAD_DATA = f"iglu:{_SNOWPLOW}/payload_data/jsonschema/1-0-4"
#: What events and contexts are of, and what each is of its own, less what is no event.
_EVENTS = (
    *("link_click", "add_to_cart", "remove_from_cart", "change_form", "submit_form", "focus_form"),
    *("site_search", "screen_view", "timing", "social_interaction", "application_error"),
)
_ENTITIES = ("web_page", "client_session", "geolocation_context", "mobile_context")
_MOST_EVENTS = 3

# Tracardi.

_TYPES = (
    *("page-view", "Page View", "page_view", "PAGE VIEW", "Purchase order", "sign-up 2"),
    *("\u00dcberblick", "  a  ", "order.completed", "identification", "1"),
)
_EMPTY_WHEN_NULL = ("properties", "options", "context", "tags")
_DAY_0 = datetime(1990, 1, 1, tzinfo=UTC)
_SECONDS = 60 * 365 * 24 * 3600
_SPELLINGS: tuple[Callable[[datetime], JSON], ...] = (
    lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
    lambda moment: moment.strftime("%Y-%m-%d %H:%M:%S"),
    lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%S.%f"),
    lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%S+01:00"),
    lambda moment: moment.strftime("%Y-%m-%d_%H:%M:%S"),
    lambda moment: moment.strftime("%Y-%m-%d"),
    lambda moment: int(moment.timestamp()),
    lambda moment: moment.timestamp(),
    lambda moment: int(moment.timestamp()) * 1000 + 20_000_000_001,
    lambda moment: f"{int(moment.timestamp()):010}",
    lambda _: None,
)


def accepted(validator: Validator, payload: JSON) -> JSON:
    """Give back a payload that `check` accepts.

    :raises DeadEnd: if it does not.
    """
    if not validator.check(payload):
        raise DeadEnd
    return payload


class TrackerPayloads:
    """Draws Tracardi tracker payloads."""

    def __init__(self) -> None:
        self._validator = Validator()
        self._subject = subject(TRACKER_PAYLOAD)
        self._data = _Data()

    def draw(self, choices: Choices) -> JSON:
        """Draw one.

        :raises DeadEnd: if none was found.
        """
        payload = self._as_sent(choices, self._subject.document(choices))
        return accepted(self._validator, payload)

    def _as_sent(self, choices: Choices, payload: JSON) -> JSON:
        """Give a payload as it is before it is normalized.

        The same is chosen whether a name is there or not, and self-describing data stands only in
        for properties that there are: shrinking either away leaves the rest as it was.
        """
        for event in payload["events"]:
            if choices.flag():
                event["type"] = choices.pick(_TYPES)
            if choices.flag():
                names = choices.several(0, 3, lambda: choices.pick(("insert", "create", "update")))
                event["time"] = {name: _time(choices) for name in names}
            for name in _EMPTY_WHEN_NULL:
                if choices.integer(0, 3) == 3:  # noqa: PLR2004  # rarely
                    event.setdefault(name, None)
            if choices.flag() and event.get("properties"):
                event["properties"] = {"said": self._data.event(choices)}
        for name in ("session", "profile"):
            if isinstance(payload[name], dict) and choices.flag():
                payload[name]["metadata"] = {"create": _time(choices)}
        return payload


def _moment(choices: Choices) -> datetime:
    return _DAY_0 + timedelta(seconds=choices.integer(0, _SECONDS))


def _time(choices: Choices) -> JSON:
    return choices.pick(_SPELLINGS)(_moment(choices))


# Snowplow.


class _Data:
    """Draws self-describing data of the packaged schemas."""

    def __init__(self) -> None:
        keys = Registry().keys(vendor=_SNOWPLOW)
        self._events = [str(key) for key in keys if key.name in _EVENTS]
        self._entities = [str(key) for key in keys if key.name in _ENTITIES]
        self._subjects: dict[str, Subject] = {}

    def event(self, choices: Choices) -> JSON:
        """Draw what a self-describing event says."""
        return self._of(choices, choices.pick(self._events))

    def entity(self, choices: Choices) -> JSON:
        """Draw a context."""
        return self._of(choices, choices.pick(self._entities))

    def _of(self, choices: Choices, uri: str) -> JSON:
        if uri not in self._subjects:
            self._subjects[uri] = subject(uri)
        return {"schema": uri, "data": self._subjects[uri].document(choices)}


_TRACKERS = ("js-3.5.0", "py-1.0.0", "andr-5.4.0", "rb-0.8.0")
_PLATFORMS = ("web", "mob", "pc", "srv", "app", "tv", "cnsl", "iot", "headset")
_WORDS = ("a", "cart", "Add to cart", "\u00e9t\u00e9", "x" * 255, "0", "50 %", "a\tb")


def _word(choices: Choices) -> str:
    return choices.pick(_WORDS)


def _decimal(choices: Choices) -> str:
    return choices.pick(("0", "12.50", "-1", "1.5e3", ".5", "99999999999.99"))


def _count(choices: Choices) -> str:
    return str(choices.close(-(2**31), 2**31 - 1))


def _size(choices: Choices) -> str:
    return choices.pick(("1x1", "1024x768", "0x0", "2147483647x2147483647"))


def _milliseconds(choices: Choices) -> str:
    return str(int(_moment(choices).timestamp()) * 1000 + choices.integer(0, 999))


def _uuid(choices: Choices) -> str:
    return formatted(choices, "uuid", 0)


def _url(choices: Choices) -> str:
    return formatted(choices, "uri", 0)


def _flag(choices: Choices) -> str:
    return choices.pick(("0", "1"))


_Wire = Callable[[Choices], str]

#: Parameters that any event may have.
_COMMON: dict[str, _Wire] = {
    "aid": _word,
    "tna": lambda choices: choices.pick(("sp", "cf", "t" * 128)),
    "eid": _uuid,
    "dtm": _milliseconds,
    "stm": _milliseconds,
    "ttm": _milliseconds,
    "tz": _word,
    "uid": _word,
    "duid": _uuid,
    "sid": _uuid,
    "nuid": _uuid,
    "vid": _count,
    "ip": lambda c: formatted(c, "ipv4", 0),
    "ua": _word,
    "res": _size,
    "vp": _size,
    "ds": _size,
    "lang": _word,
    "cookie": _flag,
    "url": _url,
    "page": _word,
    "refr": _url,
    "cs": lambda choices: choices.pick(("UTF-8", "a")),
}
#: For each kind of event, what it has to have, and what it may have.
_KINDS: dict[str, tuple[dict[str, _Wire], dict[str, _Wire]]] = {
    "pv": ({}, {}),
    "pp": ({}, {"pp_mix": _count, "pp_max": _count, "pp_miy": _count, "pp_may": _count}),
    "se": (
        {"se_ca": _word, "se_ac": _word},
        {"se_la": _word, "se_pr": _word, "se_va": _decimal},
    ),
    "ue": ({}, {}),
    "tr": (
        {"tr_id": _word, "tr_tt": _decimal},
        {
            "tr_af": _word,
            "tr_tx": _decimal,
            "tr_sh": _decimal,
            "tr_ci": _word,
            "tr_cu": lambda _: "EUR",
        },
    ),
    "ti": (
        {"ti_id": _word, "ti_sk": _word, "ti_pr": _decimal, "ti_qu": _count},
        {"ti_nm": _word, "ti_ca": _word, "ti_cu": lambda _: "EUR"},
    ),
}


class SnowplowRequests:
    """Draws bodies of Snowplow's POST requests."""

    def __init__(self) -> None:
        self._validator = Validator()
        self._data = _Data()

    def draw(self, choices: Choices) -> JSON:
        """Draw one.

        :raises DeadEnd: if none was found.
        """
        events = choices.several(1, _MOST_EVENTS, lambda: self._event(choices))
        return accepted(self._validator, {"schema": _PAYLOAD_DATA, "data": events})

    def _event(self, choices: Choices) -> dict[str, str]:
        kind = choices.pick(list(_KINDS))
        needed, optional = _KINDS[kind]
        event = {"e": kind, "p": choices.pick(_PLATFORMS), "tv": choices.pick(_TRACKERS)}
        event |= {name: draw(choices) for name, draw in needed.items()}
        event |= {name: draw(choices) for name, draw in optional.items() if choices.flag()}
        names = choices.several(0, len(_COMMON) // 2, lambda: choices.pick(list(_COMMON)))
        event |= {name: _COMMON[name](choices) for name in dict.fromkeys(names)}
        if kind == "ue":
            envelope = {"schema": _UNSTRUCT, "data": self._data.event(choices)}
            event |= _encoded(choices, envelope, "ue_pr", "ue_px")
        if choices.flag():
            entities = choices.several(1, 2, lambda: self._data.entity(choices))
            event |= _encoded(choices, {"schema": _CONTEXTS, "data": entities}, "co", "cx")
        return event


def _encoded(choices: Choices, document: JSON, plain: str, base64: str) -> dict[str, str]:
    """Write JSON into a parameter: plain, or in base64url with or without padding."""
    text = orjson.dumps(document)
    way = choices.integer(0, 2)
    if way == 0:
        return {plain: text.decode()}
    encoded = pybase64.b64encode(text, b"-_").decode()
    return {base64: encoded if way == 1 else encoded.rstrip("=")}
