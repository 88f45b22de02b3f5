"""What callers hand over, made sure of: paths, folders that are there, values of a type."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from validator.errors import WrongUse, is_a, shown
from validator.publishing.paths import is_folder

__all__ = ["expect", "expect_among", "folder_at", "path_at"]


def expect(kind: type, **given: object) -> None:
    """Make sure that arguments, by their names, are of a type, or None.

    :raises WrongUse: if one is not.
    """
    for name, value in given.items():
        if value is not None and not is_a(value, kind):
            message = f"{name} is of type {kind.__name__}, not {shown(value)}"
            raise WrongUse(message)


def expect_among(names: Sequence[str], **given: object) -> None:
    """Make sure that arguments, by their names, are each one of some names.

    :raises WrongUse: if one is not.
    """
    for name, value in given.items():
        if type(value) is not str or value not in names:
            message = f"{name} is one of {', '.join(map(repr, names))}, not {shown(value)}"
            raise WrongUse(message)


def path_at(given: str | Path) -> Path:
    """Give the path that is named; whether something is there is not asked.

    :raises WrongUse: if it is no path.
    """
    if (is_a(given, str) or is_a(given, Path)) and "\0" not in str(given):
        return Path(given)
    message = f"a file or a folder is named by its path, not by {shown(given)}"
    raise WrongUse(message)


def folder_at(given: str | Path) -> Path:
    """Give the path of a folder that is there.

    :raises WrongUse: if there is none, or it is no path.
    """
    folder = path_at(given)
    if not is_folder(folder):
        message = f"no such folder: {shown(str(folder))}"
        raise WrongUse(message)
    return folder
