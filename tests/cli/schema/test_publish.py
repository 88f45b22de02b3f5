"""`validator schema publish`: schemas into a static registry."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

#: Runs the command line: arguments to exit code, output and errors.
Run = Callable[..., Any]
Written = Callable[..., Path]

FILES = ["com.acme/user/jsonschema/1-0-0", "com.acme/user/jsonschema/1"]


def test_publish(validator_command: Run, user: Written) -> None:
    """The schemas and the list of their versions are written, and named; again, nothing is."""
    raw = user().read_bytes()
    outcome = validator_command("schema", "publish", "schemas", "--to", "public")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines() == [
        "1 schema: 1 valid, 0 invalid",
        *[f"wrote public/schemas/{file}" for file in FILES],
    ]
    assert Path("public/schemas", FILES[0]).read_bytes() == raw
    again = validator_command("schema", "publish", "schemas", "--to", "public")
    assert (again.code, again.err) == (0, "")
    assert again.out.splitlines()[1:] == ["all of it is in public/schemas already"]


def test_dry_run(validator_command: Run, user: Written) -> None:
    """What would be written is told, and nothing is."""
    file = user()
    outcome = validator_command("schema", "publish", file, "--to", "public", "--dry-run")
    assert outcome.code == 0
    assert outcome.out.splitlines()[1:] == [f"would write public/schemas/{each}" for each in FILES]
    assert not Path("public").exists()


def test_what_keeps_it_from_that(validator_command: Run, user: Written) -> None:
    """An error is told at its place, and nothing is written; one that is skipped is none."""
    user()
    user("1-0-2", required=["plan", "seats"])
    run = ["schema", "publish", "schemas", "--to", "public"]
    outcome = validator_command(*run)
    assert (outcome.code, outcome.err) == (1, "nothing is published\n")
    assert ":20:5: error requiredPropertiesExist at /required/1: " in outcome.out
    assert "error versionGaps" in outcome.out
    assert not Path("public").exists()
    Path("schemas/com.acme/user/jsonschema/1-0-2").unlink()
    user("1-0-1", required=["plan", "seats"])
    left_out = "iglu:com.acme/user/jsonschema/1-0-1=requiredPropertiesExist"
    assert validator_command(*run, "--skip", left_out).code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--to", "public"], 2, "PATH"),
        (["schemas"], 2, "--to"),
        (["empty", "--to", "public"], 2, "there is no schema in what is to be published"),
        (["schemas", "--to", "file"], 2, "file is no folder to publish to"),
        (["absent", "--to", "public"], 3, ""),
    ],
)
def test_wrong_use(
    validator_command: Run,
    user: Written,
    folder: Path,
    arguments: list[str],
    code: int,
    message: str,
) -> None:
    """What is asked for wrongly is told."""
    user()
    (folder / "empty").mkdir()
    (folder / "file").touch()
    outcome = validator_command("schema", "publish", *arguments)
    assert outcome.code == code
    assert message in outcome.err
    assert not Path("public").exists()
