"""The suites and payloads in fixtures/: every schema against what it takes and what it refuses."""

import json
from pathlib import Path
from typing import Any

import pytest

from validator import Cached, Directory, Packaged, Registry, Result, SchemaKey, Validator

_ROOT = Path(__file__).parents[1]
_FIXTURES = _ROOT / "fixtures"
_REGISTRY = Registry(Cached(Packaged()), Cached(Directory(_FIXTURES / "registry")))
_VALIDATOR = Validator(registry=_REGISTRY)
#: A suite is what lies where its schema's name says; other folders hold other fixtures.
_SUITES = {
    str(file.relative_to(_FIXTURES)): json.loads(file.read_bytes())
    for file in sorted(_FIXTURES.glob("*.*/*/*-*-*.json"))
}
_CASES = [
    pytest.param(suite["schema"], case, id=f"{name}: {case['description']}")
    for name, suite in _SUITES.items()
    for case in suite["tests"]
]
_LEAST = 15


def _files(folder: str) -> list[Any]:
    """Give the files of payloads in a folder."""
    files = sorted((_FIXTURES / "payloads" / folder).iterdir())
    return [pytest.param(file, id=file.name) for file in files]


def _checked(file: Path) -> list[Result]:
    """Check what is in a file: one payload, or one in each line."""
    raw = file.read_bytes()
    return [
        _VALIDATOR.check(each) for each in (raw.splitlines() if file.suffix == ".ndjson" else [raw])
    ]


def _found(result: Result) -> list[dict[str, str | None]]:
    return [
        {"keyword": each.keyword, "instance_location": each.instance_location}
        for each in result.violations
    ]


@pytest.mark.parametrize(("schema", "case"), _CASES)
def test_case(schema: str, case: dict[str, Any]) -> None:
    """A case has the verdict, and the violations in their order, that its suite says."""
    result = _VALIDATOR.validate(json.dumps(case["data"]).encode(), schema=schema)

    assert bool(result) is case["valid"]
    assert result.schema == SchemaKey.parse(schema)
    assert _found(result) == case.get("violations", [])


@pytest.mark.parametrize("name", _SUITES)
def test_suite(name: str) -> None:
    """A suite is named like its schema, has cases enough, and says why a case is not valid."""
    suite = _SUITES[name]
    key = SchemaKey.parse(suite["schema"])
    descriptions = [case["description"] for case in suite["tests"]]

    assert name == f"{key.vendor}/{key.name}/{key.version}.json"
    assert len(set(descriptions)) == len(descriptions) >= _LEAST
    assert {case["valid"] for case in suite["tests"]} == {True, False}
    assert all(case["valid"] is not ("violations" in case) for case in suite["tests"])


def test_every_schema_has_a_suite() -> None:
    """Each schema that is shipped, or stands in the example registry, has a suite."""
    assert {suite["schema"] for suite in _SUITES.values()} == set(map(str, _REGISTRY.keys()))


@pytest.mark.parametrize("file", _files("valid"))
def test_valid_payload(file: Path) -> None:
    """A payload that shows how it should be is accepted."""
    assert [each for result in _checked(file) for each in result.violations] == []


@pytest.mark.parametrize("file", _files("invalid"))
def test_invalid_payload(file: Path) -> None:
    """A payload that shows how it should not be is refused, as is one of several at the least."""
    assert any(result.violations for result in _checked(file))
