"""Lines as reports write them: pieces with styles, and nothing that a terminal would act on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from validator.results import Violation

__all__ = ["Piece", "Write", "place_of", "printable", "rule_of", "told", "writable"]

#: A piece of a line, with the name of its style.
Piece: TypeAlias = tuple[str, str]
#: Writes the pieces of a line, and ends it.
Write: TypeAlias = Callable[[Iterable[Piece]], None]


def printable(text: str) -> str:
    """Escape what a terminal would act on, and what can't be written as UTF-8."""
    if text.isprintable():
        return text
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in text
    )


def writable(text: str) -> str:
    """Escape what UTF-8 has no bytes for: a file name may hold it, and a message that name."""
    return text.encode(errors="backslashreplace").decode()


def told(violation: Violation) -> Iterator[Piece]:
    """Tell a violation: `error CODE at /place, within it /place: message [keyword of schema]`."""
    yield "error", "bad"
    place = place_of(violation)
    yield printable(f" {violation.code}{place and ' '}{place}: {violation.message}"), ""
    if rule := rule_of(violation):
        yield printable(f" [{rule}]"), "rule"


def place_of(violation: Violation) -> str:
    """Tell the place of a violation in its document: nothing for the document as a whole."""
    at = f"at {violation.instance_location}" if violation.instance_location else ""
    return f"{at}, within it {violation.decoded_location}" if violation.decoded_location else at


def rule_of(violation: Violation) -> str:
    """Tell the rule that is broken: nothing where it is of no schema that has a name."""
    if violation.schema is None:
        return ""
    return (
        f"{violation.keyword} of {violation.schema}" if violation.keyword else f"{violation.schema}"
    )
