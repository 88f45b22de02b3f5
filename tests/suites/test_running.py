"""Cases run: what is as expected, what is not and why, and what later versions say."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from validator import Registry, RegistryUnavailable, SchemaKey, Validator
from validator.reporting import Excerpt, Outcome
from validator.suites import LIMITS, Runner, Suite, read_suite

WriteSuite = Callable[..., str]
WriteSchema = Callable[..., str]
SCHEMA: dict[str, Any] = {
    "properties": {"n": {"type": "integer", "minimum": 1}, "s": {"$ref": "#/definitions/s"}},
    "additionalProperties": False,
    "definitions": {"s": {"type": "string", "maxLength": 3}},
}
MINIMUM = {"keyword": "minimum", "instance_location": "/n"}


def _run(registry: Registry, file: str, **options: Any) -> list[Outcome]:
    validator = Validator(registry=registry, limits=LIMITS, **options)
    suite = read_suite(file)
    assert isinstance(suite, Suite)
    return list(Runner(validator, registry, excerpts=True).run(suite))


def _told(outcome: Outcome) -> list[tuple[int, int, str, str]]:
    return [(each.line, each.column, each.rule, each.message) for each in outcome.findings]


def _case(data: Any, *violations: dict[str, Any], valid: bool = False) -> dict[str, Any]:
    told = {"violations": violations} if violations else {}
    return {"description": "a case", "data": data, "valid": valid, **told}


@pytest.fixture(name="told")
def _told_of(
    registry: Registry, write_schema: WriteSchema, write_suite: WriteSuite
) -> Callable[[dict[str, Any]], list[tuple[int, int, str, str]]]:
    """Give a function that runs one case, and gives what is told of it."""
    write_schema(**SCHEMA)

    def run(case: dict[str, Any]) -> list[tuple[int, int, str, str]]:
        [outcome] = _run(registry, write_suite(case))
        assert (outcome.name, outcome.line) == ("a case", 4)
        assert (outcome.status == "valid") is (not outcome.findings)
        return _told(outcome)

    return run


Told = Callable[[dict[str, Any]], list[tuple[int, int, str, str]]]


@pytest.mark.parametrize(
    "case",
    [
        _case({"n": 1}, valid=True),
        _case({"n": 0}),
        _case({"n": 0}, MINIMUM),
        _case({"n": 0}, {**MINIMUM, "keyword_location": "/properties/n/minimum"}),
        _case(
            {"s": "long"},
            {
                "keyword": "maxLength",
                "instance_location": "/s",
                "keyword_location": "/properties/s/$ref/maxLength",
                "code": "ValidationError",
            },
        ),
        # In any order, and what says more takes what it fits.
        _case({"n": 0.5}, MINIMUM, {"keyword": "type", "instance_location": "/n"}),
        _case(
            {"n": 0, "s": 1},
            {"keyword": "type", "instance_location": "/s"},
            {**MINIMUM, "code": "ValidationError"},
        ),
    ],
)
def test_as_expected(told: Told, case: dict[str, Any]) -> None:
    """A case that has the verdict and the violations it expects is well."""
    assert told(case) == []


def test_expected_valid(told: Told) -> None:
    """A case that should be valid tells each violation where it is."""
    assert told(_case({"n": 0, "x": 1}, valid=True)) == [
        (7, 14, "ExpectedValid", "is not valid, and should be: minimum at /n: must be 1 or more"),
        (
            8,
            9,
            "ExpectedValid",
            (
                "is not valid, and should be: additionalProperties at the whole: "
                'has unexpected properties: "x"'
            ),
        ),
    ]


def test_expected_invalid(told: Told) -> None:
    """A case that should not be valid, and is, says what was expected."""
    where = {**MINIMUM, "keyword_location": "/properties/n/minimum"}
    code = {"keyword": None, "instance_location": "", "code": "TooDeep"}
    none = {"keyword": None, "instance_location": "/n"}
    start = "is valid, and should not be; expected is "

    assert told(_case({})) == [(7, 16, "ExpectedInvalid", f"{start}anything")]
    assert told(_case({}, where, code, none)) == [
        (
            7,
            16,
            "ExpectedInvalid",
            (
                f"{start}minimum at /n, by /properties/n/minimum; TooDeep at the whole; "
                "one of no keyword at /n"
            ),
        )
    ]


def test_lines_of_what_was_expected(
    registry: Registry, write_schema: WriteSchema, write_suite: WriteSuite
) -> None:
    """What is not as expected shows its line: the verdict of the case, or what it asks for."""
    write_schema(**SCHEMA)
    maximum = {"keyword": "maximum", "instance_location": "/n"}
    cases = (_case({}), {**_case({"n": 0}, MINIMUM, maximum), "description": "another"})
    first, second = _run(registry, write_suite(*cases))
    (valid,), (missing,) = first.findings, second.findings

    assert valid.excerpt == Excerpt('      "valid": false', 15)
    assert (missing.line, missing.excerpt) == (20, Excerpt("        {", 8))


def test_lines_of_a_schema_that_is_not_there(registry: Registry, write_suite: WriteSuite) -> None:
    """A schema that can't judge shows the line that names it."""
    [outcome] = _run(registry, write_suite(_case({})))
    (found,) = outcome.findings

    assert found.excerpt == Excerpt('  "schema": "iglu:com.acme/part/jsonschema/1-0-0",', 12)


def test_all_is_expected_that_is_listed(
    registry: Registry, write_schema: WriteSchema, write_suite: WriteSuite
) -> None:
    """Where not all violations are listed, none are known to be all that is wrong."""
    write_schema(items={"type": "string"})
    wrong = [{"keyword": "type", "instance_location": f"/{index}"} for index in range(100)]

    [outcome] = _run(registry, write_suite(_case([1] * 100, *wrong)))
    assert outcome.status == "valid"
    [outcome] = _run(registry, write_suite(_case([1] * 101, *wrong)))
    assert (outcome.status, outcome.truncated) == ("invalid", True)
    [(_, _, rule, message)] = _told(outcome)
    assert rule == "OtherViolation"
    assert message.startswith("has the violations that are expected, and may have more than are")
    [outcome] = _run(registry, write_suite(_case([1] * 101)))
    assert outcome.status == "valid"


def test_other_violation(told: Told) -> None:
    """A case that expects a violation fails when another is found instead; both are told."""
    wanted = {"keyword": "maximum", "instance_location": "/n"}

    assert told(_case({"n": 0}, wanted)) == [
        (
            7,
            14,
            "OtherViolation",
            "has a violation that is not expected: minimum at /n: must be 1 or more",
        ),
        (11, 9, "OtherViolation", "does not have the violation that is expected: maximum at /n"),
    ]


@pytest.mark.parametrize(
    "wanted",
    [
        {"keyword": "minimum", "instance_location": ""},
        {**MINIMUM, "keyword_location": "/minimum"},
        {**MINIMUM, "code": "TooDeep"},
    ],
)
def test_other_place(told: Told, wanted: dict[str, Any]) -> None:
    """The same keyword at another place, or of another kind, is another violation."""
    assert [each[2] for each in told(_case({"n": 0}, wanted))] == ["OtherViolation"] * 2


def test_more_violations(told: Told) -> None:
    """All violations are to be expected, and each as often as it is found."""
    assert [each[3][:9] for each in told(_case({"n": 0, "s": 1}, MINIMUM))] == ["has a vio"]
    assert [each[3][:9] for each in told(_case({"n": 0}, MINIMUM, MINIMUM))] == ["does not "]


def test_texts_and_nothing(
    registry: Registry, write_schema: WriteSchema, write_suite: WriteSuite
) -> None:
    """Data that is a text, or null, is judged as what it is."""
    write_schema(type=["string", "null"], maxLength=2)
    cases = [_case("ab", valid=True), _case(None, valid=True), _case("abc"), _case(None)]
    named = [{**case, "description": str(index)} for index, case in enumerate(cases)]

    outcomes = _run(registry, write_suite(*named))

    assert [each.status for each in outcomes] == ["valid", "valid", "valid", "invalid"]


def test_null_that_is_refused(
    registry: Registry, write_schema: WriteSchema, write_suite: WriteSuite
) -> None:
    """Of data that is null, the place is that of the data."""
    write_schema(type="object")

    [outcome] = _run(registry, write_suite(_case(None, valid=True)))

    assert [each[:3] for each in _told(outcome)] == [(6, 15, "ExpectedValid")]


def test_values_are_shown_if_wanted(
    registry: Registry, write_schema: WriteSchema, write_suite: WriteSuite
) -> None:
    """Messages carry no values, unless the validator was told so."""
    write_schema(**SCHEMA)
    file = write_suite(_case({"s": "secret"}, valid=True))

    [hidden], [shown] = _run(registry, file), _run(registry, file, show_values=True)

    assert "secret" not in hidden.findings[0].message
    assert "secret" in shown.findings[0].message


# Schemas that can't judge.


def test_no_such_schema(registry: Registry, write_suite: WriteSuite) -> None:
    """Without its schema a suite has no verdict: that is told once, where the schema is named."""
    [outcome] = _run(registry, write_suite(_case(1), {**_case(2), "description": "b"}))

    assert outcome.status == "unresolved"
    assert [each[:3] for each in _told(outcome)] == [(2, 13, "ResolutionError")]


def test_schema_that_is_none(
    registry: Registry, write_schema: WriteSchema, write_suite: WriteSuite
) -> None:
    """Nor with one that is not usable."""
    write_schema(type=1)

    [outcome] = _run(registry, write_suite(_case(1)))

    assert outcome.status == "unresolved"
    assert [each[:3] for each in _told(outcome)] == [(2, 13, "InvalidSchema")]


class _Listless:
    """A registry that finds schemas, and has no list of them."""

    name = "listless"

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
        """Find a schema."""
        return self._registry.read(key)

    def keys(self) -> list[SchemaKey]:
        """Refuse."""
        message = "no list today"
        raise RegistryUnavailable(message)


def test_versions_that_can_not_be_listed(
    registry: Registry, write_schema: WriteSchema, write_suite: WriteSuite
) -> None:
    """Where later versions can't be found, there is no verdict."""
    write_schema()

    [outcome] = _run(Registry(_Listless(registry)), write_suite(_case(1, valid=True)))

    assert outcome.status == "unresolved"
    assert "no list today" in outcome.findings[0].message


def test_part_without_a_schema(registry: Registry, write_suite: WriteSuite) -> None:
    """A case that is not as expected since a part of it names an unknown schema has no verdict."""
    part = {"schema": "iglu:com.acme/none/jsonschema/1-0-0", "data": 1}
    payload = {
        "source": {"id": "a"},
        "session": {"id": "a"},
        "profile": None,
        "events": [{"type": "a", "properties": {"x": part}}],
    }
    cases = [
        {"description": "a", "data": payload, "valid": True},
        {"description": "b", "data": payload, "valid": False},
    ]
    uri = "iglu:com.tracardi/tracker_payload/jsonschema/1-0-1"
    file = Path(write_suite(*cases, schema=uri))
    moved = file.rename(file.with_name("some.json"))

    outcomes = _run(registry, str(moved))

    assert [each.status for each in outcomes] == ["unresolved", "valid"]


# Later versions.


def test_broken_addition(
    registry: Registry, write_schema: WriteSchema, write_suite: WriteSuite
) -> None:
    """What is valid must be so by every later ADDITION, of the same MODEL and REVISION alone."""
    write_schema("1-0-0")
    for version in ("1-1-0", "2-0-0", "2-0-1"):
        write_schema(version, type="null")
    write_schema("1-0-2", maximum=5)
    write_schema("1-0-10", type="integer")
    cases = [
        {"description": "fits all", "data": 5, "valid": True},
        {"description": "fits one", "data": 6, "valid": True},
        {"description": "fits none", "data": "long", "valid": True},
    ]

    outcomes = _run(registry, write_suite(*cases))

    assert [each.status for each in outcomes] == ["valid", "invalid", "invalid"]
    assert [_told(each) for each in outcomes[1:]] == [
        [
            (
                11,
                15,
                "BrokenAddition",
                (
                    "is valid by 1-0-0, but not by 1-0-2, an ADDITION to it: "
                    "maximum at the whole: must be 5 or less"
                ),
            )
        ],
        [
            (
                16,
                15,
                "BrokenAddition",
                (
                    "is valid by 1-0-0, but not by 1-0-10, an ADDITION to it: "
                    "type at the whole: must be of type integer"
                ),
            )
        ],
    ]


def test_earlier_versions_do_not_count(
    registry: Registry, write_schema: WriteSchema, write_suite: WriteSuite
) -> None:
    """What an ADDITION newly takes need not be taken by those before it."""
    write_schema("1-0-0", type="null")
    write_schema("1-0-1")
    file = Path(write_suite(_case(1, valid=True), schema="iglu:com.acme/part/jsonschema/1-0-1"))

    [outcome] = _run(registry, str(file.rename(file.with_name("1-0-1.json"))))

    assert outcome.status == "valid"


def test_refused_cases_may_become_valid(
    registry: Registry, write_schema: WriteSchema, write_suite: WriteSuite
) -> None:
    """What a schema refuses, an ADDITION to it may take."""
    write_schema("1-0-0", type="null")
    write_schema("1-0-1")

    [outcome] = _run(registry, write_suite(_case(1)))

    assert outcome.status == "valid"


def test_addition_that_is_no_schema(
    registry: Registry, write_schema: WriteSchema, write_suite: WriteSuite
) -> None:
    """An ADDITION that can't judge is told once, and the cases are run all the same."""
    write_schema("1-0-0")
    write_schema("1-0-1", type=1)

    outcomes = _run(registry, write_suite(_case(1, valid=True)))

    assert [(each.name, each.status) for each in outcomes] == [
        ("iglu:com.acme/part/jsonschema/1-0-1", "unresolved"),
        ("a case", "valid"),
    ]
