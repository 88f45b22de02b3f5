"""Names of parametrized tests, the same in every process: workers have to agree on them."""

from __future__ import annotations

import re


def plain_repr(value: object) -> str:
    """Give the `repr` of a value without the place where it is kept."""
    return re.sub(r" at 0x[0-9a-f]+", "", repr(value))
