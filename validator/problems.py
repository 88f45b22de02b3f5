"""What is wrong with a schema or with a file of it: what `lint` and the publishing gate tell.

A report finds the line in the file, from the location.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

__all__ = ["Level", "Problem"]

#: How bad it is.
Level: TypeAlias = Literal["error", "warning", "note"]


@attrs.frozen(kw_only=True)
class Problem:
    """One thing that is wrong, at a place in a file."""

    #: The id of the rule that is broken.
    rule: str
    level: Level
    #: What is wrong, by which rule.
    message: str
    #: How to mend it; None where the message says so.
    hint: str | None = None
    #: JSON Pointer of the value at fault; of its nearest ancestor that fits `Limits.location`.
    location: str = ""
    #: The name of the member at fault, of the object at `location`, where the name is at fault and
    #: not the value.
    member: str | None = None
    #: The line and the column in characters, from 1, for what is wrong with the text itself.
    position: tuple[int, int] | None = None
