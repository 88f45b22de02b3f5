"""Pairs of schemas from fixtures/compatibility, and a plain way to decide between two schemas."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs
import jsonschema_rs
import pytest
from jsonschema_rs.canonical import Containment, Satisfiability

from validator import Violation
from validator.compatibility.verdicts import Direction, Witness
from validator.dialects import DEFAULT, dialect_of
from validator.errors import InvalidSchema
from validator.formats import CLASSES

FIXTURES = Path(__file__).parents[1] / "fixtures" / "compatibility"
_DRAFTS = {
    "draft-04": jsonschema_rs.Draft4,
    "draft-06": jsonschema_rs.Draft6,
    "draft-07": jsonschema_rs.Draft7,
    "2019-09": jsonschema_rs.Draft201909,
    "2020-12": jsonschema_rs.Draft202012,
}
#: Documents that tell most schemas of tests apart.
DOCUMENTS: tuple[Any, ...] = (
    *(None, True, 0, 1, 5, 6, 1.5, "", "a", "b", "abc", "abcdef", [], ["a"], ["a", 1], {}),
    *(
        {"a": 1},
        {"a": "a"},
        {"b": 1},
        {"a": 1, "b": 1},
        {"a": None},
        {"c": {}},
        {"a": "ab"},
        {"b": "ab"},
    ),
)
VIOLATION = Violation(schema=None, code="ValidationError", message="is not accepted")


@attrs.define
class Deciding:
    """Decides by the canonical form, and by documents that the engine judges; counts questions."""

    documents: Sequence[Any] = DOCUMENTS
    asked: int = 0

    def __call__(self, inner: Any, outer: Any) -> Direction:
        """Tell whether the second schema accepts every document that the first accepts."""
        self.asked += 1
        judges = [_judge(inner), _judge(outer)]
        for document in self.documents:
            if judges[0].is_valid(document) and not judges[1].is_valid(document):
                return Direction("refuted", Witness(document, VIOLATION))
        if _dialect(inner) != _dialect(outer):
            return Direction("unknown", reason="in two dialects")
        forms = [_form(inner), _form(outer)]
        is_covered = forms[1].covers(forms[0]) == Containment.YES
        return Direction("proved" if is_covered else "unknown")


def _dialect(schema: Any) -> str:
    return (dialect_of(schema) or DEFAULT).name


def _plain(schema: Any) -> Any:
    if not isinstance(schema, dict):
        return schema
    return {name: each for name, each in schema.items() if name not in {"self", "$schema"}}


def _judge(schema: Any) -> Any:
    dialect = dialect_of(schema)
    try:
        named = {**schema, "$schema": dialect.uri} if dialect else schema
        jsonschema_rs.meta.validate(named)
        return CLASSES[_dialect(schema)](_plain(schema), offline=True, validate_formats=True)
    except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError) as error:
        raise InvalidSchema("one of a test", str(error)) from None


def _form(schema: Any) -> Any:
    return jsonschema_rs.canonicalize(
        _plain(schema), draft=_DRAFTS[_dialect(schema)], offline=True, validate_formats=True
    )


def disjoint(one: Any, other: Any) -> bool:
    """Whether no document is accepted by both; not where the first is none."""
    if one is None or _dialect(one) != _dialect(other):
        return False
    return _form(one).intersect(_form(other)).satisfiability() == Satisfiability.NO


def cases() -> list[Any]:
    """Give each pair of the fixtures, as a parameter of a test."""
    return [
        pytest.param(case, id=f"{file.stem}: {case['name']}")
        for file in sorted(FIXTURES.glob("*.json"))
        for case in json.loads(file.read_bytes())
    ]
