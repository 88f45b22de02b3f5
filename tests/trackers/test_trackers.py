"""What a document is taken for, and which parts of it name schemas of their own."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest

from validator import SchemaCriterion, Validator, WrongUse, normalize, trackers
from validator.results import JSON

NOW = datetime(2023, 1, 1, tzinfo=UTC)
NOTE = {"schema": "iglu:com.acme/note/jsonschema/1-0-0", "data": {"text": "x"}}
USER = {"schema": "iglu:com.acme/user/jsonschema/1-0-0", "data": {"name": "Jo"}}


class Subclass(dict[str, JSON]):
    """A dict of another type, which may do anything when it is read."""


@pytest.mark.parametrize(
    ("document", "name"),
    [
        pytest.param(NOTE, "self-describing data", id="schema and data"),
        pytest.param(
            {**NOTE, "events": [], "source": {}}, "self-describing data", id="with events besides"
        ),
        pytest.param(
            {"schema": "iglu:", "data": None}, "self-describing data", id="a URI that is none"
        ),
        pytest.param({"events": []}, "Tracardi tracker payload", id="events alone"),
        pytest.param({"events": None}, "Tracardi tracker payload", id="events that are null"),
        pytest.param({"source": None}, "Tracardi tracker payload", id="source alone"),
        pytest.param(
            {"events": 1, "type": "a", "source": {}}, "Tracardi tracker payload", id="with a type"
        ),
        pytest.param(
            {"schema": "http://x", "data": 1, "events": []},
            "Tracardi tracker payload",
            id="a schema that is not Iglu's",
        ),
        pytest.param(
            {"type": None, "source": None}, "Tracardi event payload", id="type and source"
        ),
        pytest.param({"type": "a"}, None, id="type alone"),
        pytest.param({"session": {}, "profile": {}}, None, id="session and profile"),
        pytest.param({"schema": NOTE["schema"]}, None, id="schema alone"),
        pytest.param({"schema": 1, "data": 1}, None, id="a schema that is no text"),
        pytest.param({}, None, id="an empty object"),
        pytest.param([{"events": []}], None, id="an array"),
        pytest.param("events", None, id="a text"),
        pytest.param(None, None, id="null"),
        pytest.param(Subclass(events=[]), None, id="a subclass of dict"),
    ],
)
def test_recognizes(document: JSON, name: str | None) -> None:
    """The first family that fits is a document's; what fits none has none."""
    family = trackers.recognize(document)

    assert name == (family and family.name)


@pytest.mark.parametrize("family", trackers.FAMILIES, ids=lambda family: family.name)
def test_names_schemas_that_are_packaged(family: trackers.Family) -> None:
    """The criterion of each family fits a schema that the package ships."""
    key = Validator().compile(SchemaCriterion.parse(family.criterion))

    assert key is not None


@pytest.mark.parametrize("document", [NOTE, {"type": "Page View"}, [], None, "x"])
def test_gives_back_what_it_does_not_normalize(document: JSON) -> None:
    """Self-describing data, and what is of no family, is given back itself."""
    assert normalize(document, now=NOW) is document


@pytest.mark.parametrize(
    "document",
    [NOTE, {"events": []}, {"type": "a", "source": {}}, None],
    ids=["self-describing data", "tracker payload", "event payload", "of no family"],
)
def test_refuses_a_moment_without_zone(document: JSON) -> None:
    """`now` needs a time zone, whatever the document is."""
    with pytest.raises(WrongUse, match="time zone"):
        normalize(document, now=datetime(2023, 1, 1))  # noqa: DTZ001  # the case


def test_settles_self_describing_data_as_it_is() -> None:
    """Self-describing data that was decoded comes out as it went in."""
    result = Validator().check(b'{"schema": "iglu:a/b/jsonschema/1-0-0", "data": null}', now=NOW)

    assert result.payload == {"schema": "iglu:a/b/jsonschema/1-0-0", "data": None}


find = partial(trackers.self_describing_parts, at=())


def test_finds_parts_in_order() -> None:
    """Parts come in the order of the document, and what is within one comes after it."""
    outer = {"schema": "iglu:outer", "data": [NOTE, {"deep": [USER]}]}
    value = {"first": USER, "second": [outer, NOTE]}

    assert list(find(value)) == [
        (("first",), USER),
        (("second", 0), outer),
        (("second", 0, "data", 0), NOTE),
        (("second", 0, "data", 1, "deep", 0), USER),
        (("second", 1), NOTE),
    ]


def test_finds_the_value_itself() -> None:
    """A value that is self-describing is a part, at the place where it was found."""
    assert list(trackers.self_describing_parts(NOTE, ("properties",))) == [(("properties",), NOTE)]


@pytest.mark.parametrize("value", [None, True, 5, 1.5, "iglu:", [], {}, [[{}]], {"data": 1}])
def test_finds_nothing_where_there_is_nothing(value: JSON) -> None:
    """A value of any type may be looked at."""
    assert list(find(value)) == []


@pytest.mark.parametrize("properties", [5, True, "x", [5], None])
def test_checks_properties_of_any_type(properties: JSON) -> None:
    """Properties that are no object are reported; looking for parts in them does no harm."""
    event = {"type": "a", "properties": properties}
    envelope = {"source": {"id": "s"}, "session": None, "profile": None}

    result = Validator().check({**envelope, "properties": properties, "events": [event]})

    places = {violation.instance_location for violation in result}
    wrong = {"/properties", "/events/0/properties"}
    assert places == (set() if properties is None else wrong)
