"""What broke, in words: for each rule its message, its keyword and its places."""

import json
from typing import Any

import pytest

from validator import InMemory, Limits, Registry, SchemaKey, Validator, Violation
from validator.engine import Engine

_D4 = "http://json-schema.org/draft-04/schema#"
#: A name that an engine's words for empty names look like.
_LIKE_EMPTY = '"]["'
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
    (
        {"additionalProperties": False},
        {"b": 1, "c": 1},
        'has unexpected properties: "b", "c"',
        "additionalProperties",
    ),
    (
        {"properties": {"a": {}}, "propertyNames": False},
        {"": 1, "aa": 1},
        'has unexpected properties: "", "aa"',
        "propertyNames",
    ),
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
    told = "must not be there" if keyword is None else 'has unexpected properties: "a"'
    assert (found.message, found.names) == (told, () if keyword is None else ("a",))


@pytest.mark.parametrize("keyword", ["additionalProperties", "propertyNames"])
@pytest.mark.parametrize("engine", ["jsonschema-rs", "jsonschema"])
def test_names_where_there_may_be_none(keyword: str, engine: Engine) -> None:
    """Of an object that may have no properties, within alternatives too, all names are at fault."""
    schema = {"items": {"anyOf": [{"properties": {"a": {keyword: False}}}]}}
    (found,) = _violations(schema, [{"a": {f"n{n}": n for n in range(6)}}], engine=engine)
    ((told,),) = found.branches
    assert told.message == 'has unexpected properties: "n0", "n1", "n2", "n3", "n4" and 1 more'
    assert told.names == ("n0", "n1", "n2", "n3", "n4")


@pytest.mark.parametrize("other", [{}, {_LIKE_EMPTY: 5}, {_LIKE_EMPTY: {"": 5}}], ids=repr)
def test_names_where_the_place_is_in_doubt(other: Any) -> None:
    """Where an empty name is told in the wrong place, the message has no names."""
    inner = {"properties": {_LIKE_EMPTY: {"additionalProperties": False}}}
    (found,) = _violations({"properties": {"": inner}}, {"": {_LIKE_EMPTY: {"b": 1}}, **other})
    assert (found.message, found.names) == ("must have no properties", ())


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


def test_one_part() -> None:
    """Where one part may be held, the message says one part."""
    uri = "iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-0"
    held = {"schema": uri, "data": []}
    document = {"schema": uri, "data": [held, held]}
    *_, found = Validator(limits=Limits(parts=1)).check(document)
    assert found.message.endswith(" may hold 1 part that names its schema")


# What was meant.

_DECLARED = {"properties": {"save_id": {}, "level": {}}, "required": ["save_id"]}


def _messages(schema: Any, document: Any, **options: Any) -> list[str]:
    return [each.message for each in _violations(schema, document, **options)]


@pytest.mark.parametrize("keyword", ["additionalProperties", "unevaluatedProperties"])
@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({"saveId": 1}, '"saveId"; did you mean "save_id"?'),
        ({"lveel": 1, "save_id": 1}, '"lveel"; did you mean "level"?'),
        (
            {"SAVE_ID": 1, "z": 1, "levle": 1},
            '"SAVE_ID" (did you mean "save_id"?), "z", "levle" (did you mean "level"?)',
        ),
        (
            {"save_ids": 1, "save_id_": 1},
            '"save_ids" (did you mean "save_id"?), "save_id_" (did you mean "save_id"?)',
        ),
        ({"save_ids": 1, "save_id": 1}, '"save_ids"'),
        ({"save_ids": 1, "save_id": False}, '"save_ids"'),
        ({"save_ids": 1, "save_id": {}}, '"save_ids"; did you mean "save_id"?'),
        ({"save_ids": 1, "save_id": None}, '"save_ids"; did you mean "save_id"?'),
        ({"other": 1}, '"other"'),
    ],
    ids=[
        *("one", "swapped", "several", "one-by-two", "is-there", "is-false", "is-empty"),
        *("is-null", "none"),
    ],
)
def test_unexpected_name_that_was_meant(keyword: str, document: Any, told: str) -> None:
    """For an unexpected name, the closest declared one is told that is not used, or is empty."""
    schema = {"properties": _DECLARED["properties"], keyword: False}
    (found,) = _messages(schema, document)
    assert found == f"has unexpected properties: {told}"


def test_only_names_of_the_schema_itself() -> None:
    """What is told is declared where the rule stands, also in a schema that is referred to."""
    inner = {"self": _INNER, "definitions": {"a/b": {**_DECLARED, "additionalProperties": False}}}
    schema = {
        "properties": {"saved": {}, "x": {"items": [{"$ref": f"{_URI}#/definitions/a~1b"}]}},
        "$schema": _D7,
    }
    registry = Registry(InMemory([inner]))
    document = {"x": [{"save_id": 1, "lvel": 1, "savd": 1}]}
    (found,) = _messages(schema, document, registry=registry)
    assert found == 'has unexpected properties: "lvel" (did you mean "level"?), "savd"'


def test_names_in_an_item() -> None:
    """What is declared in a schema of an array is found."""
    inner = {"properties": {"level": {}}, "additionalProperties": False}
    (found,) = _messages({"prefixItems": [True, inner]}, [1, {"levle": 1}])
    assert found.endswith('; did you mean "level"?')


@pytest.mark.parametrize(
    ("changed", "document", "asked"),
    [
        ({}, {"saveId": 1}, '; did you write it as "saveId"?'),
        ({}, {"other": 1}, ""),
        ({"properties": {}}, {"saveId": 1}, ""),
        ({"properties": {"save_id": {}, "saveId": {}}}, {"saveId": 1}, ""),
        ({"patternProperties": {"^s": {}}}, {"saveId": 1}, ""),
    ],
    ids=["close", "other", "not-declared", "both-declared", "by-pattern"],
)
def test_required_name_that_was_written(changed: Any, document: Any, asked: str) -> None:
    """For a required name, the closest one is told that the schema does not know."""
    (found,) = _messages({**_DECLARED, **changed}, document)
    assert found == f'lacks the required property "save_id"{asked}'


@pytest.mark.parametrize("schema", [{"enum": [1, "EUR", "USD"]}, {"const": "EUR"}], ids=repr)
def test_value_that_was_meant(schema: Any) -> None:
    """What value was meant is told where values may be shown, since it tells of the value."""
    (found,) = _messages(schema, "EURO", show_values=True)
    assert found.endswith('; did you mean "EUR"?; it is "EURO"')
    assert "did you" not in str(_messages(schema, "EURO"))
    assert "did you" not in str(_messages(schema, ["EURO"], show_values=True))


def test_room_for_what_was_meant() -> None:
    """What was meant is told as far as there is room for it, and is never cut."""
    schema = {"properties": {"a" * 9: {}, "b" * 9: {}}, "additionalProperties": False}
    document = {"a" * 8: 1, "b" * 8: 1}
    start = 'has unexpected properties: "aaaaaaaa"'
    meant = ' (did you mean "aaaaaaaaa"?)', ' (did you mean "bbbbbbbbb"?)'
    told = f'{start}{meant[0]}, "bbbbbbbb"{meant[1]}'
    assert _messages(schema, document, limits=Limits(message=len(told))) == [told]
    shorter = Limits(message=len(told) - 1)
    assert _messages(schema, document, limits=shorter) == [f'{start}{meant[0]}, "bbbbbbbb"']
    shortest = Limits(message=len(start) + 12)
    assert _messages(schema, document, limits=shortest) == [f'{start}, "bbbbbbbb"']
    one = {"a" * 8: 1}
    asked = '; did you mean "aaaaaaaaa"?'
    assert _messages(schema, one, limits=Limits(message=4 * len(asked))) == [start + asked]
    assert _messages(schema, one, limits=Limits(message=4 * len(asked) - 1)) == [start]
    long = {"enum": ["x" * 400, "EUR"]}
    (cut,) = _messages(long, "EURO", show_values=True)
    assert cut.endswith('...; did you mean "EUR"?; it is "EURO"')
    assert len(cut) == 300


# Alternatives.


@pytest.mark.parametrize("keyword", ["anyOf", "oneOf"])
def test_closest_alternative(keyword: str) -> None:
    """The alternative that lacks the least is told first; one of another type is the farthest."""
    alternatives = [{"type": "null"}, {"required": ["a", "b"]}, {"required": ["c"]}]
    (found,) = _violations({keyword: alternatives}, {"z": 1})

    assert found.keyword == keyword
    assert found.message == (
        'fits none of 3 alternatives; the closest one: lacks the required property "c"'
    )
    assert [[each.message for each in branch] for branch in found.branches] == [
        ['lacks the required property "c"'],
        ['lacks the required property "a"', 'lacks the required property "b"'],
        ["must be of type null"],
    ]


def test_all_that_the_closest_asks_for() -> None:
    """Up to three things are told of the closest alternative, each with a place of its own."""
    closest = {"properties": {"b": {"minimum": 2, "multipleOf": 2}}, "required": ["c", "d"]}
    (found,) = _violations({"anyOf": [closest]}, {"b": 1})
    assert found.message == (
        'fits none of 1 alternative; the closest one: (1) lacks the required property "c" '
        '(2) lacks the required property "d" (3) /b must be 2 or more'
    )


def _of_kind(kind: Any, **properties: Any) -> dict[str, Any]:
    known = {"kind": kind, **properties}
    return {"type": "object", "properties": known, "required": list(known)}


@pytest.mark.parametrize("keyword", ["anyOf", "oneOf"])
def test_values_that_alternatives_are_for(keyword: str) -> None:
    """Where a value is none of those that the alternatives are for, they are told."""
    alternatives = [
        {"type": "null"},
        _of_kind({"const": "card"}, number={}),
        _of_kind({"enum": ["cash"]}),
    ]
    schema = {"properties": {"pay": {keyword: alternatives}}}
    (found,) = _violations(schema, {"pay": {"kind": "wire"}})
    assert found.message == (
        'fits none of 3 alternatives: /pay/kind must be one of: "cash" or "card"'
    )
    (found,) = _violations(schema, {"pay": 1})
    assert found.message == "fits none of 3 alternatives: must be of type null or of type object"


def test_many_values_that_alternatives_are_for() -> None:
    """Of many values that alternatives are for, five are told and the others counted."""
    schema = {"oneOf": [_of_kind({"const": number}) for number in range(7)]}
    (found,) = _violations(schema, {"kind": "x"})
    assert found.message == (
        "fits none of 7 alternatives: /kind must be 0 or 1 or 2 or 3 or 4 or 2 more"
    )


def test_alternatives_that_several_members_tell_apart() -> None:
    """Alternatives that are for other values of other members have a closest one."""
    schema = {"anyOf": [_of_kind({"const": 1}), {"properties": {"sort": {"const": 2}}}]}
    (found,) = _violations(schema, {"kind": 0, "sort": 0})
    assert found.message == "fits none of 2 alternatives; the closest one: /kind must be 1"


def test_alternative_of_another_kind_is_farther() -> None:
    """An alternative that a member says is not meant is farther than one that lacks more."""
    full = _of_kind({"const": "card"}, number={}, name={}, until={})
    (found,) = _violations({"anyOf": [_of_kind({"const": "cash"}), full]}, {"kind": "card"})
    assert [len(branch) for branch in found.branches] == [3, 1]


def test_no_alternatives() -> None:
    """Where no schema stood when schemas were made sure of, there may be no alternatives."""
    (found,) = _violations({"$ref": "#/odd", "odd": {"anyOf": []}}, 1)
    assert (found.message, found.branches) == ("fits none of 0 alternatives", ())


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


@pytest.mark.parametrize(
    ("fitting", "told"),
    [
        ("1-1", "3 alternatives: numbers 1, 3"),
        ("-1111111", "8 alternatives: numbers 2, 3, 4, 5, 6 and 2 more"),
        ("111", "3 alternatives"),
    ],
)
def test_too_many_alternatives_fit(fitting: str, told: str) -> None:
    """Where several fit and one should, their numbers are told; there is nothing one lacks."""
    (found,) = _violations({"oneOf": [each == "1" for each in fitting]}, 1)
    assert found.message == f"fits more than one of {told}"
    assert found.branches == ()
