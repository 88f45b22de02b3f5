"""`validator schema bump`: the next version, as a draft."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

#: Runs the command line: arguments to exit code, output and errors.
Run = Callable[..., Any]
Written = Callable[..., Path]


@pytest.mark.parametrize(
    ("arguments", "version"),
    [
        (["com.acme/user"], "1-0-1"),
        (["com.acme/user", "--kind", "addition"], "1-0-1"),
        (["com.acme/user", "--kind", "REVISION"], "1-1-0"),
        (["iglu:com.acme/user/jsonschema/1-*-*", "--kind", "model"], "2-0-0"),
        (["iglu:com.acme/user/jsonschema/1-0-0"], "1-0-1"),
    ],
)
def test_bump(validator_command: Run, user: Written, arguments: list[str], version: str) -> None:
    """The newest is copied to the next version, with a suite; the files are named."""
    old = user()
    outcome = validator_command("schema", "bump", *arguments)
    file = old.with_name(version)
    suite = f"fixtures/com.acme/user/{version}.json"
    assert (outcome.code, outcome.out.splitlines()) == (0, [str(file), suite])
    assert outcome.err == (
        f"iglu:com.acme/user/jsonschema/{version} is drafted from "
        "iglu:com.acme/user/jsonschema/1-0-0\n"
    )
    assert json.loads(file.read_bytes())["self"]["version"] == version
    assert file.read_text().replace(version, "1-0-0") == old.read_text()
    assert validator_command("schema", "lint", file).code == 0


def test_elsewhere(validator_command: Run, user: Written, folder: Path) -> None:
    """The folders are those that are named."""
    user()
    (folder / "schemas").rename("x")
    outcome = validator_command("schema", "bump", "com.acme/user", "--to", "x", "--fixtures", "y")
    assert outcome.out.splitlines() == [
        "x/com.acme/user/jsonschema/1-0-1",
        "y/com.acme/user/1-0-1.json",
    ]


@pytest.mark.parametrize(
    ("uri", "code"), [("com.acme/none", 3), ("com.acme", 2), ("iglu:com.acme/user", 2)]
)
def test_of_what_is_not_there(validator_command: Run, user: Written, uri: str, code: int) -> None:
    """What is not there, or is no name, is told."""
    user()
    outcome = validator_command("schema", "bump", uri)
    assert (outcome.code, outcome.out) == (code, "")
    assert outcome.err
