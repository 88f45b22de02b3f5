"""A comparison for programs: it is what its schema says, and has all there is to know."""

import json
from typing import Any

import pytest

from validator import SchemaKey, Validator
from validator.compatibility import (
    ABSENT,
    Change,
    Comparison,
    Direction,
    Reason,
    Warned,
    Witness,
    compare,
)
from validator.reporting.compared import Compared
from validator.reporting.compared_json import comparison_as_json
from validator.results import Violation

_SCHEMA = "iglu:org.eventpayload/comparison/jsonschema/1-0-0"
_USER = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-1")
_VIOLATION = Violation(
    code="ValidationError",
    message="must be of type string; it is null",
    keyword="type",
    instance_location="/a",
    keyword_location="/properties/a/type",
    schema=_USER,
)
_TOLD = {
    "document": {"a": None},
    "violation": {
        "code": "ValidationError",
        "message": "must be of type string; it is null",
        "keyword": "type",
        "instance_location": "/a",
        "decoded_location": None,
        "keyword_location": "/properties/a/type",
        "schema": "iglu:com.acme/user/jsonschema/1-0-1",
    },
}
_WITNESS = Witness({"a": None}, _VIOLATION)
_TYPE = Change(
    path="/properties/a",
    keyword="type",
    old=ABSENT,
    new="string",
    effect="narrows",
    breaks=("readers",),
    witness=_WITNESS,
    message='type of /properties/a is new: "string"',
)
_NAMED = Change(
    path="",
    keyword="properties",
    name="b/c",
    old=None,
    new=ABSENT,
    effect="undecided",
    message="property `b/c` is gone",
    together=("/properties/a/type",),
)


def _told(compared: Compared) -> Any:
    """Give the JSON of a comparison, after its schema has accepted it."""
    told = comparison_as_json(compared)
    assert Validator().validate(json.dumps(told).encode(), _SCHEMA).violations == ()
    return told


def test_all_there_is() -> None:
    """Each value has its name; a keyword that is not there on a side has none of that side."""
    comparison = Comparison(
        backward=Direction("refuted", _WITNESS, {"required": ["a"]}),
        forward=Direction("unknown", reason="the time ended"),
        changes=(_TYPE, _NAMED),
        policy="snowplow",
        step="MODEL",
        reasons=(
            Reason("type-changed", "MODEL", "the type", _TYPE),
            Reason("no-history-left", "MODEL", "none is left"),
        ),
        warnings=(Warned("parquet", "parquet-type", "/properties/a", "another type"),),
        truncated=True,
    )
    compared = Compared(
        old="1-0-0",
        new="1-0-1",
        comparison=comparison,
        taken="ADDITION",
        at_most="REVISION",
        least_version="2-0-0",
    )
    assert _told(compared) == {
        "old": "1-0-0",
        "new": "1-0-1",
        "backward": {"verdict": "refuted", "witness": _TOLD, "lost": {"required": ["a"]}},
        "forward": {"verdict": "unknown", "reason": "the time ended"},
        "step": "MODEL",
        "taken": "ADDITION",
        "at_most": "REVISION",
        "enough": False,
        "least_version": "2-0-0",
        "policy": "snowplow",
        "reasons": [
            {
                "rule": "type-changed",
                "step": "MODEL",
                "message": "the type",
                "location": "/properties/a/type",
            },
            {"rule": "no-history-left", "step": "MODEL", "message": "none is left"},
        ],
        "changes": [
            {
                "path": "/properties/a",
                "keyword": "type",
                "new": "string",
                "effect": "narrows",
                "breaks": ["readers"],
                "witness": _TOLD,
                "message": 'type of /properties/a is new: "string"',
            },
            {
                "path": "",
                "keyword": "properties",
                "name": "b/c",
                "old": None,
                "effect": "undecided",
                "breaks": [],
                "message": "property `b/c` is gone",
                "together": ["/properties/a/type"],
            },
        ],
        "warnings": [
            {
                "storage": "parquet",
                "rule": "parquet-type",
                "path": "/properties/a",
                "message": "another type",
            }
        ],
        "truncated": True,
    }


def test_names_that_are_no_text() -> None:
    """The name of a file may hold bytes that are no UTF-8; they are escaped."""
    comparison = compare(True, True)  # noqa: FBT003  # schemas
    told = _told(Compared(old="a\udcff", new="b", comparison=comparison))
    assert told["old"] == "a\\udcff"


@pytest.mark.parametrize(
    ("old", "new", "step"),
    [
        ({"type": "string"}, {"type": "string"}, "NONE"),
        ({"minimum": 1}, {"minimum": 0}, "ADDITION"),
        ({"type": ["string", "null"]}, {"type": "string"}, "MODEL"),
        (True, False, "MODEL"),
        (False, True, "ADDITION"),
        ({"enum": [None, 1, {"a": []}]}, {"enum": [1.0]}, "REVISION"),
        ({"properties": {"~/": {}}}, {"properties": {"~/": {"type": "null"}}}, "REVISION"),
    ],
)
def test_real_comparisons(old: Any, new: Any, step: str) -> None:
    """What is really found, too, is what the schema says."""
    told = _told(Compared(old="a", new="b", comparison=compare(old, new)))
    assert told["step"] == step
    assert {"taken", "at_most", "enough", "least_version"} & set(told) == set()
