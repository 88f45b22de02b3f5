"""Suites that are drawn: they pass, break each rule once, and are the same each time."""

import json
from pathlib import Path
from typing import Any

import pytest

from validator import InMemory, Registry, SchemaKey
from validator.publishing.drafted_suites import carried_suite, drawn_suite
from validator.suites import Runner, Suite, read_suite
from validator.validation import Validator

KEY = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-0")
OWN = {"vendor": "com.acme", "name": "user", "format": "jsonschema", "version": "1-0-0"}
DRAFT = "http://json-schema.org/draft-07/schema#"


def _cases(text: str | None) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads(text or "{}")["tests"]
    return cases


@pytest.mark.parametrize(
    "keywords",
    [
        {"type": "string", "minLength": 2},
        {"properties": {"n": {"type": "integer", "minimum": 1}}, "required": ["n"]},
        {"enum": ["a", 1, None]},
        {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "null"}}]},
        {"type": "array", "items": {"$ref": "#"}, "maxItems": 2},
    ],
)
def test_drawn(tmp_path: Path, keywords: dict[str, Any]) -> None:
    """A suite that is drawn passes, and its invalid cases say what they break."""
    schema = {"$schema": DRAFT, "self": OWN, **keywords}
    file = tmp_path / "com.acme" / "user" / "1-0-0.json"
    file.parent.mkdir(parents=True)
    file.write_text(drawn_suite(KEY, schema) or "")

    registry = Registry(InMemory([schema]))
    suite = read_suite(str(file))
    assert isinstance(suite, Suite)
    outcomes = list(Runner(Validator(registry=registry), registry).run(suite))
    assert [each.findings for each in outcomes if each.findings] == []
    assert all(case.expected for case in suite.cases if not case.valid)
    assert {case.valid for case in suite.cases} == {True, False}


def test_each_rule_once() -> None:
    """Each rule is broken by one case, and no two valid ones are equal."""
    schema = {"self": OWN, "type": "string", "maxLength": 1, "pattern": "^a*$"}

    cases = _cases(drawn_suite(KEY, schema))

    invalid = [each["description"] for each in cases if not each["valid"]]
    assert invalid == ["breaks /maxLength", "breaks /pattern", "breaks /type"]
    valid = [each["data"] for each in cases if each["valid"]]
    assert sorted(valid) == sorted(set(valid))


def test_same_each_time() -> None:
    """The same schema gives the same suite, byte for byte."""
    schema = {"self": OWN, "type": ["string", "number"], "maxLength": 5}

    assert drawn_suite(KEY, schema) == drawn_suite(KEY, schema)


def test_nothing_to_break() -> None:
    """A schema that accepts everything has valid cases alone."""
    assert {each["valid"] for each in _cases(drawn_suite(KEY, {"self": OWN}))} == {True}


def test_nothing_to_draw() -> None:
    """A schema that accepts nothing has no suite."""
    assert drawn_suite(KEY, {"self": OWN, "not": {}}) is None


def test_carried(tmp_path: Path) -> None:
    """A suite that is not there is carried nowhere."""
    assert carried_suite(tmp_path / "none.json", KEY) is None
