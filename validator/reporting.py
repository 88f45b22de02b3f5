"""What a command tells of the documents it checked: for people, and for programs.

A report is given results one by one and writes each at once, so that a million of them take no more
memory than one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from typing import Protocol, TypeAlias

import attrs
import orjson

from validator import scanner
from validator.results import JSON, Path, Result, Violation

__all__ = ["FORMATS", "Checked", "JSONReport", "Report", "Summary", "TextReport", "printable"]

#: Writes pieces of a line, each with the name of its style, without a line end.
Write: TypeAlias = Callable[[Iterable[tuple[str, str]]], None]


@attrs.frozen
class Checked:
    """A document that was checked, and where it came from."""

    #: The file's name as it was given; `-` is standard input.
    file: str
    #: The line of the file in which the document begins, from 1.
    line: int
    #: The document's text; None if it could not be read.
    raw: bytes | None = attrs.field(repr=False)
    result: Result

    def lines(self) -> list[int]:
        """Give the line of the file in which each violation's value stands, or what lacks it."""
        if self.raw is None or self.result.payload is None:  # not JSON, or null
            places = [violation.position for violation in self.result.violations]
            return [self.line if place is None else place.line for place in places]
        text = self.raw.decode()
        payload, document = self.result.payload, orjson.loads(text)
        paths = [_path(each.instance_location, payload, document) for each in self.result]
        found = scanner.locate(text, paths)
        return [self.line - 1 + scanner.position(text, found[path]).line for path in paths]


def _path(pointer: str, payload: JSON, document: JSON) -> Path:
    """Follow a JSON Pointer into a payload, as far as it leads in the document it was made of.

    That is to an array at the most where normalization took items away.
    """
    path: list[str | int] = []
    for text in pointer.split("/")[1:]:
        if isinstance(payload, list):
            if not isinstance(document, list) or len(document) != len(payload):
                break
            step: str | int = int(text)
            payload, document = payload[int(text)], document[int(text)]
        else:
            step = text.replace("~1", "/").replace("~0", "~")
            payload = payload.get(step) if isinstance(payload, dict) else None
            document = document.get(step) if isinstance(document, dict) else None
        path.append(step)
    return tuple(path)


@attrs.define
class Summary:
    """How many documents had which outcome; each document has one."""

    valid: int = 0
    invalid: int = 0
    #: Those for which, or for a part of which, no usable schema was found, or that can't be read.
    unresolved: int = 0

    @property
    def documents(self) -> int:
        """All of them."""
        return self.valid + self.invalid + self.unresolved

    def count(self, result: Result) -> None:
        """Count one more document."""
        if result.unresolved:
            self.unresolved += 1
        elif result:
            self.valid += 1
        else:
            self.invalid += 1

    @property
    def exit_code(self) -> int:
        """0: all are valid; 1: some are not; 3: some have no verdict."""
        if self.unresolved:
            return 3
        return 1 if self.invalid else 0


class Report(Protocol):
    """One way to tell results."""

    def add(self, checked: Checked) -> None:
        """Tell one result."""

    def close(self, summary: Summary) -> None:
        """Tell the summary; nothing comes after it."""


class TextReport:
    """For people: `file:line: error CODE at /pointer: message` a violation, and a summary."""

    def __init__(self, write: Write) -> None:
        self._write = write

    def add(self, checked: Checked) -> None:
        """Tell each violation; a valid document is told in the summary alone."""
        result = checked.result
        if result:
            return
        by_line = sorted(zip(checked.lines(), result.violations, strict=True), key=itemgetter(0))
        for line, violation in by_line:
            self._write(_told(checked.file, line, violation))
        if result.truncated:
            place = f"{printable(checked.file)}:{checked.line}:"
            self._write([(place, "place"), (" note: there may be more violations", "rule")])

    def close(self, summary: Summary) -> None:
        """Tell how many documents had which outcome."""
        documents = "1 document" if summary.documents == 1 else f"{summary.documents:,} documents"
        outcome = f"{summary.valid:,} valid, {summary.invalid:,} invalid"
        if summary.unresolved:
            outcome += f", {summary.unresolved:,} without a verdict"
        self._write([(f"{documents}: ", ""), (outcome, "good" if not summary.exit_code else "bad")])


def _told(file: str, line: int, violation: Violation) -> Iterator[tuple[str, str]]:
    at = f" at {violation.instance_location}" if violation.instance_location else ""
    yield f"{printable(file)}:{line}:", "place"
    yield " error", "bad"
    yield printable(f" {violation.code}{at}: {violation.message}"), ""
    if violation.schema is not None:
        keyword = f"{violation.keyword} of " if violation.keyword else ""
        yield printable(f" [{keyword}{violation.schema}]"), "rule"


def printable(text: str) -> str:
    """Escape what a terminal would act on, and what can't be written as UTF-8."""
    if text.isprintable():
        return text
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in text
    )


class JSONReport:
    """For programs: one object, as `iglu:org.eventpayload/check_report/jsonschema/1-0-0` says."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._before = '{"results": [\n'

    def add(self, checked: Checked) -> None:
        """Tell a result on a line of its own."""
        told = checked.result.to_dict()
        for violation in told["violations"]:
            violation["message"] = _writable(violation["message"])
        entry = {
            "source": {"file": _writable(checked.file), "line": checked.line},
            "valid": told["valid"],
            "schema": told["schema"],
            "violations": told["violations"],
        }
        self._write([(self._before, ""), (orjson.dumps(entry).decode(), "")])
        self._before = ","

    def close(self, summary: Summary) -> None:
        """Close the object with the summary."""
        if self._before != ",":
            self._write([(self._before, "")])
        counts = {
            "documents": summary.documents,
            "valid": summary.valid,
            "invalid": summary.invalid,
            "unresolved": summary.unresolved,
        }
        self._write([('], "summary": ', ""), (orjson.dumps(counts).decode(), ""), ("}", "")])


def _writable(text: str) -> str:
    """Escape what UTF-8 has no bytes for: a file name may hold it, and a message that name."""
    return text.encode(errors="backslashreplace").decode()


#: What `--format` offers.
FORMATS: dict[str, Callable[[Write], Report]] = {"text": TextReport, "json": JSONReport}
