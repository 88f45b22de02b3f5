"""What a path leads to, asked so that it can't fail, and files read in part."""

from __future__ import annotations

import os
from pathlib import Path

from validator.errors import UnreadableFile
from validator.retrievers import holds_schemas

__all__ = ["INNER", "is_file", "is_folder", "is_link", "read_file", "root_of"]

#: What the folder of the vendors is called where it lies in that of a project.
INNER = "schemas"


def root_of(folder: Path) -> Path:
    """Give the folder of the vendors: the folder `schemas` inside, unless schemas lie beside it.

    Source: igluctl makes them so, and `validator.Directory` takes them so.
    """
    inner = folder / INNER
    return inner if is_folder(inner) and not holds_schemas(folder) else folder


def read_file(path: Path, most: int) -> bytes:
    """Give what is in a file, at most `most` + 1 bytes.

    :raises UnreadableFile: if it can't be read.
    """
    try:
        with path.open("rb") as stream:
            return stream.read(most + 1)
    except OSError as error:
        message = f"{path} can't be read: {error.strerror}"
        raise UnreadableFile(message) from None


# pathlib's own fail where a folder on the way can't be looked into, or where a name is too long.


def is_folder(path: Path) -> bool:
    """Whether a path leads to a folder."""
    return os.path.isdir(path)  # noqa: PTH112  # see above


def is_file(path: Path) -> bool:
    """Whether a path leads to a file: no pipe, no device."""
    return os.path.isfile(path)  # noqa: PTH113  # see above


def is_link(path: Path) -> bool:
    """Whether there is a symbolic link itself, wherever it leads."""
    return os.path.islink(path)  # noqa: PTH114  # see above
