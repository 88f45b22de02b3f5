"""What a command tells of the documents it checked: for people, and for programs.

A report is given outcomes one by one and writes each at once, so that a million of them take no
more memory than one. Each format is a module of its own, which is imported where it is asked for.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Protocol

from validator.reporting.checked import Checked, Source
from validator.reporting.findings import Excerpt, Finding, Level, Outcome, Status, Summary
from validator.reporting.options import Options
from validator.reporting.printing import Piece, Write, printable, told

__all__ = [
    "FORMATS",
    "Checked",
    "Excerpt",
    "Finding",
    "Level",
    "Options",
    "Outcome",
    "Piece",
    "Report",
    "Source",
    "Status",
    "Summary",
    "Write",
    "printable",
    "told",
]


class Report(Protocol):
    """One way to tell outcomes."""

    def add(self, outcome: Outcome) -> None:
        """Tell one outcome."""

    def close(self, summary: Summary) -> None:
        """Tell the summary; nothing comes after it."""


def _made_by(module: str, name: str) -> Callable[[Write, Options], Report]:
    """Give what makes a report of a format, and imports its module only then."""

    def make(write: Write, options: Options) -> Report:
        made: Report = getattr(importlib.import_module(module), name)(write, options)
        return made

    return make


#: What `--format` offers: each makes a report that writes with the one, as the other says.
FORMATS: dict[str, Callable[[Write, Options], Report]] = {
    "text": _made_by("validator.reporting.text", "TextReport"),
    "json": _made_by("validator.reporting.json", "JSONReport"),
    "ndjson": _made_by("validator.reporting.ndjson", "NDJSONReport"),
    "junit": _made_by("validator.reporting.junit", "JUnitReport"),
    "sarif": _made_by("validator.reporting.sarif", "SARIFReport"),
    "github": _made_by("validator.reporting.github", "GitHubReport"),
    "gitlab": _made_by("validator.reporting.gitlab", "GitLabReport"),
}
