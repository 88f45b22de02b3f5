"""Cases to outcomes: each is judged by the schema of its suite, and by the ADDITIONs to that."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import orjson

from validator.errors import InvalidSchema, NoVerdict
from validator.iglu import SchemaKey
from validator.registry import Registry
from validator.reporting.findings import Finding, Outcome, Status
from validator.results import Result, Violation
from validator.suites.reading import Case, Expected, Suite
from validator.validation import Validator

__all__ = ["Runner", "as_expected"]


@attrs.frozen
class Runner:
    """Runs suites by the schemas of a registry."""

    _validator: Validator
    #: That of the validator: it is asked for later versions.
    _registry: Registry
    #: Whether findings show the lines of the suite that they are in.
    _excerpts: bool = False

    def run(self, suite: Suite) -> Iterator[Outcome]:
        """Give the outcome of each case; or before those, of a schema that can't judge."""
        additions = []
        try:
            self._validator.compile(suite.key)
            later = self._additions(suite.key)
        except NoVerdict as error:
            yield self._unresolved(suite, suite.key, error)
            return
        for key in later:
            try:
                self._validator.compile(key)
                additions.append(key)
            except NoVerdict as error:
                yield self._unresolved(suite, key, error)
        for case in suite.cases:
            yield self._outcome(suite, case, additions)

    def result(self, suite: Suite, case: Case) -> Result:
        """Judge a case by the schema of its suite.

        :raises NoVerdict: if that can't judge.
        """
        return self._judged(case, suite.key)

    def _judged(self, case: Case, key: SchemaKey) -> Result:
        # As JSON text: a text that is data would be taken for text that holds it.
        return self._validator.validate(orjson.dumps(case.data), key)

    def _additions(self, key: SchemaKey) -> list[SchemaKey]:
        """Give the later versions of a schema that are to take all that it takes.

        Those of the same MODEL and REVISION: another REVISION may refuse some. Source: SchemaVer.
        """
        keys = self._registry.keys(key.vendor, key.name)
        return [each for each in keys if each > key and _revised(each) == _revised(key)]

    def _outcome(self, suite: Suite, case: Case, additions: list[SchemaKey]) -> Outcome:
        result = self.result(suite, case)
        status: Status = "invalid"
        if not as_expected(case, result):
            findings = (*self._of_case(suite, case, result),)
            status = "unresolved" if result.unresolved else "invalid"
        else:
            findings = (*self._of_additions(suite, case, additions),) if case.valid else ()
        return Outcome(
            file=suite.file,
            line=case.line,
            name=case.description,
            status=status if findings else "valid",
            findings=findings,
            result=attrs.evolve(result, payload=None),
            truncated=bool(findings) and result.truncated,
        )

    def _unresolved(self, suite: Suite, key: SchemaKey, error: NoVerdict) -> Outcome:
        """Say why a schema can't judge."""
        rule = "InvalidSchema" if isinstance(error, InvalidSchema) else "ResolutionError"
        finding = self._at(suite, rule, str(error), "schema")
        return Outcome(
            file=suite.file,
            line=finding.line,
            name=str(key),
            status="unresolved",
            findings=(finding,),
        )

    # What is told of a case.

    def _of_case(self, suite: Suite, case: Case, result: Result) -> Iterator[Finding]:
        """Tell what is not as the case expects it."""
        if result:
            told = "; ".join(map(_told, case.expected)) or "anything"
            message = f"is valid, and should not be; expected is {told}"
            yield self._at(suite, "ExpectedInvalid", message, "tests", case.index, "valid")
            return
        other, missing = _unmatched(case, result)
        rule, start = "OtherViolation", "has a violation that is not expected: "
        if case.valid:
            rule, start = "ExpectedValid", "is not valid, and should be: "
        yield from self._placed(suite, case, attrs.evolve(result, violations=other), rule, start)
        for index in missing:
            message = f"does not have the violation that is expected: {_told(case.expected[index])}"
            path = ("tests", case.index, "violations", index)
            yield self._at(suite, "OtherViolation", message, *path)
        if case.expected and not (other or missing):
            message = (
                "has the violations that are expected, and may have more than are listed; make its "
                "data smaller, or leave violations out"
            )
            yield self._at(suite, "OtherViolation", message, "tests", case.index, "violations")

    def _of_additions(
        self, suite: Suite, case: Case, additions: list[SchemaKey]
    ) -> Iterator[Finding]:
        """Tell which later versions refuse what they should take, since the old one does."""
        for key in additions:
            result = self._judged(case, key)
            start = (
                f"is valid by {suite.key.version}, but not by {key.version}, an ADDITION to it: "
            )
            yield from self._placed(suite, case, result, "BrokenAddition", start)

    def _at(self, suite: Suite, rule: str, message: str, *path: str | int) -> Finding:
        return suite.finding(rule, message, *path, excerpts=self._excerpts)

    def _placed(
        self, suite: Suite, case: Case, result: Result, rule: str, start: str
    ) -> Iterator[Finding]:
        """Tell violations, each where it is in the file."""
        if result:
            return
        source = suite.source(case, excerpts=self._excerpts)
        for found, violation in zip(source.findings(result, case.data), result, strict=True):
            message = f"{start}{_where(violation)}{violation.message}"
            yield attrs.evolve(found, rule=rule, message=message)


def as_expected(case: Case, result: Result) -> bool:
    """Whether a case has the verdict that it expects, and what is wrong with it, in any order."""
    if result or case.valid:
        return bool(result) is case.valid
    other, missing = _unmatched(case, result)
    return not (other or missing or (case.expected and result.truncated))


def _unmatched(case: Case, result: Result) -> tuple[tuple[Violation, ...], tuple[int, ...]]:
    """Give the violations that are not expected, and the indices of those that are not found."""
    if not case.expected:
        return (result.violations, ()) if case.valid else ((), ())
    # One that leaves less open is given its choice first.
    exact_first = sorted(enumerate(case.expected), key=lambda each: _openness(each[1]))
    other, missing = list(result.violations), []
    for index, expected in exact_first:
        found = next((each for each in other if expected.fits(each)), None)
        if found is None:
            missing.append(index)
        else:
            other.remove(found)
    return tuple(other), tuple(sorted(missing))


def _openness(expected: Expected) -> int:
    return (expected.keyword_location is None) + (expected.code is None)


def _revised(key: SchemaKey) -> tuple[str, int, int]:
    return key.format, key.version.model, key.version.revision


def _where(violation: Violation) -> str:
    keyword = violation.keyword or violation.code
    return f"{keyword} at {violation.instance_location or 'the whole'}: "


def _told(expected: Expected) -> str:
    """Tell an expected violation: `minLength at /name`."""
    what = expected.keyword or expected.code or "one of no keyword"
    by = "" if expected.keyword_location is None else f", by {expected.keyword_location}"
    return f"{what} at {expected.instance_location or 'the whole'}{by}"
