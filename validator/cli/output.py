"""What a command writes to standard output: a report, and lines, styled on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import click

from validator.cli.inputs import STDIN
from validator.reporting import FORMATS, Options, Report, Write

__all__ = ["flush_output", "line_writer", "report_options", "report_to_stdout", "shows_excerpts"]

_Command = TypeVar("_Command", bound=Callable[..., object])

#: How the parts of a report look on a terminal.
_STYLES = {"place": "bold", "bad": "bold red", "good": "bold green", "rule": "dim", "": ""}


def report_options(function: _Command) -> _Command:
    """Give a command the options of its report: `format_`, `all_findings`, `excerpt`."""
    decorators = (
        click.option(
            "--format",
            "format_",
            type=click.Choice(list(FORMATS)),
            default=_usual_format,
            show_default="text; github in GitHub Actions",
            help="text: for people. json, ndjson: for programs. junit, sarif, github, gitlab: for "
            "CI.",
        ),
        click.option(
            "--all",
            "all_findings",
            is_flag=True,
            help="Tell all findings of a file as text, and not a screenful.",
        ),
        click.option(
            "--excerpt/--no-excerpt",
            default=True,
            help="Show the line of a file that a finding is in, as text; of payloads on standard "
            "input, with --show-values alone.",
        ),
    )
    for decorator in reversed(decorators):
        function = decorator(function)
    return function


def _usual_format() -> str:
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"


def shows_excerpts(file: str, format_: str, *, excerpt: bool, show_values: bool) -> bool:
    """Whether findings in a file show their lines: they hold values of payloads."""
    return excerpt and format_ == "text" and (show_values or file != STDIN)


def report_to_stdout(
    format_: str,
    command: str,
    *,
    all_findings: bool,
    noun: str = "document",
    page: str = "docs/codes.md",
    pages: Mapping[str, str] | None = None,
) -> Report:
    """Begin a report on standard output."""
    options = Options(noun=noun, command=command, page=page, pages=pages or {}, all=all_findings)
    write = line_writer() if format_ == "text" else _plain
    return FORMATS[format_](write, options)


def line_writer() -> Write:
    """Give what writes the lines of a report; in colour on a terminal, unless NO_COLOR is set."""
    if sys.stdout is not None and sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        return _styled()
    return _plain


def _plain(pieces: Iterable[tuple[str, str]]) -> None:
    # As click.echo, which takes three times as long, and lets each line go out by itself.
    if sys.stdout is not None:
        sys.stdout.write("".join(text for text, _ in pieces) + "\n")


def flush_output() -> None:
    """Let go what was written: at the end, and after each document of what may be endless."""
    if sys.stdout is not None:
        sys.stdout.flush()


def _styled() -> Write:
    from rich.console import Console  # noqa: PLC0415  # only a terminal needs it
    from rich.text import Text  # noqa: PLC0415  # likewise

    console = Console(highlight=False, soft_wrap=True)

    def write(pieces: Iterable[tuple[str, str]]) -> None:
        console.print(Text.assemble(*((text, _STYLES[style]) for text, style in pieces)))

    return write
