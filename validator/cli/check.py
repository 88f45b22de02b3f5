"""`validator check`: whether payloads are valid, and if not, what is wrong, and where."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import click

from validator import InvalidSchema, NoVerdict, Result, Validator, Violation
from validator.cli import inputs, options
from validator.cli.output import line_writer
from validator.errors import UnreadableFile
from validator.reporting import FORMATS, Checked, Summary
from validator.results import Code
from validator.validation import NamedSchema

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
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="text: a line a violation. json: one object, for programs.",
)
@click.option(
    "--strict", is_flag=True, help="Check payloads as they are, without normalizing them."
)
@options.ndjson
@click.option("--show-values", is_flag=True, help="Let messages carry values of the payloads.")
def check(
    paths: tuple[str, ...],
    schema_name: str | None,
    registries: tuple[str, ...],
    format_: str,
    *,
    strict: bool,
    ndjson: bool,
    show_values: bool,
) -> int:
    """Check payloads: normalize each, and judge it by its schema.

    A PATH is a file of JSON, a file of a document a line (.ndjson, .jsonl), or a folder of both; -
    is standard input. A file of lines may be empty; a folder may not. Tracardi payloads are known
    by their shape, self-describing data names its schema; for anything else, name one with
    --schema.

    \b
    Examples:
      validator check payloads/
      validator check --format json events.ndjson > report.json
      validator check --schema iglu:com.tracardi/tracker_payload/jsonschema/1-0-0 payload.json
      validator check --registry my-schemas --schema iglu:com.acme/user/jsonschema/1-*-* user.json
    """
    files = inputs.files(paths)
    validator = options.validator_of(registries, show_values=show_values)
    schema = options.schema_named(schema_name)
    if schema is not None:
        options.make_ready(validator, schema, schema_name)
    report, summary = FORMATS[format_](line_writer()), Summary()
    for file in files:
        for checked in _check_file(file, validator, schema, strict=strict, ndjson=ndjson):
            summary.count(checked.result)
            report.add(checked)
    report.close(summary)
    return summary.exit_code


def _check_file(
    file: str, validator: Validator, schema: NamedSchema | None, *, strict: bool, ndjson: bool
) -> Iterator[Checked]:
    """Check each document of a file; what can't be read is told as the last of it."""
    judge = validator.validate if strict else validator.check
    try:
        for each in inputs.read(file, by_line=ndjson, most=options.LIMITS.bytes):
            try:
                result = judge(each.raw, schema)
            except NoVerdict as error:
                result = _no_verdict(error)
            violations = tuple(inputs.placed(violation, each) for violation in result)
            yield Checked(file, each.line, each.raw, attrs.evolve(result, violations=violations))
    except UnreadableFile as error:
        yield Checked(file, 1, None, _no_verdict(error))


def _no_verdict(error: NoVerdict) -> Result:
    """Make a result of what keeps a document from being judged."""
    codes: dict[type, Code] = {UnreadableFile: "UnreadableFile", InvalidSchema: "InvalidSchema"}
    code = codes.get(type(error), "ResolutionError")
    violation = Violation(code=code, message=str(error))
    return Result(violations=(violation,), unresolved=(str(error),))
