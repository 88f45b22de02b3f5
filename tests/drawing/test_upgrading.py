"""Schemas of several dialects, told in one: documents can be drawn of them, and near misses."""

from __future__ import annotations

import itertools
from typing import Any

import orjson
import pytest

from validator import InMemory, Registry, Validator
from validator.closure import Closure, gather
from validator.dialects import DIALECTS
from validator.drawing import examples
from validator.drawing.upgrading import in_dialect, in_one_dialect, likeness, newest_of
from validator.formats import CLASSES
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


#: For each keyword and format that came later, a schema of it alone, and a document that breaks it.
_LATER: list[tuple[Any, Any]] = [
    ({"const": 1}, 2),
    ({"contains": {"type": "null"}}, [1]),
    ({"propertyNames": {"maxLength": 1}}, {"aa": 1}),
    ({"contentEncoding": "base64"}, "!!"),
    ({"contentMediaType": "application/json"}, "{"),
    ({"if": {}, "then": {"type": "null"}}, 1),
    ({"if": {"type": "null"}, "else": {"type": "null"}}, 1),
    ({"dependentRequired": {"a": ["b"]}}, {"a": 1}),
    ({"dependentSchemas": {"a": {"type": "null"}}}, {"a": 1}),
    ({"contains": {"type": "integer"}, "minContains": 2}, [1]),
    ({"contains": {"type": "integer"}, "maxContains": 1}, [1, 1]),
    ({"unevaluatedProperties": False}, {"a": 1}),
    ({"unevaluatedItems": False}, [1]),
    ({"prefixItems": [{"type": "null"}]}, [1]),
    *(
        ({"format": name}, "\\ {}%[(\u00e9..@ ")
        for name in sorted(
            {
                *(
                    "date",
                    "date-time",
                    "time",
                    "duration",
                    "email",
                    "idn-email",
                    "hostname",
                    "ipv4",
                ),
                *("idn-hostname", "ipv6", "uri", "uri-reference", "iri", "iri-reference", "uuid"),
                *("uri-template", "json-pointer", "relative-json-pointer", "regex"),
            }
        )
    ),
]


@pytest.mark.parametrize(("schema", "document"), _LATER, ids=lambda each: repr(each)[:60])
@pytest.mark.parametrize(("older", "newer"), list(itertools.combinations(DIALECTS, 2)))
def test_later_keywords(older: str, newer: str, schema: Any, document: Any) -> None:
    """Told in a newer dialect, a schema refuses what it did: keywords that came later are gone.

    But for what `likeness` tells of: UUIDs of Iglu's draft-04, and what texts hold.
    """
    closure = _closed(schema, dialect=older)
    told = in_dialect(closure, DIALECTS[newer])
    before = _refuses(older, closure.root.contents, document)
    after = _refuses(newer, told.root.contents, document)
    if likeness(closure, DIALECTS[newer]) == "same" and schema != {"format": "uuid"}:
        assert before is after
    assert before or not after or schema == {"format": "uuid"}


def _refuses(dialect: str, contents: Any, document: Any) -> bool:
    validator = CLASSES[dialect](contents, offline=True, validate_formats=True)
    return not validator.is_valid(document)


@pytest.mark.parametrize(
    ("older", "schema", "newer", "expected"),
    [
        ("draft-04", {"type": "integer"}, "draft-04", "same"),
        ("draft-04", {"type": "integer"}, "draft-06", "wider"),
        ("draft-04", {"type": ["null", "integer"]}, "2020-12", "wider"),
        ("draft-04", {"type": "string"}, "2020-12", "same"),
        ("draft-04", {"not": {"type": "integer"}}, "draft-06", "unlike"),
        ("draft-04", {"format": "uuid"}, "draft-07", "wider"),
        ("draft-04", {"format": "uuid"}, "2019-09", "same"),
        ("draft-07", {"contentEncoding": "base64"}, "2019-09", "wider"),
        ("draft-06", {"contentMediaType": "application/json"}, "draft-07", "same"),
        ("2019-09", {"$recursiveRef": "#"}, "2020-12", "unlike"),
        ("2019-09", {"contains": {}, "unevaluatedItems": False}, "2020-12", "unlike"),
        ("draft-07", {"if": {}, "items": {"contentEncoding": "base64"}}, "2020-12", "unlike"),
        ("draft-07", True, "2020-12", "same"),
    ],
)
def test_likeness(older: str, schema: Any, newer: str, expected: str) -> None:
    """What can't be told in a newer dialect is said: it accepts more then, or something else."""
    assert likeness(_closed(schema, dialect=older), DIALECTS[newer]) == expected


def test_likeness_of_parts() -> None:
    """A UUID is asserted where the root is of draft-04: in a part of another it only says so."""
    other = _other("draft-04", properties={"id": {"format": "uuid"}})
    closure = _closed({"$ref": _URI}, other)
    assert likeness(closure, newest_of(closure)) == "unlike"
    assert newest_of(closure).name == "2020-12"


@pytest.mark.parametrize(
    "text",
    [
        "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6",
        "f81d4fae7dec11d0a76500a0c91e6bf6",
        "{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}",
        "f81d4fae-7dec-11d0-a765-00a0c91e6bf",
        "f81d4fae-7dec-11d0-a765-00a0c91e6bf6\n",
        "g81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        "",
    ],
)
def test_uuid_is_the_same(text: str) -> None:
    """What Iglu's draft-04 takes for a UUID, 2019-09 does: so it can be told in that."""
    iglu = Validator(dialect="draft-04").validate(orjson.dumps(text), {"format": "uuid"})
    newer = Validator(dialect="2019-09").validate(orjson.dumps(text), {"format": "uuid"})
    assert bool(iglu) is bool(newer)
