"""How a schema is found: in a folder, in the package, in memory; by the first of several, once."""

import itertools
import json
import os
import resource
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ids import plain_repr
from registries import USER, Absent, Unreachable, nested, schema_of_key, written
from validator import (
    Cached,
    Directory,
    FirstOf,
    InMemory,
    InvalidSchema,
    Packaged,
    Registry,
    RegistryUnavailable,
    Retriever,
    SchemaKey,
    WrongUse,
)
from validator.retrievers import self_key

_MOST = 1_000


# Directory.


@contextmanager
def _no_file_can_be_opened() -> Iterator[None]:
    """Leave no descriptor: reading then fails, for root as for anyone."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_directory(tmp_path: Path) -> None:
    """A schema is read from vendor, name, format and version, byte for byte."""
    raw = written(tmp_path, raw=b' {"self":\n {}}').read_bytes()
    assert Directory(tmp_path).retrieve(USER, _MOST) == raw
    assert Directory(str(tmp_path)).retrieve(USER, 3) == raw[:4]


def test_directory_without_the_schema(tmp_path: Path) -> None:
    """What is not there is not there, be there a folder in its place."""
    (tmp_path / USER.path).mkdir(parents=True)
    assert Directory(tmp_path).retrieve(USER, _MOST) is None
    assert Directory(tmp_path).retrieve(SchemaKey.parse("iglu:a/b/c/1-0-0"), _MOST) is None


def test_directory_with_schemas_inside(tmp_path: Path) -> None:
    """A folder that igluctl made holds its schemas in `schemas`."""
    written(tmp_path / "schemas")
    assert Directory(tmp_path).retrieve(USER, _MOST)
    assert list(Directory(tmp_path).keys()) == [USER]


def test_keys_of_a_directory(tmp_path: Path) -> None:
    """Keys are read off the paths; what has another form is passed over."""
    keys = [USER, SchemaKey.parse("iglu:com.acme/user/avro/1-0-10")]
    for key in keys:
        written(tmp_path, key)
    for other in (".git/user/jsonschema/1-0-0", "com.acme/user/jsonschema/1-0-0.json", "README"):
        (tmp_path / other).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / other).touch()
    (tmp_path / "com.acme/user/jsonschema/1-0-7").mkdir()

    assert sorted(Directory(tmp_path).keys()) == sorted(keys)


def test_link_within_a_directory(tmp_path: Path) -> None:
    """A link to another file of the registry is followed."""
    raw = written(tmp_path).read_bytes()
    (tmp_path / "com.acme/user/jsonschema/1-0-1").symlink_to("1-0-0")
    assert Directory(tmp_path).retrieve(SchemaKey.parse(f"{USER}"[:-1] + "1"), _MOST) == raw
    assert len(list(Directory(tmp_path).keys())) == 2


@pytest.mark.parametrize(
    "link",
    ["com.acme/user/jsonschema/1-0-0", "com.acme/user/jsonschema", "com.acme/user", "com.acme"],
    ids=["file", "format", "name", "vendor"],
)
def test_link_out_of_a_directory(tmp_path: Path, link: str) -> None:
    """A link that leads out is refused, wherever it stands, and not listed."""
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    written(outside)
    (inside / link).parent.mkdir(parents=True)
    (inside / link).symlink_to(outside / link)

    with pytest.raises(InvalidSchema, match="a link leads out of the registry"):
        Directory(inside).retrieve(USER, _MOST)
    assert list(Directory(inside).keys()) == []


def test_schemas_folder_that_leads_out(tmp_path: Path) -> None:
    """A `schemas` folder that is a link to elsewhere is no part of the registry."""
    written(tmp_path / "outside")
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "schemas").symlink_to(tmp_path / "outside")
    with pytest.raises(InvalidSchema, match="leads out"):
        Directory(tmp_path / "inside").retrieve(USER, _MOST)


def test_directory_that_is_a_link(tmp_path: Path) -> None:
    """The registry itself may be reached by a link."""
    raw = written(tmp_path / "real").read_bytes()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert Directory(tmp_path / "link").retrieve(USER, _MOST) == raw


@pytest.mark.parametrize("kind", ["pipe", "loop", "dangling"])
def test_what_is_no_file(tmp_path: Path, kind: str) -> None:
    """A pipe, a link to itself and a link to nothing are no schemas: nothing waits for them."""
    file = tmp_path / USER.path
    file.parent.mkdir(parents=True)
    if kind == "pipe":
        os.mkfifo(file)
    else:
        file.symlink_to(file if kind == "loop" else tmp_path / "nothing")
    assert Directory(tmp_path).retrieve(USER, _MOST) is None
    assert list(Directory(tmp_path).keys()) == []


def test_file_that_cannot_be_read(tmp_path: Path) -> None:
    """A file that is there and can't be read is no answer, so not an absent schema."""
    written(tmp_path)
    directory = Directory(tmp_path)
    with (
        _no_file_can_be_opened(),
        pytest.raises(RegistryUnavailable, match=r"user/jsonschema/1-0-0 can't be read: Too many"),
    ):
        directory.retrieve(USER, _MOST)


def test_directory_that_cannot_be_listed(tmp_path: Path) -> None:
    """A folder that can't be listed is no answer, so not an empty registry."""
    directory = Directory(tmp_path)
    with (
        _no_file_can_be_opened(),
        pytest.raises(RegistryUnavailable, match="can't be listed: Too many open files"),
    ):
        directory.keys()


def test_directory_in_an_archive(tmp_path: Path) -> None:
    """A registry may lie where there are no files, as in an archive."""
    with zipfile.ZipFile(tmp_path / "registry.zip", "w") as archive:
        archive.writestr(f"schemas/{USER.path}", json.dumps(schema_of_key()))
        directory = Directory(zipfile.Path(archive))
        assert list(directory.keys()) == [USER]
        assert json.loads(directory.retrieve(USER, _MOST) or b"") == schema_of_key()


@pytest.mark.parametrize("root", [5, None, b"schemas", ["schemas"]], ids=plain_repr)
def test_no_path_of_a_directory(root: Any) -> None:
    """What is no path is wrong use."""
    with pytest.raises(WrongUse, match="the path of a folder"):
        Directory(root)


@pytest.mark.parametrize("name", ["nowhere", "file", "\0"], ids=["nowhere", "file", "no-path"])
def test_no_such_folder(tmp_path: Path, name: str) -> None:
    """A folder that is not there is told at once."""
    (tmp_path / "file").touch()
    with pytest.raises(WrongUse, match="no such folder"):
        Directory(tmp_path / name)


def test_folder_that_can_not_be_looked_into() -> None:
    """What the system refuses is no answer: whether there is such a folder is not known."""
    with pytest.raises(RegistryUnavailable, match="can't be looked into: File name too long"):
        Directory("x" * 5_000)


# Packaged, InMemory, FirstOf, Cached.


def test_packaged() -> None:
    """The schemas that the package ships are found, and are called so."""
    packaged = Packaged()
    tracker = SchemaKey.parse("iglu:com.tracardi/tracker_payload/jsonschema/1-0-0")
    assert packaged.name == "packaged"
    assert tracker in list(packaged.keys())
    assert self_key(json.loads(packaged.retrieve(tracker, 10**6) or b"")) == tracker


def test_in_memory() -> None:
    """A schema at hand is found by the key in its `self`, as JSON text."""
    memory = InMemory([schema_of_key(type="object")])
    raw = memory.retrieve(USER, _MOST)
    assert list(memory.keys()) == [USER]
    assert json.loads(raw or b"") == schema_of_key(type="object")
    assert memory.retrieve(USER, 5) == (raw or b"")[:6]
    assert memory.retrieve(SchemaKey.parse("iglu:a/b/c/1-0-0"), _MOST) is None


def test_in_memory_keeps_a_copy() -> None:
    """What becomes of the object afterwards does not change the schema."""
    schema = schema_of_key()
    memory = InMemory([schema])
    schema["type"] = "nonsense"
    assert json.loads(memory.retrieve(USER, _MOST) or b"") == schema_of_key()


@pytest.mark.parametrize(
    "schema",
    [
        {},
        True,
        {"self": []},
        {"self": {**schema_of_key()["self"], "version": "1-0"}},
        {"self": {**schema_of_key()["self"], "vendor": ".."}},
        {"self": {**schema_of_key()["self"], "name": 5}},
        {"self": {"vendor": "com.acme", "name": "user", "version": "1-0-0"}},
    ],
    ids=["none", "boolean", "array", "version", "vendor", "no-text", "no-format"],
)
def test_in_memory_without_self(schema: Any) -> None:
    """A schema whose `self` names no key can't be kept."""
    with pytest.raises(InvalidSchema, match="its `self` names no vendor, name, format and version"):
        InMemory([schema])


@pytest.mark.parametrize("odd", [{1: 2}, {"a": {1, 2}}, {"a": float("nan")}, {"a": nested(100)}])
def test_in_memory_of_what_is_not_json(odd: dict[Any, Any]) -> None:
    """A schema that is not JSON, or past the limits for schemas, is refused."""
    with pytest.raises(InvalidSchema, match="a schema in memory is not a usable schema"):
        InMemory([schema_of_key() | odd])


def test_in_memory_within_the_limits_for_schemas() -> None:
    """A schema may nest deeper than a document."""
    deepest = schema_of_key(allOf=[nested(97)])
    assert Registry(InMemory([deepest])).retrieve(USER).contents == deepest


@pytest.mark.parametrize(
    "schemas", [5, None, schema_of_key(), "schemas"], ids=["int", "None", "1", "str"]
)
def test_in_memory_of_what_are_not_schemas(schemas: Any) -> None:
    """A single schema, or something else, is wrong use."""
    with pytest.raises(WrongUse, match="InMemory takes schemas in a list"):
        InMemory(schemas)


def test_first_of() -> None:
    """The first retriever that has a schema gives it; keys are those of all, each once."""
    other = SchemaKey.parse("iglu:com.acme/other/jsonschema/1-0-0")
    one = InMemory([schema_of_key(title="1")], "one")
    two = InMemory([schema_of_key(title="2"), schema_of_key(other)])
    both = FirstOf(Absent(), one, two)

    assert both.name == "empty, one, in memory"
    assert json.loads(both.retrieve(USER, _MOST) or b"")["title"] == "1"
    assert both.retrieve(other, _MOST)
    assert both.retrieve(SchemaKey.parse("iglu:a/b/c/1-0-0"), _MOST) is None
    assert list(both.keys()) == [USER, other]


def test_first_of_asks_no_further() -> None:
    """Once a schema is found, nobody else is asked; one that does not answer ends the search."""
    assert FirstOf(InMemory([schema_of_key()]), Unreachable()).retrieve(USER, _MOST)
    with pytest.raises(RegistryUnavailable):
        FirstOf(Unreachable(), InMemory([schema_of_key()])).retrieve(USER, _MOST)


def test_cached_asks_once() -> None:
    """What was found is remembered, and so is the list of keys."""
    source = Unreachable(b"{}")
    cached = Cached(source)
    assert cached.name == "far away"
    assert [cached.retrieve(USER, _MOST) for _ in range(3)] == [b"{}"] * 3
    assert source.asked == [USER]


def test_cached_list() -> None:
    """The list of keys stays what it was when it was first asked for."""
    listed = [schema_of_key()]
    cached = Cached(InMemory(listed))
    assert list(cached.keys()) == list(cached.keys()) == [USER]
    assert cached.keys() is cached.keys()


@pytest.mark.parametrize("most", [1, 2, 3])
def test_cached_keeps_the_bound(most: int) -> None:
    """What was cut for one bound is not given for another."""
    cached = Cached(InMemory([schema_of_key()]))
    assert [len(cached.retrieve(USER, each) or b"") for each in (most, 5, most)] == [
        most + 1,
        6,
        most + 1,
    ]


def test_cached_remembers_no_absence() -> None:
    """That a schema was not there is forgotten at once: it may come."""
    source = Absent()
    cached = Cached(source)
    assert [cached.retrieve(USER, _MOST) for _ in range(3)] == [None] * 3
    assert source.asked == [USER] * 3


def test_cached_remembers_no_failure() -> None:
    """That a registry did not answer is forgotten at once: it may answer later."""
    source = Unreachable()
    cached = Cached(source)
    for _ in range(2):
        with pytest.raises(RegistryUnavailable):
            cached.retrieve(USER, _MOST)
    source.found = b"{}"
    assert cached.retrieve(USER, _MOST) == b"{}"


@pytest.mark.parametrize("make", [Registry, FirstOf, Cached], ids=lambda make: make.__name__)
@pytest.mark.parametrize("odd", [5, "schemas", None, InMemory, Registry()], ids=plain_repr)
def test_what_is_no_retriever(make: Any, odd: Any) -> None:
    """What is no retriever is wrong use, and the message says what is one."""
    with pytest.raises(WrongUse, match=r"a retriever is expected, such as Directory\(path\)"):
        make(odd)


class _Named(Absent):
    """A retriever with a name of some kind."""

    def __init__(self, name: Any) -> None:
        super().__init__()
        self.name = name


def _fail(*_: object) -> Any:
    raise ZeroDivisionError


def _failing(base: type, *parts: str) -> Any:
    """Make a class like another, but for methods that fail."""
    return type("Failing", (base,), dict.fromkeys(parts, _fail))


class _Elusive:
    """An object that does not say of what class it is."""

    __class__ = property(_fail)  # type: ignore[assignment]  # that is the point


class _Disguised:
    """An object that says that it is a text."""

    __class__ = str  # type: ignore[assignment]  # that is the point


def _released() -> memoryview:
    view = memoryview(b"{}")
    view.release()
    return view


_ODD: dict[str, Callable[[], Any]] = {
    "elusive": _Elusive,
    "disguised": _Disguised,
    "hostile": _failing(object, "__getattribute__", "__iter__", "__str__", "__bool__", "__len__"),
    "released": _released,
}
each_odd = pytest.mark.parametrize("odd", _ODD)


@each_odd
@pytest.mark.parametrize("make", [Registry, FirstOf, Cached], ids=lambda make: make.__name__)
def test_object_that_fights_back_for_a_retriever(make: Any, odd: str) -> None:
    """What can't even be asked whether it is a retriever is wrong use like any other."""
    with pytest.raises(WrongUse, match="a retriever is expected"):
        make(_ODD[odd]())


@pytest.mark.parametrize("name", [None, 5, _Disguised()], ids=["None", "int", "disguised"])
def test_retriever_without_a_name_that_is_a_text(name: Any) -> None:
    """The name of a retriever is for messages, so it is a text, and that is told at once."""
    with pytest.raises(WrongUse, match="the name of a retriever is a str, not "):
        Registry(_Named(name))
    with pytest.raises(WrongUse, match="the name of a retriever is a str, not "):
        InMemory([], name)


@each_odd
def test_object_that_fights_back_for_a_folder(odd: str) -> None:
    """What only says that it is a path, or fails to say, is none."""
    with pytest.raises(WrongUse, match="a Directory is made of the path of a folder"):
        Directory(_ODD[odd]())


def test_text_of_ones_own_for_a_folder(tmp_path: Path) -> None:
    """A text that has a class of its own is read as the text it is."""
    directory = Directory(_failing(str, "__str__", "__fspath__")(tmp_path))
    assert directory.name == str(tmp_path)


@each_odd
def test_object_that_fights_back_for_schemas(odd: str) -> None:
    """What can't be gone through is wrong use, and so are schemas that are not given to the end."""
    with pytest.raises(WrongUse, match="InMemory"):
        InMemory(_ODD[odd]())
    with pytest.raises(InvalidSchema):
        InMemory([_ODD[odd]()])


def test_schemas_that_are_not_given_to_the_end() -> None:
    """What fails while schemas are given is told by its kind; the failure is the cause."""

    def some() -> Iterator[Any]:
        yield schema_of_key()
        raise ZeroDivisionError

    with pytest.raises(WrongUse, match="not given all of its schemas: ZeroDivisionError") as caught:
        InMemory(some())
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_endless_schemas() -> None:
    """The first that is no schema ends it, however many there are."""
    with pytest.raises(InvalidSchema):
        InMemory(itertools.count())


def test_folder_that_fails() -> None:
    """A folder of somebody's making may fail as it likes: it did not answer, and says why."""
    folder = _failing(type(Path()), "is_dir")("folder")
    with pytest.raises(RegistryUnavailable, match="folder can't be looked into: ZeroDivisionError"):
        Directory(folder)
    with pytest.raises(RegistryUnavailable, match="a folder can't be looked into: ZeroDivision"):
        Directory(_failing(type(Path()), "__str__")("folder"))


def test_archive_that_is_damaged(tmp_path: Path) -> None:
    """An archive fails with errors of its own: that is no answer either."""
    with zipfile.ZipFile(tmp_path / "registry.zip", "w") as archive:
        archive.writestr(f"schemas/{USER.path}", json.dumps(schema_of_key()))
    damaged = (tmp_path / "registry.zip").read_bytes().replace(b'"self"', b'"SELF"', 1)
    (tmp_path / "registry.zip").write_bytes(damaged)
    with zipfile.ZipFile(tmp_path / "registry.zip") as archive:
        directory = Directory(zipfile.Path(archive))
        with pytest.raises(RegistryUnavailable, match="1-0-0 can't be read: BadZipFile"):
            directory.retrieve(USER, _MOST)


def test_a_retriever_of_ones_own() -> None:
    """Whatever has the three parts of a retriever is one."""
    source = Unreachable(json.dumps(schema_of_key()).encode())
    assert isinstance(source, Retriever)
    assert Registry(source).retrieve(USER).key == USER


def test_directory_with_schemas_beside_a_folder_of_that_name(tmp_path: Path) -> None:
    """A folder is taken for the one called `schemas` in it only if it has no schemas itself.

    That holds in an archive, too, where a file beside it is no folder to list.
    """
    for path in ("README", "schemas/com.acme/inner/jsonschema/1-0-0"):
        file = tmp_path / "reg" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("{}")
    assert _names_in(tmp_path / "reg") == [["inner"]] * 2
    outer = tmp_path / "reg" / "com.acme" / "outer" / "jsonschema" / "1-0-0"
    outer.parent.mkdir(parents=True)
    outer.write_text("{}")
    assert _names_in(tmp_path / "reg") == [["outer"]] * 2


def _names_in(folder: Path) -> list[list[str]]:
    """Give the names of the schemas in a folder, and of those in an archive of it."""
    archive = shutil.make_archive(str(folder), "zip", folder)
    with zipfile.ZipFile(archive) as opened:
        both = [Directory(folder), Directory(zipfile.Path(opened))]
        return [[key.name for key in list(each.keys())] for each in both]
