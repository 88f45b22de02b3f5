"""Publishing to a static Iglu registry: a folder that a web server gives out as it is."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import attrs

from validator.errors import WrongUse
from validator.limits import Limits
from validator.lint import Skips
from validator.publishing.arguments import expect, path_at
from validator.publishing.folders import look_through
from validator.publishing.paths import INNER, is_folder, root_of
from validator.publishing.planning import Release, planned
from validator.publishing.sources import judged_sources, read_sources
from validator.publishing.storing import opened

__all__ = ["publish"]


def publish(
    paths: Sequence[str | Path],
    to: str | Path,
    *,
    dry_run: bool = False,
    skips: Skips | None = None,
    limits: Limits | None = None,
    wait: float = 60.0,
) -> Release:
    """Add schemas to a static registry, all or none, with the lists of versions that readers ask.

    None is added if one is not valid, has a `lint` error that is not skipped, has other bytes than
    what is there under its name, or a version that may not come next. They appear in order: older
    versions first, then what refers to them, the lists last. If that is ended at any moment, even
    by SIGKILL or a power cut, each file is whole, no list names a schema that is not there, and
    publishing again adds the rest.

    :param paths: schemas, whose `self` says where they belong, and folders that are registries.
    :param to: the folder that is served; the schemas lie in its folder `schemas`, or in itself,
        where it is called so or has schemas already. It is made if it is not there.
    :param dry_run: plan, and write nothing.
    :param wait: the seconds that another publisher may take.
    :raises WrongUse: if there is no schema in `paths`, or `to` is no folder, or has schemas both in
        itself and in a folder `schemas`.
    :raises NoVerdict: if another publisher is at work for longer than `wait`.
    :raises UnreadableFile: if the registry can't be read or written to.
    """
    expect(Skips, skips=skips)
    expect(Limits, limits=limits)
    expect(float, wait=float(wait) if type(wait) is int else wait)
    bounds = limits or Limits()
    sources, astray = read_sources(paths, bounds)
    root = destination(to)
    judged = [*astray, *judged_sources(sources, root, skips or Skips(), bounds)]
    release = planned(sources, judged, root)
    if dry_run or not release:
        return release
    with opened(root, wait) as store:
        release = planned(sources, judged, root)  # others may have published since
        if not release:
            return release
        for each in release.pending:
            if each.key is None:
                store.put(each.path, each.contents)
            else:
                store.add(each.path, each.contents)
    return attrs.evolve(release, is_done=True)


def destination(to: str | Path) -> Path:
    """Give the folder of the vendors in a registry that is served, or is to be.

    :raises WrongUse: if it is no folder, or may be either of two registries.
    """
    folder = path_at(to)
    if os.path.lexists(folder) and not is_folder(folder):
        message = f"{folder} is no folder to publish to"
        raise WrongUse(message)
    inner = folder / INNER
    if is_folder(inner):
        return _inner(folder, inner)
    is_registry = folder.name == INNER or (is_folder(folder) and look_through(folder).schemas)
    return folder if is_registry else inner


def _inner(folder: Path, inner: Path) -> Path:
    if root_of(folder) == inner:
        return inner
    message = f"{folder} has schemas, and so may {inner}: take one away, or move its schemas"
    raise WrongUse(message)
