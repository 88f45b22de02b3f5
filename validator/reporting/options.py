"""How a report is told, whatever its format."""

from __future__ import annotations

import attrs

__all__ = ["Options"]


@attrs.frozen
class Options:
    """How a report is told, whatever its format."""

    #: What is counted: documents, or the cases of suites.
    noun: str = "document"
    #: The command that reports.
    command: str = "check"
    #: Whether text tells all findings of a file, and not a screenful of them.
    all: bool = False
