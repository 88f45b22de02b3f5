"""The second engine: what it says, where it says it, and what it does not let out."""

from __future__ import annotations

import re
import subprocess
import sys
import warnings
from collections.abc import Callable
from typing import Any

import jsonschema_rs
import pytest

from registries import acme, closed, uri
from validator import InvalidSchema, Limits, formats, reference
from validator.dialects import DIALECTS
from validator.engine import Formats
from validator.reference import Reference, Unjudged, schemas_in
from validator.registry import GIVEN

_LIMITS = Limits()


def _reference(
    contents: Any,
    *others: Any,
    dialect: str = "2020-12",
    formats: Formats = "assert",
    told: dict[str, Callable[[str], bool]] | None = None,
) -> Reference:
    closure = closed(contents, *others, dialect=dialect)
    return Reference(closure, limits=_LIMITS, formats=formats, told=told or {})


def _found(contents: Any, document: Any, *others: Any, **options: Any) -> list[tuple[Any, ...]]:
    """Give the kind, both paths and the absolute location of each error."""
    reference = _reference(contents, *others, **options)
    errors = list(reference.iter_errors(document))
    assert reference.is_valid(document) is (errors == [])
    return [
        (
            type(error.kind).__name__,
            error.instance_path,
            error.evaluation_path,
            error.absolute_keyword_location,
        )
        for error in errors
    ]


_URI = uri("b")


# What is said, and where.


@pytest.mark.parametrize("contents", [True, False], ids=["true", "false"])
def test_boolean_schema(contents: bool) -> None:  # noqa: FBT001  # a schema
    """A boolean takes everything, or nothing."""
    expected: list[Any] = [] if contents else [("FalseSchema", [], [], f"{GIVEN}#")]
    assert _found(contents, {}) == expected


@pytest.mark.parametrize(
    ("contents", "document", "kind", "at", "path"),
    [
        ({"properties": {"a/b": False}}, {"a/b": 1}, "FalseSchema", ["a/b"], "properties|a/b"),
        ({"allOf": [True, False]}, 1, "FalseSchema", [], "allOf|1"),
        ({"items": False}, [1], "FalseSchema", [0], "items"),
        ({"additionalProperties": False}, {"a": 1}, "FalseSchema", [], "additionalProperties"),
        ({"propertyNames": False}, {"a": 1, "b": 1}, "FalseSchema", [], "propertyNames"),
        (
            {"propertyNames": {"maxLength": 0}},
            {"a": 1},
            "PropertyNames",
            [],
            "propertyNames|maxLength",
        ),
        ({"minContains": 2, "contains": {}}, [1], "Contains", [], "minContains"),
        ({"maxContains": 1, "contains": {}}, [1, 1], "Contains", [], "maxContains"),
        ({"contains": False}, [1], "Contains", [], "contains"),
        ({"if": True, "then": {"const": 2}}, 1, "Constant", [], "then|const"),
        ({"dependentRequired": {"a": ["b"]}}, {"a": 1}, "Required", [], "dependentRequired"),
        ({"oneOf": [True, True]}, 1, "OneOfMultipleValid", [], "oneOf"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_paths(contents: Any, document: Any, kind: str, at: list[Any], path: str) -> None:
    """An error has the kind and the paths that it has from jsonschema-rs."""
    (found,) = _found(contents, document)
    steps = [int(step) if step.isdigit() else step for step in path.split("|")]
    assert found[:3] == (kind, at, steps)


def test_alternatives() -> None:
    """What each alternative lacks is told by alternative, at its place."""
    alternatives = [{"type": ["string", "null"]}, {"$ref": "#/$defs/a"}]
    contents = {"properties": {"x": {"anyOf": alternatives}}, "$defs": {"a": {"const": {"b": 1}}}}
    (error,) = _reference(contents).iter_errors({"x": {"b": 2, "a": 1}})
    kind: Any = error.kind
    (first,), (second,) = kind.context
    assert first.kind.types == ["null", "string"]
    assert (first.instance_path, second.instance_path) == (["x"], ["x"])
    assert second.evaluation_path == ["properties", "x", "anyOf", 1, "$ref", "const"]
    assert list(second.instance) == ["a", "b"]


def test_across_schemas() -> None:
    """An error in what is referred to tells the way there, and where that is."""
    other = acme("b", **{"$schema": DIALECTS["2020-12"].uri}, properties={"x y": {"minimum": 2}})
    contents = {"items": {"$ref": _URI}}
    assert _found(contents, [{"x y": 1}], other) == [
        (
            "Minimum",
            [0, "x y"],
            ["items", "$ref", "properties", "x y", "minimum"],
            f"{_URI}#/properties/x%20y/minimum",
        )
    ]


def test_across_dialects() -> None:
    """What is referred to is judged by its own dialect, and what it refers to likewise."""
    # In draft-04, 1.0 is no integer, and `const` is no keyword.
    inner = {"type": "integer", "const": 7}
    other = acme("b", **{"$schema": f"{DIALECTS['draft-04'].uri}#"}, definitions={"i": inner})
    other["allOf"] = [{"$ref": "#/definitions/i"}]
    contents = {"anyOf": [{"$ref": "#/$defs/x"}], "$defs": {"x": {"$ref": _URI}}}
    assert _reference(contents, other).is_valid(1)
    (error,) = _reference(contents, other).iter_errors(1.0)
    kind: Any = error.kind
    ((inner_error,),) = kind.context
    assert inner_error.evaluation_path == ["anyOf", 0, "$ref", "$ref", "allOf", 0, "$ref", "type"]
    assert inner_error.absolute_keyword_location == f"{_URI}#/definitions/i/type"


def test_identifiers() -> None:
    """A schema with a URI of its own is told by that, and so is one that is embedded."""
    embedded = {"$id": "b", "$defs": {"c": {"$anchor": "d", "type": "null"}}}
    contents = {"$id": "http://acme.example/a", "$ref": "b#d", "$defs": {"b": embedded}}
    ((_, _, path, location),) = _found(contents, 1)
    assert path == ["$ref", "type"]
    assert location == "http://acme.example/b#/$defs/c/type"


def test_recursion() -> None:
    """Dynamic references lead where they do for jsonschema-rs."""
    contents = {"$dynamicAnchor": "n", "type": "object", "additionalProperties": {}}
    contents["additionalProperties"] = {"$dynamicRef": "#n"}
    ((_, at, path, _),) = _found(contents, {"a": {"b": 1}})
    assert at == ["a", "b"]
    assert path == ["additionalProperties", "$dynamicRef"] * 2 + ["type"]


def test_names_that_are_keywords() -> None:
    """Properties may be named like keywords, and constants look like schemas."""
    properties = {"enum": {"enum": [False]}, "const": {"const": {"allOf": [False]}}}
    contents = {"properties": {**properties, "$schema": {"const": "x"}, "properties": False}}
    good = {"enum": False, "const": {"allOf": [False]}, "$schema": "x"}
    assert _found(contents, good) == []
    assert [at for _, at, _, _ in _found(contents, {"const": 1, "properties": 1})] == [
        ["const"],
        ["properties"],
    ]


def test_reference_to_what_is_no_keyword() -> None:
    """A reference may lead to what no dialect knows the name of; of `false`, it has no place."""
    contents = {
        "allOf": [{"$ref": "#/odd"}, {"$ref": "#/no"}],
        "odd": {"type": "null"},
        "no": False,
    }
    assert _found(contents, 1) == [
        ("Type", [], ["allOf", 0, "$ref", "type"], f"{GIVEN}#/odd/type"),
        ("FalseSchema", [], ["allOf", 1, "$ref"], None),
    ]


def test_validate() -> None:
    """The first error is raised, and none for a valid document."""
    reference = _reference({"type": "null"})
    reference.validate(None)
    with pytest.raises(jsonschema_rs.ValidationError):
        reference.validate(1)


# Formats, and what texts hold.


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", ["date", "ipv4", "uri", "email"])
def test_formats(name: str, dialect: str) -> None:
    """Formats decide in every dialect, or in none; they are of texts alone."""
    assert [kind for kind, *_ in _found({"format": name}, "x y", dialect=dialect)] == ["Format"]
    assert _found({"format": name}, 1, dialect=dialect) == []
    assert _found({"format": name}, "x y", dialect=dialect, formats="annotate") == []


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", ["email", "idn-email"])
@pytest.mark.parametrize(
    ("document", "fits"), [("a@acme.example", True), ("@", False), ("a", False), (1, True)]
)
def test_format_that_is_checked_in_part(
    document: object,
    fits: bool,  # noqa: FBT001  # a column of the table
    name: str,
    dialect: str,
) -> None:
    """An `@` is not yet an email: what jsonschema lets through, jsonschema-rs is asked of."""
    assert _reference({"format": name}, dialect=dialect).is_valid(document) is fits


@pytest.mark.parametrize("dialect", DIALECTS)
def test_format_of_another_language(dialect: str) -> None:
    """A regular expression is one of ECMA 262, not one of Python."""
    reference = _reference({"format": "regex"}, dialect=dialect)
    documents = [r"\p{L}", "(?<a>b)", r"a\Z", "(?P<a>b)", "(", 1]
    assert list(map(reference.is_valid, documents)) == [True, True, False, False, False, True]


def test_format_that_is_told() -> None:
    """A format that is beyond its dialect is asserted where its check is given."""
    options: dict[str, Any] = {"dialect": "draft-04", "told": {"uuid": "a".__eq__}}
    assert [kind for kind, *_ in _found({"format": "uuid"}, "b", **options)] == ["Format"]
    assert _found({"format": "uuid"}, "a", **options) == []
    assert _found({"format": "uuid"}, 1, **options) == []
    assert _found({"format": "uuid"}, "b", dialect="draft-04") == []


@pytest.mark.parametrize(
    ("document", "kinds"),
    [("e30=", []), ("{", ["ContentEncoding"]), ("e30x", ["ContentMediaType"]), (1, [])],
    ids=["json", "not-encoded", "no-json", "number"],
)
def test_contents(document: Any, kinds: list[str]) -> None:
    """What a text holds is judged as by jsonschema-rs, in the dialects in which that judges."""
    contents = {"contentEncoding": "base64", "contentMediaType": "application/json"}
    assert [kind for kind, *_ in _found(contents, document, dialect="draft-07")] == kinds
    assert _found(contents, document, dialect="2019-09") == []


# What is refused, and what has no verdict.


@pytest.mark.parametrize(
    "contents",
    [
        {"pattern": r"\p{L}"},
        {"properties": {"a": {"patternProperties": {"(": True}}}},
        {"patternProperties": {"(?i)a": True, "(?i)b": True}},
        {"pattern": "a{99999999999999999999}"},
    ],
    ids=["class", "unbalanced", "joined", "overflow"],
)
def test_pattern_that_python_does_not_take(contents: Any) -> None:
    """A schema with a pattern that Python does not take is refused when it is compiled."""
    with pytest.raises(InvalidSchema, match="Python does not take the pattern") as refused:
        _reference(contents)
    assert len(refused.value.problem) <= _LIMITS.message


def test_pattern_that_python_warns_of() -> None:
    """What a pattern may mean to a later Python is no one's concern."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert _found({"pattern": "[[a]"}, "[") == []


def test_pattern_in_another_schema() -> None:
    """The schema is named that has the pattern."""
    with pytest.raises(InvalidSchema, match=re.escape(_URI)):
        _reference({"$ref": _URI}, acme("b", pattern=r"\p{L}"))


def test_deep() -> None:
    """A document as deep as the limits allow by default is judged."""
    inner = {"allOf": [{"additionalProperties": {"$ref": "#"}, "type": "object"}]}
    reference = _reference({"anyOf": [{"type": "null"}, inner]})
    document: dict[str, Any] = {}
    for _ in range(_LIMITS.depth - 1):
        document = {"a": document}
    assert reference.is_valid(document)


def test_no_verdict() -> None:
    """A document that jsonschema runs out of stack with has no verdict, and so is not valid."""
    contents = {"additionalProperties": {"$ref": "#"}, "type": "object"}
    reference = _reference(contents)
    document: dict[str, Any] = {}
    for _ in range(1000):
        document = {"a": document}
    assert not reference.is_valid(document)
    with pytest.raises(Unjudged, match="RecursionError"):
        list(reference.iter_errors(document))
    with pytest.raises(Unjudged, match="RecursionError"):
        reference.validate(document)


@pytest.mark.parametrize("name", ["PanicException", "KeyboardInterrupt"])
def test_panic(name: str) -> None:
    """Where a part that is not Python panics, there is no verdict; an interrupt stays one."""
    raised = type(name, (BaseException,), {})

    class Panicking:
        def iter_errors(self, _: object) -> Any:
            raise raised

    reference = _reference({"type": "object"})
    reference._judge = Panicking()
    expected = Unjudged if name == "PanicException" else raised
    with pytest.raises(expected):
        list(reference.iter_errors({}))


def test_error_that_can_not_be_told() -> None:
    """Where jsonschema has a verdict and its error can't be told, there is no verdict either."""
    reference = _reference({"type": "null"})
    document: dict[str, Any] = {}
    for _ in range(300):  # orjson writes no more than 254 levels
        document = {"a": document}
    assert not reference.is_valid(document)
    with pytest.raises(Unjudged):
        list(reference.iter_errors(document))


def test_dependencies_of_both_kinds() -> None:
    """A property may need others, and another a schema: `referencing` is not confused by that."""
    contents = {"dependencies": {"a": False, "b": ["c"]}}
    found = _found(contents, {"a": 1, "b": 1}, dialect="draft-07")
    assert sorted(path for _, _, path, _ in found) == [["dependencies"], ["dependencies", "a"]]


@pytest.mark.parametrize("first", ["a", "b"])
def test_identifier_in_dependencies_of_both_kinds(first: str) -> None:
    """A schema that one property needs is found by its URI, whatever another one needs."""
    needed = {"a": ["c"], "b": {"$id": "http://a/b", "type": "null"}}
    second = "b" if first == "a" else "a"
    dependencies = {name: needed[name] for name in (first, second)}
    contents = {"not": {"dependencies": dependencies}, "items": {"$ref": "http://a/b"}}
    ((_, at, _, location),) = _found({"allOf": [contents]}, [1], dialect="draft-07")[1:]
    assert (at, location) == ([0], "http://a/b#/type")


def test_identifier_that_is_none() -> None:
    """What only looks like a schema may have an identifier that can't be read."""
    contents = {"properties": {"a": {"odd": [{"$id": "//[", "items": {}}]}}, "type": "object"}
    assert [kind for kind, *_ in _found(contents, 1)] == ["Type"]


def test_schemas_in() -> None:
    """What may be a schema is given with what it is in; what is data, or holds names, is not."""
    inner = {"items": {"enum": [{"a": {}}]}}
    contents = {"properties": {"default": inner}, "default": {"a": 1}, "odd": [{"b": 2}]}
    assert sorted((way, outer == contents) for _, outer, way in schemas_in(contents)) == [
        ("", False),
        ("/default", True),
        ("/items", False),
        ("/odd/0", True),
        ("/properties/default", True),
    ]
    assert [way for _, _, way in schemas_in(contents, ("default", "odd", "enum"))] == [
        *("", "/properties/default", "/items"),
    ]


def test_answers_kept_are_bounded() -> None:
    """However many formats, contents and keywords schemas name, so many answers are kept."""
    for number in range(300):
        name = f"x-{number}"
        contents = {name: {"format": name, "contentMediaType": name}}
        _found(contents | contents[name], "text", dialect="draft-07")
    for cached in (formats._asked, reference._decoding, reference._holds_names):
        assert cached.cache_info().currsize == cached.cache_info().maxsize == 128


def test_schema_is_not_changed() -> None:
    """The schemas that are given stay as they are."""
    contents = {"$schema": DIALECTS["2020-12"].uri, "allOf": [True, {"not": False}]}
    closure = closed(contents)
    Reference(closure, limits=_LIMITS, formats="assert", told={})
    assert closure.root.contents == contents


def test_import_is_light() -> None:
    """The module does not import jsonschema before there is something to judge."""
    code = "import sys, validator.reference; print('jsonschema' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
