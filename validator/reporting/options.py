"""How a report is told, whatever its format."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

__all__ = ["Options"]


@attrs.frozen
class Options:
    """How a report is told, whatever its format."""

    #: What is counted: documents, the cases of suites, or schemas.
    noun: str = "document"
    #: The command that reports.
    command: str = "check"
    #: The page of the documentation that explains the rules.
    page: str = "docs/codes.md"
    #: The page of each rule that another explains.
    pages: Mapping[str, str] = attrs.field(factory=dict)
    #: Whether text tells all findings of a file, and not a screenful of them.
    all: bool = False
