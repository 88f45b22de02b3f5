"""`validator schema diff`: verdicts, exit codes, and what OLD and NEW may be."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

#: Runs the command line: arguments to exit code, output and errors.
Run = Callable[..., Any]
Written = Callable[..., Path]

OLD = "iglu:com.acme/user/jsonschema/1-0-0"
SHORT = {"plan": {"description": "Its plan.", "type": "string", "maxLength": 5}}
LONG = {"plan": {"description": "Its plan.", "type": "string", "maxLength": 50}}


def test_an_addition(validator_command: Run, user: Written) -> None:
    """A step that is large enough exits with 0; the page begins with the verdict."""
    outcome = validator_command("schema", "diff", user(), user("1-0-1", properties=LONG))
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[:2] == [
        "ADDITION: every document that 1-0-0 accepts is accepted by 1-0-1",
        "1-0-0 to 1-0-1 is an ADDITION, which is enough",
    ]


def test_a_step_that_is_too_small(validator_command: Run, user: Written) -> None:
    """It exits with 1, and the page has the document, what is wrong with it, and the next step."""
    outcome = validator_command("schema", "diff", user(), user("1-0-1", properties=SHORT))
    assert outcome.code == 1
    assert outcome.out.splitlines()[:6] == [
        "REVISION: some documents that 1-0-0 accepts are rejected by 1-0-1",
        "1-0-0 to 1-0-1 is an ADDITION, which is too small: a REVISION, 1-1-0, is the least",
        "",
        "all that 1-0-0 accepts is accepted by 1-0-1: refuted",
        '  rejected: {"plan":"aaaaaa"}',
        '  since at /plan: must have at most 5 characters; it is "aaaaaa" [maxLength]',
    ]


@pytest.mark.parametrize(
    ("version", "code"), [("1-0-0", 1), ("1-0-1", 1), ("1-1-0", 0), ("2-0-0", 0)]
)
def test_versions_decide(validator_command: Run, user: Written, version: str, code: int) -> None:
    """The step between the versions has to be a REVISION at least; the same version is none."""
    old = user().rename("old.json")
    new = user(version, properties=SHORT)
    assert validator_command("schema", "diff", old, new).code == code


@pytest.mark.parametrize(
    ("at_most", "code"), [("none", 1), ("ADDITION", 1), ("Revision", 0), ("MODEL", 0)]
)
def test_at_most(validator_command: Run, user: Written, at_most: str, code: int) -> None:
    """What is allowed takes the place of what the versions say."""
    files = user(), user("1-0-1", properties=SHORT)
    assert validator_command("schema", "diff", *files, "--at-most", at_most).code == code


def test_without_versions(validator_command: Run, folder: Path) -> None:
    """Where nothing says which step is allowed, any is."""
    Path("old.json").write_text("{}")
    Path("new.json").write_text("false")
    outcome = validator_command("schema", "diff", "old.json", "new.json")
    assert outcome.code == 0
    assert outcome.out.startswith("MODEL: some documents that old.json accepts are rejected by")
    refused = validator_command("schema", "diff", "old.json", "new.json", "--at-most", "REVISION")
    assert refused.code == 1


def test_an_older_version(validator_command: Run, user: Written) -> None:
    """From a version to an older one there is no step; what the next one would be is told."""
    outcome = validator_command("schema", "diff", user("1-0-1"), user(properties=SHORT))
    assert outcome.code == 0
    assert outcome.out.splitlines()[1] == "as the next version of 1-0-1 it is 1-1-0 at the least"


def test_unknown_is_no_verdict(validator_command: Run, folder: Path) -> None:
    """What is neither proved nor refuted exits with 3, and never passes as an ADDITION."""
    # There are three such names, which nothing in the canonical form counts.
    named = {"type": "object", "patternProperties": {"^a{1,3}$": {}}}
    Path("old.json").write_text(json.dumps({**named, "additionalProperties": False}))
    Path("new.json").write_text(json.dumps({"type": "object", "maxProperties": 3}))
    outcome = validator_command("schema", "diff", "old.json", "new.json", "--at-most", "ADDITION")
    assert (outcome.code, "unknown" in outcome.out) == (3, True)


def test_uris(validator_command: Run, user: Written) -> None:
    """A schema is named by its URI, too, in a folder that is named; * is the newest that fits."""
    user()
    file = user("1-0-1", properties=LONG)
    named = validator_command("schema", "diff", "--registry", "schemas", OLD, file)
    assert named.code == 0
    newest = OLD.replace("1-0-0", "1-*-*")
    outcome = validator_command("schema", "diff", "--registry", "schemas", newest, file)
    assert outcome.out.startswith("NONE: ")


def _git(*arguments: str) -> None:
    settings = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", *settings, *arguments], env=environment, check=True, capture_output=True)


def test_revisions(validator_command: Run, user: Written) -> None:
    """A file as git has it is compared; both have one version, so what differs needs a new one."""
    file = user()
    _git("init", "--quiet")
    _git("add", ".")
    _git("commit", "--quiet", "--message", "first")
    user(properties=LONG)
    outcome = validator_command("schema", "diff", f"HEAD:{file}", file)
    assert outcome.code == 1
    assert outcome.out.startswith(
        f"ADDITION: every document that HEAD:{file} accepts is accepted by {file}\n"
        f"HEAD:{file} to {file} is no step, which is too small: an ADDITION, 1-0-1, is the least\n"
    )
    beside = validator_command("schema", "diff", f"HEAD:./{file}", file, "--at-most", "ADDITION")
    assert beside.code == 0
    absent = validator_command("schema", "diff", "HEAD:absent", file)
    assert (absent.code, "'HEAD' has no file 'absent'" in absent.err) == (3, True)


def test_a_file_comes_first(validator_command: Run, folder: Path) -> None:
    """A file whose name looks like REV:path is that file."""
    Path("HEAD:a").write_text("{}")
    assert validator_command("schema", "diff", "HEAD:a", "HEAD:a").code == 0


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("{", 3, "new.json is not a usable schema: not JSON"),
        ("[]", 3, "new.json is not a usable schema: a schema is an object or a boolean"),
        ('{"minLength": -1}', 3, "new.json is not a usable schema: at /minLength: must be 0"),
        ('{"$ref": "iglu:a/b/jsonschema/1-0-0"}', 3, "no such schema: iglu:a/b/jsonschema/1-0-0"),
    ],
)
def test_what_is_no_schema(
    validator_command: Run, folder: Path, text: str, code: int, message: str
) -> None:
    """A file that can't judge is told by its name."""
    Path("old.json").write_text("{}")
    Path("new.json").write_text(text)
    outcome = validator_command("schema", "diff", "old.json", "new.json")
    assert (outcome.code, outcome.out) == (code, "")
    assert message in outcome.err


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("absent", 3, "absent can't be read: No such file or directory; a schema is a file, an"),
        ("iglu:com.acme", 2, "an Iglu URI has four parts"),
        ("iglu:com.acme/user/jsonschema/1-0-0", 3, "no such schema"),
    ],
)
def test_what_is_not_there(
    validator_command: Run, folder: Path, name: str, code: int, message: str
) -> None:
    """A name that leads nowhere is told, with what a name may be."""
    Path("old.json").write_text("{}")
    outcome = validator_command("schema", "diff", "old.json", name)
    assert (outcome.code, outcome.out) == (code, "")
    assert message in outcome.err


def test_options(validator_command: Run, folder: Path) -> None:
    """The policy, the tables and the formats are those that are asked for."""
    closed = {"type": "object", "additionalProperties": False}
    old = {**closed, "properties": {"a": {"type": "string", "format": "date"}}}
    new = {**closed, "properties": {"a": {"type": ["string", "integer"], "format": "uri"}}}
    Path("old.json").write_text(json.dumps(old))
    Path("new.json").write_text(json.dumps(new))
    run = ["schema", "diff", "old.json", "new.json", "--format", "json"]
    usual = json.loads(validator_command(*run).out)
    assert (usual["step"], usual["policy"], usual["warnings"]) == ("REVISION", "strict", [])
    asked = ["--policy", "snowplow", "--formats", "annotate"]
    tables = ["--storage", "redshift", "--storage", "parquet"]
    told = json.loads(validator_command(*run, *asked, *tables).out)
    assert (told["step"], told["policy"]) == ("MODEL", "snowplow")
    assert told["backward"] == {"verdict": "proved"}
    assert {each["storage"] for each in told["warnings"]} == {"redshift", "parquet"}


def test_json(validator_command: Run, user: Written) -> None:
    """The JSON is what its schema says, and the exit code is the same."""
    files = user(), user("1-0-1", properties=SHORT)
    outcome = validator_command("schema", "diff", *files, "--format", "json")
    assert outcome.code == 1
    told = json.loads(outcome.out)
    assert (told["step"], told["taken"], told["least_version"]) == ("REVISION", "ADDITION", "1-1-0")
    checked = validator_command(
        "check",
        "--strict",
        "--schema",
        "iglu:org.eventpayload/comparison/jsonschema/1-0-0",
        "-",
        stdin=outcome.out.encode(),
    )
    assert checked.code == 0
