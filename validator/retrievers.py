"""How schemas are found: in a folder, in the package, in memory, in the first of several.

A `Retriever` finds the bytes of a schema. Nothing here reaches the network.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.resources.abc import Traversable
from itertools import chain
from pathlib import Path
from typing import Protocol, runtime_checkable

import attrs
import orjson

from validator import documents
from validator.errors import (
    InvalidIgluUri,
    InvalidSchema,
    RegistryUnavailable,
    ValidatorError,
    WrongUse,
    is_a,
    shown,
    type_name,
)
from validator.iglu import SchemaKey, SchemaVer
from validator.limits import Limits
from validator.results import JSON

__all__ = [
    "Cached",
    "Directory",
    "FirstOf",
    "InMemory",
    "Packaged",
    "Retriever",
    "holds_schemas",
    "key_of",
    "schema_bounds",
    "self_key",
]


@runtime_checkable
class Retriever(Protocol):
    """How schemas are found. Yours is one once it has these three; no base class is needed.

    What yours raises beside what is told here, the calls that ask it raise as it is.
    """

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


def retriever_of(given: Retriever) -> Retriever:
    try:
        is_one = not is_a(given, type) and isinstance(given, Retriever)
        name = given.name if is_one else ""
    except Exception:  # noqa: BLE001  # one that fails to say what it is
        is_one, name = False, ""
    if not is_one:
        message = f"a retriever is expected, such as Directory(path); not {shown(given)}"
        raise WrongUse(message)
    _expect_name(name)
    return given


def _expect_name(name: object) -> None:
    if not is_a(name, str):
        message = f"the name of a retriever is a str, not {shown(name)}"
        raise WrongUse(message)


@contextmanager
def _answering(failure: str) -> Iterator[None]:
    """Let a folder that fails be a registry that does not answer: archives do, in their own way."""
    try:
        yield
    except ValidatorError:
        raise
    except OSError as error:
        message = f"{failure}: {error.strerror}"
        raise RegistryUnavailable(message) from error
    except Exception as error:
        message = f"{failure}: {type_name(error)}"
        raise RegistryUnavailable(message) from error


class Directory:
    """A folder laid out as a static Iglu registry: `<vendor>/<name>/jsonschema/<version>`.

    A folder with a `schemas` folder inside, as igluctl makes them, is taken for the inner one,
    unless it has schemas itself.
    Neither a link nor a path leads out of it.
    """

    def __init__(self, root: str | Path | Traversable) -> None:
        """Name a folder; it is not read yet.

        :raises WrongUse: if there is no such folder.
        :raises RegistryUnavailable: if it can't be looked into.
        """
        if is_a(root, str):
            root = str.__str__(root)  # whatever a class of its own would say
        elif not _is_folder(root):
            message = f"a Directory is made of the path of a folder, not of {shown(root)}"
            raise WrongUse(message)
        with _answering("a folder can't be looked into"):
            self.name = str(root)
        self._folder = Path(root) if isinstance(root, str) else root
        with _answering(f"{self.name} can't be looked into"):
            exists = self._folder.is_dir()
            inner = self._folder / "schemas"
            is_inner = inner.is_dir() and not holds_schemas(self._folder)
            self._root = inner if is_inner else self._folder
        if not exists:
            message = f"no such folder: {self.name}"
            raise WrongUse(message)

    def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
        """Give the bytes of the file that the key's path names; see `Retriever`."""
        with _answering(f"{self.name}: {key.path} can't be read"):
            file = self._root.joinpath(*key.path.split("/"))
            if not file.is_file():
                return None
            if self._leads_out(file):
                raise InvalidSchema(key, f"a link leads out of the registry {self.name}")
            with file.open("rb") as stream:
                return stream.read(most + 1)

    def _leads_out(self, place: Path | Traversable) -> bool:
        if not (isinstance(place, Path) and isinstance(self._folder, Path)):
            return False
        return not place.resolve().is_relative_to(self._folder.resolve())

    def keys(self) -> Iterable[SchemaKey]:
        """Give the key of each file whose path is one; what else lies there is passed over."""
        with _answering(f"{self.name} can't be listed"):
            paths = [
                (vendor.name, name.name, format_.name, version.name)
                for vendor in self._folders(self._root)
                for name in self._folders(vendor)
                for format_ in self._folders(name)
                for version in format_.iterdir()
                if version.is_file() and not self._is_link_out(version)
            ]
        return [key for parts in paths if (key := key_of(*parts)) is not None]

    def _folders(self, folder: Path | Traversable) -> Iterable[Path | Traversable]:
        return [each for each in folder.iterdir() if each.is_dir() and not self._is_link_out(each)]

    def _is_link_out(self, place: Path | Traversable) -> bool:
        return isinstance(place, Path) and place.is_symlink() and self._leads_out(place)


def _is_folder(given: object) -> bool:
    try:
        return isinstance(given, Traversable) and not is_a(given, type)
    except Exception:  # noqa: BLE001  # one that fails to say what it is
        return False


def holds_schemas(folder: Path | Traversable) -> bool:
    """Whether a folder has VENDOR/NAME/FORMAT/VERSION itself, beside a folder called `schemas`.

    Hidden folders, and what can't be listed, have none.
    """
    return any(
        key_of(vendor.name, name.name, format_.name, version.name) and _is_file(version)
        for vendor in _listed(folder)
        if vendor.name != "schemas"
        for name in _listed(vendor)
        for format_ in _listed(name)
        for version in _listed(format_)
    )


def _is_file(place: Path | Traversable) -> bool:
    try:
        return place.is_file()
    except OSError:  # a link to a name that is too long, or in a folder that may not be entered
        return False


def _listed(folder: Path | Traversable) -> list[Path] | list[Traversable]:
    """Give what is in a folder and not hidden: nothing, where it is no folder that can be listed.

    An archive raises ValueError for a file.
    """
    try:
        return [each for each in folder.iterdir() if not each.name.startswith(".")]
    except (OSError, ValueError):
        return []


def key_of(vendor: str, name: str, format_: str, version: str) -> SchemaKey | None:
    """Give the key that four parts make up; None if they make up none."""
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
        :raises WrongUse: if that is not several schemas, or fails to give them all; or if the name
            is no str.
        """
        _expect_name(name)
        self.name = name
        self._bytes: Mapping[SchemaKey, bytes] = {
            _own_key(schema): orjson.dumps(schema) for schema in _given(schemas)
        }

    def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
        """Give the schema as JSON text; see `Retriever`."""
        found = self._bytes.get(key)
        return None if found is None else found[: most + 1]

    def keys(self) -> Iterable[SchemaKey]:
        """Give the keys of all of them."""
        return self._bytes.keys()


def _given(schemas: Iterable[JSON]) -> Iterator[JSON]:
    """Give schemas one after the other, as they are given."""
    try:
        each = None if is_a(schemas, str) or is_a(schemas, dict) else iter(schemas)
    except Exception:  # noqa: BLE001  # what fails here can't be gone through
        each = None
    if each is None:
        message = f"InMemory takes schemas in a list or the like, not {shown(schemas)}"
        raise WrongUse(message)
    try:
        yield from each
    except Exception as error:
        message = f"InMemory was not given all of its schemas: {type_name(error)}"
        raise WrongUse(message) from error


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
        self._retrievers = tuple(map(retriever_of, retrievers))
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
        self._retriever = retriever_of(retriever)
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


def self_key(schema: JSON) -> SchemaKey | None:
    """Give the key that a schema's own `self` names; None if it names none."""
    own = schema.get("self") if isinstance(schema, dict) else None
    if not isinstance(own, dict):
        return None
    parts = [own.get(part) for part in ("vendor", "name", "format", "version")]
    return key_of(*parts) if all(type(part) is str for part in parts) else None  # type: ignore[arg-type]  # all str


def schema_bounds(limits: Limits) -> Limits:
    """Give the limits that hold for a schema while it is read like a document."""
    return attrs.evolve(limits, bytes=limits.schema_bytes, depth=limits.schema_depth)
