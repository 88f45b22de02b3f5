"""What a rule is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

import attrs

from validator.lint.editing import Edit
from validator.lint.schema_file import Node, SchemaFile
from validator.problems import Level
from validator.results import Path

__all__ = ["Fault", "Find", "Rule", "each_node"]


@attrs.frozen
class Fault:
    """One place that breaks a rule."""

    #: The steps to the value at fault.
    path: Path
    #: What is wrong, and by which rule.
    message: str
    #: How to mend it, where that is more than the rule says.
    hint: str | None = attrs.field(default=None, kw_only=True)
    #: The name at fault of the object at `path`, where that is what is wrong.
    member: str | None = attrs.field(default=None, kw_only=True)
    #: The line and the column, from 1, of what is wrong with the text itself.
    position: tuple[int, int] | None = attrs.field(default=None, kw_only=True)


#: Finds what breaks a rule in a file.
Find: TypeAlias = Callable[[SchemaFile], Iterator[Fault]]


@attrs.frozen(kw_only=True)
class Rule:
    """A rule of `lint`."""

    #: As `skip` and reports have it: igluctl's name for what igluctl checks too.
    id: str
    level: Level
    #: What it looks for.
    looks_for: str
    #: Why that matters.
    why: str
    #: How to mend it.
    mend: str
    #: A text that breaks it, for the documentation.
    example: str
    #: None where one file can't show it.
    find: Find | None
    #: Gives the edits of a file that mend it, where there is one right answer.
    fix: Callable[[SchemaFile], list[Edit]] | None = None


def each_node(find: Callable[[Node], Iterator[Fault]]) -> Find:
    """Make a rule about subschemas one about a file: it looks at each of them."""

    def find_in(file: SchemaFile) -> Iterator[Fault]:
        for node in file.nodes:
            yield from find(node)

    return find_in
