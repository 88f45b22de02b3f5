"""Which version may come next: the order in which Iglu lets versions of a schema be published.

Source: VersionCursor of Iglu Server 0.14.0. A 1-0-0 always may; x-0-0 needs a version of model x-1;
x-y-0 one of revision x-(y-1); x-y-z needs x-y-(z-1), and that there is no revision x-(y+1) yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from validator.compatibility.verdicts import Step
from validator.iglu import SchemaKey, SchemaVer

__all__ = [
    "RANKS",
    "name_of",
    "needed_before",
    "next_version",
    "overtaken_by",
    "step_between",
    "versions_of",
]

#: The steps, from the least.
RANKS: dict[Step, int] = {"NONE": 0, "ADDITION": 1, "REVISION": 2, "MODEL": 3}


def step_between(old: SchemaVer, new: SchemaVer) -> Step:
    """Give the step from a version to a later one.

    >>> step_between(SchemaVer(1, 0, 3), SchemaVer(1, 1, 0))
    'REVISION'
    """
    if old.model != new.model:
        return "MODEL"
    if old.revision != new.revision:
        return "REVISION"
    return "NONE" if old == new else "ADDITION"


def next_version(newest: SchemaVer, step: Step) -> SchemaVer:
    """Give the version that a step leads to; NONE leads nowhere."""
    if step == "MODEL":
        return SchemaVer(newest.model + 1, 0, 0)
    if step == "REVISION":
        return SchemaVer(newest.model, newest.revision + 1, 0)
    return SchemaVer(newest.model, newest.revision, newest.addition + (step == "ADDITION"))


def needed_before(version: SchemaVer, among: Collection[SchemaVer]) -> SchemaVer | None:
    """Give the version that has to be there before another, if it is not.

    >>> needed_before(SchemaVer(1, 0, 2), {SchemaVer(1, 0, 0)})
    SchemaVer(model=1, revision=0, addition=1)
    """
    model, revision, addition = version.model, version.revision, version.addition
    if addition:
        before = SchemaVer(model, revision, addition - 1)
        return None if before in among else before
    if revision:
        beside = {each.revision for each in among if each.model == model}
        return None if revision - 1 in beside else SchemaVer(model, revision - 1, 0)
    models = {each.model for each in among}
    return None if model == 1 or model - 1 in models else SchemaVer(model - 1, 0, 0)


def overtaken_by(version: SchemaVer, among: Collection[SchemaVer]) -> SchemaVer | None:
    """Give the newest version of a later revision of its model, after which it may not come."""
    later = [
        each for each in among if each.model == version.model and each.revision > version.revision
    ]
    return max(later, default=None)


def name_of(key: SchemaKey) -> tuple[str, str, str]:
    """Give what all versions of a schema have in common."""
    return key.vendor, key.name, key.format


def versions_of(keys: Collection[SchemaKey]) -> dict[tuple[str, str, str], set[SchemaVer]]:
    """Give the versions of each schema, by its name."""
    found: defaultdict[tuple[str, str, str], set[SchemaVer]] = defaultdict(set)
    for key in keys:
        found[name_of(key)].add(key.version)
    return dict(found)
