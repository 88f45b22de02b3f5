"""For CI servers that read JUnit's XML: a suite a file, a case a document."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from validator.reporting.findings import Finding, Outcome, Status, Summary
from validator.reporting.options import Options
from validator.reporting.printing import Write, printable
from validator.reporting.words import sentence

__all__ = ["JUnitReport"]

#: The cases of one suite that are held until it is written, with their counts before them; a file
#: of more becomes several suites of its name.
_MOST_CASES = 10_000
#: What a case is that is not as it should be: wrong, or not to be judged.
_ELEMENTS: dict[Status, str] = {"invalid": "failure", "unresolved": "error"}


class JUnitReport:
    """`testsuites`, in it a `testsuite` a file, in that a `testcase` a document or case."""

    def __init__(self, write: Write, options: Options) -> None:
        self._write = write
        self._name = f"validator {options.command}"
        self._has_begun = False
        self._file = ""
        self._cases: list[Outcome] = []

    def add(self, outcome: Outcome) -> None:
        """Keep an outcome until its suite is whole."""
        if outcome.file != self._file or len(self._cases) == _MOST_CASES:
            self._write_suite()
        self._file = outcome.file
        self._cases.append(outcome)

    def close(self, _: Summary) -> None:
        """Write the last suite; the counts are those of the suites."""
        self._write_suite()
        self._begin()
        self._line("</testsuites>")

    def _begin(self) -> None:
        if not self._has_begun:
            self._line('<?xml version="1.0" encoding="UTF-8"?>')
            self._line(f"<testsuites{_attributes(name=self._name)}>")
        self._has_begun = True

    def _write_suite(self) -> None:
        """Write the cases that are kept, as a suite."""
        if not self._cases:
            return
        self._begin()
        statuses = [case.status for case in self._cases]
        attributes = _attributes(
            name=self._file,
            tests=str(len(statuses)),
            failures=str(statuses.count("invalid")),
            errors=str(statuses.count("unresolved")),
            skipped="0",
            time=_seconds(sum(case.seconds or 0 for case in self._cases)),
        )
        self._line(f"<testsuite{attributes}>")
        for case in self._cases:
            self._write_case(case)
        self._line("</testsuite>")
        self._cases.clear()

    def _write_case(self, case: Outcome) -> None:
        attributes = _attributes(
            name=case.name or f"line {case.line}",
            classname=case.file,
            file=case.file,
            line=str(case.line),
            time=_seconds(case.seconds or 0),
        )
        if case.status == "valid":
            self._line(f"<testcase{attributes}/>")
            return
        element = _ELEMENTS[case.status]
        self._line(f"<testcase{attributes}>")
        self._line(f"<{element}{_head(case.findings)}>{_body(case.told())}</{element}>")
        self._line("</testcase>")

    def _line(self, text: str) -> None:
        self._write([(text, "")])


def _head(findings: tuple[Finding, ...]) -> str:
    """Give the attributes of what is wrong with a case: the first finding stands for all."""
    if not findings:
        return ""
    more = f" (and {len(findings) - 1:,} more)" if len(findings) > 1 else ""
    return _attributes(message=findings[0].message + more, type=findings[0].rule)


def _body(findings: Iterable[Finding]) -> str:
    """Give the text of what is wrong with a case: a line a finding."""
    return "\n".join(
        escape(printable(f"{each.file}:{each.line}:{each.column}: {each.code}: {sentence(each)}"))
        for each in findings
    )


def _attributes(**values: str) -> str:
    """Write attributes; what XML can't hold is escaped."""
    return "".join(f" {name}={quoteattr(printable(value))}" for name, value in values.items())


def _seconds(time: float) -> str:
    return f"{time:.3f}"
