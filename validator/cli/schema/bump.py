"""`validator schema bump`: the next version of a schema, as a draft."""

from __future__ import annotations

import click

from validator import publishing
from validator.cli.schema.drafts import folder_options, written
from validator.compatibility.verdicts import Step
from validator.reporting import printable

__all__ = ["bump"]


@click.command(epilog="Exit codes: 0 written, 2 wrong use, 3 no such schema, or can't be written.")
@click.argument("uri", metavar="URI|VENDOR/NAME")
@click.option(
    "--kind",
    type=click.Choice(["ADDITION", "REVISION", "MODEL"], case_sensitive=False),
    default="ADDITION",
    show_default=True,
    help="The step. ADDITION: all that was accepted is. REVISION: some may not be. MODEL: nothing "
    "need be.",
)
@folder_options
def bump(uri: str, kind: Step, to: str, fixtures: str) -> int:
    """Draft the next version of a schema: the newest, as it is but for its version.

    Of the version in a URI only the model counts; VENDOR/NAME is the newest model. Its suite is
    carried over. Nothing is written over; the names of the files are printed. Change the draft, and
    `validator schema diff` tells whether the step is large enough.

    \b
    Examples:
      validator schema bump com.acme/user
      validator schema bump com.acme/user --kind revision
      validator schema bump "iglu:com.acme/user/jsonschema/1-*-*" --to my-schemas
    """
    named = uri if uri.startswith("iglu:") else f"iglu:{uri}/jsonschema/*-*-*"
    draft = publishing.bump(named, kind=kind, folder=to, fixtures=fixtures)
    written(draft)
    click.echo(printable(f"{draft.key} is drafted from {draft.base}"), err=True)
    return 0
