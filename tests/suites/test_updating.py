"""Suites written anew: what is found goes into the file, and nothing else of it changes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from validator import Limits, Registry, Validator
from validator.suites import LIMITS, Runner, Suite, read_suite, updated

WriteSuite = Callable[..., str]
WriteSchema = Callable[..., str]
Update = Callable[[str], str]

HEAD = '{"schema": "iglu:com.acme/part/jsonschema/1-0-0", "tests": ['


@pytest.fixture(name="update")
def _update(registry: Registry, write_schema: WriteSchema, write_suite: WriteSuite) -> Update:
    """Give a function that writes the cases of a text anew, by a schema of `n` and `s`."""
    write_schema(
        properties={"n": {"minimum": 1, "maximum": 5}, "s": {"type": "string"}, "no": False},
        additionalProperties=False,
    )
    runner = Runner(Validator(registry=registry, limits=LIMITS), registry)

    def run(cases: str) -> str:
        suite = read_suite(write_suite(f"{HEAD}{cases}]}}"))
        assert isinstance(suite, Suite), suite
        text = updated(suite, [runner.result(suite, case) for case in suite.cases]).text
        assert text.startswith(HEAD)
        return text.removeprefix(HEAD).removesuffix("]}")

    return run


_MIN = '{"keyword": "minimum", "instance_location": "/n"}'
_TYPE = '{"keyword": "type", "instance_location": "/s"}'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # As expected, however it is written.
        ('{ "description":"a","data":{"n":2} ,"valid" : true}', None),
        ('{"description": "a", "data": {"n": 0}, "valid": false}', None),
        # Valid, and is not: the violations come after the verdict.
        (
            '{"description": "a", "data": {"n": 0}, "valid": true}',
            f'{{"description": "a", "data": {{"n": 0}}, "valid": false, "violations": [{_MIN}]}}',
        ),
        (
            '{"valid": true,\n\t"description": "a", "data": {"n": 0}}',
            f'{{"valid": false,"violations": [{_MIN}],\n\t"description": "a", "data": {{"n": 0}}}}',
        ),
        (
            '{\n  "description": "a",\n  "data": {"n": 0},\n  "valid": true\n}',
            ('{\n  "description": "a",\n  "data": {"n": 0},\n  "valid": false,\n'
            f'  "violations": [{_MIN}]\n}}'),
        ),
        # Not valid, and is: with the verdict goes what was expected.
        (
            f'{{"description": "a", "data": {{}}, "valid": false, "violations": [{_MIN}]}}',
            '{"description": "a", "data": {}, "valid": true}',
        ),
        (
            f'{{ "violations": [{_MIN}], "description": "a", "data": {{}}, "valid": false}}',
            '{ "description": "a", "data": {}, "valid": true}',
        ),
        ('{"description": "a", "data": {}, "valid": false}',
         '{"description": "a", "data": {}, "valid": true}'),
        # Other violations.
        (
            f'{{"violations" :  [ {_TYPE} ] , "data": {{"n": 0}},"description":"a","valid":false}}',
            f'{{"violations": [{_MIN}] , "data": {{"n": 0}},"description":"a","valid":false}}',
        ),
        # What the case tells of others is told of these; a code, where there is no keyword.
        (
            ('{"description": "a", "data": {"n": 0}, "valid": false, "violations": '
            '[{"keyword": "a", "instance_location": "", "code": "A", "keyword_location": "/a"}]}'),
            ('{"description": "a", "data": {"n": 0}, "valid": false, "violations": '
            '[{"keyword": "minimum", "instance_location": "/n", '
            '"keyword_location": "/properties/n/minimum", "code": "ValidationError"}]}'),
        ),
        (
            '{"description": "a", "data": {"no": 0}, "valid": true}',
            ('{"description": "a", "data": {"no": 0}, "valid": false, "violations": '
            '[{"keyword": null, "instance_location": "/no", "code": "ValidationError"}]}'),
        ),
        # Of many lines, each violation on one of its own where they would not fit.
        (
            '{\n    "description": "a",\n    "data": {"n": 0, "s": 1},\n    "valid": true}',
            ('{\n    "description": "a",\n    "data": {"n": 0, "s": 1},\n    "valid": false,\n'
            f'    "violations": [\n      {_MIN},\n      {_TYPE}\n    ]}}'),
        ),
    ],
)  # fmt: skip
def test_one_case(update: Update, before: str, after: str | None) -> None:
    """The verdict and the violations are written anew, where and as they stood."""
    assert update(before) == (before if after is None else after)


def test_what_is_not_all_known_is_left(
    registry: Registry, write_schema: WriteSchema, write_suite: WriteSuite
) -> None:
    """A case with more violations than are listed stays as it is, and is given by itself."""
    write_schema(items={"type": "string"})
    wrong = [{"keyword": "type", "instance_location": "/0"}]
    cases = [
        {"description": "many", "data": [1] * 9, "valid": True},
        {"description": "a first", "data": [1] * 9, "valid": False, "violations": wrong},
        {"description": "anything", "data": [1] * 9, "valid": False},
        {"description": "few", "data": [1], "valid": True},
    ]
    runner = Runner(Validator(registry=registry, limits=Limits(violations=8)), registry)
    suite = read_suite(write_suite(*cases))
    assert isinstance(suite, Suite)

    found = updated(suite, [runner.result(suite, case) for case in suite.cases])

    assert [case.description for case in found.left] == ["many", "a first"]
    after = json.loads(found.text)["tests"]
    assert after == [*cases[:3], {**cases[3], "valid": False, "violations": wrong}]


def test_other_cases_stay(update: Update) -> None:
    """Of a suite, cases that are as expected stay to the letter, and so does all around."""
    cases = [
        '{"description": "a",   "data": {"n":2e0, "s":"\\u00e9"}, "valid": true}',
        '{"description": "b", "data": {"n": 0}, "valid": true}',
        '{"description":"c","data":{"x":1.50},"valid":false}',
        '{"description": "d", "data": {"n": 9}, "valid": true}',
    ]

    lines = update(",\n".join(cases)).split(",\n")

    assert [lines[0], lines[2]] == [cases[0], cases[2]]
    assert '"minimum"' in lines[1]
    assert '"maximum"' in lines[3]


_data = st.fixed_dictionaries(
    {}, optional={"n": st.integers(0, 6), "s": st.just("a") | st.just(1), "x": st.none()}
)
_violations = st.lists(
    st.fixed_dictionaries(
        {
            "keyword": st.sampled_from(["minimum", "type", "additionalProperties"]),
            "instance_location": st.sampled_from(["", "/n", "/s"]),
        }
    ),
    min_size=1,
    max_size=2,
)
_case = st.one_of(
    st.fixed_dictionaries({"data": _data, "valid": st.booleans()}),
    st.fixed_dictionaries(
        {"data": _data, "valid": st.just(value=False), "violations": _violations}
    ),
    st.fixed_dictionaries(
        {"violations": _violations, "valid": st.just(value=False), "data": _data}
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(cases=st.lists(_case, min_size=1, max_size=4), indent=st.sampled_from([None, 1, 4]))
def test_what_is_written(update: Update, cases: list[dict[str, Any]], indent: int | None) -> None:
    """After an update every case is as expected; only verdicts and violations have changed."""
    named = [{"description": str(index), **case} for index, case in enumerate(cases)]
    before = json.dumps(named, indent=indent)[1:-1]

    after = update(before)

    assert update(after) == after
    kept = [
        [{**case, "valid": None, "violations": None} for case in json.loads(f"[{text}]")]
        for text in (before, after)
    ]
    assert kept[0] == kept[1]
    lines = {line.rstrip(",") for line in after.splitlines()}
    lost = [line for line in before.splitlines() if line.rstrip(",") not in lines]
    assert indent is None or not [line for line in lost if '"description"' in line]


def test_file_with_other_line_ends(
    registry: Registry, write_schema: WriteSchema, write_suite: WriteSuite
) -> None:
    """Line ends are those of the file."""
    write_schema(type="null")
    text = (HEAD + '{"description": "a", "data": 1, "valid": true}]}').replace(", ", ",\r\n")
    suite = read_suite(write_suite(text))
    assert isinstance(suite, Suite)
    runner = Runner(Validator(registry=registry), registry)

    new = updated(suite, [runner.result(suite, suite.cases[0])]).text

    assert Path(suite.file).read_bytes() == text.encode()
    assert new.replace('"valid": false,\r\n"violations": [', "") != new
