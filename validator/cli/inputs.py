"""Files, folders and standard input, as documents one by one."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator
from io import BufferedReader, FileIO
from pathlib import Path
from typing import BinaryIO

import attrs
import click

from validator.errors import UnreadableFile
from validator.results import Position, Violation

__all__ = ["STDIN", "Input", "files", "placed", "read", "refuse_folders"]

STDIN = "-"
_LINES = (".ndjson", ".jsonl")
_DOCUMENTS = (".json", *_LINES)


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
        inside = sorted(_documents_in(str(Path(path))))
        if not inside:
            kinds = ", ".join(sorted(_DOCUMENTS))
            message = f"no payloads in the folder {path}: no file in it is one of {kinds}"
            raise click.UsageError(message)
        found.extend(inside)
    return found


def _documents_in(folder: str) -> Iterator[str]:
    pending = [folder]
    while pending:
        try:
            with os.scandir(pending.pop()) as entries:
                inside = list(entries)
        except OSError as error:
            yield error.filename
            continue
        for entry in inside:
            if entry.is_dir():
                if not entry.is_symlink():
                    pending.append(entry.path)
            # A link that leads nowhere was meant for a payload; a pipe was not.
            elif entry.name.endswith(_DOCUMENTS) and (entry.is_file() or entry.is_symlink()):
                yield entry.path.removeprefix("./")


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
            stdin = _stdin()
            if by_line:
                yield from _lines(stdin, file, most=most)
            else:
                yield Input(file, 1, 0, stdin.read(most + 1), is_line=False)
        else:
            with open(file, "rb", buffering=0) as stream:  # noqa: PTH123  # a Path takes as long
                if by_line or file.endswith(_LINES):
                    with BufferedReader(stream) as buffered:
                        yield from _lines(buffered, file, most=most)
                else:
                    yield Input(file, 1, 0, _whole(stream, most), is_line=False)
    except OSError as error:
        message = f"{file} can't be read: {error.strerror}"
        raise UnreadableFile(message) from error


def _stdin() -> BinaryIO:
    if sys.stdin is None:
        raise OSError(errno.EBADF, "standard input is closed")
    return sys.stdin.buffer


def _whole(stream: FileIO, most: int) -> bytes:
    """Give what is in a file, or one byte more than it may have."""
    # To ask for no more than there is spares most of what it takes to read a small file.
    size = os.fstat(stream.fileno()).st_size
    raw = stream.read(min(size, most) + 1)
    while size < len(raw) <= most and (rest := stream.read(most + 1 - len(raw))):
        raw += rest  # a pipe, or a file that grows
    return raw


def _lines(stream: BinaryIO, file: str, *, most: int) -> Iterator[Input]:
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
