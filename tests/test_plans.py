"""Event plans: what is one, what its schemas are, and what it says of the events of a payload."""

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from registries import acme, uri
from validator import (
    Cached,
    Directory,
    InMemory,
    InvalidSchema,
    Limits,
    NoSuchSchema,
    Packaged,
    Registry,
    RegistryUnavailable,
    Result,
    SchemaCriterion,
    SchemaKey,
    Validator,
    ValidatorError,
    Violation,
    WrongUse,
)
from validator.dialects import DEFAULT
from validator.judge import Judge, Tally
from validator.plans import Plan, Planned, Rule

_FIXTURES = Path(__file__).parents[1] / "fixtures"
_FILES = sorted((_FIXTURES / "plans").glob("*.json"))
_SUITE = json.loads((_FIXTURES / "org.eventpayload" / "event_plan" / "1-0-0.json").read_bytes())
_SCHEMA = "iglu:org.eventpayload/event_plan/jsonschema/1-0-0"
_ENVELOPE = {"source": {"id": "web"}, "session": None, "profile": None}


def _judge(*schemas: dict[str, Any], **limits: int) -> Judge:
    registry = Registry(InMemory(schemas, "mine"))
    return Judge(registry, Limits(**limits), "assert", DEFAULT, show_values=False)


def _plan(unplanned: str = "accept", **events: dict[str, str]) -> dict[str, Any]:
    """Make a plan; an underscore in a name is a hyphen in a type."""
    types = {name.replace("_", "-"): rules for name, rules in events.items()}
    return {"events": types, "unplanned": unplanned}


def _described(data: Any) -> dict[str, Any]:
    return {"schema": _SCHEMA, "data": data}


def _payload(*events: Any) -> dict[str, Any]:
    return {**_ENVELOPE, "events": list(events)}


# What is a plan.


def test_plan() -> None:
    """A plan is its rules, in their order, and what becomes of the rest."""
    plan = Plan.parse(
        _plan("refuse", page_view={"context": uri("page"), "properties": uri("view", "1-*-*")})
    )

    assert plan == Plan(
        (
            Rule("page-view", "context", SchemaCriterion.parse(uri("page"))),
            Rule("page-view", "properties", SchemaCriterion.parse(uri("view", "1-*-*"))),
        ),
        refuses_unplanned=True,
    )


@pytest.mark.parametrize(("unplanned", "refuses"), [("accept", False), ("refuse", True)])
def test_unplanned(unplanned: str, refuses: bool) -> None:  # noqa: FBT001  # a column of the table
    """A plan says what becomes of events that are not planned."""
    assert Plan.parse(_plan(unplanned)).refuses_unplanned is refuses


def test_accepts_what_is_not_planned_by_default() -> None:
    """A plan that does not say what becomes of the rest accepts it."""
    assert Plan.parse({"events": {}}) == Plan((), refuses_unplanned=False)


@pytest.mark.parametrize("arrive", [bytes, bytearray, memoryview])
def test_plan_as_text(arrive: Callable[[bytes], object]) -> None:
    """A plan as text is self-describing; as a dict it may be that, or its data alone."""
    data = _plan(page_view={"properties": uri("view")})
    text = json.dumps(_described(data)).encode()

    assert Plan.parse(arrive(text)) == Plan.parse(_described(data)) == Plan.parse(data)


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.name)
def test_plan_of_a_file(file: Path) -> None:
    """A plan of fixtures/ is one, its schemas are there, and `check` says it is valid."""
    registry = Registry(Cached(Packaged()), Directory(_FIXTURES / "registry"))
    judge = Judge(registry, Limits(), "assert", DEFAULT, show_values=False)

    plan = Plan.parse(file.read_bytes())

    assert plan.rules
    assert plan.resolve(judge)
    assert Validator().check(file.read_bytes())


def test_there_are_files() -> None:
    """The plans of fixtures/ are found."""
    assert len(_FILES) >= 2


@pytest.mark.parametrize("case", _SUITE["tests"], ids=lambda case: case["description"])
def test_reads_what_its_schema_accepts(case: dict[str, Any]) -> None:
    """What the schema of plans accepts is read, and what it refuses is not, as dict or as text."""
    for document in (_described(case["data"]), json.dumps(_described(case["data"])).encode()):
        if case["valid"]:
            assert Plan.parse(document)
        else:
            with pytest.raises(WrongUse, match=r"^not an event plan: "):
                Plan.parse(document)


_RULES = {"a": {"properties": uri("a")}}


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ("plan.json", "a plan is bytes (JSON text) or a dict; not 'plan.json'"),
        (Path("plan.json"), "a plan is bytes (JSON text) or a dict; not a value of type"),
        ([], "a plan is bytes (JSON text) or a dict; not a value of type list"),
        (b"", "not an event plan: not JSON: "),
        (b'{"schema": "' + _SCHEMA.encode() + b'"}', 'lacks the required property "data"'),
        (
            b'{"events": {}, "data": {}}',
            'not an event plan: lacks the required property "schema" (and 1 more)',
        ),
        (
            b'{"events": {}, "more": 1}',
            f'it names no schema; wrap it: {{"schema": "{_SCHEMA}", "data": ...}}',
        ),
        (b"[]", "not an event plan: must be of type object"),
        (b'{"a": 1, "a": 1}', "a name stands twice in one object, at line 1, column 10"),
        ({"events": {1: {}}}, "not an event plan: the names of an object are texts"),
        ({"events": {"a": {"properties": {1, 2}}}}, "a value of type set is not JSON"),
        ({"schema": _SCHEMA}, 'not an event plan: lacks the required property "data"'),
        ({"schema": 1, "data": {}}, "not an event plan: at /schema: must be of type string"),
        (
            {**_described({"events": {}}), "unplanned": "refuse"},
            'not an event plan: has unexpected properties: "unplanned"',
        ),
        ({"schema": "http://acme.com", "data": {}}, "its `schema` must fit iglu:org.eventpayload/"),
        ({"schema": "iglu:org.eventpayload", "data": {}}, "its `schema` must fit iglu:org."),
        (
            {"schema": uri("event_plan"), "data": {"events": {}}},
            f"event_plan/jsonschema/1-*-*; it is '{uri('event_plan')}'",
        ),
        (
            _described({"events": {}, "unplaned": "refuse"}),
            'at /data: has unexpected properties: "',
        ),
        ({"events": {}, "unplanned": 1}, "at /unplanned: must be of type string (and 1 more)"),
        (
            {"events": {"Page View": _RULES["a"]}},
            "not an event plan: the event type 'Page View' is no slug; its slug is 'page-view'",
        ),
        ({"events": {"---": _RULES["a"]}}, "not an event plan: the event type '---' is no slug"),
        (
            {"events": {"a": {"context": "iglu:com.acme/a/jsonschema/1-0"}}},
            "not an event plan: context of 'a': the version of a criterion is three numbers",
        ),
        (
            {"events": {"a": {"properties": uri("a", "1-0-9999999999")}}},
            "not an event plan: properties of 'a': addition is an integer from 0 to 2147483647",
        ),
    ],
    ids=repr,
)
def test_no_plan(document: object, told: str) -> None:
    """What is no plan is refused, and told why, and where."""
    with pytest.raises(WrongUse) as caught:
        Plan.parse(document)
    assert told in str(caught.value)


@pytest.mark.parametrize("hint", ["is no slug$", "the event type 'a{80}...' is no slug"])
def test_message_is_bounded(hint: str) -> None:
    """A type that is no slug is cut where it is long, and has no hint where it has no slug."""
    kind = "---" if hint.endswith("$") else "a" * 1000 + "_"
    with pytest.raises(WrongUse, match=hint) as caught:
        Plan.parse({"events": {kind: {}}})
    assert len(str(caught.value)) < 300


def test_plan_of_a_version_that_is_not_there() -> None:
    """A plan may name a newer schema of plans than there is here: that is told as what it is."""
    with pytest.raises(NoSuchSchema, match=r"event_plan/jsonschema/1-0-99"):
        Plan.parse({"schema": _SCHEMA.replace("1-0-0", "1-0-99"), "data": {"events": {}}})


@pytest.mark.parametrize(
    "document",
    [
        b'{"schema": "iglu:org.eventpayload/event_plan/jsonschema/1-*-*", "data": {"events": {}}}',
        b"[" * 10_000,
        b"\xff",
        b'{"schema":' * 60 + b"1" + b"}" * 60,
        None,
        {"schema": None, "data": None},
        {"events": {"a": {"properties": "iglu:\ud800"}}},
        {"events": {"a": {"properties": "x" * 2_000_000}}},
    ],
    ids=lambda each: repr(each)[:40],
)
def test_strange_plan(document: object) -> None:
    """Whatever is given for a plan, what is raised is an exception of ours."""
    with pytest.raises(ValidatorError):
        Plan.parse(document)


def test_plan_is_not_changed() -> None:
    """Reading a plan leaves it as it is, and what becomes of it later changes nothing."""
    document = _plan(a={"properties": uri("a")})
    before = json.dumps(document)

    plan = Plan.parse(document)
    assert json.dumps(document) == before
    document["events"]["a"]["properties"] = uri("b")

    assert str(plan.rules[0].criterion) == uri("a")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        plan.refuses_unplanned = True  # type: ignore[misc]  # it is what is tried


# What its schemas are.


def test_newest_schema_that_fits() -> None:
    """Each criterion stands for the newest schema that fits; a full URI for the one it names."""
    number, text, flag = ({"type": each} for each in ("integer", "string", "boolean"))
    judge = _judge(acme("a", **number), acme("a", "1-0-1", **text), acme("a", "1-1-0", **flag))
    events = {
        kind: {"properties": uri("a", version)}
        for kind, version in (("all", "*-*-*"), ("revision", "1-0-*"), ("one", "1-0-0"))
    }
    planned = Plan.parse({"events": events}).resolve(judge)

    held = {"all": True, "revision": "a", "one": 1}
    for kind in events:
        for of, value in held.items():
            found = _found(planned, _payload({"type": kind, "properties": value}))
            assert (found == []) is (of == kind)


@pytest.mark.parametrize(
    ("criterion", "error"),
    [
        (uri("none"), NoSuchSchema),
        (uri("a", "2-*-*"), NoSuchSchema),
        (uri("wrong", "1-*-*"), InvalidSchema),
        (uri("refers"), NoSuchSchema),
    ],
)
@pytest.mark.parametrize("part", ["properties", "context"])
def test_schema_that_can_not_judge(criterion: str, error: type[Exception], part: str) -> None:
    """Where a schema is missing, or can't judge, that is raised before any event comes."""
    judge = _judge(acme("a"), acme("wrong", type="strin"), acme("refers", items={"$ref": uri("b")}))
    plan = Plan.parse(_plan(a={"properties": uri("a")}, b={part: criterion}))
    with pytest.raises(error):
        plan.resolve(judge)


def test_registry_that_does_not_answer() -> None:
    """A registry that does not answer is told as that, and is asked anew the next time."""

    class Silent(InMemory):
        answers = False

        def keys(self) -> Any:
            if not self.answers:
                message = "no answer"
                raise RegistryUnavailable(message)
            return super().keys()

    source = Silent([acme("a")], "mine")
    judge = Judge(Registry(source), Limits(), "assert", DEFAULT, show_values=False)
    plan = Plan.parse(_plan(a={"properties": uri("a", "1-*-*")}))
    with pytest.raises(RegistryUnavailable):
        plan.resolve(judge)
    source.answers = True
    assert plan.resolve(judge)


def test_types_share_a_schema() -> None:
    """A schema that many types name is compiled once, and is the one that documents name."""
    judge = _judge(acme("a"))
    planned = Plan.parse(
        _plan(a={"properties": uri("a"), "context": uri("a")}, b={"properties": uri("a", "1-*-*")})
    ).resolve(judge)

    schemas = {id(schema) for parts in planned._schemas.values() for _, schema in parts}
    assert schemas == {id(judge.compiled(uri("a")))}


# What it says of events.


def _told(planned: Planned, payload: dict[str, Any], size: int | None = None) -> Tally:
    tally = Tally()
    size = len(json.dumps(payload)) if size is None else size
    planned.judge_events(payload, size, tally)
    return tally


def _violations(planned: Planned, payload: dict[str, Any]) -> list[Violation]:
    return _told(planned, payload).violations


def _found(planned: Planned, payload: dict[str, Any]) -> list[tuple[str, str | None, str]]:
    return [
        (each.code, each.keyword, each.instance_location) for each in _violations(planned, payload)
    ]


_PRICED = acme(
    "priced",
    type="object",
    required=["price"],
    properties={"price": {"type": "number"}, "name": {"type": "string"}},
    additionalProperties=False,
)
_PAGE = acme("page", type="object", properties={"url": {"type": "string"}})
_EVENTS = {
    "purchase": {"properties": uri("priced", "1-*-*"), "context": uri("page")},
    "page-view": {"context": uri("page", "1-0-*")},
}


def _planned(unplanned: str = "accept", *, show_values: bool = False, **limits: int) -> Planned:
    plan = Plan.parse({"events": _EVENTS, "unplanned": unplanned})
    return plan.resolve(_judge(_PRICED, _PAGE, **limits), show_values=show_values)


def _purchase(**properties: Any) -> dict[str, Any]:
    return {"type": "purchase", "properties": properties}


def test_events_that_are_as_planned() -> None:
    """Events that fit their schemas have no violation, and leave the tally as it is."""
    payload = _payload(
        {**_purchase(price=1.5), "context": {"url": "/"}},
        {"type": "page-view", "properties": {"price": "any"}, "context": {}},
        _purchase(price=0),
    )
    assert _told(_planned(), payload) == Tally()


def test_violation() -> None:
    """A violation tells the place in the payload, the type, the schema and its rule."""
    payload = _payload({"type": "a"}, _purchase(price="1", pirce=1))
    unexpected, price = sorted(_violations(_planned(), payload), key=lambda each: each.message)

    assert price == Violation(
        code="ValidationError",
        message="purchase: must be of type number",
        keyword="type",
        instance_location="/events/1/properties/price",
        keyword_location="/properties/price/type",
        schema=SchemaKey.parse(uri("priced")),
        absolute_keyword_location=f"{uri('priced')}#/properties/price/type",
    )
    assert unexpected.message == 'purchase: has unexpected properties: "pirce"'
    assert unexpected.instance_location == "/events/1/properties"


def test_violation_of_a_context() -> None:
    """The context of an event is judged by its own schema; that of the payload is not judged."""
    payload = {
        **_payload({"type": "page-view", "context": {"url": 1}}),
        "context": {"url": 1},
        "properties": {"price": "1"},
    }
    assert _found(_planned(), payload) == [("ValidationError", "type", "/events/0/context/url")]


def test_event_payload() -> None:
    """An event by itself is judged in its place, as one among others is."""
    event = {**_ENVELOPE, **_purchase(), "context": {"url": 1}}
    assert _found(_planned(), event) == [
        ("ValidationError", "required", "/properties"),
        ("ValidationError", "type", "/context/url"),
    ]
    assert _found(_planned("refuse"), {**event, "type": "a"}) == [("UnplannedEvent", None, "/type")]


@pytest.mark.parametrize("event", [{}, {"properties": None, "context": None}])
def test_what_is_absent(event: dict[str, Any]) -> None:
    """Properties or a context that are absent or null are judged as empty, and not changed."""
    payload = _payload({"type": "purchase", **event})
    before = json.dumps(payload)

    assert _found(_planned(), payload) == [("ValidationError", "required", "/events/0/properties")]
    assert json.dumps(payload) == before


def test_what_is_no_object() -> None:
    """What stands in place of properties, or of a context, is judged as it is."""
    payload = _payload({"type": "purchase", "properties": [], "context": 0})
    assert _found(_planned(), payload) == [
        ("ValidationError", "type", "/events/0/properties"),
        ("ValidationError", "type", "/events/0/context"),
    ]


@pytest.mark.parametrize(
    "events",
    [
        [None],
        [1, "purchase", []],
        [{}],
        [{"type": None}],
        [{"type": 1}],
        [{"type": ["purchase"]}],
        [[{"type": "x"}]],
        [],
    ],
    ids=str,
)
def test_what_is_no_event(events: list[Any]) -> None:
    """What is no event, or has no type that is a text, is for the schema of the payload to tell."""
    assert _told(_planned("refuse"), _payload(*events)) == Tally()


@pytest.mark.parametrize("events", [None, {}, "x", 1, {"0": {"type": "x"}}], ids=str)
def test_no_list_of_events(events: Any) -> None:
    """Where there is no list of events, there is nothing to judge."""
    assert _told(_planned("refuse"), {**_ENVELOPE, "events": events}) == Tally()
    assert _told(_planned("refuse"), {**_ENVELOPE}) == Tally()


@pytest.mark.parametrize("kind", ["Purchase", "purchase ", "", "page_view", "e" * 300])
def test_type_is_matched_to_the_letter(kind: str) -> None:
    """A type is looked up as it stands: normalization has made it a slug by then."""
    payload = _payload({"type": kind, "properties": {"price": "1"}})
    assert _found(_planned(), payload) == []
    assert _found(_planned("refuse"), payload) == [("UnplannedEvent", None, "/events/0/type")]


def test_event_that_is_not_planned() -> None:
    """An event that is not planned is told at its type, with what to do, and without the type."""
    (violation,) = _violations(_planned("refuse"), _payload(_purchase(price=1), {"type": "secret"}))
    assert violation == Violation(
        code="UnplannedEvent",
        message="must be an event type of the plan; correct it, or add it to the plan",
        instance_location="/events/1/type",
    )


def test_type_is_shown_where_values_are() -> None:
    """The type that is not planned is shown only where values are, and cut where it is long."""
    planned = _planned("refuse", show_values=True)
    short, long = _violations(planned, _payload({"type": "x\n"}, {"type": "y" * 1000}))
    assert short.message.endswith('; it is "x\\n"')
    assert long.message.endswith("yyy...")
    assert len(long.message) <= Limits().message


def test_bounded_texts() -> None:
    """Messages and places are cut as others are, whatever the length of a type."""
    kind = "long-" * 20 + "type"
    plan = Plan.parse({"events": {kind: {"properties": uri("priced")}}, "unplanned": "refuse"})
    for show_values in (False, True):
        planned = plan.resolve(_judge(_PRICED, message=40, location=8), show_values=show_values)
        for each in _violations(planned, _payload({"type": kind}, {"type": "x"})):
            assert len(each.message) == 40
            assert each.instance_location in {"/events", "/events/0", "/events/1"}
            assert len(each.instance_location) <= 8


def test_branches() -> None:
    """What each alternative lacks is told as it is elsewhere; the type is named once."""
    either = acme("either", anyOf=[{"required": ["a"]}, {"required": ["b"]}])
    planned = Plan.parse(_plan(x={"properties": uri("either")})).resolve(_judge(either))
    (violation,) = _violations(planned, _payload({"type": "x"}))
    assert violation.message.startswith("x: fits none of 2 alternatives; ")
    assert [each.message for branch in violation.branches for each in branch] == [
        'lacks the required property "a"',
        'lacks the required property "b"',
    ]


# Bounds.


@pytest.mark.parametrize("unplanned", ["accept", "refuse"])
@pytest.mark.parametrize("before", [0, 3, 5, 9])
def test_violations_are_bounded(unplanned: str, before: int) -> None:
    """One violation past the limit is looked for, so that it is known that there is one."""
    kinds = ("purchase", "unknown") if unplanned == "refuse" else ("purchase",)
    payload = _payload(*({"type": kind} for kind in kinds for _ in range(1_000)))
    tally = Tally(violations=[Violation(code="NotJSON", message="")] * before)
    _planned(unplanned, violations=5).judge_events(payload, 1_000, tally)
    assert len(tally.violations) == max(before + 1, 6)


def test_unplanned_violations_are_bounded() -> None:
    """Of many events that are not planned, as many are told as the limit says, and one."""
    payload = _payload(*[{"type": "x"}] * 100_000)
    assert len(_violations(_planned("refuse"), payload)) == Limits().violations + 1


def test_as_many_violations_as_are_listed() -> None:
    """Where there are as many as the limit, and no more, none is missing."""
    payload = _payload(*[_purchase()] * 5, *[_purchase(price=1)] * 5)
    assert len(_violations(_planned(violations=5), payload)) == 5


def test_several_violations_of_one_event() -> None:
    """An event lists as many violations as are left, one more, and says that there are others."""
    payload = _payload(_purchase(**{f"n{index}": 1 for index in range(9)}, name=1, price="1"))
    whole = _told(_planned(), payload)
    first = _told(_planned(violations=1), payload)
    assert (len(whole.violations), whole.truncated) == (3, False)
    assert (len(first.violations), first.truncated) == (2, True)


def test_event_that_is_too_complex() -> None:
    """An event that could take too long is refused, as a document of that size would be."""
    heavy = acme("heavy", items={"not": {"type": "string"}})
    plan = Plan.parse(_plan(x={"properties": uri("heavy")}))
    planned = plan.resolve(_judge(heavy, evaluations=30))
    payload = _payload({"type": "x", "properties": [1] * 99})

    assert _told(planned, payload, 20).violations == []
    (violation,) = _violations(planned, payload)
    assert (violation.code, violation.instance_location) == ("TooComplex", "/events/0/properties")
    assert violation.message.startswith("x: judging 100 values")


def test_small_events_of_a_large_payload() -> None:
    """Past the size of which a schema needs no look, each event is measured, and judged."""
    heavy = acme("heavy", items={"not": {"type": "string"}})
    plan = Plan.parse(_plan(x={"properties": uri("heavy")}))
    planned = plan.resolve(_judge(heavy, evaluations=300))
    payload = _payload({"type": "x", "properties": [1]}, {"type": "x", "properties": ["a"]})

    (schema,) = (schema for parts in planned._schemas.values() for _, schema in parts)
    found = _told(planned, payload, schema.at_once + 1).violations
    assert [each.instance_location for each in found] == ["/events/1/properties/0"]


def test_many_events_are_as_much_work_as_one() -> None:
    """What would be too much work as one document is too much as many events, of whatever types."""
    heavy = acme("heavy", items={"not": {"type": "string"}})
    rules = {"properties": uri("heavy"), "context": uri("heavy")}
    planned = Plan.parse(_plan(x=rules, y=rules)).resolve(_judge(heavy, evaluations=3_000))
    whole = _payload({"type": "x", "properties": [1] * 1_500})
    events = [{"type": kind, "properties": [1] * 9, "context": [1] * 4} for kind in "xy" * 75]
    size = len(json.dumps(_payload(*events)))

    refused = _told(planned, whole, size).violations[0]
    assert refused.code == "TooComplex"
    (schema,) = {
        id(each): each for parts in planned._schemas.values() for _, each in parts
    }.values()
    assert size > schema.at_once
    found = _told(planned, _payload(*events), size).violations
    assert {each.code for each in found} == {"TooComplex"}
    assert 30 < int(found[0].instance_location.split("/")[2]) < 100
    assert _told(planned, _payload(*events), schema.at_once).violations == []


def test_threads() -> None:
    """A plan that is ready may be shared between threads."""
    planned = _planned("refuse")
    payload = _payload(*[_purchase(price="1"), {"type": "x"}, _purchase(price=1)] * 20)
    expected = _found(planned, payload)
    found: list[Any] = []
    threads = [
        threading.Thread(target=lambda: found.extend(_found(planned, payload) for _ in range(20)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 160


# The whole way.


def _validator(unplanned: str = "accept", **options: Any) -> Validator:
    registry = Registry(Cached(Packaged()), InMemory([_PRICED, _PAGE], "mine"))
    plan = {"events": _EVENTS, "unplanned": unplanned}
    return Validator(registry=registry, plan=plan, **options)


def _of(result: Result) -> list[tuple[str, str]]:
    return [(each.code, each.instance_location) for each in result]


@pytest.mark.parametrize("calls", ["check", "validate"])
@pytest.mark.parametrize("as_text", [True, False])
def test_verdict_on_a_payload(calls: str, as_text: bool) -> None:  # noqa: FBT001  # a parameter
    """The events of a payload are judged by the plan, however the payload comes."""
    payload = _payload(_purchase(price=1), _purchase(price="1"), {"type": "x"})
    document = json.dumps(payload).encode() if as_text else payload

    assert _of(getattr(_validator(), calls)(document)) == [
        ("ValidationError", "/events/1/properties/price")
    ]
    assert _of(getattr(_validator("refuse"), calls)(document)) == [
        ("ValidationError", "/events/1/properties/price"),
        ("UnplannedEvent", "/events/2/type"),
    ]


def test_verdict_on_an_event_payload() -> None:
    """An event by itself is judged by the plan, too."""
    result = _validator().check({**_ENVELOPE, **_purchase(price="1")})
    assert _of(result) == [("ValidationError", "/properties/price")]
    assert str(result.schema) == "iglu:com.tracardi/event_payload/jsonschema/1-0-1"


def test_types_are_looked_up_after_normalization() -> None:
    """`check` looks the slug of a type up; `validate` the type as it was sent."""
    payload = _payload({"type": "Page_View", "context": {"url": 1}}, {"type": "Purchase"})
    validator = _validator()
    assert _of(validator.check(payload)) == [
        ("ValidationError", "/events/0/context/url"),
        ("ValidationError", "/events/1/properties"),
    ]
    assert {each.keyword for each in validator.validate(payload)} == {"pattern"}


def test_order_of_violations() -> None:
    """What is wrong with the payload comes first, then the plan's, then that of its parts."""
    payload = _payload(
        {"type": "x", "properties": {"a": {"schema": uri("page"), "data": 1}}}, _purchase(), 1
    )
    assert _of(_validator("refuse").check(payload)) == [
        ("ValidationError", "/events/2"),
        ("UnplannedEvent", "/events/0/type"),
        ("ValidationError", "/events/1/properties"),
        ("ValidationError", "/events/0/properties/a/data"),
    ]


def test_a_schema_named_for_the_whole() -> None:
    """Where a schema is named, the plan applies if it is one of the payload's own kind."""
    payload = {
        **_payload(_purchase(price="1")),
        "session": {"id": "s"},
        "profile": {"id": "p"},
    }
    validator = _validator()
    own = "iglu:com.tracardi/tracker_payload/jsonschema/1-0-0"
    assert _of(validator.check(payload, own)) == [("ValidationError", "/events/0/properties/price")]
    assert validator.check(payload, {"type": "object"})


def test_documents_that_a_plan_is_not_for() -> None:
    """A plan does not apply to Snowplow's events, which name their schemas, nor to other data."""
    event = {"e": "pv", "p": "web", "tv": "js", "type": "x"}
    payload_data = "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4"
    tracker = "iglu:com.tracardi/tracker_payload/jsonschema/1-0-1"
    held = _payload({"type": "x"}, _purchase(price="1"))
    validator, plain = _validator("refuse"), Validator()
    for document in (
        event,
        {"schema": payload_data, "data": [event]},
        {"schema": tracker, "data": held},
        {"schema": tracker, "data": held, "type": "x"},
        1,
    ):
        assert _of(validator.check(document)) == _of(plain.check(document))
    assert _of(validator.check_query("e=pv&p=web&tv=js&type=x")) == []


def test_violations_of_a_payload_are_bounded() -> None:
    """As many violations are listed as may be, of all that judge a payload together."""
    for number, truncated in ((5, False), (6, True), (9_999, True)):
        result = _validator(limits=Limits(violations=5)).check(_payload(*[_purchase()] * number))
        assert (len(result.violations), result.truncated) == (5, truncated)


def test_too_many_events() -> None:
    """Of a payload that has too many events to be valid, no event is judged by the plan."""
    registry = Registry(
        InMemory(
            [
                {
                    "self": {
                        "vendor": "com.tracardi",
                        "name": "tracker_payload",
                        "format": "jsonschema",
                        "version": "1-0-0",
                    }
                }
            ]
        )
    )
    plan = {"events": {}, "unplanned": "refuse"}
    validator = Validator(registry=registry, plan=plan, limits=Limits(bytes=130))
    payload = {"events": [{"type": 1}, *[1] * 10]}
    assert _of(validator.check(payload)) == [("TooComplex", "/events")]


def test_values_in_messages() -> None:
    """Messages of a plan carry values only where they are asked for."""
    payload = _payload({"type": "secret"}, _purchase(price="secret"))
    for show_values in (True, False):
        messages = [
            each.message for each in _validator("refuse", show_values=show_values).check(payload)
        ]
        assert len(messages) == 2
        assert all(("secret" in each) is show_values for each in messages)


@pytest.mark.parametrize(
    ("plan", "error"),
    [
        (b"{}", WrongUse),
        ("plan.json", WrongUse),
        (1, WrongUse),
        ({"events": {"a": {"properties": uri("none")}}}, NoSuchSchema),
    ],
    ids=repr,
)
def test_plan_that_can_not_be_used(plan: Any, error: type[Exception]) -> None:
    """A plan that is none, or whose schemas are not there, raises where the validator is made."""
    with pytest.raises(error):
        Validator(plan=plan)
