"""Names of schemas: text and value are inverse to each other, and no text escapes a registry."""

import re
from pathlib import PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.errors import ValidatorError
from validator.iglu import SchemaCriterion, SchemaKey, SchemaVer

_NUMBERS = st.integers(0, 2**31 - 1) | st.integers(0, 12)
_MODELS = st.integers(1, 2**31 - 1) | st.integers(1, 3)
_NAMES = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,127}", fullmatch=True)
_VENDORS = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}", fullmatch=True)
_VERSIONS = st.builds(SchemaVer, _MODELS, _NUMBERS, _NUMBERS)
_KEYS = st.builds(SchemaKey, _VENDORS, _NAMES, _NAMES, _VERSIONS)
_CRITERIA = st.builds(
    SchemaCriterion,
    _VENDORS,
    _NAMES,
    _NAMES,
    st.none() | _MODELS,
    st.none() | _NUMBERS,
    st.none() | _NUMBERS,
)
_URI = "iglu:com.acme/user/jsonschema/1-0-0"
#: Texts near to a URI: one with a part of it put elsewhere, or anything put into it.
_NEAR = st.builds(
    lambda at, to, text: _URI[:at] + text + _URI[to:],
    st.integers(0, len(_URI)),
    st.integers(0, len(_URI)),
    st.text("iglu:/.-_*01a\\\n\u0661%", max_size=4) | st.text(max_size=2),
)
_KINDS = [SchemaVer, SchemaKey, SchemaCriterion]


@given(_VERSIONS | _KEYS | _CRITERIA)
def test_round_trip_of_values(value: SchemaVer | SchemaKey | SchemaCriterion) -> None:
    """`parse` and `str` inverse to each other: a value is what its text says."""
    assert type(value).parse(str(value)) == value


@pytest.mark.parametrize("kind", _KINDS)
@given(text=_NEAR | st.text())
def test_round_trip_of_texts(kind: Any, text: str) -> None:
    """`parse` and `str` inverse to each other: a text that is accepted is spelled in one way.

    Every other text is refused by one of our exceptions, in a message of bounded length.
    """
    try:
        value = kind.parse(text)
    except ValidatorError as error:
        assert 0 < len(str(error)) < 1200  # noqa: PT017  # most texts are refused, some are not
    else:
        assert str(value) == text


@given(_NEAR)
def test_within_a_registry(text: str) -> None:
    """A path is built from the parsed parts: "full match, ... no dot segments"."""
    try:
        key = SchemaKey.parse(text)
    except ValidatorError:
        key = SchemaKey.parse(_URI)

    path = PurePosixPath("registry") / key.path

    assert len(path.parts) == 5
    assert not {".", ".."} & set(path.parts)
    assert re.fullmatch(r"[A-Za-z0-9_./-]+", key.path)


@given(_VERSIONS, _VERSIONS)
def test_order_of_versions(one: SchemaVer, other: SchemaVer) -> None:
    """Versions are "ordered": by number, part by part."""
    numbers = [(each.model, each.revision, each.addition) for each in (one, other)]

    assert (one < other, one == other) == (numbers[0] < numbers[1], numbers[0] == numbers[1])


@given(_KEYS, _KEYS)
def test_order_of_keys(one: SchemaKey, other: SchemaKey) -> None:
    """Keys are "ordered, hashable": equal ones have one hash, and of two others one comes first."""
    assert (one < other) + (one == other) + (one > other) == 1
    assert one != other or hash(one) == hash(other)


@given(_CRITERIA, _VERSIONS)
def test_criterion(criterion: SchemaCriterion, version: SchemaVer) -> None:
    """A part that is given must be equal; `*` fits every number."""
    key = SchemaKey(criterion.vendor, criterion.name, criterion.format, version)
    pattern = str(criterion).replace(".", r"\.").replace("*", "[0-9]+")

    assert criterion.matches(key) == bool(re.fullmatch(pattern, str(key)))


@given(_KEYS)
def test_criterion_of_a_key(key: SchemaKey) -> None:
    """A criterion with nothing open fits the key of the same text, and no later version."""
    criterion = SchemaCriterion.parse(str(key))
    version = key.version
    later = SchemaVer(version.model, version.revision, version.addition ^ 1)

    assert criterion.matches(key)
    assert not criterion.matches(SchemaKey(key.vendor, key.name, key.format, later))
