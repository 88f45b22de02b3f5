"""Snowplow's own tracker, the current version, sends to a collector that checks what it receives.

The collector listens on loopback, on a port of its own, for as long as this module runs. The
tracker lets pass much that the published schemas refuse: each such case says what is told of it,
and where.
"""

from __future__ import annotations

import copy
import inspect
import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import attrs
import pytest
import requests
import snowplow_tracker
from snowplow_tracker import (
    AsyncEmitter,
    Emitter,
    EmitterConfiguration,
    Event,
    SelfDescribingJson,
    Snowplow,
    Subject,
    Tracker,
    TrackerConfiguration,
)

from validator import Cached, Directory, Packaged, Registry, Result, Validator

FIXTURES = Path(__file__).parents[2] / "fixtures"
VALIDATOR = Validator(
    registry=Registry(Cached(Packaged()), Cached(Directory(FIXTURES / "registry")))
)
#: Enough for all events of one case: they are sent when the tracker is flushed, and not before.
BATCH = 50

OUR_UUID = "0f2c1b3a-4d5e-4f60-8a7b-9c0d1e2f3a4b"
URL = "https://www.example.com/pricing?plan=pro"
MOMENT = 1_476_277_200_123
WRITTEN = "2016-10-12T13:00:00.123Z"


def described(name: str, data: Any) -> SelfDescribingJson:
    """Give self-describing data as the tracker has it."""
    return SelfDescribingJson(f"iglu:{name}/jsonschema/1-0-0", data)


def contexts() -> list[SelfDescribingJson]:
    """Give two contexts, one with letters beyond ASCII."""
    return [
        described("com.snowplowanalytics.snowplow/web_page", {"id": OUR_UUID}),
        described("com.acme/user", {"name": "Zoë 世界 🙂", "plan": "pro", "seats": 12}),
    ]


def subject(user: str) -> Subject:
    """Give a subject of which everything is known."""
    known = Subject().set_platform("mob").set_user_id(user).set_screen_resolution(1920, 1080)
    known.set_viewport(1280, 720).set_color_depth(24).set_timezone("Europe/London").set_lang("en")
    known.set_domain_user_id("d").set_domain_session_id(OUR_UUID.upper())
    known.set_domain_session_index(3).set_ip_address("203.0.113.9, 10.0.0.1")
    return known.set_useragent("Mozilla/5.0").set_network_user_id("n")


#: What every method takes, and every class but for the name of the second.
COMMON = {"context": contexts(), "tstamp": MOMENT, "event_subject": subject("user-42")}
OF_CLASSES = {
    "context": contexts(),
    "true_timestamp": float(MOMENT),
    "event_subject": subject("user-42"),
}
#: What the common parameters become.
SETTLED = {
    "true_tstamp": WRITTEN,
    "derived_tstamp": WRITTEN,
    "platform": "mob",
    "user_id": "user-42",
    "domain_sessionid": OUR_UUID,
    "domain_sessionidx": 3,
    "user_ipaddress": "203.0.113.9",
    "network_userid": "n",
    "dvce_screenwidth": 1920,
    "br_viewheight": 720,
    "br_colordepth": "24",
    "contexts": {
        "schema": "iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1",
        "data": [each.to_json() for each in contexts()],
    },
}


@attrs.frozen
class Case:
    """What is asked of the tracker, and what comes of it."""

    #: A method of the tracker, or a class of events.
    name: str
    #: What that is given.
    given: dict[str, Any]
    #: The kinds of the events that arrive.
    kinds: tuple[str, ...] = ("unstruct",)
    #: The event that is not valid, by its number, and of what is told of it: the field, the keyword
    #: or else the code, and the place in what the field holds.
    wrong: tuple[int, str, str, str | None] | None = None
    #: Some of what the first event becomes.
    becomes: dict[str, Any] = attrs.field(factory=dict)


def invalid(keyword: str, place: str) -> tuple[int, str, str, str]:
    """Say that the self-describing event is not valid."""
    return (0, "ue", keyword, f"/data{place}")


ITEM = {"sku": "p-1", "price": 7.5, "quantity": 2, "name": "Mug", "category": "kitchen"}
ELEMENT = {"name": "mail", "value": "a@example.com", "nodeName": "INPUT"}
FORM = {"form_id": "f", "element_id": "e", "node_name": "INPUT", "value": "v"}
CART = {"sku": "p-1", "quantity": 2}
EVENT = described("com.games_company/save_game", {"save_id": "s", "level": 3})

CASES = {
    # Every method, with the least and with everything that it takes.
    "page view": Case("track_page_view", {"page_url": URL}, ("page_view",)),
    "page view, all of it": Case(
        "track_page_view",
        {"page_url": URL, "page_title": "Pricing", "referrer": "https://example.org/", **COMMON},
        ("page_view",),
        becomes=SETTLED | {"page_title": "Pricing", "page_referrer": "https://example.org/"},
    ),
    "page view, empty title": Case(
        "track_page_view", {"page_url": URL, "page_title": ""}, ("page_view",)
    ),
    "page view, no contexts": Case(
        "track_page_view", {"page_url": URL, "context": []}, ("page_view",)
    ),
    "page view, a time that is a text": Case(
        "track_page_view", {"page_url": URL, "tstamp": str(MOMENT)}, ("page_view",)
    ),
    "page view, before 1970": Case(
        "track_page_view",
        {"page_url": URL, "tstamp": -1},
        ("page_view",),
        becomes={"true_tstamp": "1969-12-31T23:59:59.999Z"},
    ),
    "page ping": Case("track_page_ping", {"page_url": URL}, ("page_ping",)),
    "page ping, all of it": Case(
        "track_page_ping",
        {
            "page_url": URL,
            "page_title": "Pricing",
            "referrer": "https://example.org/",
            "min_x": 0,
            "max_x": 1,
            "min_y": -2,
            "max_y": 2**31 - 1,
            **COMMON,
        },
        ("page_ping",),
        becomes=SETTLED
        | {"pp_xoffset_min": 0, "pp_xoffset_max": 1, "pp_yoffset_min": -2}
        | {"pp_yoffset_max": 2**31 - 1},
    ),
    "page ping, a fraction": Case(
        "track_page_ping",
        {"page_url": URL, "min_x": 1.5},
        ("page_ping",),
        (0, "pp_mix", "type", None),
    ),
    "page ping, past 32 bits": Case(
        "track_page_ping",
        {"page_url": URL, "max_y": 2**31},
        ("page_ping",),
        (0, "pp_may", "type", None),
    ),
    "link click": Case("track_link_click", {"target_url": URL}),
    "link click, all of it": Case(
        "track_link_click",
        {
            "target_url": URL,
            "element_id": "a",
            "element_classes": ("b", "c"),
            "element_target": "_blank",
            "element_content": "more",
            **COMMON,
        },
        becomes=SETTLED | {"event_name": "link_click", "event_version": "1-0-1"},
    ),
    "add to cart": Case("track_add_to_cart", CART),
    "add to cart, all of it": Case(
        "track_add_to_cart",
        {
            **CART,
            "name": "Mug",
            "category": "kitchen",
            "unit_price": 7.5,
            "currency": "EUR",
            **COMMON,
        },
        becomes=SETTLED | {"event_name": "add_to_cart"},
    ),
    "add to cart, none": Case("track_add_to_cart", {**CART, "quantity": 0}),
    "add to cart, less than none": Case("track_add_to_cart", {**CART, "quantity": -1}),
    "add to cart, one and a half": Case("track_add_to_cart", {**CART, "quantity": 1.5}),
    "add to cart, a text": Case(
        "track_add_to_cart", {**CART, "quantity": "2"}, wrong=invalid("type", "/data/quantity")
    ),
    "add to cart, no number": Case(
        "track_add_to_cart",
        {**CART, "unit_price": float("nan")},
        wrong=(0, "ue", "NotANumber", ""),
    ),
    "remove from cart": Case("track_remove_from_cart", CART),
    "remove from cart, all of it": Case(
        "track_remove_from_cart",
        {
            **CART,
            "name": "Mug",
            "category": "kitchen",
            "unit_price": 7,
            "currency": "EUR",
            **COMMON,
        },
        becomes=SETTLED | {"event_name": "remove_from_cart"},
    ),
    "remove from cart, a text": Case(
        "track_remove_from_cart", {**CART, "quantity": "2"}, wrong=invalid("type", "/data/quantity")
    ),
    "form change": Case("track_form_change", FORM),
    "form change, all of it": Case(
        "track_form_change",
        {**FORM, "type_": "email", "element_classes": ["b"], **COMMON},
        becomes=SETTLED | {"event_name": "change_form"},
    ),
    "form change, no value": Case("track_form_change", {**FORM, "value": None}),
    "form change, no element": Case(
        "track_form_change", {**FORM, "element_id": None}, wrong=invalid("type", "/data/elementId")
    ),
    "form change, type in capitals": Case(
        "track_form_change", {**FORM, "type_": "EMAIL"}, wrong=invalid("enum", "/data/type")
    ),
    "form submit": Case("track_form_submit", {"form_id": "f"}),
    "form submit, all of it": Case(
        "track_form_submit",
        {
            "form_id": "f",
            "form_classes": ["a", "b"],
            "elements": [ELEMENT, {**ELEMENT, "type": "email", "value": None}],
            **COMMON,
        },
        becomes=SETTLED | {"event_name": "submit_form"},
    ),
    "form submit, no elements": Case("track_form_submit", {"form_id": "f", "elements": []}),
    "form submit, a key too many": Case(
        "track_form_submit",
        {"form_id": "f", "elements": [{**ELEMENT, "id": "x"}]},
        wrong=invalid("additionalProperties", "/data/elements/0"),
    ),
    "site search": Case("track_site_search", {"terms": ["a", "b"]}),
    "site search, all of it": Case(
        "track_site_search",
        {
            "terms": ("a", "b"),
            "filters": {"category": "kitchen", "sale": True},
            "total_results": 10,
            "page_results": 0,
            **COMMON,
        },
        becomes=SETTLED | {"event_name": "site_search"},
    ),
    "site search, terms that are a text": Case(
        "track_site_search", {"terms": "shoes"}, wrong=invalid("type", "/data/terms")
    ),
    "site search, a filter that is a number": Case(
        "track_site_search",
        {"terms": ["a"], "filters": {"k": 5}},
        wrong=invalid("type", "/data/filters/k"),
    ),
    "site search, fewer than no results": Case(
        "track_site_search",
        {"terms": ["a"], "total_results": -1},
        wrong=invalid("minimum", "/data/totalResults"),
    ),
    "transaction": Case(
        "track_ecommerce_transaction", {"order_id": "o", "total_value": 12}, ("transaction",)
    ),
    "transaction, all of it": Case(
        "track_ecommerce_transaction",
        {
            "order_id": "o",
            "total_value": 20.05,
            "affiliation": "shop",
            "tax_value": 0,
            "shipping": 1e-7,
            "city": "Łódź",
            "state": "LD",
            "country": "PL",
            "currency": "PLN",
            "items": [{**ITEM}, {**ITEM, "sku": "p-2"}],
            **COMMON,
        },
        ("transaction", "transaction_item", "transaction_item"),
        becomes=SETTLED
        | {"tr_total": "20.05", "tr_tax": "0", "tr_shipping": "0.0000001", "tr_city": "Łódź"},
    ),
    "transaction, items without a time": Case(
        "track_ecommerce_transaction",
        {"order_id": "o", "total_value": 1e22, "items": [{**ITEM}]},
        ("transaction", "transaction_item"),
        becomes={"tr_total": "1" + "0" * 22},
    ),
    "transaction, a currency that is too long": Case(
        "track_ecommerce_transaction",
        {"order_id": "o", "total_value": 1, "currency": "Euro"},
        ("transaction",),
        (0, "tr_cu", "maxLength", None),
    ),
    "transaction, one item of several is wrong": Case(
        "track_ecommerce_transaction",
        {
            "order_id": "o",
            "total_value": 1,
            "items": [{**ITEM}, {**ITEM, "quantity": 1.5}, {**ITEM}],
        },
        ("transaction", *["transaction_item"] * 3),
        (2, "ti_qu", "type", None),
    ),
    "transaction item": Case(
        "track_ecommerce_transaction_item",
        {"order_id": "o", "sku": "p", "price": 1, "quantity": 1},
        ("transaction_item",),
    ),
    "transaction item, all of it": Case(
        "track_ecommerce_transaction_item",
        {"order_id": "o", **ITEM, "currency": "EUR", **COMMON},
        ("transaction_item",),
        becomes=SETTLED | {"ti_price": "7.5", "ti_quantity": 2, "ti_name": "Mug"},
    ),
    "transaction item, a price that is none": Case(
        "track_ecommerce_transaction_item",
        {"order_id": "o", "sku": "p", "price": "7,50", "quantity": 1},
        ("transaction_item",),
        (0, "ti_pr", "pattern", None),
    ),
    "screen view": Case("track_screen_view", {"name": "Home"}),
    "screen view, all of it": Case(
        "track_screen_view",
        {"name": "Home", "id_": "h", **COMMON},
        becomes=SETTLED | {"event_vendor": "com.snowplowanalytics.snowplow"},
    ),
    "screen view, nothing of it": Case(
        "track_screen_view", {}, wrong=invalid("minProperties", "/data")
    ),
    "mobile screen view": Case("track_mobile_screen_view", {"name": "Home"}),
    "mobile screen view, all of it": Case(
        "track_mobile_screen_view",
        {
            "name": "Home",
            "id_": OUR_UUID,
            "type": "feed",
            "previous_name": "Start",
            "previous_id": OUR_UUID,
            "previous_type": "feed",
            "transition_type": "push",
            **COMMON,
        },
        becomes=SETTLED | {"event_vendor": "com.snowplowanalytics.mobile"},
    ),
    "mobile screen view, no UUID": Case(
        "track_mobile_screen_view",
        {"name": "Home", "id_": "h"},
        wrong=invalid("format", "/data/id"),
    ),
    "structured event": Case("track_struct_event", {"category": "c", "action": "a"}, ("struct",)),
    "structured event, all of it": Case(
        "track_struct_event",
        {
            "category": "c",
            "action": "a",
            "label": "l",
            "property_": "p",
            "value": 0.1,
            **COMMON,
        },
        ("struct",),
        becomes=SETTLED | {"se_label": "l", "se_property": "p", "se_value": "0.1"},
    ),
    "structured event, worth nothing": Case(
        "track_struct_event",
        {"category": "c", "action": "a", "value": 0},
        ("struct",),
        becomes={"se_value": "0"},
    ),
    "structured event, no number": Case(
        "track_struct_event",
        {"category": "c", "action": "a", "value": float("inf")},
        ("struct",),
        (0, "se_va", "pattern", None),
    ),
    "self-describing event": Case("track_self_describing_event", {"event_json": EVENT}),
    "self-describing event, all of it": Case(
        "track_self_describing_event",
        {"event_json": EVENT, **COMMON},
        becomes=SETTLED | {"event_vendor": "com.games_company", "event_name": "save_game"},
    ),
    "self-describing event, a schema that is no URI": Case(
        "track_self_describing_event",
        {"event_json": SelfDescribingJson("not-a-uri", {})},
        wrong=invalid("pattern", "/schema"),
    ),
    "self-describing event, a schema that is not there": Case(
        "track_self_describing_event",
        {"event_json": described("com.acme/absent", {})},
        wrong=invalid("ResolutionError", ""),
    ),
    "self-describing event, one context of two is wrong": Case(
        "track_self_describing_event",
        {"event_json": EVENT, "context": [*contexts(), described("com.acme/user", {"seats": 0})]},
        wrong=(0, "co", "minimum", "/data/2/data/seats"),
    ),
    "unstructured event": Case("track_unstruct_event", {"event_json": EVENT}),
    "unstructured event, all of it": Case(
        "track_unstruct_event", {"event_json": EVENT, **COMMON}, becomes=SETTLED
    ),
    # Every class of events, which take their place.
    "PageView": Case(
        "PageView",
        {"page_url": URL, "page_title": "Pricing", "referrer": URL, **OF_CLASSES},
        ("page_view",),
        becomes=SETTLED,
    ),
    "PagePing": Case(
        "PagePing",
        {
            "page_url": URL,
            "page_title": "Pricing",
            "referrer": URL,
            "min_x": 0,
            "max_x": 1,
            "min_y": 2,
            "max_y": 3,
            **OF_CLASSES,
        },
        ("page_ping",),
        becomes=SETTLED,
    ),
    "PagePing, a fraction": Case(
        "PagePing", {"page_url": URL, "min_y": 1.5}, ("page_ping",), (0, "pp_miy", "type", None)
    ),
    "ScreenView": Case(
        "ScreenView",
        {
            "name": "Home",
            "id_": OUR_UUID,
            "type": "feed",
            "previous_name": "Start",
            "previous_id": OUR_UUID,
            "previous_type": "feed",
            "transition_type": "push",
            **OF_CLASSES,
        },
        becomes=SETTLED | {"event_vendor": "com.snowplowanalytics.mobile"},
    ),
    "ScreenView, no UUID": Case(
        "ScreenView", {"name": "Home", "id_": "h"}, wrong=invalid("format", "/data/id")
    ),
    "StructuredEvent": Case(
        "StructuredEvent",
        {
            "category": "c",
            "action": "a",
            "label": "l",
            "property_": "p",
            "value": 12.50,
            **OF_CLASSES,
        },
        ("struct",),
        becomes=SETTLED | {"se_value": "12.5"},
    ),
    "SelfDescribing": Case("SelfDescribing", {"event_json": EVENT, **OF_CLASSES}, becomes=SETTLED),
    "SelfDescribing, a schema that is no URI": Case(
        "SelfDescribing",
        {"event_json": SelfDescribingJson("not-a-uri", {})},
        wrong=invalid("pattern", "/schema"),
    ),
    "SelfDescribing, not what its schema asks": Case(
        "SelfDescribing",
        {"event_json": described("com.games_company/save_game", {"save_id": "s", "level": "3"})},
        wrong=invalid("type", "/data/level"),
    ),
}


# The collector.


class Collector(ThreadingHTTPServer):
    """Checks what it receives, and keeps the results."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.results: list[Result] = []


class Handler(BaseHTTPRequestHandler):
    """Answers one request, whatever is in it."""

    server: Collector

    def do_POST(self) -> None:
        """Check a body."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(VALIDATOR.check(body))

    def do_GET(self) -> None:
        """Check a query, given as the path of the request."""
        self.answer(VALIDATOR.check_query(self.path))

    def answer(self, result: Result) -> None:
        """Keep a result, and say that all is well: what is not valid is sent no second time."""
        self.server.results.append(result)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # named so there
        """Log nothing."""


@pytest.fixture(scope="module")
def running() -> Iterator[Collector]:
    """Run a collector on loopback."""
    with Collector() as collector:
        thread = threading.Thread(target=collector.serve_forever, args=(0.01,))
        thread.start()
        yield collector
        collector.shutdown()
        thread.join()


@pytest.fixture
def collector(running: Collector) -> Collector:
    """Give the collector, which has received nothing."""
    running.results.clear()
    return running


@pytest.fixture
def session() -> Iterator[requests.Session]:
    """Give a session that goes straight to the collector, whatever proxies there are."""
    with requests.Session() as session:
        session.trust_env = False
        yield session


@pytest.fixture(params=["post", "get"])
def method(request: pytest.FixtureRequest) -> str:
    """Give how events are sent."""
    return str(request.param)


@pytest.fixture(params=["base64", "plain"])
def spelling(request: pytest.FixtureRequest) -> str:
    """Give how JSON is spelled in what is sent."""
    return str(request.param)


# What is sent.


def track(tracker: Tracker, case: Case) -> None:
    """Have the tracker do what a case says. Its methods are deprecated, each and all."""
    given = copy.deepcopy(case.given)  # the tracker writes into what it is given
    if case.name.startswith("track_"):
        with pytest.warns(DeprecationWarning, match="^track_"):
            getattr(tracker, case.name)(**given)
    else:
        tracker.track(getattr(snowplow_tracker, case.name)(**given))


def run(tracker: Tracker, case: Case) -> None:
    """Have the tracker send what a case says."""
    track(tracker, case)
    tracker.flush()


def told(results: list[Result]) -> list[tuple[str, str, str | None]]:
    """Give what is told of all results: where, the keyword or else the code, and where in it."""
    return [
        (each.instance_location, each.keyword or each.code, each.decoded_location)
        for result in results
        for each in result
    ]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_sends(
    case: Case, collector: Collector, session: requests.Session, method: str, spelling: str
) -> None:
    """What a method sends has its verdict, and each event that is good comes out, normalized."""
    emitter = Emitter(
        endpoint="127.0.0.1",
        protocol="http",
        port=collector.server_port,
        method=method,
        batch_size=BATCH,
        session=session,
    )
    tracker = Tracker("cf", emitter, app_id="shop", encode_base64=spelling == "base64")

    run(tracker, case)

    results = collector.results
    kinds = [entry.payload["data"]["event"] for result in results for entry in result.entries]
    assert kinds == list(case.kinds)
    assert len(results) == (1 if method == "post" else len(kinds))
    expected = []
    if case.wrong is not None:
        number, field, keyword, decoded = case.wrong
        encoded = {"ue": ("ue_pr", "ue_px"), "co": ("co", "cx")}
        parameter = encoded[field][spelling == "base64"] if field in encoded else field
        at = f"/data/{number}" if method == "post" else ""
        expected = [(f"{at}/{parameter}", keyword, decoded)]
    assert told(results) == expected
    good = [event for result in results for event in result.events]
    assert len(good) == len(kinds) - len(expected)
    data = results[0].entries[0].payload["data"]
    assert {name: data.get(name) for name in case.becomes} == case.becomes
    assert {"v_tracker": "py-1.1.0", "app_id": "shop", "name_tracker": "cf"}.items() <= data.items()


@pytest.mark.parametrize("case", [case for case in CASES.values() if "tstamp" in str(case.becomes)])
def test_sends_the_times(case: Case, collector: Collector, session: requests.Session) -> None:
    """A time that is given is the true one; creation and sending are the tracker's own."""
    emitter = Emitter("127.0.0.1", "http", collector.server_port, batch_size=BATCH, session=session)

    run(Tracker("cf", emitter), case)

    for event in collector.results[0].events:
        data = event["data"]
        assert data["derived_tstamp"] == data["true_tstamp"] == case.becomes["true_tstamp"]
        assert {"dvce_created_tstamp", "dvce_sent_tstamp", "collector_tstamp"} <= set(data)


def test_each_method_is_called() -> None:
    """Each method that tracks, and each class of events, is called with all that it takes."""
    given: dict[str, set[str]] = {}
    for case in CASES.values():
        given.setdefault(case.name, set()).update(case.given)

    classes = {each.__name__: each for each in Event.__subclasses__()}
    wanted = {name: getattr(Tracker, name) for name in dir(Tracker) if name.startswith("track_")}
    taken = {
        name: set(inspect.signature(each).parameters) - {"self"}
        for name, each in (wanted | classes).items()
    }
    assert given == taken


def test_sends_a_batch(collector: Collector, session: requests.Session, spelling: str) -> None:
    """Everything that a tracker can send, in one request: each event fails or passes by itself."""
    emitter = Emitter("127.0.0.1", "http", collector.server_port, batch_size=1_000, session=session)
    tracker = Tracker("cf", emitter, encode_base64=spelling == "base64")
    held: list[tuple[str, int]] = []
    for name, case in CASES.items():
        held += [(name, number) for number, _ in enumerate(case.kinds)]
        track(tracker, case)
    tracker.flush()

    (result,) = collector.results
    failing = {name: case.wrong[0] for name, case in CASES.items() if case.wrong is not None}
    assert len(result.entries) == len(held)
    failed = [place for place, entry in zip(held, result.entries, strict=True) if not entry]
    assert failed == list(failing.items())
    assert len(result.events) == len(held) - len(failed)


def test_sends_from_another_thread(
    collector: Collector, session: requests.Session, method: str
) -> None:
    """The emitter that sends from a thread of its own sends the same."""
    emitter = AsyncEmitter(
        endpoint="127.0.0.1",
        protocol="http",
        port=collector.server_port,
        method=method,
        batch_size=BATCH,
        session=session,
    )

    run(Tracker("cf", emitter), CASES["transaction, all of it"])

    assert told(collector.results) == []
    kinds = [event["data"]["event"] for result in collector.results for event in result.events]
    assert kinds == ["transaction", "transaction_item", "transaction_item"]


def test_sends_as_its_guide_has_it(collector: Collector, session: requests.Session) -> None:
    """A tracker made by `Snowplow.create_tracker`, as the documentation begins, sends the same."""
    tracker = Snowplow.create_tracker(
        namespace="guide",
        endpoint=f"http://127.0.0.1:{collector.server_port}",
        app_id="shop",
        subject=subject("user-42"),
        tracker_config=TrackerConfiguration(encode_base64=True, json_encoder=str),
        emitter_config=EmitterConfiguration(batch_size=BATCH, session=session),
    )
    try:
        # What JSON has no type for is written by the encoder that was asked for.
        event = described("com.acme/note", {"text": re.compile("a")})
        run(tracker, Case("SelfDescribing", {"event_json": event}))
    finally:
        Snowplow.reset()

    (result,) = collector.results
    (good,) = result.events
    assert good["data"]["unstruct_event"]["data"]["data"] == {"text": "re.compile('a')"}
    assert good["data"]["user_id"] == "user-42"
    assert json.loads(json.dumps(good)) == VALIDATOR.check(good).payload
