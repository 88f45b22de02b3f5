"""What pages are made of: pieces of sentences, rules, fields."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, TypeAlias

import attrs
import orjson

from validator.results import JSON

__all__ = [
    "Field",
    "Fields",
    "Piece",
    "Pieces",
    "Rule",
    "code",
    "joined",
    "json_text",
    "ticked",
    "visible",
]

#: Characters of a value or a pattern that are told; the schema itself stands on the page, too.
_LONGEST = 400
_TICKED = re.compile(r"`([^`]+)`")
#: What browsers draw as nothing, or take as an order: controls, and what turns the direction.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)


@attrs.frozen
class Piece:
    """A piece of a sentence."""

    text: str
    #: `code` is a name or a value, as it is written.
    kind: Literal["words", "code"] = "words"
    #: Where it leads to within the site.
    href: str | None = None


Pieces: TypeAlias = tuple[Piece, ...]


@attrs.frozen
class Rule:
    """What a value must be, in words."""

    pieces: Pieces
    #: Alternatives, or values that are many: a line each.
    lines: tuple[Pieces, ...] = ()
    #: Whether the lines are so much that a page folds them away.
    folded: bool = False


@attrs.frozen(kw_only=True)
class Field:
    """One row of the table of fields."""

    #: Such as `events[].time.insert`; empty for the payload as a whole.
    path: str
    #: Its name by itself, by which it is searched; empty for what has none.
    name: str = ""
    #: What a link to it ends with.
    anchor: str
    depth: int
    presence: Literal["required", "optional", ""] = ""
    types: Pieces
    rules: tuple[Rule, ...] = ()
    description: str = ""
    #: As JSON text.
    default: str | None = None
    #: As JSON text.
    example: str | None = None
    #: When it is told of at all: in which alternative.
    condition: Pieces = ()
    is_deprecated: bool = False


@attrs.frozen
class Fields:
    """The table of fields."""

    rows: tuple[Field, ...]
    #: Whether there are more, which are not told.
    truncated: bool = False

    @property
    def searched(self) -> list[tuple[str, str]]:
        """The path and the anchor of each field that has a name, each path once."""
        found: dict[str, str] = {}
        for row in self.rows:
            if row.name:
                found.setdefault(row.path, row.anchor)
        return [*found.items()]


def visible(text: str) -> str:
    r"""Write what can't be seen as what it is, such as `\u202e`.

    >>> visible("a\u202eb")
    'a\\u202eb'
    """
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def json_text(value: JSON, *, most: int = _LONGEST) -> str:
    """Write a value as JSON on one line, cut where it is long."""
    text = orjson.dumps(value).decode()
    return text if len(text) <= most else f"{text[:most]}…"


def code(text: str, href: str | None = None) -> Piece:
    """Make a piece of a name or a value, cut where it is long."""
    return Piece(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…", "code", href)


def ticked(text: str) -> Pieces:
    """Make pieces of a message, in which names stand between back-quotes."""
    return tuple(
        Piece(each.strip(), "code" if index % 2 else "words")
        for index, each in enumerate(_TICKED.split(text))
        if each.strip()
    )


def joined(groups: Iterable[Pieces], between: str) -> Pieces:
    """Join pieces by words."""
    told: list[Piece] = []
    for group in groups:
        told += [Piece(between), *group] if told else group
    return tuple(told)
