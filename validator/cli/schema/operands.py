"""The two schemas of a comparison: each a file, an Iglu URI, or a file as git has it."""

from __future__ import annotations

from pathlib import Path

import attrs

from validator import Registry, SchemaKey, SchemaVer
from validator.cli import options
from validator.cli.schema.files import contents
from validator.compatibility.verdicts import Step
from validator.errors import UnreadableFile
from validator.publishing.git import contents_at
from validator.publishing.versions import name_of, next_version, step_between
from validator.retrievers import self_key
from validator.validation import NamedSchema

__all__ = ["Operand", "least_version", "names", "operand", "taken"]


@attrs.frozen
class Operand:
    """A schema to compare."""

    #: As it was given.
    name: str
    schema: NamedSchema = attrs.field(repr=False)
    #: What its URI, or its `self`, says that it is; None if nothing does.
    key: SchemaKey | None


def operand(name: str, registry: Registry) -> Operand:
    """Give what is meant by an Iglu URI, the name of a file, or `REV:path`.

    With * in the version of a URI, it is the newest that fits. A file that is there comes first;
    the path of `REV:path` is from the top of the repository, or from here if it begins with ./

    :raises InvalidIgluUri: if it begins with iglu: and is no URI.
    :raises NoVerdict: if there is no such schema, file, or revision; or what is there is no schema.
    """
    if name.startswith("iglu:"):
        key = options.key_named(registry, name)
        return Operand(name, key, key)
    schema = options.schema_in(_contents(name), name)
    return Operand(name, schema, self_key(schema))


def _contents(name: str) -> bytes:
    if ":" in name and not Path(name).exists():
        return contents_at(name, Path.cwd(), options.LIMITS.schema_bytes)
    try:
        return contents(name)
    except UnreadableFile as error:
        message = f"{error}; a schema is a file, an Iglu URI (iglu:...), or REV:path of git"
        raise UnreadableFile(message) from None


def names(old: Operand, new: Operand) -> tuple[str, str]:
    """Give what each is called: its version where that tells them apart, else as it was given."""
    found = _versions(old, new)
    if found is None or found[0] == found[1]:
        return old.name, new.name
    return str(found[0]), str(found[1])


def taken(old: Operand, new: Operand) -> Step | None:
    """Give the step between their versions.

    None if they are not of one schema, or the new one is the older.
    """
    found = _versions(old, new)
    return None if found is None or found[0] > found[1] else step_between(*found)


def _versions(old: Operand, new: Operand) -> tuple[SchemaVer, SchemaVer] | None:
    if old.key is None or new.key is None or name_of(old.key) != name_of(new.key):
        return None
    return old.key.version, new.key.version


def least_version(old: Operand, new: Operand, step: Step) -> str | None:
    """Give the version that a step leads to from the old one's; None where that has none.

    Nor is there one where the new one is of another schema, or nothing differs.
    """
    if old.key is None or step == "NONE" or (new.key and _versions(old, new) is None):
        return None
    return str(next_version(old.key.version, step))
