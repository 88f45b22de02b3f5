"""`validator schema new`: a first version, and its suite."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

#: Runs the command line: arguments to exit code, output and errors.
Run = Callable[..., Any]


def test_new(validator_command: Run, folder: Path) -> None:
    """The files are written and named, and nothing is wrong with them."""
    outcome = validator_command("schema", "new", "com.acme/user", "--description", "A user.")
    files = ["schemas/com.acme/user/jsonschema/1-0-0", "fixtures/com.acme/user/1-0-0.json"]
    assert (outcome.code, outcome.out.splitlines()) == (0, files)
    assert json.loads(Path(files[0]).read_bytes())["description"] == "A user."
    assert validator_command("schema", "verify", "--strict").code == 0
    assert validator_command("test", "--registry", "schemas").code == 0


def test_elsewhere(validator_command: Run, folder: Path) -> None:
    """The folders are those that are named."""
    outcome = validator_command("schema", "new", "a/b", "--to", "x", "--fixtures", "y")
    assert outcome.out.splitlines() == ["x/a/b/jsonschema/1-0-0", "y/a/b/1-0-0.json"]


def test_suite_that_can_not_be_written(validator_command: Run, folder: Path) -> None:
    """Where the suite can't be written, nothing is."""
    (folder / "file").touch()
    outcome = validator_command("schema", "new", "a/b", "--fixtures", "file")
    assert (outcome.code, outcome.out) == (3, "")
    assert [each.name for each in folder.iterdir()] == ["file"]


def test_there_already(validator_command: Run, folder: Path) -> None:
    """What is there is not written over."""
    validator_command("schema", "new", "a/b")
    outcome = validator_command("schema", "new", "a/b")
    assert (outcome.code, outcome.out) == (2, "")
    assert "bump makes the next version of it" in outcome.err


@pytest.mark.parametrize("name", ["com.acme", "a/b/c", "com.acme/us er", "schemas/user"])
def test_no_name(validator_command: Run, folder: Path, name: str) -> None:
    """What is no VENDOR/NAME is refused, and nothing is written."""
    outcome = validator_command("schema", "new", name)
    assert (outcome.code, outcome.out) == (2, "")
    assert not [*folder.iterdir()]
