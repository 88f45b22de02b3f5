"""The two engines on all that is at hand: fixtures, captures, and documents around schemas.

Both give one verdict, and the same violations though maybe in another order; where they are known
not to, a test of that name shows it. A difference that is gone fails here, too.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from changes import places, replaced
from opinions import cause, engines, outcome
from validator import Cached, Directory, InvalidSchema, Packaged, Registry, SchemaKey
from validator.dialects import DIALECTS
from validator.drawing import examples
from validator.errors import NothingToDraw
from validator.violations import Violation

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures"
IGLU_CENTRAL = ROOT.parent / "shared" / "corpora" / "iglu-central"
#: Every so many schemas of Iglu Central are tried, and with so many documents of each kind. With
#: EVERY_SCHEMA=1 in the environment, all of them are, which CI does: that takes half a minute.
EVERY = int(os.environ.get("EVERY_SCHEMA", "6"))
DOCUMENTS = 8
#: It refers to what is not Iglu's.
NOT_USABLE = "iglu:com.snowplowanalytics.sauna.commands/command/jsonschema/1-0-0"

# Both engines.

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


# Documents around our schemas, and Iglu Central's.

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


def around(key: SchemaKey, registry: Registry, seed: int) -> list[Any]:
    """Give documents that a schema accepts, near misses, and what has an odd value in a place."""
    documents = examples(str(key), DOCUMENTS, seed=seed, registry=registry)
    odd = Random(seed)
    documents += [
        replaced(each, odd.choice(list(places(each))), odd.choice([*TEXTS, *PLAIN]))
        for each in documents
        for _ in "ab"
    ]
    with contextlib.suppress(NothingToDraw):
        misses = examples(str(key), DOCUMENTS, seed=seed, registry=registry, invalid=True)
        documents += [miss.document for miss in misses]
    return documents


def verdicts(key: SchemaKey, registry: Registry, seed: int = 0) -> Counter[str]:
    """Count the verdicts on documents around a schema, of which both engines say the same.

    Where they do not, a difference that is known explains it.
    """
    both = engines(registry)
    counted = Counter[str]()
    for document in around(key, registry, seed):
        first, second = (each.validate(json.dumps(document).encode(), key) for each in both)
        counted["valid" if first else "invalid"] += 1
        same = outcome(first) == outcome(second)
        assert same or cause(document, first, second), (str(key), document)
    return counted


@pytest.mark.parametrize("key", list(LOCAL.keys()), ids=str)
def test_around_our_own(key: SchemaKey) -> None:
    """Both say the same of documents around each packaged schema, and each of the fixtures."""
    assert {*verdicts(key, LOCAL)} == {"valid", "invalid"}


@pytest.mark.shared
def test_around_iglu_central() -> None:
    """Both say the same of documents around Iglu Central's schemas."""
    if not IGLU_CENTRAL.is_dir():
        pytest.skip("Iglu Central's schemas are not here")
    registry = Registry(Cached(Directory(IGLU_CENTRAL)))
    keys = [key for key in registry.keys() if key.format == "jsonschema"]  # noqa: SIM118  # no dict
    counted = Counter[str]()
    for position, key in list(enumerate(keys))[::EVERY]:
        if str(key) != NOT_USABLE:
            counted += verdicts(key, registry, position)

    assert counted["valid"] > 1_000 < counted["invalid"]


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
    "multipleOf of what is almost one": (
        *("2020-12", {"multipleOf": 0.01}, 0.35000000000000003),
        *({"multipleOf"}, set()),
    ),
    "multipleOf of what is large": ("2020-12", {"multipleOf": 3}, 1e300, {"multipleOf"}, set()),
    "const past 63 bits": ("2020-12", {"const": 2**63}, 2.0**63, {"const"}, set()),
    "uniqueItems past 63 bits": (
        *("2020-12", {"uniqueItems": True}, [2**63, 2.0**63]),
        *(set(), {"uniqueItems"}),
    ),
    # The meta-schema of draft-04: to jsonschema-rs, in draft-04, it asks nothing of an enum.
    "empty enum": (
        *("draft-04", {"allOf": [{"$ref": "http://json-schema.org/draft-04/schema#"}]}),
        *({"enum": []}, set(), {"minItems"}),
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
