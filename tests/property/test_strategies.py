"""Documents are drawn of any schema there is one of: of schemas that are themselves drawn."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator import Validator, ValidatorError
from validator.dialects import DIALECTS
from validator.drawing import examples
from validator.errors import NothingToDraw
from validator.strategies import from_schema

_unhurried = settings(deadline=None, max_examples=60)
_NAMES = st.sampled_from(["a", "b", "type", "x-1"])
_VALUES = st.sampled_from([None, True, 0, 1, 1.5, "", "a", "abc", [], [1], {}, {"a": 1}])
_COUNTS = st.integers(0, 3)


@st.composite
def _schemas(draw: st.DrawFn, levels: int = 2) -> dict[str, Any]:
    """Draw a schema whose keywords have values of their types."""
    inner = _schemas(levels - 1) if levels else st.just({})
    several = st.lists(inner, min_size=1, max_size=2)
    members = st.dictionaries(_NAMES, inner, max_size=2)
    keywords = {
        "type": st.sampled_from(["object", "array", "string", "number", "integer", "null"]),
        "enum": st.lists(_VALUES, min_size=1, max_size=3, unique_by=json.dumps),
        "minimum": st.integers(-2, 2),
        "maximum": st.integers(-2, 2),
        "multipleOf": st.sampled_from([1, 2, 0.5, 0.01]),
        "minLength": _COUNTS,
        "maxLength": _COUNTS,
        "pattern": st.sampled_from(["^a", "b$", "[0-9]", "^$", "^[a-z]{2,}$"]),
        "format": st.sampled_from(["date-time", "email", "ipv4"]),
        "minItems": _COUNTS,
        "maxItems": _COUNTS,
        "uniqueItems": st.booleans(),
        "items": inner,
        "minProperties": _COUNTS,
        "maxProperties": _COUNTS,
        "required": st.lists(_NAMES, min_size=1, max_size=2, unique=True),
        "properties": members,
        "patternProperties": st.dictionaries(st.sampled_from(["a", "^t"]), inner, max_size=2),
        "additionalProperties": inner | st.booleans(),
        "dependencies": st.dictionaries(_NAMES, inner | st.lists(_NAMES, unique=True, min_size=1)),
        "allOf": several,
        "anyOf": several,
        "oneOf": several,
        "not": inner,
    }
    chosen = draw(st.lists(st.sampled_from(sorted(keywords)), max_size=4, unique=True))
    return {keyword: draw(keywords[keyword]) for keyword in chosen}


@pytest.mark.parametrize("dialect", DIALECTS)
@_unhurried
@given(schema=_schemas(), seed=st.integers(0, 1000))
def test_documents_are_valid(dialect: str, schema: dict[str, Any], seed: int) -> None:
    """Of any schema, each document that is drawn is valid, or it is said that there is none."""
    try:
        documents = examples(schema, 3, seed=seed, dialect=dialect)
    except NothingToDraw:
        documents = []
    judge = Validator(dialect=dialect)
    assert all(judge.validate(json.dumps(each).encode(), schema) for each in documents)


@pytest.mark.parametrize("dialect", DIALECTS)
@_unhurried
@given(schema=_schemas(), document=_VALUES)
def test_what_has_a_document_is_drawn_of(
    dialect: str, schema: dict[str, Any], document: Any
) -> None:
    """A schema that accepts some document is not said to have none."""
    judge = Validator(dialect=dialect)
    try:
        accepts = bool(judge.validate(json.dumps(document).encode(), schema))
    except ValidatorError:
        accepts = False
    if accepts:
        assert len(examples(schema, 1, dialect=dialect)) == 1


@pytest.mark.parametrize("dialect", DIALECTS)
@_unhurried
@given(schema=_schemas(), seed=st.integers(0, 1000))
def test_near_misses_name_the_rule(dialect: str, schema: dict[str, Any], seed: int) -> None:
    """Of any schema, a near miss has one violation: of the rule that it names."""
    try:
        misses = examples(schema, 3, seed=seed, dialect=dialect, invalid=True)
    except NothingToDraw:
        misses = []
    judge = Validator(dialect=dialect)
    for each in misses:
        (told,) = judge.validate(json.dumps(each.document).encode(), schema).violations
        assert told.keyword_location == each.keyword_location
        assert told.instance_location == each.instance_location


@_unhurried
@given(data=st.data())
def test_strategies_draw_what_is_valid(data: st.DataObject) -> None:
    """What Hypothesis draws of a schema that it drew is valid."""
    schema = data.draw(_schemas())
    try:
        documents = from_schema(schema)
    except NothingToDraw:
        return
    document = data.draw(documents)
    assert Validator().validate(json.dumps(document).encode(), schema)
