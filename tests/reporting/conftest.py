"""What the tests of reports share: a way to write one, and outcomes to write."""

from collections.abc import Callable, Iterable

import pytest

from validator import Result, SchemaKey, Violation
from validator.reporting import FORMATS, Finding, Options, Outcome, Summary

#: Writes a report: a format and outcomes to the text.
Written = Callable[..., str]

USER = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-0")


@pytest.fixture(name="written")
def _written() -> Written:
    """Give what writes a report of outcomes, and its summary."""

    def _write(format_: str, outcomes: Iterable[Outcome], options: Options | None = None) -> str:
        lines: list[str] = []

        def write(pieces: Iterable[tuple[str, str]]) -> None:
            lines.append("".join(text for text, _ in pieces) + "\n")

        report, summary = FORMATS[format_](write, options or Options()), Summary()
        for outcome in outcomes:
            summary.add(outcome)
            report.add(outcome)
        report.close(summary)
        return "".join(lines)

    return _write


def _finding(file: str, line: int, column: int, message: str) -> Finding:
    violation = Violation(
        code="ValidationError",
        message=message,
        keyword="type",
        instance_location="/a",
        schema=USER,
    )
    return Finding(
        file=file, line=line, column=column, rule="type", message=message, violation=violation
    )


@pytest.fixture(name="outcomes")
def _outcomes() -> list[Outcome]:
    """Give an outcome of every kind, with all that is hard to write in some format."""
    hard = "a \"<&>' \x1b[0m 100%\r\n::error::x, y: z \U0001f600 \udcff \ufffe"
    file = "folder/na me,50%:é\udcff.ndjson"
    wrong = _finding(file, 3, 7, hard)
    plain = Finding(
        file=file, line=4, column=1, rule="ExpectedValid", message="is not", hint="look here"
    )
    small = Finding(file="b.json", line=1, column=2, level="warning", rule="Odd", message="is odd")
    gone = Finding(file="-", line=1, column=1, rule="UnreadableFile", message="- can't be read")
    result = Result(payload={}, violations=(wrong.violation,) if wrong.violation else ())
    return [
        Outcome(file=file, line=2, status="valid", result=Result(payload={})),
        Outcome(file=file, line=3, status="invalid", findings=(wrong, wrong), result=result),
        Outcome(file=file, line=4, name=hard, status="invalid", findings=(plain,), seconds=0.25),
        Outcome(file="b.json", status="invalid", findings=(small,), truncated=True),
        Outcome(file="-", status="unresolved", findings=(gone,)),
        Outcome(file="-", status="unresolved"),
    ]
