"""Texts of each format: as the engine asserts it, as long as is asked where there are such."""

import jsonschema_rs
import pytest

from validator.drawing.choices import Seeded
from validator.drawing.formats import FORMATS, formatted

#: Those whose texts are all of some few lengths.
OF_A_LENGTH = {"date", "ipv4", "ipv6", "uuid"}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("least", [0, 10, 30, 70, 200])
def test_texts_are_of_their_format(name: str, least: int) -> None:
    """The engine takes what is drawn, and it is long enough."""
    judge = jsonschema_rs.Draft202012Validator({"format": name}, validate_formats=True)
    texts = [formatted(Seeded(seed), name, least) for seed in range(100)]
    assert [text for text in texts if not judge.is_valid(text)] == []
    if name not in OF_A_LENGTH:
        assert [text for text in texts if len(text) < least] == []
    assert len(set(texts)) > 1


def test_every_format_of_the_drafts_is_known() -> None:
    """Each format that 2020-12 names has texts of its own."""
    assert {"date-time", "email", "idn-email", "iri", "regex", "time", "uri", "uuid"} <= {*FORMATS}
    assert len(FORMATS) == 19
