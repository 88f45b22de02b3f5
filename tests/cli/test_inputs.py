"""Files, folders and standard input, as documents one by one."""

import os
import threading
from pathlib import Path

import click
import pytest

from validator.cli.inputs import files, read
from validator.errors import UnreadableFile


def test_folders_give_their_payloads_sorted(tmp_path: Path) -> None:
    """A folder is read with the folders within; other files are passed over."""
    for name in ("b.json", "a/z.jsonl", "a/c.ndjson", "a/readme.md", ".x"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = [str(Path(each).relative_to(tmp_path)) for each in files([str(tmp_path)])]
    assert found == ["a/c.ndjson", "a/z.jsonl", "b.json"]


@pytest.mark.parametrize(
    ("folder", "expected"), [(".", "a/b.json"), ("./a", "a/b.json"), ("a//", "a/b.json")]
)
def test_folders_have_one_spelling(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, expected: str
) -> None:
    """Files in a folder are named as a report for CI needs them: with nothing needless."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.json").touch()
    monkeypatch.chdir(tmp_path)
    assert files([folder]) == [expected]


def test_named_files_are_taken_as_they_are(tmp_path: Path) -> None:
    """A name keeps its spelling, whether it exists or not, and whatever its ending."""
    assert files(["-", "./x", str(tmp_path / "y")]) == ["-", "./x", str(tmp_path / "y")]


def test_a_folder_without_payloads(tmp_path: Path) -> None:
    """A pipe in a folder is no payload: to open it would wait for ever."""
    os.mkfifo(tmp_path / "pipe.json")
    with pytest.raises(click.UsageError, match="no payloads"):
        files([str(tmp_path)])


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_a_line_of_just_the_limit(tmp_path: Path, ending: bytes) -> None:
    """The line end is not part of a document."""
    file = tmp_path / "x.ndjson"
    file.write_bytes(b"12345" + ending + b"123456" + ending + b"1")
    found = [
        (each.line, each.offset, len(each.raw)) for each in read(str(file), by_line=False, most=5)
    ]
    assert found == [(1, 0, 5), (2, 5 + len(ending), 6), (3, 11 + 2 * len(ending), 1)]


def test_no_more_than_the_limit_is_held(tmp_path: Path) -> None:
    """Of a long document, and of a long line, one byte more than the limit is read."""
    file = tmp_path / "x.json"
    file.write_bytes(b"x" * 100_000 + b"\n" + b"y")
    (alone,) = read(str(file), by_line=False, most=10)
    first, second = read(str(file), by_line=True, most=10)
    assert (len(alone.raw), len(first.raw), second.raw) == (11, 11, b"y")
    assert (second.line, second.offset) == (2, 100_001)


def test_a_file_that_can_not_be_read(tmp_path: Path) -> None:
    """The reason is told with the name."""
    with pytest.raises(UnreadableFile, match="gone can't be read: No such file"):
        list(read(str(tmp_path / "gone"), by_line=False, most=1))


def test_white_space_past_the_limit_is_no_empty_line(tmp_path: Path) -> None:
    """A long line that begins with white space is told as too long, not passed over."""
    file = tmp_path / "x.ndjson"
    file.write_bytes(b" " * 20 + b"{}\n" + b"   \n" + b"1")
    found = [(each.line, len(each.raw)) for each in read(str(file), by_line=True, most=10)]
    assert found == [(1, 11), (3, 1)]


def test_an_empty_path() -> None:
    """A name that is empty is a slip in a script, not the folder one stands in."""
    with pytest.raises(click.UsageError, match="a PATH is empty"):
        files([""])


def test_a_folder_that_can_not_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stands among the files, so that reading it says why; links to folders are not followed."""
    (tmp_path / "locked").mkdir()
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "a.json").touch()
    listed = os.scandir

    def locked(folder: str) -> object:  # what root may list all the same
        if folder.endswith("locked"):
            raise PermissionError(13, "Permission denied", folder)
        return listed(folder)

    monkeypatch.setattr(os, "scandir", locked)
    assert files([str(tmp_path)]) == [str(tmp_path / "a.json"), str(tmp_path / "locked")]


@pytest.mark.parametrize(("most", "expected"), [(100, b"x" * 70), (10, b"x" * 11)])
def test_a_pipe_is_read_to_its_end(tmp_path: Path, most: int, expected: bytes) -> None:
    """What does not say how long it is is read as far as it may go."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(b"x" * 70,))
    writer.start()
    (document,) = read(str(pipe), by_line=False, most=most)
    writer.join()
    assert document.raw == expected
