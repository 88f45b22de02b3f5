"""Names of files as other tools want them: from the folder of the repository, or as a URI."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

__all__ = ["as_uri", "relative"]


def relative(file: str) -> str:
    """Give a name from the current folder, with `/`, where the file is in it; else as it is."""
    path = Path(os.path.normpath(file))
    here = Path.cwd()
    if path.is_absolute() and path.is_relative_to(here):
        path = path.relative_to(here)
    return path.as_posix()


def as_uri(file: str) -> str:
    """Give a URI: a relative one where the file is in the current folder, or named from it."""
    path = relative(file)
    quoted = quote(os.fsencode(path), safe="/")
    return f"file://{quoted}" if path.startswith("/") else quoted
