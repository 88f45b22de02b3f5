"""Reports for people."""

from typing import Any

import pytest

from validator import Result, SchemaKey, Violation
from validator.reporting import Excerpt, Finding, Options, Outcome
from validator.results import EventResult

_USER = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-0")
_WRONG = Violation(
    code="ValidationError",
    message="is wrong",
    keyword="type",
    instance_location="/a",
    schema=_USER,
)
_LINE = Excerpt("{", 0)


def _finding(line: int = 1, column: int = 1, **more: Any) -> Finding:
    told = {"rule": "type", "message": "is wrong", "violation": _WRONG, **more}
    return Finding(file="x.json", line=line, column=column, **told)


def _outcome(*findings: Finding, **more: Any) -> Outcome:
    return Outcome(file="x.json", status="invalid", findings=findings, **more)


def test_findings_in_their_order(written: Any) -> None:
    """Findings come as their places do, each with its line; the summary is the last line."""
    text = written(
        "text",
        [
            _outcome(
                _finding(12, 5, excerpt=Excerpt('"a": 1', 5)),
                _finding(2, 3, hint="look here", excerpt=_LINE),
            )
        ],
    )
    told = f"ValidationError at /a: is wrong [type of {_USER}]"
    assert text.splitlines() == [
        f"x.json:2:3: error {told}; look here",
        "    2 | {",
        "      | ^",
        f"x.json:12:5: error {told}",
        '   12 | "a": 1',
        "      |      ^",
        f"      2 x type of {_USER}",
        "1 document: 0 valid, 1 invalid",
    ]


def test_findings_of_one_place_share_its_line(written: Any) -> None:
    """The line is shown once, below what is told of it."""
    text = written("text", [_outcome(*[_finding(excerpt=_LINE)] * 3)])
    assert [line[:8] for line in text.splitlines()[:5]] == ["x.json:1"] * 3 + [
        "    1 | ",
        "      | ",
    ]


def test_a_case(written: Any) -> None:
    """A case is told by its name, and a finding that is no violation by its rule."""
    text = written(
        "text",
        [
            _outcome(_finding(rule="ExpectedInvalid", violation=None), name="no\n plan"),
            _outcome(_finding(level="warning", rule="OtherViolation"), name="a plan"),
        ],
        Options(noun="case"),
    )
    assert text.splitlines()[:2] == [
        'x.json:1:1: error ExpectedInvalid: is wrong (case "no\\n plan")',
        'x.json:1:1: warning OtherViolation: is wrong (case "a plan")',
    ]
    assert text.endswith("2 cases: 0 as expected, 2 not\n")


def test_a_note_comes_last(written: Any) -> None:
    """That there may be more violations is told after those that are listed."""
    text = written("text", [_outcome(_finding(7, 7), truncated=True)])
    assert text.splitlines()[1] == "x.json:1:1: note Truncated: there may be more violations"


def test_a_file_that_can_not_be_read(written: Any) -> None:
    """Its name is printable."""
    gone = Finding(file="gone\n.json", line=1, column=1, rule="UnreadableFile", message="is gone")
    outcome = Outcome(file="gone\n.json", status="unresolved", findings=(gone,))
    assert written("text", [outcome]).splitlines() == [
        r"gone\n.json:1:1: error UnreadableFile: is gone",
        "1 document: 0 valid, 0 invalid, 1 without a verdict",
    ]


@pytest.mark.parametrize("excerpt", [None, _LINE])
def test_a_screenful_a_file(written: Any, excerpt: Excerpt | None) -> None:
    """Of each file some 40 lines are told, and how many findings that leaves out."""
    findings = [_finding(line, excerpt=excerpt) for line in range(1, 101)]
    other = Finding(file="y.json", line=1, column=1, rule="Odd", message="is odd")
    outcomes = [
        _outcome(*findings[:50]),
        _outcome(*findings[50:], truncated=True),
        Outcome(file="y.json", status="invalid", findings=(other,)),
    ]
    lines = written("text", outcomes).splitlines()
    told = 40 if excerpt is None else 14
    of_x = [line for line in lines if line.startswith("x.json:")]
    assert of_x[-1] == f"x.json: and {101 - told} more; --all shows them"
    assert len(of_x) == told + 1
    assert lines.index(of_x[-1]) <= 42
    assert "y.json:1:1: error Odd: is odd" in lines
    whole = written("text", outcomes, Options(all=True))
    assert sum(line.startswith("x.json:") for line in whole.splitlines()) == 101
    assert "--all" not in whole


def test_the_rules_that_are_broken_most(written: Any) -> None:
    """Rules are counted, the first ten by name, where one is broken twice."""
    findings = [
        _finding(rule=f"R{number:02}", violation=None)
        for number in range(12)
        for _ in range(number + 1)
    ]
    few = written("text", [_outcome(_finding(rule="a"), _finding(rule="b"))])
    assert " x " not in few
    *_, tenth, rest, summary = written("text", [_outcome(*findings)]).splitlines()
    assert (tenth, rest) == ("      3 x R02", "      3 x other rules")
    assert summary == "1 document: 0 valid, 1 invalid"


def test_the_events_of_batches(written: Any) -> None:
    """Where a request holds several events, they are counted too."""
    entries = (EventResult(), EventResult(violations=(_WRONG,)))
    batch = Outcome(file="x", status="invalid", result=Result(entries=entries))
    single = Outcome(file="x", status="valid", result=Result(entries=entries[:1]))
    assert written("text", [single]) == "1 document: 1 valid, 0 invalid\n"
    assert written("text", [single, batch]) == (
        "2 documents: 1 valid, 1 invalid; 3 events: 2 valid, 1 invalid\n"
    )


def test_a_problem_of_a_schema(written: Any) -> None:
    """What is wrong with a schema is told with its rule, its place in the schema, and the hint."""
    finding = _finding(
        2,
        3,
        level="warning",
        rule="numericMinMax",
        violation=None,
        location="/a",
        hint="write both",
    )
    text = written("text", [Outcome(file="x.json", status="valid", findings=(finding,))])
    first, *_ = text.splitlines()
    assert first == "x.json:2:3: warning numericMinMax at /a: is wrong; write both"
