"""Files that are watched: what of them changed since they were looked at."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

__all__ = ["Seen", "changed", "look"]

#: Of each file, when it was written last, in nanoseconds, and its size.
Seen: TypeAlias = Mapping[str, tuple[int, int]]
#: Seconds between one look and the next.
_PAUSE = 0.25


def look(paths: Iterable[str]) -> Seen:
    """Look at files, and at all that is in folders."""
    seen: dict[str, tuple[int, int]] = {}
    for path in paths:
        inside = (str(Path(at, name)) for at, _, names in os.walk(path) for name in names)
        for file in (path, *inside):
            try:
                found = os.stat(file)  # noqa: PTH116  # as os.walk gives it
            except OSError:  # it was there when the folder was listed
                continue
            if not os.path.isdir(file):  # noqa: PTH112  # a folder is written when its files are
                seen[file] = found.st_mtime_ns, found.st_size
    return seen


def changed(
    paths: Iterable[str], before: Seen, sleep: Callable[[float], None] = time.sleep
) -> list[str]:
    """Wait until files are written, come or go, and give their names, sorted."""
    watched = list(paths)
    while (now := look(watched)) == before:
        sleep(_PAUSE)
    return sorted(file for file in before.keys() | now.keys() if before.get(file) != now.get(file))
