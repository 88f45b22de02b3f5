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
        # Not the page's own name: Hypothesis reads the file of a test, and can't read this one.
        exec(compile(example, f"<{page.name}>", "exec"), names)  # the project's own text


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


CODES = ROOT / "docs" / "codes.md"
EXCEPTIONS = [name for name in errors.__all__ if inspect.isclass(getattr(errors, name))]


def _parts(text: str, heading: str) -> dict[str, str]:
    """Give what stands below each heading of a level; the test fails if one stands twice."""
    _, *pieces = re.split(rf"^{heading} (.+)$", text, flags=re.MULTILINE)
    titles = pieces[::2]
    assert len(set(titles)) == len(titles), titles
    return dict(zip(titles, pieces[1::2], strict=True))


@pytest.mark.parametrize(
    ("part", "names"), [("Violations", get_args(Code)), ("Exceptions", EXCEPTIONS)]
)
def test_the_tables_of_codes_have_them_all(part: str, names: list[str]) -> None:
    """The tables of docs/codes.md have a row for each code, or exception, there is; no other."""
    rows = re.findall(r"^\| (`.+?)$", _parts(CODES.read_text(), "##")[part], flags=re.MULTILINE)
    cells = [row.rstrip(" |").split(" | ") for row in rows]

    assert sorted(name for name, *_ in cells) == sorted(f"`{name}`" for name in names)
    assert [row for row, each in zip(rows, cells, strict=True) if len(each) != 3] == []


def test_the_sections_of_codes_have_them_all() -> None:
    """docs/codes.md has one section for each code and exception there is, and no other."""
    sections = _parts(_parts(CODES.read_text(), "##")["An example of each"], "###")

    assert sorted(sections) == sorted({*get_args(Code), *EXCEPTIONS})
    assert sorted(_parts(CODES.read_text(), "###")) == sorted(sections)


@pytest.mark.parametrize("name", sorted({*get_args(Code), *EXCEPTIONS}))
def test_each_code_has_an_example(name: str) -> None:
    """A section of docs/codes.md has an input, what it says in words, and the remedy.

    That the examples are right, they show by running.
    """
    section = _parts(CODES.read_text(), "###")[name]
    tokens = MarkdownIt().parse(section)
    remedies = [each.content for each in tokens if each.content.startswith("**Remedy:** ")]
    assert len(remedies) == 1
    commands = [each.content for each in tokens if each.type == "fence" and each.info == "console"]
    if commands:
        assert any(f" {name}: " in each for each in commands)
        return
    code = "\n".join(each.content for each in tokens if each.type == "fence")
    asserted = [
        node
        for each in ast.parse(code).body
        if isinstance(each, ast.Assert)
        for node in ast.walk(each)
    ]
    texts = [node.value for node in asserted if isinstance(node, ast.Constant)]
    classes = [node.id for node in asserted if isinstance(node, ast.Name)]
    assert name not in get_args(Code) or name in texts
    assert name not in EXCEPTIONS or name in classes
    assert any(isinstance(each, str) and each.count(" ") > 1 for each in texts), "no message"


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
