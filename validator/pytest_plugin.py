"""For pytest: fixture suites as tests, and assertions about payloads.

Suites are collected only where `payload_suites` says so::

    [tool.pytest.ini_options]
    testpaths = ["tests", "fixtures"]
    payload_suites = ["fixtures"]
    payload_registries = ["schemas"]

pytest imports this module in every project that has the package installed, so that it imports
neither an engine nor anything else of the package before it is needed.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from validator.judge import NamedSchema
    from validator.reporting import Finding, Outcome
    from validator.results import Result, Violation
    from validator.suites import Case, Runner, Suite
    from validator.validation import Validator

__all__ = [
    "assert_invalid",
    "assert_valid",
    "payload_validator",
    "pytest_addoption",
    "pytest_collect_file",
    "pytest_configure",
    "pytest_unconfigure",
]

_SUITES = "payload_suites"
_REGISTRIES = "payload_registries"
_NAMED = pytest.StashKey[list[Path]]()
_JUDGING = pytest.StashKey[tuple["Validator", "Runner"]]()
#: The runs of pytest that are under way, the innermost last: one may run another within it.
_CONFIGS: list[pytest.Config] = []


# What pytest calls.


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the two settings."""
    parser.addini(
        _SUITES,
        "Fixture suites to collect: files, folders of files VENDOR/NAME/VERSION.json, or patterns "
        "of such, from the root folder on.",
        type="linelist",
        default=[],
    )
    parser.addini(
        _REGISTRIES,
        "Folders of schemas, VENDOR/NAME/jsonschema/VERSION, asked before the packaged ones.",
        type="paths",
        default=[],
    )


def pytest_configure(config: pytest.Config) -> None:
    """Find what the settings name, and let assertions know of it."""
    named = config.stash[_NAMED] = []
    for pattern in config.getini(_SUITES):
        found = glob.glob(pattern, root_dir=config.rootpath, recursive=True)  # noqa: PTH207  # pathlib's takes no absolute pattern
        if not found:
            message = f"{_SUITES}: there is no {pattern} in {config.rootpath}"
            raise pytest.UsageError(message)
        named += [config.rootpath / each for each in found]
    for folder in config.getini(_REGISTRIES):
        if not folder.is_dir():
            message = f"{_REGISTRIES}: {folder} is no folder"
            raise pytest.UsageError(message)
    _CONFIGS.append(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Forget the settings."""
    if config in _CONFIGS:
        _CONFIGS.remove(config)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take a file for a suite where the settings say so."""
    named = parent.config.stash[_NAMED]
    if not named or file_path.suffix != ".json":
        return None
    from validator.suites.reading import is_version  # noqa: PLC0415  # see the docstring above

    in_folder = is_version(file_path.stem) and any(map(file_path.is_relative_to, named))
    if file_path not in named and not in_folder:
        return None
    collector: pytest.Collector = _SuiteFile.from_parent(parent, path=file_path)
    return collector


# Suites as tests.


class _SuiteFile(pytest.File):
    """A fixture suite."""

    def collect(self) -> Iterator[pytest.Item]:
        """Give its cases; what is wrong with the file itself is an error, with the places."""
        from validator.reporting import Outcome, printable  # noqa: PLC0415  # as above
        from validator.suites import read_suite  # noqa: PLC0415  # as above

        suite = read_suite(os.path.relpath(self.path))
        if isinstance(suite, Outcome):
            raise self.CollectError(_told(suite.findings))
        run = _SuiteRun(self.config, suite)
        for case in suite.cases:
            yield _CaseItem.from_parent(self, name=printable(case.description), run=run, case=case)


class _SuiteRun:
    """The outcomes of a suite: found together, when the first of its cases is run."""

    def __init__(self, config: pytest.Config, suite: Suite) -> None:
        self._config = config
        self._suite = suite
        self._outcomes: list[Outcome] | None = None

    def findings(self, case: Case) -> list[Finding]:
        """Give what is wrong with a case, and with a schema that should judge it."""
        if self._outcomes is None:
            _, runner = _judging(self._config)
            self._outcomes = list(runner.run(self._suite))
        return [
            finding
            for outcome in self._outcomes
            if outcome.result is None or outcome.name == case.description
            for finding in outcome.findings
        ]


class _CaseItem(pytest.Item):
    """A case of a suite."""

    def __init__(self, *, run: _SuiteRun, case: Case, **others: Any) -> None:
        super().__init__(**others)
        self._run = run
        self._case = case

    def runtest(self) -> None:
        """Judge the case; what is not as it should be is the failure, without a traceback."""
        if findings := self._run.findings(self._case):
            pytest.fail(_told(findings), pytrace=False)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Say where the case begins."""
        return self.path, self._case.line - 1, self.name


def _told(findings: Iterable[Finding]) -> str:
    from validator.reporting import printable  # noqa: PLC0415  # as above

    return "\n".join(
        printable(f"{each.file}:{each.line}:{each.column}: {each.rule}: {each.message}")
        for each in findings
    )


def _judging(config: pytest.Config) -> tuple[Validator, Runner]:
    """Give what judges in this run: made when it is first needed."""
    if _JUDGING not in config.stash:
        from validator.registry import Registry  # noqa: PLC0415  # as above
        from validator.retrievers import Cached, Directory, Packaged  # noqa: PLC0415  # as above
        from validator.suites import LIMITS, Runner  # noqa: PLC0415  # as above
        from validator.validation import Validator  # noqa: PLC0415  # as above

        folders = [Cached(Directory(each)) for each in config.getini(_REGISTRIES)]
        registry = Registry(*folders, Cached(Packaged()))
        validator = Validator(registry=registry, limits=LIMITS)
        config.stash[_JUDGING] = validator, Runner(validator, registry)
    return config.stash[_JUDGING]


# What tests use.


@pytest.fixture(scope="session")
def payload_validator(pytestconfig: pytest.Config) -> Validator:
    """Give a `Validator` over the schemas in `payload_registries`, and the packaged ones."""
    return _judging(pytestconfig)[0]


def assert_valid(payload: object, schema: NamedSchema | None = None) -> Result:
    """Fail unless a payload is valid; give the result of `Validator.check`."""
    __tracebackhide__ = True
    result = _checked(payload, schema)
    if not result:
        message = f"the payload is not valid:{_listed(result)}"
        raise AssertionError(message)
    return result


def assert_invalid(
    payload: object,
    schema: NamedSchema | None = None,
    *,
    keyword: str | None = None,
    at: str | None = None,
) -> Result:
    """Fail unless a payload is not valid; give the result of `Validator.check`.

    :param keyword: what a violation must break: a keyword of the schema, or a code such as
        `NotJSON` where no keyword is at fault.
    :param at: the JSON Pointer where it must do so.
    """
    __tracebackhide__ = True
    result = _checked(payload, schema)
    wanted = f"{keyword or 'something'} at {_place(at)}"
    if result:
        message = f"the payload is valid; expected is a violation of {wanted}"
        raise AssertionError(message)
    judged = [each for each in result if each.code not in {"ResolutionError", "InvalidSchema"}]
    for each in result if keyword else judged:
        if keyword in {None, each.keyword or each.code} and at in {None, each.instance_location}:
            return result
    message = f"the payload has no violation of {wanted}; it has these:{_listed(result)}"
    raise AssertionError(message)


def _checked(payload: object, schema: NamedSchema | None) -> Result:
    """Check a payload; what keeps it from being judged is raised without the way it came."""
    __tracebackhide__ = True
    from validator.errors import ValidatorError, WrongUse  # noqa: PLC0415  # as above

    if not _CONFIGS:
        message = "assert_valid and assert_invalid are for tests that pytest runs, with this plugin"
        raise WrongUse(message)
    validator, _ = _judging(_CONFIGS[-1])
    try:
        return validator.check(payload, schema)
    except ValidatorError as error:
        raise error.with_traceback(None) from None


def _listed(violations: Iterable[Violation]) -> str:
    return "".join(
        f"\n  {each.keyword or each.code} at {_place(each.instance_location)}: {each.message}"
        for each in violations
    )


def _place(pointer: str | None) -> str:
    return "any place" if pointer is None else pointer or "the whole"
