"""What broke, in words: for each rule its message, its keyword and its places."""

import json
from typing import Any

import pytest

from validator import InMemory, Limits, Registry, SchemaKey, Validator, Violation

_D4 = "http://json-schema.org/draft-04/schema#"
_D7 = "http://json-schema.org/draft-07/schema#"


def _violations(schema: Any, document: Any, **options: Any) -> tuple[Violation, ...]:
    result = Validator(**options).validate(json.dumps(document).encode(), schema)
    assert not result
    return result.violations


_RULES: list[tuple[Any, Any, str, str | None]] = [
    ({"type": "string"}, 1, "must be of type string", "type"),
    ({"type": ["string", "null"]}, 1, "must be of type null or string", "type"),
    ({"const": {"a": [1]}}, 1, 'must be {"a":[1]}', "const"),
    ({"enum": ["a", None, 1.5]}, 1, 'must be one of: "a", null, 1.5', "enum"),
    ({"minimum": 2}, 1, "must be 2 or more", "minimum"),
    ({"maximum": 0.5}, 1, "must be 0.5 or less", "maximum"),
    ({"exclusiveMinimum": 1}, 1, "must be greater than 1", "exclusiveMinimum"),
    ({"exclusiveMaximum": 1}, 1, "must be less than 1", "exclusiveMaximum"),
    (
        {"$schema": _D4, "minimum": 1, "exclusiveMinimum": True},
        1,
        "must be greater than 1",
        "exclusiveMinimum",
    ),
    ({"multipleOf": 2}, 1, "must be a multiple of 2", "multipleOf"),
    ({"minLength": 1}, "", "must have at least 1 character", "minLength"),
    ({"maxLength": 2}, "abc", "must have at most 2 characters", "maxLength"),
    ({"pattern": "^b"}, "abc", "must match the pattern ^b", "pattern"),
    ({"format": "date"}, "abc", "must be of the format date", "format"),
    ({"minItems": 1}, [], "must have at least 1 item", "minItems"),
    ({"maxItems": 2000}, [1] * 2001, "must have at most 2,000 items", "maxItems"),
    ({"uniqueItems": True}, [1, 1], "must not repeat an item", "uniqueItems"),
    (
        {"contains": {"type": "string"}},
        [1],
        "has too few or too many items of the kind that it must contain",
        "contains",
    ),
    (
        {"$schema": _D7, "items": [{}], "additionalItems": False},
        [1, 2],
        "must have no items after the first 1",
        "additionalItems",
    ),
    (
        {"prefixItems": [True], "unevaluatedItems": False},
        [1, 2],
        "has 1 item too many",
        "unevaluatedItems",
    ),
    ({"minProperties": 1}, {}, "must have at least 1 property", "minProperties"),
    ({"maxProperties": 0}, {"a": 1}, "must have at most 0 properties", "maxProperties"),
    ({"required": ["a"]}, {}, 'lacks the required property "a"', "required"),
    (
        {"dependentRequired": {"a": ["b"]}},
        {"a": 1},
        'lacks the required property "b"',
        "dependentRequired",
    ),
    (
        {"properties": {"a": {}}, "additionalProperties": False},
        {"b\n": 1},
        'has unexpected properties: "b\\n"',
        "additionalProperties",
    ),
    ({"additionalProperties": False}, {"b": 1}, "must have no properties", "additionalProperties"),
    ({"propertyNames": False}, {"b": 1}, "must have no properties", "propertyNames"),
    (
        {"unevaluatedProperties": False},
        {"b": 1},
        'has unexpected properties: "b"',
        "unevaluatedProperties",
    ),
    (
        {"propertyNames": {"maxLength": 1}},
        {"abc": 1},
        "has a property whose name must have at most 1 character",
        "maxLength",
    ),
    ({"not": {}}, 1, "is what it must not be", "not"),
    ({"not": {"description": "a number"}}, 1, "must not be: a number", "not"),
    ({"not": True}, 1, "is what it must not be", "not"),
    ({"oneOf": [True, True]}, 1, "fits more than one of 2 alternatives", "oneOf"),
    (
        {"$schema": _D7, "contentEncoding": "base64"},
        "*",
        "must be encoded as base64",
        "contentEncoding",
    ),
    (
        {"$schema": _D7, "contentMediaType": "application/json"},
        "{",
        "must be application/json",
        "contentMediaType",
    ),
    (
        {"$schema": _D7, "contentMediaType": "application/json", "contentEncoding": "base64"},
        "////",
        "breaks the rule contentEncoding",
        "contentEncoding",
    ),
    (False, 1, "must not be there", None),
]


@pytest.mark.parametrize(
    ("schema", "document", "message", "keyword"), _RULES, ids=[rule[2] for rule in _RULES]
)
def test_message(schema: Any, document: Any, message: str, keyword: str | None) -> None:
    """A message says what the rule asks for; the keyword is the one that asks for it."""
    (found,) = _violations(schema, document)
    assert found.message == message
    assert found.keyword == keyword
    assert (found.code, found.instance_location) == ("ValidationError", "")


def test_too_hard_a_pattern() -> None:
    """A pattern that may backtrack, and has done so for as long as it may, is not matched."""
    (found,) = _violations(
        {"pattern": r"(?=(a+)+$)(a+)+\1$"}, "a" * 100 + "!", limits=Limits(backtracks=10)
    )
    assert found.message == "is too hard to match with the pattern"


@pytest.mark.parametrize(
    ("schema", "document", "keyword", "location"),
    [
        ({"properties": {"a": False}}, {"a": 1}, None, "/a"),
        ({"items": False}, [1], None, "/0"),
        ({"if": True, "then": False}, 1, None, ""),
        ({"$ref": "#/$defs/x", "$defs": {"x": False}}, 1, None, ""),
        (
            {"properties": {"additionalProperties": False}},
            {"additionalProperties": 1},
            None,
            "/additionalProperties",
        ),
        (
            {"properties": {"properties": {"additionalProperties": False}}},
            {"properties": {"a": 1}},
            "additionalProperties",
            "/properties",
        ),
        (
            {"properties": {"additionalProperties": {"additionalProperties": False}}},
            {"additionalProperties": {"a": 1}},
            "additionalProperties",
            "/additionalProperties",
        ),
    ],
    ids=["property", "item", "then", "reference", "named-like-it", "in-properties", "in-itself"],
)
def test_false_schema(schema: Any, document: Any, keyword: str | None, location: str) -> None:
    """What a false schema forbids must not be there; no keyword is at fault."""
    (found,) = _violations(schema, document)
    assert (found.keyword, found.instance_location) == (keyword, location)
    assert found.message == ("must not be there" if keyword is None else "must have no properties")


def test_many_names() -> None:
    """Five names are told, the others counted."""
    document = {f"n{number}": 1 for number in range(8)}
    (found,) = _violations({"unevaluatedProperties": False}, document)
    assert found.message == ('has unexpected properties: "n0", "n1", "n2", "n3", "n4" and 3 more')


@pytest.mark.parametrize("longest", [40, 300])
@pytest.mark.parametrize("show_values", [False, True], ids=["hidden", "shown"])
@pytest.mark.parametrize(
    "schema",
    [
        {"enum": ["x" * 100] * 90},
        {"pattern": "^" + "y" * 900},
        {"not": {"description": "z" * 900}},
        {"anyOf": [{"const": "x" * 900}]},
    ],
    ids=["enum", "pattern", "description", "alternatives"],
)
def test_length(schema: Any, longest: int, show_values: bool) -> None:  # noqa: FBT001  # a parameter
    """No message is longer than the limit, values shown or not."""
    limits = Limits(message=longest)
    (found,) = _violations(schema, "s" * 900, limits=limits, show_values=show_values)
    assert len(found.message) <= longest
    assert ("ss" in found.message) is show_values


def test_values() -> None:
    """A message carries a value where that is asked for."""
    (found,) = _violations({"type": "object"}, ["é", 1.5, None], show_values=True)
    assert found.message == 'must be of type object; it is ["é",1.5,null]'


_INNER = {"vendor": "a", "name": "inner", "format": "jsonschema", "version": "1-0-0"}
_URI = "iglu:a/inner/jsonschema/1-0-0"


def test_places() -> None:
    """A violation has its place in the document, on the way there, and in its schema."""
    inner = {"self": _INNER, "definitions": {"x/y": {"type": "string"}}}
    schema = {"properties": {"a~b": {"items": {"$ref": f"{_URI}#/definitions/x~1y"}}}}
    (found,) = _violations(schema, {"a~b": ["", 1]}, registry=Registry(InMemory([inner])))

    assert found.instance_location == "/a~0b/1"
    assert found.keyword_location == "/properties/a~0b/items/$ref/type"
    assert found.absolute_keyword_location == f"{_URI}#/definitions/x~1y/type"
    assert found.schema is None


def test_schema_with_a_name() -> None:
    """A violation bears the name of the schema that the document was judged by."""
    registry = Registry(InMemory([{"self": _INNER, "type": "string"}]))
    (found,) = Validator(registry=registry).validate(1, _URI)
    assert found.schema == SchemaKey.parse(_URI)
    assert found.absolute_keyword_location == f"{_URI}#/type"


def test_schema_without_a_name() -> None:
    """A schema that has no URI gives no absolute location; one with an identifier does."""
    assert _violations({"type": "string"}, 1)[0].absolute_keyword_location is None
    named = {"$id": "http://a/b", "type": "string"}
    assert _violations(named, 1)[0].absolute_keyword_location == "http://a/b#/type"


@pytest.mark.parametrize(
    ("longest", "instance", "keyword"),
    [
        (100, "/aaaa/bbbb", "/properties/aaaa/properties/bbbb/type"),
        (11, "/aaaa/bbbb", "/properties"),
        (10, "/aaaa/bbbb", ""),
        (9, "/aaaa", ""),
        (1, "", ""),
    ],
)
def test_long_places(longest: int, instance: str, keyword: str) -> None:
    """A place that is too long is that of the nearest ancestor that fits."""
    schema = {"properties": {"aaaa": {"properties": {"bbbb": {"type": "string"}}}}}
    (found,) = _violations(schema, {"aaaa": {"bbbb": 1}}, limits=Limits(location=longest))
    assert (found.instance_location, found.keyword_location) == (instance, keyword)


@pytest.mark.parametrize(
    ("longest", "absolute"),
    [
        (9, None),
        (10, None),
        (11, "http://a/b#"),
        (21, "http://a/b#"),
        (22, "http://a/b#/properties"),
        (26, "http://a/b#/properties"),
        (27, "http://a/b#/properties/aaaa"),
        (31, "http://a/b#/properties/aaaa"),
        (32, "http://a/b#/properties/aaaa/type"),
    ],
)
def test_long_absolute_place(longest: int, absolute: str | None) -> None:
    """An absolute location is cut like the others; there is none where not even the URI fits."""
    schema = {"$id": "http://a/b", "properties": {"aaaa": {"type": "string"}}}
    (found,) = _violations(schema, {"aaaa": 1}, limits=Limits(location=longest))
    assert found.absolute_keyword_location == absolute


# Alternatives.


@pytest.mark.parametrize("keyword", ["anyOf", "oneOf"])
def test_closest_alternative(keyword: str) -> None:
    """The alternative that lacks the least is told first; one of another type is the farthest."""
    alternatives = [{"type": "null"}, {"required": ["a", "b"]}, {"required": ["c"]}]
    (found,) = _violations({keyword: alternatives}, {"z": 1})

    assert found.keyword == keyword
    assert found.message == (
        'fits none of 3 alternatives; the closest lacks this: lacks the required property "c"'
    )
    assert [[each.message for each in branch] for branch in found.branches] == [
        ['lacks the required property "c"'],
        ['lacks the required property "a"', 'lacks the required property "b"'],
        ["must be of type null"],
    ]


@pytest.mark.parametrize("other", [{"const": 1}, {"enum": [1]}, {"type": "null"}], ids=repr)
def test_other_value_is_farther(other: Any) -> None:
    """An alternative for another value is farther than one of which more is missing."""
    (found,) = _violations({"anyOf": [other, {"required": ["a", "b"]}]}, {})
    assert [branch[0].keyword for branch in found.branches] == ["required", next(iter(other))]


def test_other_type_deeper_is_not_farther() -> None:
    """A member of another type does not make an alternative one for other values."""
    alternatives = [{"required": ["a", "b"]}, {"properties": {"z": {"type": "null"}}}]
    (found,) = _violations({"anyOf": alternatives}, {"z": 1})
    assert found.branches[0][0].instance_location == "/z"


def test_places_in_alternatives() -> None:
    """What an alternative lacks has its place in the whole document."""
    schema = {"properties": {"a": {"anyOf": [{"items": {"type": "string"}}]}}}
    (found,) = _violations(schema, {"a": [1]})
    assert found.instance_location == "/a"
    assert found.branches[0][0].instance_location == "/a/0"
    assert found.branches[0][0].keyword_location == "/properties/a/anyOf/0/items/type"


def test_values_in_alternatives() -> None:
    """What an alternative lacks carries values where they are asked for, and not otherwise."""
    schema = {"anyOf": [{"type": "string"}]}
    assert "it is 57" in _violations(schema, 57, show_values=True)[0].branches[0][0].message
    assert "57" not in str(_violations(schema, 57))


def test_five_alternatives() -> None:
    """Of many alternatives five are told, with five things that each lacks."""
    lacking = [{"required": [f"{n}{m}" for m in range(9)]} for n in range(9)]
    (found,) = _violations({"anyOf": lacking}, {})
    assert [len(branch) for branch in found.branches] == [5] * 5


def test_alternatives_within_alternatives() -> None:
    """Alternatives within alternatives are told two levels deep."""
    schema: Any = {"type": "string"}
    for _ in range(4):
        schema = {"anyOf": [schema]}
    (found,) = _violations(schema, 1)
    assert found.branches[0][0].branches[0][0].branches == ()


def test_too_many_alternatives_fit() -> None:
    """Where several fit and one should, there is nothing that one lacks."""
    (found,) = _violations({"oneOf": [True, {"type": "string"}, True]}, 1)
    assert found.branches == ()
