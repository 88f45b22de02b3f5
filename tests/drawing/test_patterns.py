"""Texts that a pattern finds something in: as the engine finds it, of the length that is asked."""

import jsonschema_rs
import pytest

from validator.drawing.choices import DeadEnd, Seeded
from validator.drawing.patterns import finding, length_of
from validator.drawing.reading import Unread

PATTERNS = [
    "",
    "a",
    "^$",
    "^a|b$",
    "(^a|^b)c+",
    "^(?:x|yy)*$",
    "^(?<name>[a-c])[^a-c]$",
    "^[0-9]{4}-[0-9]{2}$",
    "^[a-z]{3,}?$",
    "^[^a]{2,4}$",
    r"^\d+\.\w*\s\S\D\W$",
    r"^[\d\w-]+$",
    r"^[\S\n]{3}[^\D]$",
    r"^[^\x00-\x20\S\x61]{0}[\W\x61]$",
    r"^[a\-z\]]+$",
    r"^[\t\n]$",
    r"^\x41A\u{1F600}\cJ$",
    r"^\p{Lu}\p{L}+\P{L}$",
    r"^[\p{Nd}_]$",
    r"\bword\b",
    r"^(?:^)*a$",
    r"\n\r\t\f\v",
    "^.{5}$",
    "^[ -~]{40}$",
    "a{0,2}",
    "^(ab){100}$",
    "^(a|bc){30}$",
    "^[a-]$",
    "^[a-z\\d]$",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_texts_are_found(pattern: str) -> None:
    """The engine finds the pattern in what is drawn."""
    options = jsonschema_rs.RegexOptions()
    judge = jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=options)
    texts = [finding(Seeded(seed), pattern, 0, 500) for seed in range(60)]
    assert [text for text in texts if not judge.is_valid(text)] == []


@pytest.mark.parametrize(
    ("pattern", "least", "most"),
    [
        ("^a*$", 30, 30),
        ("^[a-f]{0,500}$", 499, 500),
        ("^(a|bb)+$", 7, 9),
        ("a", 10, 12),
        ("^a", 10, 12),
        ("a$", 10, 12),
        ("^a{2}b*c{3}$", 5, 5),
        ("^(?:[a-z]+-)*[a-z]$", 100, 120),
        ("^a|bcd$", 1, 1),
        ("^a|b+$", 3, 3),
        (".*", 5000, 5000),
    ],
)
def test_lengths_are_kept(pattern: str, least: int, most: int) -> None:
    """What is drawn has as many characters as it should."""
    lengths = set()
    for seed in range(60):
        try:
            lengths.add(len(finding(Seeded(seed), pattern, least, most)))
        except DeadEnd:  # one that was chosen between alternatives
            continue
    assert lengths
    assert min(lengths) >= least
    assert max(lengths) <= most


@pytest.mark.parametrize(
    ("pattern", "least", "most"),
    [
        ("^aaa$", 0, 2),
        ("^a$", 2, 3),
        ("^(?:a|b)$", 5, 9),
        ("^[^\\d\\D]$", 0, 5),
        ("^a$|^bb$", 0, 0),
        (r"^[^\x00-\u{10FFFF}]$", 0, 5),
        (r"^[^\x00-\u{10FFFF}]+$", 0, 5),
        ("^(?:a|b)c*$", 0, 0),
        ("^(?:a|bcde)f?$", 3, 3),
        ("^(?:a|bc){6000}$", 0, 20_000),
        ("^(?:aaa|bbb){1,2}$", 4, 5),
        ("^a(?:bb|c)$", 4, 9),
    ],
)
def test_there_may_be_none(pattern: str, least: int, most: int) -> None:
    """Where there is no such text, none is drawn."""
    for seed in range(20):
        with pytest.raises((DeadEnd, Unread)):
            finding(Seeded(seed), pattern, least, most)


@pytest.mark.parametrize(
    "pattern",
    [
        *("(?=a)", "(?!a)", "(?<=a)", "(?<!a)", r"(a)\1", "(?i)a", "a)", "(a", "[a", "[[a]]", "*"),
        *(
            r"\p",
            r"\p{Klingon}",
            r"\xZZ",
            r"\u{110000}",
            r"\y",
            r"[\b]",
            "a{x}",
            "a{1",
            r"[\P{L}]",
            "[]a]",
            "[a&&b]",
            "\\",
        ),
    ],
)
def test_what_is_not_read(pattern: str) -> None:
    """Look-around, back-references and what is no pattern are not read, and told apart."""
    with pytest.raises(Unread):
        length_of(pattern)


def test_lengths() -> None:
    """The fewest and the most characters of what a pattern finds."""
    assert length_of("^(a|bcd)[x]{2}$") == (3, 5)
    assert length_of("a+")[0] == 1
    assert length_of(r"\bx\B") == (1, 1)
