"""The folder of a site: whole or as it was, and nothing of others deleted."""

from pathlib import Path

import pytest

from validator import UnreadableFile, WrongUse
from validator.site import folders
from validator.site.folders import MARKER, folder_at


def _built(to: Path, **files: str) -> None:
    with folder_at(to) as folder:
        for name, content in files.items():
            folder.write(f"{name}/page.html", content.encode())


def _files(of: Path) -> dict[str, str]:
    found = [each for each in sorted(of.rglob("*")) if not each.is_dir()]
    return {str(each.relative_to(of)): each.read_text() for each in found}


def _names(of: Path) -> list[str]:
    return [each.name for each in of.iterdir()]


def _pages(of: Path) -> dict[str, str]:
    return {name: content for name, content in _files(of).items() if name != MARKER}


def test_new_folder(tmp_path: Path) -> None:
    """A folder that is not there is made, with those above it; what is in it is listed."""
    _built(tmp_path / "a" / "site", one="1", two="2")

    assert _pages(tmp_path / "a" / "site") == {"one/page.html": "1", "two/page.html": "2"}
    lines = (tmp_path / "a" / "site" / MARKER).read_text().splitlines()
    assert lines[1:] == ["one/page.html", "two/page.html"]
    assert _names(tmp_path / "a") == ["site"]


def test_empty_folder(tmp_path: Path) -> None:
    """An empty folder is taken."""
    (tmp_path / "site").mkdir()
    _built(tmp_path / "site", one="1")

    assert _pages(tmp_path / "site") == {"one/page.html": "1"}


def test_older_site(tmp_path: Path) -> None:
    """A site that was written before is replaced: what is no longer part of it is gone."""
    _built(tmp_path / "site", one="1", two="2")
    _built(tmp_path / "site", one="3")

    assert _pages(tmp_path / "site") == {"one/page.html": "3"}
    assert not (tmp_path / "site" / "two").exists()
    assert _names(tmp_path) == ["site"]


@pytest.mark.parametrize("stranger", ["notes.txt", "one/notes.txt", ".hidden"])
def test_files_of_others(tmp_path: Path, stranger: str) -> None:
    """A folder that holds what was not written by a build is refused, and left as it is."""
    _built(tmp_path / "site", one="1")
    (tmp_path / "site" / stranger).write_text("mine")
    before = _files(tmp_path)

    with pytest.raises(WrongUse, match=f"site holds '{stranger}', which is not of a site"):
        _built(tmp_path / "site", one="2")
    assert _files(tmp_path) == before


def test_other_folder(tmp_path: Path) -> None:
    """A folder that is no site is refused, whatever its files are called."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("mine")

    with pytest.raises(WrongUse, match="name an empty folder or a new one"):
        _built(tmp_path / "site", one="1")
    assert _files(tmp_path) == {"site/index.html": "mine"}


def test_marker_that_lists_other_places(tmp_path: Path) -> None:
    """A list that names files elsewhere deletes none of them; one that is no text is no list."""
    (tmp_path / "precious").write_text("mine")
    _built(tmp_path / "site", one="1")
    marker = tmp_path / "site" / MARKER
    marker.write_text(f"{marker.read_text()}../precious\n{tmp_path}/precious\n")
    _built(tmp_path / "site", one="2")
    marker.write_bytes(b"\xff\x00")

    with pytest.raises(WrongUse, match=r"one/page\.html"):
        _built(tmp_path / "site", one="3")
    assert (tmp_path / "precious").read_text() == "mine"


def test_links(tmp_path: Path) -> None:
    """A link to a folder is replaced where it leads to; one within a site is a stranger."""
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "real")
    _built(tmp_path / "site", one="1")
    assert (tmp_path / "site").is_symlink()
    assert _pages(tmp_path / "real") == {"one/page.html": "1"}

    (tmp_path / "others").mkdir()
    (tmp_path / "real" / "others").symlink_to(tmp_path / "others")
    with pytest.raises(WrongUse, match="holds 'others'"):
        _built(tmp_path / "site", one="2")


def test_file_in_the_way(tmp_path: Path) -> None:
    """A file is no folder; one above the folder is a failure to write."""
    (tmp_path / "site").write_text("mine")

    with pytest.raises(WrongUse, match="site is a file; name a folder"):
        _built(tmp_path / "site", one="1")
    with pytest.raises(UnreadableFile, match=r"a site can't be written: .*: Not a directory"):
        _built(tmp_path / "site" / "inner", one="1")
    assert _files(tmp_path) == {"site": "mine"}


def test_failure_leaves_what_was(tmp_path: Path) -> None:
    """When a build fails, the older site stays, and nothing else does."""
    _built(tmp_path / "site", one="1")
    before = _files(tmp_path)

    def failing() -> None:
        with folder_at(tmp_path / "site") as folder:
            folder.write("two/page.html", b"2")
            raise KeyError

    with pytest.raises(KeyError):
        failing()
    assert _files(tmp_path) == before
    assert _names(tmp_path) == ["site"]


def test_page_that_can_not_be_written(tmp_path: Path) -> None:
    """A page that can't be written is a failure of ours to tell."""

    def clashing() -> None:
        with folder_at(tmp_path / "site") as folder:
            folder.write("one", b"1")
            folder.write("one/two", b"2")

    with pytest.raises(UnreadableFile, match="one/two: "):
        clashing()
    assert _names(tmp_path) == []


def test_folder_that_changes_meanwhile(tmp_path: Path) -> None:
    """A file that someone adds while a site is built is neither lost nor published."""
    _built(tmp_path / "site", one="1")

    def disturbed(name: str, content: str | None) -> None:
        with folder_at(tmp_path / "site") as folder:
            folder.write("one/page.html", b"2")
            file = tmp_path / "site" / name
            file.unlink() if content is None else file.write_text(content)

    with pytest.raises(WrongUse, match=r"holds 'notes.txt'"):
        disturbed("notes.txt", "mine")
    assert _pages(tmp_path / "site") == {"notes.txt": "mine", "one/page.html": "1"}
    (tmp_path / "site" / "notes.txt").unlink()
    with pytest.raises(WrongUse, match="changed while the site was built"):
        disturbed("one/page.html", None)
    assert _names(tmp_path) == ["site"]


def test_swap_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the new site can't take its place, the older one is put back."""
    _built(tmp_path / "site", one="1")
    before = _files(tmp_path)
    rename = Path.rename
    asked: list[Path] = []

    def failing(self: Path, target: Path) -> Path:
        asked.append(self)
        if len(asked) == 2:
            raise OSError(5, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(UnreadableFile, match="Input/output error"):
        _built(tmp_path / "site", one="2")
    assert _files(tmp_path) == before
    assert _names(tmp_path) == ["site"]


def test_folder_that_can_not_be_looked_into(tmp_path: Path) -> None:
    """A folder that can't be listed is not taken for an empty one."""
    with pytest.raises(FileNotFoundError):
        folders._files_in(tmp_path / "gone")


def test_only_what_was_looked_at_is_deleted(tmp_path: Path) -> None:
    """A file that came into a folder since it was listed stays, and its folder with it."""
    (tmp_path / "site" / "empty").mkdir(parents=True)
    for name in ("ours", "theirs"):
        (tmp_path / "site" / name).write_text(name)
    folders._delete(tmp_path / "site", {"ours", "gone"})

    assert _files(tmp_path) == {"site/theirs": "theirs"}
    assert _names(tmp_path / "site") == ["theirs"]
