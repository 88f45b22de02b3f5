"""The rule about subschemas that nothing satisfies."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import attrs

from validator.canonical import Conflict, conflicts
from validator.closure import Closure, gather
from validator.engine import compile_schema
from validator.errors import InvalidSchema, NoSuchSchema
from validator.lint.bounds import RULES as BOUNDS
from validator.lint.names import RULES as NAMES
from validator.lint.rules import Fault, Rule
from validator.lint.schema_file import SchemaFile
from validator.results import Path, json_pointer

__all__ = ["RULES"]

#: How many definitions are looked at that nothing may refer to.
_DEFINITIONS = 500
#: The rules that say of some contradictions what they are, in plainer words.
_PLAINER = tuple(rule for rule in (*BOUNDS, *NAMES) if rule.level == "error")


def contradiction(file: SchemaFile) -> Iterator[Fault]:
    """Find subschemas that nothing satisfies, less those that another rule tells of."""
    if not isinstance(file.closed, Closure):
        return
    asked = (file.closed, *_with_definitions(file))
    found = {
        each.location: each
        for closure in asked
        for each in conflicts(closure, file.limits, "assert")
    }
    if not found:
        return
    told = set(_told(file))
    for node in file.nodes:
        location = json_pointer(node.path)
        each = found.get(location)
        if each is None or location in told or _is_false(node.schema, each):
            continue
        if not _is_consequence(each, {*found, *told} - {location}, node.schema):
            yield Fault(node.path, f"nothing satisfies this: {_because(each)}")


def _with_definitions(file: SchemaFile) -> Iterator[Closure]:
    """Give the schema with a part that refers to its definitions, and accepts everything.

    What nothing refers to is not looked at otherwise.
    """
    root = file.schema.contents
    definitions = [node for node in file.nodes if node.parent and node.edge[0] == "none"]
    if not (definitions and isinstance(root, dict)):
        return
    references = [
        {"$ref": f"#{quote(json_pointer(node.path))}"} for node in definitions[:_DEFINITIONS]
    ]
    kept, parts = root, root.get("allOf", [])
    if file.schema.dialect.ref_stands_alone and "$ref" in root:
        kept = {name: value for name, value in root.items() if name != "$ref"}
        parts = [{"$ref": root["$ref"]}]
    asking = {**kept, "allOf": [*parts, {"anyOf": [{}, *references]}]}
    try:
        closure = gather(attrs.evolve(file.schema, contents=asking), file.find, file.limits)
        compile_schema(closure, limits=file.limits, formats="assert")
    except (InvalidSchema, NoSuchSchema):  # together it is too much
        return
    yield closure


def _told(file: SchemaFile) -> Iterator[str]:
    """Give the places of the subschemas that other rules say cannot be satisfied."""
    for rule in _PLAINER:
        for fault in rule.find(file) if rule.find else ():
            yield json_pointer(_subschema(fault.path))


def _subschema(path: Path) -> Path:
    """Give the path of the subschema that a fault is in: at a keyword, or at an item of one."""
    return path[:-2] if isinstance(path[-1], int) else path[:-1]


def _is_false(schema: dict[str, object], conflict: Conflict) -> bool:
    """Whether it is `{"not": {}}`, which is how draft-04 writes `false`."""
    return schema.get("not") in ({}, True) and conflict.causes == ((conflict.location, ("not",)),)


def _is_consequence(conflict: Conflict, others: set[str], schema: dict[str, object]) -> bool:
    """Whether it comes of another contradiction, in it or in what it refers to."""
    words = [word for _, keywords in conflict.causes for word in keywords]
    if words == ["$ref"]:
        return str(schema.get("$ref")).startswith("#")
    begins = {
        f"{pointer}/{keyword}".rstrip("/")
        for pointer, keywords in conflict.causes
        for keyword in keywords or [""]
    }
    return any(
        other == begin or other.startswith(f"{begin}/") for begin in begins for other in others
    )


def _because(conflict: Conflict) -> str:
    """Say what keeps everything out."""
    parts = []
    for pointer, keywords in conflict.causes:
        inner = pointer.removeprefix(conflict.location)
        words = " and ".join(keywords) or "what is"
        parts.append(f"{words} at {inner}" if inner else words)
    if len(parts) > 1:
        return f"{' and '.join(parts)} disagree"
    (_, only), *_ = conflict.causes
    return f"{parts[0]} {'let' if len(only) > 1 else 'lets'} nothing in"


RULES = (
    Rule(
        id="contradiction",
        level="error",
        looks_for="A subschema that is proven to let nothing in, though it is not `false`: a type "
        "that none of the enum has, two types in `allOf`.",
        why="What it is about can never be sent, and an alternative that it is can never be taken.",
        mend="Correct the keywords that disagree; write false where nothing is meant to fit.",
        example='{"type": "object", "properties": {"a": {"type": "string", "enum": [1, 2]}}}',
        find=contradiction,
    ),
)
