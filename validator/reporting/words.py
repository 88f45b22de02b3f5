"""What several formats say in the same words."""

from __future__ import annotations

from validator.reporting.findings import Finding, Summary
from validator.reporting.printing import place_of, rule_of

__all__ = ["STDIN", "count_of", "outcome_of", "sentence"]

#: What standard input is called, in the place of a file.
STDIN = "-"


def sentence(finding: Finding) -> str:
    """Tell a finding: `at /place, within it /place: message [keyword of schema]; hint`."""
    told, violation = finding.message, finding.violation
    if finding.location:
        told = f"at {finding.location}: {told}"
    if violation is not None and finding.code == violation.code:
        place, rule = place_of(violation), rule_of(violation)
        told = f"{place}{place and ': '}{told}{rule and f' [{rule}]'}"
    return told if finding.hint is None else f"{told}; {finding.hint}"


def count_of(summary: Summary, noun: str) -> str:
    """Tell how many there are."""
    return f"{summary.documents:,} {noun}{'' if summary.documents == 1 else 's'}"


def outcome_of(summary: Summary, noun: str = "document") -> str:
    """Tell how many had which outcome; a case is valid or not, but as expected, or not."""
    good, bad = ("as expected", "not") if noun == "case" else ("valid", "invalid")
    outcome = f"{summary.valid:,} {good}, {summary.invalid:,} {bad}"
    if summary.unresolved:
        outcome += f", {summary.unresolved:,} without a verdict"
    return outcome
