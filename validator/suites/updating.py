"""Expectations rewritten as a schema has it now; of the file, nothing else changes."""

from __future__ import annotations

import json

import attrs

from validator.results import JSON, Result, Violation
from validator.suites import spans
from validator.suites.reading import Case, Suite
from validator.suites.running import as_expected

__all__ = ["Updated", "updated"]

#: A line of the file that would be longer gets a violation a line.
_LINE = 100


@attrs.frozen
class _Edit:
    """A piece of the text that is replaced."""

    start: int
    end: int
    text: str


@attrs.frozen
class Updated:
    """What became of a suite."""

    text: str
    #: The cases that stay as they were: more may be wrong with them than is listed.
    left: tuple[Case, ...]


def updated(suite: Suite, results: list[Result]) -> Updated:
    """Give a suite in which every case expects what was found, if all of that is known.

    Only the `valid` and `violations` of cases that expect something else are written anew.
    """
    edits: list[_Edit] = []
    left: list[Case] = []
    for case, result in zip(suite.cases, results, strict=True):
        if as_expected(case, result):
            continue
        if result.truncated:
            left.append(case)
        else:
            edits += _edits(suite.text, case, result)
    text = suite.text
    for edit in reversed(edits):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return Updated(text, tuple(left))


def _edits(text: str, case: Case, result: Result) -> list[_Edit]:
    """Give the edits that one case needs, in the order of the text."""
    members = list(spans.members(text, case.start))
    names = [each.name for each in members]
    verdict = members[names.index("valid")]
    edits = [_Edit(verdict.value.start, verdict.value.end, "true" if result else "false")]
    if "violations" in names:
        index = names.index("violations")
        edits.append(_rewritten(text, members, index, case, result))
    elif not result:
        before = _blank_before(text, verdict.start)
        told = _written(before, case, result)
        edits.append(_Edit(verdict.value.end, verdict.value.end, f",{before}{told}"))
    return sorted(edits, key=lambda each: each.start)


def _rewritten(
    text: str, members: list[spans.Member], index: int, case: Case, result: Result
) -> _Edit:
    """Write the violations anew; of a case that is valid, take the member away."""
    member = members[index]
    if not result:
        before = _blank_before(text, member.start)
        return _Edit(member.start, member.value.end, _written(before, case, result))
    if index:
        return _Edit(members[index - 1].value.end, member.value.end, "")
    return _Edit(member.start, members[1].start, "")


def _blank_before(text: str, start: int) -> str:
    """Give the white space before a place."""
    before = text[:start]
    return before[len(before.rstrip(" \t\r\n")) :]


def _written(before: str, case: Case, result: Result) -> str:
    """Write the member `violations`: on one line, or where that is long, a line a violation."""
    told = [json.dumps(_told(each, case), ensure_ascii=False) for each in result]
    line = f'"violations": [{", ".join(told)}]'
    indent = before.rpartition("\n")[2]
    if len(indent) + len(line) <= _LINE or "\n" not in before:
        return line
    within = f"{before}  "
    return f'"violations": [{within}{f",{within}".join(told)}{before}]'


def _told(violation: Violation, case: Case) -> dict[str, JSON]:
    """Tell a violation as the case tells others: with as much of it as those have."""
    told: dict[str, JSON] = {
        "keyword": violation.keyword,
        "instance_location": violation.instance_location,
    }
    if any(each.keyword_location is not None for each in case.expected):
        told["keyword_location"] = violation.keyword_location
    if violation.keyword is None or any(each.code is not None for each in case.expected):
        told["code"] = violation.code
    return told
