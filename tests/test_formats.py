"""What formats are, to both engines."""

from __future__ import annotations

import pytest

from validator.dialects import DIALECTS
from validator.formats import CLASSES, format_checker, formats_in, plain_class


def test_names_of_formats() -> None:
    """All that may be the name of a format is found, wherever it stands."""
    schema = {"format": "date", "items": [{"format": "uuid"}, {"format": 5}], "enum": ["ipv4"]}
    assert set(formats_in(schema)) == {"date", "uuid"}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("date", "2023-01-01", True),
        ("date", "1 January", False),
        ("email", "a@example.com", True),
        ("email", "a", False),
        ("email", "a@", False),  # jsonschema lets it through, jsonschema-rs does not
        ("date-time", "2023-01-01T00:00:00Z", True),
        ("date-time", "2023-01-01", False),
        ("of ours", "yes", True),
        ("of ours", "no", False),
        ("unknown", "no", True),
    ],
)
def test_formats(name: str, text: str, expected: bool) -> None:  # noqa: FBT001  # what is expected
    """Some are checked by jsonschema, others by jsonschema-rs; what is told comes first."""
    checker = format_checker(DIALECTS["2020-12"], {name}, {"of ours": lambda each: each == "yes"})
    assert checker.conforms(text, name) is expected
    assert checker.conforms(5, name)


def test_a_class_for_each_dialect() -> None:
    """Either engine has a class for each dialect."""
    assert CLASSES.keys() == DIALECTS.keys()
    assert len({plain_class(name) for name in DIALECTS}) == len(DIALECTS)
