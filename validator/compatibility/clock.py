"""How much time was spent: of CPU, so that what else the machine does changes no answer."""

from __future__ import annotations

import os
import time

__all__ = ["spent"]


def spent() -> float:
    """Give the seconds of CPU that this thread took, and processes that were asked and ended."""
    children = os.times()
    return time.thread_time() + children.children_user + children.children_system
