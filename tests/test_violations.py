"""Violations and outcomes of events: what they are when true, what they give to reports."""

import re
from pathlib import Path as File
from typing import Any, get_args

import attrs
import pytest

from validator import results, violations
from validator.iglu import SchemaKey
from validator.violations import (
    Code,
    EventResult,
    Path,
    Position,
    ValidationInfo,
    Violation,
    clip,
    json_pointer,
)

_KEY = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-0")
_NEWER = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-1")
_VIOLATION = Violation(
    code="ValidationError",
    message="must be of type string",
    keyword="type",
    instance_location="/data/0/cx",
    decoded_location="/data/0/data/name",
    keyword_location="/properties/name/type",
    schema=_KEY,
)


@pytest.mark.parametrize(
    ("path", "pointer"),
    [
        ((), ""),
        (("",), "/"),
        (("a", 0, "b"), "/a/0/b"),
        (("a/b", "m~n", "~1"), "/a~1b/m~0n/~01"),
        (("é", " ", '"'), '/é/ /"'),
    ],
)
def test_json_pointer(path: Path, pointer: str) -> None:
    """A path is written as RFC 6901 has it."""
    assert json_pointer(path) == pointer


@pytest.mark.parametrize(
    ("longest", "pointer"),
    [(0, ""), (1, ""), (3, "/ab"), (6, "/ab"), (7, "/ab/~1c"), (8, "/ab/~1c"), (9, "/ab/~1c/0")],
)
def test_json_pointer_that_is_bounded(longest: int, pointer: str) -> None:
    """A pointer that is too long is that of the nearest ancestor that fits, never half a name."""
    assert json_pointer(("ab", "/c", 0), longest) == pointer


@pytest.mark.parametrize(
    ("text", "clipped"),
    [("", ""), ("abcdef", "abcdef"), ("abcdefg", "abc..."), ("a" * 99, "aaa...")],
)
def test_clip(text: str, clipped: str) -> None:
    """A text is cut to so many characters, the dots among them."""
    assert clip(text, 6) == clipped


def test_position() -> None:
    """A position reads as an editor would say it."""
    assert str(Position(offset=9, line=2, column=5)) == "line 2, column 5 (byte 9)"


def test_violation_to_dict() -> None:
    """A violation gives the seven fields that reports carry, as JSON."""
    assert _VIOLATION.to_dict() == {
        "code": "ValidationError",
        "message": "must be of type string",
        "keyword": "type",
        "instance_location": "/data/0/cx",
        "decoded_location": "/data/0/data/name",
        "keyword_location": "/properties/name/type",
        "schema": "iglu:com.acme/user/jsonschema/1-0-0",
    }


def test_violation_without_a_schema() -> None:
    """A violation of the text itself has no keyword, no schema and nothing that was decoded."""
    fields = Violation(code="NotJSON", message="m").to_dict()

    assert fields == {
        "code": "NotJSON",
        "message": "m",
        "keyword": None,
        "instance_location": "",
        "decoded_location": None,
        "keyword_location": None,
        "schema": None,
    }


def test_codes() -> None:
    """Codes are words, each once and in order; the source of the package uses each of them."""
    codes = get_args(Code)
    package = File(violations.__file__).parent
    sources = [file for file in package.rglob("*.py") if file.name != "violations.py"]
    used = set(re.findall(r'"(\w+)"', "".join(file.read_text() for file in sources)))

    assert sorted(set(codes)) == list(codes)
    assert set(codes) - used == set()


def test_validation_info_to_dict() -> None:
    """That data was judged by another version is told as Snowplow's Enrich tells it."""
    assert ValidationInfo(_KEY, _NEWER).to_dict() == {
        "schema": "iglu:com.snowplowanalytics.iglu/validation_info/jsonschema/1-0-0",
        "data": {
            "originalSchema": "iglu:com.acme/user/jsonschema/1-0-0",
            "validatedWith": "1-0-1",
        },
    }


def test_valid_event() -> None:
    """An event without violations is true, whatever else is said of it."""
    event = EventResult(payload={}, truncated=True, unresolved=("iglu:a/b/c/1-0-0",))

    assert bool(event) is True
    assert list(event) == []


def test_invalid_event() -> None:
    """An event with violations is false and iterates over them."""
    event = EventResult(location="/data/0", violations=(_VIOLATION,))

    assert bool(event) is False
    assert list(event) == [_VIOLATION]


@pytest.mark.parametrize(
    "value",
    [_VIOLATION, ValidationInfo(_KEY, _NEWER), EventResult(), Position(0, 1, 1)],
    ids=lambda value: type(value).__name__,
)
def test_values_do_not_change(value: Any) -> None:
    """What is found is a value: equal to its copy, and not to be changed."""
    assert attrs.evolve(value) == value
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        value.other = 1


def test_results_has_them_all() -> None:
    """Whoever imports from `results` gets the same names."""
    assert [getattr(results, name) for name in violations.__all__] == [
        getattr(violations, name) for name in violations.__all__
    ]
