"""Promise 1, fuzzed: whatever is given, public calls return a `Result` or raise our exceptions.

    python -m benchmarks.fuzz [--cases N] [--seed N] [--begin N] [--central DIR]

Each case is drawn from the seed and its own number alone, so that `--begin N --cases 1` tries one
again. The schemas of this project, and of Iglu Central where it is there, are changed for it. A
call that ends in anything else, or takes more than a second of CPU, is told, and the command exits
with 1.
"""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import sys
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage
from typing import Any

import attrs
import orjson

from benchmarks.generators import CENTRAL, Draws, Known, known
from validator import (
    Cached,
    Directory,
    FirstOf,
    InMemory,
    Limits,
    Packaged,
    Registry,
    Result,
    SchemaCriterion,
    SchemaKey,
    SchemaVer,
    SelfDescribingData,
    Validator,
    ValidatorError,
    decode,
    normalize,
)

__all__ = ["Failure", "Report", "run"]

#: CPU seconds that one call may take.
MOST_SECONDS = 1.0
#: Cases, of which it is told how far they are; none hangs longer than so many seconds.
_BATCH = 10_000
_HANGING = 600.0

_PACKAGED = Cached(Packaged())
_FIXTURES = Path(__file__).parents[1] / "fixtures"
_EXAMPLES = Cached(Directory(_FIXTURES / "registry"))
_PLAN = (_FIXTURES / "plans" / "game_and_nothing_else.json").read_bytes()
_REGISTRY = Registry(_PACKAGED, _EXAMPLES)
_SMALL = Limits(bytes=3_000, depth=8, parts=2, violations=2, message=40, location=10)
_STRICT = Limits(duplicate_keys=False, explained_values=1, evaluations=1_000, schema_nodes=50)
_LIMITS = (Limits(), _SMALL, _STRICT)
_VALIDATORS = (
    Validator(registry=_REGISTRY),
    Validator(registry=_REGISTRY, limits=_SMALL),
    Validator(registry=_REGISTRY, limits=_STRICT, formats="annotate"),
    Validator(registry=_REGISTRY, limits=Limits(backtracks=10_000), show_values=True),
    Validator(registry=_REGISTRY, dialect="draft-04"),
    Validator(registry=_REGISTRY, dialect="2019-09"),
    Validator(registry=_REGISTRY, plan=_PLAN),
)
#: It has no bounds of its own but the steps that are counted before: it judges by schemas that are
#: trusted, or made up without a pattern; and not what is large.
_SECOND = Validator(registry=_REGISTRY, engine="jsonschema", limits=Limits(evaluations=100_000))
#: A tenth of the time is enough for it: it takes tens of times as long.
_TRUSTED = (*_VALIDATORS, *_VALIDATORS, _SECOND)

#: What is called, and how.
Call = tuple[str, Callable[[], object]]


@attrs.frozen
class Failure:
    """A call that broke the promise."""

    #: The number of the case.
    case: int
    kind: str
    call: str
    #: What it did instead.
    problem: str


@attrs.define
class Report:
    """What came of the cases."""

    cases: int = 0
    calls: int = 0
    seconds: float = 0.0
    #: The CPU seconds of the slowest call, and which that was.
    worst: float = 0.0
    slowest: str = ""
    #: How many calls ended how: with a verdict, or with an exception of ours.
    outcomes: Counter[str] = attrs.field(factory=Counter)
    failures: list[Failure] = attrs.field(factory=list)


# The kinds of cases: each gives the calls that are made.


def _payload(draws: Draws, validator: Validator) -> Iterator[Call]:
    """Change a payload of Tracardi's, or make some JSON up."""
    value = draws.mutated(draws.random.choice(draws.material.payloads), draws.json)
    yield from _document(draws, validator, value if draws.chance(8) else draws.json(5))


def _request(draws: Draws, validator: Validator) -> Iterator[Call]:
    """Change the body of a request of Snowplow's trackers."""
    value = draws.mutated(draws.random.choice(draws.material.requests), draws.json)
    yield from _document(draws, validator, value)


def _document(draws: Draws, validator: Validator, value: Any) -> Iterator[Call]:
    raw, now = draws.encoded(value), draws.moment()
    yield "check", lambda: validator.check(raw, now=now, randomness=draws.random.randbytes)
    yield "validate", lambda: validator.validate(raw)
    yield "normalize", lambda: normalize(value, now=now, randomness=draws.random.randbytes)
    yield "check of an object", lambda: validator.check(value)


def _large(draws: Draws, validator: Validator) -> Iterator[Call]:
    """Let a document grow to what is accepted, and beyond."""
    material, random = draws.material, draws.random
    texts = random.choice((material.payloads, material.requests))
    uri, text = random.choice(material.suites)
    value = draws.swollen(draws.mutated(random.choice(texts), draws.json))
    raw = draws.encoded(value)
    other = draws.encoded(draws.swollen(draws.mutated(text, draws.json)))
    yield "check", lambda: validator.check(raw)
    yield "check of an object", lambda: validator.check(value)
    yield "validate", lambda: validator.validate(other, uri)
    yield "decode", lambda: decode(raw)
    yield "normalize", lambda: normalize(value)


def _bytes(draws: Draws, validator: Validator) -> Iterator[Call]:
    """Break the bytes of a document, or make some up."""
    material, random = draws.material, draws.random
    texts = random.choice((material.payloads, material.requests, material.schemas))
    raw = draws.broken(random.choice(texts)) if draws.chance(8) else random.randbytes(20)
    limits = random.choice(_LIMITS)
    yield "check", lambda: validator.check(raw)
    yield "validate", lambda: validator.validate(raw)
    yield "decode", lambda: decode(raw, limits)


def _query(draws: Draws, validator: Validator) -> Iterator[Call]:
    """Change a query of Snowplow's trackers."""
    query = draws.query()
    raw = draws.broken(query.encode(errors="surrogatepass"))
    now = draws.moment()
    yield "check_query", lambda: validator.check_query(query, now=now)
    yield "check_query of bytes", lambda: validator.check_query(raw)


def _object(draws: Draws, validator: Validator) -> Iterator[Call]:
    """Give each call what it may not have expected."""
    odd, other = draws.odd(), draws.odd() if draws.chance(3) else None
    yield "check", lambda: validator.check(odd, other)
    yield "validate", lambda: validator.validate(odd, other)
    yield "check of bytes", lambda: validator.check(b'{"events":[]}', odd, now=other)
    yield "compile", lambda: validator.compile(odd)
    yield "jsonschema", lambda: validator.jsonschema(odd)
    yield "check_query", lambda: validator.check_query(odd)
    yield "decode", lambda: decode(odd)
    yield "decode with limits", lambda: decode(b"{}", odd)
    yield "normalize", lambda: normalize(odd)
    yield "SelfDescribingData.parse", lambda: SelfDescribingData.parse(odd)
    for kind in (SchemaKey, SchemaVer, SchemaCriterion):
        yield f"{kind.__name__}.parse", partial(_parsed, kind, odd)


def _made(draws: Draws, _: Validator) -> Iterator[Call]:
    """Make validators, retrievers, limits and names of what they may not have expected."""
    odd: Any = draws.odd(1)
    for option in ("registry", "engine", "limits", "formats", "dialect", "show_values", "plan"):
        yield f"Validator({option}=)", partial(Validator, **{option: odd})
    for kind in (Registry, Directory, InMemory, FirstOf, Cached):
        yield kind.__name__, partial(kind, odd)
    for option in ("bytes", "depth", "duplicate_keys", "backtracks"):
        yield f"Limits({option}=)", partial(Limits, **{option: odd})
    yield "InMemory of one", lambda: InMemory([odd])
    yield "SchemaVer", lambda: SchemaVer(odd, 0, 0)
    yield "SchemaKey", lambda: SchemaKey(odd, "a", "jsonschema", odd)
    yield "Registry.newest", lambda: _REGISTRY.newest(odd)
    yield "Registry.retrieve", lambda: _REGISTRY.retrieve(odd)
    yield "Registry.keys", lambda: _REGISTRY.keys(odd, odd)


def _plan(draws: Draws, _: Validator) -> Iterator[Call]:
    """Change an event plan, and check a payload by it."""
    plan = draws.mutated(draws.random.choice(draws.material.plans), draws.json)
    value = draws.mutated(draws.random.choice(draws.material.payloads), draws.json)
    given = draws.encoded(plan) if draws.chance(5) else plan
    yield "Validator(plan=)", lambda: Validator(registry=_REGISTRY, plan=given)
    yield "check by a plan", lambda: Validator(registry=_REGISTRY, plan=given).check(value)


def _name(draws: Draws, validator: Validator) -> Iterator[Call]:
    """Change the name of a schema."""
    name = draws.name()
    for kind in (SchemaKey, SchemaVer, SchemaCriterion):
        yield f"{kind.__name__}.parse", partial(_parsed, kind, name)
    yield "validate", lambda: validator.validate(b"{}", name)
    yield "check", lambda: validator.check({"schema": name, "data": {}})
    yield "jsonschema", lambda: validator.jsonschema(name)


def _schema(draws: Draws, validator: Validator) -> Iterator[Call]:
    """Change a schema, hand it over, and put it into a registry."""
    schema, value = draws.schema(), draws.json(3)
    raw = draws.encoded(draws.mutated(draws.random.choice(draws.material.suites)[1], draws.json))
    yield "compile", lambda: validator.compile(schema)
    yield "validate", lambda: validator.validate(value, schema)
    yield "validate of bytes", lambda: validator.validate(raw, schema)
    yield "check", lambda: validator.check(raw, schema)
    yield "jsonschema", lambda: validator.jsonschema(schema)
    if "pattern" not in str(schema):
        yield "validate by jsonschema", lambda: _SECOND.validate(value, schema)
    if draws.chance(3):
        own = draws.own()
        described = {**schema, "self": own} if type(schema) is dict else schema
        name = "iglu:" + "/".join(own.values())
        yield "a registry", lambda: _by_name(described, name, value)


def _parsed(kind: type[SchemaKey | SchemaVer | SchemaCriterion], given: Any) -> str:
    return str(kind.parse(given))


def _by_name(schema: Any, name: str, value: Any) -> Result:
    """Check what names a schema that a registry has."""
    registry = Registry(InMemory([schema]), _PACKAGED)
    return Validator(registry=registry).check({"schema": name, "data": value})


def _suite(draws: Draws, validator: Validator) -> Iterator[Call]:
    """Change a document that the schema of a suite judges."""
    uri, text = draws.random.choice(draws.material.suites)
    value = draws.mutated(text, draws.json)
    raw = draws.encoded(value)
    described = draws.encoded({"schema": uri, "data": value})
    yield "validate", lambda: validator.validate(raw, uri)
    yield "check", lambda: validator.check(raw, uri)
    yield "jsonschema", lambda: validator.jsonschema(uri)
    yield "check of what describes itself", lambda: validator.check(described)


_KINDS: dict[str, tuple[Callable[[Draws, Validator], Iterator[Call]], int]] = {
    "payload": (_payload, 180),
    "request": (_request, 180),
    "query": (_query, 140),
    "bytes": (_bytes, 140),
    "object": (_object, 130),
    "made": (_made, 10),
    "plan": (_plan, 10),
    "name": (_name, 59),
    "schema": (_schema, 80),
    "suite": (_suite, 80),
    "large": (_large, 1),
}
#: Those in which the second engine could take long.
_UNTRUSTED = ("schema", "large")
_NAMES = tuple(_KINDS)
_SHARES = tuple(share for _, share in _KINDS.values())


# Trying them.


def _read(result: Result) -> None:
    """Ask of a result all that it can tell; what it tells is JSON."""
    orjson.dumps((result.to_dict(), result.failed_events(), result.events, result.payload))
    tuple(map(str, result))
    if not result:
        try:
            result.raise_for_violations()
        except ValidatorError as error:
            str(error)


def _tried(call: str, what: Callable[[], object]) -> tuple[str, str]:
    """Make a call; give how it ended and, where that breaks the promise, what is wrong."""
    try:
        outcome = what()
        if type(outcome) is Result:
            _read(outcome)
            return "valid" if outcome else "invalid", ""
        if call.startswith(("check", "validate", "decode")):
            return "", f"gave {type(outcome).__name__}"
    except ValidatorError as error:
        str(error)
        return type(error).__name__, ""
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001  # a panic of the engine is no Exception
        frames = traceback.extract_tb(error.__traceback__)
        places = [f"{Path(each.filename).name}:{each.lineno}" for each in frames[-4:]]
        return "", f"{type(error).__name__}: {str(error)[:200]} ({' > '.join(places)})"
    return "value", ""


def trial(number: int, seed: int, material: Known, report: Report) -> None:
    """Draw a case, make its calls, and report them."""
    random = Random(f"{seed}:{number}")  # noqa: S311  # the same again is what is wanted
    draws = Draws(random, material)
    kind = random.choices(_NAMES, _SHARES)[0]
    report.cases += 1
    validator = random.choice(_VALIDATORS if kind in _UNTRUSTED else _TRUSTED)
    for call, what in _KINDS[kind][0](draws, validator):
        begin = time.thread_time()
        outcome, problem = _tried(call, what)
        took = time.thread_time() - begin
        report.calls += 1
        report.outcomes[outcome or "failure"] += 1
        if took > report.worst:
            report.worst, report.slowest = took, f"case {number}, {kind}, {call}"
        if not problem and took > MOST_SECONDS:
            problem = f"took {took:.2f} s of CPU"
        if problem:
            report.failures.append(Failure(number, kind, call, problem))


def run(numbers: range, seed: int, material: Known) -> Report:
    """Try the cases of these numbers."""
    report = Report()
    begin = time.perf_counter()
    for number in numbers:
        trial(number, seed, material, report)
    report.seconds = time.perf_counter() - begin
    return report


def main() -> int:
    """Try so many cases, and tell what came of them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000, help="how many cases (10,000)")
    parser.add_argument("--seed", type=int, default=0, help="what they are drawn from (0)")
    parser.add_argument("--begin", type=int, default=0, help="the number of the first (0)")
    parser.add_argument("--central", type=Path, default=CENTRAL, help="the folder of Iglu Central")
    given = parser.parse_args()
    central = given.central if given.central.is_dir() else None
    material = known(central)
    whose = "and of Iglu Central" if central else f"alone; no Iglu Central at {given.central}"
    print(f"the schemas that are changed: {len(material.schemas):,}, of this project {whose}")
    whole = Report()
    end = given.begin + given.cases
    with contextlib.suppress(KeyboardInterrupt):  # what was tried until then is told
        for begin in range(given.begin, end, _BATCH):
            faulthandler.dump_traceback_later(
                _HANGING, exit=True, file=sys.__stderr__ or sys.stderr
            )
            _add(whole, run(range(begin, min(begin + _BATCH, end)), given.seed, material))
            failures, most = len(whole.failures), getrusage(RUSAGE_SELF).ru_maxrss // 1024
            told = f"{whole.cases:,} cases, {whole.seconds:.0f} s, {most} MB, {failures} failures"
            print(told, file=sys.stderr, flush=True)
    faulthandler.cancel_dump_traceback_later()
    _tell(whole)
    return 1 if whole.failures else 0


def _add(whole: Report, report: Report) -> None:
    whole.cases += report.cases
    whole.calls += report.calls
    whole.seconds += report.seconds
    if report.worst > whole.worst:
        whole.worst, whole.slowest = report.worst, report.slowest
    whole.outcomes += report.outcomes
    whole.failures += report.failures


def _tell(report: Report) -> None:
    alike: dict[tuple[str, str], list[Failure]] = defaultdict(list)
    for failure in report.failures:
        alike[failure.call, failure.problem].append(failure)
    for (call, problem), failures in alike.items():
        first = failures[0]
        print(f"{len(failures)} x {call}: {problem}; first in case {first.case} ({first.kind})")
    print(f"{report.cases:,} cases, {report.calls:,} calls, {report.seconds:.0f} s")
    print(f"the slowest call: {report.worst:.3f} s of CPU ({report.slowest})")
    for outcome, count in report.outcomes.most_common():
        print(f"  {outcome}: {count:,}")
    print(f"{len(report.failures)} failures")


if __name__ == "__main__":
    sys.exit(main())
