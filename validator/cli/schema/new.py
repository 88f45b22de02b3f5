"""`validator schema new`: a first version of a schema, and its suite."""

from __future__ import annotations

import click

from validator import publishing
from validator.cli.schema.drafts import folder_options, written

__all__ = ["new"]


@click.command(
    epilog="Exit codes: 0 written, 2 wrong use: it is there already, 3 can't be written."
)
@click.argument("vendor_and_name", metavar="VENDOR/NAME")
@click.option("--description", metavar="TEXT", help="What the data tells, in a sentence.")
@folder_options
def new(vendor_and_name: str, description: str | None, to: str, fixtures: str) -> int:
    """Draft the first version of a schema, 1-0-0, with an example property, and its suite.

    Nothing is written over. The names of the files are printed. What comes next: put your
    properties in the place of the example, and your cases in the suite; `validator schema lint`
    and `validator test` tell what is wrong with them.

    \b
    Examples:
      validator schema new com.acme/user
      validator schema new com.acme/user --to my-schemas --fixtures my-fixtures
      validator schema new com.acme/user --description "Who uses the shop."
    """
    vendor, slash, name = vendor_and_name.partition("/")
    if not slash or "/" in name:
        message = f"{vendor_and_name} is no VENDOR/NAME, such as com.acme/user"
        raise click.UsageError(message)
    draft = publishing.new(vendor, name, folder=to, fixtures=fixtures, description=description)
    written(draft)
    return 0
