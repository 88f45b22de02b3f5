"""Names of files as other tools want them."""

import os
from pathlib import Path
from urllib.parse import unquote_to_bytes, urljoin, urlsplit

import pytest

from validator.reporting.paths import as_uri, relative

_HARD = "fol der/%41,:#?é\udcff.json"


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("a.json", "a.json"),
        ("./folder//a.json", "folder/a.json"),
        ("../a.json", "../a.json"),
        ("/elsewhere/a.json", "/elsewhere/a.json"),
        ("-", "-"),
    ],
)
def test_relative(file: str, told: str) -> None:
    """A name is told without detours."""
    assert relative(file) == told


def test_relative_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in the current folder is named from there, however it was given."""
    monkeypatch.chdir(tmp_path)
    assert relative(str(tmp_path / "folder" / "a.json")) == "folder/a.json"
    assert relative(f"{tmp_path}-not/a.json") == f"{tmp_path}-not/a.json"


@pytest.mark.parametrize("file", [_HARD, "a:b/c.json", "c:d.json", f"/{_HARD}", "../a.json"])
def test_as_uri(file: str) -> None:
    """Whatever a file is called, its URI leads back to it, and to no other."""
    whole = urljoin("file:///here/", as_uri(file))
    parts = urlsplit(whole)
    expected = os.path.normpath(os.path.join("/here", file))  # noqa: PTH118  # as a URI is resolved
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("file", "", "", "")
    assert os.fsdecode(unquote_to_bytes(parts.path)) == expected
    assert as_uri(file).isascii()
    assert as_uri(file).startswith("file://") is file.startswith("/")
