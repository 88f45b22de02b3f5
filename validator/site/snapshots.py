"""A registry as it was when a site was begun: each schema is read once."""

from __future__ import annotations

from collections.abc import Iterable

from validator.errors import InvalidSchema, NoSuchSchema
from validator.iglu import SchemaKey
from validator.registry import Registry

__all__ = ["Snapshot"]


class Snapshot:
    """A retriever that remembers what a registry has, and what it refuses to give."""

    name = "the registry"

    def __init__(self, registry: Registry) -> None:
        """List the keys there are.

        :raises RegistryUnavailable: if the registry did not answer.
        """
        self._registry = registry
        self._keys = tuple(registry.keys())
        self._found: dict[SchemaKey, bytes | InvalidSchema | None] = {}

    def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
        """Give a schema's bytes; see `Retriever`."""
        if key not in self._found:
            self._found[key] = self._read(key)
        found = self._found[key]
        if isinstance(found, InvalidSchema):
            raise found
        return None if found is None else found[: most + 1]

    def _read(self, key: SchemaKey) -> bytes | InvalidSchema | None:
        try:
            return self._registry.read(key, suggesting=False)
        except NoSuchSchema:
            return None
        except InvalidSchema as error:
            return error

    def keys(self) -> Iterable[SchemaKey]:
        """Give the keys that were listed at first."""
        return self._keys
