"""Files written so that a registry is whole at any moment, whoever else writes, whatever ends it.

A file is written and synced in a folder beside the vendors, `.publishing`, which readers pass over;
then it appears in its place at once, by a link that fails where there is a file already, or, for a
list, by a rename. What a publisher left behind that was ended is taken away by the next one. A lock
on a file in there lets one publisher write at a time; it ends with the process.
"""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

from validator.errors import NoVerdict, UnreadableFile, WrongUse
from validator.publishing.paths import is_folder, is_link

__all__ = ["STAGING", "Store", "opened"]

STAGING = ".publishing"
_LOCK = "lock"
_EVERY = 0.02
_BYTES = 8
_is_ours = re.compile(rf"[0-9a-f]{{{2 * _BYTES}}}").fullmatch


@attrs.frozen
class Store:
    """A registry's folder that is written to by one publisher: this one."""

    root: Path

    def add(self, path: str, contents: bytes) -> None:
        """Add a file that is not there.

        :raises UnreadableFile: if it is there, or can't be written.
        """
        with self._staged(path, contents) as staged:
            os.link(staged, self.root / path)

    def put(self, path: str, contents: bytes) -> None:
        """Write a file, in the place of the one that is there, if one is.

        :raises UnreadableFile: if it can't be written.
        """
        with self._staged(path, contents) as staged:
            staged.rename(self.root / path)

    @contextmanager
    def _staged(self, path: str, contents: bytes) -> Iterator[Path]:
        staged = self.root / STAGING / secrets.token_hex(_BYTES)
        target = self.root / path
        try:
            _make_folder(target.parent)
            try:
                with staged.open("xb") as stream:
                    stream.write(contents)
                    stream.flush()
                    os.fsync(stream.fileno())
                yield staged
            finally:
                staged.unlink(missing_ok=True)
            _sync(target.parent)
        except OSError as error:
            message = f"{target} can't be written: {error.strerror}"
            raise UnreadableFile(message) from None


@contextmanager
def opened(root: Path, wait: float) -> Iterator[Store]:
    """Let one publisher at a time write to a registry's folder, which is made if it is not there.

    :param wait: the seconds that another publisher may take.
    :raises NoVerdict: if another is not done by then.
    :raises UnreadableFile: if the folder can't be written to.
    :raises WrongUse: if the system has no locks of files as POSIX has them.
    """
    staging = root / STAGING
    lock = _locks()
    try:
        _make_folder(staging)
        if is_link(staging):
            message = f"{staging} is a symbolic link; take it away"
            raise WrongUse(message)
        with (staging / _LOCK).open("ab") as stream:
            _wait(lambda: lock(stream.fileno()), root, wait)
            for each in staging.iterdir():
                if _is_ours(each.name):
                    each.unlink()
            yield Store(root)
    except OSError as error:
        message = f"{root} can't be written to: {error.strerror}"
        raise UnreadableFile(message) from None


def _locks() -> Callable[[int], None]:
    """Give what locks a file by its number, or raises BlockingIOError where another has."""
    try:
        import fcntl  # noqa: PLC0415  # not all systems have it
    except ImportError:
        message = "schemas are published on systems with POSIX's locks of files; this one has none"
        raise WrongUse(message) from None
    return lambda number: fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _wait(lock: Callable[[], None], root: Path, wait: float) -> None:
    ends = time.monotonic() + wait
    while True:
        try:
            return lock()
        except BlockingIOError:
            if time.monotonic() >= ends:
                message = f"another publisher is at work in {root}; try again when it is done"
                raise NoVerdict(message) from None
            time.sleep(_EVERY)


def _make_folder(folder: Path) -> None:
    """Make a folder with those it lies in, and see to it that they last."""
    missing = [each for each in (folder, *folder.parents) if not is_folder(each)]
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        _sync(each.parent)


def _sync(folder: Path) -> None:
    """See to it that what a folder lists lasts."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
