"""Drafts: a first version that is well, a next one that is the same text, and nothing lost."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import attrs
import pytest

from validator import (
    Directory,
    InvalidIgluUri,
    InvalidSchema,
    NoSuchSchema,
    Registry,
    UnreadableFile,
    Validator,
    WrongUse,
)
from validator.lint import lint
from validator.publishing.drafting import Draft, bump, new, write
from validator.suites import Runner, Suite, read_suite

Put = Callable[..., Path]
AsNobody = Callable[[], AbstractContextManager[None]]
URI = "iglu:com.acme/user/jsonschema/1-*-*"


@pytest.fixture(name="folders")
def _folders(tmp_path: Path) -> dict[str, Path]:
    """Give the folders that drafts are for, as `new` and `bump` are given them."""
    return {"folder": tmp_path / "schemas", "fixtures": tmp_path / "fixtures"}


def _texts(draft: Draft, top: Path) -> dict[str, str]:
    return {str(each.path.relative_to(top)): each.contents.decode() for each in draft.files}


# The first version.


def test_new(tmp_path: Path, folders: dict[str, Path]) -> None:
    """A new schema is closed, described, bounded, and lies where its name says, as its suite."""
    draft = new("com.acme", "user", **folders, description="A user signed up.")

    texts = _texts(draft, tmp_path)
    assert list(texts) == [
        "schemas/com.acme/user/jsonschema/1-0-0",
        "fixtures/com.acme/user/1-0-0.json",
    ]
    schema = json.loads(texts["schemas/com.acme/user/jsonschema/1-0-0"])
    assert schema["description"] == "A user signed up."
    assert schema["self"]["version"] == "1-0-0"
    assert schema["additionalProperties"] is False
    assert (str(draft.key), draft.base) == ("iglu:com.acme/user/jsonschema/1-0-0", None)


def test_new_is_well(folders: dict[str, Path]) -> None:
    """Of a new schema, `lint` has nothing to tell, and its suite passes at once."""
    draft = new("com.acme", "user", **folders)
    write(draft)

    registry = Registry(Directory(folders["folder"]))
    assert lint(draft.files[0].contents, key=draft.key, registry=registry) == ()
    suite = read_suite(str(draft.files[1].path))
    assert isinstance(suite, Suite)
    outcomes = list(Runner(Validator(registry=registry), registry).run(suite))
    assert {each.status for each in outcomes} == {"valid"}
    assert {case.valid for case in suite.cases} == {True, False}


def test_new_goes_into_the_inner_folder(tmp_path: Path, put: Put) -> None:
    """A folder with a folder `schemas` inside is taken for that one."""
    put()

    draft = new("com.acme", "note", folder=tmp_path, fixtures=tmp_path / "fixtures")

    assert draft.files[0].path == tmp_path / "schemas" / "com.acme/note/jsonschema/1-0-0"


def test_new_of_a_schema_there_is(put: Put, folders: dict[str, Path]) -> None:
    """A name that has versions already is no new one."""
    put("1-0-0")
    put("1-0-1")

    with pytest.raises(WrongUse, match=r"has iglu:com.acme/user/jsonschema/1-0-1 already; bump"):
        new("com.acme", "user", **folders)


@pytest.mark.parametrize(
    ("vendor", "name", "options", "error"),
    [
        ("com acme", "user", {}, InvalidIgluUri),
        ("com.acme", "../user", {}, InvalidIgluUri),
        (None, "user", {}, InvalidIgluUri),
        ("com.acme", "user", {"folder": None}, WrongUse),
        ("com.acme", "user", {"fixtures": 5}, WrongUse),
        ("com.acme", "user", {"description": 5}, WrongUse),
    ],
)
def test_new_of_what_is_no_name(
    vendor: Any, name: Any, options: dict[str, Any], error: type[Exception]
) -> None:
    """What can't be a name, or a folder, is refused."""
    with pytest.raises(error):
        new(vendor, name, **options)


# The next version.


@pytest.mark.parametrize(
    ("there", "uri", "kind", "bumped"),
    [
        ("1-0-0", URI, "ADDITION", "1-0-0 to 1-0-1"),
        ("1-0-0", URI, "REVISION", "1-0-0 to 1-1-0"),
        ("1-0-0", URI, "MODEL", "1-0-0 to 2-0-0"),
        ("1-0-9 1-0-10", URI, "ADDITION", "1-0-10 to 1-0-11"),
        ("1-0-0 1-1-0", "iglu:com.acme/user/jsonschema/1-0-0", "ADDITION", "1-1-0 to 1-1-1"),
        ("1-0-0 2-0-0", URI, "REVISION", "1-0-0 to 1-1-0"),
        ("1-0-0 2-0-0", URI, "MODEL", "1-0-0 to 3-0-0"),
        ("1-0-0 2-0-0", "iglu:com.acme/user/jsonschema/*-*-*", "ADDITION", "2-0-0 to 2-0-1"),
    ],
)
def test_bump(
    put: Put, folders: dict[str, Path], there: str, uri: str, kind: Any, bumped: str
) -> None:
    """The newest of a model is carried to the version that may come next."""
    for each in there.split():
        put(each)

    draft = bump(uri, kind=kind, **folders)

    assert draft.base
    assert f"{draft.base.version} to {draft.key.version}" == bumped
    assert draft.files[0].path == folders["folder"] / draft.key.path


def test_bump_changes_the_version_alone(put: Put, folders: dict[str, Path]) -> None:
    """Of the text, nothing but the version in `self` is another, however it is written."""
    text = (
        '\n{"version" : "1-0-0", "x": {"self":{"version":"1-0-0"}},\t"description":"\\u00e9 \u00e9"'
        ',"$schema": "http://json-schema.org/draft-07/schema#", "self" : {"vendor": "com.acme",\r\n'
        ' "version"  :  "1-\\u0030-0", "name": "user", "format": "jsonschema"}  ,'
        '"maximum": 1.0, "minimum": 1e0}\n\n'
    )
    put().write_bytes(text.encode())

    draft = bump(URI, **folders)

    assert draft.files[0].contents.decode() == text.replace('"1-\\u0030-0"', '"1-0-1"')


def test_bump_carries_the_suite(put: Put, tmp_path: Path, folders: dict[str, Path]) -> None:
    """The suite of the newest is that of the next; of its text, only the URI changes."""
    put()
    text = '{"tests" :[{"description":"d","data":{"schema":1},"valid":false}],\n "schema":"%s" }\n'
    file = tmp_path / "fixtures" / "com.acme" / "user" / "1-0-0.json"
    file.parent.mkdir(parents=True)
    file.write_text(text % "iglu:com.acme/user/jsonschema/1-0-0")

    draft = bump(URI, **folders)

    assert _texts(draft, tmp_path)["fixtures/com.acme/user/1-0-1.json"] == (
        text % "iglu:com.acme/user/jsonschema/1-0-1"
    )


def test_bump_draws_a_suite(put: Put, tmp_path: Path, folders: dict[str, Path]) -> None:
    """Where the newest has no suite, the next gets one."""
    put()

    draft = bump(URI, **folders)

    suite = json.loads(_texts(draft, tmp_path)["fixtures/com.acme/user/1-0-1.json"])
    assert suite["schema"] == "iglu:com.acme/user/jsonschema/1-0-1"
    assert suite["tests"]


def test_bump_of_what_nothing_can_be_drawn_of(put: Put, folders: dict[str, Path]) -> None:
    """A schema that accepts nothing has no first cases: the draft is the schema alone."""
    put(**{"not": {}})

    assert len(bump(URI, **folders).files) == 1


def test_bump_of_a_schema_with_references(put: Put, folders: dict[str, Path]) -> None:
    """A schema may refer to others of the folder."""
    put()
    put(name="note", properties={"by": {"$ref": "iglu:com.acme/user/jsonschema/1-0-0"}})

    assert len(bump("iglu:com.acme/note/jsonschema/1-0-0", **folders).files) == 2


@pytest.mark.parametrize(
    ("uri", "options", "error", "message"),
    [
        ("iglu:com.acme/user/jsonschema/2-*-*", {}, NoSuchSchema, "user/jsonschema/2-"),
        ("iglu:com.acme/usr/jsonschema/1-0-0", {}, NoSuchSchema, "no such schema"),
        ("com.acme/user", {}, InvalidIgluUri, "begins with 'iglu:'"),
        (None, {}, WrongUse, "is parsed from a str"),
        (URI, {"kind": "NONE"}, WrongUse, "kind is 'ADDITION'"),
        (URI, {"kind": "addition"}, WrongUse, "kind is 'ADDITION'"),
        (URI, {"kind": []}, WrongUse, "kind is 'ADDITION'"),
        (URI, {"folder": "nowhere"}, WrongUse, "no such folder"),
        (URI, {"fixtures": None}, WrongUse, "is named by its path"),
    ],
)
def test_bump_of_what_is_not_there(
    put: Put,
    folders: dict[str, Path],
    uri: Any,
    options: dict[str, Any],
    error: type[Exception],
    message: str,
) -> None:
    """What is not there, or no step, is refused."""
    put()

    with pytest.raises(error, match=message):
        bump(uri, **{**folders, **options})


@pytest.mark.parametrize("text", ["{", "[]", '{"self": {}}', '{"self": {"vendor": "a"}}'])
def test_bump_of_what_is_no_schema(put: Put, folders: dict[str, Path], text: str) -> None:
    """A newest version that is none is not carried on."""
    put().write_text(text)

    with pytest.raises(InvalidSchema):
        bump(URI, **folders)


@pytest.mark.parametrize("text", ["{", "[]", "{}", '"iglu:"'])
def test_bump_of_what_has_no_suite(
    put: Put, tmp_path: Path, folders: dict[str, Path], text: str
) -> None:
    """A suite that is none is not carried on, either."""
    put()
    file = tmp_path / "fixtures" / "com.acme" / "user" / "1-0-0.json"
    file.parent.mkdir(parents=True)
    file.write_text(text)

    with pytest.raises(UnreadableFile, match=r"1-0-0.json is no suite"):
        bump(URI, **folders)


# Writing.


def test_write(folders: dict[str, Path]) -> None:
    """The files of a draft are written as they are, with the folders they need."""
    draft = new("com.acme", "user", **folders)

    write(draft)

    assert [each.path.read_bytes() for each in draft.files] == [
        each.contents for each in draft.files
    ]


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_write_over_nothing(folders: dict[str, Path], which: int, kind: str) -> None:
    """Where one of the files is there, even as a link that leads nowhere, none is written."""
    draft = new("com.acme", "user", **folders)
    path = draft.files[which].path
    path.parent.mkdir(parents=True)
    if kind == "link":
        path.symlink_to("nowhere")
    elif kind == "folder":
        path.mkdir()
    else:
        path.write_text("mine")

    with pytest.raises(WrongUse, match="is there already"):
        write(draft)

    assert not draft.files[1 - which].path.exists()
    assert kind != "file" or path.read_text() == "mine"


def test_write_what_is_no_draft() -> None:
    """What is no draft is wrong use."""
    with pytest.raises(WrongUse, match="draft is of type Draft"):
        write([])  # type: ignore[arg-type]  # that is the test


def test_write_twice(folders: dict[str, Path]) -> None:
    """A draft that names a file twice is not written over itself."""
    draft = new("com.acme", "user", **folders)
    twice = Draft(draft.key, (draft.files[0], draft.files[0]))

    with pytest.raises(WrongUse, match="is there already"):
        write(twice)


def test_write_where_that_can_not_be(tmp_path: Path, folders: dict[str, Path]) -> None:
    """A file in the place of a folder is told as one of ours."""
    (tmp_path / "schemas").write_text("no folder")

    with pytest.raises(UnreadableFile, match="can't be written"):
        write(new("com.acme", "user", **folders))


def test_write_all_or_none(entered: Path, as_nobody: AsNobody) -> None:
    """Where the suite can't be written, the schema is not, either."""
    folder, file, closed = entered / "schemas", entered / "file", entered / "closed"
    folder.mkdir()
    folder.chmod(0o777)
    closed.mkdir()
    closed.chmod(0o555)
    file.write_text("no folder")

    with pytest.raises(UnreadableFile, match="file is no folder"):
        write(new("com.acme", "user", folder=folder, fixtures=file))
    draft = new("com.acme", "user", folder=folder, fixtures=closed)
    with as_nobody(), pytest.raises(UnreadableFile, match="closed may not be written to"):
        write(draft)

    assert [*folder.iterdir()] == []


def test_write_what_can_not_be_told_before(tmp_path: Path) -> None:
    """A name that is too long for the system is told as it is written."""
    draft = new("com.acme", "user", folder=tmp_path, fixtures=tmp_path / "fixtures")
    long = attrs.evolve(draft.files[0], path=tmp_path / ("a" * 300))

    with pytest.raises(UnreadableFile, match="can't be written"):
        write(attrs.evolve(draft, files=(long,)))


def test_vendor_that_is_taken_for_a_registry(folders: dict[str, Path]) -> None:
    """No vendor is called `schemas`: its folder would be taken for the registry."""
    with pytest.raises(WrongUse, match="taken for a registry"):
        new("schemas", "user", **folders)
