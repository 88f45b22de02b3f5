"""A schema as documents are drawn of it: where references lead, and how deep documents are."""

from __future__ import annotations

import math
from typing import Any

import pytest

from validator.dialects import DEFAULT
from validator.drawing.choices import DeadEnd
from validator.drawing.trees import Tree
from validator.limits import Limits


def _tree(schema: Any) -> Tree:
    return Tree(schema, DEFAULT, Limits(), "assert")


def test_heights() -> None:
    """A schema has the levels of its least document; one that refers to nowhere has none."""
    end = {"type": "object", "required": ["a"], "properties": {"a": {"type": "null"}}}
    tree = _tree({"$ref": "#/$defs/a", "$defs": {"a": end, "b": {"$ref": "#/$defs/none"}}})
    assert tree.height(tree.root) == 1
    assert tree.height(tree.root["$defs"]["b"]) == math.inf
    assert (tree.height(True), tree.height(False)) == (0, math.inf)  # noqa: FBT003  # schemas


def test_targets() -> None:
    """A reference leads to a part of the schema, or to a dead end."""
    tree = _tree({"$defs": {"a": {"type": "null"}}})
    assert tree.target("#/$defs/a") == {"type": "null"}
    with pytest.raises(DeadEnd):
        tree.target("#/$defs/b")
