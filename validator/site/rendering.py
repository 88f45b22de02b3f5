"""Pages made of templates: everything that a schema says is escaped by the template library."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from validator.errors import WrongUse
from validator.site.changes import broken, indented
from validator.site.paths import href
from validator.site.values import Piece, Pieces, json_text, ticked, visible

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["assets", "environment", "spaced"]

#: What the site brings besides its pages.
_ASSETS = ("site.css", "site.js", "icon.svg")
#: What stands right behind what is before it.
_CLOSING = re.compile(r"[,;:)…]")
_STEP = re.compile(r"(?<=[.\]/])(?=[^.\]\[/])")
_PARAGRAPH = re.compile(r"\n\s*\n")


def environment() -> Environment:
    """Make the templates ready.

    :raises WrongUse: if Jinja is not installed.
    """
    try:
        import jinja2  # noqa: PLC0415  # an extra: no one else needs it
    except ImportError:
        message = (
            "a site is built with Jinja, which is not installed: "
            "pip install 'event-payload-validator[docs]'"
        )
        raise WrongUse(message) from None
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("validator.site"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(_FILTERS)
    return made


def assets() -> Iterator[tuple[str, bytes]]:
    """Give the files that each site has, with their paths."""
    folder = files("validator.site") / "assets"
    for name in _ASSETS:
        yield f"assets/{name}", (folder / name).read_bytes()


def spaced(pieces: Pieces) -> Iterator[tuple[str, Piece]]:
    """Give pieces, each with what stands before it.

    >>> [before for before, _ in spaced((Piece("one of"), Piece("1", "code"), Piece(", so")))]
    ['', ' ', '']
    """
    before: Piece | None = None
    for piece in pieces:
        yield _between(before, piece), piece
        before = piece


def _between(before: Piece | None, piece: Piece) -> str:
    if before is None or (before.kind == "words" and before.text.endswith("(")):
        return ""
    if before.kind == piece.kind == "code":
        return ", "
    return "" if piece.kind == "words" and _CLOSING.match(piece.text) else " "


def _paragraphs(text: str) -> list[str]:
    return [each for each in _PARAGRAPH.split(visible(text).strip()) if each]


def _steps(path: str) -> list[str]:
    """Give a path in pieces that lines may break between: `events[].`, `time.`, `insert`."""
    return [each for each in _STEP.split(visible(path)) if each]


_FILTERS: dict[str, Any] = {
    "broken": broken,
    "href": href,
    "indented": indented,
    "json_text": json_text,
    "paragraphs": _paragraphs,
    "spaced": spaced,
    "steps": _steps,
    "ticked": ticked,
    "visible": visible,
}
