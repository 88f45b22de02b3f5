"""`validator check --failed-events`: failed events to a file, whole or not at all."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

#: Runs the command line: arguments to exit code, output and errors.
Run = Callable[..., Any]

FAILED = "iglu:com.snowplowanalytics.snowplow.badrows/"


def _written(file: Path) -> list[Any]:
    return [json.loads(line) for line in file.read_bytes().splitlines()]


def test_the_failed_events_of_all_inputs(
    validator_command: Run, tmp_path: Path, request_of_three: bytes
) -> None:
    """A line each, whatever the file; documents that are no requests have none."""
    (tmp_path / "a.json").write_bytes(request_of_three)
    (tmp_path / "b.json").write_bytes(b"{")
    (tmp_path / "c.json").write_bytes(b'{"e": "zz"}')
    failed = tmp_path / "failed.txt"
    outcome = validator_command("check", "--failed-events", failed, tmp_path, tmp_path / "gone")
    assert outcome.code == 3
    assert outcome.err == f"3 failed events written to {failed}\n"
    assert outcome.out.endswith(
        "4 documents: 0 valid, 2 invalid, 2 without a verdict; "
        "4 events: 1 valid, 2 invalid, 1 without a verdict\n"
    )
    assert [each["schema"].startswith(FAILED) for each in _written(failed)] == [True] * 3


def test_one_failed_event(validator_command: Run, tmp_path: Path) -> None:
    """Queries have failed events, too, and the report is the same with them."""
    failed = tmp_path / "failed"
    line = b"e=zz"
    outcome = validator_command("check", "--query", "--failed-events", failed, "-", stdin=line)
    assert outcome.code == 1
    assert outcome.err == f"1 failed event written to {failed}\n"
    assert outcome.out == validator_command("check", "--query", "-", stdin=line).out
    assert len(_written(failed)) == 1


def test_none(validator_command: Run, tmp_path: Path, payload: bytes) -> None:
    """Where nothing failed, the file is there, empty, and as open to others as any other."""
    failed = tmp_path / "failed"
    outcome = validator_command("check", "--failed-events", failed, "-", stdin=payload)
    assert (outcome.code, outcome.err) == (0, f"0 failed events written to {failed}\n")
    assert failed.read_bytes() == b""
    plain = tmp_path / "plain"
    plain.touch()
    assert failed.stat().st_mode == plain.stat().st_mode


def test_a_file_that_is_there_is_replaced(validator_command: Run, tmp_path: Path) -> None:
    """Nothing is added to what was there; who may read it stays; a link stays a link."""
    failed, link = tmp_path / "failed", tmp_path / "link"
    failed.write_text("old")
    failed.chmod(0o600)
    link.symlink_to(failed)
    outcome = validator_command("check", "--failed-events", link, "-", stdin=b'{"e": "zz"}')
    assert outcome.err == f"1 failed event written to {link}\n"
    assert len(_written(failed)) == 1
    assert failed.stat().st_mode & 0o777 == 0o600
    assert link.is_symlink()


def test_on_an_error_nothing_is_left(
    validator_command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was there stays as it was, and nothing is beside it."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError("no way")

    failed = tmp_path / "failed"
    failed.write_text("old")
    monkeypatch.setattr("validator.reporting.text.TextReport.close", fail)
    outcome = validator_command("check", "--failed-events", failed, "-", stdin=b'{"e": "zz"}')
    assert outcome.code == 4
    assert "written" not in outcome.err
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("failed", "old")]


def test_a_file_that_can_not_be_made(validator_command: Run, tmp_path: Path) -> None:
    """It is told by the name that was given, before anything is checked."""
    failed = tmp_path / "nowhere" / "failed"
    outcome = validator_command("check", "--failed-events", failed, "-", stdin=b'{"e": "zz"}')
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err == (
        f"validator: --failed-events {failed} can't be written: No such file or directory\n"
    )


def test_names_that_no_file_can_have(validator_command: Run, tmp_path: Path) -> None:
    """Standard output, a folder, a device, and a file that is to be checked are wrong use."""
    own = tmp_path / "own.json"
    own.write_text("{}")
    (tmp_path / "link").symlink_to(own)
    told = {
        "-": "standard output has the report",
        "": "needs the name of a file",
        tmp_path: "is no file that could be replaced",
        os.devnull: "is no file that could be replaced",
        own: "is one of the files to check",
        tmp_path / "link": "is one of the files to check",
    }
    for name, reason in told.items():
        outcome = validator_command("check", "--failed-events", name, tmp_path, "-")
        assert (outcome.code, outcome.out) == (2, "")
        assert reason in outcome.err
    assert own.read_text() == "{}"


def test_a_schema_judges_no_events(validator_command: Run, tmp_path: Path) -> None:
    """With --schema, documents are judged as a whole: there would be nothing to write."""
    outcome = validator_command(
        "check", "--failed-events", tmp_path / "x", "--schema", "iglu:a/b/jsonschema/1-0-0", "-"
    )
    assert outcome.code == 2
    assert "--failed-events and --schema exclude each other" in outcome.err
    assert list(tmp_path.iterdir()) == []
