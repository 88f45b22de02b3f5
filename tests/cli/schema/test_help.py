"""The help of each command: its examples run as they stand."""

import inspect
import json
import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from validator.cli.schema import schema

#: Runs the command line: arguments to exit code, output and errors.
Run = Callable[..., Any]
Written = Callable[..., Path]


def _examples() -> Iterator[str]:
    """Give each line of each help that is a command."""
    context = click.Context(schema)
    for name in schema.list_commands(context):
        command = schema.get_command(context, name)
        assert command is not None
        lines = inspect.cleandoc(command.help or "").splitlines()
        yield from (line.strip() for line in lines if line.startswith("  validator "))


@pytest.fixture(name="project")
def _project(user: Written, folder: Path, validator_command: Run) -> Path:
    """Give the files and folders that the examples name, and what git knows of them."""
    first = user()
    for name in ("user.json", "draft.json", "old.json", "new.json"):
        shutil.copy(first, name)
    user("1-0-1")
    for version in ("1-0-0", "1-0-1"):
        suite = Path("fixtures", "com.acme", "user", f"{version}.json")
        suite.parent.mkdir(parents=True, exist_ok=True)
        case = {"description": "a plan", "data": {"plan": "free"}, "valid": True}
        told = {"schema": f"iglu:com.acme/user/jsonschema/{version}", "tests": [case]}
        suite.write_text(json.dumps(told))
    shutil.copytree("schemas", "my-schemas")
    validator_command("schema", "lock")
    identity = "-c user.name=a -c user.email=a@example.com"
    script = (
        f"git init --quiet && git add . && git {identity} commit --quiet -m first"
        " && git update-ref refs/remotes/origin/main HEAD"
    )
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["/bin/sh", "-ec", script], env=environment, check=True)
    return folder


@pytest.mark.parametrize("example", [*_examples()])
def test_examples_run(validator_command: Run, project: Path, example: str) -> None:
    """An example does what it is there for, and exits with 0."""
    if " new " in example:
        shutil.rmtree("schemas")
        shutil.rmtree("my-schemas")
        shutil.rmtree("fixtures")
    outcome = validator_command(*shlex.split(example)[1:])
    assert (outcome.code, "Traceback" in outcome.err) == (0, False), outcome


def test_there_are_examples() -> None:
    """Each command has one at least."""
    told = {example.split()[2] for example in _examples()}
    assert told == {*schema.list_commands(click.Context(schema))}
