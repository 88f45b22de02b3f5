"""The least step, by each policy."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from schema_pairs import DOCUMENTS, VIOLATION, Deciding, cases, disjoint
from validator.compatibility.attribution import attribute
from validator.compatibility.changes import difference
from validator.compatibility.grading import Findings, grade, least_documents
from validator.compatibility.verdicts import ABSENT, Change, Direction, Witness
from validator.errors import WrongUse

_REFUTED = Direction("refuted", Witness({"a": "x" * 99}, VIOLATION))


def _never() -> bool:
    return False


def _findings(old: Any, new: Any, *documents: Any) -> Findings:
    decide = Deciding([*documents, *DOCUMENTS])
    backward = decide(old, new)
    found = difference(old, new)
    told = attribute(found, backward, decide(new, old), decide)
    return Findings(
        old=old,
        is_none=found.is_none,
        backward=backward,
        changes=told.changes,
        truncated=told.truncated,
        is_disjoint=lambda: disjoint(old, new),
        loses_least=lambda: disjoint(least_documents(old), new),
    )


def _of(change: Change, old: Any = None, backward: Direction = _REFUTED) -> Findings:
    return Findings(
        old=old,
        is_none=False,
        backward=backward,
        changes=(change,),
        is_disjoint=_never,
        loses_least=_never,
    )


@pytest.mark.parametrize("policy", ["strict", "snowplow"])
@pytest.mark.parametrize("case", cases())
def test_pairs(case: dict[str, Any], policy: Any) -> None:
    """Each pair has the step, and the rules that ask for it, that its fixture says."""
    findings = _findings(case["old"], case["new"], *case.get("documents", ()))
    step, reasons = grade(findings, policy)

    assert [step, *dict.fromkeys(reason.rule for reason in reasons)] == case[policy]
    assert all(reason.step == step for reason in reasons)
    assert all(reason.change is None or reason.change in findings.changes for reason in reasons)


@pytest.mark.parametrize("case", cases())
def test_never_less_than_proved(case: dict[str, Any]) -> None:
    """An ADDITION of `strict` is proved, whatever the changes; NONE has no reason."""
    findings = _findings(case["old"], case["new"], *case.get("documents", ()))
    step, reasons = grade(findings, "strict")

    assert (step in {"NONE", "ADDITION"}) is (case["backward"] == "proved")
    assert bool(reasons) is (step != "NONE")


def test_unknown() -> None:
    """What is neither proved nor refuted is no ADDITION by any policy, and why is told."""
    change = Change(path="", keyword="pattern", old="a", new="b", effect="undecided")
    for backward, expected in (
        (Direction("unknown"), "accepted"),
        (Direction("unknown", reason="no idea"), "accepted: no idea"),
    ):
        for policy in ("strict", "snowplow"):
            step, (reason,) = grade(_of(change, backward=backward), policy)
            assert (step, reason.rule) == ("REVISION", "unproven")
            assert reason.message.endswith(expected)


def test_witness_is_shown() -> None:
    """A reason shows a document that is lost, cut where it is long; none that is only gained."""
    lost = Change(
        path="",
        keyword="properties",
        name="a",
        old=ABSENT,
        new={},
        effect="narrows",
        witness=_REFUTED.witness,
        message="property `a` is new: {}",
    )
    _, (reason,) = grade(_of(lost), "snowplow")
    assert reason.message == (
        'property `a` is new: {}, and it is optional; lost, for example: {"a":"' + "x" * 51 + "..."
    )
    gained = attrs.evolve(lost, keyword="type", name=None, old="integer", new="number")
    gained = attrs.evolve(gained, effect="widens", message="type: it is wider")
    _, (reason, *_) = grade(_of(gained, backward=Direction("proved")), "snowplow")
    assert (reason.rule, reason.message) == ("type-changed", "type: it is wider")


def test_history_that_no_change_explains() -> None:
    """History that is lost, and it is not known by which change, is never an ADDITION."""
    optional = Change(path="", keyword="properties", name="a", old=ABSENT, new={}, effect="narrows")
    undecided = Change(path="", keyword="format", old="a", new="b", effect="undecided")
    some = _of(optional)
    for findings in (
        attrs.evolve(some, truncated=True),
        attrs.evolve(some, changes=(optional, undecided)),
        attrs.evolve(some, changes=()),
    ):
        step, reasons = grade(findings, "snowplow")
        assert (step, reasons[-1].rule, reasons[-1].change) == ("REVISION", "history-lost", None)
        assert grade(findings, "strict")[0] == "REVISION"
    assert grade(some, "snowplow")[0] == "ADDITION"


def test_what_is_asked_of_the_whole() -> None:
    """What no document says is asked where history is lost, and only there."""
    change = Change(path="", keyword="minimum", old=1, new=2, effect="narrows")
    asked: list[str] = []

    def _asks(name: str, *, answer: bool) -> Any:
        def _ask() -> bool:
            asked.append(name)
            return answer

        return _ask

    findings = attrs.evolve(
        _of(change),
        is_disjoint=_asks("disjoint", answer=False),
        loses_least=_asks("least", answer=True),
    )
    step, reasons = grade(findings, "strict")
    assert (step, [reason.rule for reason in reasons]) == ("MODEL", ["least-history-lost"])
    assert asked == ["disjoint", "least"]
    for verdict in ("proved", "unknown"):
        grade(attrs.evolve(findings, backward=Direction(verdict)), "strict")  # type: ignore[arg-type]  # any of them
    assert asked == ["disjoint", "least"]
    step, reasons = grade(attrs.evolve(findings, is_disjoint=lambda: True), "strict")
    assert (step, [reason.rule for reason in reasons]) == ("MODEL", ["no-history-left"])


@pytest.mark.parametrize(
    ("old", "path", "expected"),
    [
        ({"type": "integer"}, "", "MODEL"),
        ({"required": ["a"], "properties": {"a": {}}}, "/properties/a", "MODEL"),
        ({"required": ["b"], "properties": {"a": {}}}, "/properties/a", "REVISION"),
        ({"required": ["100%"], "properties": {"100%": {}}}, "/properties/100%", "MODEL"),
        ({"allOf": [{}, {"type": "integer"}]}, "/allOf/1", "MODEL"),
        ({"anyOf": [{}, {"type": "integer"}]}, "/anyOf/1", "REVISION"),
        ({"$ref": "#/$defs/x", "$defs": {"x": {"allOf": [{"$ref": "#"}]}}}, "/$defs/x", "MODEL"),
        ({"$ref": "iglu:other", "$defs": {"x": {}}}, "/$defs/x", "REVISION"),
        ({"required": ["a", 1], "properties": {"a": True}}, "/properties/a", "REVISION"),
    ],
)
def test_required_place(old: Any, path: str, expected: str) -> None:
    """A type is a MODEL where every document has it, found through what always applies."""
    change = Change(path="/x", keyword="type", old="integer", new="string", effect="both")
    change = attrs.evolve(change, old_places=(path,))
    step, (reason,) = grade(_of(change, old), "strict")
    assert step == expected
    assert reason.change is change


_TEXT = {"type": "string"}
_NULLABLE = {"type": ["string", "null"]}


def _object(a: Any, b: Any = None, **definitions: Any) -> dict[str, Any]:
    properties = {"b": b, "a": a} if b else {"a": a}
    written: dict[str, Any] = {"type": "object", "required": ["a"], "properties": properties}
    return {**written, "$defs": definitions} if definitions else written


def _to(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (_object(_to("s"), s=_NULLABLE), _object(_to("s"), s=_TEXT), "MODEL"),
        (_object(_to("s"), s=_NULLABLE), _object(_to("t"), t=_TEXT), "MODEL"),
        (_object(_NULLABLE), _object(_to("t"), t=_TEXT), "MODEL"),
        (_object(_to("s"), s=_NULLABLE), _object(_TEXT), "MODEL"),
        (_object(_to("s"), _to("s"), s=_NULLABLE), _object(_NULLABLE, _TEXT), "REVISION"),
        (_object(_to("s"), _to("s"), s=_NULLABLE), _object(_TEXT, _NULLABLE), "MODEL"),
        (_object(_NULLABLE, _NULLABLE), _object(_to("t"), _to("t"), t=_TEXT), "MODEL"),
        (_object(True, _NULLABLE), _object(True, _to("t"), t=_TEXT), "REVISION"),
        (
            {"allOf": [{**_NULLABLE, "minLength": 1}]},
            {"allOf": [{"maxLength": 9}, {**_TEXT, "minLength": 1}]},
            "MODEL",
        ),
    ],
)
def test_required_place_by_another_name(old: Any, new: Any, expected: str) -> None:
    """A type is graded by its place in the old schema, however the new one refers to it."""
    step, reasons = grade(_findings(old, new, {"a": None}, {"a": "x", "b": None}, None), "strict")
    assert step == expected
    rule = {"MODEL": "required-type-narrowed", "REVISION": "history-lost"}[expected]
    assert {reason.rule for reason in reasons} == {rule}


@pytest.mark.parametrize("policy", ["strict", "snowplow"])
def test_required_member_of_another_name(policy: Any) -> None:
    """A member that was required and is gone is told where what has it was renamed, or moved."""
    closed = {"type": "object", "additionalProperties": False}
    one = {**closed, "required": ["x"], "properties": {"x": _TEXT}}
    gone = {**closed, "properties": {"y": _TEXT}}
    documents: list[Any] = [{"a": {"x": "x"}}, {"a": {}}]
    for old in (_object(_to("s"), s=one), _object(one)):
        _, reasons = grade(_findings(old, _object(_to("t"), t=gone), *documents), policy)
        assert "required-removed" in {reason.rule for reason in reasons}
    old, new = {"allOf": [{"maxProperties": 9}, one]}, {"allOf": [gone]}
    _, reasons = grade(_findings(old, new, {"x": "x"}), policy)
    assert "required-removed" in {reason.rule for reason in reasons}


def test_change_without_an_old_place() -> None:
    """What has no place in the old schema is in no part of it that every document has."""
    for change in (
        Change(path="", keyword="type", old="integer", new="string", effect="both"),
        Change(path="", keyword="properties", name="a", old={}, new=ABSENT, effect="narrows"),
    ):
        _, (reason,) = grade(_of(change, {"required": ["a"]}), "strict")
        assert reason.rule == "history-lost"


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ({"enum": [1, 2]}, ["REVISION", "enum-changed"]),
        ({"enum": [1.0]}, ["ADDITION", "nothing-lost-or-gained"]),
        ({"enum": [2, 3]}, ["MODEL", "no-history-left"]),
    ],
)
def test_constant_of_snowplow(new: Any, expected: list[str]) -> None:
    """A constant is an enum of one value, and graded as one."""
    step, (reason, *_) = grade(_findings({"const": 1}, new, 1, 2, 3), "snowplow")
    assert [step, reason.rule] == expected


@pytest.mark.parametrize(
    ("old", "new", "effect", "expected"),
    [
        ("string", ["null", "string"], "widens", "ADDITION"),
        (["string"], ["null", "string"], "widens", "ADDITION"),
        (["string", "null"], ["null", "string", "integer"], "widens", "MODEL"),
        ("integer", "number", "widens", "MODEL"),
        (ABSENT, "string", "narrows", "MODEL"),
        (ABSENT, "string", "neutral", "ADDITION"),
        ("string", ABSENT, "widens", "MODEL"),
    ],
)
def test_types_of_snowplow(old: Any, new: Any, effect: Any, expected: str) -> None:
    """Any change of a type is a MODEL as documented, but that null is allowed."""
    change = Change(path="", keyword="type", old=old, new=new, effect=effect)
    assert grade(_of(change, backward=Direction("proved")), "snowplow")[0] == expected


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (True, None),
        ({"type": "object"}, None),
        ({"type": "object", "required": []}, None),
        ({"required": ["a"]}, None),
        ({"type": ["object", "null"], "required": ["a"]}, None),
        ({"type": "object", "required": ["a"], "$ref": "#"}, None),
        (
            {"type": ["object"], "required": ["a"]},
            {
                "type": ["object"],
                "required": ["a"],
                "allOf": [{"properties": {"a": {}}, "additionalProperties": False}],
            },
        ),
        (
            {"type": "object", "required": ["a"], "allOf": [{}]},
            {
                "type": "object",
                "required": ["a"],
                "allOf": [{}, {"properties": {"a": {}}, "additionalProperties": False}],
            },
        ),
    ],
)
def test_least_documents(schema: Any, expected: Any) -> None:
    """The least documents have what is required, and no more."""
    assert least_documents(schema) == expected


def test_wrong_policy() -> None:
    """A policy that is none is refused, by name."""
    change = Change(path="", keyword="type", old=1, new=2, effect="both")
    for wrong in ("lenient", None):
        with pytest.raises(WrongUse, match=r"no such policy: .*; there are strict, snowplow"):
            grade(_of(change), wrong)  # type: ignore[arg-type]  # any of them
