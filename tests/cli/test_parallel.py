"""Work spread over processes."""

import os
import signal
from operator import neg

import pytest

from validator.cli.parallel import _leave_interrupts, in_order, processes


@pytest.mark.parametrize("jobs", [1, 2])
def test_order(jobs: int) -> None:
    """Results come in the order of the work, whoever does it."""
    assert list(in_order(neg, range(20), jobs)) == [-each for each in range(20)]


def test_in_other_processes() -> None:
    """With several jobs, the work is done elsewhere, and Ctrl-C is left to this process."""
    assert os.getpid() in set(in_order(_own, [1, 2], 1))
    assert os.getpid() not in set(in_order(_own, [1, 2], 2))


def _own(_: int) -> int:
    return os.getpid()


def test_interrupts() -> None:
    """A process that works for another does not end by itself."""
    before = signal.getsignal(signal.SIGINT)
    try:
        _leave_interrupts()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize(
    ("jobs", "files", "expected"),
    [(None, 0, 1), (None, 399, 1), (1, 10_000, 1), (3, 10_000, 3), (3, 2, 2), (3, 0, 1)],
)
def test_processes(jobs: int | None, files: int, expected: int) -> None:
    """As many as were asked for, but none without work; by itself, none for few files."""
    assert processes(jobs, files) == expected


def test_processes_by_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """For many files there are as many processes as cores; where that is not known, one."""
    assert processes(None, 1_000_000) == len(os.sched_getaffinity(0))
    monkeypatch.delattr(os, "sched_getaffinity")
    assert processes(None, 1_000_000) == os.cpu_count()
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert processes(None, 1_000_000) == 1
