"""What reports tell: findings at places, of documents or of cases of a suite."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

import attrs

from validator.problems import Level
from validator.results import EventResult, Result, Violation

__all__ = ["Excerpt", "Finding", "Level", "Outcome", "Status", "Summary", "status_of"]

#: What became of a document; of a case: as expected, not as expected, not to be judged.
Status: TypeAlias = Literal["valid", "invalid", "unresolved"]


@attrs.frozen
class Excerpt:
    """The line that a finding is in, printable, cut to what fits beside it."""

    text: str
    #: The cells of a terminal that stand before the place in the text.
    caret: int


@attrs.frozen(kw_only=True)
class Finding:
    """One thing to tell, at a place in a file."""

    #: The file's name as it was given; `-` is standard input.
    file: str
    #: From 1.
    line: int
    #: In characters, from 1.
    column: int
    level: Level = "error"
    #: The keyword that is broken; where there is none, the code: `NotJSON`, `ExpectedValid`.
    rule: str
    #: What is wrong, without payload values unless they were asked for.
    message: str
    #: What the finding was made of, if of a violation.
    violation: Violation | None = None
    #: JSON Pointer of the value at fault, for a finding of no violation that has one.
    location: str = ""
    #: What may have been meant, where the message does not say so.
    hint: str | None = None
    excerpt: Excerpt | None = None

    @property
    def code(self) -> str:
        """The code of the violation where the rule is that of the violation, else the rule."""
        violation = self.violation
        is_its = violation is not None and self.rule in {violation.keyword, violation.code}
        return violation.code if violation is not None and is_its else self.rule

    @property
    def schema(self) -> str | None:
        """The schema that is broken, if it has a name."""
        named = None if self.violation is None else self.violation.schema
        return None if named is None else str(named)


@attrs.frozen(kw_only=True)
class Outcome:
    """What became of a document that was checked, or of a case of a suite that was run."""

    file: str
    #: The line in which it begins, from 1.
    line: int = 1
    #: Nothing for a document; the description of a case.
    name: str = ""
    status: Status
    findings: tuple[Finding, ...] = ()
    #: What the document was found to be, if it was judged.
    result: Result | None = attrs.field(default=None, repr=False)
    #: Whether there may be more findings than these.
    truncated: bool = False
    seconds: float | None = None

    def told(self) -> Iterator[Finding]:
        """Give what there is to tell: the findings, and a note if there may be more."""
        yield from self.findings
        if self.truncated:
            message = "there may be more violations"
            yield Finding(
                file=self.file,
                line=self.line,
                column=1,
                level="note",
                rule="Truncated",
                message=message,
            )


def status_of(result: Result | EventResult) -> Status:
    """Give the one outcome of a document, or of an event."""
    if result.unresolved:
        return "unresolved"
    return "valid" if result else "invalid"


@attrs.define
class Summary:
    """How many documents, cases or events had which outcome; each has one."""

    valid: int = 0
    invalid: int = 0
    #: Those for which, or for a part of which, no usable schema was found, or that can't be read.
    unresolved: int = 0
    #: How many findings break which rule of which schema.
    rules: dict[tuple[str | None, str], int] = attrs.field(factory=dict)

    @property
    def documents(self) -> int:
        """All of them."""
        return self.valid + self.invalid + self.unresolved

    def add(self, outcome: Outcome) -> None:
        """Count one more document or case, and the rules that it breaks."""
        self._count(outcome.status)
        for finding in outcome.findings:
            broken = finding.schema, finding.rule
            self.rules[broken] = self.rules.get(broken, 0) + 1

    def count(self, result: Result | EventResult) -> None:
        """Count one more document, or one more event of those of a document; not its rules."""
        self._count(status_of(result))

    def _count(self, status: Status) -> None:
        setattr(self, status, getattr(self, status) + 1)

    @property
    def exit_code(self) -> int:
        """0: all are valid; 1: some are not; 3: some have no verdict."""
        if self.unresolved:
            return 3
        return 1 if self.invalid else 0
