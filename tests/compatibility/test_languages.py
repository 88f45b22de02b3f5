"""Patterns as sets of texts: what is told of them, the engine agrees to."""

from __future__ import annotations

import re
import sys
from functools import cache
from itertools import product

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.compatibility.languages import finds, includes, lengths, outside, words

_INCLUDED = [
    ("^a*$", "^a+$"),
    ("", "[a-z]*"),
    ("[a-z]*", ""),
    ("^(a|b)$", "^a$|^b$"),
    ("^[a-z]+$", "^(ab){2,3}$"),
    ("a", "^ba"),
    ("^.{2}$", "^..$"),
    (r"^\w+$", r"^\d+$"),
    (r"^[^\n]*$", "^.*$"),
    ("a{2}", "a{3}"),
    ("^(?:aa)*$", "^(?:aaaa)*$"),
    ("^$", "^(?:^$)$"),
    (r"^[\s\S]*$", ""),
]
_NOT_INCLUDED = [
    ("^a+$", "^a*$"),
    ("^a", "a"),
    ("^.*$", ""),
    ("^(?:aaa)*$", "^(?:aa)*$"),
    (r"^\d+$", r"^\w+$"),
    ("^a|b$", "c"),
    ("^(a|b)$", "^a|b$"),
]
_UNREAD = [r"\bb", "^(?=a)", r"(a)\1", r"\p{L}", "a{2000}", "(?:a{900}){4}", "a$^", "[]a]"]


@cache
def _engine(pattern: str) -> jsonschema_rs.Draft202012Validator:
    # As the package asks it. The other engine, of backtracking, finds b+a*b+ in "b" (0.60.3).
    linear = jsonschema_rs.RegexOptions()
    return jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=linear)


@pytest.mark.parametrize(("outer", "inner"), _INCLUDED)
def test_included(outer: str, inner: str) -> None:
    """The one finds something in each text that the other finds something in."""
    assert includes(outer, inner) is True


@pytest.mark.parametrize(("outer", "inner"), _NOT_INCLUDED)
def test_not_included(outer: str, inner: str) -> None:
    """There is a text in which the other alone finds something."""
    assert includes(outer, inner) is False


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ("^[^@]*$", "", "@"),
        ("^[^@]*$", "^a", "a@"),
        ("", "a", None),
        ("^a{3}$", "^a*$", ""),
        (r"\bb", "a", None),
    ],
)
def test_outside(outer: str, inner: str, expected: str | None) -> None:
    """A shortest text is given in which the one finds something, and the other does not."""
    assert outside(outer, inner) == expected


@pytest.mark.parametrize("pattern", _UNREAD)
def test_unread(pattern: str) -> None:
    """Of what is not read, or is too large, nothing is told."""
    assert includes(pattern, "a") is None
    assert includes("a", pattern) is None
    assert lengths(pattern) is None
    assert words(pattern) is None
    assert finds(pattern, "a") is None


def test_too_many_sets() -> None:
    """A pattern whose automaton grows too large has no answer."""
    pattern = "^(?:a|b)*a(?:a|b){14}$"
    assert includes("^(?:a|b)*b(?:a|b){14}$", pattern) in (None, False)
    assert lengths(pattern) is None
    assert includes("^(?:a|b)*a(?:a|b){14}$", "^(?:a|b)*a(?:b|a){14}$") is None


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("^a{2,4}$", (2, 4)),
        ("a{2,4}", (2, None)),
        ("^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$|^[0-9a-f]{16}$", (16, 36)),
        ("^$", (0, 0)),
        ("x^", None),
        ("", (0, None)),
    ],
)
def test_lengths(pattern: str, expected: tuple[int, int | None] | None) -> None:
    """The shortest and the longest text are told; where there is none, nothing."""
    assert lengths(pattern) == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("^(a|b)$", ("a", "b")),
        ("^[a-c]?x$", ("x", "ax", "bx", "cx")),
        ("x^", ()),
        ("a", None),
        ("^[a-z]{3}$", None),
        ("^[\u0000-\uffff]$", None),
    ],
)
def test_words(pattern: str, expected: tuple[str, ...] | None) -> None:
    """Where there are few texts, each is told."""
    assert words(pattern) == expected


def test_characters_are_those_of_the_engine() -> None:
    """Each class of characters has, of all there are, those that the engine takes for it."""
    every = [code for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]
    for pattern in (r"^\d$", r"^\w$", r"^\s$", "^.$", r"^[^\S]$", r"^\D$", r"^\W$", "^[^a-]$"):
        engine = _engine(pattern).is_valid
        edges = [code for code in every if code < 0x3100 or code % 251 == 0 or code > 0xFE00]
        assert all(finds(pattern, chr(code)) is engine(chr(code)) for code in edges[:16000]), (
            pattern
        )


_PARTS = st.sampled_from(
    [
        "a",
        "b",
        "^",
        "$",
        ".",
        "[ab]",
        "[^a]",
        "a*",
        "b+",
        "a?",
        "(?:ab)",
        "(a|b)",
        "a{2}",
        "|",
        "\\s",
    ]
)
_PATTERNS = (
    st.lists(_PARTS, max_size=5)
    .map("".join)
    .filter(lambda text: not re.search(r"[\^$|][*+?{]", text))
)
_TEXTS = ["".join(each) for size in range(4) for each in product("ab\n ", repeat=size)]


@settings(max_examples=200, deadline=None)
@given(_PATTERNS, _PATTERNS)
def test_told_as_the_engine_finds(one: str, other: str) -> None:
    """What is told of two patterns holds of every short text, as the engine reads them."""
    found, its = (
        [text for text in _TEXTS if _engine(each).is_valid(text)] for each in (one, other)
    )
    assert all(finds(one, text) in (None, text in found) for text in _TEXTS)
    if includes(one, other):
        assert set(its) <= set(found)
    if (told := lengths(one)) is not None:
        assert all(told[0] <= len(text) for text in found)
        assert told[1] is None or all(len(text) <= told[1] for text in found)
    if (listed := words(one)) is not None:
        assert set(found) <= set(listed)
        assert all(_engine(one).is_valid(each) for each in listed)
