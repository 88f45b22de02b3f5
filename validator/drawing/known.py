"""Documents whose schemas say too little for one that makes sense.

Events of Snowplow's trackers: which parameters go with which kind of event, and that numbers and
JSON are texts (source: `trackers.snowplow`). And schemas, which describe themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import orjson

from validator.dialects import IGLU_META_SCHEMA
from validator.drawing.choices import Choices
from validator.drawing.samples import Scene, named
from validator.iglu import SchemaKey, SchemaVer
from validator.results import JSON
from validator.trackers import snowplow

__all__ = ["CONTEXTS", "EVENTS", "known"]

#: Draws data of a schema that is packaged.
_Data: TypeAlias = Callable[[str], JSON]

_VENDOR = "com.snowplowanalytics.snowplow"
_NORMALIZED = "org.eventpayload.snowplow"
_SCHEMAS = ("com.snowplowanalytics.self-desc", "schema")
_UNSTRUCT = f"iglu:{_VENDOR}/unstruct_event/jsonschema/1-0-0"
_CONTEXTS = f"iglu:{_VENDOR}/contexts/jsonschema/1-0-1"
_PAYLOAD_DATA = f"iglu:{_VENDOR}/payload_data/jsonschema/1-0-4"
#: What a self-describing event says, and what a context does.
EVENTS = (
    f"iglu:{_VENDOR}/link_click/jsonschema/1-0-1",
    f"iglu:{_VENDOR}/add_to_cart/jsonschema/1-0-0",
    f"iglu:{_VENDOR}/site_search/jsonschema/1-0-0",
)
CONTEXTS = (
    f"iglu:{_VENDOR}/web_page/jsonschema/1-0-0",
    f"iglu:{_VENDOR}/client_session/jsonschema/1-0-2",
)
#: For each schema of a normalized event, how a tracker writes its kind.
_KINDS = {
    "page_view": "pv",
    "page_ping": "pp",
    "structured_event": "se",
    "self_describing_event": "ue",
    "transaction": "tr",
    "transaction_item": "ti",
    "ad_impression": "ad",
}
_USUAL = ("pv", "se", "ue", "pp")
#: The first version of `payload_data` that takes a parameter, where that is not 1-0-0.
_SINCE = {"ua": SchemaVer(1, 0, 1), "sid": SchemaVer(1, 0, 3), "stm": SchemaVer(1, 0, 3)}


def known(key: SchemaKey | None, choices: Choices, data: _Data) -> JSON:
    """Draw a document of a schema of that name; None if nothing is known of it.

    `data` draws data of a packaged schema.
    """
    if key is None:
        return None
    if (key.vendor, key.name) == _SCHEMAS:
        return _schema(choices)
    if (key.vendor, key.name) == (_VENDOR, "payload_data"):
        later = {name for name, since in _SINCE.items() if key.version < since}
        events = _Events(choices, data).several()
        return [_without(event, later) for event in events]
    return _of_protocol(key, choices, data) if key.vendor == _NORMALIZED else None


def _of_protocol(key: SchemaKey, choices: Choices, data: _Data) -> JSON:
    events = _Events(choices, data)
    if key.name == "query":
        return events.one(choices.pick(_USUAL))
    if key.name == "events":
        return events.normalized({"schema": _PAYLOAD_DATA, "data": events.several()})
    kind = _KINDS.get(key.name)
    return None if kind is None else events.normalized(events.one(kind))


def _without(event: dict[str, str], names: set[str]) -> dict[str, str]:
    return {name: value for name, value in event.items() if name not in names}


def _schema(choices: Choices) -> JSON:
    name, property_ = choices.pick((("user", "email"), ("order", "total"), ("sign_up", "plan")))
    return {
        "$schema": IGLU_META_SCHEMA,
        "self": {"vendor": "com.acme", "name": name, "format": "jsonschema", "version": "1-0-0"},
        "type": "object",
        "properties": {property_: {"type": "number" if property_ == "total" else "string"}},
        "required": [property_],
        "additionalProperties": False,
    }


class _Events:
    """Draws the events of one visit."""

    def __init__(self, choices: Choices, data: _Data) -> None:
        self._choices = choices
        self._data = data
        self._scene = Scene.of(choices)
        #: What all events of the visit say.
        self._visit = {
            "tna": "sp",
            "aid": "web-shop",
            "p": "web",
            "tv": "js-3.24.0",
            "duid": self._scene.uuid(),
            "sid": self._scene.uuid(),
            "vid": str(choices.integer(1, 9)),
            **{name: self._text(like) for name, like in _LIKE.items()},
        }

    def _text(self, like: str) -> str:
        return next(each for each in named(like, "", self._scene) if isinstance(each, str))

    def _milliseconds(self) -> str:
        return str(round(self._scene.later().timestamp() * 1000))

    def several(self) -> list[dict[str, str]]:
        """Draw the events of a request."""
        return [self.one(kind) for kind in self._choices.several(1, 3, self._usual)]

    def _usual(self) -> str:
        return self._choices.pick(_USUAL)

    def one(self, kind: str) -> dict[str, str]:
        """Draw an event of a kind."""
        event = {"e": kind, **self._visit, "eid": self._scene.uuid(), "dtm": self._milliseconds()}
        event |= {name: self._text(like) for name, like in _OF_KIND.get(kind, {}).items()}
        if kind == "pp":
            furthest = str(self._choices.integer(2, 30) * 100)
            event |= {"pp_mix": "0", "pp_max": "0", "pp_miy": "0", "pp_may": furthest}
        if kind == "ue":
            event["ue_pr"] = _json(_UNSTRUCT, self._described(EVENTS))
        event["co"] = _json(_CONTEXTS, [self._described(CONTEXTS)])
        return event | {"stm": self._milliseconds()}

    def _described(self, uris: tuple[str, ...]) -> JSON:
        uri = self._choices.pick(uris)
        return {"schema": uri, "data": self._data(uri)}

    def normalized(self, request: JSON) -> JSON:
        """Give the data that normalization makes of a request."""
        return snowplow.normalize(request, now=self._scene.later())["data"]


def _json(uri: str, data: JSON) -> str:
    return orjson.dumps({"schema": uri, "data": data}).decode()


#: Parameters of every event, and the names of properties that say the same.
_LIKE = {
    "uid": "login",
    "ip": "ip",
    "ua": "user_agent",
    "lang": "language",
    "tz": "timezone",
    "url": "url",
    "page": "title",
    "res": "resolution",
    "cs": "charset",
}
#: Likewise those of some kinds of events.
_OF_KIND = {
    "pv": {"refr": "referrer"},
    "se": {"se_ca": "category", "se_ac": "action", "se_la": "product", "se_va": "price"},
    "tr": {
        "tr_id": "hash",
        "tr_af": "affiliation",
        "tr_tt": "total",
        "tr_tx": "tax",
        "tr_sh": "shipping",
        "tr_ci": "city",
        "tr_co": "country",
        "tr_cu": "currency",
    },
    "ti": {
        "ti_id": "hash",
        "ti_sk": "sku",
        "ti_nm": "product",
        "ti_ca": "category",
        "ti_pr": "price",
        "ti_qu": "quantity",
        "ti_cu": "currency",
    },
}
