"""`validator check`: whether payloads are valid, and if not, what is wrong, and where."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from validator.cli import inputs, options
from validator.cli.checking import check_file, judging
from validator.cli.output import flush_output, report_options, report_to_stdout, shows_excerpts
from validator.cli.progress import Progress
from validator.engine import Engine
from validator.reporting import Summary

if TYPE_CHECKING:
    from validator.cli.failed import FailedEvents

__all__ = ["check"]


@click.command(epilog="Exit codes: 0 all valid, 1 some not valid, 2 wrong use, 3 no verdict.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH... | -")
@click.option(
    "--schema",
    "schema_name",
    metavar="URI|FILE",
    help="Check by this schema: an Iglu URI, one with * in its version (the newest that fits), "
    "or a file. Without it, a payload's kind, or the schema it names, decides.",
)
@options.registries
@options.plan
@options.engine
@report_options
@click.option(
    "--strict", is_flag=True, help="Check payloads as they are, without normalizing them."
)
@options.ndjson
@options.query
@click.option(
    "--failed-events",
    "failed",
    metavar="FILE",
    help="Write the events of Snowplow requests that fail to this file, a line each, as Snowplow "
    "does. It takes the place of one that is there, once all is checked; never half-written.",
)
@click.option("--show-values", is_flag=True, help="Let messages carry values of the payloads.")
def check(
    paths: tuple[str, ...],
    schema_name: str | None,
    registries: tuple[str, ...],
    plan_name: str | None,
    engine: Engine,
    format_: str,
    failed: str | None,
    *,
    all_findings: bool,
    excerpt: bool,
    strict: bool,
    ndjson: bool,
    query: bool,
    show_values: bool,
) -> int:
    """Check payloads: normalize each, and judge it by its schema.

    A PATH is a file of JSON, a file of a document a line (.ndjson, .jsonl), or a folder of both; -
    is standard input. A file of lines may be empty; a folder may not. Tracardi payloads and
    Snowplow requests are known by their shape, self-describing data names its schema; for anything
    else, name one with --schema. With --query, a PATH is a file of queries, or -, and not a folder.

    \b
    Examples:
      validator check payloads/
      validator check --format json events.ndjson > report.json
      validator check --schema iglu:com.tracardi/tracker_payload/jsonschema/1-0-0 payload.json
      validator check --registry my-schemas --schema iglu:com.acme/user/jsonschema/1-*-* user.json
      validator check --registry my-schemas --plan plan.json payloads/
      validator check --query --failed-events failed.ndjson requests.txt
    """
    if query:
        options.refuse_beside_query(
            schema=schema_name, plan=plan_name, strict=strict, ndjson=ndjson
        )
        inputs.refuse_folders(paths, "--query takes files of queries, or - for standard input")
    if failed is not None and schema_name is not None:
        message = "--failed-events and --schema exclude each other: a schema judges no events"
        raise click.UsageError(message)
    files = inputs.files(paths)
    plan = options.plan_in(plan_name)
    validator = options.validator_of(registries, engine=engine, show_values=show_values, plan=plan)
    schema = options.schema_named(schema_name)
    if schema is not None:
        options.make_ready(validator, schema, schema_name)
    how = judging(validator, schema, strict=strict, ndjson=ndjson, query=query)
    report, summary = report_to_stdout(format_, "check", all_findings=all_findings), Summary()
    progress = Progress("documents")
    with nullcontext() if failed is None else _failed_events(failed, files) as failing:
        for file in files:
            shown = shows_excerpts(file, format_, excerpt=excerpt, show_values=show_values)
            for checked in check_file(file, how):
                outcome = checked.outcome(excerpts=shown)
                summary.add(outcome)
                if outcome.findings or format_ != "text":
                    progress.clear()  # for what is written now
                report.add(outcome)
                progress.step()
                if failing is not None:
                    failing.add(checked.result)
                if file == inputs.STDIN:
                    flush_output()
        progress.clear()
        report.close(summary)
    return summary.exit_code


def _failed_events(name: str, files: list[str]) -> FailedEvents:
    # Who wants no such file need not wait for the import of what makes its secret name.
    from validator.cli.failed import FailedEvents  # noqa: PLC0415

    return FailedEvents(name, files)
