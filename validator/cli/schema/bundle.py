"""`validator schema bundle`: a schema with everything it refers to."""

from __future__ import annotations

import click
import orjson

from validator import bundling
from validator.cli import options

__all__ = ["bundle"]


@click.command
@click.argument("uri")
@options.registries
def bundle(uri: str, registries: tuple[str, ...]) -> int:
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
    bundled = bundling.bundle(options.key_named(registry, uri), registry, options.LIMITS)
    click.echo(orjson.dumps(bundled, option=orjson.OPT_INDENT_2))
    return 0
