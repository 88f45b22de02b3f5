"""The one adapter to the engine: what compiles, what is listed, what is refused as too complex."""

import inspect
import json
import sys
from typing import Any

import pytest

from validator import InMemory, InvalidSchema, Limits, Registry, Validator
from validator.closure import gather
from validator.dialects import DEFAULT, DIALECTS, IGLU_META_SCHEMA, Dialect
from validator.engine import (
    Compiled,
    Engine,
    Findings,
    Formats,
    compile_schema,
    faults,
    finder,
    refuse_invalid,
)
from validator.registry import GIVEN, Schema, schema_of

_LINEAR_ONLY = "is too large, or not one that the engine takes"


def _schema(contents: Any, dialect: Dialect = DEFAULT) -> Schema:
    decoded = json.loads(json.dumps(contents))  # no part of which stands in two places
    return schema_of(decoded, uri=GIVEN, dialect=dialect)


def _compiled(
    contents: Any,
    *others: dict[str, Any],
    dialect: Dialect = DEFAULT,
    formats: Formats = "assert",
    **limits: int,
) -> Compiled:
    bounds = Limits(**limits)
    registry = Registry(InMemory(others))
    closure = gather(_schema(contents, dialect), registry.retrieve, bounds)
    return compile_schema(closure, limits=bounds, formats=formats)


def _evaluated(contents: Any, document: Any, **options: Any) -> Findings:
    compiled = _compiled(contents, **options)
    return compiled.evaluate(document, len(json.dumps(document)))


def _named(name: str, **keywords: Any) -> dict[str, Any]:
    own = {"vendor": "a", "name": name, "format": "jsonschema", "version": "1-0-0"}
    return {"self": own, **keywords}


# Schemas.


@pytest.mark.parametrize(
    ("contents", "problem"),
    [
        ({"type": "strin"}, "at /type: fits none of 2 alternatives"),
        ({"properties": {"a/b": {"minimum": "1"}}}, "at /properties/a~1b/minimum: must be of type"),
        ({"allOf": [5]}, "at /allOf/0: must be of type boolean or object"),
        ({"properties": {"": {"type": 5}}}, "at /properties//type: "),
        ({"properties": {"007": {"type": 5}}}, "at /properties/007/type: "),
        ({"$id": 5}, r"at /\$id: must be of type string"),
        ({"minLength": -1}, "at /minLength: must be 0 or more"),
    ],
    ids=["type", "pointer", "no-schema", "empty-name", "number", "identifier", "negative"],
)
def test_invalid_in_its_dialect(contents: Any, problem: str) -> None:
    """A schema that is not one of its dialect is refused, with the place where it is not."""
    with pytest.raises(InvalidSchema, match=problem):
        refuse_invalid(_schema(contents), Limits())


@pytest.mark.parametrize("name", ["draft-06", "draft-07"])
def test_no_regular_expression(name: str) -> None:
    """Where a dialect has patterns be regular expressions, what is none is told as such."""
    with pytest.raises(InvalidSchema, match=r"the pattern '\(' is not a regular expression"):
        refuse_invalid(_schema({"pattern": "("}, DIALECTS[name]), Limits())
    with pytest.raises(InvalidSchema, match=_LINEAR_ONLY):
        _compiled({"pattern": "("})


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_valid_in_its_dialect(dialect: Dialect) -> None:
    """Each dialect has rules of its own: draft-04 alone says exclusiveMinimum with a boolean."""
    contents = {"minimum": 1, "exclusiveMinimum": True}
    if dialect.name == "draft-04":
        refuse_invalid(_schema(contents, dialect), Limits())
        return
    with pytest.raises(InvalidSchema, match="at /exclusiveMinimum: must be of type number"):
        refuse_invalid(_schema(contents, dialect), Limits())


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
@pytest.mark.parametrize("contents", [True, False], ids=["true", "false"])
def test_boolean_schema(contents: bool, dialect: Dialect) -> None:  # noqa: FBT001  # a schema
    """A boolean is a schema that takes everything, or nothing."""
    refuse_invalid(_schema(contents, dialect), Limits())
    assert (_evaluated(contents, {}, dialect=dialect) == Findings()) is contents


@pytest.mark.parametrize(
    ("dialect", "document"),
    [("draft-04", 1.0), ("draft-06", 1.0), ("draft-07", 1), ("2019-09", 1), ("2020-12", 1)],
)
def test_dialects(dialect: str, document: float) -> None:
    """A schema is judged by its dialect: draft-04 has no integer that is written with a dot."""
    found = _evaluated({"type": "integer"}, document, dialect=DIALECTS[dialect])
    assert (found == Findings()) is (dialect != "draft-04")


def test_dialect_of_another_schema() -> None:
    """A schema that is referred to is judged by its own dialect."""
    uri = "iglu:a/b/jsonschema/1-0-0"
    other = _named("b", **{"$schema": f"{DIALECTS['draft-04'].uri}#"}, exclusiveMinimum=True)
    other["minimum"] = 1
    found = _compiled({"$ref": uri}, other).evaluate(1, 1)
    assert [each.message for each in found.violations] == ["must be greater than 1"]


@pytest.mark.parametrize("formats", ["assert", "annotate"])
@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_formats(formats: Formats, dialect: Dialect) -> None:
    """Formats decide in every dialect, or in none."""
    found = _evaluated({"format": "date"}, "x", formats=formats, dialect=dialect)
    assert (found == Findings()) is (formats == "annotate")


_UUID = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
_DRAFT_04 = DIALECTS["draft-04"]
_UUIDS: list[tuple[Any, bool]] = [
    (_UUID, True),
    (_UUID.upper(), True),
    ("00000000-0000-0000-0000-000000000000", True),
    ("ffffffff-ffff-ffff-ffff-ffffffffffff", True),
    ("", False),
    ("x", False),
    (_UUID[:-1], False),
    (f"{_UUID}0", False),
    (f" {_UUID}", False),
    (f"{_UUID}\n", False),
    (f"\n{_UUID}", False),
    (f"{_UUID}\n{_UUID}", False),
    (_UUID.replace("-", ""), False),
    (f"{{{_UUID}}}", False),
    (f"urn:uuid:{_UUID}", False),
    (_UUID.replace("f", "g"), False),
    (_UUID.replace("0", "\u0660"), False),
    (_UUID.replace("-", "\u2010"), False),
    (1, True),
    (None, True),
    ([_UUID[1:]], True),
]


def _ways(compiled: Compiled, document: Any) -> set[bool]:
    """Ask the judge that decides and the one that explains."""
    return {compiled.is_valid(document), compiled._judge.is_valid(document)}


@pytest.mark.parametrize("backtracks", [0, 1_000])
@pytest.mark.parametrize(("document", "valid"), _UUIDS, ids=[ascii(case[0]) for case in _UUIDS])
def test_uuid(document: Any, valid: bool, backtracks: int) -> None:  # noqa: FBT001  # a column
    """In draft-04 a text with the format uuid is one, of either case; other values are let be."""
    compiled = _compiled({"format": "uuid"}, dialect=_DRAFT_04, backtracks=backtracks)
    assert _ways(compiled, document) == {valid}
    assert (compiled.evaluate(document, 99) == Findings()) is valid


def test_message_of_a_uuid() -> None:
    """What is no UUID is told as broken format: the pattern that decides is never seen."""
    contents = {"properties": {"id": {"type": "string", "format": "uuid"}}}
    (found,) = _evaluated(contents, {"id": "x"}, dialect=_DRAFT_04).violations
    assert (found.keyword, found.instance_location) == ("format", "/id")
    assert found.keyword_location == "/properties/id/format"
    assert "format uuid" in found.message


def test_alternatives_with_a_uuid() -> None:
    """Neither is it seen in what each alternative lacks."""
    contents = {"anyOf": [{"format": "uuid", "allOf": [{"maxLength": 50}]}, {"type": "null"}]}
    (found,) = _evaluated(contents, "x", dialect=_DRAFT_04).violations
    assert [[each.keyword for each in branch] for branch in found.branches] == [
        ["format"],
        ["type"],
    ]


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_uuid_by_dialect(dialect: Dialect) -> None:
    """Draft-06 and -07 have no such format, and later dialects have their own."""
    valid = _evaluated({"format": "uuid"}, "x", dialect=dialect) == Findings()
    assert valid is (dialect.name in {"draft-06", "draft-07"})


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_uuid_that_only_says(dialect: Dialect) -> None:
    """Where formats only say what is meant, uuid does, too."""
    compiled = _compiled({"format": "uuid"}, dialect=dialect, formats="annotate")
    assert _ways(compiled, "x") == {True}


def _iglu(name: str, **keywords: Any) -> dict[str, Any]:
    return _named(name, **{"$schema": IGLU_META_SCHEMA}, **keywords)


@pytest.mark.parametrize(
    ("contents", "others"),
    [
        ({"items": {"$ref": "iglu:a/x/jsonschema/1-0-0"}}, [_iglu("x", format="uuid")]),
        (
            {"items": {"$ref": "iglu:a/x/jsonschema/1-0-0#/definitions/y"}},
            [_iglu("x", definitions={"y": {"format": "uuid"}})],
        ),
        ({"items": {"$ref": "#/definitions/y"}, "definitions": {"y": {"format": "uuid"}}}, []),
        ({"items": {"$ref": "#/odd/y"}, "odd": {"y": {"format": "uuid"}}}, []),
        ({"items": {"$ref": "#/enum/0"}, "enum": [{"format": "uuid"}, ["x"], [_UUID]]}, []),
        ({"items": {"format": "uuid"}, "default": {"format": "uuid"}}, []),
        ({"items": {"format": "uuid"}, "not": {"$ref": "#/no"}, "no": {"format": "uuid"}}, []),
        ({"items": {"allOf": [{"format": "uuid"}], "format": "uuid"}}, []),
        ({"items": {"allOf": [{"minLength": 99}], "format": "uuid"}, "no": {}}, []),
        ({"items": [{"format": "uuid"}], "additionalItems": {"format": "uuid"}}, []),
        ({"items": {"format": "uuid"}, "additionalProperties": False}, []),
    ],
    ids=[
        "another",
        "in-another",
        "definition",
        "outside-keywords",
        "in-a-value",
        "beside-a-value",
        "in-a-reference-that-holds",
        "twice",
        "beside-others",
        "additional-items",
        "beside-a-boolean",
    ],
)
def test_where_a_uuid_is_asked_for(contents: Any, others: list[dict[str, Any]]) -> None:
    """Wherever the format stands, the judge that decides and the one that explains agree."""
    compiled = _compiled(contents, *others, dialect=_DRAFT_04)
    for document, valid in ((["x"], False), ([_UUID], "no" not in contents)):
        assert _ways(compiled, document) == {valid}


@pytest.mark.parametrize(
    ("contents", "judges"),
    [
        ({"format": "date"}, 1),
        ({"format": "uuid"}, 2),
        ({"format": "uuid", "enum": [{"format": "uuid"}]}, 1),
        ({"properties": {"format": {"enum": ["uuid"]}}}, 1),
    ],
    ids=["not-asked-for", "asked-for", "in-a-value", "a-name"],
)
def test_the_quick_judge_is_one_of_its_own(contents: Any, judges: int) -> None:
    """A second judge, which need not ask Python, is made only where it can replace the first."""
    compiled = _compiled(contents, dialect=_DRAFT_04)
    decides: Any = compiled.is_valid
    assert len({id(decides.__self__), id(compiled._judge)}) == judges


def test_formats_are_replaced_in_a_copy() -> None:
    """The schema that is compiled stays what it was."""
    schema = _schema({"items": [{"format": "uuid"}], "allOf": [{}]}, _DRAFT_04)
    before = json.dumps(schema.contents)
    closure = gather(schema, Registry(InMemory([])).retrieve, Limits())
    compile_schema(closure, limits=Limits(), formats="assert")
    assert json.dumps(schema.contents) == before


@pytest.mark.parametrize("number", [1, 9_900])
def test_uuid_among_many_patterns(number: int) -> None:
    """What takes a uuid's place fits beside as many patterns as a schema may have."""
    patterns = {str(n): {"pattern": "a"} for n in range(number)}
    compiled = _compiled({"format": "uuid", "properties": patterns}, dialect=_DRAFT_04)
    assert _ways(compiled, "x") == {False}


@pytest.mark.parametrize(
    ("pattern", "fits", "fits_not"),
    [("(?=a)", "a", "b"), ("(?<!a)b", "b", "ab"), (r"(a)\1", "aa", "ab")],
    ids=["ahead", "behind", "back"],
)
def test_look_around(pattern: str, fits: str, fits_not: str) -> None:
    """The linear engine takes no look-around, and says what does."""
    with pytest.raises(InvalidSchema, match=rf"{_LINEAR_ONLY}; Limits\(backtracks=100_000\)"):
        _compiled({"pattern": pattern})
    assert _evaluated({"pattern": pattern}, fits, backtracks=1_000) == Findings()
    assert _evaluated({"pattern": pattern}, fits_not, backtracks=1_000) != Findings()


def test_pattern_of_a_name() -> None:
    """A pattern for names is told with its place."""
    with pytest.raises(InvalidSchema, match=r"at /patternProperties/\(\?=a\): the pattern"):
        _compiled({"patternProperties": {"(?=a)": {}}})


@pytest.mark.parametrize("backtracks", [0, 1_000])
def test_large_patterns(backtracks: int) -> None:
    """The patterns of a schema share the memory that they may take."""
    large = {"pattern": "^(a{100}){90}$"}
    assert _evaluated(large, "a", backtracks=backtracks) != Findings()
    with pytest.raises(InvalidSchema, match=_LINEAR_ONLY) as caught:
        _compiled({"allOf": [large] * 500}, backtracks=backtracks)
    assert "look-around" not in caught.value.problem


def test_pattern_of_another_schema() -> None:
    """That a pattern may stand in a schema that is referred to is told."""
    other = _named("b", definitions={"x": {"pattern": "(?=a)"}})
    with pytest.raises(InvalidSchema, match="in it or in what it refers to, at /definitions/x"):
        _compiled({"$ref": "iglu:a/b/jsonschema/1-0-0#/definitions/x"}, other)


@pytest.mark.parametrize(
    "contents",
    [{"items": {"$id": "http://a b/"}}, {"not": {"$ref": "#/\0"}, "\0": {}}],
    ids=["no-uri", "no-reference"],
)
def test_what_the_engine_refuses(contents: Any) -> None:
    """What the engine takes for no URI is refused, in few words."""
    with pytest.raises(InvalidSchema) as caught:
        _compiled(contents, message=40)
    assert len(caught.value.problem) <= 60


# Documents.


def test_valid() -> None:
    """A document without fault has no findings."""
    assert _evaluated({"type": "object"}, {}) == Findings((), truncated=False)


def test_order() -> None:
    """Violations come in the order of the evaluation, the same each time."""
    contents = {"required": ["a", "b"], "properties": {"c": {"type": "string"}}, "maxProperties": 0}
    compiled = _compiled(contents)
    found = [compiled.evaluate({"c": 1}, 7) for _ in range(3)]
    assert found[0] == found[1] == found[2]
    assert [(each.keyword, each.instance_location) for each in found[0].violations] == [
        ("maxProperties", ""),
        ("required", ""),
        ("required", ""),
        ("type", "/c"),
    ]


@pytest.mark.parametrize(("number", "truncated"), [(2, False), (3, False), (4, True)])
def test_as_many_violations(number: int, truncated: bool) -> None:  # noqa: FBT001  # a parameter
    """As many violations are listed as may be, and it is told that there are more."""
    found = _evaluated({"items": {"type": "string"}}, [1] * number, violations=3)
    assert (len(found.violations), found.truncated) == (min(number, 3), truncated)


@pytest.mark.parametrize(("most", "listed"), [(0, 0), (1, 1), (2, 2), (9, 3)])
def test_violations_that_are_wanted(most: int, listed: int) -> None:
    """Where fewer are wanted, fewer are listed."""
    compiled = _compiled({"items": {"type": "string"}})
    found = compiled.evaluate([1, 2, 3], 9, most=most)
    assert (len(found.violations), found.truncated) == (listed, most < 3)


def test_place_of_a_part() -> None:
    """The violations of a part of a document have their places in the whole."""
    found = _compiled({"items": False}).evaluate([1], 3, at=("events", 2))
    assert [each.instance_location for each in found.violations] == ["/events/2/0"]


_NAME = "n" * 100_000
_LONG: list[tuple[str, Any, Any]] = [
    ("values", {"items": {"type": "string"}}, [1] * 20_001),
    ("rules", {"items": {"allOf": [{"type": "string"}] * 50}}, [1] * 5_000),
    ("text", {"allOf": [{"maxLength": 1}] * 40}, "a" * 400_000),
    ("options", {"items": {"enum": [*range(50_000)]}}, ["a"] * 200),
    ("names", {"additionalProperties": {"items": {"type": "string"}}}, {_NAME: [1] * 300}),
    ("names-told", {"properties": {_NAME: {"items": {"type": "string"}}}}, {_NAME: [1] * 300}),
    ("property-names", {"propertyNames": {"maxLength": 1}}, {f"n{n}": 1 for n in range(1_000)}),
]


@pytest.mark.parametrize(
    ("contents", "document"), [case[1:] for case in _LONG], ids=[case[0] for case in _LONG]
)
def test_long_list(contents: Any, document: Any) -> None:
    """Where a list could take too much memory, the first violation stands for all."""
    found = _evaluated(contents, document)
    assert len(found.violations) == 1
    assert found.truncated


def test_explained_values() -> None:
    """A document of as many values as are explained is explained, one of more is not."""
    contents = {"items": {"type": "string"}}
    assert len(_evaluated(contents, [1] * 9, explained_values=10).violations) == 9
    assert len(_evaluated(contents, [1] * 10, explained_values=10).violations) == 1


# What is too complex.


def test_as_much_work() -> None:
    """A document is judged if that takes as many steps as may be, and refused if it takes more."""
    contents = {"items": {"not": {"type": "string"}}}
    assert _evaluated(contents, [1] * 9, evaluations=30) == Findings()
    (found,) = _evaluated(contents, [1] * 10, evaluations=30).violations
    assert found.code == "TooComplex"
    assert found.message == (
        "judging 11 values, nested 1 deep, could take this schema more than 30 steps"
    )


def test_long_text() -> None:
    """A text that is matched again and again is work, like many values."""
    contents = {"allOf": [{"pattern": "a"}] * 99}
    assert _evaluated(contents, "a" * 900, evaluations=5_000) == Findings()
    (found,) = _evaluated(contents, "a" * 1_100, evaluations=5_000).violations
    assert found.code == "TooComplex"


def test_too_deep_for_a_schema() -> None:
    """A schema that doubles its work at each level judges shallow documents alone."""
    twice = {"items": {"allOf": [{"$ref": "#"}, {"$ref": "#"}]}}
    document: Any = []
    for _ in range(13):
        document = [document]
    assert _evaluated(twice, document) == Findings()
    (found,) = _evaluated(twice, [document]).violations
    assert found.code == "TooComplex"


def test_growth() -> None:
    """What has grown since it was measured is measured again."""
    compiled = _compiled({"items": {"not": {"type": "string"}}}, evaluations=30)
    assert compiled.evaluate([1] * 10, 20, growth=1) == Findings()
    (found,) = compiled.evaluate([1] * 10, 20, growth=7).violations
    assert found.code == "TooComplex"


def test_place_of_a_refusal() -> None:
    """A part that is too complex is told with its place, cut where that is long."""
    compiled = _compiled({"required": ["a", "b"]}, evaluations=1, location=12)
    found = compiled.evaluate({}, 100, at=("events", 1, "properties"))
    assert [each.instance_location for each in found.violations] == ["/events/1"]


def test_no_second_opinion() -> None:
    """A document that jsonschema can't judge, since it runs out of stack, is TooComplex."""
    document: object = 1
    for _ in range(60):
        document = {"a": document}
    schema = {"additionalProperties": {"$ref": "#"}}
    engines: tuple[Engine, Engine] = ("jsonschema-rs", "jsonschema")
    first, second = (Validator(engine=each, limits=Limits(message=100)) for each in engines)
    assert first.validate(document, schema)
    assert second.validate(document, schema)

    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 200)
    try:
        assert first.validate(document, schema)
        (violation,) = second.validate(document, schema).violations
    finally:
        sys.setrecursionlimit(usual)
    assert violation.code == "TooComplex"
    assert violation.message.startswith("jsonschema came to no verdict: ")


# What lint asks.


@pytest.mark.parametrize("name", DIALECTS)
def test_faults(name: str) -> None:
    """All that the meta-schema refuses is listed with its place, of a long schema the first."""
    wrong = {"type": "text", "properties": {"a/b": {"minLength": -1}}}

    found = faults(_schema(wrong, DIALECTS[name]), Limits())
    long = faults(_schema({**wrong, "title": "x" * 60_000}, DIALECTS[name]), Limits())

    assert sorted(path for path, _ in found) == [("properties", "a/b", "minLength"), ("type",)]
    assert dict(found)["properties", "a/b", "minLength"] == "must be 0 or more"
    assert len(long) == 1
    assert long[0] in found
    assert len(faults(_schema(wrong, DIALECTS[name]), Limits(violations=1))) == 1
    assert faults(_schema({"type": "string"}, DIALECTS[name]), Limits()) == []


def test_fault_of_a_pattern() -> None:
    """A pattern that is no regular expression is told as such."""
    wrong = {"$schema": IGLU_META_SCHEMA, "pattern": "("}

    assert faults(_schema(wrong), Limits()) == [(("pattern",), "must be a regular expression")]


def test_finder() -> None:
    """A pattern is asked where the limits allow it: by its kind, and by its size among others."""
    found_in = finder("^a", Limits())
    look_ahead = finder("^(?!a)", Limits(backtracks=100))

    assert found_in is not None
    assert (found_in("ab"), found_in("ba")) == (True, False)
    assert look_ahead is not None
    assert (look_ahead("ab"), look_ahead("ba")) == (False, True)
    assert finder("^(?!a)", Limits()) is None
    assert finder("(", Limits(backtracks=100)) is None
    assert finder("^a{500}$", Limits()) is not None
    assert finder("^a{500}$", Limits(), 1_000_000) is None
