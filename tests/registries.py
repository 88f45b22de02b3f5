"""What tests of several modules make: self-describing schemas, and registries of them."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from validator import InMemory, Limits, Registry, RegistryUnavailable, SchemaKey
from validator.closure import Closure, gather
from validator.dialects import DIALECTS
from validator.registry import GIVEN, schema_of

#: The folders of the official suite, and what `Validator(dialect=)` calls what they are about.
DRAFTS = {
    "draft4": "draft-04",
    "draft6": "draft-06",
    "draft7": "draft-07",
    "draft2019-09": "2019-09",
    "draft2020-12": "2020-12",
}

USER = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-0")
_SPELLED = {"by": "$supersededBy", "of": "$supersedes"}


def uri(name: str, version: str = "1-0-0") -> str:
    """Give the URI of a schema of com.acme."""
    return f"iglu:com.acme/{name}/jsonschema/{version}"


def acme(name: str, version: str = "1-0-0", /, **keywords: Any) -> dict[str, Any]:
    """Make a schema of com.acme; `by` and `of` say what supersedes what."""
    return schema_of_key(SchemaKey.parse(uri(name, version)), **keywords)


def schema_of_key(key: SchemaKey = USER, /, **keywords: Any) -> dict[str, Any]:
    """Make a schema that is named by a key; `by` and `of` say what supersedes what."""
    parts = {"vendor": key.vendor, "name": key.name, "format": key.format}
    spelled = {_SPELLED.get(name, name): value for name, value in keywords.items()}
    return {"self": {**parts, "version": str(key.version)}, **spelled}


def nested(levels: int) -> dict[str, Any]:
    """Make a schema with so many in it, each within the last."""
    inner: dict[str, Any] = {}
    for _ in range(levels):
        inner = {"not": inner}
    return inner


def closed(contents: Any, *others: Any, dialect: str = "2020-12") -> Closure:
    """Give a schema with what it refers to, of which there is no other; none is changed by it."""
    decoded = json.loads(json.dumps(contents))
    given = schema_of(decoded, uri=GIVEN, dialect=DIALECTS[dialect])
    return gather(given, Registry(InMemory(others)).retrieve, Limits())


def written(folder: Path, key: SchemaKey = USER, raw: bytes | None = None) -> Path:
    """Write a file to a registry's folder: of what is given, else of a schema with the key."""
    file = folder / key.path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(json.dumps(schema_of_key(key)).encode() if raw is None else raw)
    return file


class Unreachable:
    """A registry that does not answer until something is found, and has no list."""

    name = "far away"

    def __init__(self, found: bytes | None = None) -> None:
        self.found = found
        #: What was asked for.
        self.asked: list[SchemaKey] = []

    def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
        """Give what is found, whatever is asked for."""
        self.asked.append(key)
        if self.found is None:
            message = "far away: no answer"
            raise RegistryUnavailable(message)
        return self.found

    def keys(self) -> Iterable[SchemaKey]:
        """Fail."""
        message = "far away: no list"
        raise RegistryUnavailable(message)


class Absent(InMemory):
    """A registry that has no schema."""

    def __init__(self) -> None:
        super().__init__([], "empty")
        #: What was asked for.
        self.asked: list[SchemaKey] = []

    def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
        """Give nothing."""
        self.asked.append(key)
        return super().retrieve(key, most)
