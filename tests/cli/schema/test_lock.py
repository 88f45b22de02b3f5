"""`validator schema lock`: digests of what is published."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

#: Runs the command line: arguments to exit code, output and errors.
Run = Callable[..., Any]
Written = Callable[..., Path]

VERIFY = ("schema", "verify", "--lock", "schemas.lock", "--skip", "noSuite")
USER = "iglu:com.acme/user/jsonschema/1-0-0"


def _locked(file: str = "schemas.lock") -> dict[str, str]:
    return dict(json.loads(Path(file).read_bytes())["sha256"])


def test_lock(validator_command: Run, user: Written) -> None:
    """A digest of each schema is written, and what is new is named; `verify` holds it to that."""
    file = user()
    outcome = validator_command("schema", "lock")
    assert (outcome.code, outcome.out) == (0, f"added {USER}\n")
    assert list(_locked()) == ["com.acme/user/jsonschema/1-0-0"]
    assert validator_command("schema", "lock").out == ""
    assert validator_command(*VERIFY).code == 0
    file.write_text(file.read_text() + "\n")
    verified = validator_command(*VERIFY)
    assert (verified.code, "error publishedChanged" in verified.out) == (1, True)


def test_what_was_published_stays(validator_command: Run, user: Written) -> None:
    """What is gone or changed is told and kept, unless it is to be as it is now."""
    first, second = user(), user("1-0-1")
    validator_command("schema", "lock", "--lock", "a.lock")
    before = _locked("a.lock")
    first.write_text(first.read_text() + "\n")
    second.unlink()
    outcome = validator_command("schema", "lock", "schemas", "--lock", "a.lock")
    assert outcome.code == 1
    assert outcome.out == f"gone {USER.replace('1-0-0', '1-0-1')}\nchanged {USER}\n"
    assert _locked("a.lock") == before
    renewed = validator_command("schema", "lock", "--lock", "a.lock", "--renew")
    assert (renewed.code, renewed.out) == (0, outcome.out)
    assert list(_locked("a.lock")) == ["com.acme/user/jsonschema/1-0-0"]
    assert _locked("a.lock") != before


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["absent"], 2, "no such folder"),
        (["--lock", "schemas"], 3, "schemas can't be read"),
        (["--lock", "absent/a.lock"], 3, "absent/a.lock can't be written"),
        (["--lock", "no.lock"], 3, "is no schemas.lock"),
    ],
)
def test_what_cannot_be(
    validator_command: Run, user: Written, arguments: list[str], code: int, message: str
) -> None:
    """What is no folder, no lock, or can't be written is told; nothing is written."""
    user()
    Path("no.lock").write_text("[]")
    outcome = validator_command("schema", "lock", *arguments)
    assert (outcome.code, outcome.out) == (code, "")
    assert message in outcome.err
    assert not Path("schemas.lock").exists()
