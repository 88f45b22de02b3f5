"""Schemas of several dialects, told in one: documents can be drawn of them, and near misses."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from validator import InMemory, Registry, Validator
from validator.closure import Closure, gather
from validator.dialects import DIALECTS
from validator.drawing import examples
from validator.drawing.upgrading import in_one_dialect
from validator.limits import Limits
from validator.registry import schema_of

_URI = "iglu:a/other/jsonschema/1-0-0"
_PAIRS = list(itertools.permutations(DIALECTS, 2))


def _other(dialect: str, **keywords: Any) -> dict[str, Any]:
    own = {"vendor": "a", "name": "other", "format": "jsonschema", "version": "1-0-0"}
    return {"$schema": DIALECTS[dialect].uri, "self": own, **keywords}


def _closed(root: dict[str, Any], *others: dict[str, Any], dialect: str = "2020-12") -> Closure:
    schema = schema_of(root, uri="schema:given", dialect=DIALECTS[dialect])
    return gather(schema, Registry(InMemory(others)).retrieve, Limits())


def _upgraded(other: dict[str, Any]) -> Any:
    """Give a schema that one of 2020-12 refers to, told in that."""
    (told,) = in_one_dialect(_closed({"$ref": _URI}, other)).others
    assert told.dialect.name == "2020-12"
    return {name: each for name, each in told.contents.items() if name != "self"}


@pytest.mark.parametrize(("root", "other"), _PAIRS)
def test_documents_across_dialects(root: str, other: str) -> None:
    """A schema that refers to one of another dialect has documents, valid by both."""
    registry = Registry(
        InMemory(
            [
                _other(
                    other,
                    type="object",
                    properties={"n": {"$ref": "#/definitions/n"}},
                    required=["n"],
                    definitions={"n": {"type": "integer", "minimum": 3}},
                )
            ]
        )
    )
    schema = {
        "$schema": DIALECTS[root].uri,
        "type": "object",
        "properties": {"p": {"$ref": _URI}, "q": {"type": "string", "maxLength": 3}},
        "required": ["p", "q"],
    }
    validator = Validator(registry=registry)

    assert all(validator.validate(each, schema) for each in examples(schema, 5, registry=registry))
    for miss in examples(schema, 5, registry=registry, invalid=True):
        (violation,) = validator.validate(miss.document, schema).violations
        assert (violation.keyword, violation.keyword_location) == (
            miss.keyword,
            miss.keyword_location,
        )


def test_one_dialect_is_left() -> None:
    """What is of one dialect is left as it is."""
    closure = _closed({"$ref": _URI}, _other("2020-12"))

    assert in_one_dialect(closure) is closure


def test_the_schema_is_left() -> None:
    """What is told anew is a copy."""
    closure = _closed({"$ref": _URI}, _other("draft-04", minimum=1, exclusiveMinimum=True))
    in_one_dialect(closure)

    assert closure.others[0].contents["exclusiveMinimum"] is True


@pytest.mark.parametrize(
    ("dialect", "written", "told"),
    [
        ("draft-04", {"minimum": 1, "exclusiveMinimum": True}, {"exclusiveMinimum": 1}),
        ("draft-04", {"maximum": 1, "exclusiveMaximum": False}, {"maximum": 1}),
        ("draft-04", {"id": "http://a/b"}, {"$id": "http://a/b"}),
        ("draft-04", {"not": {"id": "#c"}}, {"not": {"$anchor": "c"}}),
        ("draft-06", {"exclusiveMinimum": 1}, {"exclusiveMinimum": 1}),
        ("draft-07", {"not": {"$id": "#c"}}, {"not": {"$anchor": "c"}}),
        (
            "draft-07",
            {"$ref": "#/definitions/d", "maxLength": 1, "definitions": {"d": {}}},
            {"$ref": "#/definitions/d", "definitions": {"d": {}}},
        ),
        (
            "2019-09",
            {"$ref": "#/definitions/d", "maxLength": 1, "definitions": {"d": {}}},
            {"$ref": "#/definitions/d", "maxLength": 1, "definitions": {"d": {}}},
        ),
        ("draft-07", {"items": [True], "additionalItems": False}, None),
        ("2019-09", {"items": [True]}, {"prefixItems": [True], "items": True}),
        ("draft-06", {"items": []}, {"items": True}),
        ("draft-06", {"items": {}, "additionalItems": False}, {"items": {}}),
        ("2019-09", {"$recursiveRef": "#"}, {"$ref": "#"}),
    ],
)
def test_keywords(dialect: str, written: dict[str, Any], told: dict[str, Any] | None) -> None:
    """What is written otherwise in the newest dialect is told so."""
    expected = {"prefixItems": [True], "items": False} if told is None else told

    assert _upgraded(_other(dialect, **written)) == expected
