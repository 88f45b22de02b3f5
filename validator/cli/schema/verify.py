"""`validator schema verify`: the gate for CI: whether schemas may be published."""

from __future__ import annotations

from pathlib import Path

import click

from validator.cli import options
from validator.cli.output import report_options
from validator.cli.progress import Progress
from validator.cli.schema.telling import Telling, level_options, skips
from validator.compatibility.verdicts import Policy, Storage
from validator.lint import RULES as LINTED
from validator.lint import Skips
from validator.publishing import RULES
from validator.publishing import verify as judged
from validator.publishing.paths import root_of

__all__ = ["verify"]

_USUAL = "fixtures"


@click.command(epilog="Exit codes: 0 may be published, 1 may not, 2 wrong use, 3 no verdict.")
@click.argument("path", default="schemas")
@click.option(
    "--against",
    metavar="REV",
    help="What git has at this revision was published: it must be there unchanged, and the step of "
    "each other version must be large enough.",
)
@click.option(
    "--lock",
    metavar="FILE",
    help="What this schemas.lock has was published; validator schema lock writes one.",
)
@click.option(
    "--fixtures",
    metavar="DIR",
    help="The folder of the suites: each schema must have one that holds, but for --skip "
    "noSuite.  [default: fixtures beside the folder of the schemas]",
)
@options.registries
@options.policy
@options.storage
@skips
@level_options
@report_options
def verify(
    path: str,
    against: str | None,
    lock: str | None,
    fixtures: str | None,
    registries: tuple[str, ...],
    policy: Policy,
    storage: tuple[Storage, ...],
    skipped: tuple[str, ...],
    level: str,
    format_: str,
    *,
    strict: bool,
    all_findings: bool,
    excerpt: bool,
) -> int:
    """Tell all that keeps the schemas of a folder from being published, in one run.

    Each schema is linted, and says by `self` what its path says; no version is missing; what was
    published is there, unchanged to the byte; the step of each new version is large enough for what
    it changes, as `validator schema diff` tells; each schema has a suite, whose cases are as they
    expect, by later ADDITIONs, too. Without --against and --lock, all versions are new.

    PATH is a registry's folder, VENDOR/NAME/jsonschema/VERSION; without one, it is schemas.

    \b
    Examples:
      validator schema verify
      validator schema verify --against origin/main
      validator schema verify my-schemas --lock schemas.lock --storage redshift
      validator schema verify --skip "iglu:com.acme/user/jsonschema/1-0-1=stepTooSmall"
    """
    progress = Progress("schemas")
    telling = Telling(
        "verify",
        format_,
        noun="file",
        level=level,
        strict=strict,
        excerpt=excerpt,
        all_findings=all_findings,
        progress=progress,
        pages=dict.fromkeys(RULES, "docs/schema-authors.md"),
    )
    for each in judged(
        path,
        against=against,
        lock=lock,
        fixtures=_beside(path) if fixtures is None else fixtures,
        policy=policy,
        storage=storage,
        skips=Skips.parse(skipped, {*LINTED, *RULES}),
        registry=options.registry_of((path, *registries)),
        limits=options.LIMITS,
        progress=lambda _, of: progress.step(of),
    ):
        telling.add(each.file, each.raw, each.problems, each.key)
    return telling.close()


def _beside(path: str) -> Path:
    """Give where suites lie, if nothing else is said: beside the folder of the vendors."""
    root = root_of(Path(path))
    folder = root / ".." if root.name in {"", ".."} else root.parent
    return folder / _USUAL
