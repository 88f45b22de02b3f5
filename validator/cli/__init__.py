"""The command `validator`: arguments to calls, outcomes to exit codes.

0: all documents are valid; 1: some are not; 2: wrong use; 3: no verdict; 4: a bug of ours. Of
several inputs, the highest code is the command's.
"""

from __future__ import annotations

import io
import sys
import traceback
from collections.abc import Sequence

import click

from validator import ValidatorError, __version__
from validator.cli.commands import Commands
from validator.cli.output import flush_output
from validator.reporting import printable

__all__ = ["command", "main", "run"]

_NO_VERDICT = 3
_BUG = 4
_INTERRUPTED = 130


@click.group(
    cls=Commands,
    package=__name__,
    names=("check", "explain", "generate", "normalize", "schema", "test"),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 valid, 1 not valid, 2 wrong use, 3 no verdict, 4 a bug of ours.",
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Print the traceback of an unexpected error.")
def command(*, debug: bool) -> None:  # read by run, which sees what went wrong
    """Check event payloads against versioned JSON Schemas, and normalize them.

    \b
    validator check payload.json           is it valid? if not, what is wrong, and where?
    validator explain request.json         what is in it, part by part?
    validator generate URI                 what does a payload of a schema look like?
    validator normalize payload.json       as it should have been sent
    validator schema list                  which schemas there are
    validator schema diff OLD NEW          what does a new version break, and which step is it?
    validator schema verify                may these schemas be published?
    validator test                         do fixtures and schemas still agree?
    """


@command.result_callback()
def _end(outcome: object, **_: object) -> object:
    """Let the last lines go out while it still counts whether they can."""
    flush_output()
    return outcome


def run(arguments: Sequence[str]) -> int:
    """Run a command line and give its exit code; every outcome becomes one."""
    try:
        outcome = command.main(list(arguments), prog_name="validator", standalone_mode=False)
    except click.ClickException as error:
        told = io.StringIO()
        error.show(told)
        click.echo("\n".join(map(printable, told.getvalue().splitlines())), err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return _INTERRUPTED
    except (ValidatorError, OSError) as error:
        return _refuse(error)
    except SystemExit as left:
        # Who read the output has gone, as `head` does: click has seen to it that nobody complains.
        return int(left.code or 0)
    except Exception as error:  # noqa: BLE001  # the last line of defence: this is the outcome "a bug"
        return _report_bug(error, debug="--debug" in arguments)
    return outcome if isinstance(outcome, int) else 0


def _refuse(error: ValidatorError | OSError) -> int:
    """Say what keeps a command from going on: wrong use, no verdict, or an output that is full."""
    click.echo(printable(f"validator: {error}"), err=True)
    return error.exit_code if isinstance(error, ValidatorError) else _NO_VERDICT


def _report_bug(error: Exception, *, debug: bool) -> int:
    if debug:
        traceback.print_exception(error)
    hint = "" if debug else "; `validator --debug ...` shows where"
    told = f"validator: a bug of ours: {type(error).__name__}: {error}{hint}"
    click.echo(printable(told), err=True)
    return _BUG


def main() -> None:
    """Run the command line of this process."""
    sys.exit(run(sys.argv[1:]))
