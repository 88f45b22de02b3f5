"""What tests change in a document: values that are others, are more, or are gone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path as File
from typing import Any

from hypothesis import strategies as st

from validator.results import Path
from validator.strategies import from_schema, tracker_payloads
from validator.trackers import tracardi

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**64 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=5),
)
JSON_VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
TIMES = ("insert", "create", "update")


def places(document: Any, path: Path = ()) -> Iterator[Path]:
    """Give the path of a document, and of each value in it."""
    yield path
    if isinstance(document, dict | list):
        members = document.items() if isinstance(document, dict) else enumerate(document)
        for step, member in members:
            yield from places(member, (*path, step))


def at(document: Any, path: Path) -> Any:
    """Give the value at a place."""
    for step in path:
        document = document[step]
    return document


def replaced(document: Any, path: Path, value: Any) -> Any:
    """Give a copy with another value at a place; an ellipsis takes the member away."""
    if not path:
        return {} if value is ... else value
    step, *rest = path
    copied = document.copy()
    if rest:
        copied[step] = replaced(document[step], tuple(rest), value)
    elif value is not ...:
        copied[step] = value
    elif isinstance(step, int) or step in copied:
        del copied[step]
    return copied


def changed(
    documents: st.SearchStrategy[Any],
    values: st.SearchStrategy[Any],
    members: dict[str, st.SearchStrategy[Any]] | None = None,
    most: int = 3,
) -> st.SearchStrategy[Any]:
    """Draw documents with up to so many changes: of what is anywhere, or of a known member.

    The changes are drawn first: after a large document Hypothesis likes to draw few.
    """
    named = [
        st.tuples(st.just(name), each, st.integers(0, 9999))
        for name, each in sorted((members or {}).items())
    ]
    change = st.tuples(st.none(), values | st.just(...), st.integers(0, 9999))
    changes = st.lists(change | st.one_of(named), min_size=1, max_size=most)
    return st.builds(_applied, changes, documents)


def _applied(changes: list[tuple[str | None, Any, int]], document: Any) -> Any:
    for name, value, place in changes:
        paths = list(places(document))
        if name is None:
            document = replaced(document, paths[place % len(paths)], value)
        elif objects := [path for path in paths if isinstance(at(document, path), dict)]:
            having = [path for path in objects if name in at(document, path)]
            chosen = having if having and place % 2 else objects
            document = replaced(document, (*chosen[place % len(chosen)], name), value)
    return document


@st.composite  # so that it is written in few words, which hypothesis minds
def tracardi_payloads(draw: st.DrawFn) -> Any:
    """Draw payloads of both of Tracardi's kinds, whose members may be of any shape."""
    return draw(_tracardi_payloads())


@cache
def _tracardi_payloads() -> st.SearchStrategy[Any]:
    times, types = _given("times.json"), _given("slugs.json")
    ids = st.lists(st.sampled_from(["a", "b", 1]), max_size=5)
    holders = st.fixed_dictionaries({}, optional={**dict.fromkeys(TIMES, times), "a": JSON_VALUES})
    entities = st.fixed_dictionaries({}, optional={"metadata": holders, "ids": ids})
    members = {
        **dict.fromkeys(TIMES, times),
        **dict.fromkeys(["time", "metadata"], holders),
        **dict.fromkeys(["source", "session", "profile"], entities),
        **dict.fromkeys(["properties", "options", "context", "tags"], JSON_VALUES),
        "type": types,
        "ids": ids,
        "events": st.lists(st.fixed_dictionaries({"type": types, "time": holders})),
    }
    event_payloads = from_schema(tracardi.EVENT_PAYLOAD)
    return changed(st.one_of(tracker_payloads(), event_payloads), JSON_VALUES, members).filter(
        lambda payload: tracardi.is_tracker_payload(payload) or tracardi.is_event_payload(payload)
    )


def _given(table: str) -> st.SearchStrategy[Any]:
    """Draw what the cases of a table of normalization are given."""
    file = File(__file__).parents[1] / "fixtures" / "normalization" / table
    return st.sampled_from([case["given"] for case in json.loads(file.read_bytes())])
