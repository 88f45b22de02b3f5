"""Values near one that is taken; arrays of distinct items, of the simplest choices."""

from typing import Any

import pytest

from validator import Limits
from validator.dialects import DIALECTS
from validator.drawing.arrays import same
from validator.drawing.choices import Seeded, turned
from validator.drawing.numbers import Range, exact
from validator.drawing.others import others
from validator.drawing.trees import Tree
from validator.drawing.values import Drawing


class Simplest(Seeded):
    """Choices that are the simplest each time, as Hypothesis tries them first."""

    def flag(self) -> bool:
        """Choose False."""
        return False

    def integer(self, least: int, _: int) -> int:
        """Choose the least."""
        return least

    def close(self, least: int, most: int) -> int:
        """Choose what is nearest to zero."""
        return min(max(0, least), most)

    def number(self, least: float, most: float) -> float:
        """Choose what is nearest to zero."""
        return min(max(0.0, least), most)

    def pick(self, options: Any) -> Any:
        """Choose the first."""
        return options[0]

    def text(self, least: int, _: int, of: str = "") -> str:
        """Choose the shortest."""
        return (of or "a")[0] * least

    def several(self, least: int, _: int, draw: Any) -> list[Any]:
        """Draw the fewest."""
        return [draw() for _ in range(least)]


@pytest.mark.parametrize(
    ("items", "least"),
    [
        ({"enum": [1, 2, 3, "a"]}, 4),
        ({"type": "integer", "minimum": 1, "maximum": 5}, 5),
        ({"type": "integer", "multipleOf": 7}, 9),
        ({"type": "number", "minimum": 0.5, "maximum": 0.6}, 4),
        ({"type": "number", "exclusiveMinimum": 0}, 4),
        ({"type": ["boolean", "null"]}, 3),
        ({"type": "string", "maxLength": 1}, 6),
        ({"type": "string", "format": "date-time"}, 3),
        ({"anyOf": [{"const": "a"}, {"type": "integer", "minimum": 1, "maximum": 2}]}, 3),
        ({"type": "object", "required": ["a"], "properties": {"a": {"enum": [1, 2, 3]}}}, 3),
    ],
)
def test_the_simplest_items_are_distinct(items: Any, least: int) -> None:
    """Where each choice is the simplest, the items differ still, and are drawn at once."""
    schema = {"type": "array", "items": items, "uniqueItems": True, "minItems": least}
    tree = Tree(schema, DIALECTS["2020-12"], Limits(), "assert")
    drawing = Drawing(tree, Simplest(0))
    document = drawing.document()
    assert len({same(each) for each in document}) == len(document) == least
    assert drawing.turn <= least


def test_no_more_than_there_are() -> None:
    """Past the least, there are as many items as there are distinct ones."""
    schema = {"type": "array", "items": {"enum": [1]}, "uniqueItems": True}
    tree = Tree(schema, DIALECTS["2020-12"], Limits(), "assert")
    drawn = [Drawing(tree, Seeded(seed)).document() for seed in range(40)]
    assert {len(each) for each in drawn} == {0, 1}


def test_others() -> None:
    """Numbers stay in their range, texts get longer or differ at a place, the rest has none."""
    assert [*others(True, Range(), 1)] == [False]  # noqa: FBT003  # it is the value
    assert [*others(3, Range(exact(2), exact(9)), 2)] == [5, 4, 2]
    assert [*others(0.5, Range(), 1)] == [1.5, -0.5]
    assert {"a1", "ab", "b"} <= {*others("a", Range(), 1)}
    assert [*others(None, Range(), 1)] == [*others({}, Range(), 1)] == []


def test_turns() -> None:
    """Each turn another is the first."""
    assert [turned("abc", turn)[0] for turn in range(4)] == ["a", "b", "c", "a"]
