"""Commands that are imported when they are asked for."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

#: Runs the command line: arguments to exit code, output and errors.
Run = Callable[..., Any]


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        ([], ["check", "explain", "generate", "normalize", "schema", "test"]),
        (
            ["schema"],
            [
                *("list", "show", "bundle", "new", "lint", "diff"),
                *("bump", "verify", "lock", "publish", "docs"),
            ],
        ),
    ],
)
def test_all_are_listed(validator_command: Run, arguments: list[str], names: list[str]) -> None:
    """The help names each command, with what it does, and each has a help with examples."""
    outcome = validator_command(*arguments, "--help")
    assert outcome.code == 0
    listed = outcome.out.partition("Commands:\n")[2].partition("\n\n")[0].splitlines()
    assert [line.split()[0] for line in listed if line[2:3].isalpha()] == names
    for name in names:
        told = validator_command(*arguments, name, "--help")
        assert (told.code, "xample" in told.out or name == "schema") == (0, True)


def test_others_are_refused(validator_command: Run) -> None:
    """A command that is not there is told."""
    outcome = validator_command("schema", "publsh")
    assert (outcome.code, "No such command 'publsh'" in outcome.err) == (2, True)


def test_nobody_waits_for_others() -> None:
    """`validator check` imports nothing that is for authors of schemas alone."""
    code = (
        "import sys; from validator.cli import run; run(['check', '--help']); "
        "print(*[name for name in sys.modules if name.startswith('validator.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    imported = set(done.stdout.splitlines()[-1].split())
    assert "validator.cli.check" in imported
    authors = {"cli.schema", "compatibility", "lint", "publishing", "site"}
    assert {each for each in authors if f"validator.{each}" in imported} == set()
