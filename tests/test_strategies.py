"""Strategies: what they draw is valid, what they say of near misses is so, wrong use is told."""

import json
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings

from validator import NoSuchSchema, Validator, WrongUse
from validator.errors import NothingToDraw
from validator.strategies import (
    NearMiss,
    from_schema,
    payloads,
    snowplow_requests,
    tracker_payloads,
)

TRACKER_PAYLOAD = "iglu:com.tracardi/tracker_payload/jsonschema/1-*-*"
VALIDATOR = Validator()
#: Every health check is on.
few = settings(max_examples=30, database=None, deadline=None)
many = settings(max_examples=2000, database=None, deadline=None)
#: What is found is not made small.
found = settings(many, phases=[Phase.generate])


@few
@given(from_schema(TRACKER_PAYLOAD))
def test_documents_of_a_schema_are_valid(document: Any) -> None:
    """The validator takes what is drawn of a schema."""
    assert VALIDATOR.validate(document, TRACKER_PAYLOAD)


@few
@given(from_schema(TRACKER_PAYLOAD, invalid=True))
def test_near_misses_break_the_rule_that_they_name(miss: NearMiss) -> None:
    """The only violation of a near miss is of the rule that it names."""
    (told,) = VALIDATOR.validate(json.dumps(miss.document).encode(), TRACKER_PAYLOAD).violations
    assert (told.keyword, told.keyword_location) == (miss.keyword, miss.keyword_location)
    assert told.instance_location == miss.instance_location


@few
@given(tracker_payloads())
def test_tracker_payloads_are_accepted(payload: Any) -> None:
    """`check` accepts tracker payloads as they are sent."""
    assert VALIDATOR.check(payload)


@few
@given(snowplow_requests())
def test_snowplow_requests_are_accepted(request: Any) -> None:
    """`check` accepts each event of a request."""
    result = VALIDATOR.check(request)
    assert result
    assert len(result.events) == len(request["data"]) > 0


@few
@given(payloads())
def test_payloads_are_of_both_families(payload: Any) -> None:
    """`check` accepts payloads of either family."""
    assert VALIDATOR.check(payload)


@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # of what is not made small
@pytest.mark.parametrize(
    ("kind", "name"), [("tracardi", "events"), ("snowplow", "schema"), (None, "events")]
)
def test_payloads_of_a_family(kind: Any, name: str) -> None:
    """A kind chooses the family, and both are among the payloads of none."""
    assert name in find(payloads(kind), lambda payload: name in payload, settings=found)


@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # of what is not made small
@pytest.mark.parametrize(
    "fits",
    [
        lambda payload: any(" " in event["type"] for event in payload["events"]),
        lambda payload: any(
            isinstance((event.get("time") or {}).get("create"), int) for event in payload["events"]
        ),
        lambda payload: any(event.get("context", {}) is None for event in payload["events"]),
        lambda payload: any(
            "said" in (event.get("properties") or {}) for event in payload["events"]
        ),
        lambda payload: any(len(event["type"]) == 255 for event in payload["events"]),
    ],
    ids=["no-slug", "unix-time", "null", "self-describing", "longest-type"],
)
def test_tracker_payloads_are_as_they_are_sent(fits: Any) -> None:
    """Types are no slugs, times are numbers, what is optional is null, and so on."""
    assert find(tracker_payloads(), fits, settings=found)


@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # of what is not made small
@pytest.mark.parametrize(
    "name", ["ue_pr", "ue_px", "co", "cx", "se_va", "tr_tt", "ti_qu", "pp_mix"]
)
def test_snowplow_requests_hold_every_kind_of_event(name: str) -> None:
    """Events of each kind are drawn, and JSON both plain and in base64."""
    assert find(
        snowplow_requests(),
        lambda request: any(name in each for each in request["data"]),
        settings=found,
    )


def test_shrinking() -> None:
    """What is found shrinks to what is small and readable, or stays at a bound."""
    small = find(
        from_schema(TRACKER_PAYLOAD), lambda payload: len(payload["events"]) > 1, settings=many
    )
    assert len(small["events"]) == 2
    assert len(str(small)) < 250
    numbers = from_schema({"type": "integer", "minimum": -1000, "maximum": 10**6})
    small = find(numbers, lambda number: number > 500, settings=many)
    assert small == 501


@pytest.mark.parametrize(
    ("bounds", "simple"),
    [({"minimum": 0.5}, 8), ({"exclusiveMinimum": 0}, 8), ({"maximum": 100}, 8)],
)
def test_numbers_shrink_to_simple_ones(bounds: dict[str, Any], simple: int) -> None:
    """A number that is found shrinks to a simple one, not to a bound or the greatest float."""
    schema: dict[str, Any] = {"type": "number", **bounds}
    small: Any = find(from_schema(schema), lambda number: number > 7.5, settings=many)
    assert small == simple


def test_properties_shrink_to_plain_ones() -> None:
    """Properties shrink to one name in one event: not to self-describing data, or two events."""
    small: Any = find(
        tracker_payloads(),
        lambda payload: any(event.get("properties") for event in payload["events"]),
        settings=many,
    )
    (event,) = small["events"]
    assert len(event["properties"]) == 1
    assert "said" not in event["properties"]
    assert small.keys() == {"source", "session", "profile", "events"}


FEW_ITEMS: dict[str, Any] = {
    "type": "array",
    "items": {"enum": [1, 2, 3, "a"]},
    "uniqueItems": True,
    "minItems": 3,
}


@few
@given(from_schema(FEW_ITEMS))
def test_distinct_items_of_few(document: Any) -> None:
    """Distinct items of few are drawn with every health check on."""
    assert len({str(each) for each in document}) == len(document) >= 3


def test_near_misses_are_of_many_rules() -> None:
    """No keyword has most of the near misses: not the first by name, either."""
    counted: Counter[str] = Counter()

    @settings(few, max_examples=100)
    @given(from_schema(TRACKER_PAYLOAD, invalid=True))
    def count(miss: NearMiss) -> None:
        counted[miss.keyword] += 1

    count()
    assert len(counted) >= 5
    assert counted.most_common(1)[0][1] < 50
    assert counted["type"] > 3


def test_documents_that_are_rare() -> None:
    """Where most choices come to none, Hypothesis is told so, and what is found is valid."""
    rare = {"type": "string", "format": "date-time", "pattern": "^(1970-01-01|2024-02-29)T00:00:00"}

    @settings(few, suppress_health_check=[*HealthCheck])
    @given(from_schema(rare))
    def test_of_rare_documents(document: str) -> None:
        assert VALIDATOR.validate(f'"{document}"'.encode(), rare)

    test_of_rare_documents()


def test_nothing_to_draw() -> None:
    """A schema that has no document is told when the strategy is made."""
    with pytest.raises(NothingToDraw, match="it accepts none"):
        from_schema({"not": {}})
    with pytest.raises(NothingToDraw, match="it accepts every document"):
        from_schema({}, invalid=True)


def test_no_such_schema() -> None:
    """A schema that is not there is told when the strategy is made."""
    with pytest.raises(NoSuchSchema):
        from_schema("iglu:com.acme/absent/jsonschema/1-0-0")


def test_wrong_use() -> None:
    """A kind that is unknown is told, and so is what is no name of a schema."""
    with pytest.raises(WrongUse, match="kind is 'tracardi', 'snowplow' or None, not 'segment'"):
        payloads("segment")
    with pytest.raises(WrongUse, match="schema is"):
        from_schema(None)


@pytest.mark.parametrize("module", ["validator.cli", "validator.drawing.payloads"])
def test_only_strategies_import_hypothesis(module: str) -> None:
    """Neither the command nor what draws of a seed needs Hypothesis."""
    program = f"import {module}, sys; sys.exit('hypothesis' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
