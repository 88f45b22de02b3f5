"""docs/lint.md says of each rule what the rule says of itself.

python tests/lint/test_docs.py    writes the sections of the rules anew
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from validator import SchemaKey
from validator.dialects import DRAFT_04
from validator.lint import RULES, Rule, lint

PAGE = Path(__file__).parents[2] / "docs" / "lint.md"
BEGIN = "<!-- What follows is written by tests/lint/test_docs.py. -->\n"
_ELSEWHERE = SchemaKey.parse("iglu:com.acme/other/jsonschema/1-0-0")


def row(rule: Rule) -> str:
    """Write a rule in one row of a table."""
    mends = "yes" if rule.fix or rule.id == "notJson" else ""
    return f"| [`{rule.id}`](#{rule.id.lower()}) | {rule.level} | {mends} |\n"


def section(rule: Rule) -> str:
    """Write a rule's section."""
    return (
        f"\n## {rule.id}\n\n"
        f"{rule.level.capitalize()}. {rule.looks_for}\n\n"
        f"- **Why:** {rule.why}\n"
        f"- **Mend:** {rule.mend}\n\n"
        f"```text\n{rule.example}\n```\n"
    )


def written() -> str:
    """Write what the page has of all rules."""
    table = "| rule | level | `fix` mends |\n|---|---|---|\n" + "".join(map(row, RULES.values()))
    return BEGIN + "\n" + table + "".join(map(section, RULES.values()))


def test_page() -> None:
    """The page has each rule, as it is, in their order, and no other."""
    assert PAGE.read_text().partition(BEGIN)[2] == written().partition(BEGIN)[2]


@pytest.mark.parametrize("rule", [each for each in RULES.values() if each.id != "versionGaps"])
def test_example(rule: Rule) -> None:
    """The example of a rule breaks it, in draft-04."""
    text = rule.example.encode()

    assert rule.id in {each.rule for each in lint(text, key=_ELSEWHERE, dialect=DRAFT_04)}
    if rule.id != "notJson":
        assert isinstance(json.loads(text), dict)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_words(rule: Rule) -> None:
    """Each rule says in whole sentences what it looks for, why, and how to mend it."""
    for text in (rule.looks_for, rule.why, rule.mend):
        assert text[0].isupper() or text[0] == "`"
        assert text.endswith(".")


if __name__ == "__main__":
    PAGE.write_text(PAGE.read_text().partition(BEGIN)[0] + written())
