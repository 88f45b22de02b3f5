"""A schema that is asked: what is made of it, and what it says of documents."""

from __future__ import annotations

from typing import Any

from questions import operands
from validator import InMemory, Registry
from validator.dialects import DEFAULT, dialect_named


def _one(schema: Any, **options: Any) -> Any:
    return operands(schema, **options)[0]


def _named(name: str, **keywords: Any) -> dict[str, Any]:
    own = {"vendor": "a", "name": name, "format": "jsonschema", "version": "1-0-0"}
    return {"self": own, **keywords}


def test_alone() -> None:
    """What a schema refers to stands in it, once it is told alone; the operand is not changed."""
    registry = Registry(InMemory([_named("other", type="string")]))
    operand = _one(
        _named("one", properties={"a": {"$ref": "iglu:a/other/jsonschema/1-0-0"}}),
        registry=registry,
    )
    assert operand.alone.root.contents["properties"]["a"]["$ref"].startswith("#/$defs/")
    assert operand.contents["properties"]["a"]["$ref"].startswith("iglu:")
    assert operand.decisive == operand.alone.root.contents


def test_boolean() -> None:
    """A schema that is true or false is told alone as it is."""
    assert _one(True).alone.root.contents is True
    assert _one(False).accepts(1) is False


def test_not_alone() -> None:
    """A schema that refers to one of another dialect can't be told alone."""
    other = _named("other", type="string") | {"$schema": "http://json-schema.org/draft-07/schema#"}
    registry = Registry(InMemory([other]))
    operand = _one({"$ref": "iglu:a/other/jsonschema/1-0-0"}, registry=registry)
    assert operand.alone is None
    assert operand.decisive is None


def test_formats_that_are_left() -> None:
    """Where a format can't be told as a pattern, there is no form to ask."""
    schema = {"x": {"a": {"format": "uuid"}}, "properties": {"a": {"$ref": "#/x/a"}}}
    operand = _one(schema, dialect="draft-04")
    assert operand.form is None
    assert operand.decisive is None
    assert operand.tree.root["properties"] == {"a": {"$ref": "#/x/a"}}


def test_violation() -> None:
    """The first violation of a document that is not accepted is told, with its values."""
    assert _one({"maxLength": 1}).violation("aa").message.endswith('it is "aa"')


def test_in_dialect() -> None:
    """A schema is told in a newer dialect; the engine has it as it was."""
    schema = {"minimum": 1, "exclusiveMinimum": True}
    operand = _one(schema, dialect="draft-04")
    told = operand.in_dialect(DEFAULT)
    assert told.contents == {"exclusiveMinimum": 1}
    assert told.dialect is DEFAULT
    assert not told.accepts(1)
    assert operand.in_dialect(dialect_named("draft-04")) is operand
