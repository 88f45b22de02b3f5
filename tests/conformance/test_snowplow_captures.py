"""Every request that Snowplow's tracker 0.8.0 was seen to send, and its verdict.

`fixtures/snowplow/captures.ndjson` has a request in each line: its case, how it was sent, the raw
body or query, what its parameters that hold JSON hold, and the violations that it should have:
those that Snowplow's published schemas find, and that Enrich's conversion of fields finds.
"""

from __future__ import annotations

import copy
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from validator import Cached, Directory, Packaged, Registry, Result, Validator, normalize
from validator.queries import parse_query
from validator.trackers.encoded import HOLDING

FIXTURES = Path(__file__).parents[2] / "fixtures"
CAPTURES = [
    json.loads(line)
    for line in (FIXTURES / "snowplow" / "captures.ndjson").read_text("utf-8").splitlines()
]
VALIDATOR = Validator(
    registry=Registry(Cached(Packaged()), Cached(Directory(FIXTURES / "registry")))
)
#: The cases that what was sent is not valid in, of all those that the tracker let pass.
INVALID = {
    "form_change_null_element_id",
    "form_change_upper_type",
    "form_submit_element_extra_key",
    "screen_view_empty",
    "self_describing_schema_bad_uri",
    "self_describing_schema_empty",
    "site_search_terms_string",
    "site_search_total_negative",
}

each_capture = pytest.mark.parametrize(
    "capture",
    [
        pytest.param(capture, id=f"{number}-{capture['mode']}-{capture['case']}")
        for number, capture in enumerate(CAPTURES)
    ],
)


def document(capture: dict[str, Any]) -> Any:
    """Give a request as a Python object."""
    if capture["method"] == "POST":
        return json.loads(capture["raw"])
    return parse_query(capture["raw"], VALIDATOR._limits)


def checked(capture: dict[str, Any]) -> list[Result]:
    """Check a request in each of the ways that there are: as it was sent, and as an object."""
    sent = document(capture)
    ways = [VALIDATOR.check(sent), VALIDATOR.check(json.dumps(sent).encode())]
    if capture["method"] == "POST":
        return [VALIDATOR.check(capture["raw"].encode()), *ways]
    url = f"https://collector.example.com/i?{capture['raw']}"
    return [VALIDATOR.check_query(way) for way in (capture["raw"], url.encode())] + ways


def found(result: Result) -> list[dict[str, str | None]]:
    """Give what a capture says of its violations."""
    names = ("code", "keyword", "instance_location", "decoded_location")
    return [{name: getattr(each, name) for name in names} for each in result]


@each_capture
def test_verdict(capture: dict[str, Any]) -> None:
    """A request has its verdict, however it is given, and each event that is good comes out."""
    for result in checked(capture):
        assert found(result) == capture["violations"]
        assert len(result.entries) == len(capture["held"])
        assert len(result.events) == (0 if capture["violations"] else len(capture["held"]))
        assert result.unresolved == ()
        assert result.validation_info == ()
        assert not result.truncated


@each_capture
def test_verdict_without_normalizing(capture: dict[str, Any]) -> None:
    """`validate` says the same of a request as `check`, and gives it back as it is."""
    sent = document(capture)
    given = copy.deepcopy(sent)

    result = VALIDATOR.validate(sent)

    assert found(result) == capture["violations"]
    assert result.payload is sent
    assert sent == given


@each_capture
def test_holds(capture: dict[str, Any]) -> None:
    """What the parameters that hold JSON hold is what the normalized events have."""
    for result in checked(capture):
        for entry, held in zip(result.entries, capture["held"], strict=True):
            expected = {HOLDING[name]: inner for name, inner in held.items()}
            data = entry.payload["data"]
            assert {field: data[field] for field in HOLDING.values() if field in data} == expected


@each_capture
def test_events_are_valid_again(capture: dict[str, Any]) -> None:
    """A normalized event is valid by itself, all of a request are together, and none changes."""
    result = checked(capture)[0]

    for event in result.events:
        again = VALIDATOR.check(json.dumps(event).encode())
        assert found(again) == []
        assert again.payload == event
    again = VALIDATOR.check(result.payload)
    assert bool(again) is not bool(capture["violations"])
    assert again.payload == normalize(result.payload) == result.payload


def test_captures_are_all_there() -> None:
    """There are 177: each way to send, and what the tracker let pass though it should not."""
    modes = Counter(capture["mode"] for capture in CAPTURES)

    assert modes == {
        "get_b64": 42,
        "get_plain": 44,
        "post_b64": 40,
        "post_plain": 42,
        "probe": 9,
    }
    assert {capture["case"] for capture in CAPTURES if capture["violations"]} == INVALID


def test_ways_to_send_agree() -> None:
    """A case has one verdict, whether it was sent by POST or GET, in base64 or plain."""
    verdicts: dict[str, set[str]] = {}
    for capture in CAPTURES:
        told = [(each["keyword"], each["decoded_location"]) for each in capture["violations"]]
        verdicts.setdefault(capture["case"], set()).add(json.dumps(told))

    assert {case: len(each) for case, each in verdicts.items() if len(each) > 1} == {}
