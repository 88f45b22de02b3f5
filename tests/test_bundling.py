"""Bundling: a schema with all that it refers to inside judges as before, wherever it is read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema.validators import validator_for

from validator import (
    Directory,
    InMemory,
    InvalidSchema,
    Limits,
    NoSuchSchema,
    Registry,
    RegistryUnavailable,
    SchemaKey,
    Validator,
    WrongUse,
)
from validator.bundling import bundle
from validator.dialects import DEFAULT, DIALECTS, IGLU_META_SCHEMA, dialect_named

ROOT = Path(__file__).parents[1]
OLD = ("draft-04", "draft-06", "draft-07")
NEW = ("2019-09", "2020-12")
EVERY = (*OLD, *NEW)


def _uri(name: str) -> str:
    return f"iglu:com.acme/{name}/jsonschema/1-0-0"


def _key(name: str) -> SchemaKey:
    return SchemaKey.parse(_uri(name))


def _named(name: str, dialect: str | None, **keywords: Any) -> dict[str, Any]:
    own = {"vendor": "com.acme", "name": name, "format": "jsonschema", "version": "1-0-0"}
    schema = {"self": own, **keywords}
    return schema if dialect is None else {"$schema": DIALECTS[dialect].uri, **schema}


def _bundle(*schemas: dict[str, Any], **options: Any) -> dict[str, Any]:
    """Bundle the first of some schemas."""
    key = SchemaKey.parse(_uri(schemas[0]["self"]["name"]))
    return bundle(key, Registry(InMemory(schemas)), **options)


def _references(value: Any) -> Iterator[str]:
    """Give all that looks like a reference."""
    if isinstance(value, dict):
        for name, each in value.items():
            if name in {"$ref", "$dynamicRef", "$recursiveRef"} and isinstance(each, str):
                yield each
            yield from _references(each)
    elif isinstance(value, list):
        for each in value:
            yield from _references(each)


# What is bundled: schemas that refer to each other in all the ways there are.


class Family(NamedTuple):
    """Schemas, the first of which is bundled, with documents that are valid and that are not."""

    dialects: tuple[str, ...]
    #: Makes the schemas, given the name of a dialect and of its container.
    schemas: Callable[[str, str], list[dict[str, Any]]]
    good: list[Any]
    bad: list[Any]


def _plain(d: str, defs: str) -> list[dict[str, Any]]:
    return [
        _named("a", d, properties={"b": {"$ref": _uri("b")}}),
        _named("b", d, required=["x"], properties={"x": {"type": "integer"}}),
    ]


def _root_is_a_reference(d: str, defs: str) -> list[dict[str, Any]]:
    return [
        {**_named("a", d), "$ref": _uri("b")},
        {**_named("b", d), "$ref": f"{_uri('c')}#/{defs}/x"},
        _named("c", d, **{defs: {"x": {"type": "integer"}}}),
    ]


def _recursion(d: str, defs: str) -> list[dict[str, Any]]:
    node = {"$ref": f"#/{defs}/node"}
    return [
        _named("a", d, type="object", properties={"b": {"$ref": _uri("b")}, "a": {"$ref": "#"}}),
        _named("b", d, **node, **{defs: {"node": {"items": {"$ref": _uri("a")}, "type": "array"}}}),
    ]


def _own_name(d: str, defs: str) -> list[dict[str, Any]]:
    x = {"x": {"type": "integer"}}
    properties = {"a": {"$ref": _uri("a")}, "x": {"$ref": f"{_uri('a')}#/{defs}/x"}}
    return [_named("a", d, properties=properties, **{defs: x})]


def _diamond(d: str, defs: str) -> list[dict[str, Any]]:
    return [
        _named("a", d, allOf=[{"$ref": _uri("b")}, {"$ref": _uri("c")}]),
        _named("b", d, properties={"x": {"$ref": _uri("d")}}),
        _named("c", d, properties={"value": {"$ref": f"{_uri('d')}#/{defs}/even"}}),
        _named("d", d, minimum=2, **{defs: {"even": {"multipleOf": 2}}}),
    ]


def _names_that_are_taken(d: str, defs: str) -> list[dict[str, Any]]:
    taken = {"com.acme.b-1-0-0": {"type": "string"}, "com.acme.b-1-0-0_": {"type": "null"}}
    b, s, n = (f"#/{defs}/com.acme.b-1-0-0", f"#/{defs}/com.acme.b-1-0-0_", _uri("b"))
    properties = {"a": {"$ref": b}, "b": {"$ref": s}, "x": {"$ref": n}}
    return [
        _named("a", d, properties=properties, **{defs: taken}),
        _named("b", d, type="integer"),
    ]


def _siblings(d: str, defs: str) -> list[dict[str, Any]]:
    kept = {"$ref": _uri("b"), "minimum": 5, defs: {"x": {"type": "integer"}}}
    properties = {"x": kept, "value": {"$ref": f"{_uri('a')}#/properties/x/{defs}/x"}}
    return [_named("a", d, properties=properties), _named("b", d, maximum=9)]


def _odd_names(d: str, defs: str) -> list[dict[str, Any]]:
    odd = 'a/b~c%d e"é#?'
    written = "a~1b~0c%25d%20e%22%C3%A9%23%3F"
    inner: dict[str, Any] = {"type": "integer"}
    anchored: dict[str, Any] = {"type": "string", **_anchor(d, "here")}
    return [
        _named(
            "a",
            d,
            properties={
                "x": {"$ref": f"{_uri('b')}#/{defs}/{written}"},
                "b": {"$ref": f"{_uri('b')}#here"},
                "a": {"$ref": f"{_uri('b')}#/allOf/0"},
            },
        ),
        _named("b", d, **{defs: {odd: {**inner}, f"{odd}2": anchored}}, allOf=[{"minimum": 3}]),
    ]


def _anchor(d: str, name: str) -> dict[str, Any]:
    return {"$anchor": name} if d in NEW else {DIALECTS[d].identifier: f"#{name}"}


def _identifiers(d: str, defs: str) -> list[dict[str, Any]]:
    identifier = DIALECTS[d].identifier

    def of(name: str, uri: str, way: str, kind: str) -> dict[str, Any]:
        y = {identifier: "inner/y", "items": {"$ref": "#/definitions/z"}}
        y |= {"$schema": DIALECTS[d].uri, "definitions": {"z": {"type": kind, **_anchor(d, "z")}}}
        properties = {"x": {"$ref": f"{way}inner/y"}, "value": {"$ref": f"{way}inner/y#z"}}
        return {**_named(name, d, properties=properties, **{defs: {"y": y}}), identifier: uri}

    one, two = "http://acme.example/one/", "http://acme.example/two/"
    root = of("a", one, "", "integer")
    root["properties"]["b"] = {"$ref": _uri("b")}
    # Relative references to identifiers, in a schema that is referred to, are too much for
    # jsonschema-rs: it takes the bundle, but not the schemas.
    return [root, of("b", two, two, "string")]


def _unknown_keywords(d: str, defs: str) -> list[dict[str, Any]]:
    other = "definitions" if defs == "$defs" else "$defs"
    inside = {"list": [{"more": {"items": {"$ref": f"#/{other}/y"}}}]}
    return [
        _named("a", d, properties={"a": {"$ref": f"{_uri('b')}#/extra/list/0/more"}}),
        _named("b", d, extra=inside, **{other: {"y": {"$ref": _uri("c")}}}),
        _named("c", d, type="integer"),
    ]


def _booleans(d: str, defs: str) -> list[dict[str, Any]]:
    properties = {
        "a": {"$ref": f"{_uri('b')}#/{defs}/yes"},
        "b": {"$ref": f"{_uri('b')}#/{defs}/no"},
    }
    return [
        _named("a", d, properties=properties, additionalProperties=False),
        _named("b", d, **{defs: {"yes": True, "no": False}}),
    ]


def _meta_schemas(d: str, defs: str) -> list[dict[str, Any]]:
    # jsonschema can follow a $recursiveRef, a $dynamicRef, or `#` within its own meta-schema.
    return [
        _named("a", d, properties={"b": {"$ref": _uri("b")}}),
        _named("b", d, items={"$ref": f"{DIALECTS[d].uri}#"}),
    ]


def _recursive_references(d: str, defs: str) -> list[dict[str, Any]]:
    inner = {"items": {"$recursiveRef": "#"}, "type": ["array", "integer"]}
    return [
        _named("a", d, **{"$recursiveAnchor": True}, properties={"b": {"$ref": _uri("b")}}),
        _named("b", d, **inner),
    ]


def _dynamic_references(d: str, defs: str) -> list[dict[str, Any]]:
    node = {"$dynamicAnchor": "node", "type": "object", "required": ["x"]}
    one = {"$dynamicRef": "#node", "$ref": f"#/{defs}/wide", "allOf": [{"maxProperties": 3}]}
    two = {"$dynamicRef": "#node", "$ref": f"#/{defs}/wide", "unevaluatedProperties": False}
    wide = {"minProperties": 2, "properties": {"x": True, "y": True}}
    more = {"node": node, "wide": wide, "here": {"$anchor": "other", "type": "null"}}
    return [
        _named("a", d, properties={"b": {"$ref": _uri("b")}, "x": {"$ref": f"{_uri('b')}#node"}}),
        _named(
            "b", d, properties={"b": one, "a": two, "x": {"$dynamicRef": "#other"}}, **{defs: more}
        ),
    ]


def _beside_references(d: str, defs: str) -> list[dict[str, Any]]:
    # Nothing is judged by what stands beside `$ref`; but a reference can lead there.
    idle = {"items": {"$ref": f"{_uri('b')}#here"}, "not": {"$ref": _uri("b")}}
    inside = {"$ref": f"{_uri('a')}#/properties/x/items"}
    return [
        _named("a", d, properties={"x": {"$ref": _uri("b"), **idle}, "value": inside}),
        _named("b", d, **{defs: {"y": {**_anchor(d, "here"), "type": "integer"}}}),
    ]


def _unevaluated(d: str, defs: str) -> list[dict[str, Any]]:
    return [
        _named("a", d, allOf=[{"$ref": _uri("b")}], unevaluatedProperties=False),
        _named("b", d, properties={"x": {"type": "integer"}}),
    ]


FAMILIES = {
    "plain": Family(EVERY, _plain, [{"b": {"x": 1}}, 7], [{"b": {}}, {"b": {"x": "1"}}]),
    "root": Family(EVERY, _root_is_a_reference, [1], ["1", None]),
    "recursion": Family(
        EVERY, _recursion, [{"b": [{"a": {"b": []}}]}], [{"b": [{"b": [1]}]}, {"b": {}}, []]
    ),
    "own-name": Family(EVERY, _own_name, [{"a": {"a": {"x": 1}}}], [{"a": {"x": "1"}}]),
    "diamond": Family(EVERY, _diamond, [{"x": 3, "value": 2}], [{"x": 1}, {"value": 3}]),
    "names-taken": Family(
        EVERY,
        _names_that_are_taken,
        [{"a": "", "b": None, "x": 1}],
        [{"a": 1}, {"b": 1}, {"x": ""}],
    ),
    "siblings-ignored": Family(
        OLD, _siblings, [{"x": 3}, {"value": 3}], [{"x": 10}, {"value": ""}]
    ),
    "siblings-apply": Family(NEW, _siblings, [{"x": 7}, {"value": 3}], [{"x": 3}, {"x": 10}]),
    "odd-names": Family(
        EVERY, _odd_names, [{"x": 1, "b": "", "a": 3}], [{"x": ""}, {"b": 1}, {"a": 1}]
    ),
    "identifiers": Family(
        EVERY,
        _identifiers,
        [{"x": [1], "value": 1, "b": {"x": [""], "value": ""}}],
        [{"x": [""]}, {"value": ""}, {"b": {"x": [1]}}, {"b": {"value": 1}}],
    ),
    "unknown-keywords": Family(EVERY, _unknown_keywords, [{"a": [1]}], [{"a": [""]}]),
    "booleans": Family(EVERY[1:], _booleans, [{"a": 1}], [{"b": 1}]),
    "meta-schemas": Family(
        EVERY, _meta_schemas, [{"b": [{"minLength": 1}]}], [{"b": [{"items": {"minLength": ""}}]}]
    ),
    "recursive-references": Family(
        ("2019-09",), _recursive_references, [{"b": [[1]]}], [{"b": [[""]]}, {"b": [{}]}]
    ),
    "dynamic-references": Family(
        ("2020-12",),
        _dynamic_references,
        [{"b": {"b": {"x": 1, "a": 1, "z": 1}}}, {"b": {"a": {"x": 1, "y": 2}}}],
        [{"b": {"b": {"x": 1}}}, {"b": {"a": {"x": 1, "y": 2, "z": 3}}}, {"b": {"x": 1}}, {"x": 1}],
    ),
    "beside-references": Family(
        OLD, _beside_references, [{"x": [""], "value": 1}], [{"value": ""}]
    ),
    "unevaluated": Family(NEW, _unevaluated, [{"x": 1}], [{"y": 1}, {"x": ""}]),
}
CASES = [
    pytest.param(family, dialect, id=f"{name}-{dialect}")
    for name, family in FAMILIES.items()
    for dialect in family.dialects
]
each_case = pytest.mark.parametrize(("family", "dialect"), CASES)


def _schemas(family: Family, dialect: str) -> list[dict[str, Any]]:
    return family.schemas(dialect, "$defs" if dialect in NEW else "definitions")


#: Documents of the names and kinds of values that the schemas above speak of.
_DOCUMENTS = st.recursive(
    st.sampled_from([None, True, 0, 1, 2, 3, 6, 9, 10, 2.5, "", "a"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "x", "y", "value"]), inner, max_size=4)
    ),
    max_leaves=8,
)


class Judges(NamedTuple):
    """All that can judge by a schema: as it is kept, and bundled."""

    registry: Registry
    key: SchemaKey
    bundled: dict[str, Any]

    def before(self) -> Callable[[Any], Any]:
        """Give what we find by the schema as it is kept."""
        return _judge(Validator(registry=self.registry, formats="annotate"), str(self.key))

    def after(self) -> Callable[[Any], Any]:
        """Give what we find by the bundle."""
        return _judge(Validator(formats="annotate"), self.bundled)

    def elsewhere(self) -> dict[str, Callable[[Any], bool]]:
        """Give what others say of the bundle, with no registry and nothing else to look at."""
        python = validator_for(self.bundled, default=None)(self.bundled)
        rust = jsonschema_rs.validator_for(self.bundled, offline=True)
        return {"jsonschema": python.is_valid, "jsonschema-rs": rust.is_valid}


def _judge(validator: Validator, schema: Any) -> Callable[[Any], Any]:
    def found(document: Any) -> list[tuple[str, str, str | None]]:
        result = validator.validate(json.dumps(document).encode(), schema)
        return sorted((each.code, each.instance_location, each.keyword) for each in result)

    return found


def _judges(schemas: list[dict[str, Any]]) -> Judges:
    registry, key = Registry(InMemory(schemas)), _key(schemas[0]["self"]["name"])
    return Judges(registry, key, bundle(key, registry))


@each_case
def test_documents_that_are_valid_and_not(family: Family, dialect: str) -> None:
    """Each way of reference is seen to decide, before and after, by two engines."""
    judges = _judges(_schemas(family, dialect))
    before, after, elsewhere = judges.before(), judges.after(), judges.elsewhere()

    for documents, valid in ((family.good, True), (family.bad, False)):
        for document in documents:
            assert (before(document) == []) is valid, document
            assert after(document) == before(document)
            for name, judge in elsewhere.items():
                assert judge(document) is valid, (name, document)


@each_case
def test_generated_documents(family: Family, dialect: str) -> None:
    """What a schema says of a document, its bundle says: to us, and to plain jsonschema."""
    judges = _judges(_schemas(family, dialect))
    before, after, elsewhere = judges.before(), judges.after(), judges.elsewhere()

    @settings(max_examples=25, deadline=None, database=None)
    @given(_DOCUMENTS)
    def same(document: Any) -> None:
        found = before(document)
        assert after(document) == found
        assert {judge(document) for judge in elsewhere.values()} == {not found}

    same()


def _drawn(random: Random, dialect: str, levels: int) -> dict[str, Any]:
    """Draw a schema with references to files that `_drawn_files` draws, and to places in them."""
    if not levels:
        drawn = [{"type": "integer"}, {"type": "string"}, {"minimum": 2}, {"enum": [1, "a", None]}]
        return random.choice([{}, {"type": ["object", "array"]}, *drawn])
    defs = "$defs" if dialect in NEW else "definitions"
    places = ["", f"/{defs}/a~1b%25", f"/{defs}/deep", "/properties/x", "/allOf/0", "/extra/z", "y"]
    schema: dict[str, Any] = {}
    keywords = ["properties", "items", "allOf", "anyOf", "oneOf", "not", "$ref", "required"]
    for keyword in random.sample([*keywords, "additionalProperties"], random.randint(1, 3)):
        if keyword == "$ref":
            file = random.choice(["", *map(_uri, "abc")])
            schema["$ref"] = f"{file}#{random.choice(places)}"
        elif keyword == "required":
            schema[keyword] = ["x"]
        elif keyword == "properties":
            schema[keyword] = {name: _drawn(random, dialect, levels - 1) for name in "xy"}
        elif keyword in {"allOf", "anyOf", "oneOf"}:
            schema[keyword] = [_drawn(random, dialect, levels - 1) for _ in range(2)]
        else:
            schema[keyword] = _drawn(random, dialect, levels - 1)
    return schema


def _drawn_files(random: Random, dialect: str) -> list[dict[str, Any]]:
    """Draw three schemas that refer to each other, each with all the places of references."""
    files = []
    for name in "abc":
        schema = _named(name, dialect, **_drawn(random, dialect, 2))
        schema.setdefault("properties", {"x": _drawn(random, dialect, 1)})
        schema["properties"].setdefault("x", _drawn(random, dialect, 1))
        schema.setdefault("allOf", [_drawn(random, dialect, 1)])
        schema["extra"] = {"z": _drawn(random, dialect, 1)}
        schema["$defs" if dialect in NEW else "definitions"] = {
            "a/b%": {**_anchor(dialect, "y"), **_drawn(random, dialect, 0)},
            "deep": _drawn(random, dialect, 2),
        }
        files.append(schema)
    return files


def _problem(call: Callable[[], Any]) -> str | None:
    try:
        call()
    except InvalidSchema as error:
        return error.problem
    return None


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("dialect", EVERY)
def test_generated_schemas(dialect: str, seed: int) -> None:
    """Schemas with references to anywhere judge as their bundles, or both are refused."""
    random = Random(f"{dialect} {seed}")
    schemas = _drawn_files(random, dialect)
    validator = Validator(registry=Registry(InMemory(schemas)))
    if (problem := _problem(lambda: validator.compile(_uri("a")))) is not None:
        assert _problem(lambda: _bundle(*schemas)) == problem
        return
    judges = _judges(schemas)
    before, after, elsewhere = judges.before(), judges.after(), judges.elsewhere()

    values = [None, 1, 2, "a", "", [], {}, [1], ["a"], {"x": 1}, {"x": "a", "y": 2}, {"y": []}]
    for document in [*values, *({"x": x, "y": y} for x in values for y in values[:5])]:
        found = before(document)
        assert after(document) == found
        assert {judge(document) for judge in elsewhere.values()} == {not found}


def _with_dead_ends(random: Random, schema: Any, dialect: str) -> Any:
    """Put references to places that are not there where nothing is judged by them."""
    if isinstance(schema, list):
        return [_with_dead_ends(random, each, dialect) for each in schema]
    if not isinstance(schema, dict):
        return schema
    dead = {"$ref": f"{random.choice(['', *map(_uri, 'abcz')])}#{random.choice(['q', '/q', ''])}"}
    idle = {
        **dict.fromkeys(OLD, ["$defs", "prefixItems"] + ["items", "not"] * ("$ref" in schema)),
        "2019-09": ["prefixItems"],
    }
    copy = {name: _with_dead_ends(random, each, dialect) for name, each in schema.items()}
    for name in idle.get(dialect, []):
        if name not in copy and random.random() < 0.5:
            copy[name] = {"$defs": {"q": dead}, "not": dead}.get(name, [dead])
    return copy


def _followed(bundled: Any) -> Iterator[str]:
    """Give all references of what is a schema in any dialect."""
    if isinstance(bundled, dict):
        yield from (each for each in [bundled.get("$ref")] if isinstance(each, str))
        for _, inner in DEFAULT.subschemas(bundled):
            yield from _followed(inner)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("dialect", EVERY)
def test_generated_schemas_with_dead_ends(dialect: str, seed: int) -> None:
    """No bundle refers to an Iglu schema, live or dead: an engine takes it with nothing else."""
    random = Random(f"dead ends {dialect} {seed}")
    schemas = [_with_dead_ends(random, each, dialect) for each in _drawn_files(random, dialect)]
    registry = Registry(InMemory(schemas))
    for key in registry.keys():  # noqa: SIM118  # not a dict
        problem = _problem(lambda key=key: Validator(registry=registry).compile(key))  # type: ignore[misc]  # a default
        if problem is not None:
            assert _problem(lambda key=key: bundle(key, registry)) == problem  # type: ignore[misc]  # a default
            continue
        bundled = bundle(key, registry)

        assert not [each for each in _followed(bundled) if each.startswith("iglu:")]
        assert jsonschema_rs.validator_for(bundled, offline=True)
        assert _bundle(bundled) == bundled


@each_case
def test_nothing_is_left_to_follow(family: Family, dialect: str) -> None:
    """Each reference leads into the bundle or to the meta-schema; the root says the dialect."""
    schemas = _schemas(family, dialect)
    bundled = _bundle(*schemas)

    followed = [each for each in _references(bundled) if not each.startswith("#/")]
    assert set(followed) <= {"#", f"{DIALECTS[dialect].uri}#"}
    assert bundled["$schema"] == DIALECTS[dialect].uri
    assert bundled["self"] == schemas[0]["self"]


@each_case
def test_a_bundle_is_its_own_bundle(family: Family, dialect: str) -> None:
    """A bundle, kept in the place of its schema, is bundled as it is."""
    bundled = _bundle(*_schemas(family, dialect))

    assert _bundle(bundled) == bundled


# What a bundle looks like.


@pytest.mark.parametrize("dialect", EVERY)
def test_where_things_are(dialect: str) -> None:
    """What is referred to stands where the dialect keeps such, by a name that can be read."""
    container = "definitions" if dialect in OLD else "$defs"
    name = "com.acme.b-1-0-0"
    more = {"$supersedes": ["1-0-0"], "$supersededBy": "1-0-1"}
    bundled = _bundle(
        _named("a", dialect, items={"$ref": _uri("b")}, **more),
        _named("b", dialect, description="B", items={"$ref": "#"}, **more),
    )

    assert next(iter(bundled)) == "$schema"
    assert bundled["items"] == {"$ref": f"#/{container}/{name}"}
    assert bundled[container] == {
        name: {"description": "B", "items": {"$ref": f"#/{container}/{name}"}}
    }
    assert bundled["$supersedes"] == ["1-0-0"]


def test_identifiers_go() -> None:
    """What only named a place is gone, but for the name of the root; values are left alone."""
    anchors = {"$anchor": "x", "$id": "http://acme.example/x", "const": {"$id": "x", "$ref": "#"}}
    root = _named("a", "2020-12", **{"$id": "http://acme.example/", "$dynamicAnchor": "a"})
    root |= {"items": {"$ref": _uri("b")}}
    bundled = _bundle(root, _named("b", "2020-12", not_=1, **anchors))

    assert bundled["$id"] == "http://acme.example/"
    assert "$dynamicAnchor" not in bundled
    assert bundled["$defs"]["com.acme.b-1-0-0"] == {
        "not_": 1,
        "const": {"$id": "x", "$ref": "#"},
    }


def test_schema_by_itself() -> None:
    """A schema that refers to no other is left as it is, identifiers and all."""
    inner = {"$id": "http://acme.example/", "$dynamicRef": "#x", "$defs": {"x": {"$anchor": "x"}}}
    schema = _named("a", "2020-12", items=inner, contains={"$dynamicRef": "#", "$anchor": "y"})

    assert _bundle(schema) == schema


def test_schema_of_iglu() -> None:
    """Iglu's own `$schema`, which other tools do not know, becomes that of its draft."""
    root = {**_named("a", None, items={"$ref": _uri("b")}), "$schema": IGLU_META_SCHEMA}
    other = _named("b", "draft-04", type="integer")
    bundled = _bundle(root, other)

    assert bundled["$schema"] == "http://json-schema.org/draft-04/schema#"
    assert _bundle(other, root)["$schema"] == other["$schema"]
    assert jsonschema.Draft4Validator(bundled).is_valid([1])
    assert not jsonschema.Draft4Validator(bundled).is_valid([""])


@pytest.mark.parametrize(
    ("dialect", "named"),
    [(name, each.uri + "#" * (name in OLD)) for name, each in DIALECTS.items()],
)
def test_schema_without_a_dialect(dialect: str, named: str) -> None:
    """What a schema without `$schema` is written in is said in the bundle."""
    schemas = (_named("a", None, items={"$ref": _uri("b")}), _named("b", None))

    assert _bundle(*schemas, dialect=dialect_named(dialect))["$schema"] == named


def test_kept_schemas_are_not_changed() -> None:
    """Schemas can be bundled again, and judge, after they were bundled."""
    schemas = _schemas(FAMILIES["diamond"], "draft-07")
    copies = json.loads(json.dumps(schemas))
    registry = Registry(InMemory(schemas))

    assert bundle(_key("a"), registry) == bundle(_key("a"), registry)
    assert schemas == copies


def test_order_is_that_of_names() -> None:
    """What is brought in is sorted, whatever the order of references."""
    references = [{"$ref": _uri(name)} for name in "cdb"]
    others = [_named(name, None) for name in "dbc"]

    bundled = _bundle(_named("a", None, allOf=references), *others)
    assert list(bundled["$defs"]) == [f"com.acme.{name}-1-0-0" for name in "bcd"]


# What the repository ships.


def _shipped() -> Registry:
    return Registry(Directory(ROOT / "fixtures" / "registry"), Directory(ROOT / "schemas"))


@pytest.mark.parametrize("key", _shipped().keys(), ids=str)
def test_shipped_schemas(key: SchemaKey) -> None:
    """Every schema of the package and of its fixtures is bundled, in a dialect that tools know."""
    bundled = bundle(key, _shipped())

    assert not [each for each in _references(bundled) if each.startswith("iglu:")]
    python = validator_for(bundled, default=None)
    python.check_schema(bundled)
    assert Validator().compile(bundled) == key


def test_leaderboard_entry() -> None:
    """The fixture that refers to a schema of another vendor judges by itself."""
    key = SchemaKey.parse("iglu:com.acme/leaderboard_entry/jsonschema/1-0-0")
    bundled = bundle(key, _shipped())
    assert list(bundled["definitions"]) == ["com.games_company.save_game-1-0-2"]
    before, after = Validator(registry=_shipped()), Validator()

    @settings(max_examples=100, deadline=None, database=None)
    @given(
        st.fixed_dictionaries(
            {"player": st.sampled_from(["", "ann", 1]), "rank": st.integers(0, 2)},
            optional={
                "save": st.fixed_dictionaries(
                    {"save_id": st.sampled_from(["", "s1"])},
                    optional={
                        "level": st.sampled_from([0, 1, 2**31, "1"]),
                        "difficultyLevel": st.sampled_from(["Easy", "easy"]),
                        "dl_content": st.booleans() | st.none(),
                        "other": st.none(),
                    },
                )
            },
        )
    )
    def same(document: dict[str, Any]) -> None:
        was, became = before.validate(document, str(key)), after.validate(document, bundled)
        assert was.schema == became.schema == key
        assert bool(was) == bool(became) == jsonschema.Draft4Validator(bundled).is_valid(document)
        assert sorted(each.instance_location for each in was) == sorted(
            each.instance_location for each in became
        )

    same()


# What can't be bundled.


def test_other_dialects() -> None:
    """A schema that refers to one of another dialect is refused, by name; through others, too."""
    schemas = (
        _named("a", "draft-07", items={"$ref": _uri("b")}),
        _named("b", "draft-07", items={"$ref": _uri("c")}),
        _named("c", "2019-09"),
    )

    with pytest.raises(InvalidSchema) as caught:
        _bundle(*schemas)
    assert caught.value.schema == _uri("a")
    assert caught.value.problem == (
        f"it can't be bundled: it is written in draft-07, but {_uri('c')}, to which it refers, in "
        "2019-09"
    )


def test_meta_schema_of_another_dialect() -> None:
    """The meta-schema of any draft stays outside, and so may be of another dialect."""
    other = "http://json-schema.org/draft-07/schema"
    bundled = _bundle(
        _named("a", "2020-12", items={"$ref": _uri("b")}),
        _named("b", "2020-12", items={"$ref": f"{other}#/definitions/nonNegativeInteger"}),
    )

    assert [*_references(bundled)][-1] == f"{other}#/definitions/nonNegativeInteger"
    assert Validator().validate([[1]], bundled)
    assert not Validator().validate([[-1]], bundled)


def _dynamic(d: str, name: Any) -> dict[str, Any]:
    return {"$dynamicAnchor": name} if d == "2020-12" else {"$recursiveAnchor": name}


@pytest.mark.parametrize(
    ("dialect", "name", "other"), [("2019-09", True, False), ("2020-12", "node", "leaf")]
)
def test_dynamic_anchors_of_two(dialect: str, name: Any, other: Any) -> None:
    """Where a dynamic reference leads depends on the files it came through: one file can't tell."""
    anchor = _dynamic(dialect, name)
    root = _named("a", dialect, items={"$ref": _uri("b")}, **anchor)

    with pytest.raises(InvalidSchema, match=f"there is more than one [$]{next(iter(anchor))[1:]} "):
        _bundle(root, _named("b", dialect, **anchor))
    assert _bundle(root, _named("b", dialect))
    assert _bundle(root, _named("b", dialect, **_dynamic(dialect, other)))["$defs"]


@pytest.mark.parametrize(("dialect", "name"), [("2019-09", True), ("2020-12", "meta")])
def test_dynamic_anchors_of_meta_schemas(dialect: str, name: Any) -> None:
    """A schema that extends a meta-schema by its anchor counts as a second one of that name."""
    other = _named("b", dialect, items={"$ref": DIALECTS[dialect].uri})
    root = _named("a", dialect, items={"$ref": _uri("b")})

    with pytest.raises(InvalidSchema, match="there is more than one"):
        _bundle({**root, **_dynamic(dialect, name)}, other)
    assert _bundle(root, other)


def test_values_that_are_schemas() -> None:
    """A reference into the value of a `const` can't be rewritten without changing that value."""
    value = {"items": {"$ref": _uri("c")}}
    root = _named("a", "draft-07", items={"$ref": f"{_uri('b')}#/properties/x/const"})
    other = _named("b", "draft-07", properties={"x": {"const": value}})

    with pytest.raises(InvalidSchema, match="into the value of a `const` or `enum`"):
        _bundle(root, other, _named("c", "draft-07"))
    other["properties"]["x"]["const"] = {"items": {"type": "null"}}
    assert _bundle(root, other)


def test_references_that_judge_nothing() -> None:
    """What no one judges by may lead nowhere: it leads to the bundle, then, or where it led."""
    root = _named("a", "draft-07", items={"$ref": _uri("b")})
    root["$defs"] = {"x": {"$ref": "#/nowhere"}, "y": {"$ref": _uri("b")}, "z": {"$ref": 1}}

    bundled = _bundle(root, _named("b", "draft-07"))
    inside = {"$ref": "#/definitions/com.acme.b-1-0-0"}
    assert bundled["$defs"] == {"x": {"$ref": "#"}, "y": inside, "z": {"$ref": 1}}
    assert bundled["items"] == inside


def test_dead_end_within_what_is_referred_to() -> None:
    """A reference that no one follows, to a place that is not there, leads to the bundle itself."""
    dead = {"$ref": _uri("a"), "items": [{"$ref": f"{_uri('b')}#nowhere"}]}
    root = _named("a", "draft-07", properties={"b": {"$ref": _uri("b")}})

    bundled = _bundle(root, _named("b", "draft-07", definitions={"x": dead}))
    brought = bundled["definitions"]["com.acme.b-1-0-0"]
    assert brought["definitions"]["x"]["items"] == [{"$ref": "#"}]
    assert jsonschema_rs.validator_for(bundled, offline=True)


def test_dead_end_within_what_only_a_reference_leads_to() -> None:
    """So it is below a keyword that no dialect knows, where a reference makes it a schema."""
    extra = {"items": {"$defs": {"x": {"$ref": f"{_uri('b')}#nowhere"}}}}
    root = _named("a", "draft-07", not_=extra, items={"$ref": "#/not_"}, contains={"$ref": "#/b"})

    bundled = _bundle({**root, "b": {"$ref": _uri("b")}}, _named("b", "draft-07"))
    assert bundled["not_"]["items"]["$defs"] == {"x": {"$ref": "#"}}
    assert jsonschema_rs.validator_for(bundled, offline=True)


def test_what_is_no_schema_where_nothing_is_judged() -> None:
    """Keywords of other dialects may hold anything: it is rewritten, and never raised."""
    idle = {"$ref": _uri("b"), "$recursiveRef": "#", "allOf": 5, "if": {"$ref": "http://["}}
    root = _named("a", "2019-09", items={"$ref": _uri("b")}, prefixItems=[idle])

    bundled = _bundle(root, _named("b", "2019-09"))
    assert bundled["prefixItems"] == [
        {
            "$ref": "#/$defs/com.acme.b-1-0-0",
            "allOf": [{"$ref": "#"}],
            "if": {"$ref": "#"},
        }
    ]


def test_schema_that_cannot_judge() -> None:
    """What the engine refuses is not bundled either: a `$ref` that leads back, a pattern."""
    with pytest.raises(InvalidSchema, match="leads back to it"):
        _bundle(
            _named("a", None, allOf=[{"$ref": _uri("b")}]), _named("b", None, **{"$ref": _uri("a")})
        )
    looking = _named("a", None, items={"$ref": _uri("b")}), _named("b", None, pattern="^(?!a)")
    with pytest.raises(InvalidSchema, match="look-around"):
        _bundle(*looking)
    assert _bundle(*looking, limits=Limits(backtracks=1_000))


def test_reference_into_self() -> None:
    """What a reference leads to is not taken away unnoticed."""
    root = _named("a", None, items={"$ref": f"{_uri('b')}#/self"})

    with pytest.raises(InvalidSchema, match="can't be resolved"):
        _bundle(root, _named("b", None))


def test_what_is_not_there() -> None:
    """What is not in the registry is told with the schema that refers to it."""
    schemas = (
        _named("a", None, items={"$ref": _uri("b")}),
        _named("b", None, items={"$ref": _uri("z")}),
    )

    with pytest.raises(NoSuchSchema) as caught:
        _bundle(*schemas)
    assert (caught.value.wanted, caught.value.referrer) == (_key("z"), _uri("b"))
    with pytest.raises(NoSuchSchema):
        bundle(_key("z"), Registry(InMemory(schemas)))


@pytest.mark.parametrize("name", ["a", "b"])
def test_what_is_no_schema(name: str) -> None:
    """A schema that is not valid in its dialect is refused, at the root or behind a reference."""
    schemas = {each: _named(each, "draft-07", items={"$ref": _uri("b")}) for each in "ab"}
    schemas[name]["type"] = "text"

    with pytest.raises(InvalidSchema) as caught:
        _bundle(*schemas.values())
    assert caught.value.schema == _uri(name)


def test_what_does_not_answer() -> None:
    """A registry that does not answer is no registry without the schema."""

    class Silent:
        name = "silent"

        def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
            message = "no answer"
            raise RegistryUnavailable(message)

        def keys(self) -> list[SchemaKey]:
            return []

    schemas = InMemory([_named("a", None, items={"$ref": _uri("b")})])
    with pytest.raises(RegistryUnavailable, match="no answer"):
        bundle(_key("a"), Registry(schemas, Silent()))


def test_limits_hold() -> None:
    """The limits for schemas hold while a schema is bundled."""
    schemas = _schemas(FAMILIES["diamond"], "draft-07")

    with pytest.raises(InvalidSchema, match="subschemas"):
        _bundle(*schemas, limits=Limits(schema_nodes=5))
    with pytest.raises(InvalidSchema, match="bytes"):
        _bundle(*schemas, limits=Limits(schema_bytes=50))


def test_no_key() -> None:
    """A schema is bundled by its key."""
    with pytest.raises(WrongUse):
        bundle(_uri("a"), Registry())  # type: ignore[arg-type]  # what is shown
