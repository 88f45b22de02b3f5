"""How far a command is, on a terminal that shows it."""

from __future__ import annotations

import sys
import time

import click

__all__ = ["Progress"]

_CLEAR = "\r\x1b[K"
#: Seconds between two tellings: a terminal is slow, and people read no faster.
_EVERY = 0.1


class Progress:
    """A line on standard error that counts; nothing at all where that is no terminal."""

    def __init__(self, what: str, of: int | None = None) -> None:
        """Count things, of so many if that is known."""
        self._of = "" if of is None else f" of {of:,}"
        self._what = what
        self._shown = False
        self._done = 0
        self._last = -_EVERY
        self._is_wanted = sys.stderr is not None and sys.stderr.isatty()

    def step(self, of: int | None = None) -> None:
        """Count one more, of so many if that is known now; show it unless it did so just now."""
        self._done += 1
        self._of = self._of if of is None else f" of {of:,}"
        if self._is_wanted and time.monotonic() - self._last >= _EVERY:
            self._last = time.monotonic()
            told = f"{self._done:,}{self._of} {self._what}"
            click.echo(f"{_CLEAR}{told}", nl=False, err=True)
            self._shown = True

    def clear(self) -> None:
        """Take the line away, for others to be written."""
        if self._shown:
            click.echo(_CLEAR, nl=False, err=True)
            self._shown = False
