"""Where things stand in a JSON text."""

import pytest

from validator import scanner
from validator.results import Path, Position
from validator.scanner import Found


@pytest.mark.parametrize(
    ("text", "index", "place"),
    [
        ("", 0, Position(0, 1, 1)),
        ("abc", 2, Position(2, 1, 3)),
        ("a\nb", 1, Position(1, 1, 2)),
        ("a\nb", 2, Position(2, 2, 1)),
        ("a\r\nbc", 4, Position(4, 2, 2)),
        ("\n\n\n", 3, Position(3, 4, 1)),
        ("é\n😀x", 3, Position(7, 2, 2)),
        ("\udcff\udcff", 1, Position(1, 1, 2)),
    ],
    ids=["empty", "line", "newline", "after", "crlf", "lines", "multibyte", "undecodable"],
)
def test_position(text: str, index: int, place: Position) -> None:
    """A place has the bytes before it, a line, and a column in characters."""
    assert scanner.position(text, index) == place


@pytest.mark.parametrize(
    ("text", "index", "line"),
    [
        ("", 0, ("", 0)),
        ("abc", 1, ("abc", 1)),
        ("abc", 3, ("abc", 3)),
        ("a\nbc\nd", 2, ("bc", 0)),
        ("a\nbc\nd", 4, ("bc", 2)),
        ("a\r\nbc\r\nd", 4, ("bc", 1)),
        ("a\n", 2, ("", 0)),
        ("a\rb", 2, ("a\rb", 2)),
    ],
)
def test_line_at(text: str, index: int, line: tuple[str, int]) -> None:
    """The line is what stands between two line ends, less the carriage return of the second."""
    assert scanner.line_at(text, index) == line


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("[[]]", None),
        ("[[], [], {}]", None),
        ("[[[", 2),
        ('{"a": [{', 7),
        ('["[[[", "\\"[[["]', None),
        ('["[[[\\\\", [[', 11),
        ('["[[[ never closed', None),
        ('["[[[ never closed\\', None),
    ],
)
def test_too_deep(text: str, index: int | None) -> None:
    """The first bracket past the depth is found in any text; those in strings nest nothing."""
    assert scanner.too_deep(text, 2) == index


def test_too_deep_in_one_pass() -> None:
    """Escaped quotes by the hundred thousand in a string that is never closed are read once."""
    assert scanner.too_deep('["' + '\\"' * 400_000 + "[[[", 2) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"a": 1, "b": {"a": 1}}', None),
        ('[{"a": 1}, {"a": 1}]', None),
        ('["a", "a", {}, {}]', None),
        ('{"a": 1, "a": 2}', (9, ("a",))),
        ('{"a": {"b": [], "b": 1}}', (16, ("a", "b"))),
        ('{"a": [0, {"": true, "": null}]}', (21, ("a", 1, ""))),
        ('{"\\"": 1, "\\u0022": 2}', (10, ('"',))),
        ('{"a": {"x": 1}, "b": 2, "a": 3}', (24, ("a",))),
    ],
)
def test_duplicate_name(text: str, found: tuple[int, Path] | None) -> None:
    """The first name that stands twice in one object is found, however it is spelled."""
    assert scanner.duplicate_name(text) == found


def test_all_duplicate_names() -> None:
    """The walk goes on after the first one, and finds as many as there are."""
    text = '{"a": {"x": 1, "x": []}, "b": [{"x": 2}, {}], "a": 3, "a": "a"}'

    assert [path for _, path in scanner.repeated_names(text)] == [("a", "x"), ("a",), ("a",)]


@pytest.mark.parametrize("name", ["plain", '\\"', "\\u0041", "é😀", " "])
@pytest.mark.parametrize("value", ["1" * 5000, "1e5", '"\\ud83d\\ude00"', "null", "[[[{}]]]"])
def test_duplicate_name_is_exact(name: str, value: str) -> None:
    """Whatever stands in a text, it has a name twice or not."""
    text = f'[{{"{name}": {value}, "{name} ": {value}}}]'

    assert scanner.duplicate_name(text) is None
    assert scanner.duplicate_name(text.replace(f"{name} ", name)) is not None


@pytest.mark.parametrize(
    ("number", "faithful"),
    [
        ("0", True),
        ("-0", True),
        ("18446744073709551615", True),
        ("18446744073709551616", False),
        ("-9223372036854775808", True),
        ("-9223372036854775809", False),
        ("9" * 5000, False),
        ("0.1", True),
        ("0.1e-5", True),
        ("1.7976931348623157e308", True),
        ("5e-324", True),
        ("2e-324", False),
        ("-2E-324", False),
        ("0.0e-400", True),
        ("-0e-400", True),
        ("0." + "0" * 400 + "1", False),
        ("0." + "0" * 400, True),
        ("123456789012345678901234567890.0", True),
    ],
)
def test_unfaithful_number(number: str, faithful: bool) -> None:  # noqa: FBT001  # a column of the table
    """A number that a parser would bend is found with its path; one in a text is a text."""
    text = f'{{"{number}": [true, "{number}", {number}]}}'

    found = scanner.unfaithful_number(text)

    assert found == (None if faithful else (text.rindex(number), (number, 2)))


_TEXT = '{"a": [10, {"b": "x"}],\r\n "é/~": null, "": {}}'


@pytest.mark.parametrize(
    ("path", "begins"),
    [
        ((), "{"),
        (("a",), "["),
        (("a", 0), "10"),
        (("a", 1), '{"b"'),
        (("a", 1, "b"), '"x"'),
        (("é/~",), "null"),
        (("",), "{}}"),
        (("a", 2), "[10"),
        (("a", "0"), "[10"),
        (("a", 0, "b", 7), "10"),
        ((0,), '{"a"'),
        (("z", "a"), '{"a"'),
    ],
)
def test_locate(path: Path, begins: str) -> None:
    """A value is found where it begins; for a path to nowhere, the last value on its way."""
    place = scanner.locate(_TEXT, [path])[path].start

    assert _TEXT[place:].startswith(begins)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (("a",), '"a"'),
        (("a", 1, "b"), '"b"'),
        (("é/~",), '"é/~"'),
        (("",), '"":'),
        ((), None),
        (("a", 0), None),
        (("z",), None),
        (("a", "b"), None),
        (("a", 1, "b", "c"), None),
    ],
)
def test_locate_a_name(path: Path, name: str | None) -> None:
    """A member's name is found where it begins; an item has none, nor has what is nowhere."""
    place = scanner.locate(_TEXT, [path])[path].name

    assert (None if place is None else _TEXT[place:].startswith(name or "never")) == (
        None if name is None else True
    )


def test_locate_many() -> None:
    """Many paths are found in one walk, and none in none."""
    paths: list[Path] = [("a", 1), (), ("a",), ("a", 1)]

    assert scanner.locate(_TEXT, paths) == {
        ("a", 1): Found(11, None),
        (): Found(0, None),
        ("a",): Found(6, 1),
    }
    assert scanner.locate(_TEXT, []) == {}


@pytest.mark.parametrize(
    ("begin", "path", "found"),
    [
        (6, (0,), Found(7, None)),
        (7, (), Found(7, None)),
        (11, ("b",), Found(17, 12)),
        (11, ("é/~",), Found(11, None)),
        (33, (), Found(33, None)),
    ],
    ids=["array", "number", "object", "past its end", "null"],
)
def test_locate_within_a_text(begin: int, path: Path, found: Found) -> None:
    """Only the value that begins there is looked at, and what follows it is never read."""
    cut = _TEXT[: _TEXT.index("null") + 4] + ' never closed "'

    assert scanner.locate(cut, [path], begin) == {path: found}


def test_locate_what_stands_twice() -> None:
    """Where a name stands twice, the last one counts, and nothing of the first one is found."""
    text = '{"a": {"b": {"c": 1}}, "a": {"d": 2, "b": 3}, "e": 4}'
    paths: list[Path] = [("a", "b", "c"), ("a", "b"), ("a", "d")]

    found = scanner.locate(text, paths)

    assert found == {
        ("a", "b", "c"): Found(42, None),
        ("a", "b"): Found(42, 37),
        ("a", "d"): Found(34, 29),
    }
