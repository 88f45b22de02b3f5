"""Documents that one schema may accept and another not: beside those that the first accepts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice, takewhile

from validator.compatibility import languages
from validator.compatibility.operands import Operand
from validator.drawing.choices import DeadEnd, Seeded
from validator.drawing.trees import objects_in
from validator.drawing.values import Drawing
from validator.results import JSON

__all__ = ["search"]

#: How many patterns of a schema are looked at, and how many texts are tried at a place.
_MOST_PATTERNS = 12
_MOST_TEXTS = 40


def search(
    inner: Operand, outer: Operand, steps: int, is_over: Callable[[], bool] = lambda: False
) -> Iterator[JSON]:
    """Give so many documents at the most, the likeliest first; the same each time.

    None is given once `is_over`, which is asked for between those that can't be drawn, too.
    """
    seeds = takewhile(lambda _: not is_over(), range(steps))
    choices = (Seeded(f"search/{seed}") for seed in seeds)
    texts = _texts(_patterns(inner), _patterns(outer), is_over)
    found = (_beside(inner, outer, each, texts) for each in choices)
    documents = chain.from_iterable(found)
    return islice(takewhile(lambda _: not is_over(), documents), steps)


def _beside(
    inner: Operand, outer: Operand, choices: Seeded, texts: tuple[str, ...]
) -> Iterator[JSON]:
    for operand in (inner, outer):
        if operand.tree is None:
            continue
        try:
            document = Drawing(operand.tree, choices).document()
        except DeadEnd:
            continue
        yield document
        yield from _bent(document, texts)
        for rules in (outer.rules, inner.rules):
            if rules is not None:
                yield from rules.broken(choices, document)


def _patterns(operand: Operand) -> tuple[str, ...]:
    """Give the patterns of a schema, those of names among them."""
    found: dict[str, None] = {}
    for each in objects_in(operand.contents):
        own = each.get("pattern")
        names = each.get("patternProperties")
        found.update({own: None} if isinstance(own, str) else {})
        found.update(dict.fromkeys(names if isinstance(names, dict) else ()))
    return tuple(found)[:_MOST_PATTERNS]


def _texts(
    mine: tuple[str, ...], theirs: tuple[str, ...], is_over: Callable[[], bool]
) -> tuple[str, ...]:
    """Give texts that a pattern finds nothing in, where another of either schema does."""
    pairs = [(outer, inner) for outer in theirs for inner in ("", *mine, *theirs)]
    found = (languages.outside(*pair) for pair in takewhile(lambda _: not is_over(), pairs))
    return tuple(dict.fromkeys(text for text in found if text is not None))[:_MOST_TEXTS]


def _bent(document: JSON, texts: tuple[str, ...]) -> Iterator[JSON]:
    """Give the document with one value, or one name, that patterns and drafts tell from another.

    That is 1.0 in the place of 1, which draft-04 tells apart.
    """
    if isinstance(document, int) and not isinstance(document, bool):
        yield float(document)
    elif isinstance(document, str):
        yield from texts
    elif isinstance(document, dict):
        for name, value in document.items():
            yield from ({**document, name: each} for each in _bent(value, texts))
        last = next(reversed(document.values()), None)
        yield from ({**document, text: last} for text in texts if text not in document)
    elif isinstance(document, list):
        for index, value in enumerate(document):
            rest = document[index + 1 :]
            yield from ([*document[:index], each, *rest] for each in _bent(value, texts))
