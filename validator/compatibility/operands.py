"""A schema that is asked what it accepts: compiled, closed, and in its canonical form."""

from __future__ import annotations

from functools import cached_property

import attrs
import orjson

from validator.bundling import inlined
from validator.canonical import Canonical, canonical
from validator.closure import Closure, gather
from validator.compatibility.equality import same
from validator.dialects import Dialect
from validator.drawing.misses import Rules
from validator.drawing.trees import Tree
from validator.drawing.upgrading import in_dialect
from validator.engine import Compiled, Formats, resources_of
from validator.errors import InvalidSchema
from validator.judge import Judge, NamedSchema
from validator.limits import Limits
from validator.registry import Registry, Schema
from validator.results import JSON, Violation
from validator.retrievers import InMemory

__all__ = ["Operand"]

#: All that a schema that is told alone may lean on.
_EMPTY = Registry(InMemory([]))


class Operand:
    """One of two schemas. What is made of it is made when it is first asked for."""

    def __init__(
        self, compiled: Compiled, closure: Closure, limits: Limits, formats: Formats
    ) -> None:
        self._compiled = compiled
        #: It with all it refers to, as it was written.
        self.closure = closure
        self.limits = limits
        self.formats = formats

    @classmethod
    def of(cls, schema: NamedSchema, judge: Judge, formats: Formats) -> Operand:
        """Find one, and make sure that it can judge.

        :raises WrongUse: if it is no name of a schema.
        :raises NoVerdict: if it is not there, or can't judge.
        """
        return cls(judge.compiled(schema), judge.closed(schema), judge.limits, formats)

    def in_dialect(self, newest: Dialect) -> Operand:
        """Give it as it is told in a dialect that is not older; the engine has it as it was."""
        closure = in_dialect(self.closure, newest)
        return self if closure is self.closure else self._with(closure)

    def _with(self, closure: Closure) -> Operand:
        return Operand(self._compiled, closure, self.limits, self.formats)

    def says_the_same(self, other: Operand) -> bool:
        """Whether both are the same text, but for names and what each is named."""
        mine, its = (
            (each.closure.root.dialect, _less_self(each.contents), each.closure.others)
            for each in (self, other)
        )
        return mine[0] is its[0] and same(mine[1], its[1]) and mine[2] == its[2]

    @property
    def contents(self) -> JSON:
        """The schema itself."""
        return self.closure.root.contents

    @property
    def dialect(self) -> Dialect:
        """What it is written in."""
        return self.closure.root.dialect

    @cached_property
    def form(self) -> Canonical | None:
        """Its canonical form, if there is one."""
        return canonical(self.closure, self.limits, self.formats)

    @cached_property
    def tree(self) -> Tree | None:
        """It as documents are drawn of it, if they can be."""
        if self.form is not None:
            return self.tree_of(self.form.schema)
        return None if self.alone is None else self.tree_of(self.alone.root.contents)

    @cached_property
    def rules(self) -> Rules | None:
        """The rules in it that can be broken."""
        return None if self.tree is None else Rules(self.closure, self.tree)

    @cached_property
    def alone(self) -> Closure | None:
        """It with everything it refers to inside; None where it can't be told so."""
        if not isinstance(self.contents, dict):
            return self.closure
        copies = [_copied(each) for each in (self.closure.root, *self.closure.others)]
        closure = attrs.evolve(self.closure, root=copies[0], others=tuple(copies[1:]))
        try:
            whole = attrs.evolve(copies[0], contents=inlined(closure))
            return gather(whole, _EMPTY.retrieve, self.limits)
        except InvalidSchema:
            return None

    @property
    def decisive(self) -> JSON | None:
        """It with everything inside, and all that decides as keywords; None where there is none."""
        if self.alone is None:
            return None
        resources = resources_of(self.alone, self.formats)
        return None if resources is None else resources[self.alone.root.uri]

    def form_of(self, contents: JSON, closure: Closure | None = None) -> Canonical | None:
        """Give the canonical form of other contents in the place of its own."""
        whole = closure or self.closure
        root = attrs.evolve(whole.root, contents=contents)
        return canonical(attrs.evolve(whole, root=root), self.limits, self.formats)

    def tree_of(self, schema: JSON) -> Tree:
        """Give a schema of its dialect as documents are drawn of it."""
        return Tree(schema, self.dialect, self.limits, self.formats)

    def accepts(self, document: JSON) -> bool:
        """Whether the engine accepts a document."""
        return self._compiled.is_valid(document)

    def violation(self, document: JSON) -> Violation:
        """Give the first violation of a document that the engine does not accept."""
        found = self._compiled.evaluate(document, len(orjson.dumps(document)), most=1)
        return found.violations[0]


def _less_self(schema: JSON) -> JSON:
    if not isinstance(schema, dict):
        return schema
    return {name: each for name, each in schema.items() if name != "self"}


def _copied(schema: Schema) -> Schema:
    return attrs.evolve(schema, contents=orjson.loads(orjson.dumps(schema.contents)))
