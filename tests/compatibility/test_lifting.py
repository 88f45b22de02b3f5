"""Parts of two schemas that differ at the same place, and documents that hold a value there."""

from __future__ import annotations

from typing import Any

from questions import operands
from validator.compatibility.deciding import Budget, decide
from validator.compatibility.lifting import parts

_TEXT, _SHORT = {"type": "string"}, {"type": "string", "maxLength": 3}


def _rows(of: Any) -> dict[str, Any]:
    row = {"type": "object", "properties": {"a": of, "b": _TEXT}, "required": ["b"]}
    return {"type": "object", "properties": {"rows": {"type": "array", "items": row}}}


def test_places() -> None:
    """The innermost places are told, by members and items; what is the same is not."""
    (part,) = parts(_rows(_TEXT), _rows(_SHORT))
    assert (part.one, part.other) == (_TEXT, _SHORT)


def test_holding() -> None:
    """A schema that holds a value requires it, and all that it is in."""
    (part,) = parts(_rows(_TEXT), _rows(_SHORT))
    held = part.holding("abcd")
    rows = held["properties"]["rows"]
    assert held["required"] == ["rows"]
    assert rows["minItems"] == 1
    assert rows["items"]["required"] == ["b", "a"]
    assert rows["items"]["properties"]["a"] == {"enum": ["abcd"]}


def test_whole() -> None:
    """Two schemas that differ as a whole, and nowhere within, have no parts."""
    assert list(parts(_TEXT, _SHORT)) == []
    assert list(parts(True, False)) == []
    assert [
        (each.one, each.other)
        for each in parts({"properties": {"a": {}}}, {"properties": {"a": True}})
    ] == [({}, True)]


def test_bounded() -> None:
    """No more than so many parts are told."""
    one = {"properties": {f"p{number}": _TEXT for number in range(80)}}
    other = {"properties": {f"p{number}": _SHORT for number in range(80)}}
    assert len(list(parts(one, other))) == 50


def test_deep_witness() -> None:
    """A witness that holds the least, deep within arrays, is found by way of the part."""
    deep: Any = {"type": "string", "maxLength": 4096}
    shallow: Any = {"type": "string"}
    for _ in range(4):
        deep, shallow = _rows(deep), _rows(shallow)
    found = decide(*operands(shallow, deep), Budget(steps=0))
    assert found.verdict == "refuted"
