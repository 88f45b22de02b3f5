"""Files of schemas: those that are meant by files and folders."""

import os
from pathlib import Path

import pytest

from validator import SchemaKey
from validator.cli.schema.files import contents, files, key_of_path, registry_beside
from validator.errors import UnreadableFile

USER = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-0")


def _touch(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("{}")


def test_of_a_folder(folder: Path) -> None:
    """Schemas where they lie, in order, and .json files; no list, no other format."""
    home = "schemas/com.acme/user"
    _touch(f"{home}/jsonschema/1-0-1", f"{home}/jsonschema/1-0-0", f"{home}/jsonschema/1")
    _touch(f"{home}/avro/1-0-0", "schemas/README.md", "schemas/draft.json", "schemas/.a/b.json")
    _touch(f"{home}/jsonschema/.hidden.json")
    found = files(["schemas"])
    assert [each.file for each in found] == [
        "schemas/draft.json",
        f"{home}/jsonschema/1-0-0",
        f"{home}/jsonschema/1-0-1",
    ]
    assert [each.key for each in found[:2]] == [None, USER]
    assert {each.folder for each in found} == {"schemas"}


def test_of_a_folder_within(folder: Path) -> None:
    """A folder in a registry has its schemas, too: where they lie is told by the whole path."""
    _touch("schemas/com.acme/user/jsonschema/1-0-0")
    for named in ("schemas/com.acme", "schemas/com.acme/user/jsonschema", "."):
        assert [each.key for each in files([named])] == [USER]


def test_a_folder_that_cannot_be_listed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is given as a file, so that reading it tells."""
    _touch("schemas/a.json", "schemas/gone/b.json")
    listed = os.scandir

    def scandir(path: str) -> object:  # root may list any folder
        if path.endswith("gone"):
            raise FileNotFoundError(2, "No such file or directory", path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert [each.file for each in files(["schemas"])] == ["schemas/a.json", "schemas/gone"]


@pytest.mark.parametrize(
    ("file", "key"),
    [
        ("x/com.acme/user/jsonschema/1-0-0", USER),
        ("com.acme/user/jsonschema/1-0-0", USER),
        ("./com.acme/user/jsonschema/1-0-0", USER),
        ("user/jsonschema/1-0-0.json", None),
        ("-", None),
    ],
)
def test_key_of_path(folder: Path, file: str, key: SchemaKey | None) -> None:
    """The last four parts of the whole path are a name, or are not."""
    assert key_of_path(file) == key


def test_registry_beside(folder: Path) -> None:
    """It has the schemas beside the files, those of the folders, and the packaged ones."""
    _touch("a/com.acme/user/jsonschema/1-0-0", "b/com.acme/user/jsonschema/1-0-1")
    registry = registry_beside(["a/com.acme/user/jsonschema/1-0-0", "draft.json"], ["b"])
    found = registry.keys("com.acme")
    assert [str(each.version) for each in found] == ["1-0-0", "1-0-1"]
    assert registry.keys("com.tracardi")


def test_contents(folder: Path) -> None:
    """A file is read as far as a schema may go; one that is not there is told."""
    Path("large").write_bytes(b" " * 3_000_000)
    assert 1_000_000 <= len(contents("large")) < 3_000_000
    with pytest.raises(UnreadableFile, match="absent can't be read: No such file"):
        contents("absent")
