"""Lines to standard output: plain, or styled where a terminal shows them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

import click

from validator.reporting import Write

__all__ = ["line_writer"]

#: How the parts of a report look on a terminal.
_STYLES = {"place": "bold", "bad": "bold red", "good": "bold green", "rule": "dim", "": ""}


def line_writer() -> Write:
    """Give what writes the lines of a report; in colour on a terminal, unless NO_COLOR is set."""
    if sys.stdout is not None and sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        return _styled()
    return _plain


def _plain(pieces: Iterable[tuple[str, str]]) -> None:
    click.echo("".join(text for text, _ in pieces))


def _styled() -> Write:
    from rich.console import Console  # noqa: PLC0415  # only a terminal needs it
    from rich.text import Text  # noqa: PLC0415  # likewise

    console = Console(highlight=False, soft_wrap=True)

    def write(pieces: Iterable[tuple[str, str]]) -> None:
        console.print(Text.assemble(*((text, _STYLES[style]) for text, style in pieces)))

    return write
