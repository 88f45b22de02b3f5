"""`validator schema lock`: what is published, as a file of digests."""

from __future__ import annotations

from pathlib import Path

import click

from validator import publishing
from validator.cli.writing import replace_file
from validator.errors import UnreadableFile
from validator.iglu import SchemaKey
from validator.reporting import printable

__all__ = ["lock"]


@click.command(
    epilog="Exit codes: 0 all agrees, 1 published ones are gone or changed, 2 wrong use, "
    "3 unreadable file."
)
@click.argument("path", default="schemas")
@click.option(
    "--lock",
    "file",
    metavar="FILE",
    default="schemas.lock",
    show_default=True,
    help="The file to write, and to begin with if it is there.",
)
@click.option(
    "--renew", is_flag=True, help="Forget what was published, where it is gone or changed."
)
def lock(path: str, file: str, *, renew: bool) -> int:
    """Write a digest of each schema of a folder to a file, which `verify --lock` holds it to.

    It is for folders that are not kept in git; where they are, verify --against needs no such file.
    What the file has stays: a published schema that is gone, or has other bytes, is told of and
    exits with 1, unless --renew takes it as it is now.

    \b
    Examples:
      validator schema lock
      validator schema lock my-schemas --lock my-schemas.lock
    """
    made = publishing.lock(path, _before(file), renew=renew)
    replace_file(file, made.contents)
    _tell("added", made.added)
    _tell("gone", made.gone)
    _tell("changed", made.changed)
    return 1 if (made.gone or made.changed) and not renew else 0


def _before(file: str) -> bytes | None:
    """Give what is in the file; None if there is none.

    :raises UnreadableFile: if it can't be read.
    """
    try:
        return Path(file).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        message = f"{file} can't be read: {error.strerror}"
        raise UnreadableFile(message) from None


def _tell(what: str, keys: tuple[SchemaKey, ...]) -> None:
    for key in keys:
        click.echo(printable(f"{what} {key}"))
