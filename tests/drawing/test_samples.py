"""Samples of values: what they are called, and that they are what is kept for documentation."""

from __future__ import annotations

import ipaddress
import re
from typing import Any

import pytest

from validator import Validator
from validator.drawing import formats
from validator.drawing.choices import Seeded
from validator.drawing.samples import FORMATS, Scene, named, sentence

#: Each of the values that a list has comes first in some scene.
SCENES = [Scene.of(Seeded(seed)) for seed in range(100)]


def first(name: str, parent: str = "") -> list[Any]:
    """Give the values that come first in all scenes, without those that are there twice."""
    return list(dict.fromkeys(next(named(name, parent, scene)) for scene in SCENES))


@pytest.mark.parametrize("name", formats.FORMATS)
def test_formats(name: str) -> None:
    """There is a sample of each format that is known, and it is one."""
    judge = Validator()
    for scene in SCENES:
        assert judge.validate([FORMATS[name](scene)[0]], {"items": {"format": name}})


@pytest.mark.parametrize(
    ("name", "parent", "wanted"),
    [
        ("email", "", r"[a-z]+@example\.(com|org|net)"),
        ("customerEmail", "", r"[a-z]+@example\.(com|org|net)"),
        ("e-mail", "", r"[a-z]+@example\.(com|org|net)"),
        ("firstName", "", "[A-Z][a-z]+"),
        ("name", "user", "[A-Z][a-z]+ [A-Z][a-z]+"),
        ("name", "add_to_cart", "A5 notebook|Pencil|Fountain pen|Desk lamp"),
        ("user_name", "", "[a-z]+"),
        ("phoneNumber", "", r"\+1 202 555 01[0-9]{2}"),
        ("countryCode", "", "[A-Z]{2}"),
        ("CURRENCY", "", "[A-Z]{3}"),
        ("timezone", "", "[A-Z][a-z]+/[A-Za-z_]+"),
        ("ipAddress", "", r"[0-9.]+"),
        ("macAddress", "", "00:00:5E:00:53:[0-9A-F]{2}"),
        ("targetUrl", "", r"https://([a-z]+\.)?example\.com/.*"),
        ("sessionId", "", "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
        ("created_at", "", "2026-[0-9-]+T[0-9:]+Z"),
        ("expires", "", "2027-[0-9-]+T[0-9:]+Z"),
        ("schema", "", "iglu:com[.]snowplowanalytics[.].*"),
        ("type", "events", "[a-z]+(-[a-z]+)*"),
        ("resolution", "", "[0-9]+x[0-9]+"),
    ],
)
def test_texts(name: str, parent: str, wanted: str) -> None:
    """A property has what its name says, however it is spelled, and what its parent's name says."""
    values = first(name, parent)
    assert [each for each in values if not re.fullmatch(wanted, each)] == []


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("age", 18, 80),
        ("unitPrice", 0.05, 60),
        ("quantity", 1, 5),
        ("latitude", -90, 90),
        ("longitude", -180, 180),
        ("batteryLevel", 0, 100),
        ("screenWidth", 300, 2000),
        ("elapsedTime", 80, 900),
    ],
)
def test_numbers(name: str, least: float, most: float) -> None:
    """A number is one that might be."""
    assert all(least <= each <= most for each in first(name))


def test_flags() -> None:
    """What is false as a rule, is."""
    assert first("debug") == [False]


def test_of_other_names_nothing_is_known() -> None:
    """A name that says nothing has no samples."""
    assert list(named("x", "", SCENES[0])) == []


def test_addresses_are_reserved() -> None:
    """Addresses are those that are kept for documentation (RFC 5737, RFC 3849)."""
    nets = ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")
    known = [ipaddress.ip_network(each) for each in nets]
    for scene in SCENES:
        for each in named("ip", "", scene):
            address = ipaddress.ip_address(each)
            assert any(address in net for net in known if net.version == address.version)


def test_what_belongs_together() -> None:
    """Within a scene, a name, an email address, a city and its country are of one person."""
    together = {
        tuple(
            next(named(name, "", scene)) for name in ("firstName", "email", "city", "countryCode")
        )
        for scene in SCENES
    }
    assert together == {
        ("Ada", "ada@example.com", "London", "GB"),
        ("Grace", "grace@example.org", "New York", "US"),
        ("Alan", "alan@example.net", "Berlin", "DE"),
        ("Mary", "mary@example.com", "Paris", "FR"),
    }


def test_time_goes_on() -> None:
    """What is created is so before it is changed, and what comes later is later."""
    for scene in SCENES:
        created, updated, again = (
            next(named(name, "", scene)) for name in ("created_at", "updated_at", "sent_at")
        )
        assert created < updated <= again


@pytest.mark.parametrize("least", [0, 1, 20, 2_000])
def test_sentences(least: int) -> None:
    """A sentence is made of whole words, and no longer than it need be."""
    for scene in SCENES:
        assert least <= len(sentence(scene, least)) <= least + 12
