"""What the tests of suites share: a registry of one schema, and suites written to files."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from validator import Directory, Packaged, Registry

#: Writes a suite of cases, and gives the name of its file.
WriteSuite = Callable[..., str]
#: Writes a version of the schema `com.acme/part`, with these members.
WriteSchema = Callable[..., str]


@pytest.fixture(name="registry")
def _registry(tmp_path: Path) -> Registry:
    """Give a registry of a folder that is empty at first, and the packaged schemas."""
    folder = tmp_path / "schemas"
    folder.mkdir()
    return Registry(Directory(folder), Packaged())


@pytest.fixture(name="write_schema")
def _write_schema(tmp_path: Path, registry: Registry) -> WriteSchema:
    """Write a schema into the registry; give its URI."""

    def write(version: str = "1-0-0", name: str = "part", **members: Any) -> str:
        own = {"vendor": "com.acme", "name": name, "format": "jsonschema", "version": version}
        draft = "http://json-schema.org/draft-07/schema#"
        path = tmp_path / "schemas" / "com.acme" / name / "jsonschema" / version
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"$schema": draft, "self": own, **members}))
        return f"iglu:com.acme/{name}/jsonschema/{version}"

    return write


@pytest.fixture(name="write_suite")
def _write_suite(tmp_path: Path) -> WriteSuite:
    """Write a suite of `com.acme/part` 1-0-0: cases, or the text itself."""

    def write(*cases: dict[str, Any] | str, **others: Any) -> str:
        path = tmp_path / "fixtures" / "com.acme" / "part" / "1-0-0.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        suite = {"schema": "iglu:com.acme/part/jsonschema/1-0-0", "tests": cases, **others}
        text = cases[0] if isinstance(cases[0], str) else json.dumps(suite, indent=2)
        path.write_bytes(text.encode())
        return str(path)

    return write
