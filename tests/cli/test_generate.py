"""`validator generate`: payloads that can be read, valid or not, and the same for a seed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from validator import Registry

#: Runs the command line: arguments to exit code, output and errors.
Run = Callable[..., Any]

PACKAGED = [str(key) for key in Registry().keys()]  # noqa: SIM118  # not a dict
LINK_CLICK = "iglu:com.snowplowanalytics.snowplow/link_click/jsonschema/1-0-1"
EVENT_PAYLOAD = "iglu:com.tracardi/event_payload/jsonschema/1-0-1"
REGISTRY = Path(__file__).parents[2] / "fixtures" / "registry"


@pytest.mark.parametrize("seed", [0, 7])
@pytest.mark.parametrize("uri", PACKAGED)
def test_check_takes_them(validator_command: Run, uri: str, seed: int) -> None:
    """`check` takes what is printed, by its schema; and as self-describing data, without one."""
    options = ["--compact", "-n", "5", "--seed", seed]
    printed = validator_command("generate", *options, uri)
    assert (printed.code, printed.err) == (0, "")
    checked = validator_command(
        "check", "--ndjson", "--schema", uri, "-", stdin=printed.out.encode()
    )
    assert checked.out == "5 documents: 5 valid, 0 invalid\n"
    described = validator_command("generate", "--self-describing", *options, uri)
    checked = validator_command("check", "--ndjson", "-", stdin=described.out.encode())
    assert checked.out.startswith("5 documents: 5 valid, 0 invalid")
    # Not splitlines: a text that is drawn may hold U+2028, which ends no line of NDJSON.
    assert [json.loads(each)["data"] for each in described.out.rstrip("\n").split("\n")] == [
        json.loads(each) for each in printed.out.rstrip("\n").split("\n")
    ]


_ALL = f"""
from validator.cli import run
for uri in {PACKAGED!r}:
    assert run(["generate", "--compact", "-n", "2", uri]) == 0
    assert run(["generate", "--compact", "-n", "2", "--suite", "--invalid", uri]) == 0
"""


def test_the_same_bytes_in_every_process() -> None:
    """What is printed hangs neither on the order of sets nor on the clock."""
    printed = [
        subprocess.run(
            [sys.executable, "-c", _ALL],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]
    assert printed[0] == printed[1]
    assert len(printed[0].splitlines()) == 3 * len(PACKAGED)


def test_these_bytes(validator_command: Run) -> None:
    """What is printed for a seed stays so, on every version of Python."""
    outcome = validator_command("generate", "--compact", "-n", 2, LINK_CLICK)
    assert outcome.out == (
        '{"targetUrl":"https://example.com/","elementId":"sign-up",'
        '"elementClasses":["button","primary","wide"],"elementTarget":"notebook",'
        '"elementContent":"The order was placed."}\n'
        '{"targetUrl":"https://example.com/blog/hello-world","elementId":"sign-up",'
        '"elementClasses":["button"],"elementContent":"The form was sent."}\n'
    )


def test_the_number_of_payloads(validator_command: Run) -> None:
    """Five are printed, or as many as are asked for; the first of many are those of few."""
    command = ["generate", "--compact", EVENT_PAYLOAD]
    five, two = (validator_command(*command, *more).out for more in ([], ["-n", 2]))
    assert len(five.splitlines()) == 5
    assert five.startswith(two)
    assert validator_command(*command, "--seed", 1).out != five


def test_indented(validator_command: Run) -> None:
    """A payload is indented, to be read and pasted."""
    outcome = validator_command("generate", "-n", 1, EVENT_PAYLOAD)
    assert outcome.out == json.dumps(json.loads(outcome.out), indent=2) + "\n"


def test_the_newest(validator_command: Run) -> None:
    """With * in its version, the newest that fits, by its whole name where that is printed."""
    newest = "iglu:com.tracardi/event_payload/jsonschema/1-*-*"
    outcome = validator_command("generate", "--self-describing", "--compact", "-n", 1, newest)
    assert json.loads(outcome.out)["schema"] == EVENT_PAYLOAD


def test_a_registry(validator_command: Run) -> None:
    """Schemas of a folder, as for the other commands."""
    name = "iglu:com.games_company/save_game/jsonschema/1-0-2"
    command = ["generate", "--compact", "-n", 1, name]
    assert validator_command(*command).code == 3
    outcome = validator_command(*command, "--registry", REGISTRY)
    assert json.loads(outcome.out)["save_id"]


# What is not valid.


@pytest.mark.parametrize("uri", PACKAGED)
def test_the_rule_that_is_broken(validator_command: Run, uri: str, tmp_path: Path) -> None:
    """With --invalid, exactly the named rule is broken: the suite that is printed says which."""
    outcome = validator_command("generate", "--suite", "--invalid", uri)
    assert (outcome.code, outcome.err) == (0, "")
    suite = json.loads(outcome.out)
    assert [len(case["violations"]) for case in suite["tests"]] == [1] * 5
    file = tmp_path / uri.removeprefix("iglu:").replace("/jsonschema", "")
    file.parent.mkdir(parents=True)
    file = file.with_name(f"{file.name}.json")
    file.write_text(outcome.out)
    tested = validator_command("test", file)
    assert tested.out == "5 cases: 5 as expected, 0 not\n"


def test_the_rule_is_told(validator_command: Run) -> None:
    """Standard error has a line for each payload; standard output has the payloads alone."""
    outcome = validator_command("generate", "--invalid", "--compact", "-n", 3, EVENT_PAYLOAD)
    assert outcome.code == 0
    told = outcome.err.splitlines()
    for number, (line, rule) in enumerate(zip(outcome.out.splitlines(), told, strict=True), 1):
        checked = validator_command(
            "check", "--strict", "--format", "json", "-", stdin=line.encode()
        )
        (violation,) = json.loads(checked.out)["results"][0]["violations"]
        place = violation["instance_location"]
        at = f" at {place}" if place else ""
        assert rule == (
            f"payload {number} breaks {violation['keyword']}{at} [{violation['keyword_location']}]"
        )


def test_the_place_in_self_describing_data(validator_command: Run) -> None:
    """In self-describing data, the place of what is broken is one of the data."""
    command = ["generate", "--invalid", "--compact", "-n", 20, LINK_CLICK]
    alone = validator_command(*command)
    outcome = validator_command(*command, "--self-describing")
    places = outcome.err.replace(" at /data [", " [").replace(" at /data/", " at /")
    assert places == alone.err != outcome.err


def test_a_suite_of_valid_payloads(validator_command: Run, tmp_path: Path) -> None:
    """Without --invalid, a suite has cases that are valid; `test` runs it."""
    outcome = validator_command("generate", "--suite", "--compact", LINK_CLICK)
    assert outcome.out.count("\n") == 1
    file = tmp_path / "com.snowplowanalytics.snowplow" / "link_click" / "1-0-1.json"
    file.parent.mkdir(parents=True)
    file.write_text(outcome.out)
    assert validator_command("test", file).out == "5 cases: 5 as expected, 0 not\n"


# Schemas in files.


def _written(folder: Path, schema: object) -> Path:
    file = folder / "schema.json"
    file.write_text(json.dumps(schema))
    return file


def test_a_schema_in_a_file(validator_command: Run, tmp_path: Path) -> None:
    """A file with a schema, which need not have a name."""
    file = _written(tmp_path, {"type": "object", "properties": {"email": {"type": "string"}}})
    outcome = validator_command("generate", "--compact", "-n", 1, file)
    assert (outcome.code, outcome.out) == (0, '{"email":"ada@example.com"}\n')


@pytest.mark.parametrize("option", ["--suite", "--self-describing"])
def test_a_schema_without_a_name(validator_command: Run, tmp_path: Path, option: str) -> None:
    """What names its schema needs one that has a name."""
    outcome = validator_command("generate", option, _written(tmp_path, True))  # noqa: FBT003  # a schema
    assert (outcome.code, outcome.out) == (2, "")
    assert "has no `self`; --suite and --self-describing need an Iglu URI" in outcome.err


def test_a_schema_with_a_name(validator_command: Run, tmp_path: Path) -> None:
    """A schema in a file that has a name is called by it."""
    own = {"vendor": "com.acme", "name": "user", "format": "jsonschema", "version": "1-0-0"}
    file = _written(tmp_path, {"self": own, "type": "object", "properties": {"name": {}}})
    outcome = validator_command("generate", "--self-describing", "--compact", "-n", 1, file)
    assert outcome.out == (
        '{"schema":"iglu:com.acme/user/jsonschema/1-0-0","data":{"name":"Ada Lovelace"}}\n'
    )


@pytest.mark.parametrize(
    ("schema", "options", "told"),
    [
        (False, [], "no document can be drawn of {file}: it accepts none"),
        (True, ["--invalid"], "no document can be drawn of {file}: it accepts every document"),
        ({"type": 1}, [], "{file} is not a usable schema: "),
        ([], [], "{file} is not a usable schema: a schema is an object or a boolean"),
        ({"$ref": "iglu:com.acme/none/jsonschema/1-0-0"}, [], "no such schema: iglu:com.acme/none"),
    ],
)
def test_no_verdict(
    validator_command: Run, tmp_path: Path, schema: object, options: list[str], told: str
) -> None:
    """Where nothing can be drawn, that is told of the file; exit code 3."""
    file = _written(tmp_path, schema)
    outcome = validator_command("generate", *options, file)
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith(f"validator: {told.format(file=file)}")


def test_a_schema_with_a_name_that_accepts_nothing(validator_command: Run, tmp_path: Path) -> None:
    """A schema that has a name is called by it."""
    own = {"vendor": "com.acme", "name": "none", "format": "jsonschema", "version": "1-0-0"}
    outcome = validator_command("generate", _written(tmp_path, {"self": own, "not": {}}))
    assert outcome.code == 3
    assert "drawn of iglu:com.acme/none/jsonschema/1-0-0: it accepts none" in outcome.err


def test_no_file(validator_command: Run, tmp_path: Path) -> None:
    """A file that is not there is no verdict, and tells how a URI begins."""
    outcome = validator_command("generate", tmp_path / "none.json")
    assert outcome.code == 3
    assert outcome.err == (
        f"validator: {tmp_path / 'none.json'} can't be read: No such file or directory; "
        "an Iglu URI begins with iglu:\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["-n", "0", LINK_CLICK],
        ["-n", "10001", LINK_CLICK],
        ["--seed", "-1", LINK_CLICK],
        ["--suite", "--self-describing", LINK_CLICK],
        ["--registry", "/nonexistent", LINK_CLICK],
        ["iglu:com.acme/user"],
    ],
)
def test_wrong_use(validator_command: Run, arguments: list[str]) -> None:
    """Wrong use is told; exit code 2."""
    outcome = validator_command("generate", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err
