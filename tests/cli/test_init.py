"""The command as a whole: outcomes to exit codes, help, version."""

import contextlib
import os
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

import validator
from validator import __version__
from validator.cli import command, main, run

#: Runs the command line: arguments to exit code, output and errors.
Run = Callable[..., Any]


def _walk(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = [path]
    for name, each in group.commands.items():
        inner = (*path, name)
        found += _walk(each, inner) if isinstance(each, click.Group) else [inner]
    return found


@pytest.mark.parametrize("path", _walk(command), ids=" ".join)
def test_each_command_has_help_with_an_example(
    path: tuple[str, ...], validator_command: Run
) -> None:
    """`--help` of each command teaches it by an example that can be pasted."""
    outcome = validator_command(*path, "--help")
    assert outcome.code == 0
    assert "Usage: validator" in outcome.out
    if path != ("schema",):
        assert f"  validator {' '.join(path)}".rstrip() in outcome.out


def test_version(validator_command: Run) -> None:
    """`--version` tells name and version."""
    assert validator_command("--version") == (0, f"validator {__version__}\n", "")


def test_version_imports_neither_jsonschema_nor_rich() -> None:
    """`validator --version` stays light."""
    code = (
        "import sys\nfrom validator.cli import run\n"
        "assert run(['--version']) == 0\n"
        "print([name for name in ('jsonschema', 'rich', 'hypothesis') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_wrong_use_is_2(validator_command: Run) -> None:
    """An unknown option is a usage error, told on standard error."""
    outcome = validator_command("check", "--no-such-option", "x.json")
    assert outcome.code == 2
    assert "No such option" in outcome.err
    assert outcome.out == ""


def test_no_command_shows_the_help(validator_command: Run) -> None:
    """`validator` alone says what there is to say."""
    outcome = validator_command()
    assert outcome.code == 2
    assert "normalize" in outcome.err


def test_our_exceptions_have_their_codes(validator_command: Run, tmp_path: Path) -> None:
    """A registry that is no folder is wrong use; a schema that does not exist gives no verdict."""
    wrong = validator_command("schema", "list", "--registry", tmp_path / "none")
    missing = validator_command("schema", "show", "iglu:com.acme/none/jsonschema/1-0-0")
    assert (wrong.code, missing.code) == (2, 3)
    assert wrong.err.startswith("validator: no such folder")
    assert missing.err.startswith("validator: no such schema: iglu:com.acme/none/jsonschema/1-0-0")


@pytest.fixture(name="broken")
def _broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("no way")

    monkeypatch.setattr("validator.cli.inputs.files", fail)


@pytest.mark.usefixtures("broken")
def test_a_bug_is_4(validator_command: Run) -> None:
    """What nobody expected is told as a bug of ours, without a traceback."""
    outcome = validator_command("check", "x.json")
    assert outcome.code == 4
    assert outcome.err == (
        "validator: a bug of ours: ZeroDivisionError: no way; `validator --debug ...` shows where\n"
    )


@pytest.mark.usefixtures("broken")
def test_a_bug_with_debug_has_its_traceback(validator_command: Run) -> None:
    """`--debug` shows where it happened."""
    outcome = validator_command("--debug", "check", "x.json")
    assert outcome.code == 4
    assert "Traceback (most recent call last)" in outcome.err


def test_an_interrupt_is_130(validator_command: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends the command as it ends others."""

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("validator.cli.inputs.files", interrupt)
    outcome = validator_command("check", "x.json")
    assert (outcome.code, outcome.err.strip()) == (130, "interrupted")


def test_a_reader_that_leaves_ends_the_command_quietly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """`validator check ... | head -1` prints no traceback."""
    lines = tmp_path / "many.ndjson"
    lines.write_bytes(b"[]\n" * 100)
    reader, writer = os.pipe()
    os.close(reader)
    pipe = os.fdopen(writer, "w")
    monkeypatch.setattr(sys, "stdout", pipe)
    monkeypatch.setattr(sys, "stderr", sys.stderr)
    assert run(["check", str(lines)]) == 1
    with contextlib.suppress(BrokenPipeError):  # as what is left of the output may be
        pipe.close()
    assert capfd.readouterr().err == ""


def test_main_exits_with_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """The installed command is `main`, which leaves with the outcome of `run`."""
    monkeypatch.setattr(sys, "argv", ["validator", "check"])
    with pytest.raises(SystemExit) as exit_:
        main()
    assert exit_.value.code == run(["check"]) == 2


def test_module_is_the_command(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """`python -m validator` is the command, for where no scripts are installed."""
    monkeypatch.setattr(sys, "argv", ["validator", "--version"])
    with pytest.raises(SystemExit) as exit_:
        runpy.run_path(str(Path(validator.__file__).with_name("__main__.py")), run_name="__main__")
    assert exit_.value.code == 0
    assert capfd.readouterr().out == f"validator {__version__}\n"


def test_an_output_that_is_full_is_no_bug_of_ours(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """What the system refuses is told in its words, as no verdict."""
    full = Path("/dev/full").open("w")  # noqa: SIM115  # closing it fails, as writing does
    monkeypatch.setattr(sys, "stdout", full)
    assert run(["schema", "list"]) == 3
    with pytest.raises(OSError, match="No space left"):
        full.close()
    assert capfd.readouterr().err.startswith("validator: [Errno 28] No space left")


def test_streams_that_are_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without standard output there is nothing to print to; without input, nothing to read."""
    monkeypatch.setattr(sys, "stdout", None)
    assert run(["check", str(Path(__file__).parents[2] / "fixtures/payloads/valid")]) == 0
    monkeypatch.setattr(sys, "stdin", None)
    assert run(["check", "-"]) == 3


def test_errors_can_not_act_on_the_terminal(validator_command: Run) -> None:
    """Names in messages on standard error are escaped."""
    for arguments in (["normalize", "no\x1bpe"], ["schema", "list", "no\x1bpe"], ["no\x1bpe"]):
        outcome = validator_command(*arguments)
        assert "\x1b" not in outcome.err
        assert r"no\x1bpe" in outcome.err
