"""`validator schema show`: what a schema says."""

from __future__ import annotations

import click

from validator.cli import options

__all__ = ["show"]


@click.command
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
    click.echo(registry.read(options.key_named(registry, uri)), nl=False)
    return 0
