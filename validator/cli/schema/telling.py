"""What is wrong with files of schemas, as a report: for `lint`, `verify` and `publish`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click

from validator import SchemaKey
from validator.cli.output import flush_output, report_to_stdout, shows_excerpts
from validator.cli.progress import Progress
from validator.problems import Problem
from validator.reporting import Summary
from validator.reporting.problems import outcome_of_file

__all__ = ["Telling", "level_options", "skips"]

_Command = TypeVar("_Command", bound=Callable[..., Any])
#: From the worst.
_LEVELS = ("error", "warning", "note")


skips: Callable[[_Command], _Command] = click.option(
    "--skip",
    "skipped",
    multiple=True,
    metavar="ID|URI=ID,ID",
    help="Leave out a rule, or some for the schemas of a URI, which may have * in its version. Can "
    "be repeated.",
)


def level_options(function: _Command) -> _Command:
    """Give a command the options `--level` and `--strict`."""
    strict = click.option("--strict", is_flag=True, help="Exit with 1 for warnings, too.")
    level = click.option(
        "--level",
        type=click.Choice(_LEVELS),
        default="warning",
        show_default=True,
        help="Tell what is as bad as this, or worse.",
    )
    return level(strict(function))


class Telling:
    """A report of files of schemas on standard output."""

    def __init__(
        self,
        command: str,
        format_: str,
        *,
        noun: str = "schema",
        level: str = "note",
        strict: bool = False,
        excerpt: bool = True,
        all_findings: bool = False,
        progress: Progress | None = None,
        pages: Mapping[str, str] | None = None,
    ) -> None:
        """Begin a report of a format, as the options of a command have it.

        `progress` is taken away for what is written; `pages` are those that explain rules which are
        not of lint.
        """
        self._format = format_
        self._progress = progress or Progress("files")
        self._levels = _LEVELS[: _LEVELS.index(level) + 1]
        self._strict = strict
        self._excerpt = excerpt
        self._report = report_to_stdout(
            format_,
            f"schema {command}",
            all_findings=all_findings,
            noun=noun,
            page="docs/lint.md",
            pages=pages,
        )
        self._summary = Summary()
        self._untold: Counter[str] = Counter()

    def add(
        self, file: str, raw: bytes | None, problems: Sequence[Problem], key: SchemaKey | None
    ) -> None:
        """Tell of a file."""
        told = [each for each in problems if each.level in self._levels]
        self._untold.update(each.rule for each in problems if each.level not in self._levels)
        excerpts = shows_excerpts(file, self._format, excerpt=self._excerpt, show_values=True)
        outcome = outcome_of_file(file, raw, told, key, strict=self._strict, excerpts=excerpts)
        self._summary.add(outcome)
        if told or self._format != "text":
            self._progress.clear()
        self._report.add(outcome)

    def close(self) -> int:
        """Tell the summary, and what was left out; give the exit code."""
        self._progress.clear()
        self._report.close(self._summary)
        if self._untold and self._format == "text":
            flush_output()  # for what is told of it to come after it
            rules = ", ".join(f"{count:,} {rule}" for rule, count in self._untold.most_common())
            click.echo(f"not told: {rules}; --level note tells them", err=True)
        return self._summary.exit_code
