"""How far a command is."""

import io
import sys

import pytest

from validator.cli.progress import Progress


class _Terminal(io.StringIO):
    """What says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def _shown(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, every: float = 0) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr("validator.cli.progress._EVERY", every)
    progress = Progress("files", 2)
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


def test_not_too_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes right after another is counted, and not shown."""
    assert _shown(monkeypatch, _Terminal(), every=1000) == "\r\x1b[K1 of 2 files\r\x1b[K"


def test_of_unknown_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody knows how many there are, it only counts."""
    monkeypatch.setattr(sys, "stderr", _Terminal())
    Progress("documents").step()
    assert sys.stderr.getvalue() == "\r\x1b[K1 documents"  # type: ignore[attr-defined]  # see above


def test_of_a_number_that_is_known_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """How many there are may be told with each."""
    monkeypatch.setattr(sys, "stderr", _Terminal())
    Progress("schemas").step(7)
    assert sys.stderr.getvalue() == "\r\x1b[K1 of 7 schemas"  # type: ignore[attr-defined]  # see above


def test_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a file or a pipe there is nothing of it."""
    assert _shown(monkeypatch, io.StringIO()) == ""


def test_without_standard_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor where there is no standard error at all."""
    monkeypatch.setattr(sys, "stderr", None)
    progress = Progress("files", 1)
    progress.step()
    progress.clear()
