"""The benchmark of compatibility: what it asks, how it counts, and the other checkers it asks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import compatibility
from benchmarks.compatibility import OURS, Other, Question, Scored
from validator import Directory, Registry

_FIXTURES = Registry(Directory(Path(__file__).parents[1] / "fixtures" / "registry"))
_WIDENED = Question({"type": "integer"}, {"type": "number"}, "2020-12", "assert", right=True)
_NARROWED = Question({"type": "number"}, {"type": "integer"}, "2020-12", "assert", right=False)

#: What stands in for a checker: it is right of numbers, and never ends, or fails, of others.
_STAND_IN = """
import time

def isSubschema(inner, outer):
    print("noise")
    if inner == {}:
        time.sleep(60)
    if inner is True:
        raise ValueError
    return outer["type"] == "number"
"""


@pytest.fixture
def other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Other]:
    """Install what stands in for jsonsubschema."""
    (tmp_path / "jsonsubschema.py").write_text(_STAND_IN)
    folder = tmp_path / "jsonsubschema-1.2.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: jsonsubschema\nVersion: 1.2\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    found = Other("jsonsubschema", sys.executable, 2.0)
    yield found
    found.end()


def test_other_checker_answers(other: Other) -> None:
    """Another checker is asked in a process of its own; what it prints is no answer."""
    assert other.version == "1.2"
    assert [other(_WIDENED), other(_NARROWED)] == ["yes", "no"]


@pytest.mark.parametrize("inner", [True, {}], ids=["fails", "takes too long"])
def test_other_checker_without_answer(other: Other, inner: object) -> None:
    """One that fails, or takes too long, does not know; the next question is asked all the same."""
    unanswered = Question(inner, {}, "2020-12", "assert", right=True)
    assert [other(unanswered), other(_WIDENED)] == ["unknown", "yes"]


def test_not_installed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A checker that no Python has is left out, which is said."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    questions = {"Two": [_WIDENED, _NARROWED]}

    assert compatibility.beside([sys.executable], 5.0, questions) == 0
    told = capsys.readouterr().out
    assert "Two: 2 directions, 1 of them compatible" in told
    assert f"| {OURS} | 2 | 0 | 0 | 0 |" in told
    assert "subschema is not installed: left out" in told


def test_counting() -> None:
    """An answer is right, wrong, a false alarm, or none."""
    score = Scored("any")
    for question, answer in (
        (_WIDENED, "yes"),
        (_NARROWED, "yes"),
        (_WIDENED, "no"),
        (_NARROWED, "unknown"),
    ):
        score.add(question, answer, 0.001)  # type: ignore[arg-type]  # answers, one by one

    assert score.row == "| any | 1 | 1 | 1 | 1 | 1.0 ms |"


def test_questions() -> None:
    """The cases have two directions each; changes of schemas are of their own dialect."""
    assert len(list(compatibility.of_cases())) == 278
    questions = list(compatibility.of_changes(_FIXTURES, 10))
    assert len(questions) == 10
    assert {each.inner["$schema"] for each in questions} == {
        "http://json-schema.org/draft-04/schema#"
    }
    assert all(compatibility.ours(each) == ("yes" if each.right else "no") for each in questions)


def test_versions(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Versions that follow each other are decided, and what that took is told."""
    monkeypatch.setattr("sys.argv", ["compatibility", "--registry", "fixtures/registry"])
    monkeypatch.chdir(Path(__file__).parents[1])

    assert compatibility.main() == 0
    told = capsys.readouterr().out
    assert told.startswith("| pairs | ")
    assert "| directions unknown | 0 |" in told


def test_bumps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A number that promises more than it keeps is listed with a document; a long one is cut."""
    for version, most in (("1-0-0", 70_000), ("1-0-1", 100), ("1-1-0", 50), ("2-0-0", 10)):
        file = tmp_path / "com.acme" / "text" / "jsonschema" / version
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            '{"$schema": "http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/'
            'jsonschema/1-0-0#", "self": {"vendor": "com.acme", "name": "text", "format": '
            f'"jsonschema", "version": "{version}"}}, "type": "string", "maxLength": {most}}}'
        )
    found = list(compatibility.bumps(Registry(Directory(tmp_path))))

    assert [(str(each.new.version), each.said) for each in found] == [("1-0-1", "ADDITION")]
    told = compatibility.told_of_bumps(found).splitlines()
    assert told[-1].startswith("| `com.acme/text/1-0-1` | ADDITION | REVISION | history-lost | `")
    assert len(told[-1]) < 300
