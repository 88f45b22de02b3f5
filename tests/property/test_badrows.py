"""Failed events: what they tell of any event, and what they must not tell."""

import base64
import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from validator import Cached, Directory, Limits, Packaged, Registry, Validator
from validator.badrows import _FIELDS
from validator.trackers.canonical import FIELDS

_MARKER = "s3cr3t"
_FIXTURES = Path(__file__).parents[2] / "fixtures"
_REGISTRY = Registry(Cached(Packaged()), Cached(Directory(_FIXTURES / "registry")))
_VALIDATORS = [
    Validator(registry=_REGISTRY),
    Validator(registry=_REGISTRY, limits=Limits(parts=2, message=40, location=12, depth=12)),
]
_SNOWPLOW = "iglu:com.snowplowanalytics.snowplow"

#: Texts that all have the marker in them, as wrong and as right values do.
_SECRETS = st.sampled_from(["{}", "a {} b", "{}@example.com", "\t{}", "1{}", "{}" * 90]).map(
    lambda form: form.replace("{}", _MARKER)
)
_NAMES = st.sampled_from(["text", "name", "schema", "data", "a"])
_VALUES = st.recursive(
    _SECRETS | st.none() | st.integers(0, 9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=3),
    max_leaves=5,
)
_URIS = st.sampled_from(
    [
        "iglu:com.acme/note/jsonschema/1-0-0",
        "iglu:com.acme/user/jsonschema/1-0-0",
        "iglu:com.acme/absent/jsonschema/1-0-0",
        f"iglu:{_MARKER}",
        f"http://{_MARKER}",
        f"iglu:com.acme/note/jsonschema/1-0-{_MARKER}",
        f"{_SNOWPLOW}/unstruct_event/jsonschema/1-0-0",
        f"{_SNOWPLOW}/contexts/jsonschema/1-0-0",
        f"{_SNOWPLOW}/contexts/jsonschema/1-1-0",
    ]
)
_PARTS = st.fixed_dictionaries({"schema": _URIS, "data": _VALUES})
_HELD = st.fixed_dictionaries({"schema": _URIS, "data": _PARTS | st.lists(_PARTS, max_size=3)})
_JSON_TEXTS = (_HELD | _VALUES).map(json.dumps) | _SECRETS | _SECRETS.map(lambda text: f'["{text}"')
_BASE64_TEXTS = _JSON_TEXTS.map(lambda text: base64.b64encode(text.encode()).decode()) | _SECRETS
_EVENTS = st.fixed_dictionaries(
    {"e": st.sampled_from(["pv", "ue", "se", "pp", "xx", _MARKER])},
    optional={
        "p": st.just("web") | _SECRETS,
        "tv": _SECRETS,
        "ue_pr": _JSON_TEXTS,
        "ue_px": _BASE64_TEXTS,
        "co": _JSON_TEXTS,
        "cx": _BASE64_TEXTS,
        **dict.fromkeys(("eid", "dtm", "vp", "tr_tt", "se_va", "cookie", "url", "zz"), _SECRETS),
        "aid": _VALUES,
    },
)


@given(st.lists(_EVENTS | _VALUES, min_size=1, max_size=3), st.sampled_from(_VALIDATORS))
def test_messages_hold_no_values(events: list[Any], validator: Validator) -> None:
    """The payload of a failed event has the values that were sent; its messages have none."""
    request = {"schema": f"{_SNOWPLOW}/payload_data/jsonschema/1-0-4", "data": events}

    result = validator.check(request)

    failed = result.failed_events()
    assert len(failed) == len([entry for entry in result.entries if not entry])
    for each in failed:
        data = each["data"]
        assert _MARKER not in json.dumps([data["failure"], data["processor"]])
        assert data["failure"]["messages"]
        assert set(data["payload"]["enriched"]) <= _FIELDS | {"etl_tstamp", "v_etl"}


@given(_EVENTS, st.sampled_from(_VALIDATORS))
def test_every_text_that_was_sent_is_there(event: dict[str, Any], validator: Validator) -> None:
    """What was sent stands among the parameters, as it was sent; what is too long is cut."""
    for failed in validator.check(event).failed_events():
        told = {
            each["name"]: each["value"] for each in failed["data"]["payload"]["raw"]["parameters"]
        }
        texts = {name: value for name, value in event.items() if type(value) is str}
        assert list(told) == list(event)
        for name, value in texts.items():
            cut = f"{value[:509]}..."
            assert told[name] == (value if len(value) <= 512 else cut)
        assert all(len(value) <= 512 for value in told.values())


def test_fields_of_the_protocol_are_told() -> None:
    """Every field that a parameter becomes has its place in a failed event."""
    assert {field for field, _ in FIELDS.values()} <= _FIELDS
