"""`validator schema docs`: a page for each schema."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
import click

from validator import Cached, Directory, Packaged, Registry, Retriever, SchemaKey
from validator.cli import options
from validator.cli.progress import Progress
from validator.reporting import printable
from validator.site import Built, build

__all__ = ["docs"]


@click.command(
    epilog="Exit codes: 0 built, 1 built, but some schemas can't judge, 2 wrong use, 3 can't be "
    "written."
)
@click.argument("path", default="schemas")
@click.option(
    "--to",
    required=True,
    metavar="DIR",
    help="The folder of the site: a new one, an empty one, or that of an older build, which it "
    "takes the place of.",
)
@click.option("--title", default="Schemas", show_default=True, help="What the site is called.")
@options.registries
def docs(path: str, to: str, title: str, registries: tuple[str, ...]) -> int:
    """Write a static site of the schemas of a folder: it needs no server and no network.

    A page for each version: its fields, an example, what changed since the one before, with a
    document that shows it, and which schemas use it; and a search over all of them. The same
    schemas give the same bytes. Schemas that they refer to, of other folders, get no page. It needs
    `pip install 'event-payload-validator[docs]'`.

    \b
    Examples:
      validator schema docs --to site
      validator schema docs my-schemas --to site --title "Events of Acme"
    """
    others = (*map(Directory, registries), Packaged())
    registry = Registry(Cached(Directory(path)), *(_Unlisted(Cached(each)) for each in others))
    progress = Progress("schemas", len(registry.keys()))
    built = build(registry, to, title=title, progress=progress.step)
    progress.clear()
    _tell(built, to)
    return 1 if built.broken else 0


def _tell(built: Built, to: str) -> None:
    count = "1 schema" if built.schemas == 1 else f"{built.schemas:,} schemas"
    click.echo(printable(f"{count}: {to}/index.html"))
    for each in built.broken:
        click.echo(printable(each.problem), err=True)
    for key in built.uncompared:
        click.echo(printable(f"{key} could not be compared with the one before it"), err=True)


@attrs.frozen
class _Unlisted:
    """Schemas that can be referred to, and that get no page."""

    _inner: Retriever

    @property
    def name(self) -> str:
        """What messages call it."""
        return self._inner.name

    def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
        """Give a schema's bytes as they are kept."""
        return self._inner.retrieve(key, most)

    def keys(self) -> Iterable[SchemaKey]:
        """Give none."""
        return ()
