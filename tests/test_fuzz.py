"""Promise 1, fuzzed: whatever is given, a `Result` or one of our exceptions, in a second of CPU."""

import os

import pytest

from benchmarks import fuzz
from benchmarks.generators import CENTRAL, known
from validator import Validator, WrongUse

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


@pytest.fixture
def _arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["fuzz", "--cases", "20", "--central", "nowhere"])


@pytest.mark.usefixtures("_arguments")
def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    """The command says how many cases there were, how they ended, and how long one took."""
    assert fuzz.main() == 0
    told = capsys.readouterr().out
    assert told.startswith("20 cases, ")
    assert "the slowest call: " in told
    assert told.endswith("0 failures\n")
