"""Self-describing data: what is some, what it names, and where it stands in a value."""

from typing import Any

import pytest

from validator.errors import InvalidIgluUri, InvalidSchemaVer, WrongUse
from validator.iglu import SchemaKey
from validator.results import JSON, Path
from validator.self_describing import SelfDescribingData, self_describing_parts

_NOTE = {"schema": "iglu:com.acme/note/jsonschema/1-0-0", "data": {"text": "x"}}
_USER = {"schema": "iglu:com.acme/user/jsonschema/1-0-0", "data": {"name": "Jo"}}


class _Subclass(str):
    """A text that may be anything when it is read."""

    __slots__ = ()


def _found(value: JSON) -> list[tuple[Path, JSON]]:
    return list(self_describing_parts(value, ()))


@pytest.mark.parametrize(
    "document",
    [
        [],
        "iglu:",
        {"schema": "iglu:a/b/c/1-0-0"},
        {"data": 1},
        {"schema": 1, "data": 1},
        {"schema": "http://json-schema.org/schema#", "data": 1},
        {"schema": _Subclass("iglu:"), "data": 1},
    ],
    ids=ascii,
)
def test_names_no_schema(document: Any) -> None:
    """Without `data`, or without a `schema` that begins as an Iglu URI, it is no such thing."""
    assert not SelfDescribingData.names_a_schema(document)


def test_self_describing_data() -> None:
    """Self-describing data is a schema's key and any value; further names are not looked at."""
    document = {"schema": "iglu:com.acme/user/jsonschema/1-0-0", "data": None, "more": 1}

    assert SelfDescribingData.names_a_schema(document)
    assert SelfDescribingData.parse(document) == SelfDescribingData(
        SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-0"), None
    )


@pytest.mark.parametrize(
    ("document", "exception"),
    [
        ({"schema": "iglu:com.acme/user/1-0-0", "data": 1}, InvalidIgluUri),
        ({"schema": "http://x", "data": 1}, InvalidIgluUri),
        ({"schema": "iglu:com.acme/user/jsonschema/1-0", "data": 1}, InvalidSchemaVer),
        ({"schema": 1, "data": 1}, WrongUse),
        ({"schema": "iglu:com.acme/user/jsonschema/1-0-0"}, WrongUse),
        ({"data": 1}, WrongUse),
        ([], WrongUse),
        (None, WrongUse),
    ],
    ids=ascii,
)
def test_no_self_describing_data(document: Any, exception: type[Exception]) -> None:
    """What is none is refused by what is wrong with it, and by nothing but our exceptions."""
    with pytest.raises(exception):
        SelfDescribingData.parse(document)


# Where it stands.


def test_finds_parts_in_order() -> None:
    """Parts come in the order of the document, and what is within one comes after it."""
    outer = {"schema": "iglu:outer", "data": [_NOTE, {"deep": [_USER]}]}
    value = {"first": _USER, "second": [outer, _NOTE]}

    assert _found(value) == [
        (("first",), _USER),
        (("second", 0), outer),
        (("second", 0, "data", 0), _NOTE),
        (("second", 0, "data", 1, "deep", 0), _USER),
        (("second", 1), _NOTE),
    ]


def test_finds_the_value_itself() -> None:
    """A value that is self-describing is a part, at the place where it was found."""
    assert list(self_describing_parts(_NOTE, ("properties",))) == [(("properties",), _NOTE)]


@pytest.mark.parametrize("value", [None, True, 5, 1.5, "iglu:", [], {}, [[{}]], {"data": 1}])
def test_finds_nothing_where_there_is_nothing(value: JSON) -> None:
    """A value of any type may be looked at."""
    assert _found(value) == []


@pytest.mark.parametrize(
    "value",
    [type("Dict", (dict,), {})(_NOTE), {"a": (_NOTE,)}, {"a": type("List", (list,), {})([_NOTE])}],
    ids=["dict", "tuple", "list"],
)
def test_looks_at_the_types_of_json_alone(value: JSON) -> None:
    """What a subclass or another container holds is not looked at: it may do anything when read."""
    assert _found(value) == []


def test_looks_into_the_schema_as_into_any_member() -> None:
    """Parts are found wherever they stand: in `schema`, in members that no schema knows."""
    value = {"schema": [_NOTE], "data": {"schema": _USER, "more": 1}, "more": [[_USER]]}

    assert _found(value) == [
        (("schema", 0), _NOTE),
        (("data", "schema"), _USER),
        (("more", 0, 0), _USER),
    ]


def test_finds_parts_of_parts_however_many() -> None:
    """Neither many levels nor many members are too many: there is no recursion."""
    value: JSON = 1
    for _ in range(5_000):
        value = {"schema": "iglu:a/b/c/1-0-0", "data": [value]}

    found = _found([value, *[_NOTE] * 5_000])

    assert [len(path) for path, _ in found] == [*range(1, 10_000, 2), *[1] * 5_000]
