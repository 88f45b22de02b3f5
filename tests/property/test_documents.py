"""Documents: decoding and admission against oracles, and against anything there is."""

import json
import math
import re
from typing import Any

import orjson
from hypothesis import example, given
from hypothesis import strategies as st

from validator import scanner
from validator.documents import Refused, admit, decode, measure, parse, parse_all, read
from validator.limits import Limits
from validator.results import Path, Result, Violation
from validator.self_describing import SelfDescribingData

_STRICT = Limits(duplicate_keys=False)
_CODES = {
    "ByteOrderMark",
    "DuplicateKey",
    "LoneSurrogate",
    "NotANumber",
    "NotJSON",
    "NotUTF8",
    "NumberOutOfRange",
    "TooDeep",
    "TooLarge",
}
_NAMES = st.sampled_from(["a", "b", "", "é", "a/b", "~", '"', "\n"]) | st.text(max_size=3)
_FLOATS = st.floats(allow_nan=False, allow_infinity=False)
_SCALARS = (
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | _FLOATS | st.text(max_size=5)
)
_JSON = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_NAMES, inner, max_size=4),
    max_leaves=12,
)
#: What JSON texts and their breaches are made of.
_PIECES = st.lists(
    st.sampled_from([*'[]{},:"\\ \n01-+.eé😀\ufeff', "[]", "{}", "\r\n", "e-", "true", "null"])
    | st.sampled_from(["\\u", "d83d", "\\ud83d", "\\udc00", "\\u0041", "NaN", "-Infinity"])
    | st.sampled_from(["9223372036854775808", "18446744073709551616", "1e400", "1e-400"]),
    max_size=12,
).map("".join)


@st.composite
def _spelled(draw: st.DrawFn, value: Any) -> str:
    """Spell a value in one of the ways that JSON allows."""
    space = draw(st.sampled_from(["", " ", "\n", "\r\n ", "\t"]))
    text = json.dumps(
        value,
        ensure_ascii=draw(st.booleans()),
        indent=draw(st.none() | st.integers(0, 2)),
        separators=(f"{space},{space}", f"{space}:{space}"),
    )
    return f"{space}{text}{space}"


_TEXTS = _JSON.flatmap(_spelled)


def _no_constant(text: str) -> Any:
    raise ValueError(text)


def _oracle(raw: bytes) -> Any:
    """Read as the standard library does, less what it allows beyond RFC 8259."""
    value = json.loads(raw.decode(), parse_constant=_no_constant)
    json.dumps(value, ensure_ascii=False).encode()  # no half of a surrogate pair
    return value


#: What becomes zero in the standard library's hands, though it is none.
_UNDERFLOW = re.compile(rb"[1-9][0-9]*[eE]-[0-9]{3}")


def _has_long_number(value: Any) -> bool:
    """Whether the standard library keeps a number that other parsers bend, or bends one itself."""
    if isinstance(value, dict | list):
        return any(map(_has_long_number, value.values() if isinstance(value, dict) else value))
    if type(value) is int:
        return not -(2**63) <= value < 2**64
    return type(value) is float and not math.isfinite(value)


@given(_TEXTS)
def test_decodes_every_spelling(text: str) -> None:
    """`decode(bytes)`: strict RFC 8259 within `Limits`: JSON is what json.loads makes of it."""
    result = decode(text.encode(), _STRICT)

    assert list(result) == []
    assert orjson.dumps(result.payload) == orjson.dumps(json.loads(text))


@given(_PIECES.map(str.encode) | st.binary(max_size=20))
@example(b"[1e-400]")
@example(b"9223372036854775808e-9223372036854775808")
@example(b"-0")
def test_agrees_with_the_standard_library(raw: bytes) -> None:
    """`decode(bytes)`: strict RFC 8259 within `Limits`: what json.loads refuses is refused."""
    result = decode(raw)
    try:
        value = _oracle(raw)
    except ValueError:
        assert not result
        return

    faithful = result.violations == () and result.payload == value
    bent = [each.code for each in result.violations] == ["NumberOutOfRange"]
    assert faithful or (bent and (_has_long_number(value) or _UNDERFLOW.search(raw)))


@given(_PIECES.map(str.encode) | st.binary() | _TEXTS.map(str.encode), st.booleans())
def test_any_bytes(raw: bytes, repeats: bool) -> None:  # noqa: FBT001  # hypothesis draws it
    """For any bytes, public calls return a `Result`: at most one violation, with code and place."""
    result = decode(raw, Limits(depth=3, bytes=40, duplicate_keys=repeats))

    assert type(result) is Result
    assert len(result.violations) <= 1
    for violation in result.violations:
        assert violation.code in _CODES
        assert violation.position is not None
        before = raw[: violation.position.offset]
        assert violation.position.line == before.count(b"\n") + 1
        last_line = before.rpartition(b"\n")[2].decode(errors="surrogateescape")
        assert violation.position.column == len(last_line) + 1


@given(_TEXTS, st.data())
def test_positions(text: str, data: st.DataObject) -> None:
    """Each violation is told with byte offset, line and column: here those of a broken place."""
    at = data.draw(st.integers(0, len(text)))
    raw = text[:at].encode() + b"\xff" + text[at:].encode()

    (violation,) = decode(raw).violations

    before = text[:at]
    assert violation.code == "NotUTF8"
    assert violation.position == scanner.Position(
        len(before.encode()), before.count("\n") + 1, at - before.rfind("\n")
    )


def _values(value: Any, path: Path = ()) -> dict[Path, Any]:
    """Give every value in a document by its path."""
    found = {path: value}
    if isinstance(value, dict | list):
        for step, member in value.items() if isinstance(value, dict) else enumerate(value):
            found |= _values(member, (*path, step))
    return found


@given(_TEXTS)
def test_locates_every_value(text: str) -> None:
    """Line and column of a JSON Pointer, from the source text: there the value can be read."""
    values = _values(json.loads(text))

    found = scanner.locate(text, values)

    read = {path: json.JSONDecoder().raw_decode(text, at.start)[0] for path, at in found.items()}
    assert read == values


@given(_TEXTS, st.lists(st.lists(_NAMES | st.integers(0, 3), max_size=4).map(tuple), max_size=4))
def test_locates_what_is_not_there(text: str, paths: list[Path]) -> None:
    """A path that leads nowhere gets the place of the last value on its way that exists."""
    values = _values(json.loads(text))

    found = scanner.locate(text, paths)

    for path in paths:
        way = [path[:length] for length in range(len(path) + 1)]
        there = max((each for each in way if each in values), key=len)
        assert found[path].start == scanner.locate(text, [there])[there].start


@st.composite
def _repetitive(draw: st.DrawFn, depth: int = 0) -> tuple[str, bool]:
    """Draw an object's text with names that may stand twice, and whether one does."""
    names = draw(st.lists(st.sampled_from(["a", "b", "\\u0061", "é"]), max_size=4))
    repeats = len({name.replace("\\u0061", "a") for name in names}) < len(names)
    members = []
    for name in names:
        inner, inner_repeats = draw(_repetitive(depth + 1)) if depth < 2 else ("1", False)
        members.append(f'"{name}": {draw(st.sampled_from([inner, f"[{inner}]", f"[0, {inner}]"]))}')
        repeats = repeats or inner_repeats
    return f"{{{', '.join(members)}}}", repeats


@given(_repetitive())
def test_repeated_names(drawn: tuple[str, bool]) -> None:
    """A duplicate key where refused is a violation; elsewhere the last one wins."""
    text, repeats = drawn

    codes = [each.code for each in decode(text.encode(), _STRICT)]

    assert codes == ["DuplicateKey"] * repeats
    assert decode(text.encode()).payload == json.loads(text)


@given(st.integers(-(2**80), 2**80))
def test_integers_keep_their_value(number: int) -> None:
    """Numbers keep their value: an integer past 64 bits is refused when decoded."""
    for found in (decode(str(number).encode()), decode(b'{"a": [%d]}' % number)):
        if -(2**63) <= number < 2**64:
            assert found.payload in (number, {"a": [number]})
        else:
            assert [each.code for each in found] == ["NumberOutOfRange"]


@given(st.from_regex(r"-?(0|[1-9][0-9]{0,25})(\.[0-9]{1,30})?[eE][+-]?[0-9]{1,4}", fullmatch=True))
def test_decimals_keep_their_size(text: str) -> None:
    """Numbers keep their value: one that overflows or becomes zero is refused when decoded."""
    is_zero = not text.lower().partition("e")[0].strip("-0.")
    bent = math.isinf(float(text)) or (float(text) == 0 and not is_zero)

    result = decode(text.encode())

    assert [each.code for each in result] == ["NumberOutOfRange"] * bent
    assert bent or result.payload == float(text)


#: Numbers that a parser would bend, those that it just keeps, and texts that look like either.
_BENT = ["1e-400", "1E-400", "-1e-400", "0.01e-400", "12345678901234567890123", "1.5E-0400"]
_KEPT = ["0", "-1", "1e-300", "1E-3", "0e-400", "-0.0E-999", "18446744073709551615", "1.0e+300"]
_HEX = st.text("0123456789e", min_size=8, max_size=8)
_UUID_TEXTS = st.uuids().map(str) | st.tuples(_HEX, _HEX).map(
    lambda pair: f"{pair[0]}-{pair[1][:4]}-{pair[1][4:]}-{pair[1]}"
)
_LOOK_ALIKE = [*_BENT, "id: 1e-400", "e-400", "0.1e-400,", '\\"1e-400', "iglu:1e-400", "x-1e-400"]
_NUMBER_FREE = (_UUID_TEXTS | st.sampled_from(_LOOK_ALIKE)).map(lambda text: f'"{text}"')
_OBJECTS_OF = {"spaced": '{{"{}" : {}, "{}":\n{}}}', "tight": '{{"{}":{},"{}":{}}}'}


def _texts_of(leaves: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Spell values with these leaves; no name stands twice in an object."""

    def containers(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        separator = st.sampled_from([",", ", ", ",\n", "\t,"])
        arrays = st.tuples(separator, st.lists(inner, max_size=3))
        pair = st.tuples(_UUID_TEXTS, inner, st.sampled_from(["1e-400", "iglu:"]), inner)
        form = st.sampled_from(sorted(_OBJECTS_OF.values()))
        return arrays.map(lambda drawn: f"[{drawn[0].join(drawn[1])}]") | st.tuples(form, pair).map(
            lambda drawn: drawn[0].format(*drawn[1])
        )

    return st.recursive(leaves, containers, max_leaves=8)


_AROUND = st.sampled_from(
    [
        "{}",
        " {}",
        "[{}]",
        '{{"a": {}}}',
        '{{"schema": "iglu:a/b/jsonschema/1-0-0", "data": {}}}',
        '{{"data": {}, "schema": "iglu:a/b/jsonschema/1-0-0"}}',
        '["f81d4fae-7dec-1e-4000-a765", "iglu:", {}]',
    ]
)


_KEPT_TEXTS = _texts_of(_NUMBER_FREE | st.sampled_from(_KEPT))


@given(_AROUND, _KEPT_TEXTS, st.sampled_from(_BENT), _KEPT_TEXTS)
def test_no_number_is_bent_in_any_place(around: str, before: str, bent: str, after: str) -> None:
    """Numbers keep their value: one that would not is refused, wherever in whatever it stands."""
    text = around.format(f"[{before},{bent},{after}]")

    (violation,) = decode(text.encode()).violations

    assert violation.code == "NumberOutOfRange"
    assert violation.position == scanner.position(
        text, text.index(f"{before},{bent}") + len(before) + 1
    )
    assert list(decode(around.format(f"[{before},{after}]").encode())) == []


@given(_AROUND, _texts_of(_NUMBER_FREE | st.sampled_from([*_KEPT, *_BENT])))
def test_the_fast_way_and_the_slow_way_agree(around: str, inner: str) -> None:
    """A text is refused if the walk over all of its numbers finds one that would be bent."""
    text = around.format(inner)
    found = scanner.unfaithful_number(text)

    result = decode(text.encode())

    assert [each.code for each in result] == ["NumberOutOfRange"] * (found is not None)
    if found:
        (violation,) = result.violations
        assert violation.position == scanner.position(text, found[0])


@given(st.integers(0, 450), st.integers(0, 450), st.sampled_from([*_KEPT, *_BENT]))
def test_a_long_number_is_no_way_around(spaces: int, digits: int, exponent: str) -> None:
    """However far before its exponent a number begins, it is looked at."""
    text = f"[{' ' * spaces}0.{'1' * digits}{exponent.lstrip('-').replace('.', '')}]"
    if "e" in text.lower():
        bent = float(text[1:-1]) == 0 and "1" in text.lower().partition("e")[0]
        assert [each.code for each in decode(text.encode())] == ["NumberOutOfRange"] * bent


def _one_by_one(raws: list[bytes], limits: Limits) -> list[Any] | Violation:
    try:
        return [parse(raw, limits) for raw in raws]
    except Refused as refused:
        return refused.violation


def _all_at_once(raws: list[bytes], limits: Limits) -> list[Any] | Violation:
    try:
        return parse_all(raws, limits)
    except Refused as refused:
        return refused.violation


@given(
    st.lists(_PIECES.map(str.encode) | st.binary(max_size=9) | _TEXTS.map(str.encode), max_size=5),
    st.booleans(),
)
@example([b"[[[]]]", b"[[[[]]]]"], True)  # noqa: FBT003  # hypothesis draws it
@example([b"1", b"e-400", b"1e-40", b"0"], True)  # noqa: FBT003  # likewise
@example([b"123456789", b"123456789", b"1234567890123456789"], True)  # noqa: FBT003  # likewise
@example([b'{"a": 1, "a": 2}'], False)  # noqa: FBT003  # likewise
def test_all_at_once(raws: list[bytes], repeats: bool) -> None:  # noqa: FBT001  # hypothesis draws it
    """Texts that are decoded together are what each is by itself, refusals and all."""
    limits = Limits(depth=3, bytes=40, duplicate_keys=repeats)

    assert repr(_all_at_once(raws, limits)) == repr(_one_by_one(raws, limits))


# Python objects.


class _Dict(dict[str, Any]):
    """A subclass, which may do anything when it is read."""


_ANYTHING = st.recursive(
    _SCALARS
    | st.integers()
    | st.floats()
    | st.sampled_from([10**4000, "\ud800", b"a", (), object(), _Dict(), {1: 2}, {"\udfff": 1}])
    | st.binary()
    | st.decimals()
    | st.datetimes()
    | st.uuids(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(_NAMES | st.integers() | st.none(), inner, max_size=3)
        | st.tuples(inner)
        | st.dictionaries(_NAMES, inner, max_size=3)
    ),
    max_leaves=10,
)


def _is_json(value: Any) -> bool:
    """Whether it is JSON, by its types and by what the standard library writes of it."""
    if type(value) is dict:
        return all(type(name) is str for name in value) and _is_json([*value, *value.values()])
    if type(value) is list:
        return all(map(_is_json, value))
    if type(value) is str:
        return value.encode(errors="replace").decode() == value
    if type(value) is int:
        return -(2**63) <= value < 2**64
    return type(value) is bool or value is None or (type(value) is float and math.isfinite(value))


def _admitted(document: Any, **limits: int) -> int | str:
    """Give the size of what is admitted, the code of what is refused."""
    try:
        return admit(document, Limits(**limits))
    except Refused as refused:
        return refused.violation.code


@given(_ANYTHING)
def test_any_object(document: Any) -> None:
    """For any Python object a size or a refusal: what is JSON is admitted, and nothing else."""
    admitted = _admitted(document)

    assert type(admitted) is int or admitted in _CODES
    assert (type(admitted) is int) == _is_json(document)


@given(_JSON, st.integers(1, 60))
def test_size(document: Any, most: int) -> None:
    """A Python object is measured as the JSON text it would be: never longer than that."""
    size = _admitted(document, bytes=most)

    if size == "TooLarge":
        assert len(orjson.dumps(document)) > most
    else:
        assert measure(document)[0] <= int(size) <= min(most, len(orjson.dumps(document)))


@st.composite
def _graphs(draw: st.DrawFn) -> Any:
    """Draw containers that hold each other: shared, and in cycles."""
    nodes: list[Any] = [draw(st.sampled_from([list, dict]))() for _ in range(4)]
    for node in nodes:
        for number in range(draw(st.integers(0, 3))):
            member = nodes[draw(st.integers(0, 3))] if draw(st.booleans()) else number
            if type(node) is list:
                node.append(member)
            else:
                node[str(number)] = member
    return nodes[0]


@given(_graphs())
def test_any_graph(document: Any) -> None:
    """For any Python object a size or a refusal: also where it holds itself, in bounded time."""
    try:
        json.dumps(document)
        holds_itself = False
    except ValueError:
        holds_itself = True

    admitted = _admitted(document, depth=20, bytes=2_000)

    assert admitted in {"TooLarge", "TooDeep"} or (type(admitted) is int and not holds_itself)


@given(_JSON, st.integers(1, 5))
def test_depth_however_it_arrives(document: Any, depth: int) -> None:
    """No engine is given an instance deeper than the limit, however it arrived."""
    too_deep = measure(document)[1] > depth

    codes = [violation.code for violation in decode(orjson.dumps(document), Limits(depth=depth))]

    assert codes == ["TooDeep"] * too_deep
    assert (_admitted(document, depth=depth) == "TooDeep") is too_deep


@given(_JSON, st.lists(st.booleans(), min_size=5, max_size=5))
def test_what_describes_itself_is_never_overlooked(value: Any, escaped: list[bool]) -> None:
    """Self-describing data "is checked by the schema it names", however it is spelled."""
    scheme = "".join(
        f"\\u{ord(letter):04x}" if escape else letter
        for letter, escape in zip("iglu:", escaped, strict=True)
    )
    named = '{"schema": "' + scheme + 'a/b/jsonschema/1-0-0", "data": 1}'
    text = '{"a": ' + orjson.dumps(value).decode() + ', "b": ' + named + "}"
    document, describes = read(text.encode(), Limits())
    assert SelfDescribingData.names_a_schema(document["b"])
    assert describes
