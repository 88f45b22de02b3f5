"""Proof for schemas that refer to themselves, by induction on the depth of documents.

It is claimed, of pairs of subschemas, that the one of the outer schema accepts all that the one of
the inner schema accepts. Each claim is proved of the subschemas as they are, but for what they ask
of members and items: there, where a claim names both, the outer one may accept what the inner one
accepts, too. Members and items are less deep than what they are in, so that for them the claims
hold already: there, what was added was accepted before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias
from urllib.parse import unquote

import attrs

from validator.dialects import Dialect
from validator.results import JSON, Path, json_pointer

__all__ = ["INNER", "OUTER", "Claims", "claims"]

_Schema: TypeAlias = dict[str, Any]
#: The URIs of both schemas, in the claims.
INNER = "schema:inner"
OUTER = "schema:outer"
#: What may stand beside a reference, and judges nothing.
_IDLE = frozenset(
    {"$schema", "self", "$defs", "definitions", "title", "description", "$comment", "default"}
)
#: How many pairs are claimed at the most.
_MOST = 60
#: Keywords whose subschemas are asked of members, by name, or of others and items.
_BY_NAME = ("properties", "patternProperties")
_OF_MEMBERS = ("items", "additionalProperties", "additionalItems")


@attrs.frozen
class Claims:
    """What is to be proved: for each claim, a schema of the inner and of the outer subschema."""

    #: Both schemas, by URI; their references lead into them.
    resources: dict[str, JSON]
    pairs: list[tuple[JSON, JSON]]


def claims(inner: JSON, outer: JSON, dialect: Dialect) -> Claims | None:
    """Give what proves that one schema accepts all that another accepts; None if nothing would.

    Both refer to pointers within them, at the most.
    """
    one, other = _Side(inner, INNER, dialect), _Side(outer, OUTER, dialect)
    pairs = _pairs(one, other)
    if pairs is None:
        return None
    by_outer: dict[str, list[str]] = {}
    for mine, its in pairs:
        by_outer.setdefault(its, []).append(mine)
    ones = {mine for mine, _ in pairs}

    def cut(pointer: str) -> JSON:
        return {"$ref": f"{INNER}#{pointer}"} if pointer in ones else None

    def widened(pointer: str) -> JSON:
        if pointer not in by_outer:
            return None
        # What is referred to stands there itself, too: a reference is not always seen to be that.
        accepted = [{"$ref": f"{INNER}#{each}"} for each in by_outer[pointer]]
        themselves = [one.absolute(each) for each in by_outer[pointer]]
        return {"anyOf": [{"$ref": f"{OUTER}#{pointer}"}, *accepted, *themselves]}

    told = [(one.told(mine, cut), other.told(its, widened)) for mine, its in pairs]
    return Claims({INNER: one.whole, OUTER: other.whole}, told)


def _pairs(one: _Side, other: _Side) -> list[tuple[str, str]] | None:
    """Walk both schemas side by side, and claim what is met by way of a reference."""
    (mine, refers), (its, does) = one.met(""), other.met("")
    refers = refers or does
    found: dict[tuple[str, str], None] = {(mine, its): None}
    pending = [(mine, its)]
    while pending:
        mine, its = pending.pop()
        for (here, by_mine), (there, by_its) in _steps(one, other, mine, its):
            refers = refers or by_mine or by_its
            if (here, there) in found:
                continue
            if by_mine or by_its:
                if len(found) >= _MOST:
                    return None
                found[here, there] = None
            pending.append((here, there))
    return list(found) if refers else None


_Met: TypeAlias = tuple[str, bool]


def _steps(one: _Side, other: _Side, mine: str, its: str) -> Iterator[tuple[_Met, _Met]]:
    """Give what both subschemas ask of the same members."""
    first, second = one.at(mine), other.at(its)
    for keyword in _BY_NAME:
        names = first.get(keyword, {}).keys() & second.get(keyword, {}).keys()
        for name in sorted(names):
            path = json_pointer((keyword, name))
            yield one.met(mine + path), other.met(its + path)
    for keyword in _OF_MEMBERS:
        if isinstance(first.get(keyword), dict) and isinstance(second.get(keyword), dict):
            yield one.met(f"{mine}/{keyword}"), other.met(f"{its}/{keyword}")


class _Side:
    """One of both schemas."""

    def __init__(self, schema: JSON, uri: str, dialect: Dialect) -> None:
        self._dialect = dialect
        self._uri = uri
        self._nodes: dict[str, JSON] = {}
        pending: list[tuple[JSON, Path]] = [(schema, ())]
        while pending:
            each, path = pending.pop()
            self._nodes[json_pointer(path)] = each
            if isinstance(each, dict):
                pending += [(inner, (*path, *steps)) for steps, _, inner in dialect.places(each)]
        self.whole = self.absolute("")

    def at(self, pointer: str) -> _Schema:
        node = self._nodes.get(pointer)
        return node if isinstance(node, dict) else {}

    def met(self, pointer: str) -> _Met:
        """Give what is at a place, or what that refers to, and whether it refers."""
        seen = set()
        refers = False
        while "$ref" in self.at(pointer) and pointer not in seen:
            seen.add(pointer)
            node = self.at(pointer)
            if not self._dialect.ref_stands_alone and node.keys() - _IDLE != {"$ref"}:
                break
            target = _decoded(node["$ref"])
            if target not in self._nodes:
                break
            pointer, refers = target, True
        return pointer, refers

    def told(self, pointer: str, replaced: Callable[[str], JSON]) -> JSON:
        """Give a subschema with others in the place of those it asks of members and items."""
        return self._told(self._nodes[pointer], pointer, replaced, is_within=False)

    def _told(
        self, node: JSON, pointer: str, replaced: Callable[[str], JSON], *, is_within: bool
    ) -> JSON:
        if not isinstance(node, dict):
            return node
        if is_within and (other := replaced(self.met(pointer)[0])) is not None:
            return other
        made = self._absolute_here(node)
        for steps, edge, inner in list(self._dialect.places(node)):
            below = is_within or edge[0] in ("name", "names", "others", "items")
            below = below and edge[0] != "none"
            at = pointer + json_pointer(steps)
            _put(made, steps, self._told(inner, at, replaced, is_within=below))
        return made

    def _absolute_here(self, node: _Schema) -> _Schema:
        """Copy a subschema, so that those in it can be replaced."""
        made = {
            name: value.copy() if isinstance(value, dict | list) else value
            for name, value in node.items()
        }
        reference: Any = made.get("$ref")
        if isinstance(reference, str) and reference.startswith("#"):
            made["$ref"] = self._uri + reference
        return made

    def absolute(self, pointer: str) -> JSON:
        """Give a subschema whose references lead into the whole."""
        return self._told(self._nodes[pointer], pointer, lambda _: None, is_within=False)


def _put(made: _Schema, steps: Path, value: JSON) -> None:
    holder: Any = made
    for step in steps[:-1]:
        holder = holder[step]
    holder[steps[-1]] = value


def _decoded(reference: str) -> str:
    return unquote(reference.removeprefix("#"))
