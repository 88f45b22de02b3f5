"""The official JSON-Schema-Test-Suite, run against `Validator` itself.

Drafts 4, 6, 7, 2019-09 and 2020-12: what is required, what is optional, and the formats, for both
engines. Every case is judged as the suite says, or is one of `NOT_AS_THE_SUITE`, with its reason,
or of what jsonschema alone does not judge so, which `LISTED` names. A case of those lists that
comes to be judged as the suite says fails here, too: the lists may only shrink.
"""

from __future__ import annotations

import fnmatch
import functools
import glob
import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from registries import DRAFTS
from validator import Limits, NoVerdict, Validator
from validator.engine import Engine

ROOT = Path(__file__).parents[2]
TESTS = ROOT.parent / "shared" / "corpora" / "json-schema-test-suite" / "tests"

#: What jsonschema does not judge as the suite says, by name.
LISTED = Path(__file__).with_name("not_as_the_suite_jsonschema.toml")
#: How many cases those are: lower this when one leaves the list, and never raise it.
MOST_LISTED = 172
#: How many cases `NOT_AS_THE_SUITE` explains, whose patterns could come to fit more: as above.
MOST_EXPLAINED = 188

#: The engines that are held against the suite.
ENGINES = ("jsonschema-rs", "jsonschema")
#: With the linear engine for patterns, as by default, and with the one that backtracks.
LIMITS = {"linear": Limits(), "backtracking": Limits(backtracks=100_000)}
#: jsonschema matches by Python's regular expressions, whatever the limits are: once is enough.
RUNS = (
    *(("jsonschema-rs", patterns) for patterns in LIMITS),
    ("jsonschema", "linear"),
)
#: Of all files, this one says that `format` decides nothing; the optional ones say that it does.
ANNOTATED = "format.json"


# What is not judged as the suite says.


class Reason(NamedTuple):
    """Why a case is not judged as the suite says."""

    why: str
    #: What stands in the outcome of each case that it explains.
    shows: str


REMOTE = Reason(
    "nothing is fetched: only references to iglu: and to the drafts' meta-schemas are followed",
    "can't be resolved",
)
CUSTOM = Reason(
    "nothing is fetched, a meta-schema neither: `$schema` names Iglu's own or that of a draft",
    "is neither Iglu's nor that of a known draft",
)
BIG_DOCUMENT = Reason(
    "an integer past 64 bits is refused when it is decoded: no two readers agree on it",
    "NumberOutOfRange",
)
BIG_SCHEMA = Reason("as in documents, so in schemas", "an integer has more than 64 bits")

FROM_6 = ("draft6", "draft7", "draft2019-09", "draft2020-12")
FROM_2019 = ("draft2019-09", "draft2020-12")
EVERY = tuple(DRAFTS)


class Row(NamedTuple):
    """Cases that are not judged as the suite says, and why."""

    drafts: tuple[str, ...]
    file: str
    #: A pattern of their descriptions: that of the group, ` / `, that of the case.
    cases: str
    reason: Reason
    engines: tuple[str, ...] = ENGINES


NOT_AS_THE_SUITE = (
    # What refers to the suite's own server.
    Row(EVERY, "refRemote.json", "remote ref / *", REMOTE),
    Row(EVERY, "refRemote.json", "fragment within remote ref / *", REMOTE),
    Row(EVERY, "refRemote.json", "ref within remote ref / *", REMOTE),
    Row(EVERY, "refRemote.json", "base URI change / *", REMOTE),
    Row(EVERY, "refRemote.json", "base URI change - change folder / *", REMOTE),
    Row(EVERY, "refRemote.json", "base URI change - change folder in subschema / *", REMOTE),
    Row(EVERY, "refRemote.json", "root ref in remote ref / *", REMOTE),
    Row(EVERY, "refRemote.json", "Location-independent identifier in remote ref / *", REMOTE),
    Row(FROM_6, "refRemote.json", "remote ref with ref to def* / *", REMOTE),
    Row(FROM_6, "refRemote.json", "retrieved nested refs resolve relative to * / *", REMOTE),
    Row(FROM_6, "refRemote.json", "$ref to $ref finds * / *", REMOTE),
    Row(FROM_2019, "refRemote.json", "anchor within remote ref / *", REMOTE),
    Row(FROM_2019, "refRemote.json", "remote HTTP ref with * / *", REMOTE),
    Row(("draft2020-12",), "dynamicRef.json", "strict-tree schema, guards * / *", REMOTE),
    Row(("draft2020-12",), "dynamicRef.json", "tests for implementation dynamic * / *", REMOTE),
    Row(("draft2020-12",), "dynamicRef.json", "$ref and $dynamicAnchor are * / *", REMOTE),
    Row(("draft2020-12",), "dynamicRef.json", "$ref to $dynamicRef finds * / *", REMOTE),
    Row(("draft7", "draft2019-09"), "optional/cross-draft.json", "refs to future * / *", REMOTE),
    Row(FROM_2019, "optional/cross-draft.json", "refs to historic drafts * / *", REMOTE),
    # What is written in a dialect of its own.
    Row(FROM_2019, "vocabulary.json", "schema that uses custom metaschema with * / *", CUSTOM),
    Row(FROM_2019, "vocabulary.json", "ignore unrecognized optional vocabulary / *", CUSTOM),
    Row(("draft2020-12",), "optional/format-assertion.json", "*", CUSTOM),
    # Numbers.
    Row(EVERY, "optional/bignum.json", "integer / *", BIG_DOCUMENT),
    Row(EVERY, "optional/bignum.json", "number / *", BIG_DOCUMENT),
    Row(EVERY, "optional/bignum.json", "string / a bignum is not a string", BIG_DOCUMENT),
    Row(EVERY, "optional/bignum.json", "minimum integer comparison / *", BIG_SCHEMA),
)


def listed_of_jsonschema() -> Iterator[Row]:
    """Give a row for each case that jsonschema alone does not judge as the suite says."""
    for each in tomllib.loads(LISTED.read_text("utf-8"))["listed"]:
        reason = Reason(each["why"], each["shows"])
        for group, names in each["cases"].items():
            for name in names:
                case = glob.escape(f"{group} / {name}")
                yield Row(tuple(each["drafts"]), each["file"], case, reason, ("jsonschema",))


ROWS = (*NOT_AS_THE_SUITE, *listed_of_jsonschema())


# The suite.


class Case(NamedTuple):
    """One document and one schema of the suite, with what it says of them."""

    description: str
    schema: Any
    document: Any
    valid: bool


def files() -> list[Any]:
    """Give the draft and the path within it of each file; one that is skipped without the suite."""
    found = [
        (draft, path.relative_to(TESTS / draft).as_posix())
        for draft in DRAFTS
        for path in sorted((TESTS / draft).rglob("*.json"))
    ]
    absent = pytest.mark.skip(reason="the official JSON-Schema-Test-Suite is not here")
    return found or [pytest.param("", "", marks=absent)]


each_file = pytest.mark.parametrize(("draft", "file"), files())
each_engine = pytest.mark.parametrize("engine", ENGINES)
each_run = pytest.mark.parametrize(("engine", "patterns"), RUNS)


@functools.cache
def cases(draft: str, file: str) -> tuple[Case, ...]:
    """Give the cases of a file."""
    return tuple(
        Case(
            f"{group['description']} / {case['description']}",
            group["schema"],
            case["data"],
            case["valid"],
        )
        for group in json.loads((TESTS / draft / file).read_bytes())
        for case in group["tests"]
    )


def rows(engine: str, draft: str, file: str, case: Case) -> Iterator[Row]:
    """Give the rows that a case is listed in."""
    for row in ROWS:
        here = engine in row.engines and draft in row.drafts and file == row.file
        if here and fnmatch.fnmatchcase(case.description, row.cases):
            yield row


# What the validator makes of it.

_AS_THE_SUITE = "as the suite says"


def outcome(validator: Validator, case: Case) -> str:
    """Say what becomes of a case: of its document as bytes, and as an object, but for a str."""
    told = {_outcome(validator, case, json.dumps(case.document).encode())}
    if not isinstance(case.document, str):
        told.add(_outcome(validator, case, case.document))
    return "; ".join(sorted(told))


def _outcome(validator: Validator, case: Case, document: object) -> str:
    try:
        result = validator.validate(document, case.schema)
    except NoVerdict as error:
        return f"no verdict: {error}"
    codes = {violation.code for violation in result}
    if codes - {"ValidationError"}:  # a document that was refused has no verdict by its schema
        return f"refused: {', '.join(sorted(codes))}"
    return _AS_THE_SUITE if bool(result) == case.valid else f"wrong: it is {bool(result)}"


@pytest.mark.shared
@each_file
@each_run
def test_suite(draft: str, file: str, engine: Engine, patterns: str) -> None:
    """Each case of a file is judged as the suite says, or is listed and shows its reason."""
    validator = Validator(
        engine=engine,
        dialect=DRAFTS[draft],
        formats="annotate" if file == ANNOTATED else "assert",
        limits=LIMITS[patterns],
    )
    problems = []
    for case in cases(draft, file):
        told, listed = outcome(validator, case), list(rows(engine, draft, file, case))
        if listed and told == _AS_THE_SUITE:
            problems.append(f"{case.description}: as the suite says; take it from the list")
        elif not listed and told != _AS_THE_SUITE:
            problems.append(f"{case.description}: {told}, though the suite says {case.valid}")
        elif not all(row.reason.shows in told for row in listed):
            problems.append(f"{case.description}: {told}; that is not the reason it is listed for")

    assert not problems, "\n".join(problems)


@pytest.mark.shared
@each_engine
def test_list_has_no_more_than_there_is(engine: str) -> None:
    """Each row stands for cases of each of its drafts, and no case is listed twice."""
    found: Counter[tuple[str, Row]] = Counter()
    twice = []
    for draft, file in _present():
        for case in cases(draft, file):
            listed = list(rows(engine, draft, file, case))
            found.update((draft, row) for row in listed)
            if len(listed) > 1:
                twice.append((draft, file, case.description))

    assert twice == []
    expected = {(draft, row) for row in ROWS if engine in row.engines for draft in row.drafts}
    assert expected - found.keys() == set()


def test_list_of_jsonschema_only_shrinks() -> None:
    """What jsonschema alone does not judge as the suite says is no more than it was."""
    assert sum(len(row.drafts) for row in listed_of_jsonschema()) == MOST_LISTED


@pytest.mark.shared
def test_list_of_jsonschema_rs_only_shrinks() -> None:
    """What jsonschema-rs does not judge as the suite says is no more than it was."""
    explained = [
        case
        for draft, file in _present()
        for case in cases(draft, file)
        if any(rows("jsonschema-rs", draft, file, case))
    ]

    assert len(explained) == MOST_EXPLAINED


@pytest.mark.shared
def test_how_much_of_the_suite_there_is() -> None:
    """All five drafts are here, with required and optional cases and formats, in their number."""
    present = _present()

    number = sum(len(cases(draft, file)) for draft, file in present)
    assert number >= 8_300
    for draft in DRAFTS:
        of_draft = [file for each, file in present if each == draft]
        folders = {file.rpartition("/")[0] for file in of_draft}
        assert folders == {"", "optional", "optional/format"}


def _present() -> list[tuple[str, str]]:
    if not TESTS.is_dir():
        pytest.skip("the official JSON-Schema-Test-Suite is not here")
    return files()
