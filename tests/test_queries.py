"""The query of a URL as parameters: what is read, and what is refused."""

from __future__ import annotations

import pytest

from validator import Limits, WrongUse
from validator.documents import Refused
from validator.queries import locate, parse_query
from validator.results import Violation

LIMITS = Limits()
ONCE = Limits(duplicate_keys=False)


def refusal(query: bytes | str, limits: Limits = LIMITS) -> Violation:
    """Give why a query is refused."""
    with pytest.raises(Refused) as refused:
        parse_query(query, limits)
    return refused.value.violation


# Where the query is.


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("e=pv&p=web", id="bare"),
        pytest.param("?e=pv&p=web", id="after a question mark"),
        pytest.param("/i?e=pv&p=web", id="after a path"),
        pytest.param("/com.acme/i?e=pv&p=web", id="after a path of several steps"),
        pytest.param("//c.example.com/i?e=pv&p=web", id="after a URL without a scheme"),
        pytest.param("http://c.example.com/i?e=pv&p=web", id="of http"),
        pytest.param("https://c.example.com/i?e=pv&p=web", id="of https"),
        pytest.param("HTTPS://C.EXAMPLE.COM/i?e=pv&p=web", id="of a URL in upper case"),
        pytest.param("https://c.example.com?e=pv&p=web", id="of a URL without a path"),
        pytest.param("https://u@c.example.com:8080/a=b/i?e=pv&p=web", id="of a URL with all"),
        pytest.param("https://c.example.com/i?e=pv&p=web#e=pp", id="before a fragment"),
        pytest.param("e=pv&p=web#", id="before an empty fragment"),
        pytest.param("c.example.com/i?e=pv&p=web", id="after a host and a path"),
        pytest.param("c.example.com/?e=pv&p=web", id="after a host and the root"),
        pytest.param("localhost:8080/com.acme/i?e=pv&p=web#x", id="after a port"),
        pytest.param("é.example/i?e=pv&p=web", id="after a host with other letters"),
        pytest.param("GET /i?e=pv&p=web HTTP/1.1", id="in the first line of a request"),
        pytest.param("GET e=pv&p=web HTTP/1.1", id="alone in it"),
        pytest.param("POST https://c.example.com/i?e=pv&p=web HTTP/2", id="in one with a URL"),
        pytest.param("e=pv&p=web#?e=pp", id="before a fragment with a question mark"),
        pytest.param("&e=pv&&p=web&", id="with nothing between some of its signs"),
    ],
)
def test_finds_the_query(query: str) -> None:
    """A query is read alone or where a URL has it, as a str and as bytes alike."""
    assert parse_query(query, LIMITS) == {"e": "pv", "p": "web"}
    assert parse_query(query.encode(), LIMITS) == {"e": "pv", "p": "web"}


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("", id="no text"),
        pytest.param("?", id="a question mark"),
        pytest.param("#e=pv", id="a fragment"),
        pytest.param("&&", id="signs between nothing"),
        pytest.param("/", id="the root"),
        pytest.param("/i", id="a path"),
        pytest.param("/i?", id="a path and a question mark"),
        pytest.param("/i#?e=pv", id="a question mark in a fragment"),
        pytest.param("https://c.example.com/i", id="a URL without a query"),
        pytest.param("https://c.example.com/e=pv", id="a URL with a path that is like one"),
        pytest.param("c.example.com/i", id="a host and a path"),
        pytest.param("c.example.com/i?", id="those and a question mark"),
        pytest.param("c.example.com/i#?e=pv", id="those and a fragment"),
        pytest.param("GET /i HTTP/1.1", id="the first line of a request without a query"),
    ],
)
def test_reads_no_parameters(query: str) -> None:
    """What has no query has no parameters; that there is no event is for a schema to say."""
    assert parse_query(query, LIMITS) == {}
    assert parse_query(query.encode(), LIMITS) == {}


# What its names and values are.


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        pytest.param("e=pv?", {"e": "pv?"}, id="a question mark in a value"),
        pytest.param("e?=pv", {"e?": "pv"}, id="a question mark in a name"),
        pytest.param("??e=pv", {"?e": "pv"}, id="a second question mark"),
        pytest.param(
            "e=pv&url=https://a.example/b?c=d",
            {"e": "pv", "url": "https://a.example/b?c=d"},
            id="a URL in a value",
        ),
        pytest.param(
            "/i?url=https://a.example/?b", {"url": "https://a.example/?b"}, id="one after a path"
        ),
        pytest.param("a/b?c=1", {"c": "1"}, id="what is like a host and a path is one"),
        pytest.param("a/b=1&c=2", {"a/b": "1", "c": "2"}, id="a slash in a name"),
        pytest.param("a/b&c=2", {"a/b": "", "c": "2"}, id="a slash in a name alone"),
        pytest.param("a/b=c?d=1", {"a/b": "c?d=1"}, id="a slash and a question mark later"),
        pytest.param("a b/c?d=1", {"a b/c?d": "1"}, id="a host has no spaces"),
        pytest.param("=/b?c=1", {"": "/b?c=1"}, id="an empty host is none"),
        pytest.param("c.example.com?e=pv", {"c.example.com?e": "pv"}, id="a host without a path"),
        pytest.param(
            "get /i?e=pv HTTP/1.1", {"get /i?e": "pv HTTP/1.1"}, id="a method in lower case"
        ),
        pytest.param("GET /i?e=pv", {"GET /i?e": "pv"}, id="half of the first line"),
        pytest.param("e=GET /i HTTP/1.1", {"e": "GET /i HTTP/1.1"}, id="a line in a value"),
        pytest.param("e=a=b", {"e": "a=b"}, id="an equals sign in a value"),
        pytest.param("page", {"page": ""}, id="a name alone"),
        pytest.param("page=", {"page": ""}, id="an empty value"),
        pytest.param("=pv", {"": "pv"}, id="an empty name"),
        pytest.param("page=a+b", {"page": "a b"}, id="a plus sign is a space"),
        pytest.param("page=a%20b", {"page": "a b"}, id="an escaped space"),
        pytest.param("page=a%2Bb", {"page": "a+b"}, id="an escaped plus sign"),
        pytest.param("page=a%26b%3Dc", {"page": "a&b=c"}, id="escaped signs"),
        pytest.param("page=a%23b%3Fc", {"page": "a#b?c"}, id="escaped ends"),
        pytest.param("p%61ge=x", {"page": "x"}, id="an escape in a name"),
        pytest.param("page=%c3%A9", {"page": "é"}, id="escapes in either case"),
        pytest.param("page=%F0%9F%98%80", {"page": "\U0001f600"}, id="four bytes"),
        pytest.param("page=Café", {"page": "Café"}, id="letters that should have been escaped"),
        pytest.param("page=é%C3%A9", {"page": "éé"}, id="escaped beside others"),
        pytest.param("page=%2541", {"page": "%41"}, id="an escape is undone once"),
        pytest.param("page=100%", {"page": "100%"}, id="a percent sign at the end"),
        pytest.param("page=%zz%4", {"page": "%zz%4"}, id="what is like an escape stays"),
        pytest.param("page=%00%0A", {"page": "\x00\n"}, id="control characters"),
        pytest.param("page= a\t", {"page": " a\t"}, id="space at both ends"),
        pytest.param("a;b=c", {"a;b": "c"}, id="a semicolon parts nothing"),
        pytest.param("a[b]=c", {"a[b]": "c"}, id="brackets mean nothing"),
        pytest.param("E=pv&e=pp", {"E": "pv", "e": "pp"}, id="names differ by their case"),
    ],
)
def test_reads_parameters(query: str, parameters: dict[str, str]) -> None:
    """Names and values are texts whose escapes are undone; each is given in its order."""
    for each in (query, query.encode()):
        read = parse_query(each, LIMITS)

        assert list(parameters.items()) == list(read.items())


# What is refused.


@pytest.mark.parametrize(
    "query",
    [
        pytest.param(b"page=\xff", id="a byte that is not UTF-8"),
        pytest.param(b"page=\xe9", id="Latin-1"),
        pytest.param(b"page=\xed\xa0\x80", id="half of a surrogate pair in bytes"),
        pytest.param("page=\ud800", id="half of a surrogate pair in a str"),
        pytest.param("page=%FF", id="an escaped byte that is not UTF-8"),
        pytest.param("page=%E9", id="an escape of Latin-1"),
        pytest.param("page=%C3", id="half of a letter, escaped"),
        pytest.param("page=%ED%A0%80", id="half of a surrogate pair, escaped"),
        pytest.param("%FF=pv", id="a name"),
    ],
)
def test_refuses_what_is_not_utf_8(query: bytes | str) -> None:
    """What is no Unicode text is refused, escaped or not, and the message quotes none of it."""
    violation = refusal(query)

    assert (violation.code, violation.instance_location) == ("NotUTF8", "")
    assert violation.message == (
        "a query is UTF-8, and so is what its escapes (%C3%A9) stand for; this one is not"
    )


@pytest.mark.parametrize("letter", ["a", "é", "\U0001f600"])
def test_refuses_what_is_too_large(letter: str) -> None:
    """A query has at most so many bytes of UTF-8, as a str and as bytes alike."""
    query = f"page={letter * 10}"
    size = len(query.encode())

    for each in (query, query.encode()):
        assert parse_query(each, Limits(bytes=size)) == {"page": letter * 10}
        violation = refusal(each, Limits(bytes=size - 1))
        assert (violation.code, violation.instance_location) == ("TooLarge", "")
        assert f"may have {size - 1} bytes" in violation.message


def test_measures_a_query_that_is_much_too_large() -> None:
    """A long str is refused by its size; what comes after so many characters is not read."""
    assert refusal("a" * 2_000_000).code == "TooLarge"
    assert refusal("a" * 2_000_000 + "\ud800").code == "TooLarge"
    assert "1,000,000" in refusal(b"\xff" * 2_000_000).message


@pytest.mark.parametrize(
    ("query", "parameters", "location"),
    [
        pytest.param("e=pv&e=pp", {"e": "pp"}, "/e", id="two values"),
        pytest.param("e=pv&e=pv", {"e": "pv"}, "/e", id="one value twice"),
        pytest.param("e=pv&e", {"e": ""}, "/e", id="a value, then none"),
        pytest.param("e=pv&%65=pp", {"e": "pp"}, "/e", id="one of them escaped"),
        pytest.param("a=1&b=1&b=2&a=2", {"a": "2", "b": "2"}, "/a", id="two names twice"),
        pytest.param("a/b=1&a/b=2", {"a/b": "2"}, "/a~1b", id="a name with a slash"),
        pytest.param("c/d?a/b=1&a/b=2", {"a/b": "2"}, "/a~1b", id="one after a path"),
        pytest.param("=1&=2", {"": "2"}, "/", id="an empty name"),
    ],
)
def test_repeated_names(query: str, parameters: dict[str, str], location: str) -> None:
    """Of a name that stands twice the last wins; or it is refused, if the limits say so."""
    assert parse_query(query, LIMITS) == parameters

    violation = refusal(query, ONCE)

    assert (violation.code, violation.instance_location) == ("DuplicateKey", location)
    assert violation.message == "a parameter stands twice in the query"


def test_names_once() -> None:
    """Limits that refuse repetitions refuse nothing else."""
    assert parse_query("e=pv&E=pv&p=web", ONCE) == {"e": "pv", "E": "pv", "p": "web"}


def test_keeps_what_it_says_within_the_limits() -> None:
    """Message and location of a refusal are as short as the limits ask for."""
    tight = Limits(duplicate_keys=False, message=40, location=10)

    assert len(refusal("page=%FF", tight).message) == 40
    assert refusal("a_long_name=1&a_long_name=2", tight).instance_location == ""


@pytest.mark.parametrize(
    ("query", "given"),
    [
        pytest.param(None, "None", id="None"),
        pytest.param({"e": "pv"}, "dict", id="an object"),
        pytest.param(bytearray(b"e=pv"), "bytearray", id="a bytearray"),
        pytest.param(type("Text", (str,), {})("e=pv"), "Text", id="a subclass of str"),
        pytest.param(type("Bytes", (bytes,), {})(b"e=pv"), "Bytes", id="a subclass of bytes"),
    ],
)
def test_refuses_what_is_no_text(query: str, given: str) -> None:
    """A query is bytes or a str, and nothing that only looks like one."""
    with pytest.raises(WrongUse, match=f"a query is bytes or a str, not .*{given}"):
        parse_query(query, LIMITS)


@pytest.mark.parametrize(
    "query",
    ["a=1&b=2&a=3&c", "https://x/i?a=1&&%62=2&a#b=3", "GET /a=1?a+b=1&=2 HTTP/1.1", "c.example/i"],
)
def test_locate(query: str) -> None:
    """A parameter is found where it begins: all that are read are, and each where it is."""
    found = locate(query)
    assert list(found) == list(parse_query(query, LIMITS))
    for name, index in found.items():
        assert query[index - 1 : index] in {"", "&", "?"} - {"" if index else "&"}
        assert next(iter(parse_query(query[index:].partition("&")[0], LIMITS))) == name


def test_locate_the_last() -> None:
    """Of a name that stands twice, in whatever spelling, the last counts."""
    assert locate("/i?a=1&%61=2&b=3") == {"a": 7, "b": 13}
