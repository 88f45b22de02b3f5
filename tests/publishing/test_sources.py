"""What is to be published, read: each schema once, and what is none told."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from validator import Limits, SchemaKey, WrongUse
from validator.lint import RULES, Skips
from validator.publishing.sources import judged_sources, read_sources

Put = Callable[..., Path]
LIMITS = Limits()


def _read(*paths: str | Path) -> tuple[list[str], list[tuple[str, str]]]:
    sources, astray = read_sources(paths, LIMITS)
    told = [(Path(each.file).name, problem.rule) for each in astray for problem in each.problems]
    return [str(each.key.version) for each in sources], told


def _judged(root: Path, *paths: str | Path, skip: str | None = None) -> list[tuple[str, str]]:
    skips = Skips.parse([skip] if skip else [], RULES)
    sources, _ = read_sources(paths, LIMITS)
    found = judged_sources(sources, root, skips, LIMITS)
    return [(problem.rule, problem.level) for each in found for problem in each.problems]


def test_files_and_folders(put: Put, tmp_path: Path, root: Path) -> None:
    """Schemas are read from files, and from folders as registries; each once, by their versions."""
    put("1-0-1")
    put("1-0-0")
    file = tmp_path / "a draft.json"
    file.write_bytes(put("1-0-2").read_bytes())

    assert _read(file, root, str(tmp_path)) == (["1-0-0", "1-0-1", "1-0-2"], [])


def test_copy_in_the_place_of_another_version(put: Put, root: Path) -> None:
    """A copy of a schema whose path says that it is another is told, though the bytes are read."""
    file = put("1-0-0")
    file.with_name("1-0-1").write_bytes(file.read_bytes())

    assert _read(root, root) == (["1-0-0"], [("1-0-1", "pathMismatch")] * 2)


def test_strays(put: Put, root: Path) -> None:
    """Of what lies astray in a folder, what is an error is told."""
    put()
    (put().with_name("1-0-1.json")).write_text("{}")
    (root / "com.acme" / "notes").write_text("")

    assert _read(root) == (["1-0-0"], [("1-0-1.json", "strayFile")])


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (b"{", "notJson"),
        (b"\xff", "notJson"),
        (b"[" * 200, "notJson"),
        (b" " * 1_000_001, "notJson"),
        (b"[]", "selfSyntax"),
        (b'{"self": {"vendor": "a", "name": "b", "format": "c"}}', "selfSyntax"),
    ],
)
def test_no_schema(tmp_path: Path, text: bytes, rule: str) -> None:
    """What names no schema is told: nobody knows where it belongs."""
    file = tmp_path / "file"
    file.write_bytes(text)

    assert _read(file) == ([], [("file", rule)])


def test_place_of_what_is_no_json(tmp_path: Path) -> None:
    """Where a text is no JSON, the place is told."""
    file = tmp_path / "file"
    file.write_bytes(b'{"a":\n nope}')

    _, [judged] = read_sources([file], LIMITS)

    assert [each.position for each in judged.problems] == [(2, 2)]
    assert judged.raw == b'{"a":\n nope}'


def test_no_file(tmp_path: Path) -> None:
    """A file that is not there is told."""
    assert _read(tmp_path / "none") == ([], [("none", "unreadable")])


def test_one_name_for_two(put: Put, tmp_path: Path) -> None:
    """Two files that say they are one schema are told, unless they have the same bytes."""
    file = put()
    other = tmp_path / "other"
    other.write_bytes(file.read_bytes())
    assert _read(file, other) == (["1-0-0"], [])

    other.write_bytes(file.read_bytes() + b"\n")
    assert _read(file, other) == (["1-0-0"], [("other", "namedTwice")])


@pytest.mark.parametrize("paths", [None, "schemas", Path(), 5, {}, [5], [None], [], iter(())])
def test_no_paths(paths: Any) -> None:
    """What is no list of paths, or an empty one, is wrong use."""
    with pytest.raises(WrongUse):
        read_sources(paths, LIMITS)


def test_folder_without_a_schema(tmp_path: Path) -> None:
    """A folder without a schema has nothing to publish."""
    with pytest.raises(WrongUse, match="there is no schema in what is to be published"):
        read_sources([tmp_path], LIMITS)


def test_well(put: Put, root: Path) -> None:
    """A schema that is well has no problem."""
    assert _judged(root, put()) == []


def test_lint(put: Put, root: Path) -> None:
    """What `lint` finds is told, unless it is left out."""
    file = put(plan={"minLength": 30})

    assert _judged(root, file)[0] == ("stringMinMaxLength", "error")
    skip = "iglu:com.acme/user/jsonschema/1-*-*=stringMinMaxLength"
    assert ("stringMinMaxLength", "error") not in _judged(root, file, skip=skip)


def test_path_and_self(put: Put, root: Path) -> None:
    """A file in the place of another schema is told; one in no schema's place is not."""
    raw = put().read_bytes()
    file = root / "com.acme" / "user" / "jsonschema" / "1-0-1"
    file.write_bytes(raw)

    assert [level for _, level in _judged(root, file)] == ["error"]
    draft = root / "draft"
    draft.write_bytes(raw)
    assert _judged(root, draft) == []


def test_references(put: Put, tmp_path: Path, root: Path) -> None:
    """A schema may refer to those beside it, and to those of the registry, and to no others."""
    reference = {"user": {"$ref": "iglu:com.acme/user/jsonschema/1-0-0", "description": "A user."}}
    note = put(name="note", properties=reference, within=tmp_path / "others")
    assert ("error") in {level for _, level in _judged(tmp_path / "none", note)}

    user = put()
    assert _judged(root, note) == []
    assert _judged(tmp_path / "none", note, user) == []


def test_not_usable(put: Put, root: Path) -> None:
    """A schema that can't judge is told, even where the rules that would tell it are left out."""
    file = put(plan={"$ref": "iglu:com.acme/none/jsonschema/1-0-0"})

    assert ("unusable", "error") in _judged(root, file, skip="*")


def test_key(put: Put, root: Path) -> None:
    """What was judged is known by its key, its file and its text."""
    file = put()
    sources, _ = read_sources([file], LIMITS)

    [judged] = judged_sources(sources, root, Skips(), LIMITS)

    assert (judged.key, judged.file, judged.raw) == (
        SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-0"),
        str(file),
        file.read_bytes(),
    )
