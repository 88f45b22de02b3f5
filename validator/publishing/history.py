"""What was published: as git has it at a revision, or as a `schemas.lock` of digests has it.

A `schemas.lock` is JSON, `{"version": 1, "sha256": {"com.acme/user/jsonschema/1-0-0": "<hex>"}}`,
sorted, a line for each schema: the SHA-256 of the bytes of each that was published.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

import attrs
import orjson

from validator import documents
from validator.errors import NoVerdict, shown
from validator.iglu import SchemaKey
from validator.limits import Limits
from validator.publishing import git
from validator.publishing.arguments import expect, folder_at, path_at
from validator.publishing.folders import look_through
from validator.publishing.paths import read_file, root_of
from validator.results import JSON
from validator.retrievers import key_of

__all__ = ["Locked", "Published", "at_revision", "in_lock", "lock"]

_VERSION = 1
#: A lock of 100,000 schemas has fewer bytes.
_LIMITS = Limits(bytes=20_000_000, duplicate_keys=False)
_SHA_1 = 40


@attrs.frozen
class Published:
    """Which schemas were published, and a digest of each."""

    #: Where that is known from, for messages: `main`, `schemas.lock`.
    source: str
    digests: Mapping[SchemaKey, str]
    #: What gives the digest of the bytes of a schema.
    _digest: Callable[[bytes], str]
    #: Why nothing having been published may be a mistake: "has schemas elsewhere"; if it may.
    doubt: str | None = None

    def has_as(self, key: SchemaKey, raw: bytes) -> bool:
        """Whether a schema was published with these bytes, or not at all."""
        return self.digests.get(key) in {None, self._digest(raw)}


def at_revision(revision: str, root: Path) -> Published:
    """Tell what was published from what git has in a registry's folder at a revision.

    :raises WrongUse: if the revision is not written like one.
    :raises NoVerdict: if git is not installed, the folder is in no repository, or there is no such
        revision.
    """
    blobs = git.files_at(revision, root)
    found = {key_at(each.path): each.oid for each in blobs}
    digests = {key: oid for key, oid in found.items() if key is not None}
    is_short = all(len(oid) == _SHA_1 for oid in digests.values())
    doubt = None if digests else _elsewhere(revision, root)
    return Published(revision, digests, _git_sha1 if is_short else _git_sha256, doubt)


def _elsewhere(revision: str, root: Path) -> str | None:
    """Tell of a schema that a revision has in another folder, if it has one."""
    paths = (each.path for each in git.files_at(revision, root, whole=True))
    found = next((path for path in paths if key_at("/".join(path.split("/")[-4:]))), None)
    return None if found is None else f"has schemas elsewhere, such as {shown(found)}"


def key_at(path: str) -> SchemaKey | None:
    """Give the key that a path within a registry makes up; None if it makes up none."""
    parts = path.split("/")
    return key_of(*parts) if len(parts) == 4 else None  # noqa: PLR2004  # as key_of takes


def _header(raw: bytes) -> bytes:
    """Give what git puts before the contents of a file when it makes its digest."""
    return b"blob %d\0" % len(raw)


def _git_sha1(raw: bytes) -> str:
    return hashlib.sha1(_header(raw) + raw, usedforsecurity=False).hexdigest()


def _git_sha256(raw: bytes) -> str:
    return hashlib.sha256(_header(raw) + raw).hexdigest()


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


# The lock.


@attrs.frozen
class Locked:
    """A `schemas.lock` brought up to date."""

    #: What is to be in the file.
    contents: bytes
    #: The schemas that it did not have before.
    added: tuple[SchemaKey, ...]
    #: Those that it had, and whose files are gone.
    gone: tuple[SchemaKey, ...]
    #: Those that have other bytes than it said.
    changed: tuple[SchemaKey, ...]


def in_lock(file: str | Path) -> Published:
    """Read what a `schemas.lock` says was published.

    :raises WrongUse: if it is no path.
    :raises UnreadableFile: if it can't be read.
    :raises NoVerdict: if it is no such lock.
    """
    path = path_at(file)
    digests = _digests(str(file), read_file(path, _LIMITS.bytes))
    return Published(str(file), digests, _sha256, None if digests else "names no schema")


def lock(folder: str | Path, before: bytes | None = None, *, renew: bool = False) -> Locked:
    """Make a `schemas.lock` of a registry's folder, from the one that there was `before`.

    What that said stays: of a schema whose file is gone, or has other bytes, the line is kept, and
    told of; only with `renew` is it taken away, or written anew.

    :raises WrongUse: if there is no such folder, or what was before is no bytes.
    :raises UnreadableFile: if a schema can't be read, or has more bytes than a schema may have.
    :raises NoVerdict: if what was before is no lock.
    """
    expect(bytes, before=before)
    old = {} if before is None else _digests("the lock", before)
    files = look_through(root_of(folder_at(folder))).schemas
    now = {key: _sha256(_whole(path)) for key, path in files.items()}
    kept = now if renew else {**now, **old}
    return Locked(
        contents=_written(kept),
        added=tuple(key for key in now if key not in old),
        gone=tuple(key for key in sorted(old) if key not in now),
        changed=tuple(key for key in now if old.get(key) not in {None, now[key]}),
    )


def _whole(path: Path) -> bytes:
    raw = read_file(path, most := Limits().schema_bytes)
    if len(raw) > most:
        message = f"{path} has more than the {most:,} bytes that a schema may have"
        raise NoVerdict(message)
    return raw


def _written(digests: Mapping[SchemaKey, str]) -> bytes:
    named = {key.path: digests[key] for key in sorted(digests)}
    told = {"version": _VERSION, "sha256": named}
    return orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _digests(name: str, raw: bytes) -> dict[SchemaKey, str]:
    """Read a lock.

    :raises NoVerdict: if it is none; also if it says nothing that could be trusted of a schema.
    """
    try:
        document = documents.parse(raw, _LIMITS)
    except documents.Refused as refused:
        message = f"{name} is no schemas.lock: {refused.violation.message}"
        raise NoVerdict(message) from None
    digests = document.get("sha256") if isinstance(document, dict) else None
    if not isinstance(digests, dict) or not _is_version(document):
        message = (
            f'{name} is no schemas.lock of a version that is known: {{"version": {_VERSION}, '
            '"sha256": {...}}'
        )
        raise NoVerdict(message)
    found = {key_at(path): digest for path, digest in digests.items() if _is_digest(digest)}
    read = {key: digest for key, digest in found.items() if key is not None}
    if len(read) < len(digests):
        message = (
            f"{name} is no schemas.lock: each member of `sha256` is VENDOR/NAME/jsonschema/VERSION "
            "with a digest of 64 digits from 0 to f"
        )
        raise NoVerdict(message)
    return read


def _is_version(document: dict[str, JSON]) -> bool:
    version = document.get("version")
    return type(version) is int and version == _VERSION


def _is_digest(value: JSON) -> bool:
    return type(value) is str and len(value) == 64 and not value.strip("0123456789abcdef")  # noqa: PLR2004  # SHA-256
