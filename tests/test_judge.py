"""Schemas by what names them: what is kept, what judges, what is said of those that can't."""

import json
from collections.abc import Iterable
from typing import Any

import pytest

from registries import acme, uri
from validator import (
    InMemory,
    InvalidIgluUri,
    InvalidSchema,
    Limits,
    NoSuchSchema,
    Packaged,
    Registry,
    RegistryUnavailable,
    Result,
    SchemaCriterion,
    SchemaKey,
    ValidationInfo,
    Validator,
    WrongUse,
)
from validator import judge as judges
from validator.dialects import DEFAULT
from validator.judge import Judge, Tally
from validator.violations import Violation


class _Counting(InMemory):
    """A registry that writes down what it is asked for."""

    def __init__(self, *schemas: dict[str, Any]) -> None:
        super().__init__(schemas, "mine")
        self.asked: list[str] = []

    def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
        self.asked.append(str(key))
        return super().retrieve(key, most)


def _judge(*retrievers: Any, show_values: bool = False, **limits: int) -> Judge:
    registry = Registry(*retrievers)
    return Judge(registry, Limits(**limits), "assert", DEFAULT, show_values=show_values)


def _of(*schemas: dict[str, Any], **limits: int) -> Judge:
    return _judge(_Counting(*schemas), **limits)


def _part(name: str, data: Any = None, version: str = "1-0-0") -> dict[str, Any]:
    return {"schema": uri(name, version), "data": data}


def _judged(judge: Judge, part: Any, tally: Tally | None = None, **options: int) -> list[Any]:
    """Judge a part at `/at`; give code and place of each violation."""
    tally = Tally() if tally is None else tally
    size = len(json.dumps(part))
    findings = judge.part(part, ("at",), options.get("size", size), tally, options.get("most", 9))
    return [(each.code, each.instance_location) for each in findings.violations]


# What a caller names.


def test_compiled_once() -> None:
    """A schema is looked up once, and is the same one by its URI and its key."""
    source = _Counting(acme("x"))
    judge = _judge(source)
    found = [judge.compiled(each) for each in (uri("x"), SchemaKey.parse(uri("x")), uri("x"))]
    assert found[0] is found[1] is found[2]
    assert source.asked == [uri("x")]


def test_criterion_is_settled_once() -> None:
    """A criterion names the newest schema of its first use, and that one from then on."""
    listed = [acme("x")]

    class Growing:
        name = "growing"

        def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
            return InMemory(listed).retrieve(key, most)

        def keys(self) -> Iterable[SchemaKey]:
            return InMemory(listed).keys()

    judge = _judge(Growing())
    criterion = SchemaCriterion.parse(uri("x", "1-*-*"))
    first = judge.compiled(criterion)
    listed.append(acme("x", "1-0-1"))
    assert judge.compiled(criterion) is judge.compiled(str(criterion)) is first
    assert first.key == SchemaKey.parse(uri("x"))


def test_many_schemas_by_hand() -> None:
    """So many schemas that were handed over are kept, and no more; each judges all the same."""
    judge = _of()
    for number in range(300):
        assert judge.compiled({"const": number}).is_valid(number)
        assert judge.compiled({"const": number}) is judge.compiled({"const": number})
    assert len(judge._handed_over) <= judges._KEPT == 128


def test_schema_by_hand_of_a_name_that_is_known() -> None:
    """A schema that is handed over judges by itself, and takes no other's place."""
    judge = _of(acme("x", type="object"))
    named = judge.compiled(uri("x"))
    by_hand = judge.compiled(acme("x", type="array"))
    assert by_hand.key == named.key
    assert judge.compiled(uri("x")) is named
    assert by_hand.is_valid([])
    assert not named.is_valid([])


def test_superseded_schema_that_a_caller_names() -> None:
    """Whoever names a schema for the whole document gets that one, superseded or not."""
    judge = _of(acme("x", by="1-0-1", type="object"), acme("x", "1-0-1", type="array"))
    assert judge.compiled(uri("x")).is_valid({})
    assert _judged(judge, _part("x", [])) == []
    assert judge.compiled(uri("x")).is_valid({})


@pytest.mark.parametrize(
    ("named", "error"),
    [
        (5, WrongUse),
        (None, WrongUse),
        (b"iglu:a/b/jsonschema/1-0-0", WrongUse),
        ("", InvalidIgluUri),
        (uri("x", "1-0"), InvalidIgluUri),
        (uri("y"), NoSuchSchema),
        (uri("x", "2-*-*"), NoSuchSchema),
        (uri("wrong"), InvalidSchema),
        ({"type": "strin"}, InvalidSchema),
        ({1: 2}, InvalidSchema),
    ],
    ids=str,
)
def test_what_can_not_judge(named: Any, error: type[Exception]) -> None:
    """What names no schema that can judge raises, each time, and nothing of it is kept."""
    judge = _of(acme("x"), acme("wrong", type="strin"))
    for _ in range(2):
        with pytest.raises(error):
            judge.compiled(named)
    assert (judge._named, judge._handed_over) == ({}, {})


def test_name_of_a_class_that_fights_back() -> None:
    """What names no schema is wrong use; its class, which may have no hash, is not looked up."""
    odd: Any = type("Unhashable", (type,), {"__hash__": None})("Odd", (), {})()
    with pytest.raises(WrongUse, match="; not Odd"):
        _of(acme("x")).compiled(odd)


# What data names.


def test_part() -> None:
    """Data is judged by the schema that it names; what is wrong is told with its place."""
    judge = _of(acme("x", type="string"))
    assert _judged(judge, _part("x", "a")) == []
    assert _judged(judge, _part("x", 1)) == [("ValidationError", "/at/data")]


@pytest.mark.parametrize(("most", "listed"), [(0, 0), (1, 1), (2, 2), (5, 3)])
def test_violations_of_a_part(most: int, listed: int) -> None:
    """As many violations are listed as are wanted."""
    judge = _of(acme("x", items={"type": "string"}))
    assert len(_judged(judge, _part("x", [1, 2, 3]), most=most)) == listed


def test_ready() -> None:
    """A schema is ready once it has judged data that names it: not before, and not by hand."""
    judge = _of(acme("x", type="string"))
    assert judge.described(uri("x")) is None
    judge.compiled(uri("x"))
    judge.compiled(acme("x"))
    assert (judge.ready, judge.described(uri("x"))) == ({}, None)

    _judged(judge, _part("x", 1))

    assert judge.ready == {uri("x"): judge.described(uri("x"))}
    assert judge.described(uri("x")) is judge.compiled(uri("x"))


def test_looked_up_once_for_all() -> None:
    """What names one schema, or one that it refers to, shares it; it is looked up once."""
    source = _Counting(acme("x"), acme("y", items={"$ref": uri("x")}))
    judge = _judge(source)
    for _ in range(3):
        _judged(judge, _part("x", 1))
        _judged(judge, _part("y", [1]))
    assert source.asked == [uri("x"), uri("y"), uri("x")]


def test_told() -> None:
    """Why a schema can't judge is found out once for a document, and told at each place."""
    source = _Counting(acme("wrong", type="strin"))
    judge, tally = _judge(source), Tally()
    for _ in range(2):
        assert _judged(judge, _part("no"), tally) == [("ResolutionError", "/at")]
        assert _judged(judge, _part("wrong"), tally) == [("InvalidSchema", "/at")]
    assert source.asked == [uri("no"), uri("wrong")]
    assert list(tally.unresolved) == [uri("no"), uri("wrong")]
    assert {name: each.schema for name, each in tally.told.items()} == {
        name: SchemaKey.parse(name) for name in tally.unresolved
    }
    assert judge.ready == {}


def test_told_of_another_event() -> None:
    """Events of a document share what was found out; each has its own list of the unresolved."""
    source = _Counting()
    judge = _judge(source)
    told: dict[str, Violation] = {}
    first, second, third = Tally(told), Tally(told), Tally(told)
    _judged(judge, _part("no"), first)
    _judged(judge, _part("no"), second)
    assert (list(first.unresolved), list(second.unresolved)) == ([uri("no")], [uri("no")])
    assert list(third.unresolved) == []
    assert (first.parts, second.parts, third.parts, len(source.asked)) == (1, 1, 0, 1)


def test_asked_again_for_another_document() -> None:
    """What was told of a schema is not kept: for the next document the registry is asked again."""
    source = _Counting()
    judge = _judge(source)
    for _ in range(3):
        assert _judged(judge, _part("no")) == [("ResolutionError", "/at")]
    assert source.asked == [uri("no")] * 3


def test_no_iglu_uri() -> None:
    """A name that is no Iglu URI is told where it stands, and has nothing to be resolved."""
    judge, tally = _of(), Tally()
    for name in ("iglu:", "iglu:../x/jsonschema/1-0-0", uri("x", "1-*-*"), uri("x", "1-0")):
        part = {"schema": name, "data": 1}
        assert _judged(judge, part, tally) == [("NotIglu", "/at/schema")]
    assert (tally.unresolved, tally.told) == ({}, {})


@pytest.mark.parametrize("show_values", [True, False])
def test_values_in_the_message_of_a_name(show_values: bool) -> None:  # noqa: FBT001  # a parameter
    """What a part has in place of an Iglu URI is shown only where values are."""
    judge = _judge(_Counting(), show_values=show_values)
    findings = judge.part({"schema": "iglu:secret", "data": 1}, (), 9, Tally(), 9)
    assert ("secret" in findings.violations[0].message) is show_values


def test_as_many_parts() -> None:
    """One part more than a document may hold is told, not judged, and ends the list."""
    judge, tally = _of(acme("x", type="string"), parts=2), Tally()
    for _ in range(2):
        assert _judged(judge, _part("x", 1), tally) == [("ValidationError", "/at/data")]
    findings = judge.part(_part("x", 1), ("at",), 9, tally, 9)
    assert [each.code for each in findings.violations] == ["TooManyParts"]
    assert findings.violations[0].message == (
        "a document, or an event of a request, may hold 2 parts that name their schemas"
    )
    assert findings.truncated


def test_suggestions_are_bounded() -> None:
    """Of many schemas that are not there, the first ten are told with what was meant."""
    judge, tally = _of(acme("user")), Tally()
    messages = [
        judge.part(_part(f"user{number}"), (), 9, tally, 9).violations[0].message
        for number in range(12)
    ]
    assert [f"did you mean {uri('user')}" in each for each in messages] == [
        *[True] * 10,
        *[False] * 2,
    ]


def test_bounded_messages() -> None:
    """What is told of a schema is cut as other messages and places are."""
    judge = _of(message=40, location=3)
    for part in (_part("y" * 100), {"schema": "iglu:" + "z" * 900, "data": 1}):
        (violation,) = judge.part(part, ("a", "bc"), 9, Tally(), 9).violations
        assert (len(violation.message), violation.instance_location) == (40, "/a")


def test_part_that_is_too_complex() -> None:
    """A part counts as large as it may be."""
    judge = _of(acme("x", items={"not": {"type": "string"}}), evaluations=30)
    assert _judged(judge, _part("x", [1] * 9), size=40) == []
    assert _judged(judge, _part("x", [1] * 99)) == [("TooComplex", "/at/data")]


# What the packaged schemas ask.

_CONTEXTS = "iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1"


def _contexts(**keywords: Any) -> dict[str, Any]:
    own = json.loads(Packaged().retrieve(SchemaKey.parse(_CONTEXTS), 10**6) or b"")
    return {**own, **keywords}


def _is_as_packaged(*retrievers: Any) -> bool:
    judge = _judge(*retrievers)
    part = {"schema": _CONTEXTS, "data": [1]}
    _judged(judge, part)
    found = judge.is_as_packaged(_CONTEXTS)
    assert judge.is_as_packaged(_CONTEXTS) is found
    return found


def test_as_packaged() -> None:
    """Whatever a schema tells, it is as packaged if it asks what that of its name does."""
    assert _is_as_packaged(Packaged())
    assert _is_as_packaged(InMemory([_contexts()]))
    assert _is_as_packaged(InMemory([_contexts(description="x")]))
    assert _is_as_packaged(InMemory([dict(reversed(_contexts().items()))]))
    without = _contexts()
    del without["description"], without["$schema"], without["items"]["description"]
    assert _is_as_packaged(InMemory([without]))


@pytest.mark.parametrize(
    "keywords",
    [
        {"maxItems": 1},
        {"type": ["array"]},
        {"items": {}},
        {"items": []},
        {"items": {**_contexts()["items"], "required": ["schema"]}},
        {"enum": [[]]},
    ],
    ids=str,
)
def test_not_as_packaged(keywords: dict[str, Any]) -> None:
    """A schema that asks more, less or something else is not, wherever it is found first."""
    assert not _is_as_packaged(InMemory([_contexts(**keywords)]))
    assert not _is_as_packaged(InMemory([_contexts(**keywords)]), Packaged())
    assert _is_as_packaged(Packaged(), InMemory([_contexts(**keywords)]))


def test_as_packaged_before_it_is_ready() -> None:
    """Of a schema that is not ready nothing is said, and nothing is asked."""
    source = _Counting(_contexts())
    judge = _judge(source)
    assert not judge.is_as_packaged(_CONTEXTS)
    assert source.asked == []
    for _ in range(3):
        _judged(judge, {"schema": _CONTEXTS, "data": []})
        assert judge.is_as_packaged(_CONTEXTS)
    assert source.asked == [_CONTEXTS] * 2


def test_as_packaged_while_the_registry_does_not_answer() -> None:
    """What is not known for want of an answer is asked again."""

    class Failing(_Counting):
        fails = False

        def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
            if self.fails:
                message = "no answer"
                raise RegistryUnavailable(message)
            return super().retrieve(key, most)

    source = Failing(_contexts())
    judge = _judge(source)
    _judged(judge, {"schema": _CONTEXTS, "data": []})
    source.fails = True
    assert not judge.is_as_packaged(_CONTEXTS)
    source.fails = False
    assert judge.is_as_packaged(_CONTEXTS)


# What is superseded.

_OLD = acme("x", type="object")
_NEW = acme("x", "1-0-1", type="array", of=["1-0-0"])
_INFO = ValidationInfo(SchemaKey.parse(uri("x")), SchemaKey.parse(uri("x", "1-0-1")))


def test_superseded() -> None:
    """Data is judged by the schema that supersedes its own, which is told once."""
    judge, tally = _of(_OLD, _NEW), Tally()
    assert _judged(judge, _part("x", []), tally) == []
    assert _judged(judge, _part("x", {}), tally) == [("ValidationError", "/at/data")]
    assert list(tally.info) == [_INFO]
    assert judge.ready == {}
    assert judge.described(uri("x")) is judge.compiled(uri("x", "1-0-1"))


def test_violation_of_what_supersedes() -> None:
    """What is broken is a rule of the schema that judges, and it is named."""
    findings = _of(_OLD, _NEW).part(_part("x", {}), (), 9, Tally(), 9)
    assert findings.violations[0].schema == SchemaKey.parse(uri("x", "1-0-1"))


def test_not_superseded() -> None:
    """Data that names the newer version itself is judged by it, and nothing is told of that."""
    judge, tally = _of(_OLD, _NEW), Tally()
    assert _judged(judge, _part("x", [], "1-0-1"), tally) == []
    assert tally.info == {}
    assert set(judge.ready) == {uri("x", "1-0-1")}


def test_superseded_schema_that_is_invalid() -> None:
    """Where an older schema can't judge, one that supersedes it can."""
    invalid = acme("x", type="strin")
    assert _judged(_of(invalid), _part("x", [])) == [("InvalidSchema", "/at")]
    assert _judged(_of(invalid, _NEW), _part("x", [])) == []


def test_superseding_schema_that_is_invalid() -> None:
    """Where the schema that supersedes can't judge, the data that names the older is unresolved."""
    invalid = acme("x", "1-0-1", type="strin", of=["1-0-0"])
    judge, tally = _of(_OLD, invalid), Tally()
    assert _judged(judge, _part("x", {}), tally) == [("InvalidSchema", "/at")]
    assert (list(tally.unresolved), tally.info) == ([uri("x")], {})
    (told,) = tally.told.values()
    assert uri("x", "1-0-1") in told.message
    assert told.schema == SchemaKey.parse(uri("x"))


def test_superseding_schema_that_is_not_there() -> None:
    """Where the schema that supersedes is missing, the data is unresolved, and it says by what."""
    judge, tally = _of(acme("x", by="1-0-7")), Tally()
    assert _judged(judge, _part("x", {}), tally) == [("ResolutionError", "/at")]
    assert list(tally.unresolved) == [uri("x")]
    (told,) = tally.told.values()
    assert told.message.startswith(f"no such schema: {uri('x', '1-0-7')}")
    assert uri("x") in told.message.replace(uri("x", "1-0-7"), "")
    assert "did you mean" not in told.message


def test_superseding_schema_that_does_not_answer() -> None:
    """A verdict of the older schema is not given, and kept, while the newer can't be asked."""

    class Failing(_Counting):
        fails = True

        def retrieve(self, key: SchemaKey, most: int) -> bytes | None:
            if self.fails and str(key) == uri("x", "1-0-1"):
                message = "no answer"
                raise RegistryUnavailable(message)
            return super().retrieve(key, most)

    source = Failing(_OLD, _NEW)
    judge = _judge(source)
    assert _judged(judge, _part("x", {})) == [("ResolutionError", "/at")]
    source.fails = False
    assert _judged(judge, _part("x", [])) == []


def _told(result: Result) -> tuple[bool, tuple[ValidationInfo, ...]]:
    return bool(result), result.validation_info


@pytest.mark.parametrize("asks", ["check", "validate"])
def test_validation_info_of_a_result(asks: str) -> None:
    """The result tells which parts were judged by a newer version than they name, each once."""
    validator = Validator(registry=Registry(Packaged(), InMemory([_OLD, _NEW])))
    call = getattr(validator, asks)
    envelope = {"source": {"id": "web"}, "session": None, "profile": None}
    held = {"a": [_part("x", []), _part("x", [], "1-0-1"), _part("x", [])]}
    payload = {**envelope, "events": [{"type": "a", "properties": held}]}

    assert _told(call(payload)) == _told(call(_part("x", []))) == (True, (_INFO,))
    assert _told(call(_part("x", {}))) == (False, (_INFO,))
    assert _told(call(_part("x", [], "1-0-1"))) == (True, ())
    assert call(_part("x", [])).schema == SchemaKey.parse(uri("x", "1-0-1"))
    assert call(_part("x", []), uri("x")).validation_info == ()
