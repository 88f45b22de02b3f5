"""A schema with everything it refers to: what is followed, what is refused, and the graph."""

import re
from typing import Any

import orjson
import pytest

from validator import (
    InMemory,
    InvalidSchema,
    Limits,
    NoSuchSchema,
    Registry,
    RegistryUnavailable,
    SchemaKey,
    Validator,
)
from validator.closure import Closure, Graph, gather
from validator.dialects import DEFAULT, DIALECTS, Dialect
from validator.engine import compile_schema
from validator.registry import GIVEN, Schema, schema_of

_SAME = ("same", "")


def _uri(name: str) -> str:
    return f"iglu:a/{name}/jsonschema/1-0-0"


def _named(name: str, **keywords: Any) -> dict[str, Any]:
    own = {"vendor": "a", "name": name, "format": "jsonschema", "version": "1-0-0"}
    return {"self": own, **keywords}


def _gathered(
    contents: Any, *others: dict[str, Any], dialect: Dialect = DEFAULT, **limits: int
) -> Closure:
    registry = Registry(InMemory(others))
    schema = schema_of(contents, uri=GIVEN, dialect=dialect)
    return gather(schema, lambda key: registry.retrieve(key, dialect=dialect), Limits(**limits))


def _targets(graph: Graph, node: int = 0) -> list[int]:
    return [target for _, target in graph.edges[node]]


# What is followed.


@pytest.mark.parametrize("contents", [True, False, {}], ids=repr)
def test_schema_by_itself(contents: Any) -> None:
    """A schema without subschemas is one node that applies nothing."""
    closure = _gathered(contents)
    assert closure.graph == Graph([[]], [1], [1])
    assert closure.others == ()


def test_subschemas_and_a_reference() -> None:
    """A reference leads to the node of what it names, and applies it to the same value."""
    closure = _gathered({"$ref": "#/$defs/a", "$defs": {"a": {"items": {"$ref": "#"}}}})
    edges = closure.graph.edges
    assert edges[0] == [(_SAME, 1), (("none", ""), 1)]
    assert edges[1] == [(("items", ""), 2)]
    assert edges[2] == [(_SAME, 0)]


def test_iglu_references() -> None:
    """References lead through others, each schema is brought in once, whole."""
    closure = _gathered(
        {"allOf": [{"$ref": f"{_uri('b')}#/definitions/x"}, {"$ref": _uri("c")}]},
        _named("b", definitions={"x": {"$ref": _uri("c")}, "y": {}}),
        _named("c", items={"$ref": _uri("b")}),
        _named("d"),
    )
    assert [each.uri for each in closure.others] == [_uri("c"), _uri("b")]
    assert len(closure.graph.edges) == 1 + 2 + 3 + 2


def test_schemas_are_found_once() -> None:
    """However often a schema is referred to, its registry is asked once."""
    asked: list[SchemaKey] = []
    registry = Registry(InMemory([_named("b", definitions={"x": {}})]))

    def find(key: SchemaKey) -> Schema:
        asked.append(key)
        return registry.retrieve(key)

    contents = {"allOf": [{"$ref": f"{_uri('b')}#/definitions/x"}] * 50}
    gather(schema_of(contents, uri=GIVEN, dialect=DEFAULT), find, Limits())
    assert asked == [SchemaKey.parse(_uri("b"))]


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_meta_schemas(dialect: Dialect) -> None:
    """The meta-schemas of the drafts are known, from any dialect."""
    closure = _gathered({"$ref": f"{dialect.uri}#"})
    assert closure.others[0].uri == dialect.uri
    assert {each.dialect for each in closure.others} == {dialect}


def test_dialect_of_what_is_referred_to() -> None:
    """A schema that is referred to keeps its own dialect, also where a pointer leads into it."""
    older = _named("b", **{"$schema": DIALECTS["draft-07"].uri})
    older["definitions"] = {"x": {"$ref": "#/definitions/y", "items": {}}, "y": {}}
    closure = _gathered({"$ref": f"{_uri('b')}#/definitions/x"}, older)
    inside = _targets(closure.graph)[0]
    assert len(closure.graph.edges[inside]) == 1


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_siblings_of_a_reference(dialect: Dialect) -> None:
    """Up to draft-07 nothing is applied beside `$ref`; afterwards everything is."""
    contents = {"$ref": "#/definitions/a", "not": {}, "definitions": {"a": {}}}
    hows = [how for (how, _), _ in _gathered(contents, dialect=dialect).graph.edges[0]]
    assert hows == (["same", "none"] if dialect.ref_stands_alone else ["same", "same", "none"])


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_identifiers(dialect: Dialect) -> None:
    """A reference is relative to the identifier that it stands under."""
    contents = {
        dialect.identifier: "http://a/b/c",
        "properties": {"x": {dialect.identifier: "d/e", "items": {"$ref": "../f#/definitions/g"}}},
        "definitions": {"f": {dialect.identifier: "f", "definitions": {"g": {"title": "g"}}}},
    }
    closure = _gathered(contents, dialect=dialect)
    leads_to = [each for each in closure.graph.edges if each and each[0][0] == _SAME]
    assert len(leads_to) == 1
    assert closure.others == ()


@pytest.mark.parametrize("name", ["draft-06", "draft-07"])
def test_anchor_in_an_identifier(name: str) -> None:
    """In drafts 6 and 7 an identifier that is a fragment is an anchor."""
    contents = {"not": {"$ref": "#here"}, "definitions": {"a": {"$id": "#here"}}}
    graph = _gathered(contents, dialect=DIALECTS[name]).graph
    assert graph.edges[1] == [(_SAME, 2)]


@pytest.mark.parametrize("name", ["2019-09", "2020-12"])
def test_anchor(name: str) -> None:
    """An anchor names its schema."""
    contents = {"not": {"$ref": "#here"}, "$defs": {"a": {"$anchor": "here"}}}
    graph = _gathered(contents, dialect=DIALECTS[name]).graph
    assert graph.edges[1] == [(_SAME, 2)]


@pytest.mark.parametrize(
    "pointer",
    ["/$defs/a~1b%25c", "/%24defs/a~1b%25c", "/x/y/0", "/x/y/00"],
    ids=["escaped", "percent-encoded", "unknown-keyword", "leading-zero"],
)
def test_pointers(pointer: str) -> None:
    """A pointer leads to a schema wherever it stands, escapes undone."""
    target = {"title": "here"}
    contents = {"not": {"$ref": f"#{pointer}"}, "$defs": {"a/b%c": target}, "x": {"y": [target]}}
    graph = _gathered(contents).graph
    assert [_targets(graph, node) for node in _targets(graph, 1)] == [[]]


def test_identifier_in_an_unknown_place() -> None:
    """What looks like an identifier where no subschema is, is none."""
    odd = {"$id": "http://a/b", "not": {"$ref": "#/$defs/x"}, "$defs": {"x": {"items": {}}}}
    graph = _gathered({"not": {"$ref": "#/odd"}, "odd": odd, "$defs": {"x": {}}}).graph
    outer, _ = graph.edges[0][0][1], graph.edges[0][1]
    (inner,) = _targets(graph, outer)
    reference = _targets(graph, inner)[0]
    assert graph.edges[_targets(graph, reference)[0]] == []


# What is refused.

_LEADS_NOWHERE = [
    ("nothing-there", "#/$defs/none", "can't be resolved: there is no such place in 'schema:given"),
    ("no-such-anchor", "#none", "can't be resolved: there is no such place in 'schema:given'"),
    ("no-such-path", "/other", "can't be resolved: nothing in it bears the URI '/other'"),
    ("no-such-resource", "other", "'other' is relative, and there is no URI that it could be"),
    ("no-such-query", "?other", "is relative, and there is no URI that it could be relative to"),
    ("http", "http://127.0.0.1:9/x", "only iglu: references and the drafts' meta-schemas"),
    ("file", "file:///etc/passwd", "only iglu: references and the drafts' meta-schemas"),
    ("draft-03", "http://json-schema.org/draft-03/schema#", "only iglu: references"),
    ("negative-index", "#/allOf/-1", "leads to what is no schema"),
    ("encoded-negative-index", "#/x/%2D1", "leads to what is no schema"),
    ("index-past-the-end", "#/x/9", "can't be resolved"),
    ("huge-index", "#/x/" + "9" * 30, "can't be resolved"),
    ("index-of-too-many-digits", "#/x/" + "9" * 5000, "leads nowhere"),
    ("index-that-is-none", "#/x/y", "leads nowhere"),
    ("through-null", "#/nothing/x", "leads nowhere"),
    ("through-a-number", "#/five/x", "leads nowhere"),
    ("to-a-number", "#/five", "leads to what is no schema"),
    ("to-a-text", "#/text/0", "leads to what is no schema"),
    ("to-an-array", "#/x", "leads to what is no schema"),
    ("no-url", "http://[::1", "leads nowhere"),
    ("no-text", 5, "leads nowhere"),
    ("an-object", {"a": 1}, "leads nowhere"),
    ("iglu-criterion", "iglu:a/b/jsonschema/1-*-*", "is no Iglu URI"),
    ("iglu-outside", "iglu:../x/jsonschema/1-0-0", "is no Iglu URI: the vendor is"),
    ("iglu-query", f"{_uri('b')}?x", "is no Iglu URI"),
]


@pytest.mark.parametrize(
    ("reference", "problem"),
    [case[1:] for case in _LEADS_NOWHERE],
    ids=[case[0] for case in _LEADS_NOWHERE],
)
def test_reference_that_leads_nowhere(reference: Any, problem: str) -> None:
    """A reference to what is no schema of the closure makes the schema invalid."""
    contents = {
        "allOf": [{"$ref": reference}],
        "x": [{}, 5],
        "nothing": None,
        "five": 5,
        "text": "text",
    }
    with pytest.raises(InvalidSchema, match=problem) as caught:
        _gathered(contents)
    assert caught.value.schema == GIVEN
    assert len(caught.value.problem) < 400


def test_reference_through_what_looks_like_an_identifier() -> None:
    """A pointer that passes a name like a keyword's, with another type, leads nowhere."""
    contents = {"not": {"$ref": "#/dependencies/$id"}, "dependencies": {"$id": ["a"]}}
    with pytest.raises(InvalidSchema, match="leads nowhere"):
        _gathered(contents, dialect=DIALECTS["draft-07"])


def test_reference_to_an_absent_schema() -> None:
    """A schema that is in no registry is told with the one that refers to it."""
    with pytest.raises(NoSuchSchema) as caught:
        _gathered({"$ref": _uri("b")}, _named("b", items={"$ref": _uri("c")}))
    assert str(caught.value.wanted) == _uri("c")
    assert caught.value.referrer == _uri("b")


def test_reference_in_an_unused_part() -> None:
    """A reference counts wherever it stands in a schema that is referred to."""
    other = _named("b", definitions={"x": {}, "y": {"$ref": _uri("c")}})
    with pytest.raises(NoSuchSchema):
        _gathered({"$ref": f"{_uri('b')}#/definitions/x"}, other)


@pytest.mark.parametrize(
    "error",
    [RegistryUnavailable("no answer"), InvalidSchema("b", "odd"), OSError("disk")],
    ids=repr,
)
def test_registry_that_fails(error: Exception) -> None:
    """What keeps a registry from answering is not taken for a fault of the schema."""

    def find(_: SchemaKey) -> Schema:
        raise error

    schema = schema_of({"$ref": _uri("b")}, uri=GIVEN, dialect=DEFAULT)
    with pytest.raises(type(error)) as caught:
        gather(schema, find, Limits())
    assert caught.value is error


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
@pytest.mark.parametrize(
    ("root", "name"),
    [
        ({"$id": "r"}, "'r'"),
        ({"$defs": {"x": {"$id": "d"}}}, "'d'"),
        ({"$id": "urn:a:b", "$defs": {"x": {"$id": "d"}}}, "'d'"),
        ({"$id": "http://a/b", "not": {"$id": "urn:x:y", "not": {"$id": "d"}}}, "'d'"),
    ],
    ids=["root", "within", "in-urn", "in-urn-within"],
)
def test_identifier_that_is_relative_to_nothing(
    root: dict[str, Any], name: str, dialect: Dialect
) -> None:
    """An identifier is relative to one that has a path, or it is no identifier."""
    text = orjson.dumps(root).replace(b"$defs", b"definitions")
    contents = orjson.loads(text.replace(b"$id", dialect.identifier.encode()))
    problem = f"its {re.escape(dialect.identifier)} {name} is relative"
    with pytest.raises(InvalidSchema, match=problem) as caught:
        _gathered(contents, dialect=dialect)
    assert "write it whole, such as http://acme.example/name, or refer by '#/...'" in str(
        caught.value
    )


def test_unresolved_reference_tells_its_uri() -> None:
    """A relative reference that leads nowhere is told with the URI that it stands for."""
    contents = {"$id": "http://a/b/c", "items": {"$ref": "d#/e"}, "$defs": {"x": {"$id": "e"}}}
    with pytest.raises(InvalidSchema, match="nothing in it bears the URI 'http://a/b/d'"):
        _gathered(contents)
    contents["items"] = {"$ref": "e#/f"}
    with pytest.raises(InvalidSchema, match="there is no such place in 'http://a/b/e'"):
        _gathered(contents)


# What is not followed.

_OLD = {name: dialect for name, dialect in DIALECTS.items() if dialect.ref_stands_alone}
_OUTSIDE = ["http://127.0.0.1:9/x", _uri("none"), "none", "http://[::1"]


@pytest.mark.parametrize("reference", _OUTSIDE)
@pytest.mark.parametrize("dialect", _OLD.values(), ids=_OLD)
def test_references_beside_a_reference(dialect: Dialect, reference: str) -> None:
    """Up to draft-07, what stands beside `$ref` need not be resolved; an engine never sees it."""
    beside = {"x": {"items": [{"$ref": reference}, {"enum": [{"$ref": reference}]}]}}
    inner = {"$ref": "#/definitions/a", "properties": beside}
    contents = {"not": inner, "definitions": {"a": {"type": "string"}}}
    before = orjson.dumps(contents)
    closure = _gathered(contents, dialect=dialect)

    assert orjson.dumps(contents) == before
    seen = closure.root.contents["not"]["properties"]["x"]["items"]
    assert seen == [{"$ref": "#"}, {"enum": [{"$ref": reference}]}]
    assert len(closure.graph.edges) == 3
    compiled = compile_schema(closure, limits=Limits(), formats="assert")
    assert (compiled.is_valid(1), compiled.is_valid("")) == (True, False)


def test_references_beside_one_in_another_schema() -> None:
    """So it is in what a schema refers to, also where it is of another dialect."""
    older = _named("b", **{"$schema": DIALECTS["draft-07"].uri})
    older |= {"not": {"$ref": "#/definitions/x", "not": {"$ref": _uri("none")}}}
    older["definitions"] = {"x": {"type": "string"}}
    closure = _gathered({"$ref": _uri("b")}, older)
    assert closure.others[0].contents["not"]["not"] == {"$ref": "#"}
    compiled = compile_schema(closure, limits=Limits(), formats="assert")
    assert (compiled.is_valid(1), compiled.is_valid("")) == (True, False)


def test_references_under_keywords_of_other_dialects() -> None:
    """The engine resolves what stands under keywords of later drafts; it need not, either."""
    closure = _gathered({"if": {"$ref": _uri("none")}}, dialect=DIALECTS["draft-04"])
    assert closure.root.contents == {"if": {"$ref": "#"}}
    assert compile_schema(closure, limits=Limits(), formats="assert").is_valid(1)


@pytest.mark.parametrize(
    "reference",
    ["#/nowhere", "#none", _uri("b"), f"{_uri('b')}#/nowhere", "http://a/x#/nowhere"],
)
def test_references_that_lead_into_what_is_known(reference: Any) -> None:
    """What need not be resolved is left as it is where an engine gets along with it."""
    contents = {
        "not": {"$ref": "#/definitions/a", "not": {"$ref": reference}},
        "$defs": {"no-reference": {"$ref": 5}},
        "items": {"$id": "http://a/x"},
        "allOf": [{"$ref": _uri("b")}],
        "definitions": {"a": {"type": "string"}},
    }
    closure = _gathered(contents, _named("b"), dialect=DIALECTS["draft-07"])
    assert closure.root.contents is contents
    compiled = compile_schema(closure, limits=Limits(), formats="assert")
    assert (compiled.is_valid(1), compiled.is_valid("")) == (True, False)


def test_reference_to_what_stands_beside_one() -> None:
    """What stands beside `$ref` is a schema where another reference leads to it."""
    beside = {"$ref": "#/definitions/a", "properties": {"x": {"$ref": "#/definitions/b"}}}
    contents = {
        "not": beside,
        "allOf": [{"$ref": "#/not/properties/x"}],
        "definitions": {"a": {}, "b": {"title": "b"}},
    }
    closure = _gathered(contents, dialect=DIALECTS["draft-07"])
    assert closure.root.contents is contents
    contents["not"]["properties"]["x"] = {"$ref": _uri("none")}
    with pytest.raises(NoSuchSchema):
        _gathered(contents, dialect=DIALECTS["draft-07"])


@pytest.mark.parametrize("dialect", _OLD.values(), ids=_OLD)
@pytest.mark.parametrize("names", [["a", "b"], ["b", "a"]], ids=["schema-first", "array-first"])
def test_dependencies_of_both_kinds(names: list[str], dialect: Dialect) -> None:
    """Of `dependencies`, some may be schemas and others names, in any order."""
    needed = {"a": {dialect.identifier: "http://a/b", "required": ["c"]}, "b": ["a"]}
    contents = {
        "dependencies": {name: needed[name] for name in names},
        "allOf": [{"$ref": "http://a/b"}],
    }
    closure = _gathered(contents, dialect=dialect)
    compiled = compile_schema(closure, limits=Limits(), formats="assert")
    documents: list[dict[str, int]] = [{"c": 1}, {"a": 1}, {"b": 1, "c": 1}]
    assert [compiled.is_valid(each) for each in documents] == [True, False, False]


def test_resources() -> None:
    """What bears a URI is found by it: schemas, and what has an identifier in them."""
    inner = {"$id": "http://a/x"}
    contents = {"items": inner, "not": {"$ref": _uri("b")}}
    closure = _gathered(contents, _named("b", title="b"))
    assert closure.resources[GIVEN] is contents
    assert closure.resources["http://a/x"] is inner
    assert closure.resources[_uri("b")]["title"] == "b"


_A = {"const": 1}
_B = {"const": 2}


@pytest.mark.parametrize(
    ("reference", "one", "other"),
    [
        ("http://a/x", {"$id": "http://a/x"}, {"$id": "HTTP://A/x"}),
        ("http://a/x", {"$id": "http://a/x"}, {"$id": "http://a/b/../x"}),
        ("http://a/x", {"$id": "http://a/x"}, {"$id": "http://a/%78"}),
        ("http://a/x#/odd", {"$id": "http://a/x", "odd": {}}, {"$id": "HTTP://a/x"}),
        ("http://a/x", {"$id": "http://a/x", "not": {"$id": "http://a/y/../x"}}, {}),
        ("#here", {"$anchor": "here"}, {"$anchor": "here"}),
        ("#here", {"$anchor": "here"}, {"$dynamicAnchor": "here"}),
    ],
    ids=["case", "dots", "percent", "pointer", "within", "anchor", "dynamic-anchor"],
)
def test_ambiguous_reference(reference: str, one: dict[str, Any], other: dict[str, Any]) -> None:
    """What two readers could take for two subschemas is refused where it is referred to."""
    definitions = {"$defs": {"one": one | _A, "other": other | _B}}
    with pytest.raises(InvalidSchema, match="leads to more than one subschema"):
        _gathered({"allOf": [{"$ref": reference}], **definitions})
    assert _gathered(definitions).others == ()


_INNER = {"$id": "http://a/x", "const": 1}


@pytest.mark.parametrize(
    "contents",
    [
        {"$id": "http://a/x", "anyOf": [_INNER, {}]},
        {"$id": "http://a/", "items": {"$id": "x", "not": {"$id": "../x"}}},
        {"$defs": {"one": _INNER, "other": _INNER | {"const": True}}},
        {"items": _INNER, "not": {"$ref": _uri("b")}},
    ],
    ids=["of-the-whole", "relative", "beside", "in-another-schema"],
)
def test_repeated_identifier(contents: dict[str, Any]) -> None:
    """Two schemas can't bear one URI, even if no reference names it: readers differ about them."""
    other = _named("b", items=_INNER | {"const": 2})
    with pytest.raises(InvalidSchema, match="more than one subschema bears the URI 'http://a/x'"):
        _gathered(contents, other)


def test_repeated_name_of_the_schema() -> None:
    """No subschema of a schema bears the name of the whole."""
    itself = _named("c", **{"$id": _uri("c"), "not": {"$id": _uri("c")}})
    with pytest.raises(InvalidSchema, match="more than one subschema bears the URI 'iglu:a/c"):
        _gathered({"$ref": _uri("c")}, itself)


def test_repeated_schema() -> None:
    """A copy of a schema may stand beside it, under the same URI: all read the same in them."""
    copy = dict(reversed(_INNER.items()))
    closure = _gathered({"$defs": {"one": _INNER, "other": copy}})
    assert closure.resources["http://a/x"] == _INNER


def test_identifier_that_shadows_another_schema() -> None:
    """A subschema can't stand in for a schema of a registry; a schema may name itself."""
    shadow = _named("c", definitions={"x": {"$id": _uri("b")}})
    with pytest.raises(InvalidSchema, match="a subschema bears the name of another schema"):
        _gathered({"allOf": [{"$ref": _uri("c")}, {"$ref": _uri("b")}]}, _named("b"), shadow)
    itself = _named("c", **{"$id": _uri("c")})
    assert len(_gathered({"$ref": _uri("c")}, itself).others) == 1


def test_identifier_where_another_dialect_has_subschemas() -> None:
    """An identifier under a keyword of later drafts counts: the engine was seen to read it."""
    odd = {"id": "http://a/x", "enum": [2]}
    contents = {
        "not": {"$ref": "http://a/x"},
        "definitions": {"x": {"id": "http://a/x"}},
        "if": odd,
    }
    with pytest.raises(InvalidSchema, match="more than one subschema"):
        _gathered(contents, dialect=DIALECTS["draft-04"])


@pytest.mark.parametrize(
    "contents",
    [
        {"items": {"$id": "http://[x]/"}},
        {"items": {"$schema": "http://json-schema.org/draft-03/schema#", "properties": 5}},
    ],
    ids=["no-url", "unknown-dialect"],
)
def test_unreadable_identifiers(contents: dict[str, Any]) -> None:
    """Identifiers that can't be read make a schema invalid."""
    with pytest.raises(InvalidSchema, match="an identifier in it can't be read"):
        _gathered(contents)


def test_subschema_in_another_dialect() -> None:
    """A subschema in another dialect than its schema's is refused: engines differ about it."""
    inner = {"$schema": DIALECTS["draft-07"].uri, "$id": "http://a/b"}
    with pytest.raises(InvalidSchema, match="a subschema names another dialect"):
        _gathered({"items": inner})
    assert _gathered({"items": {**inner, "$schema": DEFAULT.uri}}).others == ()


def test_too_many_subschemas() -> None:
    """A schema, with what it refers to, has so many subschemas and no more."""
    other = _named("b", definitions={"x": {}, "y": True})
    contents = {"items": {"$ref": _uri("b")}}
    assert len(_gathered(contents, other, schema_nodes=5).graph.edges) == 5
    with pytest.raises(InvalidSchema, match="it and what it refers to may have 4 subschemas"):
        _gathered(contents, other, schema_nodes=4)
    with pytest.raises(InvalidSchema, match="may have 1 subschema; there are more"):
        _gathered(contents, other, schema_nodes=1)


# Dynamic references.


def _tree(**root: Any) -> dict[str, Any]:
    node = {
        "$id": "http://a/tree",
        "$dynamicAnchor": "node",
        "properties": {"children": {"items": {"$dynamicRef": "#node"}}},
    }
    return {"$id": "http://a/root", "$ref": "tree", "$defs": {"tree": node}, **root}


def _dynamic(graph: Graph) -> list[int]:
    """Give the targets of the one node that a dynamic reference stands in."""
    return _targets(graph, max(node for node, edges in enumerate(graph.edges) if edges))


def test_dynamic_reference() -> None:
    """A dynamic reference leads to the outermost of its name, and to that alone."""
    graph = _gathered(_tree(**{"$dynamicAnchor": "node"})).graph
    assert _dynamic(graph) == [0]


def test_dynamic_reference_without_an_outer_one() -> None:
    """Where the outer schema has no such anchor, the inner one is the outermost."""
    graph = _gathered(_tree()).graph
    assert _dynamic(graph) == [_targets(graph)[0]]


def test_dynamic_reference_that_depends_on_the_way() -> None:
    """What is entered in several ways leads to all that it could lead to."""
    strict = {"$id": "http://a/strict", "$dynamicAnchor": "node", "$ref": "tree"}
    contents = _tree(allOf=[{"$ref": "strict"}])
    contents["$defs"]["strict"] = strict
    graph = _gathered(contents).graph
    tree, *_, by_all_of = _targets(graph)
    assert sorted(_dynamic(graph)) == sorted([tree, *_targets(graph, by_all_of)])


@pytest.mark.parametrize(
    "contents",
    [
        {"not": {"$dynamicRef": "#here"}, "$defs": {"a": {"$anchor": "here"}}},
        {"not": {"$dynamicRef": "#/$defs/a"}, "$defs": {"a": {"$dynamicAnchor": "here"}}},
    ],
    ids=["plain-anchor", "pointer"],
)
def test_dynamic_reference_that_is_none(contents: dict[str, Any]) -> None:
    """To what is no dynamic anchor, a dynamic reference is like any other."""
    graph = _gathered(contents).graph
    assert graph.edges[1] == [(_SAME, 2)]


def test_dynamic_reference_to_another_resource() -> None:
    """A dynamic reference may lead to an anchor that its own resource has not."""
    inner = {"$id": "http://a/b", "$dynamicAnchor": "x"}
    graph = _gathered({"not": {"$dynamicRef": "http://a/b#x"}, "$defs": {"b": inner}}).graph
    assert graph.edges[1] == [(_SAME, 2)]


def test_recursive_reference() -> None:
    """A recursive reference leads to the outermost resource that is recursive."""
    tree = {
        "$id": "http://a/tree",
        "$recursiveAnchor": True,
        "properties": {"children": {"items": {"$recursiveRef": "#"}}},
    }
    root = {"$id": "http://a/root", "$ref": "tree", "$defs": {"tree": tree}}
    dialect = DIALECTS["2019-09"]

    outer = _gathered({**root, "$recursiveAnchor": True}, dialect=dialect).graph
    assert _dynamic(outer) == [0]
    alone = _gathered(root, dialect=dialect).graph
    assert _dynamic(alone) == [_targets(alone)[0]]


def test_recursive_anchor_of_no_resource() -> None:
    """A recursive anchor counts at the root of a resource, and nowhere else."""
    contents = {"not": {"$recursiveAnchor": True, "items": {"$recursiveRef": "#"}}}
    graph = _gathered(contents, dialect=DIALECTS["2019-09"]).graph
    assert graph.edges[2] == [(_SAME, 0)]


@pytest.mark.parametrize("name", ["draft-07", "2019-09"])
def test_dynamic_reference_of_a_later_draft(name: str) -> None:
    """Before 2020-12, `$dynamicRef` is a word without meaning."""
    graph = _gathered({"$dynamicRef": "http://nowhere"}, dialect=DIALECTS[name]).graph
    assert graph.edges == [[]]


def test_too_many_dynamic_references() -> None:
    """Dynamic references that could lead to too many places are refused."""
    names = [f"http://a/{number}" for number in range(20)]
    inner = {
        name: {"$id": name, "$dynamicAnchor": "x", "items": {"$dynamicRef": "#x"}} for name in names
    }
    contents = {"allOf": [{"$ref": name} for name in names], "$defs": inner}

    assert len(_dynamic(_gathered(contents, schema_expansion=400).graph)) == 20
    with pytest.raises(InvalidSchema, match="its dynamic references lead to too many subschemas"):
        _gathered(contents, schema_expansion=399)


# What a schema costs.


@pytest.mark.parametrize(
    ("schema", "weight"),
    [
        ({"type": "object", "title": "x"}, 1),
        ({"required": ["a", "b"]}, 3),
        ({"dependencies": {"a": ["b", "c"], "d": {}}}, 3),
        ({"dependentRequired": {"a": ["b"], "c": ["d", "e"]}}, 4),
        ({"enum": ["a", "b", "c"]}, 1),
        ({"enum": [1, 2, 3]}, 1),
        ({"enum": ["a", None, 3]}, 4),
        ({"enum": [{}, []]}, 3),
    ],
    ids=[
        "one",
        "required",
        "dependencies",
        "dependentRequired",
        "texts",
        "integers",
        "several-types",
        "containers",
    ],
)
def test_weight(schema: dict[str, Any], weight: int) -> None:
    """A schema weighs one, and one more for each thing that it looks at one by one."""
    assert _gathered(schema).graph.weights[0] == weight


@pytest.mark.parametrize(
    ("schema", "listing"),
    [
        ({"title": "x"}, 1),
        ({"type": "string", "maxLength": 1, "pattern": "a"}, 4),
        ({"required": ["a", "b"]}, 4),
        ({"enum": ["a" * 640]}, 2 + 20),
        ({"const": ["a" * 640]}, 2 + 20),
        ({"not": {"const": "a" * 640}}, 2 + 20),
        ({"propertyNames": {}}, 2 + 500),
    ],
    ids=["none", "assertions", "required", "enum", "const", "not", "names"],
)
def test_listing(schema: dict[str, Any], listing: int) -> None:
    """A schema may list a violation for each assertion, and copies what was expected."""
    assert _gathered(schema).graph.listings[0] == listing


@pytest.mark.parametrize("keyword", ["required", "dependencies", "enum", "patternProperties"])
def test_cost_of_what_is_no_schema(keyword: str) -> None:
    """What has another type than its keyword asks for costs nothing."""
    graph = _gathered({"not": {"$ref": "#/odd"}, "odd": {keyword: 5}}).graph
    assert graph.weights == [1, 1, 1]


def test_patterns() -> None:
    """Regular expressions are counted, in values and in names."""
    contents = {"pattern": "a", "patternProperties": {"b": {"pattern": "c"}, "d": True}}
    assert _gathered(contents).patterns == 4


def test_long_ways() -> None:
    """A long name above thousands of subschemas is refused: an engine would copy it for each."""
    inner = {"properties": {f"p{number}": {"type": "string"} for number in range(2000)}}
    with pytest.raises(InvalidSchema, match="too long, all together"):
        Validator().compile({"properties": {"x" * 200_000: inner}})
