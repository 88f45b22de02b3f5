"""The schemas that are shipped, and those of the example registry: what every one of them keeps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from validator import Directory, Registry, SchemaKey, Validator

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
PACKAGED = sorted(path for path in (ROOT / "schemas").rglob("*") if path.is_file())
EXAMPLES = sorted(path for path in (ROOT / "fixtures" / "registry").rglob("*") if path.is_file())
SELF_DESCRIBING_SCHEMA = "iglu:com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0"
SELF_DESCRIBING_DATA = "iglu:com.snowplowanalytics.self-desc/instance/jsonschema/1-0-0"
DRAFT_04 = "http://json-schema.org/draft-04/schema#"
VALIDATOR = Validator()

each_schema = pytest.mark.parametrize(
    "path", PACKAGED + EXAMPLES, ids=lambda path: "/".join(path.parts[-4:])
)
#: The schemas of Snowplow's events: what is said of a field is said in all of them.
EVENTS_OF_SNOWPLOW = [
    *("page_view", "page_ping", "structured_event", "self_describing_event"),
    *("transaction", "transaction_item", "ad_impression"),
]
grown = pytest.mark.parametrize("name", ["tracker_payload", "event_payload"])


def read(path: Path) -> Any:
    """Read a schema, refusing a name that stands twice in an object."""

    def once(members: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in members]
        assert sorted(set(names)) == sorted(names)
        return dict(members)

    return json.loads(path.read_bytes(), object_pairs_hook=once)


def subschemas(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give a schema, and all that are in it."""
    yield schema
    inner = [schema.get(keyword) for keyword in ("items", "not", "additionalProperties")]
    for keyword in ("allOf", "anyOf", "oneOf"):
        inner += schema.get(keyword, [])
    for keyword in ("properties", "definitions"):
        inner += schema.get(keyword, {}).values()
    for each in inner:
        if isinstance(each, dict):
            yield from subschemas(each)


def references(schema: dict[str, Any]) -> set[str]:
    """Give what a schema refers to."""
    return {each["$ref"] for each in subschemas(schema) if "$ref" in each}


def tracardi(name: str, version: str) -> Any:
    """Give a Tracardi schema as plain draft-04."""
    schema = read(ROOT / "schemas" / "com.tracardi" / name / "jsonschema" / version)
    del schema["self"]
    return {**schema, "$schema": DRAFT_04}


def snowplow(name: str) -> Any:
    """Give the schema of a Snowplow event."""
    return read(ROOT / "schemas" / "org.eventpayload.snowplow" / name / "jsonschema" / "1-0-0")


# Each schema by itself.


def test_there_are_schemas() -> None:
    """The loops below have something to go through."""
    assert len(PACKAGED) >= 7
    assert len(EXAMPLES) >= 6


@each_schema
def test_says_who_it_is(path: Path) -> None:
    """The path of a schema equals its `self`."""
    own = read(path)["self"]

    assert [own["vendor"], own["name"], own["format"], own["version"]] == list(path.parts[-4:])
    assert SchemaKey.parse("iglu:" + "/".join(path.parts[-4:]))


@each_schema
def test_is_a_self_describing_schema(path: Path) -> None:
    """A schema is what Iglu's schema of schemas, which is shipped, says."""
    assert VALIDATOR.check(path.read_bytes(), schema=SELF_DESCRIBING_SCHEMA).violations == ()


@each_schema
def test_can_judge(path: Path) -> None:
    """A schema can be compiled, with all that it refers to."""
    registry = Registry(Directory(ROOT / "schemas"), Directory(ROOT / "fixtures" / "registry"))
    key = SchemaKey.parse("iglu:" + "/".join(path.parts[-4:]))

    assert key == Validator(registry=registry).compile(key)


@each_schema
def test_describes_each_property(path: Path) -> None:
    """Every property has a description worth reading: its own, or that of what it refers to."""
    schema = read(path)
    definitions = schema.get("definitions", {})

    properties = [
        (name, definitions.get(each.get("$ref", "").rpartition("/")[2], each))
        for subschema in subschemas(schema)
        for name, each in subschema.get("properties", {}).items()
        if not each.get("$ref", "").startswith("iglu:")
    ]

    assert schema["description"]
    assert [name for name, each in properties if not each.get("description")] == []


@each_schema
def test_stands_alone(path: Path) -> None:
    """No `$ref` leads out of a file, but to draft-04, and in the example of how one would."""
    abroad = {each for each in references(read(path)) if not each.startswith("#/definitions/")}

    allowed = {
        ("com.snowplowanalytics.self-desc", "schema"): {DRAFT_04},
        ("com.acme", "leaderboard_entry"): {"iglu:com.games_company/save_game/jsonschema/1-0-2"},
    }
    assert abroad == allowed.get((path.parts[-4], path.parts[-3]), set())


@each_schema
def test_uses_each_definition(path: Path) -> None:
    """A definition is there to be referred to, and what is referred to is there."""
    schema = read(path)

    names = {f"#/definitions/{name}" for name in schema.get("definitions", {})}

    assert names == {each for each in references(schema) if each.startswith("#")}


@each_schema
def test_has_patterns_for_the_linear_engine(path: Path) -> None:
    """Every pattern compiles without look-around and back-references."""
    schemas = subschemas(read(path))
    patterns = [each["pattern"] for each in schemas if "pattern" in each]

    linear = jsonschema_rs.RegexOptions()
    for pattern in patterns:
        jsonschema_rs.Draft4Validator({"pattern": pattern}, pattern_options=linear)


# All of them together.


def test_repeats_definitions_to_the_letter() -> None:
    """Definitions of one name are equal in all schemas that are shipped."""
    first: dict[str, tuple[Path, Any]] = {}
    for path in PACKAGED:
        for name, definition in read(path).get("definitions", {}).items():
            before, known = first.setdefault(name, (path, definition))
            assert known == definition, f"{name} in {before} and {path}"


def test_says_the_same_of_events_alone_and_in_a_payload() -> None:
    """An event by itself is an event of a tracker payload, and source, session and profile."""
    for version, name in (("1-0-0", "event"), ("1-0-1", "event_with_id")):
        within = tracardi("tracker_payload", version)["definitions"][name]["properties"]
        alone = tracardi("event_payload", version)["properties"]
        own = {
            key: each for key, each in alone.items() if key not in {"source", "session", "profile"}
        }

        assert within == own


def test_says_the_same_of_the_fields_of_every_event() -> None:
    """The events of Snowplow differ in what `event` says, and in that one must hold another."""
    schemas = [snowplow(name) for name in EVENTS_OF_SNOWPLOW]
    events = [schema["properties"].pop("event") for schema in schemas]
    required = [set(schema["required"]) - {"unstruct_event"} for schema in schemas]
    holding = [
        schema["self"]["name"] for schema in schemas if "unstruct_event" in schema["required"]
    ]

    assert holding == ["self_describing_event"]
    assert [each for each in required if each != required[0]] == []
    for schema in schemas:
        assert list(schema["properties"].items()) == list(schemas[0]["properties"].items())
        assert schema["additionalProperties"] is False
        assert schema.keys() == schemas[0].keys()
    assert len({event for each in events for event in each["enum"]}) == len(events)
    assert [each for each in events if {**each, "enum": []} != {**events[0], "enum": []}] == []


def test_has_a_schema_for_each_event() -> None:
    """What may be in a document of several events is all that there are schemas of."""
    folder = ROOT / "schemas" / "org.eventpayload.snowplow"
    pattern = snowplow("events")["items"]["properties"]["schema"]["pattern"]

    assert {path.name for path in folder.iterdir()} == {*EVENTS_OF_SNOWPLOW, "events", "query"}
    assert f"({'|'.join(EVENTS_OF_SNOWPLOW)})" in pattern


#: Fields whose pattern leaves no text as long as `maxLength`.
SHORTER = {"domain_sessionid"}


def test_suites_reach_each_bound_of_a_field() -> None:
    """The suites of fixtures/ have, of each field, what is at its bound and what is past it."""
    seen: set[tuple[bool, str, int]] = set()
    for name in EVENTS_OF_SNOWPLOW:
        path = ROOT / "fixtures" / "org.eventpayload.snowplow" / name / "1-0-0.json"
        for case in read(path)["tests"]:
            fields = case["data"] if type(case["data"]) is dict else {}
            sizes = {each: len(value) for each, value in fields.items() if type(value) is str}
            sizes |= {each: value for each, value in fields.items() if type(value) is int}
            seen |= {(case["valid"], *each) for each in sizes.items()}

    past = {"maxLength": 1, "maximum": 1, "minimum": -1}
    for name, schema in snowplow("page_view")["properties"].items():
        for keyword in past.keys() & schema.keys():
            assert (True, name, schema[keyword]) in seen or name in SHORTER
            assert (False, name, schema[keyword] + past[keyword]) in seen


# From one version to the next.


@grown
@pytest.mark.parametrize("formats", [True, False], ids=["asserted", "annotated"])
def test_addition_covers_what_was(name: str, *, formats: bool) -> None:
    """1-0-1 is an ADDITION: everything valid under 1-0-0 is valid under 1-0-1, as proved."""
    old, new = (
        jsonschema_rs.canonicalize(
            tracardi(name, version),
            draft=jsonschema_rs.Draft4,
            offline=True,
            validate_formats=formats,
        )
        for version in ("1-0-0", "1-0-1")
    )

    assert str(new.covers(old)) == "yes"
    assert str(old.covers(new)) == "no"


# Beside what is published and captured elsewhere.


@pytest.fixture(scope="module")
def iglu_central() -> Path:
    """Give the folder of Iglu Central's schemas."""
    folder = SHARED / "corpora" / "iglu-central"
    if not folder.is_dir():
        pytest.skip("Iglu Central's schemas are not here")
    return folder


def mistaken(document: Any) -> Iterator[Any]:
    """Give a document, and all that lack one of its names or hold something else there."""
    yield document
    others: list[Any] = [None, 1, "a b", "../x", []]
    own = document["self"]
    for name in document:
        yield {each: document[each] for each in document if each != name}
        yield from ({**document, name: other} for other in others)
    for name in own:
        yield {**document, "self": {each: own[each] for each in own if each != name}}
        yield from ({**document, "self": {**own, name: other}} for other in others)


@pytest.mark.shared
def test_judges_schemas_as_the_published_one(iglu_central: Path) -> None:
    """Our copy of self-desc/schema gives the verdicts of the one that is published."""
    published = Validator(registry=Registry(Directory(iglu_central)))
    own = [document for path in PACKAGED for document in mistaken(read(path))]
    others = sorted(iglu_central.rglob("jsonschema/1-0-0"))[::10]

    for document in own + [orjson.loads(path.read_bytes()) for path in others]:
        verdict = bool(VALIDATOR.validate(document, SELF_DESCRIBING_SCHEMA))
        assert verdict == bool(published.validate(document, SELF_DESCRIBING_SCHEMA))


values = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 5), st.text(), st.lists(st.text()), st.just({})
)
uris = st.one_of(
    st.from_regex(r"\Aiglu:[a-z.]{1,5}/[a-z-]{1,5}/[a-z_]{1,5}/[0-9]{1,2}-[0-9]-[0-9]\n?\Z"),
    st.sampled_from(["", "iglu:", "http://x.y/z", "a b", "../x", "iglu:a/b/c/1-0"]),
    values,
)
envelopes = st.one_of(
    values,
    st.fixed_dictionaries({}, optional={"schema": uris, "data": values, "more": values}),
)


@pytest.mark.shared
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(envelope=envelopes)
def test_judges_data_as_the_published_one(iglu_central: Path, envelope: Any) -> None:
    """Our copy of self-desc/instance gives the verdicts of the one that is published."""
    published = read(iglu_central.joinpath(*SELF_DESCRIBING_DATA[5:].split("/")))
    text = orjson.dumps(envelope)

    ours = bool(VALIDATOR.validate(text, SELF_DESCRIBING_DATA))
    assert ours == bool(Validator().validate(text, published))


#: Fields of other types than the published ones, by design: a decimal is a text, to the last digit.
DECIMALS = {"se_value", "tr_total", "tr_tax", "tr_shipping", "ti_price"}
#: A list of what there is bounds the published field's length, too.
LISTED = {"platform", "event"}
#: Fields that the published schema does not have: they are columns of other kinds there.
NOT_PUBLISHED = {"unstruct_event", "contexts", "unused_parameters"}


@pytest.mark.shared
def test_bounds_fields_as_the_published_one(iglu_central: Path) -> None:
    """A field of a Snowplow event is of the type, and within the bound, that is published."""
    path = iglu_central / "com.snowplowanalytics.snowplow" / "atomic" / "jsonschema" / "1-0-0"
    published = read(path)["properties"]
    properties = snowplow("page_view")["properties"]

    assert set(properties) - set(published) == NOT_PUBLISHED
    for name in set(properties) - NOT_PUBLISHED:
        ours, theirs = properties[name], published[name]
        if name in DECIMALS:
            assert (ours["type"], set(theirs["type"]) - {"null"}) == ("string", {"number"})
        elif name in LISTED:
            assert max(map(len, ours["enum"])) <= theirs["maxLength"]
        else:
            types = {theirs["type"]} if type(theirs["type"]) is str else set(theirs["type"])
            assert types - {"null"} == {ours["type"]}  # what was not sent is absent, and not null
            assert ours.get("maxLength") == theirs.get("maxLength")
            assert ours.get("format") == theirs.get("format")
            # The reader of these has 32 bits for an integer, which is published without a bound.
            assert ("maximum" in ours) is (ours["type"] == "integer")
            assert ours.get("maximum", 2**31 - 1) == 2**31 - 1
            assert ours.get("minimum", 0) in {-(2**31), 0}


@pytest.mark.shared
def test_judges_captures_as_their_server() -> None:
    """What Tracardi's server accepts is accepted; the payload that it refuses is refused."""
    captures = SHARED / "captures" / "tracardi"
    if not captures.is_dir():
        pytest.skip("the captures are not here")
    files = sorted(captures.glob("*.json"))

    results = {path.stem: VALIDATOR.check(path.read_bytes()) for path in files}

    refused = results.pop("js_fire_immediately_options.2")
    reasons = {(each.keyword, each.instance_location) for each in refused}
    assert reasons == {("required", ""), ("type", "/events")}
    assert results
    assert {name: each.violations for name, each in results.items() if not each} == {}
