"""A document that was checked: where in its file each violation is."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

import attrs
import orjson

from validator import queries, scanner
from validator.reporting.findings import Excerpt, Finding, Outcome, status_of
from validator.reporting.printing import printable
from validator.results import JSON, Path, Result, Violation

__all__ = ["Checked", "Source"]

#: The cells of a terminal that an excerpt has on either side of a place.
_CELLS = 48
#: The characters of an excerpt on either side, however few cells they take.
_CHARACTERS = 200
_CUT = "..."
_TAB = "    "
#: White space: that of JSON, and what stands around a query, as bytes have it.
_BLANK = " \t\r\n\v\f"


@attrs.frozen
class Source:
    """Where a document comes from: a file, or a place in one."""

    #: The file's name as it was given; `-` is standard input.
    file: str
    #: The line of the file in which the text begins, from 1.
    line: int
    #: The text that holds the document; None if it could not be read.
    text: str | None = attrs.field(repr=False)
    #: The index in the text at which the document begins: not 0 in a suite of many.
    begin: int = 0
    #: Whether findings show the line that they are in.
    excerpts: bool = False
    #: Whether the text is the query of a URL, or has it.
    is_query: bool = False

    def finding(self, rule: str, message: str, index: int | None = None) -> Finding:
        """Make a finding of no violation: at an index in the text, or where the document begins."""
        line, column, excerpt = self._shown(self._first() if index is None else index)
        return Finding(
            file=self.file, line=line, column=column, rule=rule, message=message, excerpt=excerpt
        )

    def findings(self, result: Result, document: JSON) -> tuple[Finding, ...]:
        """Give the findings of a result; `document` is what the text, or that part of it, holds.

        Only what is not valid is looked for in the text.
        """
        if not result.violations:
            return ()
        return tuple(
            self._finding(violation, index)
            for violation, index in zip(result, self._indices(result, document), strict=True)
        )

    def _indices(self, result: Result, document: JSON) -> Iterator[int | None]:
        """Give the index of each violation in the text, if it is known there."""
        if self.text is None:
            return itertools.repeat(None, len(result.violations))
        if self.is_query:
            return self._in_query(result, self.text)
        if result.payload is None:  # not JSON, or null
            return itertools.repeat(self._first(), len(result.violations))
        # What is wrong with events is located in what was sent, not in what they became.
        payload = document if result.entries else result.payload
        paths = [_paths(each, payload, document) for each in result]
        found = scanner.locate(self.text, itertools.chain(*paths), self.begin)
        return (_nearest([found[path] for path in each]) for each in paths)

    def _in_query(self, result: Result, text: str) -> Iterator[int]:
        """Give the index of the parameter that each violation is of."""
        first = self._first()
        found = queries.locate(text.strip(_BLANK))
        for violation in result:
            names = _names(violation.instance_location)[:1] or violation.names
            yield first + min((found[name] for name in names if name in found), default=0)

    def _first(self) -> int:
        """Give the index of the first character of the document that is not white space."""
        text = self.text or ""
        blank = len(text) - len(text[self.begin :].lstrip(_BLANK))
        return blank if blank < len(text) else self.begin

    def _finding(self, violation: Violation, index: int | None) -> Finding:
        """Make a finding of a violation: where the text itself is wrong, at the place it names."""
        place = None if violation.decoded_location is not None else violation.position
        if place is not None:
            index = self.index_at(place.line, place.column)
        line, column, excerpt = self._shown(index)
        if place is not None:
            line, column = place.line, place.column
        return Finding(
            file=self.file,
            line=line,
            column=column,
            rule=violation.keyword or violation.code,
            message=violation.message,
            violation=violation,
            excerpt=excerpt,
        )

    def _shown(self, index: int | None) -> tuple[int, int, Excerpt | None]:
        """Give the line and the column of an index in the text, and the line itself if wanted."""
        if index is None or self.text is None:
            return self.line, 1, None
        text, at = scanner.line_at(self.text, index)
        line = self.line + self.text.count("\n", 0, index)
        return line, at + 1, _excerpt(text, at) if self.excerpts else None

    def index_at(self, line: int, column: int) -> int | None:
        """Give the index of a place of the file in the text; None without a text."""
        if self.text is None:
            return None
        before = itertools.islice(self.text.split("\n"), line - self.line)
        return sum(len(each) + 1 for each in before) + column - 1


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
    #: Whether the text is the query of a URL, or has it.
    is_query: bool = False

    def outcome(self, *, excerpts: bool = False) -> Outcome:
        """Give what reports tell of the document."""
        result = self.result
        return Outcome(
            file=self.file,
            line=self.line,
            status=status_of(result),
            findings=self._findings(excerpts=excerpts) if result.violations else (),
            result=result,
            truncated=result.truncated,
        )

    def finding(self, rule: str, message: str, *, excerpts: bool) -> Finding:
        """Make a finding of the document as a whole, and of no violation."""
        return self._source(excerpts=excerpts).finding(rule, message)

    def _findings(self, *, excerpts: bool) -> tuple[Finding, ...]:
        source = self._source(excerpts=excerpts)
        if source.text is None or self.result.payload is None or self.is_query:
            return source.findings(self.result, None)  # nothing to look in
        return source.findings(self.result, orjson.loads(source.text))

    def _source(self, *, excerpts: bool) -> Source:
        text = None if self.raw is None else self.raw.decode(errors="surrogateescape")
        return Source(self.file, self.line, text, excerpts=excerpts, is_query=self.is_query)


# Where a violation is.


def _paths(violation: Violation, payload: JSON, document: JSON) -> list[Path]:
    """Give the paths to what is at fault: the names of properties, or else the value."""
    path, is_whole = _path(violation.instance_location, payload, document)
    if violation.decoded_location is None and is_whole and violation.names:
        return [path, *((*path, name) for name in violation.names)]
    return [path]


def _path(pointer: str, payload: JSON, document: JSON) -> tuple[Path, bool]:
    """Follow a JSON Pointer into a payload, as far as it leads in the document it was made of.

    That is to an array at the most where normalization took items away, and then not the whole way.
    """
    path: list[str | int] = []
    for name in _names(pointer):
        if isinstance(payload, list):
            if not isinstance(document, list) or len(document) != len(payload):
                return tuple(path), False
            step: str | int = int(name)
            payload, document = payload[int(name)], document[int(name)]
        else:
            step = name
            payload = payload.get(step) if isinstance(payload, dict) else None
            document = document.get(step) if isinstance(document, dict) else None
        path.append(step)
    return tuple(path), True


def _names(pointer: str) -> list[str]:
    """Read a JSON Pointer as names; an index is one, too."""
    return [each.replace("~1", "/").replace("~0", "~") for each in pointer.split("/")[1:]]


def _nearest(found: Iterable[scanner.Found]) -> int:
    """Give the place of the first name that is at fault, or that of the value."""
    value, *members = found
    names = [member.name for member in members if member.name is not None]
    return min(names, default=value.start)


# The line that it is in.


def _excerpt(line: str, index: int) -> Excerpt:
    """Cut a line to what fits beside a place in it, printable."""
    before = _fitting(line[max(index - _CHARACTERS, 0) : index], from_end=True)
    after = _fitting(line[index : index + _CHARACTERS])
    left = _CUT * (len(before) < index) + "".join(before)
    right = "".join(after) + _CUT * (len(after) < len(line) - index)
    return Excerpt(left + right, _cells(left))


def _fitting(text: str, *, from_end: bool = False) -> Sequence[str]:
    """Give as many characters as there is room for, each as it is shown."""
    if text.isascii() and text.isprintable():
        return text[-_CELLS:] if from_end else text[:_CELLS]
    shown: list[str] = []
    room = _CELLS
    for each in reversed(text) if from_end else text:
        character = _TAB if each == "\t" else printable(each)
        room -= _cells(character)
        if room < 0:
            break
        shown.append(character)
    return shown[::-1] if from_end else shown


def _cells(text: str) -> int:
    """Give the cells of a terminal that a printable text takes."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
