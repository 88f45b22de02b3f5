"""Pairs of schemas as the compatibility core is asked of them."""

from __future__ import annotations

from typing import Any, Literal

from validator import Limits, Registry
from validator.compatibility.operands import Operand
from validator.dialects import DEFAULT, dialect_named
from validator.judge import Judge

__all__ = ["DIALECT_OF", "operands"]

#: The dialects, as the cases name them.
DIALECT_OF = {
    "4": "draft-04",
    "6": "draft-06",
    "7": "draft-07",
    "2019-09": "2019-09",
    "2020-12": "2020-12",
}


def operands(
    *schemas: Any,
    dialect: str = DEFAULT.name,
    formats: Literal["assert", "annotate"] = "assert",
    registry: Registry | None = None,
) -> tuple[Operand, ...]:
    """Give schemas ready to be asked."""
    known = registry or Registry()
    judge = Judge(known, Limits(), formats, dialect_named(dialect), show_values=True)
    return tuple(Operand.of(each, judge, formats) for each in schemas)
