"""How far a command is, on a terminal that shows it."""

from __future__ import annotations

import sys

import click

__all__ = ["Progress"]

_CLEAR = "\r\x1b[K"


class Progress:
    """A line on standard error that counts; nothing at all where that is no terminal."""

    def __init__(self, of: int, what: str) -> None:
        self._of = of
        self._what = what
        self._shown = False
        self._done = 0
        self._is_wanted = sys.stderr is not None and sys.stderr.isatty()

    def step(self) -> None:
        """Count one more, and show it."""
        self._done += 1
        if self._is_wanted:
            told = f"{self._done:,} of {self._of:,} {self._what}"
            click.echo(f"{_CLEAR}{told}", nl=False, err=True)
            self._shown = True

    def clear(self) -> None:
        """Take the line away, for others to be written."""
        if self._shown:
            click.echo(_CLEAR, nl=False, err=True)
            self._shown = False
