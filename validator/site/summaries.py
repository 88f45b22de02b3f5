"""A subschema in one line: for an alternative, a condition, the name of a property."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from validator.iglu import SchemaKey
from validator.messages import plural
from validator.results import JSON
from validator.site.nodes import Node, Part, Reader
from validator.site.rules import rules, type_names
from validator.site.values import Piece, Pieces, Rule, code, joined, json_text

__all__ = ["Link", "Summaries"]

#: Where a schema's page is; None for one that is not of the site.
Link: TypeAlias = Callable[[SchemaKey], str | None]
#: Levels of subschemas that one line goes into, names that it tells, alternatives that it tells.
_LEVELS = 2
_NAMES = 6
_BRANCHES = 8
#: Characters of a description that are read on the way.
_READ = 90
_CHOICES = {"anyOf": "at least one of", "oneOf": "exactly one of"}


class Summaries:
    """Tells the subschemas of one closure."""

    def __init__(self, reader: Reader, link: Link) -> None:
        self._reader = reader
        self._link = link

    def types(self, node: Node) -> Pieces:
        """Tell the types of a node: its own, else those of the alternatives that it has."""
        names = type_names(node)
        if names is None:
            names = self._of_alternatives(node) or ["any type"]
        if node.never or not names:
            return (Piece("nothing"),)
        names = sorted(names, key="null".__eq__)  # in the order they are given, null at the end
        return (
            Piece(" or ".join(names)),
            *(piece for key in node.keys for piece in self._schema(key)),
        )

    def _schema(self, key: SchemaKey) -> Pieces:
        return (Piece("as"), code(str(key), self._link(key)))

    def _of_alternatives(self, node: Node) -> list[str]:
        for keyword in _CHOICES:
            for part, branches in node.said(keyword):
                found = [type_names(self._reader.inner([(part, each)])) for each in branches]
                if all(found):
                    return [*dict.fromkeys(name for names in found for name in names or ())]
        return []

    def line(self, node: Node, levels: int = _LEVELS) -> Pieces:
        """Tell a node in one line."""
        names = type_names(node)
        if node.never or names == []:
            return (Piece("nothing"),)
        groups: list[Pieces] = [(Piece(" or ".join(names)),)] if names else []
        groups += [self._schema(key) for key in node.keys]
        groups += [each.pieces for each in rules(node)]
        groups += self._members(node)
        if levels:
            groups += [each for rule in self.asked(node, levels - 1) for each in _flat(rule)]
        elif any(True for _ in self._nested(node)):
            groups.append((Piece("…"),))
        return joined(groups, ",") or (Piece("anything"),)

    def _members(self, node: Node) -> Iterator[Pieces]:
        required = node.required
        declared = dict.fromkeys(name for _, all_ in node.said("properties") for name in all_)
        fixed = {name: each for name in declared if (each := self._fixed(node, name))}
        for name, value in fixed.items():
            told = (Piece("is"),) if name in required else (Piece(", if it is there, is"),)
            yield (code(name), *told, value)
        told_of = [name for name in required if name not in fixed]
        others = [name for name in declared if name not in required and name not in fixed]
        for words, names in (("with", told_of), ("perhaps with", others)):
            if names:
                more = len(names) - _NAMES
                ending = (Piece(f"and {more:,} more"),) if more > 0 else ()
                yield (Piece(words), *map(code, names[:_NAMES]), *ending)

    def _fixed(self, node: Node, name: str) -> Piece | None:
        """Give the one value that a member may have; None where there are several."""
        said = [(part, all_[name]) for part, all_ in node.said("properties") if name in all_]
        member = self._reader.inner(said)
        values = [[value] for _, value in member.said("const")]
        values += [options for _, options in member.said("enum")]
        only = [options[0] for options in values if len(options) == 1]
        return code(json_text(only[0])) if only else None

    def _nested(self, node: Node) -> Iterator[tuple[Part, JSON]]:
        for keyword in ("anyOf", "oneOf", "not", "if", "items", "contains", "propertyNames"):
            yield from node.said(keyword)

    def asked(self, node: Node, levels: int = _LEVELS) -> Iterator[Rule]:
        """Tell the rules of a node that have subschemas, less those about its members."""
        for keyword, words in _CHOICES.items():
            for part, branches in node.said(keyword):
                yield self._choice(part, branches, words, levels)
        for part, schema in node.said("not"):
            yield self._refused(part, schema, levels)
        for part, _ in node.said("if"):
            yield from self._condition(part, levels)
        yield from self._of_members(node, levels)

    def _inner(self, part: Part, schema: JSON, levels: int) -> Pieces:
        return self.line(self._reader.inner([(part, schema)]), levels)

    def _refused(self, part: Part, schema: JSON, levels: int) -> Rule:
        """Tell what a value must not be: as its author does, if they do."""
        said = schema.get("description") if isinstance(schema, dict) else None
        if not isinstance(said, str):
            return Rule((Piece("not:"), *self._inner(part, schema, levels)))
        told = f"not: {said[:1].lower()}{said[1:]}".removesuffix(".")
        if len(told) <= _READ:
            return Rule((Piece(told),))
        return Rule((Piece(f"{told[:_READ]}…"),), ((Piece(said),),), folded=True)

    def _choice(self, part: Part, branches: list[JSON], words: str, levels: int) -> Rule:
        lines = [self._inner(part, each, levels) for each in branches[:_BRANCHES]]
        if len(branches) > _BRANCHES:
            lines.append((Piece(f"and {len(branches) - _BRANCHES:,} more"),))
        of = plural(len(branches), "alternative", "alternatives")
        return Rule((Piece(f"{words} {of}"),), tuple(lines))

    def _condition(self, part: Part, levels: int) -> Iterator[Rule]:
        branches = [(word, part.schema[word]) for word in ("then", "else") if word in part.schema]
        lines = [(Piece(f"{word}:"), *self._inner(part, each, levels)) for word, each in branches]
        if lines:
            told = self._inner(part, part.schema["if"], levels)
            yield Rule((Piece("if:"), *told), tuple(lines))

    def _of_members(self, node: Node, levels: int) -> Iterator[Rule]:
        for part, schema in node.said("contains"):
            least, most = part.schema.get("minContains", 1), part.schema.get("maxContains")
            count = f"{least} or more" if most is None else f"{least} to {most}"
            told = self._inner(part, schema, levels)
            yield Rule((Piece(f"holds {count} items that are:"), *told))
        for part, schema in node.said("propertyNames"):
            yield Rule((Piece("each name is:"), *self._inner(part, schema, levels)))
        for keyword in ("dependencies", "dependentSchemas"):
            for part, needed in node.said(keyword):
                for name, each in needed.items():
                    if not isinstance(each, list):
                        told = self._inner(part, each, levels)
                        yield Rule((Piece("where there is"), code(name), Piece(":"), *told))


def _flat(rule: Rule) -> Iterator[Pieces]:
    """Tell a rule with lines in one."""
    lines = joined(rule.lines, ";")
    yield (*rule.pieces, Piece("("), *lines, Piece(")")) if lines else rule.pieces
