"""What changed between two versions, as a page tells it: the verdict first, then the proof."""

from __future__ import annotations

import json
import re

import attrs

from validator.compatibility import Change, Comparison, Direction, compare
from validator.compatibility.verdicts import Step
from validator.errors import NoVerdict, RegistryUnavailable
from validator.iglu import SchemaKey
from validator.registry import Registry
from validator.results import JSON, Violation

__all__ = ["Changed", "Question", "broken", "changed", "indented", "step_taken"]

_STEPS: tuple[Step, ...] = ("NONE", "ADDITION", "REVISION", "MODEL")
_LONGEST = 4_000
#: How a message that shows values ends, where the value is no scalar.
_WHOLE = re.compile(r"; it is [{\[].*", re.DOTALL)

_ANSWERS = {"proved": "yes", "refuted": "no", "unknown": "not known"}


@attrs.frozen
class Question:
    """Whether all documents of one version are documents of another."""

    #: The version whose documents they are, and the one that judges them.
    of: SchemaKey
    by: SchemaKey
    found: Direction

    @property
    def answer(self) -> str:
        """`yes`, `no` or `not known`."""
        return _ANSWERS[self.found.verdict]


@attrs.frozen
class Changed:
    """A version beside the one before it."""

    old: SchemaKey
    new: SchemaKey
    #: None where they could not be compared.
    comparison: Comparison | None
    problem: str = ""

    @property
    def questions(self) -> tuple[Question, ...]:
        """Both directions, backward first; none where they could not be compared."""
        if self.comparison is None:
            return ()
        return (
            Question(self.old, self.new, self.comparison.backward),
            Question(self.new, self.old, self.comparison.forward),
        )

    @property
    def deciding(self) -> tuple[Change, ...]:
        """The changes that may decide what is accepted: those first that break readers."""
        found = [each for each in self._changes if each.effect != "neutral"]
        return tuple(
            sorted(found, key=lambda each: ("readers" not in each.breaks, not each.breaks))
        )

    @property
    def neutral(self) -> tuple[Change, ...]:
        """The other changes."""
        return tuple(each for each in self._changes if each.effect == "neutral")

    @property
    def _changes(self) -> tuple[Change, ...]:
        return () if self.comparison is None else self.comparison.changes

    @property
    def taken(self) -> Step:
        """The step of SchemaVer that the numbers say."""
        return step_taken(self.old, self.new)

    @property
    def grade(self) -> str:
        """Whether that is `enough`, `too small`, or `larger than needed`; `unknown` if unknown."""
        if self.comparison is None:
            return "unknown"
        taken, needed = _STEPS.index(self.taken), _STEPS.index(self.comparison.step)
        if taken < needed:
            return "too small"
        return "enough" if taken == needed else "larger than needed"


def changed(old: SchemaKey, new: SchemaKey, registry: Registry) -> Changed:
    """Compare a version with the one before it.

    :raises RegistryUnavailable: if the registry did not answer.
    """
    try:
        return Changed(old, new, compare(old, new, registry=registry))
    except RegistryUnavailable:
        raise
    except NoVerdict as error:
        return Changed(old, new, None, str(error))


def step_taken(old: SchemaKey, new: SchemaKey) -> Step:
    """Give the step from one version to another.

    >>> key = SchemaKey.parse
    >>> step_taken(key("iglu:a/b/jsonschema/1-0-1"), key("iglu:a/b/jsonschema/1-1-0"))
    'REVISION'
    """
    if old.version.model != new.version.model:
        return "MODEL"
    return "ADDITION" if old.version.revision == new.version.revision else "REVISION"


def broken(violation: Violation) -> str:
    """Give the message of a witness, less the value in it where that is the whole document.

    Which stands beside it on the page.
    """
    return violation.message if violation.instance_location else _WHOLE.sub("", violation.message)


def indented(value: JSON) -> str:
    """Give a document or a schema as JSON text, indented, cut where it is long."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}\n…"
