"""The labelled cases: each direction is decided as it is labelled, and each witness is one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from questions import DIALECT_OF, operands
from validator.compatibility.deciding import Budget, decide, refute

_CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases.json").read_bytes())
_DIRECTIONS = [(case, side) for case in _CASES for side in ("backward", "forward")]

each_direction = pytest.mark.parametrize(
    ("case", "side"),
    _DIRECTIONS,
    ids=[f"{case['id']} {case['name']}, {side}" for case, side in _DIRECTIONS],
)


def _asked(case: dict[str, Any], side: str) -> tuple[Any, Any]:
    """Give the schema whose documents are asked of, and the one that is to accept them."""
    one, other = (case["old"], case["new"]) if side == "backward" else (case["new"], case["old"])
    return operands(one, other, dialect=DIALECT_OF[case["draft"]], formats="annotate")


def test_every_direction_is_labelled() -> None:
    """There are 139 pairs, and nobody left a direction open."""
    assert len(_CASES) == 139
    assert {type(case["expected"][side]) for case, side in _DIRECTIONS} == {bool}


@each_direction
def test_decided_as_labelled(case: dict[str, Any], side: str) -> None:
    """A direction is decided, none is unknown, as it is labelled; a witness is given and is one."""
    inner, outer = _asked(case, side)
    found = decide(inner, outer, Budget())

    assert found.verdict == ("proved" if case["expected"][side] else "refuted")
    if found.witness is not None:
        assert inner.accepts(found.witness.document)
        assert not outer.accepts(found.witness.document)
        assert found.witness.violation is not None
    assert (found.witness is None) is case["expected"][side]


@each_direction
def test_search_agrees_with_label(case: dict[str, Any], side: str) -> None:
    """The search alone finds no witness where the label says that there is none."""
    inner, outer = _asked(case, side)
    found = refute(inner, outer, Budget(steps=300))

    assert not (found and case["expected"][side])


@pytest.mark.parametrize(
    ("case", "side", "witness"),
    [
        (case, side, document)
        for case in _CASES
        for side, document in (case.get("witness") or {}).items()
    ],
    ids=lambda each: each if isinstance(each, str) else None,
)
def test_given_witness(case: dict[str, Any], side: str, witness: Any) -> None:
    """The engine says of the witness of a label that it is one."""
    inner, outer = _asked(case, side)

    assert inner.accepts(witness)
    assert not outer.accepts(witness)
