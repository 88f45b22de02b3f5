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
from validator.errors import InvalidIgluUri
from validator.iglu import SchemaKey
from validator.results import JSON, EventResult, Path, Result, Violation

__all__ = [
    "FORMATS",
    "Checked",
    "JSONReport",
    "Piece",
    "Report",
    "Summary",
    "TextReport",
    "Write",
    "printable",
    "told",
]

#: A piece of a line, with the name of its style.
Piece: TypeAlias = tuple[str, str]
#: Writes the pieces of a line, without a line end.
Write: TypeAlias = Callable[[Iterable[Piece]], None]


@attrs.frozen
class Checked:
    """A document that was checked, and where it came from."""

    #: The file's name as it was given; `-` is standard input.
    file: str
    #: The line of the file in which the document begins, from 1.
    line: int
    #: The document's JSON text; None if it could not be read, or is the query of a URL.
    raw: bytes | None = attrs.field(repr=False)
    result: Result

    def lines(self) -> list[int]:
        """Give the line of the file in which each violation's value stands, or what lacks it."""
        if self.raw is None or self.result.payload is None:  # not JSON, or null
            return [self._line_of(violation) for violation in self.result]
        text = self.raw.decode()
        document = orjson.loads(text)
        # What is wrong with events is located in what was sent, not in what they became.
        payload = document if self.result.entries else self.result.payload
        paths = [_path(each.instance_location, payload, document) for each in self.result]
        found = scanner.locate(text, paths)
        return [self.line - 1 + scanner.position(text, found[path]).line for path in paths]

    def _line_of(self, violation: Violation) -> int:
        """Give the line of what is wrong with the text itself; what is decoded has other lines."""
        place = None if violation.decoded_location is not None else violation.position
        return self.line if place is None else place.line


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

    def count(self, result: Result | EventResult) -> None:
        """Count one more document; or one more event, of those of a document."""
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
        self._events = Summary()
        self._has_batches = False

    def add(self, checked: Checked) -> None:
        """Tell each violation; a valid document is told in the summary alone."""
        result = checked.result
        self._has_batches = self._has_batches or len(result.entries) > 1
        for entry in result.entries:
            self._events.count(entry)
        if result:
            return
        by_line = sorted(zip(checked.lines(), result.violations, strict=True), key=itemgetter(0))
        for line, violation in by_line:
            place = f"{printable(checked.file)}:{line}: "
            self._write([(place, "place"), *told(violation)])
        if result.truncated:
            place = f"{printable(checked.file)}:{checked.line}:"
            self._write([(place, "place"), (" note: there may be more violations", "rule")])

    def close(self, summary: Summary) -> None:
        """Tell how many documents, and how many events of batches, had which outcome."""
        style = "bad" if summary.exit_code else "good"
        pieces = [(_counted(summary, "document"), ""), (_outcome(summary), style)]
        if self._has_batches:
            events = self._events
            pieces += [("; " + _counted(events, "event"), ""), (_outcome(events), style)]
        self._write(pieces)


def _counted(summary: Summary, what: str) -> str:
    return f"{summary.documents:,} {what}{'' if summary.documents == 1 else 's'}: "


def _outcome(summary: Summary) -> str:
    outcome = f"{summary.valid:,} valid, {summary.invalid:,} invalid"
    if summary.unresolved:
        outcome += f", {summary.unresolved:,} without a verdict"
    return outcome


def told(violation: Violation) -> Iterator[Piece]:
    """Tell a violation: `error CODE at /place, within it /place: message [keyword of schema]`."""
    at = f" at {violation.instance_location}" if violation.instance_location else ""
    within = f", within it {violation.decoded_location}" if violation.decoded_location else ""
    yield "error", "bad"
    yield printable(f" {violation.code}{at}{within}: {violation.message}"), ""
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
    """For programs: one object, as `iglu:org.eventpayload/check_report/jsonschema/1-0-1` says."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._before = '{"results": [\n'

    def add(self, checked: Checked) -> None:
        """Tell a result on a line of its own."""
        report = checked.result.to_dict()
        for violation in report["violations"]:
            violation["message"] = _writable(violation["message"])
        report["unresolved"] = [name for name in report["unresolved"] if _is_uri(name)]
        source = {"file": _writable(checked.file), "line": checked.line}
        entry = {"source": source, **report, **_events(checked.result)}
        self._write([(self._before, ""), (orjson.dumps(entry).decode(), "")])
        self._before = ","

    def close(self, summary: Summary) -> None:
        """Close the object with the summary."""
        if self._before != ",":
            self._write([(self._before, "")])
        counts = {"documents": summary.documents, **_counts(summary)}
        self._write([('], "summary": ', ""), (orjson.dumps(counts).decode(), ""), ("}", "")])


def _events(result: Result) -> dict[str, dict[str, int]]:
    """Give the counts of the events of a request, by the name that they have in the report."""
    if not result.entries:
        return {}
    events = Summary()
    for entry in result.entries:
        events.count(entry)
    return {"events": _counts(events)}


def _counts(summary: Summary) -> dict[str, int]:
    return {
        "valid": summary.valid,
        "invalid": summary.invalid,
        "unresolved": summary.unresolved,
    }


def _is_uri(name: str) -> bool:
    """Whether a thing without a verdict is a schema; a whole document may lack one, too."""
    try:
        SchemaKey.parse(name)
    except InvalidIgluUri:
        return False
    return True


def _writable(text: str) -> str:
    """Escape what UTF-8 has no bytes for: a file name may hold it, and a message that name."""
    return text.encode(errors="backslashreplace").decode()


#: What `--format` offers.
FORMATS: dict[str, Callable[[Write], Report]] = {"text": TextReport, "json": JSONReport}
