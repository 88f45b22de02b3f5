"""Rules of Iglu: what a self-describing schema says of itself, and where its file lies."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from validator.dialects import DRAFT_04, IGLU_META_SCHEMA, dialect_of
from validator.errors import InvalidIgluUri, WrongUse
from validator.iglu import SchemaKey, SchemaVer
from validator.lint.editing import Edit
from validator.lint.places import parts_of
from validator.lint.rules import Fault, Rule
from validator.lint.schema_file import SchemaFile
from validator.lint.words import quoted
from validator.results import JSON
from validator.retrievers import self_key

__all__ = ["RULES"]

_PARTS = ("vendor", "name", "format", "version")
_FORMAT = "jsonschema"
_SUPERSEDES = "$supersedes"
_SUPERSEDED_BY = "$supersededBy"


def _root(file: SchemaFile) -> dict[str, JSON]:
    return file.contents if isinstance(file.contents, dict) else {}


def schema_uri(file: SchemaFile) -> Iterator[Fault]:
    """Find a root whose `$schema` no reader knows."""
    root = _root(file)
    if "$schema" not in root:
        yield Fault((), "the root has no $schema")
        return
    own = root["$schema"]
    if dialect_of(root) is None:
        yield Fault(("$schema",), f"$schema is {quoted(own)}, neither Iglu's nor a draft's")
    elif own != IGLU_META_SCHEMA and _is_iglus(own):
        yield Fault(("$schema",), "Iglu's $schema ends in 1-0-0#, with one #")


def with_one_hash(file: SchemaFile) -> list[Edit]:
    """Write Iglu's `$schema` to the letter."""
    own = _root(file).get("$schema")
    is_other = own != IGLU_META_SCHEMA and _is_iglus(own)
    return _with_iglus(file) if is_other else []


def _is_iglus(name: JSON) -> bool:
    return isinstance(name, str) and name.rstrip("#") == IGLU_META_SCHEMA.rstrip("#")


def _with_iglus(file: SchemaFile) -> list[Edit]:
    return [
        Edit(part.value, part.end, f'"{IGLU_META_SCHEMA}"')
        for part in parts_of(file, [()])[()]
        if part.name == "$schema"
    ]


def iglu_dialect(file: SchemaFile) -> Iterator[Fault]:
    """Find a self-describing schema that names a draft."""
    root = _root(file)
    dialect = dialect_of(root)
    if "self" in root and dialect is not None and not _is_iglus(root["$schema"]):
        message = f"$schema names {dialect.name}; Iglu's own tools read Iglu's $schema alone"
        yield Fault(("$schema",), message)


def with_iglus_schema(file: SchemaFile) -> list[Edit]:
    """Write Iglu's `$schema`, where it means the same."""
    is_same = dialect_of(_root(file)) is DRAFT_04
    return _with_iglus(file) if is_same and any(True for _ in iglu_dialect(file)) else []


def self_syntax(file: SchemaFile) -> Iterator[Fault]:
    """Find a root that does not say which schema it is."""
    own = _root(file).get("self")
    if not isinstance(own, dict):
        path = ("self",) if "self" in _root(file) else ()
        lack = "self is no object" if path else "the root has no self"
        yield Fault(path, f"{lack}: nothing names the schema")
        return
    if lacking := [part for part in _PARTS if part not in own]:
        yield Fault(("self",), f"self lacks {', '.join(lacking)}")
    for part, value in own.items():
        if part not in _PARTS:
            yield Fault(("self",), f"self has no {quoted(part)}", member=part)
        elif problem := _problem(part, value):
            yield Fault(("self", part), problem)


def _problem(part: str, value: JSON) -> str | None:
    """Say what is wrong with a part of `self`, if anything is."""
    given = f"the {part} in self is {quoted(value)}"
    if not isinstance(value, str):
        return f"{given}, and no text"
    if part == "format" and value != _FORMAT:
        return f"{given}, and not {_FORMAT}"
    texts = {"vendor": "a", "name": "a", "format": _FORMAT, "version": "1-0-0", part: value}
    try:
        SchemaKey.parse("iglu:" + "/".join(texts[each] for each in _PARTS))
    except InvalidIgluUri as error:
        return f"{given}; {error.expected}"
    return None


def path_mismatch(file: SchemaFile) -> Iterator[Fault]:
    """Find a file that lies where another schema belongs."""
    own = self_key(file.contents)
    if file.key is not None and own is not None and own != file.key:
        wrong = [part for part in _PARTS if getattr(own, part) != getattr(file.key, part)]
        message = f"self says {own}, and the path says {file.key}"
        yield Fault(("self", wrong[0]), message)


def supersedes_syntax(file: SchemaFile) -> Iterator[Fault]:
    """Find what is said of older or newer versions, and is no version."""
    root = _root(file)
    own = self_key(root)
    version = None if own is None else own.version
    if _SUPERSEDES in root:
        said = root[_SUPERSEDES]
        if not isinstance(said, list) or not said:
            yield Fault((_SUPERSEDES,), f"$supersedes is {quoted(said)}, and no list of versions")
        for index, each in enumerate(said if isinstance(said, list) else ()):
            if problem := _no_version(each, version, newer=False):
                yield Fault((_SUPERSEDES, index), f"$supersedes has {problem}")
    if _SUPERSEDED_BY in root and (
        problem := _no_version(root[_SUPERSEDED_BY], version, newer=True)
    ):
        yield Fault((_SUPERSEDED_BY,), f"$supersededBy is {problem}")


def _no_version(value: JSON, own: SchemaVer | None, *, newer: bool) -> str | None:
    """Say that a value is no newer version, or no older one, if it is not."""
    try:
        version = SchemaVer.parse(value)
    except (InvalidIgluUri, WrongUse):
        return f"{quoted(value)}, and no MODEL-REVISION-ADDITION such as 1-0-0"
    if own is not None and (version <= own if newer else version >= own):
        return f"{version}, and no version {'newer' if newer else 'older'} than its own, {own}"
    return None


def with_a_list(file: SchemaFile) -> list[Edit]:
    """Make a list of a version that stands in place of one."""
    said = _root(file).get(_SUPERSEDES)
    if not isinstance(said, str):
        return []
    return [
        Edit(part.value, part.end, f"[{file.text[part.value : part.end]}]")
        for part in parts_of(file, [()])[()]
        if part.name == _SUPERSEDES
    ]


_SELF = orjson.dumps(
    {"vendor": "com.acme", "name": "user", "format": _FORMAT, "version": "1-0-0"}
).decode()

RULES = (
    Rule(
        id="schemaUri",
        level="error",
        looks_for="A root without `$schema`, or with one that is neither Iglu's nor that of "
        "draft-04, 06, 07, 2019-09 or 2020-12, to the letter.",
        why="Readers take the dialect from it; Iglu's refuse a schema without it.",
        mend=f'Write "$schema": "{IGLU_META_SCHEMA}" in the root.',
        example='{"$schema": "http://acme.example/schema#"}',
        find=schema_uri,
        fix=with_one_hash,
    ),
    Rule(
        id="igluDialect",
        level="warning",
        looks_for="A schema with `self` whose `$schema` is that of a draft.",
        why="This package reads it; Iglu's own tools refuse all but Iglu's, which means draft-04.",
        mend=f'Write "$schema": "{IGLU_META_SCHEMA}", and the keywords of draft-04. `fix` does it '
        "where the draft is draft-04.",
        example=f'{{"$schema": "http://json-schema.org/draft-04/schema#", "self": {_SELF}}}',
        find=iglu_dialect,
        fix=with_iglus_schema,
    ),
    Rule(
        id="selfSyntax",
        level="error",
        looks_for="A root without `self`, or with one that lacks vendor, name, format or version, "
        "has others, or ones that are no such.",
        why="Registries and trackers know a schema by it.",
        mend=f'Write "self": {_SELF}, with your own names.',
        example='{"self": {"vendor": "com.acme", "name": "user", "format": "jsonschema", '
        '"version": "1.0.0"}}',
        find=self_syntax,
    ),
    Rule(
        id="pathMismatch",
        level="error",
        looks_for="A file whose path is not VENDOR/NAME/FORMAT/VERSION of its `self`. On the "
        "command line that counts where the path looks like one in a registry: it has four such "
        "parts, its folder is jsonschema, or it ends in a part of the `self` and its version.",
        why="Registries look for a schema by its path, and refuse one that says it is another.",
        mend="Move the file, or correct `self`.",
        example=f'{{"self": {_SELF}}}',
        find=path_mismatch,
    ),
    Rule(
        id="supersedesSyntax",
        level="error",
        looks_for="A `$supersedes` that is no list of older versions, or a `$supersededBy` that "
        "is no newer version.",
        why="A server that reads it refuses it, or data is checked by a version that is not meant.",
        mend='Write it as "$supersedes": ["1-0-0"]; `fix` makes a list of a version alone.',
        example=f'{{"$supersedes": "1-0-0", "self": {_SELF}}}'.replace(
            '"version":"1-0-0"', '"version":"1-0-1"'
        ),
        find=supersedes_syntax,
        fix=with_a_list,
    ),
)
