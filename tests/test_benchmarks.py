"""The benchmarks that need nothing but the package: they run, and can fail."""

import attrs
import pytest

from benchmarks import endurance
from validator import Registry, Validator


def test_documents_are_mixed() -> None:
    """What is checked for long is of all kinds: valid, not valid, Tracardi's and Snowplow's."""
    validator = Validator()
    results = [validator.check(text) for text in endurance.documents()]

    assert {bool(result) for result in results} == {True, False}
    assert {bool(result.entries) for result in results} == {True, False}
    assert {violation.code for result in results for violation in result} >= {
        "ValidationError",
        "ResolutionError",
        "NotJSON",
        "NotUTF8",
        "TooDeep",
    }


def test_the_table() -> None:
    """The table tells of memory, threads, a cold start and every schema that is shipped."""
    endured = endurance.endure(200)
    told = endurance.table(endured, 2, 1)

    assert endured.growth < endurance.MOST_GROWTH
    assert told.startswith("| | |\n|---|---|\n| checks with one validator | 200 |\n")
    assert f"a packaged schema, of {len(Registry().keys())}, compiles in" in told


@pytest.mark.parametrize(
    ("growth", "agrees", "problem"),
    [(99.0, True, "memory grew by 99.0 MB"), (0.0, False, "other verdicts")],
)
def test_what_does_not_last_is_told(
    growth: float,
    agrees: bool,  # noqa: FBT001  # a parameter of the test
    problem: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Memory that grows, and threads that disagree, are told, and the command exits with 1."""
    endured = attrs.evolve(endurance.endure(1), warm=1.0, last=1.0 + growth)
    monkeypatch.setattr(endurance, "endure", lambda _: endured)
    monkeypatch.setattr(endurance, "agree", lambda *_: agrees)
    monkeypatch.setattr("sys.argv", ["endurance"])

    assert endurance.main() == 1
    assert problem in capsys.readouterr().out


def test_threads_agree() -> None:
    """Threads that share a new validator come to the verdicts of one."""
    assert endurance.agree(16, 1)
