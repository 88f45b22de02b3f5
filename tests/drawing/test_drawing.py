"""Documents of a schema: valid, at the bounds, of every keyword, and the same for a seed."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from validator import (
    InMemory,
    InvalidIgluUri,
    InvalidSchema,
    Limits,
    NoSuchSchema,
    Packaged,
    Registry,
    SchemaCriterion,
    SchemaKey,
    Validator,
    WrongUse,
)
from validator.drawing import NearMiss, examples
from validator.errors import NothingToDraw

NUMBER = 60
TRACKER_PAYLOAD = "iglu:com.tracardi/tracker_payload/jsonschema/1-*-*"


def drawn(schema: Any, number: int = NUMBER, **options: Any) -> list[Any]:
    """Draw documents, and make sure that the validator takes each."""
    documents = examples(schema, number, **options)
    judge = Validator(**options)
    assert [
        each for each in documents if not judge.validate(json.dumps(each).encode(), schema)
    ] == []
    return documents


def test_a_seed_draws_the_same() -> None:
    """The same seed gives the same bytes, a greater number adds to them, another seed differs."""
    first = json.dumps(examples(TRACKER_PAYLOAD, 10, seed=7))
    assert json.dumps(examples(TRACKER_PAYLOAD, 10, seed=7)) == first
    assert json.dumps(examples(TRACKER_PAYLOAD, 20, seed=7)[:10]) == first
    assert json.dumps(examples(TRACKER_PAYLOAD, 10, seed=8)) != first


def test_bytes_of_a_seed() -> None:
    """What a seed gives does not depend on the machine, or the process."""
    schema = {"type": "array", "items": {"type": "integer", "minimum": 0, "maximum": 1000}}
    program = f"from validator.drawing import examples; print(examples({schema}, 20, seed=1))"
    done = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            check=True,
        )
        for hash_seed in ("1", "2")
    ]
    assert [each.stdout.decode().strip() for each in done] == [
        str(examples(schema, 20, seed=1))
    ] * 2


@pytest.mark.parametrize("key", [str(key) for key in Registry().keys()])  # noqa: SIM118  # not a dict
def test_packaged_schemas(key: str) -> None:
    """Each packaged schema has documents, and near misses."""
    assert len(drawn(key, 10)) == 10
    for miss in examples(key, 5, invalid=True):
        told = Validator().validate(json.dumps(miss.document).encode(), key).violations
        assert [each.keyword_location for each in told] == [miss.keyword_location]
        assert [each.instance_location for each in told] == [miss.instance_location]


@pytest.mark.parametrize(
    "schema",
    [
        SchemaKey.parse(TRACKER_PAYLOAD.replace("*-*", "0-1")),
        SchemaCriterion.parse(TRACKER_PAYLOAD),
    ],
)
def test_ways_to_name_a_schema(schema: Any) -> None:
    """A schema is named as `Validator.validate` takes it."""
    assert drawn(schema, 2) == drawn(TRACKER_PAYLOAD, 2)


#: Schemas, each with what should be among the documents that are drawn of it.
SHOWS: list[tuple[Any, list[Any]]] = [
    (True, [None, True, {}, []]),
    ({"type": ["null", "boolean"]}, [None, True, False]),
    ({"const": {"a": [1]}}, [{"a": [1]}]),
    ({"enum": [1, "a", None], "type": ["string", "null"]}, ["a", None]),
    ({"enum": ["a", "b"], "not": {"const": "a"}}, ["b"]),
    ({"type": "integer", "minimum": 3, "maximum": 9}, [3, 4, 8, 9]),
    ({"type": "integer", "minimum": 3, "exclusiveMaximum": 9}, [3, 8]),
    ({"type": "number", "minimum": 0.5, "maximum": 1.5, "multipleOf": 0.5}, [0.5, 1, 1.5]),
    ({"type": "number", "not": {"type": "integer"}, "minimum": 0, "maximum": 1}, [0.5]),
    ({"type": "string", "minLength": 2, "maxLength": 2, "pattern": "^[ab]+$"}, ["aa", "ab", "bb"]),
    ({"type": "string", "enum": ["a", "bb"], "maxLength": 1}, ["a"]),
    ({"type": "string", "pattern": "^a", "format": "email"}, ["a@example.com"]),
    ({"type": "string", "contentEncoding": "base64"}, []),
    ({"items": {"const": 1}, "type": "array", "minItems": 1, "maxItems": 2}, [[1], [1, 1]]),
    (
        {"type": "array", "uniqueItems": True, "items": {"enum": [1, 2]}, "minItems": 2},
        [[1, 2], [2, 1]],
    ),
    ({"type": "array", "prefixItems": [{"const": 1}], "items": False}, [[], [1]]),
    ({"type": "array", "contains": {"const": 1}, "items": {"enum": [1, 2]}, "maxItems": 1}, [[1]]),
    (
        {
            "type": "array",
            "contains": {"const": 1},
            "minContains": 2,
            "maxContains": 2,
            "maxItems": 3,
        },
        [[1, 1]],
    ),
    (
        {"type": "array", "not": {"uniqueItems": True}, "items": {"const": 1}, "maxItems": 2},
        [[1, 1]],
    ),
    ({"type": "object", "properties": {"a": {"const": 1}}, "maxProperties": 1}, [{}, {"a": 1}]),
    (
        {
            "type": "object",
            "patternProperties": {"^x[0-9]$": {"const": 1}},
            "additionalProperties": False,
        },
        [{}],
    ),
    (
        {
            "type": "object",
            "propertyNames": {"enum": ["a"]},
            "minProperties": 1,
            "properties": {"a": {"const": 1}},
        },
        [{"a": 1}],
    ),
    (
        {
            "type": "object",
            "properties": {"a": {"const": 1}, "b": {"const": 2}},
            "dependentRequired": {"a": ["b"]},
            "additionalProperties": False,
        },
        [{}, {"b": 2}, {"a": 1, "b": 2}],
    ),
    (
        {
            "type": "object",
            "properties": {"a": {"const": 1}, "b": {"const": 2}},
            "dependentSchemas": {"a": {"required": ["b"]}},
            "additionalProperties": False,
        },
        [{}, {"b": 2}, {"a": 1, "b": 2}],
    ),
    ({"anyOf": [{"const": 1}, {"const": "a"}]}, [1, "a"]),
    ({"oneOf": [{"enum": [1, 2]}, {"enum": [2, 3]}]}, [1, 3]),
    ({"if": {"const": 1}, "then": {"type": "integer"}, "else": {"const": "a"}}, [1, "a"]),
    (
        {
            "not": {"type": ["object", "array", "string", "null", "boolean"]},
            "minimum": 1,
            "maximum": 1,
        },
        [1],
    ),
    (
        {
            "type": "object",
            "allOf": [{"properties": {"a": {"const": 1}}}],
            "unevaluatedProperties": False,
        },
        [{}, {"a": 1}],
    ),
    (
        {"type": "array", "items": {"$ref": "#"}, "maxItems": 1},
        [[], [[]], [[[]]]],
    ),
    (
        {
            "$ref": "#/$defs/tree",
            "$defs": {
                "tree": {
                    "type": "object",
                    "properties": {"left": {"$ref": "#/$defs/tree"}},
                    "additionalProperties": False,
                }
            },
        },
        [{}, {"left": {}}],
    ),
    (
        {
            "if": {"contains": {"const": "a"}},
            "then": {
                "if": {"contains": {"const": "b"}},
                "then": {"if": {"contains": {"const": 1}}},
            },
            "unevaluatedItems": False,
            "properties": {"a": True},
            "allOf": [{"unevaluatedProperties": False}],
        },
        [[]],
    ),
    (
        {
            "type": "array",
            "prefixItems": [{"const": 0}],
            "contains": {"const": 1},
            "allOf": [{"contains": {"const": 2}}],
            "unevaluatedItems": False,
            "minItems": 3,
            "maxItems": 3,
        },
        [[0, 1, 2]],
    ),
    ({"$dynamicRef": "#a", "$defs": {"a": {"$dynamicAnchor": "a", "const": 1}}}, [1]),
]


@pytest.mark.parametrize(
    ("schema", "shows"), SHOWS, ids=[json.dumps(each)[:60] for each, _ in SHOWS]
)
def test_every_keyword(schema: Any, shows: list[Any]) -> None:
    """Documents are valid by each keyword, and what is at the bounds is among them."""
    documents = [json.dumps(each, sort_keys=True) for each in drawn(schema, 300)]
    assert {json.dumps(each, sort_keys=True) for each in shows} <= {*documents}


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "integer", "minimum": 3, "exclusiveMinimum": True, "maximum": 4},
        {
            "type": "array",
            "items": [{"const": 1}, {"const": 2}],
            "additionalItems": False,
            "minItems": 2,
        },
        {"type": "object", "dependencies": {"a": ["b"]}, "required": ["a"]},
    ],
)
def test_older_dialects(schema: Any) -> None:
    """Keywords mean what they mean in the dialect that is named."""
    assert drawn(schema, 20, dialect="draft-04")


def test_iglu_references() -> None:
    """`iglu:` references are followed, into a schema that refers to itself."""
    own = {
        "$schema": "http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#",
        "self": {"vendor": "com.acme", "name": "tree", "format": "jsonschema", "version": "1-0-0"},
        "type": "object",
        "properties": {"left": {"$ref": "#"}, "value": {"type": "integer"}},
        "required": ["value"],
        "additionalProperties": False,
    }
    registry = Registry(Packaged(), InMemory([own]))
    uri = "iglu:com.acme/tree/jsonschema/1-0-0"
    schema = {"type": "array", "items": {"$ref": uri}, "minItems": 1}
    documents = drawn(schema, 50, registry=registry, dialect="draft-04")
    assert any("left" in tree for each in documents for tree in each)
    misses = examples(schema, 30, registry=registry, dialect="draft-04", invalid=True)
    assert "/items/$ref/required" in {each.keyword_location for each in misses}


def test_backtracking_patterns() -> None:
    """A pattern that is not read is looked for among other texts."""
    schema = {"type": "string", "pattern": "^(?!b)", "maxLength": 2}
    assert drawn(schema, 5, limits=Limits(backtracks=1000))


def test_formats_that_only_say() -> None:
    """A format that is not known, or only says, asks nothing."""
    assert drawn({"type": "string", "format": "unheard-of"}, 5)
    assert drawn({"type": "string", "format": "ipv4"}, 5, formats="annotate")


@pytest.mark.parametrize(
    ("schema", "problem"),
    [
        (False, "it accepts none"),
        ({"type": "string", "maxLength": 1, "minLength": 2}, "it accepts none"),
        ({"type": "string", "pattern": "^a$", "format": "email"}, "none was found"),
    ],
)
def test_no_document(schema: Any, problem: str) -> None:
    """A schema that accepts nothing has no documents, and says so."""
    with pytest.raises(NothingToDraw) as caught:
        examples(schema)
    assert str(caught.value) == f"no document can be drawn of schema:given: {problem}"
    assert (caught.value.schema, caught.value.problem) == ("schema:given", problem)


@pytest.mark.parametrize(
    ("schema", "problem"),
    [(True, "it accepts every document"), ({"format": "unheard-of"}, "no rule of it was found")],
)
def test_no_near_miss(schema: Any, problem: str) -> None:
    """A schema that accepts everything has no near misses, and says so."""
    with pytest.raises(NothingToDraw, match=problem):
        examples(schema, invalid=True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"schema": 1}, "schema is an Iglu URI"),
        ({"number": -1}, "number is an integer, 0 or more, not -1"),
        ({"number": True}, "number is an integer"),
        ({"seed": "1"}, "seed is an integer"),
        ({"registry": "."}, "registry is a Registry"),
        ({"limits": 1}, "limits is a Limits"),
        ({"formats": "ignore"}, "formats is 'assert' or 'annotate'"),
        ({"formats": []}, "formats is 'assert' or 'annotate'"),
        ({"dialect": "draft-03"}, "no such dialect"),
    ],
)
def test_wrong_use(arguments: dict[str, Any], message: str) -> None:
    """An argument that is something else is told."""
    with pytest.raises(WrongUse, match=message):
        examples(**{"schema": True, **arguments})


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ("iglu:a", InvalidIgluUri),
        ("iglu:com.acme/absent/jsonschema/1-0-0", NoSuchSchema),
        ({"type": "unheard-of"}, InvalidSchema),
        ({"$ref": "https://example.com/absent"}, InvalidSchema),
    ],
)
def test_no_schema(schema: Any, kind: type[Exception]) -> None:
    """A schema that is not there, or is none, is told as it is elsewhere."""
    with pytest.raises(kind):
        examples(schema)


#: For each keyword, a schema whose near misses break it.
BROKEN: list[tuple[str, dict[str, Any]]] = [
    ("type", {"type": "null", "not": False}),
    ("type", {"type": "integer"}),
    ("enum", {"enum": ["a", 1, True, {"a": 1}, [1]]}),
    ("const", {"const": 1.5}),
    ("minimum", {"type": "number", "minimum": 1}),
    ("maximum", {"type": "integer", "maximum": 1}),
    ("exclusiveMinimum", {"type": "number", "exclusiveMinimum": 1}),
    ("exclusiveMaximum", {"type": "integer", "exclusiveMaximum": 1}),
    ("multipleOf", {"type": "number", "multipleOf": 0.5}),
    ("minLength", {"type": "string", "minLength": 3}),
    ("maxLength", {"type": "string", "maxLength": 3, "pattern": "^[a-z]*$"}),
    ("maxLength", {"type": "string", "maxLength": 40, "format": "email"}),
    ("pattern", {"type": "string", "pattern": "^[a-z]+$"}),
    ("format", {"type": "string", "format": "uuid"}),
    ("minItems", {"type": "array", "minItems": 1}),
    ("maxItems", {"type": "array", "maxItems": 1}),
    ("maxItems", {"type": "array", "maxItems": 2, "uniqueItems": True}),
    ("uniqueItems", {"type": "array", "uniqueItems": True}),
    ("contains", {"type": "array", "contains": {"const": 1}}),
    ("minContains", {"type": "array", "contains": {"const": 1}, "minContains": 2}),
    ("maxContains", {"type": "array", "contains": {"const": 1}, "maxContains": 2}),
    ("items", {"type": "array", "prefixItems": [True], "items": False}),
    ("unevaluatedItems", {"type": "array", "prefixItems": [True], "unevaluatedItems": False}),
    ("required", {"type": "object", "required": ["a", "b"]}),
    (
        "additionalProperties",
        {"type": "object", "additionalProperties": False, "properties": {"a": True}},
    ),
    ("unevaluatedProperties", {"type": "object", "unevaluatedProperties": False}),
    ("minLength", {"type": "object", "propertyNames": {"minLength": 1}}),
    ("const", {"type": "object", "propertyNames": {"const": "a"}}),
    ("minProperties", {"type": "object", "minProperties": 2}),
    (
        "maxProperties",
        {"type": "object", "maxProperties": 2, "properties": {"a": {"type": "string"}}},
    ),
    ("properties", {"type": "object", "properties": {"a": False}}),
    ("not", {"type": "object", "properties": {"a": {"not": {}}}}),
    ("dependentRequired", {"type": "object", "dependentRequired": {"a": ["b"]}}),
    ("not", {"type": "string", "not": {"pattern": "^a"}}),
    ("not", {"type": "object", "not": {"required": ["a"]}}),
    ("not", {"not": {"enum": ["a"]}}),
    ("not", {"type": "string", "not": {"const": "a"}}),
    ("anyOf", {"anyOf": [{"type": "string"}, {"type": "integer"}]}),
    ("oneOf", {"oneOf": [{"type": "string"}, {"type": "integer"}]}),
    (
        "type",
        {
            "if": {"type": "object"},
            "then": {"properties": {"a": {"type": "null"}}, "required": ["a"]},
        },
    ),
    ("type", {"type": "object", "patternProperties": {"^a": {"type": "null"}}, "minProperties": 1}),
    (
        "type",
        {"type": "object", "additionalProperties": {"type": "null"}, "properties": {"b": True}},
    ),
    (
        "type",
        {
            "type": "object",
            "dependentSchemas": {"a": {"properties": {"b": {"type": "null"}}}},
            "required": ["a", "b"],
        },
    ),
    ("type", {"type": "array", "prefixItems": [{"type": "null"}], "items": {"type": "string"}}),
    ("type", {"$ref": "#/$defs/a", "$defs": {"a": {"type": "null"}}}),
    (
        "type",
        {
            "$ref": "b",
            "$id": "https://example.com/a/",
            "$defs": {"b": {"$id": "b", "type": "null"}},
        },
    ),
    ("type", {"$ref": "#b", "$defs": {"b": {"$anchor": "b", "allOf": [{"type": "null"}]}}}),
]


@pytest.mark.parametrize(
    ("keyword", "schema"), BROKEN, ids=[json.dumps(each[1])[:60] for each in BROKEN]
)
def test_near_misses(keyword: str, schema: Any) -> None:
    """Each keyword is broken, and each near miss breaks one rule, the one that it names."""
    misses = examples(schema, 60, invalid=True)
    assert keyword in {each.keyword for each in misses}
    for each in misses:
        assert type(each) is NearMiss
        (told,) = Validator().validate(json.dumps(each.document).encode(), schema).violations
        assert told.keyword_location == each.keyword_location
        assert told.instance_location == each.instance_location
        assert told.keyword in (each.keyword, None)


@pytest.mark.parametrize(
    ("dialect", "keyword", "schema"),
    [
        (
            "draft-04",
            "exclusiveMinimum",
            {"type": "integer", "minimum": 1, "exclusiveMinimum": True},
        ),
        (
            "draft-04",
            "exclusiveMaximum",
            {"type": "integer", "maximum": 1, "exclusiveMaximum": True},
        ),
        ("draft-04", "maximum", {"type": "integer", "maximum": 1, "exclusiveMaximum": False}),
        ("draft-04", "additionalItems", {"type": "array", "items": [{}], "additionalItems": False}),
        ("draft-04", "dependencies", {"type": "object", "dependencies": {"a": ["b"], "c": {}}}),
        ("draft-07", "contentEncoding", {"type": "string", "contentEncoding": "base64"}),
        (
            "draft-07",
            "contentMediaType",
            {"type": "string", "contentMediaType": "application/json"},
        ),
        (
            "draft-07",
            "type",
            {"$ref": "#/definitions/a", "minimum": 1, "definitions": {"a": {"type": "null"}}},
        ),
    ],
)
def test_near_misses_of_older_dialects(dialect: str, keyword: str, schema: Any) -> None:
    """Keywords that are gone, or meant something else, are broken where they hold."""
    misses = examples(schema, 60, dialect=dialect, invalid=True)
    assert keyword in {each.keyword for each in misses}


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "maxLength": 10**9},
        {"type": "array", "maxItems": 10**9},
        {"type": "object", "maxProperties": 10**9},
        {"type": "array", "contains": True, "maxContains": 10**9},
        {"type": "number", "maximum": 1.7976931348623157e308},
    ],
)
def test_what_is_too_large_is_not_broken(schema: Any) -> None:
    """A bound that no document reaches is left alone: another rule is broken."""
    assert {each.keyword for each in examples(schema, 10, invalid=True)} == {"type"}
