"""From bytes to a verdict: what is recognised, normalized, judged, and what parts are."""

import copy
import json
import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ids import plain_repr
from registries import Unreachable, acme, uri
from validator import (
    Cached,
    Directory,
    InMemory,
    InvalidIgluUri,
    InvalidSchema,
    InvalidSchemaVer,
    Limits,
    NoSuchSchema,
    Packaged,
    Registry,
    RegistryUnavailable,
    Result,
    SchemaCriterion,
    SchemaKey,
    Validator,
    WrongUse,
)

_FIXTURES = Path(__file__).parents[1] / "fixtures"
_NOW = datetime(2023, 1, 1, tzinfo=UTC)
_STAMP = "2023-01-01T00:00:00.000Z"
_PACKAGED = Cached(Packaged())
_TRACKER = "iglu:com.tracardi/tracker_payload/jsonschema"
_EVENT = "iglu:com.tracardi/event_payload/jsonschema"
_ENVELOPE = {"source": {"id": "web"}, "session": {"id": "s"}, "profile": {"id": "p"}}


def _validator(*schemas: dict[str, Any], **options: Any) -> Validator:
    registry = Registry(_PACKAGED, InMemory(schemas, "mine"))
    return Validator(registry=registry, **options)


def _tracker(**properties: Any) -> dict[str, Any]:
    return {**_ENVELOPE, "events": [{"type": "page-view", "properties": properties}]}


def _part(name: str, data: Any = None) -> dict[str, Any]:
    return {"schema": uri(name), "data": data}


def _found(result: Result) -> list[tuple[str, str]]:
    return [(each.code, each.instance_location) for each in result.violations]


class _Silent(Unreachable):
    """A registry that lists nothing, and does not answer until it does."""

    def keys(self) -> Iterable[SchemaKey]:
        return []


# What a document is.


@pytest.mark.parametrize(
    ("document", "schema"),
    [
        (_tracker(), f"{_TRACKER}/1-0-1"),
        ({"source": {"id": "web"}}, f"{_TRACKER}/1-0-1"),
        ({"type": "a", **_ENVELOPE}, f"{_EVENT}/1-0-1"),
        ({"type": "a", "events": []}, f"{_TRACKER}/1-0-1"),
        ({**_part("x"), "events": []}, "iglu:com.snowplowanalytics.self-desc/instance/jsonschema"),
    ],
    ids=["tracker", "source-alone", "event", "type-and-events", "self-describing-first"],
)
@pytest.mark.parametrize("normalizing", [True, False], ids=["check", "validate"])
def test_recognized(document: Any, schema: str, normalizing: bool) -> None:  # noqa: FBT001  # a column of the table
    """A document is judged by the newest schema of the first kind that it is."""
    validator = _validator()
    result = validator.check(document) if normalizing else validator.validate(document)
    assert str(result.schema).startswith(schema)


@pytest.mark.parametrize(
    "document",
    [b"1", b"[]", b"{}", b'{"type": "a"}', b'{"schema": "http://x", "data": 1}', [], None, 1.5],
    ids=plain_repr,
)
def test_not_recognized(document: Any) -> None:
    """What is of no kind has a violation that says how to name a schema."""
    for result in (_validator().check(document), _validator().validate(document)):
        assert _found(result) == [("NotRecognized", "")]
        assert "schema=" in result.violations[0].message
        assert result.schema is None


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b"{", "NotJSON"),
        (b"\xff", "NotUTF8"),
        (b'{"a": NaN}', "NotANumber"),
        (b"[" * 65 + b"]" * 65, "TooDeep"),
        (b" " * 1_000_001, "TooLarge"),
        ({"a": {1, 2}}, "NotJSON"),
        ((1, 2), "NotJSON"),
        ({"a": float("inf")}, "NotANumber"),
        (2**64, "NumberOutOfRange"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("schema", [None, True], ids=["recognised", "named"])
def test_not_json(document: Any, code: str, schema: Any) -> None:
    """What is not JSON has a violation of its own kind, and no payload."""
    result = _validator().check(document, schema)
    assert [each.code for each in result.violations] == [code]
    assert (result.payload, result.schema) == (None, None)


@pytest.mark.parametrize("make", [bytes, bytearray, memoryview])
def test_bytes_of_any_kind(make: Any) -> None:
    """JSON text may be in bytes, a bytearray or a memoryview."""
    result = _validator().validate(make(b'{"a": 1}'), {})
    assert result
    assert result.payload == {"a": 1}


@pytest.mark.parametrize("schema", [None, True, uri("none")], ids=plain_repr)
@pytest.mark.parametrize("text", ["{}", ""], ids=plain_repr)
def test_text(text: str, schema: Any) -> None:
    """A str is refused, since it could mean JSON text or a JSON string."""
    validator = _validator(acme("none"))
    with pytest.raises(WrongUse, match="encode a str, or parse it"):
        validator.check(text, schema)


# Naming a schema.

_USERS = (acme("user", type="object"), acme("user", "1-0-1", type="array"))


@pytest.mark.parametrize(
    ("schema", "judged_by"),
    [
        (uri("user"), uri("user")),
        (SchemaKey.parse(uri("user")), uri("user")),
        (uri("user", "1-*-*"), uri("user", "1-0-1")),
        (SchemaCriterion.parse(uri("user", "*-*-*")), uri("user", "1-0-1")),
        (SchemaCriterion.parse(uri("user", "1-0-0")), uri("user")),
        (acme("user", "1-0-9", type="object"), uri("user", "1-0-9")),
        ({"type": "object"}, None),
        (True, None),
    ],
    ids=[
        "uri",
        "key",
        "criterion-text",
        "criterion",
        "closed-criterion",
        "dict",
        "nameless",
        "bool",
    ],
)
def test_named_schema(schema: Any, judged_by: str | None) -> None:
    """A schema is named by a URI, a key, a criterion (the newest that fits), or by itself."""
    validator = _validator(*_USERS)
    results = [validator.validate(json.loads("{}"), schema) for _ in range(2)]
    assert results[0] == results[1]
    assert results[0].schema == (judged_by and SchemaKey.parse(judged_by))
    assert bool(results[0]) is (judged_by != uri("user", "1-0-1"))
    assert validator.compile(schema) == results[0].schema


def test_false_schema() -> None:
    """The schema False takes nothing."""
    never: Any = False
    assert _found(_validator().validate(b"1", never)) == [("ValidationError", "")]


@pytest.mark.parametrize(
    "odd", [5, 1.5, b"iglu:a/b/c/1-0-0", [], (), {1}, object(), dict], ids=plain_repr
)
def test_what_names_no_schema(odd: Any) -> None:
    """What can't name a schema is wrong use, whatever the document."""
    for call in (_validator().check, _validator().validate):
        with pytest.raises(WrongUse, match="schema is an Iglu URI, a SchemaKey"):
            call(b"not JSON", odd)
    with pytest.raises(WrongUse):
        _validator().compile(odd)


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("", InvalidIgluUri),
        ("user", InvalidIgluUri),
        ("iglu:../x/jsonschema/1-0-0", InvalidIgluUri),
        ("iglu:*/x/jsonschema/1-0-0", InvalidIgluUri),
        (uri("user", "1-0"), InvalidSchemaVer),
        (uri("user", "01-*-*"), InvalidSchemaVer),
        (uri("use"), NoSuchSchema),
        (uri("user", "2-*-*"), NoSuchSchema),
    ],
)
def test_name_of_no_schema(name: str, error: type[Exception]) -> None:
    """A name that is none, or of a schema that is in no registry, ends the call."""
    with pytest.raises(error):
        _validator(*_USERS).check(b"{}", name)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "strin"},
        {"pattern": "(?=a)"},
        {"$ref": "http://127.0.0.1:1/x"},
        {"$ref": "#"},
        {"$schema": "http://json-schema.org/draft-03/schema#"},
        {"a": {1, 2}},
        {1: 2},
        {"enum": [2**64]},
        {"enum": ["x" * 1_000_001]},
        acme("user", "1-0-2", type="strin"),
    ],
    ids=lambda schema: str(schema)[:30],
)
def test_schema_that_cannot_judge(schema: Any) -> None:
    """A schema that is handed over and can't judge ends the call, each time."""
    validator = _validator()
    for _ in range(2):
        with pytest.raises(InvalidSchema):
            validator.check(b"{}", schema)


@pytest.mark.parametrize(("levels", "fits"), [(48, True), (60, False)])
def test_schema_may_nest_deeper(levels: int, fits: bool) -> None:  # noqa: FBT001  # a parameter
    """The limits for schemas hold for a schema, not those for documents."""
    schema: dict[str, Any] = {}
    for _ in range(levels):
        schema = {"allOf": [schema]}
    if fits:
        assert _validator().validate(b"1", schema)
        return
    with pytest.raises(InvalidSchema, match="nest 100 deep"):
        _validator().validate(b"1", schema)


def test_schema_that_was_changed() -> None:
    """A schema that was handed over and changed since is another one."""
    validator, schema = _validator(), {"type": "string"}
    assert not validator.validate(b"1", schema)
    schema["type"] = "integer"
    assert validator.validate(b"1", schema)


def test_schema_by_hand_refers_to_others() -> None:
    """A schema that was handed over may refer to those of the registry, and to itself by name."""
    validator = _validator(acme("user", type="object"))
    members = {"anyOf": [{"$ref": uri("list")}, {"$ref": uri("user")}]}
    itself = acme("list", type="array", items=members)
    assert validator.validate(b"[[[{}]], {}]", itself)
    assert not validator.validate(b"[[[1]]]", itself)


def test_dialect_of_the_validator() -> None:
    """`dialect` is for schemas that have none, in the registry and by hand."""
    keywords: dict[str, Any] = {"minimum": 1, "exclusiveMinimum": True}
    validator = _validator(acme("old", **keywords), dialect="draft-04")
    for schema in (keywords, uri("old"), {"$ref": uri("old")}):
        assert not validator.validate(b"1", schema)
        assert validator.validate(b"2", schema)
    with pytest.raises(InvalidSchema):
        _validator().validate(b"1", keywords)


@pytest.mark.parametrize(("formats", "valid"), [("assert", False), ("annotate", True)])
def test_formats_of_the_validator(formats: Any, valid: bool) -> None:  # noqa: FBT001  # a parameter
    """`formats` says whether formats decide."""
    assert bool(_validator(formats=formats).validate(b'"x"', {"format": "date"})) is valid


@pytest.mark.parametrize(
    "options",
    [
        {"registry": Packaged()},
        {"registry": "schemas"},
        {"engine": "jsonschema-r"},
        {"limits": {"bytes": 5}},
        {"formats": "yes"},
        {"formats": None},
        {"dialect": "draft-03"},
        {"dialect": 7},
        {"dialect": []},
        {"show_values": 1},
    ],
    ids=plain_repr,
)
def test_wrong_option(options: Any) -> None:
    """An option of another type, or an unknown one, is wrong use when the validator is made."""
    with pytest.raises(WrongUse):
        Validator(**options)


# What check does with a payload.


def test_check_normalizes() -> None:
    """A tracker payload is normalized before it is judged; what was given is not changed."""
    payload = {**_ENVELOPE, "events": [{"type": "Page View", "time": {"insert": "2023-01-01"}}]}
    before = copy.deepcopy(payload)
    result = _validator().check(payload, now=_NOW)

    assert result
    assert payload == before
    assert result.payload["events"][0]["type"] == "page-view"
    assert result.payload["context"] == {}


def test_validate_normalizes_nothing() -> None:
    """`validate` judges a payload as it is, and gives it back."""
    payload = {**_ENVELOPE, "events": [{"type": "Page View"}]}
    result = _validator().validate(payload)
    assert _found(result) == [("ValidationError", "/events/0/type")]
    assert result.payload is payload


def test_bytes_and_object_agree() -> None:
    """JSON text and the equal object have the same outcome."""
    payload = _tracker(a=_part("none", 1), b="x")
    payload["events"].append({"type": "!", "time": None})
    raw = json.dumps(payload).encode()
    assert _validator().check(raw, now=_NOW) == _validator().check(payload, now=_NOW)
    assert _validator().validate(raw) == _validator().validate(payload)


@pytest.mark.parametrize(
    ("schema", "inserted"),
    [
        (f"{_TRACKER}/1-0-0", _STAMP),
        (SchemaCriterion.parse(f"{_TRACKER}/1-*-*"), _STAMP),
        (True, None),
        (uri("any"), None),
        (f"{_EVENT}/1-0-0", None),
    ],
    ids=["same-kind", "criterion", "nameless", "another", "another-kind"],
)
def test_normalized_for_a_schema_of_its_kind(schema: Any, inserted: str | None) -> None:
    """With a schema that is named, a payload is normalized only if that is one of its kind."""
    result = _validator(acme("any")).check(_tracker(), schema, now=_NOW)
    assert result.payload["events"][0].get("time", {}).get("insert") == inserted


@pytest.mark.parametrize("now", [_NOW.replace(tzinfo=None), "now", 0], ids=plain_repr)
@pytest.mark.parametrize(
    "document", [b"not JSON", b"{}", _tracker()], ids=["no", "none", "tracker"]
)
def test_wrong_moment(now: Any, document: Any) -> None:
    """A moment without a time zone is wrong use, whatever the document."""
    with pytest.raises(WrongUse):
        _validator().check(document, now=now)


def test_same_input_same_output() -> None:
    """The same input and the same moment give the same bytes, from validators old and new."""
    raw = json.dumps(_tracker(a=_part("x"), b=_part("y"), Ä=1)).encode()
    validator = _validator(acme("x", type="string"))
    outputs = {
        json.dumps([result.to_dict(), result.payload])
        for each in (validator, validator, _validator(acme("x", type="string")))
        for result in (each.check(raw, now=_NOW),)
    }
    assert len(outputs) == 1


def test_more_events_than_could_be() -> None:
    """Events that are too short to be any are judged as they are: none of them is let grow."""
    raw = json.dumps({"events": [{}] * 8}).encode()
    result = _validator(limits=Limits(bytes=100)).check(raw)
    assert not result
    assert result.payload == {"events": [{}] * 8}
    assert result.schema == SchemaKey.parse(f"{_TRACKER}/1-0-1")


def test_more_events_than_could_be_for_a_schema_that_takes_all() -> None:
    """What no schema refuses, and could not be normalized, is refused all the same."""
    own = {"vendor": "com.tracardi", "name": "tracker_payload", "format": "jsonschema"}
    loose = {"self": {**own, "version": "1-9-9"}}
    raw = json.dumps({"events": [{}] * 8}).encode()
    (violation,) = _validator(loose, limits=Limits(bytes=100)).check(raw).violations
    assert (violation.code, violation.instance_location) == ("TooComplex", "/events")


def test_as_many_events_as_could_be() -> None:
    """As many of the shortest events as a payload may hold are judged."""
    events = b",".join([b'{"type":"a"}'] * 7_685)
    raw = b'{"source":{"id":"s"},"session":null,"profile":null,"events":[%b]}' % events
    result = _validator(limits=Limits(bytes=len(raw))).check(raw)
    assert result
    assert len(result.payload["events"]) == 7_685


# Parts that name their own schemas.

_X = acme("x", type="string")


@pytest.mark.parametrize(
    ("document", "at"),
    [
        (_tracker(a=_part("x", 1)), "/events/0/properties/a/data"),
        (_tracker(a={"b": [0, _part("x", 1)]}), "/events/0/properties/a/b/1/data"),
        ({**_ENVELOPE, "events": [], "properties": _part("x", 1)}, "/properties/data"),
        ({"type": "a", **_ENVELOPE, "properties": {"a": _part("x", 1)}}, "/properties/a/data"),
        (_part("x", 1), "/data"),
        (_part("y", _part("x", 1)), "/data/data"),
        (_part("y", {"a": _part("x", 1)}), "/data/a/data"),
    ],
    ids=["property", "deeper", "payload", "event", "itself", "part-of-part", "in-part"],
)
def test_part(document: Any, at: str) -> None:
    """Self-describing data is judged by the schema that it names, wherever properties hold it."""
    validator = _validator(_X, acme("y"))
    for call in (validator.check, validator.validate):
        for given in (document, json.dumps(document).encode()):
            (violation,) = call(given).violations
            assert (violation.instance_location, violation.keyword) == (at, "type")
            assert violation.schema == SchemaKey.parse(uri("x"))


@pytest.mark.parametrize(
    "document",
    [
        {**_tracker(), "context": {"a": _part("x", 1)}},
        _tracker(a={"schema": "http://x", "data": 1}),
        _tracker(a={"schema": uri("x")}),
    ],
    ids=["context", "another-scheme", "no-data"],
)
def test_what_is_no_part(document: Any) -> None:
    """What only looks like self-describing data, or stands elsewhere, is not judged as such."""
    assert _validator(_X).check(document)


def test_schema_spelled_with_escapes() -> None:
    """A part is one however its letters are spelled in the text."""
    raw = json.dumps(_tracker(a=_part("x", 1))).replace("iglu:", "i\\u0067lu:").encode()
    assert _found(_validator(_X).check(raw)) == [("ValidationError", "/events/0/properties/a/data")]


def test_schema_of_self_describing_data() -> None:
    """Self-describing data is judged by the schema it names, and the result says so."""
    assert _validator(_X).check(_part("x", "a")).schema == SchemaKey.parse(uri("x"))


def test_envelope_of_self_describing_data() -> None:
    """The envelope is judged as well."""
    result = _validator(_X).check({**_part("x", 1), "more": 1})
    assert _found(result) == [("ValidationError", ""), ("ValidationError", "/data")]


def test_self_describing_data_with_a_schema() -> None:
    """With a schema that is named, self-describing data is any document."""
    result = _validator(_X).check(_part("x", 1), {"required": ["schema"]})
    assert result
    assert result.schema is None


def test_unresolved() -> None:
    """A part that no schema can judge is a violation on it; `unresolved` has the schema once."""
    result = _validator(_X).check(_tracker(a=_part("y"), b=_part("x", "s"), c=_part("y")))
    assert _found(result) == [
        ("ResolutionError", "/events/0/properties/a"),
        ("ResolutionError", "/events/0/properties/c"),
    ]
    assert result.unresolved == (uri("y"),)
    assert [each.schema for each in result.violations] == [SchemaKey.parse(uri("y"))] * 2
    assert "asked: packaged, mine" in result.violations[0].message


def test_part_with_an_invalid_schema() -> None:
    """A part whose schema can't judge is unresolved, and the schema is to blame."""
    result = _validator(acme("y", type="strin")).check(_tracker(a=_part("y")))
    assert _found(result) == [("InvalidSchema", "/events/0/properties/a")]
    assert result.unresolved == (uri("y"),)


def test_part_with_an_unreachable_schema() -> None:
    """A part whose registry does not answer is unresolved; the next time it is asked again."""
    source = _Silent()
    validator = Validator(registry=Registry(_PACKAGED, source))
    document = _tracker(a=_part("x", 1), b=_part("x", 1))

    result = validator.check(document)
    assert [each.code for each in result.violations] == ["ResolutionError"] * 2
    assert result.unresolved == (uri("x"),)
    source.found = json.dumps(_X).encode()
    assert [each.code for each in validator.check(document).violations] == ["ValidationError"] * 2
    assert source.asked == [SchemaKey.parse(uri("x"))] * 2


@pytest.mark.parametrize(
    "name", ["iglu:", "iglu:../x/jsonschema/1-0-0", uri("x", "1-*-*"), uri("x", "1-0")]
)
def test_part_that_names_no_schema(name: str) -> None:
    """A part whose `schema` is no Iglu URI is told so, where it stands."""
    result = _validator(_X).check(_tracker(a={"schema": name, "data": 1}))
    assert _found(result) == [("NotIglu", "/events/0/properties/a/schema")]
    assert result.unresolved == ()


def test_part_of_another_format() -> None:
    """A part whose schema is in another language has no verdict."""
    own = {"vendor": "com.acme", "name": "x", "format": "avro", "version": "1-0-0"}
    part = {"schema": "iglu:com.acme/x/avro/1-0-0", "data": 1}
    result = _validator({"self": own}).check(_tracker(a=part))
    assert _found(result) == [("InvalidSchema", "/events/0/properties/a")]


@pytest.mark.parametrize(("number", "codes"), [(3, []), (4, ["TooManyParts"])])
def test_as_many_parts(number: int, codes: list[str]) -> None:
    """As many parts are judged as a document may hold, and one more is told."""
    document = _tracker(**{str(n): _part("x", "s") for n in range(number)})
    result = _validator(_X, limits=Limits(parts=3)).check(document)
    assert [each.code for each in result.violations] == codes
    assert result.truncated is bool(codes)


def test_too_many_parts_and_violations() -> None:
    """What was found before there were too many parts is told as well."""
    document = _tracker(a=_part("y"), b=_part("x", 1), c=_part("x", 1))
    result = _validator(_X, limits=Limits(parts=2)).check(document)
    assert [each.code for each in result.violations] == [
        "ResolutionError",
        "ValidationError",
        "TooManyParts",
    ]
    assert result.unresolved == (uri("y"),)


@pytest.mark.parametrize(("most", "truncated"), [(5, True), (6, False), (7, False)])
def test_violations_of_parts(most: int, truncated: bool) -> None:  # noqa: FBT001  # a parameter
    """Violations of all parts together are as many as may be; every part is looked up."""
    parts = [_part("list", [1, 2]) for _ in range(2)]
    document = _tracker(a=[*parts, _part("y")])
    document["events"].append({"type": "!"})
    listing = acme("list", items={"type": "string"})
    result = _validator(listing, limits=Limits(violations=most)).check(document)

    assert len(result.violations) == min(most, 6)
    assert result.truncated is truncated
    assert result.unresolved == (uri("y"),)


def test_truncated_without_a_violation_more() -> None:
    """That a part has violations is told even where the list is full."""
    document = _tracker(a=_part("x", 1), b=_part("x", 1))
    result = _validator(_X, limits=Limits(violations=1)).check(document)
    assert _found(result) == [("ValidationError", "/events/0/properties/a/data")]
    assert result.truncated


@pytest.mark.parametrize("spelled_wrong", [9, 11])
def test_suggestions(spelled_wrong: int) -> None:
    """Of many schemas that are not there, ten are told with what was probably meant."""
    parts = [{"schema": uri(f"use{n}r"), "data": 1} for n in range(spelled_wrong)]
    result = _validator(*_USERS).check(_tracker(a=parts))
    told = [each for each in result.violations if "did you mean" in each.message]
    assert len(told) == min(spelled_wrong, 10)
    assert len(result.unresolved) == spelled_wrong


def test_place_of_a_part_is_cut() -> None:
    """The place of a part that is too long is that of an ancestor that fits."""
    document = _tracker(**{"n" * 50: _part("y"), "m" * 50: {"schema": "iglu:", "data": 1}})
    result = _validator(limits=Limits(location=30)).check(document)
    assert {each.instance_location for each in result.violations} == {"/events/0/properties"}


def test_message_of_a_part_is_cut() -> None:
    """The message about a part is as long as any may be."""
    parts = [_part("y" * 100), {"schema": "iglu:" + "z" * 900, "data": 1}]
    result = _validator(limits=Limits(message=40)).check(_tracker(a=parts))
    assert [len(each.message) for each in result.violations] == [40, 40]


# Registries and threads.


def test_registry_is_asked_once() -> None:
    """A schema that was found is kept, under each of its names."""
    source = _Silent()
    source.found = json.dumps(_X).encode()
    validator = Validator(registry=Registry(source))
    for schema in (uri("x"), SchemaKey.parse(uri("x")), uri("x")):
        assert validator.validate(b'"a"', schema)
    assert source.asked == [SchemaKey.parse(uri("x"))]


def test_absence_is_not_kept() -> None:
    """That a registry did not answer is not kept: the next call asks again."""
    source = _Silent()
    validator = Validator(registry=Registry(source))
    with pytest.raises(RegistryUnavailable):
        validator.validate(b"1", uri("x"))
    with pytest.raises(RegistryUnavailable):
        validator.validate(b"1", {"$ref": uri("x")})
    source.found = json.dumps(_X).encode()
    assert not validator.validate(b"1", {"$ref": uri("x")})


def test_registry_of_ones_own() -> None:
    """A folder of schemas serves a payload and what it refers to."""
    registry = Registry(_PACKAGED, Directory(_FIXTURES / "registry"))
    entry = {"player": "Jo", "rank": 1, "save": {"save_id": "1", "level": "x"}}
    part = {"schema": "iglu:com.acme/leaderboard_entry/jsonschema/1-0-0", "data": entry}
    result = Validator(registry=registry).check(_tracker(a=part))
    assert _found(result) == [("ValidationError", "/events/0/properties/a/data/save/level")]


def test_values_are_shown() -> None:
    """A validator that shows values shows them."""
    assert (
        "57" in _validator(show_values=True).validate(b"57", {"type": "null"}).violations[0].message
    )


def test_threads() -> None:
    """Threads that share a validator, from its first call on, agree with one that is alone."""
    schemas = [acme(f"s{n}", items={"maximum": n}) for n in range(8)]
    documents = [_tracker(a=_part(f"s{n % 8}", [n, n + 1])) for n in range(40)]
    alone = [_validator(*schemas).check(document, now=_NOW) for document in documents]
    shared, outcomes = _validator(*schemas), {}
    barrier = threading.Barrier(16)

    def run(number: int) -> None:
        barrier.wait()
        outcomes[number] = [shared.check(document, now=_NOW) for document in documents]

    threads = [threading.Thread(target=run, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(outcomes.values()) == [alone] * 16


# Schemas of others.

_CENTRAL = Path(__file__).parents[1].parent / "shared" / "corpora" / "iglu-central"
_REFERS_TO_HTTP = "iglu:com.snowplowanalytics.sauna.commands/command/jsonschema/1-0-0"


@pytest.mark.shared
def test_iglu_central() -> None:
    """Every JSON Schema of Iglu Central judges, but the one that refers to another by http."""
    if not _CENTRAL.is_dir():
        pytest.skip("the corpus of Iglu Central is not there")
    registry = Registry(Directory(_CENTRAL))
    keys = [key for key in registry.keys() if key.format == "jsonschema"]  # noqa: SIM118  # no dict
    refused = []
    for key in keys:
        try:
            Validator(registry=registry).compile(key)
        except InvalidSchema as error:
            refused.append((str(key), "only iglu: references" in error.problem))

    assert len(keys) == 660
    assert refused == [(_REFERS_TO_HTTP, True)]


def test_a_criterion_is_no_name_for_data() -> None:
    """What a document names is a key, whatever the validator was asked for before."""
    event = {"type": "a", "source": {"id": "s"}, "session": None, "profile": None}
    named = {"schema": "iglu:com.tracardi/event_payload/jsonschema/1-*-*", "data": event}
    own = Validator()
    before = own.check(named)
    assert own.check(event)
    after = own.check(named)
    assert _found(before) == _found(after) == [("NotIglu", "/schema")]
    assert before.schema == after.schema
