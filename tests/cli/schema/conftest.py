"""What the tests of `validator schema` share: a folder of schemas to work in."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

#: Writes a version of com.acme/user with other members, and gives its file.
Written = Callable[..., Path]

_IGLU = "http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#"


@pytest.fixture(name="folder")
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(name="user")
def _user(folder: Path) -> Written:
    """Give what writes a version of com.acme/user, without a fault, but for what is said."""

    def write(version: str = "1-0-0", **members: Any) -> Path:
        own = {"vendor": "com.acme", "name": "user", "format": "jsonschema", "version": version}
        plan = {"description": "Its plan.", "type": "string", "maxLength": 20}
        schema = {
            "$schema": _IGLU,
            "description": "A user.",
            "self": own,
            "type": "object",
            "properties": {"plan": plan},
            "required": ["plan"],
            "additionalProperties": False,
            **members,
        }
        file = Path("schemas", "com.acme", "user", "jsonschema", version)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(schema, indent=2))
        return file

    return write
