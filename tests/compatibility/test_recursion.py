"""Schemas that refer to themselves: what is proved by induction, and what is not."""

from __future__ import annotations

from typing import Any

import pytest

from questions import operands
from validator.compatibility.deciding import Budget, decide
from validator.compatibility.recursion import claims
from validator.dialects import DEFAULT, dialect_named


def _list(of: Any, name: str = "n", **more: Any) -> dict[str, Any]:
    node = {"type": "object", "properties": {"v": of, "next": {"$ref": f"#/$defs/{name}"}}, **more}
    return {"$ref": f"#/$defs/{name}", "$defs": {name: node}}


_NUMBER, _INTEGER = {"type": "number"}, {"type": "integer"}
_CLOSED = {"additionalProperties": False}
#: A list whose definition is written out once more within itself.
_UNROLLED = {
    "type": "object",
    "properties": {
        "next": {"type": "object", "properties": {"next": {"$ref": "#"}}, **_CLOSED},
    },
    **_CLOSED,
}
_ROLLED = {"type": "object", "properties": {"next": {"$ref": "#"}}, **_CLOSED}
_TREE = {
    "type": "object",
    "properties": {"of": {"type": "array", "items": {"$ref": "#"}}, "v": _INTEGER},
    "additionalProperties": {"$ref": "#"},
}
_WIDER_TREE = {**_TREE, "properties": {**_TREE["properties"], "v": _NUMBER}}
#: Two that refer to each other.
_EVEN = {
    "$ref": "#/$defs/even",
    "$defs": {
        "even": {"type": "object", "properties": {"o": {"$ref": "#/$defs/odd"}}, **_CLOSED},
        "odd": {"type": "object", "properties": {"o": {"$ref": "#/$defs/even"}}, **_CLOSED},
    },
}
_ANY = {"type": "object", "properties": {"o": {"$ref": "#"}}, **_CLOSED}


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        (_list(_INTEGER), _list(_NUMBER)),
        (_list(_INTEGER), _list(_INTEGER, "other")),
        (_list(_INTEGER, title="a"), _list(_INTEGER)),
        (_ROLLED, _UNROLLED),
        (_UNROLLED, _ROLLED),
        (_TREE, _WIDER_TREE),
        (_EVEN, _ANY),
        (_ANY, _EVEN),
        (_list(_INTEGER) | {"description": "a list"}, _list(_NUMBER)),
    ],
)
def test_proved(inner: Any, outer: Any) -> None:
    """The outer schema accepts all that the inner one accepts, however deep."""
    assert decide(*operands(inner, outer), Budget()).verdict == "proved"


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        (_list(_NUMBER), _list(_INTEGER)),
        (_WIDER_TREE, _TREE),
        ({"type": "object", "properties": {"next": {"$ref": "#"}}}, _ROLLED),
        (_list(_INTEGER), _list(_INTEGER, **_CLOSED)),
        (_list(_INTEGER), _list(_INTEGER, required=["v"])),
    ],
)
def test_refuted(inner: Any, outer: Any) -> None:
    """There is a document that only the inner schema accepts."""
    assert decide(*operands(inner, outer), Budget()).verdict == "refuted"


@pytest.mark.parametrize("dialect", ["draft-04", "draft-07"])
def test_references_alone(dialect: str) -> None:
    """Up to draft-07, what stands beside a reference does not count."""
    schema = {"type": "object", "properties": {"n": {"$ref": "#", "type": "string"}}}
    other = {"type": "object", "properties": {"n": {"$ref": "#"}, "v": {}}}
    assert decide(*operands(schema, other, dialect=dialect), Budget()).verdict == "proved"


def test_formats_of_iglu() -> None:
    """In draft-04 a UUID is asserted within a schema that refers to itself, too."""
    schema = {"type": "object", "properties": {"n": {"$ref": "#"}, "id": {"type": "string"}}}
    strict = {
        "type": "object",
        "properties": {"n": {"$ref": "#"}, "id": {"type": "string", "format": "uuid"}},
    }
    assert decide(*operands(schema, strict, dialect="draft-04"), Budget()).verdict == "refuted"
    assert decide(*operands(strict, schema, dialect="draft-04"), Budget()).verdict == "proved"


def test_no_claims() -> None:
    """Where nothing is met by way of a reference, or too much is, nothing is claimed."""
    assert claims({"type": "object"}, {"type": "object"}, DEFAULT) is None
    node = {"type": "object", "properties": {f"p{number}": {"$ref": "#"} for number in range(3)}}
    assert claims(node, node, DEFAULT) is not None
    wide = {
        "$ref": "#/$defs/d0",
        "$defs": {
            f"d{one}": {
                "properties": {
                    f"p{one}": {"$ref": f"#/$defs/d{one + 1}"},
                    "q": {"$ref": "#/$defs/d0"},
                }
            }
            for one in range(70)
        }
        | {"d70": {}},
    }
    same = {
        "$ref": "#/$defs/d0",
        "$defs": {
            k: {"properties": {f"p{i}": {"$ref": f"#/$defs/d{i + 1}"}}}
            for i, k in enumerate(wide["$defs"])
        }
        | {"d71": {}},
    }
    assert claims(wide, same, DEFAULT) is None


def test_beyond_what_is_followed() -> None:
    """A reference out of what is followed, or to itself, is left where it is."""
    outside = {"properties": {"a": {"$ref": "http://json-schema.org/draft-07/schema#"}}}
    assert claims(outside, {"properties": {"a": True}}, dialect_named("draft-07")) is None
    circle = {"properties": {"a": {"$ref": "#/properties/a"}}}
    assert claims(circle, circle, DEFAULT) is not None
    beside = {"properties": {"a": {"$ref": "#", "type": "object"}}}
    assert claims(beside, beside, DEFAULT) is None
