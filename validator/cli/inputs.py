"""Files, folders and standard input, as documents one by one."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import attrs
import click

from validator.errors import UnreadableFile
from validator.results import Position, Violation

__all__ = ["STDIN", "Input", "files", "placed", "read", "refuse_folders"]

STDIN = "-"
_LINES = {".ndjson", ".jsonl"}
_DOCUMENTS = {".json"} | _LINES


@attrs.frozen
class Input:
    """A document as it lies in a file."""

    #: The file's name; `-` is standard input.
    file: str
    #: The line it begins in, from 1.
    line: int
    #: The bytes of the file before it.
    offset: int
    #: Its text; one byte more than the limit where it is longer.
    raw: bytes = attrs.field(repr=False)
    #: Whether it is a line of a file of lines.
    is_line: bool


def files(paths: Iterable[str]) -> list[str]:
    """Give the files that are meant: those named, and those in the folders named.

    Of a folder: all `.json`, `.ndjson` and `.jsonl` files in it and in the folders within, sorted,
    and the folders that can't be listed, so that reading tells of them. Links to folders are not
    followed.

    :raises click.UsageError: if there are none in a folder.
    """
    found: list[str] = []
    for path in paths:
        if not path:
            message = "a PATH is empty"
            raise click.UsageError(message)
        if path == STDIN or not os.path.isdir(path):  # noqa: PTH112  # a name is kept as given
            found.append(path)
            continue
        inside = sorted(_documents_in(path))
        if not inside:
            kinds = ", ".join(sorted(_DOCUMENTS))
            message = f"no payloads in the folder {path}: no file in it is one of {kinds}"
            raise click.UsageError(message)
        found.extend(inside)
    return found


def _documents_in(folder: str) -> list[str]:
    found: list[str] = []
    for inner, _, names in os.walk(folder, onerror=lambda error: found.append(error.filename)):
        for name in names:
            path = Path(inner, name)
            # A link that leads nowhere was meant for a payload; a pipe was not.
            if path.suffix in _DOCUMENTS and (path.is_file() or path.is_symlink()):
                found.append(str(path))
    return found


def refuse_folders(paths: Iterable[str], reason: str) -> None:
    """Refuse folders where only files can be meant.

    :raises click.UsageError: if one is a folder.
    """
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112  # a name is kept as given
            message = f"{path} is a folder; {reason}"
            raise click.UsageError(message)


def read(file: str, *, by_line: bool, most: int) -> Iterator[Input]:
    """Give the documents of a file: itself, or its lines where it is one of lines.

    No more than `most` + 1 bytes of a document are ever held.

    :raises UnreadableFile: if it can't be read.
    """
    try:
        if file == STDIN:
            yield from _documents(_stdin(), file, by_line=by_line, most=most)
        else:
            with Path(file).open("rb") as stream:
                lines = by_line or Path(file).suffix in _LINES
                yield from _documents(stream, file, by_line=lines, most=most)
    except OSError as error:
        message = f"{file} can't be read: {error.strerror}"
        raise UnreadableFile(message) from error


def _stdin() -> BinaryIO:
    if sys.stdin is None:
        raise OSError(errno.EBADF, "standard input is closed")
    return sys.stdin.buffer


def _documents(stream: BinaryIO, file: str, *, by_line: bool, most: int) -> Iterator[Input]:
    if not by_line:
        yield Input(file, 1, 0, stream.read(most + 1), is_line=False)
        return
    offset = 0
    number = 0
    while raw := stream.readline(most + 1):
        number += 1
        length = len(raw)
        while not raw.endswith(b"\n") and (rest := stream.readline(most + 1)):
            length += len(rest)
            if rest.endswith(b"\n"):
                break
        raw = raw.rstrip(b"\r\n")
        if raw.strip() or len(raw) > most:
            yield Input(file, number, offset, raw, is_line=True)
        offset += length


def placed(violation: Violation, document: Input) -> Violation:
    """Tell a place in a line as a place in its file: for what is wrong with the text itself.

    A place in what a text within it holds stays what it is.
    """
    old = violation.position
    if old is None or violation.decoded_location is not None or not document.is_line:
        return violation
    new = Position(document.offset + old.offset, document.line - 1 + old.line, old.column)
    message = violation.message.replace(str(old), str(new))
    return attrs.evolve(violation, position=new, message=message)
