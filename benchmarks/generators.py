"""What the fuzzer feeds the package: captures that were changed, and things nobody would send.

All is drawn from one `random.Random`: the same number gives the same case, on any machine that has
the same files.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import parse_qsl, urlencode

import attrs
import orjson

from benchmarks.oddities import KEYS, MOMENTS, ODD, tied

__all__ = ["Draws", "Known", "known"]

ROOT = Path(__file__).parents[1]
#: Where Iglu Central lies, for those who have it.
CENTRAL = ROOT.parent / "shared" / "corpora" / "iglu-central"
_LARGEST = 20_000


@attrs.frozen
class Known:
    """What is there to be changed, as JSON texts."""

    payloads: tuple[bytes, ...]
    requests: tuple[bytes, ...]
    queries: tuple[str, ...]
    schemas: tuple[bytes, ...]
    #: The URI of a schema, and a document for it.
    suites: tuple[tuple[str, bytes], ...]
    plans: tuple[bytes, ...]


def known(central: Path | None = None) -> Known:
    """Read the fixtures, the packaged schemas and, where its folder is given, Iglu Central."""
    fixtures = ROOT / "fixtures"
    payloads = [
        line
        for file in sorted((fixtures / "payloads").glob("*/*"))
        for line in (file.read_bytes().splitlines() if ".nd" in file.name else [file.read_bytes()])
    ]
    lines = (fixtures / "snowplow" / "captures.ndjson").read_bytes().splitlines()
    captures = [orjson.loads(line) for line in lines]
    suites = [orjson.loads(file.read_bytes()) for file in sorted(fixtures.glob("*.*/*/*-*-*.json"))]
    folders = [ROOT / "schemas", fixtures / "registry", *([central] if central else [])]
    files = [file for folder in folders for file in sorted(folder.glob("**/jsonschema/*-*-*"))]
    return Known(
        tuple(each for each in payloads if len(each) <= _LARGEST),
        tuple(each["raw"].encode() for each in captures if each["method"] == "POST"),
        tuple(each["raw"] for each in captures if each["method"] == "GET"),
        tuple(text for text in (file.read_bytes() for file in files) if len(text) <= _LARGEST),
        tuple(
            (suite["schema"], orjson.dumps(test["data"]))
            for suite in suites
            for test in suite["tests"]
        ),
        tuple(file.read_bytes() for file in sorted((fixtures / "plans").glob("*.json"))),
    )


# What is made up.

#: How deep a document may nest, just about; and how deep no document does.
_LEVELS = (3, 60, 64, 65, 250, 300, 2_000, 20_000)

_NAMES = (
    *("events", "source", "session", "profile", "type", "properties", "options", "context"),
    *("metadata", "time", "insert", "id", "tags", "request", "data", "schema", "a", "", "é", "a/b"),
    *("e", "p", "tv", "ue_px", "ue_pr", "cx", "co", "eid", "dtm", "stm", "ttm", "res", "vp", "ds"),
    *("url", "refr", "se_va", "tr_tt", "ti_qu", "pp_mix", "f_pdf", "cookie", "~", "\x00", "$ref"),
)
_URIS = (
    "iglu:com.acme/user/jsonschema/1-0-0",
    "iglu:com.acme/note/jsonschema/1-0-0",
    "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4",
    "iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1",
    "iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0",
    "iglu:com.snowplowanalytics.snowplow/web_page/jsonschema/1-0-0",
    "iglu:com.snowplowanalytics.self-desc/instance/jsonschema/1-0-0",
    "iglu:com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0",
    "iglu:com.tracardi/tracker_payload/jsonschema/1-*-*",
    "iglu:com.tracardi/event_payload/jsonschema/1-0-1",
    "iglu:org.eventpayload.snowplow/events/jsonschema/1-0-0",
    "iglu:org.eventpayload.snowplow/page_view/jsonschema/1-0-0",
    "iglu:org.eventpayload.snowplow/query/jsonschema/1-0-0",
    "iglu:absent/absent/jsonschema/1-0-0",
)
_TEXTS = (
    *("", "a", "page-view", "Page View", "pv", "ue", "se", "tr", "true", "null", "0", "-1"),
    *("1795296604166", "99999999999999999999", "2023-01-01", "2023-02-30T25:61:61Z", "NaN", "%"),
    *("0000-01-01T00:00:00Z", "9999-12-31T23:59:60+23:59", "1920x1080", "x", "²", "Ⅷ", "٣", "İ"),
    *("e30", "e30=", "bm90IGpzb24", "====", "{}", "[]", "{", '{"schema":"iglu:","data":[]}'),
    *("\u2028", "\ufeff", "😀", "a" * 5_000, "../../etc/passwd", "http://localhost/", "#", "iglu:"),
    *("\x00", "1e400", *_URIS),
)
_NUMBERS = (
    *(0, 1, -1, -0.0, 0.1, 1.5, 1e22, 1e-7, 5e-324, 1.7976931348623157e308, 2**31, 2**53 + 1),
    *(2**63 - 1, 2**63, 2**64 - 1, -(2**63), 1795296604, 1795296604166, 1e15, 253402300800),
)
#: What only a text of JSON can hold, and breaks.
_TOKENS = (
    *(b"NaN", b"-Infinity", b"1e400", b"1e-400", b"9" * 30, b"-0", b"01", b"1.", b"null"),
    *(b"\xef\xbb\xbf", b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\x00", b"\\ud800", b"\\u", b"//"),
    *(b'"', b"\\", b",", b":", b"]", b"}", b"\n", b"\t", b'{"a":', b'"a":1,"a":2'),
    *(b"[" * 70, b"{" * 70, b"[" * 9_000),
)
_PATTERNS = (
    *("^(a+)+$", "(?=a)b", r"(a)\1", r"^\p{L}+$", "[", "(a{100}){99}", "(", "^[a-z]{0,99999}$"),
    *("$^", r"\d+", r"\Z", "(?i)a", "é", "\x00", ""),
)
_REFERENCES = (
    *(
        "#",
        "#/definitions/a",
        "#/definitions/-1",
        "#/properties/a",
        "#a",
        "#/%zz",
        "",
        "other.json",
    ),
    *("http://json-schema.org/draft-04/schema#", "http://localhost/x", "file:///etc/passwd", "//["),
    *("urn:a:b", "iglu:com.acme/user/jsonschema/1-0-0#/properties/a", "http://[", *_URIS),
)
_DIALECTS = (
    "http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#",
    "http://json-schema.org/draft-04/schema#",
    "http://json-schema.org/draft-06/schema#",
    "http://json-schema.org/draft-07/schema",
    "https://json-schema.org/draft/2019-09/schema",
    "https://json-schema.org/draft/2020-12/schema",
    "http://localhost/",
)
_TYPES = ("object", "array", "string", "number", "integer", "boolean", "null", "any")
_FORMATS = (
    *("date-time", "date", "time", "email", "hostname", "ipv4", "ipv6", "uri", "uuid", "regex"),
    *("iri", "idn-email", "json-pointer", "uri-template", "duration", "unknown"),
)
_COUNTS = (
    *("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("minContains", "maxContains"),
)
_ONE = (
    *("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames"),
    *("unevaluatedItems", "unevaluatedProperties", "additionalItems", "contentSchema"),
)
_MANY = ("allOf", "anyOf", "oneOf", "prefixItems", "items")
_NAMED = ("properties", "patternProperties", "definitions", "$defs", "dependentSchemas")
_REFERRING = (
    *("$ref", "$dynamicRef", "$recursiveRef", "$id", "id", "$anchor", "$dynamicAnchor"),
    *("$recursiveAnchor",),
)


class Draws:
    """Draws cases, one after the other, from what is known and from what is odd."""

    def __init__(self, random: Random, material: Known) -> None:
        self.random = random
        self.material = material

    # Values of JSON.

    def chance(self, of_ten: int) -> bool:
        """Draw whether something is so, in so many cases of ten."""
        return self.random.randrange(10) < of_ten

    def text(self) -> str:
        """Draw a text: one that means something, or a few characters."""
        if self.chance(8):
            return self.random.choice(_TEXTS)
        return "".join(chr(self.random.choice((65, 97, 48, 45, 233, 8364, 128512))) for _ in "abc")

    def number(self) -> float:
        """Draw a number: one at an edge, or a small one."""
        return self.random.choice(_NUMBERS) if self.chance(5) else self.random.randint(-9, 9)

    def scalar(self) -> Any:
        """Draw what holds no other value."""
        if self.chance(5):
            return self.text()
        return self.number() if self.chance(6) else self.random.choice((None, True, False))

    def json(self, levels: int = 3) -> Any:
        """Draw a JSON value."""
        if not levels or self.chance(5):
            return self.scalar()
        several = range(self.random.randrange(4))
        if self.chance(5):
            return [self.json(levels - 1) for _ in several]
        return {self.random.choice(_NAMES): self.json(levels - 1) for _ in several}

    def deep(self, levels: int) -> Any:
        """Draw a value within so many arrays and objects."""
        value = self.scalar()
        for _ in range(levels):
            value = [value] if self.chance(5) else {"a": value}
        return value

    # Any Python object.

    def odd(self, levels: int = 3) -> Any:
        """Draw a Python object: JSON, nearly JSON, or something else."""
        random, material = self.random, self.material
        several = range(random.randrange(4)) if levels else ()
        kinds: tuple[Callable[[], Any], ...] = (
            random.choice(ODD),
            lambda: self.mutated(random.choice(material.payloads), lambda: self.odd(0)),
            lambda: self.mutated(random.choice(material.requests), lambda: self.odd(0)),
            lambda: [self.odd(levels - 1) for _ in several],
            lambda: {random.choice(KEYS): self.odd(levels - 1) for _ in several},
            lambda: tied(self.odd(levels - 1)),
            lambda: self.deep(random.choice(_LEVELS)),
        )
        return random.choices(kinds, (20, 20, 10, 10, 10, 5, 1))[0]() if levels else kinds[0]()

    def moment(self) -> Any:
        """Draw what may be given for the present."""
        return None if self.random.randrange(3) else self.random.choice(MOMENTS)()

    # What is known, changed.

    def mutated(self, raw: bytes, draw: Callable[[], Any], most: int = 4) -> Any:
        """Change a JSON text in a few places; `draw` gives what is new."""
        try:
            value = orjson.loads(raw)
        except orjson.JSONDecodeError:
            return draw()
        for _ in range(self.random.randint(0, most)):
            value = self._changed(value, draw)
        return value

    def _changed(self, value: Any, draw: Callable[[], Any]) -> Any:
        top = [value]
        holder, step = self._place(top, 8)
        self.random.choice(_CHANGES)(self, holder, step, draw)
        return top[0] if top else draw()

    def _place(self, top: list[Any], of_ten: int) -> tuple[Any, Any]:
        """Go down from the value in a list; give what holds the place arrived at, and the step."""
        holder: Any = top
        step: Any = 0
        while _is_container(holder[step]) and holder[step] and self.chance(of_ten):
            holder = holder[step]
            step = self.random.choice(list(holder) if type(holder) is dict else range(len(holder)))
        return holder, step

    def swollen(self, value: Any) -> Any:
        """Repeat something in a value until it has about as many bytes as a document may have."""
        top = [value]
        holder, step = self._place(top, 7)
        inner = holder[step]
        times = self.random.choice((300_000, 900_000)) // (len(self.spelled(inner)) + 8)
        if type(inner) is str:
            holder[step] = inner * times
        elif type(holder) is dict and self.chance(5):
            holder |= {f"{step}{number}": inner for number in range(times)}
        else:
            holder[step] = inner * times if type(inner) is list else [inner] * times
        return top[0]

    def query(self) -> str:
        """Change a query: its text, or what its parameters hold."""
        query: str = self.random.choice(self.material.queries)
        if self.chance(5):
            pairs = dict(parse_qsl(query))
            for _ in range(2):
                name = self.random.choice((*pairs, *_NAMES))
                pairs[name] = self.twisted(pairs.get(name, ""))
            query = urlencode(pairs, errors="surrogatepass")
        for _ in range(self.random.randrange(3)):
            query = self.twisted(query)
        return query

    def twisted(self, text: str) -> str:
        """Change a text; where it holds JSON, what it holds."""
        random = self.random
        if text[:1] in ("{", "[") and text[1:]:
            return self.spelled(self.mutated(text.encode(errors="replace"), self.json, 2))
        if text.startswith("ey"):
            return self._twisted_base64(text)
        at = random.randrange(len(text) + 1)
        other = random.choice((*"aZ0-./:*%+é\x00\u2028 ", "\ud800", self.text()))
        end = min(len(text), at + random.choice((0, 1, 2, 10)))
        return f"{text[:at]}{other}{text[end:]}"

    def _twisted_base64(self, text: str) -> str:
        try:
            held = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        except ValueError:
            return text[1:]
        if self.chance(3):
            held = self.broken(held)
        else:
            held = self.encoded(self.mutated(held, self.json, 2))
        return base64.urlsafe_b64encode(held).decode()

    def spelled(self, value: Any) -> str:
        """Write JSON as a text, in one of several ways."""
        return json.dumps(value, ensure_ascii=self.chance(5))

    def encoded(self, value: Any) -> bytes:
        """Write JSON as bytes; half of a surrogate pair becomes what is no UTF-8."""
        return self.spelled(value).encode(errors="surrogatepass")

    def broken(self, raw: bytes) -> bytes:
        """Change a few bytes."""
        random = self.random
        text = bytearray(raw)
        for _ in range(random.randint(1, 3)):
            at = random.randrange(len(text) + 1)
            end = at + random.choice((0, 0, 1, 1, 5, 100))
            choices = (b"", random.choice(_TOKENS), random.randbytes(1), bytes(text[at:end]) * 2)
            text[at:end] = random.choice(choices)
        return bytes(text)

    # Names and schemas.

    def name(self) -> str:
        """Draw what may be the name of a schema, or its version."""
        name = self.random.choice(_URIS)
        if self.chance(3):
            name = name.rpartition("/")[2]
        for _ in range(self.random.randrange(3)):
            name = self.twisted(name)
        return name

    def schema(self) -> Any:
        """Draw a schema: one that is known and was changed, or one made of any keywords."""
        if self.chance(4):
            return self.keywords(2)
        value = self.mutated(self.random.choice(self.material.schemas), self._piece)
        if type(value) is dict and self.chance(5):
            value |= self.keywords(1)
        return value

    def _piece(self) -> Any:
        return self.keywords(1) if self.chance(6) else self.json(1)

    def keywords(self, levels: int) -> dict[str, Any]:
        """Draw a schema of a few keywords, with subschemas down to a level."""
        schema: dict[str, Any] = {}
        for _ in range(self.random.randint(0, 4)):
            name, value = self._keyword(levels)
            schema[name] = value
        return schema

    def _keyword(self, levels: int) -> tuple[str, Any]:
        random = self.random
        kinds: list[tuple[tuple[str, ...], Callable[[], Any]]] = [
            (("type",), lambda: random.choice((*_TYPES, list(_TYPES[:3]), []))),
            (_COUNTS, lambda: random.choice((0, 1, 2, -1, 0.1, 1e300, 2**63, True))),
            (("pattern",), lambda: random.choice(_PATTERNS)),
            (("format",), lambda: random.choice(_FORMATS)),
            (("enum",), lambda: [self.json(1) for _ in "ab"]),
            (("const", "default", "examples", "description"), lambda: self.json(1)),
            (("required", "dependentRequired"), lambda: [random.choice(_NAMES) for _ in "ab"]),
            (("uniqueItems",), lambda: self.chance(5)),
            (_REFERRING, lambda: random.choice(_REFERENCES)),
            (("$schema",), lambda: random.choice(_DIALECTS)),
            (("self",), self.own),
        ]
        if levels:
            kinds += [
                (_ONE, lambda: random.choice((True, False, self.keywords(levels - 1)))),
                (_MANY, lambda: [self.keywords(levels - 1) for _ in "ab"]),
                (_NAMED, lambda: {random.choice("ab"): self.keywords(levels - 1)}),
            ]
        names, draw = random.choice(kinds)
        return random.choice(names), draw()

    def own(self) -> dict[str, str]:
        """Draw the `self` of a schema."""
        parts = ("vendor", "name", "format", "version")
        return dict(zip(parts, self.random.choice(_URIS)[5:].split("/"), strict=True))


def _is_container(value: Any) -> bool:
    return type(value) is dict or type(value) is list  # by identity: a class may refuse to compare


# How a value is changed: with the draws, what holds the value, and its place there.


def _replace(_: Draws, holder: Any, step: Any, draw: Callable[[], Any]) -> None:
    holder[step] = draw()


def _remove(_: Draws, holder: Any, step: Any, __: Callable[[], Any]) -> None:
    del holder[step]


def _wrap(draws: Draws, holder: Any, step: Any, _: Callable[[], Any]) -> None:
    inner = holder[step]
    holder[step] = [inner] if draws.chance(5) else {draws.random.choice(_NAMES): inner}


def _twist(draws: Draws, holder: Any, step: Any, draw: Callable[[], Any]) -> None:
    value = holder[step]
    holder[step] = draws.twisted(value) if type(value) is str else draw()


def _add(draws: Draws, holder: Any, step: Any, draw: Callable[[], Any]) -> None:
    value = holder[step]
    if type(value) is dict:
        value[draws.random.choice(_NAMES)] = draw()
    elif type(value) is list:
        value.insert(draws.random.randrange(len(value) + 1), draw())
    else:
        holder[step] = draw()


def _move(draws: Draws, holder: Any, step: Any, _: Callable[[], Any]) -> None:
    if type(holder) is dict:
        holder[draws.random.choice((*_NAMES, draws.twisted(step)))] = holder.pop(step)
    else:
        holder.append(holder[step])


_CHANGES: tuple[Callable[[Draws, Any, Any, Callable[[], Any]], None], ...] = (
    *(_replace, _replace, _remove, _wrap),
    *(_twist, _twist, _twist, _add, _add, _move),
)
