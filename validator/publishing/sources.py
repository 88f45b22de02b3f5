"""The schemas that are to be published: read once, each with what is wrong with it by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

import attrs

from validator import documents
from validator.errors import NoVerdict, UnreadableFile, WrongUse, is_a, shown
from validator.iglu import SchemaKey
from validator.limits import Limits
from validator.lint import RULES, Skips, lint
from validator.problems import Problem
from validator.publishing.arguments import path_at
from validator.publishing.folders import Judged, look_through
from validator.publishing.paths import is_folder, read_file, root_of
from validator.registry import Registry
from validator.results import JSON
from validator.retrievers import Directory, Packaged, key_of, schema_bounds, self_key
from validator.validation import Validator

__all__ = ["Source", "judged_sources", "read_sources"]

_PARTS = 4


@attrs.frozen
class Source:
    """A schema that is to be published."""

    #: The name that its `self` gives it.
    key: SchemaKey
    file: str
    raw: bytes = attrs.field(repr=False)
    contents: JSON = attrs.field(repr=False)


def read_sources(paths: Sequence[str | Path], limits: Limits) -> tuple[list[Source], list[Judged]]:
    """Read the schemas in files, and in folders that are registries; and tell what is none.

    A schema that is named twice, by the same path in a registry, is read once.

    :raises WrongUse: if that is no list of paths, or there is no schema in it.
    """
    if not is_a(paths, list) and not is_a(paths, tuple):
        message = f"the schemas to publish are paths in a list or a tuple, not {shown(paths)}"
        raise WrongUse(message)
    sources: dict[SchemaKey, Source] = {}
    astray: list[Judged] = []
    for path, stray in _files(paths):
        read = _read(path, limits) if stray is None else stray
        if isinstance(read, Judged):
            astray.append(read)
        elif sources.setdefault(read.key, read).raw != read.raw:
            astray.append(_twice(read, sources[read.key]))
        elif sources[read.key] is not read and _placed_at(read) != read.key:
            astray.append(_misplaced(read))
    if not (sources or astray):
        message = "there is no schema in what is to be published"
        raise WrongUse(message)
    return sorted(sources.values(), key=lambda each: each.key), astray


def _files(paths: Sequence[str | Path]) -> Iterator[tuple[Path, Judged | None]]:
    for each in map(path_at, paths):
        if not is_folder(each):
            yield each, None
            continue
        found = look_through(root_of(each))
        yield from ((path, None) for path in found.schemas.values())
        yield from ((Path(stray.file), stray) for stray in found.strays if not stray)


def _read(path: Path, limits: Limits) -> Source | Judged:
    """Read a schema; or tell why it can't be told which one it is."""
    try:
        raw = read_file(path, limits.schema_bytes)
    except UnreadableFile as error:
        return Judged(str(path), (_problem("unreadable", str(error)),))
    try:
        contents = documents.parse(raw, schema_bounds(limits))
    except documents.Refused as refused:
        violation = refused.violation
        place = violation.position
        at = None if place is None else (place.line, place.column)
        problem = attrs.evolve(_problem("notJson", violation.message), position=at)
        return Judged(str(path), (problem,), raw=raw)
    key = self_key(contents)
    if key is None:
        message = "has no `self` with vendor, name, format and version, which say what it is"
        return Judged(str(path), (_problem("selfSyntax", message),), raw=raw)
    return Source(key, str(path), raw, contents)


def _twice(one: Source, other: Source) -> Judged:
    message = f"says that it is {one.key}, as {other.file} does, which has other bytes"
    return Judged(one.file, (_problem("namedTwice", message),), one.key, one.raw)


def _misplaced(source: Source) -> Judged:
    message = f"its path says that it is {_placed_at(source)}, and its `self` {source.key}"
    return Judged(source.file, (_problem("pathMismatch", message),), source.key, source.raw)


def _placed_at(source: Source) -> SchemaKey:
    """Give the key that the path of a schema makes up; its own, if it makes up none."""
    parts = Path(source.file).absolute().parts[-_PARTS:]
    return (key_of(*parts) if len(parts) == _PARTS else None) or source.key


def judged_sources(
    sources: Iterable[Source], root: Path, skips: Skips, limits: Limits
) -> list[Judged]:
    """Lint schemas, and try them: they may refer to each other, and to those of a registry."""
    given = _Given({each.key: each for each in sources})
    there = [Directory(root)] if is_folder(root) else []
    registry = Registry(given, *there, Packaged())
    validator = Validator(registry=registry, limits=limits)
    return [
        Judged(
            each.file,
            (*_problems(each, registry, validator, skips, limits),),
            each.key,
            each.raw,
        )
        for each in given.sources.values()
    ]


@attrs.frozen
class _Given:
    """Sources as a retriever."""

    sources: dict[SchemaKey, Source]
    name: str = "to be published"

    def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
        found = self.sources.get(key)
        return None if found is None else found.raw[: most + 1]

    def keys(self) -> Collection[SchemaKey]:
        return self.sources.keys()


def _problems(
    source: Source, registry: Registry, validator: Validator, skips: Skips, limits: Limits
) -> Iterator[Problem]:
    skip = skips.of(source.key) & RULES.keys()
    found = lint(source.raw, key=_placed_at(source), registry=registry, skip=skip, limits=limits)
    yield from found
    if any(each.level == "error" for each in found):
        return
    try:
        validator.compile(source.key)
    except NoVerdict as error:
        yield _problem("unusable", str(error))


def _problem(rule: str, message: str) -> Problem:
    return Problem(rule=rule, level="error", message=message)
