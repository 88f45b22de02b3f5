"""Schemas with what they refer to written out: they accept the same, and refer to less."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from validator.compatibility.inlining import inlined_references
from validator.dialects import DEFAULT, dialect_named

_SHORT = {"type": "string", "maxLength": 3}
_DEFS = {"$defs": {"s": _SHORT}}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"items": {"$ref": "#/$defs/s"}, **_DEFS}, {"items": _SHORT, **_DEFS}),
        (
            {"items": {"$ref": "#/$defs/s", "minLength": 1}, **_DEFS},
            {"items": {"minLength": 1, "allOf": [_SHORT]}, **_DEFS},
        ),
        (
            {"$ref": "#/$defs/s", "allOf": [{"minLength": 1}], **_DEFS},
            {"allOf": [{"minLength": 1}, _SHORT], **_DEFS},
        ),
        (
            {"$defs": {"a": {"$ref": "#/$defs/s"}, "s": _SHORT}, "not": {"$ref": "#/$defs/a"}},
            {"$defs": {"a": {"$ref": "#/$defs/s"}, "s": _SHORT}, "not": _SHORT},
        ),
        (
            {"prefixItems": [{"$ref": "#/prefixItems/1"}, _SHORT]},
            {"prefixItems": [_SHORT, _SHORT]},
        ),
        (
            {"properties": {"a/b~": {"$ref": "#/$defs/x~1y~0%25"}}, "$defs": {"x/y~%": True}},
            {"properties": {"a/b~": True}, "$defs": {"x/y~%": True}},
        ),
    ],
)
def test_written_out(schema: Any, expected: Any) -> None:
    """A reference gives way to what it leads to; beside others, that is one more of `allOf`."""
    before = orjson.dumps(schema)
    assert inlined_references(schema, DEFAULT) == expected
    assert orjson.dumps(schema) == before


@pytest.mark.parametrize(
    "schema",
    [
        {"items": {"$ref": "#"}},
        {"items": {"$ref": "#/$defs/a"}, "$defs": {"a": {"items": {"$ref": "#/$defs/a"}}}},
        {"items": {"$ref": "http://acme.example/a"}},
        {"items": {"$ref": "#/$defs/none"}},
        {"prefixItems": [{"$ref": "#/prefixItems/7"}]},
        {"items": {"$ref": "#/$defs/s", "$id": "http://acme.example/a"}, **_DEFS},
        {"items": {"$ref": "#/$defs/s"}, "$defs": {"s": {"$anchor": "s"}}},
        {"items": {"$ref": "#/$defs"}, "$defs": {"type": "object", "$ref": 3}},
        {"items": True},
        True,
    ],
)
def test_left(schema: Any) -> None:
    """What leads back to itself, or out, or bears a name, is left as it is."""
    told = inlined_references(schema, DEFAULT)
    assert told == schema or told == {**schema, "items": schema["$defs"]}


def test_references_alone() -> None:
    """Up to draft-07 what stands beside a reference goes; at the root, definitions stay."""
    draft = dialect_named("draft-07")
    beside = {"items": {"$ref": "#/definitions/s", "minLength": 9}, "definitions": {"s": _SHORT}}
    assert inlined_references(beside, draft) == {"items": _SHORT, "definitions": {"s": _SHORT}}
    root = {"$ref": "#/definitions/s", "definitions": {"s": _SHORT}, "minLength": 9}
    assert inlined_references(root, draft) == {"definitions": {"s": _SHORT}, "allOf": [_SHORT]}
    true = {"$ref": "#/definitions/t", "definitions": {"t": True}}
    assert inlined_references(true, draft) is True
    circle = {"items": {"$ref": "#", "minLength": 9}}
    assert inlined_references(circle, draft) == circle


def test_too_large() -> None:
    """What would grow too large is left as it is."""
    levels = {
        f"d{number}": {
            "items": {"$ref": f"#/$defs/d{number + 1}"},
            "contains": {"$ref": f"#/$defs/d{number + 1}"},
        }
        for number in range(14)
    }
    schema = {"$ref": "#/$defs/d0", "$defs": {**levels, "d14": {}}}
    assert inlined_references(schema, DEFAULT) is schema
