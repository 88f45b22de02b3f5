"""What values look like in documentation, by the name of a property or the format of a text.

Names and addresses are those that are kept for documentation: example.com (RFC 2606), 192.0.2.0/24
and its like (RFC 5737), 2001:db8::/32 (RFC 3849), 00:00:5E:00:53:xx (RFC 7042), and telephone
numbers with 555-01xx. What stands at one place of several lists belongs together: a name, an email
address, a city, its country.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TypeAlias
from uuid import UUID

import attrs

from validator.drawing.choices import Choices
from validator.results import JSON

__all__ = ["ANY_MEMBERS", "FORMATS", "MEMBERS", "WORDS", "Scene", "named", "sentence"]

_START = datetime(2026, 1, 5, 8, tzinfo=UTC)
_DAYS = 120
_MOST_TURNS = 59
_WAIT = 90
_HEX = "0123456789abcdef"


@attrs.define
class Scene:
    """What the values of one document have in common."""

    choices: Choices
    #: Which of the values of a list, here and in all lists.
    turn: int
    #: The moment that times tell; each is a little later than the one before.
    moment: datetime

    @classmethod
    def of(cls, choices: Choices) -> Scene:
        """Begin one."""
        start = _START + timedelta(
            days=choices.integer(0, _DAYS),
            seconds=choices.integer(0, 36_000),
            milliseconds=choices.integer(0, 999),
        )
        return cls(choices, choices.integer(0, _MOST_TURNS), start)

    def later(self) -> datetime:
        """Give the moment, and let time go on."""
        self.moment += timedelta(milliseconds=self.choices.integer(1, _WAIT * 1000))
        return self.moment

    def uuid(self) -> str:
        """Make up a UUID, as if at random."""
        return str(UUID(hex=self.choices.text(32, 32, of=_HEX), version=4))


#: Gives what a value may be, the best first: a schema takes some, and others not.
_Maker: TypeAlias = Callable[[Scene], list[JSON]]


def _of(*values: JSON) -> _Maker:
    """Give the value whose turn it is, and then the others."""

    def make(scene: Scene) -> list[JSON]:
        first = scene.turn % len(values)
        return [*values[first:], *values[:first]]

    return make


def _either(*makers: _Maker) -> _Maker:
    """Give what one maker gives, then what the next one does."""
    return lambda scene: [each for make in makers for each in make(scene)]


def _between(least: int, most: int) -> _Maker:
    def make(scene: Scene) -> list[JSON]:
        number = scene.choices.integer(least, most)
        return [number, str(number)]

    return make


def _amount(most: int) -> _Maker:
    """Give what something costs: a number of two decimals, or the text of one."""

    def make(scene: Scene) -> list[JSON]:
        cents = scene.choices.integer(1, most * 20) * 5
        return [cents / 100, f"{cents // 100}.{cents % 100:02}", max(cents // 100, 1)]

    return make


def _uuid(scene: Scene) -> list[JSON]:
    return [scene.uuid()]


def _hash(scene: Scene) -> list[JSON]:
    return [scene.choices.text(length, length, of=_HEX) for length in (40, 64, 32, 8)]


def _moment(scene: Scene) -> list[JSON]:
    moment = scene.later()
    text = moment.isoformat(timespec="milliseconds").removesuffix("+00:00")
    milliseconds = round(moment.timestamp() * 1000)
    seconds = milliseconds // 1000
    spelled = [f"{text[:19]}Z", f"{text}Z", text[:10], text[11:19], f"{text[11:19]}Z"]
    return [*spelled, milliseconds, seconds, str(milliseconds), str(seconds)]


def _earlier(scene: Scene) -> list[JSON]:
    return _moment(attrs.evolve(scene, moment=scene.moment - timedelta(seconds=2 * _WAIT)))


def _day(scene: Scene) -> list[JSON]:
    return [scene.moment.date().isoformat(), *_moment(scene)]


def _end(scene: Scene) -> list[JSON]:
    return _moment(attrs.evolve(scene, moment=scene.moment + timedelta(days=365)))


def _offset(scene: Scene) -> list[JSON]:
    return [f"{scene.later():%H:%M:%S}Z"]


_EMAIL = _of("ada@example.com", "grace@example.org", "alan@example.net", "mary@example.com")
_FIRST = _of("Ada", "Grace", "Alan", "Mary")
_LAST = _of("Lovelace", "Hopper", "Turing", "Shelley")
_FULL = _of("Ada Lovelace", "Grace Hopper", "Alan Turing", "Mary Shelley")
_COUNTRY_CODE = _of("GB", "US", "DE", "FR")
_CITY = _of("London", "New York", "Berlin", "Paris")
_URL = _of(
    "https://example.com/",
    "https://example.com/pricing",
    "https://shop.example.com/notebooks?page=2",
    "https://example.com/blog/hello-world",
)
_REFERRER = _of("https://search.example.org/?q=notebook", "https://news.example.net/")
_IMAGE = _of("https://example.com/images/a5-notebook.png", "https://example.com/images/pencil.png")
_HOST = _of("example.com", "shop.example.com", "www.example.org")
_IPV4 = _of("192.0.2.17", "198.51.100.24", "203.0.113.9")
_IPV6 = _of("2001:db8::8a2e:370:7334", "2001:db8::1")
_TITLE = _of("Home", "Pricing", "Notebooks", "Hello, world")
_PRODUCT = _of("A5 notebook", "Pencil", "Fountain pen", "Desk lamp")
_SKU = _of("NB-A5-01", "PC-HB-12", "FP-M-03", "DL-LED-07")
_CATEGORY = _of("stationery", "pencils", "pens", "lamps")
_LANGUAGE = _of("en-GB", "en-US", "de-DE", "fr-FR")
_IGLU = _of(
    "iglu:com.snowplowanalytics.snowplow/link_click/jsonschema/1-0-1",
    "iglu:com.snowplowanalytics.snowplow/web_page/jsonschema/1-0-0",
)
_SENTENCES = (
    "The order was placed.",
    "A visitor looked at the page.",
    "The payment went through.",
    "The form was sent.",
)
_NO = (False,)
#: What texts are that nothing is known of.
WORDS = ("notebook", "summer", "checkout", "newsletter", "blue", "standard")
#: Names that members have where a schema lets an object have any; by the name of the object.
ANY_MEMBERS = ("id", "name")
MEMBERS: dict[str, tuple[str, ...]] = {
    "context": ("url", "page_title"),
    "device": ("id", "os"),
    "metadata": ("ip",),
    "properties": ("sku", "product", "quantity", "price", "currency"),
    "request": ("host", "user-agent"),
    "traits": ("name", "email"),
    "address": ("street", "city", "postcode", "country"),
    "events": ("add-to-cart", "purchase"),
    "filters": ("category", "color"),
    "headers": ("host", "user-agent"),
    "options": (),
}

#: The end of a property's name, after its parent's and a dot, and what is there. Names are in lower
#: case with `_` between words; the first that fits is the one.
_NAMES: tuple[tuple[str, _Maker], ...] = (
    ("debug|dry_run|debugger|is_fatal|fatal|is_?test|deleted|truncated|profile_less", _of(*_NO)),
    ("ipv?6?|ip_?address|remote_addr(ess)?", _either(_IPV4, _IPV6)),
    ("mac(_address)?", _of("00:00:5E:00:53:01", "00:00:5E:00:53:A7")),
    # People, and where they live.
    ("e?_?mail|email_address", _EMAIL),
    ("first_?name|given_?name", _FIRST),
    ("last_?name|family_?name|surname", _LAST),
    ("user_?name|login|nick(name)?|handle", _of("ada", "grace", "alan", "mary")),
    ("full_?name|author|(user|customer|person|profile|contact|trait)s?[.]name", _FULL),
    ("(customer|person|contact|owner)_?name", _FULL),
    (
        "(tele)?phone(_number)?|mobile|msisdn|fax",
        _either(
            _of("+1 202 555 0143", "+1 202 555 0178"),
            _of("+12025550143", "+12025550178"),
        ),
    ),
    ("role", _of("editor", "admin")),
    ("company|organi[sz]ation|employer|affiliation", _of("Example Books", "Example Shop")),
    ("street|address(_line_?[0-9]?)?", _of("1 Example Street", "24 Sample Avenue")),
    ("post_?code|zip(_?code)?|postal_?code", _of("EC1A 1AA", "10001", "10115", "75001")),
    ("city|town", _CITY),
    ("country_?code", _COUNTRY_CODE),
    (
        "country",
        _either(
            _of("United Kingdom", "United States", "Germany", "France"),
            _COUNTRY_CODE,
            _of("GBR", "USA", "DEU", "FRA"),
        ),
    ),
    ("region|province|(address|user)[.]state", _of("England", "New York", "Berlin", "Paris")),
    ("lat(itude)?", _of(51.5072, 40.7128, 52.52, 48.8566)),
    ("lng|lon(gitude)?", _of(-0.1276, -74.006, 13.405, 2.3522)),
    ("altitude", _of(35, 10, 34)),
    ("bearing|heading", _between(0, 359)),
    ("accuracy", _of(12.5, 5, 20)),
    ("speed", _of(1.4, 5.5)),
    ("time_?zone|tz", _of("Europe/London", "America/New_York", "Europe/Berlin", "Europe/Paris")),
    (
        "locale|lang(uage)?",
        _either(_LANGUAGE, _of("en", "en", "de", "fr")),
    ),
    ("age", _between(18, 80)),
    (
        "birth_?(day|date)|date_of_birth|dob",
        _of("1985-12-10", "1986-12-09", "1992-06-23", "1997-08-30"),
    ),
    ("gender", _of("female", "male")),
    # Machines and networks.
    ("user_?agent", _of("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")),
    ("avatar|image|img|logo|icon|picture|photo|thumbnail(_url)?|image_url", _IMAGE),
    ("referr?er|referr?er_url|refr", _REFERRER),
    ("ur[il]|href|link|web_?site|home_?page", _URL),
    ("host(_?name)?|domain", _HOST),
    ("json_?path", _of("$.event.name", "$.user.id")),
    ("path(_?name)?|route", _of("/", "/pricing", "/notebooks", "/blog/hello-world")),
    ("browser(_name)?", _of("Firefox", "Chrome", "Safari")),
    ("os(_?type|_?name)?|operating_system", _of("Android", "iOS", "Linux")),
    ("(device_?)?manufacturer|brand", _of("Example Devices", "Acme")),
    ("(device_?)?model", _of("Example One", "Example Tab")),
    ("carrier", _of("Example Mobile")),
    ("network_?technology", _of("LTE", "NR")),
    ("resolution|screen_?size", _of("1170x2532", "1920x1080")),
    ("scale", _of(2, 3)),
    ("view_?width|screen_?width|width", _of(1920, 1366, 390)),
    ("view_?height|screen_?height|height", _of(1080, 768, 844)),
    ("battery_?level|percent(age)?|progress|completion", _between(5, 95)),
    ("(physical|available|total|system|app)_?(available_?)?(memory|storage)", _of(8 * 2**30)),
    ("bytes|file_?size", _between(1_000, 90_000)),
    ("charset|encoding", _of("UTF-8")),
    ("mime_?type|content_?type", _of("text/html", "application/json")),
    ("method", _of("GET", "POST")),
    ("status_?code|http_?status", _of(200, 201, 404)),
    # Things, and what they cost.
    ("sku|(product|item|article)_?(id|sku|code)", _SKU),
    ("(product|item|article)(_?name)?", _PRODUCT),
    ("category|department|genre", _CATEGORY),
    ("colou?r", _of("blue", "red", "green")),
    ("currency(_?code)?", _of("GBP", "USD", "EUR", "EUR")),
    ("cost_?model", _of("cpc", "cpm")),
    ("tax|shipping|fee|discount|cost", _amount(5)),
    ("price|amount|total|revenue|subtotal|value|balance|initial_?value", _amount(60)),
    ("quantity|qty|count|number_of_[a-z_]+", _between(1, 5)),
    ("(total|page)_?results", _between(3, 90)),
    ("rating|stars", _between(1, 5)),
    ("score|points|level|rank", _between(1, 50)),
    ("index|position|column|offset|page_?number", _between(1, 20)),
    ("line(_?number|_?column)?", _between(10, 200)),
    (
        "duration|elapsed|timing|latency|milliseconds|(elapsed|load|response|wait)_?time",
        _between(80, 900),
    ),
    ("year", _of(2026, 2025)),
    # Programs.
    ("(app|os)_?version|version", _either(_of("2.4.1", "1.12.0"), _of("1-0-0", "1-0-1"))),
    ("(instance|keyword|decoded)_location|(json_?)?pointer", _of("/events/0/type", "/source/id")),
    ("[a-z]*schema|(schema|iglu)_(ur[il]|key)", _IGLU),
    ("vendor", _of("com.acme", "com.example")),
    ("password|secret|token|[a-z_]*(api|access)_?key", _hash),
    ("hash|checksum|digest|signature|sha[0-9]+|md5", _hash),
    ("exception_?name|error_?(type|class)", _of("java.lang.IllegalStateException")),
    (
        "stack_?trace",
        _of(
            "java.lang.IllegalStateException: the cart is empty\n"
            "\tat com.example.shop.Checkout.pay(Checkout.java:57)"
        ),
    ),
    ("class_?name", _of("com.example.shop.Checkout")),
    ("thread_?name", _of("main", "worker-1")),
    ("file(_?name)?", _of("Checkout.java", "Cart.java")),
    # When.
    ("expir(y|es)(_at|_date)?|valid_(until|to)|due(_date)?", _end),
    ("[a-z_]*date|day", _day),
    ("create|created(_at)?|start(ed)?(_at)?", _earlier),
    ("insert(ed)?|updated?|moment|since|until|ts", _moment),
    ("[a-z_]+_at|[a-z_]*time(_?stamp)?|[a-z_]*tstamp", _moment),
    # What is said, and what happened.
    ("title|headline|subject|page", _TITLE),
    ("description|message|comment|text|summary|body|content|note|reason|error", _of(*_SENTENCES)),
    ("query|q|search|terms?|key_?words?", _of("notebook", "pencil", "fountain pen", "desk lamp")),
    ("campaign(_?name)?", _of("spring-sale", "back-to-school")),
    ("network", _of("Example Social", "Example Chat")),
    ("platform", _of("web", "mob", "srv")),
    ("environment|env|stage", _of("production", "staging")),
    ("tags?|labels?", _of("new", "summer", "sale")),
    ("[a-z_]*class(es)?", _of("button", "primary", "wide")),
    ("screen_?views?[.]name|(previous|screen)_?name", _of("Cart", "Checkout")),
    ("documents?[._]?name", _of("Privacy policy", "Terms of use")),
    ("error_?code|code", _either(_of("E1001", "E1042"), _between(1000, 1099))),
    ("action", _of("add", "view", "share", "buy")),
    (
        "events?[._]?(type|name)|event_payload[.]type|event",
        _of("product-view", "add-to-cart", "purchase", "wish-list"),
    ),
    ("status|state", _of("active", "done", "pending")),
    ("(element|form|button|field|node)s?[._]?id", _of("sign-up", "checkout", "search")),
    ("(source|app|application|site)s?[._]?id", _either(_of("web-shop", "mobile-app"), _uuid)),
    (
        "id|ids|uuid|guid|[a-z_]+_ids?|id(fa|fv)|[a-z_]*userid",
        _either(_uuid, _between(1_000, 9_999)),
    ),
    ("name", _PRODUCT),
    ("[a-z_]*type|kind|plan|tier", _of("standard", "basic")),
)
_FITTING = [(re.compile(f"(?:^|.*[._])(?:{ends})"), make) for ends, make in _NAMES]

#: What texts of a format are.
FORMATS: dict[str, _Maker] = {
    "date": _day,
    "date-time": _moment,
    "duration": _of("PT15M", "P1D"),
    "email": _EMAIL,
    "hostname": _HOST,
    "idn-email": _EMAIL,
    "idn-hostname": _HOST,
    "ipv4": _IPV4,
    "ipv6": _IPV6,
    "iri": _URL,
    "iri-reference": _URL,
    "json-pointer": _of("/events/0/type", "/source/id"),
    "regex": _of("^[a-z]+$"),
    "relative-json-pointer": _of("1/type"),
    "time": _offset,
    "uri": _URL,
    "uri-reference": _URL,
    "uri-template": _of("https://example.com/users/{id}"),
    "uuid": _uuid,
}
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+")


def named(name: str, parent: str, scene: Scene) -> Iterator[JSON]:
    """Give what the value of a property of this name may be, the best first."""
    whole = ".".join(_CAMEL.sub("_", each).strip("_").lower() for each in (parent, name))
    for fits, make in _FITTING:
        if fits.fullmatch(whole):
            yield from make(scene)
            return


def sentence(scene: Scene, least: int) -> str:
    """Give words that make a text of so many characters, or of some more."""
    text = ""
    turn = scene.turn
    while len(text) < least or not text:
        text = f"{text} {WORDS[turn % len(WORDS)]}".lstrip()
        turn += 1
    return text
