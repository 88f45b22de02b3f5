"""A file in the place of another: whole, or not at all."""

from pathlib import Path

import pytest

from validator.cli.writing import replace_file
from validator.errors import UnreadableFile


def test_a_new_file(tmp_path: Path) -> None:
    """It is there, and nothing beside it."""
    replace_file(str(tmp_path / "a"), b"1")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("a", b"1")]


def test_in_the_place_of_another(tmp_path: Path) -> None:
    """It keeps the rights of the one that was there; a link leads on to it."""
    file, link = tmp_path / "a", tmp_path / "b"
    file.write_bytes(b"1")
    file.chmod(0o640)
    link.symlink_to(file)
    replace_file(str(link), b"2")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"2", 0o640)
    assert link.is_symlink()


def test_what_cannot_be_written(tmp_path: Path) -> None:
    """It is told by the name that was given, and nothing is left behind."""
    (tmp_path / "folder").mkdir()
    with pytest.raises(UnreadableFile, match=r"folder can't be written: Is a directory"):
        replace_file(str(tmp_path / "folder"), b"1")
    with pytest.raises(UnreadableFile, match=r"absent/a can't be written: No such file"):
        replace_file(str(tmp_path / "absent" / "a"), b"1")
    assert [each.name for each in tmp_path.iterdir()] == ["folder"]
