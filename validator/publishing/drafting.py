"""Drafts: the first version of a schema, or the next one of a schema there is, each with its suite.

A draft is a value, and writing it is a step of its own that writes over nothing.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import attrs
import orjson

from validator import scanner
from validator.compatibility.verdicts import Step
from validator.errors import NoSuchSchema, UnreadableFile, WrongUse, shown
from validator.iglu import SchemaCriterion, SchemaKey, SchemaVer
from validator.publishing.arguments import expect, folder_at, path_at
from validator.publishing.drafted_suites import carried_suite, drawn_suite
from validator.publishing.folders import look_through
from validator.publishing.paths import INNER, is_folder, root_of
from validator.publishing.versions import RANKS, next_version
from validator.registry import Registry
from validator.retrievers import Cached, Directory, Packaged

__all__ = ["Draft", "File", "bump", "new", "write"]

_IGLU = "http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#"
_FIRST = SchemaVer(1, 0, 0)
_LONGEST = 255


@attrs.frozen
class File:
    """A file that is to be."""

    path: Path
    contents: bytes = attrs.field(repr=False)


@attrs.frozen
class Draft:
    """A version of a schema that is to be."""

    key: SchemaKey
    #: The schema, and its suite, if there are cases for one.
    files: tuple[File, ...]
    #: The version that it was made of, if of one.
    base: SchemaKey | None = None


def new(
    vendor: str,
    name: str,
    *,
    folder: str | Path = "schemas",
    fixtures: str | Path = "fixtures",
    description: str | None = None,
) -> Draft:
    """Draft the first version of a schema, 1-0-0, with a property as an example, and its suite.

    :param folder: the registry's folder; it need not be there yet.
    :param fixtures: the folder of the suites, likewise.
    :raises InvalidIgluUri: if vendor or name is not one.
    :raises WrongUse: if the folder has a version of it already, the vendor is `schemas`, or an
        argument is something else.
    """
    key = SchemaKey(vendor, name, "jsonschema", _FIRST)
    expect(str, description=description)
    if vendor == INNER:
        message = f"no vendor is called {vendor}: a folder of that name is taken for a registry"
        raise WrongUse(message)
    told = f"What {name} tells: describe it here." if description is None else description
    root = root_of(path_at(folder))
    found = [each for each in _keys(root) if (each.vendor, each.name) == (vendor, name)]
    if found:
        message = f"{root} has {found[-1]} already; bump makes the next version of it"
        raise WrongUse(message)
    schema = _template(key, told)
    text = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    suite = drawn_suite(key, schema)
    return _draft(key, root, path_at(fixtures), text, suite)


def _keys(root: Path) -> list[SchemaKey]:
    return list(look_through(root).schemas) if is_folder(root) else []


def _template(key: SchemaKey, description: str) -> dict[str, object]:
    own = {"vendor": key.vendor, "name": key.name, "format": key.format, "version": str(_FIRST)}
    example = {
        "description": "An example: put the first property of yours in its place.",
        "type": "string",
        "minLength": 1,
        "maxLength": _LONGEST,
    }
    return {
        "$schema": _IGLU,
        "description": description,
        "self": own,
        "type": "object",
        "properties": {"example": example},
        "required": ["example"],
        "additionalProperties": False,
    }


def _draft(
    key: SchemaKey,
    root: Path,
    fixtures: Path,
    text: str,
    suite: str | None,
    base: SchemaKey | None = None,
) -> Draft:
    files = [File(root / key.path, text.encode())]
    if suite is not None:
        files.append(File(suite_path(fixtures, key), suite.encode()))
    return Draft(key, tuple(files), base)


def suite_path(fixtures: Path, key: SchemaKey) -> Path:
    """Give the file of the suite of a schema: `<vendor>/<name>/<version>.json`."""
    return fixtures / key.vendor / key.name / f"{key.version}.json"


def bump(
    uri: str,
    *,
    kind: Step = "ADDITION",
    folder: str | Path = "schemas",
    fixtures: str | Path = "fixtures",
) -> Draft:
    """Draft the next version: the newest one of its model as it is, but for `self.version`.

    Its suite is that of the newest, too, or is drawn anew where that has none. Of the version in
    the URI only the model counts, and with `*` in its place that of the newest: Iglu takes no
    ADDITION to an older revision. A MODEL comes after the last there is.

    :param uri: such as `iglu:com.acme/user/jsonschema/1-0-2`, or with `1-*-*`.
    :raises InvalidIgluUri: if it is no URI.
    :raises WrongUse: if there is no such folder, `kind` is no step, or an argument no path.
    :raises NoSuchSchema: if the folder has no version of that model.
    :raises InvalidSchema: if the newest is not one to read.
    :raises UnreadableFile: if its suite can't be read.
    """
    wanted = SchemaCriterion.parse(uri)
    if type(kind) is not str or kind not in RANKS or kind == "NONE":
        message = f"kind is 'ADDITION', 'REVISION' or 'MODEL', not {shown(kind)}"
        raise WrongUse(message)
    root = root_of(folder_at(folder))
    base, versions = _newest(wanted, root)
    after = max(versions) if kind == "MODEL" else base.version
    key = attrs.evolve(base, version=next_version(after, kind))
    registry = Registry(Cached(Directory(root)), Cached(Packaged()))
    registry.retrieve(base)  # what is none of that name, or can't be read, is refused
    text = _reversioned(registry.read(base), key)
    suite = carried_suite(suite_path(path_at(fixtures), base), key)
    if suite is None:
        suite = drawn_suite(key, orjson.loads(text), registry)
    return _draft(key, root, path_at(fixtures), text, suite, base)


def _newest(wanted: SchemaCriterion, root: Path) -> tuple[SchemaKey, list[SchemaVer]]:
    """Give the newest schema of the model, and all versions that there are."""
    any_version = attrs.evolve(wanted, model=None, revision=None, addition=None)
    of_model = attrs.evolve(any_version, model=wanted.model)
    keys = [each for each in _keys(root) if any_version.matches(each)]
    found = [each for each in keys if of_model.matches(each)]
    if not found:
        raise NoSuchSchema(of_model, registries=(str(root),))
    return max(found), [each.version for each in keys]


def _reversioned(raw: bytes, key: SchemaKey) -> str:
    """Give a schema's text with another version in its `self`."""
    text = raw.decode()
    path = ("self", "version")
    start = scanner.locate(text, [path])[path].start
    _, end = json.JSONDecoder().raw_decode(text, start)
    return f'{text[:start]}"{key.version}"{text[end:]}'


def write(draft: Draft) -> None:
    """Write the files of a draft; folders that are not there are made.

    :raises WrongUse: if one of the files is there already, or it is no draft: nothing is written.
    :raises UnreadableFile: if one can't be written; nothing is, where that can be told before.
    """
    expect(Draft, draft=draft)
    for each in draft.files:
        _expect_free(each.path)
    for each in draft.files:
        try:
            each.path.parent.mkdir(parents=True, exist_ok=True)
            with each.path.open("xb") as stream:
                stream.write(each.contents)
        except FileExistsError:
            raise _there_already(each.path) from None
        except OSError as error:
            message = f"{each.path} can't be written: {error.strerror}"
            raise UnreadableFile(message) from None


def _expect_free(path: Path) -> None:
    """Make sure that a file can be made, as far as that can be told before."""
    if os.path.lexists(path):
        raise _there_already(path)
    nearest = next(each for each in path.parents if os.path.lexists(each))
    if not is_folder(nearest):
        message = f"{path} can't be written: {nearest} is no folder"
        raise UnreadableFile(message)
    by_effective = os.access in os.supports_effective_ids
    if not os.access(nearest, os.W_OK | os.X_OK, effective_ids=by_effective):
        message = f"{path} can't be written: {nearest} may not be written to"
        raise UnreadableFile(message)


def _there_already(path: Path) -> WrongUse:
    return WrongUse(f"{path} is there already, and is not written over; take it away first")
