"""The engine: the judge that decides and the one that explains say the same of any document."""

import json
from typing import Any

import jsonschema_rs
from hypothesis import given
from hypothesis import strategies as st

from validator import InMemory, InvalidSchema, Limits, Registry
from validator.closure import gather
from validator.dialects import DIALECTS
from validator.engine import Compiled, Formats, compile_schema, refuse_invalid
from validator.places import place_of
from validator.registry import GIVEN, schema_of
from validator.results import json_pointer

_UUID = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
_NAMES = st.sampled_from(["a", "b", "format", "enum"])
_TEXTS = st.sampled_from(
    [_UUID, _UUID.upper(), f"{_UUID}\n", _UUID[1:], "", "uuid"]
) | st.uuids().map(str)
_DOCUMENTS = st.recursive(
    _TEXTS | st.none() | st.integers(0, 2),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=3),
    max_leaves=6,
)
_FORMAT = st.sampled_from([{"format": "uuid"}] * 3 + [{"format": "date"}, {"type": "string"}, {}])


@st.composite  # so that it is written in few words, which hypothesis minds
def _schemas(draw: st.DrawFn, inner: st.SearchStrategy[Any]) -> Any:
    several = st.lists(inner, min_size=1, max_size=2)
    optional: dict[str, st.SearchStrategy[Any]] = {
        "allOf": several,
        "anyOf": several,
        "oneOf": several,
        "not": inner,
        "items": inner | several,
        "additionalItems": inner,
        "properties": st.dictionaries(_NAMES, inner, max_size=2),
        "patternProperties": st.dictionaries(st.sampled_from(["^a", "b$"]), inner, max_size=1),
        "additionalProperties": inner,
        "dependencies": st.dictionaries(_NAMES, inner, max_size=1),
        "definitions": st.dictionaries(st.just("d"), inner, max_size=1),
        "default": inner,
        "enum": st.lists(inner | _TEXTS, min_size=1, max_size=2, unique_by=repr),
        "odd": inner,
        "format": st.sampled_from(["uuid", "date"]),
        "$ref": st.sampled_from(["#/definitions/d", "#/odd", "#/default", "#/enum/0", "#/items"]),
    }
    drawn = st.fixed_dictionaries({}, optional=optional)
    # So that references lead somewhere.
    led = {"definitions": st.fixed_dictionaries({"d": inner}), "odd": inner, "items": inner}
    return draw(drawn | st.fixed_dictionaries(led))


_SCHEMAS = st.recursive(_FORMAT, _schemas, max_leaves=6)


def _compiled(contents: Any, dialect: str, formats: Formats = "assert") -> Compiled | None:
    """Compile a schema; None for one that is refused."""
    schema = schema_of(json.loads(json.dumps(contents)), uri=GIVEN, dialect=DIALECTS[dialect])
    try:
        refuse_invalid(schema, Limits())
        closure = gather(schema, Registry(InMemory([])).retrieve, Limits())
        return compile_schema(closure, limits=Limits(), formats=formats)
    except InvalidSchema:
        return None


@given(_SCHEMAS, st.sampled_from(sorted(DIALECTS)), st.lists(_DOCUMENTS, min_size=1, max_size=5))
def test_both_judges_agree(contents: Any, dialect: str, documents: list[Any]) -> None:
    """Wherever the format uuid stands, what decides accepts what there is nothing to say of."""
    compiled = _compiled(contents, dialect)
    if compiled is not None:
        for document in documents:
            explained = list(compiled._judge.iter_errors(document))
            assert compiled.is_valid(document) is (explained == [])


@given(_SCHEMAS, st.lists(_DOCUMENTS, min_size=1, max_size=5))
def test_annotated_formats_decide_nothing(contents: Any, documents: list[Any]) -> None:
    """Where formats only say what is meant, draft-04 accepts what it accepts without them."""
    compiled = _compiled(contents, "draft-04", "annotate")
    renamed = json.loads(json.dumps(contents).replace('"format": "uuid"', '"format": "other"'))
    other = _compiled(renamed, "draft-04", "annotate")
    assert (compiled is None) is (other is None)
    if compiled is not None and other is not None and '"enum"' not in json.dumps(contents):
        for document in documents:
            assert compiled.is_valid(document) is other.is_valid(document)


_PLACED = st.sampled_from(["", "", "a", "type", "properties", "0"])
_PLACED_SCHEMAS = st.recursive(
    st.sampled_from([{"type": "boolean"}, {"maxProperties": 0}, False, {"$ref": "#/$defs/"}]),
    lambda inner: st.fixed_dictionaries(
        {},
        optional={
            "properties": st.dictionaries(_PLACED, inner, max_size=2),
            "additionalProperties": inner.filter(bool),  # the engine's place of `false` is its own
            "items": inner,
            "allOf": st.lists(inner, min_size=1, max_size=2),
        },
    ),
    max_leaves=8,
)
_PLACED_DOCUMENTS = st.recursive(
    st.just(1),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_PLACED, inner, max_size=3),
    max_leaves=8,
)


@given(_PLACED_SCHEMAS, _PLACED_SCHEMAS, _PLACED_DOCUMENTS)
def test_empty_names(contents: Any, referred: Any, document: Any) -> None:
    """An error has the places that the engine's other output has: that leaves nothing out."""
    definitions = {"": {"properties": {"": referred, "a": {"type": "null"}}}}
    root = {"$defs": definitions, "allOf": [contents]}
    judge = jsonschema_rs.Draft202012Validator(root)
    listed = {
        (each["evaluationPath"], each["instanceLocation"])
        for each in judge.evaluate(document).list()["details"]
    }
    for error in judge.iter_errors(document):
        place = place_of(error)
        assert (json_pointer(place.evaluation), json_pointer(place.instance)) in listed
