"""`validator schema lint`: rules, levels, what is left out, and what is mended."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from validator.lint import RULES

#: Runs the command line: arguments to exit code, output and errors.
Run = Callable[..., Any]
Written = Callable[..., Path]

NUMBER = {"description": "How many.", "type": "integer"}
SEATS = {"plan": {"description": "A plan.", "type": "string", "maxLength": 9}, "seats": NUMBER}


def test_nothing_is_wrong(validator_command: Run, user: Written) -> None:
    """A folder in order is counted, and exits with 0."""
    user()
    outcome = validator_command("schema", "lint", "schemas")
    assert (outcome.code, outcome.out, outcome.err) == (0, "1 schema: 1 valid, 0 invalid\n", "")


def test_an_error(validator_command: Run, user: Written) -> None:
    """An error is told at its file, line and column, with its place; it exits with 1."""
    file = user(required=["plan", "seats"])
    outcome = validator_command("schema", "lint", file)
    assert outcome.code == 1
    first, *_, last = outcome.out.splitlines()
    assert first.startswith(f"{file}:20:5: error requiredPropertiesExist at /required/1: ")
    assert last == "1 schema: 0 valid, 1 invalid"


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        ([], 0, ["warning numericMinMax"]),
        (["--strict"], 1, ["warning numericMinMax"]),
        (["--level", "error"], 0, []),
        (["--level", "note"], 0, ["note optionalNull", "warning numericMinMax"]),
        (["--skip", "numericMinMax"], 0, []),
        (["--skip", "iglu:com.acme/user/jsonschema/1-0-*=numericMinMax,description"], 0, []),
        (["--skip", "iglu:com.acme/user/jsonschema/1-1-*=*"], 0, ["warning numericMinMax"]),
    ],
)
def test_levels(
    validator_command: Run, user: Written, options: list[str], code: int, told: list[str]
) -> None:
    """A warning is told and no error, unless that is wanted; what is left out is not told."""
    user(properties=SEATS)
    outcome = validator_command("schema", "lint", "schemas", *options)
    assert outcome.code == code
    found = re.findall(r"^\S+: (error|warning|note) (\w+)", outcome.out, flags=re.MULTILINE)
    assert sorted(" ".join(each) for each in found) == told


def test_what_is_not_told(validator_command: Run, user: Written) -> None:
    """How many notes were left out is said where people read it, and nowhere else."""
    user(properties=SEATS)
    outcome = validator_command("schema", "lint", "schemas", "--level", "error")
    assert outcome.err == "not told: 1 numericMinMax, 1 optionalNull; --level note tells them\n"
    assert validator_command("schema", "lint", "schemas", "--format", "json").err == ""


def test_gaps(validator_command: Run, user: Written) -> None:
    """A missing version is found in a folder, and not of a file; and can be left out."""
    file = user("1-0-2")
    outcome = validator_command("schema", "lint", "schemas")
    assert outcome.code == 1
    assert "error versionGaps at /self/version: 1-0-2 is there without 1-0-0" in outcome.out
    assert validator_command("schema", "lint", file).code == 0
    assert validator_command("schema", "lint", "schemas", "--skip", "versionGaps").code == 0


def test_path_and_self(validator_command: Run, user: Written) -> None:
    """What the path says must be what `self` says; a path that says nothing is no matter."""
    file = user()
    moved = file.with_name("1-0-1")
    file.rename(moved)
    assert "error pathMismatch at /self" in validator_command("schema", "lint", moved).out
    draft = moved.rename("draft.json")
    assert validator_command("schema", "lint", draft).code == 0


@pytest.mark.parametrize(
    ("place", "is_told"),
    [
        ("x/com.acme/user/jsonschema/1-0-0.json", True),
        ("x/com.acme/user/jsonschema/1.0.0", True),
        ("vend/com.acme/user/1-0-0", True),
        ("vend/com.acme/1-0-0.json", True),
        ("vend/acme/user/1-0-0", True),
        ("drafts/1-0-0.json", False),
        ("com.acme/user/draft.json", False),
    ],
)
def test_astray(validator_command: Run, user: Written, place: str, is_told: bool) -> None:  # noqa: FBT001  # a column of the table
    """A path that looks like a registry's and is none is told, of a file and in a folder."""
    file = Path("in", place)
    file.parent.mkdir(parents=True)
    user().rename(file)
    for named in (file, "in"):
        outcome = validator_command("schema", "lint", named)
        assert ("error pathMismatch at /self" in outcome.out) is is_told
        assert "1 schema: " in outcome.out
        skipped = validator_command("schema", "lint", named, "--skip", "pathMismatch")
        assert skipped.code == 0
    assert validator_command("schema", "lint", "-", stdin=file.read_bytes()).code == 0


def test_what_a_folder_has_beside(validator_command: Run, user: Written) -> None:
    """A pipe, and a link out of the folder, are told and not read; a link within is followed."""
    file = user()
    Path("draft.json").write_text("{")
    os.mkfifo("schemas/pipe.json")
    os.mkfifo("schemas/1-0-0")
    Path("schemas/out.json").symlink_to("../draft.json")
    Path("schemas/around.json").symlink_to("around.json")
    Path("schemas/within.json").symlink_to(file.relative_to("schemas"))
    outcome = validator_command("schema", "lint", "schemas")
    assert outcome.code == 3
    assert "pipe.json can't be read: it is no regular file\n" in outcome.out
    assert "out.json is not read: it is a link out of schemas\n" in outcome.out
    assert "around.json can't be read: " in outcome.out
    assert "5 schemas: 2 valid, 0 invalid, 3 without a verdict\n" in outcome.out


def test_gaps_among_files(validator_command: Run, user: Written) -> None:
    """A version that lies nowhere is missing, of several files; one that was not named is not."""
    first, last = user(), user("1-0-2")
    outcome = validator_command("schema", "lint", first, last)
    assert "error versionGaps at /self/version: 1-0-2 is there without 1-0-1" in outcome.out
    user("1-0-1")
    assert validator_command("schema", "lint", first, last).code == 0
    outcome = validator_command("schema", "lint", "no/com.acme/user/jsonschema/1-0-0", first)
    assert "versionGaps" not in outcome.out


def test_skip_by_self(validator_command: Run, user: Written) -> None:
    """What is left out for a schema is left out for a draft of it, and for standard input."""
    file = user(properties=SEATS).rename("draft.json")
    raw = b"\xef\xbb\xbf" + file.read_bytes()
    skip = ["--strict", "--skip", "iglu:com.acme/user/jsonschema/1-*-*=numericMinMax,notJson"]
    assert validator_command("schema", "lint", file, "--strict").code == 1
    assert validator_command("schema", "lint", file, *skip).code == 0
    assert validator_command("schema", "lint", "-", *skip, stdin=file.read_bytes()).code == 0
    assert "notJson" not in validator_command("schema", "lint", "-", *skip, stdin=raw).out


def test_references_beside(validator_command: Run, user: Written) -> None:
    """A schema may refer to those of the folder that it lies in, and to the packaged ones."""
    user()
    file = user("1-0-1", properties={"plan": {"$ref": "iglu:com.acme/user/jsonschema/1-0-0"}})
    assert validator_command("schema", "lint", file).code == 0
    file = user("1-0-1", properties={"plan": {"$ref": "iglu:com.acme/gone/jsonschema/1-0-0"}})
    assert "error unusable" in validator_command("schema", "lint", file).out


def test_fix(validator_command: Run, user: Written) -> None:
    """What has one right answer is written into the file, and no longer told."""
    file = user(properties={"plan": {"type": "string", "maxLength": 1, "descripton": "A plan."}})
    good = user("1-0-1").read_bytes()
    assert "warning unknownKeyword" in validator_command("schema", "lint", "schemas").out
    outcome = validator_command("schema", "lint", "--fix", "schemas")
    assert (outcome.code, outcome.err) == (0, "1 file mended\n")
    assert json.loads(file.read_bytes())["properties"]["plan"]["description"] == "A plan."
    assert file.with_name("1-0-1").read_bytes() == good
    assert validator_command("schema", "lint", "--fix", file).err == "0 files mended\n"


def test_fix_of_a_large_file(validator_command: Run, folder: Path) -> None:
    """A file that is past the limit is not read to its end, so it is not written."""
    raw = b"\xef\xbb\xbf{" + b" " * 3_000_000 + b"}"
    (folder / "a.json").write_bytes(raw)
    outcome = validator_command("schema", "lint", "--fix", "a.json")
    assert (outcome.code, outcome.err) == (1, "0 files mended\n")
    assert (folder / "a.json").read_bytes() == raw


def test_standard_input(validator_command: Run, user: Written) -> None:
    """A schema may come from standard input, where nothing can be mended."""
    raw = user(type="text").read_bytes()
    outcome = validator_command("schema", "lint", "-", stdin=raw)
    assert outcome.code == 1
    assert outcome.out.startswith("-:10:11: error metaSchema at /type: ")
    refused = validator_command("schema", "lint", "--fix", "-", stdin=raw)
    assert (refused.code, "--fix writes to files" in refused.err) == (2, True)


def test_what_cannot_be_read(validator_command: Run, user: Written) -> None:
    """A file that can't be read is told, has no verdict, and the others are looked at."""
    user(type="text")
    outcome = validator_command("schema", "lint", "absent", "schemas")
    assert outcome.code == 3
    assert outcome.out.startswith(
        "absent:1:1: error unreadable: absent can't be read: No such file or directory\n"
    )
    assert "2 schemas: 0 valid, 1 invalid, 1 without a verdict\n" in outcome.out


def test_what_is_no_json(validator_command: Run, folder: Path) -> None:
    """A text that is no JSON is told where reading stopped."""
    (folder / "a.json").write_text('{"type":\n "string",}')
    outcome = validator_command("schema", "lint", "a.json")
    assert outcome.code == 1
    assert outcome.out.startswith("a.json:2:10: error notJson: ")


@pytest.mark.parametrize("format_", ["json", "ndjson", "junit", "sarif", "github", "gitlab"])
def test_formats(validator_command: Run, user: Written, format_: str) -> None:
    """The formats of `check` have the findings, too."""
    user(properties=SEATS)
    outcome = validator_command("schema", "lint", "schemas", "--strict", "--format", format_)
    assert outcome.code == 1
    assert "numericMinMax" in outcome.out
    assert "maximum" in outcome.out


def test_the_json_is_what_its_schema_says(validator_command: Run, user: Written) -> None:
    """The report is a check_report."""
    user(properties=SEATS)
    told = validator_command("schema", "lint", "schemas", "--level", "note", "--format", "json").out
    checked = validator_command(
        "check",
        "--strict",
        "--schema",
        "iglu:org.eventpayload/check_report/jsonschema/1-0-3",
        "-",
        stdin=told.encode(),
    )
    assert checked.code == 0
    (result,) = json.loads(told)["results"]
    assert result["schema"] == "iglu:com.acme/user/jsonschema/1-0-0"
    assert {each["rule"] for each in result["violations"]} == {"numericMinMax", "optionalNull"}


def test_list(validator_command: Run) -> None:
    """The rules are printed, each with its level and what it looks for."""
    outcome = validator_command("schema", "lint", "--list")
    assert outcome.code == 0
    lines = outcome.out.splitlines()
    assert [line.split(" ")[0] for line in lines[::2]] == list(RULES)
    assert "optionalNull (note)" in lines
    assert "duplicateKeys (error, --fix mends it)" in lines


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "lint takes a PATH"),
        ([""], "a PATH is empty"),
        (["--skip", "numericMinMaks", "x"], "did you mean numericMinMax?"),
        (["--skip", "com.acme/user=description", "x"], "an Iglu URI begins with 'iglu:'"),
        (["empty"], "no schemas in the folder empty"),
    ],
)
def test_wrong_use(
    validator_command: Run, folder: Path, arguments: list[str], message: str
) -> None:
    """What is asked for wrongly is told, and exits with 2."""
    (folder / "empty").mkdir()
    outcome = validator_command("schema", "lint", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err
