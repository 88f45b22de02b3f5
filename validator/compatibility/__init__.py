"""What a change of a schema does: whom it breaks, with proof, and which version it asks for."""

from __future__ import annotations

from validator.compatibility.comparing import Budgets, compare
from validator.compatibility.verdicts import (
    ABSENT,
    Change,
    Comparison,
    Direction,
    Reason,
    Warned,
    Witness,
)

__all__ = [
    "ABSENT",
    "Budgets",
    "Change",
    "Comparison",
    "Direction",
    "Reason",
    "Warned",
    "Witness",
    "compare",
]
