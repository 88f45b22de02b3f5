"""What the search looks through: a script that holds data alone, since no page may fetch."""

from __future__ import annotations

from collections.abc import Iterable

import orjson

from validator.results import JSON
from validator.site.catalogue import Entry
from validator.site.values import Fields, visible

__all__ = ["found_by", "script"]

_DESCRIPTION = 600


def found_by(entry: Entry, told: Fields | None, *, is_newest: bool) -> JSON:
    """Give what a schema is found by: its URI, its description, the names of its fields."""
    return {
        "uri": str(entry.key),
        "name": entry.key.name,
        "page": entry.path,
        "newest": is_newest,
        "summary": visible(entry.summary),
        "description": visible(entry.description[:_DESCRIPTION]),
        "fields": [[visible(path), anchor] for path, anchor in (told.searched if told else [])],
    }


def script(entries: Iterable[JSON]) -> bytes:
    """Give the script, with a schema a line."""
    lines = b",\n".join(orjson.dumps(entry) for entry in entries)
    return b'"use strict";\nwindow.schemas = [\n' + lines + b"\n];\n"
