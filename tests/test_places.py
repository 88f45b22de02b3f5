"""Where something broke: the paths of errors, with the names that the engine leaves out."""

from collections.abc import Sequence
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    ("number", *_nested("007", "+1"), "/007/+1", "/properties/007/properties/+1/type"),
    ("escaped", *_nested("", "/~"), "//~1~0", "/properties//properties/~1~0/type"),
    (
        "escaped-among-others",
        {"additionalProperties": {"additionalProperties": _TEXT}},
        {"": {"/": 1}},
        "//~1",
        "/additionalProperties/additionalProperties/type",
    ),
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
def test_names(engine: Any, schema: Any, document: Any, instance: str, evaluation: str) -> None:
    """A name has its place in every path as it is, even if it is empty, by either engine."""
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


#: Names that the words for a place escape, or that look like parts of them.
_ODD_NAMES = [
    "",
    "a",
    "0",
    "/",
    "~",
    "~1",
    "~01",
    '"',
    "\\",
    "[",
    "]",
    '["',
    '"]',
    '""',
    "\n",
    ":\n",
]
_ODD_NAMES += [
    "\r\n",
    "\t",
    "\0",
    "\x7f",
    "\u2028",
    "\u00fc",
    "\U0001f600",
    "'",
    "%",
    _ODD,
    _LIKE_IT,
]
_ODD_NAMES += [_LIKE_IT + ":\n", "On instance", ":\n    1", "properties", "additionalProperties"]
_ODD_NAMES += ["007", "00", "+1", "+007", "+", "-0", " 1", "1e3", "\u0663", str(2**64), f"+{2**64}"]
_STEPS = st.lists(st.sampled_from(_ODD_NAMES) | st.integers(0, 2), max_size=6)


def _text_at(steps: Sequence[str | int]) -> Any:
    """Give a document with a text at such a place, and nulls beside it."""
    document: Any = "text"
    for step in reversed(steps):
        document = {step: document} if isinstance(step, str) else [None] * step + [document]
    return document


@given(_STEPS)
def test_place_of_odd_names(steps: list[str | int]) -> None:
    """Whatever the names are on the way to a value, all of them are told."""
    ref = {"$ref": "#"}
    schema = {"type": ["object", "array", "null"], "additionalProperties": ref, "items": ref}
    (error,) = jsonschema_rs.Draft202012Validator(schema).iter_errors(_text_at(steps))
    place = place_of(error)
    assert json_pointer(place.instance) == json_pointer(steps)
    ways = ("items" if isinstance(step, int) else "additionalProperties" for step in steps)
    assert list(place.evaluation) == [each for way in ways for each in (way, "$ref")] + ["type"]


@given(st.lists(st.sampled_from(_ODD_NAMES), max_size=5), st.booleans())
def test_way_through_odd_names(names: list[str], named: bool) -> None:  # noqa: FBT001  # drawn
    """Names of the document are told on the way through the schema that has properties for them."""
    schema, document = _nested(*names)
    identified = {"$id": "http://a/b", **schema} if named else schema
    (error,) = jsonschema_rs.Draft202012Validator(identified).iter_errors(document)
    place = place_of(error)
    assert json_pointer(place.instance) == json_pointer(names)
    way = [each for name in names for each in ("properties", name)]
    assert json_pointer(place.evaluation) == json_pointer([*way, "type"])


@given(st.lists(st.sampled_from(_ODD_NAMES), max_size=5))
def test_way_through_what_names_need(names: list[str]) -> None:
    """Names that only a schema has are told on the way through it, where it has a URI."""
    schema: dict[str, Any] = {"type": "null"}
    for name in reversed(names):
        schema = {"dependentSchemas": {name: schema}}
    document = dict.fromkeys(names, 1)
    (error,) = jsonschema_rs.Draft202012Validator({"$id": "http://a/b", **schema}).iter_errors(
        document
    )
    place = place_of(error)
    assert place.instance == []
    way = [each for name in names for each in ("dependentSchemas", name)]
    assert json_pointer(place.evaluation) == json_pointer([*way, "type"])


def test_name_of_words_for_an_empty_name() -> None:
    """Known to be wrong: of an empty name and one like the words for such, the order is lost."""
    schema, document = _nested("", '"]["')
    (error,) = jsonschema_rs.Draft202012Validator(schema).iter_errors(document)
    assert place_of(error).instance == ['"]["', ""]


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
