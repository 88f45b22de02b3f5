"""`validator explain`: a request as a tree: its events, their parts, and what is wrong with each.

Nothing that a document holds can make a tree long, or act on a terminal: values are cut, lines are
counted, and what is written is printable.
"""

from __future__ import annotations

from datetime import datetime

import click

from validator.cli import inputs, options
from validator.cli.checking import check_file, judging
from validator.cli.output import line_writer
from validator.cli.request_trees import tree_lines
from validator.reporting import Summary

__all__ = ["explain"]


@click.command(epilog="Exit codes: 0 all valid, 1 some not valid, 2 wrong use, 3 no verdict.")
@click.argument("path", metavar="PATH | -")
@options.registries
@options.plan
@click.option(
    "--now",
    callback=options.moment,
    metavar="TIME",
    help="The moment of collection, or of insertion; by default this one.",
)
@options.ndjson
@options.query
@click.option(
    "--values/--no-values",
    default=True,
    show_default=True,
    help="Show the values, or only what kind of value each is.",
)
def explain(
    path: str,
    registries: tuple[str, ...],
    plan_name: str | None,
    now: datetime | None,
    *,
    ndjson: bool,
    query: bool,
    values: bool,
) -> int:
    """Show a request as a tree: what is in it, decoded, and what is wrong, where it is wrong.

    Of a Snowplow request: each event, each field beside the parameter that it came from, the
    self-describing event and each context with its schema, and parameters that are of no use. Of
    other payloads: what they hold, normalized. Long values and long trees are cut. PATH is a file
    of JSON, of a document a line (.ndjson, .jsonl), or of a query a line (--query); - is standard
    input.

    \b
    Examples:
      validator explain request.json
      validator explain --registry my-schemas --no-values events.ndjson
      echo "https://collector.example/i?e=pv&p=web&tv=js" | validator explain --query -
    """
    if query:
        options.refuse_beside_query(plan=plan_name, ndjson=ndjson)
    inputs.refuse_folders([path], "explain takes one file, or - for standard input")
    plan = options.plan_in(plan_name)
    validator = options.validator_of(
        registries, plan=plan
    )  # a message has no need of what stands above it
    write, summary = line_writer(), Summary()
    for checked in check_file(path, judging(validator, now=now, ndjson=ndjson, query=query)):
        summary.count(checked.result)
        for line in tree_lines(checked, values=values):
            write(line)
    return summary.exit_code
