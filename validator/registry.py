"""Which schemas there are, and how one is found.

A `Retriever` finds the bytes of a schema; `Registry` decodes them and makes sure that they are what
their name says. Nothing here reaches the network.
"""

from __future__ import annotations

import difflib
import importlib.resources
from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Protocol, runtime_checkable

import attrs
import orjson

from validator import documents
from validator.dialects import DEFAULT, IGLU_META_SCHEMA, Dialect, dialect_of
from validator.errors import (
    InvalidIgluUri,
    InvalidSchema,
    InvalidSchemaVer,
    NoSuchSchema,
    RegistryUnavailable,
    WrongUse,
)
from validator.iglu import SchemaCriterion, SchemaKey, SchemaVer
from validator.limits import Limits
from validator.results import JSON

__all__ = [
    "Cached",
    "Directory",
    "FirstOf",
    "InMemory",
    "Packaged",
    "Registry",
    "Retriever",
    "Schema",
]

#: The URI of a schema that was handed over without a name.
GIVEN = "schema:given"

_FORMAT = "jsonschema"


@runtime_checkable
class Retriever(Protocol):
    """How schemas are found. Yours is one as soon as it has these three; no base class is needed."""

    @property
    def name(self) -> str:
        """What messages call it."""

    def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
        """Give a schema's bytes as they are kept, at most `most` + 1 of them; None if there is none.

        :raises RegistryUnavailable: if it can't be told; that is never remembered.
        :raises InvalidSchema: if what is kept there must not be read.
        """

    def keys(self) -> Iterable[SchemaKey]:
        """Give the keys of all schemas that are kept.

        :raises RegistryUnavailable: if they can't be told.
        """


class Directory:
    """A folder laid out as a static Iglu registry: `<vendor>/<name>/jsonschema/<version>`.

    A folder with a `schemas` folder inside, as igluctl makes them, is taken for the inner one.
    Neither a link nor a path leads out of it.
    """

    def __init__(self, root: str | Path | Traversable) -> None:
        """Name a folder; it is not read yet.

        :raises WrongUse: if there is no such folder.
        """
        folder = Path(root) if isinstance(root, str) else root
        if not folder.is_dir():
            message = f"no such folder: {root}"
            raise WrongUse(message)
        inner = folder / "schemas"
        self._root = inner if inner.is_dir() else folder
        self.name = str(root)

    def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
        """Give the bytes of the file that the key's path names; see `Retriever`."""
        file = self._root.joinpath(*key.path.split("/"))
        try:
            if not file.is_file():
                return None
            self._refuse_outside(file, key)
            with file.open("rb") as stream:
                return stream.read(most + 1)
        except OSError as error:
            message = f"{self.name}: {key.path} can't be read: {error.strerror}"
            raise RegistryUnavailable(message) from error

    def _refuse_outside(self, file: Path | Traversable, key: SchemaKey) -> None:
        if isinstance(file, Path) and isinstance(self._root, Path):
            root = self._root.resolve()
            if not file.resolve().is_relative_to(root):
                raise InvalidSchema(key, f"a link leads out of the registry {self.name}")

    def keys(self) -> Iterable[SchemaKey]:
        """Give the key of each file whose path is one; what else lies there is passed over."""
        try:
            paths = [
                (vendor.name, name.name, format_.name, version.name)
                for vendor in _folders(self._root)
                for name in _folders(vendor)
                for format_ in _folders(name)
                for version in format_.iterdir()
                if version.is_file()
            ]
        except OSError as error:
            message = f"{self.name} can't be listed: {error.strerror}"
            raise RegistryUnavailable(message) from error
        return [key for parts in paths if (key := _key(*parts)) is not None]


def _folders(folder: Path | Traversable) -> Iterable[Path | Traversable]:
    return [each for each in folder.iterdir() if each.is_dir()]


def _key(vendor: str, name: str, format_: str, version: str) -> SchemaKey | None:
    try:
        return SchemaKey(vendor, name, format_, SchemaVer.parse(version))
    except (InvalidIgluUri, InvalidSchemaVer):
        return None


class Packaged(Directory):
    """The schemas that this package ships."""

    def __init__(self) -> None:
        """Find them beside the modules (installed), or beside the package (a checkout)."""
        package = importlib.resources.files("validator")
        installed = package / "schemas"
        super().__init__(installed if installed.is_dir() else Path(__file__).parents[1] / "schemas")
        self.name = "packaged"


class InMemory:
    """Schemas that are at hand, by the key that their `self` names."""

    def __init__(self, schemas: Iterable[JSON], name: str = "in memory") -> None:
        """Take self-describing schemas.

        :raises InvalidSchema: if one has no `self` that names it, or is not JSON.
        """
        self.name = name
        self._bytes: Mapping[SchemaKey, bytes] = {
            _own_key(schema): orjson.dumps(schema) for schema in schemas
        }

    def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
        """Give the schema as JSON text; see `Retriever`."""
        found = self._bytes.get(key)
        return None if found is None else found[: most + 1]

    def keys(self) -> Iterable[SchemaKey]:
        """Give the keys of all of them."""
        return self._bytes.keys()


def _own_key(schema: JSON) -> SchemaKey:
    try:
        documents.admit(schema, Limits())
    except documents.Refused as refused:
        raise InvalidSchema("a schema in memory", refused.violation.message) from None
    key = self_key(schema)
    if key is None:
        raise InvalidSchema(
            "a schema in memory", "its `self` names no vendor, name, format and version"
        )
    return key


class FirstOf:
    """Several retrievers, asked in order; the first that has a schema gives it."""

    def __init__(self, *retrievers: Retriever) -> None:
        self._retrievers = retrievers
        self.name = ", ".join(retriever.name for retriever in retrievers)

    def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
        """Give the bytes of the first that has it; see `Retriever`."""
        for retriever in self._retrievers:
            found = retriever.retrieve(key, most)
            if found is not None:
                return found
        return None

    def keys(self) -> Iterable[SchemaKey]:
        """Give the keys of all of them, each once."""
        return dict.fromkeys(key for retriever in self._retrievers for key in retriever.keys())


class Cached:
    """A retriever that remembers what another found, and its list of keys.

    That there was no schema, or no answer, is not remembered. A published schema never changes, so
    there is nothing to expire; make a new one to see keys that came later.
    """

    def __init__(self, retriever: Retriever) -> None:
        self._retriever = retriever
        self._found: dict[tuple[SchemaKey, int], bytes] = {}
        self._keys: tuple[SchemaKey, ...] | None = None
        self.name = retriever.name

    def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
        """Give what was found before, or look; see `Retriever`."""
        found = self._found.get((key, most))
        if found is None:
            found = self._retriever.retrieve(key, most)
            if found is not None:
                self._found[key, most] = found
        return found

    def keys(self) -> Iterable[SchemaKey]:
        """Give the list as it was when it was first asked for."""
        if self._keys is None:
            self._keys = tuple(self._retriever.keys())
        return self._keys


@attrs.frozen
class Schema:
    """A schema that was decoded; whether it is valid in its dialect is for the engine to say."""

    #: The URI that its `$ref`s are relative to: its Iglu URI, where it has one.
    uri: str
    #: The schema.
    contents: JSON = attrs.field(repr=False)
    #: What it is written in.
    dialect: Dialect
    #: Its name; None for one that was handed over without a `self`.
    key: SchemaKey | None

    def for_engine(self) -> JSON:
        """Give the contents with a `$schema` that engines know.

        Iglu's own `$schema` means draft-04; engines take it for an unknown meta-schema.
        """
        name = self.contents.get("$schema") if isinstance(self.contents, dict) else None
        if isinstance(name, str) and name.rstrip("#") == IGLU_META_SCHEMA.rstrip("#"):
            return {**self.contents, "$schema": f"{self.dialect.uri}#"}
        return self.contents


def self_key(schema: JSON) -> SchemaKey | None:
    """Give the key that a schema's own `self` names; None if it names none."""
    own = schema.get("self") if isinstance(schema, dict) else None
    if not isinstance(own, dict):
        return None
    parts = [own.get(part) for part in ("vendor", "name", "format", "version")]
    return _key(*parts) if all(type(part) is str for part in parts) else None  # type: ignore[arg-type]  # all str


class Registry:
    """The schemas that can be named, from one retriever or several.

    >>> registry = Registry()
    >>> str(registry.newest(SchemaCriterion.parse("iglu:com.tracardi/tracker_payload/jsonschema/1-0-*")))
    'iglu:com.tracardi/tracker_payload/jsonschema/1-0-1'
    """

    def __init__(self, *retrievers: Retriever) -> None:
        """Take retrievers in the order they are to be asked; with none, the packaged schemas.

        :raises WrongUse: if one is no retriever.
        """
        for retriever in retrievers:
            if isinstance(retriever, type) or not isinstance(retriever, Retriever):
                message = (
                    f"a Registry takes retrievers, such as Directory(path); not {retriever!r:.80}"
                )
                raise WrongUse(message)
        self._retrievers = retrievers or (Packaged(),)
        self._retriever = FirstOf(*self._retrievers)

    def keys(self, vendor: str | None = None, name: str | None = None) -> list[SchemaKey]:
        """Give the keys of the schemas there are, sorted; of a vendor and a name, where given.

        :raises RegistryUnavailable: if a registry did not answer.
        """
        return sorted(
            key
            for key in self._retriever.keys()  # noqa: SIM118  # not a dict
            if vendor in (None, key.vendor) and name in (None, key.name)
        )

    def newest(self, criterion: SchemaCriterion) -> SchemaKey:
        """Give the greatest key that fits.

        :raises NoSuchSchema: if none does.
        :raises RegistryUnavailable: if a registry did not answer.
        """
        fitting = [
            key for key in self.keys(criterion.vendor, criterion.name) if criterion.matches(key)
        ]
        if not fitting:
            raise self._no_such_schema(criterion)
        return fitting[-1]

    def read(self, key: SchemaKey, limits: Limits | None = None) -> bytes:
        """Give a schema's bytes, as they are kept.

        :raises NoSuchSchema: if every registry answered and none has it.
        :raises RegistryUnavailable: if one did not answer.
        :raises InvalidSchema: if it has too many bytes, or lies outside its registry.
        """
        most = (limits or Limits()).schema_bytes
        found = self._retriever.retrieve(key, most)
        if found is None:
            raise self._no_such_schema(key)
        if len(found) > most:
            raise InvalidSchema(key, f"a schema may have {most:,} bytes; this one has more")
        return found

    def retrieve(
        self, key: SchemaKey, limits: Limits | None = None, dialect: Dialect = DEFAULT
    ) -> Schema:
        """Find and decode a schema, and make sure that it is the one its name says.

        `dialect` is for a schema without `$schema`.

        :raises NoSuchSchema: if every registry answered and none has it.
        :raises RegistryUnavailable: if one did not answer.
        :raises InvalidSchema: if it is not JSON, past the limits, or its `self` disagrees.
        """
        limits = limits or Limits()
        raw = self.read(key, limits)
        if key.format != _FORMAT:
            raise InvalidSchema(key, f"its format is {key.format}; this package knows {_FORMAT}")
        bounds = attrs.evolve(limits, bytes=limits.schema_bytes, depth=limits.schema_depth)
        try:
            contents = documents.parse(raw, bounds)
        except documents.Refused as refused:
            raise InvalidSchema(key, refused.violation.message) from None
        if self_key(contents) != key:
            raise InvalidSchema(
                key, "its `self` names another schema than the place where it is kept"
            )
        return schema_of(contents, uri=str(key), dialect=dialect)

    def _no_such_schema(self, wanted: SchemaKey | SchemaCriterion) -> NoSuchSchema:
        names = tuple(retriever.name for retriever in self._retrievers)
        known = {str(key): key for key in self.keys()}
        close = difflib.get_close_matches(str(wanted), known, n=1, cutoff=0.85)
        return NoSuchSchema(wanted, registries=names, suggestion=known[close[0]] if close else None)


def schema_of(contents: JSON, *, uri: str, dialect: Dialect) -> Schema:
    """Make a Schema of contents that are JSON; `dialect` is for one without `$schema`.

    :raises InvalidSchema: if it is neither an object nor a boolean, or its `$schema` is unknown.
    """
    if not isinstance(contents, dict | bool):
        raise InvalidSchema(uri, "a schema is an object or a boolean")
    own = dialect_of(contents)
    if own is None and isinstance(contents, dict) and "$schema" in contents:
        shown = ascii(contents["$schema"])[:120]
        raise InvalidSchema(
            uri, f"its `$schema`, {shown}, is neither Iglu's nor that of a known draft"
        )
    return Schema(uri=uri, contents=contents, dialect=own or dialect, key=self_key(contents))
