"""What hypothesis-jsonschema generates from our schemas, and from Iglu Central's: a second source.

These tests are by themselves because hypothesis-jsonschema does not work with the newest
hypothesis: all others run with it (see noxfile.py).
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis_jsonschema import from_schema
from jsonschema.exceptions import _RefResolutionError

from opinions import cause, engines, outcome
from validator import Cached, Directory, InvalidSchema, Packaged, Registry, SchemaKey, normalize

_ROOT = Path(__file__).parents[2]
_IGLU_CENTRAL = _ROOT.parent / "shared" / "corpora" / "iglu-central"
_LOCAL = Registry(Cached(Packaged()), Cached(Directory(_ROOT / "fixtures" / "registry")))
#: Every so many schemas of Iglu Central are tried: all with EVERY_SCHEMA=1 in the environment.
_EVERY = int(os.environ.get("EVERY_SCHEMA", "20"))
#: How many of those it takes none of, at the most: they refer to others, or to themselves.
_MOST_REFUSED = 5

_few = settings(
    database=None,
    deadline=None,
    derandomize=True,
    max_examples=3,
    phases=[Phase.generate],
    suppress_health_check=[*HealthCheck],
)

_SNOWPLOW = "com.snowplowanalytics.snowplow"
#: What it can't draw of: it takes no `iglu:` reference, and none of a schema to itself, here of
#: draft-04's meta-schema.
_REFERRING = [
    "iglu:com.acme/leaderboard_entry/jsonschema/1-0-0",
    "iglu:com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0",
]
#: What it draws no valid documents of, or few: it knows no format uuid, and of a date-time with a
#: `pattern` it is told the pattern alone, since it draws by the one and gives up on the other.
_HALF_KNOWN = [
    "iglu:com.snowplowanalytics.mobile/screen_view/jsonschema/1-0-0",
    f"iglu:{_SNOWPLOW}/mobile_context/jsonschema/1-0-3",
    *(f"iglu:{_SNOWPLOW}/client_session/jsonschema/1-0-{addition}" for addition in range(3)),
    *(
        f"iglu:org.eventpayload.snowplow/{name}/jsonschema/1-0-0"
        for name in (
            *("ad_impression", "page_ping", "page_view", "self_describing_event"),
            *("structured_event", "transaction", "transaction_item"),
        )
    ),
]
#: What takes it seconds each; newer versions of the same are drawn of.
_SLOW = [f"iglu:org.eventpayload/check_report/jsonschema/1-0-{addition}" for addition in range(2)]
_URIS = [str(key) for key in _LOCAL.keys()]  # noqa: SIM118  # no dict


def _for_it(raw: bytes) -> dict[str, Any]:
    """Give a schema as hypothesis-jsonschema takes it: under a name of the dialect it knows."""
    schema: dict[str, Any] = orjson.loads(raw)
    for member in schema.get("properties", {}).values():
        if "pattern" in member:
            member.pop("format", None)
    return {**schema, "$schema": "http://json-schema.org/draft-04/schema#"}


def _verdicts(key: SchemaKey, registry: Registry) -> Counter[str]:
    """Count the verdicts on what is generated from a schema; both engines say the same of it."""
    both = engines(registry)
    verdicts = Counter[str]()

    @_few
    @given(from_schema(_for_it(registry.read(key))))
    def judged(document: Any) -> None:
        raw = json.dumps(document).encode()
        first, second = (each.validate(raw, key) for each in both)
        assert outcome(first) == outcome(second) or cause(document, first, second)
        # Past 64 bits, which it draws, no document may have an integer.
        codes = {each.code for each in first} - {"NumberOutOfRange"}
        verdicts["invalid" if codes else "valid"] += 1
        if first and key.vendor == "com.tracardi":
            assert both[0].validate(normalize(document), key).violations == ()

    judged()
    return verdicts


@pytest.mark.parametrize("uri", [each for each in _URIS if each not in {*_REFERRING, *_SLOW}])
def test_both_say_the_same(uri: str) -> None:
    """A generated document has one verdict and is valid; a valid payload stays so, normalized."""
    verdicts = _verdicts(SchemaKey.parse(uri), _LOCAL)

    assert verdicts
    assert uri in _HALF_KNOWN or "invalid" not in verdicts


@pytest.mark.parametrize("uri", _REFERRING)
def test_what_it_can_not_draw_of(uri: str) -> None:
    """Of a schema that refers to another, or to itself, hypothesis-jsonschema draws nothing."""
    with pytest.raises(_RefResolutionError, match=r"remote|recursive"):
        _verdicts(SchemaKey.parse(uri), _LOCAL)


@pytest.mark.shared
def test_both_say_the_same_of_iglu_central() -> None:
    """So it is with schemas of Iglu Central."""
    if not _IGLU_CENTRAL.is_dir():
        pytest.skip("Iglu Central's schemas are not here")
    registry = Registry(Cached(Directory(_IGLU_CENTRAL)))
    keys = [key for key in registry.keys() if key.format == "jsonschema"]  # noqa: SIM118  # no dict
    verdicts = Counter[str]()
    for key in keys[::_EVERY]:
        try:
            verdicts += _verdicts(key, registry)
        except (_RefResolutionError, InvalidSchema):  # it refers to others, or to itself
            verdicts["refused"] += 1

    assert verdicts["valid"] > verdicts["invalid"] > 0
    assert verdicts["refused"] <= _MOST_REFUSED
