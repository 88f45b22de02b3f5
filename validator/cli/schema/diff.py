"""`validator schema diff`: whom a change breaks, with proof, and which step it takes."""

from __future__ import annotations

import json

import click

from validator import Registry, Validator
from validator.cli import options
from validator.cli.output import line_writer
from validator.cli.schema.files import registry_beside
from validator.cli.schema.operands import Operand, least_version, names, operand, taken
from validator.compatibility import compare
from validator.compatibility.verdicts import Policy, Step, Storage
from validator.engine import Formats
from validator.reporting.compared import Compared
from validator.reporting.compared_json import comparison_as_json
from validator.reporting.compared_text import comparison_page

__all__ = ["diff"]


@click.command(
    epilog="Exit codes: 0 the step is large enough (or any is allowed), 1 it is too small, 2 wrong "
    "use, 3 no verdict: a schema can't be used, or it is neither proved nor refuted."
)
@click.argument("old_name", metavar="OLD")
@click.argument("new_name", metavar="NEW")
@options.policy
@options.storage
@click.option(
    "--formats",
    type=click.Choice(["assert", "annotate"]),
    default="assert",
    show_default=True,
    help="Whether `format` decides, as in Iglu, or only says.",
)
@click.option(
    "--at-most",
    type=click.Choice(["NONE", "ADDITION", "REVISION", "MODEL"], case_sensitive=False),
    help="The greatest step that is allowed, whatever the versions say.",
)
@options.registries
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="text: for people. json: for programs, iglu:org.eventpayload/comparison.",
)
def diff(
    old_name: str,
    new_name: str,
    policy: Policy,
    storage: tuple[Storage, ...],
    formats: Formats,
    at_most: Step | None,
    registries: tuple[str, ...],
    format_: str,
) -> int:
    """Compare two schemas: whether each accepts all that the other accepts.

    Each answer is proved, refuted by a document that shows it, or unknown; it is never guessed.
    Each change is told with what it does and whom it breaks, and with the step of SchemaVer that
    all of them ask for: MODEL-REVISION-ADDITION. Where both are versions of one schema, the step
    between these has to be large enough.

    OLD and NEW are files, Iglu URIs (with * in its version the newest that fits), or REV:path: a
    file as git has it at a revision. REV:path is from the top of the repository, REV:./path from
    the current folder.

    \b
    Examples:
      validator schema diff schemas/com.acme/user/jsonschema/1-0-0 draft.json
      validator schema diff --registry my-schemas "iglu:com.acme/user/jsonschema/1-0-*" draft.json
      validator schema diff HEAD:./user.json user.json --at-most ADDITION
      validator schema diff old.json new.json --policy snowplow --storage redshift --format json
    """
    registry = registry_beside([old_name, new_name], registries)
    old, new = operand(old_name, registry), operand(new_name, registry)
    _refuse_unusable(registry, formats, old, new)
    found = compare(
        old.schema,
        new.schema,
        policy=policy,
        storage=storage,
        formats=formats,
        registry=registry,
        limits=options.LIMITS,
    )
    called = names(old, new)
    compared = Compared(
        old=called[0],
        new=called[1],
        comparison=found,
        taken=taken(old, new),
        at_most=at_most,
        least_version=least_version(old, new, found.step),
    )
    if format_ == "json":
        click.echo(json.dumps(comparison_as_json(compared), ensure_ascii=False, indent=2))
        return compared.exit_code
    write = line_writer()
    for line in comparison_page(compared):
        write(line)
    return compared.exit_code


def _refuse_unusable(registry: Registry, formats: Formats, *operands: Operand) -> None:
    """Refuse a schema that can't judge, by the name that it was given.

    :raises NoVerdict: if one can't.
    """
    validator = Validator(registry=registry, limits=options.LIMITS, formats=formats)
    for each in operands:
        options.make_ready(validator, each.schema, each.name)
