"""The parameters that hold JSON: what is in them, and why that can't be told."""

from __future__ import annotations

import base64
import json
import warnings

import pytest

from validator.limits import Limits
from validator.results import JSON
from validator.trackers.encoded import ENVELOPES, HOLDING, Encoded, open_all, parts, within

LIMITS = Limits()
PART = {"schema": "iglu:a/b/jsonschema/1-0-0", "data": {"text": "é~~~>>>??? "}}
RAW = json.dumps(PART, ensure_ascii=False)
STANDARD = base64.b64encode(RAW.encode()).decode()
URL = base64.urlsafe_b64encode(RAW.encode()).decode()


def open_one(limits: Limits = LIMITS, **parameters: JSON) -> list[Encoded]:
    """Open the parameters of one event."""
    return open_all([{"e": "pv", **parameters}], limits)[0]


def codes(opened: list[Encoded]) -> list[str | None]:
    """Give why each can't be told; None if it can."""
    return [each.refusal.code if each.refusal else None for each in opened]


def test_opens_each() -> None:
    """Each parameter is opened, those that outrank others first, whatever else the event has."""
    opened = open_one(co=RAW, x=1, cx=URL, ue_pr=RAW, ue_px=URL)

    assert [(each.parameter, each.field) for each in opened] == list(HOLDING.items())
    assert all(each.document == PART for each in opened)
    assert codes(opened) == [None] * 4
    assert set(ENVELOPES) == set(HOLDING.values())


@pytest.mark.parametrize(
    "value",
    [URL, STANDARD, URL.rstrip("="), STANDARD.rstrip("="), STANDARD.replace("+", "-")],
)
def test_opens_either_alphabet(value: str) -> None:
    """Base64 in either alphabet, or in both, with and without padding, holds the same.

    And no library warns of it, which a service may have made an error.
    """
    assert set(STANDARD) >= set("+/=")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (opened,) = open_one(cx=value)

    assert opened.document == PART


@pytest.mark.parametrize("value", ["", None, 1, True, [], {"a": 1}, b"e30="], ids=repr)
def test_passes_over(value: JSON) -> None:
    """What is no text, or has nothing in it, holds nothing."""
    assert open_one(ue_px=value, ue_pr=value, cx=value, co=value) == []


def test_opens_events_in_their_order() -> None:
    """Each event has its own, also those that are no objects or have none."""
    opened = open_all([{"cx": URL}, 5, {}, None, {"co": "1", "ue_pr": "2"}, [URL], "cx"], LIMITS)

    documents = [[each.document for each in mine] for mine in opened]
    assert documents == [[PART], [], [], [], [2, 1], [], []]
    assert open_all([], LIMITS) == []


def test_one_that_cannot_be_opened() -> None:
    """One parameter that can't be opened says why, and stays as it was sent; others are opened."""
    opened = open_all([{"cx": URL}, {"ue_px": "!", "co": "{", "cx": "YQ"}, {"ue_pr": RAW}], LIMITS)

    assert [codes(mine) for mine in opened] == [[None], ["NotBase64", "NotJSON", "NotJSON"], [None]]
    assert [each.document for each in opened[1]] == ["!", "YQ", "{"]
    assert opened[0][0].document == opened[2][0].document == PART
    assert [each.names for each in opened[1]] == [0] * 3
    assert opened[2][0].names == 1


@pytest.mark.parametrize(
    ("raw", "limits", "code"),
    [
        ("[1, 2]", Limits(bytes=5), "TooLarge"),
        ("[[1]]", Limits(depth=1), "TooDeep"),
        ('{"a": 1, "a": 2}', Limits(duplicate_keys=False), "DuplicateKey"),
        ("12345678901234567890123", LIMITS, "NumberOutOfRange"),
        ("[1e-400]", LIMITS, "NumberOutOfRange"),
        ("NaN", LIMITS, "NotANumber"),
        ('"\\udc00"', LIMITS, "LoneSurrogate"),
        ("", LIMITS, "NotJSON"),
    ],
)
def test_limits(raw: str, limits: Limits, code: str) -> None:
    """What is in a parameter is read as strictly as a document, within its limits."""
    value = base64.urlsafe_b64encode(raw.encode()).decode() or "===="

    assert set(codes(open_one(limits, cx=value))) <= {code, "NotBase64"}
    assert codes(open_one(limits, co=raw)) == ([code] if raw else [])
    assert codes(open_one(limits, co="1", ue_pr="[]")) == [None, None]


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        ("{}", 0),
        ('"iglu:"', 1),
        ('["iglu:a", "iglu:b", {"iglu:": "iglu"}]', 3),
        ('"\\u0069glu:"', 1),
        ('"a\\nb\\\\c"', 0),
        ('"iglu:\\u00e9\\u00e9"', 3),
    ],
)
def test_names(raw: str, names: int) -> None:
    """So many schemas may be named, at the most: an escape may be a letter of one."""
    (opened,) = open_one(co=raw)

    assert opened.names == names


def test_parts() -> None:
    """The parts are the envelope, and all that is self-describing within it."""
    envelope = {"schema": "iglu:", "data": [PART, {"deep": PART}]}
    (opened,) = open_one(co=json.dumps(envelope))

    assert list(parts(opened)) == [
        ((), envelope),
        (("data", 0), PART),
        (("data", 1, "deep"), PART),
    ]
    assert [list(parts(each)) for each in open_one(co="1", cx="e30=")] == [[], []]


@pytest.mark.parametrize(("depth", "inner"), [(64, 60), (250, 246), (5, 1), (4, 1), (1, 1)])
def test_within(depth: int, inner: int) -> None:
    """What a parameter holds will be some levels down; all other limits are the same."""
    limits = Limits(depth=depth, bytes=77, duplicate_keys=False)

    assert within(limits) == Limits(depth=inner, bytes=77, duplicate_keys=False)
