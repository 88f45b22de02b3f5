"""A comparison for programs: an object, as `iglu:org.eventpayload/comparison/jsonschema/1-0-0`."""

from __future__ import annotations

from validator.compatibility.verdicts import (
    ABSENT,
    Change,
    Comparison,
    Direction,
    Reason,
    Warned,
    Witness,
)
from validator.reporting.compared import Compared
from validator.reporting.printing import writable
from validator.results import JSON

__all__ = ["comparison_as_json"]


def comparison_as_json(compared: Compared) -> dict[str, JSON]:
    """Give a comparison as JSON; what is not there has no name in it."""
    found = compared.comparison
    told: dict[str, JSON] = {
        "old": writable(compared.old),
        "new": writable(compared.new),
        "backward": _direction(found.backward),
        "forward": _direction(found.forward),
        "step": found.step,
        **_given(
            taken=compared.taken,
            at_most=compared.at_most,
            enough=compared.is_enough,
            least_version=compared.least_version,
        ),
    }
    return {**told, **_details(found)}


def _details(found: Comparison) -> dict[str, JSON]:
    return {
        "policy": found.policy,
        "reasons": [_reason(each) for each in found.reasons],
        "changes": [_change(each) for each in found.changes],
        "warnings": [_warning(each) for each in found.warnings],
        "truncated": found.truncated,
    }


def _given(**members: JSON) -> dict[str, JSON]:
    """Leave out what is None."""
    return {name: value for name, value in members.items() if value is not None}


def _direction(direction: Direction) -> dict[str, JSON]:
    return {
        "verdict": direction.verdict,
        **_given(witness=_witness(direction.witness), lost=direction.lost, reason=direction.reason),
    }


def _witness(witness: Witness | None) -> JSON:
    if witness is None:
        return None
    return {"document": witness.document, "violation": witness.violation.to_dict()}


def _change(change: Change) -> dict[str, JSON]:
    """Give a change; a keyword that one side has not, has no value of that side."""
    sides = {"old": change.old, "new": change.new}
    return {
        "path": change.path,
        "keyword": change.keyword,
        **_given(name=change.name),
        **{side: value for side, value in sides.items() if value is not ABSENT},
        "effect": change.effect,
        "breaks": list(change.breaks),
        **_given(witness=_witness(change.witness)),
        "message": change.message,
        **_given(together=list(change.together) or None),
    }


def _reason(reason: Reason) -> dict[str, JSON]:
    at = None if reason.change is None else reason.change.location
    told = {"rule": reason.rule, "step": reason.step, "message": reason.message}
    return {**told, **_given(location=at)}


def _warning(warned: Warned) -> dict[str, JSON]:
    return {
        "storage": warned.storage,
        "rule": warned.rule,
        "path": warned.path,
        "message": warned.message,
    }
