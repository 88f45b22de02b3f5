"""Files of schemas: those that are named, and those in folders that are named."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs
import click

from validator import Registry, SchemaKey, documents
from validator.cli import inputs, options
from validator.errors import UnreadableFile
from validator.retrievers import key_of, schema_bounds, self_key

__all__ = [
    "Named",
    "contents",
    "contents_of",
    "files",
    "is_astray",
    "key_of_path",
    "own_key",
    "registry_beside",
]

_FORMAT = "jsonschema"
#: What a version looks like, rightly written or not.
_LIKE_VERSION = re.compile(r"\d+\W\d+\W\d+")
_JSON = ".json"
#: VENDOR, NAME, FORMAT and VERSION.
_PARTS = 4


@attrs.frozen
class Named:
    """A file of a schema."""

    #: Its name as it was given, or from the folder that was.
    file: str
    #: What its path says that it is; None if that is no name of a schema.
    key: SchemaKey | None
    #: The folder it was found in, as it was given; None if it was named itself.
    folder: str | None = None


def files(paths: Iterable[str]) -> list[Named]:
    """Give the files that are meant: those named, and those in the folders named.

    Of a folder: what lies where a schema lies, `VENDOR/NAME/jsonschema/VERSION`, what seems to be
    meant for such a place, and all `.json` files, sorted. Links to folders are not followed, names
    that begin with a dot are passed over.

    :raises click.UsageError: if there are none in a folder.
    """
    found: list[Named] = []
    for path in paths:
        if not path:
            message = "a PATH is empty"
            raise click.UsageError(message)
        if path == inputs.STDIN or not os.path.isdir(path):  # noqa: PTH112  # a name is kept as given
            found.append(Named(path, key_of_path(path)))
            continue
        inside = [*_inside(path)]
        if not inside:
            message = (
                f"no schemas in the folder {path}: a schema is a file VENDOR/NAME/jsonschema/"
                "VERSION, or ends in .json"
            )
            raise click.UsageError(message)
        found.extend(inside)
    return found


def _inside(folder: str) -> Iterator[Named]:
    unlisted: list[OSError] = []
    for where, folders, names in os.walk(folder, onerror=unlisted.append):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for name in sorted(each for each in names if not each.startswith(".")):
            file = str(Path(where, name))
            key = key_of_path(file)
            named = Named(file, key, folder)
            lies_well = key is not None and key.format == _FORMAT
            if lies_well or name.endswith(_JSON) or _seems_meant(named):
                yield named
    # What can't be listed is told of when it is read.
    yield from (Named(str(error.filename), None, folder) for error in unlisted)


def _seems_meant(named: Named) -> bool:
    """Whether a file is named like a version, and lies among schemas or says which one it is."""
    path = Path(named.file)
    if not _LIKE_VERSION.fullmatch(path.name):
        return False
    if path.parent.name == _FORMAT:
        return True
    try:
        own = own_key(contents_of(named))
    except UnreadableFile:
        return False
    return own is not None and own.format == _FORMAT


def is_astray(file: str, own: SchemaKey) -> bool:
    """Whether a path is that of no schema, and looks like that of one in a registry.

    It does where it ends in `jsonschema` and a file, or in a part of the `self` and its version.
    """
    if file == inputs.STDIN or key_of_path(file) is not None:
        return False
    *_, folder, name = ("", *Path(file).absolute().parts)
    is_version = name.removesuffix(_JSON) == str(own.version)
    return folder == _FORMAT or (is_version and folder in {own.vendor, own.name})


def own_key(raw: bytes) -> SchemaKey | None:
    """Give the key that the `self` in a text names; None if it names none, or is no JSON."""
    bounds = attrs.evolve(schema_bounds(options.LIMITS), duplicate_keys=True)
    result = documents.decode(raw.removeprefix(codecs.BOM_UTF8), bounds)
    return self_key(result.payload) if result else None


def key_of_path(file: str) -> SchemaKey | None:
    """Give the key that the last four parts of a path make up; None if they make up none."""
    parts = Path(file).absolute().parts[-_PARTS:]
    return key_of(*parts) if len(parts) == _PARTS and file != inputs.STDIN else None


def contents_of(named: Named) -> bytes:
    """Give what is in a file, as `contents` does.

    :raises UnreadableFile: also if it was found in a folder, and is no regular file (to read a pipe
        would wait for ever) or a link that leads out of the folder.
    """
    if named.folder is not None:
        path = Path(named.file)
        if path.exists() and not (path.is_file() or path.is_dir()):
            message = f"{named.file} can't be read: it is no regular file"
            raise UnreadableFile(message)
        # realpath: it takes a link that leads to itself, too.
        real, folder = map(os.path.realpath, (named.file, named.folder))
        if not Path(real).is_relative_to(folder):
            message = f"{named.file} is not read: it is a link out of {named.folder}"
            raise UnreadableFile(message)
    return contents(named.file)


def contents(file: str) -> bytes:
    """Give what is in a file, or in standard input: a byte more than a schema may have at the most.

    :raises UnreadableFile: if it can't be read.
    """
    most = options.LIMITS.schema_bytes
    if file == inputs.STDIN:
        return next(inputs.read(file, by_line=False, most=most)).raw
    try:
        with Path(file).open("rb") as stream:
            return stream.read(most + 1)
    except OSError as error:
        message = f"{file} can't be read: {error.strerror}"
        raise UnreadableFile(message) from None


def registry_beside(named: Iterable[str], folders: Iterable[str]) -> Registry:
    """Give the registry of some folders, of those that files lie in, and of the packaged schemas.

    A file that is not there lies in no folder.

    :raises WrongUse: if one of the folders is none.
    """
    keyed = (Path(file) for file in named if key_of_path(file) is not None)
    roots = dict.fromkeys(path.absolute().parents[_PARTS - 1] for path in keyed)
    there = (str(root) for root in roots if root.is_dir())
    return options.registry_of((*folders, *there))
