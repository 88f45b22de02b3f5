"""How far a command is."""

import io
import sys

import pytest

from validator.cli.progress import Progress


class _Terminal(io.StringIO):
    """What says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def _shown(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    progress = Progress(2, "files")
    for _ in range(2):
        progress.clear()
        progress.step()
    progress.clear()
    progress.clear()
    return stream.getvalue()


def test_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line counts, is taken away before others are written, and leaves nothing behind."""
    assert _shown(monkeypatch, _Terminal()) == (
        "\r\x1b[K1 of 2 files\r\x1b[K\r\x1b[K2 of 2 files\r\x1b[K"
    )


def test_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a file or a pipe there is nothing of it."""
    assert _shown(monkeypatch, io.StringIO()) == ""


def test_without_standard_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor where there is no standard error at all."""
    monkeypatch.setattr(sys, "stderr", None)
    progress = Progress(1, "files")
    progress.step()
    progress.clear()
