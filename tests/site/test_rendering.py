"""Templates, and what they are given."""

import subprocess
import sys
from pathlib import Path

import jinja2
import pytest

from validator import Registry, WrongUse
from validator.site import build
from validator.site.rendering import assets, environment, spaced
from validator.site.values import Piece, code


def test_everything_is_escaped_and_there() -> None:
    """Templates escape what they are given, and a name that is not there is an error."""
    made = environment()

    assert made.from_string("{{ a }}").render(a="<'\">&") == "&lt;&#39;&#34;&gt;&amp;"
    with pytest.raises(jinja2.UndefinedError):
        made.from_string("{{ b }}").render()


def test_without_jinja(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where Jinja is not installed, the message says what to install; nothing is written."""
    monkeypatch.setitem(sys.modules, "jinja2", None)

    with pytest.raises(WrongUse, match=r"pip install 'event-payload-validator\[docs\]'"):
        build(Registry(), tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_jinja_is_imported_when_a_site_is_built() -> None:
    """Importing the package that builds sites does not need Jinja."""
    told = "import validator.site, sys; print('jinja2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"


def test_assets() -> None:
    """The style, the script and the icon come with the package."""
    found = dict(assets())

    assert [*found] == ["assets/site.css", "assets/site.js", "assets/icon.svg"]
    assert all(found.values())


def test_spaces_between_pieces() -> None:
    """Pieces have a space between them, values a comma, and what closes neither."""
    pieces = (
        Piece("one of"),
        code("1"),
        code("2"),
        Piece("("),
        code("x"),
        Piece(")"),
        Piece(": y"),
    )

    assert "".join(before + piece.text for before, piece in spaced(pieces)) == "one of 1, 2 (x): y"


def test_code_that_looks_like_punctuation() -> None:
    """A value that is a comma is a value."""
    assert [before for before, _ in spaced((Piece("exactly"), code(","), Piece("or")))] == [
        "",
        " ",
        " ",
    ]


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("one\ntwo\n\n three\u202e", ["one\ntwo", " three\\u202e"]),
        (" \n\n ", []),
        ("", []),
    ],
)
def test_paragraphs(text: str, paragraphs: list[str]) -> None:
    """A blank line parts paragraphs."""
    assert environment().filters["paragraphs"](text) == paragraphs


def test_steps() -> None:
    """A path may be broken after its dots and brackets, between what they part."""
    steps = environment().filters["steps"]

    assert steps("events[].time.insert") == ["events[].", "time.", "insert"]
    assert steps("iglu:com.acme/a/jsonschema/1-0-0") == [
        "iglu:com.",
        "acme/",
        "a/",
        "jsonschema/",
        "1-0-0",
    ]
    assert "".join(steps('a["b.c"]/^x/..')) == 'a["b.c"]/^x/..'
