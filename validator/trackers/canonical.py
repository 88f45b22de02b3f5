"""The fields of Snowplow's tracker protocol, and what each becomes in the canonical event.

A wire value is always a text. What it becomes is a rule of its field, and the rules are those of
Snowplow's Enrich (Transform.scala, ConversionUtils.scala). What a rule can't read stays the text
that it is, so that the schema of the event refuses it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from validator.normalizer import from_milliseconds
from validator.results import JSON

__all__ = [
    "DIMENSIONS",
    "EVENTS",
    "EXPECTED",
    "FIELDS",
    "OUTRANKED",
    "TIMES",
    "Rule",
    "as_sent",
    "derived",
    "dimensions",
    "milliseconds",
    "text",
]

#: Gives the value of a field; None where there is none to give.
Rule: TypeAlias = Callable[[str], JSON]

#: What `e` says, and the `event` that it means.
EVENTS = {
    "pv": "page_view",
    "pp": "page_ping",
    "se": "struct",
    "ev": "struct",  # as trackers wrote it before 0.9 of the protocol
    "ue": "unstruct",
    "tr": "transaction",
    "ti": "transaction_item",
    "ad": "ad_impression",
}

_MOST_INT = 2**31
_LONGEST_DIMENSIONS = 40
_DIGITS_OF_AN_INT = len(str(_MOST_INT))
_DIGITS_OF_A_TIME = len(str(253_402_300_800_000))  # of the year 10000
_is_integer = re.compile(r"[+-]?[0-9]{1,19}").fullmatch
_is_decimal = re.compile(
    r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE](?P<exponent>[+-]?[0-9]{1,10}))?"
).fullmatch
_is_uuid = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}").fullmatch
_BETWEEN_ADDRESSES = re.compile(r"[,| ]")
_CONTROL = dict.fromkeys((*range(32), 127)) | {ord("\t"): "    "}
#: Characters that a decimal may have when it is written out: binary64 reaches that far.
_MOST_CHARACTERS = 400


def text(value: str) -> str | None:
    r"""Write a tab as four spaces, and leave other control characters out; None if nothing is left.

    >>> text("a\tb\n"), text("")
    ('a    b', None)
    """
    if value.isprintable():
        return value or None
    return value.translate(_CONTROL) or None


def integer(value: str) -> JSON:
    """Read an integer of 32 bits; `null`, in any case, is none."""
    if value.isdigit() and value.isascii() and len(value) < _DIGITS_OF_AN_INT:
        return int(value)  # as most are
    if _is_integer(value) and -_MOST_INT <= (number := int(value)) < _MOST_INT:
        return number
    return None if value.lower() == "null" else value


def decimal(value: str) -> JSON:
    """Write a decimal number out, without an exponent, to the last digit; `null` is none.

    It stays a text, since a JSON number would lose digits in most parsers.

    >>> decimal("12.10"), decimal("1.5e3"), decimal(".5"), decimal("12,5")
    ('12.10', '1500', '0.5', '12,5')
    """
    found = _is_decimal(value)
    if found is None:
        return None if value.lower() == "null" else value
    if len(value) + abs(int(found["exponent"] or 0)) > 2 * _MOST_CHARACTERS:
        return value
    written = f"{Decimal(value):f}"
    return written if len(written) <= _MOST_CHARACTERS else value


def uuid(value: str) -> str:
    """Write a UUID in lower case."""
    return value.lower() if _is_uuid(value) else value


def flag(value: str) -> JSON:
    """Read 1 and 0 as true and false."""
    return {"1": True, "0": False}.get(value, value)


def address(value: str) -> str | None:
    """Give the first of several addresses: the client's, before those of proxies."""
    return text(_BETWEEN_ADDRESSES.split(value, 1)[0])


def milliseconds(value: str) -> int | None:
    """Read a time: milliseconds since 1970 in UTC, of the years 0 to 9999; None if it is none."""
    if value.isdigit() and value.isascii() and len(value) < _DIGITS_OF_A_TIME:
        return int(value)  # as most are
    if not _is_integer(value):
        return None
    number = int(value)
    return None if from_milliseconds(number) is None else number


def as_sent(value: str) -> str:
    """Leave a text as it is, for a schema to say what it may be."""
    return value


#: The name of a parameter, the field that it becomes, and its rule: `text` where there is none.
FIELDS: dict[str, tuple[str, Rule | None]] = {
    "aid": ("app_id", None),
    "p": ("platform", as_sent),
    "tid": ("txn_id", integer),
    "tna": ("name_tracker", None),
    "tv": ("v_tracker", None),
    "cv": ("v_collector", None),
    "uid": ("user_id", None),
    "ip": ("user_ipaddress", address),
    "fp": ("user_fingerprint", None),
    "duid": ("domain_userid", None),
    "vid": ("domain_sessionidx", integer),
    "sid": ("domain_sessionid", uuid),
    "nuid": ("network_userid", None),
    "tnuid": ("network_userid", None),
    "eid": ("event_id", uuid),
    "ua": ("useragent", None),
    "lang": ("br_lang", None),
    "f_pdf": ("br_features_pdf", flag),
    "f_fla": ("br_features_flash", flag),
    "f_java": ("br_features_java", flag),
    "f_dir": ("br_features_director", flag),
    "f_qt": ("br_features_quicktime", flag),
    "f_realp": ("br_features_realplayer", flag),
    "f_wma": ("br_features_windowsmedia", flag),
    "f_gears": ("br_features_gears", flag),
    "f_ag": ("br_features_silverlight", flag),
    "cookie": ("br_cookies", flag),
    "cd": ("br_colordepth", None),
    "tz": ("os_timezone", None),
    "cs": ("doc_charset", None),
    "url": ("page_url", None),
    "page": ("page_title", None),
    "refr": ("page_referrer", None),
    "pp_mix": ("pp_xoffset_min", integer),
    "pp_max": ("pp_xoffset_max", integer),
    "pp_miy": ("pp_yoffset_min", integer),
    "pp_may": ("pp_yoffset_max", integer),
    "ev_ca": ("se_category", None),
    "ev_ac": ("se_action", None),
    "ev_la": ("se_label", None),
    "ev_pr": ("se_property", None),
    "ev_va": ("se_value", decimal),
    "se_ca": ("se_category", None),
    "se_ac": ("se_action", None),
    "se_la": ("se_label", None),
    "se_pr": ("se_property", None),
    "se_va": ("se_value", decimal),
    "tr_id": ("tr_orderid", None),
    "tr_af": ("tr_affiliation", None),
    "tr_tt": ("tr_total", decimal),
    "tr_tx": ("tr_tax", decimal),
    "tr_sh": ("tr_shipping", decimal),
    "tr_ci": ("tr_city", None),
    "tr_st": ("tr_state", None),
    "tr_co": ("tr_country", None),
    "tr_cu": ("tr_currency", None),
    "ti_id": ("ti_orderid", None),
    "ti_sk": ("ti_sku", None),
    "ti_na": ("ti_name", None),
    "ti_nm": ("ti_name", None),
    "ti_ca": ("ti_category", None),
    "ti_pr": ("ti_price", decimal),
    "ti_qu": ("ti_quantity", integer),
    "ti_cu": ("ti_currency", None),
}
#: The parameters that are times, and the field that each becomes.
TIMES = {"dtm": "dvce_created_tstamp", "stm": "dvce_sent_tstamp", "ttm": "true_tstamp"}
#: What a parameter must be, in words, where a rule has to read it.
_EXPECTED: dict[Rule | None, str] = {
    integer: "must be an integer of 32 bits",
    decimal: f"must be a decimal number such as 12.50, of at most {_MOST_CHARACTERS} characters",
    uuid: "must be a UUID",
    flag: "must be 0 or 1",
}
EXPECTED = {
    name: _EXPECTED[rule] for name, (_, rule) in FIELDS.items() if rule in _EXPECTED
} | dict.fromkeys(TIMES, "must be milliseconds since 1970, of the years 0 to 9999")
#: Parameters that hold a width and a height, and the two fields that they become.
DIMENSIONS = {
    "res": ("dvce_screenwidth", "dvce_screenheight"),
    "vp": ("br_viewwidth", "br_viewheight"),
    "ds": ("doc_width", "doc_height"),
}
EXPECTED |= dict.fromkeys(DIMENSIONS, "must be a width and a height, such as 1280x720")
#: A parameter that gives way to another: where that has a value, this one becomes no field.
OUTRANKED = {
    "nuid": "tnuid",
    "ti_na": "ti_nm",
    "ev_ca": "se_ca",
    "ev_ac": "se_ac",
    "ev_la": "se_la",
    "ev_pr": "se_pr",
    "ev_va": "se_va",
    "ue_pr": "ue_px",
    "co": "cx",
}


def dimensions(value: str) -> tuple[JSON, JSON]:
    """Read a width and a height, such as `1280x720`; of what is none, both are the text."""
    return _dimensions(value) if len(value) <= _LONGEST_DIMENSIONS else (value, value)


@lru_cache(maxsize=256)
def _dimensions(value: str) -> tuple[JSON, JSON]:
    """Read what is short enough to be remembered: few sizes are common."""
    width, _, height = value.partition("x")
    if not (width.isdigit() and height.isdigit() and value.isascii()):
        return value, value
    read = integer(width), integer(height)
    return read if type(read[0]) is type(read[1]) is int else (value, value)


def derived(true: int | None, sent: int | None, created: int | None, collector: int) -> int:
    """Give the moment at which an event happened, all in milliseconds since 1970.

    Source: Enrich (EventEnrichments.scala, as of 6.10): the true timestamp, if there is one; else
    the collector's less the time between creation and sending, if created is strictly before sent;
    else the collector's.

    >>> derived(None, 1000, 400, 5000), derived(None, 400, 400, 5000), derived(1, 1000, 400, 5000)
    (4400, 5000, 1)
    """
    if true is not None:
        return true
    if sent is not None and created is not None and created < sent:
        return collector - (sent - created)
    return collector
