"""Work spread over processes, its results in the order in which it was given."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

__all__ = ["in_order", "processes"]

_Work = TypeVar("_Work")
_Done = TypeVar("_Done")

#: The files that are worth a process of their own: to begin, one takes as long as they do.
_A_PROCESS = 200
#: What a process is given at a time.
_CHUNK = 4


def processes(jobs: int | None, files: int) -> int:
    """Say how many processes should share the files; without a number, no more than pay."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    most = files if jobs is not None else files // _A_PROCESS
    return max(1, min(jobs or cores or 1, most))


def in_order(
    function: Callable[[_Work], _Done], work: Sequence[_Work], jobs: int
) -> Iterator[_Done]:
    """Do all the work, by so many processes, and give each result as it comes up in the order."""
    if jobs == 1:
        yield from map(function, work)
        return
    # Started anew, and not forked: that is the same everywhere, and safe beside threads.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_leave_interrupts)
    try:
        yield from pool.map(function, work, chunksize=_CHUNK)
    finally:
        pool.shutdown(cancel_futures=True)


def _leave_interrupts() -> None:
    """Leave Ctrl-C to the process that a person sees: it ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
