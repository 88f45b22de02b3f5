"""Every example in the README and the docs runs, and prints what it says it prints."""

import ast
import inspect
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from markdown_it import MarkdownIt

import validator
from validator import errors
from validator.results import Code

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def _examples(page: Path, language: str) -> list[str]:
    tokens = MarkdownIt().parse(page.read_text())
    return [each.content for each in tokens if each.type == "fence" and each.info == language]


def _name(page: object) -> str:
    return page.name if isinstance(page, Path) else ""


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_python_examples_run(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python examples of a page run one after the other, and what they assert holds."""
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    for example in _examples(page, "python"):
        exec(compile(example, str(page), "exec"), names)  # the project's own text


def _commands() -> list[tuple[Path, str, str]]:
    found = []
    for page in PAGES:
        for example in _examples(page, "console"):
            for piece in re.split(r"^\$ ", example, flags=re.MULTILINE)[1:]:
                command, _, output = piece.partition("\n")
                found.append((page, command, output))
    return found


@pytest.mark.parametrize(("page", "command", "output"), _commands(), ids=_name)
def test_commands_print_what_they_say(
    page: Path, command: str, output: str, tmp_path: Path
) -> None:
    """Each command of a page, run in a shell at the root of the project, prints what follows it."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=ROOT,
        env={**os.environ, "PATH": path, "TMPDIR": str(tmp_path), "GITHUB_ACTIONS": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.stdout == output


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_lead_somewhere(page: Path) -> None:
    """Each link into the project leads to a file that is there."""
    for token in MarkdownIt().parse(page.read_text()):
        for each in token.children or []:
            target = str(each.attrGet("href") or "").partition("#")[0]
            if each.type == "link_open" and target and ":" not in target:
                assert (page.parent / target).exists(), target


def test_the_page_of_codes_has_them_all() -> None:
    """docs/codes.md names every code there is, no other, and every exception."""
    page = (ROOT / "docs" / "codes.md").read_text()
    violations, exceptions = page.split("## Exceptions")
    listed = re.findall(r"^\| `(\w+)` \|", violations, flags=re.MULTILINE)
    assert sorted(listed) == sorted(get_args(Code))
    named = [name for name in errors.__all__ if inspect.isclass(getattr(errors, name))]
    assert all(f"`{name}`" in exceptions for name in named)


def test_the_changelog_has_the_version() -> None:
    """The version of the package has an entry, or is still to be released."""
    changelog = (ROOT / "CHANGELOG.md").read_text()
    assert f"## [{validator.__version__}]" in changelog or "## [Unreleased]" in changelog


def test_the_readme_teaches_the_service_in_three_lines() -> None:
    """The first Python example of the README is three statements after the import."""
    example = ast.parse(_examples(ROOT / "README.md", "python")[0])
    assert [type(each).__name__ for each in example.body] == [
        "ImportFrom",
        "Assign",
        "Assign",
        "Assert",
    ]


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_suites_in_the_docs_are_right(page: Path) -> None:
    """A fixture suite that is shown as an example has the verdicts and violations that it says."""
    registry = validator.Registry(validator.Directory(str(ROOT / "fixtures" / "registry")))
    judge = validator.Validator(registry=registry)
    for suite in map(json.loads, _examples(page, "json")):
        for case in suite["tests"]:
            result = judge.validate(case["data"], suite["schema"])
            told = [
                {"keyword": each.keyword, "instance_location": each.instance_location}
                for each in result
            ]
            assert (bool(result), told) == (case["valid"], case.get("violations", []))
