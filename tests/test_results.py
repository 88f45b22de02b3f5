"""Results and violations: what they are when true, what they give to reports."""

import pytest

from validator.errors import InvalidPayload
from validator.iglu import SchemaKey
from validator.results import Path, Position, Result, Violation, clip, json_pointer

_KEY = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-0")
_VIOLATION = Violation(
    code="ValidationError",
    message="must be of type string",
    keyword="type",
    instance_location="/name",
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
    """A violation gives the six fields that reports carry, as JSON."""
    assert _VIOLATION.to_dict() == {
        "code": "ValidationError",
        "message": "must be of type string",
        "keyword": "type",
        "instance_location": "/name",
        "keyword_location": "/properties/name/type",
        "schema": "iglu:com.acme/user/jsonschema/1-0-0",
    }


def test_violation_without_a_schema() -> None:
    """A violation of the text itself has no keyword and no schema."""
    fields = Violation(code="NotJSON", message="m").to_dict()

    assert fields == {
        "code": "NotJSON",
        "message": "m",
        "keyword": None,
        "instance_location": "",
        "keyword_location": None,
        "schema": None,
    }


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
    )

    assert result.to_dict() == {
        "valid": False,
        "schema": str(_KEY),
        "violations": [_VIOLATION.to_dict()],
        "truncated": True,
        "unresolved": ["iglu:a/b/c/1-0-0"],
    }


def test_result_without_a_schema() -> None:
    """A result of a document that no named schema judged has none."""
    assert Result(payload=1).to_dict() == {
        "valid": True,
        "schema": None,
        "violations": [],
        "truncated": False,
        "unresolved": [],
    }
