"""Failed events: what is told of each violation, what of the event, and that Snowplow reads it."""

import base64
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest

from validator import (
    Directory,
    InMemory,
    Limits,
    Packaged,
    Registry,
    RegistryUnavailable,
    Result,
    SchemaKey,
    Validator,
    __version__,
    badrows,
)
from validator.badrows import failed_event
from validator.violations import Code, EventResult, Violation

_ROOT = Path(__file__).parents[1]
_CENTRAL = _ROOT.parent / "shared" / "corpora" / "iglu-central"
_NOW = datetime(2023, 1, 1, 12, 30, tzinfo=UTC)
_STAMP = "2023-01-01T12:30:00.000Z"
_SPELLED = "2023-01-01 12:30:00.000"
_SNOWPLOW = "iglu:com.snowplowanalytics.snowplow"
_OWN = "iglu:org.eventpayload.snowplow"
_UE = f"{_SNOWPLOW}/unstruct_event/jsonschema/1-0-0"
_CO = f"{_SNOWPLOW}/contexts/jsonschema/1-0-0"
_NOTE = "iglu:com.acme/note/jsonschema/1-0-0"
_WRONG = "iglu:com.acme/wrong/jsonschema/1-0-0"
_FAR = "iglu:com.far/away/jsonschema/1-0-0"
_EVENT = {"e": "pv", "p": "web", "tv": "test"}


class _Unreachable:
    """A registry that has only what is far away, and does not answer."""

    name = "far away"

    def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
        if str(key) != _FAR:
            return None
        message = "far away: no answer"
        raise RegistryUnavailable(message)

    def keys(self) -> Iterable[SchemaKey]:
        return []


_WRONG_SCHEMA = {
    "self": {"vendor": "com.acme", "name": "wrong", "format": "jsonschema", "version": "1-0-0"},
    "type": "strin",
}
_REGISTRY = Registry(
    Packaged(),
    Directory(_ROOT / "fixtures" / "registry"),
    InMemory([_WRONG_SCHEMA]),
    _Unreachable(),
)


def _checked(*events: Any, **limits: Any) -> Result:
    """Check a request that has these events."""
    request = {"schema": f"{_SNOWPLOW}/payload_data/jsonschema/1-0-4", "data": [*events]}
    return Validator(registry=_REGISTRY, limits=Limits(**limits)).check(request, now=_NOW)


def _messages(event: Any, **limits: Any) -> list[Any]:
    """Give the messages of the failed event of an event that is sent as the second of two."""
    (failed,) = _checked(_EVENT, event, **limits).failed_events()
    messages: list[Any] = failed["data"]["failure"]["messages"]
    return messages


def _named(schema: Any, data: Any) -> dict[str, Any]:
    return {"schema": schema, "data": data}


def _ue(schema: Any, data: Any = None, envelope: str = _UE) -> dict[str, Any]:
    return {**_EVENT, "e": "ue", "ue_pr": json.dumps(_named(envelope, _named(schema, data)))}


def _co(*contexts: Any) -> dict[str, Any]:
    return {**_EVENT, "co": json.dumps(_named(_CO, [*contexts]))}


def _px(raw: bytes) -> dict[str, Any]:
    return {**_EVENT, "e": "ue", "ue_px": base64.urlsafe_b64encode(raw).decode()}


def _field(name: str, error: str) -> dict[str, Any]:
    return {"field": name, "value": None, "error": error}


# What is wrong.


def _report(message: str, path: str, keyword: str) -> dict[str, Any]:
    return {"message": message, "path": path, "keyword": keyword, "targets": []}


def test_rules_of_a_schema() -> None:
    """What breaks the rules of a schema is told together, with its path in what a field holds."""
    event = {
        **_ue(_NOTE, {"text": 5}),
        "co": json.dumps(_named(_CO, [_named(_NOTE, {"text": "x"}), _named(_NOTE, {"text": []})])),
    }
    (message,) = _messages(event)
    assert message["schemaKey"] == _NOTE
    assert message["error"] == {
        "error": "ValidationError",
        "dataReports": [
            _report("must be of type string", "$.data.data.text", "type"),
            _report("must be of type string", "$.data[1].data.text", "type"),
        ],
    }


def test_rules_of_the_fields() -> None:
    """What is wrong with a field is told with the parameter that it was."""
    (message,) = _messages({**_EVENT, "eid": "x", "p": "moon"})
    assert message["schemaKey"] == f"{_OWN}/page_view/jsonschema/1-0-0"
    assert {each["path"] for each in message["error"]["dataReports"]} == {"$.eid", "$.p"}


def test_rules_of_the_request() -> None:
    """What breaks the schema of the request is told as well, and of the whole event."""
    first, *_ = _messages({**_EVENT, "more": "x"})
    assert first["schemaKey"] == f"{_SNOWPLOW}/payload_data/jsonschema/1-0-4"
    (report,) = first["error"]["dataReports"]
    assert (report["path"], report["keyword"]) == ("$", "additionalProperties")


def test_schemas_in_the_order_of_their_violations() -> None:
    """Each schema that is broken has one message, in the order in which they were met."""
    event = {**_ue(_NOTE, {"text": 5}), "eid": "x"}
    assert [each["schemaKey"] for each in _messages(event)] == [
        _NOTE,
        f"{_OWN}/self_describing_event/jsonschema/1-0-0",
    ]


@pytest.mark.parametrize(
    ("location", "decoded", "path"),
    [
        ("/data/7", None, "$"),
        ("/data/7/ue_px", None, "$.ue_px"),
        ("/data/7/ue_px", "", "$"),
        ("/data/7/ue_px", "/data/data/0/a", "$.data.data[0].a"),
        ("/data/7/cx", "/data/10/data/a~1b~0c", "$.data[10].data.a/b~c"),
        ("", None, "$"),
    ],
)
def test_json_path(location: str, decoded: str | None, path: str) -> None:
    """A place is told as a JSON Path: in what the parameter holds, or in the event."""
    violation = Violation(
        code="ValidationError",
        message="m",
        keyword="type",
        instance_location=location,
        decoded_location=decoded,
        schema=SchemaKey.parse(_NOTE),
    )
    failed = failed_event(EventResult(location="/data/7", violations=(violation,)), _STAMP)
    (message,) = failed["data"]["failure"]["messages"]
    assert message["error"]["dataReports"] == [_report("m", path, "type")]


@pytest.mark.parametrize(
    ("event", "error"),
    [
        ({**_EVENT, "e": "ue", "ue_pr": "5"}, "INVALID_DATA_PAYLOAD"),
        ({**_EVENT, "e": "ue", "ue_pr": json.dumps({"schema": _UE})}, "INVALID_DATA_PAYLOAD"),
        ({**_EVENT, "co": json.dumps({"data": []})}, "INVALID_DATA_PAYLOAD"),
        (_ue("iglu:com.acme/note/1-0-0"), "INVALID_IGLUURI"),
        (_ue("iglu:"), "INVALID_IGLUURI"),
        (_co(_named("iglu:a/b/jsonschema/1-0", 1)), "INVALID_IGLUURI"),
    ],
    ids=["number", "no-data", "no-schema", "uri", "empty", "version"],
)
def test_not_iglu(event: Any, error: str) -> None:
    """What is not self-describing is told without what it is."""
    assert {"json": None, "error": error} in _messages(event)


@pytest.mark.parametrize("limits", [{}, {"location": 10}], ids=["whole", "cut"])
def test_criterion_mismatch(limits: dict[str, int]) -> None:
    """An envelope of something else is told with what it is and what it should be."""
    other = f"{_SNOWPLOW}/unstruct_event/jsonschema/1-1-0"
    assert _messages(_ue(_NOTE, envelope=other), **limits)[0] == {
        "schemaKey": other,
        "schemaCriterion": f"{_SNOWPLOW}/unstruct_event/jsonschema/1-0-*",
    }
    event = {**_EVENT, "co": json.dumps(_named(_UE, []))}
    assert _messages(event, **limits)[0] == {
        "schemaKey": _UE,
        "schemaCriterion": f"{_SNOWPLOW}/contexts/jsonschema/1-0-*",
    }


def _lookup(error: dict[str, str]) -> dict[str, Any]:
    return {
        "error": "ResolutionError",
        "lookupHistory": [
            {
                "repository": "event-payload-validator",
                "errors": [error],
                "attempts": 1,
                "lastAttempt": _STAMP,
            }
        ],
    }


def test_no_such_schema() -> None:
    """A schema that is not there is told as not found."""
    absent = "iglu:com.acme/absent/jsonschema/1-0-0"
    assert _messages(_ue(absent)) == [
        {"schemaKey": absent, "error": _lookup({"error": "NotFound"})}
    ]


def test_registry_that_does_not_answer() -> None:
    """A registry that did not answer is told with its reason."""
    reason = {"error": "RepoFailure", "message": "far away: no answer"}
    assert _messages(_ue(_FAR)) == [{"schemaKey": _FAR, "error": _lookup(reason)}]


def test_long_reason() -> None:
    """A reason that is too long for the schema of failed events is cut."""
    violation = Violation(code="ResolutionError", message="x" * 300, schema=SchemaKey.parse(_FAR))
    failed = failed_event(EventResult(violations=(violation,)), _STAMP)
    (message,) = failed["data"]["failure"]["messages"]
    (error,) = message["error"]["lookupHistory"][0]["errors"]
    assert error["message"] == f"{'x' * 253}..."


def test_invalid_schema() -> None:
    """A schema that can't judge is told with what is wrong with it."""
    (message,) = _messages(_ue(_WRONG))
    assert message["schemaKey"] == _WRONG
    assert message["error"]["error"] == "ValidationError"
    (issue,) = message["error"]["schemaIssues"]
    assert issue["path"] == "$"
    assert "at /type: fits none of 2 alternatives" in issue["message"]


_NOT_JSON: list[tuple[str, Any, str]] = [
    ("NotJSON", {**_EVENT, "e": "ue", "ue_pr": "{"}, "ue_pr"),
    ("NotJSON", _px(b"[1,"), "ue_px"),
    ("NotJSON", {**_EVENT, "co": "x"}, "co"),
    ("NotUTF8", _px(b'"\xff"'), "ue_px"),
    ("ByteOrderMark", _px(b"\xef\xbb\xbf{}"), "ue_px"),
    ("NotANumber", _px(b"NaN"), "ue_px"),
    ("NumberOutOfRange", _px(b"[1e-400]"), "ue_px"),
    ("LoneSurrogate", _px(b'"\\ud800"'), "ue_px"),
    ("TooDeep", _px(b"[" * 65 + b"]" * 65), "ue_px"),
    ("NotBase64", {**_EVENT, "cx": "!"}, "cx"),
]


@pytest.mark.parametrize(
    ("code", "event", "field"), _NOT_JSON, ids=[f"{case[0]}-{case[2]}" for case in _NOT_JSON]
)
def test_not_json(code: str, event: Any, field: str) -> None:
    """What a parameter should hold and does not is told of the parameter, without its value."""
    message = _messages(event)[0]
    assert (message["field"], message["value"]) == (field, None)
    assert message["error"].startswith(f"{code}: ")


def test_too_many_parts() -> None:
    """What is past a limit is told of the parameter in which it was met."""
    (message,) = _messages(_co(*[_named(_NOTE, {"text": "x"})] * 3), parts=2)
    assert (message["field"], message["error"][:14]) == ("co", "TooManyParts: ")


def test_unknown_event() -> None:
    """What no schema says is told of the parameter that is wrong."""
    message = _messages({**_EVENT, "e": "xx"})[-1]
    assert message["field"] == "e"
    assert message["error"].startswith("ValidationError: must be one of: pv, ")


@pytest.mark.parametrize("location", ["/data/0", "/data/0/" + "n" * 99])
def test_field(location: str) -> None:
    """The name of a field is no longer than its schema has room for; the event is named so."""
    violation = Violation(code="TooComplex", message="m", instance_location=location)
    failed = failed_event(EventResult(location="/data/0", violations=(violation,)), _STAMP)
    name = "event" if location == "/data/0" else f"{'n' * 61}..."
    assert failed["data"]["failure"]["messages"] == [_field(name, "TooComplex: m")]


_KINDS = {
    "NotIglu": {"json", "error"},
    "CriterionMismatch": {"schemaKey", "schemaCriterion"},
    "ResolutionError": {"schemaKey", "error"},
    "InvalidSchema": {"schemaKey", "error"},
}


@pytest.mark.parametrize("schema", [None, SchemaKey.parse(_NOTE)], ids=["nameless", "named"])
@pytest.mark.parametrize("location", ["", "/data/0", "/data/0/cx", "/data/0/data/contexts/schema"])
@pytest.mark.parametrize("code", get_args(Code))
def test_every_code(code: Code, location: str, schema: SchemaKey | None) -> None:
    """Each code that there is becomes one of the messages that there are, wherever it stands."""
    violation = Violation(code=code, message="m", instance_location=location, schema=schema)
    failed = failed_event(EventResult(location="/data/0", violations=(violation,)), _STAMP)
    (message,) = failed["data"]["failure"]["messages"]
    broken = code == "ValidationError" and schema is not None
    others = {"schemaKey", "error"} if broken else {"field", "value", "error"}
    assert set(message) == _KINDS.get(code, others)


# What was sent.


def test_failed_event() -> None:
    """A failed event says when it failed, what was sent, what that became, and who says so."""
    event = {**_EVENT, "eid": "X", "se_va": "1.50", "res": "10x20", "cookie": "1", "aid": "shop"}
    (failed,) = _checked(event).failed_events()
    data = failed["data"]

    assert failed["schema"] == (
        "iglu:com.snowplowanalytics.snowplow.badrows/schema_violations/jsonschema/2-0-0"
    )
    assert data["processor"] == {"artifact": "event-payload-validator", "version": __version__}
    assert data["failure"]["timestamp"] == _STAMP
    assert data["payload"]["raw"]["timestamp"] == _STAMP
    assert data["payload"]["raw"]["parameters"] == [
        {"name": name, "value": value} for name, value in event.items()
    ]
    enriched = data["payload"]["enriched"]
    assert enriched["v_etl"] == f"event-payload-validator-{__version__}"
    assert {name: enriched[name] for name in ("platform", "app_id", "event", "se_value")} == {
        "platform": "web",
        "app_id": "shop",
        "event": "page_view",
        "se_value": "1.50",
    }
    assert (enriched["dvce_screenwidth"], enriched["br_cookies"]) == (10, 1)
    assert {enriched[name] for name in enriched if name.endswith("_tstamp")} == {_SPELLED}


def test_fields_as_enrich_spells_them() -> None:
    """What a parameter holds is a text again; a time that can't be read stays as it is."""
    event = {**_co(_named(_NOTE, {"text": 5})), "dtm": "yesterday", "pp_mix": "x", "f_pdf": "0"}
    (failed,) = _checked(event).failed_events()
    enriched = failed["data"]["payload"]["enriched"]
    assert json.loads(enriched["contexts"]) == json.loads(event["co"])
    assert enriched["dvce_created_tstamp"] == "yesterday"
    assert (enriched["pp_xoffset_min"], enriched["br_features_pdf"]) == (None, 0)


def test_parameters_of_any_length_and_type() -> None:
    """Parameters that are no texts are told as JSON; names and values that are too long are cut."""
    event = {**_EVENT, "url": "u" * 512, "refr": "r" * 513, "n" * 513: "x", "odd": [1, None]}
    event |= {"m" * 512: "", "list": ["x" * 600], "twice" * 200: "1", "twice" * 201: "2"}
    (failed,) = _checked(event).failed_events()
    payload = failed["data"]["payload"]
    told = [(each["name"], each["value"]) for each in payload["raw"]["parameters"]]
    twice = f"{('twice' * 200)[:509]}..."
    assert told == [
        *_EVENT.items(),
        ("url", "u" * 512),
        ("refr", f"{'r' * 509}..."),
        (f"{'n' * 509}...", "x"),
        ("odd", "[1,null]"),
        ("m" * 512, ""),
        ("list", f'["{"x" * 507}...'),
        (twice, "1"),
        (twice, "2"),
    ]
    assert payload["enriched"]["page_referrer"] == "r" * 513


@pytest.mark.parametrize("event", [5, "pv", None, [], [_EVENT], {}, {"data": {"a": 1}}], ids=repr)
@pytest.mark.parametrize("asks", ["check", "validate"])
def test_event_that_is_none(event: Any, asks: str) -> None:
    """Of what is no event, only times are told, and its members where it is an object."""
    request = {"schema": f"{_SNOWPLOW}/payload_data/jsonschema/1-0-4", "data": [event]}
    (failed,) = getattr(Validator(), asks)(request).failed_events()
    payload = failed["data"]["payload"]
    derived = {"derived_tstamp"} if isinstance(event, dict) else set()
    assert set(payload["enriched"]) == {"collector_tstamp", "etl_tstamp", "v_etl"} | derived
    members = event if isinstance(event, dict) else {}
    assert [each["name"] for each in payload["raw"]["parameters"]] == list(members)


@pytest.mark.parametrize("asks", ["check", "validate"])
def test_fields_of_an_unknown_event(asks: str) -> None:
    """The fields of an event of no known kind are told as far as they were read, whoever asks."""
    event = {**_EVENT, "e": "xx", "url": "u", "vp": "3x4", "tr_tt": "y", "co": "{", "more": "x"}
    request = {"schema": f"{_SNOWPLOW}/payload_data/jsonschema/1-0-4", "data": [event]}
    for document in (request, event):
        (failed,) = getattr(Validator(), asks)(document).failed_events()
        enriched = failed["data"]["payload"]["enriched"]
        told = {name: enriched.get(name) for name in ("page_url", "br_viewwidth", "tr_total")}
        assert told == {"page_url": "u", "br_viewwidth": 3, "tr_total": "y"}
        assert enriched["contexts"] == "{"
        assert {"event", "event_id", "unused_parameters"}.isdisjoint(enriched)


def _bodies(version: str) -> Any:
    return {"schema": f"{_SNOWPLOW}/payload_data/jsonschema/{version}", "data": [_EVENT] * 2}


@pytest.mark.parametrize(
    ("version", "message"),
    [
        (
            "1-1-0",
            {
                "schemaKey": f"{_SNOWPLOW}/payload_data/jsonschema/1-1-0",
                "schemaCriterion": f"{_SNOWPLOW}/payload_data/jsonschema/1-0-*",
            },
        ),
        (
            "1-0-99",
            {
                "schemaKey": f"{_SNOWPLOW}/payload_data/jsonschema/1-0-99",
                "error": _lookup({"error": "NotFound"}),
            },
        ),
        ("1-0", {"json": None, "error": "INVALID_IGLUURI"}),
    ],
)
def test_request_that_can_not_be_judged(version: str, message: Any) -> None:
    """Each event of a request that can't be judged is a failed event, with its fields."""
    failed = Validator().check(_bodies(version), now=_NOW).failed_events()
    assert [each["data"]["failure"]["messages"] for each in failed] == [[message]] * 2
    assert [each["data"]["payload"]["enriched"]["platform"] for each in failed] == ["web"] * 2


def test_request_that_is_wrong_as_a_whole() -> None:
    """What is wrong with a request, and with no event of it, is told of each, at its place."""
    own = SchemaKey.parse(f"{_SNOWPLOW}/payload_data/jsonschema/1-0-5")
    rule = {
        "self": {
            "vendor": own.vendor,
            "name": own.name,
            "format": own.format,
            "version": str(own.version),
        },
        "maxItems": 1,
    }
    validator = Validator(registry=Registry(Packaged(), InMemory([rule])))
    for each in validator.check(_bodies("1-0-5")).failed_events():
        (message,) = each["data"]["failure"]["messages"]
        assert message["schemaKey"] == str(own)
        (report,) = message["error"]["dataReports"]
        assert (report["path"], report["keyword"]) == ("$.data", "maxItems")


def test_normalized_event() -> None:
    """An event that came normalized has its fields told, but those that there is no room for."""
    fields = {"event": "unstruct", "page_url": None, "more": 1, "unstruct_event": _named(_CO, 1)}
    event = _named(f"{_OWN}/self_describing_event/jsonschema/1-0-0", fields)
    (failed,) = Validator(registry=_REGISTRY).check(event, now=_NOW).failed_events()
    messages = failed["data"]["failure"]["messages"]
    enriched = failed["data"]["payload"]["enriched"]

    assert messages[0] == {
        "schemaKey": _CO,
        "schemaCriterion": f"{_SNOWPLOW}/unstruct_event/jsonschema/1-0-*",
    }
    assert (enriched["event"], enriched["page_url"]) == ("unstruct", None)
    assert json.loads(enriched["unstruct_event"]) == _named(_CO, 1)
    assert "more" not in enriched


def test_uri_that_is_none_in_a_normalized_event() -> None:
    """In an event that came normalized, too, a name that is no URI is told as such."""
    held = _named(_UE, _named("iglu:x", 1))
    event = _named(f"{_OWN}/self_describing_event/jsonschema/1-0-0", {"unstruct_event": held})
    (failed,) = Validator().check(event).failed_events()
    expected = {"json": None, "error": "INVALID_IGLUURI"}
    assert expected in failed["data"]["failure"]["messages"]


def _types_of_fields() -> dict[str, set[str]]:
    """Give the types that the schemas of events allow for each field."""
    found: dict[str, set[str]] = {}
    for file in (_ROOT / "schemas" / "org.eventpayload.snowplow").glob("*/jsonschema/1-0-0"):
        if file.parts[-3] in {"events", "query"}:
            continue
        schema = json.loads(file.read_bytes())
        definitions = schema.get("definitions", {})
        for name, field in schema["properties"].items():
            definition = definitions.get(field.get("$ref", "").rpartition("/")[2], field)
            types = definition.get("type", [])
            found.setdefault(name, set()).update([types] if isinstance(types, str) else types)
    return found


def test_fields_are_those_of_events() -> None:
    """Every field that an event may have is known, as an integer where it is one or a flag."""
    types = _types_of_fields()
    del types["unused_parameters"]
    whole = {name for name, each in types.items() if each & {"integer", "boolean"}}
    assert set(types) == badrows._FIELDS
    assert whole == badrows._INTEGERS | {"txn_id"}  # an integer that Enrich tells as a text


# Snowplow's own schema.

_FAILING: dict[str, Any] = {
    "rules": _ue(_NOTE, {"text": 5}),
    "fields": {**_EVENT, "eid": "x", "vp": "1x", "dtm": "x", "tr_tt": "y", "cookie": "no"},
    "request": {**_EVENT, "more": "x", "odd": 5},
    "not-iglu": {**_EVENT, "e": "ue", "ue_pr": "5"},
    "uri": _ue("iglu:x"),
    "criterion": _ue(_NOTE, envelope=_CO),
    "absent": _ue("iglu:com.acme/absent/jsonschema/1-0-0"),
    "unreachable": _ue(_FAR),
    "wrong": _ue(_WRONG),
    **{f"{code}-{field}": event for code, event, field in _NOT_JSON},
    "unknown": {**_EVENT, "e": "xx"},
    "number": 5,
    "empty": {},
    "data": {"data": {"a": 1}},
    "long": {**_EVENT, "url": "u" * 5_000, "n" * 600: "x"},
    "neither": {**_EVENT, "e": "ue", "more": "x", "dtm": "0", "stm": "253402300799999"},
    "several": {**_ue(_NOTE, {"text": 5}), "co": "x", "cx": "!", "e": "xx", "eid": "x"},
}


@pytest.mark.shared
@pytest.mark.parametrize("event", _FAILING.values(), ids=_FAILING)
def test_fits_the_schema_of_failed_events(event: Any) -> None:
    """Each failed event is valid by the schema that Snowplow publishes for failed events."""
    if not _CENTRAL.is_dir():
        pytest.skip("the corpus of Iglu Central is not there")
    judge = Validator(registry=Registry(Packaged(), Directory(_CENTRAL)))
    normalized = _checked(_EVENT).payload["data"][0]
    normalized["data"] |= {"more": 1, "page_url": None, "pp_xoffset_min": "x", "contexts": {}}
    results = [
        _checked(event),
        _checked(event, violations=1, message=40, location=9),
        Validator(registry=_REGISTRY).check(normalized),
        Validator(registry=_REGISTRY).validate(_checked(event).payload),
        *(Validator().check(_bodies(version)) for version in ("1-1-0", "1-0-99", "1-0", "")),
    ]
    failed = [each for result in results for each in result.failed_events()]
    assert len(failed) >= len(results) - 1  # normalizing takes out what only a request can't have
    for each in failed:
        assert list(judge.check(each)) == []
        assert judge.check(each).schema == SchemaKey.parse(each["schema"])


@pytest.mark.shared
def test_fields_fit_the_schema_of_failed_events() -> None:
    """Snowplow's schema has every field that is told, of the type that it is told as."""
    file = _CENTRAL / "com.snowplowanalytics.snowplow.badrows/schema_violations/jsonschema/2-0-0"
    if not file.is_file():
        pytest.skip("the corpus of Iglu Central is not there")
    payload = json.loads(file.read_bytes())["properties"]["payload"]
    fields = payload["properties"]["enriched"]["properties"]
    types = {name: set(fields[name]["type"]) for name in badrows._FIELDS}
    assert {name for name, each in types.items() if "integer" in each} == badrows._INTEGERS
    assert {name for name, each in types.items() if "string" in each} == badrows._TEXTS
