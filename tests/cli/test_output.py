"""Lines to standard output: plain, or styled where a terminal shows them."""

import os
import pty
import select
import sys
from pathlib import Path

import pytest

from validator.cli import run

INVALID = Path(__file__).parents[2] / "fixtures" / "payloads" / "invalid" / "missing_source.json"


def _on_a_terminal(monkeypatch: pytest.MonkeyPatch, *, no_color: str = "") -> bytes:
    """Run `validator check` with a real pseudo-terminal as its standard output."""
    ours, theirs = pty.openpty()
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("NO_COLOR", no_color)
    with os.fdopen(theirs, "w") as terminal:
        monkeypatch.setattr(sys, "stdout", terminal)
        assert run(["check", str(INVALID)]) == 1
        terminal.flush()
        shown = b""
        while select.select([ours], [], [], 0)[0]:
            shown += os.read(ours, 10_000)
    os.close(ours)
    return shown


def test_colour_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal, the word error and the caret stand out, and lines are not broken."""
    shown = _on_a_terminal(monkeypatch)
    assert b"\x1b[1;31merror\x1b[0m ValidationError" in shown
    assert b"\x1b[1;31m^\x1b[0m" in shown
    assert shown.count(b"\n") == 4


def test_no_colour_where_it_is_not_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR is respected."""
    assert b"\x1b" not in _on_a_terminal(monkeypatch, no_color="1")
