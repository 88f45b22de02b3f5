"""Payloads as trackers send them: accepted, and the same for a seed."""

import pytest

from validator import Validator
from validator.drawing.choices import DeadEnd, Seeded
from validator.drawing.payloads import SnowplowRequests, TrackerPayloads, accepted

FAMILIES = [TrackerPayloads(), SnowplowRequests()]


@pytest.mark.parametrize("family", FAMILIES)
def test_payloads_of_a_seed(family: TrackerPayloads | SnowplowRequests) -> None:
    """`check` accepts what is drawn, and it is the same for the same seed."""
    payloads = [family.draw(Seeded(seed)) for seed in range(100)]
    assert [family.draw(Seeded(seed)) for seed in range(100)] == payloads
    assert all(Validator().check(each) for each in payloads)


def test_what_is_not_accepted() -> None:
    """What `check` does not accept is not given."""
    with pytest.raises(DeadEnd):
        accepted(Validator(), {"events": None})
