"""Self-describing JSON: an envelope that names the schema of what it holds. Source: Iglu."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from validator.errors import WrongUse
from validator.iglu import SchemaKey
from validator.results import JSON, Path

__all__ = ["SelfDescribingData", "self_describing_parts"]


@attrs.frozen
class SelfDescribingData:
    """JSON that names its schema: `{"schema": "iglu:...", "data": ...}`. Source: Iglu."""

    #: The schema that the data says it follows.
    schema: SchemaKey
    #: Any JSON value.
    data: JSON

    @classmethod
    def parse(cls, document: JSON) -> SelfDescribingData:
        """Read the envelope.

        :raises InvalidIgluUri: if its `schema` is not an Iglu URI (InvalidSchemaVer: its version).
        :raises WrongUse: if it is no object with `schema`, a text, and `data`.
        """
        if type(document) is dict and "schema" in document and "data" in document:
            return cls(SchemaKey.parse(document["schema"]), document["data"])
        message = "self-describing data is an object with `schema`, an Iglu URI, and `data`"
        raise WrongUse(message)

    @staticmethod
    def names_a_schema(document: JSON) -> bool:
        """Whether it has `schema`, a text that begins `iglu:`, and `data`."""
        return (
            type(document) is dict
            and "data" in document
            and type(schema := document.get("schema")) is str
            and schema.startswith("iglu:")
        )


def self_describing_parts(value: JSON, at: Path) -> Iterator[tuple[Path, JSON]]:
    """Find the self-describing data in a value, in its order: that within its data after it."""
    pending = [(at, value)] if type(value) is dict or type(value) is list else []
    while pending:
        path, each = pending.pop()
        if SelfDescribingData.names_a_schema(each):
            yield path, each
        members = each.items() if type(each) is dict else enumerate(each)
        inner = [
            ((*path, step), member)
            for step, member in members
            if type(member) is dict or type(member) is list
        ]
        pending.extend(reversed(inner))
