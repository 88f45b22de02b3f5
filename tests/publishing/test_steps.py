"""Steps of versions: too small, too large, not proved, and against all of a revision or a model."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from validator import Directory, Registry, SchemaKey, SchemaVer
from validator.compatibility.verdicts import (
    Comparison,
    Direction,
    Policy,
    Reason,
    Step,
    Verdict,
    Witness,
)
from validator.publishing.steps import Steps, of_step
from validator.results import Violation

Put = Callable[..., Path]
#: Writes versions, each with what its one property may have; gives the problems of the last.
Told = Callable[..., list[tuple[str, str]]]

OLD, NEW = SchemaVer(1, 0, 0), SchemaVer(1, 0, 1)


def _key(version: str) -> SchemaKey:
    return SchemaKey.parse(f"iglu:com.acme/user/jsonschema/{version}")


def _steps(root: Path, **options: Any) -> Steps:
    directory = Directory(root)
    return Steps(Registry(directory), list(directory.keys()), **options)


@pytest.fixture(name="told")
def _told(put: Put, root: Path) -> Told:
    def told(versions: dict[str, dict[str, Any]], **options: Any) -> list[tuple[str, str]]:
        for version, plan in versions.items():
            put(version, plan=plan)
        steps = _steps(root, **options)
        return [(each.rule, each.level) for each in steps.problems(_key(list(versions)[-1]))]

    return told


def _widths(text: str) -> dict[str, dict[str, Any]]:
    """Read versions, each with the length that its property may have: `1-0-0:9 1-0-1:8`."""
    pairs = (each.split(":") for each in text.split())
    return {version: {"maxLength": int(length)} for version, length in pairs}


@pytest.mark.parametrize(
    ("versions", "found"),
    [
        # A first one needs no step.
        ("1-0-0:9", []),
        # As large as it has to be.
        ("1-0-0:9 1-0-1:10", []),
        ("1-0-0:9 1-1-0:8", []),
        # Too small.
        ("1-0-0:9 1-0-1:8", [("stepTooSmall", "error")]),
        # Larger than needed, or for nothing.
        ("1-0-0:9 1-1-0:10", [("stepTooLarge", "note")]),
        ("1-0-0:9 2-0-0:8", [("stepTooLarge", "note")]),
        ("1-0-0:9 2-0-0:10", [("stepTooLarge", "note")]),
        # The version before is the newest of any that is lower.
        ("1-0-0:9 1-1-0:8 1-1-1:9", []),
        ("2-0-0:5 1-0-0:9 1-0-1:10", []),
        # An ADDITION is one to all of its revision: 1-0-1 was none, and 1-0-2 is none to 1-0-0.
        ("1-0-0:9 1-0-1:7 1-0-2:8", [("stepTooSmall", "error")]),
        ("1-0-0:9 1-0-1:7 1-0-2:9", []),
        ("1-0-0:9 1-0-1:7 1-0-2:8 1-0-3:8 1-0-4:9", []),
        ("1-0-0:9 1-0-1:8 1-0-2:7 1-0-3:8", [("stepTooSmall", "error")]),
        ("1-0-0:9 1-0-1:8 1-0-2:6 1-0-3:7", [("stepTooSmall", "error")] * 2),
        # But not to those of other revisions.
        ("1-0-0:9 1-1-0:5 1-1-1:6", []),
        # What is too small to the last is not told again of each before.
        ("1-0-0:9 1-0-1:9 1-0-2:8", [("stepTooSmall", "error")]),
    ],
)
def test_steps(told: Told, versions: str, found: list[tuple[str, str]]) -> None:
    """A step is told where it is too small, and noted where it is larger than needed."""
    assert told(_widths(versions)) == found


def test_nothing_changed(told: Told) -> None:
    """A version that changes nothing is noted: it could be left out."""
    assert told({"1-0-0": {}, "1-0-1": {}}) == [("stepTooLarge", "note")]


def test_message(put: Put, root: Path) -> None:
    """What is told names both versions, the step that is asked for, and a document that breaks."""
    put("1-0-0", plan={"maxLength": 9})
    put("1-0-1", plan={"maxLength": 8})

    [problem] = _steps(root).problems(_key("1-0-1"))

    assert problem.location == "/self/version"
    assert "is an ADDITION to 1-0-0, and what it changes asks for a REVISION: " in problem.message
    assert problem.hint
    assert problem.hint.startswith("publish it as 1-1-0, or accept again what 1-0-0 accepts, ")
    witness = json.loads(problem.hint.partition("such as ")[2])
    assert len(witness["plan"]) == 9


def test_revision_that_accepts_nothing_of_an_older_one(put: Put, root: Path) -> None:
    """A REVISION that is a MODEL to an older revision of its model is warned of, and goes by."""
    for version, values in (("1-0-0", "a"), ("1-1-0", "ab"), ("1-2-0", "b")):
        put(version, plan={"enum": list(values)}, required=["plan"])

    [problem] = _steps(root).problems(_key("1-2-0"))

    assert (problem.rule, problem.level) == ("stepTooSmall", "warning")
    assert problem.message.startswith("is of one model with 1-0-0, to which it is a MODEL: ")


def test_policy(told: Told) -> None:
    """The policy decides: a value more of an enum is a REVISION in Snowplow's documentation."""
    versions: dict[str, dict[str, Any]] = {"1-0-0": {"enum": ["a"]}, "1-0-1": {"enum": ["a", "b"]}}

    assert told(versions) == []
    assert told(versions, policy="snowplow") == [("stepTooSmall", "error")]


def test_storage(told: Told) -> None:
    """What a change costs in tables is a warning, where that was asked for."""
    versions: dict[str, dict[str, Any]] = {
        "1-0-0": {"type": "integer"},
        "1-0-1": {"type": ["integer", "string"]},
    }

    assert told(versions) == []
    found = told(versions, storage=("redshift",))
    assert found
    assert {level for _, level in found} == {"warning"}


@pytest.mark.parametrize("broken", ["1-0-0", "1-0-1"])
def test_schema_that_is_none(put: Put, root: Path, broken: str) -> None:
    """Where one of the two is no schema, the step is unknown, which is no way through."""
    put("1-0-0")
    put("1-0-1")
    put(broken, type="no type")

    [problem] = _steps(root).problems(_key("1-0-1"))

    assert (problem.rule, problem.level) == ("stepUnknown", "error")


def test_older_schema_that_is_none(put: Put, root: Path) -> None:
    """An older one of the revision that is no schema is told; one of another revision is not."""
    put("1-0-0", type="no type")
    put("1-0-1")
    put("1-0-2", description="Another.")
    put("1-1-0", description="Yet another.")
    put("1-2-0", plan={"maxLength": 5})
    steps = _steps(root)

    [problem] = [each for each in steps.problems(_key("1-0-2")) if each.level == "error"]
    assert problem.message.startswith("is no ADDITION to 1-0-0, which is of the same revision: ")
    assert [each for each in steps.problems(_key("1-2-0")) if each.level == "error"] == []
    assert {each.rule for each in steps.problems(_key("1-1-0"))} == {"stepTooLarge"}


# What comparisons say, in words.


def _comparison(verdict: Verdict, step: Step, **options: Any) -> Comparison:
    reasons: Sequence[str] = options.pop("reasons", ())
    policy: Policy = "strict"
    return Comparison(
        backward=Direction(verdict, **options),
        forward=Direction("proved"),
        step=step,
        policy=policy,
        reasons=tuple(Reason("a-rule", step, each) for each in reasons),
    )


def test_unknown_never_passes() -> None:
    """What is not decided is no ADDITION, whatever the step would be."""
    for step in ("ADDITION", "REVISION"):
        found = _comparison("unknown", step, reason="the budget ended")  # type: ignore[arg-type]  # a Step
        [problem] = of_step(OLD, NEW, found)
        assert (problem.rule, problem.level) == ("stepUnproved", "error")
        assert problem.message.endswith("is neither proved nor refuted: the budget ended")
    assert list(of_step(OLD, SchemaVer(1, 1, 0), _comparison("unknown", "REVISION"))) == []
    [problem] = of_step(OLD, NEW, _comparison("unknown", "REVISION"))
    assert problem.message.endswith(": it was not decided")


def test_many_reasons() -> None:
    """Of many reasons the first are told, each once, and how many there are more."""
    reasons = ["one", "two", "one", "three", "four", "five"]

    [problem] = of_step(OLD, NEW, _comparison("refuted", "MODEL", reasons=reasons))

    assert problem.message.endswith("asks for a MODEL: one; two; three (and 2 more)")
    assert problem.hint == "publish it as 2-0-0"


def test_large_witness() -> None:
    """A document in a hint is cut where it is long."""
    violation = Violation(code="ValidationError", message="is too long")
    found = _comparison("refuted", "REVISION", witness=Witness("a" * 1_000, violation))

    [problem] = of_step(OLD, NEW, found)

    assert problem.hint
    assert problem.hint.endswith(f'"{"a" * 199}...')
    assert problem.message.endswith("the documents it accepts are others")
