"""`validator normalize`: payloads as they should have been sent."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from validator import Validator

#: Runs the command line: arguments to exit code, output and errors.
Run = Callable[..., Any]

PAYLOADS = Path(__file__).parents[2] / "fixtures" / "payloads"
NOW = "2023-01-01T00:00:00Z"


def test_the_documented_payload(validator_command: Run) -> None:
    """What comes out is what `check` judges, indented for reading."""
    file = PAYLOADS / "valid" / "documented.json"
    outcome = validator_command("normalize", "--now", NOW, file)
    assert outcome.code == 0
    assert outcome.out.startswith('{\n  "source"')
    assert Validator().validate(outcome.out.encode())


def test_the_same_bytes_again(validator_command: Run) -> None:
    """With --now, the output is byte-stable, and normalizing it changes nothing."""
    file = PAYLOADS / "valid" / "documented.json"
    once = validator_command("normalize", "--now", NOW, file)
    again = validator_command("normalize", "--now", NOW, file)
    twice = validator_command("normalize", "-", stdin=once.out.encode())
    assert once == again == twice


def test_what_is_not_valid_is_normalized_all_the_same(validator_command: Run) -> None:
    """Normalization never rejects: exit code 0."""
    outcome = validator_command(
        "normalize", "--compact", "-", stdin=b'{"events": [{"type": "A B"}]}'
    )
    assert outcome.code == 0
    assert json.loads(outcome.out)["events"][0]["type"] == "a-b"
    assert len(outcome.out.splitlines()) == 1


def test_lines_stay_lines(validator_command: Run) -> None:
    """A file of lines gives a line for each document; one that is no JSON is told, not lost."""
    outcome = validator_command("normalize", "--now", NOW, PAYLOADS / "mixed.ndjson")
    assert outcome.code == 1
    assert len(outcome.out.splitlines()) == 4
    assert "mixed.ndjson:4: error NotJSON: " in outcome.err
    assert "at line 4, column " in outcome.err


def test_other_documents_come_back(validator_command: Run) -> None:
    """What is no payload is written as it is."""
    assert validator_command("normalize", "-", stdin=b'{ "a" : 1.50 }').out == '{\n  "a": 1.5\n}\n'


@pytest.mark.parametrize("now", ["2023-01-01 01:00:00+01:00", "1672531200", "2023-01-01"])
def test_now_in_any_spelling(validator_command: Run, now: str) -> None:
    """--now takes the spellings that payloads may have."""
    outcome = validator_command("normalize", "--now", now, "-", stdin=b'{"type":"a","source":{}}')
    assert json.loads(outcome.out)["time"] == {"insert": "2023-01-01T00:00:00.000Z"}


@pytest.mark.parametrize("now", ["yesterday", "20230101", "9999-12-31T23:59:59-23:59", ""])
def test_now_that_is_no_time(validator_command: Run, now: str) -> None:
    """--now that can't be read is wrong use."""
    outcome = validator_command("normalize", "--now", now, "-", stdin=b"{}")
    assert outcome.code == 2
    assert "is no time" in outcome.err


def test_a_folder_is_wrong_use(validator_command: Run) -> None:
    """One file at a time."""
    outcome = validator_command("normalize", PAYLOADS)
    assert outcome.code == 2
    assert "is a folder" in outcome.err


def test_a_file_that_is_gone(validator_command: Run, tmp_path: Path) -> None:
    """A file that can't be read is no verdict."""
    assert validator_command("normalize", tmp_path / "gone.json").code == 3


def test_a_seed_gives_the_same_ids_again(validator_command: Run, request_of_three: bytes) -> None:
    """With --now and --seed, even the ids that events lack are the same; each is another."""
    same = ["normalize", "--now", NOW, "--seed"]
    once, again, other = (
        validator_command(*same, seed, "-", stdin=request_of_three) for seed in (7, 7, 8)
    )
    ids = [each["data"]["event_id"] for each in json.loads(once.out)["data"]]
    assert once.code == 0
    assert once == again != other
    assert ids[0] == "a6d04beb-4165-403b-a3d0-27d11c64f7e9"
    assert ids[1] != ids[2]


def test_without_a_seed_ids_are_made_at_random(validator_command: Run) -> None:
    """Two runs never give an event the same id."""
    once, again = (
        validator_command("normalize", "--now", NOW, "-", stdin=b'{"e": "pv"}') for _ in range(2)
    )
    assert once.out != again.out


@pytest.mark.parametrize("seed", ["-1", "x", ""])
def test_a_seed_that_is_none(validator_command: Run, seed: str) -> None:
    """--seed is a number from 0."""
    assert validator_command("normalize", "--seed", seed, "-", stdin=b"{}").code == 2


def test_queries(validator_command: Run, tmp_path: Path) -> None:
    """--query: an event a line, from queries and URLs; what is neither is told, not lost."""
    file = tmp_path / "requests.txt"
    file.write_bytes(b"e=pv&vp=1x2&source=a\n\n /i?e=se&se_va=1e2 \nx=%ff\nx=1")
    outcome = validator_command("normalize", "--query", "--now", NOW, "--seed", 7, file)
    assert outcome.code == 1
    assert outcome.err.startswith(f"{file}:4: error NotUTF8: ")
    view, structured, other = map(json.loads, outcome.out.splitlines())
    assert view["data"]["br_viewheight"] == 2
    assert structured["data"]["se_value"] == "100"
    assert other == {"x": "1"}
    assert Validator().check(json.dumps(structured).encode()).schema is not None


def test_queries_and_lines_exclude_each_other(validator_command: Run) -> None:
    """Each says what a line is."""
    outcome = validator_command("normalize", "--query", "--ndjson", "-")
    assert outcome.code == 2
    assert "--query and --ndjson exclude each other" in outcome.err
