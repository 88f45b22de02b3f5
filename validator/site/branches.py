"""What judges a value in some cases only: alternatives, conditions, names that ask for more."""

from __future__ import annotations

from collections.abc import Iterator

from validator.site.nodes import Node, Reader
from validator.site.values import Piece, Pieces, code

__all__ = ["branches"]

_HOLDS = (("then", "holds"), ("else", "does not hold"))


def branches(node: Node, reader: Reader, at: Piece) -> Iterator[tuple[Node, Pieces]]:
    """Give each branch of a node with its case in words; `at` says what is judged."""
    yield from _alternatives(node, reader, at)
    yield from _conditions(node, reader, at)
    yield from _dependents(node, reader)


def _alternatives(node: Node, reader: Reader, at: Piece) -> Iterator[tuple[Node, Pieces]]:
    for keyword in ("anyOf", "oneOf"):
        for part, schemas in node.said(keyword):
            for number, schema in enumerate(schemas, 1):
                told = Piece(f"in alternative {number} of {len(schemas)} of")
                yield reader.inner([(part, schema)]), (told, at)


def _conditions(node: Node, reader: Reader, at: Piece) -> Iterator[tuple[Node, Pieces]]:
    for keyword, holds in _HOLDS:
        for part, schema in node.said(keyword):
            if "if" in part.schema:
                told = (Piece("where the condition of"), at, Piece(holds))
                yield reader.inner([(part, schema)]), told


def _dependents(node: Node, reader: Reader) -> Iterator[tuple[Node, Pieces]]:
    for keyword in ("dependencies", "dependentSchemas"):
        for part, needed in node.said(keyword):
            for name, schema in needed.items():
                yield reader.inner([(part, schema)]), (Piece("where there is"), code(name))
