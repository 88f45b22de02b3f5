"""Drafts of versions, written to files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from validator.publishing import Draft, write
from validator.reporting import printable

__all__ = ["folder_options", "written"]

_Command = TypeVar("_Command", bound=Callable[..., Any])


def folder_options(function: _Command) -> _Command:
    """Give a command the options `--to` and `--fixtures`: where schemas and suites lie."""
    to = click.option(
        "--to",
        metavar="DIR",
        default="schemas",
        show_default=True,
        help="The folder of the schemas, VENDOR/NAME/jsonschema/VERSION.",
    )
    fixtures = click.option(
        "--fixtures",
        metavar="DIR",
        default="fixtures",
        show_default=True,
        help="The folder of the suites, VENDOR/NAME/VERSION.json.",
    )
    return to(fixtures(function))


def written(draft: Draft) -> None:
    """Write the files of a draft, and name them.

    :raises WrongUse: if one is there already; then none is written.
    :raises UnreadableFile: if one can't be written.
    """
    write(draft)
    for each in draft.files:
        click.echo(printable(f"{each.path}"))
