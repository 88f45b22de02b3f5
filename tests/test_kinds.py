"""The errors of jsonschema as those of jsonschema-rs: the keyword, and how it is broken."""

from typing import Any

import jsonschema_rs
import pytest

from registries import closed
from validator import Limits
from validator.kinds import Error
from validator.reference import Reference


def _errors(contents: Any, document: Any, dialect: str = "2020-12") -> list[Error]:
    closure = closed(contents, dialect=dialect)
    reference = Reference(closure, limits=Limits(), formats="assert", told={})
    return list(reference.iter_errors(document))


def _named(error: Error) -> str:
    return type(error.kind).__name__


@pytest.mark.parametrize(
    ("keyword", "value", "document", "kind", "told"),
    [
        ("const", {"b": 1, "a": 1}, 1, "Constant", {"expected_value": {"a": 1, "b": 1}}),
        ("enum", [{"b": 1, "a": 1}], 1, "Enum", {"options": [{"a": 1, "b": 1}]}),
        ("format", "date", "a", "Format", {"format": "date"}),
        ("exclusiveMaximum", 1, 1, "ExclusiveMaximum", {"limit": 1}),
        ("exclusiveMinimum", 1, 1, "ExclusiveMinimum", {"limit": 1}),
        ("maximum", 1, 2, "Maximum", {"limit": 1}),
        ("minimum", 1, 0, "Minimum", {"limit": 1}),
        ("maxItems", 1.0, [1, 1], "MaxItems", {"limit": 1}),
        ("minItems", 1, [], "MinItems", {"limit": 1}),
        ("maxLength", 1, "ab", "MaxLength", {"limit": 1}),
        ("minLength", 1, "", "MinLength", {"limit": 1}),
        ("maxProperties", 0, {"a": 1}, "MaxProperties", {"limit": 0}),
        ("minProperties", 1, {}, "MinProperties", {"limit": 1}),
        ("multipleOf", 2, 1, "MultipleOf", {"multiple_of": 2}),
        ("not", {"const": 1}, 1, "Not", {"schema": {"const": 1}}),
        ("pattern", "a", "b", "Pattern", {"pattern": "a"}),
        ("uniqueItems", True, [1, 1], "UniqueItems", {}),
        ("required", ["a"], {}, "Required", {"property": "a"}),
        ("dependentRequired", {"a": ["b"]}, {"a": 1}, "Required", {"property": "b"}),
        ("contains", {"const": 1}, [2], "Contains", {}),
        ("additionalProperties", False, {"a": 1}, "FalseSchema", {}),
        ("type", ["string", "null"], 1, "Type", {"types": ["null", "string"]}),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) > 2 else "",
)
def test_kinds(keyword: str, value: Any, document: Any, kind: str, told: dict[str, Any]) -> None:
    """An error says which keyword is broken, and by what, as one of jsonschema-rs does."""
    (error,) = _errors({keyword: value}, document)
    assert error.evaluation_path == [keyword]
    assert _named(error) == kind
    assert {name: getattr(error.kind, name) for name in told} == told


@pytest.mark.parametrize(
    ("contents", "document", "kind"),
    [
        ({"anyOf": [{"const": 1}, {"const": 2}]}, 3, "AnyOf"),
        ({"oneOf": [{"const": 1}, {"const": 2}]}, 3, "OneOfNotValid"),
        ({"oneOf": [{"const": 1}, {}]}, 1, "OneOfMultipleValid"),
    ],
)
def test_alternatives(contents: Any, document: Any, kind: str) -> None:
    """Whether no alternative fits, or several do, is told."""
    (error,) = _errors(contents, document)
    assert _named(error) == kind


@pytest.mark.parametrize("limit", [2.0**64, 1e300])
@pytest.mark.parametrize(
    ("keyword", "document"), [("minItems", []), ("minLength", ""), ("minProperties", {})]
)
def test_count_that_is_too_large(keyword: str, document: Any, limit: float) -> None:
    """A count past 64 bits is told as jsonschema-rs tells it: as the largest of 64 bits."""
    contents = {keyword: limit}
    (error,) = _errors(contents, document)
    (first,) = jsonschema_rs.Draft202012Validator(contents).iter_errors(document)
    assert error.kind.limit == first.kind.limit == 2**64 - 1  # type: ignore[attr-defined]  # of these kinds


def test_additional_items() -> None:
    """How many items there may be is told of those that are too many."""
    contents = {"items": [{}], "additionalItems": False}
    (error,) = _errors(contents, [1, 2], "draft-07")
    kind: Any = error.kind
    assert (_named(error), kind.limit) == ("AdditionalItems", 1)


@pytest.mark.parametrize("dialect", ["draft-06", "draft-07"])
def test_contains_of_old(dialect: str) -> None:
    """Where a dialect has no `minContains`, `contains` is what an array lacks."""
    (error,) = _errors({"contains": False, "minContains": 1}, [1], dialect)
    assert error.evaluation_path == ["contains"]


def test_bounds_of_draft_04() -> None:
    """In draft-04 a boolean makes a bound exclusive, and is what is told of."""
    contents = {"minimum": 1, "exclusiveMinimum": True, "maximum": 1}
    (error,) = _errors(contents, 1, "draft-04")
    assert _named(error) == "ExclusiveMinimum"
    assert error.evaluation_path == ["exclusiveMinimum"]


@pytest.mark.parametrize(
    ("contents", "document", "names"),
    [
        ({"properties": {"a": True}, "additionalProperties": False}, {"z'": 1, 'b"\\': 1}, None),
        (
            {"patternProperties": {"^a": True}, "additionalProperties": False},
            {"z": 1, "b": 1},
            None,
        ),
        ({"unevaluatedProperties": False}, {"z": 1, "b, 'c'": 1}, None),
        ({"unevaluatedProperties": {"type": "null", "enum": [1]}}, {"z": "", "b": ""}, None),
        ({"properties": {"b": True}, "unevaluatedProperties": False}, {"z": 1, "b": 1}, ["z"]),
    ],
    ids=["properties", "patterns", "unevaluated", "by-schema", "evaluated"],
)
def test_unexpected_names(contents: Any, document: Any, names: list[str] | None) -> None:
    """The names that are not expected are told in the order of the document."""
    (error,) = _errors(contents, document)
    kind: Any = error.kind
    assert kind.unexpected == (list(document) if names is None else names)


@pytest.mark.parametrize(
    ("document", "number"),
    [([1, 12, 1], 2), ([0, "1, 2", [1, {}], 1.0, None], 4), ([0, 1], 1)],
    ids=["alike", "of-all-types", "one"],
)
def test_unexpected_items(document: list[Any], number: int) -> None:
    """The items that are too many are counted."""
    contents = {"prefixItems": [True], "unevaluatedItems": False}
    (error,) = _errors(contents, document)
    kind: Any = error.kind
    assert len(kind.unexpected) == number
