"""Problems of a schema's file as findings: their places, and what becomes of the file."""

from typing import Any

import pytest

from validator import SchemaKey
from validator.problems import Problem
from validator.reporting.problems import outcome_of_file

USER = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-0")
TEXT = """{
  "self": {"version": "1-0-0"},
  "properties": {
    "a/b": {"enum": [1, {"x": null}]},
    "~": {"maxLenght": 5}
  }
}
"""


def _problem(location: str = "", **members: Any) -> Problem:
    told = {"rule": "aRule", "level": "error", "message": "is wrong", **members}
    return Problem(location=location, **told)


def _place(problem: Problem, raw: bytes | None = TEXT.encode()) -> tuple[int, int]:
    (finding,) = outcome_of_file("x", raw, [problem]).findings
    return finding.line, finding.column


@pytest.mark.parametrize(
    ("problem", "place"),
    [
        (_problem(), (1, 1)),
        (_problem("/self/version"), (2, 23)),
        (_problem("/properties/a~1b/enum/1/x"), (4, 31)),
        (_problem("/properties/a~1b/enum/7"), (4, 21)),
        (_problem("/properties/~0", member="maxLenght"), (5, 11)),
        (_problem("/properties/~0", member="gone"), (5, 10)),
        (_problem(member="self"), (2, 3)),
        (_problem("/not/there"), (1, 1)),
        (_problem(position=(3, 5)), (3, 5)),
    ],
)
def test_places(problem: Problem, place: tuple[int, int]) -> None:
    """A problem is where its value stands, or its name, or the nearest that there is."""
    assert _place(problem) == place


@pytest.mark.parametrize("raw", [None, b"{", b"\xff", b"[" * 1000 + b"]" * 1000, b""])
def test_places_in_what_is_no_json(raw: bytes | None) -> None:
    """In what can't be read, a problem is at the beginning, or where reading ended."""
    assert _place(_problem("/self/version"), raw) == (1, 1)
    assert _place(_problem("/self", member="version"), raw) == (1, 1)
    assert _place(_problem(position=(1, 2)), raw) == (1, 2)


def test_a_finding() -> None:
    """A finding has what the problem says; its hint goes on from the message."""
    problem = _problem("/self", level="warning", hint="Write both.")
    (finding,) = outcome_of_file("x", TEXT.encode(), [problem], excerpts=True).findings
    assert (finding.rule, finding.level, finding.message) == ("aRule", "warning", "is wrong")
    assert (finding.location, finding.hint) == ("/self", "write both")
    assert finding.excerpt is not None
    assert finding.excerpt.text == '  "self": {"version": "1-0-0"},'


@pytest.mark.parametrize(
    ("hint", "clause"),
    [("A name.", "a name"), ("URIs do.", "URIs do"), ("write it", "write it"), ("", "")],
)
def test_hints(hint: str, clause: str) -> None:
    """A sentence loses its capital and its full stop; a name in capitals stays."""
    (finding,) = outcome_of_file("x", None, [_problem(hint=hint)]).findings
    assert finding.hint == clause


@pytest.mark.parametrize(
    ("problems", "strict", "status"),
    [
        ([], False, "valid"),
        ([_problem(level="warning"), _problem(level="note")], False, "valid"),
        ([_problem(level="warning")], True, "invalid"),
        ([_problem(level="note")], True, "valid"),
        ([_problem(level="note"), _problem()], False, "invalid"),
        ([_problem(), _problem(rule="unreadable")], False, "unresolved"),
    ],
)
def test_status(problems: list[Problem], *, strict: bool, status: str) -> None:
    """An error makes a file invalid, a warning where that is wanted; unread, it has no verdict."""
    outcome = outcome_of_file("x", TEXT.encode(), problems, USER, strict=strict)
    assert (outcome.status, outcome.file, outcome.line) == (status, "x", 1)
    assert outcome.result is not None
    assert outcome.result.schema == USER
