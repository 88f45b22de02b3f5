"""How much work a schema can cause, bounded before an engine compiles it.

An engine follows a schema as far as a document leads it. A schema that applies itself twice at each
level of nesting takes 2^64 steps on 64 levels; one that applies itself to the same value never
ends; a long chain of subschemas at every level overruns a small stack. All of this can be read off
the graph of which subschema applies which, to the same value or to one within it.
"""

from __future__ import annotations

from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from typing import TypeAlias

import attrs

from validator.closure import Graph
from validator.dialects import Edge
from validator.errors import InvalidSchema
from validator.limits import Limits

__all__ = ["Admission", "admit"]

#: Nested evaluations that the engine survives on a stack of 512 kB with room to spare: it was seen
#: to fail at 1,024, and not at 512.
_NESTED = 400
#: Times that a subschema applies another, each counted for all members it is applied to: what takes
#: a second to follow on all levels of a document.
_FOLLOWED = 30_000
#: Violations that are not counted further: they are too many to be listed.
_MOST_LISTED = 1_000_000


@attrs.frozen
class Admission:
    """What a schema may cost: for each depth of a document, the schemas applied along one path.

    A document that is deeper than the list is long is not to be evaluated.
    """

    works: tuple[int, ...]
    #: Likewise, the violations that they may list along one path.
    listings: tuple[int, ...]

    @property
    def depth(self) -> int:
        """How deep a document may be."""
        return len(self.works) - 1


#: What a subschema costs for one value and all within it: the schemas applied along the costliest
#: path, the violations that they may list, the longest chain of schemas that apply one another.
_Cost: TypeAlias = tuple[int, int, int]


@attrs.define
class _Entry:
    """A subschema that is applied to a value, and all it applies to that same value."""

    #: How many subschemas that is, each as often as it is applied.
    size: int = 0
    #: How many violations they may list.
    listing: int = 0
    #: The longest chain of them.
    chain: int = 0
    #: For each kind of member, the subschemas applied to it, and how often.
    members: dict[tuple[str, str], dict[int, int]] = attrs.field(
        factory=lambda: defaultdict(lambda: defaultdict(int))
    )
    #: For each of those, the longest chain that leads to it.
    chains: dict[int, int] = attrs.field(factory=dict)
    #: What this one refers to, where it does nothing but refer: most references do.
    refers_to: int | None = None

    def cost(self, beside: dict[int, _Cost], below: dict[int, _Cost]) -> _Cost:
        """Give the cost, given what others cost for the same value, and for what is within it."""
        if self.refers_to is not None:
            work, listing, nested = beside[self.refers_to]
            return self.size + work, self.listing + listing, 1 + nested
        works = {"names": 0, "others": 0, "items": 0, "name": 0}
        listings = works.copy()
        for (how, _), nodes in self.members.items():
            work = listing = 0
            for node, often in nodes.items():
                cost = below[node]
                work += often * cost[0]
                listing += often * cost[1]
            works[how] = max(works[how], work)
            listings[how] = max(listings[how], listing)
        return (
            self.size + _costliest(works),
            self.listing + _costliest(listings),
            max([self.chain, *(chain + below[node][2] for node, chain in self.chains.items())]),
        )


def _costliest(members: dict[str, int]) -> int:
    """Give what the costliest member costs: an item, one of some name, or one of no known name."""
    return max(members["items"], members["names"] + members["others"] + members["name"])


def admit(graph: Graph, uri: str, limits: Limits) -> Admission:
    """Bound a schema's work.

    :raises InvalidSchema: if it applies itself to the same value without end, or too much to it.
    """
    entries = _entries(graph, uri, limits)
    costs: dict[int, _Cost] = dict.fromkeys(entries, (0, 0, 0))
    most = limits.schema_expansion + 1
    admitted: list[_Cost] = []
    while len(admitted) <= limits.depth:
        below, costs = costs, {}
        for node, entry in entries.items():
            work, listing, nested = entry.cost(costs, below)
            # What is past a limit need not be counted further: it stays past it.
            costs[node] = min(work, most), min(listing, _MOST_LISTED), min(nested, _NESTED + 1)
        if costs[0][0] == most or costs[0][2] > _NESTED:
            break
        admitted.append(costs[0])
        if costs == below:
            admitted.extend([costs[0]] * (limits.depth + 1 - len(admitted)))
    if not admitted:
        raise InvalidSchema(uri, "too many subschemas apply to one value, or in too long a chain")
    works, listings, _ = zip(*admitted, strict=True)
    return Admission(works, listings)


def _entries(graph: Graph, uri: str, limits: Limits) -> dict[int, _Entry]:
    """Give the root and each subschema that applies to a member, what is referred to first."""
    order = _order(graph, uri)
    entries: dict[int, _Entry] = {}
    pending, seen = [0], 0
    while pending:
        node = pending.pop()
        if node in entries:
            continue
        entry, visited = _reference(graph, node) or _entry(graph, node, order, limits)
        entries[node] = entry
        seen += visited
        if seen > _FOLLOWED:
            raise InvalidSchema(uri, "its subschemas apply one another in too many ways")
        pending.extend(entry.chains if entry.refers_to is None else [entry.refers_to])
    return {node: entries[node] for node in sorted(entries, key=order.__getitem__, reverse=True)}


def _reference(graph: Graph, node: int) -> tuple[_Entry, int] | None:
    """Give the entry of a subschema that does nothing but refer to another; None for others."""
    applied = [(how, target) for (how, _), target in graph.edges[node] if how != "none"]
    if [how for how, _ in applied] != ["same"]:
        return None
    weight, listing = graph.weights[node], graph.listings[node]
    return _Entry(weight, listing, refers_to=applied[0][1]), 1


def _order(graph: Graph, uri: str) -> list[int]:
    """Give each node's rank, so that what applies to the same value comes after what applies it."""
    same = {
        node: [target for (how, _), target in edges if how == "same"]
        for node, edges in enumerate(graph.edges)
    }
    try:
        last_first = TopologicalSorter(same).static_order()
        ranks = {node: -rank for rank, node in enumerate(last_first)}
    except CycleError:
        raise InvalidSchema(
            uri, "it refers to itself without end: a `$ref` leads back to it"
        ) from None
    return [ranks[node] for node in range(len(graph.edges))]


def _entry(graph: Graph, start: int, order: list[int], limits: Limits) -> tuple[_Entry, int]:
    """Follow all that applies to the same value; also give how many edges that took."""
    reached, pending = {start}, [start]
    while pending:
        for (how, _), target in graph.edges[pending.pop()]:
            if how == "same" and target not in reached:
                reached.add(target)
                pending.append(target)
    often: dict[int, int] = defaultdict(int, {start: 1})
    chains: dict[int, int] = defaultdict(int, {start: 1})
    entry, visited = _Entry(), 0
    most = limits.schema_expansion + 1
    for node in sorted(reached, key=order.__getitem__):
        entry.size = min(entry.size + often[node] * graph.weights[node], most)
        listing = often[node] * graph.listings[node]
        entry.listing = min(entry.listing + listing, _MOST_LISTED)
        entry.chain = max(entry.chain, chains[node])
        for edge, target in graph.edges[node]:
            visited += 1
            if edge[0] == "same":
                often[target] = min(often[target] + often[node], most)
                chains[target] = max(chains[target], chains[node] + 1)
            elif edge[0] != "none":
                members = entry.members[edge]
                members[target] = min(members[target] + often[node], most)
                entry.chains[target] = max(entry.chains.get(target, 0), chains[node])
        visited += _except_others(entry, graph.edges[node], often[node])
    return entry, visited


def _except_others(entry: _Entry, edges: list[tuple[Edge, int]], often: int) -> int:
    """Take from each name that a schema has a property for what it applies to other names."""
    others = [target for (how, _), target in edges if how == "others"]
    names = {edge for edge, _ in edges if edge[0] == "name"} if others else set()
    for edge in names:
        for target in others:
            entry.members[edge][target] -= often
    return len(names) * len(others)
