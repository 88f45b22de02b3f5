"""Documents that one schema may accept and another not: beside those that the first accepts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from validator.compatibility.operands import Operand
from validator.drawing.choices import DeadEnd, Seeded
from validator.drawing.values import Drawing
from validator.results import JSON

__all__ = ["search"]


def search(inner: Operand, outer: Operand, steps: int) -> Iterator[JSON]:
    """Give so many documents at the most, the likeliest first; the same each time."""
    choices = (Seeded(f"search/{seed}") for seed in range(steps))
    found = (_beside(inner, outer, each) for each in choices)
    return islice(chain.from_iterable(found), steps)


def _beside(inner: Operand, outer: Operand, choices: Seeded) -> Iterator[JSON]:
    for operand in (inner, outer):
        if operand.tree is None:
            continue
        try:
            document = Drawing(operand.tree, choices).document()
        except DeadEnd:
            continue
        yield document
        yield from _bent(document)
        for rules in (outer.rules, inner.rules):
            if rules is not None:
                yield from rules.broken(choices, document)


def _bent(document: JSON) -> Iterator[JSON]:
    """Give the document with one integer as 1.0, which draft-04 tells from 1."""
    if isinstance(document, int) and not isinstance(document, bool):
        yield float(document)
    elif isinstance(document, dict):
        for name, value in document.items():
            yield from ({**document, name: each} for each in _bent(value))
    elif isinstance(document, list):
        for index, value in enumerate(document):
            yield from ([*document[:index], each, *document[index + 1 :]] for each in _bent(value))
