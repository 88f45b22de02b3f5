"""Files at revisions: read from real repositories, whole, bare, in worktrees and sub-folders."""

from collections.abc import Callable
from pathlib import Path

import pytest

from validator import NoVerdict, WrongUse
from validator.publishing.git import contents_at, files_at

MOST = 1_000


@pytest.fixture(name="committed")
def _committed(git: Callable[..., str], tmp_path: Path) -> Path:
    """Give a repository with a commit, tagged `v1`; its file has changed since."""
    folder = tmp_path / "within" / "a b"
    folder.mkdir(parents=True)
    (folder / "one").write_bytes(b"1")
    (folder / "\u00e9\n").write_bytes(b"2")
    (folder / "link").symlink_to("one")
    git("add", ".")
    git("commit", "--quiet", "--message", "first")
    git("tag", "v1")
    (folder / "one").write_bytes(b"changed")
    return folder


@pytest.mark.parametrize("revision", ["HEAD", "main", "v1", "HEAD^{commit}", "@"])
def test_files(committed: Path, git: Callable[..., str], tmp_path: Path, revision: str) -> None:
    """Files are listed from the folder on, whatever they are called; links are not among them."""
    oids = {each.path: each.oid for each in files_at(revision, committed)}

    assert oids == {
        "one": git("rev-parse", "v1:within/a b/one"),
        "\u00e9\n": git("rev-parse", "v1:within/a b/\u00e9\n"),
    }
    assert {each.path for each in files_at(revision, tmp_path)} == {
        f"within/a b/{name}" for name in oids
    }


def test_folder_that_was_not_there(committed: Path) -> None:
    """Of a folder that the revision does not have, there are no files."""
    later = committed / "later"
    later.mkdir()

    assert files_at("HEAD", later) == []


def test_contents(committed: Path, tmp_path: Path) -> None:
    """A path is from the top, or from the folder, as git has it; the bytes are those of then."""
    assert contents_at("v1:within/a b/one", committed, MOST) == b"1"
    assert contents_at("HEAD:./one", committed, MOST) == b"1"
    assert contents_at("HEAD:../a b/one", committed, MOST) == b"1"
    assert contents_at("HEAD:within/a b/one", tmp_path, MOST) == b"1"


def test_contents_that_are_too_large(committed: Path) -> None:
    """A file with more bytes than may be is not read."""
    assert contents_at("HEAD:./one", committed, 1) == b"1"
    with pytest.raises(NoVerdict, match="has 1 bytes; it may have 0"):
        contents_at("HEAD:./one", committed, 0)


@pytest.mark.parametrize("path", ["one", "./two", "within", "./link/x", "within/a b", "../../../x"])
def test_no_such_file(committed: Path, path: str) -> None:
    """A path that leads to no file is told, with how paths are written."""
    with pytest.raises(NoVerdict, match=r"has no file .* begins with ./"):
        contents_at(f"HEAD:{path}", committed, MOST)


@pytest.mark.parametrize("spec", ["HEAD", "", "HEAD:", "iglu", None, 5])
def test_no_spec(spec: object) -> None:
    """What is not REV:path is wrong use."""
    with pytest.raises(WrongUse, match="is written REV:path"):
        contents_at(spec, Path(), MOST)  # type: ignore[arg-type]  # that is the test


@pytest.mark.parametrize("revision", ["", "-x", "--output=x", "a\0b", "HEAD:within", None, 5])
def test_no_revision(committed: Path, revision: object) -> None:
    """What is not written like a revision is wrong use: no option of git among it."""
    with pytest.raises(WrongUse, match="a revision of git is a name such as"):
        files_at(revision, committed)  # type: ignore[arg-type]  # that is the test


def test_unknown_revision(committed: Path) -> None:
    """A revision that git does not know is told, with what CI most likely lacks."""
    with pytest.raises(NoVerdict, match=r"knows no revision 'v2' in .* fetch it first"):
        files_at("v2", committed)
    with pytest.raises(NoVerdict, match="knows no revision 'v2'"):
        contents_at("v2:a", committed, MOST)


def test_no_commit_yet(git: Callable[..., str], tmp_path: Path) -> None:
    """A repository without a commit knows no revision."""
    with pytest.raises(NoVerdict, match="knows no revision 'HEAD'"):
        files_at("HEAD", tmp_path)


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder in no repository is told, in the words of git."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    with pytest.raises(NoVerdict, match=r"git rev-parse failed in .*: fatal: not a git repository"):
        files_at("HEAD", tmp_path)


def test_git_is_not_installed(
    committed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without git, that is said."""
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(NoVerdict, match=r"git can't be run in .*; is it installed"):
        files_at("HEAD", committed)


def test_git_that_fails_without_a_word(
    committed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A git that fails and says nothing is told as such."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "git").symlink_to("/bin/false")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))

    with pytest.raises(NoVerdict, match=r"failed in .*: it does not say why"):
        files_at("HEAD", committed)


def test_bare(committed: Path, git: Callable[..., str], tmp_path: Path) -> None:
    """A repository without a checkout is asked as well."""
    git("clone", "--quiet", "--bare", ".", "bare.git")

    assert contents_at("v1:within/a b/one", tmp_path / "bare.git", MOST) == b"1"
    assert len(files_at("v1", tmp_path / "bare.git")) == 2


def test_worktree(committed: Path, git: Callable[..., str], tmp_path: Path) -> None:
    """So is a worktree, where `.git` is a file."""
    git("worktree", "add", "--quiet", "--detach", "tree")

    assert {each.path for each in files_at("HEAD", tmp_path / "tree" / "within")} == {
        "a b/one",
        "a b/\u00e9\n",
    }


def test_within_a_hook(committed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What git tells its hooks of their repository does not lead astray."""
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")

    assert {each.path for each in files_at("HEAD", committed)} == {"one", "\u00e9\n"}


def test_nothing_is_run(committed: Path, git: Callable[..., str], tmp_path: Path) -> None:
    """No command that the repository names is run: it may be another's."""
    touched = tmp_path / "touched"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch '{touched}'\ncat\n")
    script.chmod(0o755)
    for name in ("core.fsmonitor", "diff.x.textconv", "filter.x.smudge", "core.pager"):
        git("config", name, str(script))
    (committed / ".gitattributes").write_text("* diff=x filter=x\n")

    files_at("HEAD", committed)
    contents_at("HEAD:./one", committed, MOST)

    assert not touched.exists()
