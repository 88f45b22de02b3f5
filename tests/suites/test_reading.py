"""Suites from files: their cases, or what is wrong with the file, and where."""

import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator import SchemaKey, Violation
from validator.reporting import Outcome
from validator.suites import Case, Expected, Suite, read_suite

WriteSuite = Callable[..., str]
GOOD = {"description": "a", "data": {"n": 1}, "valid": True}
BAD = {"description": "b", "data": None, "valid": False}
TEXT = """{ "schema": "iglu:com.acme/part/jsonschema/1-0-0", "tests": [
  {"description": "a", "data": ["tests", {"description": "é"}], "valid": true},
  {"data": 1, "valid": false, "description": "b",
   "violations": [{"keyword": null, "instance_location": "/é", "code": "TooDeep"}]}, {
  "valid": false, "description": "c", "data": "x"}
], "description": "parts"}"""


def _read(file: str) -> Suite:
    suite = read_suite(file)
    assert isinstance(suite, Suite), suite
    return suite


def _refused(file: str) -> list[tuple[str, int, int, str]]:
    outcome = read_suite(file)
    assert isinstance(outcome, Outcome)
    assert outcome.status == "invalid"
    return [(each.rule, each.line, each.column, each.message) for each in outcome.findings]


def test_cases(write_suite: WriteSuite) -> None:
    """A suite is its cases in their order, each with the line in which it begins."""
    suite = _read(write_suite(TEXT))

    assert suite.key == SchemaKey.parse("iglu:com.acme/part/jsonschema/1-0-0")
    too_deep = Expected(None, "/é", code="TooDeep")
    assert suite.cases == (
        Case(0, "a", ["tests", {"description": "é"}], True, (), 2, TEXT.index('{"description"')),  # noqa: FBT003  # of a case
        Case(1, "b", 1, False, (too_deep,), 3, TEXT.index('{"data": 1')),  # noqa: FBT003  # of a case
        Case(2, "c", "x", False, (), 4, TEXT.index('{\n  "valid"')),  # noqa: FBT003  # of a case
    )


def test_data_is_found(write_suite: WriteSuite) -> None:
    """The data of a case is known to stand where it stands in the file."""
    suite = _read(write_suite(TEXT))
    begins = [suite.source(case, excerpts=False).begin for case in suite.cases]

    assert [TEXT[begin : begin + 3] for begin in begins] == ['["t', "1, ", '"x"']


@pytest.mark.parametrize(
    ("cases", "rule", "line", "column", "words"),
    [
        (['{"schema": 1,\n "tests'], "NotJSON", 2, 8, "not JSON"),
        (['{"tests": []}'], "required", 1, 1, '"schema"'),
        ([{**GOOD, "valid": "yes"}], "type", 9, 16, "boolean"),
        ([{**GOOD, "violation": []}], "additionalProperties", 10, 7, '"violation"'),
        ([{**GOOD, "violations": [{"keyword": "a"}]}], "required", 11, 9, "instance_location"),
        (['{"tests": [],\n"tests": []}'], "DuplicateKey", 2, 1, "stands twice"),
    ],
)
def test_what_is_wrong_with_a_file(
    write_suite: WriteSuite, cases: list[Any], rule: str, line: int, column: int, words: str
) -> None:
    """A file that is no suite says where it is wrong, and how."""
    first, *_ = [found for found in _refused(write_suite(*cases)) if found[0] == rule]

    assert first[1:3] == (line, column)
    assert words in first[3]


@pytest.mark.parametrize(
    ("cases", "options", "line"),
    [
        ([{**GOOD, "valid": "yes"}], {}, '"valid": "yes"'),
        ([GOOD, GOOD], {}, '"description": "a",'),
        ([GOOD], {"schema": "iglu:com.acme/other/jsonschema/1-0-0"}, "/other/"),
        ([GOOD], {"schema": "iglu:com.acme/part/jsonschema/1-0-9999999999"}, "-9999999999"),
    ],
    ids=["schema", "repeated", "misplaced", "version"],
)
def test_line_that_is_wrong(
    write_suite: WriteSuite, cases: list[Any], options: dict[str, str], line: str
) -> None:
    """What is wrong with a file shows its line, where that is wanted."""
    file = write_suite(*cases, **options)
    shown, hidden = read_suite(file, excerpts=True), read_suite(file)
    assert isinstance(shown, Outcome)
    assert isinstance(hidden, Outcome)
    (found,) = shown.findings

    assert found.excerpt
    assert line in found.excerpt.text
    assert hidden.findings[0].excerpt is None


def test_version_that_is_none(write_suite: WriteSuite) -> None:
    """A version that no schema can have is told like any other mistake."""
    file = write_suite(GOOD, schema="iglu:com.acme/part/jsonschema/1-0-9999999999")

    [(rule, line, column, message)] = _refused(file)
    assert (rule, line, column) == ("NotIglu", 2, 13)
    assert message == "addition is an integer from 0 to 2147483647; not 9999999999"


def test_descriptions_that_are_repeated(write_suite: WriteSuite) -> None:
    """Two cases of one name can't be told apart."""
    file = write_suite(GOOD, {**BAD, "description": "a"}, BAD)

    message = "the case in line 4 has the same description; tell them apart"
    assert _refused(file) == [("RepeatedDescription", 12, 22, message)]


@pytest.mark.parametrize("place", ["com.acme/part/1-0-1.json", "com.acme/parts/1-0-0.json"])
def test_misplaced(write_suite: WriteSuite, tmp_path: Path, place: str) -> None:
    """A suite that was copied to where another belongs, and still names its schema, is refused."""
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    shutil.copy(write_suite(GOOD), path)

    [(rule, line, column, message)] = _refused(str(path))
    assert (rule, line, column) == ("MisplacedSuite", 2, 13)
    assert "is called com.acme/part/1-0-0.json; move it, or correct the schema" in message


def test_place_of_its_own(write_suite: WriteSuite, tmp_path: Path) -> None:
    """A suite that is not called like a version may lie anywhere."""
    path = tmp_path / "parts.json"
    shutil.copy(write_suite(GOOD), path)

    assert len(_read(str(path)).cases) == 1


def test_from_within_its_folder(write_suite: WriteSuite, monkeypatch: pytest.MonkeyPatch) -> None:
    """A suite lies where it should, however its file is named."""
    monkeypatch.chdir(Path(write_suite(GOOD)).parent)

    assert _read("1-0-0.json").file == "1-0-0.json"


def test_unreadable(tmp_path: Path) -> None:
    """A file that can't be read gives no verdict."""
    outcome = read_suite(str(tmp_path))

    assert isinstance(outcome, Outcome)
    assert outcome.status == "unresolved"
    assert [each.rule for each in outcome.findings] == ["UnreadableFile"]
    assert "can't be read: " in outcome.findings[0].message


@given(raw=st.binary() | st.binary().map(lambda raw: b'{"schema": "' + raw + b'", "tests": ['))
def test_any_bytes(raw: bytes) -> None:
    """Whatever is in a file, reading it gives a suite or an outcome that says what is wrong."""
    with NamedTemporaryFile() as file:
        file.write(raw)
        file.flush()
        outcome = read_suite(file.name)

    assert isinstance(outcome, Outcome)
    assert outcome.findings


VIOLATION = Violation(
    code="ValidationError",
    message="",
    keyword="type",
    instance_location="/a",
    keyword_location="/properties/a/type",
)


@pytest.mark.parametrize(
    ("expected", "fits"),
    [
        (Expected("type", "/a"), True),
        (Expected("enum", "/a"), False),
        (Expected("type", "/b"), False),
        (Expected("type", "/a", keyword_location="/properties/a/type"), True),
        (Expected("type", "/a", keyword_location="/type"), False),
        (Expected("type", "/a", code="ValidationError"), True),
        (Expected("type", "/a", code="TooDeep"), False),
    ],
)
def test_fits(expected: Expected, *, fits: bool) -> None:
    """A violation is the one expected if all that is said of it is so."""
    assert expected.fits(VIOLATION) is fits
