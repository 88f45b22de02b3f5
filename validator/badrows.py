"""Failed events, as Snowplow's own tools read them: its bad rows of kind `schema_violations`.

Source: iglu:com.snowplowanalytics.snowplow.badrows/schema_violations/jsonschema/2-0-0, and what its
Enrich writes into it. The payload of a failed event has the values that were sent; its messages
have none.
"""

from __future__ import annotations

import orjson

from validator.about import NAME, VERSION
from validator.violations import JSON, EventResult, Violation, clip

__all__ = ["failed_event"]

_SCHEMA = "iglu:com.snowplowanalytics.snowplow.badrows/schema_violations/jsonschema/2-0-0"
_VENDOR = "com.snowplowanalytics.snowplow"
#: The protocol of trackers, as Snowplow's collector calls it.
_PROTOCOL = "tp2"
_LONGEST_FIELD = 64
_LONGEST_PARAMETER = 512
_LONGEST_LOADER = 32
_LONGEST_REASON = 256
#: The fields of an event that a failed event has as integers, flags among them.
_INTEGERS = frozenset(
    {
        *("domain_sessionidx", "ti_quantity", "br_cookies"),
        *("pp_xoffset_min", "pp_xoffset_max", "pp_yoffset_min", "pp_yoffset_max"),
        *("br_viewwidth", "br_viewheight", "doc_width", "doc_height"),
        *("dvce_screenwidth", "dvce_screenheight"),
        *("br_features_pdf", "br_features_flash", "br_features_java", "br_features_director"),
        *("br_features_quicktime", "br_features_realplayer", "br_features_windowsmedia"),
        *("br_features_gears", "br_features_silverlight"),
    }
)
#: Those that it has as texts. It has room for no others: not for `unused_parameters`.
_TEXTS = frozenset(
    {
        *("event", "event_id", "event_vendor", "event_name", "event_format", "event_version"),
        *("app_id", "platform", "name_tracker", "v_tracker", "v_collector", "txn_id"),
        *("collector_tstamp", "dvce_created_tstamp", "dvce_sent_tstamp"),
        *("true_tstamp", "derived_tstamp"),
        *("user_id", "user_ipaddress", "user_fingerprint", "useragent"),
        *("domain_userid", "domain_sessionid", "network_userid"),
        *("page_url", "page_title", "page_referrer", "unstruct_event", "contexts"),
        *("se_category", "se_action", "se_label", "se_property", "se_value"),
        *("tr_orderid", "tr_affiliation", "tr_total", "tr_tax", "tr_shipping"),
        *("tr_city", "tr_state", "tr_country", "tr_currency"),
        *("ti_orderid", "ti_sku", "ti_name", "ti_category", "ti_price", "ti_currency"),
        *("br_lang", "br_colordepth", "os_timezone", "doc_charset"),
    }
)
_FIELDS = _INTEGERS | _TEXTS


def failed_event(entry: EventResult, moment: str) -> JSON:
    """Give an event that is not valid as a failed event, which failed at a moment (RFC 3339)."""
    return {
        "schema": _SCHEMA,
        "data": {
            "failure": {"timestamp": moment, "messages": _messages(entry, moment)},
            "payload": {"enriched": _enriched(entry.fields, moment), "raw": _raw(entry, moment)},
            "processor": {"artifact": NAME, "version": VERSION},
        },
    }


# What is wrong.


def _messages(entry: EventResult, moment: str) -> list[JSON]:
    """Tell each violation; those of one schema together."""
    messages: list[JSON] = []
    reports: dict[str, list[JSON]] = {}
    for violation in entry.violations:
        if violation.code == "ValidationError" and violation.schema is not None:
            key = str(violation.schema)
            if key not in reports:
                reports[key] = []
                error = {"error": "ValidationError", "dataReports": reports[key]}
                messages.append({"schemaKey": key, "error": error})
            reports[key].append(_report(violation, entry.location))
        else:
            messages.append(_message(violation, entry.location, moment))
    return messages


def _report(violation: Violation, event: str) -> JSON:
    return {
        "message": violation.message,
        "path": _json_path(violation, event),
        "keyword": violation.keyword,
        "targets": [],
    }


def _json_path(violation: Violation, event: str) -> str:
    """Give the place in what a parameter holds, else the parameter, as a JSON Path."""
    pointer = violation.decoded_location
    if pointer is None:
        pointer = violation.instance_location.removeprefix(event)
    return "$" + "".join(
        f"[{step}]" if step.isdigit() else f".{step.replace('~1', '/').replace('~0', '~')}"
        for step in pointer.split("/")[1:]
    )


def _message(violation: Violation, event: str, moment: str) -> JSON:
    """Tell a violation that is of no rule of a schema."""
    key = str(violation.schema)
    parameter = violation.instance_location.removeprefix(event).lstrip("/").partition("/")[0]
    if violation.code == "NotIglu":
        at = violation.decoded_location or violation.instance_location
        error = "INVALID_IGLUURI" if at.endswith("/schema") else "INVALID_DATA_PAYLOAD"
        return {"json": None, "error": error}
    if violation.code == "CriterionMismatch":
        return {"schemaKey": key, "schemaCriterion": violation.message.rpartition(" ")[2]}
    if violation.code == "ResolutionError":
        return {"schemaKey": key, "error": _not_resolved(violation.message, moment)}
    if violation.code == "InvalidSchema":
        issue = {"path": "$", "message": violation.message}
        return {"schemaKey": key, "error": {"error": "ValidationError", "schemaIssues": [issue]}}
    field = clip(parameter or "event", _LONGEST_FIELD)
    return {"field": field, "value": None, "error": f"{violation.code}: {violation.message}"}


def _not_resolved(message: str, moment: str) -> JSON:
    found_none = message.startswith("no such schema")
    reason = {"error": "RepoFailure", "message": clip(message, _LONGEST_REASON)}
    lookup = {
        "repository": NAME,
        "errors": [{"error": "NotFound"} if found_none else reason],
        "attempts": 1,
        "lastAttempt": moment,
    }
    return {"error": "ResolutionError", "lookupHistory": [lookup]}


# What was sent.


def _enriched(read: JSON, moment: str) -> JSON:
    """Give the fields of an event as Enrich spells them."""
    fields: dict[str, JSON] = {"collector_tstamp": moment}
    if type(read) is dict:
        fields |= {name: value for name, value in read.items() if name in _FIELDS}
    fields |= {"etl_tstamp": moment, "v_etl": f"{NAME}-{VERSION}"}
    return {name: _spelled(name, value) for name, value in fields.items()}


def _spelled(name: str, value: JSON) -> JSON:
    if name in _INTEGERS:
        return int(value) if type(value) is int or type(value) is bool else None
    if value is None:
        return None
    if type(value) is not str:
        return orjson.dumps(value).decode()
    if name.endswith("_tstamp") and value.endswith("Z"):
        return value.replace("T", " ").removesuffix("Z")
    return value


def _raw(entry: EventResult, moment: str) -> JSON:
    """Give the parameters of an event; long ones are cut, since the schema has no more room.

    What those hold stands in the fields that they became, where they became any.
    """
    sent = entry.sent.items() if type(entry.sent) is dict else ()
    parameters = [
        {
            "name": clip(name, _LONGEST_PARAMETER),
            "value": clip(
                value if type(value) is str else orjson.dumps(value).decode(), _LONGEST_PARAMETER
            ),
        }
        for name, value in sent
    ]
    return {
        "vendor": _VENDOR,
        "version": _PROTOCOL,
        "parameters": parameters,
        "contentType": None,
        "loaderName": clip(NAME, _LONGEST_LOADER),
        "encoding": "UTF-8",
        "hostname": None,
        "timestamp": moment,
        "ipAddress": None,
        "useragent": None,
        "refererUri": None,
        "headers": [],
        "userId": None,
    }
