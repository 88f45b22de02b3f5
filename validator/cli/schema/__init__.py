"""`validator schema`: the schemas there are, and an author's way to the next version of one."""

from __future__ import annotations

import click

from validator.cli.commands import Commands

__all__ = ["schema"]


@click.group(
    cls=Commands,
    package=__name__,
    names=(
        *("list", "show", "bundle"),
        *("new", "lint", "diff", "bump", "verify", "lock", "publish", "docs"),
    ),
)
def schema() -> None:
    """Look at schemas, and write, compare, verify and publish your own.

    \b
    validator schema list                    which schemas there are
    validator schema new com.acme/user       a first version, with its suite
    validator schema lint schemas            what an author should know before it is published
    validator schema diff OLD NEW            whom does the change break? which step is it?
    validator schema bump com.acme/user      the next version, as a draft
    validator schema verify                  the gate for CI: may all of it be published?
    validator schema publish schemas --to DIR
    validator schema docs --to DIR           a page for each schema
    """
