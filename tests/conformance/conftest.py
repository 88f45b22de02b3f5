"""Tell, when tests have run, how many of them hold the package to what others wrote.

Most need corpora that are not part of the repository, and would be missed by nobody.
"""

from __future__ import annotations

from collections import Counter

import pytest

_RAN = ("passed", "failed", "xfailed")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say of each file here how many of its tests ran, and how many were left out."""
    counts: dict[str, Counter[str]] = {}
    for outcome in (*_RAN, "skipped"):
        for report in terminalreporter.getreports(outcome):
            file = report.nodeid.partition("::")[0]
            if file.startswith("tests/conformance/"):
                counts.setdefault(file, Counter())[outcome] += 1
    for file, count in sorted(counts.items()):
        ran = sum(count[outcome] for outcome in _RAN)
        terminalreporter.write_line(f"{file}: {ran:,} ran, {count['skipped']:,} left out")
