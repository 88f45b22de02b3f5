"""What is to be written where, in which order, for schemas to be in a static registry."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Literal, TypeAlias

import attrs

from validator.errors import InvalidIgluUri
from validator.iglu import SchemaKey
from validator.problems import Level, Problem
from validator.publishing.folders import Judged, look_through
from validator.publishing.listing import list_path, listed
from validator.publishing.paths import is_file, is_folder, is_link, read_file
from validator.publishing.sources import Source
from validator.publishing.versions import name_of, needed_before, overtaken_by, versions_of
from validator.results import JSON

__all__ = ["Entry", "Release", "State", "planned"]

#: What becomes of a file: it is new; is there with these bytes; or has others, as lists may.
State: TypeAlias = Literal["new", "present", "changed"]
_VERSION = "/self/version"


@attrs.frozen
class Entry:
    """A file of a registry, as it is to be."""

    #: Where it lies in the registry: `com.acme/user/jsonschema/1-0-0`; of a list, `.../1`.
    path: str
    contents: bytes = attrs.field(repr=False)
    state: State
    #: The schema; None for a list.
    key: SchemaKey | None = None


@attrs.frozen
class Release:
    """What publishing does, or did; truthy if nothing keeps it from that."""

    #: The folder of the vendors in the registry.
    root: Path
    #: The schemas, in the order they are written in; then the lists.
    entries: tuple[Entry, ...]
    #: What was found in the files that are to be published.
    judged: tuple[Judged, ...]
    #: Whether it was done.
    is_done: bool = False

    def __bool__(self) -> bool:
        """Whether no file has an error."""
        return all(self.judged)

    @property
    def pending(self) -> tuple[Entry, ...]:
        """What is not in the registry as it is to be."""
        return tuple(each for each in self.entries if each.state != "present")


def planned(sources: Sequence[Source], judged: Sequence[Judged], root: Path) -> Release:
    """Plan what is to be written, by what is in a registry now; nothing is written.

    `judged` is what is known of the sources; to that comes what is wrong with publishing them here.

    :raises UnreadableFile: if what is in the registry can't be read.
    """
    there = _there(root)
    after = {*there, *(each.key for each in sources)}
    problems = {each.key: [*_problems(each, root, there)] for each in sources}
    for key, problem in _out_of_order(problems, there):
        problems[key].append(problem)
    entries = [_entry(each, there) for each in _in_order(sources)]
    of_sources = {list_path(each.key) for each in sources}
    lists = [
        _list_entry(root, path, contents)
        for path, contents in listed(after).items()
        if path in of_sources
    ]
    told = [_with(each, problems) for each in judged]
    return Release(root, (*entries, *lists), tuple(told))


def _there(root: Path) -> dict[SchemaKey, Path]:
    return dict(look_through(root).schemas) if is_folder(root) else {}


def _with(judged: Judged, problems: Mapping[SchemaKey, Sequence[Problem]]) -> Judged:
    more = () if judged.key is None else problems.get(judged.key, ())
    return attrs.evolve(judged, problems=(*judged.problems, *more))


def _entry(source: Source, there: Collection[SchemaKey]) -> Entry:
    state: State = "present" if source.key in there else "new"
    return Entry(source.key.path, source.raw, state, source.key)


def _list_entry(root: Path, path: str, contents: bytes) -> Entry:
    file = root / path
    if not is_file(file):
        return Entry(path, contents, "new")
    is_same = read_file(file, len(contents)) == contents
    return Entry(path, contents, "present" if is_same else "changed")


# What is wrong with publishing a schema to a registry.


def _problems(source: Source, root: Path, there: Mapping[SchemaKey, Path]) -> Iterator[Problem]:
    link = _link(root, source.key)
    if link is not None:
        message = f"would be written to where {link} leads, which is a symbolic link"
        yield _problem("symbolicLink", message, "put a folder, or a copy, in the place of the link")
    elif (obstacle := _obstacle(root, source.key)) is not None:
        message = f"can't be written, with its list of versions: {obstacle} is in the way"
        yield _problem("strayFile", message, "take it away, or move it elsewhere")
    elif source.key in there:
        if read_file(there[source.key], len(source.raw)) != source.raw:
            message = f"is in {root} with other bytes, and what is published never changes"
            yield _problem("publishedChanged", message, "make the change a version of its own")
        else:
            message = f"is in {root} already, with the same bytes"
            yield _problem("publishedAlready", message, None, "note")


def _link(root: Path, key: SchemaKey) -> Path | None:
    """Give the first step of the way to a schema's file that is a link."""
    file = root / key.path
    way = [*reversed(file.parents[: len(key.path.split("/")) - 1]), file]
    return next((each for each in way if is_link(each)), None)


def _obstacle(root: Path, key: SchemaKey) -> Path | None:
    """Give what is no folder on the way to a schema; or no file in its place, or its list's."""
    file, list_file = root / key.path, root / list_path(key)
    for each in reversed(file.parents):
        if os.path.lexists(each) and not is_folder(each):
            return each
    targets = [each for each in (file, list_file) if os.path.lexists(each) and not is_file(each)]
    return next(iter(targets), None)


def _out_of_order(
    keys: Collection[SchemaKey], there: Collection[SchemaKey]
) -> Iterator[tuple[SchemaKey, Problem]]:
    """Tell which schemas may not be added to those that are there, one after the other."""
    versions = versions_of(there)
    for key in sorted(set(keys) - set(there)):
        among = versions.setdefault(name_of(key), set())
        before, later = needed_before(key.version, among), overtaken_by(key.version, among)
        if before is not None:
            message = f"comes before its time: {before} is neither published nor to be"
            yield key, _problem("versionGaps", message, f"publish {before} first")
        if later is not None:
            message = f"comes too late: {later} is published, and Iglu adds to no older revision"
            yield key, _problem("versionOvertaken", message, "add to the newest")
        among.add(key.version)


def _problem(rule: str, message: str, hint: str | None, level: Level = "error") -> Problem:
    return Problem(rule=rule, level=level, message=message, hint=hint, location=_VERSION)


# The order.


def _in_order(sources: Sequence[Source]) -> list[Source]:
    """Sort schemas: each after its older versions, and after those that it refers to.

    Where schemas refer to each other in a circle, by their names.
    """
    by_key = {each.key: each for each in sources}
    graph: dict[SchemaKey, set[SchemaKey]] = {key: set() for key in by_key}
    last: dict[tuple[str, str, str], SchemaKey] = {}
    for key in sorted(by_key):
        graph[key] = {each for each in _referred(by_key[key].contents) if each in by_key} - {key}
        if name_of(key) in last:
            graph[key].add(last[name_of(key)])
        last[name_of(key)] = key
    try:
        return [by_key[key] for key in TopologicalSorter(graph).static_order()]
    except CycleError:
        return [by_key[key] for key in sorted(by_key)]


def _referred(contents: JSON) -> Iterator[SchemaKey]:
    """Give the schemas that a schema's references name, and maybe more."""
    pending = [contents]
    while pending:
        each = pending.pop()
        if isinstance(each, dict):
            pending += each.values()
            reference = each.get("$ref")
            if isinstance(reference, str) and reference.startswith("iglu:"):
                try:
                    yield SchemaKey.parse(reference.partition("#")[0])
                except InvalidIgluUri:
                    continue
        elif isinstance(each, list):
            pending += each
