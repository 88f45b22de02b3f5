"""`validator schema publish`: schemas into a static registry."""

from __future__ import annotations

import click

from validator import publishing
from validator.cli import options
from validator.cli.schema.telling import Telling, skips
from validator.lint import RULES, Skips
from validator.publishing import Release
from validator.reporting import printable

__all__ = ["publish"]


@click.command(
    epilog="Exit codes: 0 published, 1 something keeps it from that, 2 wrong use, 3 no verdict: a "
    "file can't be read, or another publisher is at work."
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--to", required=True, metavar="DIR", help="The folder that a web server gives out.")
@click.option("--dry-run", is_flag=True, help="Tell what would be written, and write nothing.")
@skips
def publish(paths: tuple[str, ...], to: str, skipped: tuple[str, ...], *, dry_run: bool) -> int:
    """Add schemas to a static Iglu registry, all or none, with the lists that its readers ask for.

    A PATH is a schema, whose `self` says where it belongs, or a folder of schemas. None is added if
    one is not valid, has an error of `validator schema lint`, has other bytes than what is there
    under its name, or has a version that may not come next. Whatever ends it, the registry is
    whole, and publishing again adds the rest.

    \b
    Examples:
      validator schema publish schemas --to public --dry-run
      validator schema publish schemas/com.acme/user/jsonschema/1-0-0 --to public
    """
    release = publishing.publish(
        paths,
        to,
        dry_run=dry_run,
        skips=Skips.parse(skipped, RULES),
        limits=options.LIMITS,
    )
    telling = Telling("publish", "text")
    for each in release.judged:
        worse = [problem for problem in each.problems if problem.level != "note"]
        telling.add(each.file, each.raw, worse, each.key)
    code = telling.close()
    _tell(release)
    return code


def _tell(release: Release) -> None:
    """Tell what was written, or would be."""
    if not release:
        click.echo("nothing is published", err=True)
        return
    verb = "wrote" if release.is_done else "would write"
    for each in release.pending:
        click.echo(printable(f"{verb} {release.root / each.path}"))
    if not release.pending:
        click.echo(printable(f"all of it is in {release.root} already"))
