"""Where something broke: the paths of errors, with the names that the engine leaves out."""

from typing import Any

import jsonschema_rs
import pytest

from validator import Validator
from validator.places import place_of, schema_at
from validator.results import json_pointer

_ODD = 'a"]\n["b'
_LIKE_IT = '\n\nOn instance["b"]'
_TEXT = {"type": "string"}


def _nested(*names: str) -> tuple[Any, Any]:
    """Give a schema for a text under such names, and a document with a number there."""
    schema, document = _TEXT, 1
    for name in reversed(names):
        schema, document = {"properties": {name: schema}}, {name: document}
    return schema, document


_PLACES: list[tuple[str, Any, Any, str, str]] = [
    ("one", *_nested(""), "/", "/properties//type"),
    ("two", *_nested("", ""), "//", "/properties//properties//type"),
    ("first", *_nested("", "a"), "//a", "/properties//properties/a/type"),
    ("last", *_nested("a", ""), "/a/", "/properties/a/properties//type"),
    ("between", *_nested("a", "", "b"), "/a//b", "/properties/a/properties//properties/b/type"),
    ("index", *_nested("0", ""), "/0/", "/properties/0/properties//type"),
    ("odd", *_nested(_ODD, ""), f"/{_ODD}/", f"/properties/{_ODD}/properties//type"),
    ("item", {"items": _nested("")[0]}, [{"": 1}], "/0/", "/items/properties//type"),
    (
        "prefix",
        {"prefixItems": [_nested("")[0]]},
        [{"": 1}],
        "/0/",
        "/prefixItems/0/properties//type",
    ),
    ("other", {"additionalProperties": _TEXT}, {"": 1}, "/", "/additionalProperties/type"),
    ("pattern", {"patternProperties": {"": _TEXT}}, {"": 1}, "/", "/patternProperties//type"),
    (
        "pattern-of-name",
        {"patternProperties": {"": _TEXT}},
        {"a": 1},
        "/a",
        "/patternProperties//type",
    ),
    ("false", {"properties": {"": False}}, {"": 1}, "/", "/properties/"),
    (
        "no-properties",
        {"properties": {"": {"additionalProperties": False}}},
        {"": {"a": 1}},
        "/",
        "/properties//additionalProperties",
    ),
    (
        "alternatives",
        {"properties": {"": {"anyOf": [_TEXT]}}},
        {"": 1},
        "/",
        "/properties//anyOf",
    ),
    (
        "reference",
        {"properties": {"": {"$ref": "#/$defs/"}}, "$defs": {"": _nested("")[0]}},
        {"": {"": 1}},
        "//",
        "/properties//$ref/properties//type",
    ),
    (
        "reference-to-an-empty-name",
        {"properties": {"a": {"$ref": "#/properties/"}, "": _TEXT}},
        {"a": 1},
        "/a",
        "/properties/a/$ref/type",
    ),
    (
        "dependent",
        {"dependentSchemas": {"": {"dependentRequired": {"": ["a"]}}}},
        {"": 1},
        "",
        "/dependentSchemas//dependentRequired",
    ),
    (
        "in-a-dependent",
        {"dependentSchemas": {"a": _nested("")[0]}},
        {"a": 1, "": 1},
        "/",
        "/dependentSchemas/a/properties//type",
    ),
    (
        "names",
        {"properties": {"": {"propertyNames": {"$ref": "#/$defs/"}}}, "$defs": {"": {"enum": []}}},
        {"": {"a": 1}},
        "/",
        "/properties//propertyNames/$ref/enum",
    ),
]


@pytest.mark.parametrize(
    ("schema", "document", "instance", "evaluation"),
    [case[1:] for case in _PLACES],
    ids=[case[0] for case in _PLACES],
)
@pytest.mark.parametrize("engine", ["jsonschema-rs", "jsonschema"])
def test_empty_names(
    engine: Any, schema: Any, document: Any, instance: str, evaluation: str
) -> None:
    """An empty name has its place in every path, by either engine."""
    (found,) = Validator(engine=engine).validate(document, schema)
    assert (found.instance_location, found.keyword_location) == (instance, evaluation)


def test_empty_name_of_an_alternative() -> None:
    """An empty name has its place in what an alternative lacks."""
    (found,) = Validator().validate(
        {"": {"": 1}}, {"properties": {"": {"anyOf": [_nested("")[0]]}}}
    )
    ((branch,),) = found.branches
    assert branch.instance_location == "//"
    assert branch.keyword_location == "/properties//anyOf/0/properties//type"


def test_empty_pattern_before_a_reference() -> None:
    """Known to be missing: an empty pattern, of names, that is followed by a reference."""
    schema = {"patternProperties": {"": {"$ref": "#/$defs/a"}}, "$defs": {"a": _TEXT}}
    first, second = (
        next(iter(Validator(engine=engine).validate({"": 1}, schema)))
        for engine in ("jsonschema-rs", "jsonschema")
    )
    assert first.instance_location == second.instance_location == "/"
    assert first.keyword_location == "/patternProperties/$ref/type"
    assert second.keyword_location == "/patternProperties//$ref/type"


def test_name_like_the_words() -> None:
    """A name that looks like the words that tell a place leaves the path as the engine has it."""
    schema, document = _nested(_LIKE_IT, "")
    (error,) = jsonschema_rs.Draft202012Validator(schema).iter_errors(document)
    assert json_pointer(place_of(error).instance) == f"/{_LIKE_IT}"


@pytest.mark.parametrize(
    ("dialect", "keyword"), [("draft-07", "dependencies"), ("2020-12", "dependentRequired")]
)
def test_place_of_what_depends(dialect: str, keyword: str) -> None:
    """A required name is told of at its keyword, by its own place as well."""
    schema = {"$id": "http://a/b", "allOf": [{keyword: {"a": ["b"]}}, {"required": ["c"]}]}
    found = Validator(dialect=dialect).validate({"a": 1}, schema)
    assert [(each.keyword_location, each.absolute_keyword_location) for each in found] == [
        (f"/allOf/0/{keyword}", f"http://a/b#/allOf/0/{keyword}"),
        ("/allOf/1/required", "http://a/b#/allOf/1/required"),
    ]


def test_place_in_what_depends() -> None:
    """A name that is a number is a name where schemas depend on names."""
    schema = {"$id": "http://a/b", "dependencies": {"0": {"required": ["b"]}, "1": False}}
    found = Validator(dialect="draft-07").validate({"0": 1, "1": 1}, schema)
    assert sorted(each.absolute_keyword_location or "" for each in found) == [
        "http://a/b#/dependencies/0/required",
        "http://a/b#/dependencies/1",
    ]


def test_place_of_a_name() -> None:
    """The rule that a name breaks has both its places, across references."""
    schema = {
        "$id": "http://a/b",
        "properties": {"p": {"$ref": "#/$defs/a"}},
        "$defs": {"a": {"propertyNames": {"$ref": "#/$defs/c"}}, "c": {"maxLength": 0}},
    }
    (found,) = Validator().validate({"p": {"x": 1}}, schema)
    assert found.instance_location == "/p"
    assert found.keyword == "maxLength"
    assert found.keyword_location == "/properties/p/$ref/propertyNames/$ref/maxLength"
    assert found.absolute_keyword_location == "http://a/b#/$defs/c/maxLength"


_ARRAY = [{"properties": {"x": {}}}]
_RESOURCES: dict[str, Any] = {"http://a/b": {"a/b%": _ARRAY, "text": "t", "": {"title": "empty"}}}


@pytest.mark.parametrize(
    ("location", "found"),
    [
        ("http://a/b#/a~1b%25/0/type", _ARRAY[0]),
        ("http://a/b#//type", {"title": "empty"}),
        ("http://a/b#/type", _RESOURCES["http://a/b"]),
        ("http://a/b#/none/type", {}),
        ("http://a/b#/text/x/type", {}),
        ("http://a/b#/text/type", {}),
        ("http://a/c#/type", {}),
        ("", {}),
    ],
)
def test_schema_at(location: str, found: Any) -> None:
    """A keyword's place leads to the schema that it stands in, or to an empty one."""
    assert schema_at(location, _RESOURCES) == found
