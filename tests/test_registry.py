"""Which schemas there are, and how one is found."""

import json
import os
import resource
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from validator import (
    Cached,
    Directory,
    FirstOf,
    InMemory,
    InvalidSchema,
    Limits,
    NoSuchSchema,
    Packaged,
    Registry,
    RegistryUnavailable,
    Retriever,
    SchemaCriterion,
    SchemaKey,
    WrongUse,
)
from validator.dialects import DEFAULT, DIALECTS, DRAFT_04, IGLU_META_SCHEMA
from validator.registry import Schema, schema_of
from validator.retrievers import self_key

_USER = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-0")
_MOST = 1_000


def _schema(key: SchemaKey = _USER, **keywords: Any) -> dict[str, Any]:
    parts = {"vendor": key.vendor, "name": key.name, "format": key.format}
    return {"self": {**parts, "version": str(key.version)}, **keywords}


def _written(folder: Path, key: SchemaKey = _USER, raw: bytes | None = None) -> Path:
    file = folder / key.path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(json.dumps(_schema(key)).encode() if raw is None else raw)
    return file


class _Unreachable:
    """A registry that does not answer, and counts how often it was asked."""

    def __init__(self, found: bytes | None = None) -> None:
        self.name = "far away"
        self.found = found
        self.asked = 0

    def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
        self.asked += 1
        if self.found is None:
            message = "far away: no answer"
            raise RegistryUnavailable(message)
        return self.found

    def keys(self) -> Iterable[SchemaKey]:
        message = "far away: no list"
        raise RegistryUnavailable(message)


class _Absent(InMemory):
    """A registry that has no schema, and counts how often it was asked."""

    def __init__(self) -> None:
        super().__init__([], "empty")
        self.asked = 0

    def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
        self.asked += 1
        return super().retrieve(key, most)


@contextmanager
def _no_file_can_be_opened() -> Iterator[None]:
    """Leave no descriptor: reading then fails, for root as for anyone."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


# Directory.


def test_directory(tmp_path: Path) -> None:
    """A schema is read from vendor, name, format and version, byte for byte."""
    raw = _written(tmp_path, raw=b' {"self":\n {}}').read_bytes()
    assert Directory(tmp_path).retrieve(_USER, _MOST) == raw
    assert Directory(str(tmp_path)).retrieve(_USER, 3) == raw[:4]


def test_directory_without_the_schema(tmp_path: Path) -> None:
    """What is not there is not there, be there a folder in its place."""
    (tmp_path / _USER.path).mkdir(parents=True)
    assert Directory(tmp_path).retrieve(_USER, _MOST) is None
    assert Directory(tmp_path).retrieve(SchemaKey.parse("iglu:a/b/c/1-0-0"), _MOST) is None


def test_directory_with_schemas_inside(tmp_path: Path) -> None:
    """A folder that igluctl made holds its schemas in `schemas`."""
    _written(tmp_path / "schemas")
    assert Directory(tmp_path).retrieve(_USER, _MOST)
    assert list(Directory(tmp_path).keys()) == [_USER]


def test_keys_of_a_directory(tmp_path: Path) -> None:
    """Keys are read off the paths; what has another form is passed over."""
    keys = [_USER, SchemaKey.parse("iglu:com.acme/user/avro/1-0-10")]
    for key in keys:
        _written(tmp_path, key)
    for other in (".git/user/jsonschema/1-0-0", "com.acme/user/jsonschema/1-0-0.json", "README"):
        (tmp_path / other).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / other).touch()
    (tmp_path / "com.acme/user/jsonschema/1-0-7").mkdir()

    assert sorted(Directory(tmp_path).keys()) == sorted(keys)


def test_link_within_a_directory(tmp_path: Path) -> None:
    """A link to another file of the registry is followed."""
    raw = _written(tmp_path).read_bytes()
    (tmp_path / "com.acme/user/jsonschema/1-0-1").symlink_to("1-0-0")
    assert Directory(tmp_path).retrieve(SchemaKey.parse(f"{_USER}"[:-1] + "1"), _MOST) == raw
    assert len(list(Directory(tmp_path).keys())) == 2


@pytest.mark.parametrize(
    "link",
    ["com.acme/user/jsonschema/1-0-0", "com.acme/user/jsonschema", "com.acme/user", "com.acme"],
    ids=["file", "format", "name", "vendor"],
)
def test_link_out_of_a_directory(tmp_path: Path, link: str) -> None:
    """A link that leads out is refused, wherever it stands, and not listed."""
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    _written(outside)
    (inside / link).parent.mkdir(parents=True)
    (inside / link).symlink_to(outside / link)

    with pytest.raises(InvalidSchema, match="a link leads out of the registry"):
        Directory(inside).retrieve(_USER, _MOST)
    assert list(Directory(inside).keys()) == []


def test_schemas_folder_that_leads_out(tmp_path: Path) -> None:
    """A `schemas` folder that is a link to elsewhere is no part of the registry."""
    _written(tmp_path / "outside")
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "schemas").symlink_to(tmp_path / "outside")
    with pytest.raises(InvalidSchema, match="leads out"):
        Directory(tmp_path / "inside").retrieve(_USER, _MOST)


def test_directory_that_is_a_link(tmp_path: Path) -> None:
    """The registry itself may be reached by a link."""
    raw = _written(tmp_path / "real").read_bytes()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert Directory(tmp_path / "link").retrieve(_USER, _MOST) == raw


@pytest.mark.parametrize("kind", ["pipe", "loop", "dangling"])
def test_what_is_no_file(tmp_path: Path, kind: str) -> None:
    """A pipe, a link to itself and a link to nothing are no schemas: nothing waits for them."""
    file = tmp_path / _USER.path
    file.parent.mkdir(parents=True)
    if kind == "pipe":
        os.mkfifo(file)
    else:
        file.symlink_to(file if kind == "loop" else tmp_path / "nothing")
    assert Directory(tmp_path).retrieve(_USER, _MOST) is None
    assert list(Directory(tmp_path).keys()) == []


def test_file_that_cannot_be_read(tmp_path: Path) -> None:
    """A file that is there and can't be read is no answer, so not an absent schema."""
    _written(tmp_path)
    directory = Directory(tmp_path)
    with (
        _no_file_can_be_opened(),
        pytest.raises(RegistryUnavailable, match=r"user/jsonschema/1-0-0 can't be read: Too many"),
    ):
        directory.retrieve(_USER, _MOST)


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
        archive.writestr(f"schemas/{_USER.path}", json.dumps(_schema()))
        directory = Directory(zipfile.Path(archive))
        assert list(directory.keys()) == [_USER]
        assert json.loads(directory.retrieve(_USER, _MOST) or b"") == _schema()


@pytest.mark.parametrize("root", [5, None, b"schemas", ["schemas"]], ids=repr)
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
    memory = InMemory([_schema(type="object")])
    raw = memory.retrieve(_USER, _MOST)
    assert list(memory.keys()) == [_USER]
    assert json.loads(raw or b"") == _schema(type="object")
    assert memory.retrieve(_USER, 5) == (raw or b"")[:6]
    assert memory.retrieve(SchemaKey.parse("iglu:a/b/c/1-0-0"), _MOST) is None


def test_in_memory_keeps_a_copy() -> None:
    """What becomes of the object afterwards does not change the schema."""
    schema = _schema()
    memory = InMemory([schema])
    schema["type"] = "nonsense"
    assert json.loads(memory.retrieve(_USER, _MOST) or b"") == _schema()


@pytest.mark.parametrize(
    "schema",
    [
        {},
        True,
        {"self": []},
        {"self": {**_schema()["self"], "version": "1-0"}},
        {"self": {**_schema()["self"], "vendor": ".."}},
        {"self": {**_schema()["self"], "name": 5}},
        {"self": {"vendor": "com.acme", "name": "user", "version": "1-0-0"}},
    ],
    ids=["none", "boolean", "array", "version", "vendor", "no-text", "no-format"],
)
def test_in_memory_without_self(schema: Any) -> None:
    """A schema whose `self` names no key can't be kept."""
    with pytest.raises(InvalidSchema, match="its `self` names no vendor, name, format and version"):
        InMemory([schema])


def _nested(levels: int) -> dict[str, Any]:
    inner: dict[str, Any] = {}
    for _ in range(levels):
        inner = {"not": inner}
    return inner


@pytest.mark.parametrize("odd", [{1: 2}, {"a": {1, 2}}, {"a": float("nan")}, {"a": _nested(100)}])
def test_in_memory_of_what_is_not_json(odd: dict[Any, Any]) -> None:
    """A schema that is not JSON, or past the limits for schemas, is refused."""
    with pytest.raises(InvalidSchema, match="a schema in memory is not a usable schema"):
        InMemory([_schema() | odd])


def test_in_memory_within_the_limits_for_schemas() -> None:
    """A schema may nest deeper than a document."""
    deepest = _schema(allOf=[_nested(97)])
    assert Registry(InMemory([deepest])).retrieve(_USER).contents == deepest


@pytest.mark.parametrize(
    "schemas", [5, None, _schema(), "schemas"], ids=["int", "None", "1", "str"]
)
def test_in_memory_of_what_are_not_schemas(schemas: Any) -> None:
    """A single schema, or something else, is wrong use."""
    with pytest.raises(WrongUse, match="InMemory takes schemas in a list"):
        InMemory(schemas)


def test_first_of() -> None:
    """The first retriever that has a schema gives it; keys are those of all, each once."""
    other = SchemaKey.parse("iglu:com.acme/other/jsonschema/1-0-0")
    one, two = InMemory([_schema(title="1")], "one"), InMemory([_schema(title="2"), _schema(other)])
    both = FirstOf(_Absent(), one, two)

    assert both.name == "empty, one, in memory"
    assert json.loads(both.retrieve(_USER, _MOST) or b"")["title"] == "1"
    assert both.retrieve(other, _MOST)
    assert both.retrieve(SchemaKey.parse("iglu:a/b/c/1-0-0"), _MOST) is None
    assert list(both.keys()) == [_USER, other]


def test_first_of_asks_no_further() -> None:
    """Once a schema is found, nobody else is asked; one that does not answer ends the search."""
    assert FirstOf(InMemory([_schema()]), _Unreachable()).retrieve(_USER, _MOST)
    with pytest.raises(RegistryUnavailable):
        FirstOf(_Unreachable(), InMemory([_schema()])).retrieve(_USER, _MOST)


def test_cached_asks_once() -> None:
    """What was found is remembered, and so is the list of keys."""
    source = _Unreachable(b"{}")
    cached = Cached(source)
    assert cached.name == "far away"
    assert [cached.retrieve(_USER, _MOST) for _ in range(3)] == [b"{}"] * 3
    assert source.asked == 1


def test_cached_list() -> None:
    """The list of keys stays what it was when it was first asked for."""
    listed = [_schema()]
    cached = Cached(InMemory(listed))
    assert list(cached.keys()) == list(cached.keys()) == [_USER]
    assert cached.keys() is cached.keys()


@pytest.mark.parametrize("most", [1, 2, 3])
def test_cached_keeps_the_bound(most: int) -> None:
    """What was cut for one bound is not given for another."""
    cached = Cached(InMemory([_schema()]))
    assert [len(cached.retrieve(_USER, each) or b"") for each in (most, 5, most)] == [
        most + 1,
        6,
        most + 1,
    ]


def test_cached_remembers_no_absence() -> None:
    """That a schema was not there is forgotten at once: it may come."""
    source = _Absent()
    cached = Cached(source)
    assert [cached.retrieve(_USER, _MOST) for _ in range(3)] == [None] * 3
    assert source.asked == 3


def test_cached_remembers_no_failure() -> None:
    """That a registry did not answer is forgotten at once: it may answer later."""
    source = _Unreachable()
    cached = Cached(source)
    for _ in range(2):
        with pytest.raises(RegistryUnavailable):
            cached.retrieve(_USER, _MOST)
    source.found = b"{}"
    assert cached.retrieve(_USER, _MOST) == b"{}"


@pytest.mark.parametrize("make", [Registry, FirstOf, Cached], ids=lambda make: make.__name__)
@pytest.mark.parametrize("odd", [5, "schemas", None, InMemory, Registry()], ids=repr)
def test_what_is_no_retriever(make: Any, odd: Any) -> None:
    """What is no retriever is wrong use, and the message says what is one."""
    with pytest.raises(WrongUse, match=r"a retriever is expected, such as Directory\(path\)"):
        make(odd)


def test_a_retriever_of_ones_own() -> None:
    """Whatever has the three parts of a retriever is one."""
    source = _Unreachable(json.dumps(_schema()).encode())
    assert isinstance(source, Retriever)
    assert Registry(source).retrieve(_USER).key == _USER


# Registry.


def test_keys_of_a_registry() -> None:
    """Keys come sorted by version, as numbers; those of a vendor, a name, or both."""
    names = ["com.b/x/jsonschema/1-0-10", "com.b/x/jsonschema/1-0-9", "com.b/y/jsonschema/1-0-0"]
    keys = [SchemaKey.parse(f"iglu:{name}") for name in (*names, "com.a/x/jsonschema/1-0-0")]
    registry = Registry(InMemory(map(_schema, keys)))

    assert registry.keys() == [keys[3], keys[1], keys[0], keys[2]]
    assert registry.keys("com.b") == [keys[1], keys[0], keys[2]]
    assert registry.keys("com.b", "x") == [keys[1], keys[0]]
    assert registry.keys(name="x") == [keys[3], keys[1], keys[0]]
    assert registry.keys("com.c") == []


def test_newest() -> None:
    """The newest is the greatest version that fits, of the same format."""
    versions = ["jsonschema/1-0-9", "jsonschema/1-0-10", "jsonschema/2-0-0", "avro/3-0-0"]
    keys = [SchemaKey.parse(f"iglu:a/b/{version}") for version in versions]
    registry = Registry(InMemory(map(_schema, keys)))

    assert registry.newest(SchemaCriterion.parse("iglu:a/b/jsonschema/1-*-*")) == keys[1]
    assert registry.newest(SchemaCriterion.parse("iglu:a/b/jsonschema/*-*-*")) == keys[2]
    assert registry.newest(SchemaCriterion.parse("iglu:a/b/jsonschema/1-0-9")) == keys[0]


def test_no_newest() -> None:
    """Where nothing fits, the criterion is named, and the registries."""
    criterion = SchemaCriterion.parse("iglu:com.acme/user/jsonschema/2-*-*")
    with pytest.raises(NoSuchSchema) as caught:
        Registry(InMemory([_schema()], "mine"), _Absent()).newest(criterion)
    assert caught.value.wanted == criterion
    assert caught.value.registries == ("mine", "empty")
    assert caught.value.suggestion == _USER


@pytest.mark.parametrize(
    ("wanted", "suggestion"),
    [
        ("iglu:com.acme/usr/jsonschema/1-0-0", _USER),
        ("iglu:com.acme/user/jsonschema/1-0-1", _USER),
        ("iglu:org.example/invoice/jsonschema/1-0-0", None),
    ],
    ids=["name", "version", "nothing-like-it"],
)
def test_suggestion(wanted: str, suggestion: SchemaKey | None) -> None:
    """A schema that is not there is told with the one that was probably meant."""
    with pytest.raises(NoSuchSchema) as caught:
        Registry(InMemory([_schema()])).retrieve(SchemaKey.parse(wanted))
    assert caught.value.suggestion == suggestion


def test_no_suggestion() -> None:
    """A guess that is not wanted is not made."""
    with pytest.raises(NoSuchSchema) as caught:
        Registry(InMemory([_schema()])).retrieve(
            SchemaKey.parse("iglu:com.acme/usr/jsonschema/1-0-0"), suggesting=False
        )
    assert caught.value.suggestion is None


def test_suggestion_of_a_registry_without_a_list() -> None:
    """A registry that has answered, and can't list its keys, has answered."""

    class Unlisted(_Unreachable):
        def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
            return None

    with pytest.raises(NoSuchSchema, match="asked: far away"):
        Registry(Unlisted()).retrieve(_USER)


def test_registry_that_does_not_answer() -> None:
    """That a registry did not answer is no "no such schema"."""
    with pytest.raises(RegistryUnavailable, match="far away: no answer"):
        Registry(_Absent(), _Unreachable()).retrieve(_USER)
    with pytest.raises(RegistryUnavailable, match="far away: no list"):
        Registry(_Unreachable()).keys()


def test_registry_of_nothing_given() -> None:
    """Without retrievers a registry has the packaged schemas."""
    with pytest.raises(NoSuchSchema, match="asked: packaged"):
        Registry().read(_USER)


@pytest.mark.parametrize("odd", [str(_USER), None, 5, SchemaCriterion("a", "b", "c")], ids=repr)
def test_what_is_no_key(odd: Any) -> None:
    """A schema is found by a SchemaKey alone, the newest by a SchemaCriterion."""
    with pytest.raises(WrongUse, match="by its SchemaKey"):
        Registry().read(odd)
    with pytest.raises(WrongUse, match="by a SchemaCriterion"):
        Registry().newest(_USER if isinstance(odd, SchemaCriterion) else odd)


def test_read_within_the_limit(tmp_path: Path) -> None:
    """A schema of as many bytes as allowed is read, one of more is refused."""
    raw = _written(tmp_path).read_bytes()
    registry = Registry(Directory(tmp_path))

    assert registry.read(_USER, Limits(schema_bytes=len(raw))) == raw
    with pytest.raises(InvalidSchema, match="this one has more"):
        registry.read(_USER, Limits(schema_bytes=len(raw) - 1))


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"\xff", "UTF-8"),
        (b"{}", "it has no `self` with vendor"),
        (
            json.dumps(_schema(SchemaKey.parse("iglu:a/b/c/1-0-0"))).encode(),
            "its `self` says that it is iglu:a/b/c/1-0-0",
        ),
        (json.dumps([_schema()]).encode(), "it has no `self` with vendor"),
        (json.dumps(_schema(**{"$schema": 5})).encode(), "its `\\$schema`, 5, is neither"),
        (json.dumps(_schema(**{"$schema": "http://x"})).encode(), "neither Iglu's nor"),
        (json.dumps(_schema(enum=[_nested(100)])).encode(), "nest 100 deep"),
    ],
    ids=[
        "empty",
        "cut",
        "no-utf-8",
        "no-self",
        "self-of-another",
        "array",
        "odd-dialect",
        "unknown-dialect",
        "too-deep",
    ],
)
def test_file_that_is_no_schema(tmp_path: Path, raw: bytes, problem: str) -> None:
    """A file that is not the schema its path names is refused as such."""
    _written(tmp_path, raw=raw)
    with pytest.raises(InvalidSchema, match=problem) as caught:
        Registry(Directory(tmp_path)).retrieve(_USER)
    assert caught.value.schema == str(_USER)


def test_schema_with_a_name_twice(tmp_path: Path) -> None:
    """A name that stands twice is refused where the limits say so."""
    _written(tmp_path, raw=json.dumps(_schema()).encode()[:-1] + b', "self": 1}')
    with pytest.raises(InvalidSchema, match="a name stands twice"):
        Registry(Directory(tmp_path)).retrieve(_USER, Limits(duplicate_keys=False))


def test_schema_in_another_language() -> None:
    """A schema of a format other than jsonschema is there, and is none to judge by."""
    key = SchemaKey.parse("iglu:com.acme/user/avro/1-0-0")
    with pytest.raises(InvalidSchema, match="its format is avro; this package knows jsonschema"):
        Registry(InMemory([_schema(key)])).retrieve(key)


def test_retrieved_schema() -> None:
    """A schema is given with its URI, its name and its dialect."""
    contents = _schema(**{"$schema": IGLU_META_SCHEMA})
    schema = Registry(InMemory([contents])).retrieve(_USER)
    assert schema == Schema(str(_USER), contents, DRAFT_04, _USER)


def test_dialect_of_a_schema_without_one() -> None:
    """A schema without `$schema` is in the dialect asked for, else in the default."""
    registry = Registry(InMemory([_schema()]))
    assert registry.retrieve(_USER).dialect is DEFAULT
    assert registry.retrieve(_USER, dialect=DIALECTS["draft-07"]).dialect is DIALECTS["draft-07"]


@pytest.mark.parametrize("contents", [[], "schema", 5, None], ids=repr)
def test_schema_of_something_else(contents: Any) -> None:
    """A schema is an object or a boolean."""
    with pytest.raises(InvalidSchema, match="a schema is an object or a boolean"):
        schema_of(contents, uri="schema:x", dialect=DEFAULT)


@pytest.mark.parametrize("name", DIALECTS)
def test_schema_for_an_engine(name: str) -> None:
    """An engine is told the dialect, by a name that it knows, and nothing is changed."""
    contents = _schema(**{"$schema": IGLU_META_SCHEMA} if name == "draft-04" else {})
    before = json.dumps(contents)
    schema = schema_of(contents, uri="schema:x", dialect=DIALECTS[name])

    assert schema.for_engine() == contents | {"$schema": DIALECTS[name].uri}
    assert json.dumps(contents) == before
    never: Any = False
    assert schema_of(never, uri="schema:x", dialect=DIALECTS[name]).for_engine() is False


def test_folder_that_can_not_be_looked_into() -> None:
    """What the system refuses is no answer: whether there is such a folder is not known."""
    with pytest.raises(RegistryUnavailable, match="can't be looked into: File name too long"):
        Directory("x" * 5_000)


# What supersedes what.


def _version(version: str, **keywords: Any) -> dict[str, Any]:
    """Make a version of the schema of a user; `by` and `of` say what supersedes what."""
    spelled = {"by": "$supersededBy", "of": "$supersedes"}
    named = {spelled.get(name, name): value for name, value in keywords.items()}
    return _schema(SchemaKey.parse(f"iglu:com.acme/user/jsonschema/{version}"), **named)


def _superseding(*schemas: dict[str, Any], version: str = "1-0-0") -> str:
    """Give the version that data of a version is checked by."""
    key = SchemaKey.parse(f"iglu:com.acme/user/jsonschema/{version}")
    return str(Registry(InMemory(schemas)).superseding(key).key).rpartition("/")[2]


@pytest.mark.parametrize(
    ("schemas", "version"),
    [
        ([_version("1-0-0")], "1-0-0"),
        ([_version("1-0-0"), _version("1-0-1")], "1-0-0"),
        ([_version("1-0-0", by="1-0-1"), _version("1-0-1")], "1-0-1"),
        ([_version("1-0-0"), _version("1-0-1", of=["1-0-0"])], "1-0-1"),
        ([_version("1-0-0", by="1-0-1"), _version("1-0-1", of=["1-0-0"])], "1-0-1"),
        ([_version("1-0-0", by="2-0-0"), _version("2-0-0")], "2-0-0"),
        ([_version("1-0-0"), _version("2-0-0", of=["1-0-0"])], "2-0-0"),
        ([_version("1-0-0"), _version("1-0-10", of=["1-0-9", "1-0-0"])], "1-0-10"),
        ([_version("1-0-0"), _version("1-0-1", of=["1-0-2"])], "1-0-0"),
    ],
    ids=[
        "alone",
        "newer",
        "by",
        "of",
        "both",
        "by-newer-model",
        "of-newer-model",
        "one-of-several",
        "of-another",
    ],
)
def test_superseding(schemas: list[dict[str, Any]], version: str) -> None:
    """Data is checked by the schema that supersedes its own; either of them may say so."""
    assert _superseding(*schemas) == version


def test_superseding_is_said_in_turn() -> None:
    """What supersedes may be superseded itself, in either spelling, for as long as that goes on."""
    chain = [
        _version("1-0-0", by="1-0-1"),
        _version("1-0-1"),
        _version("1-0-2", of=["1-0-1"]),
        _version("1-1-0", of=["1-0-2"], by="2-0-0"),
        _version("2-0-0", of=["1-1-0"]),
        _version("2-0-1"),
    ]
    from_each = [_superseding(*chain, version=each["self"]["version"]) for each in chain]
    assert from_each == [*["2-0-0"] * 5, "2-0-1"]


def test_the_newest_supersedes() -> None:
    """Where several supersede one, the newest of them does, whoever says so."""
    several = [_version("1-0-1", of=["1-0-0"]), _version("1-0-9", of=["1-0-0"])]
    assert _superseding(_version("1-0-0"), *several) == "1-0-9"
    assert _superseding(_version("1-0-0", by="1-0-10"), _version("1-0-10"), *several) == "1-0-10"
    assert _superseding(_version("1-0-0", by="1-0-1"), *several) == "1-0-9"


@pytest.mark.parametrize("by", ["1-0-1", "1-0-0", "0-9-9", "1-0"])
def test_what_is_not_greater_supersedes_nothing(by: str) -> None:
    """A schema is superseded by greater ones alone, so that no chain of them can lead back."""
    schemas = [_version("1-0-0", of=["1-0-1"]), _version("1-0-1", by=by, of=["1-0-1", "9-0-0"])]
    assert _superseding(*schemas, version="1-0-1") == "1-0-1"


@pytest.mark.parametrize("odd", [None, True, 1, 1.5, [], {}, ["1-0-1"], "", "1-0", "*", "1-*-*"])
def test_odd_superseded_by(odd: Any) -> None:
    """What is no version of a schema supersedes nothing."""
    assert _superseding(_version("1-0-0", by=odd), _version("1-0-1")) == "1-0-0"


@pytest.mark.parametrize("odd", [None, True, 1, "1-0-0", {"1-0-0": 1}, [["1-0-0"], 1, None, {}]])
def test_odd_supersedes(odd: Any) -> None:
    """What is no list of versions says nothing of any."""
    assert _superseding(_version("1-0-0"), _version("1-0-1", of=odd)) == "1-0-0"


def test_superseding_schema_that_is_not_there() -> None:
    """Data can't be checked where what its schema is superseded by is not there."""
    with pytest.raises(NoSuchSchema) as caught:
        _superseding(_version("1-0-0", by="1-0-7"), _version("1-0-1"))
    assert caught.value.wanted == SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-7")
    assert (caught.value.referrer, caught.value.suggestion) == (str(_USER), None)
    assert caught.value.registries == ("in memory",)


def test_superseding_schema_that_is_not_there_in_turn() -> None:
    """Of a chain, the one that says so is named, not the one that data names."""
    with pytest.raises(NoSuchSchema) as caught:
        _superseding(_version("1-0-0", by="1-0-1"), _version("1-0-1", by="1-0-2"))
    assert str(caught.value.wanted).endswith("1-0-2")
    assert str(caught.value.referrer).endswith("1-0-1")


def test_superseded_schema_that_is_not_there() -> None:
    """A schema that is not there is not found by what would supersede it."""
    with pytest.raises(NoSuchSchema) as caught:
        _superseding(_version("1-0-1", of=["1-0-0"]))
    assert (caught.value.wanted, str(caught.value.suggestion)[-5:]) == (_USER, "1-0-1")
    registry = Registry(InMemory([_version("1-0-1", of=["1-0-0"])]))
    with pytest.raises(NoSuchSchema) as caught:
        registry.superseding(_USER, suggesting=False)
    assert caught.value.suggestion is None


@pytest.mark.parametrize("raw", [b"{", b"{}", b"5", b'{"$supersedes": ["1-0-0"]}'])
def test_newer_schema_that_is_none(tmp_path: Path, raw: bytes) -> None:
    """A newer schema that can't be decoded takes nobody's place, unless the older one says so."""
    newer = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-1")
    _written(tmp_path, newer, raw)
    _written(tmp_path)
    registry = Registry(Directory(tmp_path))
    assert registry.superseding(_USER).key == _USER
    _written(tmp_path, raw=json.dumps(_version("1-0-0", by="1-0-1")).encode())
    with pytest.raises(InvalidSchema) as caught:
        registry.superseding(_USER)
    assert caught.value.schema == str(newer)


def test_superseding_within_the_limits(tmp_path: Path) -> None:
    """A newer schema that is past the limits takes nobody's place."""
    newer = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-1")
    large = json.dumps(_version("1-0-1", of=["1-0-0"], title="x" * 999)).encode()
    _written(tmp_path, newer, large)
    _written(tmp_path)
    registry = Registry(Directory(tmp_path))
    assert registry.superseding(_USER).key == newer
    assert registry.superseding(_USER, Limits(schema_bytes=999)).key == _USER


def test_superseding_keeps_to_the_name_and_the_format() -> None:
    """Only schemas of the same vendor, name and format say anything of one."""
    names = ["com.acme/other/jsonschema", "com.other/user/jsonschema", "com.acme/user/jsonschema2"]
    others = [
        _schema(SchemaKey.parse(f"iglu:{name}/2-0-0"), **{"$supersedes": ["1-0-0"]})
        for name in names
    ]
    assert _superseding(_version("1-0-0"), *others) == "1-0-0"


def test_superseding_in_another_language() -> None:
    """A schema in another language is no more superseded than it is read."""
    key = SchemaKey.parse("iglu:com.acme/user/avro/1-0-0")
    with pytest.raises(InvalidSchema, match="its format is avro"):
        Registry(InMemory([_schema(key), _version("1-0-1", of=["1-0-0"])])).superseding(key)


class _Unlisted(InMemory):
    """A registry that has schemas, and no list of them."""

    def keys(self) -> Iterable[SchemaKey]:
        message = "unlisted"
        raise RegistryUnavailable(message)


def test_superseding_in_a_registry_without_a_list() -> None:
    """Without a list, only the older schema can say what supersedes it."""
    newer = _version("1-0-1", of=["1-0-0"])
    told = Registry(_Unlisted([_version("1-0-0", by="1-0-1"), newer]))
    assert str(told.superseding(_USER).key).endswith("1-0-1")
    assert Registry(_Unlisted([_version("1-0-0"), newer])).superseding(_USER).key == _USER


def test_superseding_in_a_registry_that_does_not_answer() -> None:
    """Whether a newer one supersedes is not known while it can't be read: that is no verdict."""
    newer = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-1")

    class Failing(InMemory):
        def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
            if key == newer:
                message = "no answer"
                raise RegistryUnavailable(message)
            return super().retrieve(key, most)

    with pytest.raises(RegistryUnavailable, match="no answer"):
        Registry(Failing([_version("1-0-0"), _version("1-0-1")])).superseding(_USER)


def test_superseding_across_registries() -> None:
    """What supersedes may lie in another registry; of two with one name, the first one counts."""
    first = InMemory([_version("1-0-0"), _version("1-0-2")], "first")
    second = InMemory([_version("1-0-1", of=["1-0-0"]), _version("1-0-2", of=["1-0-0"])], "second")
    assert str(Registry(first, second).superseding(_USER).key).endswith("1-0-1")
    assert str(Registry(second, first).superseding(_USER).key).endswith("1-0-2")


def test_superseding_gives_the_schema_itself() -> None:
    """What is given is the schema, decoded, with its dialect: that asked for where it has none."""
    schemas = [_version("1-0-0", by="1-0-1"), _version("1-0-1", type="object")]
    found = Registry(InMemory(schemas)).superseding(_USER, dialect=DIALECTS["draft-07"])
    assert (found.contents, found.dialect) == (schemas[1], DIALECTS["draft-07"])
    assert found.uri == str(found.key)
