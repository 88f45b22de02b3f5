"""Files to verdicts, a document at a time: what `check` and `explain` share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import attrs

from validator import InvalidSchema, NoVerdict, Result, Validator, Violation
from validator.cli import inputs, options
from validator.errors import UnreadableFile
from validator.reporting import Checked
from validator.results import Code
from validator.validation import NamedSchema

__all__ = ["Judging", "check_file", "judging"]


@attrs.frozen
class Judging:
    """How the documents of a command are judged."""

    #: Gives the outcome for the text of one document.
    judge: Callable[[bytes], Result]
    #: Whether each line of a file is a document, whatever the file is called.
    by_line: bool
    #: Whether a document is the query of a URL, or has one.
    is_query: bool


def judging(
    validator: Validator,
    schema: NamedSchema | None = None,
    now: datetime | None = None,
    *,
    strict: bool = False,
    ndjson: bool = False,
    query: bool = False,
) -> Judging:
    """Choose how documents are judged, as the options of a command have it."""
    if query:
        return Judging(
            lambda raw: validator.check_query(options.query_in(raw), now=now),
            by_line=True,
            is_query=True,
        )
    if strict:
        return Judging(lambda raw: validator.validate(raw, schema), by_line=ndjson, is_query=False)
    return Judging(
        lambda raw: validator.check(raw, schema, now=now), by_line=ndjson, is_query=False
    )


def check_file(file: str, judging: Judging) -> Iterator[Checked]:
    """Check each document of a file; what can't be read is told as the last of it."""
    try:
        for each in inputs.read(file, by_line=judging.by_line, most=options.LIMITS.bytes):
            try:
                result = judging.judge(each.raw)
            except NoVerdict as error:
                result = _no_verdict(error)
            if result.violations:
                violations = tuple(inputs.placed(violation, each) for violation in result)
                result = attrs.evolve(result, violations=violations)
            yield Checked(file, each.line, each.raw, result, judging.is_query)
    except UnreadableFile as error:
        yield Checked(file, 1, None, _no_verdict(error))


def _no_verdict(error: NoVerdict) -> Result:
    """Make a result of what keeps a document from being judged."""
    codes: dict[type, Code] = {UnreadableFile: "UnreadableFile", InvalidSchema: "InvalidSchema"}
    code = codes.get(type(error), "ResolutionError")
    violation = Violation(code=code, message=str(error))
    return Result(violations=(violation,), unresolved=(str(error),))
