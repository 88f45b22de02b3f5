"""Outcomes as JSON: what `json` and `ndjson` tell of each."""

from __future__ import annotations

from validator.errors import InvalidIgluUri
from validator.iglu import SchemaKey
from validator.reporting.findings import Finding, Outcome, Summary
from validator.reporting.printing import writable
from validator.results import JSON, Result

__all__ = ["counts", "entry"]

#: The code of what is wrong with a schema itself.
_PROBLEM = "SchemaProblem"
#: What is told of a finding that was made of no violation.
_NO_VIOLATION: dict[str, JSON] = {
    "keyword": None,
    "instance_location": "",
    "keyword_location": None,
    "schema": None,
}


def entry(outcome: Outcome) -> dict[str, JSON]:
    """Give an outcome as an item of `results` of `iglu:org.eventpayload/check_report`."""
    result = Result() if outcome.result is None else outcome.result
    report = result.to_dict()
    report["valid"] = outcome.status == "valid"
    report["violations"] = [_violation(finding) for finding in outcome.findings]
    report["truncated"] = outcome.truncated
    report["unresolved"] = [name for name in report["unresolved"] if _is_uri(name)]
    source = {"file": writable(outcome.file), "line": outcome.line}
    case = {"case": writable(outcome.name)} if outcome.name else {}
    return {"source": source, **case, **report, **_events(result)}


def _violation(finding: Finding) -> dict[str, JSON]:
    """Give a finding as a violation: its fields, how bad it is, and where it is in the file."""
    violation = _NO_VIOLATION if finding.violation is None else finding.violation.to_dict()
    code = {"code": finding.code}
    if finding.code[:1].islower():  # the rule of a schema
        at = writable(finding.location)
        code = {"code": _PROBLEM, "rule": finding.rule, "instance_location": at}
    level = {"level": finding.level} if finding.level != "error" else {}
    hint = {} if finding.hint is None else {"hint": writable(finding.hint)}
    return {
        **violation,
        **code,
        "message": writable(finding.message),
        **level,
        **hint,
        "position": {"line": finding.line, "column": finding.column},
    }


def _events(result: Result) -> dict[str, dict[str, int]]:
    """Give the counts of the events of a request, by the name that they have in the report."""
    if not result.entries:
        return {}
    events = Summary()
    for each in result.entries:
        events.count(each)
    told = counts(events)
    del told["documents"]
    return {"events": told}


def counts(summary: Summary) -> dict[str, int]:
    """Give the counts of a summary."""
    return {
        "documents": summary.documents,
        "valid": summary.valid,
        "invalid": summary.invalid,
        "unresolved": summary.unresolved,
    }


def _is_uri(name: str) -> bool:
    """Whether a thing without a verdict is a schema; a whole document may lack one, too."""
    try:
        SchemaKey.parse(name)
    except InvalidIgluUri:
        return False
    return True
