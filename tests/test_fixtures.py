"""The suites and payloads in fixtures/: every schema against what it takes and what it refuses.

`validator test` runs the same; here, what our own suites keep beyond that is held, too.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from validator import Cached, Directory, Packaged, Registry, Result, Validator
from validator.reporting import Outcome
from validator.suites import Case, Runner, Suite, discover, read_suite

_ROOT = Path(__file__).parents[1]
_FIXTURES = _ROOT / "fixtures"
_REGISTRY = Registry(Cached(Packaged()), Cached(Directory(_FIXTURES / "registry")))
_VALIDATOR = Validator(registry=_REGISTRY)


def _read(file: str) -> Suite:
    suite = read_suite(file)
    assert isinstance(suite, Suite), suite
    return suite


_SUITES = {
    str(Path(each.file).relative_to(_FIXTURES)): _read(each.file)
    for each in discover([str(_FIXTURES)])
    if each.kind == "suite"
}
_CASES = [
    pytest.param(suite, case, id=f"{name}: {case.description}")
    for name, suite in _SUITES.items()
    for case in suite.cases
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


@pytest.mark.parametrize(("suite", "case"), _CASES)
def test_case(suite: Suite, case: Case) -> None:
    """A case has the verdict, and the violations in their order, that its suite says."""
    result = _VALIDATOR.validate(json.dumps(case.data).encode(), suite.key)

    assert bool(result) is case.valid
    assert result.schema == suite.key
    assert len(result.violations) == len(case.expected)
    for violation, expected in zip(result, case.expected, strict=True):
        assert expected.fits(violation), violation


@pytest.mark.parametrize("name", _SUITES)
def test_outcomes(name: str) -> None:
    """A suite is run as `validator test` does: later ADDITIONs take what it says is valid."""
    outcomes: list[Outcome] = list(Runner(_VALIDATOR, _REGISTRY).run(_SUITES[name]))

    assert [each.findings for each in outcomes if each.findings] == []
    assert [each.name for each in outcomes] == [each.description for each in _SUITES[name].cases]


@pytest.mark.parametrize("name", _SUITES)
def test_suite(name: str) -> None:
    """A suite is named like its schema, has cases enough, and says why a case is not valid."""
    suite = _SUITES[name]
    key = suite.key
    descriptions = [case.description for case in suite.cases]

    assert name == f"{key.vendor}/{key.name}/{key.version}.json"
    assert len(set(descriptions)) == len(descriptions) >= _LEAST
    assert {case.valid for case in suite.cases} == {True, False}
    assert all(case.valid is not bool(case.expected) for case in suite.cases)


def test_every_schema_has_a_suite() -> None:
    """Each schema that is shipped, or stands in the example registry, has a suite."""
    assert {suite.key for suite in _SUITES.values()} == set(_REGISTRY.keys())


@pytest.mark.parametrize("file", _files("valid"))
def test_valid_payload(file: Path) -> None:
    """A payload that shows how it should be is accepted."""
    assert [each for result in _checked(file) for each in result.violations] == []


@pytest.mark.parametrize("file", _files("invalid"))
def test_invalid_payload(file: Path) -> None:
    """A payload that shows how it should not be is refused."""
    assert all(result.violations for result in _checked(file))
