"""For programs: one JSON object, an outcome a line in it."""

from __future__ import annotations

import orjson

from validator.reporting.entries import counts, entry
from validator.reporting.findings import Outcome, Summary
from validator.reporting.options import Options
from validator.reporting.printing import Write

__all__ = ["JSONReport"]


class JSONReport:
    """One object, as `iglu:org.eventpayload/check_report/jsonschema/1-0-3` says."""

    def __init__(self, write: Write, _: Options) -> None:
        self._write = write
        self._before = '{"results": [\n'

    def add(self, outcome: Outcome) -> None:
        """Tell an outcome on a line of its own."""
        self._write([(self._before, ""), (orjson.dumps(entry(outcome)).decode(), "")])
        self._before = ","

    def close(self, summary: Summary) -> None:
        """Close the object with the summary."""
        if self._before != ",":
            self._write([(self._before, "")])
        told = orjson.dumps(counts(summary)).decode()
        self._write([('], "summary": ', ""), (told, ""), ("}", "")])
