"""Rules about values in a schema: those of `enum`, `default` and `examples`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote, unquote

import attrs
import orjson

from validator.closure import Closure, gather
from validator.drawing.arrays import same
from validator.engine import compile_schema
from validator.errors import InvalidSchema
from validator.lint.editing import Edit, without
from validator.lint.places import parts_of
from validator.lint.rules import Fault, Rule, each_node
from validator.lint.schema_file import Node, SchemaFile
from validator.lint.words import quoted
from validator.registry import Schema
from validator.results import JSON, Path, json_pointer

__all__ = ["RULES"]

_ASKING = "schema:asking"


def _enum(node: Node) -> list[JSON]:
    value = node.schema.get("enum")
    return value if isinstance(value, list) else []


def _repeated(node: Node) -> list[int]:
    """Give the indices of the values that the list had before."""
    seen: set[bytes] = set()
    repeated = []
    for index, value in enumerate(_enum(node)):
        written = same(value)
        if written in seen:
            repeated.append(index)
        seen.add(written)
    return repeated


def enum_duplicates(node: Node) -> Iterator[Fault]:
    """Find values that an `enum` has twice."""
    for index in _repeated(node):
        message = f"enum has {quoted(_enum(node)[index])} twice, as JSON compares values"
        yield Fault((*node.path, "enum", index), message)


def without_duplicates(file: SchemaFile) -> list[Edit]:
    """Take out the values that an `enum` had before, unless a reference may lead to one."""
    if "/enum/" in unquote(orjson.dumps(file.contents).decode()):
        return []
    gone = {(*node.path, "enum"): found for node in file.nodes if (found := _repeated(node))}
    stand = parts_of(file, gone)
    return [edit for path, found in gone.items() for edit in without(stand[path], found)]


def nullable_enum(node: Node) -> Iterator[Fault]:
    """Find a type and an enum that disagree about null."""
    types, values = node.types, _enum(node)
    if types and "null" in types and len(types) > 1 and _holds(node, _leaves_null_out):
        message = "the type lets null in, and enum does not"
        yield Fault((*node.path, "enum" if values else "type"), message)
    elif None in values and _holds(node, _is_of_no_null):
        message = "enum lets null in, and the type does not"
        yield Fault((*node.path, "enum", values.index(None)), message)


def _holds(node: Node, says: Callable[[dict[str, JSON]], bool]) -> bool:
    """Whether a subschema says something, or, where it tells what a value is, one beside it."""
    return says(node.schema) or (node.tells and node.holds(says))


def _leaves_null_out(schema: dict[str, JSON]) -> bool:
    values = schema.get("enum")
    return isinstance(values, list) and values != [] and None not in values


def _is_of_no_null(schema: dict[str, JSON]) -> bool:
    types = schema.get("type")
    return (isinstance(types, str) and types != "null") or (
        isinstance(types, list) and types != [] and "null" not in types
    )


def default_invalid(file: SchemaFile) -> Iterator[Fault]:
    """Find defaults that their own schema refuses."""
    asked = [
        (_whole(node).path, (*node.path, "default"), node.written["default"])
        for node in file.nodes
        if "default" in node.written
    ]
    return _refused(file, asked, "the default")


def _whole(node: Node) -> Node:
    """Give the subschema that one is a part of by `allOf`, or itself."""
    while node.parent is not None and node.path[len(node.parent.path)] == "allOf":
        node = node.parent
    return node


def example_invalid(file: SchemaFile) -> Iterator[Fault]:
    """Find examples that their own schema refuses."""
    asked = [
        (node.path, (*node.path, "examples", index), value)
        for node in file.nodes
        if isinstance(node.schema.get("examples"), list)
        for index, value in enumerate(node.schema["examples"])
    ]
    return _refused(file, asked, "the example")


def _refused(file: SchemaFile, asked: list[tuple[Path, Path, JSON]], what: str) -> Iterator[Fault]:
    """Ask of values whether the subschemas at paths refuse them: of all of them at once."""
    if not asked or not isinstance(file.closed, Closure):
        return
    uri = file.schema.uri
    references = {
        str(index): {"$ref": f"{uri}#{quote(json_pointer(path))}"}
        for index, (path, _, _) in enumerate(asked)
    }
    dialect = file.schema.dialect
    asking = {"$schema": dialect.uri, "properties": references}
    limits = attrs.evolve(file.limits, violations=len(asked))
    try:
        closure = gather(Schema(_ASKING, asking, dialect, None), file.find, limits)
        compiled = compile_schema(closure, limits=limits, formats="assert")
    except InvalidSchema:  # all of them together are too much
        return
    document = {str(index): value for index, (_, _, value) in enumerate(asked)}
    told = set()
    for each in compiled.evaluate(document, len(orjson.dumps(document))).violations:
        index = each.instance_location[1:].partition("/")[0]
        if index and index not in told:
            told.add(index)
            yield _fault(asked[int(index)], what, each.message)


def _fault(asked: tuple[Path, Path, JSON], what: str, problem: str) -> Fault:
    _, path, value = asked
    return Fault(path, f"{what} {quoted(value)} is refused by its own schema: it {problem}")


RULES = (
    Rule(
        id="enumDuplicates",
        level="error",
        looks_for="A value that an `enum` has twice. 1 and 1.0 are the same, 1 and true are not.",
        why="One is probably meant to be another; draft-04 to 07 forbid it, so readers refuse it.",
        mend="Take one out, or correct it. `fix` takes out the later one.",
        example='{"enum": ["a", "b", "a"]}',
        find=each_node(enum_duplicates),
        fix=without_duplicates,
    ),
    Rule(
        id="nullableEnum",
        level="warning",
        looks_for="A `type` with null beside an `enum` without it, or the other way round; also "
        "where one of the two comes by `allOf` or `$ref`.",
        why="Both must let a value in: null is refused, though one of them says that it may come.",
        mend='Add null to the other one, too, or take it out: "type": ["string", "null"] goes '
        'with "enum": ["a", null].',
        example='{"type": ["string", "null"], "enum": ["a", "b"]}',
        find=each_node(nullable_enum),
    ),
    Rule(
        id="defaultInvalid",
        level="warning",
        looks_for="A `default` that its own schema refuses, with what stands beside it in `allOf`; "
        "beside `$ref`, one that this refuses.",
        why="Who fills it in makes a document that is not valid.",
        mend="Correct the default, or let the schema take it.",
        example='{"type": "integer", "default": "1"}',
        find=default_invalid,
    ),
    Rule(
        id="exampleInvalid",
        level="warning",
        looks_for="One of the `examples` that its own schema refuses, in draft-04 too.",
        why="Who copies it sends a document that is not valid.",
        mend="Correct the example, or let the schema take it.",
        example='{"$schema": "http://json-schema.org/draft-07/schema#", "type": "integer", '
        '"examples": [1, "2"]}',
        find=example_invalid,
    ),
)
