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
_VALIDATOR = Validator(registry=Registry(Directory(_FIXTURES / "registry"), Packaged()))
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
    validator = Validator(registry=Registry(InMemory([old, new, back])))

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


@pytest.mark.parametrize("schema", [True, False], ids=["true", "false"])
def test_boolean(schema: bool) -> None:  # noqa: FBT001  # a schema
    """A boolean is a schema, too."""
    assert _VALIDATOR.jsonschema(schema).is_valid(1) is schema


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
