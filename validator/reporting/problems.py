"""Problems of a schema's file as findings: each gets the line and the column that it is in."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from validator import documents, scanner
from validator.iglu import SchemaKey
from validator.limits import Limits
from validator.problems import Problem
from validator.reporting.checked import Source
from validator.reporting.findings import Finding, Outcome, Status
from validator.results import JSON, Path, Result

__all__ = ["UNREADABLE", "outcome_of_file"]

#: The rule that says of a file that it could not be looked at.
UNREADABLE = "unreadable"
_LIMITS = Limits()
#: What a text may be for places to be looked for in it.
_SEARCHED = Limits(bytes=_LIMITS.schema_bytes, depth=_LIMITS.schema_depth)


def outcome_of_file(
    file: str,
    raw: bytes | None,
    problems: Sequence[Problem],
    key: SchemaKey | None = None,
    *,
    strict: bool = False,
    excerpts: bool = False,
) -> Outcome:
    """Give what reports tell of a file of a schema.

    It is `unresolved` where it could not be read, and `invalid` where a problem is an error.

    :param file: its name as it was given.
    :param raw: what is in it; None where that could not be read.
    :param key: the schema that it is.
    :param strict: whether a warning is as bad as an error.
    :param excerpts: whether findings show the line that they are in.
    """
    text = None if raw is None else raw.decode(errors="surrogateescape")
    source = Source(file, 1, text, excerpts=excerpts)
    places = {} if raw is None else _places(raw, problems)
    return Outcome(
        file=file,
        status=_status(problems, strict=strict),
        findings=tuple(_finding(source, each, places) for each in problems),
        result=Result(schema=key),
    )


def _status(problems: Sequence[Problem], *, strict: bool) -> Status:
    if any(each.rule == UNREADABLE for each in problems):
        return "unresolved"
    bad = {"error", "warning"} if strict else {"error"}
    return "invalid" if any(each.level in bad for each in problems) else "valid"


#: Where the values and the names of problems stand in a text, by what leads to them.
_Places = dict[tuple[str, str | None], int]


def _finding(source: Source, problem: Problem, places: _Places) -> Finding:
    if problem.position is None:
        index = places.get((problem.location, problem.member), 0)
        finding = source.finding(problem.rule, problem.message, index)
    else:
        line, column = problem.position
        index = source.index_at(line, column) or 0
        finding = source.finding(problem.rule, problem.message, index)
        finding = attrs.evolve(finding, line=line, column=column)
    hint = None if problem.hint is None else _clause(problem.hint)
    return attrs.evolve(finding, level=problem.level, hint=hint, location=problem.location)


def _clause(sentence: str) -> str:
    """Make of a sentence what stands behind a semicolon; a name in capitals stays."""
    first, second = sentence[:1], sentence[1:2]
    text = sentence.removesuffix(".")
    return first.lower() + text[1:] if second.islower() or second == " " else text


def _places(raw: bytes, problems: Sequence[Problem]) -> _Places:
    """Find the places of problems in a text; of one that can't be read, none."""
    wanted = {(each.location, each.member) for each in problems if each.position is None}
    read = None if wanted <= {("", None)} else documents.decode(raw, _SEARCHED)
    if not read:
        return {}
    paths = {each: _path(*each, read.payload) for each in wanted}
    found = scanner.locate(raw.decode(), paths.values())
    return {each: _index(found[path], each[1]) for each, path in paths.items()}


def _index(found: scanner.Found, member: str | None) -> int:
    """Give the index of a name, where that is at fault, else that of the value."""
    return found.start if member is None or found.name is None else found.name


def _path(pointer: str, member: str | None, document: JSON) -> Path:
    """Read a JSON Pointer, and a name in what it leads to, as steps into a document."""
    steps = [each.replace("~1", "/").replace("~0", "~") for each in pointer.split("/")[1:]]
    path: list[str | int] = []
    for step in steps if member is None else [*steps, member]:
        if isinstance(document, list) and step.isdecimal():
            path.append(int(step))
            document = document[int(step)] if int(step) < len(document) else None
        else:
            path.append(step)
            document = document.get(step) if isinstance(document, dict) else None
    return tuple(path)
