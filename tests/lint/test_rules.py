"""Each rule by its cases: `fixtures/lint/<rule>.json` has what it finds, what not, what is mended.

A case has a `schema`, or a `text` of a file; `found` has all that its rule finds in it, and `fixed`
or `fixed_text` what mending by this rule alone makes of it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from validator import SchemaKey
from validator.lint import RULES, fix, lint, version_gaps

FOLDER = Path(__file__).parents[2] / "fixtures" / "lint"
CASES = [
    pytest.param(file.stem, case, id=f"{file.stem}-{case['says']}")
    for file in sorted(FOLDER.glob("*.json"))
    for case in json.loads(file.read_bytes())
]
OF_FILES = [param for param in CASES if "versions" not in param.values[1]]
OF_VERSIONS = [param.values[1] for param in CASES if "versions" in param.values[1]]
FIXED = [param for param in OF_FILES if {"fixed", "fixed_text"} & set(param.values[1])]


def text_of(case: dict[str, Any]) -> bytes:
    """Give the text of a case's file."""
    text = case["text"] if "text" in case else json.dumps(case["schema"], indent=2)
    return str(text).encode()


def key_of(case: dict[str, Any]) -> SchemaKey | None:
    """Give what the path of a case's file says."""
    return SchemaKey.parse(case["key"]) if "key" in case else None


def others(rule: str) -> list[str]:
    """Give the ids of all rules but one."""
    return [each for each in RULES if each != rule]


@pytest.mark.parametrize(("rule", "case"), OF_FILES)
def test_rule(rule: str, case: dict[str, Any]) -> None:
    """A rule finds what its case says, in that order, and nothing else."""
    problems = lint(text_of(case), key=key_of(case), skip=others(rule))

    found = [
        {
            "rule": problem.rule,
            "location": problem.location,
            "member": problem.member,
            "position": problem.position and list(problem.position),
        }
        for problem in problems
    ]
    expected = [
        {"location": "", "member": None, "position": None, **each} for each in case["found"]
    ]
    assert found == expected
    assert all(problem.level == RULES[rule].level for problem in problems)
    assert all(problem.message and problem.hint for problem in problems)


@pytest.mark.parametrize(("rule", "case"), FIXED)
def test_fix(rule: str, case: dict[str, Any]) -> None:
    """Mending makes of a text what the case says, and once is enough."""
    mended = fix(text_of(case), skip=others(rule))

    if "fixed_text" in case:
        assert mended.decode() == case["fixed_text"]
    else:
        assert json.loads(mended) == case["fixed"]
    assert fix(mended, skip=others(rule)) == mended


@pytest.mark.parametrize("case", OF_VERSIONS, ids=lambda case: case["says"])
def test_versions(case: dict[str, Any]) -> None:
    """Gaps are found where a version lacks the one before it, which the message names."""
    found = version_gaps([SchemaKey.parse(text) for text in case["versions"]])

    assert {str(key): problem.rule for key, problem in found.items()} == {
        each["key"]: each["rule"] for each in case["found"]
    }
    for each in case["found"]:
        message = found[SchemaKey.parse(each["key"])].message
        assert f"without {each['missing']}," in message


@pytest.mark.parametrize("rule", RULES)
def test_rule_has_cases(rule: str) -> None:
    """Each rule has a case in which it finds something, one in which not, one that is mended."""
    cases = json.loads((FOLDER / f"{rule}.json").read_bytes())

    assert any(case["found"] for case in cases)
    assert any(not case["found"] for case in cases)
    mends = RULES[rule].fix is not None or rule == "notJson"
    assert any({"fixed", "fixed_text"} & set(case) for case in cases) is mends
    assert all(each["rule"] == rule for case in cases for each in case["found"])


def test_no_other_cases() -> None:
    """There are no cases of rules that there are not."""
    assert {file.stem for file in FOLDER.iterdir()} == set(RULES)
