"""The gate: what keeps the schemas of a folder from being published, all of it in one run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias, get_args

import attrs

from validator.compatibility.verdicts import Policy
from validator.errors import RegistryUnavailable, UnreadableFile, WrongUse, is_a, shown
from validator.iglu import SchemaKey, SchemaVer
from validator.limits import Limits
from validator.lint import RULES as LINTED
from validator.lint import Skips, lint, version_gaps
from validator.problems import Level, Problem
from validator.publishing.arguments import expect, expect_among, folder_at, path_at
from validator.publishing.drafting import suite_path
from validator.publishing.folders import (
    Judged,
    RegistryFolder,
    look_through,
)
from validator.publishing.history import Published, at_revision, in_lock
from validator.publishing.listing import is_list_of, listed
from validator.publishing.paths import is_file, read_file, root_of
from validator.publishing.steps import Steps, Storage
from validator.publishing.versions import name_of, overtaken_by, versions_of
from validator.registry import Registry
from validator.reporting.findings import Finding, Outcome
from validator.retrievers import Cached, Directory, Packaged
from validator.suites import LIMITS, Runner, read_suite
from validator.validation import Validator

__all__ = ["RULES", "Progress", "verify"]

#: What the gate itself looks for, beside what `lint` does, by the id that leaves it out.
RULES: Mapping[str, str] = MappingProxyType(
    {
        "unreadable": "A file or a folder that can't be read.",
        "symbolicLink": "A link in the place of a file.",
        "strayFile": "A file where readers look for none.",
        "nothingPublished": "A revision or a lock that has nothing of this folder.",
        "publishedChanged": "A published schema with other bytes.",
        "publishedGone": "A published schema that is no longer there.",
        "versionOvertaken": "A new version of a revision that a published one has ended.",
        "stepTooSmall": "A new version whose change asks for a larger step.",
        "stepUnproved": "An ADDITION of which it is not known that it is one.",
        "stepUnknown": "A new version that can't be compared with the one before it.",
        "stepTooLarge": "A new version whose change asks for a smaller step.",
        "redshift-not-null": "A column of Redshift that was required, and may be null or is gone.",
        "redshift-column-type": "A column of Redshift that takes another type.",
        "parquet-field-type": "A field of Parquet that takes another type.",
        "staleList": "A list of versions that is not of those that are there.",
        "otherFormat": "A schema that is no JSON Schema: it is not looked into.",
        "noSuite": "A schema without a suite of cases.",
    }
)

#: Is told how many schemas were looked at, and of how many.
Progress: TypeAlias = Callable[[int, int], None]
_VERSION = "/self/version"
_FORMAT = "jsonschema"


def verify(  # noqa: PLR0913  # each is an option of the command
    folder: str | Path,
    *,
    against: str | None = None,
    lock: str | Path | None = None,
    fixtures: str | Path | None = None,
    policy: Policy = "strict",
    storage: Collection[Storage] = (),
    skips: Skips | None = None,
    registry: Registry | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Iterator[Judged]:
    """Tell of each file of a registry's folder what is wrong with it, as far as it was not skipped.

    Each schema is linted, and its path is to be what its `self` says; no version may be missing;
    what was published must be there, unchanged to the byte; the step of each new version must be
    large enough for what it changes (of each version, where nothing says what was published); each
    schema must have a suite, whose cases are as they expect, and by later ADDITIONs too.

    The files come in the order of their paths, those without a problem too: what lies astray, then
    each schema with its suite after it, then what is gone, then lists that are not whole.

    :param against: the revision of git that says what was published.
    :param lock: the `schemas.lock` that says so; both may be given.
    :param fixtures: the folder of the suites; if it is not there, no schema has one; with None, no
        schema needs one.
    :param policy: what grades a change, as in `compare`; so does `storage`.
    :param registry: which schemas these may refer to; those of the folder and the packaged ones.
    :raises WrongUse: if there is no such folder, or none of its files is a schema and none was.
    :raises NoVerdict: if what was published can't be told.
    """
    expect(Skips, skips=skips)
    expect(Registry, registry=registry)
    expect(Limits, limits=limits)
    expect_among(get_args(Policy), policy=policy)
    if not isinstance(storage, Collection) or is_a(storage, str):
        message = f"storage is of names such as 'redshift', not {shown(storage)}"
        raise WrongUse(message)
    for each in storage:
        expect_among(get_args(Storage), storage=each)
    root = root_of(folder_at(folder))
    suites = None if fixtures is None else path_at(fixtures)
    histories = _histories(root, against, lock)
    found = _registry_in(root, histories)
    known = registry or Registry(Cached(Directory(root)), Cached(Packaged()))
    bounds = limits or Limits()
    steps = Steps(known, found.schemas.keys(), policy, tuple(storage), bounds)
    runner = Runner(Validator(registry=known, limits=LIMITS), known)
    gate = _Gate(found, histories, suites, known, steps, runner, skips or Skips(), bounds)
    return gate.judged(progress or _nobody)


def _histories(root: Path, against: str | None, lock: str | Path | None) -> tuple[Published, ...]:
    by_git = [] if against is None else [at_revision(against, root)]
    by_lock = [] if lock is None else [in_lock(lock)]
    return (*by_git, *by_lock)


def _registry_in(root: Path, histories: Collection[Published]) -> RegistryFolder:
    """List a registry.

    :raises WrongUse: if it has no schema, and none was published.
    """
    found = look_through(root)
    if found.schemas or any(each.digests for each in histories):
        return found
    message = (
        f"{shown(str(root))} is no registry: it has no file VENDOR/NAME/jsonschema/VERSION, "
        "such as com.acme/user/jsonschema/1-0-0"
    )
    raise WrongUse(message)


def _nobody(_: int, __: int) -> None:
    """Be nobody that is told."""


@attrs.frozen
class _Gate:
    """Judges the files of a folder, one after the other."""

    _folder: RegistryFolder
    _histories: tuple[Published, ...]
    #: The folder of the suites, if there are to be some.
    _suites: Path | None
    _registry: Registry
    _steps: Steps
    _runner: Runner
    _skips: Skips
    _limits: Limits

    def judged(self, progress: Progress) -> Iterator[Judged]:
        """Give what was found in each file."""
        yield from map(self._unskipped, self._empty_histories())
        yield from map(self._unskipped, self._folder.strays)
        schemas = self._folder.schemas
        gaps = version_gaps(schemas.keys())
        for number, (key, path) in enumerate(schemas.items(), 1):
            yield self._unskipped(self._schema(key, path, gaps))
            if self._suites is not None and is_file(file := suite_path(self._suites, key)):
                yield self._unskipped(self._suite(key, file))
            progress(number, len(schemas))
        yield from map(self._unskipped, self._gone())
        yield from map(self._unskipped, self._lists())

    def _unskipped(self, judged: Judged) -> Judged:
        """Leave out what is not to be told of a file."""
        skipped = self._skips.of(judged.key)
        problems = [each for each in judged.problems if each.rule not in skipped]
        return attrs.evolve(judged, problems=tuple(problems))

    def _empty_histories(self) -> Iterator[Judged]:
        """Tell where nothing was published: the folder may have been another then."""
        for each in self._histories:
            if not each.digests:
                problem = _nothing_published(each.source, each.doubt)
                yield Judged(str(self._folder.root), (problem,))

    # Schemas.

    @cached_property
    def _published(self) -> dict[tuple[str, str, str], set[SchemaVer]]:
        return versions_of({key for each in self._histories for key in each.digests})

    def _schema(self, key: SchemaKey, path: Path, gaps: Mapping[SchemaKey, Problem]) -> Judged:
        try:
            raw = read_file(path, self._limits.schema_bytes)
        except UnreadableFile as error:
            return Judged(str(path), (_problem("unreadable", str(error)),), key)
        problems = (
            *(self._of_contents(key, raw) if key.format == _FORMAT else [_OTHER_FORMAT]),
            *([gaps[key]] if key in gaps else []),
            *self._changed(key, raw),
            *self._late(key),
        )
        return Judged(str(path), problems, key, raw)

    def _of_contents(self, key: SchemaKey, raw: bytes) -> Iterator[Problem]:
        skip = self._skips.of(key) & LINTED.keys()
        try:
            yield from lint(raw, key=key, registry=self._registry, skip=skip, limits=self._limits)
        except RegistryUnavailable as error:
            yield _problem("unreadable", f"refers to what can't be read: {error}")
        if self._is_new(key):
            yield from self._steps.problems(key)
        yield from self._without_suite(key)

    def _changed(self, key: SchemaKey, raw: bytes) -> Iterator[Problem]:
        for each in self._histories:
            if not each.has_as(key, raw):
                message = f"has other bytes than {each.source} has: what is published never changes"
                hint = "put back what was published, and make the change a version of its own"
                yield _problem("publishedChanged", message, hint)

    def _is_new(self, key: SchemaKey) -> bool:
        return not any(key in each.digests for each in self._histories)

    def _late(self, key: SchemaKey) -> Iterator[Problem]:
        """Tell of a new version that may not come after those that were published."""
        published = self._published.get(name_of(key), ())
        later = overtaken_by(key.version, published) if self._is_new(key) else None
        if later is not None:
            message = f"comes too late: {later} is published, and Iglu adds to no older revision"
            yield _problem("versionOvertaken", message, "add to the newest", location=_VERSION)

    def _gone(self) -> Iterator[Judged]:
        there = {*self._folder.schemas, *(each.key for each in self._folder.strays)}
        for each in self._histories:
            for key in sorted(each.digests):
                path = self._folder.path_of(key)
                if key not in there:
                    message = f"is gone, and {each.source} has it: what is published stays"
                    problem = _problem("publishedGone", message, "put back what was published")
                    yield Judged(str(path), (problem,), key)

    def _lists(self) -> Iterator[Judged]:
        """Tell of lists, where there are some, that do not list what is there."""
        whole = listed(self._folder.schemas)
        for path, file in self._folder.lists.items():
            try:
                is_whole = is_list_of(file, whole.get(path, b"[]"))
            except UnreadableFile as error:
                yield Judged(str(file), (_problem("unreadable", str(error)),))
                continue
            if not is_whole:
                message = "does not list the versions of its model that are there, from the first"
                hint = "publish the folder into itself, which writes its lists anew"
                yield Judged(str(file), (_problem("staleList", message, hint),))

    # Suites.

    def _without_suite(self, key: SchemaKey) -> Iterator[Problem]:
        if self._suites is not None and not is_file(file := suite_path(self._suites, key)):
            yield _problem("noSuite", "has no suite of cases", f"write one: {file}")

    def _suite(self, key: SchemaKey, file: Path) -> Judged:
        suite = read_suite(str(file))
        outcomes = [suite] if isinstance(suite, Outcome) else self._runner.run(suite)
        findings = [finding for each in outcomes for finding in each.told()]
        raw = None if isinstance(suite, Outcome) else suite.text.encode()
        return Judged(str(file), tuple(map(_placed, findings)), key, raw)


def _nothing_published(source: str, doubt: str | None) -> Problem:
    """Warn of a registry that seems to be new; that it is may be a mistake, which is an error."""
    message = f"nothing was published here by {source}: all versions are new"
    if doubt is None:
        return _problem("nothingPublished", message, None, "warning")
    hint = (
        "give the folder, and the revision or the lock, of what was published; if this registry "
        "is new, skip nothingPublished this once"
    )
    return _problem("nothingPublished", f"{message}; but {source} {doubt}", hint)


def _placed(finding: Finding) -> Problem:
    """Make a problem of what a run of a suite found."""
    return Problem(
        rule=finding.rule,
        level=finding.level,
        message=finding.message,
        hint=finding.hint,
        position=(finding.line, finding.column),
    )


def _problem(
    rule: str, message: str, hint: str | None = None, level: Level = "error", *, location: str = ""
) -> Problem:
    return Problem(rule=rule, level=level, message=message, hint=hint, location=location)


_OTHER_FORMAT = _problem(
    "otherFormat", f"is of another format than {_FORMAT}, and is not looked into", None, "note"
)
