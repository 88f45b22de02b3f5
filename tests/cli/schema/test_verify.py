"""`validator schema verify`: all that keeps schemas from being published, in one run."""

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from validator.publishing import RULES

#: Runs the command line: arguments to exit code, output and errors.
Run = Callable[..., Any]
Written = Callable[..., Path]

ROOT = Path(__file__).parents[3]
#: Without asking for suites.
VERIFY = ("schema", "verify", "--skip", "noSuite")
SHORT = {"plan": {"description": "Its plan.", "type": "string", "maxLength": 5}}
LONG = {"plan": {"description": "Its plan.", "type": "string", "maxLength": 50}}


def _git(*arguments: str) -> None:
    settings = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", *settings, *arguments], env=environment, check=True, capture_output=True)


def _rules(out: str) -> list[str]:
    return re.findall(r"^\S+:\d+:\d+: error (\w+)", out, flags=re.MULTILINE)


def test_in_order(validator_command: Run, user: Written) -> None:
    """What may be published exits with 0; without suites, where none are asked for."""
    user()
    user("1-0-1", properties=LONG)
    outcome = validator_command(*VERIFY)
    assert (outcome.code, outcome.out) == (0, "2 files: 2 valid, 0 invalid\n")


def test_one_run_tells_all(validator_command: Run, user: Written) -> None:
    """What is wrong with each file is told, at its line; suites are asked for."""
    user(type="text")
    user("1-0-1", properties=SHORT)
    user("1-0-2", properties=SHORT).rename("schemas/com.acme/user/jsonschema/1-0-4")
    outcome = validator_command("schema", "verify")
    assert outcome.code == 1
    assert {"metaSchema", "stepUnknown", "pathMismatch", "versionGaps", "noSuite"} <= {
        *_rules(outcome.out)
    }
    assert "schemas/com.acme/user/jsonschema/1-0-0:10:11: error metaSchema" in outcome.out


def test_a_step_that_is_too_small(validator_command: Run, user: Written) -> None:
    """The step of a version is held against what changed; it can be left out, by schema."""
    user()
    user("1-0-1", properties=SHORT)
    outcome = validator_command(*VERIFY)
    assert (outcome.code, _rules(outcome.out)) == (1, ["stepTooSmall"])
    left_out = "iglu:com.acme/user/jsonschema/1-0-1=stepTooSmall"
    assert validator_command(*VERIFY, "--skip", left_out).code == 0


def test_notes(validator_command: Run, user: Written) -> None:
    """A step larger than needed is a note: counted, and told if that is wanted."""
    user()
    user("1-1-0", properties=LONG)
    outcome = validator_command(*VERIFY)
    assert (outcome.code, outcome.err) == (
        0,
        "not told: 1 stepTooLarge; --level note tells them\n",
    )
    assert "note stepTooLarge" in validator_command(*VERIFY, "--level", "note").out


def test_against_git(validator_command: Run, user: Written) -> None:
    """What git has at a revision was published: it stays, and only what is new takes a step."""
    file = user()
    user("1-0-1", properties=SHORT)
    _git("init", "--quiet")
    _git("add", ".")
    _git("commit", "--quiet", "--message", "first")
    assert validator_command(*VERIFY, "--against", "HEAD").code == 0
    file.unlink()
    outcome = validator_command(*VERIFY, "--against", "HEAD")
    assert (outcome.code, _rules(outcome.out)) == (1, ["versionGaps", "publishedGone"])
    absent = validator_command(*VERIFY, "--against", "absent")
    assert (absent.code, "git knows no revision 'absent'" in absent.err) == (3, True)


def test_policies_and_tables(validator_command: Run, user: Written) -> None:
    """The policy grades the steps, and tables that are asked for are warned of."""
    user(properties={"plan": {"type": "integer", "minimum": 0, "maximum": 9}})
    user("1-0-1", properties={"plan": {"type": "number", "minimum": 0, "maximum": 9}})
    assert validator_command(*VERIFY).code == 0
    snowplow = validator_command(*VERIFY, "--policy", "snowplow")
    assert (snowplow.code, _rules(snowplow.out)) == (1, ["stepTooSmall"])
    tables = validator_command(*VERIFY, "--storage", "redshift")
    assert (tables.code, "warning redshift-" in tables.out) == (0, True)
    strict = validator_command(*VERIFY, "--storage", "redshift", "--strict")
    assert strict.code == 1


def test_references_to_others(validator_command: Run, user: Written, folder: Path) -> None:
    """A schema may refer to one of another folder that is named."""
    user()
    (folder / "schemas").rename("others")
    user(properties={"plan": {"$ref": "iglu:com.acme/user/jsonschema/1-0-0"}})
    (folder / "schemas/com.acme/user").rename(folder / "schemas/com.acme/team")
    file = folder / "schemas/com.acme/team/jsonschema/1-0-0"
    file.write_text(file.read_text().replace('"name": "user"', '"name": "team"'))
    alone = validator_command(*VERIFY)
    assert (alone.code, _rules(alone.out)) == (1, ["unusable"])
    assert validator_command(*VERIFY, "--registry", "others").code == 0


def test_suites(validator_command: Run, user: Written, folder: Path) -> None:
    """A suite that does not hold is told in its own file, and line."""
    user()
    suite = folder / "suites" / "com.acme" / "user" / "1-0-0.json"
    suite.parent.mkdir(parents=True)
    cases = [{"description": "no plan", "data": {}, "valid": True}]
    told = {"schema": "iglu:com.acme/user/jsonschema/1-0-0", "tests": cases}
    suite.write_text(json.dumps(told, indent=1))
    outcome = validator_command("schema", "verify", "--fixtures", "suites")
    assert outcome.code == 1
    assert outcome.out.startswith("suites/com.acme/user/1-0-0.json:6:")


def test_where_suites_lie(
    validator_command: Run, user: Written, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Suites lie beside the folder of the schemas, however that is reached; each schema has one."""
    user()
    without = validator_command("schema", "verify")
    assert (without.code, _rules(without.out)) == (1, ["noSuite"])
    assert "write one: fixtures/com.acme/user/1-0-0.json" in without.out
    suite = folder / "fixtures" / "com.acme" / "user" / "1-0-0.json"
    suite.parent.mkdir(parents=True)
    suite.write_text('{"schema": "iglu:com.acme/user/jsonschema/1-0-0", "tests": []}')
    paths = {".": folder, "schemas": folder, str(folder): folder.parent, "..": suite.parents[2]}
    for path, start in {**paths, "./": folder / "schemas"}.items():
        monkeypatch.chdir(start)
        outcome = validator_command("schema", "verify", path)
        assert (path, "noSuite" in outcome.out) == (path, False)
        assert "fixtures/com.acme/user/1-0-0.json" in outcome.out
    (folder / "fixtures").rename(folder / "gone")
    assert "noSuite" in validator_command("schema", "verify", "..").out


@pytest.mark.parametrize("format_", ["json", "ndjson", "junit", "sarif", "github", "gitlab"])
def test_formats(validator_command: Run, user: Written, format_: str) -> None:
    """The formats of `check` have the findings, too."""
    user("1-0-1")
    outcome = validator_command("schema", "verify", "--format", format_)
    assert (outcome.code, "versionGaps" in outcome.out) == (1, True)


def test_pages_of_rules(validator_command: Run, user: Written) -> None:
    """Code scanning is led to the page that has the rule: that of the gate, or that of lint."""
    user(properties={"plan": {"type": "string"}})
    log = json.loads(validator_command("schema", "verify", "--format", "sarif").out)
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    pages = {each["id"]: each["help"]["text"].split()[1] for each in rules}
    assert pages["noSuite"] == "docs/schema-authors.md"
    assert pages["stringLength"] == "docs/lint.md"


def test_what_cannot_be_read(validator_command: Run, user: Written) -> None:
    """What is there and is no file has no verdict; a folder that is no registry is wrong use."""
    file = user()
    os.mkfifo(file.with_name("1-0-1"))
    outcome = validator_command(*VERIFY)
    assert (outcome.code, _rules(outcome.out)) == (1, ["strayFile"])
    assert validator_command("schema", "verify", "absent").code == 2


def test_the_rules_are_documented() -> None:
    """docs/schema-authors.md has a row for each rule of the gate, and no other."""
    page = (ROOT / "docs" / "schema-authors.md").read_text()
    rows = re.findall(r"^\| `([\w-]+)` \| (.+) \|$", page, flags=re.MULTILINE)
    assert dict(rows) == dict(RULES)


def test_our_own_schemas(validator_command: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The schemas of this project may be published, with their suites."""
    monkeypatch.chdir(ROOT)
    outcome = validator_command("schema", "verify", "--level", "error")
    assert (outcome.code, _rules(outcome.out)) == (0, [])
