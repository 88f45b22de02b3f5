"""The promises of DESIGN that a verdict keeps, and agreement with the reference implementation."""

import contextlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import referencing.jsonschema
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from changes import changed, places, replaced
from validator import (
    Cached,
    Directory,
    InvalidSchema,
    Limits,
    Packaged,
    Registry,
    Result,
    SchemaKey,
    Validator,
    ValidatorError,
    Violation,
)
from validator.dialects import DIALECTS

_unhurried = settings(deadline=None, max_examples=40)

_FIXTURES = Path(__file__).parents[2] / "fixtures"
_REGISTRY = Registry(Cached(Packaged()), Cached(Directory(_FIXTURES / "registry")))
_SUITES = [json.loads(file.read_bytes()) for file in sorted(_FIXTURES.glob("*.*/*/*-*-*.json"))]
_CASES = [(suite["schema"], case["data"]) for suite in _SUITES for case in suite["tests"]]
_VALIDATOR = Validator(registry=_REGISTRY)
_PLAIN = Validator(registry=_REGISTRY, formats="annotate")

_NAMES = st.sampled_from(["type", "events", "source", "data", "schema", "id", "a", "properties"])
_TEXTS = st.sampled_from(["", "a", "page-view", "iglu:", "iglu:com.acme/note/jsonschema/1-0-0"])
_SCALARS = (
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(-2, 2) | _TEXTS | st.text(max_size=3)
)
_JSON = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=4),
    max_leaves=8,
)
_ODD = st.recursive(
    _SCALARS
    | st.binary(max_size=4)
    | st.just(b'{"events": [{}]}')
    | st.integers()
    | st.floats()
    | st.complex_numbers()
    | st.dates()
    | st.builds(object)
    | st.sampled_from([int, len, ..., NotImplemented, SchemaKey, "\ud800", Validator()]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner)
        | st.sets(st.integers(), max_size=2)
        | st.dictionaries(_NAMES | st.integers() | st.none(), inner, max_size=4)
    ),
    max_leaves=8,
)


@st.composite
def _mutated(draw: st.DrawFn) -> tuple[str, Any]:
    """Draw a case of the fixtures, with a value or two that are others."""
    schema, document = draw(st.sampled_from(_CASES))
    own = st.just(document)
    return schema, draw(own | changed(own, _JSON, most=2))


@st.composite
def _schemas(draw: st.DrawFn, levels: int = 2) -> dict[str, Any]:
    """Draw a schema whose keywords have values of their types, and may refer to another."""
    inner = _schemas(levels - 1) if levels else st.just({})
    several = st.lists(inner, min_size=1, max_size=3)
    keywords = {
        "type": st.sampled_from(["object", "array", "string", "number", "integer", "null"]),
        "enum": st.lists(_JSON, min_size=1, max_size=3, unique_by=json.dumps),
        "minimum": st.integers(-2, 2),
        "maximum": st.integers(-2, 2),
        "minLength": st.integers(0, 2),
        "maxItems": st.integers(0, 2),
        "maxProperties": st.integers(0, 2),
        "uniqueItems": st.booleans(),
        "required": st.lists(_NAMES, min_size=1, max_size=2, unique=True),
        "properties": st.dictionaries(_NAMES, inner, max_size=3),
        "additionalProperties": inner | st.booleans(),
        "patternProperties": st.dictionaries(st.sampled_from(["a", "^s"]), inner, max_size=2),
        "items": inner,
        "allOf": several,
        "anyOf": several,
        "oneOf": several,
        "not": inner,
        "$ref": st.just("#/definitions/x"),
    }
    chosen = draw(st.sets(st.sampled_from(sorted(keywords)), max_size=3))
    schema = {keyword: draw(keywords[keyword]) for keyword in sorted(chosen)}
    return schema | ({"definitions": {"x": draw(inner)}} if draw(st.booleans()) else {})


# Promise 1.


@_unhurried
@given(st.binary() | st.builds(lambda document: json.dumps(document).encode(), _JSON))
def test_any_bytes(raw: bytes) -> None:
    """For any bytes, public calls return a `Result` or raise one of our exceptions."""
    assert isinstance(_VALIDATOR.check(raw), Result)
    assert isinstance(_VALIDATOR.validate(raw), Result)


@_unhurried
@given(_ODD, st.none() | _ODD)
def test_any_object(document: Any, schema: Any) -> None:
    """For any Python object, public calls return a `Result` or raise one of our exceptions."""
    for call in (_VALIDATOR.check, _VALIDATOR.validate):
        with contextlib.suppress(ValidatorError):
            assert isinstance(call(document, schema), Result)


@_unhurried
@given(_schemas() | _JSON, st.sampled_from(sorted(DIALECTS)), st.data())
def test_any_schema(schema: Any, dialect: str, data: st.DataObject) -> None:
    """For any schema, public calls return a `Result` or raise one of our exceptions."""
    path = data.draw(st.sampled_from(list(places(schema))))
    words = {"$ref": "#/a", "$id": "http://a/b", "$dynamicRef": "#x", "$schema": "x", "id": "#a"}
    odd = data.draw(_JSON | st.just(...) | st.just({"$ref": "#"}) | st.just(words))
    with contextlib.suppress(ValidatorError):
        result = Validator(dialect=dialect).validate(b"{}", replaced(schema, path, odd))
        assert isinstance(result, Result)


# Promise 3.


@_unhurried
@given(_mutated(), st.integers(1, 5), st.integers(1, 30), st.integers(40, 60), st.booleans())
def test_bounds(
    case: tuple[str, Any],
    most: int,
    location: int,
    message: int,
    show_values: bool,  # noqa: FBT001  # drawn
) -> None:
    """Message length and number of violations are bounded per call."""
    limits = Limits(violations=most, location=location, message=message)
    validator = Validator(registry=_REGISTRY, limits=limits, show_values=show_values)
    result = validator.check(json.dumps(case[1]).encode(), case[0])

    assert len(result.violations) <= most
    for each in result.violations:
        for told in (each, *(inner for branch in each.branches for inner in branch)):
            places = (told.keyword_location, told.absolute_keyword_location)
            assert len(told.message) <= message
            assert all(len(place or "") <= location for place in (told.instance_location, *places))


# Promise 5.


@_unhurried
@given(_mutated())
def test_same_output(case: tuple[str, Any]) -> None:
    """Same input: same output, byte for byte."""
    schema, raw = case[0], json.dumps(case[1]).encode()
    one, two = _VALIDATOR.validate(raw, schema), Validator(registry=_REGISTRY).validate(raw, schema)
    assert repr(one) == repr(two)
    assert json.dumps(one.to_dict()) == json.dumps(two.to_dict())


# Decision 4.

_SECRET = "S3CR3T"
_NUMBER = 918_273_645


def _secretly(document: Any) -> Any:
    """Give a document whose every text and number is a secret."""
    if isinstance(document, dict):
        return {name: _secretly(member) for name, member in document.items()}
    if isinstance(document, list):
        return [_secretly(member) for member in document]
    if isinstance(document, str):
        return _SECRET
    return _NUMBER if type(document) in (int, float) else document


def _told(violations: tuple[Violation, ...]) -> str:
    return re.sub("[,_]", "", str(violations))


@_unhurried
@given(_mutated())
def test_no_value_is_told(case: tuple[str, Any]) -> None:
    """Messages carry no payload values unless asked."""
    schema, raw = case[0], json.dumps(_secretly(case[1])).encode()
    for result in (_VALIDATOR.check(raw), _VALIDATOR.check(raw, schema)):
        assert _SECRET not in _told(result.violations)
        assert str(_NUMBER) not in _told(result.violations)


@_unhurried
@given(_schemas(), _JSON)
def test_no_value_is_told_by_any_rule(schema: dict[str, Any], document: Any) -> None:
    """Messages carry no payload values unless asked, whichever rule is broken."""
    try:
        result = _VALIDATOR.validate(json.dumps(_secretly(document)).encode(), schema)
    except InvalidSchema:
        assume(False)  # noqa: FBT003  # as hypothesis has it
    assert _SECRET not in _told(result.violations)
    assert str(_NUMBER) not in _told(result.violations)


@pytest.mark.parametrize("value", [_SECRET, _NUMBER, [_SECRET], {"a": _NUMBER}], ids=repr)
def test_value_is_told(value: Any) -> None:
    """Messages carry payload values where that is asked for."""
    result = Validator(show_values=True).check(json.dumps(value).encode(), {"not": {}})
    assert _SECRET in _told(result.violations) or str(_NUMBER) in _told(result.violations)


# The reference implementation.


def _pattern(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[jsonschema.ValidationError]:
    """Match as JSON Schema has it: the end of a text is not before its last newline."""
    if isinstance(instance, str) and not re.search(pattern.replace("$", r"\Z"), instance):
        yield jsonschema.ValidationError("pattern")


def _reference(schema: Any, dialect: str) -> Any:
    """Make the validator of the reference implementation, which finds schemas as ours does."""
    specification = DIALECTS[dialect].specification

    def retrieve(uri: str) -> referencing.Resource[Any]:
        return specification.create_resource(_REGISTRY.retrieve(SchemaKey.parse(uri)).contents)

    kind = jsonschema.validators.validator_for({"$schema": DIALECTS[dialect].uri})
    known = referencing.jsonschema.EMPTY_REGISTRY.combine(
        referencing.Registry(retrieve=retrieve)  # type: ignore[call-arg]  # attrs alias
    )
    return jsonschema.validators.extend(kind, {"pattern": _pattern})(schema, registry=known)


_REFERENCES = {
    suite["schema"]: _reference(
        _REGISTRY.retrieve(SchemaKey.parse(suite["schema"])).contents, "draft-04"
    )
    for suite in _SUITES
}


@_unhurried
@given(_mutated())
def test_reference_agrees(case: tuple[str, Any]) -> None:
    """`jsonschema` is the reference: on documents like those of the fixtures it says the same."""
    schema, document = case
    raw = json.dumps(document).encode()
    assert bool(_PLAIN.validate(raw, schema)) is _REFERENCES[schema].is_valid(document)


@pytest.mark.parametrize("dialect", DIALECTS)
@_unhurried
@given(schema=_schemas(), documents=st.lists(_JSON, min_size=3, max_size=3))
def test_reference_agrees_on_any_schema(
    dialect: str, schema: dict[str, Any], documents: list[Any]
) -> None:
    """`jsonschema` is the reference: on schemas of each dialect it says the same."""
    ours = Validator(formats="annotate", dialect=dialect)
    try:
        ours.compile(schema)
    except InvalidSchema:
        assume(False)  # noqa: FBT003  # as hypothesis has it
    reference = _reference(schema, dialect)
    for document in documents:
        raw = json.dumps(document).encode()
        assert bool(ours.validate(raw, schema)) is reference.is_valid(document)


@pytest.mark.parametrize(
    ("schema", "document", "ours"),
    [
        ({"multipleOf": 0.01}, 19.99, True),
        ({"pattern": "^abc$"}, "abc\n", False),
        ({"pattern": r"^\d$"}, "\N{ARABIC-INDIC DIGIT ONE}", False),
        ({"dependencies": {"a": ["b"]}}, {"a": 1}, False),
    ],
    ids=["multiple-of-a-fraction", "newline-at-the-end", "digits-of-other-scripts", "dependencies"],
)
def test_known_differences(schema: Any, document: Any, ours: bool) -> None:  # noqa: FBT001  # a column of the table
    """Each known difference from the reference is here: where it is wrong, or more lenient."""
    kind = jsonschema.validators.Draft202012Validator
    assert bool(_PLAIN.validate(json.dumps(document).encode(), schema)) is ours
    assert kind(schema).is_valid(document) is not ours
