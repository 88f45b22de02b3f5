"""Rules about texts: formats that are unknown, patterns that are refused or match anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from validator import engine
from validator.lint.anchors import has_edge
from validator.lint.keywords import FORMATS
from validator.lint.rules import Fault, Rule, each_node
from validator.lint.schema_file import Node, SchemaFile
from validator.lint.words import quoted
from validator.nearby import Nearby
from validator.results import Path

__all__ = ["RULES"]

#: Steps of back-tracking by which a pattern is asked whether it needs them.
_BACKTRACKS = 1_000
#: What holds a pattern to an end of a text, or of a word.
_HOLDS = ("^", "$", "\\b")
#: At most one character of a kind: a text that has such a one is meant.
_ONE = re.compile(r"(?:\\.|\[(?:[^\]\\]|\\.)*\]|[^\\\[])?")


def unknown_formats(file: SchemaFile) -> Iterator[Fault]:
    """Find formats that decide nothing."""
    nearby = Nearby()
    for node in file.nodes:
        name = node.schema.get("format")
        known = FORMATS[node.dialect.name]
        if not isinstance(name, str) or name in known:
            continue
        meant = nearby.closest(name, sorted(known))
        later = [dialect for dialect, names in FORMATS.items() if name in names]
        message = f"{node.dialect.name} knows no format {quoted(name)}, and lets every text through"
        message += f"; {', '.join(later)} would" if later else ""
        hint = f"Did you mean {quoted(meant)}?" if meant else None
        yield Fault((*node.path, "format"), message, hint=hint)


def pattern_backtracks(file: SchemaFile) -> Iterator[Fault]:
    """Find patterns that the regular expressions allowed do not take."""
    found = [each for node in file.nodes for each in _patterns(node)]
    invalid = {path for path, _ in file.invalid}
    many = attrs.evolve(file.limits, backtracks=_BACKTRACKS)
    for path, member, pattern in found:
        if engine.finder(pattern, file.limits, len(found)):
            continue
        if engine.finder(pattern, many, len(found)):
            problem = "needs back-tracking, by look-around or a back-reference"
        elif path in invalid:
            continue  # no regular expression at all: `metaSchema` tells
        else:
            problem = "is too large, or no regular expression that the engine takes"
        yield Fault(path, f"the pattern {quoted(pattern)} {problem}", member=member)


def _patterns(node: Node) -> Iterator[tuple[Path, str | None, str]]:
    """Give the patterns of a subschema, each with its place."""
    pattern = node.schema.get("pattern")
    if isinstance(pattern, str):
        yield (*node.path, "pattern"), None, pattern
    for name in node.members("patternProperties"):
        yield (*node.path, "patternProperties"), name, name


def unanchored_pattern(node: Node) -> Iterator[Fault]:
    """Find patterns that a part of a text is enough for, wherever it stands."""
    pattern = node.schema.get("pattern")
    if not isinstance(pattern, str) or _ONE.fullmatch(pattern):
        return
    if not has_edge(pattern) and not _seems_held(pattern):
        message = f"the pattern {quoted(pattern)} fits a text that has it anywhere in it"
        yield Fault((*node.path, "pattern"), message)


def _seems_held(pattern: str) -> bool:
    """Whether a pattern that can't be read has a sign that may hold it."""
    return has_edge(pattern) is None and any(each in pattern for each in _HOLDS)


RULES = (
    Rule(
        id="unknownFormats",
        level="warning",
        looks_for="A `format` that the dialect does not know. draft-04 has Iglu's uuid, and ipv6.",
        why="It decides nothing: every text is let through.",
        mend="Write one that is known, or a `pattern`.",
        example='{"type": "string", "format": "datetime"}',
        find=unknown_formats,
    ),
    Rule(
        id="patternBacktracks",
        level="error",
        looks_for="A `pattern`, or a name in `patternProperties`, that the linear engine refuses: "
        "it has look-around or a back-reference, or is too large.",
        why="Back-tracking takes time without bound on some texts, so no document can be checked.",
        mend="Say it without (?=...), (?!...), (?<=...) and \\1: `allOf` asks for two "
        "patterns, and `not` asks that one does not fit.",
        example='{"type": "string", "maxLength": 9, "pattern": "^(?!a)[a-z]*$"}',
        find=pattern_backtracks,
    ),
    Rule(
        id="unanchoredPattern",
        level="warning",
        looks_for="A `pattern` without ^, $ and \\b, of more than one character.",
        why="It fits wherever in the text: [0-9]+ takes every text that has a digit.",
        mend="Put ^ before it and $ behind it, or what is meant: ^.*x says anywhere.",
        example='{"type": "string", "maxLength": 9, "pattern": "[0-9]+"}',
        find=each_node(unanchored_pattern),
    ),
)
