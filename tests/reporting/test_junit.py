"""JUnit's XML, as a parser that others wrote reads it."""

from typing import Any
from xml.etree import ElementTree as ET

import junitparser
import pytest

from validator.reporting import Options, Outcome, junit


def _parsed(text: str) -> junitparser.JUnitXml:
    parsed = junitparser.JUnitXml.fromstring(text.encode())
    assert isinstance(parsed, junitparser.JUnitXml)
    return parsed


def _counts(suite: Any) -> tuple[int, int, int, int]:
    return suite.tests, suite.failures, suite.errors, suite.skipped


def test_outcomes_of_every_kind(written: Any, outcomes: list[Outcome]) -> None:
    """A file is a suite, a document a case: a failure where it is wrong, else an error."""
    parsed = _parsed(written("junit", outcomes, Options(command="test")))
    suites = list(parsed)
    assert parsed.name == "validator test"
    assert [suite.name for suite in suites] == ["folder/na me,50%:é\\udcff.ndjson", "b.json", "-"]
    assert [_counts(suite) for suite in suites] == [(3, 2, 0, 0), (1, 1, 0, 0), (2, 0, 2, 0)]
    cases = [case for suite in suites for case in suite]
    kinds = [[type(each) for each in case.result] for case in cases]
    failure, error = junitparser.Failure, junitparser.Error
    assert kinds == [[], [failure], [failure], [failure], [error], [error]]
    assert [case.name for case in cases[:2]] == ["line 2", "line 3"]
    assert cases[2].name.startswith("a \"<&>' \\x1b[0m 100%\\r\\n::error::x, y: z 😀 \\udcff")
    assert (cases[2].time, suites[0].time) == (0.25, 0.25)
    assert {case.classname for case in suites[0]} == {suites[0].name}


def test_the_counts_are_those_that_the_parser_finds(written: Any, outcomes: list[Outcome]) -> None:
    """What the suites say of themselves is what the parser counts in them."""
    parsed = _parsed(written("junit", outcomes))
    told = [_counts(suite) for suite in parsed]
    for suite in parsed:
        suite.update_statistics()
    assert [_counts(suite) for suite in parsed] == told


def test_what_is_wrong(written: Any, outcomes: list[Outcome]) -> None:
    """The first finding is the message, all of them are the text, each with its place."""
    cases = [case for suite in _parsed(written("junit", outcomes)) for case in suite]
    (failure,) = cases[1].result
    assert failure.type == "type"
    assert failure.message.startswith("a \"<&>' \\x1b[0m 100%\\r\\n::error::x")
    assert failure.message.endswith(" (and 1 more)")
    assert [line[:41] for line in failure.text.splitlines()] == [
        "folder/na me,50%:é\\udcff.ndjson:3:7: Vali"
    ] * 2
    (truncated,) = cases[3].result
    assert truncated.text.splitlines() == [
        "b.json:1:2: Odd: is odd",
        "b.json:1:1: Truncated: there may be more violations",
    ]
    (nothing,) = cases[5].result
    assert (nothing.message, nothing.text) == (None, None)


def test_many_documents_of_one_file(written: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of more than are held at once becomes several suites, and nothing is lost."""
    monkeypatch.setattr(junit, "_MOST_CASES", 3)
    lines = [Outcome(file="x.ndjson", line=line, status="valid") for line in range(1, 8)]
    suites = list(_parsed(written("junit", lines)))
    assert [(suite.name, suite.tests) for suite in suites] == [
        ("x.ndjson", 3),
        ("x.ndjson", 3),
        ("x.ndjson", 1),
    ]
    assert [case.name for suite in suites for case in suite] == [f"line {n}" for n in range(1, 8)]


def test_no_outcomes(written: Any) -> None:
    """Of no documents there are no suites."""
    assert list(_parsed(written("junit", []))) == []


def test_it_is_xml(written: Any, outcomes: list[Outcome]) -> None:
    """The text says its encoding, and holds nothing that XML can't."""
    text = written("junit", outcomes)
    assert ET.fromstring(text.encode()).tag == "testsuites"
