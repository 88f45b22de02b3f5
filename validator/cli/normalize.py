"""`validator normalize`: payloads as they should have been sent."""

from __future__ import annotations

import os
import random
from datetime import datetime

import click
import orjson

from validator import trackers
from validator.cli import inputs, options
from validator.documents import Refused, parse
from validator.queries import parse_query
from validator.reporting import printable
from validator.results import JSON
from validator.trackers import snowplow
from validator.trackers.snowplow import Randomness

__all__ = ["normalize"]


@click.command(epilog="Exit codes: 0 normalized, 1 not JSON, 2 wrong use, 3 unreadable file.")
@click.argument("path", metavar="PATH | -")
@click.option(
    "--now",
    callback=options.moment,
    metavar="TIME",
    help="The moment of insertion, or of collection; by default this one. With it, and --seed "
    "where Snowplow events have no ids, the output is always the same.",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    metavar="N",
    help="Make the ids that Snowplow events lack from this number; by default, at random.",
)
@options.ndjson
@options.query
@click.option("--compact", is_flag=True, help="Write a document on one line.")
def normalize(
    path: str,
    now: datetime | None,
    seed: int | None,
    *,
    ndjson: bool,
    query: bool,
    compact: bool,
) -> int:
    """Write payloads as they should have been sent.

    Event types become slugs (Page View: page-view), times RFC 3339, what is absent gets its
    documented default. A Snowplow request becomes the events that it holds, decoded and typed. A
    payload need not be valid; what can't be read stays as it is. PATH is a file of JSON or of a
    document a line (.ndjson, .jsonl), or of a query a line (--query); - is standard input.

    \b
    Examples:
      validator normalize payload.json
      validator normalize --now 2023-01-01T00:00:00Z events.ndjson > normalized.ndjson
      validator normalize --query --now 2023-01-01T00:00:00Z --seed 7 requests.txt
    """
    if query:
        options.refuse_beside_query(ndjson=ndjson)
    inputs.refuse_folders([path], "normalize takes one file, or - for standard input")
    # Asked for to be the same each time, and no secret.
    randomness = os.urandom if seed is None else random.Random(seed).randbytes  # noqa: S311
    outcome = 0
    for each in inputs.read(path, by_line=ndjson or query, most=options.LIMITS.bytes):
        try:
            normalized = _normalized(each.raw, now, randomness, query=query)
        except Refused as refused:
            violation = inputs.placed(refused.violation, each)
            told = f"{path}:{each.line}: error {violation.code}: {violation.message}"
            click.echo(printable(told), err=True)
            outcome = 1
            continue
        one_line = compact or each.is_line
        click.echo(orjson.dumps(normalized, option=None if one_line else orjson.OPT_INDENT_2))
    return outcome


def _normalized(raw: bytes, now: datetime | None, randomness: Randomness, *, query: bool) -> JSON:
    """Normalize the text of a document.

    :raises Refused: if it is no JSON, or no query.
    """
    if query:
        parameters = parse_query(options.query_in(raw), options.LIMITS)
        return snowplow.normalize(parameters, now=now, randomness=randomness)
    return trackers.normalize(parse(raw, options.LIMITS), now=now, randomness=randomness)
