"""`validator schema`: which schemas there are, and what they say."""

from __future__ import annotations

import click
import orjson

from validator import NoVerdict, Registry, SchemaCriterion, SchemaKey
from validator.bundling import bundle
from validator.cli import options

__all__ = ["schema"]


@click.group()
def schema() -> None:
    """Look at the schemas that can be named."""


@schema.command("list")
@click.argument("vendor_and_name", required=False, metavar="[VENDOR[/NAME]]")
@options.registries
def list_(vendor_and_name: str | None, registries: tuple[str, ...]) -> int:
    """List the Iglu URIs of the schemas there are; of a vendor, or of one name.

    \b
    Examples:
      validator schema list
      validator schema list com.tracardi/tracker_payload
      validator schema list --registry my-schemas com.acme
    """
    vendor, _, name = (vendor_and_name or "").partition("/")
    keys = options.registry_of(registries).keys(vendor or None, name or None)
    if not keys:
        message = f"there are no schemas of {vendor_and_name}; `validator schema list` shows all"
        raise NoVerdict(message)
    for key in keys:
        click.echo(str(key))
    return 0


@schema.command("show")
@click.argument("uri")
@options.registries
def show(uri: str, registries: tuple[str, ...]) -> int:
    """Print a schema, byte for byte as it is kept; with * in its version, the newest that fits.

    \b
    Examples:
      validator schema show iglu:com.tracardi/tracker_payload/jsonschema/1-0-1
      validator schema show "iglu:com.tracardi/event_payload/jsonschema/1-*-*"
    """
    registry = options.registry_of(registries)
    click.echo(registry.read(_key(registry, uri)), nl=False)
    return 0


@schema.command("bundle")
@click.argument("uri")
@options.registries
def bundle_(uri: str, registries: tuple[str, ...]) -> int:
    """Print a schema with everything it refers to inside, for tools that can't follow iglu:.

    Each schema that it refers to is put under `definitions` ($defs from 2019-09 on), and each $ref
    is a pointer within the one file; only a draft's own meta-schema stays outside. $schema is that
    of the draft where it was Iglu's. The bundle judges as the schema does, and keeps its `self`;
    a tool that is strict about keywords has to be told of that one. With * in its version, the
    newest schema that fits.

    \b
    Examples:
      validator schema bundle iglu:com.tracardi/tracker_payload/jsonschema/1-0-1
      validator schema bundle --registry my-schemas "iglu:com.acme/user/jsonschema/1-*-*"
    """
    registry = options.registry_of(registries)
    bundled = bundle(_key(registry, uri), registry, options.LIMITS)
    click.echo(orjson.dumps(bundled, option=orjson.OPT_INDENT_2))
    return 0


def _key(registry: Registry, uri: str) -> SchemaKey:
    """Give the key that a URI names; with * in its version, that of the newest that fits."""
    return registry.newest(SchemaCriterion.parse(uri)) if "*" in uri else SchemaKey.parse(uri)
