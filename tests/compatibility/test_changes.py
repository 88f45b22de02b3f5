"""What differs between two schemas, as events, and that events make one schema of the other."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema_pairs import cases
from validator.compatibility import references, walking
from validator.compatibility.changes import Difference, difference
from validator.compatibility.equality import same
from validator.compatibility.verdicts import ABSENT
from validator.dialects import DIALECTS

_SCHEMAS = Path(__file__).parents[2] / "schemas"
_REAL = [json.loads(file.read_bytes()) for file in sorted(_SCHEMAS.rglob("[0-9]*-*-*"))]

# Schemas that are drawn: of keywords that are walked through in ways of their own, some of them
# with values that no schema has.

_names = st.sampled_from(["a", "b", "c", "a/b", "~", "", "enum"])
_scalars = st.sampled_from([None, True, False, 0, 1, 1.0, 2, "a", "string", "integer"])
_references = st.sampled_from(
    ["#", "#/definitions/a", "#/definitions/b", "#/$defs/a", "#/properties/a", "other", "#/no/such"]
)


def _objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    maps = st.dictionaries(_names, inner | st.lists(_names, max_size=2), max_size=3)
    rows = st.lists(inner, max_size=3)
    keywords = {
        "properties": maps,
        "definitions": maps,
        "$defs": maps,
        "dependencies": maps,
        "items": inner | rows,
        "anyOf": rows,
        "allOf": rows,
        "not": inner,
        "additionalProperties": inner,
        "required": st.lists(_names, max_size=3),
        "enum": st.lists(_scalars, max_size=3),
        "type": _scalars | st.lists(_scalars, max_size=2),
        "const": _scalars,
        "minimum": _scalars,
        "title": _scalars,
        "self": st.dictionaries(st.sampled_from(["name", "version"]), _scalars),
        "$ref": _references,
    }
    whole = st.fixed_dictionaries({}, optional=keywords)
    return whole | _references.map(lambda reference: {"$ref": reference})


schemas = st.recursive(st.booleans() | st.just({}), _objects, max_leaves=12)


def _unordered(value: Any) -> Any:
    """Take away the order that is no change, and what holds nothing."""
    if isinstance(value, list):
        return sorted((_unordered(each) for each in value), key=json.dumps)
    if isinstance(value, dict):
        return {
            name: _unordered(value[name]) for name in sorted(value) if value[name] not in ([], {})
        }
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _told(found: Difference) -> list[tuple[str, str, str | None]]:
    return [(event.path, event.keyword, event.name) for event in found.events]


@pytest.mark.parametrize("case", cases())
def test_applied(case: dict[str, Any]) -> None:
    """All events make the new schema of the old one; none of them leave it as it is."""
    found = difference(case["old"], case["new"])

    every = range(len(found.events))
    assert same(found.apply(every), case["new"])
    assert not found.events or same(found.apply(()), case["old"])


@given(schemas, schemas)
def test_random(old: Any, new: Any) -> None:
    """Of any two, all events make one of the other, none leave it, and each can be applied."""
    found = difference(old, new)

    every = range(len(found.events))
    assert same(found.apply(every), new)
    if found.events:
        assert same(found.apply(()), old)
    for number in every:
        assert found.alone(number) is not ABSENT
        assert found.without(number) is not ABSENT


@given(schemas)
def test_none(schema: Any) -> None:
    """A schema does not differ from itself, nor from a copy in another order of names."""
    turned = json.loads(json.dumps(schema), object_pairs_hook=lambda pairs: dict(pairs[::-1]))
    for other in (schema, turned):
        found = difference(schema, other)
        assert found.events == ()
        assert found.is_none


@given(st.sampled_from(_REAL), st.data())
def test_mutated(schema: Any, data: st.DataObject) -> None:
    """In a real schema some of whose parts are others, all of it is found, and nothing else."""
    mutated = copy.deepcopy(schema)
    for _ in range(data.draw(st.integers(1, 4))):
        part, name = data.draw(st.sampled_from(_places(mutated)))
        if data.draw(st.booleans()):
            del part[name]
        else:
            part[name] = data.draw(_scalars | schemas)
    found = difference(schema, mutated)

    assert same(found.apply(range(len(found.events))), mutated)
    assert not found.events or same(found.apply(()), schema)
    assert found.events or _unordered(_unversioned(schema)) == _unordered(_unversioned(mutated))


def _places(schema: Any) -> list[tuple[Any, Any]]:
    found, pending = [], [schema]
    while pending:
        each = pending.pop()
        names = each if isinstance(each, dict) else range(len(each))
        for name in names:
            found.append((each, name))
            if isinstance(each[name], dict | list):
                pending.append(each[name])
    return found or [({"a": 1}, "a")]


def _unversioned(schema: Any) -> Any:
    own = schema.get("self") if isinstance(schema, dict) else None
    return {**schema, "self": {**own, "version": 0}} if isinstance(own, dict) else schema


def test_alone() -> None:
    """One event leaves the rest as it was; taken back, it leaves the rest as it is."""
    old = {"required": ["a"], "maximum": 5, "anyOf": [{"minimum": 1}, {"title": "b"}]}
    new = {"required": ["b"], "maximum": 6, "anyOf": [{"title": "b"}, {"minimum": 2}]}
    found = difference(old, new)

    assert _told(found) == [
        ("", "required", "b"),
        ("", "required", "a"),
        ("", "maximum", None),
        ("/anyOf/1", "minimum", None),
    ]
    assert found.alone(0) == {**old, "required": ["a", "b"]}
    assert found.alone(1) == {"maximum": 5, "anyOf": old["anyOf"]}
    assert found.alone(3) == {**old, "anyOf": [{"minimum": 2}, {"title": "b"}]}
    assert found.without(2) == {**new, "maximum": 5}
    assert found.without(3) == {**new, "anyOf": [{"title": "b"}, {"minimum": 1}]}


def test_definitions_of_both() -> None:
    """With some of the events, the definitions of both are there, so every reference leads on."""
    old = {"$ref": "#/definitions/x", "definitions": {"x": {"type": "string", "maxLength": 1}}}
    new = {"$ref": "#/$defs/y", "$defs": {"y": {"type": "string", "maxLength": 2, "minLength": 1}}}
    found = difference(old, new)

    assert found.alone(0) == {
        "$ref": "#/definitions/x",
        "definitions": {"x": {"type": "string", "maxLength": 2}},
        "$defs": {"y": {"type": "string", "maxLength": 2}},
    }


def test_definition_that_is_missed() -> None:
    """A definition that is gone is told where what refers to it is as it was."""
    old = {"$ref": "#/$defs/x", "$defs": {"x": {"minimum": 1}}}
    found = difference(old, {"$ref": "#/$defs/x"})
    assert _told(found) == [("", "$defs", "x")]
    assert _told(difference({"$ref": "#/$defs/x"}, old)) == [("", "$defs", "x")]


def test_followed() -> None:
    """Where a reference was replaced by what it leads to, one event of that is put in place."""
    old = {
        "properties": {"a": {"$ref": "#/definitions/x"}},
        "definitions": {"x": {"minimum": 1, "maximum": 5}},
    }
    new = {"properties": {"a": {"minimum": 2, "maximum": 6}}}
    found = difference(old, new)

    assert found.alone(0)["properties"] == {"a": {"minimum": 2, "maximum": 5}}  # type: ignore[index]  # an object
    assert found.apply((0, 1)) == new


def test_notes_beside_a_reference() -> None:
    """Where what a reference leads to is put in its place, notes beside it stay; rules are told."""
    old = {
        "properties": {"a": {"$ref": "#/$defs/x", "title": "t"}},
        "$defs": {"x": {"$ref": "#/$defs/y"}, "y": {"minimum": 1, "title": "y"}},
    }
    assert difference(old, {"properties": {"a": {"minimum": 1, "title": "t"}}}).events == ()
    found = difference(old, {"properties": {"a": {"minimum": 2, "title": "u"}}})
    assert [event.path for event in found.events] == ["/properties/a"] * 2
    old["properties"]["a"] = {"$ref": "#/$defs/x", "maximum": 5}
    found = difference(old, {"properties": {"a": {"minimum": 1, "maximum": 5}}})
    assert [event.keyword for event in found.events] == ["minimum", "$ref"]
    for wrong in (1, "#/$defs/y/minimum"):
        old["properties"]["a"] = {"$ref": wrong}
        found = difference(old, {"properties": {"a": {"minimum": 1}}})
        assert [event.keyword for event in found.events][-2:] == ["minimum", "$ref"]


def test_recursion_that_is_unrolled() -> None:
    """A definition that refers to itself is followed once, into what stands in its place."""
    tree = {"type": "object", "properties": {"c": {"$ref": "#/$defs/t"}}}
    old = {"properties": {"a": {"$ref": "#/$defs/t"}}, "$defs": {"t": tree}}
    unrolled = {"type": "object", "properties": {"c": tree}, "minProperties": 1}
    found = difference(old, {**old, "properties": {"a": unrolled}})

    assert _told(found) == [("/properties/a", "minProperties", None)]


def test_reference_to_oneself_instead() -> None:
    """A part that is replaced by a reference which leads back to it is told once."""
    old = {"properties": {"a": {"properties": {"a": {"type": "string"}}}}}
    new = {"properties": {"a": {"$ref": "#"}}}
    found = difference(old, new)

    assert same(found.apply(range(len(found.events))), new)
    assert len(found.events) <= 2


def test_same_inlined_twice() -> None:
    """What two places had of one definition, and have changed in the same way, is told once."""
    old = {
        "properties": {"a": {"$ref": "#/$defs/x"}, "b": {"$ref": "#/$defs/x"}},
        "$defs": {"x": {"minimum": 1}},
    }
    new = {"properties": {"a": {"minimum": 2}, "b": {"minimum": 2}}}
    found = difference(old, new)

    assert _told(found) == [("/properties/a", "minimum", None)]
    assert found.apply((0,)) == new


def test_same_outlined_of_required_and_not() -> None:
    """What is outlined of a place that every document has is told apart from what may not be."""
    one = {"minimum": 1}
    old = {"properties": {"b": one, "a": one, "c": one}, "required": ["a"]}
    new = {
        "properties": {name: {"$ref": "#/$defs/x"} for name in "bac"},
        "required": ["a"],
        "$defs": {"x": {"minimum": 2}},
    }
    found = difference(old, new)

    assert _told(found) == [("/$defs/x", "minimum", None)] * 2
    assert [event.old_places for event in found.events] == [("/properties/b",), ("/properties/a",)]
    assert found.apply((0, 1)) == new
    alone = {"b": one, "a": {"$ref": "#/$defs/x"}, "c": one}
    assert found.alone(1)["properties"] == alone  # type: ignore[index]  # an object


def test_old_places() -> None:
    """An event has its place in the old schema, and that of each reference followed there."""
    old = {
        "properties": {"a": {"$ref": "#/$defs/s~0"}, "b": {"$ref": "#/definitions/r"}},
        "allOf": [{"maximum": 9}, {"minimum": 1, "title": "t"}],
        "definitions": {"r": {"minLength": 1}},
        "$defs": {"s~": {"items": {"$ref": "#/$defs/i"}}, "i": {"minItems": 1}},
    }
    new = {
        "properties": {"a": {"items": {"minItems": 2}}, "b": {"$ref": "#/$defs/u"}},
        "allOf": [{"minimum": 2, "title": "t"}],
        "$defs": {"u": {"minLength": 2}},
    }
    told = {event.keyword: event.old_places for event in difference(old, new).events}
    assert told == {
        "minItems": ("/properties/a", "/$defs/s~0/items", "/$defs/i"),
        "minLength": ("/definitions/r",),
        "minimum": ("/allOf/1",),
        "allOf": ("",),
    }


def test_reference_that_leads_nowhere() -> None:
    """A reference that leads out of the schema, or nowhere, is a keyword as any other."""
    for reference in ("iglu:com.acme/a/jsonschema/1-0-0", "#/$defs/none", "#/allOf/7", "#/type/x"):
        old = {"type": "object", "allOf": [{"minimum": 1}, {"$ref": reference}]}
        new = {"type": "object", "allOf": [{"minimum": 1}, {"title": "a"}]}
        found = difference(old, new)
        assert [event.keyword for event in found.events] == ["allOf", "allOf"]


def test_chain_of_references() -> None:
    """A chain that is too long to be followed, or has no end, is told as it stands."""
    definitions = {f"d{index}": {"$ref": f"#/$defs/d{index + 1}"} for index in range(90)}
    definitions |= {"d90": {"type": "string"}, "loop": {"$ref": "#/$defs/loop"}}
    for name in ("d0", "loop"):
        old = {"properties": {"a": {"$ref": f"#/$defs/{name}"}}, "$defs": definitions}
        new = {"properties": {"a": {"type": "string"}}, "$defs": definitions}
        found = difference(old, new)
        assert found.events
        assert same(found.apply(range(len(found.events))), new)


def test_alike_references() -> None:
    """Definitions that refer to one another are found under their new names, none of them told."""

    def pair(one: str, other: str) -> Any:
        names = {one: {"items": {"$ref": f"#/$defs/{other}"}, "title": "one"}}
        names |= {other: {"not": {"$ref": f"#/$defs/{one}"}, "enum": [1]}}
        return {"$ref": f"#/$defs/{one}", "$defs": names}

    assert difference(pair("a", "b"), pair("c", "d")).events == ()


def test_data_that_looks_like_a_reference() -> None:
    """What `enum` holds is data, not a reference, wherever that would lead."""
    parts = {"x": {"type": "string"}, "y": {"type": "string"}}

    def with_data(name: str) -> Any:
        part = {"enum": [{"$ref": f"#/$defs/{name}"}]}
        return {"anyOf": [part, {"title": "t"}, {"minimum": 3}], "$defs": parts}

    found = difference(with_data("x"), with_data("y"))

    assert _told(found) == [("/anyOf/0", "enum", None)]


def test_duplicates_are_told_as_a_whole() -> None:
    """What is no list of names, each once, differs as a whole."""
    for names in (["a", "a"], [1], "a"):
        found = difference({"required": names}, {"required": ["b"]})
        assert _told(found) == [("", "required", None)]


def test_empty_for_absent() -> None:
    """A keyword that holds nothing is no event beside one that is not there."""
    for keyword, empty in (("properties", {}), ("required", []), ("dependentRequired", {})):
        found = difference({keyword: empty}, {})
        assert found.events == ()
        assert found.apply(()) == {}
        assert not found.is_none


def test_self() -> None:
    """The version of `self` is no event; anything else in it is, and so is all of it."""
    own = {"name": "a", "version": "1-0-0"}
    assert difference({"self": own}, {"self": {**own, "version": "1-0-1"}}).is_none
    assert _told(difference({"self": own}, {"self": {**own, "name": "b"}})) == [("", "self", None)]
    assert _told(difference({"self": own}, {})) == [("", "self", None)]
    assert _told(difference({"self": own}, {"self": 1})) == [("", "self", None)]
    inside = {"not": {"self": own}}, {"not": {"self": {**own, "version": "2-0-0"}}}
    assert _told(difference(*inside)) == [("/not", "self", None)]


def test_dialect() -> None:
    """What decides in a dialect is told by `$schema`, else by what is given; notes do not."""
    old, new = {"format": "date"}, {"const": 1, "format": "date"}
    for name, decides in (("draft-04", False), ("draft-06", True), ("2020-12", True)):
        found = difference(old, new, dialect=DIALECTS[name])
        assert [event.decides for event in found.events] == [decides]
    named = {**new, "$schema": "http://json-schema.org/draft-04/schema#"}
    found = difference({**old, "$schema": named["$schema"]}, named)
    assert [event.decides for event in found.events] == [False]


def test_tuples() -> None:
    """Items keep their places: what is put in between is new, and long ones go place by place."""
    items = [{"const": index} for index in range(60)]
    found = difference(
        {"prefixItems": items[:3]}, {"prefixItems": [items[0], items[9], *items[1:3]]}
    )
    assert _told(found) == [("", "prefixItems", "1")]
    long = difference({"prefixItems": items}, {"prefixItems": items[1:]})
    assert len(long.events) == 60
    assert long.apply(range(60)) == {"prefixItems": items[1:]}


def test_many_branches() -> None:
    """Of more branches than are compared with one another, those that are equal are found."""
    branches = [{"const": index, "minimum": index} for index in range(200)]
    others = [{"const": -index, "maximum": index} for index in range(1, 200)]
    found = difference({"anyOf": [*branches, True]}, {"anyOf": [*others, True]})

    assert len(found.events) == 399
    assert not found.truncated


def test_many_events(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past a number of events, differences are in the new schema, and told by none."""
    monkeypatch.setattr(walking, "MOST_EVENTS", 10)
    old = {"properties": {f"p{index}": {"minimum": 1} for index in range(50)}}
    new = {"properties": {f"p{index}": {"minimum": 2} for index in range(50)}}
    found = difference(old, new)

    assert len(found.events) == 10
    assert found.truncated
    assert found.apply(range(10)) == new
    assert found.alone(9)["properties"]["p49"] == {"minimum": 1}  # type: ignore[index]  # an object


def test_many_in_their_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past a number of places, what was put in the place of a reference is told as it stands."""
    monkeypatch.setattr(walking, "MOST_FOLLOWED", 1)
    reference = {"$ref": "#/$defs/x"}
    old = {"properties": {"a": reference, "b": reference}, "$defs": {"x": {"minimum": 1}}}
    new = {"properties": {"a": {"minimum": 1}, "b": {"minimum": 1}}}
    found = difference(old, new)

    assert _told(found) == [
        ("/properties/b", "minimum", None),
        ("/properties/b", "$ref", None),
    ]
    assert found.apply(range(2)) == new


def test_thousands() -> None:
    """Thousands of differences are told, each by its event."""
    old = {"properties": {f"p{index}": {"minimum": 1} for index in range(1_500)}}
    new = {"properties": {f"p{index}": {"minimum": 2} for index in range(1_500)}}
    found = difference(old, new)

    assert len(found.events) == 1_500
    assert found.apply(range(1_500)) == new


@pytest.mark.parametrize("keyword", ["not", "anyOf", "properties"])
def test_depth(keyword: str) -> None:
    """A schema as deep as one may be is walked through; past the walk's own depth, as a whole."""
    wrapped: dict[str, Any] = {"not": lambda it: it, "anyOf": lambda it: [it, {"title": "t"}]}
    wrap = wrapped.get(keyword, lambda it: {"a": it})
    deep: dict[str, Any] = {"minimum": 1}
    other: dict[str, Any] = {"minimum": 2}
    for _ in range(118 if keyword == "not" else 59):
        deep, other = {keyword: wrap(deep)}, {keyword: wrap(other)}
    found = difference(deep, other)

    assert len(found.events) == 1
    assert found.events[0].path.count(f"/{keyword}") >= 59
    assert found.apply((0,)) == other


def test_expansion() -> None:
    """Definitions that would expand without end are compared as far as there is budget for it."""
    old = {f"d{index}": {"allOf": [{"$ref": f"#/$defs/d{index + 1}"}] * 2} for index in range(30)}
    new = {
        f"e{index}": {"allOf": [{"$ref": f"#/$defs/e{index + 1}"}, {"title": "t"}]}
        for index in range(30)
    }
    found = difference({"$defs": old}, {"$defs": new})

    assert same(found.apply(range(len(found.events))), {"$defs": new})


def test_likeness_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the budget for finding what is alike ends, a part that was put in its place is told."""
    old = {"$ref": "#/$defs/a", "$defs": {"a": {"const": [1]}}}
    old, new = {"not": {"$ref": "#/$defs/a"}, "$defs": old["$defs"]}, {"not": {"const": [1]}}
    assert difference(old, new).events == ()
    monkeypatch.setattr(references, "_MOST_COMPARED", 0)
    found = difference(old, new)

    assert found.apply(range(len(found.events))) == new
