"""From a Snowplow request to a verdict on each of its events."""

from __future__ import annotations

import base64
import copy
import json
import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from validator import (
    Cached,
    Directory,
    InMemory,
    Limits,
    NoSuchSchema,
    Packaged,
    Registry,
    RegistryUnavailable,
    Result,
    SchemaKey,
    Validator,
    WrongUse,
)
from validator.events import _Checking
from validator.results import JSON, EventResult
from validator.trackers.canonical import EXPECTED

PACKAGED = Cached(Packaged())
EXAMPLES = Cached(Directory(Path(__file__).parents[1] / "fixtures" / "registry"))
VALIDATOR = Validator(registry=Registry(PACKAGED, EXAMPLES))
CENTRAL = Path(__file__).parents[2] / "shared" / "corpora" / "iglu-central"
NOW = datetime(2023, 1, 1, tzinfo=UTC)
EID = "0f2c1b3a-4d5e-4f60-8a7b-9c0d1e2f3a4b"
STAMP = "2023-01-01T00:00:00.000Z"

SNOWPLOW = "iglu:com.snowplowanalytics.snowplow"
OWN = "iglu:org.eventpayload.snowplow"
PAYLOAD_DATA = f"{SNOWPLOW}/payload_data/jsonschema/1-0-4"
UNSTRUCT = f"{SNOWPLOW}/unstruct_event/jsonschema/1-0-0"
CONTEXTS = f"{SNOWPLOW}/contexts/jsonschema/1-0-1"
EVENTS = f"{OWN}/events/jsonschema/1-0-0"
#: The least that an event of a POST has.
LEAST = {"e": "pv", "p": "web", "tv": "js-3.0.0"}

Told = tuple[str, str | None, str, str | None]


def described(name: str, data: JSON, version: str = "1-0-0") -> dict[str, JSON]:
    """Give self-describing data of com.acme."""
    return {"schema": f"iglu:com.acme/{name}/jsonschema/{version}", "data": data}


USER = described("user", {"plan": "pro"})
NOTE = described("note", {"text": "a"})
WRONG_USER = described("user", {"seats": 0})
WRONG_NOTE = described("note", {})
ABSENT = described("absent", {})


def text(document: JSON) -> str:
    """Give a document as JSON text."""
    return json.dumps(document, ensure_ascii=False)


def encoded(document: JSON) -> str:
    """Give a document as base64url of JSON text."""
    raw = document if isinstance(document, bytes) else text(document).encode()
    return base64.urlsafe_b64encode(raw).decode()


def ue(part: JSON, schema: str = UNSTRUCT) -> dict[str, JSON]:
    """Give a self-describing event, in its envelope."""
    return {"schema": schema, "data": part}


def contexts(*parts: JSON, schema: str = CONTEXTS) -> dict[str, JSON]:
    """Give contexts, in their envelope."""
    return {"schema": schema, "data": list(parts)}


def event(**parameters: JSON) -> dict[str, JSON]:
    """Give an event as it is sent: what holds JSON is given as what it holds."""
    spelled = {"ue_px": encoded, "cx": encoded, "ue_pr": text, "co": text}
    return LEAST | {
        name: spelled[name](value) if name in spelled and not isinstance(value, str) else value
        for name, value in parameters.items()
    }


def post(*events: JSON, schema: str = PAYLOAD_DATA) -> dict[str, JSON]:
    """Give the body of a POST."""
    return {"schema": schema, "data": list(events)}


def validator(*schemas: JSON, **options: Any) -> Validator:
    """Give a validator that knows these schemas, too, and before others."""
    return Validator(registry=Registry(InMemory(schemas), PACKAGED, EXAMPLES), **options)


def schema(name: str, version: str = "1-0-0", vendor: str = "com.acme", **keywords: Any) -> JSON:
    """Give a self-describing schema."""
    own = {"vendor": vendor, "name": name, "format": "jsonschema", "version": version}
    return {"self": own, **keywords}


def told(result: Result | EventResult) -> list[Told]:
    """Give what is told: code, keyword, where in the request, where in what is encoded there."""
    return [
        (each.code, each.keyword, each.instance_location, each.decoded_location) for each in result
    ]


def check(*events: JSON, by: Validator = VALIDATOR) -> Result:
    """Check events as the body of a POST: as bytes, and as an object, which must be the same."""
    document = post(*events)
    given = copy.deepcopy(document)
    result = by.check(document, now=NOW, randomness=bytes)
    raw = by.check(json.dumps(document).encode(), now=NOW, randomness=bytes)

    assert document == given
    assert raw == result
    assert told(by.validate(document)) == told(result)
    return result


# POST bodies (`payload_data`), GET query strings and query objects.

EACH_KIND = {
    "pv": ("page_view", "page_view", {"url": "https://a.example/"}),
    "pp": ("page_ping", "page_ping", {"pp_mix": "-1"}),
    "se": ("struct", "structured_event", {"se_ca": "a", "se_va": "1.50"}),
    "ev": ("struct", "structured_event", {"se_ca": "a", "se_va": "1.50"}),
    "ue": ("unstruct", "self_describing_event", {"ue_pr": text(ue(USER))}),
    "tr": ("transaction", "transaction", {"tr_id": "o", "tr_tt": "7"}),
    "ti": ("transaction_item", "transaction_item", {"ti_id": "o", "ti_qu": "2"}),
    "ad": ("ad_impression", "ad_impression", {"cx": encoded(contexts(USER))}),
}


@pytest.mark.parametrize("code", EACH_KIND)
def test_each_kind_in_each_way(code: str) -> None:
    """An event of each kind becomes the same by POST, by GET, and as the object of a query."""
    kind, name, parameters = EACH_KIND[code]
    sent = event(e=code, **parameters)
    query = urlencode(sent)

    results = [
        check(sent),
        VALIDATOR.check(sent, now=NOW, randomness=bytes),
        VALIDATOR.check(json.dumps(sent).encode(), now=NOW, randomness=bytes),
        VALIDATOR.check_query(query, now=NOW, randomness=bytes),
        VALIDATOR.check_query(f"/i?{query}".encode(), now=NOW, randomness=bytes),
    ]

    (normalized,) = results[0].events
    assert normalized["schema"] == f"{OWN}/{name}/jsonschema/1-0-0"
    assert normalized["data"]["event"] == kind
    for result in results:
        assert result
        assert result.events == (normalized,)
        assert result.collector_tstamp == STAMP
    assert results[0].payload == {"schema": EVENTS, "data": [normalized]}
    assert [result.payload for result in results[1:]] == [normalized] * 4
    assert results[0].schema == SchemaKey.parse(PAYLOAD_DATA)
    assert {result.schema for result in results[1:]} == {
        SchemaKey.parse(f"{OWN}/query/jsonschema/1-0-0")
    }


def test_places_of_a_query() -> None:
    """The places in a query begin at its parameters; the event is the whole."""
    sent = event(e="ue", ue_px=ue(WRONG_USER), pp_mix="x")
    expected = [
        ("ValidationError", "minimum", "/ue_px", "/data/data/seats"),
        ("ValidationError", "type", "/pp_mix", None),
    ]

    for result in (VALIDATOR.check(sent), VALIDATOR.check_query(urlencode(sent))):
        assert told(result) == expected
        assert [entry.location for entry in result.entries] == [""]
        assert result.entries[0].sent == sent


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [("ValidationError", "required", "", None)]),
        ("p=web", [("ValidationError", "required", "", None)]),
        ("e=", [("ValidationError", "enum", "/e", None)]),
        ("e=PV", [("ValidationError", "enum", "/e", None)]),
        ("e=pv", []),
        ("e=pv&colour=red&events=1&schema=iglu:&data=", []),
    ],
)
def test_queries(query: str, expected: list[Told]) -> None:
    """A query needs a known `e`; names that the protocol does not know are kept apart."""
    result = VALIDATOR.check_query(query)

    assert told(result) == expected
    unknown = {"colour": "red", "events": "1", "schema": "iglu:", "data": ""}
    if "colour" in query:
        assert result.payload["data"]["unused_parameters"] == unknown


def test_query_object_with_values_that_are_no_texts() -> None:
    """Each value of a query is a text; one that is not becomes no field."""
    sent = {"e": "pv", "url": 1, "page": None, "cx": {"schema": "iglu:", "data": []}}

    result = VALIDATOR.check(sent)

    assert sorted(told(result)) == [
        ("ValidationError", "type", "/cx", None),
        ("ValidationError", "type", "/page", None),
        ("ValidationError", "type", "/url", None),
    ]
    unused = result.payload["data"]["unused_parameters"]
    assert unused == {name: sent[name] for name in ("url", "page", "cx")}


# `ue_pr` and `ue_px`, `co` and `cx`, base64url with and without padding, both present, neither.

#: Data of which the base64 has the letters that two alphabets differ in, and padding.
TELLING = described("note", {"text": "???>>>~~~ ÿÿÿ"})
SPELLINGS = {
    "as it should be": encoded,
    "without padding": lambda held: encoded(held).rstrip("="),
    "in the other alphabet": lambda held: base64.b64encode(text(held).encode()).decode(),
    "in the other alphabet, without padding": lambda held: (
        base64.b64encode(text(held).encode()).decode().rstrip("=")
    ),
}


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
@pytest.mark.parametrize("filled", ["", "a", "ab"], ids=["0", "1", "2"])
def test_spellings_of_base64(spelling: Any, filled: str) -> None:
    """Base64 in either alphabet, with and without padding of any length, holds the same."""
    held = ue({**TELLING, "data": {"text": TELLING["data"]["text"] + filled}})
    listed = contexts(held["data"])

    (result,) = check(event(e="ue", ue_px=spelling(held), cx=spelling(listed))).events

    assert result["data"]["unstruct_event"] == held
    assert result["data"]["contexts"] == listed
    assert set(encoded(held)) & set("-_")
    assert set(encoded(held).replace("-", "+").replace("_", "/")) & set("+/")


@pytest.mark.parametrize(
    "value",
    [
        "!",
        "a",
        "abcde",
        "é",
        "ab==ab==",
        " e30=",
        "e30=\n",
        text(ue(USER)),
        "%65%33",
        "\x00",
        "💥",
    ],
    ids=ascii,
)
def test_not_base64(value: str) -> None:
    """What is no base64 is told as that, and is not looked into."""
    result = check(event(e="ue", ue_px=value), event(cx=value))

    assert told(result) == [
        ("NotBase64", None, "/data/0/ue_px", None),
        ("NotBase64", None, "/data/1/cx", None),
    ]
    assert result.payload["data"][0]["data"]["unstruct_event"] == value
    assert all("base64url" in each.message for each in result)


REFUSED = {
    "empty": (b" ", "NotJSON", ""),
    "no JSON": (b"nope", "NotJSON", ""),
    "half of it": (b'{"schema": "iglu:', "NotJSON", ""),
    "no UTF-8": (b'{"a": "\xff"}', "NotUTF8", ""),
    "a byte order mark": (b"\xef\xbb\xbf{}", "ByteOrderMark", ""),
    "not a number": (b'{"a": NaN}', "NotANumber", ""),
    "infinity": (b'{"a": 1e999}', "NumberOutOfRange", ""),
    "far too small": (b'{"a": 1e-999}', "NumberOutOfRange", "/a"),
    "past 64 bits": (b'{"a": [12345678901234567890123]}', "NumberOutOfRange", "/a/0"),
    "half of a pair": (b'{"a": "\\ud800"}', "LoneSurrogate", ""),
    "a control character": (b'{"a": "\x01"}', "NotJSON", ""),
    "too deep": (b"[" * 61 + b"]" * 61, "TooDeep", ""),
    "far too deep": (b"[" * 5_000, "TooDeep", ""),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_not_json(case: tuple[bytes, str, str]) -> None:
    """What is no JSON in base64 is told with its code, and where in it."""
    raw, code, place = case

    result = check(LEAST, event(e="ue", ue_px=encoded(raw), cx=contexts(USER)), LEAST)

    assert [(each.code, each.instance_location) for each in result] == [(code, "/data/1/ue_px")]
    assert result.violations[0].decoded_location == place
    assert result.violations[0].position is not None
    assert [bool(entry) for entry in result.entries] == [True, False, True]
    assert len(result.events) == 2


def test_not_json_while_plain() -> None:
    """Plain JSON text is read as strictly."""
    result = check(event(e="ue", ue_pr='{"a": }', co="1e400"))

    assert told(result) == [
        ("NotJSON", None, "/data/0/ue_pr", ""),
        ("NumberOutOfRange", None, "/data/0/co", ""),
    ]


@pytest.mark.parametrize("held", [None, True, 1, "a", [], {}, [USER], {"schema": 1, "data": 1}])
def test_not_self_describing(held: JSON) -> None:
    """JSON that is not self-describing is told as `NotIglu`, and nothing else of it."""
    result = check(event(e="ue", ue_px=encoded(held), co=text(held)))

    assert told(result) == [
        ("NotIglu", None, "/data/0/ue_px", ""),
        ("NotIglu", None, "/data/0/co", ""),
    ]


BOTH = [
    pytest.param(USER, NOTE, [], id="both are good"),
    pytest.param(
        WRONG_USER,
        NOTE,
        [("ValidationError", "minimum", "px", "/data/seats")],
        id="the encoded one is wrong",
    ),
    pytest.param(
        USER,
        WRONG_NOTE,
        [("ValidationError", "required", "plain", "/data")],
        id="the plain one is wrong",
    ),
    pytest.param(
        WRONG_USER,
        WRONG_NOTE,
        [
            ("ValidationError", "minimum", "px", "/data/seats"),
            ("ValidationError", "required", "plain", "/data"),
        ],
        id="both are wrong",
    ),
]


@pytest.mark.parametrize(("first", "second", "expected"), BOTH)
def test_both_present(first: JSON, second: JSON, expected: list[Told]) -> None:
    """Where `ue_px` and `ue_pr`, or `cx` and `co`, are present, both are checked; the first counts.

    The other one is kept apart, in whichever order they are sent.
    """
    plain, px = text(ue(second)), encoded(ue(first))
    co, cx = text(contexts(second)), encoded(contexts(first))
    for sent in (
        {"ue_px": px, "ue_pr": plain, "cx": cx, "co": co},
        {"co": co, "cx": cx, "ue_pr": plain, "ue_px": px},
    ):
        result = check(event(e="ue", **sent))

        names = {"px": "/data/0/ue_px", "plain": "/data/0/ue_pr"}
        others = {"px": "/data/0/cx", "plain": "/data/0/co"}
        found = [
            (code, keyword, places[name], inside + decoded)
            for places, inside in ((names, "/data"), (others, "/data/0"))
            for code, keyword, name, decoded in expected
        ]
        assert told(result) == found
        data = result.payload["data"][0]["data"]
        assert data["unstruct_event"] == ue(first)
        assert data["contexts"] == contexts(first)
        assert data["unused_parameters"] == {"ue_pr": plain, "co": co}
        assert data["event_name"] == "user"


def test_one_that_is_empty_gives_way() -> None:
    """An encoded parameter without a value does not hide the plain one."""
    sent = event(e="ue", ue_px="", ue_pr=ue(USER), cx="", co=contexts(NOTE))

    (normalized,) = check(sent).events

    assert normalized["data"]["unstruct_event"] == ue(USER)
    assert normalized["data"]["contexts"] == contexts(NOTE)


@pytest.mark.parametrize("given", [{}, {"ue_px": ""}, {"ue_px": "", "ue_pr": ""}])
def test_neither_present(given: dict[str, str]) -> None:
    """A self-describing event without data is told so, at the event: no parameter is wrong."""
    result = check(event(e="ue", **given))

    assert told(result) == [("ValidationError", "required", "/data/0", None)]
    assert "ue_px or ue_pr" in result.violations[0].message


def test_contexts_alone_and_none_at_all() -> None:
    """Other events need neither, and may have both."""
    assert check(LEAST, event(co=contexts()), event(ue_px=ue(USER), cx=contexts(NOTE)))


# One entry an event: each passes or fails by itself.

BATCH = [
    (LEAST, []),
    (event(url="a" * 4097), [("ValidationError", "maxLength", "/url", None)]),
    (event(e="ue", ue_px=ue(USER), cx=contexts(USER, NOTE)), []),
    (
        event(e="ue", ue_px=ue(USER), cx=contexts(USER, WRONG_NOTE, NOTE, WRONG_USER)),
        [
            ("ValidationError", "required", "/cx", "/data/1/data"),
            ("ValidationError", "minimum", "/cx", "/data/3/data/seats"),
        ],
    ),
    (
        event(e="ue", ue_pr=ue(ABSENT), co=contexts(ABSENT, USER)),
        [
            ("ResolutionError", None, "/ue_pr", "/data"),
            ("ResolutionError", None, "/co", "/data/0"),
        ],
    ),
    (5, [("ValidationError", "type", "", None)]),
    (None, [("ValidationError", "type", "", None)]),
    ([LEAST], [("ValidationError", "type", "", None)]),
    (
        {},
        [
            ("ValidationError", "required", "", None),
            ("ValidationError", "required", "", None),
            ("ValidationError", "required", "", None),
        ],
    ),
    (LEAST | {"e": "xx"}, [("ValidationError", "enum", "/e", None)]),
    (LEAST | {"e": 5}, [("ValidationError", "type", "/e", None)]),
    (LEAST | {"colour": "red"}, [("ValidationError", "additionalProperties", "", None)]),
    (
        LEAST | {"pp_mix": "1.5", "res": "wide", "eid": "1", "dtm": "now", "f_pdf": "2"},
        [
            ("ValidationError", "pattern", "/eid", None),
            ("ValidationError", "type", "/f_pdf", None),
            ("ValidationError", "type", "/pp_mix", None),
            ("ValidationError", "type", "/res", None),
            ("ValidationError", "pattern", "/dtm", None),
        ],
    ),
    (LEAST | {"p": "phone"}, [("ValidationError", "enum", "/p", None)]),
    (LEAST | {"p": ""}, [("ValidationError", "enum", "/p", None)]),
    (LEAST | {"vid": ""}, [("ValidationError", "type", "/vid", None)]),
    (LEAST | {"tv": "", "uid": "", "url": "", "ue_na": "x"}, []),
]


def test_batch() -> None:
    """Each event of a batch passes or fails by itself, and the good ones come out, normalized."""
    result = check(*(sent for sent, _ in BATCH))

    for index, (entry, (sent, expected)) in enumerate(zip(result.entries, BATCH, strict=True)):
        at = f"/data/{index}"
        moved = [(code, word, at + where, within) for code, word, where, within in expected]
        assert sorted(told(entry), key=str) == sorted(moved, key=str)
        assert entry.location == at
        assert entry.sent == sent
        assert bool(entry) is not bool(expected)
    good = [
        entry.payload
        for entry, (_, expected) in zip(result.entries, BATCH, strict=True)
        if not expected
    ]
    assert list(result.events) == good
    assert told(result) == [each for entry in result.entries for each in told(entry)]
    assert result.payload == post(*(entry.payload for entry in result.entries), schema=EVENTS)


@pytest.mark.parametrize("index", range(len(BATCH)))
def test_batch_of_one(index: int) -> None:
    """What an event is told does not depend on the others."""
    sent, expected = BATCH[index]

    result = check(sent)

    moved = [(code, word, f"/data/0{where}", within) for code, word, where, within in expected]
    assert sorted(told(result), key=str) == sorted(moved, key=str)
    assert len(result.events) == (0 if expected else 1)


def test_validate_gives_events_as_they_were_sent() -> None:
    """Without normalizing, the payloads are what was sent; the verdicts are the same."""
    document = post(*(sent for sent, _ in BATCH))

    result = VALIDATOR.validate(document)

    assert result.payload is document
    assert [entry.payload for entry in result.entries] == document["data"]
    assert list(result.events) == [sent for sent, expected in BATCH if not expected]


def test_unresolved_of_one_event_alone() -> None:
    """An event whose schema is not there has no verdict: `unresolved`, of that event alone."""
    other = described("other", 1)
    result = check(event(cx=contexts(USER)), event(cx=contexts(ABSENT, other)), event())

    assert [entry.unresolved for entry in result.entries] == [
        (),
        (ABSENT["schema"], other["schema"]),
        (),
    ]
    assert result.unresolved == (ABSENT["schema"], other["schema"])
    assert len(result.events) == 2
    assert all(each.schema == SchemaKey.parse(ABSENT["schema"]) for each in result.violations[:1])


def test_unresolved_of_several_events_is_told_once() -> None:
    """The request lists a schema that several events miss once; each of them is told."""
    result = check(*[event(cx=contexts(ABSENT))] * 3)

    assert result.unresolved == (ABSENT["schema"],)
    assert [entry.unresolved for entry in result.entries] == [(ABSENT["schema"],)] * 3
    assert len(result.violations) == 3


# Each event is checked as: envelope, its field schema, the self-describing event, each context.


def test_each_part_is_checked() -> None:
    """All of an event is told: its envelope, its fields, its data, and each of its contexts."""
    sent = event(
        e="ue", colour="red", url="a" * 5000, ue_px=ue(WRONG_USER), cx=contexts(WRONG_NOTE, ABSENT)
    )

    result = check(LEAST, sent)

    assert told(result) == [
        ("ValidationError", "additionalProperties", "/data/1", None),
        ("ValidationError", "minimum", "/data/1/ue_px", "/data/data/seats"),
        ("ValidationError", "required", "/data/1/cx", "/data/0/data"),
        ("ResolutionError", None, "/data/1/cx", "/data/1"),
        ("ValidationError", "maxLength", "/data/1/url", None),
    ]
    assert [str(each.schema) for each in result] == [
        PAYLOAD_DATA,
        "iglu:com.acme/user/jsonschema/1-0-0",
        "iglu:com.acme/note/jsonschema/1-0-0",
        "iglu:com.acme/absent/jsonschema/1-0-0",
        f"{OWN}/self_describing_event/jsonschema/1-0-0",
    ]


ENVELOPES = {
    "contexts in the place of an event": (
        {"ue_px": contexts(USER)},
        [("CriterionMismatch", None, "/data/0/ue_px", "/schema")],
    ),
    "an event in the place of contexts": (
        {"cx": ue(USER)},
        [("CriterionMismatch", None, "/data/0/cx", "/schema")],
    ),
    "no envelope at all": (
        {"ue_px": USER, "co": USER},
        [
            ("CriterionMismatch", None, "/data/0/ue_px", "/schema"),
            ("CriterionMismatch", None, "/data/0/co", "/schema"),
        ],
    ),
    "an envelope of another REVISION": (
        {"ue_px": ue(USER, f"{SNOWPLOW}/unstruct_event/jsonschema/1-1-0")},
        [("CriterionMismatch", None, "/data/0/ue_px", "/schema")],
    ),
    "an envelope that is not there": (
        {"ue_px": ue(USER, f"{SNOWPLOW}/unstruct_event/jsonschema/1-0-9")},
        [("ResolutionError", None, "/data/0/ue_px", "")],
    ),
    "an envelope that is no URI": (
        {"ue_px": ue(USER, "iglu:unstruct_event")},
        [("NotIglu", None, "/data/0/ue_px", "/schema")],
    ),
    "a version that is none": (
        {"cx": contexts(USER, schema=f"{SNOWPLOW}/contexts/jsonschema/1-0-01")},
        [("NotIglu", None, "/data/0/cx", "/schema")],
    ),
    "contexts that are one": (
        {"cx": {"schema": CONTEXTS, "data": USER}},
        [("ValidationError", "type", "/data/0/cx", "/data")],
    ),
    "an event that is a list": (
        {"ue_px": {"schema": UNSTRUCT, "data": [USER]}},
        [("ValidationError", "type", "/data/0/ue_px", "/data")],
    ),
    "data that names no schema": (
        {"ue_px": ue({"data": 1})},
        [("ValidationError", "required", "/data/0/ue_px", "/data")],
    ),
    "data with more than belongs there": (
        {"ue_px": ue({**USER, "x": 1}), "co": contexts({**USER, "x": 1})},
        [
            ("ValidationError", "additionalProperties", "/data/0/ue_px", "/data"),
            ("ValidationError", "additionalProperties", "/data/0/co", "/data/0"),
        ],
    ),
    "an envelope with more than belongs there": ({"ue_px": {**ue(USER), "x": 1}}, []),
    "contexts that are empty": ({"cx": contexts()}, []),
    "contexts that are empty, of 1-0-0": (
        {"cx": contexts(schema=f"{SNOWPLOW}/contexts/jsonschema/1-0-0")},
        [("ValidationError", "minItems", "/data/0/cx", "/data")],
    ),
    "contexts of 1-0-0": (
        {"cx": contexts(USER, schema=f"{SNOWPLOW}/contexts/jsonschema/1-0-0")},
        [],
    ),
    "contexts that are no objects": (
        {"cx": contexts(1, "a", [])},
        [("ValidationError", "type", "/data/0/cx", f"/data/{index}") for index in range(3)],
    ),
    "a schema that is no text": (
        {"cx": contexts({"schema": [], "data": 1})},
        [("ValidationError", "type", "/data/0/cx", "/data/0/schema")],
    ),
}


@pytest.mark.parametrize(("given", "expected"), ENVELOPES.values(), ids=ENVELOPES)
def test_envelopes(given: dict[str, JSON], expected: list[Told]) -> None:
    """What is wrong with an envelope is told apart, and where in what is encoded."""
    assert told(check(event(**given))) == expected


def test_mismatch_names_what_would_fit() -> None:
    """A mismatch says which schemas belong there, and which one was named."""
    (violation,) = check(event(cx=ue(USER))).violations

    assert f"{SNOWPLOW}/contexts/jsonschema/1-0-*" in violation.message
    assert str(violation.schema) == UNSTRUCT


# Self-describing data anywhere is checked by the schema it names, nested envelopes included.


def test_nested() -> None:
    """Data within data is checked, at any depth, and told where it is."""
    by = validator(schema("any"))
    inner = described("any", {"deep": [WRONG_USER, {"deeper": described("any", WRONG_NOTE)}]})

    result = check(event(e="ue", ue_px=ue(inner), cx=contexts(inner, ABSENT)), LEAST, by=by)

    assert told(result) == [
        ("ValidationError", "minimum", "/data/0/ue_px", "/data/data/deep/0/data/seats"),
        ("ValidationError", "required", "/data/0/ue_px", "/data/data/deep/1/deeper/data/data"),
        ("ValidationError", "minimum", "/data/0/cx", "/data/0/data/deep/0/data/seats"),
        ("ValidationError", "required", "/data/0/cx", "/data/0/data/deep/1/deeper/data/data"),
        ("ResolutionError", None, "/data/0/cx", "/data/1"),
    ]


@pytest.mark.parametrize("spelled", ["iglu:", "\\u0069glu:", "igl\\u0075\\u003a"])
def test_nested_however_it_is_spelled(spelled: str) -> None:
    """Data that spells its schema with escapes does not hide, the first time or the second."""
    by = validator(schema("any"))
    raw = text(ue(described("any", {"a": WRONG_USER}))).replace("iglu:com.acme/user", "NAME")
    held = raw.replace("NAME", f"{spelled}com.acme/user")

    for _ in range(2):
        result = check(event(e="ue", ue_pr=held), by=by)
        assert told(result) == [
            ("ValidationError", "minimum", "/data/0/ue_pr", "/data/data/a/data/seats")
        ]


def test_what_only_looks_like_an_envelope() -> None:
    """A text that has a URI in it is no envelope, and nothing is looked up."""
    by = validator(schema("any"))

    assert check(event(cx=contexts(described("any", {"a": ABSENT["schema"]}))), by=by)


def test_base64_of_base64_is_a_text() -> None:
    """What holds base64 is not opened a second time."""
    result = check(event(e="ue", ue_px=encoded(encoded(ue(USER)))))

    assert told(result) == [("NotIglu", None, "/data/0/ue_px", "")]


# Told apart: not found, not valid, not answered.


class Silent:
    """A registry that does not answer."""

    name = "silent"

    def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
        """Raise, for the vendor of the tests."""
        if key.vendor == "com.acme":
            message = "silent: no answer"
            raise RegistryUnavailable(message)
        return None

    def keys(self) -> Iterable[SchemaKey]:
        """Give none."""
        return []


class Failing:
    """A registry that stops to answer."""

    name = "failing"
    fails = False

    def __init__(self, retriever: Any) -> None:
        """Take the registry that answers till then."""
        self._retriever = retriever

    def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
        """Give what the other one has; raise once it fails."""
        if self.fails:
            message = "failing: no answer"
            raise RegistryUnavailable(message)
        return self._retriever.retrieve(key, most)

    def keys(self) -> Iterable[SchemaKey]:
        """Give those of the other one."""
        return self._retriever.keys()


@pytest.mark.parametrize(
    ("by", "code", "words"),
    [
        pytest.param(
            validator(schema("user", type="nothing")), "InvalidSchema", "not a usable", id="invalid"
        ),
        pytest.param(
            validator(schema("user", **{"$ref": "http://a/"})), "InvalidSchema", "usable", id="far"
        ),
        pytest.param(
            Validator(registry=Registry(PACKAGED)), "ResolutionError", "no such schema", id="absent"
        ),
        pytest.param(
            Validator(registry=Registry(Silent(), PACKAGED)),
            "ResolutionError",
            "no answer",
            id="silent",
        ),
    ],
)
def test_schemas_that_cannot_judge(by: Validator, code: str, words: str) -> None:
    """A schema that is not valid, is not there, or was not answered for, is told apart."""
    result = check(LEAST, event(e="ue", ue_px=ue(USER), co=contexts(USER)), by=by)

    assert told(result) == [
        (code, None, "/data/1/ue_px", "/data"),
        (code, None, "/data/1/co", "/data/0"),
    ]
    assert all(words in each.message for each in result)
    assert result.unresolved == (USER["schema"],)
    assert len(result.events) == 1


def test_registry_without_our_schemas() -> None:
    """A validator that does not know the schemas of requests says so: no document is to blame."""
    with pytest.raises(NoSuchSchema):
        Validator(registry=Registry(EXAMPLES)).check(post(LEAST))


# The envelope of the request.


@pytest.mark.parametrize("version", ["1-0-0", "1-0-1", "1-0-2", "1-0-3", "1-0-4"])
def test_versions_of_payload_data(version: str) -> None:
    """Each version of `payload_data` judges the requests that name it: not all know `ttm`."""
    name = PAYLOAD_DATA.replace("1-0-4", version)

    result = VALIDATOR.check(post(LEAST, event(ttm="1"), schema=name))

    expected = ("ValidationError", "additionalProperties", "/data/1", None)
    assert told(result) == ([] if version == "1-0-4" else [expected])
    assert str(result.schema) == name
    assert len(result.events) == (2 if version == "1-0-4" else 1)


REQUESTS = {
    "another REVISION": (
        post(LEAST, schema=PAYLOAD_DATA.replace("1-0-4", "1-1-0")),
        [("CriterionMismatch", None, "/schema", None)],
        1,
    ),
    "another MODEL": (
        post(LEAST, schema=PAYLOAD_DATA.replace("1-0-4", "2-0-0")),
        [("CriterionMismatch", None, "/schema", None)],
        1,
    ),
    "another format": (
        post(LEAST, schema=PAYLOAD_DATA.replace("jsonschema", "avro")),
        [("CriterionMismatch", None, "/schema", None)],
        1,
    ),
    "a version that is not there": (
        post(LEAST, schema=PAYLOAD_DATA.replace("1-0-4", "1-0-99")),
        [("ResolutionError", None, "", None)],
        1,
    ),
    "a version that is none": (
        post(LEAST, schema=PAYLOAD_DATA.replace("1-0-4", "1-0-04")),
        [("NotIglu", None, "/schema", None)],
        1,
    ),
    "no version": (
        post(LEAST, schema=PAYLOAD_DATA.replace("1-0-4", "")),
        [("NotIglu", None, "/schema", None)],
        1,
    ),
    "names beside those of the envelope": ({**post(LEAST), "x": 1}, [], 1),
    "names beside those of the envelope, as a query has": ({**post(LEAST), "e": "pv"}, [], 1),
    "no events": (post(), [("ValidationError", "minItems", "/data", None)], 0),
    "events that are an object": (
        {"schema": PAYLOAD_DATA, "data": LEAST},
        [("ValidationError", "type", "/data", None)],
        0,
    ),
    "events that are null": (
        {"schema": PAYLOAD_DATA, "data": None},
        [("ValidationError", "type", "/data", None)],
        0,
    ),
    "normalized events, of which there are none": (post(schema=EVENTS), [], 0),
    "normalized events that are an object": (
        {"schema": EVENTS, "data": {}},
        [("ValidationError", "type", "/data", None)],
        0,
    ),
    "normalized events beside other names": ({**post(schema=EVENTS), "x": 1}, [], 0),
    "normalized events of a version that is not there": (
        post(schema=EVENTS.replace("1-0-0", "1-0-9")),
        [("ResolutionError", None, "", None)],
        1,
    ),
}


@pytest.mark.parametrize(("request_", "expected", "entries"), REQUESTS.values(), ids=REQUESTS)
def test_requests(request_: JSON, expected: list[Told], entries: int) -> None:
    """What is wrong with the whole of a request is told of the whole, and of each event of it."""
    unresolved = (request_["schema"],) if ("ResolutionError", None, "", None) in expected else ()
    for result in (
        VALIDATOR.check(request_),
        VALIDATOR.check(json.dumps(request_).encode()),
        VALIDATOR.validate(request_),
    ):
        assert told(result) == expected
        assert result.unresolved == unresolved
        assert [told(entry) for entry in result.entries] == [expected] * entries
        assert [entry.unresolved for entry in result.entries] == [unresolved] * entries
        assert len(result.failed_events()) == (entries if expected else 0)


WHOLES = {
    name: case
    for name, case in REQUESTS.items()
    if case[2] and case[1] and "normalized" not in name
}


@pytest.mark.parametrize(("request_", "expected", "_"), WHOLES.values(), ids=WHOLES)
def test_request_that_is_wrong_for_each_event(
    request_: JSON, expected: list[Told], _: object
) -> None:
    """Each event of a request that can't be judged fails; the request lists that once."""
    wrong = event(cx=contexts(WRONG_USER))

    result = VALIDATOR.check({**request_, "data": [LEAST, wrong, 5, LEAST]})

    own = [("ValidationError", "minimum", "/data/1/cx", "/data/0/data/seats")]
    assert [told(entry) for entry in result.entries] == [
        expected,
        expected + own,
        expected,
        expected,
    ]
    assert told(result) == expected + own
    assert result.events == ()
    assert len(result.failed_events()) == 4


def test_wrong_for_all_of_them_together() -> None:
    """What a schema finds wrong with a request, and with no event of it, is told of each of them.

    The request lists it once.
    """
    rule = schema("payload_data", "1-0-5", "com.snowplowanalytics.snowplow", maxItems=2)
    document = post(LEAST, LEAST, LEAST, schema=PAYLOAD_DATA.replace("1-0-4", "1-0-5"))

    result = validator(rule).check(document)

    expected = [("ValidationError", "maxItems", "/data", None)]
    assert told(result) == expected
    assert [told(entry) for entry in result.entries] == [expected] * 3
    assert result.events == ()
    assert len(result.failed_events()) == 3


def test_names_beside_those_of_an_envelope() -> None:
    """A request, and several normalized events, may have more names, as Snowplow's reader has it.

    One normalized event is closed: its schema judges all of it.
    """
    more = {"x": 1, "events": [], "e": "pv"}
    good = normalized()

    result = VALIDATOR.check({**post(LEAST, {}), **more}, now=NOW, randomness=bytes)

    assert [bool(entry) for entry in result.entries] == [True, False]
    assert set(result.payload) == {"schema", "data"}
    assert VALIDATOR.check({**post(good, schema=EVENTS), **more})
    assert told(VALIDATOR.check({**good, **more})) == [
        ("ValidationError", "additionalProperties", "", None)
    ]


@pytest.mark.parametrize(
    ("sent", "place"),
    [(5, "/data/0"), ({}, "/data/0"), ({"e": 5}, "/data/0"), ({"e": "x"}, "/data/0/e")],
    ids=str,
)
def test_no_kind_where_the_schema_asks_for_none(sent: JSON, place: str) -> None:
    """An event of no known kind is not valid, even where the schema of the request takes it."""
    rule = schema("payload_data", "1-0-5", "com.snowplowanalytics.snowplow")
    document = post(sent, LEAST, schema=PAYLOAD_DATA.replace("1-0-4", "1-0-5"))

    result = validator(rule).check(document)

    assert told(result) == [("ValidationError", "enum", place, None)]
    assert len(result.events) == 1


# `$supersedes` / `$supersededBy`.

NEWER = schema("user", "1-0-1", required=["id"], **{"$supersedes": ["1-0-0"]})


def test_superseded_data_is_judged_by_the_newer() -> None:
    """Data of a superseded version is checked by the newer one, and its event says so."""
    by = validator(NEWER)
    good, wrong = described("user", {"id": 1}), described("user", {"plan": "pro"})

    for _ in range(2):  # what was seen before is no different
        result = check(event(cx=contexts(good)), event(e="ue", ue_px=ue(wrong)), LEAST, by=by)

        assert told(result) == [("ValidationError", "required", "/data/1/ue_px", "/data/data")]
        assert str(result.violations[0].schema) == "iglu:com.acme/user/jsonschema/1-0-1"
        infos = [[info.to_dict()["data"] for info in e.validation_info] for e in result.entries]
        said = {
            "originalSchema": "iglu:com.acme/user/jsonschema/1-0-0",
            "validatedWith": "1-0-1",
        }
        assert infos == [[said], [said], []]
        assert [info.to_dict()["data"] for info in result.validation_info] == [said]
        assert len(result.events) == 2


def test_superseded_by_name() -> None:
    """`$supersededBy` of the older version is followed as well; the event keeps what was sent."""
    older = schema("user", "1-0-0", **{"$supersededBy": "1-0-1"}, type="string")
    by = validator(older, schema("user", "1-0-1", type="integer"))

    result = check(event(cx=contexts(described("user", 1))), by=by)

    assert result
    assert result.events[0]["data"]["contexts"]["data"] == [described("user", 1)]
    assert len(result.validation_info) == 1


def test_superseded_request() -> None:
    """A request of a superseded version is judged by the newer one, and says so itself."""
    newer = schema(
        "payload_data",
        "1-0-5",
        "com.snowplowanalytics.snowplow",
        **{"$supersedes": ["1-0-4"]},
        items={"required": ["aid"]},
    )

    result = validator(newer).check(post(LEAST, event(aid="a")))

    assert told(result) == [("ValidationError", "required", "/data/0", None)]
    assert str(result.schema) == PAYLOAD_DATA.replace("1-0-4", "1-0-5")
    assert [str(info.original) for info in result.validation_info] == [PAYLOAD_DATA]
    assert len(result.events) == 1


# Limits.


def limited(**limits: Any) -> Validator:
    """Give a validator with other limits."""
    return Validator(registry=Registry(PACKAGED, EXAMPLES), limits=Limits(**limits))


WRONG = described("user", {"plan": 1, "seats": 0})


@pytest.mark.parametrize("most", range(1, 9))
def test_violations_that_are_listed(most: int) -> None:
    """No more violations are listed than the limit; what is left out is told by `truncated`."""
    sent = event(e="ue", ue_px=ue(WRONG), cx=contexts(WRONG), url="a" * 5000)

    result = check(sent, by=limited(violations=most))

    everything = 7
    assert len(result.violations) == min(most, everything)
    assert told(result) == told(check(sent))[:most]
    # Where the last that may be listed is the last there is, the others were not looked for.
    if most != everything:
        assert result.truncated is (most < everything)
        assert result.entries[0].truncated is (most < everything)


@pytest.mark.parametrize("most", [1, 2, 5])
def test_each_event_that_fails_tells_one(most: int) -> None:
    """However few violations may be listed, each event that fails has one at the least."""
    wrong = [event(cx=contexts(WRONG)), {}, event(pp_mix="x"), event(ue_px="!"), event(e="x")]

    result = check(*wrong * 3, LEAST, by=limited(violations=most))

    assert [bool(entry.violations) for entry in result.entries] == [True] * 15 + [False]
    assert len(result.violations) == most
    assert result.truncated
    assert len(result.events) == 1


def test_events_after_a_wrong_envelope() -> None:
    """Violations of the whole count towards those that are listed."""
    document = post({}, {}, schema=PAYLOAD_DATA.replace("1-0-4", "1-1-0"))

    result = limited(violations=2).check(document)

    assert [len(entry.violations) for entry in result.entries] == [1, 1]
    assert told(result) == [("CriterionMismatch", None, "/schema", None)]


@pytest.mark.parametrize("seen", [False, True], ids=["at first", "seen before"])
def test_parts(seen: bool) -> None:  # noqa: FBT001  # a column of the table
    """Each event of a request may hold so many parts, whatever the others hold."""
    # Each envelope is one, and each part in it.
    by = limited(parts=5)
    if seen:
        check(event(cx=contexts(USER)), by=by)
    most = event(ue_px=ue(USER), cx=contexts(USER, USER))
    one_more = event(ue_px=ue(USER), cx=contexts(USER, USER, USER))

    result = check(most, one_more, LEAST, most, one_more, by=by)

    assert told(result) == [
        ("TooManyParts", None, "/data/1/cx", "/data/2"),
        ("TooManyParts", None, "/data/4/cx", "/data/2"),
    ]
    assert [entry.truncated for entry in result.entries] == [False, True, False, False, True]
    assert len(result.events) == 3
    assert result.truncated


@pytest.mark.parametrize("seen", [False, True], ids=["at first", "seen before"])
@pytest.mark.parametrize("most", [1, 2, 3])
def test_parts_of_one_list(most: int, seen: bool) -> None:  # noqa: FBT001  # a column of the table
    """The part that is one too many is told where it is; none after it is judged."""
    by = limited(parts=most)
    if seen:
        check(event(cx=contexts()), by=limited(parts=most))

    result = check(event(cx=contexts(*[USER] * (most - 1), WRONG_USER, ABSENT)), by=by)

    assert told(result) == [("TooManyParts", None, "/data/0/cx", f"/data/{most - 1}")]


def test_parts_of_normalized_events() -> None:
    """Parts of normalized events are counted as they were when those were sent."""
    sent = check(event(cx=contexts(USER, USER))).payload

    for document in (sent, sent["data"][0]):
        at = "/data/0" if document is sent else ""
        assert limited(parts=3).check(document)
        result = limited(parts=2).check(document)
        assert told(result) == [("TooManyParts", None, f"{at}/data/contexts/data/1", None)]
        assert result.truncated


@pytest.mark.parametrize(("count", "is_accepted"), [(998, True), (999, True), (1000, False)])
def test_most_parts_of_an_event(count: int, *, is_accepted: bool) -> None:
    """What was accepted is accepted again once it is normalized; what was not is refused again."""
    sent = event(cx=contexts(*[NOTE] * count))

    for _ in range(2):  # what was seen before is no different
        result = check(sent)
        alone, together = (
            VALIDATOR.check(result.payload["data"][0]),
            VALIDATOR.check(result.payload),
        )

        assert bool(result) is bool(alone) is bool(together) is is_accepted
        expected = [] if is_accepted else ["TooManyParts"]
        assert [each.code for each in result] == [each.code for each in alone] == expected


def test_many_events_of_few_parts() -> None:
    """Events of a request do not count together: more parts in all than one of them may hold."""
    document = post(*[event(cx=contexts(NOTE))] * 600)

    for _ in range(2):
        result = VALIDATOR.check(document)

        assert result
        assert len(result.events) == 600
        assert VALIDATOR.check(result.payload)


def test_depth() -> None:
    """What is encoded may nest as deep as leaves room for what it is put into."""
    by = validator(schema("any"), limits=Limits(depth=20))

    def nested(levels: int) -> dict[str, JSON]:
        inner: JSON = 1
        for _ in range(levels):
            inner = [inner]
        return event(e="ue", ue_px=ue(described("any", inner)))

    result = check(nested(14), nested(15), by=by)

    assert told(result) == [("TooDeep", None, "/data/1/ue_px", "")]
    again = by.check({"schema": EVENTS, "data": list(result.events)})
    assert again
    assert by.check(json.dumps(again.payload).encode())


def test_depth_of_a_request() -> None:
    """A request that is itself too deep is no request."""
    assert told(limited(depth=2).check(post(LEAST))) == [("TooDeep", None, "/data/0", None)]


def test_bytes() -> None:
    """What is encoded is within the limit of the whole, since it is shorter."""
    sent = post(event(e="ue", ue_px=ue(described("note", {"text": "a" * 3000}))))
    size = len(json.dumps(sent).encode())

    assert limited(bytes=size).check(json.dumps(sent).encode())
    assert told(limited(bytes=size - 1).check(json.dumps(sent).encode())) == [
        ("TooLarge", None, "", None)
    ]
    assert told(limited(bytes=5).check_query("e=pv&p=web")) == [("TooLarge", None, "", None)]


def test_most_events() -> None:
    """More events than can be valid in so many bytes are refused without a look at each."""
    shortest = {"e": "pv", "p": "pc", "tv": ""}
    by = limited(bytes=28 * 40)

    assert by.check(post(*[shortest] * 36))
    result = by.check(post(*[{}] * 41))
    assert told(result) == [("ValidationError", "required", "/data/0", None)]
    rule = schema("payload_data", "1-0-5", "com.snowplowanalytics.snowplow")
    lax = validator(rule, limits=Limits(bytes=28 * 40))
    result = lax.check(post(*[1] * 41, schema=PAYLOAD_DATA.replace("1-0-4", "1-0-5")))
    assert told(result) == [("TooComplex", None, "/data", None)]
    assert result.entries == ()


def test_too_complex() -> None:
    """Data that could take its schema too long is told, and its event fails alone."""
    inner: JSON = {"a": [1] * 400}
    rule = schema("any", additionalProperties={"items": {"allOf": [{}] * 300}})
    by = validator(rule, limits=Limits(evaluations=100_000))

    result = check(event(cx=contexts(described("any", inner))), LEAST, by=by)

    assert told(result) == [("TooComplex", None, "/data/0/cx", "/data/0/data")]
    assert len(result.events) == 1


def test_fields_that_are_too_complex() -> None:
    """So is an event whose fields could: it is told of the event."""
    result = check(LEAST, by=limited(evaluations=50))

    assert told(result) == [("TooComplex", None, "/data/0", None)]


@pytest.mark.parametrize("longest", [1, 6, 12, 18, 40])
def test_locations(longest: int) -> None:
    """No location is longer than the limit, but for what a schema says of the whole event."""
    sent = event(e="ue", ue_px=ue(WRONG), cx=contexts(ABSENT), url="a" * 5000, colour="x")

    result = check(LEAST, sent, by=limited(location=longest))

    assert len(result.violations) >= 5
    for each in result:
        assert len(each.instance_location) <= longest
        assert len(each.decoded_location or "") <= longest


def test_duplicate_keys() -> None:
    """A name that stands twice in what is encoded is told, where it may not."""
    raw = b'{"schema": "%b", "data": {"schema": 1, "schema": 2}}' % UNSTRUCT.encode()
    sent = event(e="ue", ue_px=encoded(raw))

    (violation,) = check(sent, by=limited(duplicate_keys=False)).violations

    assert (violation.code, violation.instance_location) == ("DuplicateKey", "/data/0/ue_px")
    assert violation.decoded_location in {"/data", "/data/schema"}
    assert {each.code for each in check(sent)} == {"ValidationError"}
    assert check(event(cx=contexts(USER)), by=limited(duplicate_keys=False))
    result = limited(duplicate_keys=False).check_query("e=pv&url=a&url=b")
    assert told(result) == [("DuplicateKey", None, "/url", None)]


def test_formats() -> None:
    """`format` in what is encoded decides, unless it is asked only to say."""
    rule = schema("any", format="date-time")
    sent = event(cx=contexts(described("any", "yesterday")))

    told_ = told(check(sent, by=validator(rule)))
    assert told_ == [("ValidationError", "format", "/data/0/cx", "/data/0/data")]
    assert check(sent, by=validator(rule, formats="annotate"))


# What is said.

SECRET = "s3cr3t"


@pytest.mark.parametrize("show_values", [True, False])
def test_values_are_shown_only_if_asked_for(show_values: bool) -> None:  # noqa: FBT001  # the option
    """A message has no value of the request, unless that was asked for."""
    by = Validator(registry=Registry(PACKAGED, EXAMPLES), show_values=show_values)
    sent = [
        event(cx=contexts(described("user", {"plan": SECRET}))),
        event(e=SECRET),
        event(p=SECRET, url=SECRET * 1000, pp_mix=SECRET, dtm=SECRET, eid=SECRET, res=SECRET),
        event(cx=contexts({"schema": f"iglu:{SECRET}", "data": 1})),
        event(ue_px=SECRET + "!"),
        event(ue_pr=SECRET),
    ]

    result = check(*sent, by=by)

    assert all(entry.violations for entry in result.entries)
    shown = [each.code for each in result if SECRET in each.message]
    assert bool(shown) is show_values


SAID = [
    ({"pp_mix": "1.5"}, EXPECTED["pp_mix"]),
    ({"se_va": "1,5"}, EXPECTED["se_va"]),
    ({"dtm": "253402300800000"}, EXPECTED["dtm"]),
    ({"vp": "1280*720"}, EXPECTED["vp"]),
    ({"f_pdf": "yes"}, EXPECTED["f_pdf"]),
    ({"sid": "1"}, EXPECTED["sid"]),
    ({"e": "x"}, "must be one of: pv, pp, se, ev, ue, tr, ti, ad"),
    ({"tr_cu": "Euro"}, "must have at most 3 characters"),
]


@pytest.mark.parametrize(("given", "message"), SAID, ids=str)
def test_messages(given: dict[str, str], message: str) -> None:
    """A parameter that can't be read is told once, in the words of what was sent."""
    (violation,) = check(event(**given)).violations

    assert violation.message == message
    assert violation.instance_location == f"/data/0/{next(iter(given))}"


def test_a_field_of_two_parameters() -> None:
    """A violation is that of the parameter which the field was made of."""
    places = [
        ({"nuid": "a" * 200}, "nuid"),
        ({"tnuid": "a" * 200, "nuid": "b"}, "tnuid"),
        ({"tnuid": "", "nuid": "b" * 200}, "nuid"),
        ({"se_ca": "a" * 2000, "ev_ca": "b"}, "se_ca"),
    ]
    for given, name in places:
        (violation,) = VALIDATOR.check(event(**given)).violations
        assert violation.instance_location == f"/{name}"


def test_a_moment_that_is_of_no_year() -> None:
    """An event that happened in no year that can be written fails: no parameter is wrong alone."""
    result = check(event(dtm="-62167219200000", stm="253402300799999"))

    assert told(result) == [("ValidationError", "pattern", "/data/0", None)]
    assert result.violations[0].message == (
        "derived_tstamp, the collector's time less that from dtm to stm, is of no year 0 to 9999"
    )


def test_violations_of_the_event_itself() -> None:
    """What is told of the event itself hides nothing else that is; a parameter is told once."""
    times = {"dtm": "-62167219200000", "stm": "253402300799999"}
    sent = event(e="ue", colour="red", **times)

    for result in (check(sent), check(LEAST, sent, by=limited(location=16))):
        first, second, third = (each.message for each in result)
        assert "colour" in first
        assert "ue_px or ue_pr" in second
        assert "derived_tstamp" in third
    (place,) = {each.instance_location for each in check(sent)}
    assert place == "/data/0"
    assert [each.keyword for each in VALIDATOR.check({"e": "ue", **times})] == [
        "required",
        "pattern",
    ]


# The fields of what fails.


@pytest.mark.parametrize("asks", ["check", "validate"])
@pytest.mark.parametrize(
    ("sent", "field", "value"),
    [
        pytest.param(event(url="u", p="phone"), "page_url", "u", id="a field that is wrong"),
        pytest.param(event(url="u", pp_mix="x"), "pp_xoffset_min", "x", id="as far as read"),
        pytest.param(event(url="u", e="xx"), "page_url", "u", id="an unknown event"),
        pytest.param(event(url="u", e=5), "page_url", "u", id="an event that is no text"),
        pytest.param(
            event(cx=contexts(WRONG_USER)), "contexts", contexts(WRONG_USER), id="what it holds"
        ),
        pytest.param(event(co="{"), "contexts", "{", id="what it does not hold"),
    ],
)
def test_fields_of_what_fails(asks: str, sent: JSON, field: str, value: JSON) -> None:
    """An event that is not valid has its fields, as far as they could be read; a valid one none."""
    result = getattr(VALIDATOR, asks)(post(LEAST, sent))

    good, wrong = result.entries
    assert (bool(good), good.fields, bool(wrong)) == (True, None, False)
    assert wrong.fields[field] == value
    assert "fields" not in repr(wrong)


def test_fields_of_normalized_events_that_fail() -> None:
    """Those of a normalized event are its data; what is no event has none."""
    wrong = normalized(colour="red")

    result = VALIDATOR.check(post(wrong, 5, {"data": [1]}, normalized(), schema=EVENTS))

    assert [entry.fields for entry in result.entries] == [wrong["data"], None, [1], None]
    assert VALIDATOR.check(wrong).entries[0].fields == wrong["data"]
    assert check(5).entries[0].fields == {}


# Normalized events.


def normalized(**changes: JSON) -> dict[str, JSON]:
    """Give a normalized event with some of its fields changed."""
    (good,) = check(event(e="ue", ue_px=ue(USER), cx=contexts(NOTE))).events
    return {**good, "data": {**good["data"], **changes}}


NORMALIZED = {
    "as it was": ({}, []),
    "an event in the place of contexts": (
        {"contexts": ue(USER)},
        [("CriterionMismatch", None, "/contexts/schema", None)],
    ),
    "contexts in the place of an event": (
        {"unstruct_event": contexts(USER)},
        [("CriterionMismatch", None, "/unstruct_event/schema", None)],
    ),
    "an envelope that names no schema": (
        {"contexts": {"data": []}},
        [
            ("NotIglu", None, "/contexts", None),
            ("ValidationError", "required", "/contexts", None),
        ],
    ),
    "an envelope that is a text": (
        {"unstruct_event": "e30="},
        [("ValidationError", "type", "/unstruct_event", None)],
    ),
    "data that is wrong": (
        {"unstruct_event": ue(WRONG_USER), "contexts": contexts(USER, WRONG_NOTE)},
        [
            ("ValidationError", "minimum", "/unstruct_event/data/data/seats", None),
            ("ValidationError", "required", "/contexts/data/1/data", None),
        ],
    ),
    "data that is not there": (
        {"contexts": contexts(ABSENT)},
        [("ResolutionError", None, "/contexts/data/0", None)],
    ),
    "a schema that is no URI": (
        {"contexts": contexts(described("user", {}, "1"))},
        [
            ("ValidationError", "pattern", "/contexts/data/0/schema", None),
            ("NotIglu", None, "/contexts/data/0/schema", None),
        ],
    ),
    "a field that is wrong": (
        {"pp_xoffset_min": "1", "page_url": "a" * 5000},
        [
            ("ValidationError", "maxLength", "/page_url", None),
            ("ValidationError", "type", "/pp_xoffset_min", None),
        ],
    ),
    "a field that there is none of": (
        {"colour": "red"},
        [("ValidationError", "additionalProperties", "", None)],
    ),
}


@pytest.mark.parametrize(("changes", "expected"), NORMALIZED.values(), ids=NORMALIZED)
def test_normalized_events(changes: dict[str, JSON], expected: list[Told]) -> None:
    """A normalized event is judged as it is, alone and with others; places are those in it."""
    document = normalized(**changes)
    both = {"schema": EVENTS, "data": [normalized(), document]}
    given = copy.deepcopy(both)

    alone, together = VALIDATOR.check(document), VALIDATOR.check(both)

    def moved(at: str) -> list[Told]:
        each = [(code, word, f"{at}/data{where}", within) for code, word, where, within in expected]
        return sorted(each, key=str)

    assert sorted(told(alone), key=str) == moved("")
    assert sorted(told(together), key=str) == moved("/data/1")
    assert len(together.events) == (1 if expected else 2)
    assert together.entries[0]
    assert both == given
    assert alone.payload is document
    assert together.payload is both
    assert alone.schema == SchemaKey.parse(document["schema"])
    assert together.schema == SchemaKey.parse(EVENTS)
    assert len(alone.entries) == 1
    assert alone.entries[0].location == ""
    assert together.entries[1].location == "/data/1"
    assert told(VALIDATOR.validate(both)) == told(together)


def test_normalized_events_that_are_none() -> None:
    """What is no event among normalized ones fails alone."""
    user = {"schema": USER["schema"], "data": {"plan": "pro"}}
    items = [normalized(), 5, user, {**normalized(), "x": 1}, {**normalized(), "data": []}]

    result = VALIDATOR.check({"schema": EVENTS, "data": items})

    assert [bool(entry) for entry in result.entries] == [True, False, False, False, False]
    assert ("ValidationError", "type", "/data/1", None) in told(result)
    assert ("ValidationError", "pattern", "/data/2/schema", None) in told(result)
    assert ("ValidationError", "additionalProperties", "/data/3", None) in told(result)
    assert ("ValidationError", "type", "/data/4/data", None) in told(result)


def test_normalized_event_of_a_kind_that_is_not_there() -> None:
    """An event of a schema of ours that does not exist has no verdict."""
    document = {"schema": f"{OWN}/page_vew/jsonschema/1-0-0", "data": {}}

    result = VALIDATOR.check(document)

    assert told(result) == [("ResolutionError", None, "", None)]
    assert "page_view" in result.violations[0].message
    assert result.unresolved == (document["schema"],)
    assert result.schema is None


def test_normalized_query_is_no_event() -> None:
    """A query in an envelope is judged by the schema it names, as all of ours are."""
    document = {"schema": f"{OWN}/query/jsonschema/1-0-0", "data": {"e": "pv"}}

    assert VALIDATOR.check(document).payload is document


# Calls.


def test_named_schema_judges_in_place_of_ours() -> None:
    """A schema that the caller names judges the document as it is: no events come out."""
    result = VALIDATOR.check(post(LEAST, {}), schema={"type": "object"})

    assert result
    assert result.entries == result.events == ()
    assert result.payload == post(LEAST, {})


@pytest.mark.parametrize("document", [post(LEAST), LEAST], ids=["body", "query"])
def test_now_needs_a_zone(document: JSON) -> None:
    """The moment of collection needs a time zone."""
    naive = datetime(2023, 1, 1)  # noqa: DTZ001  # the case
    with pytest.raises(WrongUse, match="time zone"):
        VALIDATOR.check(document, now=naive)
    with pytest.raises(WrongUse, match="time zone"):
        VALIDATOR.check_query("e=pv", now=naive)


def test_collected_now() -> None:
    """An event is collected now, unless it is said when."""
    before = datetime.now(UTC)
    result = VALIDATOR.check(post(LEAST))
    after = datetime.now(UTC)

    collected = datetime.fromisoformat(result.events[0]["data"]["collector_tstamp"])
    slack = before.replace(microsecond=before.microsecond // 1000 * 1000)
    assert slack <= collected <= after
    assert result.collector_tstamp == result.events[0]["data"]["collector_tstamp"]


def test_ids_are_made_of_the_randomness_given() -> None:
    """An event without an id gets one of the randomness that is passed in, each its own."""
    drawn = iter([bytes(16), b"\xff" * 16])

    result = VALIDATOR.check(
        post(LEAST, event(eid="0F2C1B3A-4D5E-4F60-8A7B-9C0D1E2F3A4B"), LEAST),
        randomness=lambda _: next(drawn),
    )

    assert [each["data"]["event_id"] for each in result.events] == [
        "00000000-0000-4000-8000-000000000000",
        "0f2c1b3a-4d5e-4f60-8a7b-9c0d1e2f3a4b",
        "ffffffff-ffff-4fff-bfff-ffffffffffff",
    ]


@pytest.mark.parametrize("given", [None, 7, b"0" * 16, "random"], ids=repr)
def test_randomness_that_is_no_function(given: Any) -> None:
    """What can't be called is refused, whatever the document is and whether it needs an id."""
    for document in (post(event(eid="x")), LEAST, USER, {"events": []}, b"{", 5):
        with pytest.raises(WrongUse, match="randomness is a function"):
            VALIDATOR.check(document, randomness=given)
    with pytest.raises(WrongUse, match="randomness is a function"):
        VALIDATOR.check_query("e=xx", randomness=given)


@pytest.mark.parametrize(
    "given", [None, "0" * 16, bytearray(16), b"0" * 15, b"0" * 17, 7], ids=repr
)
def test_randomness_that_gives_something_else(given: Any) -> None:
    """What gives anything but so many bytes is refused once an id is made of it."""
    for document in (post(LEAST), LEAST):
        with pytest.raises(WrongUse, match="gives as many bytes as asked"):
            VALIDATOR.check(document, randomness=lambda _: given)
    with pytest.raises(WrongUse, match="gives as many bytes as asked"):
        VALIDATOR.check_query("e=pv", randomness=lambda _: given)
    assert VALIDATOR.check({**LEAST, "eid": EID}, randomness=lambda _: given)


# What is accepted at once.


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Give a list that gains whether each event was accepted at once."""
    accepts, given = _Checking._accepts, []

    def noted(self: _Checking, reading: Any) -> bool:
        given.append(accepts(self, reading))
        return given[-1]

    monkeypatch.setattr(_Checking, "_accepts", noted)
    return given


def test_accepts_at_once(answers: list[bool]) -> None:
    """Events whose schemas were seen by an earlier request are accepted at once."""
    by = Validator(registry=Registry(PACKAGED, EXAMPLES))
    full = event(e="ue", ue_px=ue(USER), cx=contexts(USER, NOTE))
    wrong = event(e="ue", ue_px=ue(WRONG_USER))

    for _ in range(2):
        by.check(post(LEAST, full, full, wrong, event(cx=contexts(ABSENT))))

    assert answers == [True, False, False, False, False, True, True, True, False, False]


def packaged(name: str, version: str) -> dict[str, JSON]:
    """Give an envelope's schema as it is packaged."""
    key = SchemaKey.parse(f"{SNOWPLOW}/{name}/jsonschema/{version}")
    return json.loads(PACKAGED.retrieve(key, 10**6) or b"")


OVERRIDES = {
    "fewer": ({"maxItems": 1}, [("ValidationError", "maxItems", "/data/0/cx", "/data")]),
    "one that is asked for": (
        {"minItems": 3},
        [("ValidationError", "minItems", "/data/0/cx", "/data")],
    ),
    "another type": ({"type": "object"}, [("ValidationError", "type", "/data/0/cx", "/data")]),
    "others, within": (
        {"items": {"properties": {"data": {"type": "array"}}}},
        [("ValidationError", "type", "/data/0/cx", f"/data/{index}/data") for index in range(2)],
    ),
    "of other words": ({"description": "Other words."}, []),
    "in another draft": ({"$schema": "http://json-schema.org/draft-07/schema#"}, []),
}


@pytest.mark.parametrize(("keywords", "expected"), OVERRIDES.values(), ids=OVERRIDES)
def test_envelope_of_a_registry_of_ones_own(
    answers: list[bool], keywords: dict[str, JSON], expected: list[Told]
) -> None:
    """The envelope that a registry has asks what it asks, the first time and later.

    It is only passed over where it asks what the packaged one does.
    """
    by = validator({**packaged("contexts", "1-0-1"), **keywords})

    for _ in range(3):
        assert told(by.check(post(event(cx=contexts(USER, NOTE))))) == expected

    assert answers == [False, not expected, not expected]


def test_self_describing_envelope_of_a_registry_of_ones_own(answers: list[bool]) -> None:
    """So does that of a self-describing event."""
    own = packaged("unstruct_event", "1-0-0")
    own["properties"]["schema"]["pattern"] = "/note/"
    by = validator(own)

    for _ in range(3):
        result = by.check(post(event(ue_px=ue(USER)), event(ue_px=ue(NOTE)), event(cx=contexts())))
        assert told(result) == [("ValidationError", "pattern", "/data/0/ue_px", "/data/schema")]

    assert answers == [False] * 5 + [True] + [False] * 2 + [True]


@pytest.mark.shared
@pytest.mark.parametrize("name", ["contexts", "unstruct_event"])
def test_published_envelopes(answers: list[bool], name: str) -> None:
    """Those that Snowplow publishes ask what the packaged ones ask, and are passed over."""
    if not CENTRAL.is_dir():
        pytest.skip("the corpus of Iglu Central is not there")
    by = Validator(registry=Registry(Cached(Directory(CENTRAL)), PACKAGED, EXAMPLES))
    held = {"cx": contexts(USER)} if name == "contexts" else {"ue_px": ue(USER)}

    for _ in range(2):
        assert by.check(post(event(**held)))

    assert answers == [False, True]


def test_envelope_that_is_superseded(answers: list[bool]) -> None:
    """An envelope that another supersedes is judged by that one, the first time and later."""
    newer = {
        **packaged("contexts", "1-0-1"),
        "self": {**packaged("contexts", "1-0-1")["self"], "version": "1-0-2"},
        "$supersedes": ["1-0-1"],
        "maxItems": 1,
    }
    by = validator(newer)

    for _ in range(3):
        result = by.check(post(event(cx=contexts(USER, NOTE))))
        assert told(result) == [("ValidationError", "maxItems", "/data/0/cx", "/data")]

    assert answers == [False] * 3


def test_registry_that_no_longer_answers(answers: list[bool]) -> None:
    """Schemas that are ready judge though their registry no longer answers: then rule by rule."""
    by = Validator(registry=Registry(failing := Failing(PACKAGED), EXAMPLES))
    document = post(event(cx=contexts(USER)))
    assert by.check(document)
    failing.fails = True

    assert by.check(document)
    failing.fails = False
    assert by.check(document)

    assert answers == [False, False, True]


def test_threads() -> None:
    """Threads that share a validator, new to all schemas, get the same results."""
    by = Validator(registry=Registry(Packaged(), EXAMPLES))
    document = json.dumps(post(*(sent for sent, _ in BATCH)))
    expected = VALIDATOR.check(document.encode(), now=NOW, randomness=bytes)
    results: list[Result] = []
    begin = threading.Barrier(8)

    def work() -> None:
        begin.wait()
        results.extend(by.check(document.encode(), now=NOW, randomness=bytes) for _ in range(20))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(results) == 160
    assert [told(result) for result in results] == [told(expected)] * 160
    assert all(result.payload == expected.payload for result in results)
