"""Schemas as a reader meets them."""

from registries import acme, closed
from validator import SchemaKey
from validator.site.nodes import Node, Reader


def _root(*schemas: object, dialect: str = "2020-12") -> Node:
    return Reader(closed(*schemas, dialect=dialect)).root()


def test_conjunction() -> None:
    """A node is a schema, what it refers to and its `allOf`, each once, the outermost first."""
    part = {"$ref": "#/$defs/b", "title": "2"}
    node = _root({"title": "1", "allOf": [part, part], "$defs": {"b": {"title": "3"}}})

    assert [value for _, value in node.said("title")] == ["1", "2", "3", "2"]
    assert node.first("title") == "1"
    assert node.first("description") is None


def test_schemas_that_are_referred_to() -> None:
    """A node knows the Iglu schemas that it refers to, less the one that it is in."""
    other = acme("b", items={"$ref": "#"})
    reader = Reader(closed(acme("a", **{"$ref": "iglu:com.acme/b/jsonschema/1-0-0"}), other))
    node = reader.root()

    assert node.keys == (SchemaKey.parse("iglu:com.acme/b/jsonschema/1-0-0"),)
    assert reader.inner(node.said("items")).keys == ()


def test_references_to_what_is_no_iglu_schema() -> None:
    """References to a meta-schema, and to an identifier within, lead to no page."""
    assert _root({"$ref": "http://json-schema.org/draft-07/schema#"}).keys == ()


def test_dialect_of_what_is_referred_to() -> None:
    """Each schema is read as its own dialect means it."""
    old = acme("b", **{"$schema": "http://json-schema.org/draft-04/schema#"}, const=1, minimum=2)
    node = _root({"$ref": "iglu:com.acme/b/jsonschema/1-0-0", "const": 3}, old)

    assert [value for _, value in node.said("const")] == [3]
    assert node.first("minimum") == 2


def test_required() -> None:
    """The required names of all parts are one list; draft-03's boolean is none."""
    assert [*_root({"required": ["b", "a"], "allOf": [{"required": ["a", "c"]}]}).required] == [
        *"bac"
    ]


def test_references_within_identifiers() -> None:
    """A reference is relative to the identifier around it, however it was come to."""
    inner = {"c": {"$ref": "#/$defs/d"}, "d": {"title": "of b"}}
    schema = {
        "$id": "https://acme.example/a",
        "$defs": {"b": {"$id": "b", "$defs": inner}, "d": {"title": "of a"}},
        "$ref": "#/$defs/b/$defs/c",
    }

    assert _root(schema).first("title") == "of b"


def test_keyword_without_a_name() -> None:
    """A keyword of no name is no reference, though a dialect has no name for its dynamic one."""
    assert _root({"": "#/nowhere", "minimum": 1}, dialect="draft-07").first("minimum") == 1


def test_references_that_nobody_follows() -> None:
    """A dynamic keyword of another dialect, or one that is data, is no reference."""
    node = _root({"$dynamicRef": "#nowhere", "minimum": 1}, dialect="draft-07")

    assert node.first("minimum") == 1
