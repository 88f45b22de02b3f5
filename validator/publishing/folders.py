"""A registry's folder, looked through without trust: its schemas, and what else lies there.

Links are not followed, and what is no file is never opened. Names that begin with a dot are passed
over. The lists of a static registry lie beside the versions, and are called like a model: `1`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import attrs

from validator.iglu import SchemaKey
from validator.problems import Level, Problem
from validator.publishing.paths import INNER, is_file, is_folder, is_link
from validator.retrievers import key_of

__all__ = ["Judged", "RegistryFolder", "look_through"]

#: VENDOR, NAME, FORMAT and VERSION.
_DEPTH = 4
_is_list = re.compile(r"[1-9][0-9]*").fullmatch


@attrs.frozen
class Judged:
    """What was found in a file, or in a place where there is none."""

    #: The path of the file, as it was reached.
    file: str
    problems: tuple[Problem, ...]
    #: The schema that the path names, if it names one.
    key: SchemaKey | None = None
    #: What is in the file, to place problems in: None where it could not be read.
    raw: bytes | None = attrs.field(default=None, repr=False)

    def __bool__(self) -> bool:
        """Whether nothing is an error."""
        return all(each.level != "error" for each in self.problems)


@attrs.frozen
class RegistryFolder:
    """The files of a registry."""

    #: The folder of the vendors.
    root: Path
    #: The file of each schema, in the order of the keys.
    schemas: Mapping[SchemaKey, Path]
    #: The file of each list of versions, by its path in the registry: `com.acme/user/jsonschema/1`.
    lists: Mapping[str, Path]
    #: What lies where no schema lies, or can't be read as one.
    strays: tuple[Judged, ...]

    def path_of(self, key: SchemaKey) -> Path:
        """Give the file that a schema has, or would have."""
        return self.root / key.path


def look_through(root: Path) -> RegistryFolder:
    """List the files of a registry; none is opened."""
    schemas: dict[SchemaKey, Path] = {}
    lists: dict[str, Path] = {}
    strays: list[Judged] = []
    for path, unread in _walk(root, 1):
        parts = path.relative_to(root).parts
        key = key_of(*parts) if len(parts) == _DEPTH else None
        is_list = len(parts) == _DEPTH and _is_list(path.name) is not None
        problem = unread or _stray(len(parts), key, is_list=is_list)
        if problem is not None:
            strays.append(Judged(str(path), (problem,), key))
        elif key is not None:
            schemas[key] = path
        elif is_list:
            lists["/".join(parts)] = path
    return RegistryFolder(root, dict(sorted(schemas.items())), lists, tuple(strays))


def _walk(folder: Path, depth: int) -> Iterator[tuple[Path, Problem | None]]:
    """Give each file, and each place that can't be looked into with the reason."""
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        yield folder, _problem("unreadable", f"the folder can't be listed: {error.strerror}", "")
        return
    for path in paths:
        if path.name.startswith("."):
            continue
        if is_link(path):
            yield path, _LINK
        elif depth == 1 and path.name == INNER and is_folder(path):
            yield path, _INNER
        elif depth < _DEPTH and is_folder(path):
            yield from _walk(path, depth + 1)
        else:
            yield path, None if is_file(path) else _NO_FILE


def _problem(rule: str, message: str, hint: str, level: Level = "error") -> Problem:
    return Problem(rule=rule, level=level, message=message, hint=hint or None)


_LINK = _problem(
    "symbolicLink",
    "is a symbolic link; what it leads to may change, and git keeps the link alone",
    "put a copy of the file in its place",
)
_NO_FILE = _problem(
    "strayFile", "is no file, where a schema may lie", "take it away, or move it elsewhere"
)
_INNER = _problem(
    "strayFile",
    "is a folder that a registry is taken for, in a registry: nothing in it is looked at",
    "take it away, or give the folder that the schemas are in",
)


def _stray(depth: int, key: SchemaKey | None, *, is_list: bool) -> Problem | None:
    """Tell of a file that no reader finds: among versions it is most likely one that got lost.

    Beside the vendors may be a README, or a licence.
    """
    if key is not None or is_list or depth == 1:
        return None
    level: Level = "error" if depth == _DEPTH else "warning"
    return _problem(
        "strayFile",
        "lies where readers look for no schema",
        "a schema is the file VENDOR/NAME/jsonschema/VERSION, such as com.acme/user/jsonschema/"
        "1-0-0, without an extension; move it there, or take it away",
        level,
    )
