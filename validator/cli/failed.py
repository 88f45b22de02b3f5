"""The failed events of Snowplow requests to a file: whole, or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import click
import orjson

from validator import Result
from validator.cli.inputs import STDIN
from validator.errors import UnreadableFile
from validator.reporting import printable

__all__ = ["FailedEvents"]


class FailedEvents:
    """A file of failed events, a line each; it appears under its name when all are written.

    Until then they are in a file beside it, which goes if anything goes wrong.
    """

    def __init__(self, name: str, inputs: Iterable[str]) -> None:
        """Find out what the name stands for; `inputs` are files that must not be replaced.

        :raises click.UsageError: if no file can, or should, have that name.
        """
        self._name = name
        self._path = Path(os.path.realpath(name))  # of a link, the file that it leads to
        if not name or name == STDIN:
            message = "--failed-events needs the name of a file: standard output has the report"
            raise click.UsageError(message)
        is_there = self._path.exists()
        if is_there and not self._path.is_file():
            message = f"--failed-events {name} is no file that could be replaced"
            raise click.UsageError(message)
        if any(os.path.realpath(each) == str(self._path) for each in inputs if each != STDIN):
            message = f"--failed-events {name} is one of the files to check"
            raise click.UsageError(message)
        #: As private as the file that it replaces; as others are, where there is none.
        self._mode = self._path.stat().st_mode & 0o777 if is_there else 0o666
        self._beside = self._path.with_name(f".{secrets.token_hex(8)}.part")
        self._count = 0

    def __enter__(self) -> Self:
        try:
            handle = os.open(self._beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, self._mode)
        except OSError as error:  # which names the file beside it
            message = f"--failed-events {self._name} can't be written: {error.strerror}"
            raise UnreadableFile(message) from None
        self._stream: BinaryIO = os.fdopen(handle, "wb")
        return self

    def add(self, result: Result) -> None:
        """Write the failed events of a document; one that is no Snowplow request has none."""
        for event in result.failed_events():
            self._stream.write(orjson.dumps(event, option=orjson.OPT_APPEND_NEWLINE))
            self._count += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._stream.close()
            if kind is None:
                self._beside.replace(self._path)
        finally:
            self._beside.unlink(missing_ok=True)
        if kind is None:
            events = "1 failed event" if self._count == 1 else f"{self._count:,} failed events"
            click.echo(printable(f"{events} written to {self._name}"), err=True)
