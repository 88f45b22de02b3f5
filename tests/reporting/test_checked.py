"""What a command tells of the documents it checked."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from validator import Position, Result, SchemaKey, Validator, Violation
from validator.reporting import Checked, JSONReport, Summary, TextReport, printable
from validator.results import EventResult, ValidationInfo

ROOT = Path(__file__).parents[1]
REPORT = "iglu:org.eventpayload/check_report/jsonschema/1-0-1"

VALID = Result(payload={})
INVALID = Result(payload={}, violations=(Violation(code="ValidationError", message="is wrong"),))
UNRESOLVED = Result(violations=INVALID.violations, unresolved=("iglu:a/b/jsonschema/1-0-0",))


class Lines(list[str]):
    """Takes what a report writes."""

    def __call__(self, pieces: Iterable[tuple[str, str]]) -> None:
        """Join the pieces of a line."""
        self.append("".join(text for text, _ in pieces))


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


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é text", "plain é text"),
        ("a\nb\x1b[0m", r"a\nb\x1b[0m"),
        ("\u202e\udc80\x7f", r"\u202e\udc80\x7f"),
    ],
)
def test_printable(text: str, shown: str) -> None:
    """What a terminal would act on, and what UTF-8 has no bytes for, is escaped."""
    assert printable(text) == shown


def test_lines_of_violations() -> None:
    """A violation stands in the line of its value, or of what lacks it."""
    raw = b'{\n "source": {},\r\n "session": {"id": 1},\n "profile": null,\n "events": [1,\n 2]}'
    result = Validator().validate(raw)
    lines = Checked("x.json", 10, raw, result).lines()
    places = [(each.instance_location, line) for each, line in zip(result, lines, strict=True)]
    assert sorted(places) == [
        ("/events/0", 14),
        ("/events/1", 15),
        ("/session/id", 12),
        ("/source", 11),
    ]


def test_the_line_of_what_normalization_added() -> None:
    """A pointer into what the text does not hold leads to what would hold it."""
    raw = b'{"events": [],\n "a/b~c": 1}'
    lines = Checked(
        "x.json",
        1,
        raw,
        Result(
            payload={"events": [], "a/b~c": 1, "options": {"x": 1}},
            violations=(
                Violation(code="ValidationError", message="", instance_location="/options/x"),
                Violation(code="ValidationError", message="", instance_location="/a~1b~0c"),
            ),
        ),
    ).lines()
    assert lines == [1, 2]


def test_text_report_of_a_file_that_can_not_be_read() -> None:
    """Without a text, the violation stands in the first line."""
    lines = Lines()
    TextReport(lines).add(Checked("gone\n.json", 1, None, INVALID))
    assert lines == [r"gone\n.json:1: error ValidationError: is wrong"]


def test_json_report_is_one_object() -> None:
    """Results one by one, then the summary: JSON as a whole."""
    lines, summary = Lines(), Summary()
    report = JSONReport(lines)
    for result in (VALID, INVALID):
        summary.count(result)
        report.add(Checked("x.json", 1, b"{}", result))
    report.close(summary)
    told = json.loads("\n".join(lines))
    assert Validator().check(told, REPORT)
    assert [each["valid"] for each in told["results"]] == [True, False]
    assert told["summary"] == {"documents": 2, "valid": 1, "invalid": 1, "unresolved": 0}


def test_the_line_of_an_item_after_repetitions() -> None:
    """Where normalization took items away, the place is that of the array, never a wrong item's."""
    ids = b'{"id":"p",\n"ids":["a",\n"a",\n5]}'
    raw = b'{"source":{"id":"a"},"session":null,"profile":%b,"events":[]}' % ids
    result = Validator().check(raw)
    assert [each.instance_location for each in result] == ["/profile/ids/1"]
    assert Checked("x.json", 1, raw, result).lines() == [2]


def test_the_lines_of_a_request() -> None:
    """What is wrong with an event has the line of what was sent, not of what that became."""
    raw = b'{"e": "pv",\n"p": "web",\n"tid": "x",\n"ue_pr": "{}",\n"tv": "js"}'
    result = Validator().check(raw)
    lines = Checked("x.json", 10, raw, result).lines()
    assert result.payload != json.loads(raw)
    assert dict(zip([each.instance_location for each in result], lines, strict=True)) == {
        "/tid": 12,
        "/ue_pr": 13,
    }


@pytest.mark.parametrize(("decoded", "line"), [(None, 3), ("", 1), ("/a", 1)])
def test_the_line_of_what_is_decoded(decoded: str | None, line: int) -> None:
    """A position in what a parameter holds is none in the file."""
    wrong = Violation(
        code="NotJSON", message="", decoded_location=decoded, position=Position(9, 3, 1)
    )
    assert Checked("x", 1, None, Result(violations=(wrong,))).lines() == [line]


@pytest.mark.parametrize(
    ("decoded", "told"),
    [
        (None, "at /ue_px: is wrong"),
        ("", "at /ue_px: is wrong"),
        ("/data/x", "at /ue_px, within it /data/x: is wrong"),
    ],
)
def test_text_report_of_what_is_decoded(decoded: str | None, told: str) -> None:
    """The place within an encoded value follows that of the value."""
    wrong = Violation(
        code="NotIglu", message="is wrong", instance_location="/ue_px", decoded_location=decoded
    )
    lines = Lines()
    TextReport(lines).add(Checked("x", 1, None, Result(violations=(wrong,))))
    assert lines == [f"x:1: error NotIglu {told}"]


def test_json_report_of_a_request() -> None:
    """Each event is counted once; what was not found is named, unless it is no schema."""
    key, old = (
        SchemaKey.parse(f"iglu:com.acme/user/jsonschema/{version}")
        for version in ("1-0-1", "1-0-0")
    )
    wrong = INVALID.violations
    result = Result(
        violations=wrong * 2,
        truncated=True,
        unresolved=("x.json can't be read", str(key)),
        validation_info=(ValidationInfo(old, key),),
        entries=(
            EventResult(),
            EventResult(violations=wrong),
            EventResult(violations=wrong, unresolved=(str(key),)),
        ),
    )
    lines = Lines()
    report = JSONReport(lines)
    report.add(Checked("x.json", 1, None, result))
    report.close(Summary(unresolved=1))
    told = json.loads("\n".join(lines))
    assert Validator().check(told, REPORT)
    (found,) = told["results"]
    assert found["truncated"] is True
    assert found["unresolved"] == [str(key)]
    assert found["events"] == {"valid": 1, "invalid": 1, "unresolved": 1}
    assert found["validation_info"][0]["data"] == {
        "originalSchema": str(old),
        "validatedWith": "1-0-1",
    }


def test_the_schema_of_reports_is_an_addition() -> None:
    """Every report that 1-0-0 takes, 1-0-1 takes: as proved, and for each case of the suite."""

    def schema(version: str) -> Any:
        path = ROOT / "schemas" / "org.eventpayload" / "check_report" / "jsonschema" / version
        plain = json.loads(path.read_bytes())
        del plain["self"], plain["$schema"]
        return jsonschema_rs.canonicalize(plain, draft=jsonschema_rs.Draft4, offline=True)

    old, new = schema("1-0-0"), schema("1-0-1")
    assert str(new.covers(old)) == "yes"
    assert str(old.covers(new)) != "yes"
    suite = ROOT / "fixtures" / "org.eventpayload" / "check_report" / "1-0-0.json"
    cases = json.loads(suite.read_bytes())["tests"]
    assert all(Validator().check(case["data"], REPORT) for case in cases if case["valid"])
