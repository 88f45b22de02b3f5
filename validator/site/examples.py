"""A payload that a schema accepts, and commands and code that check it."""

from __future__ import annotations

import json

import attrs

from validator.drawing.realistic import realistic
from validator.errors import NothingToDraw
from validator.iglu import SchemaKey
from validator.registry import Registry
from validator.results import JSON

__all__ = ["Example", "example"]

#: What makes the same example in each build: that of `validator generate` as it stands.
_SEED = 0


@attrs.frozen
class Example:
    """A payload as a page shows it."""

    payload: JSON
    #: Why there is none; None where there is one.
    problem: str | None
    #: JSON text, indented.
    text: str
    #: Shell commands that draw another one and check it.
    shell: str
    #: Python that checks the payload.
    python: str


def example(key: SchemaKey, registry: Registry, *, is_packaged: bool) -> Example:
    """Draw a payload of a schema that can judge, the same each time.

    :param is_packaged: whether the package has the schema, so that no registry need be named.
    :raises NoVerdict: if the schema can't judge.
    """
    problem, drawn = None, None
    try:
        (drawn,) = realistic(key, registry=registry).examples(1, _SEED, invalid=False)
    except NothingToDraw as nothing:
        problem = nothing.problem
    text = json.dumps(drawn, indent=2, ensure_ascii=False)
    return Example(
        drawn,
        problem,
        text,
        _shell(key, is_packaged=is_packaged),
        _python(key, drawn, is_packaged=is_packaged),
    )


def _shell(key: SchemaKey, *, is_packaged: bool) -> str:
    option = "" if is_packaged else " --registry DIR"
    draw = f"validator generate{option} -n 1 {key}"
    return f"{draw} \\\n  | validator check{option} --schema {key} -"


def _python(key: SchemaKey, payload: JSON, *, is_packaged: bool) -> str:
    names = "Validator" if is_packaged else "Directory, Registry, Validator"
    registry = "" if is_packaged else 'registry=Registry(Directory("DIR"))'
    return (
        f"from validator import {names}\n\n"
        f"payload = {_literal(payload)}\n"
        f'result = Validator({registry}).validate(payload, "{key}")\n'
        "assert result, result.violations\n"
    )


def _literal(value: JSON, indent: str = "") -> str:
    """Write a value as Python: a text of JSON is one of Python, too."""
    inner = f"{indent}    "
    if isinstance(value, dict) and value:
        members = [f"{inner}{_text(name)}: {_literal(value[name], inner)},\n" for name in value]
        return f"{{\n{''.join(members)}{indent}}}"
    if isinstance(value, list) and value:
        items = [f"{inner}{_literal(each, inner)},\n" for each in value]
        return f"[\n{''.join(items)}{indent}]"
    return _text(value) if isinstance(value, str) else repr(value)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
