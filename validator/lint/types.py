"""Rules about types: keywords of another type, and a root that is no record."""

from __future__ import annotations

from collections.abc import Iterator

from validator.lint.keywords import ABOUT
from validator.lint.rules import Fault, Rule, each_node
from validator.lint.schema_file import Node, SchemaFile
from validator.lint.words import listed

__all__ = ["RULES"]

_FITTING = {"number": {"number", "integer"}}


def root_object(file: SchemaFile) -> Iterator[Fault]:
    """Find a root that tells no fields."""
    contents = file.contents
    if not isinstance(contents, dict):
        return
    types = file.nodes[0].types
    if types is None or "object" not in types:
        path = ("type",) if "type" in contents else ()
        yield Fault(path, "the root's type is not object")
    elif "properties" not in contents:
        message = "the root has no properties: it tells no field"
        yield Fault((), message)


def _strange(kind: str) -> Rule:
    about, fitting = ABOUT[kind], _FITTING.get(kind, {kind})

    def find(node: Node) -> Iterator[Fault]:
        types = node.types
        if not types or types & fitting:
            return
        for keyword in node.schema:
            if keyword in about:
                message = f"{keyword} judges nothing here: the type is {listed(sorted(types))}"
                yield Fault(node.path, message, member=keyword)

    article = "an" if kind[0] in "ao" else "a"
    plural = {"number": "numeric"}.get(kind, kind)
    value = {"number": "5", "string": '"a"', "array": "[]", "object": "{}"}[kind]
    keyword = {"number": "maximum", "string": "format", "array": "items", "object": "properties"}
    example = f'{{"type": "boolean", "{keyword[kind]}": {value}}}'
    return Rule(
        id=f"{plural}Properties",
        level="error",
        looks_for=f"A keyword about {kind}s where the `type` lets no {kind} in.",
        why="It judges nothing, though its author thinks that it does.",
        mend=f"Take the keyword out, or make the type {article} {kind}.",
        example=example,
        find=each_node(find),
    )


RULES = (
    Rule(
        id="rootObject",
        level="warning",
        looks_for="A root whose `type` is not object, or that has no `properties`.",
        why="Loaders make a row of an event or entity, and a column of each property of its root.",
        mend='Write "type": "object" and "properties" in the root.',
        example='{"type": "string"}',
        find=root_object,
    ),
    *map(_strange, ABOUT),
)
