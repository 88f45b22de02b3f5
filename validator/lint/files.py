"""Rules about a file as a whole: that it is JSON, and a schema that can judge."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from validator import scanner
from validator.dialects import DRAFT_04
from validator.drawing.arrays import same
from validator.errors import InvalidSchema, NoSuchSchema
from validator.lint.editing import Edit, Part, parts, without
from validator.lint.rules import Fault, Rule
from validator.lint.schema_file import SchemaFile
from validator.lint.words import quoted
from validator.results import Violation

__all__ = ["NOT_JSON", "RULES", "of_text"]

_SHOWN = 60


def of_text(violation: Violation) -> Fault:
    """Tell what keeps a text from being JSON, or from being read."""
    at = violation.position
    return Fault((), violation.message, position=None if at is None else (at.line, at.column))


def duplicate_keys(file: SchemaFile) -> Iterator[Fault]:
    """Find names that stand twice in one object."""
    if scanner.duplicate_name(file.text) is None:
        return
    for start, path in scanner.repeated_names(file.text):
        at = scanner.position(file.text, start)
        name = str(path[-1])
        message = f"{quoted(name)} stands twice in one object: only the last one counts"
        yield Fault(path[:-1], message, member=name, position=(at.line, at.column))


def without_equal(file: SchemaFile) -> list[Edit]:
    """Take out what stands before its like: an equal value under the same name."""
    if scanner.duplicate_name(file.text) is None:
        return []
    edits: list[Edit] = []
    pending = [len(file.text) - len(file.text.lstrip())]
    while pending:
        stand = list(parts(file.text, pending.pop()))
        gone = _repeated(file.text, stand)
        edits += without(stand, gone)
        pending += [each.value for index, each in enumerate(stand) if index not in gone]
    return edits


def _repeated(text: str, stand: list[Part]) -> set[int]:
    """Give the members that are equal to the last of their name."""
    last = {each.name: each for each in stand if each.name is not None}
    return {
        index
        for index, each in enumerate(stand)
        if each.name is not None
        and last[each.name] is not each
        and _value(text, each) == _value(text, last[each.name])
    }


def _value(text: str, part: Part) -> bytes:
    return same(orjson.loads(text[part.value : part.end]))


def meta_schema(file: SchemaFile) -> Iterator[Fault]:
    """Find what the meta-schema of the dialect refuses."""
    for path, problem in file.invalid:
        subject = f"{quoted(path[-1])} " if path else ""
        source = f"so says the meta-schema of {file.schema.dialect.name}"
        yield Fault(path, f"{subject}{problem}; {source}")
    told = {path for path, _ in file.invalid}
    for node in file.nodes:
        path = (*node.path, "enum")
        is_empty = node.dialect is DRAFT_04 and node.schema.get("enum") == []
        if is_empty and path not in told:
            yield Fault(path, '"enum" has no value in it; draft-04 asks for one at the least')


def unusable(file: SchemaFile) -> Iterator[Fault]:
    """Find what keeps a valid schema from judging."""
    error = file.closed
    if isinstance(error, NoSuchSchema):
        yield _at_reference(file, str(error.wanted), str(error))
    elif isinstance(error, InvalidSchema) and not _is_of_pattern(error):
        yield _at_reference(file, "", error.problem)


def _is_of_pattern(error: InvalidSchema) -> bool:
    return "the pattern " in error.problem  # `patternBacktracks` tells


def _at_reference(file: SchemaFile, wanted: str, problem: str) -> Fault:
    """Place a problem at the first reference that it is about, else at the root."""
    if file.schema.key is None:  # the name that it was given is nobody's
        problem = problem.replace(file.schema.uri, "this schema")
    for node in file.nodes:
        reference = node.schema.get("$ref")
        if isinstance(reference, str) and (
            (wanted and reference.startswith(wanted)) or ascii(reference)[:_SHOWN] in problem
        ):
            return Fault((*node.path, "$ref"), problem)
    return Fault((), problem)


NOT_JSON = Rule(
    id="notJson",
    level="error",
    looks_for="A text that is not JSON, holds what JSON has not (NaN, half of a surrogate pair), "
    "or is past the limits for schemas.",
    why="No reader takes it.",
    mend="Correct the text there; `fix` takes a byte order mark off.",
    example='{"type": "object",}',
    find=None,
)

RULES = (
    NOT_JSON,
    Rule(
        id="duplicateKeys",
        level="error",
        looks_for="A name that stands twice in one object of the file.",
        why="Parsers keep one of the two, most of them the last, and say nothing.",
        mend="Take one out; `fix` takes out the first where both have the same value.",
        example='{"type": "string", "maxLength": 5, "maxLength": 10}',
        find=duplicate_keys,
        fix=without_equal,
    ),
    Rule(
        id="metaSchema",
        level="error",
        looks_for="What the meta-schema of the dialect refuses: a keyword with a value that it "
        "can't have.",
        why="Every reader refuses the schema.",
        mend="Give the keyword a value that it can have.",
        example='{"type": "text"}',
        find=meta_schema,
    ),
    Rule(
        id="unusable",
        level="error",
        looks_for="A valid schema that can't judge: it refers to what is not there, applies itself "
        "without end, or causes more work than the limits allow.",
        why="No document can be checked by it.",
        mend="Correct the reference, or publish first what it refers to.",
        example='{"$ref": "#/definitions/none"}',
        find=unusable,
    ),
)
