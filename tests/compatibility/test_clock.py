"""The time that was spent: of CPU, here and in processes that were asked."""

from __future__ import annotations

import subprocess
import sys
import time

from validator.compatibility.clock import spent


def test_waiting_is_not_spent() -> None:
    """To wait costs nothing; to work does, here and in a process that was waited for."""
    before = spent()
    time.sleep(0.2)
    assert spent() - before < 0.1
    before = spent()
    sum(number * number for number in range(300_000))
    here = spent() - before
    assert here > 0
    subprocess.run([sys.executable, "-c", "sum(range(3_000_000))"], check=True)
    assert spent() - before > here
