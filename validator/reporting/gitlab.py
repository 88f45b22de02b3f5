"""For GitLab: a report of Code Quality, a list of issues."""

from __future__ import annotations

import hashlib

import orjson

from validator.reporting.findings import Finding, Outcome, Summary
from validator.reporting.options import Options
from validator.reporting.paths import relative
from validator.reporting.printing import Write, writable
from validator.reporting.words import sentence
from validator.results import JSON

__all__ = ["GitLabReport"]

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


class GitLabReport:
    """One array, an issue a line in it."""

    def __init__(self, write: Write, _: Options) -> None:
        self._write = write
        self._before = "["

    def add(self, outcome: Outcome) -> None:
        """Tell each finding as an issue."""
        seen: dict[tuple[str | int, ...], int] = {}
        for finding in outcome.told():
            identity = _identity(outcome, finding)
            seen[identity] = seen.get(identity, 0) + 1
            issue = _issue(finding, _fingerprint((*identity, seen[identity])))
            self._write([(self._before, ""), (orjson.dumps(issue).decode(), "")])
            self._before = ","

    def close(self, _: Summary) -> None:
        """Close the array; there is no place for a summary in it."""
        self._write([("[]" if self._before == "[" else "]", "")])


def _issue(finding: Finding, fingerprint: str) -> dict[str, JSON]:
    """Give the fields that GitLab asks for."""
    return {
        "description": writable(sentence(finding)),
        "check_name": writable(finding.rule),
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.level],
        "location": {
            "path": writable(relative(finding.file)),
            "lines": {"begin": finding.line},
        },
    }


def _identity(outcome: Outcome, finding: Finding) -> tuple[str | int, ...]:
    """Give what a finding is known by from one report to the next.

    That is what is wrong and where in the document, not in which line of it: what moves stays the
    same.
    """
    violation = finding.violation
    places: tuple[str, ...] = (finding.location,) if finding.location else ()
    if violation is not None:
        places = (
            violation.instance_location,
            violation.decoded_location or "",
            violation.keyword_location or "",
        )
    document = outcome.name or outcome.line
    # A message of the text itself may name a line.
    text = finding.message if violation is None or violation.position is None else ""
    return (relative(outcome.file), document, finding.rule, finding.schema or "", *places, text)


def _fingerprint(identity: tuple[str | int, ...]) -> str:
    """Give a digest of what a finding is known by."""
    told = orjson.dumps([writable(str(each)) for each in identity])
    return hashlib.sha256(told).hexdigest()
