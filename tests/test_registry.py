"""Which schemas there are, and which of them judges."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from registries import USER, Absent, Unreachable, acme, nested, schema_of_key, written
from validator import (
    Directory,
    InMemory,
    InvalidSchema,
    Limits,
    NoSuchSchema,
    Registry,
    RegistryUnavailable,
    SchemaCriterion,
    SchemaKey,
    WrongUse,
)
from validator.dialects import DEFAULT, DIALECTS, DRAFT_04, IGLU_META_SCHEMA
from validator.registry import Schema, schema_of

# Registry.


def test_keys_of_a_registry() -> None:
    """Keys come sorted by version, as numbers; those of a vendor, a name, or both."""
    names = ["com.b/x/jsonschema/1-0-10", "com.b/x/jsonschema/1-0-9", "com.b/y/jsonschema/1-0-0"]
    keys = [SchemaKey.parse(f"iglu:{name}") for name in (*names, "com.a/x/jsonschema/1-0-0")]
    registry = Registry(InMemory(map(schema_of_key, keys)))

    assert registry.keys() == [keys[3], keys[1], keys[0], keys[2]]
    assert registry.keys("com.b") == [keys[1], keys[0], keys[2]]
    assert registry.keys("com.b", "x") == [keys[1], keys[0]]
    assert registry.keys(name="x") == [keys[3], keys[1], keys[0]]
    assert registry.keys("com.c") == []


def test_newest() -> None:
    """The newest is the greatest version that fits, of the same format."""
    versions = ["jsonschema/1-0-9", "jsonschema/1-0-10", "jsonschema/2-0-0", "avro/3-0-0"]
    keys = [SchemaKey.parse(f"iglu:a/b/{version}") for version in versions]
    registry = Registry(InMemory(map(schema_of_key, keys)))

    assert registry.newest(SchemaCriterion.parse("iglu:a/b/jsonschema/1-*-*")) == keys[1]
    assert registry.newest(SchemaCriterion.parse("iglu:a/b/jsonschema/*-*-*")) == keys[2]
    assert registry.newest(SchemaCriterion.parse("iglu:a/b/jsonschema/1-0-9")) == keys[0]


def test_no_newest() -> None:
    """Where nothing fits, the criterion is named, and the registries."""
    criterion = SchemaCriterion.parse("iglu:com.acme/user/jsonschema/2-*-*")
    with pytest.raises(NoSuchSchema) as caught:
        Registry(InMemory([schema_of_key()], "mine"), Absent()).newest(criterion)
    assert caught.value.wanted == criterion
    assert caught.value.registries == ("mine", "empty")
    assert caught.value.suggestion == USER


@pytest.mark.parametrize(
    ("wanted", "suggestion"),
    [
        ("iglu:com.acme/usr/jsonschema/1-0-0", USER),
        ("iglu:com.acme/user/jsonschema/1-0-1", USER),
        ("iglu:org.example/invoice/jsonschema/1-0-0", None),
    ],
    ids=["name", "version", "nothing-like-it"],
)
def test_suggestion(wanted: str, suggestion: SchemaKey | None) -> None:
    """A schema that is not there is told with the one that was probably meant."""
    with pytest.raises(NoSuchSchema) as caught:
        Registry(InMemory([schema_of_key()])).retrieve(SchemaKey.parse(wanted))
    assert caught.value.suggestion == suggestion


def test_no_suggestion() -> None:
    """A guess that is not wanted is not made."""
    with pytest.raises(NoSuchSchema) as caught:
        Registry(InMemory([schema_of_key()])).retrieve(
            SchemaKey.parse("iglu:com.acme/usr/jsonschema/1-0-0"), suggesting=False
        )
    assert caught.value.suggestion is None


def test_suggestion_of_a_registry_without_a_list() -> None:
    """A registry that has answered, and can't list its keys, has answered."""

    class Unlisted(Unreachable):
        def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
            return None

    with pytest.raises(NoSuchSchema, match="asked: far away"):
        Registry(Unlisted()).retrieve(USER)


def test_registry_that_does_not_answer() -> None:
    """That a registry did not answer is no "no such schema"."""
    with pytest.raises(RegistryUnavailable, match="far away: no answer"):
        Registry(Absent(), Unreachable()).retrieve(USER)
    with pytest.raises(RegistryUnavailable, match="far away: no list"):
        Registry(Unreachable()).keys()


def test_registry_of_nothing_given() -> None:
    """Without retrievers a registry has the packaged schemas."""
    with pytest.raises(NoSuchSchema, match="asked: packaged"):
        Registry().read(USER)


@pytest.mark.parametrize("odd", [str(USER), None, 5, SchemaCriterion("a", "b", "c")], ids=repr)
def test_what_is_no_key(odd: Any) -> None:
    """A schema is found by a SchemaKey alone, the newest by a SchemaCriterion."""
    criterion: Any = USER if isinstance(odd, SchemaCriterion) else odd
    with pytest.raises(WrongUse, match="by its SchemaKey"):
        Registry().read(odd)
    with pytest.raises(WrongUse, match="by a SchemaCriterion"):
        Registry().newest(criterion)


class _Refusing(type):
    """A class of classes that fails when one of its classes is compared, or hashed."""

    def __eq__(cls, other: object) -> bool:
        raise ZeroDivisionError

    def __hash__(cls) -> int:
        raise ZeroDivisionError


class _Refused(metaclass=_Refusing):
    """An object that fails when it is compared."""

    def __eq__(self, other: object) -> bool:
        raise ZeroDivisionError

    def __hash__(self) -> int:
        raise ZeroDivisionError


@pytest.mark.parametrize("odd", [_Refused, _Refused(), 5], ids=["class", "object", "int"])
def test_what_is_no_vendor(odd: Any) -> None:
    """The schemas of a vendor, or of a name, are found by a text; nothing else is compared."""
    for arguments in ((odd,), (None, odd)):
        with pytest.raises(WrongUse, match="by a str, not"):
            Registry().keys(*arguments)


def test_what_are_no_limits() -> None:
    """What is said to be limits, and is not, is wrong use, not a failure somewhere below."""
    odd: Any = _Refused()
    for read in (Registry().read, Registry().retrieve, Registry().superseding):
        with pytest.raises(WrongUse, match="limits is a Limits, not"):
            read(USER, odd)


@pytest.mark.parametrize("given", [5, "{}", _Refused()], ids=["int", "str", "object"])
def test_retriever_that_gives_no_bytes(given: Any) -> None:
    """A retriever that gives something else than bytes is told."""
    with pytest.raises(WrongUse, match="a retriever gives bytes, or None; not "):
        Registry(Unreachable(given)).retrieve(USER)


def test_retriever_that_gives_a_bytearray() -> None:
    """What holds bytes will do."""
    given: Any = bytearray(json.dumps(schema_of_key()).encode())
    assert Registry(Unreachable(given)).retrieve(USER).key == USER


def test_read_within_the_limit(tmp_path: Path) -> None:
    """A schema of as many bytes as allowed is read, one of more is refused."""
    raw = written(tmp_path).read_bytes()
    registry = Registry(Directory(tmp_path))

    assert registry.read(USER, Limits(schema_bytes=len(raw))) == raw
    with pytest.raises(InvalidSchema, match="this one has more"):
        registry.read(USER, Limits(schema_bytes=len(raw) - 1))


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"\xff", "UTF-8"),
        (b"{}", "it has no `self` with vendor"),
        (
            json.dumps(schema_of_key(SchemaKey.parse("iglu:a/b/c/1-0-0"))).encode(),
            "its `self` says that it is iglu:a/b/c/1-0-0",
        ),
        (json.dumps([schema_of_key()]).encode(), "it has no `self` with vendor"),
        (json.dumps(schema_of_key(**{"$schema": 5})).encode(), "its `\\$schema`, 5, is neither"),
        (json.dumps(schema_of_key(**{"$schema": "http://x"})).encode(), "neither Iglu's nor"),
        (json.dumps(schema_of_key(enum=[nested(100)])).encode(), "nest 100 deep"),
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
    written(tmp_path, raw=raw)
    with pytest.raises(InvalidSchema, match=problem) as caught:
        Registry(Directory(tmp_path)).retrieve(USER)
    assert caught.value.schema == str(USER)


def test_schema_with_a_name_twice(tmp_path: Path) -> None:
    """A name that stands twice is refused where the limits say so."""
    written(tmp_path, raw=json.dumps(schema_of_key()).encode()[:-1] + b', "self": 1}')
    with pytest.raises(InvalidSchema, match="a name stands twice"):
        Registry(Directory(tmp_path)).retrieve(USER, Limits(duplicate_keys=False))


def test_schema_in_another_language() -> None:
    """A schema of a format other than jsonschema is there, and is none to judge by."""
    key = SchemaKey.parse("iglu:com.acme/user/avro/1-0-0")
    with pytest.raises(InvalidSchema, match="its format is avro; this package knows jsonschema"):
        Registry(InMemory([schema_of_key(key)])).retrieve(key)


def test_retrieved_schema() -> None:
    """A schema is given with its URI, its name and its dialect."""
    contents = schema_of_key(**{"$schema": IGLU_META_SCHEMA})
    schema = Registry(InMemory([contents])).retrieve(USER)
    assert schema == Schema(str(USER), contents, DRAFT_04, USER)


def test_dialect_of_a_schema_without_one() -> None:
    """A schema without `$schema` is in the dialect asked for, else in the default."""
    registry = Registry(InMemory([schema_of_key()]))
    assert registry.retrieve(USER).dialect is DEFAULT
    assert registry.retrieve(USER, dialect=DIALECTS["draft-07"]).dialect is DIALECTS["draft-07"]


@pytest.mark.parametrize("contents", [[], "schema", 5, None], ids=repr)
def test_schema_of_something_else(contents: Any) -> None:
    """A schema is an object or a boolean."""
    with pytest.raises(InvalidSchema, match="a schema is an object or a boolean"):
        schema_of(contents, uri="schema:x", dialect=DEFAULT)


@pytest.mark.parametrize("name", DIALECTS)
def test_schema_for_an_engine(name: str) -> None:
    """An engine is told the dialect, by a name that it knows, and nothing is changed."""
    contents = schema_of_key(**{"$schema": IGLU_META_SCHEMA} if name == "draft-04" else {})
    before = json.dumps(contents)
    schema = schema_of(contents, uri="schema:x", dialect=DIALECTS[name])

    assert schema.for_engine() == contents | {"$schema": DIALECTS[name].uri}
    assert json.dumps(contents) == before
    never: Any = False
    assert schema_of(never, uri="schema:x", dialect=DIALECTS[name]).for_engine() is False


# What supersedes what.


def _version(version: str, **keywords: Any) -> dict[str, Any]:
    """Make a version of the schema of a user; `by` and `of` say what supersedes what."""
    return acme("user", version, **keywords)


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
    assert (caught.value.referrer, caught.value.suggestion) == (str(USER), None)
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
    assert (caught.value.wanted, str(caught.value.suggestion)[-5:]) == (USER, "1-0-1")
    registry = Registry(InMemory([_version("1-0-1", of=["1-0-0"])]))
    with pytest.raises(NoSuchSchema) as caught:
        registry.superseding(USER, suggesting=False)
    assert caught.value.suggestion is None


@pytest.mark.parametrize("raw", [b"{", b"{}", b"5", b'{"$supersedes": ["1-0-0"]}'])
def test_newer_schema_that_is_none(tmp_path: Path, raw: bytes) -> None:
    """A newer schema that can't be decoded takes nobody's place, unless the older one says so."""
    newer = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-1")
    written(tmp_path, newer, raw)
    written(tmp_path)
    registry = Registry(Directory(tmp_path))
    assert registry.superseding(USER).key == USER
    written(tmp_path, raw=json.dumps(_version("1-0-0", by="1-0-1")).encode())
    with pytest.raises(InvalidSchema) as caught:
        registry.superseding(USER)
    assert caught.value.schema == str(newer)


def test_superseding_within_the_limits(tmp_path: Path) -> None:
    """A newer schema that is past the limits takes nobody's place."""
    newer = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-1")
    large = json.dumps(_version("1-0-1", of=["1-0-0"], title="x" * 999)).encode()
    written(tmp_path, newer, large)
    written(tmp_path)
    registry = Registry(Directory(tmp_path))
    assert registry.superseding(USER).key == newer
    assert registry.superseding(USER, Limits(schema_bytes=999)).key == USER


def test_superseding_keeps_to_the_name_and_the_format() -> None:
    """Only schemas of the same vendor, name and format say anything of one."""
    names = ["com.acme/other/jsonschema", "com.other/user/jsonschema", "com.acme/user/jsonschema2"]
    others = [
        schema_of_key(SchemaKey.parse(f"iglu:{name}/2-0-0"), **{"$supersedes": ["1-0-0"]})
        for name in names
    ]
    assert _superseding(_version("1-0-0"), *others) == "1-0-0"


def test_superseding_in_another_language() -> None:
    """A schema in another language is no more superseded than it is read."""
    key = SchemaKey.parse("iglu:com.acme/user/avro/1-0-0")
    with pytest.raises(InvalidSchema, match="its format is avro"):
        Registry(InMemory([schema_of_key(key), _version("1-0-1", of=["1-0-0"])])).superseding(key)


class _Unlisted(InMemory):
    """A registry that has schemas, and no list of them."""

    def keys(self) -> Iterable[SchemaKey]:
        message = "unlisted"
        raise RegistryUnavailable(message)


def test_superseding_in_a_registry_without_a_list() -> None:
    """Without a list, only the older schema can say what supersedes it."""
    newer = _version("1-0-1", of=["1-0-0"])
    told = Registry(_Unlisted([_version("1-0-0", by="1-0-1"), newer]))
    assert str(told.superseding(USER).key).endswith("1-0-1")
    assert Registry(_Unlisted([_version("1-0-0"), newer])).superseding(USER).key == USER


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
        Registry(Failing([_version("1-0-0"), _version("1-0-1")])).superseding(USER)


def test_superseding_across_registries() -> None:
    """What supersedes may lie in another registry; of two with one name, the first one counts."""
    first = InMemory([_version("1-0-0"), _version("1-0-2")], "first")
    second = InMemory([_version("1-0-1", of=["1-0-0"]), _version("1-0-2", of=["1-0-0"])], "second")
    assert str(Registry(first, second).superseding(USER).key).endswith("1-0-1")
    assert str(Registry(second, first).superseding(USER).key).endswith("1-0-2")


def test_superseding_gives_the_schema_itself() -> None:
    """What is given is the schema, decoded, with its dialect: that asked for where it has none."""
    schemas = [_version("1-0-0", by="1-0-1"), _version("1-0-1", type="object")]
    found = Registry(InMemory(schemas)).superseding(USER, dialect=DIALECTS["draft-07"])
    assert (found.contents, found.dialect) == (schemas[1], DIALECTS["draft-07"])
    assert found.uri == str(found.key)
