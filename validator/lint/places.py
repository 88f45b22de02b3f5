"""Where in the text of a file things stand."""

from __future__ import annotations

from collections.abc import Collection

from validator.lint.editing import Part, parts
from validator.lint.schema_file import SchemaFile
from validator.results import Path
from validator.scanner import locate

__all__ = ["parts_of", "starts_of"]


def starts_of(file: SchemaFile, paths: Collection[Path]) -> dict[Path, int]:
    """Give for each path the index at which the value begins that is there."""
    return {path: found.start for path, found in locate(file.text, paths).items()}


def parts_of(file: SchemaFile, paths: Collection[Path]) -> dict[Path, list[Part]]:
    """Give for each path the parts of the array or object that is there."""
    starts = starts_of(file, paths)
    return {path: list(parts(file.text, start)) for path, start in starts.items()}
