"""A suite's file to its cases; or to what is wrong with the file, each with line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import attrs

from validator import scanner
from validator.errors import InvalidIgluUri
from validator.iglu import SchemaKey
from validator.limits import Limits
from validator.reporting.checked import Checked, Source
from validator.reporting.findings import Finding, Outcome
from validator.results import JSON, Violation
from validator.suites import spans
from validator.validation import Validator

__all__ = ["LIMITS", "Case", "Expected", "Suite", "is_version", "read_suite"]

_SUITE = "iglu:org.eventpayload/suite/jsonschema/1-0-0"
#: Those of the data of a case; a name that stands twice is a mistake worth hearing of.
LIMITS = Limits(duplicate_keys=False)
#: What the data of a case is nested in, and room for a case of what is too deep.
_LEVELS = 20
_OF_SUITES = attrs.evolve(LIMITS, bytes=20 * LIMITS.bytes, depth=LIMITS.depth + _LEVELS)
#: Whether a text is written as the version of a schema is.
is_version = re.compile(r"[0-9]+-[0-9]+-[0-9]+").fullmatch


@attrs.frozen
class Expected:
    """A violation that a case is to have."""

    keyword: str | None
    instance_location: str
    #: None where any will do.
    keyword_location: str | None = None
    #: Likewise.
    code: str | None = None

    def fits(self, violation: Violation) -> bool:
        """Whether a violation is this one."""
        return (
            self.keyword == violation.keyword
            and self.instance_location == violation.instance_location
            and self.keyword_location in {None, violation.keyword_location}
            and self.code in {None, violation.code}
        )


@attrs.frozen
class Case:
    """One document, and what the schema is to say of it."""

    #: Its place in the suite, from 0.
    index: int
    description: str
    data: JSON = attrs.field(repr=False)
    valid: bool
    #: All that is wrong with it; nothing where it is valid, or anything may be wrong.
    expected: tuple[Expected, ...]
    #: The line of the file in which it begins, from 1.
    line: int
    #: The index in the file's text at which it begins.
    start: int


@attrs.frozen
class Suite:
    """Cases of what a schema takes and what it refuses."""

    #: The file's name as it was given.
    file: str
    key: SchemaKey
    cases: tuple[Case, ...]
    #: What is in the file.
    text: str = attrs.field(repr=False)

    def finding(self, rule: str, message: str, *path: str | int, excerpts: bool = False) -> Finding:
        """Make a finding at a value of the file."""
        start = scanner.locate(self.text, [path])[path].start
        return Source(self.file, 1, self.text, excerpts=excerpts).finding(rule, message, start)

    def source(self, case: Case, *, excerpts: bool) -> Source:
        """Give what the findings of a case are placed in: its data, in the file."""
        members = {each.name: each.value for each in spans.members(self.text, case.start)}
        return Source(self.file, 1, self.text, members["data"].start, excerpts=excerpts)


def read_suite(file: str, *, excerpts: bool = False) -> Suite | Outcome:
    """Read a suite; what is wrong with the file is an outcome of its own.

    :param excerpts: whether the findings of that show the lines that they are in.
    """
    try:
        with Path(file).open("rb") as stream:
            raw = stream.read(_OF_SUITES.bytes + 1)
    except OSError as error:
        message = f"{file} can't be read: {error.strerror}"
        finding = Finding(file=file, line=1, column=1, rule="UnreadableFile", message=message)
        return Outcome(file=file, status="unresolved", findings=(finding,))
    result = _validator().validate(raw, _SUITE)
    if not result:
        return Checked(file, 1, raw, result).outcome(excerpts=excerpts)
    try:
        suite = _suite(file, raw.decode(), result.payload)
    except InvalidIgluUri as error:  # of a version that is too great
        violation = Violation(code="NotIglu", message=str(error), instance_location="/schema")
        result = attrs.evolve(result, violations=(violation,))
        return Checked(file, 1, raw, result).outcome(excerpts=excerpts)
    wrong = (*_misplaced(suite, excerpts=excerpts), *_repeated(suite, excerpts=excerpts))
    if wrong:
        return Outcome(file=file, status="invalid", findings=wrong)
    return suite


@cache
def _validator() -> Validator:
    """Give what judges suites themselves, by the packaged schema."""
    return Validator(limits=_OF_SUITES)


def _suite(file: str, text: str, document: JSON) -> Suite:
    begins = text.index("{")
    tests = next(each for each in spans.members(text, begins) if each.name == "tests")
    starts = [each.start for each in spans.items(text, tests.value.start)]
    between = (text.count("\n", before, after) for before, after in pairwise([0, *starts]))
    cases: list[Case] = []
    line = 1
    for start, lines, case in zip(starts, between, document["tests"], strict=True):
        line += lines
        expected = tuple(Expected(**each) for each in case.get("violations", ()))
        cases.append(
            Case(
                index=len(cases),
                description=case["description"],
                data=case["data"],
                valid=case["valid"],
                expected=expected,
                line=line,
                start=start,
            )
        )
    return Suite(file, SchemaKey.parse(document["schema"]), tuple(cases), text)


def _misplaced(suite: Suite, *, excerpts: bool) -> Iterator[Finding]:
    """Tell of a suite that lies where that of another schema would: a copy, most likely."""
    path, key = Path(suite.file).absolute(), suite.key
    own = (key.vendor, key.name, f"{key.version}.json")
    if is_version(path.stem) and path.parts[-3:] != own:
        message = (
            f"a suite of {key} is called {'/'.join(own)}; move it, or correct the schema it names"
        )
        yield suite.finding("MisplacedSuite", message, "schema", excerpts=excerpts)


def _repeated(suite: Suite, *, excerpts: bool) -> Iterator[Finding]:
    """Tell of cases that have the description of another: it is the name of the case."""
    first: dict[str, Case] = {}
    for case in suite.cases:
        other = first.setdefault(case.description, case)
        if other is not case:
            message = f"the case in line {other.line} has the same description; tell them apart"
            path = ("tests", case.index, "description")
            yield suite.finding("RepeatedDescription", message, *path, excerpts=excerpts)
