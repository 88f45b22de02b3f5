"""For GitHub Actions: annotations as workflow commands, and a line for those who read the log."""

from __future__ import annotations

from validator.reporting.findings import Finding, Outcome, Summary
from validator.reporting.options import Options
from validator.reporting.paths import relative
from validator.reporting.printing import Write, printable
from validator.reporting.words import STDIN, count_of, outcome_of, sentence

__all__ = ["GitHubReport"]

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


class GitHubReport:
    """`::error file=,line=,col=,title=::message` a finding, then the summary in plain words."""

    def __init__(self, write: Write, options: Options) -> None:
        self._write = write
        self._noun = options.noun

    def add(self, outcome: Outcome) -> None:
        """Tell each finding as an annotation."""
        for finding in outcome.told():
            self._write([(_annotation(outcome, finding), "")])

    def close(self, summary: Summary) -> None:
        """Tell how many had which outcome."""
        self._write([(f"{count_of(summary, self._noun)}: {outcome_of(summary, self._noun)}", "")])


def _annotation(outcome: Outcome, finding: Finding) -> str:
    """Write a workflow command; standard input is no file that an annotation could stand in."""
    title = f"{outcome.name}: {finding.rule}" if outcome.name else finding.rule
    properties = {
        "file": "" if finding.file == STDIN else relative(finding.file),
        "line": str(finding.line),
        "col": str(finding.column),
        "title": title,
    }
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
    return f"::{_COMMANDS[finding.level]} {told}::{_message(sentence(finding))}"


def _message(text: str) -> str:
    """Escape what would end a message; a percent sign begins an escape."""
    return printable(text).replace("%", "%25")


def _property(text: str) -> str:
    """Escape what would end a property, too."""
    return _message(text).replace(":", "%3A").replace(",", "%2C")
