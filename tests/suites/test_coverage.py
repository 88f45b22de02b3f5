"""What of a schema its cases leave untried."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from validator import NoSuchSchema, Registry, SchemaKey, Validator
from validator.suites import LIMITS, Coverage, Untried

WriteSchema = Callable[..., str]
Cover = Callable[..., Untried]


@pytest.fixture(name="cover")
def _cover(registry: Registry, write_schema: WriteSchema) -> Cover:
    """Give a function that tells what documents leave untried of a schema."""

    def run(*documents: Any, **schema: Any) -> Untried:
        uri = write_schema(**schema)
        validator = Validator(registry=registry)
        coverage = Coverage(SchemaKey.parse(uri), registry, LIMITS)
        for document in documents:
            coverage.add(document, validator.validate(json.dumps(document).encode(), uri))
        return coverage.untried()

    return run


def test_nothing_tried(cover: Cover) -> None:
    """Without cases everything is untried, in the order of the schema."""
    untried = cover(
        type="object",
        required=["a"],
        properties={"a": {"enum": [1, "x", None]}, "b/c": {"minLength": 1}},
        anyOf=[{"minProperties": 2}, {"maxProperties": 3}],
    )

    assert untried.keywords == (
        *("/type", "/required", "/anyOf"),
        *("/properties/a/enum", "/properties/b~1c/minLength"),
        *("/anyOf/0/minProperties", "/anyOf/1/maxProperties"),
    )
    assert untried.branches == ("/anyOf/0", "/anyOf/1", '/properties/a/enum: 1, "x", null')
    assert (untried.keywords_in_all, untried.branches_in_all) == (7, 5)
    assert untried.branches_untried == 5


def test_all_tried(cover: Cover) -> None:
    """What is not valid tries keywords, what is valid tries branches."""
    schema = {"anyOf": [{"type": "string"}, {"minimum": 5, "type": "integer"}], "maxLength": 2}

    assert cover("a", 5, "abc", None, 1, **schema) == Untried((), (), 5, 2, 0)


@pytest.mark.parametrize(
    ("schema", "breaking"),
    [
        ({"type": "string"}, 1),
        ({"const": 1}, 2),
        ({"enum": [1]}, 2),
        ({"format": "email"}, "a"),
        ({"not": {"type": "string"}}, "a"),
        ({"minimum": 1}, 0),
        ({"maximum": 1}, 2),
        ({"exclusiveMinimum": 1}, 1),
        ({"exclusiveMaximum": 1}, 1),
        ({"multipleOf": 2}, 1),
        ({"minLength": 1}, ""),
        ({"maxLength": 1}, "ab"),
        ({"pattern": "^a"}, "b"),
        ({"minItems": 1}, []),
        ({"maxItems": 0}, [1]),
        ({"uniqueItems": True}, [1, 1]),
        ({"contains": {"type": "string"}}, [1]),
        ({"minProperties": 1}, {}),
        ({"maxProperties": 0}, {"a": 1}),
        ({"required": ["a"]}, {}),
        ({"required": ["a", "b"]}, {"a": 1}),
        ({"properties": {"a": True}, "required": ["a"], "additionalProperties": {}}, {}),
        ({"properties": {"a": False}}, {"a": 1}),
        ({"properties": {"": {"type": "string"}, "a/b": {}, "%41": {}}}, {"": 1}),
        ({"properties": {"%41 ü": {"type": "string"}}}, {"%41 ü": 1}),
        ({"patternProperties": {"^[a-c]+~/$": {"type": "string"}}}, {"a~/": 1}),
        ({"patternProperties": {"^x": False}}, {"x": 1}),
        ({"additionalProperties": False}, {"x": 1}),
        ({"additionalProperties": {"type": "string"}}, {"x": 1}),
        ({"propertyNames": {"maxLength": 1}}, {"ab": 1}),
        ({"items": {"type": "string"}}, [1]),
        ({"items": [{"type": "string"}]}, [1]),
        ({"items": [True], "additionalItems": False}, [1, 2]),
        ({"items": [True], "additionalItems": {"type": "string"}}, [1, 2]),
        (
            {"items": [True], "additionalItems": {"properties": {"a": {"type": "string"}}}},
            [1, {"a": 1}],
        ),
        ({"dependencies": {"a": ["b"]}}, {"a": 1}),
        ({"dependencies": {"a": {"maxProperties": 1}}}, {"a": 1, "b": 1}),
        ({"allOf": [{"type": "string"}]}, 1),
        ({"oneOf": [True, {}]}, 1),
        ({"if": {"type": "string"}, "then": {"maxLength": 1}}, "ab"),
        ({"if": {"type": "string"}, "else": {"maximum": 1}}, 2),
        ({"if": {"type": "string"}, "then": False}, "a"),
    ],
)
def test_keyword(cover: Cover, schema: dict[str, Any], breaking: Any) -> None:
    """Each keyword that can refuse a document is untried, until one breaks it."""
    assert len(cover(**schema).keywords) == 1
    assert cover(breaking, **schema).keywords == ()


D2020 = "https://json-schema.org/draft/2020-12/schema"
D2019 = "https://json-schema.org/draft/2019-09/schema"


@pytest.mark.parametrize(
    ("schema", "breaking"),
    [
        ({"$schema": D2020, "dependentRequired": {"a": ["b"]}}, {"a": 1}),
        ({"$schema": D2020, "dependentSchemas": {"a": {"maxProperties": 1}}}, {"a": 1, "b": 1}),
        ({"$schema": D2020, "unevaluatedProperties": False}, {"a": 1}),
        ({"$schema": D2020, "unevaluatedItems": {"type": "string"}}, [1]),
        ({"$schema": D2020, "prefixItems": [{"type": "string"}]}, [1]),
        ({"$schema": D2020, "$ref": "#here", "$defs": {"x": {"$anchor": "here", "minimum": 1}}}, 0),
        (
            {
                "$schema": D2020, "$dynamicAnchor": "node", "properties": {
                    "next": {"$dynamicRef": "#node"}, "n": {"minimum": 1},
                },
            },
            {"next": {"n": 0}},
        ),
        (
            {
                "$schema": D2019, "$recursiveAnchor": True, "properties": {
                    "next": {"$recursiveRef": "#"}, "n": {"minimum": 1},
                },
            },
            {"next": {"n": 0}},
        ),
        (
            {
                "properties": {
                    "a": {
                        "$id": "http://acme.example/nested", "allOf": [{"$ref": "#/definitions/s"}],
                        "definitions": {"s": {"type": "string"}},
                    },
                },
            },
            {"a": 1},
        ),
        # Up to draft-07, what stands beside a reference is nothing.
        ({"$ref": "#/definitions/s", "minimum": 1, "allOf": [{"enum": [1]}],
          "definitions": {"s": {"type": "string"}}}, 1),
    ],
)  # fmt: skip
def test_keyword_of_other_drafts(cover: Cover, schema: dict[str, Any], breaking: Any) -> None:
    """Likewise in other drafts, and across references of every kind."""
    assert len(cover(**schema).keywords) == 1
    assert cover(breaking, **schema).keywords == ()


@pytest.mark.parametrize(
    "schema",
    [
        {},
        {"minLength": 0, "minItems": 0, "minProperties": 0, "uniqueItems": False, "required": []},
        {"title": "a", "default": 1, "examples": [1], "$comment": "a"},
        {"definitions": {"unused": {"type": "string"}}},
        {"then": {"type": "string"}, "else": {"type": "string"}},
        {"if": {"type": "string", "enum": ["a"]}},
        {"dependencies": {"a": {}}},
        {"prefixItems": [{"type": "string"}]},  # of a later draft
        {"properties": {"type": {}, "anyOf": {}, "enum": True}},
    ],
)
def test_nothing_to_try(cover: Cover, schema: dict[str, Any]) -> None:
    """What refuses nothing by itself is not counted."""
    assert cover(**schema) == Untried((), (), 0, 0, 0)


def test_keywords_within_others(cover: Cover) -> None:
    """Within `not` and `contains`, keywords break nothing by themselves."""
    schema = {"not": {"minimum": 1}, "contains": {"type": "string"}}

    assert cover(**schema).keywords == ("/not", "/contains")


def test_keyword_that_did_not_matter(cover: Cover) -> None:
    """A keyword of an alternative is not tried where another alternative was taken."""
    schema = {"properties": {"a": {"anyOf": [{"type": "string"}, {"type": "integer"}]}, "b": False}}

    untried = cover({"a": 1}, {"a": 1, "b": 1}, {"a": "x"}, **schema)

    assert untried.keywords == (
        *("/properties/a/anyOf", "/properties/a/anyOf/0/type", "/properties/a/anyOf/1/type"),
    )
    assert untried.branches == ()


def test_keywords_that_are_judged_together(cover: Cover) -> None:
    """Of keywords that the engine judges at once, those are tried that are broken."""
    schema = {
        "required": ["a"],
        "properties": {"a": {"type": "string"}},
        "additionalProperties": False,
    }

    assert cover({}, **schema).keywords == ("/properties/a/type", "/additionalProperties")
    assert cover({"a": 1}, **schema).keywords == ("/required", "/additionalProperties")
    assert cover({"a": "x", "b": 1}, **schema).keywords == ("/required", "/properties/a/type")


def test_exclusive_bounds_of_draft_04(cover: Cover) -> None:
    """In draft-04, that a bound is exclusive is part of the bound."""
    draft = {"$schema": "http://json-schema.org/draft-04/schema#"}
    schema = {"minimum": 1, "exclusiveMinimum": True, "maximum": 5, "exclusiveMaximum": False}

    assert cover(**draft, **schema).keywords == ("/minimum", "/maximum")
    assert cover(1, 6, **draft, **schema).keywords == ()


def test_branch_that_did_not_matter(cover: Cover) -> None:
    """A branch is not tried by what is not valid, nor by a part whose whole was not taken."""
    schema = {
        "oneOf": [
            {"properties": {"a": {"anyOf": [{"type": "string"}, True]}}, "required": ["b"]},
            {"maxProperties": 1},
        ]
    }

    assert cover({"a": "x", "c": 1}, {"a": "x"}, **schema).branches == (
        *("/oneOf/0", "/oneOf/0/properties/a/anyOf/0", "/oneOf/0/properties/a/anyOf/1"),
    )
    assert cover({"a": "x", "b": 1}, {}, **schema).branches == ()


def test_decisions(cover: Cover) -> None:
    """`then` and `else` are branches."""
    schema = {"if": {"type": "string"}, "then": {"maxLength": 1}, "else": {"minimum": 1}}

    assert cover("a", **schema).branches == ("/else",)
    assert cover(1, "aa", **schema).branches == ("/then",)


def test_values(cover: Cover) -> None:
    """Each value of an enum is a branch; the first of those that no document has are listed."""
    schema = {"items": {"enum": [1, True, "a", [1], {"a": 1}, *range(100, 130)]}}
    untried = cover([1, "a", {"a": 1.0}], [100], **schema)

    assert untried.branches == (
        "/items/enum: true, [1], " + ", ".join(map(str, range(101, 119))) + " and 11 more",
    )
    assert (untried.branches_in_all, untried.branches_untried) == (35, 31)


def test_values_of_names(cover: Cover) -> None:
    """The values of an enum of names are no branches."""
    untried = cover({"a": 1}, {"c": 1}, propertyNames={"enum": ["a", "b"]})

    assert untried == Untried((), (), 1, 0, 0)


def test_other_schemas(cover: Cover, write_schema: WriteSchema) -> None:
    """Keywords and branches of other schemas count, each once; their places have a URI."""
    other = write_schema(name="other", type="string", definitions={"n": {"enum": [1, 2]}})

    schema = {
        "properties": {
            "a": {"$ref": other},
            "b": {"$ref": f"{other}#/definitions/n"},
            "c": {"$ref": other},
        }
    }
    assert cover(**schema) == Untried(
        (f"{other}#/type", f"{other}#/definitions/n/enum"),
        (f"{other}#/definitions/n/enum: 1, 2",),
        2,
        2,
        2,
    )
    assert cover({"a": 1}, {"b": 3}, {"b": 1}, {"b": 2}, **schema) == Untried((), (), 2, 2, 0)


def test_meta_schema(cover: Cover) -> None:
    """What a meta-schema says is not counted: nobody here writes it."""
    schema = {"$ref": "http://json-schema.org/draft-07/schema#"}

    assert cover({"type": 1}, {}, **schema) == Untried((), (), 0, 0, 0)


def test_recursion(cover: Cover) -> None:
    """A schema that applies itself is walked once."""
    schema = {"properties": {"next": {"$ref": "#"}}, "required": ["n"]}

    assert cover({"n": 1, "next": {}}, **schema) == Untried((), (), 1, 0, 0)


def test_boolean(cover: Cover) -> None:
    """Wherever a schema is, it may be true or false."""
    assert cover(items=True, additionalProperties=False).keywords == ("/additionalProperties",)


def test_no_such_schema(registry: Registry) -> None:
    """Without the schema there is nothing to tell."""
    with pytest.raises(NoSuchSchema):
        Coverage(SchemaKey.parse("iglu:com.acme/none/jsonschema/1-0-0"), registry, LIMITS)
