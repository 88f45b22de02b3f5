"""Where something broke: the paths of an engine's error, with what the engine leaves out of them.

jsonschema-rs leaves empty names out of its paths. Where in the document it was, it also tells in
words, and which place of a schema, in a URI: neither leaves anything out. Only an empty name of
`patternProperties`, `dependentSchemas` or `dependencies` that is followed by a reference is told
nowhere, and is missing here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias
from urllib.parse import unquote

import attrs
import jsonschema_rs

from validator.results import JSON

__all__ = ["Place", "place_of", "schema_at"]

_Steps: TypeAlias = Sequence[str | int]

#: How the words begin that tell where in the document it was, and how they tell an empty name.
_ON_INSTANCE = "\n\nOn instance"
_EMPTY = '[""]'
_MEMBERS = frozenset(
    {"additionalProperties", "unevaluatedProperties", "items", "additionalItems"}
    | {"prefixItems", "unevaluatedItems"}
)
_DEPENDENT = frozenset({"dependencies", "dependentSchemas"})
_OF_NAMES = frozenset({"properties", "patternProperties"}) | _DEPENDENT


@attrs.frozen
class Place:
    """Where something broke."""

    #: The way to the value, through the document.
    instance: _Steps
    #: The way to the keyword, through the schema and its references.
    evaluation: _Steps
    #: The keyword's own place, URI#pointer; None in a schema without a URI.
    absolute: str | None


def place_of(error: jsonschema_rs.ValidationError) -> Place:
    """Tell where an error was found."""
    kind = type(error.kind).__name__
    # The path of an error of a name leads to where its rule stands, not how that was reached.
    rule: jsonschema_rs.ValidationError = (
        error.kind.error  # type: ignore[attr-defined]  # of PropertyNames
        if kind == "PropertyNames"
        else error
    )
    absolute = rule.absolute_keyword_location
    evaluation: _Steps = rule.evaluation_path
    if absolute and kind == "Required" and evaluation[-1] != "required":
        absolute = absolute.removesuffix("/0")  # that there is no such place, the path tells
    instance = _instance_path(error)
    if "" in instance:
        evaluation = _with_names_of_instance(evaluation, instance)
    return Place(instance, _with_names_of_schema(evaluation, absolute or ""), absolute)


def schema_at(location: str, resources: dict[str, JSON]) -> dict[str, JSON]:
    """Give the schema that a keyword stands in; an empty one where there is none to be found."""
    uri, _, pointer = location.partition("#")
    found = resources.get(uri)
    for step in _steps(pointer)[:-1]:
        if isinstance(found, dict):
            found = found.get(step)
        else:
            found = found[int(step)] if isinstance(found, list) else None
    return found if isinstance(found, dict) else {}


def _steps(pointer: str) -> list[str]:
    """Read a JSON Pointer that is part of a URI."""
    return [unquote(step).replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def _instance_path(error: jsonschema_rs.ValidationError) -> _Steps:
    """Put the empty names back that are told in words."""
    text = error.verbose_message
    at = text.rfind(_ON_INSTANCE)
    if at < 0:  # the other engine's errors leave nothing out
        return error.instance_path
    at += len(_ON_INSTANCE)
    steps: list[str | int] = []
    for step in error.instance_path:
        written = f'["{step}"]' if isinstance(step, str) else f"[{step}]"
        while text.startswith(_EMPTY, at) and not text.startswith(written, at):
            steps.append("")
            at += len(_EMPTY)
        steps.append(step)
        at += len(written)
    while text.startswith(_EMPTY, at):
        steps.append("")
        at += len(_EMPTY)
    # A name may look like the words themselves.
    return steps if text.startswith(":\n", at) else error.instance_path


def _with_names_of_instance(evaluation: _Steps, instance: _Steps) -> _Steps:
    """Put the empty names of `properties` back: they are those of the document."""
    steps: list[str | int] = []
    rest, names = list(reversed(evaluation)), list(reversed(instance))
    while rest:
        step = rest.pop()
        steps.append(step)
        name = names.pop() if names and (step in _MEMBERS or step in _OF_NAMES - _DEPENDENT) else 0
        if step == "properties" and name == "" and rest[-1:] != [""]:
            steps.append("")
        elif step in _OF_NAMES and rest:
            steps.append(rest.pop())
    return steps


def _with_names_of_schema(evaluation: _Steps, absolute: str) -> _Steps:
    """Put the empty names back that stand after the last reference: the location has them."""
    pointer = _steps(absolute.partition("#")[2])
    if "" not in pointer:
        return evaluation
    rest = list(evaluation)
    steps: list[str | int] = []
    while pointer and rest:
        step = pointer.pop()
        if step == str(rest[-1]):
            steps.append(rest.pop())
        elif step == "" and pointer[-1:] == rest[-1:] and rest[-1] in _OF_NAMES:
            steps.append(step)
        else:
            break
    return [*rest, *reversed(steps)]
