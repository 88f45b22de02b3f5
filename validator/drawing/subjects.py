"""What documents are drawn of: a schema that was found, compiled, and made simple."""

from __future__ import annotations

import attrs

from validator.bundling import inlined
from validator.canonical import Accepts, canonical
from validator.closure import Closure
from validator.drawing.choices import Choices, DeadEnd, Seeded
from validator.drawing.misses import NearMiss, Rules
from validator.drawing.trees import Tree
from validator.drawing.upgrading import in_one_dialect
from validator.drawing.values import Drawing
from validator.engine import Compiled, Formats
from validator.errors import NothingToDraw
from validator.judge import NamedSchema, judge_of
from validator.limits import Limits
from validator.registry import Registry
from validator.results import JSON

__all__ = ["Subject", "subject"]

#: How often a document is drawn anew, and a near miss; how many seeds in a row may come to none.
_TRIES = 5
_MISSES = 25
_SEEDS = 20
_NO_RULE = "no rule of it was found that can be broken alone"


@attrs.frozen
class Subject:
    """A schema that documents can be drawn of."""

    #: It with all it refers to, as it was written.
    closure: Closure = attrs.field(repr=False)
    compiled: Compiled = attrs.field(repr=False)
    accepts: Accepts
    _tree: Tree = attrs.field(repr=False)
    _rules: Rules = attrs.field(repr=False)

    def document(self, choices: Choices) -> JSON:
        """Draw a document that the schema accepts.

        :raises DeadEnd: if what was chosen came to none.
        """
        for _ in range(_TRIES):
            try:
                document = Drawing(self._tree, choices).document()
            except DeadEnd:
                continue
            if self.compiled.is_valid(document):
                return document
        raise DeadEnd

    def near_miss(self, choices: Choices) -> NearMiss:
        """Draw a document that breaks one rule of the schema.

        :raises DeadEnd: if what was chosen came to none.
        """
        for _ in range(_MISSES):
            document = self.document(choices)
            if found := self._rules.miss(choices, document, self.compiled):
                return found
        raise DeadEnd

    def examples(self, number: int, seed: int, *, invalid: bool) -> list[JSON]:
        """Draw so many documents, or near misses, of a seed.

        :raises NothingToDraw: if there are none, or none was found.
        """
        if invalid and self.accepts == "everything":
            raise NothingToDraw(self.closure.root.uri, "it accepts every document")
        drawn: list[JSON] = []
        index = missed = 0
        while len(drawn) < number:
            choices = Seeded(f"{seed}/{index}")
            try:
                drawn.append(self.near_miss(choices) if invalid else self.document(choices))
                missed = 0
            except DeadEnd:
                missed += 1
                if missed == _SEEDS:
                    what = _NO_RULE if invalid else "none was found"
                    raise NothingToDraw(self.closure.root.uri, what) from None
            index += 1
        return drawn


def subject(
    schema: NamedSchema,
    *,
    registry: Registry | None = None,
    dialect: str | None = None,
    formats: Formats = "assert",
    limits: Limits | None = None,
) -> Subject:
    """Find a schema, and make it ready to draw documents of.

    :raises NothingToDraw: if it accepts no document.
    :raises WrongUse: if it is no name of a schema.
    :raises NoVerdict: if it is not there, or can't judge.
    """
    bounds = Limits() if limits is None else limits
    judge = judge_of(registry, bounds, formats, dialect)
    compiled, closure = judge.compiled(schema), judge.closed(schema)
    form = canonical(in_one_dialect(closure), bounds, formats)
    if form is not None and form.accepts == "nothing":
        raise NothingToDraw(closure.root.uri)
    one = in_one_dialect(judge.closed(schema))
    simple = inlined(one) if form is None else form.schema
    accepts: Accepts = "unknown" if form is None else form.accepts
    tree = Tree(simple, one.root.dialect, bounds, formats)
    return Subject(closure, compiled, accepts, tree, Rules(closure, tree))
