"""Documents for people to read: valid, the same for a seed, with values that go by names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import orjson
import pytest

from registries import acme, uri
from validator import Cached, Directory, InMemory, Packaged, Registry, SchemaKey, Validator
from validator.bundling import bundle
from validator.drawing.realistic import Realistic, realistic
from validator.drawing.samples import WORDS
from validator.errors import InvalidSchema, NothingToDraw
from validator.results import JSON

PACKAGED = [str(key) for key in Registry().keys()]  # noqa: SIM118  # not a dict
QUERY = "iglu:org.eventpayload.snowplow/query/jsonschema/1-0-0"
SNOWPLOW = "iglu:com.snowplowanalytics.snowplow"
USER = {
    "type": "object",
    "required": ["email", "address"],
    "properties": {
        "userName": {"type": "string", "minLength": 3, "maxLength": 20},
        "email": {"type": "string", "format": "email"},
        "age": {"type": "integer", "minimum": 13},
        "address": {
            "type": "object",
            "required": ["city", "zip", "country"],
            "properties": {
                "city": {"type": "string"},
                "zip": {"type": "string", "pattern": "^[0-9]{5}$"},
                "country": {"type": "string", "pattern": "^[A-Z]{2}$"},
            },
        },
        "tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
        "plan": {"enum": [None, "free", "pro"]},
        "signedUpAt": {"type": "string", "format": "date-time"},
        "homepage": {"type": "string", "format": "uri"},
        "visits": {"type": ["integer", "null"]},
    },
    "additionalProperties": False,
}


def drawn(schema: Any, number: int = 20, seed: int = 0, **options: Any) -> list[JSON]:
    """Draw documents of a schema."""
    return realistic(schema, **options).examples(number, seed, invalid=False)


@pytest.mark.parametrize("name", PACKAGED)
def test_packaged_schemas(name: str) -> None:
    """What is drawn of a packaged schema is valid: by itself, and as self-describing data."""
    judge = Validator()
    subject = realistic(name)
    for seed in (0, 1):
        for each in subject.examples(5, seed, invalid=False):
            assert judge.validate(orjson.dumps(each), name)
            assert judge.check(orjson.dumps({"schema": name, "data": each}))


def test_values_go_by_names_and_formats() -> None:
    """A user is one that could stand in a book, and what belongs together is together."""
    users = drawn(USER)
    assert {each["email"] for each in users} <= {
        *("ada@example.com", "grace@example.org", "alan@example.net", "mary@example.com"),
    }
    assert {(each["address"]["city"], each["address"]["country"]) for each in users} == {
        *(("London", "GB"), ("New York", "US"), ("Berlin", "DE"), ("Paris", "FR")),
    }
    assert all(18 <= each["age"] <= 80 for each in users if "age" in each)
    assert all(1 <= len(each["tags"]) <= 3 for each in users if "tags" in each)
    assert all("example.com" in each["homepage"] for each in users if "homepage" in each)
    assert {each["plan"] for each in users if "plan" in each} == {"free", "pro"}
    assert all(each["signedUpAt"] >= "2026-" for each in users if "signedUpAt" in each)
    assert all(type(each["visits"]) is int for each in users if "visits" in each)


def test_most_of_what_may_be_there_is() -> None:
    """Properties that may be absent are mostly there; a few are always, and of many not all."""
    optional = [name for name in USER["properties"] if name not in USER["required"]]
    users = drawn(USER)
    assert 0.7 < sum(name in each for each in users for name in optional) / 140 < 1
    few = {"type": "object", "properties": {"a": {}, "b": {}}}
    assert all(list(each) == ["a", "b"] for each in drawn(few))
    many = {"type": "object", "properties": {f"p{number}": {} for number in range(100)}}
    assert all(5 < len(each) < 30 for each in drawn(many))


def deep(levels: int, **keywords: Any) -> Any:
    """Make a schema of objects in objects."""
    return {
        "type": "object",
        "properties": {"a": deep(levels - 1, **keywords) if levels else {"type": "boolean"}},
        **keywords,
    }


def chain(levels: int) -> Any:
    """Make a schema of a boolean, or of objects in objects that must be there."""
    definitions = {
        f"a{level}": {
            "type": "object",
            "required": ["a"],
            "properties": {"a": {"$ref": f"#/$defs/a{level + 1}"}},
        }
        for level in range(levels)
    }
    definitions[f"a{levels}"] = {"type": "boolean"}
    return {"anyOf": [{"$ref": "#/$defs/a0"}, {"type": "boolean"}], "$defs": definitions}


def told(document: JSON) -> int:
    """Count the levels of objects in objects."""
    return 1 + told(document["a"]) if isinstance(document, dict) and "a" in document else 0


def wide(number: int) -> Any:
    """Make a schema of objects that have so many members."""
    names = [f"a{index}" for index in range(number)]
    return {"type": "object", "required": names, "additionalProperties": {"type": "boolean"}}


#: What is asked for, and one thing that is so of each document.
SCHEMAS: dict[str, tuple[Any, str]] = {
    "anything": (True, "set(it) == {'id', 'name'}"),
    "a map": ({"type": "object", "additionalProperties": {"type": "integer"}}, "len(it) == 2"),
    "a map by name": (
        {"properties": {"filters": {"type": "object"}}, "required": ["filters"], "type": "object"},
        "'category' in it['filters']",
    ),
    "names of a pattern": (
        {"type": "object", "patternProperties": {"^x_[a-c]": {"type": "number"}}},
        "any(name.startswith('x_') for name in it)",
    ),
    "names of a pattern that words have": (
        {"type": "object", "patternProperties": {"^[a-z]+$": {"type": "string"}}},
        "'notebook' in it",
    ),
    "names of a pattern that none can have": (
        {
            "type": "object",
            "patternProperties": {"^[ab]{99}$": {}},
            "additionalProperties": False,
        },
        "it == {}",
    ),
    "nothing in it": ({"type": "object", "additionalProperties": False}, "it == {}"),
    "a name that is not declared": ({"type": "object", "required": ["city"]}, "it['city'] != ''"),
    "no such member": (
        {"type": "object", "properties": {"a": False, "b": {"type": "null"}}},
        "it == {'b': None}",
    ),
    "null": ({"type": "null"}, "it is None"),
    "maybe null": ({"anyOf": [{"type": "null"}, {"type": "boolean"}]}, "it is not None"),
    "a tuple": (
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "array",
            "prefixItems": [{"type": "string"}, {"type": "number", "exclusiveMinimum": 5}],
            "minItems": 2,
            "items": False,
        },
        "len(it) == 2 and it[1] > 5",
    ),
    "a tuple of old": (
        {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "type": "array",
            "items": [{"type": "boolean"}],
            "additionalItems": {"type": "null"},
        },
        "it[0] is True",
    ),
    "no item twice": (
        {"type": "array", "items": {"enum": [1, 2]}, "uniqueItems": True, "minItems": 2},
        "sorted(it) == [1, 2]",
    ),
    "more items than are read": ({"type": "array", "items": {}, "minItems": 20}, "len(it) >= 20"),
    "no items": ({"type": "array", "items": {"not": {}}}, "it == []"),
    "a share": ({"type": "number", "minimum": 0, "maximum": 1}, "round(it, 2) == it"),
    "below": ({"type": "integer", "maximum": -5}, "-110 < it <= -5"),
    "far": ({"type": "integer", "minimum": 10**6, "maximum": 10**9}, "it <= 10**6 + 100"),
    "all of it": ({"type": "integer", "minimum": 1, "maximum": 900}, "it <= 900"),
    "quarters": ({"type": "number", "multipleOf": 0.25}, "it % 0.25 == 0"),
    "no integer of 64 bits": (
        {"type": "number", "minimum": 1e25, "maximum": 2e25, "multipleOf": 1},
        "it >= 1e25",
    ),
    "between": ({"type": "number", "minimum": 0.001, "maximum": 0.002}, "0 < it < 1"),
    "long": ({"type": "string", "minLength": 200}, "len(it) >= 200 and ' ' in it"),
    "too long": ({"type": "string", "minLength": 5_000}, "len(it) >= 5_000"),
    "short": ({"type": "string", "maxLength": 3}, "len(it) == 3"),
    "a pattern": ({"type": "string", "pattern": "^[A-Z]{3}-[0-9]{4}$"}, "it[3] == '-'"),
    "a version": ({"type": "string", "pattern": "^[0-9]-[0-9]-[0-9]$"}, "it[:3] == '1-0'"),
    "in capitals": ({"type": "string", "pattern": "^[A-Z]{4,}$"}, "it.isupper()"),
    "another word": ({"type": "string", "not": {"enum": [*WORDS]}}, "isinstance(it, str)"),
    "two words": ({"type": "string", "pattern": "^[a-z]+[.][a-z]+$"}, "it.count('.') == 1"),
    "an unknown format": ({"type": "string", "format": "colour"}, "it.isalpha()"),
    "an address": ({"type": "string", "format": "ipv6"}, "it.startswith('2001:db8::')"),
    "a list by chance": ({"enum": ["a", "b"], "not": {"const": "a"}}, "it == 'b'"),
    "levels": (
        {
            "type": "object",
            "required": ["next"],
            "properties": {"next": {"anyOf": [{"$ref": "#"}, {"type": "boolean"}]}, "name": {}},
        },
        "'name' in it",
    ),
    "an end far down": (
        {
            "type": "array",
            "minItems": 1,
            "items": {"anyOf": [{"$ref": "#"}, {"type": "boolean"}]},
        },
        "isinstance(it, list)",
    ),
    "one of two that can't be": (
        {
            "type": "object",
            "anyOf": [{"required": ["a"]}, {"required": ["b"]}],
            "properties": {"a": {"type": "string", "pattern": "^[ab]{99}$", "maxLength": 9}},
        },
        "'b' in it",
    ),
    "many levels": (deep(20), "told(it) == 5"),
    "many levels that must be": (deep(45, required=["a"]), "told(it) == 46"),
    "too many levels": (chain(70), "it is True or it is False"),
    "many that must be": (wide(400), "len(it) == 400"),
    "too many to read": (wide(1_100), "len(it) >= 1_100"),
    "its own list of schemas": (
        {
            "type": "object",
            "required": ["schema", "data"],
            "properties": {
                "schema": {"enum": [{}, 1, "x", f"{SNOWPLOW}/web_page/jsonschema/1-0-0"]}
            },
        },
        "set(it['data']) == {'id'}",
    ),
    "no schema of those": (
        {
            "type": "object",
            "required": ["schema", "data"],
            "properties": {"schema": {"enum": ["x"]}, "data": {"type": "boolean"}},
        },
        "it == {'schema': 'x', 'data': True}",
    ),
}


@pytest.mark.parametrize(("schema", "expected"), SCHEMAS.values(), ids=SCHEMAS)
def test_schemas(schema: Any, expected: str) -> None:
    """Whatever a schema asks for, what is drawn is valid, and what could be expected."""
    judge = Validator()
    for it in drawn(schema, 10):
        assert judge.validate(orjson.dumps(it), schema)
        assert eval(expected, {"it": it, "told": told}), it


def test_data_within_data() -> None:
    """Data that may only be of a schema that holds such data comes to an end."""
    own = acme(
        "box",
        type="object",
        required=["schema", "data"],
        properties={"schema": {"enum": [uri("box")]}, "data": {"type": "object"}},
    )
    (box,) = drawn(uri("box"), 1, registry=Registry(InMemory([own])))
    assert box["data"]["data"]["data"]["data"].keys() == {"id", "name"}


def test_no_packaged_schemas() -> None:
    """A registry of one's own need not have Snowplow's schemas."""
    own = json.loads(Registry().read(SchemaKey.parse(QUERY)))
    registry = Registry(InMemory([own]))
    queries = drawn(QUERY, registry=registry)
    assert all(isinstance(each["e"], str) for each in queries)


def test_what_is_not_as_it_is_packaged() -> None:
    """What is known of a schema by its name gives way to what the schema says."""
    own = acme("x", type="object", required=["plan"], properties={"plan": {"const": "pro"}})
    own["self"] |= {"vendor": "org.eventpayload.snowplow", "name": "query"}
    registry = Registry(InMemory([own]))
    assert drawn(QUERY, 2, registry=registry) == [{"plan": "pro"}] * 2


def test_a_schema_that_is_not_written_in_one_file() -> None:
    """A schema that can't be bundled is drawn of all the same."""
    new = acme("new", type="string", minLength=3)
    constant = {"$ref": uri("new")}
    properties = {"a": constant, "b": {"const": constant}, "c": {"$ref": "#/properties/b/const"}}
    old = acme("old", type="object", required=["a", "c"], properties=properties)
    registry = Registry(InMemory([new, old]))
    with pytest.raises(InvalidSchema, match="can't be bundled"):
        bundle(SchemaKey.parse(uri("old")), registry)
    judge = Validator(registry=registry)
    documents = drawn(uri("old"), registry=registry)
    assert all(judge.validate(orjson.dumps(each), uri("old")) for each in documents)


def test_formats_that_are_not_asserted() -> None:
    """Where formats are no rules, documents have them all the same."""
    assert drawn({"format": "email", "type": "string"}, 1, formats="annotate") == [
        "ada@example.com"
    ]


def test_nothing_to_draw() -> None:
    """A schema that accepts nothing is told when it is found."""
    with pytest.raises(NothingToDraw):
        realistic({"type": "string", "minLength": 2, "maxLength": 1})


@pytest.mark.shared
def test_iglu_central() -> None:
    """Of each schema of Iglu Central that can judge, what is drawn is valid, too."""
    folder = Path(__file__).parents[3] / "shared" / "corpora" / "iglu-central"
    if not folder.is_dir():
        pytest.skip("Iglu Central's schemas are not here")
    registry = Registry(Cached(Directory(str(folder))), Cached(Packaged()))
    judge = Validator(registry=registry)
    names = [str(key) for key in registry.keys() if key.format == "jsonschema"]  # noqa: SIM118  # not a dict
    not_usable = 0
    for name in names:
        try:
            documents = drawn(name, 2, registry=registry)
        except InvalidSchema:
            not_usable += 1
            continue
        assert all(judge.validate(orjson.dumps(each), name) for each in documents), name
    assert (len(names) > 660, not_usable) == (True, 1)


# Near misses.


def misses(subject: Realistic, number: int = 30) -> list[Any]:
    """Draw near misses."""
    return subject.examples(number, 0, invalid=True)


@pytest.mark.parametrize("name", PACKAGED)
def test_near_misses_of_packaged_schemas(name: str) -> None:
    """A near miss breaks the rule that it names, and no other."""
    judge = Validator()
    for each in misses(realistic(name), 5):
        (told,) = judge.validate(orjson.dumps(each.document), name)
        assert (told.keyword_location, told.instance_location) == (
            each.keyword_location,
            each.instance_location,
        )


def test_near_misses_are_no_longer_than_they_must_be() -> None:
    """A rule that takes a thousand items to break is broken only where there is no other."""
    items = {"type": "array", "maxItems": 1_000}
    user = {"type": "object", "properties": {"ids": items, "name": {"type": "string"}}}
    assert all(len(orjson.dumps(each.document)) < 500 for each in misses(realistic(user)))
    alone = {**items, "items": {}}
    alone.pop("type")
    assert len(misses(realistic(alone), 1)[0].document) == 1_001


def test_no_near_miss() -> None:
    """Where no rule can be broken alone, that is told."""
    with pytest.raises(NothingToDraw, match="no rule of it was found"):
        misses(realistic({"format": "unheard-of"}), 1)
