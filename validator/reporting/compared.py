"""A comparison of two schemas as it is told: their names, and the step that is allowed."""

from __future__ import annotations

from typing import get_args

import attrs

from validator.compatibility.verdicts import Comparison, Step

__all__ = ["Compared", "size"]


def size(step: Step) -> int:
    """Give a step's place among the steps: NONE is 0, MODEL is 3."""
    return get_args(Step).index(step)


@attrs.frozen(kw_only=True)
class Compared:
    """Two schemas, and what was found."""

    #: What each is called: a version where they are versions of one schema, else as it was given.
    old: str
    new: str
    comparison: Comparison = attrs.field(repr=False)
    #: The step from the version of the one to that of the other; None where they have no such.
    taken: Step | None = None
    #: The greatest step that is allowed, whatever the versions are; None where they decide.
    at_most: Step | None = None
    #: The least version that the new schema may have; None where the old one has none.
    least_version: str | None = None

    @property
    def allowed(self) -> Step | None:
        """The greatest step that is allowed; None where any is."""
        return self.taken if self.at_most is None else self.at_most

    @property
    def is_enough(self) -> bool | None:
        """Whether the step that is allowed is large enough; None where any is allowed."""
        return None if self.allowed is None else size(self.comparison.step) <= size(self.allowed)

    @property
    def exit_code(self) -> int:
        """0: the step is large enough; 1: it is too small; 3: that, or a direction, is not known.

        Where any step is allowed, 3 if a direction is neither proved nor refuted, else 0.
        """
        found = self.comparison
        if self.is_enough:
            return 0
        if self.is_enough is None:
            return 3 if "unknown" in {found.backward.verdict, found.forward.verdict} else 0
        return 3 if all(each.rule == "unproven" for each in found.reasons) else 1
