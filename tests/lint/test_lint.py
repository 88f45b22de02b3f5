"""`lint` and `fix` as a whole: their arguments, their bounds, and what they promise."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from validator import Directory, InMemory, Limits, Registry, SchemaKey, WrongUse
from validator.dialects import DIALECTS, DRAFT_04, IGLU_META_SCHEMA
from validator.lint import RULES, fix, lint
from validator.lint.keywords import ANNOTATIONS, KEYWORDS, OF_IGLU, TYPES
from validator.problems import Problem
from validator.results import Path as Steps
from validator.scanner import locate

ROOT = Path(__file__).parents[2]
SELF = {"vendor": "com.acme", "name": "user", "format": "jsonschema", "version": "1-0-0"}
#: A schema of which no rule says anything.
CLEAN: dict[str, Any] = {
    "$schema": IGLU_META_SCHEMA,
    "description": "Somebody signed in.",
    "self": SELF,
    "type": "object",
    "properties": {"id": {"description": "Who.", "type": "string", "format": "uuid"}},
    "required": ["id"],
    "additionalProperties": False,
}


def rules(problems: tuple[Problem, ...]) -> list[str]:
    """Give the ids of the rules that are broken."""
    return [problem.rule for problem in problems]


def raw(schema: Any) -> bytes:
    """Write a schema."""
    return json.dumps(schema).encode()


# Arguments.


def test_clean() -> None:
    """Of a schema that is well nothing is said, whatever its path; fixing changes no byte."""
    key = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-0")

    assert lint(raw(CLEAN)) == lint(raw(CLEAN), key=key) == ()
    assert fix(raw(CLEAN)) == raw(CLEAN)


def test_key() -> None:
    """A schema is taken for the one its path says, where it says nothing itself."""
    other = SchemaKey.parse("iglu:com.acme/other/jsonschema/1-0-0")
    nameless = {**CLEAN, "properties": {"id": {"$ref": f"{other}#/definitions/a"}}}
    nameless["definitions"] = {"a": {"description": "Who.", "type": "null"}}
    del nameless["self"]

    assert rules(lint(raw(CLEAN), key=other)) == ["pathMismatch"]
    assert rules(lint(raw(nameless), key=other)) == ["selfSyntax"]
    assert rules(lint(raw(nameless))) == ["unusable", "selfSyntax"]


def test_registry() -> None:
    """References lead into the registry given; what is wrong there, the schema can't judge by."""
    good = {"self": {**SELF, "name": "other"}, "description": "x"}
    bad = {**good, "type": "text"}
    referring = {**CLEAN, "properties": {"id": {"$ref": "iglu:com.acme/other/jsonschema/1-0-0"}}}

    assert rules(lint(raw(referring), skip=["description"])) == ["unusable"]
    found = lint(raw(referring), registry=Registry(InMemory([good])), skip=["description"])
    assert rules(found) == []
    found = lint(raw(referring), registry=Registry(InMemory([bad])), skip=["description"])
    assert rules(found) == ["unusable"]


def test_dialect() -> None:
    """`dialect` is for a schema without `$schema`."""
    schema = raw({"const": 1})

    assert "unknownKeyword" not in rules(lint(schema))
    assert "unknownKeyword" in rules(lint(schema, dialect=DRAFT_04))


def test_skip() -> None:
    """What is skipped is not told, and not mended."""
    schema = b'\xef\xbb\xbf{"enum": [1, 1]}'

    assert rules(lint(schema)) == ["notJson"]
    assert lint(schema, skip=["notJson"]) == ()
    assert fix(schema) == b'{"enum": [1]}'
    assert fix(schema, skip=["enumDuplicates"]) == b'{"enum": [1, 1]}'
    assert fix(schema, skip=["notJson"]) == schema
    assert rules(lint(raw({**CLEAN, "x": 1}), skip=["unknownKeyword"])) == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"skip": ["descripton"]}, "no rule 'descripton'; did you mean description"),
        ({"skip": ["qqqqqq"]}, "docs/lint.md lists them"),
        ({"skip": [5]}, "no rule 5"),
        ({"key": "iglu:a/b/jsonschema/1-0-0"}, "key is of type SchemaKey"),
        ({"registry": 5}, "registry is of type Registry"),
        ({"limits": 5}, "limits is of type Limits"),
        ({"dialect": "draft-04"}, "dialect is of type Dialect"),
    ],
)
def test_wrong_use(options: dict[str, Any], message: str) -> None:
    """An argument of another type, or a rule that there is not, is WrongUse, of `fix` too."""
    for call in (lint, fix):
        with pytest.raises(WrongUse, match=message):
            call(b"{}", **options)


@pytest.mark.parametrize("given", ["{}", None, {}])
def test_no_bytes(given: Any) -> None:
    """A schema is given as the bytes of its file."""
    for call in (lint, fix):
        with pytest.raises(WrongUse, match="raw is of type bytes"):
            call(given)


def test_fix_makes_no_error() -> None:
    """What would be past a limit, once it is mended, is left as it is."""
    schema = raw({**CLEAN, "$schema": DRAFT_04.uri})
    limits = Limits(schema_bytes=len(schema))

    assert json.loads(fix(schema))["$schema"] == IGLU_META_SCHEMA
    assert fix(schema, limits=limits) == schema


@pytest.mark.parametrize(
    "name", ["deprecatd", "readOnyl", "writeOlny", "example", "exampels", "defualt"]
)
def test_fix_keeps_a_schema_valid(name: str) -> None:
    """A misspelt keyword with a text is not made one that takes no text."""
    for dialect in DIALECTS.values():
        schema = raw({"$schema": dialect.uri, "type": "string", name: "a"})
        told = rules(lint(fix(schema)))
        assert "metaSchema" not in told
        assert ("unknownKeyword" in told) is (name != "defualt")


# Bounds.


def test_past_the_limits() -> None:
    """A text past the limits of schemas is told as one that can't be read, and left alone."""
    deep = b'{"not":' * 200 + b"{}" + b"}" * 200

    (problem,) = lint(deep)

    assert (problem.rule, problem.level) == ("notJson", "error")
    assert problem.position == (1, 701)
    assert fix(deep) == deep


def test_duplicates_are_told() -> None:
    """Names that stand twice are a rule of their own, whatever documents may have."""
    limits = Limits(duplicate_keys=False)

    assert "duplicateKeys" in rules(lint(b'{"title": 1, "title": 1}', limits=limits))


def test_no_more_than_the_limit() -> None:
    """A rule tells so many and that there are more; the others tell theirs."""
    schema = {"properties": {f"p{n}": {"type": "integer"} for n in range(7)}}
    limits = Limits(violations=3)

    found = [each for each in lint(raw(schema), limits=limits) if each.rule == "numericMinMax"]

    assert [each.level for each in found] == ["warning"] * 3 + ["note"]
    assert "more of this than the 3" in found[-1].message
    exact = lint(raw(schema), limits=Limits(violations=7))
    assert [each.level for each in exact if each.rule == "numericMinMax"] == ["warning"] * 7


def test_messages_and_locations_are_bounded() -> None:
    """A long name is cut in a message; a long location is that of an ancestor, without a member."""
    name = "n" * 5_000
    schema = {"properties": {name: {"type": "integer", "maxLength": 1, "q": 1}}, "required": [name]}

    problems = lint(raw({**schema, "additionalProperties": True, "type": "x" * 900}))

    assert max(len(each.message) for each in problems) <= Limits().message
    assert {each.location for each in problems} == {"", "/properties", "/type"}
    assert all(each.member is None for each in problems if each.rule == "stringProperties")


def test_names_that_are_long_and_many() -> None:
    """What would take an engine too long to compile is told as such, and in no time."""
    inner = {"properties": {f"p{n}": {} for n in range(500)}}
    found = lint(raw({"properties": {"n" * 450_000: inner}}))

    (problem,) = [each for each in found if each.rule == "unusable"]
    assert "names are too long" in problem.message


def test_too_many_to_ask() -> None:
    """Defaults that are too many to be asked at once are not told of; what is wrong beside, is."""
    properties = {f"p{n}": {"type": "integer", "default": ""} for n in range(6)}
    schema = raw({"properties": properties})

    assert rules(lint(schema)).count("defaultInvalid") == 6
    few = Limits(schema_nodes=8)
    assert "defaultInvalid" not in rules(lint(schema, limits=few))
    assert rules(lint(schema, limits=few)).count("numericMinMax") == 6
    slow = Limits(evaluations=1)
    assert "defaultInvalid" not in rules(lint(schema, limits=slow))


def test_definitions_that_are_too_much() -> None:
    """Definitions that can't be asked of together are not looked at; what is referred to, is."""
    wrong = {"type": "string", "enum": [1]}
    schema = raw({"properties": {"a": wrong}, "$defs": {"b": wrong, "c": wrong}})
    only = [each for each in RULES if each != "contradiction"]

    assert [each.location for each in lint(schema, skip=only)] == [
        "/properties/a",
        "/$defs/b",
        "/$defs/c",
    ]
    found = lint(schema, skip=only, limits=Limits(schema_nodes=4))
    assert [each.location for each in found] == ["/properties/a"]


def test_one_default_is_told_once() -> None:
    """A default that breaks two rules is one problem."""
    schema = {"minLength": 5, "pattern": "^a", "default": "b"}

    assert rules(lint(raw(schema))).count("defaultInvalid") == 1


def test_subschemas_past_the_limit() -> None:
    """Only so many subschemas are looked at; that it has too many is told."""
    schema = {"properties": {f"p{n}": {"type": "integer"} for n in range(9)}}

    found = lint(raw(schema), limits=Limits(schema_nodes=4))

    assert rules(found).count("numericMinMax") == 3
    assert rules(found).count("unusable") == 1


def _properties(number: int, **keywords: Any) -> dict[str, Any]:
    return {"properties": {f"p{n}": {"type": "string", **keywords} for n in range(number)}}


def _leading_on(number: int) -> dict[str, Any]:
    """Make a schema in which each property refers to the next two."""
    return {
        "properties": {
            f"p{n}": {
                "type": "string",
                "allOf": [{"$ref": f"#/properties/p{(n + step) % number}"} for step in (1, 2)],
            }
            for n in range(number)
        }
    }


def _within(levels: int, inner: str, text: str) -> str:
    for _ in range(levels):
        inner = text.replace("*", inner)
    return inner


_HOSTILE: dict[str, bytes] = {
    "many-properties": raw(_properties(9_000, enum=["a", "a"], descripton="x", maxLenght=1)),
    "many-patterns": raw(_properties(5_000, pattern="^(a+)+$")),
    "large-patterns": raw(_properties(3_000, pattern="^(a{1000}){1000}$")),
    "nested-pattern": raw({"pattern": "(" * 5_000 + "a" + ")" * 5_000}),
    "references-in-circles": raw(_leading_on(2_000)),
    "many-names": raw(
        {"required": [f"a{n}" for n in range(50_000)], "additionalProperties": False}
    ),
    "many-duplicates": b'{"a":{%s}}' % b",".join([b'"a":{"b":1}'] * 50_000),
    "nested-duplicates": _within(14, "1", '{"x":*,"x":*}').encode(),
    "many-values": raw({"enum": [*range(90_000), 1, 1.0]}),
    "many-faults": raw({"properties": {f"p{n}": {"type": n} for n in range(2_500)}}),
    "many-contradictions": raw(_properties(5_000, enum=[1])),
    "deep": _within(99, "{}", '{"not":*}').encode(),
    "deeper": _within(700, "{}", '{"allOf":[*]}').encode(),
}


@pytest.mark.parametrize("text", _HOSTILE.values(), ids=_HOSTILE)
def test_hostile(text: bytes) -> None:
    """What is made to be slow is looked at, and mended, within seconds of CPU."""
    begun = time.process_time()

    problems = lint(text)
    fix(text)

    assert time.process_time() - begun < 10
    assert problems
    assert len(problems) <= (Limits().violations + 1) * len(RULES)


# Any JSON at all.

_names = st.sampled_from(sorted({*KEYWORDS["2020-12"], *KEYWORDS["draft-04"], *OF_IGLU, "lenght"}))
_scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.floats(-3, 3, width=16),
    st.sampled_from(
        [*TYPES, "a", "", "#", "#/properties/a", "date", "^a+$", "(", "(?=a)", "1-0-0"]
    ),
    st.sampled_from(["#/$defs/a", "iglu:a/b/jsonschema/1-0-0", "http://a/b", "~", "%", "a/b"]),
)
_schemas = st.recursive(
    _scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(_names, inner, max_size=5),
        st.dictionaries(st.sampled_from(["a", "b", "", "a/b"]), inner, max_size=3),
    ),
    max_leaves=25,
)
_roots = st.one_of(
    _schemas,
    st.builds(
        lambda schema, uri: {**schema, "$schema": uri} if isinstance(schema, dict) else schema,
        _schemas,
        st.sampled_from([IGLU_META_SCHEMA, *(each.uri for each in DIALECTS.values()), 5]),
    ),
)
_thorough = settings(max_examples=300, suppress_health_check=[*HealthCheck], deadline=None)


def steps_of(location: str, document: Any) -> Steps:
    """Follow a JSON Pointer; it fails where it leads nowhere."""
    steps: list[str | int] = []
    for text in location.split("/")[1:]:
        name = text.replace("~1", "/").replace("~0", "~")
        step = int(name) if isinstance(document, list) else name
        document = document[step]
        steps.append(step)
    return tuple(steps)


@given(_roots)
@_thorough
@example({"$ref": "#/properties", "properties": {"$ref": 1}})
@example({"type": [["a"]], "enum": {}, "required": [[]], "properties": [1], "format": {}})
def test_any_json(schema: Any) -> None:
    """Of any JSON there are problems, each at a place that is there, and which a scan finds."""
    text = raw(schema)

    problems = lint(text)

    for problem in problems:
        assert problem.rule in RULES
        path = steps_of(problem.location, schema)
        if problem.member is not None:
            path = (*path, problem.member)
            steps_of("".join(f"/{_escaped(step)}" for step in path), schema)
        found = locate(text.decode(), [path])[path]
        if problem.member is not None:
            assert found.name is not None
            assert json.loads(text)  # which the name is in
    assert lint(text) == problems


def _escaped(step: str | int) -> str:
    return str(step).replace("~", "~0").replace("/", "~1")


@given(_roots)
@_thorough
def test_fix_any_json(schema: Any) -> None:
    """Mending ends, changes nothing that decides, and is done once."""
    mended = fix(raw(schema))

    assert fix(mended) == mended
    assert _deciding(json.loads(mended)) == _deciding(schema)


_DATA = ("enum", "const", "default", "examples")


def _deciding(value: Any) -> Any:
    """Give a schema less what mending may change."""
    if isinstance(value, list):
        return [_deciding(each) for each in value]
    if isinstance(value, dict):
        beside = {"$schema", "$supersedes", "lenght", *ANNOTATIONS, *_DATA}
        return {name: _deciding(each) for name, each in value.items() if name not in beside}
    return value


@given(st.binary(max_size=60) | st.text('{}[]":,a1 \n', max_size=60).map(str.encode))
@_thorough
def test_any_bytes(text: bytes) -> None:
    """Of any bytes there are problems, or none; mending gives bytes."""
    assert isinstance(lint(text), tuple)
    assert isinstance(fix(text), bytes)


# Real schemas.

#: What our schemas may be warned of, with the reason: they are published, so none ever changes.
_OF_STORAGE = {"numericMinMax", "stringLength", "patternLength"}
_KNOWN_WARNINGS = {
    # The verdicts are those of Snowplow's schemas: the type lets null in, and enum does not.
    "com.snowplowanalytics.snowplow/change_form/jsonschema/1-0-0": {"nullableEnum"},
    "com.snowplowanalytics.snowplow/focus_form/jsonschema/1-0-0": {"nullableEnum"},
    "com.snowplowanalytics.snowplow/submit_form/jsonschema/1-0-0": {"nullableEnum"},
    # Iglu's: a format that only Iglu's reader of schemas asserts.
    "com.snowplowanalytics.self-desc/instance/jsonschema/1-0-0": {"unknownFormats"},
}
#: What no loader makes rows of: schemas of schemas, and of requests, which are lists.
_NO_ROWS = {"contexts", "payload_data", "schema", "events"}
OUR_SCHEMAS = sorted(each for each in (ROOT / "schemas").rglob("*") if each.is_file())


@pytest.mark.parametrize("file", OUR_SCHEMAS, ids=lambda file: "/".join(file.parts[-4:]))
def test_our_schemas(file: Path) -> None:
    """Of our schemas there is no error, and no warning but of storage and those that are known."""
    path = "/".join(file.parts[-4:])
    problems = lint(file.read_bytes(), key=SchemaKey.parse(f"iglu:{path}"))

    told = {each.rule for each in problems if each.level != "note"} - _OF_STORAGE
    expected = set(_KNOWN_WARNINGS.get(path, set()))
    assert told - ({"rootObject"} if file.parts[-3] in _NO_ROWS else set()) == expected
    assert not [each for each in problems if each.level == "error"]


SHARED = ROOT.parent / "shared" / "corpora" / "iglu-central"
#: The errors in Iglu Central, which its own checks pass: each is there.
_KNOWN_ERRORS = {
    # "doc_height" stands 17 times in one object; nobody's checks look at the text.
    "com.snowplowanalytics.snowplow/elasticsearch_enriched_event/jsonschema/1-0-1": {
        "duplicateKeys"
    },
    "com.snowplowanalytics.snowplow/elasticsearch_enriched_event/jsonschema/2-0-0": {
        "duplicateKeys"
    },
    # It refers to a schema by http, which readers take for an empty one.
    "com.snowplowanalytics.sauna.commands/command/jsonschema/1-0-0": {"unusable"},
}


def of_iglu_central() -> list[tuple[SchemaKey, bytes]]:
    """Give Iglu Central's JSON Schemas."""
    if not SHARED.is_dir():
        pytest.skip("Iglu Central's schemas are not here")
    return [
        (SchemaKey.parse(f"iglu:{'/'.join(file.parts[-4:])}"), file.read_bytes())
        for file in sorted(SHARED.glob("*/*/jsonschema/*"))
    ]


@pytest.mark.shared
def test_iglu_central() -> None:
    """Iglu Central's 660 schemas, which igluctl passes, have these errors and no others."""
    registry = Registry(Directory(str(SHARED)))
    errors: dict[str, set[str]] = {}
    schemas = of_iglu_central()
    for key, text in schemas:
        for problem in lint(text, key=key, registry=registry):
            if problem.level == "error":
                errors.setdefault(key.path, set()).add(problem.rule)

    assert errors == _KNOWN_ERRORS
    assert len(schemas) == 660


@pytest.mark.shared
def test_iglu_central_mended() -> None:
    """Mending changes 2 of Iglu Central's schemas, and not what they hold."""
    changed = 0
    for _, text in of_iglu_central():
        mended = fix(text)
        changed += mended != text
        assert json.loads(mended) == json.loads(text)

    assert changed == 2
