"""Whether the step of a version is large enough for what it changes, and no larger.

A version is compared with the one before it. An ADDITION has to accept what every version of its
revision accepts: what each accepts of the one before goes for all before that, and only where one
does not, is a later one compared with older ones. A REVISION may refuse some documents of its
model; what can be said of the revisions before the last is whether it refuses all of theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from itertools import groupby, pairwise
from typing import Literal, TypeAlias

import attrs
import orjson

from validator.compatibility import compare
from validator.compatibility.verdicts import Comparison, Policy, Step
from validator.errors import NoVerdict
from validator.iglu import SchemaKey, SchemaVer
from validator.limits import Limits
from validator.problems import Level, Problem
from validator.publishing.versions import RANKS, name_of, next_version, step_between, versions_of
from validator.registry import Registry

__all__ = ["Steps", "Storage", "of_step"]

#: Where data is kept whose tables a change may cost something.
Storage: TypeAlias = Literal["redshift", "parquet"]
_VERSION = "/self/version"
_NAMES: dict[Step, str] = {"ADDITION": "an ADDITION", "REVISION": "a REVISION", "MODEL": "a MODEL"}
#: The reasons that a message tells, and the characters of a document in a hint.
_REASONS = 3
_SHOWN = 200


@attrs.frozen
class Steps:
    """Judges the steps of the versions of a registry."""

    _registry: Registry
    #: All versions there are.
    _keys: Collection[SchemaKey]
    _policy: Policy = "strict"
    _storage: tuple[Storage, ...] = ()
    _limits: Limits | None = None
    _compared: dict[tuple[SchemaKey, SchemaKey], Comparison | NoVerdict] = attrs.field(factory=dict)

    def problems(self, key: SchemaKey) -> Iterator[Problem]:
        """Tell what is wrong with the step that leads to a version; of a first one, nothing."""
        before = self._before(key)
        if not before:
            return
        last = before[-1]
        found = self._comparison(last, key)
        if isinstance(found, NoVerdict):
            yield _problem("stepUnknown", f"can't be compared with {last.version}: {found}")
            return
        yield from of_step(last.version, key.version, found)
        for each in found.warnings:
            yield Problem(rule=each.rule, level="warning", message=each.message, location=each.path)
        step = step_between(last.version, key.version)
        if step == "ADDITION" and self._accepts(last, key):
            yield from self._of_revision(key, before)
        elif step == "REVISION":
            yield from self._of_model(key, before)

    def _before(self, key: SchemaKey) -> list[SchemaKey]:
        """Give the versions of a schema that are lower, from the first."""
        versions = sorted(self._versions.get(name_of(key), ()))
        return [attrs.evolve(key, version=each) for each in versions if each < key.version]

    @cached_property
    def _versions(self) -> dict[tuple[str, str, str], set[SchemaVer]]:
        return versions_of(self._keys)

    def _comparison(self, old: SchemaKey, new: SchemaKey) -> Comparison | NoVerdict:
        if (old, new) not in self._compared:
            self._compared[old, new] = self._compare(old, new)
        return self._compared[old, new]

    def _compare(self, old: SchemaKey, new: SchemaKey) -> Comparison | NoVerdict:
        try:
            return compare(
                old,
                new,
                policy=self._policy,
                storage=self._storage,
                registry=self._registry,
                limits=self._limits,
            )
        except NoVerdict as error:
            return error

    def _accepts(self, old: SchemaKey, new: SchemaKey) -> bool:
        """Whether one may be an ADDITION to another, for all that is shown."""
        found = self._comparison(old, new)
        if isinstance(found, NoVerdict) or found.backward.verdict == "unknown":
            return False
        return RANKS[found.step] <= RANKS["ADDITION"]

    def _of_revision(self, key: SchemaKey, before: list[SchemaKey]) -> Iterator[Problem]:
        """Tell to which older versions of its revision an ADDITION is none.

        It is one to the last before it, so those are what that was no ADDITION to.
        """
        chain = [each for each in before if _revision(each) == _revision(key)]
        for old in self._refused(chain):
            if self._accepts(old, key):
                continue
            found = self._comparison(old, key)
            why = str(found) if isinstance(found, NoVerdict) else _why(found)
            message = f"is no ADDITION to {old.version}, which is of the same revision: {why}"
            hint = f"publish it as {next_version(key.version, 'REVISION')}"
            yield _problem("stepTooSmall", message, hint)

    def _refused(self, chain: list[SchemaKey]) -> list[SchemaKey]:
        """Give the versions of a revision to which the last of them is no ADDITION."""
        refused: list[SchemaKey] = []
        for index, (previous, last) in enumerate(pairwise(chain), 1):
            older = refused if self._accepts(previous, last) else chain[:index]
            refused = [each for each in older if not self._accepts(each, last)]
        return refused

    def _of_model(self, key: SchemaKey, before: list[SchemaKey]) -> Iterator[Problem]:
        """Tell which revisions of its model, but for the last, a REVISION accepts nothing of."""
        of_model = (each for each in before if each.version.model == key.version.model)
        newest = [[*group][-1] for _, group in groupby(of_model, _revision)]
        for old in newest[:-1]:
            found = self._comparison(old, key)
            if isinstance(found, Comparison) and found.step == "MODEL":
                message = f"is of one model with {old.version}, to which it is a MODEL: "
                yield _problem("stepTooSmall", message + _why(found), None, "warning")


def _revision(key: SchemaKey) -> tuple[int, int]:
    return key.version.model, key.version.revision


def of_step(old: SchemaVer, new: SchemaVer, found: Comparison) -> Iterator[Problem]:
    """Tell of a step that is too small, or is larger than needed."""
    given, needed = step_between(old, new), found.step
    if given == "ADDITION" and found.backward.verdict == "unknown":
        reason = found.backward.reason or "it was not decided"
        message = f"that it accepts all that {old} accepts is neither proved nor refuted: {reason}"
        hint = f"publish it as {next_version(old, 'REVISION')}, or change less"
        yield _problem("stepUnproved", message, hint)
    elif RANKS[given] < RANKS[needed]:
        message = f"is {_NAMES[given]} to {old}, and what it changes asks for {_NAMES[needed]}: "
        yield _problem("stepTooSmall", message + _why(found), _hint(old, found))
    elif needed == "NONE":
        message = f"is {_NAMES[given]} to {old}, and changes nothing"
        yield _problem("stepTooLarge", message, "leave it out", "note")
    elif RANKS[given] > RANKS[needed]:
        message = f"is {_NAMES[given]} to {old}, where {_NAMES[needed]} would do"
        yield _problem("stepTooLarge", message, f"{next_version(old, needed)} is enough", "note")


def _why(found: Comparison) -> str:
    """Tell the reasons for a step, the first of them."""
    told = list(dict.fromkeys(each.message for each in found.reasons if each.step == found.step))
    more = f" (and {len(told) - _REASONS} more)" if len(told) > _REASONS else ""
    return ("; ".join(told[:_REASONS]) or "the documents it accepts are others") + more


def _hint(old: SchemaVer, found: Comparison) -> str:
    hint = f"publish it as {next_version(old, found.step)}"
    witness = found.backward.witness
    if witness is None:
        return hint
    document = orjson.dumps(witness.document).decode()
    cut = document if len(document) <= _SHOWN else f"{document[:_SHOWN]}..."
    return f"{hint}, or accept again what {old} accepts, such as {cut}"


def _problem(rule: str, message: str, hint: str | None = None, level: Level = "error") -> Problem:
    return Problem(rule=rule, level=level, message=message, hint=hint, location=_VERSION)
