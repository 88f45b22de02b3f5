"""The schemas of a comparison: what they are called, and the steps between them."""

import pytest

from validator import SchemaKey
from validator.cli.schema.operands import Operand, least_version, names, taken
from validator.compatibility.verdicts import Step


def _operand(name: str, key: str | None) -> Operand:
    parsed = None if key is None else SchemaKey.parse(f"iglu:com.acme/{key}")
    return Operand(name, {}, parsed)


USER = _operand("a", "user/jsonschema/1-0-0")
NEXT = _operand("b", "user/jsonschema/1-0-1")
LATER = _operand("c", "user/jsonschema/3-0-0")
NOTE = _operand("d", "note/jsonschema/1-0-1")
DRAFT = _operand("e", None)


@pytest.mark.parametrize(
    ("old", "new", "called", "step"),
    [
        (USER, NEXT, ("1-0-0", "1-0-1"), "ADDITION"),
        (NEXT, USER, ("1-0-1", "1-0-0"), None),
        (USER, LATER, ("1-0-0", "3-0-0"), "MODEL"),
        (USER, USER, ("a", "a"), "NONE"),
        (USER, NOTE, ("a", "d"), None),
        (USER, DRAFT, ("a", "e"), None),
        (DRAFT, USER, ("e", "a"), None),
    ],
)
def test_names_and_steps(
    old: Operand, new: Operand, called: tuple[str, str], step: Step | None
) -> None:
    """Versions of one schema are called by their versions, and have a step between them."""
    assert names(old, new) == called
    assert taken(old, new) == step


@pytest.mark.parametrize(
    ("old", "new", "step", "version"),
    [
        (USER, NEXT, "REVISION", "1-1-0"),
        (NEXT, USER, "ADDITION", "1-0-2"),
        (USER, DRAFT, "MODEL", "2-0-0"),
        (USER, NEXT, "NONE", None),
        (USER, NOTE, "ADDITION", None),
        (DRAFT, USER, "ADDITION", None),
    ],
)
def test_least_version(old: Operand, new: Operand, step: Step, version: str | None) -> None:
    """It comes after the version of the old one, of a schema that may be the next."""
    assert least_version(old, new, step) == version
