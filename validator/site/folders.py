"""A folder that is made whole beside its place, and then put there.

What is replaced must be a site that this module wrote: the file `.schema-site` in it lists what
was written. A folder that holds anything else is refused, and nothing of others is ever deleted.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

from validator.errors import UnreadableFile, WrongUse

__all__ = ["MARKER", "Folder", "folder_at"]

#: Lists the files of a site, a path a line. No vendor begins with a dot.
MARKER = ".schema-site"
_SAID = "# Written by event-payload-validator; its next build replaces these files."


@attrs.define
class Folder:
    """A folder that is being made."""

    _root: Path
    _written: list[str] = attrs.field(factory=list)

    def write(self, path: str, content: bytes) -> None:
        """Write a file; its path is relative, with slashes."""
        file = self._root / path
        with _writing(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        self._written.append(path)

    def mark(self) -> None:
        """Write down which files there are."""
        lines = [_SAID, *sorted(self._written)]
        self.write(MARKER, "".join(f"{line}\n" for line in lines).encode())


@contextmanager
def folder_at(to: Path) -> Iterator[Folder]:
    """Give a folder to write to, which takes its place when the block ends without an error.

    It is made beside its place, on the same disk. Where there is an older one, there is none for
    the moment between two renamings; a process that is killed leaves at worst a folder beside it
    whose name begins with a dot.

    :raises WrongUse: if something is there that is not a site of ours, or holds more than one.
    :raises UnreadableFile: if it can't be read or written.
    """
    place = to.resolve()
    with _writing(to):
        old = _files_of(place, to)
        beside = place.parent / f".{place.name}.{secrets.token_hex(4)}"
        beside.mkdir(parents=True)
    new = Folder(beside)
    try:
        yield new
        new.mark()
        with _writing(to):
            _swap(beside, place, old, to)
    except BaseException:
        _delete(beside, _files_in(beside))
        raise


@contextmanager
def _writing(to: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"a site can't be written: {to}: {error.strerror}"
        raise UnreadableFile(message) from error


def _swap(new: Path, place: Path, old: set[str] | None, to: Path) -> None:
    """Put a folder in its place, and delete what was there: no more than was looked at."""
    if old is None:
        new.rename(place)
        return
    if _files_of(place, to) != old:
        message = f"{to} changed while the site was built; build it again"
        raise WrongUse(message)
    aside = new.with_name(f"{new.name}-old")
    place.rename(aside)
    try:
        new.rename(place)
    except OSError:
        aside.rename(place)
        raise
    _delete(aside, old)


def _files_of(place: Path, to: Path) -> set[str] | None:
    """Give the files of a site of ours, or of an empty folder; None where there is nothing.

    :raises WrongUse: if it is anything else.
    """
    if not place.exists():
        return None
    found = _files_in(place) if place.is_dir() else None
    if found is None:
        message = f"{to} is a file; name a folder for the site"
        raise WrongUse(message)
    listed = {*_lines(place / MARKER), MARKER} if MARKER in found else set()
    strangers = sorted(found - listed)
    if strangers:
        message = (
            f"{to} holds {strangers[0]!r}, which is not of a site that this command wrote; "
            "name an empty folder or a new one, or move that away"
        )
        raise WrongUse(message)
    return found


def _lines(marker: Path) -> list[str]:
    return marker.read_text(encoding="utf-8", errors="replace").splitlines()


def _files_in(folder: Path) -> set[str]:
    """Give the paths of all that is no folder within a folder; a link is no folder."""
    found = set()
    for at, folders, files in os.walk(folder, onerror=_refuse):
        links = [name for name in folders if (Path(at) / name).is_symlink()]
        found |= {(Path(at) / name).relative_to(folder).as_posix() for name in (*files, *links)}
    return found


def _refuse(error: OSError) -> None:
    raise error


def _delete(folder: Path, files: set[str]) -> None:
    """Delete files of a folder, and each folder that is then empty."""
    for path in files:
        (folder / path).unlink(missing_ok=True)
    for at, _, _ in os.walk(folder, topdown=False):
        if not any(Path(at).iterdir()):
            Path(at).rmdir()
