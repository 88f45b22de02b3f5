"""GitLab's Code Quality, by the fields that its documentation asks for."""

import json
from typing import Any

import jsonschema_rs
import pytest

from validator import Position, Violation
from validator.reporting import Finding, Outcome

#: What GitLab's documentation says of a report, "Code Quality report format".
_DOCUMENTED = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "not": {"pattern": "^\\./"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def _issues(text: str) -> Any:
    """Read a report; GitLab takes no byte order mark, and knows an issue by its fingerprint."""
    issues = json.loads(text)
    assert not text.startswith("\ufeff")
    assert list(jsonschema_rs.Draft7Validator(_DOCUMENTED).iter_errors(issues)) == []
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    return issues


def test_outcomes_of_every_kind(written: Any, outcomes: list[Outcome]) -> None:
    """A finding is an issue; two that are the same but for their order have two fingerprints."""
    issues = _issues(written("gitlab", outcomes))
    assert [issue["check_name"] for issue in issues] == [
        "type",
        "type",
        "ExpectedValid",
        "Odd",
        "Truncated",
        "UnreadableFile",
    ]
    assert [issue["severity"] for issue in issues] == [
        "major",
        "major",
        "major",
        "minor",
        "info",
        "major",
    ]
    assert issues[0]["location"] == {
        "path": "folder/na me,50%:é\\udcff.ndjson",
        "lines": {"begin": 3},
    }


def test_no_outcomes(written: Any) -> None:
    """Of no documents there are no issues."""
    assert _issues(written("gitlab", [])) == []


def _fingerprint(written: Any, document: int = 1, **more: Any) -> str:
    violation = Violation(
        code="NotJSON",
        message=more.get("message", "is wrong"),
        instance_location=more.get("at", "/a"),
        position=more.get("position"),
    )
    finding = Finding(
        file=more.get("file", "x.json"),
        line=more.get("line", 1),
        column=1,
        rule=more.get("rule", "NotJSON"),
        message=violation.message,
        violation=violation,
    )
    case = more.get("case", "")
    outcome = Outcome(
        file=finding.file, line=document, name=case, status="invalid", findings=(finding,)
    )
    (issue,) = _issues(written("gitlab", [outcome]))
    return str(issue["fingerprint"])


_SAME: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"file": "x.json"}, {"file": "./x.json"}),
    ({"line": 1}, {"line": 9}),
    ({"case": "a plan", "document": 2}, {"case": "a plan", "document": 12}),
    (
        {"position": Position(0, 1, 1), "message": "at line 1"},
        {"position": Position(1, 2, 1), "message": "at line 2"},
    ),
]
_OTHER: list[dict[str, Any]] = [
    {"file": "y.json"},
    {"rule": "Other"},
    {"at": "/b"},
    {"message": "is odd"},
    {"document": 2},
    {"case": "a plan"},
]


@pytest.mark.parametrize(("before", "after"), _SAME)
def test_a_finding_is_known_again(
    written: Any, before: dict[str, Any], after: dict[str, Any]
) -> None:
    """A finding that only moved to another line is the same one."""
    assert _fingerprint(written, **before) == _fingerprint(written, **after)


@pytest.mark.parametrize("other", _OTHER)
def test_another_finding_is_another(written: Any, other: dict[str, Any]) -> None:
    """A finding of another file, document, place or rule is not the same one."""
    assert _fingerprint(written) != _fingerprint(written, **other)


def test_problems_of_a_schema_are_told_apart(written: Any) -> None:
    """A rule that is broken at two places of a schema is two findings, whatever their lines."""
    findings = [
        Finding(file="x", line=line, column=1, rule="aRule", message="is odd", location=location)
        for line, location in ((1, "/a"), (2, "/a"), (3, "/b"))
    ]
    one, moved, other = (
        _issues(written("gitlab", [Outcome(file="x", status="invalid", findings=(each,))]))[0]
        for each in findings
    )
    assert one["fingerprint"] == moved["fingerprint"] != other["fingerprint"]
