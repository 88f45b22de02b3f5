"""Questions about two schemas: proved, refuted with a witness, or unknown with a reason."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from questions import operands
from validator import InMemory, Registry
from validator.compatibility.deciding import Budget, both_reject, decide
from validator.compatibility.operands import Operand
from validator.dialects import DIALECTS

_URIS = {name: dialect.uri for name, dialect in DIALECTS.items()}


def _in(dialect: str, **keywords: Any) -> dict[str, Any]:
    return {"$schema": _URIS[dialect], **keywords}


def _asked(inner: Any, outer: Any, **options: Any) -> Any:
    return decide(*operands(inner, outer, **options), Budget())


@pytest.mark.parametrize(
    ("inner", "outer", "document"),
    [
        ({"type": "string"}, {"type": "string", "maxLength": 70_000}, "a" * 70_001),
        ({"enum": [1]}, {"enum": [True]}, 1),
        ({"multipleOf": 0.1}, {"multipleOf": 0.3}, None),
        ({}, {"properties": {"a": {"type": "string"}}}, {"a": 0}),
        ({"type": "array", "maxItems": 3000}, {"type": "array", "maxItems": 2000}, [0] * 2001),
        ({"required": ["foo"]}, {"required": ["bar"]}, {"foo": 0}),
        ({"oneOf": [{"type": "string"}]}, {"oneOf": [{"type": "string"}, {"maxLength": 5}]}, ""),
        ({"pattern": "^.{3,}$"}, {"minLength": 4}, None),
        ({"minLength": 1}, {"pattern": "^.{1,}$"}, "\n"),
        (
            {"properties": {"a": {"contains": {"type": "integer"}, "maxContains": 3}}},
            {"properties": {"a": {"contains": {"type": "integer"}, "maxContains": 2}}},
            {"a": [0, 0, 0]},
        ),
    ],
)
def test_refuted(inner: Any, outer: Any, document: Any) -> None:
    """There is a witness, as small as it gets, and the violation that it gets."""
    found = _asked(inner, outer)
    assert found.verdict == "refuted"
    assert found.witness.violation.message
    assert document is None or orjson.dumps(found.witness.document) == orjson.dumps(document)


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        ({"enum": [1]}, {"enum": [1.0]}),
        ({"type": "integer", "minimum": 1.5}, {"type": "integer", "minimum": 2}),
        ({"multipleOf": 0.3}, {"multipleOf": 0.1}),
        ({"type": "string", "format": "ipv4"}, {"maxLength": 15}),
        ({"type": "string", "pattern": "^[0-9]{4}$"}, {"maxLength": 4, "minLength": 4}),
        ({"const": "a"}, {"enum": ["a", "b"]}),
        ({"unevaluatedProperties": False}, {"additionalProperties": False}),
        (
            {"type": "array", "contains": {"type": "number"}, "maxContains": 1},
            {"type": "array", "contains": {"type": "integer"}, "minContains": 0, "maxContains": 1},
        ),
    ],
)
def test_proved(inner: Any, outer: Any) -> None:
    """What one schema accepts, the other is proved to accept, too."""
    found = _asked(inner, outer)
    assert found
    assert found.witness is None


#: Texts that are hard to draw keep a witness from being found: what is wrong must not be proved.
_HARD = {"type": "string", "allOf": [{"pattern": "q{3}x{4}"}, {"pattern": "h{6}"}]}
_POINTED = {
    **_in("draft-07", required=["k"]),
    "patternProperties": {"^a": {"maxProperties": 1}},
}
_HOLDING = {"id": {}, "a": {"type": "object"}, "k": _HARD}


@pytest.mark.parametrize(
    ("inner", "outer", "document"),
    [
        (
            {"type": "string", "format": "email"},
            {"type": "string", "format": "email", "maxLength": 320},
            "x" * 400 + " <a@b.c>",
        ),
        (_in("draft-04", format="hostname"), _in("draft-07", format="hostname"), "ab--c"),
        (
            _in("draft-04", allOf=[{"$ref": "#/foo"}], foo={"const": 1}),
            _in("draft-07", const=1),
            2,
        ),
        (
            _in("draft-07", type="integer"),
            _in("draft-04", allOf=[{"$ref": "#/foo"}], foo={"type": "integer"}),
            1.0,
        ),
        (
            _in(
                "draft-04",
                definitions={"x": {"type": "string"}},
                properties={
                    "a": {
                        "$id": "http://o/",
                        "definitions": {"x": {"type": "integer"}},
                        "allOf": [{"$ref": "#/definitions/x"}],
                    }
                },
            ),
            _in("draft-07", properties={"a": {"type": "integer"}}),
            {"a": ""},
        ),
        (
            {**_POINTED, "properties": {**_HOLDING, "b": {"$ref": "#/properties/a"}}},
            {
                **_POINTED,
                "properties": {**_HOLDING, "b": {"type": "object", "maxProperties": 1}},
            },
            {"b": {"x": 1, "y": 2}, "k": "qqqxxxxhhhhhh"},
        ),
        (
            _in(
                "draft-07",
                required=["k"],
                properties={"k": _HARD, "l": {"contains": {"type": "number"}, "maxContains": 0}},
            ),
            _in(
                "draft-07",
                required=["k"],
                properties={
                    "k": _HARD,
                    "l": {"maxContains": 0, "not": {"contains": {"const": 0.5}}},
                },
            ),
            {"k": "qqqxxxxhhhhhh", "l": [0.5]},
        ),
    ],
)
def test_not_proved(inner: Any, outer: Any, document: Any) -> None:
    """What a document refutes is never proved, be the document hard to find."""
    one, other = operands(inner, outer)
    assert one.accepts(document)
    assert not other.accepts(document)
    assert decide(one, other, Budget(draws=10, steps=50)).verdict != "proved"


def test_lost() -> None:
    """The documents that are lost are told as a schema."""
    found = _asked({"type": "string", "maxLength": 9}, {"type": "string", "maxLength": 5})
    assert found.lost["minLength"] == 6


@pytest.mark.parametrize(
    ("inner", "outer", "verdict"),
    [
        (_in("draft-04", type="integer"), _in("draft-07", type="integer"), "proved"),
        (_in("draft-07", type="integer"), _in("draft-04", type="integer"), "refuted"),
        (_in("draft-04", const="a"), _in("draft-07", const="a"), "refuted"),
        (
            _in("draft-04", minimum=1, exclusiveMinimum=True),
            _in("2020-12", exclusiveMinimum=1),
            "proved",
        ),
        (_in("draft-04", format="uuid"), _in("2020-12", format="uuid"), "proved"),
        (_in("2020-12", format="uuid"), _in("draft-04", format="uuid"), "proved"),
        (_in("draft-04", format="uuid"), _in("draft-07", format="uuid"), "proved"),
        (_in("draft-07", format="uuid"), _in("draft-04", format="uuid"), "refuted"),
        (_in("draft-06", format="iri"), _in("draft-07", format="iri"), "refuted"),
        (_in("draft-07", contentEncoding="base64"), _in("2019-09", type="string"), "refuted"),
        (
            _in("2019-09", type="string"),
            _in("draft-07", type="string", contentEncoding="base64"),
            "refuted",
        ),
        (
            _in("draft-07", type="string", contentEncoding="base64"),
            _in("2019-09", type="string"),
            "proved",
        ),
        (_in("draft-04", **{"not": {"type": "integer"}}), _in("2020-12"), "unknown"),
        (
            _in(
                "draft-07",
                properties={"a": {"type": "string", "contentMediaType": "application/json"}},
            ),
            _in("2019-09", properties={"a": {"type": "string", "maxLength": 3}}),
            "refuted",
        ),
        (
            _in("draft-07", items=[{"type": "null"}]),
            _in("2020-12", prefixItems=[{"type": "null"}]),
            "proved",
        ),
    ],
)
def test_across_dialects(inner: Any, outer: Any, verdict: str) -> None:
    """Each schema is read in its own dialect; what can't be told in the other proves nothing."""
    assert _asked(inner, outer).verdict == verdict


@pytest.mark.parametrize(
    ("inner", "outer", "reason"),
    [
        (_in("draft-04", **{"not": {"type": "integer"}}), _in("2020-12"), "across these dialects"),
        (
            {"$dynamicAnchor": "x", "type": "object", "properties": {"a": {"$dynamicRef": "#x"}}},
            {"type": "object", "properties": {"a": {"type": "object"}}},
            "canonical form",
        ),
    ],
)
def test_unknown(inner: Any, outer: Any, reason: str) -> None:
    """What is neither proved nor refuted is unknown, and why is said."""
    found = _asked(inner, outer)
    assert found.verdict == "unknown"
    assert reason in found.reason


#: A reference into a value: such a schema can't be told alone, and has no canonical form.
_UNTOLD = {
    "x": {"a": {"format": "uuid"}},
    "properties": {
        "a": {"$ref": "#/x/a"},
        "b": {"enum": [{"$ref": "iglu:a/b/jsonschema/1-0-0"}]},
        "c": {"$ref": "#/properties/b/enum/0"},
    },
}


def test_untold() -> None:
    """A schema that can't be told in another way leaves nothing to prove by, or to draw of."""
    own = {"vendor": "a", "name": "b", "format": "jsonschema", "version": "1-0-0"}
    registry = Registry(InMemory([{"self": own, "type": "string"}]))
    options = {"dialect": "draft-04", "registry": registry}
    named = {**_UNTOLD, "title": "the same"}
    assert _asked(_UNTOLD, _UNTOLD, **options).verdict == "proved"
    assert _asked(_UNTOLD, named, **options).verdict == "unknown"
    assert _asked({"type": "object"}, _UNTOLD, **options).verdict == "refuted"


def test_no_form() -> None:
    """Without a canonical form nothing is proved; the reason says so."""
    schema = {"x": {"a": {"format": "uuid"}}, "properties": {"a": {"$ref": "#/x/a"}}}
    found = _asked(schema, {**schema, "title": "the same"}, dialect="draft-04")
    assert found.reason == "there is no canonical form to prove it by, and no witness was found"


def test_time() -> None:
    """Where the time ends, that is the reason."""
    pair = operands({"minLength": 1}, {"pattern": "^.{1,}$"})
    found = decide(*pair, Budget(seconds=-1))
    assert found.reason == "the time ended before it was proved or refuted"


def test_same_each_time() -> None:
    """The same question has the same answer, byte for byte."""
    pair = ({"type": "object"}, {"properties": {"a": {"format": "email"}}, "maxProperties": 1})
    first, second = (_asked(*pair) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"type": "string"}, {"type": "number"}, True),
        ({"type": "string"}, {"maxLength": 3}, False),
        (_in("draft-07", type="string"), _in("2020-12", type="null"), True),
        (_in("draft-04", **{"not": {"type": "integer"}}), _in("2020-12", const=1), False),
    ],
)
def test_both_reject(one: Any, other: Any, *, expected: bool) -> None:
    """That no document is accepted by both is said only where it is proved."""
    found: tuple[Operand, ...] = operands(one, other)
    assert both_reject(*found) is expected
