"""The rule about versions that are missing: it takes all schemas of a registry to see that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from itertools import pairwise

from validator.errors import WrongUse, is_a, shown
from validator.iglu import SchemaKey, SchemaVer
from validator.lint.rules import Rule
from validator.problems import Problem

__all__ = ["RULE", "version_gaps"]

_FIRST = SchemaVer(1, 0, 0)

RULE = Rule(
    id="versionGaps",
    level="error",
    looks_for="A version without the one before it. After 1-0-0 comes 1-0-1, 1-1-0 or 2-0-0; the "
    "first of all is 1-0-0. It is found where more than one file is looked at; on the "
    "command line what lies beside a file counts as there.",
    why="Readers without a list look for versions one after the other, and find none past a gap; "
    "servers refuse a version out of order.",
    mend="Publish the one that is missing, or give this one its number.",
    example="1-0-0, 1-0-2",
    find=None,
)


def version_gaps(keys: Collection[SchemaKey]) -> dict[SchemaKey, Problem]:
    """Find, among all schemas of a registry, those before which one is missing.

    Each vendor, name and format is looked at by itself. Source: igluctl.

    :raises WrongUse: if one is no SchemaKey.
    """
    sequences: defaultdict[tuple[str, str, str], set[SchemaKey]] = defaultdict(set)
    for key in keys:
        if not is_a(key, SchemaKey):
            message = f"versions are looked for among SchemaKeys, not {shown(key)}"
            raise WrongUse(message)
        sequences[key.vendor, key.name, key.format].add(key)
    found = {}
    for sequence in sequences.values():
        ordered = sorted(sequence)
        if ordered[0].version != _FIRST:
            found[ordered[0]] = _problem(ordered[0], _FIRST)
        for before, key in pairwise(ordered):
            missing = _missing(before.version, key.version)
            if missing is not None:
                found[key] = _problem(key, missing)
    return found


def _missing(before: SchemaVer, version: SchemaVer) -> SchemaVer | None:
    """Give the first version that is missing between two; None if one follows the other."""
    model, revision, addition = before.model, before.revision, before.addition
    if version.model != model:
        next_one = SchemaVer(model + 1, 0, 0)
    elif version.revision != revision:
        next_one = SchemaVer(model, revision + 1, 0)
    else:
        next_one = SchemaVer(model, revision, addition + 1)
    return None if version == next_one else next_one


def _problem(key: SchemaKey, missing: SchemaVer) -> Problem:
    message = f"{key.version} is there without {missing}, which comes before it"
    return Problem(
        rule=RULE.id, level=RULE.level, message=message, hint=RULE.mend, location="/self/version"
    )
