"""`validator schema docs`: a page for each schema."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

#: Runs the command line: arguments to exit code, output and errors.
Run = Callable[..., Any]
Written = Callable[..., Path]


def test_docs(validator_command: Run, user: Written) -> None:
    """A site of the schemas of the folder, and of no packaged ones, which they may refer to."""
    user()
    of_tracardi = {"$ref": "iglu:com.tracardi/event_payload/jsonschema/1-0-1"}
    user("1-0-1", properties={"plan": {"description": "Its plan."}, "event": of_tracardi})
    outcome = validator_command("schema", "docs", "--to", "site", "--title", "Events of Acme")
    assert (outcome.code, outcome.out, outcome.err) == (0, "2 schemas: site/index.html\n", "")
    index = Path("site/index.html").read_text()
    assert "Events of Acme" in index
    assert "com.acme/user" in index
    assert "com.tracardi" not in index
    assert Path("site/com.acme/user/1-0-1.html").is_file()


def test_references_to_others(validator_command: Run, user: Written, folder: Path) -> None:
    """A schema may refer to one of another folder that is named; that one gets no page."""
    user()
    (folder / "schemas").rename("others")
    elsewhere = {"$ref": "iglu:com.acme/user/jsonschema/1-0-0"}
    user("1-0-1", properties={"plan": elsewhere})
    assert validator_command("schema", "docs", "--to", "site").code == 1
    outcome = validator_command("schema", "docs", "--to", "site", "--registry", "others")
    assert (outcome.code, outcome.out) == (0, "1 schema: site/index.html\n")


def test_what_cannot_judge(validator_command: Run, user: Written) -> None:
    """A schema that can't judge is told, and exits with 1; the site is built all the same."""
    user(type="text")
    user("1-0-1")
    outcome = validator_command("schema", "docs", "schemas", "--to", "site")
    assert (outcome.code, outcome.out) == (1, "2 schemas: site/index.html\n")
    assert "iglu:com.acme/user/jsonschema/1-0-0 is not a usable schema: at /type" in outcome.err
    assert "iglu:com.acme/user/jsonschema/1-0-1 could not be compared" in outcome.err
    assert Path("site/com.acme/user/1-0-0.html").is_file()


def test_one(validator_command: Run, user: Written) -> None:
    """One schema is told as one."""
    user()
    assert validator_command("schema", "docs", "--to", "site").out == "1 schema: site/index.html\n"


def test_wrong_use(validator_command: Run, user: Written, folder: Path) -> None:
    """A folder that holds anything else is left alone; one that is not there has no schemas."""
    user()
    (folder / "mine").mkdir()
    (folder / "mine" / "notes.txt").write_text("mine")
    assert validator_command("schema", "docs", "--to", "mine").code == 2
    assert [each.name for each in (folder / "mine").iterdir()] == ["notes.txt"]
    assert validator_command("schema", "docs", "absent", "--to", "site").code == 2
