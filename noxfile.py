"""The tests with each Python that the package is for, and with the oldest and newest dependencies.

    nox --list
    nox --parallel 2

A session whose Python is not there is left out, and told at the end.
"""

import re
from typing import Any

import nox

nox.needs_version = ">=2026.8.17"  # for --parallel
nox.options.error_on_missing_interpreters = False
nox.options.allow_parallel = True

_PROJECT: dict[str, Any] = nox.project.load_toml("pyproject.toml")["project"]
_REQUIRED: list[str] = _PROJECT["dependencies"]
_TESTS: list[str] = _PROJECT["optional-dependencies"]["test"]
_PYTHONS = ["3.11", "3.12", "3.13", "3.14"]


def _test(session: nox.Session, *options: str) -> None:
    """Run the tests that need no corpora, with what is installed."""
    installed = session.run("python", "-m", "pip", "list", "--format=freeze", silent=True)
    session.log(" ".join(str(installed).split()))
    # One process a session: sessions run beside each other.
    alone = ("-n", "0", "-p", "no:cacheprovider")
    session.run("python", "-m", "pytest", "-m", "not shared", *alone, *options)


@nox.session(python=_PYTHONS)
def newest(session: nox.Session) -> None:
    """Test with the newest dependencies that are allowed."""
    session.install("--editable", ".[test]")
    _test(session)


@nox.session(python=_PYTHONS[0])
def lowest(session: nox.Session) -> None:
    """Test with the lowest dependencies that are allowed, those of the tests among them."""
    pinned = [re.sub(r">=([\w.]+).*", r"==\1", each) for each in (*_REQUIRED, *_TESTS)]
    session.install("--editable", ".", *pinned)
    _test(session)


@nox.session(python=_PYTHONS[0])
def hypothesis(session: nox.Session) -> None:
    """Test with the newest hypothesis, without hypothesis-jsonschema, which holds it back."""
    others = [each for each in _TESTS if not each.startswith("hypothesis")]
    session.install("--editable", ".", *others, "hypothesis")
    _test(session, "--ignore=tests/property/test_generated.py")
