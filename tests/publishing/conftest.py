"""What the tests of publishing share: registries in folders, suites, and repositories of git."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

#: Writes a version of the schema `com.acme/user`, well by every rule; gives its file.
Put = Callable[..., Path]
#: Writes a suite of it, of one document that is valid; gives its file.
PutSuite = Callable[..., Path]
#: Runs git in a folder; gives what it prints.
Git = Callable[..., str]
#: Is, while it is entered, a user that may not do all; in the folder `entered`.
AsNobody = Callable[[], AbstractContextManager[None]]

_NOBODY = 65534
_IGLU = "http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#"


@pytest.fixture(name="root")
def _root(tmp_path: Path) -> Path:
    """Give the folder of a registry; there is nothing in it yet."""
    root = tmp_path / "schemas"
    root.mkdir()
    return root


@pytest.fixture(name="put")
def _put(root: Path) -> Put:
    """Write a schema into a registry: `plan` is what its one property may have."""

    def put(
        version: str = "1-0-0", *, name: str = "user", within: Path = root, **members: Any
    ) -> Path:
        own = {"vendor": "com.acme", "name": name, "format": "jsonschema", "version": version}
        plan = {"description": "A plan.", "type": ["string", "null"], "maxLength": 20}
        schema = {
            "$schema": _IGLU,
            "description": "A user.",
            "self": own,
            "type": "object",
            "properties": {"plan": {**plan, **members.pop("plan", {})}},
            "additionalProperties": False,
            **members,
        }
        file = within / "com.acme" / name / "jsonschema" / version
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(schema, indent=2) + "\n")
        return file

    return put


@pytest.fixture(name="put_suite")
def _put_suite(tmp_path: Path) -> PutSuite:
    """Write a suite into the folder `fixtures`."""

    def put_suite(version: str = "1-0-0", plan: str = "free", *, valid: bool = True) -> Path:
        case = {"description": "a plan", "data": {"plan": plan}, "valid": valid}
        suite = {"schema": f"iglu:com.acme/user/jsonschema/{version}", "tests": [case]}
        file = tmp_path / "fixtures" / "com.acme" / "user" / f"{version}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(suite, indent=2))
        return file

    return put_suite


@pytest.fixture(name="git")
def _git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Make the folder of the test a repository, away from the settings of whoever runs this."""
    for name in [each for each in os.environ if each.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    def git(*arguments: str, folder: Path = tmp_path) -> str:
        run = subprocess.run(
            ["git", *arguments], cwd=folder, capture_output=True, text=True, check=True
        )
        return run.stdout.strip()

    git("init", "--quiet", "--initial-branch=main")
    git("config", "user.name", "Ada")
    git("config", "user.email", "ada@example.com")
    return git


@pytest.fixture(name="entered")
def _entered() -> Iterator[Path]:
    """Give a folder that every user may enter, which those of pytest are not."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@pytest.fixture(name="as_nobody")
def _as_nobody() -> AsNobody:
    """Give up what root may, for a while; whoever else runs this stays who that is."""

    @contextmanager
    def as_nobody() -> Iterator[None]:
        user = os.geteuid()
        if user == 0:
            os.seteuid(_NOBODY)
        try:
            yield
        finally:
            os.seteuid(user)

    return as_nobody
