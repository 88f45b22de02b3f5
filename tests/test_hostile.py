"""Hostile input: each with its outcome, within its time and memory, and without a socket.

The scenarios run in processes of their own, on a thread with a small stack: this file is also the
program that they are.
"""

import base64
import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from validator import (
    Directory,
    InMemory,
    Limits,
    Packaged,
    Registry,
    Result,
    Validator,
    ValidatorError,
)

_STACK = 512 * 1024
#: Seconds that one scenario of a group may take; of requests some have 35,000 events that fail.
_MOST_SECONDS = {"documents": 1.0, "schemas": 1.0, "requests": 3.0}
#: Megabytes that all of a group may take: 35,000 events and what is told of each are 150 of them.
_MOST_MEGABYTES = {"documents": 200, "schemas": 200, "far": 200, "requests": 300}
_TRACKER = "iglu:com.tracardi/tracker_payload/jsonschema/1-0-1"


def _nested(levels: int, inner: Any, wrap: Callable[[Any], Any]) -> Any:
    for _ in range(levels):
        inner = wrap(inner)
    return inner


def _self(name: str, **keywords: Any) -> dict[str, Any]:
    own = {"vendor": "a", "name": name, "format": "jsonschema", "version": "1-0-0"}
    return {"self": own, **keywords}


def _tracker(properties: Any) -> dict[str, Any]:
    event = {"type": "a", "properties": properties}
    return {"source": {"id": "s"}, "session": None, "profile": None, "events": [event]}


def _cycle() -> list[Any]:
    cycle: list[Any] = []
    cycle.append(cycle)
    return cycle


_check = Validator().check
_ONES = b'{"events":[%b]}' % b",".join([b"1"] * 499_000)
_EMPTIES = b'{"events":[%b]}' % b",".join([b"{}"] * 332_000)
_SHORTEST = b'{"source":{"id":"s"},"session":null,"profile":null,"events":[%b]}' % b",".join(
    [b'{"type":"a"}'] * 76_000
)
_DEEP = b"[" * 64 + b"]" * 64
_PARTS = [
    {"schema": f"iglu:com.tracardi/tracker{n}/jsonschema/1-0-0", "data": 1} for n in range(999)
]
#: Name to what is done, and what comes of it: the codes of the violations, or the exception.
_DOCUMENTS: dict[str, tuple[Callable[[], Any], str]] = {
    "brackets": (lambda: _check(b"[" * 100_000), "TooDeep"),
    "closed-brackets": (lambda: _check(b"[" * 100_000 + b"]" * 100_000), "TooDeep"),
    "braces": (lambda: _check(b'{"a":' * 100_000), "TooDeep"),
    "brackets-in-an-event": (
        lambda: _check(_tracker(_nested(100_000, 1, lambda x: [x]))),
        "TooDeep",
    ),
    "as-deep-as-allowed": (lambda: Validator().validate(_DEEP, {"items": {"$ref": "#"}}), ""),
    "ones": (lambda: _check(_ONES), "ValidationError"),
    "ones-with-a-schema": (lambda: _check(_ONES, _TRACKER), "ValidationError"),
    "ones-as-they-are": (lambda: Validator().validate(_ONES), "ValidationError"),
    "empty-events": (lambda: _check(_EMPTIES), "ValidationError"),
    "shortest-events": (lambda: _check(_SHORTEST), ""),
    "two-to-the-sixty-values": (lambda: _check(_nested(60, 1, lambda x: [x, x])), "TooLarge"),
    "cycle": (lambda: _check(_cycle()), "TooDeep"),
    "absent-schemas": (lambda: _check(_tracker({"a": _PARTS})), "ResolutionError"),
    "parts-in-parts": (
        lambda: _check(_tracker(_nested(28, 1, lambda x: {"schema": "iglu:", "data": x}))),
        "NotIglu",
    ),
    "one-long-name": (
        lambda: _check(b'{"type":1,"source":{"%b":1}}' % (b"n" * 900_000)),
        "ValidationError",
    ),
    "digits": (lambda: _check(b"1" * 900_000), "NumberOutOfRange"),
    "backslashes": (lambda: _check(b'"' + b"\\\\" * 400_000), "NotJSON"),
}


def _judge(schema: Any, document: Any, **limits: int) -> Callable[[], Result]:
    raw = json.dumps(document).encode()
    return lambda: Validator(limits=Limits(**limits)).validate(raw, schema)


def _twice(what: Any) -> Any:
    return [what, {"allOf": [what]}]


_REF = {"$ref": "#/$defs/0"}
_BOMB = {
    "$defs": {str(n): {"allOf": _twice({"$ref": f"#/$defs/{n + 1}"})} for n in range(40)}
    | {"40": {}}
}
_DOUBLING = {"type": "object", "additionalProperties": {"allOf": _twice({"$ref": "#"})}}
_DYNAMIC = {
    "$id": "http://a/root",
    "allOf": [{"$ref": "b"}, {"$ref": "c"}, {"$ref": "a"}],
    "$defs": {
        name: {"$id": f"http://a/{name}", "$dynamicAnchor": "n", **keywords}
        for name, keywords in {
            "a": {"allOf": [{"$ref": "b"}, {"allOf": [{"$ref": "c"}]}]},
            "b": {"type": "object", "additionalProperties": {"$dynamicRef": "#n"}},
            "c": {"type": "object", "additionalProperties": {"$dynamicRef": "#n"}},
        }.items()
    },
}
_TWICE_CALLED = {
    "$ref": "http://a/x",
    "$defs": {
        "a": {"$id": "http://a/x"},
        "b": {"$id": "HTTP://a/x", "allOf": [_REF]},
        **_BOMB["$defs"],
    },
}
_OBJECTS = [{"a": n} for n in range(10_000)]
_CHAIN = {str(n): {"$ref": f"#/$defs/{n + 1}"} for n in range(390)} | {"390": {}}
_ALTERNATIVES = {str(n): {"anyOf": [{"$ref": f"#/$defs/{n + 1}"}]} for n in range(190)}
_ANY_OF = _nested(9, {"const": 0}, lambda x: {"anyOf": [x, {"type": "null", "allOf": [x]}]})
_WIDE = {str(n): {"items": {"items": {"$ref": "#"}}} for n in range(800)}
_DENSE = {
    str(n): {"properties": {str(m): {"allOf": [{"$ref": f"#/$defs/{m}"}, {}]} for m in range(50)}}
    for n in range(50)
}
_SCHEMAS: dict[str, tuple[Callable[[], Any], str]] = {
    "evil-pattern": (_judge({"pattern": "^(a+)+$"}, "a" * 30 + "!"), "ValidationError"),
    "evil-pattern-that-backtracks": (
        _judge({"pattern": r"^(?=a)(a+)+\1$"}, "a" * 30 + "!", backtracks=100_000),
        "ValidationError",
    ),
    "evil-pattern-of-names": (
        _judge({"patternProperties": {"^(a+)+$": False}, "required": ["b"]}, {"a" * 30 + "!": 1}),
        "ValidationError",
    ),
    "large-patterns": (
        _judge({"allOf": [{"pattern": f"(a{{100}}){{9{n}}}"} for n in range(9)] * 99}, ""),
        "InvalidSchema",
    ),
    "itself": (_judge({"$ref": "#"}, 1), "InvalidSchema"),
    "itself-in-a-ring": (
        _judge({"allOf": [{"anyOf": [{"not": {"$ref": "#"}}]}]}, 1),
        "InvalidSchema",
    ),
    "outside": (_judge({"$ref": "iglu:../x/jsonschema/1-0-0"}, 1), "InvalidSchema"),
    "outside-by-name": (_judge("iglu:../x/jsonschema/1-0-0", 1), "InvalidIgluUri"),
    "bomb": (_judge(_BOMB | _REF, 1), "InvalidSchema"),
    "doubling": (_judge(_DOUBLING, _nested(20, 1, lambda x: {"a": x})), "TooComplex"),
    "doubling-while-shallow": (
        _judge(_DOUBLING, _nested(9, 1, lambda x: {"a": x})),
        "ValidationError",
    ),
    "doubling-by-dynamic-references": (
        _judge(_DYNAMIC, _nested(30, 1, lambda x: {"a": x})),
        "TooComplex",
    ),
    "one-name-for-two": (_judge(_TWICE_CALLED, 1), "InvalidSchema"),
    "shared-schema": (
        lambda: Validator().compile(_nested(40, {}, lambda x: {"allOf": [x, x]})),
        "InvalidSchema",
    ),
    "broken-chain": (_judge(_REF | {"$defs": _CHAIN | {"390": False}}, 1), "ValidationError"),
    "broken-chain-of-alternatives": (
        _judge(_REF | {"$defs": _ALTERNATIVES | {"190": False}}, 1),
        "ValidationError",
    ),
    "chain-as-long-as-allowed": (_judge(_REF | {"$defs": _CHAIN}, 1), ""),
    "deep-and-recursive": (
        _judge(
            {
                "items": {"$ref": "#/$defs/0"},
                "$defs": {"0": {"anyOf": [{"not": {"not": {"$ref": "#"}}}]}},
            },
            _nested(60, 1, lambda x: [x]),
            depth=100,
        ),
        "",
    ),
    "deep-schema": (_judge(_nested(48, {}, lambda x: {"allOf": [x]}), 1), ""),
    "too-deep-schema": (_judge(_nested(60, {}, lambda x: {"allOf": [x]}), 1), "InvalidSchema"),
    "required-of-a-long-text": (
        _judge({"required": [f"p{n}" for n in range(900)]}, {"x": "a" * 900_000}),
        "ValidationError",
    ),
    "rules-for-a-long-text": (
        _judge({"allOf": [{"maxLength": n} for n in range(900)]}, "a" * 900_000),
        "ValidationError",
    ),
    "patterns-for-a-long-text": (
        _judge({"allOf": [{"pattern": f"b{n}$"} for n in range(2_000)]}, "a" * 900_000),
        "TooComplex",
    ),
    "objects-to-compare": (_judge({"items": {"enum": _OBJECTS}}, [{"b": 1}] * 9_000), "TooComplex"),
    "options-to-list": (
        _judge({"items": {"enum": [*range(30_000)]}}, ["a"] * 19_000),
        "ValidationError",
    ),
    "names-to-copy": (
        _judge({"propertyNames": {"maxLength": 1}}, {f"name{n}": 1 for n in range(19_000)}),
        "ValidationError",
    ),
    "alternatives": (_judge(_ANY_OF, {"a": 1}), "ValidationError"),
    "wide-schema": (_judge({"properties": _WIDE}, {}), ""),
    "dense-schema": (_judge({"$ref": "#/$defs/0", "$defs": _DENSE}, {}), "InvalidSchema"),
}


# Requests of Snowplow's trackers.

_SNOWPLOW = "iglu:com.snowplowanalytics.snowplow"
_UNSTRUCT = f"{_SNOWPLOW}/unstruct_event/jsonschema/1-0-0"
_CONTEXTS = f"{_SNOWPLOW}/contexts/jsonschema/1-0-1"
_CONTEXT = {"schema": f"{_SNOWPLOW}/ad_impression/jsonschema/1-0-0", "data": {"zoneId": "a"}}
_LINK = f"{_SNOWPLOW}/link_click/jsonschema/1-0-1"
_OWN_EVENTS = "iglu:org.eventpayload.snowplow/events/jsonschema/1-0-0"


def _base64(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def _held(data: Any, schema: str = _UNSTRUCT) -> str:
    return _compact({"schema": schema, "data": data})


def _nested_envelopes(levels: int) -> str:
    return f'{{"schema":"{_UNSTRUCT}","data":' * levels + "1" + "}" * levels


def _base64_in_base64() -> str:
    """Give as many envelopes, each in base64 within the next, as a request can have."""
    held = _held(1)
    while len(held) < 500_000:
        held = _held(_base64(held))
    return _base64(held)


def _bodies(event: str, times: int = 1, schema: str = "") -> bytes:
    """Give the body of a POST with an event so many times."""
    name = schema or f"{_SNOWPLOW}/payload_data/jsonschema/1-0-4"
    return f'{{"schema":"{name}","data":[{",".join([event] * times)}]}}'.encode()


def _post(event: str, times: int = 1) -> Result:
    return _check(_bodies(event, times))


def _sends(**parameters: str) -> Result:
    return _post(_compact({"e": "ue", "p": "pc", "tv": "a", **parameters}))


def _names(name: str) -> Result:
    return _sends(ue_px=_base64(_held({"schema": name, "data": 1})))


def _misses(schemas: int) -> bytes:
    """Give a request of as many events, each of which names another schema that is not there."""
    held = [
        _held([{"schema": f"iglu:a/x{n}/jsonschema/1-0-0", "data": 1}], _CONTEXTS)
        for n in range(schemas)
    ]
    return _bodies(",".join(_compact({"e": "pv", "p": "pc", "tv": "a", "co": co}) for co in held))


_PX, _PR, _CO = "/data/0/ue_px", "/data/0/ue_pr", "/data/0/co"
_ONE = {"e": "ue", "p": "pc", "tv": "a"}
_FULL = {"e": "pv", "p": "pc", "tv": "a"}
_MILLION = "a" * 900_000
#: Name to what is done, and what is told first: its code, its place, and that in what is encoded.
_REQUESTS: dict[str, tuple[Callable[[], Any], str]] = {
    "nested-envelopes": (
        lambda: _sends(ue_px=_base64(_nested_envelopes(1_000))),
        f"TooDeep {_PX} ",
    ),
    "nested-envelopes-plain": (lambda: _sends(ue_pr=_nested_envelopes(1_000)), f"TooDeep {_PR} "),
    "nested-requests": (
        lambda: _check(_bodies("").removesuffix(b"]}") * 1_000),
        "TooDeep  None",
    ),
    "nested-as-deep-as-allowed": (
        lambda: _sends(ue_px=_base64(_nested_envelopes(60))),
        f"ValidationError {_PX} {'/data' * 60}",
    ),
    "nested-in-each-event": (
        lambda: _post(_compact({**_ONE, "ue_pr": _nested_envelopes(10)}), 700),
        f"ValidationError {_PR} {'/data' * 10}",
    ),
    "base64-in-base64": (
        lambda: _sends(ue_px=_base64_in_base64()),
        f"ValidationError {_PX} /data",
    ),
    "a-text-of-a-million": (
        lambda: _sends(
            ue_px=_base64(_held({"schema": _LINK, "data": {"targetUrl": "a" * 740_000}}))
        ),
        "",
    ),
    "brackets": (lambda: _sends(ue_pr="[" * 990_000), f"TooDeep {_PR} "),
    "ones": (lambda: _sends(ue_px=_base64(_held([1] * 370_000))), f"ValidationError {_PX} /data"),
    "contexts": (
        lambda: _sends(co=_held([{"schema": "iglu:a/b/c/1-0-0", "data": 1}] * 10_000, _CONTEXTS)),
        f"ResolutionError {_CO} /data/0",
    ),
    "good-contexts": (
        lambda: _sends(co=_held([_CONTEXT] * 7_000, _CONTEXTS)),
        f"TooManyParts {_CO} /data/999",
    ),
    "contexts-that-are-none": (
        lambda: _sends(co=_held([1] * 480_000, _CONTEXTS)),
        f"ValidationError {_CO} /data/0",
    ),
    "absent-schemas": (lambda: _check(_misses(4_000)), f"ResolutionError {_CO} /data/0"),
    "minimal-events": (lambda: _post(_compact(_FULL), 34_400), ""),
    "shortest-events": (lambda: _post(_compact({**_FULL, "tv": ""}), 35_700), ""),
    "too-many-events": (
        lambda: Validator().validate({"schema": _OWN_EVENTS, "data": [{}] * 300_000}),
        "ValidationError /data/0 None",
    ),
    "events-of-no-kind": (
        lambda: _post(_compact({**_FULL, "e": "xx"}), 33_000),
        "ValidationError /data/0/e None",
    ),
    "events-that-each-fail": (
        lambda: _post(_compact({**_FULL, "p": "xx"}), 34_400),
        "ValidationError /data/0/p None",
    ),
    "events-without-a-version": (
        lambda: _post('{"e":"pv","p":"pc"}', 35_000),
        "ValidationError /data/0 None",
    ),
    "events-with-broken-contexts": (
        lambda: _post(_compact({**_FULL, "cx": "!"}), 25_000),
        "NotBase64 /data/0/cx None",
    ),
    "events-of-a-request-that-is-not-there": (
        lambda: _check(
            _bodies(_compact(_FULL), 34_400, f"{_SNOWPLOW}/payload_data/jsonschema/1-0-99")
        ),
        "ResolutionError  None",
    ),
    "events-of-another-request": (
        lambda: _check(_bodies("{}", 35_000, f"{_SNOWPLOW}/payload_data/jsonschema/2-0-0")),
        "CriterionMismatch /schema None",
    ),
    "events-of-many-parts": (
        lambda: _post(_compact({**_FULL, "co": _held([_CONTEXT] * 20, _CONTEXTS)}), 350),
        "",
    ),
    "empty-events": (lambda: _post("{}", 300_000), "ValidationError /data/0 None"),
    "ones-as-events": (lambda: _post("1", 490_000), "ValidationError /data/0 None"),
    "empty-events-of-ours": (
        lambda: _check(_bodies("{}", 35_000, _OWN_EVENTS)),
        "ValidationError /data/0 None",
    ),
    "outside": (lambda: _names("iglu:../x/jsonschema/1-0-0"), f"NotIglu {_PX} /data/schema"),
    "outside-by-slashes": (
        lambda: _names("iglu:../../../../etc/passwd"),
        f"ValidationError {_PX} /data/schema",
    ),
    "outside-by-an-escape": (
        lambda: _names("iglu:%2e%2e/x/jsonschema/1-0-0"),
        f"ValidationError {_PX} /data/schema",
    ),
    "outside-in-a-normalized-event": (
        lambda: _check({"schema": "iglu:org.eventpayload.snowplow/../x/1-0-0", "data": {}}),
        "NotIglu /schema None",
    ),
    "long-vendor": (
        lambda: _sends(ue_pr=_held({"schema": f"iglu:{_MILLION}/b/c/1-0-0", "data": 1})),
        f"NotIglu {_PR} /data/schema",
    ),
    "long-path": (
        lambda: _sends(ue_pr=_held({"schema": "iglu:" + "a/" * 450_000, "data": 1})),
        f"ValidationError {_PR} /data/schema",
    ),
    "long-version": (
        lambda: _sends(ue_pr=_held({"schema": "iglu:a/b/c/1-0-" + "9" * 900_000, "data": 1})),
        f"NotIglu {_PR} /data/schema",
    ),
    "long-envelope": (
        lambda: _sends(
            ue_pr=_held(1, f"{_SNOWPLOW}/unstruct_event/jsonschema/1-0-{'9' * 900_000}")
        ),
        f"NotIglu {_PR} /schema",
    ),
    "long-request": (
        lambda: _check({"schema": f"{_SNOWPLOW}/payload_data/{_MILLION}", "data": []}),
        "NotIglu /schema None",
    ),
    "long-parameter": (
        lambda: _sends(**{_MILLION: "1"}),
        "ValidationError /data/0 None",
    ),
    "long-parameter-of-a-query": (
        lambda: Validator().check_query(f"e=pv&{_MILLION}=1"),
        "",
    ),
    "many-parameters": (
        lambda: _sends(**{f"x{n:x}": "" for n in range(80_000)}, e="pv"),
        "ValidationError /data/0 None",
    ),
    "many-parameters-of-a-query": (
        lambda: Validator().check_query("e=pv&" + "&".join(f"x{n:x}=" for n in range(110_000))),
        "",
    ),
    "one-parameter-many-times": (
        lambda: Validator().check_query("e=pv" + "&a=1" * 240_000),
        "",
    ),
    "long-exponent": (
        lambda: _sends(e="se", se_va="1e999999999"),
        "ValidationError /data/0/se_va None",
    ),
    "long-negative-exponent": (
        lambda: _sends(e="se", se_va="1e-999999999"),
        "ValidationError /data/0/se_va None",
    ),
    "long-integer": (
        lambda: _sends(e="pp", pp_mix="9" * 900_000),
        "ValidationError /data/0/pp_mix None",
    ),
    "long-time": (lambda: _sends(e="pv", dtm="9" * 900_000), "ValidationError /data/0/dtm None"),
    "long-size": (
        lambda: _sends(e="pv", res="9" * 450_000 + "x" + "9" * 450_000),
        "ValidationError /data/0/res None",
    ),
    "long-address": (lambda: _sends(e="pv", ip="," * 900_000), ""),
    "tabs": (lambda: _sends(e="pv", url="\t" * 480_000), "ValidationError /data/0/url None"),
    "exponent-within": (lambda: _sends(ue_pr='{"a":1e999999999}'), f"NumberOutOfRange {_PR} "),
    "integer-within": (
        lambda: _sends(ue_pr=f'{{"a":{"9" * 300}}}'),
        f"NumberOutOfRange {_PR} /a",
    ),
    "digits-within": (lambda: _sends(ue_pr="9" * 900_000), f"NumberOutOfRange {_PR} "),
    "half-a-pair-within": (lambda: _sends(ue_pr='{"a":"\\ud800"}'), f"LoneSurrogate {_PR} "),
    "half-a-pair": (
        lambda: _check(
            {"schema": f"{_SNOWPLOW}/payload_data/jsonschema/1-0-4", "data": ["\ud800"]}
        ),
        "LoneSurrogate /data/0 None",
    ),
    "half-a-pair-of-a-query": (lambda: Validator().check_query("e=pv&a=\ud800"), "NotUTF8  None"),
    "control-character-within": (lambda: _sends(ue_pr='{"a":"\x01"}'), f"NotJSON {_PR} "),
    "twice-within": (
        lambda: Validator(limits=Limits(duplicate_keys=False)).check(
            _bodies(_compact({**_ONE, "ue_pr": '{"a":{"b":1,"b":2}}'}))
        ),
        f"DuplicateKey {_PR} /a/b",
    ),
    "escapes-within": (
        lambda: _sends(ue_pr=_held(1).replace("1}", '"' + "\\u0041" * 140_000 + '"}')),
        f"ValidationError {_PR} /data",
    ),
}


def _link(folder: Path) -> None:
    (folder / "outside").write_text(json.dumps(_self("x")))
    place = folder / "registry" / "a" / "x" / "jsonschema" / "1-0-0"
    place.parent.mkdir(parents=True)
    place.symlink_to(folder / "outside")


def _pipe(folder: Path) -> None:
    place = folder / "registry" / "a" / "x" / "jsonschema" / "1-0-0"
    place.parent.mkdir(parents=True)
    os.mkfifo(place)


def _far(folder: Path, port: str) -> dict[str, tuple[Callable[[], Any], str]]:
    """Give the scenarios that try to reach what is not the package's to reach."""
    _link(folder / "link")
    _pipe(folder / "pipe")
    web, file = f"http://127.0.0.1:{port}/x", (folder / "link" / "outside").as_uri()
    registry = Registry(Packaged(), InMemory([_self("x", items={"$ref": web})]))

    def named(name: str) -> Callable[[], Result]:
        found = Registry(Directory(folder / name / "registry"))
        return lambda: Validator(registry=found).validate(b"1", "iglu:a/x/jsonschema/1-0-0")

    part = {"schema": "iglu:a/x/jsonschema/1-0-0", "data": 1}
    return {
        "http": (_judge({"$ref": web}, 1), "InvalidSchema"),
        "http-as-schema": (_judge({"$schema": web}, 1), "InvalidSchema"),
        "http-as-identifier": (_judge({"$id": web, "items": {"$ref": "y"}}, 1), "InvalidSchema"),
        "http-in-a-subschema": (_judge({"items": {"$schema": web, "$ref": "#"}}, 1), ""),
        "http-dynamically": (_judge({"not": {"$dynamicRef": f"{web}#a"}}, 1), "InvalidSchema"),
        "http-in-the-registry": (
            lambda: Validator(registry=registry).check(_tracker(part)),
            "InvalidSchema",
        ),
        "file": (_judge({"$ref": file}, 1), "InvalidSchema"),
        "file-as-schema": (_judge({"$schema": file}, 1), "InvalidSchema"),
        "link": (named("link"), "InvalidSchema"),
        "pipe": (named("pipe"), "NoSuchSchema"),
    }


# The program.


def _guard(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith("socket."):
        message = f"{event} {arguments}"
        raise RuntimeError(message)
    if event == "open" and str(arguments[0]).endswith("outside"):
        message = f"a file outside was opened: {arguments[0]}"
        raise RuntimeError(message)


def _outcome(run: Callable[[], Any]) -> str:
    try:
        return ",".join(dict.fromkeys(each.code for each in run().violations))
    except ValidatorError as error:
        return type(error).__name__


def _told(run: Callable[[], Any]) -> str:
    """Give the first thing that is told: its code, its place, and that in what is encoded."""
    violations = run().violations[:1]
    return "".join(
        f"{each.code} {each.instance_location} {each.decoded_location}" for each in violations
    )


def _run(
    scenarios: dict[str, tuple[Callable[[], Any], str]], outcome_of: Callable[..., str]
) -> None:
    """Print what came of each scenario and the seconds it took, then the megabytes of all."""
    report: dict[str, Any] = {}
    for name, (run, _) in scenarios.items():
        started = time.process_time()
        outcome = outcome_of(run)
        report[name] = [outcome, time.process_time() - started]
    report[""] = _peak()
    sys.stdout.write(json.dumps(report))


def _peak() -> int:
    """Give the most MB that this process held; getrusage would tell what its parent did."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def _main(group: str, folder: str, port: str) -> None:
    scenarios = _far(Path(folder), port) if group == "far" else _GROUPS[group]
    sys.addaudithook(_guard)
    threading.stack_size(_STACK)
    outcome_of = _told if group == "requests" else _outcome
    thread = threading.Thread(target=_run, args=(scenarios, outcome_of))
    thread.start()
    thread.join()


# The tests.

_GROUPS = {"documents": _DOCUMENTS, "schemas": _SCHEMAS, "requests": _REQUESTS}


def _reported(group: str, folder: Path, port: int = 9) -> dict[str, Any]:
    program = [sys.executable, __file__, group, str(folder), str(port)]
    done = subprocess.run(program, capture_output=True, check=True, text=True)
    report: dict[str, Any] = json.loads(done.stdout)
    assert report.pop("") < _MOST_MEGABYTES[group]
    return report


@contextlib.contextmanager
def _listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        yield server


@pytest.mark.parametrize("group", _GROUPS)
def test_hostile(group: str, tmp_path: Path) -> None:
    """Each has its outcome within its seconds, all of them in their memory, on a small stack."""
    report = _reported(group, tmp_path)

    assert {name: outcome for name, (outcome, _) in report.items()} == {
        name: expected for name, (_, expected) in _GROUPS[group].items()
    }
    most = _MOST_SECONDS[group]
    assert {name: took for name, (_, took) in report.items() if took >= most} == {}


def test_nothing_is_reached(tmp_path: Path) -> None:
    """No socket is opened, no connection made, no file outside read, and no pipe waited for."""
    for name in ("link", "pipe", "again/link", "again/pipe"):
        (tmp_path / name).mkdir(parents=True)
    with _listening() as server:
        report = _reported("far", tmp_path, server.getsockname()[1])
        with pytest.raises(BlockingIOError):
            server.accept()

    expected = _far(tmp_path / "again", "9")
    assert {name: each[0] for name, each in report.items()} == {
        name: outcome for name, (_, outcome) in expected.items()
    }


if __name__ == "__main__":
    _main(*sys.argv[1:])
