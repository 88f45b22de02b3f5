"""Documents: which bytes and objects are JSON within the limits, and what is said of others."""

import datetime as dt
import decimal
import enum
import json
import subprocess
import sys
import threading
import uuid
from collections import OrderedDict, UserDict
from pathlib import Path
from typing import Any

import orjson
import pytest

from validator import documents
from validator.documents import Refused, admit, decode, measure, parse_all, read
from validator.errors import WrongUse
from validator.limits import Limits
from validator.results import Position, Violation

_FIXTURES = Path(__file__).parents[1] / "fixtures" / "decoding"
_ACCEPTED, _REFUSED = (
    json.loads((_FIXTURES / f"{name}.json").read_bytes())["tests"]
    for name in ("accepted", "refused")
)


def _description(case: dict[str, Any]) -> str:
    return str(case["description"])


def _raw(case: dict[str, Any]) -> bytes:
    return bytes.fromhex(case["hex"]) if "hex" in case else case["text"].encode()


def _refusal(document: object, **limits: Any) -> Violation:
    with pytest.raises(Refused) as caught:
        admit(document, Limits(**limits))
    return caught.value.violation


def _nested(levels: int, leaf: Any = 1) -> Any:
    for _ in range(levels):
        leaf = [leaf]
    return leaf


# Bytes.


@pytest.mark.parametrize("case", _ACCEPTED, ids=_description)
def test_accepted(case: dict[str, Any]) -> None:
    """A JSON text within the limits is decoded to its value, of the same types."""
    result = decode(_raw(case), Limits(**case.get("limits", {})))

    assert list(result) == []
    assert orjson.dumps(result.payload) == orjson.dumps(case["value"])


@pytest.mark.parametrize("case", _REFUSED, ids=_description)
def test_refused(case: dict[str, Any]) -> None:
    """What is no JSON text within the limits has one violation: a code, a place, no payload."""
    result = decode(_raw(case), Limits(**case.get("limits", {})))

    (violation,) = result.violations
    place = Position(case["offset"], case["line"], case["column"])
    assert (violation.code, violation.position) == (case["code"], place)
    assert violation.instance_location == case["instance_location"]
    assert violation.message.endswith(f", at {place}")
    assert result.payload is None


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_kinds_of_bytes(kind: type) -> None:
    """Bytes, a bytearray and a memoryview are the same text."""
    assert decode(kind(b'{"a": 1}')).payload == {"a": 1}


class _Bytes(bytes):
    """Bytes that may be anything when they are read."""


class _Proxy:
    """Raises at the question what it is, as a proxy to a request does outside of one."""

    @property
    def __class__(self) -> type:
        message = "working outside of request context"
        raise RuntimeError(message)


@pytest.mark.parametrize("document", ["[]", None, {}, [1], _Bytes(b"[]")], ids=ascii)
def test_decode_takes_bytes_alone(document: Any) -> None:
    """A text, an object or a subclass of bytes is wrong use, and the message names its type."""
    with pytest.raises(WrongUse, match=r"^decode takes bytes, not "):
        decode(document)


def test_released_memory() -> None:
    """A memoryview that was released is wrong use."""
    view = memoryview(b"[]")
    view.release()

    with pytest.raises(WrongUse, match="a document can't be read: "):
        decode(view)


def test_limits_of_another_kind() -> None:
    """What is not Limits is wrong use, whatever the document."""
    with pytest.raises(WrongUse, match="limits is a Limits, not 64"):
        decode(b"[]", 64)  # type: ignore[arg-type]  # what is tested


@pytest.mark.parametrize(
    "raw",
    [b'{"secret-name": NaN}', b'["secret"', b'{"n": 18446744073709551616}', b'"secret\xff"'],
    ids=ascii,
)
def test_messages_show_no_values(raw: bytes) -> None:
    """A message tells what is wrong and where, and nothing of the payload."""
    (violation,) = decode(raw).violations

    assert "secret" not in violation.message
    assert "18446744073709551616" not in violation.message


def test_messages_and_locations_are_bounded() -> None:
    """A message and a location are no longer than the limits say."""
    limits = Limits(message=40, location=5)

    (violation,) = decode(b'{"a": {"long name": 1e-400}}', limits).violations

    assert len(violation.message) == 40
    assert violation.instance_location == "/a"


@pytest.mark.parametrize("escapes", [400_000, 499_000])
def test_escapes_that_never_end(escapes: int) -> None:
    """A megabyte of escaped quotes in a string that is never closed is refused in one pass."""
    (violation,) = decode(b'"' + b'\\"' * escapes).violations

    assert (violation.code, violation.position) == (
        "NotJSON",
        Position(2 * escapes + 1, 1, 2 * escapes + 2),
    )


@pytest.mark.parametrize(
    "raw",
    [b"1" * 900_000, b"0." + b"0" * 900_000 + b"1", b"[" + b"1" * 5000 + b"]"],
    ids=["integer", "decimal", "5,000-digits"],
)
def test_numbers_of_many_digits(raw: bytes) -> None:
    """A number of more digits than Python converts to an integer is refused as any other."""
    assert decode(raw).violations[0].code == "NumberOutOfRange"


def test_repeated_name_hides_what_it_repeats() -> None:
    """Depth is that of the value: what a repeated name hides is in no document."""
    assert decode(b'{"a": [[[]]], "a": 1}', Limits(depth=2)).payload == {"a": 1}


# Numbers, in what names its schema at once and in what does not.

_NAMED = '{{"schema": "iglu:com.acme/user/jsonschema/1-0-0", "data": {}}}'
_UUID = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"


@pytest.mark.parametrize(
    "number",
    [
        "1e-400",
        "1E-400",
        "-1e-400",
        "0.1e-400",
        "1e-0400",
        "12345678901234567890123",
        "-9223372036854775809",
        "18446744073709551616",
        f"0.{'0' * 400}1",
        f"0.{'0' * 240}1e-99",
        f"0.{'123' * 150}e-999",
    ],
)
@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "[{}]",
        " \n\t{}",
        "[0,{}]",
        "[ {} ]",
        "[0,\r{}]",
        '{{"a":{}}}',
        '{{"a":\n{}}}',
        _NAMED,
        _NAMED.replace("{}}}", '[["' + _UUID + '"],{}]}}'),
        _NAMED.replace("{}}}", '{{"a":{{"b":{}}}}}}}'),
        '{{"a": {}, "schema": "iglu:com.acme/user/jsonschema/1-0-0", "data": ""}}',
        '["' + _UUID + '", {}, "' + _UUID + '"]',
    ],
)
def test_number_that_would_be_bent(around: str, number: str) -> None:
    """A number that would lose its value is refused wherever it stands, and told with its place."""
    text = around.format(number)

    (violation,) = decode(text.encode()).violations

    assert violation.code == "NumberOutOfRange"
    assert violation.position is not None
    assert violation.position.offset == text.index(number)


@pytest.mark.parametrize("around", ["[{}]", _NAMED])
@pytest.mark.parametrize(
    "value",
    [
        '"1e-400"',
        '"12345678901234567890123"',
        f'"{_UUID}"',
        '"00000000-000e-4000-a000-00000e-000000"',
        '"4f1e-4000"',
        '["a:1e-400", " 1e-400", ",1e-400", "[1e-400"]',
        '{"1e-400": "18446744073709551616"}',
        "0e-400",
        "[18446744073709551615, -9223372036854775808, 1e-300]",
        "[true, false, null]",
    ],
)
def test_what_only_looks_like_such_a_number(around: str, value: str) -> None:
    """Texts may hold whatever looks like a number that is too long or too small."""
    text = around.format(value)

    assert decode(text.encode()).payload == json.loads(text)


@pytest.mark.parametrize(
    ("text", "looked_for"),
    [
        (f'["{_UUID}", "ab1e-4000-a"]', False),
        ('["0000-000e-4000-0000"]', False),
        ('["x1e-400", 1]', False),
        ("[1e-400]", True),
        ('{"a":-0.01e-400}', True),
        ("1e-400", True),
    ],
)
@pytest.mark.parametrize("all_at_once", [False, True])
def test_uuids_are_not_searched_for_numbers(
    text: str,
    looked_for: bool,  # noqa: FBT001  # a column of the table
    all_at_once: bool,  # noqa: FBT001  # a parameter
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The slow search is for texts in which a number may have a long exponent, and no others."""
    searched: list[str] = []
    monkeypatch.setattr(documents.scanner, "unfaithful_number", searched.append)

    value = (
        parse_all([text.encode()], Limits())[0] if all_at_once else read(text.encode(), Limits())[0]
    )

    assert searched == [text] * looked_for
    assert value == json.loads(text)


@pytest.mark.parametrize(
    ("text", "describes"),
    [
        (_NAMED.format(1), True),
        (_NAMED.format('"a"'), True),
        ('{"a": "' + "x" * 99 + '", "schema": "iglu:", "data": 1e-3}', True),
        ('{"a": "' + "x" * 99 + '", "schema": "i\\u0067lu:", "data": "x"}', True),
        ('{"a": "' + "x" * 99 + '", "schema": "iglo:", "data": "1e-100"}', False),
        ("[1e-3]", False),
        ('["\\n"]', False),
    ],
)
def test_what_may_describe_itself(text: str, describes: bool) -> None:  # noqa: FBT001  # a column
    """That a document may hold self-describing data is told of each that does."""
    assert read(text.encode(), Limits()) == (json.loads(text), describes)


# Several texts.


@pytest.mark.parametrize(
    ("raws", "limits"),
    [
        ([], {}),
        ([b"1", b'"a"', b"[[]]"], {}),
        ([b"[[[]]]", b"1"], {"depth": 3}),
        ([b"123456789", b"12345678901234567"], {}),
        ([b"[1,", b"2]"], {}),
        ([b"1", b"\xff"], {}),
        ([b"1", b"[[[[]]]]", b"{"], {"depth": 3}),
        ([b"[]", b"[1e-400]", b"NaN"], {}),
        ([b'"x"', b"12345678901234567890123"], {}),
        ([b'"x"', b"1e-400"], {}),
        ([b"1", b"123456", b"{"], {"bytes": 5}),
        ([b"1", b'{"a": 1, "a": 2}'], {"duplicate_keys": False}),
        ([b"1", b'{"a": 1, "a": 2}'], {}),
        ([b'"\xc3\xa9"', b'"\\ud800"'], {}),
    ],
    ids=[
        "none",
        "valid",
        "deepest",
        "long-number-across",
        "value-across",
        "not-utf-8",
        "too-deep",
        "too-small",
        "too-long",
        "too-small-after-a-text",
        "too-large",
        "duplicate-refused",
        "duplicate",
        "surrogate",
    ],
)
def test_parse_all(raws: list[bytes], limits: dict[str, Any]) -> None:
    """Texts that are decoded together give what each gives by itself, or the first's refusal."""
    bounds = Limits(**limits)
    alone = [decode(raw, bounds) for raw in raws]
    refused = [violation for result in alone for violation in result]

    if not refused:
        assert parse_all(raws, bounds) == [result.payload for result in alone]
        return
    with pytest.raises(Refused) as caught:
        parse_all(raws, bounds)
    assert caught.value.violation == refused[0]


def test_parse_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts that are well, up to the limits, are not decoded one by one."""
    monkeypatch.setattr(documents, "parse", None)
    deepest = b"[" * 64 + b"]" * 64

    assert len(parse_all([deepest, b"1", b"e-400".join([b'"', b'"'])], Limits())) == 3


# Python objects.


def _shared(levels: int) -> list[Any]:
    graph: list[Any] = []
    for _ in range(levels):
        graph = [graph, graph]
    return graph


_CYCLE: list[Any] = []
_CYCLE.append({"self": _CYCLE})


class _Number(enum.IntEnum):
    ONE = 1


class _Text(enum.StrEnum):
    A = "a"


class _Equal(type):
    """A class of classes that are equal to every other, and have no name."""

    def __eq__(cls, other: object) -> bool:
        return True

    def __hash__(cls) -> int:
        return hash(str)

    @property
    def __name__(cls) -> str:
        message = "asked for a name"
        raise RuntimeError(message)


class _Hostile(metaclass=_Equal):
    """Says that it is a str."""


_NOT_JSON: list[Any] = [
    (),
    set(),
    b"a",
    1j,
    decimal.Decimal(1),
    dt.datetime.now(tz=dt.UTC),
    uuid.UUID(int=0),
    OrderedDict(),
    UserDict(),
    _Number.ONE,
    _Text.A,
    type("Int", (int,), {})(1),
    type("Float", (float,), {})(1),
    type("List", (list,), {})(),
    object(),
    object,
    ...,
    range(3),
]


@pytest.mark.parametrize("value", _NOT_JSON, ids=lambda value: type.__repr__(type(value)))
def test_not_json(value: Any) -> None:
    """Whatever is not of the very types of JSON is refused, at its place."""
    violation = _refusal({"a": [0, value]})

    assert (violation.code, violation.instance_location) == ("NotJSON", "/a/1")
    assert violation.message.startswith("a value of type ")


@pytest.mark.parametrize("hostile", [_Proxy, _Hostile], ids=["proxy", "class"])
def test_hostile_objects(hostile: Any) -> None:
    """An object that lies about its class, or raises at the question, is not asked."""
    with pytest.raises(WrongUse, match=f"not a value of type {hostile.__qualname__}"):
        decode(hostile())
    assert _refusal([hostile()]).code == "NotJSON"


@pytest.mark.parametrize(
    ("document", "code", "location"),
    [
        ({"a": {1: 2}}, "NotJSON", "/a"),
        ([{None: 2}], "NotJSON", "/0"),
        ({"a": {_Text.A: 2}}, "NotJSON", "/a"),
        ([float("nan")], "NotANumber", "/0"),
        ({"a/b": float("inf")}, "NotANumber", "/a~1b"),
        (float("-inf"), "NotANumber", ""),
        ([2**64 - 1, 2**64], "NumberOutOfRange", "/1"),
        ([-(2**63), -(2**63) - 1], "NumberOutOfRange", "/1"),
        ([10**5000], "NumberOutOfRange", "/0"),
        (["é", "\ud800"], "LoneSurrogate", "/1"),
        ({"a": {"\udfff": 1}}, "LoneSurrogate", "/a"),
        ([{}, 1, {"a": ["\ud800", object()]}, object()], "LoneSurrogate", "/2/a/0"),
    ],
    ids=[
        "name-that-is-a-number",
        "name-that-is-none",
        "name-of-a-subclass-of-str",
        "nan",
        "infinity",
        "negative-infinity",
        "65-bits",
        "65-bits-negative",
        "5,001-digits",
        "surrogate",
        "surrogate-in-a-name",
        "the-first-of-several",
    ],
)
def test_refused_objects(document: Any, code: str, location: str) -> None:
    """What is no JSON in a Python object is refused, at its place, the first of it first."""
    violation = _refusal(document)

    assert (violation.code, violation.instance_location) == (code, location)


def test_message_of_a_name_shows_no_value() -> None:
    """A name that is no text may be personal data: the message has its type alone."""
    assert _refusal({123456: 1}).message == "the names of an object are texts; one is of type int"


@pytest.mark.parametrize(
    "document", [_CYCLE, _nested(65), _nested(100_000, {})], ids=["cycle", "65", "100,000"]
)
def test_too_deep(document: Any) -> None:
    """A cycle and what nests too deep are refused at the first level too many."""
    violation = _refusal(document, location=10_000)

    assert violation.code == "TooDeep"
    assert violation.instance_location.count("/") == 64


def test_as_deep_as_the_limit() -> None:
    """A document of as many levels as the limit is admitted."""
    assert admit(_nested(64), Limits()) == 2 * 64 + 1


@pytest.mark.parametrize(
    "document",
    [
        _shared(63),
        [1] * 600_000,
        "x" * 1_000_000,
        "é" * 600_000,
        {str(number): 1 for number in range(200_000)},
        dict.fromkeys(range(500_001)),
        {"x" * 1_000_000: 1},
        ["\ud800" * 1_000_001],
    ],
    ids=[
        "shared-graph",
        "list",
        "text",
        "multibyte",
        "object",
        "object-too-large-for-its-names",
        "name",
        "text-too-large-for-its-characters",
    ],
)
def test_too_large(document: Any) -> None:
    """What would be too long a JSON text is refused, also where parts of it are one object."""
    violation = _refusal(document)

    assert (violation.code, violation.instance_location) == ("TooLarge", "")
    assert violation.message.startswith("a document may have 1,000,000 bytes of JSON text")


@pytest.mark.parametrize(
    "text",
    ["[]", "{}", "0", '""', "true", '"a"', "[1,2,3]", '{"a":1,"b":{"c":[1]}}', '["é",{"é":null}]'],
)
def test_size(text: str) -> None:
    """The size of an object is that of its shortest JSON text."""
    assert admit(json.loads(text), Limits()) == len(text.encode())


def test_size_of_a_decimal() -> None:
    """A decimal counts as the shortest number: how it would be written is not known."""
    assert admit([0.1, 1e300, -1.0], Limits()) == len("[1,1,1]")


def test_size_at_the_limit() -> None:
    """An object of as many bytes as the limit is admitted; one byte more is not."""
    document = ["x" * 5, 1]

    assert admit(document, Limits(bytes=11)) == 11
    assert _refusal(document, bytes=10).code == "TooLarge"


def test_locations_of_objects_are_bounded() -> None:
    """The place of what is refused is no longer than the limits say, and neither is the message."""
    violation = _refusal({"a": {"long name": object()}}, location=5, message=40)

    assert (violation.instance_location, len(violation.message)) == ("/a", 40)


# What a document is made of.


@pytest.mark.parametrize(
    ("document", "values", "depth"),
    [
        (1, 1, 0),
        ("abc", 1, 0),
        ([], 1, 1),
        ({}, 1, 1),
        ([1, 2, 3], 4, 1),
        ({"a": [1, {"b": []}], "c": 2}, 6, 4),
    ],
)
def test_measure(document: Any, values: int, depth: int) -> None:
    """The values of a document are counted, itself among them, and the levels of containers."""
    assert measure(document) == (values, depth)


# Many threads, small stacks.


def test_threads_share_nothing() -> None:
    """Threads that decode at the same time get their own documents."""
    found: dict[int, Any] = {}

    def run(number: int) -> None:
        found[number] = [decode(b"[%d]" % number, Limits(depth=number)).payload for _ in range(50)]

    threads = [threading.Thread(target=run, args=(number,)) for number in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == {number: [[number]] * 50 for number in range(1, 9)}


# CPython 3.13.0 itself crashes when it frees a dict of 10,000 levels on such a stack, so objects
# are made before, and the process left without freeing them.
_ON_A_SMALL_STACK = """
import os
import threading
from validator import documents, Limits

LEVELS = (1_000, 1_024, 1_025, 100_000)

def nested(levels, nest):
    document = 1
    for _ in range(levels):
        document = nest(document)
    return document

NESTS = (lambda inner: [inner], lambda inner: {"a": inner})
OBJECTS = {levels: [nested(levels, nest) for nest in NESTS] for levels in LEVELS}

def codes():
    for limits in (Limits(), Limits(depth=250)):
        for levels in LEVELS:
            for opening, closing in ((b"[", b"]"), (b'{"a":', b"}")):
                raw = opening * levels + b"1" + closing * levels
                yield documents.decode(raw, limits).violations[0].code
                yield documents.decode(raw[:-1], limits).violations[0].code
            for document in OBJECTS[levels]:
                try:
                    yield documents.admit(document, limits)
                except documents.Refused as refused:
                    yield refused.violation.code

threading.stack_size(512 * 1024)
thread = threading.Thread(target=lambda: print(*sorted(set(codes())), flush=True))
thread.start()
thread.join()
os._exit(0)
"""


def test_small_stack() -> None:
    """On a stack of 512 kB nothing that nests crashes: bytes, broken bytes, objects."""
    run = subprocess.run(
        [sys.executable, "-c", _ON_A_SMALL_STACK], capture_output=True, text=True, check=False
    )

    assert (run.returncode, run.stdout, run.stderr) == (0, "TooDeep\n", "")
