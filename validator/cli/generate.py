"""`validator generate`: payloads of a schema, for documentation and for tests."""

from __future__ import annotations

from collections.abc import Iterator

import click
import orjson

from validator.cli import options
from validator.drawing import NearMiss
from validator.drawing.realistic import Realistic, realistic
from validator.errors import InvalidSchema, NothingToDraw
from validator.registry import GIVEN
from validator.reporting import printable
from validator.results import JSON

__all__ = ["generate"]

_MOST = 10_000


@click.command(
    epilog="Exit codes: 0 printed, 2 wrong use, 3 no such schema, or it accepts nothing."
)
@click.argument("schema_name", metavar="URI|FILE")
@click.option(
    "-n",
    "--number",
    type=click.IntRange(1, _MOST),
    default=5,
    show_default=True,
    metavar="N",
    help="How many. More of them begin with the same ones.",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    metavar="N",
    help="Another number gives other payloads; the same one the same, byte for byte.",
)
@click.option(
    "--invalid",
    is_flag=True,
    help="Payloads that each break one rule of the schema. Which one, standard error tells.",
)
@click.option(
    "--self-describing",
    is_flag=True,
    help='Print {"schema": URI, "data": payload}, which says by itself what it is.',
)
@click.option(
    "--suite",
    is_flag=True,
    help="Print one fixture suite, for `validator test`; with --invalid, it names the rules.",
)
@click.option("--compact", is_flag=True, help="Write a payload, or the suite, on one line.")
@options.registries
def generate(
    schema_name: str,
    number: int,
    seed: int,
    registries: tuple[str, ...],
    *,
    invalid: bool,
    self_describing: bool,
    suite: bool,
    compact: bool,
) -> int:
    """Print payloads that a schema accepts, with values that can be read.

    URI|FILE is an Iglu URI, one with * in its version (the newest that fits), or a file with a
    schema. Values go by the names of properties, by formats and by what a schema lists; names and
    addresses are those reserved for documentation, such as example.com. Each payload is judged
    by the schema before it is printed. There is no chance in it but that of --seed: the same
    payloads come out today and tomorrow.

    \b
    Examples:
      validator generate -n 1 "iglu:com.tracardi/tracker_payload/jsonschema/1-*-*"
      validator generate --compact -n 100 --seed 7 --registry my-schemas user.json > users.ndjson
      validator generate --invalid iglu:com.tracardi/event_payload/jsonschema/1-0-1
      validator generate --suite --invalid iglu:com.acme/user/jsonschema/1-0-0 > 1-0-0.json
    """
    if suite and self_describing:
        message = "--suite and --self-describing exclude each other: a suite names its schema once"
        raise click.UsageError(message)
    subject = _subject(schema_name, registries)
    uri = _uri(subject, schema_name) if suite or self_describing else ""
    drawn = _drawn(subject, schema_name, number, seed, invalid=invalid)
    indent = None if compact else orjson.OPT_INDENT_2
    if suite:
        cases = [_case(subject, place, each) for place, each in enumerate(drawn, 1)]
        click.echo(orjson.dumps({"schema": uri, "tests": cases}, option=indent))
        return 0
    for place, each in enumerate(drawn, 1):
        if isinstance(each, NearMiss):
            within = "/data" if self_describing else ""
            click.echo(printable(f"payload {place} breaks {_rule(each, within)}"), err=True)
        document = _document(each)
        click.echo(
            orjson.dumps({"schema": uri, "data": document} if uri else document, option=indent)
        )
    return 0


def _subject(name: str, registries: tuple[str, ...]) -> Realistic:
    """Find the schema that a URI or a file is.

    :raises NoVerdict: if it is not there, can't judge, or accepts nothing.
    """
    schema = options.schema_named(name, option="")
    try:
        return realistic(
            name if schema is None else schema,
            registry=options.registry_of(registries),
            limits=options.LIMITS,
        )
    except InvalidSchema as error:
        raise (InvalidSchema(name, error.problem) if error.schema == GIVEN else error) from None
    except NothingToDraw as error:
        raise NothingToDraw(_called(error, name), error.problem) from None


def _called(error: NothingToDraw, name: str) -> str:
    """Give the name of a schema: that of its file, where it has no other."""
    return name if error.schema == GIVEN else error.schema


def _drawn(subject: Realistic, name: str, number: int, seed: int, *, invalid: bool) -> list[JSON]:
    try:
        return subject.examples(number, seed, invalid=invalid)
    except NothingToDraw as error:
        raise NothingToDraw(_called(error, name), error.problem) from None


def _uri(subject: Realistic, name: str) -> str:
    """Give the Iglu URI of a schema.

    :raises click.UsageError: if it has none.
    """
    key = subject.closure.root.key
    if key is None:
        message = f"{name} has no `self`; --suite and --self-describing need an Iglu URI"
        raise click.UsageError(message)
    return str(key)


def _document(drawn: JSON | NearMiss) -> JSON:
    return drawn.document if isinstance(drawn, NearMiss) else drawn


def _rule(miss: NearMiss, within: str = "") -> str:
    """Say which rule a payload breaks, and where."""
    location = f"{within}{miss.instance_location}"
    at = f" at {location}" if location else ""
    return f"{miss.keyword}{at} [{miss.keyword_location}]"


def _case(subject: Realistic, place: int, drawn: JSON | NearMiss) -> dict[str, JSON]:
    """Make a case of a suite."""
    if not isinstance(drawn, NearMiss):
        return {"description": f"{place}: as the schema has it", "data": drawn, "valid": True}
    return {
        "description": f"{place}: breaks {_rule(drawn)}",
        "data": drawn.document,
        "valid": False,
        "violations": list(_violations(subject, drawn.document)),
    }


def _violations(subject: Realistic, document: JSON) -> Iterator[dict[str, JSON]]:
    findings = subject.compiled.evaluate(document, len(orjson.dumps(document)))
    for each in findings.violations:
        yield {"keyword": each.keyword, "instance_location": each.instance_location}
