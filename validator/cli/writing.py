"""A file in the place of another: whole, or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from validator.errors import UnreadableFile

__all__ = ["replace_file"]

_USUAL_MODE = 0o644


def replace_file(file: str, contents: bytes) -> None:
    """Put a file in the place of one, or where there is none; a link leads on to it.

    It has the rights of the one that was there.

    :raises UnreadableFile: if it can't be written.
    """
    path = Path(os.path.realpath(file))
    beside = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        mode = path.stat().st_mode & 0o777 if path.exists() else _USUAL_MODE
        try:
            with beside.open("xb") as stream:
                stream.write(contents)
            beside.chmod(mode)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        message = f"{file} can't be written: {error.strerror}"
        raise UnreadableFile(message) from None
