"""The formats that `--format` offers."""

import subprocess
import sys
import weakref
from typing import Any

import pytest

from validator.reporting import FORMATS, Finding, Options, Outcome, Summary, junit


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_everything(name: str, written: Any, outcomes: list[Outcome]) -> None:
    """Each is written as UTF-8, acts on no terminal, ends its lines, and names every wrong file."""
    text = written(name, outcomes)
    assert text.encode()
    assert text.endswith("\n")
    assert "\x1b" not in text
    assert "b.json" in text
    assert "na me" in text or "na%20me" in text


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_nothing(name: str, written: Any) -> None:
    """Of no documents there is a report, too."""
    assert written(name, [])


@pytest.mark.parametrize("name", FORMATS)
def test_outcomes_are_not_kept(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report of many outcomes holds few of them, so a million take no more memory than those."""
    monkeypatch.setattr(junit, "_MOST_CASES", 5)
    told: list[weakref.ref[Outcome]] = []
    report, most = FORMATS[name](lambda _: None, Options()), 0
    for line in range(1, 101):
        finding = Finding(file="x.ndjson", line=line, column=1, rule="Odd", message="is odd")
        outcome = Outcome(file="x.ndjson", line=line, status="invalid", findings=(finding,))
        report.add(outcome)
        told.append(weakref.ref(outcome))
        most = max(most, sum(each() is not None for each in told))
    report.close(Summary(invalid=100))
    assert most <= 6


def test_formats_are_imported_when_asked_for() -> None:
    """Nobody who wants text waits for the imports of the others."""
    code = (
        "import sys; from validator.reporting import FORMATS, Options;"
        "FORMATS['text'](print, Options());"
        "print(*(name for name in sys.modules if name.startswith('validator.reporting.')))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    imported = {name.rpartition(".")[2] for name in run.stdout.split()}
    assert "text" in imported
    assert imported & (FORMATS.keys() - {"text"}) == set()
