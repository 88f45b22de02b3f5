"""A registry that is read once."""

from pathlib import Path

import pytest

from registries import USER, Unreachable, written
from validator import Directory, InvalidSchema, Registry, RegistryUnavailable
from validator.site.snapshots import Snapshot


def test_each_schema_is_read_once(tmp_path: Path) -> None:
    """What was read stays as it was, and so does the list of keys."""
    file = written(tmp_path)
    kept = Snapshot(Registry(Directory(tmp_path)))
    first = kept.retrieve(USER, 1_000)
    file.unlink()

    assert first is not None
    assert kept.retrieve(USER, 1_000) == first
    assert kept.retrieve(USER, 3) == first[:4]
    assert [*kept.keys()] == [USER]


def test_what_is_not_there_or_refused(tmp_path: Path) -> None:
    """That there is no schema, or that it is refused, is remembered like one that is there."""
    registry = Registry(Directory(tmp_path))
    kept = Snapshot(registry)
    assert kept.retrieve(USER, 10) is None
    written(tmp_path)
    assert kept.retrieve(USER, 10) is None

    written(tmp_path, raw=b" " * 2_000_000)
    refusing = Snapshot(registry)
    for _ in range(2):
        with pytest.raises(InvalidSchema, match="a schema may have 1,000,000 bytes"):
            refusing.retrieve(USER, 10)


def test_registry_that_does_not_answer() -> None:
    """That it did not answer is raised."""
    with pytest.raises(RegistryUnavailable):
        Snapshot(Registry(Unreachable()))
