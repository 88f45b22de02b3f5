"""The hooks for pre-commit, and the examples for CI in the docs, as far as a shell can run them."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[1]
HOOKS = ROOT / ".pre-commit-hooks.yaml"
BIN = Path(sys.executable).parent
_BY_ID = {hook["id"]: hook for hook in yaml.safe_load(HOOKS.read_text())}
_EXAMPLES = [
    yaml.safe_load(token.content)
    for page in ("testing.md", "ci.md")
    for token in MarkdownIt().parse((ROOT / "docs" / page).read_text())
    if token.type == "fence" and token.info == "yaml"
]
#: There is no package of ours to install, nor a network: the one that is tested is there.
_NO_PIP = 'pip() { test "$*" = "install event-payload-validator"; }\n'


@pytest.fixture(name="project")
def _project(tmp_path: Path) -> Path:
    """Give a project as the examples have it: schemas, suites and payloads."""
    shutil.copytree(ROOT / "fixtures" / "registry", tmp_path / "schemas")
    for vendor in ("com.acme", "com.games_company"):
        shutil.copytree(ROOT / "fixtures" / vendor, tmp_path / "fixtures" / vendor)
    shutil.copytree(ROOT / "fixtures" / "payloads", tmp_path / "fixtures" / "payloads")
    (tmp_path / "fixtures" / "payloads" / "mixed.ndjson").unlink()
    return tmp_path


def _shell(project: Path, script: str) -> subprocess.CompletedProcess[str]:
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["/bin/sh", "-ec", script],
        cwd=project,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def _files(project: Path, hook: dict[str, Any], exclude: str = "^$") -> list[str]:
    """Give the files that pre-commit would hand to a hook."""
    names = [str(each.relative_to(project)) for each in project.rglob("*") if each.is_file()]
    kinds = {"json": ".json"}
    ends = tuple(kinds[kind] for kind in hook.get("types", []))
    return [
        name
        for name in sorted(names)
        if re.search(hook["files"], name)
        and not re.search(exclude, name)
        and (not ends or name.endswith(ends))
    ]


def _run_hook(project: Path, number: str, **settings: Any) -> subprocess.CompletedProcess[str]:
    """Run a hook as pre-commit does: its entry, the arguments of the project, the files."""
    hook = _BY_ID[number] | settings
    files = _files(project, hook, settings.get("exclude", "^$"))
    assert files
    told = files if hook.get("pass_filenames", True) else []
    return _shell(
        project, " ".join([hook["entry"], *map(shlex.quote, hook.get("args", []) + told)])
    )


def _example(key: str) -> Any:
    [found] = [each for each in _EXAMPLES if key in each]
    return found


def test_manifest() -> None:
    """Pre-commit itself takes the hooks."""
    command = [str(BIN / "pre-commit"), "validate-manifest", str(HOOKS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "")


def test_config(tmp_path: Path) -> None:
    """And the settings of the example, which use every hook."""
    config = _example("repos")
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))

    command = [str(BIN / "pre-commit"), "validate-config", ".pre-commit-config.yaml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "")
    assert {hook["id"] for hook in config["repos"][0]["hooks"]} == set(_BY_ID)


_AS_IN_THE_DOCS = {
    hook.pop("id"): hook for hook in [dict(each) for each in _example("repos")["repos"][0]["hooks"]]
}


@pytest.mark.parametrize("number", _BY_ID)
def test_hook_passes(project: Path, number: str) -> None:
    """A hook, with the settings of the example, lets a project pass that is in order."""
    done = _run_hook(project, number, **_AS_IN_THE_DOCS[number])

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("number", "file", "old", "new"),
    [
        ("check-payloads", "fixtures/payloads/valid/event.json", '"type"', '"typ"'),
        ("check-schemas", "schemas/com.acme/note/jsonschema/1-0-0", '"com.acme"', "1"),
        ("test-suites", "schemas/com.acme/note/jsonschema/1-0-0", '"text"', '"words"'),
        ("test-suites", "fixtures/com.acme/note/1-0-0.json", "true", "false"),
        ("lint-schemas", "schemas/com.acme/note/jsonschema/1-0-0", '"1-0-0"', '"1-0-1"'),
        ("verify-schemas", "schemas/com.acme/note/jsonschema/1-0-0", '"pattern"', '"minLength"'),
        ("verify-schemas", "fixtures/com.acme/note/1-0-0.json", "true", "false"),
    ],
)
def test_hook_fails(project: Path, number: str, file: str, old: str, new: str) -> None:
    """And fails, naming a file, where something is wrong."""
    path = project / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))

    done = _run_hook(project, number, **_AS_IN_THE_DOCS[number])

    assert done.returncode == 1
    assert ": error " in done.stdout


def _job_of_github(name: str = "payloads") -> list[dict[str, Any]]:
    [jobs] = [each["jobs"] for each in _EXAMPLES if each.get("name") == name]
    return list(jobs[name]["steps"])


def _steps_of_github() -> list[str]:
    return [step["run"] for step in _job_of_github() if "run" in step]


def _steps_of_gitlab() -> list[str]:
    return list(_example("payloads")["payloads"]["script"])


@pytest.mark.parametrize(
    "steps", [_steps_of_github(), _steps_of_gitlab()], ids=["github", "gitlab"]
)
def test_ci(project: Path, steps: list[str]) -> None:
    """The commands of each example pass for what is in order, write a report, and fail else."""
    script = _NO_PIP + "\n".join(steps)
    assert len(steps) > 1

    done = _shell(project, script)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (project / "report.xml").read_text().startswith("<?xml")

    (project / "fixtures" / "payloads" / "valid" / "bad.json").write_text(json.dumps({"x": 1}))
    assert _shell(project, script).returncode == 1


def test_ci_of_schemas(project: Path) -> None:
    """What is published is held to what the main branch has; what is new, to its version."""
    script = _NO_PIP + "\n".join(step["run"] for step in _job_of_github("schemas") if "run" in step)
    git = "git -c user.name=a -c user.email=a@example.com"
    begin = f"git init --quiet && git add . && {git} commit --quiet -m first"
    assert _shell(project, f"{begin} && git update-ref refs/remotes/origin/main HEAD").stdout == ""
    done = _shell(project, script)
    assert done.returncode == 0, done.stdout + done.stderr

    file = project / "schemas" / "com.acme" / "note" / "jsonschema" / "1-0-0"
    text = file.read_text()
    file.write_text(text.replace("4096", "8192"))
    assert "error publishedChanged" in _shell(project, script).stdout
    file.write_text(text)
    narrowed = text.replace("4096", "10").replace('"1-0-0"', '"1-0-1"')
    file.with_name("1-0-1").write_text(narrowed)
    failed = _shell(project, script)
    assert failed.returncode == 1
    assert "error stepTooSmall" in failed.stdout


def test_report_of_what_fails(project: Path) -> None:
    """In GitHub Actions a report is made and kept when something is wrong, and the job fails."""
    (project / "fixtures" / "payloads" / "valid" / "bad.json").write_text(json.dumps({"x": 1}))
    failed, kept = False, []
    for step in _job_of_github():
        if failed and step.get("if") != "always()":
            continue
        if "run" in step:
            failed |= _shell(project, _NO_PIP + step["run"]).returncode != 0
        elif step["uses"].startswith("actions/upload-artifact@"):
            kept.append((project / step["with"]["path"]).read_text())

    [report] = kept
    assert failed
    assert "bad.json" in report
    assert "<failure " in report
