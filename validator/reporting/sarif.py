"""For code scanning: a log of SARIF 2.1.0, a result a finding."""

from __future__ import annotations

import orjson

from validator.about import VERSION
from validator.reporting.findings import Finding, Outcome, Summary
from validator.reporting.options import Options
from validator.reporting.paths import as_uri
from validator.reporting.printing import Write, writable
from validator.reporting.words import STDIN, sentence
from validator.results import JSON

__all__ = ["SARIFReport"]

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_BEGIN = f'{{"$schema":"{_SCHEMA}","version":"2.1.0","runs":[{{"columnKind":"unicodeCodePoints",'


class SARIFReport:
    """A run: its results, a line each; then the rules that they break."""

    def __init__(self, write: Write, options: Options) -> None:
        self._write = write
        self._command = options.command
        self._page = options.page
        self._pages = options.pages
        self._before = f'{_BEGIN}"results":[\n'
        #: The rules, in the order in which they were broken first, with their descriptions.
        self._rules: dict[str, dict[str, JSON]] = {}
        self._indices: dict[str, int] = {}

    def add(self, outcome: Outcome) -> None:
        """Tell each finding as a result."""
        for finding in outcome.told():
            told = orjson.dumps(_result(outcome, finding, self._index_of(finding))).decode()
            self._write([(self._before, ""), (told, "")])
            self._before = ","

    def _index_of(self, finding: Finding) -> int:
        """Give the index of the rule that is broken, among those that were broken so far."""
        if finding.rule not in self._rules:
            self._indices[finding.rule] = len(self._rules)
            page = self._pages.get(finding.rule, self._page)
            self._rules[finding.rule] = _rule(finding, page)
        return self._indices[finding.rule]

    def close(self, summary: Summary) -> None:
        """Tell the rules, the tool, and that it did its work."""
        before = self._before if self._before != "," else ""
        driver = {
            "name": "validator",
            "fullName": f"event-payload-validator {self._command}",
            "version": VERSION,
            "rules": list(self._rules.values()),
        }
        invocation = {"executionSuccessful": True, "exitCode": summary.exit_code}
        end = {"tool": {"driver": driver}, "invocations": [invocation]}
        self._write([(before, ""), ("],", ""), (orjson.dumps(end).decode()[1:], ""), ("]}", "")])


def _result(outcome: Outcome, finding: Finding, index: int) -> dict[str, JSON]:
    """Give a finding as a result."""
    place = {
        "artifactLocation": {"uri": "stdin" if finding.file == STDIN else as_uri(finding.file)},
        "region": {"startLine": finding.line, "startColumn": finding.column},
    }
    location: dict[str, JSON] = {"physicalLocation": place}
    logical = [{"fullyQualifiedName": writable(name)} for name in _names(outcome, finding)]
    if logical:
        location["logicalLocations"] = logical
    return {
        "ruleId": writable(finding.rule),
        "ruleIndex": index,
        "level": finding.level,
        "message": {"text": writable(sentence(finding))},
        "locations": [location],
    }


def _names(outcome: Outcome, finding: Finding) -> list[str]:
    """Give the case, and the JSON Pointer of the value, as far as they say anything."""
    violation = finding.violation
    pointer = finding.location if violation is None else violation.instance_location
    return [name for name in (outcome.name, pointer) if name]


def _rule(finding: Finding, page: str) -> dict[str, JSON]:
    """Describe the rule that is broken: a keyword of JSON Schema, or what a page explains."""
    text = f"{finding.rule}: {page} of event-payload-validator has what it means."
    if finding.rule != finding.code:
        text = f"The keyword {finding.rule} of a JSON Schema is not met."
    told = {"text": writable(text)}
    return {"id": writable(finding.rule), "shortDescription": told, "help": told}
