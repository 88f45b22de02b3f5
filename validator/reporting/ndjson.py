"""For programs that read a line at a time: an outcome a line, and the summary as the last one."""

from __future__ import annotations

import orjson

from validator.reporting.entries import counts, entry
from validator.reporting.findings import Outcome, Summary
from validator.reporting.options import Options
from validator.reporting.printing import Write

__all__ = ["NDJSONReport"]


class NDJSONReport:
    """What `json` has in `results`, each on a line; then an object with `summary` alone."""

    def __init__(self, write: Write, _: Options) -> None:
        self._write = write

    def add(self, outcome: Outcome) -> None:
        """Tell an outcome on a line of its own."""
        self._write([(orjson.dumps(entry(outcome)).decode(), "")])

    def close(self, summary: Summary) -> None:
        """Tell the summary on the last line."""
        self._write([(orjson.dumps({"summary": counts(summary)}).decode(), "")])
