"""A document that was checked: where in its file each violation is."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from validator import Limits, Position, Result, Validator, Violation, scanner
from validator.engine import Engine
from validator.reporting import Checked, Excerpt, Finding, Source

_DRAFT = "http://json-schema.org/draft-07/schema#"
_NAMES = {
    "additionalProperties": {"properties": {"a": {}}, "additionalProperties": False},
    "propertyNames": {"propertyNames": {"maxLength": 1}},
    "unevaluatedProperties": {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "properties": {"a": {}},
        "unevaluatedProperties": False,
    },
}


def _places(raw: bytes, schema: Any = None, line: int = 1) -> list[tuple[str, int, int]]:
    """Check a document that begins in a line of a file, and give where what is."""
    judge = Validator()
    result = judge.check(raw) if schema is None else judge.validate(raw, schema)
    findings = Checked("x.json", line, raw, result).outcome().findings
    return [
        (found.violation.instance_location, found.line, found.column)
        for found in findings
        if found.violation
    ]


def test_places_of_violations() -> None:
    """A violation stands at its value, or at what lacks it, in the line of the file."""
    raw = b'{\n "source": {},\r\n "session": {"id": 1},\n "profile": null,\n "events": [1,\n 2]}'
    result = Validator().validate(raw)
    outcome = Checked("x.json", 10, raw, result).outcome()
    assert (outcome.status, outcome.line, outcome.result) == ("invalid", 10, result)
    assert sorted(_places(raw, "iglu:com.tracardi/tracker_payload/jsonschema/1-0-1", 10)) == [
        ("/events/0", 14, 13),
        ("/events/1", 15, 2),
        ("/session/id", 12, 20),
        ("/source", 11, 12),
    ]


@pytest.mark.parametrize(
    ("text", "pointer", "place"),
    [
        ('{"a": 1}', "/a", (1, 7)),
        ('{\r\n\t"é😀": 1,\r\n\t"a": 2\r\n}', "/a", (3, 7)),
        ('{"é😀": "😀", "a": 2}', "/a", (1, 18)),
        ('{"\\u0061": 1}', "/a", (1, 12)),
        ('{"\\"\\\\": {}, "a": 1}', "/a", (1, 19)),
        ('{"a": "x", "a": 2}', "/a", (1, 17)),
        (' \n {"a": 1}', "/a", (2, 8)),
        ('{"b": {"a": 1}}', "", (1, 1)),
        ("\n  {}", "", (2, 3)),
        ("\n 7", "", (2, 2)),
        ("\r\n  null", "", (2, 3)),
    ],
)
def test_the_column_of_a_value(text: str, pointer: str, place: tuple[int, int]) -> None:
    """It is counted in characters, past escapes, wide characters and names that stand twice."""
    schema = {
        "$schema": _DRAFT,
        "type": "object",
        "required": ["a"],
        "properties": {"a": {"type": "string"}},
    }
    assert _places(text.encode(), schema) == [(pointer, *place)]


@pytest.mark.parametrize("keyword", _NAMES)
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[{"a": 1,\n  "zz": 2, "yy": 3}]', (2, 3)),
        ('[{"a": {"zz": 1},\r\n "\\u007az": {}}]', (2, 2)),
        ('[{"zz": 1, "a": 2,\n "zz": 3}]', (2, 2)),
    ],
    ids=["first", "escaped", "twice"],
)
def test_the_column_of_a_name(keyword: str, text: str, place: tuple[int, int]) -> None:
    """A name that should not be there is the place, the first if there are several."""
    schema = {"$schema": _DRAFT, **_NAMES[keyword]}
    dialect = schema["$schema"]
    places = _places(text.encode(), {"$schema": dialect, "items": schema})
    assert places[0] == ("/0", *place)


@pytest.mark.parametrize("keyword", ["additionalProperties", "propertyNames"])
@pytest.mark.parametrize("engine", ["jsonschema-rs", "jsonschema"])
def test_the_column_of_a_name_where_there_may_be_none(keyword: str, engine: Engine) -> None:
    """In an object that may have no properties at all, the first name is the place."""
    raw = b'[\n {\n  "zz": {"a": 1}, "yy": 2}]'
    schema = {"$schema": _DRAFT, "items": {keyword: False}}
    (found,) = (
        Checked("x", 1, raw, Validator(engine=engine).validate(raw, schema)).outcome().findings
    )
    assert (found.rule, found.line, found.column) == (keyword, 3, 3)
    assert found.message == 'has unexpected properties: "zz", "yy"'


@pytest.mark.parametrize("keyword", ["dependentRequired", "dependencies"])
@pytest.mark.parametrize("engine", ["jsonschema-rs", "jsonschema"])
def test_the_column_of_a_name_that_asks_for_another(keyword: str, engine: Engine) -> None:
    """Where a property asks for one that is not there, its name is the place."""
    draft = "https://json-schema.org/draft/2019-09/schema"
    schema = {
        "$schema": draft if keyword == "dependentRequired" else _DRAFT,
        keyword: {"a": ["b"], "c": ["b", "d"], "e": ["f"], "g": ["d"]},
    }
    raw = b'{"x": 1,\n "c": 1,\n "b": {"g": 2}}'
    result = Validator(engine=engine).validate(raw, schema)
    (found,) = Checked("x", 1, raw, result).outcome().findings
    assert (found.rule, found.line, found.column) == (keyword, 2, 2)


def test_names_are_told_of_the_second_opinion_too() -> None:
    """The other engine finds the same names at fault."""
    schema = {"$schema": _DRAFT, **_NAMES["additionalProperties"]}
    (wrong,) = Validator(engine="jsonschema").validate(b'{"zz": 1, "yy": 2}', schema)
    assert wrong.names == ("zz", "yy")


def _findings(violation: Violation, raw: bytes, payload: Any) -> tuple[Finding, ...]:
    result = Result(payload=payload, violations=(violation,))
    return Checked("x.json", 1, raw, result).outcome().findings


@pytest.mark.parametrize(
    ("decoded", "names", "column"),
    [(None, ("z",), 8), (None, ("y",), 7), ("", ("z",), 7), ("/z", (), 7)],
    ids=["name", "no such name", "encoded", "in what is encoded"],
)
def test_a_name_in_what_is_encoded(
    decoded: str | None, names: tuple[str, ...], column: int
) -> None:
    """The place of what an encoded value holds is that of the value; so where no name is found."""
    wrong = Violation(
        code="ValidationError",
        message="",
        instance_location="/a",
        decoded_location=decoded,
        names=names,
    )
    (found,) = _findings(wrong, b'{"a": {"z": 1}}', {"a": {"z": 1}})
    assert found.column == column


def test_the_place_of_what_normalization_added() -> None:
    """A pointer into what the text does not hold leads to what would hold it."""
    raw = b'{"events": [],\n "a/b~c": 1}'
    payload = {"events": [], "a/b~c": 1, "options": {"x": 1}}
    wrong = Violation(code="ValidationError", message="", instance_location="/options/x")
    escaped = Violation(code="ValidationError", message="", instance_location="/a~1b~0c")
    assert [(each.line, each.column) for each in _findings(wrong, raw, payload)] == [(1, 1)]
    assert [(each.line, each.column) for each in _findings(escaped, raw, payload)] == [(2, 11)]


@pytest.mark.parametrize(
    ("item", "code", "place"),
    [(b"5", "type", (2, 7)), (b'{"x": 1}', "type", (2, 7))],
)
def test_the_place_of_an_item_after_repetitions(
    item: bytes, code: str, place: tuple[int, int]
) -> None:
    """Where normalization took items away, the place is that of the array, never a wrong item's."""
    ids = b'{"id":"p",\n"ids":["a",\n"a",\n%b]}' % item
    raw = b'{"source":{"id":"a"},"session":null,"profile":%b,"events":[]}' % ids
    assert _places(raw) == [("/profile/ids/1", *place)]


def test_a_name_in_an_item_after_repetitions() -> None:
    """A name is looked for in its own object alone."""
    wrong = Violation(code="ValidationError", message="", instance_location="/a/0", names=("z",))
    (found,) = _findings(wrong, b'{"a": [{"z": 1}, {"z": 2}]}', {"a": [{"z": 2}]})
    assert found.column == 7


def test_the_places_of_a_request() -> None:
    """What is wrong with an event is placed in what was sent, not in what that became."""
    raw = b'{"e": "pv",\n"p": "web",\n"tid": "x",\n"ue_pr": "{}",\n"tv": "js"}'
    result = Validator().check(raw)
    assert result.payload != json.loads(raw)
    assert sorted(_places(raw, line=10)) == [("/tid", 12, 8), ("/ue_pr", 13, 10)]


@pytest.mark.parametrize(("decoded", "place"), [(None, (3, 4)), ("", (1, 1)), ("/a", (1, 1))])
def test_the_place_of_what_is_no_json(decoded: str | None, place: tuple[int, int]) -> None:
    """It is the place in the text; a position in what a parameter holds is none in the file."""
    wrong = Violation(
        code="NotJSON", message="", decoded_location=decoded, position=Position(9, 3, 4)
    )
    for raw in (b"{\n\n   }", None):
        checked = Checked("x", 1, raw, Result(violations=(wrong,)))
        (found,) = checked.outcome().findings
        assert (found.line, found.column, found.rule) == (*place, "NotJSON")


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"\xff", (1, 1)),
        ("é\n 😀".encode() + b"\xff", (2, 3)),
        (b'{"a": 1,\n "a": 2}', (2, 2)),
        (b"[" * 100, (1, 65)),
        (b'{"a":\n}', (2, 1)),
        (b"", (1, 1)),
        (b" \n", (1, 1)),
        (b"\n\xef\xbb\xbf{}", (2, 1)),
        (b'\n"' + b"x" * 1_000_000 + b'"', (2, 1_000_000)),
    ],
    ids=["utf8", "later", "twice", "deep", "value", "empty", "blank", "mark", "large"],
)
def test_the_place_of_what_can_not_be_decoded(raw: bytes, place: tuple[int, int]) -> None:
    """A text that is no document has a place where it is wrong, and shows that line."""
    judge = Validator(limits=Limits(duplicate_keys=False))
    (found,) = Checked("x", 1, raw, judge.check(raw)).outcome(excerpts=True).findings
    assert (found.line, found.column) == place
    assert found.excerpt


def test_what_could_not_be_read() -> None:
    """Without a text, the violation stands at the beginning, and shows nothing."""
    result = Result(violations=(Violation(code="UnreadableFile", message="gone"),))
    (found,) = Checked("x", 1, None, result).outcome(excerpts=True).findings
    assert (found.line, found.column, found.excerpt) == (1, 1, None)


def test_a_valid_document_is_not_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    """Places are computed for documents that failed, and for no other."""
    monkeypatch.setattr(scanner, "locate", None)
    checked = Checked("x", 1, b"{ not even JSON", Result(payload={}))
    assert checked.outcome().findings == ()
    assert Source("x", 1, "{ not").findings(Result(payload={}), {}) == ()


def test_a_document_within_a_text() -> None:
    """Of several documents in one text, each is looked for where it begins."""
    text = '{"tests": [\n  {"data": {"a": 1}},\n  {"data": {"b": 1, "a": 1}}, {"a": 1}\n]}'
    second = text.index('{"b"')
    wrong = Violation(code="ValidationError", message="", instance_location="/a")
    document = {"b": 1, "a": 1}
    result = Result(payload=document, violations=(wrong,))
    (found,) = Source("x", 1, text, second, excerpts=True).findings(result, document)
    assert (found.line, found.column) == (3, 26)
    assert found.excerpt == Excerpt('  {"data": {"b": 1, "a": 1}}, {"a": 1}', 25)


# Queries.


@pytest.mark.parametrize(
    ("query", "pointer", "names", "column"),
    [
        ("e=se&se_va=12,50", "/se_va", (), 6),
        ("/i?e=se&s%65_va=1&x=#se_va=2", "/se_va", (), 9),
        ("e=se&se_va=1&é=é&&se_va=2&e=3", "/se_va", (), 19),
        ("GET /i?e=se&se_va HTTP/1.1", "/se_va", (), 13),
        (" \v/i?e=se&a+b~/=1\f", "/a b~0~1", (), 11),
        ("  e=se&ue_px=1", "/ue_px/data/0", (), 8),
        ("  e=se&b=1&a=2", "", ("a", "b"), 8),
        ("  /i?e=se", "", (), 3),
        ("  /i?e=se", "/p", (), 3),
        ("  e=se&%ff=\udcff&b=1", "/b", (), 14),
    ],
)
def test_the_column_of_a_parameter(
    query: str, pointer: str, names: tuple[str, ...], column: int
) -> None:
    """What is wrong with a query stands at its parameter, at the last of a name."""
    wrong = Violation(code="ValidationError", message="", instance_location=pointer, names=names)
    raw = query.encode(errors="surrogateescape")
    checked = Checked("x", 7, raw, Result(payload={}, violations=(wrong,)), is_query=True)
    (found,) = checked.outcome(excerpts=True).findings
    assert (found.line, found.column) == (7, column)
    assert found.excerpt


# The line that it is in.


def _excerpt(line: str, index: int) -> tuple[str, str]:
    """Give the excerpt at a place in a line of a text, and what stands from the caret on."""
    text = f'["\n"]\n{line}\r\n[]'
    wrong = Violation(code="NotJSON", message="", position=Position(0, 3, index + 1))
    raw = text.encode(errors="surrogateescape")
    checked = Checked("x", 1, raw, Result(violations=(wrong,)))
    (found,) = checked.outcome(excerpts=True).findings
    assert found.excerpt
    return found.excerpt.text, found.excerpt.text[found.excerpt.caret :]


@pytest.mark.parametrize(
    ("line", "at", "shown", "from_caret"),
    [
        ('  "a": 1,', "1", '  "a": 1,', "1,"),
        ('\t"a": 1', '"', '    "a": 1', '"a": 1'),
        ("\x1b[2J\u202e 1", "1", r"\x1b[2J\u202e 1", "1"),
        ("\udcff 1", "1", r"\udcff 1", "1"),
        ("", "", "", ""),
        ("e\u0301 1", "1", "e\u0301 1", " 1"),
    ],
    ids=["plain", "tab", "control", "undecodable", "empty", "combining"],
)
def test_an_excerpt(line: str, at: str, shown: str, from_caret: str) -> None:
    """It is the line, printable, and the caret counts the cells that stand before the place.

    A combining character takes no cell, so the caret counts one less than there are characters.
    """
    assert _excerpt(line, line.index(at)) == (shown, from_caret)


def test_an_excerpt_of_wide_characters() -> None:
    """Wide characters take two cells each."""
    wrong = Violation(code="NotJSON", message="", position=Position(0, 1, 5))
    raw = '"日本",1'.encode()
    checked = Checked("x", 1, raw, Result(violations=(wrong,)))
    (found,) = checked.outcome(excerpts=True).findings
    assert found.excerpt == Excerpt('"日本",1', 6)


_CUTS: list[tuple[Callable[[int], str], int]] = [
    (lambda length: "x" * length, 51),
    (lambda length: "日" * length, 27),
    (lambda length: "\t" * length, 51),
    (lambda length: "\x1b" * length, 51),
]


@pytest.mark.parametrize(("filler", "before"), _CUTS, ids=["plain", "wide", "tabs", "escapes"])
@pytest.mark.parametrize("length", [1_000, 1_000_000])
def test_a_long_line_is_cut(filler: Callable[[int], str], before: int, length: int) -> None:
    """What is shown of a long line fits beside the place; dots say where there is more."""
    line = f"{filler(length)}!{filler(length)}"
    wrong = Violation(code="NotJSON", message="", position=Position(0, 1, length + 1))
    checked = Checked("x", 1, line.encode(), Result(violations=(wrong,)))
    (found,) = checked.outcome(excerpts=True).findings
    assert found.excerpt
    text = found.excerpt.text
    assert text.startswith("...")
    assert text.endswith("...")
    assert text.index("!") == before
    assert found.excerpt.caret == 51
    assert len(text) <= 102


def test_a_line_of_what_takes_no_room_is_cut() -> None:
    """Combining characters without end are cut as well."""
    text, _ = _excerpt("\u0301" * 10_000, 5_000)
    assert len(text) == 200 + 200 + 6
