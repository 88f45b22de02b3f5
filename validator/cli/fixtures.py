"""Fixtures to outcomes, a file at a time, by what a command was told; in whatever process."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import attrs

from validator import NoVerdict, Registry, Validator
from validator.cli import options
from validator.cli.checking import Judging, check_file, judging
from validator.engine import Engine
from validator.reporting import Checked, Outcome
from validator.results import Result
from validator.suites import Case, Coverage, Fixture, Runner, Suite, Untried, read_suite, updated

__all__ = ["Ran", "Rewritten", "Settings", "rewritten", "run", "session"]

#: What says that a document was not judged, or a part of it.
_NO_VERDICT = frozenset({"InvalidSchema", "ResolutionError", "UnreadableFile"})


@attrs.frozen
class Settings:
    """What a command was told."""

    registries: tuple[str, ...]
    engine: Engine
    show_values: bool
    #: Whether findings show the lines of the files that they are in.
    excerpts: bool
    #: What judges documents that lie in folders.
    schema_name: str | None
    coverage: bool


@attrs.frozen
class Ran:
    """What became of a file of cases."""

    outcomes: tuple[Outcome, ...]
    #: The schema of a suite and what of it no case tried, where that was asked for.
    untried: tuple[str, Untried] | None = None


@attrs.frozen
class Rewritten:
    """A suite that expects what was found, and no longer what it did."""

    file: str
    before: str
    after: str
    #: The cases that stay as they were, since not all that is wrong with them is known.
    left: tuple[Case, ...] = ()


@attrs.frozen
class _Session:
    """What the files of a process share: schemas are compiled once."""

    registry: Registry
    runner: Runner
    judging: Judging


@cache
def session(settings: Settings) -> _Session:
    """Make ready what the settings ask for; in a process this is done once.

    :raises ValidatorError: if a registry or the schema for documents can't be used.
    """
    registry = options.registry_of(settings.registries)
    validator = Validator(
        registry=registry,
        engine=settings.engine,
        limits=options.LIMITS,
        show_values=settings.show_values,
    )
    schema = options.schema_named(settings.schema_name)
    if schema is not None:
        options.make_ready(validator, schema, settings.schema_name)
    runner = Runner(validator, registry, excerpts=settings.excerpts)
    return _Session(registry, runner, judging(validator, schema))


def run(settings: Settings, fixture: Fixture) -> Ran:
    """Run the cases of a file."""
    shared = session(settings)
    if fixture.kind == "suite":
        return _run_suite(settings, shared, fixture.file)
    told = _outcome_of_valid if fixture.kind == "valid" else _outcome_of_invalid
    checked = check_file(fixture.file, shared.judging)
    return Ran(tuple(told(each, excerpts=settings.excerpts) for each in checked))


def _run_suite(settings: Settings, shared: _Session, file: str) -> Ran:
    suite = read_suite(file, excerpts=settings.excerpts)
    if isinstance(suite, Outcome):
        return Ran((suite,))
    outcomes = tuple(shared.runner.run(suite))
    judged = any(each.result is not None for each in outcomes)
    if not (settings.coverage and judged):
        return Ran(outcomes)
    coverage = Coverage(suite.key, shared.registry, options.LIMITS)
    for case in suite.cases:
        result = shared.runner.result(suite, case)
        if all(each.code == "ValidationError" for each in result):
            coverage.add(case.data, result)
    return Ran(outcomes, (str(suite.key), coverage.untried()))


def _outcome_of_valid(checked: Checked, *, excerpts: bool) -> Outcome:
    return _without_payload(checked.outcome(excerpts=excerpts))


def _outcome_of_invalid(checked: Checked, *, excerpts: bool) -> Outcome:
    """Turn the outcome of a document round that is not to be valid."""
    result = checked.result
    if any(each.code not in _NO_VERDICT for each in result):
        return Outcome(file=checked.file, line=checked.line, status="valid")
    if not result:
        return _outcome_of_valid(checked, excerpts=excerpts)
    message = "is valid, and should not be: it lies in a folder called invalid"
    finding = checked.finding("ExpectedInvalid", message, excerpts=excerpts)
    outcome = Outcome(
        file=checked.file,
        line=checked.line,
        status="invalid",
        findings=(finding,),
        result=result,
    )
    return _without_payload(outcome)


def _without_payload(outcome: Outcome) -> Outcome:
    """Take away what no report tells, and what would have to go from process to process."""
    result = outcome.result or Result()
    return attrs.evolve(outcome, result=attrs.evolve(result, payload=None, entries=()))


def rewritten(settings: Settings, fixtures: list[Fixture]) -> Iterator[Rewritten]:
    """Give each suite that expects something else than is found, as far as that is known.

    What is wrong with a file, or with its schema, is not told here: running it tells.
    """
    runner = session(settings).runner
    for each in fixtures:
        suite = read_suite(each.file) if each.kind == "suite" else None
        if not isinstance(suite, Suite):
            continue
        try:
            results = [runner.result(suite, case) for case in suite.cases]
        except NoVerdict:
            continue
        rewriting = updated(suite, results)
        if rewriting.text != suite.text or rewriting.left:
            yield Rewritten(suite.file, suite.text, rewriting.text, rewriting.left)
