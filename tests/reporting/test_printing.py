"""Lines as reports write them."""

import pytest

from validator import SchemaKey, Violation
from validator.reporting.printing import printable, rule_of, told, writable

USER = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-0")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é text", "plain é text"),
        ("a\nb\x1b[0m", r"a\nb\x1b[0m"),
        ("\u202e\udc80\x7f", r"\u202e\udc80\x7f"),
    ],
)
def test_printable(text: str, shown: str) -> None:
    """What a terminal would act on, and what UTF-8 has no bytes for, is escaped."""
    assert printable(text) == shown


def test_writable() -> None:
    """What UTF-8 has no bytes for is escaped, and nothing else."""
    assert writable("é\udc80\x1b") == "é\\udc80\x1b"


@pytest.mark.parametrize(
    ("decoded", "shown"),
    [
        (None, "error NotIglu at /ue_px: is wrong"),
        ("", "error NotIglu at /ue_px: is wrong"),
        ("/data/x", "error NotIglu at /ue_px, within it /data/x: is wrong"),
    ],
)
def test_told(decoded: str | None, shown: str) -> None:
    """The place within an encoded value follows that of the value."""
    wrong = Violation(
        code="NotIglu", message="is wrong", instance_location="/ue_px", decoded_location=decoded
    )
    assert "".join(text for text, _ in told(wrong)) == shown


@pytest.mark.parametrize(
    ("keyword", "schema", "rule"),
    [
        ("type", USER, f"type of {USER}"),
        (None, USER, str(USER)),
        ("type", None, ""),
    ],
)
def test_rule_of(keyword: str | None, schema: SchemaKey | None, rule: str) -> None:
    """A rule is a keyword of a schema; of a schema without a name nothing is told."""
    wrong = Violation(code="ValidationError", message="", keyword=keyword, schema=schema)
    assert rule_of(wrong) == rule
    assert "".join(text for text, _ in told(wrong)).endswith(rule and f" [{rule}]")
