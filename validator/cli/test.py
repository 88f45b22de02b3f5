"""`validator test`: whether schemas say of fixtures what the fixtures expect."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable, Iterable
from functools import partial

import click

from validator.cli import options
from validator.cli.fixtures import Ran, Rewritten, Settings, rewritten, run, session
from validator.cli.output import report_options, report_to_stdout, shows_excerpts
from validator.cli.parallel import in_order, processes
from validator.cli.progress import Progress
from validator.cli.watching import changed, look
from validator.cli.writing import replace_file
from validator.engine import Engine
from validator.errors import ValidatorError
from validator.reporting import Summary, printable
from validator.suites import Untried, discover

__all__ = ["test"]

_USUAL = ("fixtures",)


@click.command(epilog="Exit codes: 0 all as expected, 1 some not, 2 wrong use, 3 no verdict.")
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@options.registries
@click.option(
    "--schema",
    "schema_name",
    metavar="URI|FILE",
    help="Check documents in folders by this schema, as validator check does. Suites name their "
    "own.",
)
@options.engine
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    help="Processes that share the files.  [default: the cores, where there are many files]",
)
@report_options
@click.option("--coverage", is_flag=True, help="Tell what of its schema each suite leaves untried.")
@click.option(
    "--update",
    is_flag=True,
    help="Write what is found into the suites that expect something else, after showing the "
    "difference and asking.",
)
@click.option("--yes", is_flag=True, help="With --update: do not ask.")
@click.option("--watch", is_flag=True, help="Run again whenever a file changes, until Ctrl-C.")
@click.option("--show-values", is_flag=True, help="Let messages carry values of the fixtures.")
def test(
    paths: tuple[str, ...],
    registries: tuple[str, ...],
    schema_name: str | None,
    engine: Engine,
    jobs: int | None,
    format_: str,
    *,
    all_findings: bool,
    excerpt: bool,
    coverage: bool,
    update: bool,
    yes: bool,
    watch: bool,
    show_values: bool,
) -> int:
    """Run fixtures: suites of cases, and documents in folders called valid and invalid.

    A suite is a file VENDOR/NAME/VERSION.json that says what its schema accepts, and what is wrong
    with what it refuses. What a suite says is valid must be so by every later ADDITION of its
    schema, too. A PATH is a suite, or a folder of suites and documents; without one, it is the
    folder fixtures.

    \b
    Examples:
      validator test
      validator test --registry schemas fixtures/com.acme
      validator test --registry schemas --coverage fixtures/com.acme/user/1-0-0.json
      validator test --registry schemas --update
      validator test --format junit > report.xml
    """
    named = paths or _USUAL
    _refuse_together(watch=watch, update=update, yes=yes, format_=format_)
    settings = Settings(
        registries=registries,
        engine=engine,
        show_values=show_values,
        excerpts=shows_excerpts("", format_, excerpt=excerpt, show_values=show_values),
        schema_name=schema_name,
        coverage=coverage,
    )
    if update:
        _update(settings, named, ask=not yes)
    once = partial(_run, settings, named, jobs, format_, all_findings=all_findings)
    if not watch:
        return once()
    of_schema = [] if schema_name is None else [schema_name]
    return _watch(once, [*named, *registries, *of_schema])


def _refuse_together(*, watch: bool, update: bool, yes: bool, format_: str) -> None:
    """Refuse options that mean nothing beside each other.

    :raises click.UsageError: if some do.
    """
    if watch and update:
        message = "--watch and --update exclude each other: what is written would be a change"
        raise click.UsageError(message)
    if watch and format_ != "text":
        message = f"--watch tells of many runs; --format {format_} of one"
        raise click.UsageError(message)
    if yes and not update:
        message = "--yes is for --update"
        raise click.UsageError(message)


def _run(
    settings: Settings,
    paths: Iterable[str],
    jobs: int | None,
    format_: str,
    *,
    all_findings: bool,
) -> int:
    """Run fixtures once, and report."""
    session.cache_clear()  # what an earlier run knew may have changed
    session(settings)  # what can't be used is told before anything else
    fixtures = discover(paths)
    report, summary = (
        report_to_stdout(format_, "test", all_findings=all_findings, noun="case"),
        Summary(),
    )
    progress = Progress("files", len(fixtures))
    told: list[Ran] = []
    for ran in in_order(partial(run, settings), fixtures, processes(jobs, len(fixtures))):
        progress.clear()
        for outcome in ran.outcomes:
            summary.add(outcome)
            report.add(outcome)
        if ran.untried is not None:
            told.append(ran)
        progress.step()
    progress.clear()
    report.close(summary)
    if settings.coverage:
        _tell_coverage([each.untried for each in told if each.untried], err=format_ != "text")
    return summary.exit_code


def _tell_coverage(suites: list[tuple[str, Untried]], *, err: bool) -> None:
    """Tell what each suite leaves untried, and how much that is of all there is."""
    for name, untried in suites:
        if untried.keywords or untried.branches:
            click.echo(f"{name}: {_counted([untried])}", err=err)
        for each in untried.keywords:
            click.echo(printable(f"  no invalid case breaks {each}"), err=err)
        for each in untried.branches:
            click.echo(printable(f"  no valid case takes {each}"), err=err)
    click.echo(f"coverage: {_counted([untried for _, untried in suites])}", err=err)


def _counted(all_untried: list[Untried]) -> str:
    keywords = sum(each.keywords_in_all for each in all_untried)
    branches = sum(each.branches_in_all for each in all_untried)
    broken = keywords - sum(len(each.keywords) for each in all_untried)
    taken = branches - sum(each.branches_untried for each in all_untried)
    return f"{broken:,} of {keywords:,} keywords broken, {taken:,} of {branches:,} branches taken"


def _watch(once: Callable[[], int], paths: list[str]) -> int:
    """Run again and again, until a person ends it: what the last run gave is what counts."""
    code = 0
    try:
        while True:
            seen = look(paths)
            try:
                code = once()
            except ValidatorError as error:
                click.echo(printable(f"validator: {error}"), err=True)
                code = error.exit_code
            click.echo("watching for changes; Ctrl-C ends it", err=True)
            names = changed(paths, seen)
            more = f" and {len(names) - 1:,} more" if len(names) > 1 else ""
            click.echo()
            click.echo(printable(f"changed: {names[0]}{more}"))
    except KeyboardInterrupt:
        click.echo(err=True)
        return code


# Suites that are written anew.


def _update(settings: Settings, paths: Iterable[str], *, ask: bool) -> None:
    """Show what would change in suites, and write it where that is wanted."""
    session.cache_clear()
    found = list(rewritten(settings, discover(paths)))
    for each in found:
        _tell_left(each)
    suites = [each for each in found if each.after != each.before]
    for each in suites:
        _show(each)
    if not suites:
        click.echo("nothing to update", err=True)
        return
    what = "1 file" if len(suites) == 1 else f"{len(suites):,} files"
    if ask and not _confirmed(f"Write {what}?"):
        click.echo("nothing is written", err=True)
        return
    for each in suites:
        replace_file(each.file, each.after.encode())
    click.echo(f"{what} written", err=True)


def _confirmed(question: str) -> bool:
    # As click.confirm, which up to 8.3 writes to standard output, too.
    click.echo(f"{question} [y/N]: ", nl=False, err=True)
    answer = sys.stdin.readline() if sys.stdin is not None else ""
    if not answer:  # nobody is there to answer
        click.echo(err=True)
    return answer.strip().lower() in {"y", "yes"}


def _tell_left(suite: Rewritten) -> None:
    """Name the cases that are not written, since that would say that nothing else is wrong."""
    for case in suite.left:
        message = (
            f'{suite.file}:{case.line}: case "{case.description}" is left as it is: more may be '
            "wrong with it than is listed; make its data smaller, or leave violations out"
        )
        click.echo(printable(message), err=True)


def _show(suite: Rewritten) -> None:
    lines = difflib.unified_diff(
        suite.before.splitlines(), suite.after.splitlines(), suite.file, suite.file, lineterm=""
    )
    for line in lines:
        click.echo(printable(line), err=True)
