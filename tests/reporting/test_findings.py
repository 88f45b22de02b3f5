"""What reports tell."""

import pytest

from validator import Result, SchemaKey, Violation
from validator.reporting import Finding, Outcome, Summary
from validator.reporting.findings import Status

USER = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-0")
WRONG = Violation(code="ValidationError", message="is wrong", keyword="type", schema=USER)

VALID = Result(payload={})
INVALID = Result(payload={}, violations=(WRONG,))
UNRESOLVED = Result(violations=INVALID.violations, unresolved=("iglu:a/b/jsonschema/1-0-0",))


def _finding(rule: str, violation: Violation | None = None) -> Finding:
    return Finding(file="x", line=1, column=1, rule=rule, message="", violation=violation)


@pytest.mark.parametrize(
    ("results", "code"),
    [([], 0), ([VALID], 0), ([VALID, INVALID], 1), ([UNRESOLVED, INVALID, VALID], 3)],
)
def test_the_highest_code_counts(results: list[Result], code: int) -> None:
    """Each document has one outcome, and the worst is the command's."""
    summary = Summary()
    for result in results:
        summary.count(result)
    assert (summary.documents, summary.exit_code) == (len(results), code)


def test_rules_are_counted() -> None:
    """A summary counts outcomes, and the findings of each rule of each schema."""
    summary = Summary()
    wrong = _finding("type", WRONG)
    statuses: list[Status] = ["valid", "invalid", "unresolved"]
    for status in statuses:
        findings = () if status == "valid" else (wrong, _finding("ExpectedValid"))
        summary.add(Outcome(file="x", status=status, findings=findings))
    assert (summary.valid, summary.invalid, summary.unresolved) == (1, 1, 1)
    assert summary.rules == {(str(USER), "type"): 2, (None, "ExpectedValid"): 2}


@pytest.mark.parametrize(
    ("finding", "code", "schema"),
    [
        (_finding("type", WRONG), "ValidationError", str(USER)),
        (_finding("NotJSON", Violation(code="NotJSON", message="")), "NotJSON", None),
        (_finding("OtherViolation", WRONG), "OtherViolation", str(USER)),
        (_finding("ExpectedValid"), "ExpectedValid", None),
    ],
    ids=["keyword", "code", "other", "none"],
)
def test_the_code_of_a_finding(finding: Finding, code: str, schema: str | None) -> None:
    """It is that of the violation, unless the finding tells of something else."""
    assert (finding.code, finding.schema) == (code, schema)


@pytest.mark.parametrize("truncated", [True, False])
def test_a_note_follows_the_findings(*, truncated: bool) -> None:
    """Where there may be more violations, a note says so."""
    wrong = _finding("type", WRONG)
    outcome = Outcome(file="x", line=7, status="invalid", findings=(wrong,), truncated=truncated)
    first, *notes = outcome.told()
    assert first == wrong
    assert [(each.level, each.rule, each.line) for each in notes] == [
        ("note", "Truncated", 7)
    ] * truncated
