"""Reports for programs: one object, or an object a line."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from validator import Result, SchemaKey, Validator, Violation
from validator.reporting import Finding, Options, Outcome
from validator.results import EventResult, ValidationInfo

_SCHEMAS = Path(__file__).parents[2] / "schemas"
_REPORT = "iglu:org.eventpayload/check_report/jsonschema/1-0-3"
_WRONG = Violation(code="ValidationError", message="is wrong")


def _report(format_: str, text: str) -> Any:
    """Read a report; the lines of one are the results of the other, and its summary."""
    if format_ == "json":
        return json.loads(text)
    *results, last = map(json.loads, text.splitlines())
    return {"results": results, **last}


@pytest.mark.parametrize("format_", ["json", "ndjson"])
def test_outcomes_of_every_kind(format_: str, written: Any, outcomes: list[Outcome]) -> None:
    """A report is what its schema says, whatever it has to tell."""
    report = _report(format_, written(format_, outcomes, Options(noun="case")))
    checked = Validator().validate(json.dumps(report).encode(), _REPORT)
    assert checked.violations == ()
    assert [each["valid"] for each in report["results"]] == [True, *[False] * 5]
    assert report["summary"] == {"documents": 6, "valid": 1, "invalid": 3, "unresolved": 2}


@pytest.mark.parametrize("format_", ["json", "ndjson"])
def test_no_outcomes(format_: str, written: Any) -> None:
    """Of no documents there are no results, but a summary."""
    report = _report(format_, written(format_, []))
    assert Validator().check(report, _REPORT)
    assert report["results"] == []


def test_a_finding(written: Any) -> None:
    """A violation has its fields and its place in the file; so has a case, which has a name."""
    key = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-0")
    wrong = Violation(
        code="ValidationError",
        message="is wrong",
        keyword="type",
        instance_location="/a",
        keyword_location="/properties/a/type",
        schema=key,
    )
    finding = Finding(file="x", line=3, column=9, rule="type", message="is wrong", violation=wrong)
    missing = Finding(file="x", line=5, column=1, rule="ExpectedInvalid", message="is valid")
    outcomes = [
        Outcome(file="x", status="invalid", findings=(finding,), result=Result(schema=key)),
        Outcome(file="x", line=4, name="no plan", status="invalid", findings=(missing,)),
    ]
    document, case = json.loads(written("json", outcomes))["results"]
    assert document["schema"] == str(key)
    assert document["violations"] == [
        {
            "code": "ValidationError",
            "message": "is wrong",
            "keyword": "type",
            "instance_location": "/a",
            "decoded_location": None,
            "keyword_location": "/properties/a/type",
            "schema": str(key),
            "position": {"line": 3, "column": 9},
        }
    ]
    assert (case["case"], case["source"]) == ("no plan", {"file": "x", "line": 4})
    assert case["violations"] == [
        {
            "code": "ExpectedInvalid",
            "message": "is valid",
            "keyword": None,
            "instance_location": "",
            "keyword_location": None,
            "schema": None,
            "position": {"line": 5, "column": 1},
        }
    ]


def test_what_is_wrong_with_a_schema(written: Any) -> None:
    """A rule of schemas is told beside the code, with how bad it is and how to mend it."""
    warning = Finding(
        file="x",
        line=3,
        column=9,
        level="warning",
        rule="numericMinMax",
        message="a number without maximum",
        location="/properties/seats",
        hint="write both",
    )
    key = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-0")
    outcome = Outcome(file="x", status="valid", findings=(warning,), result=Result(schema=key))
    report = json.loads(written("json", [outcome]))
    assert Validator().check(report, _REPORT)
    (found,) = report["results"]
    assert found["valid"] is True
    assert found["violations"] == [
        {
            "code": "SchemaProblem",
            "rule": "numericMinMax",
            "message": "a number without maximum",
            "level": "warning",
            "hint": "write both",
            "keyword": None,
            "instance_location": "/properties/seats",
            "keyword_location": None,
            "schema": None,
            "position": {"line": 3, "column": 9},
        }
    ]


def test_a_request(written: Any) -> None:
    """Each event is counted once; what was not found is named, unless it is no schema."""
    key, old = (
        SchemaKey.parse(f"iglu:com.acme/user/jsonschema/{version}")
        for version in ("1-0-1", "1-0-0")
    )
    result = Result(
        violations=(_WRONG, _WRONG),
        unresolved=("x.json can't be read", str(key)),
        validation_info=(ValidationInfo(old, key),),
        entries=(
            EventResult(),
            EventResult(violations=(_WRONG,)),
            EventResult(violations=(_WRONG,), unresolved=(str(key),)),
        ),
    )
    outcome = Outcome(file="x.json", status="unresolved", result=result, truncated=True)
    report = json.loads(written("json", [outcome]))
    assert Validator().check(report, _REPORT)
    (found,) = report["results"]
    assert found["truncated"] is True
    assert found["unresolved"] == [str(key)]
    assert found["events"] == {"valid": 1, "invalid": 1, "unresolved": 1}
    assert found["validation_info"][0]["data"] == {
        "originalSchema": str(old),
        "validatedWith": "1-0-1",
    }


@pytest.mark.parametrize(
    ("older", "newer"), [("1-0-0", "1-0-1"), ("1-0-1", "1-0-2"), ("1-0-2", "1-0-3")]
)
def test_a_new_schema_of_reports_is_an_addition(older: str, newer: str) -> None:
    """Every report that a version takes, the next takes: as proved, and for each of its cases."""

    def schema(version: str) -> Any:
        path = _SCHEMAS / "org.eventpayload" / "check_report" / "jsonschema" / version
        plain = json.loads(path.read_bytes())
        del plain["self"], plain["$schema"]
        return jsonschema_rs.canonicalize(plain, draft=jsonschema_rs.Draft4, offline=True)

    old, new = schema(older), schema(newer)
    assert str(new.covers(old)) == "yes"
    assert str(old.covers(new)) != "yes"
    suite = _SCHEMAS.parent / "fixtures" / "org.eventpayload" / "check_report" / f"{older}.json"
    cases = json.loads(suite.read_bytes())["tests"]
    assert all(Validator().check(case["data"], _REPORT) for case in cases if case["valid"])
