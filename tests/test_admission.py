"""How much work a schema can cause: what is admitted, how deep, and what is refused."""

import json
from typing import Any

import pytest

from validator import InvalidSchema, Limits
from validator.admission import Admission, admit
from validator.closure import gather
from validator.dialects import DEFAULT
from validator.registry import GIVEN, schema_of


def _nothing(*_: object) -> Any:
    raise AssertionError


def _admitted(contents: Any, **limits: int) -> Admission:
    bounds = Limits(schema_nodes=100_000, **limits)
    decoded = json.loads(json.dumps(contents))  # no part of which stands in two places
    closure = gather(schema_of(decoded, uri=GIVEN, dialect=DEFAULT), _nothing, bounds)
    return admit(closure.graph, GIVEN, bounds)


def _works(contents: Any, **limits: int) -> tuple[int, ...]:
    return _admitted(contents, depth=4, **limits).works


_A = {"$ref": "#/$defs/a"}


@pytest.mark.parametrize(
    ("contents", "works"),
    [
        (True, (1, 1, 1, 1, 1)),
        ({}, (1, 1, 1, 1, 1)),
        ({"allOf": [{}, {"not": {}}]}, (4, 4, 4, 4, 4)),
        ({"required": ["a", "b"]}, (3, 3, 3, 3, 3)),
        ({"items": {}}, (1, 2, 2, 2, 2)),
        ({"items": {"items": {}}}, (1, 2, 3, 3, 3)),
        ({"items": {"$ref": "#"}}, (1, 3, 5, 7, 9)),
        ({"prefixItems": [{}, {}], "items": {}}, (1, 4, 4, 4, 4)),
        ({"properties": {"a": {}, "b": {"not": {}}}}, (1, 3, 3, 3, 3)),
        ({"properties": {"a": {}}, "patternProperties": {"b": {}, "c": {}}}, (1, 4, 4, 4, 4)),
        ({"properties": {"a": {}}, "items": {"not": {"not": {}}}}, (1, 4, 4, 4, 4)),
        ({"$defs": {"a": {"allOf": [{}, {}]}}}, (1, 1, 1, 1, 1)),
        ({"allOf": [_A, _A], "$defs": {"a": {"items": {}}}}, (5, 7, 7, 7, 7)),
    ],
    ids=[
        "boolean",
        "object",
        "same-value",
        "required",
        "items",
        "items-of-items",
        "recursive",
        "prefix",
        "costliest-property",
        "patterns-add-up",
        "array-or-object",
        "definitions",
        "twice",
    ],
)
def test_works(contents: Any, works: tuple[int, ...]) -> None:
    """For each depth, the schemas applied along the costliest path are counted."""
    assert _works(contents) == works


def test_depth_is_that_of_documents() -> None:
    """A schema of little work is admitted for documents as deep as any may be."""
    assert _admitted({"items": {"$ref": "#"}}).depth == Limits().depth
    assert _admitted({}, depth=1).depth == 1


def test_doubling() -> None:
    """A schema that applies itself twice a level is admitted as deep as its work is bounded."""
    twice = {"items": {"allOf": [{"$ref": "#"}, {"$ref": "#"}]}}
    admitted = _admitted(twice)
    assert admitted.works[:4] == (1, 6, 16, 36)
    assert admitted.depth == 14
    assert admitted.works[-1] <= Limits().schema_expansion < 2 * admitted.works[-1] + 4


def test_expansion_limit() -> None:
    """The limit is what may be applied, and no more."""
    contents = {"allOf": [{}, {}, {}]}
    assert _works(contents, schema_expansion=4) == (4,) * 5
    with pytest.raises(InvalidSchema, match="too many subschemas apply to one value"):
        _admitted(contents, schema_expansion=3)


def test_bomb() -> None:
    """Definitions that each apply the next twice are refused, without being followed."""
    levels = {
        str(n): {"allOf": [{"$ref": f"#/$defs/{n + 1}"}, {"$ref": f"#/$defs/{n + 1}"}]}
        for n in range(64)
    }
    with pytest.raises(InvalidSchema, match="too many subschemas apply to one value"):
        _admitted({"$ref": "#/$defs/0", "$defs": {**levels, "64": {}}})


def _each_applies_each(number: int) -> dict[str, Any]:
    names = [str(n) for n in range(number)]
    every = {name: {"allOf": [{"$ref": f"#/$defs/{name}"}, True]} for name in names}
    return {"$ref": "#/$defs/0", "$defs": {name: {"properties": every} for name in names}}


def test_many_ways_to_many_members() -> None:
    """A schema whose members apply one another in too many ways is refused before it is counted."""
    assert _admitted(_each_applies_each(8)).depth == Limits().depth
    with pytest.raises(InvalidSchema, match="its subschemas apply one another in too many ways"):
        _admitted(_each_applies_each(40))


@pytest.mark.parametrize(
    "contents",
    [
        {"$ref": "#"},
        {"allOf": [{"$ref": "#"}]},
        {"not": {"anyOf": [{"$ref": "#"}]}},
        {"if": {"$ref": "#/$defs/a"}, "$defs": {"a": {"oneOf": [{"$ref": "#"}]}}},
        {"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}},
        {"dependentSchemas": {"a": {"$dynamicRef": "#"}}},
    ],
    ids=["itself", "allOf", "not", "through-another", "not-even-used", "dynamic"],
)
def test_reference_without_end(contents: Any) -> None:
    """A schema that leads back to itself for the same value is refused."""
    with pytest.raises(InvalidSchema, match="refers to itself without end"):
        _admitted(contents)


@pytest.mark.parametrize("keyword", ["items", "additionalProperties", "contains"])
def test_recursion_into_members(keyword: str) -> None:
    """A schema that leads back to itself for a member is as good as any."""
    assert _admitted({keyword: {"$ref": "#"}}).depth == Limits().depth


def _chain(length: int, **last: Any) -> dict[str, Any]:
    links = {str(n): {"$ref": f"#/$defs/{n + 1}"} for n in range(length - 1)}
    return {"$ref": "#/$defs/0", "$defs": {**links, str(length - 1): last}}


def test_long_chain() -> None:
    """So many subschemas may apply one another to one value, and no more: the stack is small."""
    assert _admitted(_chain(399)).depth == Limits().depth
    with pytest.raises(InvalidSchema, match="in too long a chain"):
        _admitted(_chain(400))


def test_long_chain_at_each_level() -> None:
    """Chains add up level by level, so that a document may be the less deep the longer they are."""
    assert _admitted(_chain(39, items={"$ref": "#"})).depth == 8


def test_listings() -> None:
    """What may be listed is counted like what is applied, and not past a million."""
    assert _admitted({"items": {"required": ["a"], "type": "object"}}, depth=3).listings == (
        1,
        5,
        5,
        5,
    )
    large = {"items": {"const": ["a" * 60] * 10_000}}
    doubled = {"allOf": [{"$ref": "#/$defs/a"}] * 60, "$defs": {"a": large}}
    assert _admitted(doubled, depth=2).listings == (121, 1_000_000, 1_000_000)


@pytest.mark.parametrize("limit", [1, 7, 100])
def test_refusal_is_the_same_again(limit: int) -> None:
    """The same schema has the same outcome each time."""
    contents = {"allOf": [{"items": {"allOf": [{}, {}, {}]}}] * 3}
    outcomes = set()
    for _ in range(2):
        try:
            outcomes.add(_works(contents, schema_expansion=limit))
        except InvalidSchema as error:
            outcomes.add(error.problem)
    assert len(outcomes) == 1
