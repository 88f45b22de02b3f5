"""`validator schema lint`: what an author should know of a schema before it is published."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from validator import Registry, SchemaKey
from validator.cli import inputs, options
from validator.cli.output import report_options
from validator.cli.progress import Progress
from validator.cli.schema.files import (
    Named,
    contents_of,
    files,
    is_astray,
    key_of_path,
    own_key,
    registry_beside,
)
from validator.cli.schema.telling import Telling, level_options, skips
from validator.cli.writing import replace_file
from validator.errors import UnreadableFile
from validator.lint import RULES, Skips, version_gaps
from validator.lint import fix as mended
from validator.lint import lint as problems_of
from validator.problems import Problem
from validator.reporting.problems import UNREADABLE

__all__ = ["lint"]

_ASTRAY = RULES["pathMismatch"]


@click.command(epilog="Exit codes: 0 no error, 1 some errors, 2 wrong use, 3 unreadable file.")
@click.argument("paths", nargs=-1, metavar="PATH... | -")
@click.option("--fix", is_flag=True, help="Mend what has one right answer, in the files.")
@skips
@click.option("--list", "lists", is_flag=True, help="Print the rules, and nothing else.")
@options.registries
@level_options
@report_options
def lint(
    paths: tuple[str, ...],
    skipped: tuple[str, ...],
    registries: tuple[str, ...],
    level: str,
    format_: str,
    *,
    fix: bool,
    lists: bool,
    strict: bool,
    all_findings: bool,
    excerpt: bool,
) -> int:
    """Look for what is wrong with schemas, or will be in a table, rule by rule.

    A PATH is a file, a folder, or - for standard input. In a folder it is each file that lies where
    a schema lies, VENDOR/NAME/jsonschema/VERSION, and each .json file. Versions that are missing
    are found there, and among several files. What a path says must be what `self` says.
    docs/lint.md tells of each rule why, and how to mend it.

    \b
    Examples:
      validator schema lint schemas
      validator schema lint --fix schemas/com.acme/user/jsonschema/1-0-0
      validator schema lint --skip stringLength schemas
      validator schema lint --skip "iglu:com.acme/user/jsonschema/1-*-*=rootObject" schemas
      validator schema lint --list
    """
    if lists:
        return _list()
    if not paths or (fix and inputs.STDIN in paths):
        message = "lint takes a PATH" if not paths else "--fix writes to files, and not to -"
        raise click.UsageError(message)
    found = files(paths)
    registry = registry_beside([each.file for each in found], registries)
    linter = _Linter(registry, Skips.parse(skipped, RULES), fix=fix)
    progress = Progress("schemas", len(found))
    telling = Telling(
        "lint",
        format_,
        level=level,
        strict=strict,
        excerpt=excerpt,
        all_findings=all_findings,
        progress=progress,
    )
    gaps = _gaps(found)
    for each in found:
        raw, problems = linter.judged(each)
        if each.key in gaps and "versionGaps" not in linter.skips.of(each.key):
            problems = (*problems, gaps[each.key])
        telling.add(each.file, raw, problems, each.key)
        progress.step()
    code = telling.close()
    if fix:
        click.echo(f"{linter.mended:,} file{'' if linter.mended == 1 else 's'} mended", err=True)
    return code


def _list() -> int:
    for rule in RULES.values():
        mends = ", --fix mends it" if rule.fix else ""
        click.echo(f"{rule.id} ({rule.level}{mends})\n    {rule.looks_for}")
    return 0


def _gaps(found: Sequence[Named]) -> dict[SchemaKey | None, Problem]:
    """Find versions that are missing, in each folder that was named, and among several files.

    What lies beside a file is there, though it was not named.
    """
    keys: dict[str | None, set[SchemaKey]] = {}
    for each in found:
        if each.key is not None:
            keys.setdefault(each.folder, set()).add(each.key)
    if None in keys:
        keys[None].update(*(_beside(each) for each in found if each.folder is None))
    if len(found) == 1 and found[0].folder is None:
        return {}
    return {key: gap for each in keys.values() for key, gap in version_gaps(each).items()}


def _beside(named: Named) -> set[SchemaKey]:
    """Give the keys of what lies in the folder of a file."""
    try:
        beside = [*Path(named.file).absolute().parent.iterdir()]
    except OSError:
        return set()
    return {key for each in beside if (key := key_of_path(str(each))) is not None}


def _astray(file: str, own: SchemaKey) -> Problem:
    """Tell that a file lies where no registry looks for a schema."""
    message = f"self says {own}, and the path {file} does not end in {own.path}"
    return Problem(
        rule=_ASTRAY.id, level=_ASTRAY.level, message=message, hint=_ASTRAY.mend, location="/self"
    )


class _Linter:
    """Lints files, and mends them first where that is wanted."""

    def __init__(self, registry: Registry, skips: Skips, *, fix: bool) -> None:
        self._registry = registry
        self.skips = skips
        self._fix = fix
        #: How many files were written.
        self.mended = 0

    def judged(self, named: Named) -> tuple[bytes | None, tuple[Problem, ...]]:
        """Give what is in a file, and what is wrong with it.

        :raises UnreadableFile: if it can't be written.
        """
        try:
            raw = contents_of(named)
        except UnreadableFile as error:
            return None, (Problem(rule=UNREADABLE, level="error", message=str(error)),)
        own = own_key(raw)
        skip = self.skips.of(named.key or own)
        if self._fix and len(raw) <= options.LIMITS.schema_bytes:  # it is the whole file
            raw = self._mended(named, raw, skip)
        found = problems_of(
            raw, key=named.key, registry=self._registry, skip=skip, limits=options.LIMITS
        )
        if own is not None and _ASTRAY.id not in skip and is_astray(named.file, own):
            found = (*found, _astray(named.file, own))
        return raw, found

    def _mended(self, named: Named, raw: bytes, skip: frozenset[str]) -> bytes:
        better = mended(
            raw, key=named.key, registry=self._registry, skip=skip, limits=options.LIMITS
        )
        if better != raw:
            replace_file(named.file, better)
            self.mended += 1
        return better
