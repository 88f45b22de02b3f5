"""`validator schema list`: which schemas there are."""

from __future__ import annotations

import click

from validator import NoVerdict
from validator.cli import options

__all__ = ["list"]


@click.command
@click.argument("vendor_and_name", required=False, metavar="[VENDOR[/NAME]]")
@options.registries
def list(vendor_and_name: str | None, registries: tuple[str, ...]) -> int:  # noqa: A001  # its name
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
