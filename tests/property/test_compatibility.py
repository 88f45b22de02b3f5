"""What holds of the proof, the search and the witnesses of compatibility, for pairs of schemas.

Each pair is drawn of its number, so that any that fails can be asked again. With EVERY_SCHEMA=1 in
the environment all are asked, which CI does; else every so many.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import permutations
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks.schema_changes import OPERATORS, Changed, as_dialect, changed
from drawn_schemas import DOCUMENTS, NUMBERED, Draws, named, pair
from opinions import cause, engines
from questions import operands
from validator import Cached, Directory, NoVerdict, Packaged, Registry, SchemaKey
from validator.compatibility import compare
from validator.compatibility.deciding import Budget, decide, refute
from validator.compatibility.operands import Operand
from validator.compatibility.verdicts import Direction
from validator.dialects import DIALECTS

_ROOT = Path(__file__).parents[2]
_IGLU_CENTRAL = _ROOT.parent / "shared" / "corpora" / "iglu-central"
_LOCAL = Registry(Cached(Packaged()), Cached(Directory(_ROOT / "fixtures" / "registry")))
_EVERY = int(os.environ.get("EVERY_SCHEMA", "20"))
#: So many pairs are drawn if all are asked; of each, both directions.
_PAIRS = 6_000
_CHAINS = 1_500
#: The search beside a proof: documents, and seconds.
_SEARCH = Budget(steps=150, seconds=2.0)
#: One in so many directions of the mutations may be unknown.
_UNKNOWN = 100
#: Of so many ways to change a schema of Iglu Central, one is tried.
_WAYS = 10
#: The dialects that a real schema is read in, one after the other; "" is its own.
_READ_IN = ("", "draft-07", "2020-12")
_NOT_USABLE = "iglu:com.snowplowanalytics.sauna.commands/command/jsonschema/1-0-0"


def _keys(registry: Registry) -> list[SchemaKey]:
    keys = registry.keys()
    return [key for key in keys if key.format == "jsonschema" and str(key) != _NOT_USABLE]


def _central() -> Registry:
    if not _IGLU_CENTRAL.is_dir():
        pytest.skip("Iglu Central's schemas are not here")
    return Registry(Cached(Directory(_IGLU_CENTRAL)))


def _decided(inner: Operand, outer: Operand, told: str) -> Direction:
    """Decide a direction; no document contradicts a proof, and a witness is one."""
    found = decide(inner, outer, Budget(steps=400))
    if found.witness is not None:
        document = found.witness.document
        assert inner.accepts(document), told
        assert not outer.accepts(document), told
    if found:
        against = [each for each in DOCUMENTS if inner.accepts(each) and not outer.accepts(each)]
        assert against == [], told
        assert refute(inner, outer, _SEARCH) is None, told
    return found


# Schemas that are drawn.


def _pairs() -> Iterator[tuple[str, tuple[Operand, ...]]]:
    """Draw pairs of schemas, all of which can judge, with what tells them."""
    for number in range(0, _PAIRS, _EVERY):
        random = Random(number)
        schemas = pair(random)
        formats = random.choice(("assert", "annotate"))
        try:
            yield f"pair {number}", operands(*schemas, formats=formats)
        except NoVerdict:  # a reference to itself alone, a pattern that is none
            continue


def test_proof_and_search_never_disagree() -> None:
    """Proof and search never disagree: what is proved, no search refutes, in any dialect."""
    verdicts = Counter[str]()
    for told, (one, other) in _pairs():
        for inner, outer in ((one, other), (other, one)):
            verdicts[_decided(inner, outer, told).verdict] += 1

    assert verdicts["proved"] > 0.5 * _PAIRS / _EVERY  # 3,000 where all are asked
    assert verdicts["refuted"] > 0.5 * _PAIRS / _EVERY
    assert verdicts["unknown"] < 0.05 * verdicts.total()


def test_containment_is_transitive() -> None:
    """What is proved for A in B and B in C is never refuted for A in C."""
    chains = 0
    for number in range(0, _CHAINS, _EVERY):
        random = Random(f"chain {number}")
        dialect = random.choice(sorted(DIALECTS))
        draws = Draws(random, dialect)
        schemas = [draws.schema()]
        schemas += [draws.near(schemas[0]), draws.near(schemas[0])]
        try:
            several = operands(*(named(each, dialect) for each in schemas))
        except NoVerdict:
            continue
        budget = Budget(steps=100)
        sides = {pair: decide(*pair, budget).verdict for pair in permutations(several, 2)}
        for first, second, third in permutations(several):
            if sides[first, second] == sides[second, third] == "proved":
                chains += 1
                assert sides[first, third] != "refuted", f"chain {number}"

    assert chains > _CHAINS / _EVERY / 4


def test_witnesses_verify() -> None:
    """Witnesses always verify: a Validator says so, and so does the reference, where it can."""
    both = engines()
    counted = Counter[str]()
    for number in range(0, _PAIRS, 2 * _EVERY):
        schemas = pair(Random(number))
        try:
            found = decide(*operands(*schemas), Budget(steps=200))
        except NoVerdict:
            continue
        if found.witness is None:
            continue
        raw = json.dumps(found.witness.document).encode()
        first = [both[0].validate(raw, each) for each in schemas]
        assert list(map(bool, first)) == [True, False], number
        assert found.witness.violation.keyword in {each.keyword for each in first[1]}
        counted["verified"] += 1
        counted[_second_opinion(both[1], schemas, found.witness.document, first)] += 1

    assert counted["verified"] > 0.15 * _PAIRS / _EVERY
    assert counted["same"] > 0.9 * counted["verified"]
    assert counted["other"] <= 0.01 * counted["verified"]


def _second_opinion(reference: Any, schemas: Any, document: Any, first: list[Any]) -> str:
    """Tell whether the reference says the same of a witness: it may be known not to."""
    raw = json.dumps(document).encode()
    try:
        second = [reference.validate(raw, each) for each in schemas]
    except NoVerdict:  # a pattern that Python does not take
        return "none"
    if list(map(bool, second)) == [True, False]:
        return "same"
    known = all(
        bool(one) == bool(two) or cause(document, one, two)
        for one, two in zip(first, second, strict=True)
    )
    return "known" if known else "other"


# Real schemas.


def _mutated(
    registry: Registry, keys: Iterable[SchemaKey], every: int
) -> Iterator[tuple[str, Changed]]:
    """Change real schemas in so many of the ways that can be, each schema in other ones."""
    for number, key in enumerate(keys):
        dialect = _READ_IN[number % len(_READ_IN)]
        schema = json.loads(registry.read(key))
        schema = as_dialect(schema, dialect) if dialect else schema
        try:
            operands(schema, registry=registry)
        except NoVerdict:  # what draft-04 allows, a later dialect may not
            continue
        for operator in OPERATORS[number % every :: every]:
            told = f"{operator.name} of {key} {dialect}"
            found = changed(operator, schema, Random(told), registry)
            if found is not None:
                yield told, found


def _of_mutations(registry: Registry, keys: Iterable[SchemaKey], every: int) -> Counter[str]:
    """Decide all mutations: each direction is the one by construction, or is unknown."""
    verdicts = Counter[str]()
    for told, each in _mutated(registry, keys, every):
        old, new = operands(each.old, each.new, registry=registry)
        for inner, outer, lost in ((old, new, each.lost), (new, old, each.gained)):
            found = _decided(inner, outer, told)
            assert found.verdict in {"refuted" if lost else "proved", "unknown"}, told
            verdicts[found.verdict] += 1
        verdicts[each.operator] += 1
    return verdicts


def _hold(verdicts: Counter[str], at_least: int) -> None:
    decided = verdicts["proved"] + verdicts["refuted"]
    assert min(verdicts["proved"], verdicts["refuted"]) > at_least
    assert verdicts["unknown"] <= max(2, decided / _UNKNOWN)


def test_mutations_have_their_direction() -> None:
    """Each operator gives, over our own schemas, the direction that it has by construction."""
    every = 1 if _EVERY == 1 else 3 * _EVERY
    verdicts = _of_mutations(_LOCAL, _keys(_LOCAL), every)

    _hold(verdicts, 800 // every)


@pytest.mark.shared
def test_mutations_of_iglu_central_have_their_direction() -> None:
    """So it is over Iglu Central's schemas; nearly each operator is seen."""
    registry = _central()
    verdicts = _of_mutations(
        registry, _keys(registry)[::_EVERY], _WAYS if _EVERY == 1 else 2 * _WAYS
    )

    _hold(verdicts, 500 // _EVERY)
    seen = verdicts.keys() & {each.name for each in OPERATORS}
    assert len(seen) >= (20 if _EVERY > 1 else 54)


def _not_equal_to_themselves(registry: Registry, keys: Iterable[SchemaKey]) -> list[str]:
    """Give the schemas that are not proved to accept what they accept."""
    found = []
    for key in keys:
        comparison = compare(key, json.loads(registry.read(key)), registry=registry)
        assert (comparison.changes, comparison.step) == ((), "NONE"), key
        if not comparison.is_equal:
            found.append(str(key))
    return found


def test_equal_to_themselves() -> None:
    """Comparing a schema with itself, it is proved to be equal: each of our own."""
    assert _not_equal_to_themselves(_LOCAL, _keys(_LOCAL)) == []


@pytest.mark.shared
def test_iglu_central_is_equal_to_itself() -> None:
    """So is each of Iglu Central's."""
    registry = _central()

    assert _not_equal_to_themselves(registry, _keys(registry)[::_EVERY]) == []


def test_renaming_a_definition_changes_nothing() -> None:
    """Renaming a definition changes nothing: it is proved, as of the schema beside itself."""
    operator = next(each for each in OPERATORS if each.name == "definition renamed")
    schemas = [json.loads(_LOCAL.read(key)) for key in _keys(_LOCAL)]
    real = len(schemas)
    for number in range(0, _PAIRS, 10 * _EVERY):
        dialect = NUMBERED[number // _EVERY % len(NUMBERED)]
        schemas.append(named(Draws(Random(number), dialect).schema(), dialect))
    verdicts = Counter[str]()
    for number, schema in enumerate(schemas):
        found = changed(operator, schema, Random(0), _LOCAL)
        if found is None:
            continue
        old, same, new = operands(found.old, found.old, found.new, registry=_LOCAL)
        expected = decide(old, same, _SEARCH).verdict
        for inner, outer in ((old, new), (new, old)):
            verdict = _decided(inner, outer, str(schema)).verdict
            assert verdict == expected or (number >= real and verdict == "unknown"), schema
            verdicts[verdict] += 1

    # Of what is drawn, references within alternatives are not always seen to be the same.
    assert verdicts["proved"] >= 15
    assert verdicts["unknown"] <= 0.1 * verdicts.total()
