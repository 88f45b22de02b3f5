"""Promise 1, fuzzed: whatever is given, a `Result` or one of our exceptions, in a second of CPU."""

import os
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks import fuzz
from benchmarks.generators import CENTRAL, Draws, known
from validator import InMemory, Validator, WrongUse
from validator.plans import Plan, Planned
from validator.reference import Reference

#: `FUZZ_CASES=100000 python -m pytest tests/test_fuzz.py` tries more, after the same.
_CASES = int(os.environ.get("FUZZ_CASES", "2000"))
_KNOWN = known()
#: How many cases it takes for every kind of them to come up, but for those that are rare.
_ALL_KINDS = 200


def _told(report: fuzz.Report) -> list[str]:
    return [str(failure) for failure in report.failures]


def test_any_case() -> None:
    """No call ends in anything but a verdict or one of our exceptions, nor takes a second."""
    report = fuzz.run(range(_CASES), 0, _KNOWN)

    assert _told(report) == []
    assert report.cases == _CASES
    assert {"valid", "invalid", "value", "WrongUse"} <= report.outcomes.keys()


@pytest.mark.shared
def test_any_case_around_iglu_central() -> None:
    """So it is with schemas of Iglu Central that were changed."""
    if not CENTRAL.is_dir():
        pytest.skip(f"{CENTRAL.name} is not there")

    assert _told(fuzz.run(range(_ALL_KINDS), 1, known(CENTRAL))) == []


def test_a_case_can_be_tried_again() -> None:
    """A case is drawn from the seed and its number alone."""
    whole = fuzz.run(range(_ALL_KINDS), 0, _KNOWN)
    parts = [fuzz.run(range(n, n + 1), 0, _KNOWN) for n in reversed(range(_ALL_KINDS))]

    assert sum((part.outcomes for part in parts), start=fuzz.Report().outcomes) == whole.outcomes
    assert fuzz.run(range(_ALL_KINDS), 2, _KNOWN).outcomes != whole.outcomes


def _raise(*_: object, **__: object) -> None:
    raise LookupError("in\nside")


def _give_none(*_: object, **__: object) -> None:
    """Give what is no result."""


def _spin(*_: object, **__: object) -> None:
    sum(range(1_000_000))
    raise WrongUse


@pytest.mark.parametrize(
    ("check", "most", "problem"),
    [(_raise, 9.0, "LookupError"), (_give_none, 9.0, "NoneType"), (_spin, 0.002, "of CPU")],
)
def test_a_broken_promise_is_told(
    check: object, most: float, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A call that raises something else, gives no result, or takes too long, is a failure."""
    monkeypatch.setattr(Validator, "check", check)
    monkeypatch.setattr(fuzz, "MOST_SECONDS", most)
    report = fuzz.run(range(4), 0, _KNOWN)

    assert "check" in {failure.call for failure in report.failures}
    assert all(problem in failure.problem for failure in report.failures)


@pytest.mark.parametrize(
    ("kind", "where", "name", "call"),
    [
        ("plan", Plan, "parse", "Validator(plan=)"),
        ("plan", Planned, "judge_events", "check by a plan"),
        ("schema", Reference, "is_valid", "validate by jsonschema"),
        ("suite", Validator, "jsonschema", "jsonschema"),
        ("made", InMemory, "__init__", "InMemory"),
    ],
)
def test_all_of_it_is_called(
    kind: str, where: type, name: str, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plans, the second engine and what is made for jsonschema are called, too."""
    monkeypatch.setattr(where, name, _raise)
    monkeypatch.setattr(fuzz, "_NAMES", (kind,))
    monkeypatch.setattr(fuzz, "_SHARES", (1,))
    report = fuzz.run(range(60), 0, _KNOWN)

    assert call in {failure.call for failure in report.failures}


def test_the_second_engine_gets_no_patterns(monkeypatch: pytest.MonkeyPatch) -> None:
    """A schema that was made up is not judged by jsonschema if it could match for ever."""
    made: Any = type("Made", (Draws,), {"keywords": lambda *_: {"pattern": "^(a+)+$"}})
    monkeypatch.setattr(made, "schema", lambda draws: draws.keywords(1))
    calls = [name for name, _ in fuzz._schema(made(Random(0), _KNOWN), Validator())]

    assert "validate" in calls
    assert "validate by jsonschema" not in calls


def _run(monkeypatch: pytest.MonkeyPatch, central: Path) -> int:
    monkeypatch.setattr("sys.argv", ["fuzz", "--cases", "20", "--central", str(central)])
    return fuzz.main()


def test_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The command says what it changes, how many cases there were, how they ended, how long."""
    assert _run(monkeypatch, tmp_path / "absent") == 0
    schemas, cases, slowest, *_, failures = capsys.readouterr().out.splitlines()

    assert schemas.endswith(f", of this project alone; no Iglu Central at {tmp_path / 'absent'}")
    assert cases.startswith("20 cases, ")
    assert slowest.startswith("the slowest call: ")
    assert failures == "0 failures"


def test_the_command_with_iglu_central(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Where Iglu Central is there, its schemas are changed, too, and that is said."""
    schema = tmp_path / "com.acme" / "user" / "jsonschema" / "1-0-0"
    schema.parent.mkdir(parents=True)
    schema.write_bytes(b"{}")

    assert _run(monkeypatch, tmp_path) == 0
    schemas = f"{len(_KNOWN.schemas) + 1}, of this project and of Iglu Central"
    assert capsys.readouterr().out.startswith(f"the schemas that are changed: {schemas}\n")
