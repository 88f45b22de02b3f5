"""What a comparison of two schemas finds: verdicts, witnesses, changes, the step they ask for."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from validator.results import JSON, Violation

__all__ = [
    "ABSENT",
    "Absent",
    "Change",
    "Comparison",
    "Direction",
    "Effect",
    "Policy",
    "Reason",
    "Side",
    "Step",
    "Storage",
    "Verdict",
    "Warned",
    "Witness",
]

#: Whether one schema accepts every document that another accepts.
Verdict: TypeAlias = Literal["proved", "refuted", "unknown"]
#: The least step of SchemaVer that a change may be published as; NONE where nothing is changed.
Step: TypeAlias = Literal["NONE", "ADDITION", "REVISION", "MODEL"]
#: What grades a change: by what is proved, or as Snowplow's documentation does.
Policy: TypeAlias = Literal["strict", "snowplow"]
#: The kinds of tables that may hold the data.
Storage: TypeAlias = Literal["redshift", "parquet"]
#: What a change does to the documents that are accepted: `both` takes some away and adds others.
Effect: TypeAlias = Literal["narrows", "widens", "both", "neutral", "undecided"]
#: Who breaks: `readers` of history who have the new schema; `consumers` who still have the old one.
Side: TypeAlias = Literal["readers", "consumers"]


class Absent:
    """The type of `ABSENT`: there is no such keyword on this side, which is not null."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = Absent()


@attrs.frozen
class Witness:
    """A document that one schema accepts and the other does not; the engine said both."""

    document: JSON
    #: The first violation that it gets; its message shows values: nobody sent this document.
    violation: Violation


@attrs.frozen
class Direction:
    """Whether one schema accepts all that another accepts."""

    verdict: Verdict
    #: Where it is refuted, a document that shows it.
    witness: Witness | None = None
    #: A schema of the documents that are lost, where it could be told; not where it is proved.
    lost: JSON = attrs.field(default=None, repr=False)
    #: Where it is unknown, what kept it from being decided.
    reason: str | None = None

    def __bool__(self) -> bool:
        """Whether it is proved."""
        return self.verdict == "proved"


@attrs.frozen(kw_only=True)
class Change:
    """One keyword that differs, and what that does to the documents that are accepted."""

    #: JSON Pointer to the schema that has the keyword: in the new schema, or, where it is gone
    #: there, in the old one.
    path: str
    #: The keyword; "" where the schema itself is another: true, false or an object.
    keyword: str
    #: The one that differs of those that the keyword holds: the name of a property or of what is
    #: required, the place of a branch; None where the keyword differs as a whole.
    name: str | None = None
    old: JSON | Absent
    new: JSON | Absent
    effect: Effect
    breaks: tuple[Side, ...] = ()
    #: What shows it: a document that is lost where it narrows, else one that is gained.
    witness: Witness | None = None
    #: The change in words, without what it does.
    message: str = ""
    #: Where it has its effect only along with others: the locations of those.
    together: tuple[str, ...] = ()
    #: Where it is in the old schema: JSON Pointers to each reference that was followed to the
    #: schema that has the keyword, then to that.
    old_places: tuple[str, ...] = attrs.field(default=(), repr=False)

    @property
    def location(self) -> str:
        """JSON Pointer to the keyword itself, or to the one that differs of those it holds."""
        steps = [step for step in (self.keyword,) if step]
        if self.name is not None and self.keyword != "required":
            steps.append(self.name)
        return self.path + "".join(
            f"/{step.replace('~', '~0').replace('/', '~1')}" for step in steps
        )


@attrs.frozen
class Reason:
    """Why the step is not smaller: a rule of the policy, and what it was found at."""

    #: The rule's id, such as `history-lost`.
    rule: str
    step: Step
    message: str
    #: The change that it was found at, if it is one alone.
    change: Change | None = None


@attrs.frozen
class Warned:
    """What a change does to tables that hold the data: no matter of validation."""

    storage: Storage
    #: The rule's id, such as `redshift-column-type`.
    rule: str
    #: JSON Pointer to the schema of the column.
    path: str
    message: str


@attrs.frozen(kw_only=True)
class Comparison:
    """What a new schema accepts beside an old one, and what that asks of its version."""

    #: Whether the new schema accepts every document that the old one accepts.
    backward: Direction
    #: Whether the old schema accepts every document that the new one accepts.
    forward: Direction
    changes: tuple[Change, ...] = ()
    policy: Policy = "strict"
    step: Step
    #: Why the step is not smaller.
    reasons: tuple[Reason, ...] = ()
    warnings: tuple[Warned, ...] = ()
    #: Whether the budget ended before each change was looked at by itself.
    truncated: bool = False

    @property
    def is_equal(self) -> bool:
        """Whether both are proved to accept the same documents."""
        return bool(self.backward) and bool(self.forward)
