"""What the tests of the command line share: a way to run it, and a payload that is valid."""

import io
import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from validator.cli import run


class Outcome(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture(name="validator_command")
def _validator_command(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Run the command in this process, with real bytes on its standard streams."""

    def _run(*arguments: object, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = run([str(each) for each in arguments])
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return Outcome(code, out.decode(), err.decode())

    return _run


@pytest.fixture(name="payload")
def _payload() -> bytes:
    """Give a tracker payload that is valid as it is."""
    return b'{"source":{"id":"web"},"session":{"id":"1"},"profile":null,"events":[{"type":"a"}]}'
