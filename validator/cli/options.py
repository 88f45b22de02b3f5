"""The options that commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from validator import (
    Cached,
    Directory,
    Limits,
    Packaged,
    Registry,
    SchemaCriterion,
    SchemaKey,
    Validator,
)
from validator.documents import Refused, parse
from validator.engine import Engine
from validator.errors import InvalidSchema, UnreadableFile
from validator.normalizer import instant
from validator.registry import GIVEN
from validator.results import JSON
from validator.validation import NamedSchema

__all__ = [
    "LIMITS",
    "engine",
    "key_named",
    "make_ready",
    "moment",
    "ndjson",
    "plan",
    "plan_in",
    "policy",
    "query",
    "query_in",
    "refuse_beside_query",
    "registries",
    "registry_of",
    "schema_in",
    "schema_named",
    "storage",
    "validator_of",
]

_Command = TypeVar("_Command", bound=Callable[..., Any])

#: The limits of the command line: a file that repeats a name is a mistake worth hearing of.
LIMITS = Limits(duplicate_keys=False)

registries: Callable[[_Command], _Command] = click.option(
    "--registry",
    "registries",
    multiple=True,
    metavar="DIR",
    help="A folder of schemas, VENDOR/NAME/jsonschema/VERSION; asked before the packaged ones. "
    "Can be repeated.",
)
engine: Callable[[_Command], _Command] = click.option(
    "--engine",
    type=click.Choice(["jsonschema-rs", "jsonschema"]),
    default="jsonschema-rs",
    show_default=True,
    help="What judges. jsonschema is for a second opinion: slower, and for schemas that are "
    "trusted.",
)
ndjson: Callable[[_Command], _Command] = click.option(
    "--ndjson",
    is_flag=True,
    help="Each line is a document; so it is by itself in .ndjson and .jsonl files.",
)
plan: Callable[[_Command], _Command] = click.option(
    "--plan",
    "plan_name",
    metavar="FILE",
    help="An event plan: which schemas judge the events of each type in Tracardi payloads.",
)
policy: Callable[[_Command], _Command] = click.option(
    "--policy",
    type=click.Choice(["strict", "snowplow"]),
    default="strict",
    show_default=True,
    help="What a change is graded by. strict: what is proved. snowplow: as its documentation does.",
)
storage: Callable[[_Command], _Command] = click.option(
    "--storage",
    type=click.Choice(["redshift", "parquet"]),
    multiple=True,
    help="Warn of what a change does to tables of this kind, too. Can be repeated.",
)
query: Callable[[_Command], _Command] = click.option(
    "--query",
    is_flag=True,
    help="Each line is the query of a Snowplow GET request (e=pv&url=...), or a URL with one.",
)


def refuse_beside_query(**others: object) -> None:
    """Refuse what means nothing for queries, which are judged by the schemas of the protocol.

    :raises click.UsageError: if one of the options, by its name, is given.
    """
    for name, given in others.items():
        if given:
            message = f"--query and --{name} exclude each other"
            raise click.UsageError(message)


def query_in(line: bytes) -> bytes:
    """Give the query that a line holds: without white space around it, which no URL contains.

    A line past the limit stays past it.
    """
    return line if len(line) > LIMITS.bytes else line.strip()


def registry_of(folders: tuple[str, ...]) -> Registry:
    """Give the registry of some folders, and the packaged schemas after them.

    :raises WrongUse: if one is no folder.
    """
    return Registry(*(Cached(Directory(folder)) for folder in folders), Cached(Packaged()))


def key_named(registry: Registry, uri: str) -> SchemaKey:
    """Give the key that a URI names; with * in its version, that of the newest that fits.

    :raises InvalidIgluUri: if it is none.
    :raises NoVerdict: if no schema fits.
    """
    return registry.newest(SchemaCriterion.parse(uri)) if "*" in uri else SchemaKey.parse(uri)


def validator_of(
    folders: tuple[str, ...],
    *,
    engine: Engine = "jsonschema-rs",
    show_values: bool = False,
    plan: bytes | None = None,
) -> Validator:
    """Give a validator over the schemas of some folders and the packaged ones.

    :raises WrongUse: if one is no folder, or the plan is none.
    :raises NoVerdict: if a schema that the plan names is not there, or can't judge.
    """
    return Validator(
        registry=registry_of(folders),
        engine=engine,
        limits=LIMITS,
        show_values=show_values,
        plan=plan,
    )


def plan_in(name: str | None) -> bytes | None:
    """Give what is in the file that `--plan` names: a byte more than a plan may have, at the most.

    :raises UnreadableFile: if it can't be read.
    """
    return None if name is None else _contents(f"--plan {name}", name, LIMITS.bytes)


def _contents(what: str, name: str, most: int, hint: str = "") -> bytes:
    try:
        with Path(name).open("rb") as stream:
            return stream.read(most + 1)
    except OSError as error:
        message = f"{what} can't be read: {error.strerror}{hint}"
        raise UnreadableFile(message) from error


def schema_named(name: str | None, option: str = "--schema ") -> NamedSchema | None:
    """Give what `--schema` names: an Iglu URI or criterion as it is, or the schema in a file.

    `option` is what messages put before the name.

    :raises UnreadableFile: if it is a file that can't be read.
    :raises InvalidSchema: if what is in it is no schema.
    """
    if name is None or name.startswith("iglu:"):
        return name
    hint = "; an Iglu URI begins with iglu:"
    raw = _contents(f"{option}{name}", name, LIMITS.schema_bytes, hint)
    return schema_in(raw, name)


def schema_in(raw: bytes, name: str) -> dict[str, JSON] | bool:
    """Give the schema in a text; messages call it by the name of its file.

    :raises InvalidSchema: if it is none.
    """
    limits = Limits(bytes=LIMITS.schema_bytes, depth=LIMITS.schema_depth, duplicate_keys=False)
    try:
        schema = parse(raw, limits)
    except Refused as refused:
        raise InvalidSchema(name, refused.violation.message) from None
    if not isinstance(schema, dict | bool):
        raise InvalidSchema(name, "a schema is an object or a boolean")
    return schema


def make_ready(validator: Validator, schema: NamedSchema, name: str | None) -> None:
    """Compile what `--schema` names, before any document is read.

    :raises NoVerdict: as `Validator.compile`; a schema from a file is called by the file's name.
    """
    try:
        validator.compile(schema)
    except InvalidSchema as error:
        given = isinstance(schema, dict | bool) and error.schema == GIVEN
        raise (InvalidSchema(name, error.problem) if given else error) from None


def moment(
    ctx: click.Context,  # noqa: ARG001  # click hands it to every callback
    param: click.Parameter,
    value: str | None,
) -> datetime | None:
    """Read a time that is an option, in any spelling that `normalize` reads."""
    if value is None:
        return None
    spelled = str(instant(value))
    try:
        given = datetime.fromisoformat(spelled)
        if given.utcoffset() is not None:
            return given.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    message = f"{value!r} is no time; one is such as 2023-01-01T00:00:00Z"
    raise click.BadParameter(message, param=param)
