"""For people: where, what and why, the line in question, and what was broken how often."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from validator.reporting.findings import Excerpt, Finding, Outcome, Summary
from validator.reporting.options import Options
from validator.reporting.printing import Piece, Write, printable, told
from validator.reporting.words import count_of, outcome_of

__all__ = ["TextReport"]

#: The lines that are told of one file; the findings that do not fit are counted.
_SCREENFUL = 40
#: The rules that the summary names.
_MOST_RULES = 10
_STYLES = {"error": "bad", "warning": "bad", "note": "rule"}


class TextReport:
    """`file:line:column: error CODE at /pointer: message` a finding, its line, and a summary."""

    def __init__(self, write: Write, options: Options) -> None:
        self._write = write
        self._options = options
        self._events = Summary()
        self._has_batches = False
        self._file: str | None = None
        self._room = 0
        self._untold = 0

    def add(self, outcome: Outcome) -> None:
        """Tell each finding; a valid document is told in the summary alone."""
        entries = () if outcome.result is None else outcome.result.entries
        self._has_batches = self._has_batches or len(entries) > 1
        for entry in entries:
            self._events.count(entry)
        if outcome.file != self._file:
            self._leave_file()
            self._file, self._room = outcome.file, _SCREENFUL
        for _, group in itertools.groupby(sorted(outcome.told(), key=_place), key=_place):
            self._tell(list(group), outcome.name)

    def _tell(self, findings: list[Finding], case: str) -> None:
        """Tell findings of one place, as many as there is room for of its file."""
        room = len(findings) if self._options.all else self._room
        of: list[Piece] = [(printable(f' (case "{case}")'), "rule")] if case else []
        for finding in findings[:room]:
            self._write([(_where(finding), "place"), *_what(finding), *of])
            self._room -= 1
        self._untold += len(findings[room:])
        excerpt = findings[0].excerpt
        if room and excerpt is not None:
            for line in _excerpt(findings[0].line, excerpt):
                self._write(line)
            self._room = max(self._room - 2, 0)

    def _leave_file(self) -> None:
        """Say how many findings were not told of the file."""
        if self._untold:
            told = f"and {self._untold:,} more; --all shows them"
            self._write([(f"{printable(self._file or '')}: ", "place"), (told, "rule")])
        self._untold = 0

    def close(self, summary: Summary) -> None:
        """Tell which rules were broken how often, if any twice, and how many had which outcome."""
        self._leave_file()
        if max(summary.rules.values(), default=0) > 1:
            for line in _rules(summary):
                self._write(line)
        style = "bad" if summary.exit_code else "good"
        noun = self._options.noun
        pieces = [(f"{count_of(summary, noun)}: ", ""), (outcome_of(summary, noun), style)]
        if self._has_batches:
            events = self._events
            pieces += [(f"; {count_of(events, 'event')}: ", ""), (outcome_of(events), style)]
        self._write(pieces)


def _place(finding: Finding) -> tuple[bool, int, int]:
    """Order findings as their places are; a note that there may be more comes last."""
    return finding.level == "note", finding.line, finding.column


def _where(finding: Finding) -> str:
    return f"{printable(finding.file)}:{finding.line}:{finding.column}: "


def _what(finding: Finding) -> Iterator[Piece]:
    """Tell what is wrong: as of a violation where it is one, else by its rule."""
    if finding.violation is not None and finding.code == finding.violation.code:
        yield from told(finding.violation)
    else:
        yield finding.level, _STYLES[finding.level]
        at = f" at {finding.location}" if finding.location else ""
        yield printable(f" {finding.rule}{at}: {finding.message}"), ""
    if finding.hint is not None:
        yield printable(f"; {finding.hint}"), ""


def _excerpt(line: int, excerpt: Excerpt) -> Iterator[tuple[Piece, ...]]:
    """Give the line of findings, and the caret below their place."""
    number = f"{line:>5}"
    yield (f"{number} | ", "rule"), (excerpt.text, "")
    yield (f"{' ' * len(number)} | ", "rule"), (" " * excerpt.caret + "^", "bad")


def _rules(summary: Summary) -> Iterator[tuple[Piece, ...]]:
    """Tell the rules that were broken most often."""
    by_count = sorted(summary.rules.items(), key=lambda each: (-each[1], str(each[0])))
    for (schema, rule), count in by_count[:_MOST_RULES]:
        of = "" if schema is None else f" of {schema}"
        yield (f"{count:>7,} x ", ""), (printable(f"{rule}{of}"), "rule")
    rest = sum(count for _, count in by_count[_MOST_RULES:])
    if rest:
        yield (f"{rest:>7,} x ", ""), ("other rules", "rule")
