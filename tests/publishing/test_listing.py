"""The list objects of a static registry."""

import json

from validator import SchemaKey
from validator.publishing.listing import list_path, listed


def _key(path: str) -> SchemaKey:
    return SchemaKey.parse(f"iglu:com.acme/{path}")


def test_lists() -> None:
    """Each model of a schema has a list of its versions, by number, as Iglu's readers have it."""
    paths = ["user/jsonschema/1-0-10", "user/jsonschema/1-0-9", "user/jsonschema/2-0-0"]
    lists = listed(map(_key, [*paths, "note/jsonschema/1-0-0"]))

    assert {path: json.loads(raw) for path, raw in lists.items()} == {
        "com.acme/note/jsonschema/1": ["iglu:com.acme/note/jsonschema/1-0-0"],
        "com.acme/user/jsonschema/1": [
            "iglu:com.acme/user/jsonschema/1-0-9",
            "iglu:com.acme/user/jsonschema/1-0-10",
        ],
        "com.acme/user/jsonschema/2": ["iglu:com.acme/user/jsonschema/2-0-0"],
    }


def test_path() -> None:
    """A list lies beside the versions that it has."""
    assert list_path(_key("user/jsonschema/3-1-0")) == "com.acme/user/jsonschema/3"
