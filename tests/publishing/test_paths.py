"""What a path leads to, and files read in part."""

from pathlib import Path

import pytest

from validator import UnreadableFile
from validator.publishing.paths import is_file, is_folder, is_link, read_file, root_of


def _write(root: Path, path: str) -> Path:
    file = root / path
    file.write_text("{}")
    return file


def test_root(tmp_path: Path) -> None:
    """The inner folder `schemas` is the registry, where there is one."""
    assert root_of(tmp_path) == tmp_path
    (tmp_path / "schemas").mkdir()
    assert root_of(tmp_path) == tmp_path / "schemas"
    (tmp_path / "schemas" / "user" / "jsonschema").mkdir(parents=True)
    (tmp_path / "schemas" / "user" / "jsonschema" / "1-0-0").write_text("{}")
    assert root_of(tmp_path) == tmp_path / "schemas"


def test_root_with_schemas_and_a_folder_of_that_name(tmp_path: Path) -> None:
    """Where schemas lie beside a folder `schemas`, that is not taken for the registry."""
    (tmp_path / "schemas").mkdir()
    for path in (".git/a/b/1-0-0", "com.acme/user/jsonschema/draft", "a/b/1-0-0", "a/b/c/1-0-0/d"):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("{}")
        assert root_of(tmp_path) == tmp_path / "schemas"
    file = tmp_path / "com.acme" / "user" / "avro" / "1-0-0"
    file.parent.mkdir()
    file.symlink_to("a" * 300)
    assert root_of(tmp_path) == tmp_path / "schemas"
    file.unlink()
    file.write_text("")
    assert root_of(tmp_path) == tmp_path


def test_file_is_read_in_part(tmp_path: Path) -> None:
    """Of a file, one byte more than may be is read: enough to see that it is too large."""
    file = _write(tmp_path, "file")
    file.write_bytes(b"12345")

    assert read_file(file, 3) == b"1234"
    assert read_file(file, 5) == b"12345"
    with pytest.raises(UnreadableFile, match="can't be read: No such file"):
        read_file(tmp_path / "gone", 5)


def test_asking_never_fails(tmp_path: Path) -> None:
    """What a path leads to can be asked of any name, too long as it may be."""
    link = tmp_path / "link"
    link.symlink_to("nowhere")
    for path in (link, tmp_path / ("a" * 5_000), tmp_path / "none" / "none"):
        assert (is_folder(path), is_file(path), is_link(path)) == (False, False, path == link)
    assert (is_folder(tmp_path), is_file(_write(tmp_path, "file"))) == (True, True)
