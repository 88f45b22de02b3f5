"""A registry's folder looked through: what is a schema, what lies astray, what can't be read."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from validator import SchemaKey
from validator.problems import Problem
from validator.publishing.folders import Judged, look_through

AsNobody = Callable[[], AbstractContextManager[None]]


def _write(root: Path, path: str) -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("{}")
    return file


def _strays(root: Path) -> list[tuple[str, str, str]]:
    return [
        (str(Path(each.file).relative_to(root)), problem.rule, problem.level)
        for each in look_through(root).strays
        for problem in each.problems
    ]


def test_schemas(root: Path) -> None:
    """Schemas are found in the order of their keys, of whatever format."""
    for path in ("b/x/jsonschema/1-0-10", "b/x/jsonschema/1-0-9", "a/y/avro/1-0-0"):
        _write(root, path)

    found = look_through(root)

    assert [str(key) for key in found.schemas] == [
        "iglu:a/y/avro/1-0-0",
        "iglu:b/x/jsonschema/1-0-9",
        "iglu:b/x/jsonschema/1-0-10",
    ]
    assert [found.path_of(key) for key in found.schemas] == list(found.schemas.values())
    assert found.strays == ()


@pytest.mark.parametrize(
    ("path", "level"),
    [
        ("README.md", None),
        (".git/config", None),
        (".publishing/lock", None),
        ("com.acme/.DS_Store", None),
        ("com.acme/user/jsonschema/1", None),
        ("com.acme/user/jsonschema/10", None),
        ("com.acme/user/jsonschema/0", "error"),
        ("com.acme/user/jsonschema/1-0-0.json", "error"),
        ("com.acme/user/jsonschema/1-0", "error"),
        ("com acme/user/jsonschema/1-0-0", "error"),
        ("com.acme/user/1-0-0", "warning"),
        ("com.acme/notes.txt", "warning"),
    ],
)
def test_astray(root: Path, path: str, level: str | None) -> None:
    """What no reader finds is told; lists, hidden files and what lies beside vendors are not."""
    _write(root, path)

    assert _strays(root) == ([] if level is None else [(path, "strayFile", level)])
    assert look_through(root).schemas == {}


def test_folder_in_the_place_of_a_schema(root: Path) -> None:
    """A folder that is called like a version is no schema, and is not looked into."""
    _write(root, "com.acme/user/jsonschema/1-0-0/deep/er")

    assert _strays(root) == [("com.acme/user/jsonschema/1-0-0", "strayFile", "error")]


def test_pipe(root: Path) -> None:
    """A named pipe is never opened, which would wait for ever."""
    file = _write(root, "com.acme/user/jsonschema/1-0-0")
    file.unlink()
    os.mkfifo(file)

    assert _strays(root) == [("com.acme/user/jsonschema/1-0-0", "strayFile", "error")]


def test_links(root: Path, tmp_path: Path) -> None:
    """Links to files and to folders are told, and not followed: not even in a circle."""
    file = _write(root, "com.acme/user/jsonschema/1-0-0")
    file.with_name("1-0-1").symlink_to(file)
    (root / "com.acme" / "again").symlink_to(root)
    (root / "away").symlink_to(tmp_path)

    assert _strays(root) == [
        ("away", "symbolicLink", "error"),
        ("com.acme/again", "symbolicLink", "error"),
        ("com.acme/user/jsonschema/1-0-1", "symbolicLink", "error"),
    ]
    assert list(look_through(root).schemas.values()) == [file]


def test_registry_in_a_registry(root: Path) -> None:
    """A folder `schemas` among the vendors is told, and not looked into."""
    _write(root, "com.acme/user/jsonschema/1-0-0")
    _write(root, "schemas/user/jsonschema/1-0-0")
    _write(root, "schemas/com.acme/user/jsonschema/1-0-0")

    assert _strays(root) == [("schemas", "strayFile", "error")]
    assert len(look_through(root).schemas) == 1


def test_stray_with_the_name_of_a_schema(root: Path) -> None:
    """A link in the place of a schema is told of that schema, so that it can be left out."""
    file = _write(root, "com.acme/user/jsonschema/1-0-0")
    link = file.with_name("1-0-1")
    link.symlink_to(file)

    [stray] = look_through(root).strays

    assert stray.key == SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-1")


def test_unlisted(entered: Path, as_nobody: AsNobody) -> None:
    """A folder that can't be listed is told, and the others are looked through."""
    closed = _write(entered, "closed/user/jsonschema/1-0-0").parents[2]
    _write(entered, "open/user/jsonschema/1-0-0")
    closed.chmod(0)
    try:
        with as_nobody():
            assert _strays(entered) == [("closed", "unreadable", "error")]
            assert len(look_through(entered).schemas) == 1
    finally:
        closed.chmod(0o700)


def test_vanished(tmp_path: Path) -> None:
    """A folder that can't be listed, as one that is gone by now, is told."""
    gone = tmp_path / "gone"

    [stray] = look_through(gone).strays

    assert (stray.file, stray.problems[0].rule) == (str(gone), "unreadable")


def test_judged() -> None:
    """A file with nothing but warnings and notes is well."""
    warning, error = (
        Problem(rule="r", level="warning", message="m"),
        Problem(rule="r", level="error", message="m"),
    )

    assert Judged("f", (warning,))
    assert not Judged("f", (warning, error))
