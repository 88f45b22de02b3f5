"""`validator schema`: which schemas there are, and what they say."""

from __future__ import annotations

import click

from validator import NoVerdict, SchemaCriterion, SchemaKey
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
    key = registry.newest(SchemaCriterion.parse(uri)) if "*" in uri else SchemaKey.parse(uri)
    click.echo(registry.read(key), nl=False)
    return 0
