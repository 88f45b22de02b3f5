"""Which files are fixtures, and of which kind."""

from pathlib import Path

import pytest

from validator import WrongUse
from validator.reporting import Outcome
from validator.suites import Fixture, discover, read_suite


def _make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def _found(*paths: str) -> list[tuple[str, str]]:
    return [(each.file, each.kind) for each in discover(paths)]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let names be those of files in a folder of their own."""
    monkeypatch.chdir(tmp_path)


def test_a_folder(tmp_path: Path) -> None:
    """Suites are called like versions, documents lie in valid and invalid; else nothing counts."""
    _make(
        tmp_path / "fixtures",
        *("com.acme/user/1-0-10.json", "com.acme/user/1-0-2.json", "com.acme/user/readme.json"),
        *("com.acme/user/1-0-0.txt", "com.acme/user/1-0.json", "registry/jsonschema/1-0-0"),
        *("payloads/valid/a.json", "payloads/valid/b.ndjson", "payloads/valid/deep/c.jsonl"),
        *("payloads/invalid/d.json", "payloads/invalid/notes.md", "payloads/other/e.json"),
        *("payloads/invalid/valid/f.json", "payloads/valid/1-0-0.json"),
    )

    assert _found("fixtures") == [
        ("fixtures/com.acme/user/1-0-10.json", "suite"),
        ("fixtures/com.acme/user/1-0-2.json", "suite"),
        ("fixtures/payloads/invalid/d.json", "invalid"),
        ("fixtures/payloads/invalid/valid/f.json", "valid"),
        ("fixtures/payloads/valid/1-0-0.json", "valid"),
        ("fixtures/payloads/valid/a.json", "valid"),
        ("fixtures/payloads/valid/b.ndjson", "valid"),
        ("fixtures/payloads/valid/deep/c.jsonl", "valid"),
    ]


def test_files(tmp_path: Path) -> None:
    """A file that is named is a suite, unless its folder says otherwise; one that is not, too."""
    _make(tmp_path, "some.json", "invalid/a.json", "valid/b")

    assert _found("some.json", "invalid/a.json", "valid/b", "gone.json") == [
        ("some.json", "suite"),
        ("invalid/a.json", "invalid"),
        ("valid/b", "valid"),
        ("gone.json", "suite"),
    ]


def test_a_folder_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name of the folder that is named counts, even as `.`; those above it do not."""
    _make(tmp_path, "valid/payloads/a.json", "valid/payloads/1-0-0.json")

    assert _found("valid/payloads") == [("valid/payloads/1-0-0.json", "suite")]
    monkeypatch.chdir("valid")
    assert _found(".") == [("payloads/1-0-0.json", "valid"), ("payloads/a.json", "valid")]


def test_each_file_once(tmp_path: Path) -> None:
    """What is named twice is one fixture, where it was named first."""
    _make(tmp_path, "a/1-0-0.json", "b/1-0-0.json")

    assert [file for file, _ in _found("b", "a", "b/1-0-0.json")] == [
        "b/1-0-0.json",
        "a/1-0-0.json",
    ]


@pytest.mark.parametrize("path", ["empty", ""])
def test_nothing(tmp_path: Path, path: str) -> None:
    """A path without fixtures is a mistake: else nothing would be run, and nobody know."""
    _make(tmp_path, "empty/readme.md")

    with pytest.raises(WrongUse, match=r"no fixtures in .*: neither a suite, VENDOR/NAME/VERSION"):
        discover([path])


def test_a_folder_that_can_not_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What can't be looked into is not passed over: reading it tells."""
    _make(tmp_path, "fixtures/a/1-0-0.json")
    for _ in range(20):  # deeper than a path can be long
        monkeypatch.chdir("fixtures" if Path("fixtures").exists() else ".")
        Path("b" * 250).mkdir()
        monkeypatch.chdir("b" * 250)
    monkeypatch.chdir(tmp_path)

    first, hidden = discover(["fixtures"])

    assert first == Fixture("fixtures/a/1-0-0.json", "suite")
    outcome = read_suite(hidden.file)
    assert isinstance(outcome, Outcome)
    assert outcome.status == "unresolved"


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    """A link may lead round in a circle."""
    _make(tmp_path, "fixtures/a/1-0-0.json")
    (tmp_path / "fixtures" / "again").symlink_to(tmp_path / "fixtures")

    assert discover(["fixtures"]) == [Fixture("fixtures/a/1-0-0.json", "suite")]
