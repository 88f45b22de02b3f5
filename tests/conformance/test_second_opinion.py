"""The two engines on all that is at hand: fixtures, captures, and documents around Iglu Central.

Both give one verdict, and the same violations though maybe in another order; where they are known
not to, a test of that name shows it. A difference that is gone fails here, too.
"""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from opinions import in_no_order
from validator import Cached, Directory, InvalidSchema, Packaged, Registry, Result, Validator
from validator.dialects import DIALECTS
from validator.violations import Violation

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures"
IGLU_CENTRAL = ROOT.parent / "shared" / "corpora" / "iglu-central"
#: Every so many schemas of Iglu Central are tried, and with so many documents each. With 1 and 60,
#: all of them are: that takes half a minute.
EVERY = 6
DOCUMENTS = 60


# Both engines.


def engines(registry: Registry | None = None, **options: Any) -> tuple[Validator, Validator]:
    """Give a validator for each engine."""
    return (
        Validator(registry=registry, **options),
        Validator(registry=registry, engine="jsonschema", **options),
    )


def outcome(result: Result) -> Any:
    """Give all that a result says but the order of its violations."""
    entries = [entry.location for entry in result.entries if not entry]
    violations = Counter(map(in_no_order, result))
    return violations, result.truncated, result.unresolved, result.validation_info, entries


def cause(document: Any, first: Result, second: Result) -> str | None:
    """Name the known difference that explains why two results differ; None where none does."""
    found, others = (Counter(map(in_no_order, each)) for each in (first, second))
    less, more = found - others, others - found
    if {each.keyword for each in more} == {"multipleOf"} and not less:
        return "multipleOf"
    if any(text.endswith("\n") for text in texts(document)) and not more:
        return "line break"
    return None


def texts(value: Any) -> Iterator[str]:
    """Give all texts and names in a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, dict):
        yield from value
        yield from texts(list(value.values()))


LOCAL = Registry(Cached(Packaged()), Cached(Directory(FIXTURES / "registry")))
FIRST, SECOND = engines(LOCAL)

# Fixtures and captures.

SUITES = sorted(FIXTURES.glob("*.*/*/*-*-*.json"))
PAYLOADS = sorted((FIXTURES / "payloads").glob("*/*.*json"))
CAPTURES = (FIXTURES / "snowplow" / "captures.ndjson").read_bytes().splitlines()


@pytest.mark.parametrize("file", SUITES, ids=lambda file: file.relative_to(FIXTURES).as_posix())
def test_suites(file: Path) -> None:
    """Both say the same of each document of a suite, but for line breaks that end a text."""
    suite = json.loads(file.read_bytes())
    for case in suite["tests"]:
        document = json.dumps(case["data"]).encode()
        first, second = (each.validate(document, suite["schema"]) for each in (FIRST, SECOND))
        if outcome(first) != outcome(second):
            assert cause(case["data"], first, second) == "line break", case["description"]


@pytest.mark.parametrize("file", PAYLOADS, ids=lambda file: file.relative_to(FIXTURES).as_posix())
def test_payloads(file: Path) -> None:
    """Both say the same of each payload, as it came and normalized."""
    raw = file.read_bytes()
    for each in raw.splitlines() if file.suffix == ".ndjson" else [raw]:
        assert outcome(FIRST.validate(each)) == outcome(SECOND.validate(each))
        assert outcome(FIRST.check(each)) == outcome(SECOND.check(each))


def test_captures() -> None:
    """Both say the same of each request that Snowplow's tracker was seen to send."""
    assert CAPTURES
    for line in CAPTURES:
        capture = json.loads(line)
        raw = capture["raw"]
        first, second = (
            outcome(
                each.check(raw.encode()) if capture["method"] == "POST" else each.check_query(raw)
            )
            for each in (FIRST, SECOND)
        )
        assert first == second, capture["case"]


# Documents around Iglu Central's schemas.

TEXTS = [
    *("", "a", "a text", "a" * 300, "\U0001f600", "1", "-1.5", "null", "a\n", "\u0661\u0662"),
    *("2024-02-29", "2024-02-30", "2024-2-9", "2024-02-29\n", "23:59:60Z", "12:30:00"),
    *("2024-02-29T23:59:59Z", "2024-02-29T23:59:60Z", "2016-12-31T23:59:60Z", "2024-02-29 23:59Z"),
    *("f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "f81d4fae7dec11d0a76500a0c91e6bf6"),
    *("http://acme.example/a?b=c#d", "acme.example", "http://acme.example/ü", "http:// b", "a:b"),
    *("me@acme.example", "me@", "@", "a@b@c", "192.168.0.1", "192.168.0.256", "01.2.3.4", "::1"),
    *("::g", "fe80::1%eth0", "iglu:com.acme/user/jsonschema/1-0-0", "EUR", "en-GB", "#ffffff"),
]
PLAIN: list[Any] = [
    *(None, True, False, 0, 1, -1, 1.0, 1.5, 19.99, 1.1, 0.07, 2**31, 2**63 - 1, 1e300),
    *([], [None], ["a", "a"], [1, 1.0, True], [{}, {}], {}, {"a": 1}, {"": None}),
]


def sample(schema: Any, depth: int = 0) -> Any:
    """Give a value near to what a schema takes, with the names that it knows."""
    if not isinstance(schema, dict) or depth > 8 or "enum" in schema:
        return schema["enum"][0] if isinstance(schema, dict) and "enum" in schema else None
    for keyword in ("allOf", "anyOf", "oneOf"):
        if "type" not in schema and keyword in schema:
            return sample(schema[keyword][0], depth + 1)
    kind = schema.get("type", "object" if "properties" in schema else "string")
    if isinstance(kind, list):
        kind = next((each for each in kind if each != "null"), "null")
    if kind == "object":
        known = schema.get("properties", {})
        return {name: sample(each, depth + 1) for name, each in known.items()}
    if kind == "array":
        items = schema.get("items", {})
        if isinstance(items, list):
            return [sample(each, depth + 1) for each in items]
        return [sample(items, depth + 1)] * max(schema.get("minItems", 1), 1)
    number = schema.get("minimum", schema.get("maximum", 1))
    plain = {"integer": number, "number": number, "boolean": True, "null": None}
    return plain[kind] if kind in plain else text(schema)


def text(schema: dict[str, Any]) -> str:
    """Give a text near to what a schema takes."""
    formats = {"date": TEXTS[10], "date-time": TEXTS[16], "uuid": TEXTS[20], "uri": TEXTS[22]}
    formats |= {"email": TEXTS[27], "ipv4": TEXTS[31], "ipv6": TEXTS[34], "time": TEXTS[14]}
    return formats.get(schema.get("format", ""), "a").ljust(
        min(schema.get("minLength", 0), 300), "a"
    )


def bounds(schema: dict[str, Any]) -> Iterator[Any]:
    """Give values around the bounds of a schema that are its own."""
    for member in schema.get("enum", [])[:3]:
        yield from (member, [member], f"{member}\n", str(member).upper())
    for keyword in ("minimum", "maximum", "multipleOf"):
        if keyword in schema:
            yield from (schema[keyword] + step for step in (-1, -0.5, 0, 0.01, 0.5, 1))
    for keyword in ("minLength", "maxLength"):
        if keyword in schema:
            lengths = range(max(schema[keyword] - 1, 0), schema[keyword] + 2)
            yield from ("a" * min(length, 70_000) for length in lengths)
    for keyword in ("minItems", "maxItems"):
        if keyword in schema:
            counts = range(max(schema[keyword] - 1, 0), min(schema[keyword], 300) + 2)
            yield from ([sample(schema.get("items", {}))] * count for count in counts)


def places(schema: Any, document: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, Any]]:
    """Give each place of a document that a subschema is about, and the subschema."""
    if not isinstance(schema, dict) or len(at) > 8:
        return
    yield at, schema
    for keyword in ("allOf", "anyOf", "oneOf"):
        for each in schema.get(keyword, ()):
            yield from places(each, document, at)
    if isinstance(document, dict):
        for name, each in schema.get("properties", {}).items():
            if name in document:
                yield from places(each, document[name], (*at, name))
    if isinstance(document, list) and document and isinstance(schema.get("items"), dict):
        yield from places(schema["items"], document[0], (*at, 0))


def put(document: Any, at: tuple[Any, ...], value: Any) -> Any:
    """Give a document with another value at a place."""
    if not at:
        return value
    changed = copy.deepcopy(document)
    inner = changed
    for step in at[:-1]:
        inner = inner[step]
    inner[at[-1]] = value
    return changed


def around(schema: dict[str, Any]) -> list[Any]:
    """Give documents around a schema: one that fits, and others that are changed in a place."""
    full = sample(schema)
    documents = [full, {}]
    for at, inner in places(schema, full):
        values = [*bounds(inner), *PLAIN, *TEXTS]
        documents += [put(full, at, value) for value in values]
        own = sample(inner)
        if isinstance(own, dict):
            names = list(own)
            documents += [put(full, at, {**own, name: 1}) for name in ("unknown", "")]
            for name in names:
                kept = {each: own[each] for each in names if each != name}
                documents.append(put(full, at, kept))
    return documents


def drawn(documents: list[Any], number: int, seed: int) -> list[Any]:
    """Give so many of the documents, the first of all and others evenly spread."""
    rest = documents[1:]
    step = max(len(rest) // number, 1)
    return [documents[0], *rest[seed % step :: step][: number - 1]]


@pytest.mark.shared
def test_around_iglu_central() -> None:
    """Both say the same of documents around the bounds of Iglu Central's schemas.

    Where they do not, a difference that is known explains it.
    """
    if not IGLU_CENTRAL.is_dir():
        pytest.skip("Iglu Central's schemas are not here")
    differences, tried, refused = differences_around(EVERY, DOCUMENTS)

    assert [each for each in differences if each[0] is None] == []
    assert len(differences) < sum(tried.values()) / 1_000
    assert tried["valid"] > tried["schemas"]
    assert tried["invalid"] > tried["schemas"]
    assert set(refused) <= {"iglu:com.snowplowanalytics.sauna.commands/command/jsonschema/1-0-0"}


def differences_around(
    every: int, number: int
) -> tuple[list[tuple[str | None, str, Any]], Counter[str], list[str]]:
    """Give what the engines do not agree on and why, what was tried, and the schemas refused."""
    registry = Registry(Cached(Directory(IGLU_CENTRAL)))
    both = engines(registry)
    differences: list[tuple[str | None, str, Any]] = []
    tried, refused = Counter[str](), []
    keys = [key for key in registry.keys() if key.format == "jsonschema"]  # noqa: SIM118  # no dict
    for position, key in enumerate(keys):
        if position % every:
            continue
        schema = orjson.loads((IGLU_CENTRAL / key.path).read_bytes())
        try:
            for each in both:
                each.compile(key)
        except InvalidSchema:
            refused.append(str(key))
            continue
        tried["schemas"] += 1
        for document in drawn(around(schema), number, position):
            raw = orjson.dumps(document)
            first, second = (each.validate(raw, key) for each in both)
            tried["valid" if first else "invalid"] += 1
            if outcome(first) != outcome(second):
                differences.append((cause(document, first, second), str(key), document))
    return differences, tried, refused


# What they are known to differ in: what each tells, as keywords.

VERDICTS: dict[str, tuple[str, dict[str, Any], Any, set[str], set[str]]] = {
    # Regular expressions: those of ECMA 262, and those of Python.
    "line break": ("2020-12", {"pattern": "^abc$"}, "abc\n", {"pattern"}, set()),
    "digits of others": ("2020-12", {"pattern": r"^\d+$"}, "\u0661", {"pattern"}, set()),
    "letters of others": ("2020-12", {"pattern": r"^\w+$"}, "\u00e9", {"pattern"}, set()),
    "byte order mark": ("2020-12", {"pattern": r"^\s$"}, "\ufeff", set(), {"pattern"}),
    "separators": ("2020-12", {"pattern": r"^\s$"}, "\x1c", {"pattern"}, set()),
    # Numbers: jsonschema divides floats, and compares integers with them.
    "multipleOf": ("2020-12", {"multipleOf": 0.01}, 19.99, set(), {"multipleOf"}),
    "multipleOf of what is large": ("2020-12", {"multipleOf": 3}, 1e300, {"multipleOf"}, set()),
    "const past 63 bits": ("2020-12", {"const": 2**63}, 2.0**63, {"const"}, set()),
    "uniqueItems past 63 bits": (
        *("2020-12", {"uniqueItems": True}, [2**63, 2.0**63]),
        *(set(), {"uniqueItems"}),
    ),
    # Formats: an 0000 makes no year, and more may follow a UUID.
    "year 0000": ("2020-12", {"format": "date"}, "0000-01-01", set(), {"format"}),
    "uuid": (
        *("2020-12", {"format": "uuid"}, "f81d4fae-7dec-11d0-a765-00a0c91e6bf6-"),
        *({"format"}, set()),
    ),
    # What else jsonschema overlooks.
    "empty pattern": (
        *("2020-12", {"patternProperties": {"": {}}, "additionalProperties": False}, {"a": 1}),
        *(set(), {"additionalProperties"}),
    ),
    "unevaluatedProperties beside additionalProperties": (
        "2019-09",
        {"additionalProperties": {"type": "string"}, "unevaluatedProperties": False},
        {"a": ""},
        set(),
        {"unevaluatedProperties"},
    ),
    "unevaluatedProperties beside what fails": (
        "2020-12",
        {"additionalProperties": False, "unevaluatedProperties": False},
        {"a": 1},
        {"additionalProperties"},
        {"additionalProperties", "unevaluatedProperties"},
    ),
    "unevaluatedProperties beside oneOf": (
        "2020-12",
        {"unevaluatedProperties": False, "oneOf": [{"properties": {"a": True}}] * 2},
        {"a": 1},
        {"oneOf", "unevaluatedProperties"},
        {"oneOf"},
    ),
    "unevaluatedItems beside oneOf": (
        "2020-12",
        {"unevaluatedItems": False, "oneOf": [{"prefixItems": [True]}] * 2},
        [1],
        {"oneOf", "unevaluatedItems"},
        {"oneOf"},
    ),
}

#: What was a difference, before jsonschema-rs was asked of formats that jsonschema does not know,
#: or of which it checks a part or something else.
GONE: dict[str, tuple[str, dict[str, Any], Any, set[str]]] = {
    "leap second": ("2020-12", {"format": "date-time"}, "2016-12-31T23:59:60Z", set()),
    "no leap second": ("2020-12", {"format": "date-time"}, "2016-12-30T12:00:60Z", {"format"}),
    "date in draft-04": ("draft-04", {"format": "date"}, "2024-02-30", {"format"}),
    "uri": ("2020-12", {"format": "uri"}, "http://acme.example/\u00fc", {"format"}),
    "uuid in draft-04": ("draft-04", {"format": "uuid"}, "f81d4fae7dec", {"format"}),
    "email": ("2020-12", {"format": "email"}, "@", {"format"}),
    "idn-email": ("2020-12", {"format": "idn-email"}, "a@b@c", {"format"}),
    "format regex": ("draft-07", {"format": "regex"}, r"\p{L}", set()),
    "format regex of Python": ("draft-07", {"format": "regex"}, r"a\Z", {"format"}),
    "content in draft-07": (
        *("draft-07", {"contentEncoding": "base64"}, "{"),
        {"contentEncoding"},
    ),
    "dependencies in 2020-12": (
        "2020-12",
        {"dependencies": {"a": ["b"]}},
        {"a": 1},
        {"dependencies"},
    ),
}


def told(dialect: str, schema: Any, document: Any) -> tuple[list[Violation], list[Violation]]:
    """Give what each engine says."""
    named = {"$schema": DIALECTS[dialect].uri, **schema}
    raw = json.dumps(document).encode()
    first, second = (list(each.validate(raw, named)) for each in (FIRST, SECOND))
    return first, second


def keywords(violations: list[Violation]) -> set[str | None]:
    """Give the keywords that are broken."""
    return {each.keyword for each in violations}


@pytest.mark.parametrize("name", VERDICTS)
def test_known_difference(name: str) -> None:
    """This is a known difference: one finds something that the other does not."""
    dialect, schema, document, *expected = VERDICTS[name]
    assert list(map(keywords, told(dialect, schema, document))) == expected


@pytest.mark.parametrize("name", GONE)
def test_no_difference(name: str) -> None:
    """This is no difference: jsonschema alone would see it in another way."""
    dialect, schema, document, expected = GONE[name]
    assert list(map(keywords, told(dialect, schema, document))) == [expected] * 2


#: What was a difference of places, before those of jsonschema-rs were mended: the place in the
#: document, the way through the schema, and where the keyword stands.
PLACES: dict[str, tuple[dict[str, Any], Any, tuple[str, str, str]]] = {
    "empty name": (
        {"properties": {"": {"type": "string"}}},
        {"": 1},
        ("/", "/properties//type", "#/properties//type"),
    ),
    "dependencies": (
        {"dependentRequired": {"a": ["b"]}},
        {"a": 1},
        ("", "/dependentRequired", "#/dependentRequired"),
    ),
    "names": (
        {"propertyNames": {"$ref": "#/$defs/a"}, "$defs": {"a": {"maxLength": 0}}},
        {"a": 1},
        ("", "/propertyNames/$ref/maxLength", "#/$defs/a/maxLength"),
    ),
}


@pytest.mark.parametrize("name", PLACES)
def test_no_difference_of_places(name: str) -> None:
    """Both tell the same places; jsonschema-rs alone would tell others."""
    schema, document, (place, way, keyword) = PLACES[name]
    identified = {"$id": "http://acme.example/a", **schema}
    expected = (place, way, f"http://acme.example/a{keyword}")
    assert [
        (each.instance_location, each.keyword_location, each.absolute_keyword_location)
        for said in told("2020-12", identified, document)
        for each in said
    ] == [expected] * 2


@pytest.mark.parametrize(
    "pattern", [r"\p{L}", r"\cA", "^(?<n>a)$"], ids=["class", "control", "name"]
)
def test_pattern_that_python_does_not_take(pattern: str) -> None:
    """A pattern of ECMA 262 that Python does not take has no second opinion."""
    assert FIRST.validate(b"1", {"pattern": pattern})
    with pytest.raises(InvalidSchema, match="Python does not take the pattern"):
        SECOND.validate(b"1", {"pattern": pattern})
