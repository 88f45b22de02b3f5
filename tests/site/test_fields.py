"""The table of fields: paths, types, rules, in every dialect and around every corner."""

from typing import Any

import pytest

from registries import acme, closed
from validator.dialects import DIALECTS
from validator.site.fields import fields
from validator.site.values import Field, Fields, Pieces, Rule


def told(pieces: Pieces) -> str:
    """Write pieces as text, with marks around code."""
    return " ".join(f"`{each.text}`" if each.kind == "code" else each.text for each in pieces)


def line(rule: Rule) -> str:
    """Write a rule as text."""
    lines = [told(each) for each in rule.lines]
    return told(rule.pieces) + (f" [{'; '.join(lines)}]" if lines else "")


def table(schema: Any, *others: Any, example: Any = None, dialect: str = "2020-12") -> Fields:
    """Give the table of a schema; pages of other schemas are called as they are."""
    return fields(closed(schema, *others, dialect=dialect), example, lambda key: f"{key}.html")


def row(schema: Any, path: str, **options: Any) -> Field:
    """Give the first row of a path."""
    return next(each for each in table(schema, **options).rows if each.path == path)


def paths(schema: Any, *others: Any, **options: Any) -> list[str]:
    """Give the paths of all rows."""
    return [each.path for each in table(schema, *others, **options).rows]


def test_paths() -> None:
    """Fields within fields have their whole path; names that are no words are quoted."""
    schema = {
        "properties": {
            "events": {
                "items": {"properties": {"time": {"properties": {"insert": {"type": "string"}}}}}
            },
            'a "b"': {"properties": {"ö": True}},
            "": {},
        },
        "patternProperties": {"^x_": {"type": "string"}},
        "additionalProperties": {"properties": {"id": {}}},
    }

    assert paths(schema) == [
        "",
        "events",
        "events[]",
        "events[].time",
        "events[].time.insert",
        '["a \\"b\\""]',
        '["a \\"b\\""]["ö"]',
        '[""]',
        "/^x_/",
        "*",
        "*.id",
    ]


def test_anchors_lead_to_one_row_each() -> None:
    """Each row has an anchor of its own, in characters that a link holds as they are."""
    one, other = {"properties": {"a b": {"type": "null"}}}, {"properties": {"a b": {"const": 1}}}
    rows = table({"anyOf": [one, other], "properties": {"x" * 200: {}}}).rows

    anchors = [each.anchor for each in rows]
    assert anchors[0] == "field-"
    assert len(anchors[1]) < 100
    assert anchors[2:] == ["field-[%22a%20b%22]", "field-[%22a%20b%22]:2"]


def test_what_a_field_says() -> None:
    """A row has presence, description, default, and an example: its own, or of the whole."""
    schema = {
        "required": ["a", "undeclared"],
        "properties": {
            "a": {"description": "What it is.", "default": None},
            "b": {"title": "Called so", "examples": ["x", "y"], "deprecated": True},
            "c": {"enum": ["only"]},
            "d": {"type": "object"},
            "e": {"type": "string"},
            "f": {"type": "array", "items": {"type": "integer"}},
            "g": {},
        },
    }
    example = {"a": 1, "b": 2, "c": "only", "d": {}, "e": "x" * 90, "f": [3], "g": None}
    rows = {each.path: each for each in table(schema, example=example).rows}

    assert (rows["a"].presence, rows["undeclared"].presence) == ("required", "required")
    assert (rows["b"].presence, rows["f[]"].presence) == ("optional", "")
    assert (rows["a"].description, rows["b"].description) == ("What it is.", "Called so")
    assert (rows["a"].default, rows["b"].default) == ("null", None)
    assert (rows["a"].example, rows["b"].example, rows["f[]"].example) == ("1", '"x"', "3")
    assert [rows[name].example for name in ("c", "d", "e", "f", "g")] == [None] * 5
    assert (rows["a"].is_deprecated, rows["b"].is_deprecated) == (False, True)
    assert rows["a"].name == "a"
    assert rows["f[]"].name == ""


def test_examples_that_lack_a_field() -> None:
    """A field that the example lacks, or has as something else, is told without one."""
    schema = {"properties": {"a": {"properties": {"b": {}}}, "c": {"items": {"type": "string"}}}}

    assert row(schema, "a.b", example={"a": {}}).example is None
    assert row(schema, "a.b", example={"a": [1]}).example is None
    assert row(schema, "c[]", example={"c": []}).example is None
    assert row(schema, "a.b", example={"a": {"b": 1}}).example == "1"


def test_types() -> None:
    """The types are those that all of a conjunction allow; null is told last."""
    cases: list[tuple[Any, str]] = [
        ({"type": ["null", "string"]}, "string or null"),
        ({"type": "number", "allOf": [{"type": "integer"}]}, "integer"),
        ({"type": ["integer", "string"], "allOf": [{"type": "number"}]}, "integer"),
        ({"type": ["number", "null"], "allOf": [{"type": ["number", "string"]}]}, "number"),
        ({"enum": ["a", None]}, "string or null"),
        ({"enum": [1, 1.5, True, [], {}]}, "number or boolean or array or object"),
        ({"const": 1, "type": "string"}, "nothing"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "string or null"),
        ({"anyOf": [{"type": "string"}, {}]}, "any type"),
        ({"allOf": [False]}, "nothing"),
        (True, "any type"),
        (False, "nothing"),
    ]
    for schema, types in cases:
        assert told(row({"properties": {"a": schema}}, "a").types) == types, schema


def test_references() -> None:
    """A row of a schema that refers to another tells what that asks, and links to it."""
    other = acme("other", type="object", required=["x"], properties={"x": {"type": "integer"}})
    schema = {"properties": {"a": {"$ref": "iglu:com.acme/other/jsonschema/1-0-0"}}}
    rows = table(schema, other).rows

    assert told(rows[1].types) == "object as `iglu:com.acme/other/jsonschema/1-0-0`"
    assert rows[1].types[-1].href == "iglu:com.acme/other/jsonschema/1-0-0.html"
    assert (rows[2].path, rows[2].presence) == ("a.x", "required")


def test_reference_beside_others() -> None:
    """Up to draft-07 what stands beside `$ref` asks nothing, though a description tells."""
    part = {"$ref": "#/definitions/b", "maxLength": 3, "description": "Said.", "allOf": [False]}
    schema = {"properties": {"a": part}, "definitions": {"b": {"type": "string"}}}

    old = row(schema, "a", dialect="draft-07")
    assert (told(old.types), old.rules, old.description) == ("string", (), "Said.")
    new = row({**schema, "properties": {"a": {**part, "allOf": []}}}, "a")
    assert [line(each) for each in new.rules] == ["at most 3 characters"]


def test_recursion_ends() -> None:
    """A schema that applies itself further in is told once; the row says where."""
    node = {"properties": {"next": {"$ref": "#/$defs/node"}}}
    schema = {
        "$defs": {"node": node},
        "properties": {"a": {"$ref": "#/$defs/node"}, "all": {"items": {"$ref": "#"}}},
    }
    rows = {each.path: each for each in table(schema).rows}

    assert [*rows] == ["", "a", "a.next", "all", "all[]"]
    assert [line(each) for each in rows["a.next"].rules] == ["holds again what is told of `a`"]
    again = "holds again what is told of the payload as a whole"
    assert [line(each) for each in rows["all[]"].rules] == [again]


def test_dynamic_recursion_ends() -> None:
    """Dynamic references are followed as they stand."""
    schema = {
        "$schema": "https://json-schema.org/draft/2019-09/schema",
        "$recursiveAnchor": True,
        "properties": {"a": {"$recursiveRef": "#"}},
    }

    assert paths(schema) == ["", "a"]


def test_embedded_identifiers() -> None:
    """References are resolved against the identifiers that are in the schema."""
    schema = {
        "$id": "https://acme.example/a",
        "$defs": {"b": {"$id": "b", "type": "string", "$defs": {"c": {"type": "null"}}}},
        "properties": {"x": {"$ref": "b"}, "y": {"$ref": "b#/$defs/c"}},
    }

    assert [told(each.types) for each in table(schema).rows] == ["any type", "string", "null"]


def test_rows_are_bounded() -> None:
    """Fields past so many, or so deep in one another, are not told; the table says so."""
    deep: dict[str, Any] = {"type": "string"}
    for _ in range(20):
        deep = {"properties": {"a": deep}}
    many = {"properties": {f"a{index}": {} for index in range(700)}}

    assert (len(table(many).rows), table(many).truncated) == (600, True)
    assert (len(table(deep).rows), table(deep).truncated) == (13, True)
    assert not table({"properties": {"a": {}}}).truncated


def test_rows_of_branches() -> None:
    """Fields of alternatives, conditions and dependents say when they are asked."""
    schema = {
        "properties": {"kind": {}},
        "oneOf": [
            {"properties": {"kind": {"const": "a"}, "x": {}}, "required": ["kind"]},
            {"required": ["kind"]},
        ],
        "if": {"properties": {"kind": {"const": "a"}}},
        "then": {"properties": {"y": {"anyOf": [{"properties": {"deep": {}}}]}}},
        "else": {"properties": {"z": {}}},
        "dependentSchemas": {"kind": {"properties": {"w": {}}}},
    }
    rows = [(each.path, each.presence, told(each.condition)) for each in table(schema).rows]

    assert rows == [
        ("", "", ""),
        ("kind", "optional", ""),
        ("kind", "required", "in alternative 1 of 2 of the payload"),
        ("x", "optional", "in alternative 1 of 2 of the payload"),
        ("y", "optional", "where the condition of the payload holds"),
        (
            "y.deep",
            "optional",
            "where the condition of the payload holds , in alternative 1 of 1 of `y`",
        ),
        ("z", "optional", "where the condition of the payload does not hold"),
        ("w", "optional", "where there is `kind`"),
    ]


def test_branch_that_holds_its_holder() -> None:
    """An alternative further in that is the whole schema again ends there."""
    schema = {"anyOf": [{"type": "null"}, {"properties": {"a": {"anyOf": [{"$ref": "#"}]}}}]}

    assert paths(schema) == ["", "a"]


def test_then_without_if_is_nothing() -> None:
    """A `then` that no `if` decides of is not told."""
    assert paths({"then": {"properties": {"a": {}}}}) == [""]


@pytest.mark.parametrize(
    ("dialect", "schema", "expected"),
    [
        ("2020-12", {"prefixItems": [{}, {}], "items": {"type": "null"}}, ["[0]", "[1]", "[2…]"]),
        ("2020-12", {"prefixItems": [{}], "items": False}, ["[0]"]),
        ("draft-07", {"items": [{}], "additionalItems": {"type": "null"}}, ["[0]", "[1…]"]),
        ("draft-07", {"items": {"type": "null"}, "additionalItems": {"type": "null"}}, ["[]"]),
        ("draft-07", {"prefixItems": [{}]}, []),
        ("2020-12", {"items": True}, []),
        ("2019-09", {"unevaluatedItems": {"type": "null"}}, ["[]"]),
        ("draft-07", {"unevaluatedItems": {"type": "null"}}, []),
        ("2020-12", {"unevaluatedProperties": {"type": "null"}}, ["*"]),
        ("2020-12", {"additionalProperties": {}}, []),
    ],
)
def test_items_and_others(dialect: str, schema: Any, expected: list[str]) -> None:
    """Items by place, all others, and other names are told as the dialect means them."""
    assert paths(schema, dialect=dialect) == ["", *expected]


@pytest.mark.parametrize(
    ("schema", "rules"),
    [
        ({"properties": {"a": {}}}, ["other fields are let through"]),
        ({"properties": {}, "additionalProperties": True}, ["other fields are let through"]),
        ({"properties": {}, "additionalProperties": {"type": "null"}}, []),
        ({"properties": {}, "additionalProperties": False}, ["no other fields"]),
        ({"unevaluatedProperties": False}, ["no other fields"]),
        ({"prefixItems": [{}], "items": False}, ["no further items"]),
        ({"unevaluatedItems": False}, ["no further items"]),
        ({}, []),
    ],
)
def test_what_else_may_be_there(schema: Any, rules: list[str]) -> None:
    """Whether there may be other fields or items is told."""
    assert [line(each) for each in table(schema).rows[0].rules] == rules


@pytest.mark.parametrize("dialect", ["draft-04", "draft-06", "draft-07", "2019-09", "2020-12"])
def test_meta_schemas(dialect: str) -> None:
    """The meta-schema of each draft, which is all recursion, is told within the bounds."""
    rows = table({"$ref": DIALECTS[dialect].uri + "#"}, dialect=dialect).rows

    assert 20 < len(rows) <= 600
    assert "properties" in {each.path for each in rows}
