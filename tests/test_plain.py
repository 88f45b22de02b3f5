"""Validators of jsonschema, handed out: of its own kind, and of the same mind as ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from jsonschema.exceptions import best_match

from validator import (
    Directory,
    InMemory,
    InvalidIgluUri,
    InvalidSchema,
    NoSuchSchema,
    Packaged,
    Registry,
    Validator,
    WrongUse,
)

_FIXTURES = Path(__file__).parents[1] / "fixtures"
_REGISTRY = Registry(Directory(_FIXTURES / "registry"), Packaged())
_VALIDATOR = Validator(registry=_REGISTRY)
_SUITES = [json.loads(file.read_bytes()) for file in sorted(_FIXTURES.glob("*.*/*/*-*-*.json"))]
_DRAFT_04 = "http://json-schema.org/draft-04/schema#"
_CLASSES = {
    "draft-04": jsonschema.Draft4Validator,
    "draft-06": jsonschema.Draft6Validator,
    "draft-07": jsonschema.Draft7Validator,
    "2019-09": jsonschema.Draft201909Validator,
    "2020-12": jsonschema.Draft202012Validator,
}


@pytest.mark.parametrize("suite", _SUITES, ids=[suite["schema"] for suite in _SUITES])
def test_same_verdict(suite: dict[str, Any]) -> None:
    """It accepts what the suite says is valid, and refuses the rest, but for `$` of Python."""
    plain = _VALIDATOR.jsonschema(suite["schema"])

    for case in suite["tests"]:
        if plain.is_valid(case["data"]) is not case["valid"]:
            # In Python, `$` is also before a line break that ends a text.
            assert not case["valid"], case["description"]
            assert '\\n"' in json.dumps(case["data"]), case["description"]


@pytest.mark.parametrize(("dialect", "expected"), _CLASSES.items())
def test_class(dialect: str, expected: type) -> None:
    """It is of jsonschema's own class for the dialect, of a schema that does not say its own."""
    plain = Validator(dialect=dialect).jsonschema({"type": "string"})

    assert type(plain) is expected


def test_errors_are_its_own() -> None:
    """Errors are what jsonschema makes of them: with paths, causes and the values at fault."""
    plain = _VALIDATOR.jsonschema("iglu:com.acme/user/jsonschema/1-*-*")

    error = best_match(plain.iter_errors({"plan": "gold"}))
    assert isinstance(error, jsonschema.ValidationError)
    assert (error.validator, error.json_path, error.instance) == ("enum", "$.plan", "gold")


def test_references_are_followed() -> None:
    """A reference to another schema of the registry leads there."""
    plain = _VALIDATOR.jsonschema({"$ref": "iglu:com.acme/user/jsonschema/1-0-0"})

    assert plain.is_valid({"plan": "pro"})
    assert not plain.is_valid({"plan": "gold"})


def _named(name: str, **keywords: Any) -> dict[str, Any]:
    own = {"vendor": "a", "name": name, "format": "jsonschema", "version": "1-0-0"}
    return {"self": own, **keywords}


@pytest.mark.parametrize(
    ("root", "document", "valid"),
    [
        # Of draft-04, `exclusiveMinimum` is a boolean, and later a number.
        ({"$ref": "iglu:a/old/jsonschema/1-0-0#/definitions/positive"}, 0, False),
        ({"$ref": "iglu:a/old/jsonschema/1-0-0#/definitions/positive"}, 1, True),
        # In draft-04, the siblings of a reference count for nothing; from 2019-09 on, they count.
        ({"$ref": "iglu:a/old/jsonschema/1-0-0"}, "long text", True),
        ({"$ref": "iglu:a/old/jsonschema/1-0-0"}, 1, False),
        ({"$schema": _DRAFT_04, "$ref": "iglu:a/new/jsonschema/1-0-0"}, "long text", False),
        ({"$schema": _DRAFT_04, "$ref": "iglu:a/new/jsonschema/1-0-0"}, "text", True),
        ({"$schema": _DRAFT_04, "$ref": "iglu:a/new/jsonschema/1-0-0#/$defs/no"}, 1, False),
        # They are left where a reference leads to them, if they are no keywords.
        ({"$ref": "iglu:a/definitions/jsonschema/1-0-0"}, "long text", True),
        ({"$ref": "iglu:a/definitions/jsonschema/1-0-0"}, 1, False),
        # From one dialect to the other and back.
        ({"$ref": "iglu:a/back/jsonschema/1-0-0"}, "long text", False),
        ({"$ref": "iglu:a/back/jsonschema/1-0-0"}, "text", True),
    ],
)
def test_dialects_cross(root: dict[str, Any], document: Any, valid: bool) -> None:  # noqa: FBT001  # what is expected
    """A part of a schema of another dialect is judged by its own, as `Validator` does."""
    old = _named(
        "old",
        **{
            "$schema": _DRAFT_04,
            "$ref": "#/definitions/text",
            "maxLength": 1,
            "definitions": {
                "positive": {"minimum": 0, "exclusiveMinimum": True},
                "text": {"type": "string"},
            },
        },
    )
    new = _named(
        "new",
        **{
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$ref": "#/$defs/text",
            "maxLength": 4,
            "$defs": {"text": {"type": "string"}, "no": False},
        },
    )
    back = _named("back", **{"$schema": _DRAFT_04, "$ref": "iglu:a/new/jsonschema/1-0-0"})
    definitions = _named(
        "definitions",
        **{
            "$schema": _DRAFT_04,
            "id": "http://a/b/",
            "$ref": "#/$defs/text",
            "maxLength": 1,
            "$defs": {"text": {"type": "string"}},
        },
    )
    validator = Validator(registry=Registry(InMemory([old, new, back, definitions])))

    assert validator.jsonschema(root).is_valid(document) is valid
    assert bool(validator.validate(json.dumps(document).encode(), root)) is valid


@pytest.mark.parametrize("formats", ["assert", "annotate"])
def test_formats(formats: Any) -> None:
    """Formats decide, or only say, as they do for `Validator`; uuid in draft-04, too."""
    validator = Validator(formats=formats, dialect="draft-04")

    for name in ("uuid", "date-time", "ipv4"):
        plain = validator.jsonschema({"format": name})
        assert plain.is_valid("no such thing") is (formats == "annotate")
        assert plain.is_valid(5)


@pytest.mark.parametrize(
    ("dialect", "schema", "document", "by_engine"),
    [
        ("draft-07", {"contentEncoding": "base64"}, "{", False),
        ("draft-06", {"contentMediaType": "application/json"}, "{", False),
        ("2019-09", {"dependencies": {"a": ["b"]}}, {"a": 1}, False),
        ("2020-12", {"pattern": "^a$"}, "a\n", True),
        ("2020-12", {"const": 2**63}, 2.0**63, True),
    ],
    ids=["encoding", "media-type", "dependencies", "line-break", "large"],
)
def test_known_difference(
    dialect: str,
    schema: dict[str, Any],
    document: Any,
    by_engine: bool,  # noqa: FBT001  # a column of the table
) -> None:
    """It takes what jsonschema takes: more than `Validator` does, as docs/services.md says."""
    text = json.dumps(document).encode()

    assert Validator(dialect=dialect).jsonschema(schema).is_valid(document)
    assert not Validator(dialect=dialect).validate(text, schema)
    second = Validator(dialect=dialect, engine="jsonschema")
    assert bool(second.validate(text, schema)) is by_engine


def test_known_difference_of_multiples() -> None:
    """It divides floats, as docs/services.md says."""
    assert not _VALIDATOR.jsonschema({"multipleOf": 0.01}).is_valid(19.99)
    assert _VALIDATOR.validate(b"19.99", {"multipleOf": 0.01})


def test_schema_is_a_copy() -> None:
    """What is done to its schema does nothing to the `Validator`, nor to the next one."""
    uri = "iglu:com.acme/user/jsonschema/1-0-0"
    plain = _VALIDATOR.jsonschema(uri)
    plain.schema.clear()  # type: ignore[union-attr]  # it is a dict

    assert not _VALIDATOR.validate(b"[]", uri)
    assert not _VALIDATOR.jsonschema(uri).is_valid([])
    given: dict[str, Any] = {"type": "string"}
    own = _VALIDATOR.jsonschema(given)
    given["type"] = "integer"
    assert own.is_valid("text")


@pytest.mark.parametrize("dialect", _CLASSES)
@pytest.mark.parametrize("schema", [True, False], ids=["true", "false"])
def test_boolean(schema: bool, dialect: str) -> None:  # noqa: FBT001  # a schema
    """A boolean is a schema, too; of draft-04, too, which has none."""
    assert Validator(dialect=dialect).jsonschema(schema).is_valid(1) is schema


def test_boolean_of_draft_04() -> None:
    """Of draft-04 a boolean is given as an object that is the same, since it has no booleans."""
    plain = Validator(dialect="draft-04").jsonschema
    assert plain(schema=True).schema == {}
    assert plain(schema=False).schema == {"not": {}}


_NEEDED: list[dict[str, Any]] = [
    {"p": {"$id": "http://a/p", "type": "object"}, "c": ["a"]},
    {"c": ["a"], "p": {"$id": "http://a/p", "type": "object"}},
    {"no": True, "c": ["a"], "p": {"$id": "http://a/p", "type": "object"}},
]
_TO_ANOTHER = {"$ref": "iglu:com.acme/user/jsonschema/1-0-0"}


@pytest.mark.parametrize("needed", _NEEDED, ids=["schema-first", "names-first", "boolean-first"])
@pytest.mark.parametrize(
    "properties",
    [
        {"y": {"$ref": "http://a/p"}},
        {"y": {"$ref": "#here"}},
        {"y": {"$ref": "#/properties/x/dependencies/p"}},
        {"y": {"$ref": "http://a/p"}, "z": _TO_ANOTHER},
    ],
    ids=["identifier", "anchor", "pointer", "across-dialects"],
)
@pytest.mark.parametrize("dialect", ["draft-06", "draft-07"])
def test_dependencies_of_both_kinds(
    dialect: str, properties: dict[str, Any], needed: dict[str, Any]
) -> None:
    """A property may need others, and another a schema, below the root, whatever else is there."""
    properties = {"x": {"dependencies": needed}, **properties}
    schema = {"definitions": {"h": {"$id": "#here", "type": "object"}}, "properties": properties}
    validator = Validator(registry=_REGISTRY, dialect=dialect)
    plain = validator.jsonschema(schema)

    for document in ({"x": {"c": 1}}, {"x": {"c": 1, "a": 1}}, {"y": 1}, {"y": {}}):
        assert plain.is_valid(document) is bool(validator.validate(document, schema)), document


@pytest.mark.parametrize("needed", [{"a": ["b"]}, {"a": {"maxProperties": 1}}])
def test_dependencies_of_one_kind(needed: dict[str, Any]) -> None:
    """What properties need stays as it was written, where it is all names or all schemas."""
    schema = {"dependencies": needed}
    plain = Validator(dialect="draft-07").jsonschema(schema)
    assert isinstance(plain.schema, dict)
    assert plain.schema["dependencies"] == needed


def test_dialects_cross_in_an_odd_place() -> None:
    """What is referred to under no keyword is of its own dialect, too; defaults stay."""
    odd = {"minimum": 0, "exclusiveMinimum": True, "default": {"a": 1}}
    old = _named("old", **{"$schema": _DRAFT_04, "odd": odd, "examples": [{"a": 1}]})
    validator = Validator(registry=Registry(InMemory([old])))
    schema = {"$ref": "iglu:a/old/jsonschema/1-0-0#/odd", "default": {"$ref": "a"}}

    plain = validator.jsonschema(schema)
    for document in (0, 1):
        assert plain.is_valid(document) is bool(validator.validate(document, schema))
    assert isinstance(plain.schema, dict)
    assert plain.schema["default"] == {"$ref": "a"}


@pytest.mark.parametrize(
    ("schema", "error"),
    [
        ("iglu:com.acme/nothing/jsonschema/1-0-0", NoSuchSchema),
        ("com.acme/user", InvalidIgluUri),
        ({"$ref": "http://127.0.0.1/"}, InvalidSchema),
        ({"type": 5}, InvalidSchema),
        ({"pattern": "\\p{L}"}, InvalidSchema),  # jsonschema-rs takes it, Python does not
        (5, WrongUse),
    ],
)
def test_refused(schema: Any, error: type[Exception]) -> None:
    """What `check` refuses as a schema is refused here, and what only jsonschema can't judge by."""
    with pytest.raises(error):
        _VALIDATOR.jsonschema(schema)
