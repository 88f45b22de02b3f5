"""Files written whole: what is there is not written over, what was left behind is taken away."""

import fcntl
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from validator import NoVerdict, UnreadableFile, WrongUse
from validator.publishing.storing import STAGING, opened


def _left(root: Path) -> set[str]:
    return {each.name for each in (root / STAGING).iterdir()}


def test_add(tmp_path: Path) -> None:
    """A file is added whole, with the folders it needs, and nothing is left behind."""
    root = tmp_path / "new" / "schemas"

    with opened(root, 0) as store:
        store.add("a/b/c", b"1")

    assert (root / "a" / "b" / "c").read_bytes() == b"1"
    assert _left(root) == {"lock"}


def test_added_file_may_be_read_by_all(tmp_path: Path) -> None:
    """A file is made as any program would make it: a web server has to read it."""
    other = tmp_path / "other"
    other.write_bytes(b"")

    with opened(tmp_path, 0) as store:
        store.add("a", b"1")

    mode = stat.S_IMODE((tmp_path / "a").stat().st_mode)
    assert mode == stat.S_IMODE(other.stat().st_mode)


def test_add_over_nothing(tmp_path: Path) -> None:
    """What is there stays as it is, and that is told."""
    (tmp_path / "a").write_bytes(b"mine")

    with (
        pytest.raises(UnreadableFile, match="a can't be written: File exists"),
        opened(tmp_path, 0) as store,
    ):
        store.add("a", b"1")

    assert (tmp_path / "a").read_bytes() == b"mine"
    assert _left(tmp_path) == {"lock"}


def test_put(tmp_path: Path) -> None:
    """A list is written anew, whole: who has it open reads on what it was."""
    (tmp_path / "a").write_bytes(b"before")

    with (tmp_path / "a").open("rb") as stream, opened(tmp_path, 0) as store:
        store.put("a", b"after")
        assert stream.read() == b"before"

    assert (tmp_path / "a").read_bytes() == b"after"
    assert _left(tmp_path) == {"lock"}


def test_put_where_a_folder_is(tmp_path: Path) -> None:
    """A folder in the place of a list is told."""
    (tmp_path / "a").mkdir()

    with (
        pytest.raises(UnreadableFile, match="a can't be written"),
        opened(tmp_path, 0) as store,
    ):
        store.put("a", b"1")


def test_what_was_left_behind(tmp_path: Path) -> None:
    """What a publisher left that was ended is taken away; what is not its own stays."""
    (tmp_path / STAGING).mkdir()
    for name in ("0123456789abcdef", "notes"):
        (tmp_path / STAGING / name).write_bytes(b"half")

    with opened(tmp_path, 0):
        assert _left(tmp_path) == {"lock", "notes"}


def test_staging_that_is_a_link(tmp_path: Path) -> None:
    """A link in the place of the folder for what is begun is not followed: nothing is deleted."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "0123456789abcdef").write_bytes(b"mine")
    root = tmp_path / "schemas"
    root.mkdir()
    (root / STAGING).symlink_to(elsewhere)

    with pytest.raises(WrongUse, match="is a symbolic link"), opened(root, 0):
        pass

    assert (elsewhere / "0123456789abcdef").exists()


def test_no_folder(tmp_path: Path) -> None:
    """What can't be written to is told."""
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(UnreadableFile, match="can't be written to"), opened(tmp_path / "file", 0):
        pass


def test_system_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system without POSIX's locks is told, and nothing is written."""
    monkeypatch.setitem(sys.modules, "fcntl", None)

    with pytest.raises(WrongUse, match="POSIX's locks"), opened(tmp_path / "schemas", 0):
        pass

    assert not (tmp_path / "schemas").exists()


def test_one_at_a_time(tmp_path: Path) -> None:
    """Another publisher is waited for, for so long."""
    with (
        opened(tmp_path, 0),
        pytest.raises(NoVerdict, match="another publisher is at work"),
        opened(tmp_path, 0.05),
    ):
        pass


def test_next_one(tmp_path: Path) -> None:
    """When one is done, the next that waits goes on."""
    seen: list[str] = []

    def publish() -> None:
        with opened(tmp_path, 30):
            seen.append("second")

    second = threading.Thread(target=publish)
    with opened(tmp_path, 0):
        second.start()
        second.join(0.1)
        seen.append("first")
    second.join()

    assert seen == ["first", "second"]


def test_lock_ends_with_the_process(tmp_path: Path) -> None:
    """The lock of a process that is killed is nobody's."""
    code = """
import sys, time
from pathlib import Path
from validator.publishing.storing import opened
with opened(Path(sys.argv[1]), 0):
    print("held", flush=True)
    time.sleep(60)
"""
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"held\n"
        with (tmp_path / STAGING / "lock").open("rb") as lock, pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        process.kill()

    with opened(tmp_path, 0) as store:
        store.add("a", b"1")
    assert (tmp_path / "a").exists()
