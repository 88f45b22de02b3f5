"""Results: what they are when true, what they give to reports, which events they have."""

import pytest

from validator.errors import InvalidPayload
from validator.iglu import SchemaKey
from validator.results import EventResult, Result, ValidationInfo, Violation

_KEY = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-0")
_VIOLATION = Violation(
    code="ValidationError",
    message="must be of type string",
    keyword="type",
    instance_location="/name",
    keyword_location="/properties/name/type",
    schema=_KEY,
)
_INFO = ValidationInfo(_KEY, SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-1"))


def test_valid_result() -> None:
    """A result without violations is true, whatever the payload, and does not raise."""
    result = Result(payload=None)

    result.raise_for_violations()
    assert bool(result) is True
    assert list(result) == []


def test_invalid_result() -> None:
    """A result with violations is false, iterates over them, and raises with itself."""
    result = Result(payload={"name": 1}, violations=(_VIOLATION,))

    with pytest.raises(InvalidPayload) as caught:
        result.raise_for_violations()
    assert bool(result) is False
    assert list(result) == [_VIOLATION]
    assert caught.value.result is result


def test_result_to_dict() -> None:
    """A result gives all but the payload, which may hold personal data."""
    result = Result(
        payload={"name": "Ada"},
        schema=_KEY,
        violations=(_VIOLATION,),
        truncated=True,
        unresolved=("iglu:a/b/c/1-0-0",),
        validation_info=(_INFO,),
        entries=(EventResult(payload={"name": "Ada"}, violations=(_VIOLATION,)),),
        collector_tstamp="2023-01-01T00:00:00.000Z",
    )

    assert result.to_dict() == {
        "valid": False,
        "schema": str(_KEY),
        "violations": [_VIOLATION.to_dict()],
        "truncated": True,
        "unresolved": ["iglu:a/b/c/1-0-0"],
        "validation_info": [_INFO.to_dict()],
    }


def test_result_without_a_schema() -> None:
    """A result of a document that no named schema judged has none."""
    assert Result(payload=1).to_dict() == {
        "valid": True,
        "schema": None,
        "violations": [],
        "truncated": False,
        "unresolved": [],
        "validation_info": [],
    }


_GOOD = EventResult(location="/data/0", payload={"good": 1})
_BAD = EventResult(location="/data/1", payload={"bad": 1}, violations=(_VIOLATION,))


def test_events() -> None:
    """The events of a request are the payloads of those that are valid, in their order."""
    more = EventResult(location="/data/2", payload={"good": 2})
    result = Result(entries=(_GOOD, _BAD, more), violations=_BAD.violations)

    assert result.events == ({"good": 1}, {"good": 2})


def test_failed_events() -> None:
    """The failed events are those that are not valid, each told at the moment of collection."""
    moment = "2023-01-01T00:00:00.000Z"
    result = Result(entries=(_GOOD, _BAD, _BAD), collector_tstamp=moment)

    failed = result.failed_events()

    assert [each["data"]["failure"]["timestamp"] for each in failed] == [moment, moment]
    assert [len(each["data"]["failure"]["messages"]) for each in failed] == [1, 1]


def test_no_events() -> None:
    """A document that is no Snowplow request has neither events nor failed ones."""
    result = Result(payload={}, violations=(_VIOLATION,))

    assert (result.entries, result.events, result.failed_events()) == ((), (), ())
