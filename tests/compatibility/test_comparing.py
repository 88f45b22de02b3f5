"""`compare`: both questions, each change, the step; and what is wrong use."""

from __future__ import annotations

from typing import Any

import pytest

from validator import InMemory, NoSuchSchema, Registry, SchemaCriterion, SchemaKey, WrongUse
from validator.compatibility import Budgets, compare
from validator.compatibility.attribution import EventBudget
from validator.errors import InvalidSchema


def _schema(version: str, **keywords: Any) -> dict[str, Any]:
    own = {"vendor": "a", "name": "b", "format": "jsonschema", "version": version}
    return {
        "$schema": "http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#",
        "self": own,
        "type": "object",
        **keywords,
    }


_OLD = _schema(
    "1-0-0",
    properties={"a": {"type": "string", "maxLength": 5}, "b": {"type": "integer"}},
    additionalProperties=False,
)
_NEW = _schema(
    "1-0-1",
    properties={"a": {"type": "string", "maxLength": 3}, "c": {"type": ["string", "null"]}},
    additionalProperties=False,
)
_REGISTRY = Registry(InMemory([_OLD, _NEW]))


def test_whole() -> None:
    """Both directions have their witnesses, each change says what it does and whom it breaks."""
    found = compare(_OLD, _NEW)
    assert (found.backward.verdict, found.forward.verdict) == ("refuted", "refuted")
    assert found.step == "REVISION"
    assert {(each.location, each.effect, each.breaks) for each in found.changes} == {
        ("/properties/a/maxLength", "narrows", ("readers",)),
        ("/properties/b", "narrows", ("readers",)),
        ("/properties/c", "widens", ("consumers",)),
    }
    assert all(each.witness is not None for each in found.changes)
    assert not found.is_equal
    assert not found.truncated


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("iglu:a/b/jsonschema/1-0-0", "iglu:a/b/jsonschema/1-0-1"),
        (
            SchemaKey.parse("iglu:a/b/jsonschema/1-0-0"),
            SchemaCriterion.parse("iglu:a/b/jsonschema/1-*-*"),
        ),
        (_OLD, "iglu:a/b/jsonschema/1-*-*"),
    ],
)
def test_named(old: Any, new: Any) -> None:
    """Schemas are named as everywhere."""
    assert compare(old, new, registry=_REGISTRY) == compare(_OLD, _NEW)


@pytest.mark.parametrize("schema", [_OLD, _NEW, True, {"type": "string"}])
def test_same(schema: Any) -> None:
    """A schema is equal to itself, and there is nothing to publish."""
    found = compare(schema, schema)
    assert found.is_equal
    assert (found.step, found.changes, found.reasons) == ("NONE", (), ())


def test_version_alone() -> None:
    """Where nothing but the version differs, there is nothing to publish either."""
    assert compare(_OLD, {**_OLD, "self": _NEW["self"]}).step == "NONE"


def test_model() -> None:
    """Where no document with the least properties is accepted any more, it is another MODEL."""
    old = {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}
    new = {**old, "properties": {"a": {"type": "string"}}}
    assert compare(old, new).step == "MODEL"
    assert compare({"type": "string"}, {"type": "number"}).step == "MODEL"


def test_formats() -> None:
    """Formats decide, unless they are to annotate."""
    pair = ({"type": "string"}, {"type": "string", "format": "email"})
    assert compare(*pair).backward.verdict == "refuted"
    assert compare(*pair, formats="annotate").is_equal


def test_storage() -> None:
    """Storages are warned for where that is asked for."""
    old = _schema("1-0-0", properties={"a": {"type": "string"}})
    new = _schema("1-0-1", properties={"a": {"type": ["string", "integer"]}})
    assert compare(old, new).warnings == ()
    assert {each.storage for each in compare(old, new, storage=["parquet"]).warnings} == {"parquet"}


def test_budget() -> None:
    """A budget that ends leaves changes undecided, and the comparison says so."""
    found = compare(_OLD, _NEW, budget=Budgets(changes=EventBudget(decisions=0)))
    assert found.truncated
    assert {each.effect for each in found.changes} == {"undecided"}
    assert found.backward.verdict == "refuted"


def test_many_changes() -> None:
    """Of hundreds of changes each is told, and the operands that are kept are bounded."""
    old = {"properties": {f"p{number}": {"maxLength": 9} for number in range(80)}}
    new = {"properties": {f"p{number}": {"maxLength": 8} for number in range(80)}}
    found = compare(old, new)
    assert [each.effect for each in found.changes] == ["narrows"] * 80


@pytest.mark.parametrize(
    "options",
    [
        {"policy": "lenient"},
        {"policy": None},
        {"storage": ["oracle"]},
        {"storage": "redshift"},
        {"formats": "maybe"},
        {"registry": "schemas"},
        {"dialect": "draft-03"},
        {"limits": 3},
        {"budget": 3},
    ],
)
def test_wrong_use(options: dict[str, Any]) -> None:
    """An argument that is something else is refused, with what it may be."""
    with pytest.raises(WrongUse):
        compare(True, True, **options)


def test_no_verdict() -> None:
    """A schema that is not there, or is none, raises as everywhere."""
    with pytest.raises(NoSuchSchema):
        compare("iglu:a/b/jsonschema/9-0-0", True)
    with pytest.raises(InvalidSchema):
        compare({"type": "strin"}, True)
    with pytest.raises(WrongUse):
        compare(3, True)  # type: ignore[arg-type]  # what is tested
