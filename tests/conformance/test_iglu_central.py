"""Our copies of Snowplow's schemas beside those that Iglu Central publishes: the same verdicts.

A copy has descriptions of its own, and may be written otherwise. So both are asked for their
verdict on documents made around every bound of either, at any depth: at the bound and past it.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import orjson
import pytest

from validator import InMemory, Registry, Validator

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
VALIDATOR = Validator()

#: What is copied: every version that is published of each.
COPIED = {
    "com.snowplowanalytics.snowplow": {
        "payload_data": ["1-0-0", "1-0-1", "1-0-2", "1-0-3", "1-0-4"],
        "contexts": ["1-0-0", "1-0-1"],
        "unstruct_event": ["1-0-0"],
        "link_click": ["1-0-0", "1-0-1"],
        "add_to_cart": ["1-0-0"],
        "remove_from_cart": ["1-0-0"],
        "change_form": ["1-0-0"],
        "submit_form": ["1-0-0"],
        "focus_form": ["1-0-0"],
        "site_search": ["1-0-0"],
        "screen_view": ["1-0-0"],
        "web_page": ["1-0-0"],
        "client_session": ["1-0-0", "1-0-1", "1-0-2"],
        "geolocation_context": ["1-0-0", "1-1-0"],
        "mobile_context": ["1-0-0", "1-0-1", "1-0-2", "1-0-3"],
        "desktop_context": ["1-0-0"],
        "timing": ["1-0-0"],
        "social_interaction": ["1-0-0"],
        "ad_impression": ["1-0-0"],
        "ad_click": ["1-0-0"],
        "ad_conversion": ["1-0-0"],
        "application_error": ["1-0-0", "1-0-1", "1-0-2"],
        "consent_granted": ["1-0-0"],
        "consent_withdrawn": ["1-0-0"],
        "consent_document": ["1-0-0"],
    },
    "com.snowplowanalytics.mobile": {"screen_view": ["1-0-0"]},
}
NAMES = [
    f"{vendor}/{name}/jsonschema/{version}"
    for vendor, names in COPIED.items()
    for name, versions in names.items()
    for version in versions
]
#: The schemas of schemas are no event's: tests/test_schemas.py sets them beside the published.
PACKAGED = sorted(
    path.relative_to(ROOT / "schemas").as_posix()
    for vendor in (ROOT / "schemas").glob("com.snowplowanalytics.*")
    if vendor.name != "com.snowplowanalytics.self-desc"
    for path in vendor.glob("*/jsonschema/*")
)

each_copy = pytest.mark.parametrize("name", PACKAGED)


@pytest.fixture(scope="module")
def iglu_central() -> Path:
    """Give the folder of Iglu Central's schemas."""
    folder = SHARED / "corpora" / "iglu-central"
    if not folder.is_dir():
        pytest.skip("Iglu Central's schemas are not here")
    return folder


def own(name: str) -> Any:
    """Give our copy of a schema."""
    return json.loads((ROOT / "schemas" / name).read_bytes())


def published(iglu_central: Path, name: str) -> Any:
    """Give a schema as Iglu Central has it."""
    return json.loads((iglu_central / name).read_bytes())


# Documents around every bound of a schema.

UUID = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
DATE_TIME = "2024-02-29T23:59:59.999Z"
SAMPLES = ["a text", UUID, "iglu:com.acme/user/jsonschema/1-0-0", DATE_TIME]
TEXTS = [
    *SAMPLES,
    "f81d4fae7dec11d0",
    "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6",
    "f81d4fae7dec11d0a76500a0c91e6bf6",
    "{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}",
    "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    "00000000-0000-0000-0000-000000000000",
    "f81d4fae-7dec11d0-a765-00a0-c91e6bf6",
    "F81D4FAE7DEC11D0",
    "Iglu:com.acme/user/jsonschema/1-0-0",
    "iglu:com.acme/user/jsonschema/10-20-300",
    "iglu:com.acme/user/jsonschema/1-0",
    "iglu:com.acme/user/jsonschema/1-0-0-0",
    "iglu:com.acme/user/jsonschema/1-*-*",
    "iglu:com.acme/user/1-0-0",
    "iglu:com.acme/us.er/jsonschema/1-0-0",
    "iglu:com.acme/user/json.schema/1-0-0",
    "iglu:com.acme-x_y/us-er_2/json-schema_3/01-0-0",
    "iglu://com.acme/user/jsonschema/1-0-0",
    "http://iglucentral.com/schemas/com.acme/user/jsonschema/1-0-0",
    "2024-02-29T23:59:59Z",
    "2024-02-29t23:59:59z",
    "2024-02-29T23:59:59+02:00",
    "2024-02-29T23:59:59.123456789-11:30",
    "2024-02-29T23:59:59+0200",
    "2024-02-29T23:59:59+24:00",
    "2024-02-29T23:59:59",
    "2024-02-29 23:59:59Z",
    "2024-02-29T23:59Z",
    "2024-02-29T23:59:59,9Z",
    "2024-02-29T23:59:59.Z",
    "2024-02-29T24:00:00Z",
    "2024-02-29T23:59:60Z",
    "2024-02-29T12:59:60Z",
    "2023-02-29T23:59:59Z",
    "2024-13-01T23:59:59Z",
    "2024-02-29",
    "23:59:59Z",
    "20240229T235959Z",
    "1709251199999",
]
PLAIN: list[Any] = [
    *[None, True, False, 0, 1, -1, 1.0, 0.0, 1.5, -0.5, 1e300, "", "a", "1", "null", "true"],
    *[[], [None], ["a"], [1], [[]], [{}], {}, {"a": "a"}, {"": None}],
]
OTHER_CHARACTERS = ["", "0", "f", "F", "g", "G", "-", "_", ".", "/", ":", " ", "\n", "\u0661", "é"]
SILENT = {"$schema", "self", "description"}
NO_BOUND = ""


def sample(schema: dict[str, Any]) -> Any:
    """Give a value that a schema takes, with all names that it knows."""
    if "enum" in schema:
        return schema["enum"][0]
    kind = next((each for each in types(schema) if each != "null"), "string")
    if kind == "object":
        return {name: sample(each) for name, each in schema.get("properties", {}).items()}
    if kind == "array":
        return [sample(schema["items"])] * max(schema.get("minItems", 0), 1)
    if kind == "string":
        return next(text for text in SAMPLES if fits(schema, text))
    return True if kind == "boolean" else schema.get("minimum", 1)


def types(schema: dict[str, Any]) -> list[str]:
    """Give the types that a schema names."""
    named = schema.get("type", [])
    return [named] if isinstance(named, str) else named


def among(schema: dict[str, Any], *keywords: str) -> list[str]:
    """Give those of some keywords that a schema has."""
    return [keyword for keyword in keywords if keyword in schema]


def fits(schema: dict[str, Any], text: str) -> bool:
    """Whether a sample is what a schema wants of a text."""
    wanted = {"uuid": UUID, "date-time": DATE_TIME}.get(schema.get("format", ""), text)
    return text == wanted and bool(re.search(schema.get("pattern", ""), text))


def long(schema: dict[str, Any], length: int) -> str:
    """Give a text of a length that is, where it can be, one that the schema takes."""
    text = sample(schema)
    return text[:length] + "a" * (length - len(text))


def misspelt(text: str) -> Iterator[str]:
    """Give what a text is not, though near."""
    yield from (text.upper(), text.lower(), text.title(), text[:-1], text[1:], text * 2)
    yield from (around for more in " \n\0x" for around in (text + more, more + text))


def mistyped(text: str) -> Iterator[str]:
    """Give a text with each of its characters changed, or left out."""
    for at in range(len(text)):
        for other in OTHER_CHARACTERS:
            yield text[:at] + other + text[at + 1 :]


def objects(schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Give objects around the bounds of an object, and the bounds."""
    full = sample(schema)
    least = {name: full[name] for name in schema.get("required", [])}
    names = list(least) + [name for name in full if name not in least]
    yield from ((NO_BOUND, each) for each in (full, least, {}))
    for name in names:
        without = {each: full[each] for each in names if each != name}
        alone = {**least, name: full[name]}
        bound = "required" if name in least else NO_BOUND
        yield from ((bound, each) for each in (full, without, alone, {name: full[name]}))
        yield from ((NO_BOUND, {**without, name: each}) for each in (None, full[name]))
    if schema.get("additionalProperties", True) is False:
        unknown = ["unknown", "", "$schema", *(name.upper() + " " for name in names)]
        yield "additionalProperties", full
        for name in [*unknown, *(name + "s" for name in names)]:
            yield from (("additionalProperties", {**each, name: "a"}) for each in (full, least))
    if "minProperties" in schema:
        least_number = schema["minProperties"]
        for number in range(least_number - 1, least_number + 2):
            yield "minProperties", {name: full[name] for name in names[:number]}
    for name, others in schema.get("dependencies", {}).items():
        together = {each: full[each] for each in (*least, name, *others)}
        yield from (("dependencies", each) for each in (full, together))
        for other in others:
            yield "dependencies", {each: full[each] for each in full if each != other}
            yield "dependencies", {each: full[each] for each in together if each != other}


def around(schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Give values around the bounds of a schema that are its own, and the bounds."""
    bound = "type" if "type" in schema else NO_BOUND
    yield from ((bound, each) for each in [*PLAIN, sample(schema)])
    for member in schema.get("enum", []):
        yield from (("enum", each) for each in (member, [member], str(member)))
        yield from (("enum", each) for each in misspelt(str(member)))
    for keyword in among(schema, "minimum", "maximum"):
        near = [schema[keyword] + step for step in (-1, -0.5, 0, 0.5, 1)]
        yield from ((keyword, each) for each in [*near, *map(float, near)])
    for keyword in among(schema, "minLength", "maxLength"):
        # No text is shorter than the empty one; none of an enum is as long as a bound beside it.
        bound = keyword if schema[keyword] and "enum" not in schema else NO_BOUND
        for length in range(max(schema[keyword] - 1, 0), schema[keyword] + 2):
            yield from ((bound, each) for each in (long(schema, length), "\U0001f600" * length))
    for keyword in among(schema, "pattern", "format"):
        text = sample(schema)
        yield from ((keyword, each) for each in (*TEXTS, *misspelt(text), *mistyped(text)))
    for keyword in among(schema, "minItems", "maxItems"):
        for number in range(max(schema[keyword] - 1, 0), schema[keyword] + 2):
            yield keyword, sample(schema)[:1] * number
    if "properties" in schema:
        yield from objects(schema)


def documents(schema: dict[str, Any], at: str = "") -> Iterator[tuple[str, Any]]:
    """Give values around every bound that is in a schema, at any depth, and where each stands."""
    known = {"type", "enum", "minimum", "maximum", "minLength", "maxLength", "pattern", "format"}
    known |= {"minItems", "maxItems", "items", "properties", "additionalProperties", "required"}
    known |= {"minProperties", "dependencies"}
    assert schema.keys() - known - SILENT == set(), f"{at} has bounds which are not tried"
    for keyword, value in around(schema):
        yield f"{at} {keyword}" if keyword else NO_BOUND, value
    full = sample(schema)
    if "items" in schema:
        yield from ((NO_BOUND, [*full, value]) for value in PLAIN)
        yield from ((bound, [value]) for bound, value in documents(schema["items"], f"{at}/*"))
    least = {each: full[each] for each in schema.get("required", [])}
    for name, inner in schema.get("properties", {}).items():
        for bound, value in documents(inner, f"{at}/{name}"):
            yield from ((bound, {**each, name: value}) for each in (full, least))
    if isinstance(others := schema.get("additionalProperties"), dict):
        for bound, value in documents(others, f"{at}/*"):
            yield from ((bound, {**full, name: value}) for name in ("other", ""))


def subschemas(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give a schema, and all that are in it."""
    yield schema
    inner = [schema.get("items"), schema.get("additionalProperties")]
    for each in [*inner, *schema.get("properties", {}).values()]:
        if isinstance(each, dict):
            yield from subschemas(each)


def tried(schemas: Iterable[Any]) -> list[tuple[str, Any]]:
    """Give the documents around the bounds of schemas, each once where they ask the same."""
    different = {json.dumps(schema, sort_keys=True): schema for schema in schemas}
    return [each for schema in different.values() for each in documents(schema)]


def silenced(schema: Any) -> Any:
    """Give a schema without what says nothing about documents."""
    bare = {keyword: each for keyword, each in schema.items() if keyword not in SILENT}
    if "properties" in bare:
        bare["properties"] = {name: silenced(each) for name, each in bare["properties"].items()}
    for keyword in ("items", "additionalProperties"):
        if isinstance(bare.get(keyword), dict):
            bare[keyword] = silenced(bare[keyword])
    return bare


# What is copied.


@pytest.mark.parametrize("name", NAMES)
def test_is_packaged(name: str) -> None:
    """Each schema that is meant to be copied is shipped."""
    assert name in PACKAGED


@pytest.mark.shared
def test_misses_no_version(iglu_central: Path) -> None:
    """Of each schema that is copied, all versions are."""
    versions = {
        vendor: {
            name: sorted(path.name for path in (iglu_central / vendor / name).glob("jsonschema/*"))
            for name in names
        }
        for vendor, names in COPIED.items()
    }

    assert versions == COPIED


@pytest.mark.shared
@each_copy
def test_judges_as_the_published_one(iglu_central: Path, name: str) -> None:
    """Both give one verdict on each document, and both sides of each bound are among them."""
    theirs = published(iglu_central, name)
    other = Validator(registry=Registry(InMemory([theirs])))
    verdicts = defaultdict(set)
    for bound, document in tried([silenced(own(name)), silenced(theirs)]):
        text = orjson.dumps(document)
        verdict = bool(other.validate(text, f"iglu:{name}"))
        verdicts[bound].add(verdict)
        assert bool(VALIDATOR.validate(text, f"iglu:{name}")) is verdict, document

    verdicts.pop(NO_BOUND)
    assert verdicts
    assert [bound for bound, seen in verdicts.items() if seen != {True, False}] == []


@pytest.mark.shared
@each_copy
def test_covers_the_published_one(iglu_central: Path, name: str) -> None:
    """What one takes the other takes, as proved."""
    ours, theirs = (
        jsonschema_rs.canonicalize(silenced(each), draft=jsonschema_rs.Draft4, offline=True)
        for each in (own(name), published(iglu_central, name))
    )

    answers = {str(ours.covers(theirs)), str(theirs.covers(ours))}
    assert answers == {"yes"}


def words(text: str) -> str:
    """Give the words of a text alone."""
    return " ".join(re.findall(r"\w+", text.casefold()))


@pytest.fixture(scope="module")
def taken(iglu_central: Path) -> set[str]:
    """Give the words of every description that is published in what is copied."""
    schemas = [published(iglu_central, name) for name in {*NAMES, *PACKAGED}]
    texts = [each.get("description", "") for schema in schemas for each in subschemas(schema)]
    return {words(text) for text in texts} - {""}


@pytest.mark.shared
@each_copy
def test_says_it_in_own_words(taken: set[str], name: str) -> None:
    """No description is one of those that are published, whatever its case and punctuation."""
    ours = [each.get("description", "") for each in subschemas(own(name))]

    assert [text for text in ours if words(text) in taken] == []
