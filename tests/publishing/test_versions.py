"""Which version may come next, as Iglu Server has it."""

from typing import get_args

import pytest

from validator import SchemaKey, SchemaVer
from validator.compatibility.verdicts import Step
from validator.publishing.versions import (
    RANKS,
    name_of,
    needed_before,
    next_version,
    overtaken_by,
    step_between,
    versions_of,
)


def _versions(text: str) -> set[SchemaVer]:
    return {SchemaVer.parse(each) for each in text.split()}


def test_every_step_has_a_rank() -> None:
    """The steps are ranked, from the least."""
    assert tuple(RANKS) == get_args(Step)
    assert sorted(RANKS.values()) == list(RANKS.values())


@pytest.mark.parametrize(
    ("old", "new", "step"),
    [
        ("1-0-0", "1-0-0", "NONE"),
        ("1-0-0", "1-0-1", "ADDITION"),
        ("1-0-5", "1-1-0", "REVISION"),
        ("1-3-5", "2-0-0", "MODEL"),
    ],
)
def test_step(old: str, new: str, step: Step) -> None:
    """A step has the name of the first part that changes, and leads from one to the other."""
    assert step_between(SchemaVer.parse(old), SchemaVer.parse(new)) == step
    assert str(next_version(SchemaVer.parse(old), step)) == new


@pytest.mark.parametrize(
    ("version", "among", "needed"),
    [
        ("1-0-0", "", None),
        ("1-0-0", "1-0-1", None),
        ("1-0-1", "", "1-0-0"),
        ("1-0-2", "1-0-0", "1-0-1"),
        ("1-0-2", "1-0-1", None),
        ("1-1-0", "1-0-3", None),
        ("1-1-0", "2-0-0", "1-0-0"),
        ("1-2-0", "1-0-0", "1-1-0"),
        ("1-1-1", "1-0-0", "1-1-0"),
        ("2-0-0", "1-4-2", None),
        ("2-0-0", "", "1-0-0"),
        ("3-0-0", "1-0-0", "2-0-0"),
    ],
)
def test_needed_before(version: str, among: str, needed: str | None) -> None:
    """Each version needs the one before it, a first one of a revision or a model any of the last.

    The table is that of VersionCursor.
    """
    found = needed_before(SchemaVer.parse(version), _versions(among))

    assert found == (None if needed is None else SchemaVer.parse(needed))


@pytest.mark.parametrize(
    ("version", "among", "later"),
    [
        ("1-0-1", "1-0-0", None),
        ("1-0-1", "1-0-0 2-1-0", None),
        ("1-0-1", "1-0-0 1-1-0 1-1-1", "1-1-1"),
        ("1-1-0", "1-0-0 1-0-1", None),
    ],
)
def test_overtaken_by(version: str, among: str, later: str | None) -> None:
    """Nothing is added to a revision once there is a later one of its model."""
    found = overtaken_by(SchemaVer.parse(version), _versions(among))

    assert found == (None if later is None else SchemaVer.parse(later))


def test_versions_of() -> None:
    """Versions are told by vendor, name and format."""
    keys = [
        SchemaKey.parse(f"iglu:{each}")
        for each in ("a/b/jsonschema/1-0-0", "a/b/jsonschema/1-0-1", "a/b/avro/1-0-0")
    ]

    assert versions_of(keys) == {
        ("a", "b", "jsonschema"): _versions("1-0-0 1-0-1"),
        ("a", "b", "avro"): _versions("1-0-0"),
    }
    assert name_of(keys[2]) == ("a", "b", "avro")
