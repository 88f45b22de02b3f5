"""What changes in files that are watched."""

from collections.abc import Callable
from pathlib import Path

import pytest

from validator.cli.watching import changed, look

CHANGES: dict[str, Callable[[Path], object]] = {
    "written": lambda folder: (folder / "in" / "a").write_text("longer"),
    "made": lambda folder: (folder / "in" / "b").touch(),
    "gone": lambda folder: (folder / "in" / "a").unlink(),
}


@pytest.mark.parametrize(("change", "name"), [("written", "a"), ("made", "b"), ("gone", "a")])
def test_changed(tmp_path: Path, change: str, name: str) -> None:
    """A file that is written, comes or goes is noticed at the next look, and not before."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a").write_text("short")
    (tmp_path / "in" / "broken").symlink_to("nowhere")
    pauses: list[float] = []

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            CHANGES[change](tmp_path)

    paths = [str(tmp_path), str(tmp_path / "not-there")]
    assert changed(paths, look(paths), sleep) == [str(tmp_path / "in" / name)]
    assert pauses == [0.25, 0.25]


def test_a_file(tmp_path: Path) -> None:
    """A file may be watched by itself; a folder is what is in it."""
    file = tmp_path / "a"
    file.write_text("abc")

    assert [size for _, size in look([str(file)]).values()] == [3]
    assert look([str(tmp_path)]).keys() == {str(file)}
