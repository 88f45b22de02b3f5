"""What callers hand over: paths, and values of a type."""

from pathlib import Path

import pytest

from validator import WrongUse
from validator.publishing.arguments import expect, expect_among, folder_at, path_at


def test_folder(tmp_path: Path) -> None:
    """A folder is named by a text or a path, and is there."""
    assert folder_at(tmp_path) == folder_at(str(tmp_path)) == tmp_path
    file = tmp_path / "file"
    file.write_text("")
    for other in (file, tmp_path / "gone", "a" * 5_000):
        with pytest.raises(WrongUse, match="no such folder"):
            folder_at(other)


@pytest.mark.parametrize("given", [None, 5, b"a", "a\0b", Path])
def test_no_path(given: object) -> None:
    """What is no path is refused as wrong use."""
    with pytest.raises(WrongUse, match="is named by its path"):
        path_at(given)  # type: ignore[arg-type]  # that is the test


def test_expected() -> None:
    """A value of another type is wrong use, and is named; None is left to what takes it."""
    expect(str, name="a", other=None)
    with pytest.raises(WrongUse, match="other is of type str, not 5"):
        expect(str, name="a", other=5)


def test_expected_among() -> None:
    """A name that is none of those there are is wrong use, and they are told."""
    expect_among(("a", "b"), name="b")
    for other in ("c", None, ["a"]):
        with pytest.raises(WrongUse, match="name is one of 'a', 'b', not "):
            expect_among(("a", "b"), name=other)
