"""`validator normalize`: payloads as they should have been sent."""

from __future__ import annotations

import os
from datetime import datetime

import click
import orjson

from validator import trackers
from validator.cli import inputs, options
from validator.documents import Refused, parse
from validator.reporting import printable

__all__ = ["normalize"]


@click.command(epilog="Exit codes: 0 normalized, 1 not JSON, 2 wrong use, 3 unreadable file.")
@click.argument("path", metavar="PATH | -")
@click.option(
    "--now",
    callback=options.moment,
    metavar="TIME",
    help="The moment of insertion; by default this one. With it, the output is always the same.",
)
@options.ndjson
@click.option("--compact", is_flag=True, help="Write a document on one line.")
def normalize(path: str, now: datetime | None, *, ndjson: bool, compact: bool) -> int:
    """Write payloads as they should have been sent.

    Event types become slugs (Page View: page-view), times RFC 3339, what is absent gets its
    documented default. A payload need not be valid; what can't be read stays as it is. PATH is a
    file of JSON or of a document a line (.ndjson, .jsonl); - is standard input.

    \b
    Examples:
      validator normalize payload.json
      validator normalize --now 2023-01-01T00:00:00Z events.ndjson > normalized.ndjson
    """
    if os.path.isdir(path):  # noqa: PTH112  # a name is kept as given
        message = f"{path} is a folder; normalize takes one file, or - for standard input"
        raise click.UsageError(message)
    outcome = 0
    for each in inputs.read(path, by_line=ndjson, most=options.LIMITS.bytes):
        try:
            document = parse(each.raw, options.LIMITS)
        except Refused as refused:
            violation = inputs.placed(refused.violation, each)
            told = f"{path}:{each.line}: error {violation.code}: {violation.message}"
            click.echo(printable(told), err=True)
            outcome = 1
            continue
        normalized = trackers.normalize(document, now=now)
        one_line = compact or each.is_line
        click.echo(orjson.dumps(normalized, option=None if one_line else orjson.OPT_INDENT_2))
    return outcome
