"""Whether one schema accepts every document that another accepts: proved, refuted, or unknown.

What is proved, the canonical form says: of the schemas as they are, or told anew (`restating`,
`recursion`). What is refuted has a witness, of which the engine says that the one schema accepts it
and the other does not: drawn of what is lost, or found beside documents that are accepted
(`searching`). What is neither is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import chain

import attrs

from validator import canonical
from validator.canonical import Canonical
from validator.compatibility.clock import spent
from validator.compatibility.inlining import inlined_references
from validator.compatibility.lifting import parts
from validator.compatibility.operands import Operand
from validator.compatibility.recursion import claims
from validator.compatibility.reducing import reduced
from validator.compatibility.restating import Covers, restated
from validator.compatibility.searching import search
from validator.compatibility.shrinking import shrunk
from validator.compatibility.verdicts import Direction, Witness
from validator.drawing.choices import DeadEnd, Seeded
from validator.drawing.upgrading import likeness, newest_of
from validator.drawing.values import Drawing
from validator.results import JSON

__all__ = ["Budget", "both_reject", "decide", "refute"]


#: How many witnesses are drawn before it is told anew.
_FIRST = 6
_FIRST_SEEDS = range(_FIRST)
#: What is tried before anything is drawn.
_SIMPLEST: tuple[JSON, ...] = (0, "", [], {}, None, True, False)


_PROVED = Direction("proved")
#: That there is no document: null is one.
_NONE = object()


@attrs.frozen
class Budget:
    """What one question may take.

    The same question with the same budget has the same answer, unless the seconds end first.
    """

    #: Documents that are drawn of what is lost.
    draws: int = 60
    #: Documents that are looked for beside those that are accepted.
    steps: int = 4_000
    #: Seconds of CPU, looked at between steps.
    seconds: float = 5.0


def decide(inner: Operand, outer: Operand, budget: Budget) -> Direction:
    """Whether `outer` accepts every document that `inner` accepts."""
    return _Question(inner, outer, budget).answer()


def refute(inner: Operand, outer: Operand, budget: Budget) -> Witness | None:
    """Look for a document that `inner` accepts and `outer` does not, whatever is proved."""
    return _Question(inner, outer, budget).searched()


def both_reject(one: Operand, other: Operand) -> bool:
    """Whether it is proved that no document is accepted by both schemas."""
    newest = newest_of(one.closure, other.closure)
    told = [each.in_dialect(newest) for each in (one, other)]
    if any(likeness(each.closure, newest) == "unlike" for each in (one, other)):
        return False
    first, second = (each.form for each in told)
    return first is not None and second is not None and first.excludes(second)


class _Question:
    def __init__(self, inner: Operand, outer: Operand, budget: Budget) -> None:
        newest = newest_of(inner.closure, outer.closure)
        self._inner = inner.in_dialect(newest)
        self._outer = outer.in_dialect(newest)
        # Where the inner schema is told so that it accepts more, what is proved is so all the same.
        self._proves = (
            likeness(inner.closure, newest) != "unlike"
            and likeness(outer.closure, newest) == "same"
        )
        self._dialect = newest
        self._asserting = inner.formats == "assert"
        self._budget = budget
        self._end = spent() + budget.seconds
        self._lost: JSON = None
        #: What is lost, as far as it was looked at.
        self._all_lost: list[JSON] = []
        #: What was proved, or not, of pairs of forms: the same are met more than once.
        self._known: dict[tuple[bytes, bytes], bool] = {}

    def answer(self) -> Direction:
        if self._inner.says_the_same(self._outer):
            return _PROVED
        proving = (self._plain, self._told_anew, self._recursive)
        for each in (self._of_what_differs, *proving, self._of_parts, self._drawn):
            if (found := each()) is not None:
                return found
        if (witness := self.searched()) is not None:
            return Direction("refuted", witness, self._lost)
        return Direction("unknown", None, self._lost, self._reason())

    def _reason(self) -> str:
        if not self._proves:
            return "it is not proved across these dialects, and no witness was found"
        if self._left() < 0:
            return "the time ended before it was proved or refuted"
        if self._inner.form is None or self._outer.form is None:
            return "there is no canonical form to prove it by, and no witness was found"
        return "the canonical form proves nothing, and no witness was found"

    def _left(self) -> float:
        """Give the seconds that are left."""
        return self._end - spent()

    def _is_covered(self, outer: Canonical, inner: Canonical) -> bool:
        """Whether one form is proved to accept all that another accepts."""
        names = outer.name, inner.name
        if names not in self._known:
            self._known[names] = outer.covers(inner, self._left())
        return self._known[names]

    # The ways, from the quickest on.

    def _of_what_differs(self) -> Direction | None:
        """Look for a witness among the properties that differ, few at a time."""
        for one, other in reduced(self._inner.contents, self._outer.contents):
            mine = self._inner.form_of(self._restated(one, other, None))
            its = self._outer.form_of(self._restated(other, one, None))
            if mine is None or its is None or self._left() < 0:
                return None
            if self._is_covered(its, mine):
                continue
            if (found := self._drawn_of_lost(mine, its)) is not None:
                return found
        return None

    def _plain(self) -> Direction | None:
        one, other = self._inner.form, self._outer.form
        if one is None or other is None:
            return None
        return _PROVED if self._proves and self._is_covered(other, one) else None

    def _told_anew(self) -> Direction | None:
        """Prove it of the schemas in the words of each other."""
        mine, theirs = self._inner.alone, self._outer.alone
        if mine is None or theirs is None:
            return None
        first, second = (
            inlined_references(each.root.contents, self._dialect) for each in (mine, theirs)
        )
        told = self._restated(first, second, self._covers)
        its = self._restated(second, first, self._covers)
        one, other = self._inner.form_of(told, mine), self._outer.form_of(its, theirs)
        if one is None or other is None:
            return None
        if self._is_covered(other, one):
            return _PROVED if self._proves else None
        return self._drawn_of_lost(one, other)

    def _restated(self, schema: JSON, other: JSON, covers: Covers | None) -> JSON:
        dialect = self._dialect
        return restated(
            *(schema, other, dialect),
            asserting=self._asserting,
            covers=covers,
            is_over=lambda: self._left() < 0,
        )

    def _covers(self, one: JSON, other: JSON) -> bool:
        limits, formats = self._inner.limits, self._inner.formats
        return canonical.covers(one, other, self._dialect, limits, formats)

    def _recursive(self) -> Direction | None:
        """Prove it by induction, of schemas that refer to themselves."""
        mine, theirs = self._inner.decisive, self._outer.decisive
        if mine is None or theirs is None or not self._proves:
            return None
        found = claims(mine, theirs, self._dialect)
        if found is None:
            return None
        known = found.resources
        proved = all(
            canonical.covers(
                outer, inner, self._dialect, self._inner.limits, self._inner.formats, known
            )
            for inner, outer in found.pairs
        )
        return _PROVED if proved else None

    def _of_parts(self) -> Direction | None:
        """Look for a value that a part loses, and for a document that holds it."""
        return self._first_of(self._holding_what_parts_lose())

    def _holding_what_parts_lose(self) -> Iterator[JSON]:
        for part in parts(self._inner.contents, self._outer.contents):
            one, other = self._inner.form_of(part.one), self._outer.form_of(part.other)
            if one is None or other is None or self._is_covered(other, one):
                continue
            for value in self._documents(one.less(other, self._left())):
                holding = self._inner.form_of(part.holding(value))
                yield from self._documents(holding and holding.schema)

    def searched(self) -> Witness | None:
        """Look for a witness beside documents that are accepted."""
        steps = self._budget.steps
        found = search(self._inner, self._outer, steps, lambda: self._left() < 0)
        witness = next(filter(self._is_witness, found), _NONE)
        return None if witness is _NONE else self._witness(witness)

    # Witnesses.

    def _drawn_of_lost(self, one: Canonical, other: Canonical) -> Direction | None:
        """Draw a witness of what is lost."""
        lost = one.less(other, self._left())
        if lost is None:
            return None
        self._lost = lost
        self._all_lost.append(lost)
        return self._first_of(chain(_SIMPLEST, self._documents(lost)))

    def _drawn(self) -> Direction | None:
        """Draw more witnesses of what is lost, where the first were none."""
        seeds = range(_FIRST, self._budget.draws)
        found = (self._documents(lost, seeds) for lost in self._all_lost)
        return self._first_of(chain.from_iterable(found))

    def _documents(self, schema: JSON, seeds: range = _FIRST_SEEDS) -> Iterator[JSON]:
        """Draw documents of a schema, if there is one, until the time ends."""
        if schema is None:
            return
        tree = self._inner.tree_of(schema)
        for seed in seeds:
            if self._left() < 0:
                return
            with suppress(DeadEnd):
                yield Drawing(tree, Seeded(seed)).document()

    def _first_of(self, documents: Iterator[JSON]) -> Direction | None:
        """Give the first of some documents that is a witness."""
        for each in documents:
            if self._is_witness(each):
                return Direction("refuted", self._witness(each), self._lost)
        return None

    def _is_witness(self, document: JSON) -> bool:
        return self._inner.accepts(document) and not self._outer.accepts(document)

    def _witness(self, document: JSON) -> Witness:
        small = shrunk(document, self._is_witness)
        return Witness(small, self._outer.violation(small))
