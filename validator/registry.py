"""Which schemas there are, and how one is found.

A `Retriever` finds the bytes of a schema; `Registry` decodes them and makes sure that they are what
their name says. Nothing here reaches the network.
"""

from __future__ import annotations

import difflib
import importlib.resources
from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable
from itertools import chain
from pathlib import Path
from typing import Protocol, runtime_checkable

import attrs
import orjson

from validator import documents
from validator.dialects import DEFAULT, Dialect, dialect_of
from validator.errors import (
    InvalidIgluUri,
    InvalidSchema,
    NoSuchSchema,
    RegistryUnavailable,
    WrongUse,
    shown,
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
    """How schemas are found. Yours is one once it has these three; no base class is needed."""

    @property
    def name(self) -> str:
        """What messages call it."""

    def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
        """Give a schema's bytes as they are kept, at most `most` + 1; None if there is none.

        :raises RegistryUnavailable: if it can't be told; that is never remembered.
        :raises InvalidSchema: if what is kept there must not be read.
        """

    def keys(self) -> Iterable[SchemaKey]:
        """Give the keys of all schemas that are kept.

        :raises RegistryUnavailable: if they can't be told.
        """


def _retriever(given: Retriever) -> Retriever:
    if isinstance(given, type) or not isinstance(given, Retriever):
        message = f"a retriever is expected, such as Directory(path); not {shown(given)}"
        raise WrongUse(message)
    return given


class Directory:
    """A folder laid out as a static Iglu registry: `<vendor>/<name>/jsonschema/<version>`.

    A folder with a `schemas` folder inside, as igluctl makes them, is taken for the inner one.
    Neither a link nor a path leads out of it.
    """

    def __init__(self, root: str | Path | Traversable) -> None:
        """Name a folder; it is not read yet.

        :raises WrongUse: if there is no such folder.
        :raises RegistryUnavailable: if it can't be looked into.
        """
        if not isinstance(root, str | Traversable):
            message = f"a Directory is made of the path of a folder, not of {shown(root)}"
            raise WrongUse(message)
        self.name = str(root)
        self._folder = Path(root) if isinstance(root, str) else root
        try:
            exists = self._folder.is_dir()
            inner = self._folder / "schemas"
            self._root = inner if inner.is_dir() else self._folder
        except OSError as error:
            message = f"{self.name} can't be looked into: {error.strerror}"
            raise RegistryUnavailable(message) from error
        if not exists:
            message = f"no such folder: {root}"
            raise WrongUse(message)

    def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
        """Give the bytes of the file that the key's path names; see `Retriever`."""
        file = self._root.joinpath(*key.path.split("/"))
        try:
            if not file.is_file():
                return None
            if self._leads_out(file):
                raise InvalidSchema(key, f"a link leads out of the registry {self.name}")
            with file.open("rb") as stream:
                return stream.read(most + 1)
        except OSError as error:
            message = f"{self.name}: {key.path} can't be read: {error.strerror}"
            raise RegistryUnavailable(message) from error

    def _leads_out(self, place: Path | Traversable) -> bool:
        if not (isinstance(place, Path) and isinstance(self._folder, Path)):
            return False
        return not place.resolve().is_relative_to(self._folder.resolve())

    def keys(self) -> Iterable[SchemaKey]:
        """Give the key of each file whose path is one; what else lies there is passed over."""
        try:
            paths = [
                (vendor.name, name.name, format_.name, version.name)
                for vendor in self._folders(self._root)
                for name in self._folders(vendor)
                for format_ in self._folders(name)
                for version in format_.iterdir()
                if version.is_file() and not self._is_link_out(version)
            ]
        except OSError as error:
            message = f"{self.name} can't be listed: {error.strerror}"
            raise RegistryUnavailable(message) from error
        return [key for parts in paths if (key := _key(*parts)) is not None]

    def _folders(self, folder: Path | Traversable) -> Iterable[Path | Traversable]:
        return [each for each in folder.iterdir() if each.is_dir() and not self._is_link_out(each)]

    def _is_link_out(self, place: Path | Traversable) -> bool:
        return isinstance(place, Path) and place.is_symlink() and self._leads_out(place)


def _key(vendor: str, name: str, format_: str, version: str) -> SchemaKey | None:
    try:
        return SchemaKey(vendor, name, format_, SchemaVer.parse(version))
    except InvalidIgluUri:
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

        :raises InvalidSchema: if one has no `self` that names it, is not JSON, or is past the
            limits for schemas, as they are by default.
        :raises WrongUse: if that is not several schemas.
        """
        if not isinstance(schemas, Iterable) or isinstance(schemas, str | dict):
            message = f"InMemory takes schemas in a list or the like, not {shown(schemas)}"
            raise WrongUse(message)
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
        documents.admit(schema, schema_bounds(Limits()))
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
        """Take retrievers in the order they are to be asked.

        :raises WrongUse: if one is no retriever.
        """
        self._retrievers = tuple(map(_retriever, retrievers))
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
        lists = [retriever.keys() for retriever in self._retrievers]
        return dict.fromkeys(chain.from_iterable(lists))


class Cached:
    """A retriever that remembers what another found, and its list of keys.

    That there was no schema, or no answer, is not remembered. A published schema never changes, so
    there is nothing to expire; make a new one to see keys that came later.
    """

    def __init__(self, retriever: Retriever) -> None:
        """Take the retriever to ask.

        :raises WrongUse: if it is none.
        """
        self._retriever = _retriever(retriever)
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
        if isinstance(self.contents, dict):
            return {**self.contents, "$schema": self.dialect.uri}
        return self.contents


def self_key(schema: JSON) -> SchemaKey | None:
    """Give the key that a schema's own `self` names; None if it names none."""
    own = schema.get("self") if isinstance(schema, dict) else None
    if not isinstance(own, dict):
        return None
    parts = [own.get(part) for part in ("vendor", "name", "format", "version")]
    return _key(*parts) if all(type(part) is str for part in parts) else None  # type: ignore[arg-type]  # all str


def _version_of(key: SchemaKey, version: JSON) -> SchemaKey | None:
    return _key(key.vendor, key.name, key.format, version) if type(version) is str else None


class Registry:
    """The schemas that can be named, from one retriever or several.

    >>> criterion = SchemaCriterion.parse("iglu:com.tracardi/tracker_payload/jsonschema/1-0-*")
    >>> str(Registry().newest(criterion))
    'iglu:com.tracardi/tracker_payload/jsonschema/1-0-1'
    """

    def __init__(self, *retrievers: Retriever) -> None:
        """Take retrievers in the order they are to be asked; with none, the packaged schemas.

        :raises WrongUse: if one is no retriever.
        """
        self._retriever = FirstOf(*(retrievers or (Packaged(),)))
        self._names = tuple(retriever.name for retriever in retrievers) or ("packaged",)

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
        :raises WrongUse: if it is no SchemaCriterion.
        """
        if type(criterion) is not SchemaCriterion:
            message = f"the newest schema is found by a SchemaCriterion, not by {shown(criterion)}"
            raise WrongUse(message)
        fitting = [
            key for key in self.keys(criterion.vendor, criterion.name) if criterion.matches(key)
        ]
        if not fitting:
            raise self._no_such_schema(criterion)
        return fitting[-1]

    def read(
        self, key: SchemaKey, limits: Limits | None = None, *, suggesting: bool = True
    ) -> bytes:
        """Give a schema's bytes, as they are kept.

        With `suggesting`, NoSuchSchema tells what was probably meant: it looks at all keys.

        :raises NoSuchSchema: if every registry answered and none has it.
        :raises RegistryUnavailable: if one did not answer.
        :raises InvalidSchema: if it has too many bytes, or lies outside its registry.
        """
        if type(key) is not SchemaKey:
            message = f"a schema is found by its SchemaKey, not by {shown(key)}"
            raise WrongUse(message)
        most = (limits or Limits()).schema_bytes
        found = self._retriever.retrieve(key, most)
        if found is None:
            raise self._no_such_schema(key, suggesting=suggesting)
        if len(found) > most:
            raise InvalidSchema(key, f"a schema may have {most:,} bytes; this one has more")
        return found

    def retrieve(
        self,
        key: SchemaKey,
        limits: Limits | None = None,
        dialect: Dialect = DEFAULT,
        *,
        suggesting: bool = True,
    ) -> Schema:
        """Find and decode a schema, and make sure that it is the one its name says.

        `dialect` is for a schema without `$schema`; for `suggesting` see `read`.

        :raises NoSuchSchema: if every registry answered and none has it.
        :raises RegistryUnavailable: if one did not answer.
        :raises InvalidSchema: if it is not JSON, past the limits, or its `self` disagrees.
        """
        limits = limits or Limits()
        raw = self.read(key, limits, suggesting=suggesting)
        if key.format != _FORMAT:
            raise InvalidSchema(key, f"its format is {key.format}; this package knows {_FORMAT}")
        try:
            contents = documents.parse(raw, schema_bounds(limits))
        except documents.Refused as refused:
            raise InvalidSchema(key, refused.violation.message) from None
        own = self_key(contents)
        if own is None:
            raise InvalidSchema(key, "it has no `self` with vendor, name, format and version")
        if own != key:
            raise InvalidSchema(key, f"its `self` says that it is {own}")
        return schema_of(contents, uri=str(key), dialect=dialect)

    def superseding(
        self,
        key: SchemaKey,
        limits: Limits | None = None,
        dialect: Dialect = DEFAULT,
        *,
        suggesting: bool = True,
    ) -> Schema:
        """Find and decode the schema that data naming a schema is checked by: itself, mostly.

        Another takes its place if the schema says `$supersededBy`, or a newer one that can be
        listed says `$supersedes`; and so on from there. Source: Iglu. Arguments and errors are
        those of `retrieve`.
        """
        schema = self.retrieve(key, limits, dialect, suggesting=suggesting)
        while (newer := self._superseded_by(key, schema.contents, limits)) is not None:
            try:
                key, schema = newer, self.retrieve(newer, limits, dialect, suggesting=False)
            except NoSuchSchema as error:
                asked = error.registries
                raise NoSuchSchema(newer, registries=asked, referrer=str(key)) from None
        return schema

    def _superseded_by(self, key: SchemaKey, own: JSON, limits: Limits | None) -> SchemaKey | None:
        said = own.get("$supersededBy") if isinstance(own, dict) else None
        found = [_version_of(key, said)] if said is not None else []
        try:
            newer = [each for each in self.keys(key.vendor, key.name) if each > key]
        except RegistryUnavailable:  # a registry that has no list still says `$supersededBy`
            newer = []
        found += [each for each in newer if self._supersedes(each, key, limits)]
        return max((each for each in found if each is not None and each > key), default=None)

    def _supersedes(self, newer: SchemaKey, key: SchemaKey, limits: Limits | None) -> bool:
        if newer.format != key.format:
            return False
        try:
            contents = self.retrieve(newer, limits, suggesting=False).contents
        except (InvalidSchema, NoSuchSchema):  # what is no schema takes nobody's place
            return False
        said = contents.get("$supersedes") if isinstance(contents, dict) else None
        return isinstance(said, list) and str(key.version) in said

    def _no_such_schema(
        self, wanted: SchemaKey | SchemaCriterion, *, suggesting: bool = True
    ) -> NoSuchSchema:
        suggestion = self._meant(wanted) if suggesting else None
        return NoSuchSchema(wanted, registries=self._names, suggestion=suggestion)

    def _meant(self, wanted: SchemaKey | SchemaCriterion) -> SchemaKey | None:
        """Give the key that is spelled most alike, if any is."""
        try:
            keys = self.keys()
        except RegistryUnavailable:  # it did say that the schema is not there; this only guesses
            return None
        names = {f"{key.vendor}/{key.name}" for key in keys}
        close = difflib.get_close_matches(f"{wanted.vendor}/{wanted.name}", names, n=1, cutoff=0.8)
        alike = [key for key in keys if f"{key.vendor}/{key.name}" in close]
        of_version = (
            key for key in alike if isinstance(wanted, SchemaKey) and key.version == wanted.version
        )
        return next(of_version, alike[-1] if alike else None)


def schema_bounds(limits: Limits) -> Limits:
    """Give the limits that hold for a schema while it is read like a document."""
    return attrs.evolve(limits, bytes=limits.schema_bytes, depth=limits.schema_depth)


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
