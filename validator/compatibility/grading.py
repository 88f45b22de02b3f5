"""The least step of SchemaVer that a change may be published as, by the rules of a policy.

`strict` grades by what is proved: ADDITION only where the new schema accepts all history. It is
MODEL where no history is left, or where it is lost for a reason that Snowplow's documentation calls
breaking; else it is REVISION. `snowplow` grades as that documentation does ("Versioning your data
structures"): it is looser for optional properties, which come and go as an ADDITION even where that
loses history, and stricter for types, any change of which is a MODEL, and for values of `enum`;
`const` is an enum of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from validator.compatibility.references import value_at
from validator.compatibility.required_places import required_places
from validator.compatibility.verdicts import (
    ABSENT,
    Change,
    Direction,
    Policy,
    Reason,
    Step,
    Witness,
)
from validator.compatibility.words import clipped
from validator.errors import WrongUse, shown
from validator.results import JSON

__all__ = ["POLICIES", "Findings", "grade", "least_documents"]

_SIZES: dict[Step, int] = {"NONE": 0, "ADDITION": 1, "REVISION": 2, "MODEL": 3}
_LOSES = frozenset({"narrows", "both"})


@attrs.frozen(kw_only=True)
class Findings:
    """What is known of a change, for a policy to grade it."""

    old: JSON = attrs.field(repr=False)
    #: Whether nothing differs but `self.version`.
    is_none: bool
    #: Whether the new schema accepts every document that the old one accepts.
    backward: Direction
    changes: tuple[Change, ...]
    #: Whether there may be more changes, or it is not known of each what it does.
    truncated: bool = False
    #: Tells whether it is proved that no document is accepted by both.
    is_disjoint: Callable[[], bool]
    #: Tells whether it is proved that the new schema accepts none of `least_documents(old)`.
    loses_least: Callable[[], bool]


def grade(findings: Findings, policy: Policy) -> tuple[Step, tuple[Reason, ...]]:
    """Give the least step, and why it is not smaller.

    What is neither proved nor refuted is never an ADDITION.

    :raises WrongUse: if there is no such policy.
    """
    rules = POLICIES.get(policy) if type(policy) is str else None
    if rules is None:
        message = f"no such policy: {shown(policy)}; there are {', '.join(POLICIES)}"
        raise WrongUse(message)
    if findings.is_none:
        return "NONE", ()
    found = [*rules(findings), *_whole(findings)]
    step = max((reason.step for reason in found), key=_SIZES.__getitem__)
    return step, tuple(reason for reason in found if reason.step == step)


def least_documents(schema: JSON) -> JSON | None:
    """Give a schema of the documents that have no more properties than a schema requires.

    None where it requires none, or is not of objects alone.
    """
    if not isinstance(schema, dict) or "$ref" in schema:
        return None
    if schema.get("type") not in ("object", ["object"]):
        return None
    required = schema.get("required")
    if not isinstance(required, list) or not required:
        return None
    closed = {"properties": {name: {} for name in required}, "additionalProperties": False}
    return {**schema, "allOf": [*schema.get("allOf", ()), closed]}


# What both policies say.


def _whole(findings: Findings) -> Iterator[Reason]:
    """Grade what holds of the change as a whole."""
    backward = findings.backward
    if backward:
        yield _history_kept(findings)
    elif backward.verdict == "unknown":
        why = f": {backward.reason}" if backward.reason else ""
        message = f"it is neither proved nor refuted that all history is accepted{why}"
        yield Reason("unproven", "REVISION", message)
    elif findings.is_disjoint():
        message = "no document that the old schema accepts is accepted by the new one"
        yield Reason("no-history-left", "MODEL", message)
    elif findings.loses_least():
        message = "no document with only the properties that are required is accepted any more"
        yield Reason("least-history-lost", "MODEL", message)


def _history_kept(findings: Findings) -> Reason:
    if all(change.effect == "neutral" for change in findings.changes):
        message = "the texts differ, and the documents that are accepted are the same"
        return Reason("nothing-lost-or-gained", "ADDITION", message)
    message = "the new schema accepts every document that the old one accepts"
    return Reason("history-kept", "ADDITION", message)


def _lost(change: Change) -> Reason:
    return Reason("history-lost", "REVISION", change.message + _example(change), change)


def _lost_somehow(findings: Findings) -> Reason:
    message = "the new schema does not accept all history"
    return Reason("history-lost", "REVISION", message + _shown(findings.backward.witness))


def _is_explained(findings: Findings) -> bool:
    """Whether it is known of each change what it does, and some lose history."""
    effects = {change.effect for change in findings.changes}
    return not findings.truncated and "undecided" not in effects and not effects.isdisjoint(_LOSES)


def _example(change: Change) -> str:
    return _shown(change.witness) if change.effect in _LOSES else ""


def _shown(witness: Witness | None) -> str:
    return "" if witness is None else f"; lost, for example: {clipped(witness.document)}"


def _breaking(findings: Findings, change: Change) -> Reason | None:
    """Name the rule by which lost history makes a change a MODEL; None if none does."""
    if _adds_required(change):
        rule = "required-added"
    elif _is_property(change) and change.new is ABSENT and _was_required(findings.old, change):
        rule = "required-removed"
    else:
        return None
    return _model(rule, change)


def _model(rule: str, change: Change) -> Reason:
    return Reason(rule, "MODEL", change.message + _example(change), change)


def _adds_required(change: Change) -> bool:
    return change.keyword == "required" and change.old is ABSENT


def _is_property(change: Change) -> bool:
    """Whether a property came or went."""
    return change.keyword == "properties" and ABSENT in (change.old, change.new)


def _is_within(change: Change, always: frozenset[str]) -> bool:
    """Whether it is in a part of the old schema that has a say in every document."""
    return bool(change.old_places) and always.issuperset(change.old_places)


def _was_required(old: JSON, change: Change) -> bool:
    schema = value_at(old, change.old_places[-1]) if change.old_places else ABSENT
    required = schema.get("required") if isinstance(schema, dict) else None
    return isinstance(required, list) and change.name in required


# strict


def _strict(findings: Findings) -> Iterator[Reason]:
    """Grade by what is proved."""
    if findings.backward.verdict != "refuted":
        return
    always = required_places(findings.old)
    for change in (each for each in findings.changes if each.effect in _LOSES):
        if change.keyword == "type" and _is_within(change, always):
            yield _model("required-type-narrowed", change)
        else:
            yield _breaking(findings, change) or _lost(change)
    if not _is_explained(findings):
        yield _lost_somehow(findings)


# snowplow


def _snowplow(findings: Findings) -> Iterator[Reason]:
    """Grade as Snowplow's documentation does, whatever is proved of parts that it names."""
    required = {(it.path, it.name) for it in findings.changes if _adds_required(it)}
    for change in findings.changes:
        if change.keyword == "type":
            reason = _of_type(change)
        elif _is_property(change):
            is_new = (change.path, change.name) in required  # which is told where it is required
            reason = None if is_new else _of_property(findings, change)
        else:
            reason = _of_other(findings, change)
        if reason is not None:
            yield reason
    if findings.backward.verdict == "refuted" and not _is_explained(findings):
        yield _lost_somehow(findings)


def _of_type(change: Change) -> Reason | None:
    """Grade a change of `type`: any but that null is allowed, and one that only says what held."""
    if ABSENT in (change.old, change.new):
        return None if change.effect == "neutral" else _model("type-changed", change)
    old, new = (
        frozenset(each if isinstance(each, list) else [each]) for each in (change.old, change.new)
    )
    is_now_nullable = old | {"null"} == new
    return None if is_now_nullable else _model("type-changed", change)


def _of_property(findings: Findings, change: Change) -> Reason:
    """Grade a property that came, or went: whether it is optional is all that counts."""
    if change.new is ABSENT and _was_required(findings.old, change):
        return _model("required-removed", change)
    message = f"{change.message}, and it is optional{_example(change)}"
    return Reason("optional-property", "ADDITION", message, change)


def _of_other(findings: Findings, change: Change) -> Reason | None:
    if change.effect in _LOSES:
        return _breaking(findings, change) or _lost(change)
    if change.keyword in {"enum", "const"} and change.effect == "widens":
        return Reason("enum-changed", "REVISION", change.message, change)
    return None


#: Each policy by its name: what grades a change.
POLICIES: dict[Policy, Callable[[Findings], Iterator[Reason]]] = {
    "strict": _strict,
    "snowplow": _snowplow,
}
