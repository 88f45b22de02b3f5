"""What each change does by itself, or along with others."""

from __future__ import annotations

from typing import Any

import pytest

from schema_pairs import DOCUMENTS, Deciding, cases
from validator.compatibility.attribution import Attribution, EventBudget, attribute
from validator.compatibility.changes import difference
from validator.compatibility.verdicts import Direction


def _attributed(
    old: Any, new: Any, *documents: Any, budget: EventBudget | None = None
) -> tuple[Attribution, int]:
    """Give what is told, and how many questions that took beyond those of the whole."""
    decide = Deciding([*documents, *DOCUMENTS])
    whole = decide(old, new), decide(new, old)
    before = decide.asked
    return attribute(difference(old, new), *whole, decide, budget), decide.asked - before


@pytest.mark.parametrize("case", cases())
def test_pairs(case: dict[str, Any]) -> None:
    """Each pair has the changes that its fixture says, with their effect, in its words."""
    told, _ = _attributed(case["old"], case["new"], *case.get("documents", ()))

    assert not told.truncated
    found = [
        {"location": each.location, "effect": each.effect, "message": each.message}
        | ({"together": list(each.together)} if each.together else {})
        for each in told.changes
    ]
    assert found == case["changes"]


@pytest.mark.parametrize("case", cases())
def test_breaks(case: dict[str, Any]) -> None:
    """Who breaks is what the effect says, no direction that is proved has any, and it is shown."""
    told, _ = _attributed(case["old"], case["new"], *case.get("documents", ()))
    sides = {"narrows": ("readers",), "widens": ("consumers",), "both": ("readers", "consumers")}
    for change in told.changes:
        assert change.breaks == sides.get(change.effect, ())
        assert (change.witness is not None) is bool(change.breaks)
    broken = {side for change in told.changes for side in change.breaks}
    assert not (case["backward"] == "proved" and "readers" in broken)
    assert not (case["forward"] == "proved" and "consumers" in broken)


@pytest.mark.parametrize("case", cases())
def test_questions(case: dict[str, Any]) -> None:
    """Notes cost nothing, nor does what is the only change, nor what is proved for the whole."""
    told, asked = _attributed(case["old"], case["new"], *case.get("documents", ()))
    deciding = [each for each in difference(case["old"], case["new"]).events if each.decides]
    open_ways = [case["backward"], case["forward"]].count("proved")
    most = 0 if len(deciding) < 2 else len(deciding) * 2 * (2 - open_ways)
    assert asked <= most
    assert len(told.changes) >= len(deciding)


def test_witness() -> None:
    """What is lost is shown before what is gained."""
    told, _ = _attributed({"enum": ["a", 1]}, {"enum": ["b", 1]})
    assert [each.witness and each.witness.document for each in told.changes] == ["a"]
    told, _ = _attributed({"maximum": 1, "minimum": 1}, {"maximum": 5, "minimum": 1.5})
    documents = {each.keyword: each.witness and each.witness.document for each in told.changes}
    assert documents == {"maximum": 5, "minimum": 1}


def test_one_among_notes() -> None:
    """A change that is the only one with a say has the directions of the whole, as they are."""
    found = difference({"minimum": 1}, {"minimum": 2, "title": "t"})
    lost = Direction("unknown", reason="for a test")

    def never(inner: Any, outer: Any) -> Direction:
        raise AssertionError

    told = attribute(found, lost, Direction("proved"), never)

    assert [(each.keyword, each.effect) for each in told.changes] == [
        ("minimum", "undecided"),
        ("title", "neutral"),
    ]


@pytest.mark.parametrize(
    ("budget", "undecided"),
    [
        (EventBudget(decisions=0), 3),
        (EventBudget(decisions=1), 2),
        (EventBudget(decisions=2), 2),
        (EventBudget(decisions=4), 1),
        (EventBudget(decisions=6), 0),
        (EventBudget(seconds=-1.0), 3),
    ],
)
def test_budget(budget: EventBudget, undecided: int) -> None:
    """Past the budget, what a change does is undecided, and it says so."""
    old = {"properties": {name: {"minimum": 1} for name in "ab"}, "maximum": 1}
    new = {"properties": {name: {"minimum": 5} for name in "ab"}, "maximum": 5}
    told, asked = _attributed(old, new, {"a": 1}, {"b": 1}, budget=budget)

    assert [each.effect for each in told.changes].count("undecided") == undecided
    assert told.truncated is (undecided > 0)
    assert asked <= budget.decisions


def test_together_of_other_schemas() -> None:
    """Changes that do something along with others name those of other schemas, if they must."""
    old = {"properties": {"a": {}}, "anyOf": [{"type": "object"}, {"minimum": 1}]}
    new = {
        "properties": {"a": {"maximum": 5}},
        "anyOf": [{"type": "object", "maxProperties": 9}, {"minimum": 1, "type": "number"}],
    }
    told, _ = _attributed(
        {"allOf": [old, {"required": ["a"]}]}, {"allOf": [new, {"required": ["a"]}]}, {"a": 6}
    )
    assert all(each.effect != "undecided" for each in told.changes)
    either = {"anyOf": [{"maximum": 3}, {"multipleOf": 5}]}
    neither = {"anyOf": [{"maximum": 2}, {"multipleOf": 7}]}
    told, _ = _attributed(either, neither, 10, 3, 14, 35)
    assert {each.keyword: each.effect for each in told.changes} == {
        "maximum": "narrows",
        "multipleOf": "both",
    }


def test_idle_beside_joint_effects() -> None:
    """What does nothing alone, and nothing along with others, is neutral beside those that do."""
    new = {"if": {"required": ["a"]}, "then": {"required": ["b"]}, "minLength": 0}
    told, _ = _attributed({}, new)
    assert [(each.effect, each.together) for each in told.changes] == [
        ("narrows", ("/then",)),
        ("narrows", ("/if",)),
        ("neutral", ()),
    ]


def test_joint_effect_across_schemas() -> None:
    """What only two changes in two schemas lose is told of both, each with the other."""
    old = {"anyOf": [{"type": "string"}, {"minLength": 2}]}
    new = {"anyOf": [{"type": "string", "minLength": 3}, {"minLength": 4}]}
    told, _ = _attributed(old, new, "abc")
    assert [(each.location, each.effect) for each in told.changes] == [
        ("/anyOf/0/minLength", "narrows"),
        ("/anyOf/1/minLength", "neutral"),
    ]
    old = {"anyOf": [{"minimum": 5}, {"minimum": 5, "title": "t"}]}
    new = {"anyOf": [{"minimum": 6}, {"minimum": 6, "title": "t"}]}
    told, _ = _attributed(old, new)
    assert [(each.location, each.effect, each.together) for each in told.changes] == [
        ("/anyOf/0/minimum", "narrows", ("/anyOf/1/minimum",)),
        ("/anyOf/1/minimum", "narrows", ("/anyOf/0/minimum",)),
    ]


def test_budget_of_joint_effects() -> None:
    """Changes that do nothing alone are undecided, if the budget ends before it is known why."""
    old = {"type": "object"}
    new = {"type": "object", "if": {"required": ["a"]}, "then": {"required": ["b"]}}
    told, _ = _attributed(old, new, budget=EventBudget(decisions=2))
    assert [each.effect for each in told.changes] == ["undecided", "undecided"]
    assert told.truncated
    told, asked = _attributed(old, new, budget=EventBudget(decisions=4))
    assert ([each.effect for each in told.changes], asked) == (["narrows", "narrows"], 4)
    assert not told.truncated


def test_no_schema_either_way() -> None:
    """A change that makes no schema, alone or taken back, is undecided; others are told."""
    four, six = (f"http://json-schema.org/draft-0{draft}/schema#" for draft in (4, 6))
    old = {"$schema": four, "minimum": 1, "exclusiveMinimum": True, "maximum": 5}
    new = {"$schema": six, "exclusiveMinimum": 1, "maximum": 3}
    told, _ = _attributed(old, new, 4)
    effects = {each.keyword: each.effect for each in told.changes}

    assert effects["exclusiveMinimum"] == effects["$schema"] == "undecided"
    assert effects["maximum"] == "narrows"
