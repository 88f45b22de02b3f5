"""Where something broke: the paths of an engine's error, with what the engine leaves out of them.

jsonschema-rs leaves empty names out of its paths, and makes numbers of names such as `007` and
`+1`. Where in the document it was, it also tells in words, and which place of a schema, in a URI:
both have every name as it is. Only an empty name of
`patternProperties`, `dependentSchemas` or `dependencies` that is followed by a reference is told
nowhere, and is missing here; and where a name is itself `"]["`, words for empty names, an empty
name before it is told as one after it.
"""

from __future__ import annotations

import re
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
#: How they tell an index, and a name that the engine could take for one.
_NUMBER = re.compile(r'\[(?:([0-9]+)|"(\+[0-9]+)")\]')
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
    if instance != error.instance_path:
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
    """Give the path that is told in words."""
    text = error.verbose_message
    end = len(text)
    # A name may hold the words themselves: only where they begin, the whole path is.
    while (at := text.rfind(_ON_INSTANCE, 0, end)) >= 0:
        steps = _steps_told(text, at + len(_ON_INSTANCE), error.instance_path)
        if steps is not None:
            return steps
        end = at
    return error.instance_path  # of the other engine, whose errors leave nothing out


def _steps_told(text: str, at: int, path: _Steps) -> _Steps | None:
    """Read a path from words, given it as the engine has it; None if it is not there."""
    steps: list[str | int] = []
    for step in path:
        while (told := _step_told(text, at, step)) is None and text.startswith(_EMPTY, at):
            steps.append("")
            at += len(_EMPTY)
        if told is None:
            return None
        name, at = told
        steps.append(name)
    while text.startswith(_EMPTY, at):
        steps.append("")
        at += len(_EMPTY)
    return steps if text.startswith(":\n", at) else None


def _step_told(text: str, at: int, step: str | int) -> tuple[str | int, int] | None:
    """Read a step from words, and where they go on; None if they tell another one."""
    number = _NUMBER.match(text, at)
    if number and _is_alike(name := number[1] or number[2], step):
        return _as_it_is(name, step), number.end()
    escaped = str(step).replace("~", "~0").replace("/", "~1")
    written = f'["{escaped}"]'
    return (step, at + len(written)) if text.startswith(written, at) else None


def _is_alike(name: str, step: str | int) -> bool:
    """Whether a step is a name, or the number that the engine makes of it."""
    if isinstance(step, str):
        return name == step
    digits = name.removeprefix("+")
    return digits.isdecimal() and digits.lstrip("0") == str(step).lstrip("0")


def _as_it_is(name: str, step: str | int) -> str | int:
    """Give a name in place of a step that is alike; an index stays one."""
    return step if name == str(step) else name


def _with_names_of_instance(evaluation: _Steps, instance: _Steps) -> _Steps:
    """Put the names of `properties` back as they are: they are those of the document."""
    steps: list[str | int] = []
    rest, names = list(reversed(evaluation)), list(reversed(instance))
    while rest:
        step = rest.pop()
        steps.append(step)
        name = names.pop() if names and (step in _MEMBERS or step in _OF_NAMES - _DEPENDENT) else 0
        if step == "properties" and name == "":
            steps.append("")
        elif step in _OF_NAMES and rest:
            own = rest.pop()
            is_it = step == "properties" and _is_alike(str(name), own)
            steps.append(_as_it_is(str(name), own) if is_it else own)
    return steps


def _with_names_of_schema(evaluation: _Steps, absolute: str) -> _Steps:
    """Put the names back as they are that stand after the last reference: the location has them."""
    pointer = _steps(absolute.partition("#")[2])
    rest = list(evaluation)
    steps: list[str | int] = []
    while pointer and rest:
        step = pointer.pop()
        if _is_alike(step, rest[-1]):
            steps.append(_as_it_is(step, rest.pop()))
        elif step == "" and pointer[-1:] == rest[-1:] and rest[-1] in _OF_NAMES:
            steps.append(step)
        else:
            break
    return [*rest, *reversed(steps)]
