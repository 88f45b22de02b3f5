"""Workflow commands of GitHub Actions, read by GitHub's documented rules."""

import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from validator.reporting import Finding, Options, Outcome

#: `::name property=value,property=value::message`, as GitHub's documentation has it.
_COMMAND = re.compile(r"::(?P<name>[a-z]+)(?: (?P<properties>[^\r\n]*?))?::(?P<message>[^\r\n]*)")
#: What stands for what; the percent sign comes last, as its escape may be part of the text.
_OF_MESSAGES = {"%0D": "\r", "%0A": "\n", "%25": "%"}
_OF_PROPERTIES = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}


class _Annotation(NamedTuple):
    name: str
    properties: dict[str, str]
    message: str


def _plain(text: str, escapes: dict[str, str]) -> str:
    for escape, meant in escapes.items():
        text = text.replace(escape, meant)
    return text


def _annotations(text: str) -> list[_Annotation]:
    """Read the commands in an output as the runner does: a line each; others are the log's."""
    found = []
    for line in text.splitlines():
        if match := _COMMAND.fullmatch(line):
            pairs = (pair.partition("=") for pair in (match["properties"] or "").split(",") if pair)
            properties = {name: _plain(value, _OF_PROPERTIES) for name, _, value in pairs}
            message = _plain(match["message"], _OF_MESSAGES)
            found.append(_Annotation(match["name"], properties, message))
    return found


def test_outcomes_of_every_kind(written: Any, outcomes: list[Outcome]) -> None:
    """Each finding is an annotation at its place; the log ends in the summary."""
    text = written("github", outcomes, Options(noun="case"))
    annotations = _annotations(text)
    assert [each.name for each in annotations] == [
        "error",
        "error",
        "error",
        "warning",
        "notice",
        "error",
    ]
    assert annotations[0].properties == {
        "file": "folder/na me,50%:é\\udcff.ndjson",
        "line": "3",
        "col": "7",
        "title": "type",
    }
    *lines, summary = text.splitlines()
    assert len(lines) == len(annotations)
    assert summary == "6 cases: 1 as expected, 3 not, 2 without a verdict"


def test_a_message_stays_what_it_is(written: Any, outcomes: list[Outcome]) -> None:
    """Whatever a message holds, it ends no command and begins none."""
    first, _, case, *_ = _annotations(written("github", outcomes))
    hard = "a \"<&>' \\x1b[0m 100%\\r\\n::error::x, y: z 😀 \\udcff \\ufffe"
    assert first.message == f"at /a: {hard} [type of iglu:com.acme/user/jsonschema/1-0-0]"
    assert case.properties["title"] == f"{hard}: ExpectedValid"
    assert case.message == "is not; look here"


@pytest.mark.parametrize("text", ["%0A", "%250A", "%2C", "100%", "::", "a,b=c"])
def test_escapes(written: Any, text: str) -> None:
    """What looks like an escape is read as it was written."""
    finding = Finding(file=text, line=1, column=1, rule=text, message=text)
    outcome = Outcome(file=text, status="invalid", findings=(finding,))
    (told,) = _annotations(written("github", [outcome]))
    assert told.message == told.properties["title"] == told.properties["file"] == text


def test_standard_input_is_no_file(written: Any, outcomes: list[Outcome]) -> None:
    """An annotation of what is no file names none."""
    last = _annotations(written("github", outcomes))[-1]
    assert last.properties == {"line": "1", "col": "1", "title": "UnreadableFile"}


def test_a_file_is_named_from_the_root_of_the_repository(
    written: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GitHub shows an annotation only at a file that it knows by that name."""
    monkeypatch.chdir(tmp_path)
    file = str(tmp_path / "folder" / "x.json")
    finding = Finding(file=file, line=1, column=1, rule="Odd", message="is odd")
    (told,) = _annotations(
        written("github", [Outcome(file=file, status="invalid", findings=(finding,))])
    )
    assert told.properties["file"] == "folder/x.json"
