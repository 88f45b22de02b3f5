"""A comparison for people: the verdict is the first line, and what shows it comes next."""

from typing import Any

import pytest

from validator.compatibility import (
    Change,
    Comparison,
    Direction,
    Reason,
    Warned,
    Witness,
    compare,
)
from validator.compatibility.verdicts import Verdict
from validator.reporting.compared import Compared
from validator.reporting.compared_text import comparison_page
from validator.results import Violation

_WITNESS = Witness(
    {"a": 1},
    Violation(
        code="ValidationError",
        message="must be of type string; it is 1",
        keyword="type",
        instance_location="/a",
    ),
)
_WHOLE = Witness([1], Violation(code="ValidationError", message="must be 2; it is [1]"))


def _page(comparison: Comparison, **more: Any) -> list[str]:
    compared = Compared(old="1-0-0", new="1-0-1", comparison=comparison, **more)
    return ["".join(text for text, _ in line) for line in comparison_page(compared)]


def _direction(verdict: Verdict) -> Direction:
    return Direction(verdict, _WITNESS if verdict == "refuted" else None)


def _comparison(backward: Verdict = "proved", forward: Verdict = "proved", **more: Any) -> Any:
    told: Any = {"step": "ADDITION", **more}
    return Comparison(backward=_direction(backward), forward=_direction(forward), **told)


def _change(keyword: str, **more: Any) -> Change:
    told: Any = {"old": 1, "new": 2, "effect": "neutral", "message": f"{keyword}: 1 -> 2", **more}
    return Change(path="", keyword=keyword, **told)


def test_a_whole_page() -> None:
    """The verdict, the step, both directions, each change, the reasons and the warnings."""
    narrowed = _change(
        "type", effect="narrows", breaks=("readers",), witness=_WITNESS, message="type is new"
    )
    words = [_change("description"), _change("title"), _change("description")]
    comparison = Comparison(
        backward=Direction("refuted", _WITNESS, {"$schema": "x", "required": ["a"]}),
        forward=Direction("unknown", reason="the time ended"),
        changes=(*words, _change("format"), narrowed),
        step="REVISION",
        reasons=(
            Reason("history-lost", "REVISION", "type is new", narrowed),
            Reason("history-lost", "REVISION", "type is new", narrowed),
        ),
        warnings=(
            Warned("redshift", "redshift-column-type", "/properties/a", "it does not fit"),
            Warned("parquet", "parquet-type", "", "it does not either"),
        ),
    )
    assert _page(comparison, taken="ADDITION", least_version="1-1-0") == [
        "REVISION: some documents that 1-0-0 accepts are rejected by 1-0-1",
        "1-0-0 to 1-0-1 is an ADDITION, which is too small: a REVISION, 1-1-0, is the least",
        "",
        "all that 1-0-0 accepts is accepted by 1-0-1: refuted",
        '  rejected: {"a":1}',
        "  since at /a: must be of type string; it is 1 [type]",
        '  all that is lost: {"required":["a"]}',
        "all that 1-0-1 accepts is accepted by 1-0-0: unknown",
        "  the time ended",
        "",
        "5 changes:",
        "  type is new",
        '    narrows: breaks readers of history, with {"a":1}',
        "  format: 1 -> 2",
        "    neutral",
        "  words alone: 2 of description, 1 of title",
        "",
        "why a REVISION, by the policy strict:",
        "  type is new [history-lost]",
        "",
        "tables that hold the data:",
        "  /properties/a: it does not fit [redshift-column-type]",
        "  it does not either [parquet-type]",
    ]


@pytest.mark.parametrize(
    ("comparison", "first"),
    [
        (_comparison(step="NONE"), "NONE: 1-0-0 and 1-0-1 say the same"),
        (_comparison(), "ADDITION: 1-0-0 and 1-0-1 accept the same documents"),
        (
            _comparison(forward="refuted"),
            "ADDITION: every document that 1-0-0 accepts is accepted by 1-0-1",
        ),
        (
            _comparison("refuted", step="MODEL"),
            "MODEL: some documents that 1-0-0 accepts are rejected by 1-0-1",
        ),
        (
            _comparison("unknown", step="REVISION"),
            (
                "REVISION: whether 1-0-1 accepts every document that 1-0-0 accepts is neither "
                "proved nor refuted"
            ),
        ),
    ],
)
def test_the_verdict_comes_first(comparison: Comparison, first: str) -> None:
    """The first line is the step, and the answer to what an author asks first."""
    assert _page(comparison)[0] == first


def test_of_nothing_the_verdict_is_all() -> None:
    """Where nothing differs, there is nothing else to tell."""
    assert len(_page(_comparison(step="NONE"), taken="ADDITION", least_version=None)) == 1


@pytest.mark.parametrize(
    ("more", "second"),
    [
        ({}, ""),
        ({"least_version": "1-0-1"}, "as the next version of 1-0-0 it is 1-0-1 at the least"),
        ({"taken": "ADDITION"}, "1-0-0 to 1-0-1 is an ADDITION, which is enough"),
        (
            {"taken": "MODEL", "least_version": "1-0-1"},
            "1-0-0 to 1-0-1 is a MODEL, which is more than is needed: an ADDITION, 1-0-1, would do",
        ),
        (
            {"taken": "NONE"},
            "1-0-0 to 1-0-1 is no step, which is too small: an ADDITION is the least",
        ),
        ({"at_most": "MODEL"}, "allowed is at most a MODEL, which is enough"),
        (
            {"at_most": "NONE", "taken": "MODEL"},
            "allowed is at most no step, which is too small: an ADDITION is the least",
        ),
    ],
)
def test_the_step(more: dict[str, Any], second: str) -> None:
    """The second line holds what is needed against the versions, or against what is allowed."""
    assert _page(_comparison(forward="refuted"), **more)[1] == second


def test_what_is_wrong_with_a_whole_document() -> None:
    """A document that is wrong as a whole is shown once; that no keyword is, is no matter."""
    page = _page(
        Comparison(
            backward=Direction("refuted", _WHOLE), forward=Direction("proved"), step="REVISION"
        )
    )
    assert page[3:5] == ["  rejected: [1]", "  since it must be 2"]


def test_who_breaks() -> None:
    """Consumers are told by the version that they have; a change beside which it is, by place."""
    changes = (
        _change("a", effect="both", breaks=("readers", "consumers")),
        _change("b", effect="widens", breaks=("consumers",), together=("/c", "/d")),
        _change("c", effect="undecided"),
    )
    page = _page(_comparison(changes=changes))
    assert [line for line in page if line.startswith("    ")] == [
        "    both: breaks readers of history and consumers who still have 1-0-0",
        "    widens, along with /c, /d: breaks consumers who still have 1-0-0",
        "    undecided",
    ]


def test_many_changes() -> None:
    """Some thirty are told, and how many more there are; and that not all were looked at."""
    changes = tuple(_change(f"k{number}") for number in range(33))
    page = _page(_comparison(changes=changes, truncated=True))
    assert "33 changes:" in page
    assert page[-2:] == [
        "  and 3 more; --format json has them all",
        "  there was no time to look at each change by itself",
    ]


def test_one_change_and_none() -> None:
    """Numbers are told as people say them."""
    assert "1 change:" in _page(_comparison(changes=(_change("a"),)))
    assert _page(_comparison())[-1] == "0 changes"


def test_what_is_long_is_cut() -> None:
    """A long document is cut, a long schema is left out, and nothing acts on a terminal."""
    witness = Witness("\x1b[0m" + "a" * 400, _WITNESS.violation)
    lost = {"enum": ["b" * 400]}
    comparison = Comparison(
        backward=Direction("refuted", witness, lost), forward=Direction("proved"), step="REVISION"
    )
    page = "\n".join(_page(comparison))
    assert "aaa..." in page
    assert "bbb" not in page
    assert page.replace("\n", "").isprintable()


def test_numbers_of_more_than_64_bits() -> None:
    """What is lost may begin past every integer that a parser keeps."""
    lost = {"minimum": 2**64}
    comparison = Comparison(
        backward=Direction("refuted", _WITNESS, lost), forward=Direction("proved"), step="REVISION"
    )
    assert f'  all that is lost: {{"minimum":{2**64}}}' in _page(comparison)


def test_a_real_comparison() -> None:
    """What is really found reads as well."""
    found = compare({"type": "string"}, {"type": "string", "maxLength": 1})
    page = _page(found, taken="ADDITION")
    assert page[:2] == [
        "REVISION: some documents that 1-0-0 accepts are rejected by 1-0-1",
        "1-0-0 to 1-0-1 is an ADDITION, which is too small: a REVISION is the least",
    ]
    assert '  rejected: "aa"' in page
