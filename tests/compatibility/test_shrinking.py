"""Witnesses are made small: the least that still shows the same."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from validator.compatibility.shrinking import shrunk

_LONG = {"a": [1, 2, {"b": "some text"}], "c": None, "d": {"e": [True, 1.5]}}


@pytest.mark.parametrize(
    ("document", "is_witness", "expected"),
    [
        (_LONG, lambda _: True, 0),
        (_LONG, lambda each: isinstance(each, dict) and "d" in each, {"d": 0}),
        (_LONG, lambda each: isinstance(each, dict), {}),
        ({"next": {"v": 0.75}}, lambda each: "v" in str(each), {"v": 0}),
        ({"v": 0.75}, lambda each: isinstance(each, dict) and each.get("v") not in (None, 0), None),
        ("x" * 70_000, lambda each: isinstance(each, str) and len(each) > 65_535, "a" * 65_536),
        ("no-ise", lambda each: isinstance(each, str) and "-" in each, "-"),
        ([7] * 3000, lambda each: isinstance(each, list) and len(each) > 2000, [0] * 2001),
        (["a", 1, "b"], lambda each: isinstance(each, list) and 1 in each, [1]),
        (-123.0, lambda each: isinstance(each, float), 0.0),
        (123456, lambda each: isinstance(each, int) and each > 1000, 1001),
        (2**63, lambda each: isinstance(each, int) and each > 2**53, None),
        (1e300, lambda each: isinstance(each, float) and each > 10, None),
        (True, lambda each: each is True, True),
        ({"some-name": 1}, lambda each: isinstance(each, dict) and len(each) == 1, {"": 0}),
        (
            {"a": 1, "ab": 2},
            lambda each: isinstance(each, dict) and len(each) == 2,
            {"": 0, "a": 0},
        ),
    ],
)
def test_smallest(document: Any, is_witness: Any, expected: Any) -> None:
    """What is left is a witness, no larger, and where it is told, this one."""
    small = shrunk(document, is_witness)
    assert is_witness(small)
    assert len(orjson.dumps(small)) <= len(orjson.dumps(document))
    assert expected is None or orjson.dumps(small) == orjson.dumps(expected)


def test_bounded() -> None:
    """No more are tried than so many, and what is given holds all the same."""
    tried = []

    def is_witness(each: Any) -> bool:
        tried.append(each)
        return isinstance(each, list) and sum(map(bool, each)) > 90

    document = [*range(1, 100)]
    assert is_witness(shrunk(document, is_witness, most=30))
    assert len(tried) <= 31
