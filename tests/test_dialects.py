"""The dialects of JSON Schema, and which schema is written in which."""

from typing import Any

import pytest

from validator import WrongUse
from validator.dialects import (
    DEFAULT,
    DIALECTS,
    DRAFT_04,
    IGLU_META_SCHEMA,
    dialect_named,
    dialect_of,
)

_NEWER = [name for name in DIALECTS if name != "draft-04"]


@pytest.mark.parametrize("name", DIALECTS)
@pytest.mark.parametrize("ending", ["", "#"], ids=["plain", "with-fragment"])
def test_dialect_of_a_schema(name: str, ending: str) -> None:
    """A schema's own `$schema` chooses its dialect, with an empty fragment or without."""
    dialect = DIALECTS[name]
    assert dialect_of({"$schema": dialect.uri + ending}) is dialect


def test_iglu_is_draft_04() -> None:
    """Iglu's own `$schema` stands for draft-04."""
    assert dialect_of({"$schema": IGLU_META_SCHEMA}) is DRAFT_04


@pytest.mark.parametrize(
    "schema",
    [{}, True, {"$schema": 4}, {"$schema": "http://json-schema.org/draft-03/schema#"}, [], None],
    ids=["none-named", "boolean", "no-text", "unknown", "array", "null"],
)
def test_schema_without_a_dialect(schema: Any) -> None:
    """A schema that names no dialect, or an unknown one, has none of its own."""
    assert dialect_of(schema) is None


@pytest.mark.parametrize("name", DIALECTS)
def test_dialect_named(name: str) -> None:
    """A dialect is named by its name, or by its `$schema`."""
    assert dialect_named(name) is DIALECTS[name]
    assert dialect_named(f"{DIALECTS[name].uri}#") is DIALECTS[name]


@pytest.mark.parametrize("name", ["draft-03", "", "Draft-04", 7, None, [], b"draft-04"], ids=repr)
def test_no_such_dialect(name: Any) -> None:
    """Another name is wrong use, and the message lists those that there are."""
    with pytest.raises(WrongUse, match="there are draft-04, draft-06, draft-07, 2019-09, 2020-12"):
        dialect_named(name)


_EDGES: list[tuple[str, dict[str, Any], tuple[str, str], str]] = [
    ("allOf", {"allOf": [{}]}, ("same", ""), "draft-04"),
    ("anyOf", {"anyOf": [{}]}, ("same", ""), "draft-04"),
    ("oneOf", {"oneOf": [{}]}, ("same", ""), "draft-04"),
    ("not", {"not": {}}, ("same", ""), "draft-04"),
    ("dependencies", {"dependencies": {"a": {}}}, ("same", ""), "draft-04"),
    ("properties", {"properties": {"a": {}}}, ("name", "a"), "draft-04"),
    ("patternProperties", {"patternProperties": {"a": {}}}, ("names", ""), "draft-04"),
    ("additionalProperties", {"additionalProperties": {}}, ("others", ""), "draft-04"),
    ("items", {"items": {}}, ("items", ""), "draft-04"),
    ("items-in-array", {"items": [{}]}, ("items", ""), "draft-04"),
    ("additionalItems", {"additionalItems": {}}, ("items", ""), "draft-04"),
    ("definitions", {"definitions": {"a": {}}}, ("none", ""), "draft-04"),
    ("contains", {"contains": {}}, ("items", ""), "draft-06"),
    ("propertyNames", {"propertyNames": {}}, ("names", ""), "draft-06"),
    ("if", {"if": {}}, ("same", ""), "draft-07"),
    ("then", {"then": {}}, ("same", ""), "draft-07"),
    ("else", {"else": {}}, ("same", ""), "draft-07"),
    ("$defs", {"$defs": {"a": {}}}, ("none", ""), "2019-09"),
    ("contentSchema", {"contentSchema": {}}, ("none", ""), "2019-09"),
    ("dependentSchemas", {"dependentSchemas": {"a": {}}}, ("same", ""), "2019-09"),
    ("unevaluatedItems", {"unevaluatedItems": {}}, ("items", ""), "2019-09"),
    ("unevaluatedProperties", {"unevaluatedProperties": {}}, ("others", ""), "2019-09"),
    ("prefixItems", {"prefixItems": [{}]}, ("items", ""), "2020-12"),
]


@pytest.mark.parametrize(
    ("schema", "edge", "since"), [case[1:] for case in _EDGES], ids=[case[0] for case in _EDGES]
)
def test_subschemas(schema: dict[str, Any], edge: tuple[str, str], since: str) -> None:
    """A subschema is told with what it applies to, in the dialects that have its keyword."""
    names = list(DIALECTS)
    told = {name: list(DIALECTS[name].subschemas(schema)) for name in names}
    assert told == {
        name: [(edge, {})] if names.index(name) >= names.index(since) else [] for name in names
    }


@pytest.mark.parametrize(
    "schema",
    [
        {"properties": {"allOf": {}}},
        {"properties": {"properties": {"type": "string"}}},
        {"definitions": {"items": {}}},
    ],
    ids=["allOf", "properties", "items"],
)
def test_names_like_keywords(schema: dict[str, Any]) -> None:
    """A property or a definition that is named like a keyword is none."""
    (inner,) = schema.values()
    assert [each for _, each in DEFAULT.subschemas(schema)] == list(inner.values())


@pytest.mark.parametrize(
    "schema",
    [
        {"dependencies": {"a": ["b"]}},
        {"properties": 5},
        {"properties": [5, None]},
        {"properties": {"a": 5}},
        {"items": "text"},
        {"const": {"allOf": [{}]}},
        {"enum": [{"not": {}}]},
        {"unknown": {"items": {}}},
    ],
    ids=[
        "names-that-are-needed",
        "no-object",
        "no-schemas-in-array",
        "no-schema-in-object",
        "no-schema",
        "const",
        "enum",
        "unknown-keyword",
    ],
)
def test_no_subschemas(schema: dict[str, Any]) -> None:
    """What is no schema is passed over, as is what only looks like one."""
    assert list(DEFAULT.subschemas(schema)) == []


@pytest.mark.parametrize("name", DIALECTS)
def test_boolean_subschemas(name: str) -> None:
    """A boolean is a subschema wherever an object is."""
    assert list(DIALECTS[name].subschemas({"allOf": [True], "not": False})) == [
        (("same", ""), True),
        (("same", ""), False),
    ]


@pytest.mark.parametrize(
    ("schema", "uri"),
    [
        ({}, None),
        ({"$id": "c"}, "http://a/c"),
        ({"$id": "http://d/e#"}, "http://d/e"),
        ({"$id": ""}, "http://a/b"),
        ({"$id": "#anchor"}, None),
        ({"$id": 5}, None),
        ({"id": "c"}, None),
    ],
    ids=["none", "relative", "absolute", "empty", "anchor", "no-text", "of-another-dialect"],
)
@pytest.mark.parametrize("name", _NEWER)
def test_uri_of(schema: dict[str, Any], uri: str | None, name: str) -> None:
    """A schema's `$id` gives it a URI, which is relative to where it stands."""
    assert DIALECTS[name].uri_of(schema, "http://a/b") == uri


def test_uri_in_draft_04() -> None:
    """In draft-04 the identifier is `id`."""
    assert DRAFT_04.uri_of({"id": "c", "$id": "d"}, "http://a/b") == "http://a/c"


@pytest.mark.parametrize("name", DIALECTS)
def test_identifier_beside_a_reference(name: str) -> None:
    """Up to draft-07 an identifier beside `$ref` is ignored, as all its siblings are."""
    dialect = DIALECTS[name]
    own = {dialect.identifier: "c", "$ref": "#"}
    assert dialect.uri_of(own, "http://a/b") == (None if dialect.ref_stands_alone else "http://a/c")


@pytest.mark.parametrize("name", [name for name in DIALECTS if DIALECTS[name].ref_stands_alone])
def test_subresources_of_dependencies(name: str) -> None:
    """What `referencing` is told of: of `dependencies` the schemas, and no names."""
    inner = {"title": "a"}
    subresources_of = DIALECTS[name].specification.subresources_of
    for needed in ({"a": inner, "b": ["c"]}, {"b": ["c"], "a": inner}):
        assert list(subresources_of({"dependencies": needed})) == [inner]
    assert list(subresources_of({"dependencies": {"b": ["c"]}})) == []


def test_default_knows_all_keywords() -> None:
    """The newest dialect finds the subschemas of every other."""
    schema = {keyword: value for _, case, _, _ in _EDGES for keyword, value in case.items()}
    found = [len(list(dialect.subschemas(schema))) for dialect in DIALECTS.values()]
    assert max(found) == found[-1] == len(schema)


def test_places() -> None:
    """Each subschema is given with the steps to it, whatever else stands beside it."""
    schema = {
        "anyOf": [{}, 5, True],
        "properties": {"a": {}, "b": 5},
        "not": {},
        "items": 5,
        "title": {},
    }

    assert list(DEFAULT.places(schema)) == [
        (("anyOf", 0), ("same", ""), {}),
        (("anyOf", 2), ("same", ""), True),
        (("properties", "a"), ("name", "a"), {}),
        (("not",), ("same", ""), {}),
    ]


def test_objects() -> None:
    """All subschemas that are objects are given, a schema first; what is no subschema is not."""
    schema = {"items": {"not": {"type": "null"}}, "properties": {"a": True}, "enum": [{"a": {}}]}
    assert DEFAULT.objects(schema) == [schema, {"not": {"type": "null"}}, {"type": "null"}]
    assert DEFAULT.objects(True) == []  # noqa: FBT003  # a schema
