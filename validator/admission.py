"""How much work a schema can cause, bounded before an engine compiles it.

An engine follows a schema as far as a document leads it. A schema that applies itself twice at each
level of nesting takes 2^64 steps on 64 levels; one that applies itself to the same value never
ends; a long chain of subschemas at every level overruns a small stack. All of this can be read off
the graph of which subschema applies which, to the same value or to one within it.
"""

from __future__ import annotations

from collections import defaultdict
from graphlib import CycleError, TopologicalSorter

import attrs

from validator.closure import Graph
from validator.errors import InvalidSchema
from validator.limits import Limits

__all__ = ["Admission", "admit"]

#: Nested evaluations that the engine survives on a stack of 512 kB with room to spare: it was seen
#: to fail at 1,024, and not at 512.
_NESTED = 400
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

    def below(self, costs: dict[int, int]) -> int:
        """Give what the costliest path through its members costs, given what members cost."""
        sums = {
            edge: sum(often * costs[node] for node, often in nodes.items())
            for edge, nodes in self.members.items()
        }
        any_name = sums.pop(("names", ""), 0)
        items = sums.pop(("items", ""), 0)
        return max(items, any_name + max(sums.values(), default=0))

    def nested(self, nested: dict[int, int]) -> int:
        """Give the longest chain of schemas, given how long the members' are."""
        through = (chain + nested[node] for node, chain in self.chains.items())
        return max(self.chain, max(through, default=0))


def admit(graph: Graph, uri: str, limits: Limits) -> Admission:
    """Bound a schema's work.

    :raises InvalidSchema: if it applies itself to the same value without end, or too much to it.
    """
    entries = _entries(graph, uri, limits)
    works = listings = nested = dict.fromkeys(entries, 0)
    most = limits.schema_expansion + 1
    admitted: list[tuple[int, int]] = []
    while len(admitted) <= limits.depth:
        before = works, listings, nested
        # What is past a limit somewhere below need not be counted further: it stays past it.
        works = {n: min(each.size + each.below(works), most) for n, each in entries.items()}
        listings = {
            n: min(each.listing + each.below(listings), _MOST_LISTED) for n, each in entries.items()
        }
        nested = {n: min(each.nested(nested), _NESTED + 1) for n, each in entries.items()}
        if works[0] == most or nested[0] > _NESTED:
            break
        admitted.append((works[0], listings[0]))
        if before == (works, listings, nested):
            admitted.extend([admitted[-1]] * (limits.depth + 1 - len(admitted)))
    if not admitted:
        raise InvalidSchema(uri, "too many subschemas apply to one value, or in too long a chain")
    return Admission(*zip(*admitted, strict=True))


def _entries(graph: Graph, uri: str, limits: Limits) -> dict[int, _Entry]:
    """Give the root and each subschema that applies to a member, with what they apply."""
    order = _order(graph, uri)
    entries: dict[int, _Entry] = {}
    pending, seen = [0], 0
    while pending:
        node = pending.pop()
        if node in entries:
            continue
        entry, visited = _entry(graph, node, order, limits)
        entries[node] = entry
        seen += visited
        if seen > limits.schema_expansion:
            problem = f"it may apply {limits.schema_expansion:,} subschemas, `$ref` expanded"
            raise InvalidSchema(uri, f"{problem}; it applies more")
        pending.extend(entry.chains)
    return entries


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
    return entry, visited
