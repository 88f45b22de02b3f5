"""Which files are fixtures, and of which kind: suites, and documents that are valid or are not."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, TypeAlias

import attrs

from validator.errors import WrongUse
from validator.suites.reading import is_version

__all__ = ["Fixture", "Kind", "discover"]

#: A suite; or documents that are all to be valid, or all not to be.
Kind: TypeAlias = Literal["suite", "valid", "invalid"]
_FOLDERS: dict[str, Kind] = {"valid": "valid", "invalid": "invalid"}
_LINES = (".ndjson", ".jsonl")
_SUFFIXES = (".json", *_LINES)


@attrs.frozen
class Fixture:
    """A file of cases."""

    file: str
    kind: Kind


def discover(paths: Iterable[str]) -> list[Fixture]:
    """Give the fixtures in files and folders, in the order of their names.

    A file within a folder `valid` or `invalid` holds documents, the nearest such folder decides;
    one that is called like a version, `1-0-0.json`, is a suite; another is passed over, unless it
    is named itself, and is then a suite. Of the folders above what is named, only its own counts.
    Links to folders are not followed. A folder that can't be listed is given as a suite, so that
    reading it tells why.

    :raises WrongUse: if there is none in a path.
    """
    found: dict[str, Fixture] = {}
    for path in paths:
        inside = list(_in(path))
        if not inside:
            message = (
                f"no fixtures in {path or 'a path that is empty'}: neither a suite, "
                "VENDOR/NAME/VERSION.json, nor documents in folders called valid and invalid"
            )
            raise WrongUse(message)
        found.update((each.file, each) for each in inside)
    return list(found.values())


def _in(path: str) -> Iterator[Fixture]:
    if not path:
        return
    if not os.path.isdir(path):  # noqa: PTH112  # a name is kept as given
        own = Path(path)
        yield Fixture(path, _folder_kind([own.absolute().parent.name]) or "suite")
        return
    top = Path(path).absolute().name
    hidden: list[str] = []
    for folder, folders, names in os.walk(
        path, onerror=lambda error: hidden.append(error.filename)
    ):
        folders.sort()
        steps = [top, *Path(folder).relative_to(path).parts]
        for name in sorted(names):
            kind = _kind(steps, Path(name))
            if kind is not None:
                yield Fixture(str(Path(folder, name)), kind)
    yield from (Fixture(each, "suite") for each in hidden)


def _kind(steps: list[str], name: Path) -> Kind | None:
    kind = _folder_kind(steps)
    if kind is not None:
        return kind if name.suffix in _SUFFIXES else None
    return "suite" if name.suffix == ".json" and is_version(name.stem) else None


def _folder_kind(steps: list[str]) -> Kind | None:
    return next((_FOLDERS[step] for step in reversed(steps) if step in _FOLDERS), None)
