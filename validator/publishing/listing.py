"""The list objects of a static Iglu registry: which versions of a schema a model has.

A list is the file `<vendor>/<name>/jsonschema/<model>`, a JSON array of Iglu URIs from the first
version on, as iglu-scala-client reads it and igluctl's `static s3cp` writes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

import orjson

from validator import documents
from validator.iglu import SchemaKey
from validator.limits import Limits
from validator.publishing.paths import read_file

__all__ = ["is_list_of", "list_path", "listed"]

#: A list of 100,000 versions has fewer bytes.
_LIMITS = Limits(bytes=20_000_000)


def list_path(key: SchemaKey) -> str:
    """Give where a registry keeps the list that a schema is in.

    >>> list_path(SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-2"))
    'com.acme/user/jsonschema/1'
    """
    return f"{key.vendor}/{key.name}/{key.format}/{key.version.model}"


def listed(keys: Iterable[SchemaKey]) -> dict[str, bytes]:
    """Give the lists of some schemas, each by its path: JSON, and a line feed at the end."""
    groups = groupby(sorted(keys), list_path)
    return {path: orjson.dumps([str(key) for key in group]) + b"\n" for path, group in groups}


def is_list_of(file: Path, contents: bytes) -> bool:
    """Whether the list in a file has what another has, in that order, however it is written.

    :raises UnreadableFile: if it can't be read.
    """
    try:
        found = documents.parse(read_file(file, _LIMITS.bytes), _LIMITS)
    except documents.Refused:
        return False
    return bool(found == orjson.loads(contents))
