"""What is left out: everywhere, or for some schemas."""

from __future__ import annotations

from typing import Any

import pytest

from validator import InvalidIgluUri, SchemaKey, WrongUse
from validator.lint import RULES, Skips

USER = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-0")
NEXT = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-1")


@pytest.mark.parametrize(
    ("texts", "of_user", "of_next", "of_none"),
    [
        ([], set(), set(), set()),
        (["description, optionalNull"], *[{"description", "optionalNull"}] * 3),
        ([f"{USER}=description"], {"description"}, set(), set()),
        (
            ["iglu:com.acme/user/jsonschema/1-*-*=description", f"{NEXT}=optionalNull"],
            {"description"},
            {"description", "optionalNull"},
            set(),
        ),
        ([f"{USER}=*", "rootObject"], set(RULES), {"rootObject"}, {"rootObject"}),
    ],
)
def test_skips(texts: list[str], of_user: set[str], of_next: set[str], of_none: set[str]) -> None:
    """Ids alone are left out everywhere; behind a schema or a criterion, for what fits."""
    skips = Skips.parse(texts, RULES)

    assert skips.of(USER) == of_user
    assert skips.of(NEXT) == of_next
    assert skips.of(None) == of_none


@pytest.mark.parametrize(
    ("texts", "kind", "message"),
    [
        (["descriptions"], WrongUse, "did you mean description"),
        ([""], WrongUse, "no rule ''"),
        ([f"{USER}=", f"{USER}=rootObject"], WrongUse, "no rule ''"),
        (["com.acme=description"], InvalidIgluUri, "begins with 'iglu:'"),
        ([5], WrongUse, "told by a str, not 5"),
    ],
)
def test_no_skips(texts: list[Any], kind: type[Exception], message: str) -> None:
    """What names no rule, or no schema, is refused."""
    with pytest.raises(kind, match=message):
        Skips.parse(texts, RULES)
