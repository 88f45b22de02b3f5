"""A comparison as it is told: whether the step is large enough, and the exit code."""

import pytest

from validator.compatibility import Comparison, Direction, Reason, Witness
from validator.compatibility.verdicts import Step, Verdict
from validator.reporting.compared import Compared
from validator.results import Violation

_WITNESS = Witness(1, Violation(code="ValidationError", message="is wrong"))
_UNPROVEN = Reason("unproven", "REVISION", "it is not known")


def _compared(
    step: Step,
    taken: Step | None = None,
    at_most: Step | None = None,
    *,
    backward: Verdict = "proved",
    forward: Verdict = "proved",
    reasons: tuple[Reason, ...] = (),
) -> Compared:
    verdicts = backward, forward
    directions = [Direction(each, _WITNESS if each == "refuted" else None) for each in verdicts]
    comparison = Comparison(
        backward=directions[0], forward=directions[1], step=step, reasons=reasons
    )
    return Compared(old="a", new="b", comparison=comparison, taken=taken, at_most=at_most)


_LOST = Reason("history-lost", "REVISION", "some is lost")


@pytest.mark.parametrize(
    ("compared", "enough", "code"),
    [
        (_compared("ADDITION", "ADDITION"), True, 0),
        (_compared("ADDITION", "MODEL"), True, 0),
        (_compared("NONE", "NONE"), True, 0),
        (_compared("REVISION", "ADDITION", backward="refuted", reasons=(_LOST,)), False, 1),
        (_compared("REVISION", "ADDITION", "REVISION", backward="refuted"), True, 0),
        (_compared("MODEL", "MODEL", "REVISION", reasons=(_LOST,)), False, 1),
        (_compared("REVISION", "ADDITION", backward="unknown", reasons=(_UNPROVEN,)), False, 3),
        (_compared("REVISION", "REVISION", backward="unknown", reasons=(_UNPROVEN,)), True, 0),
        (
            _compared("REVISION", "ADDITION", backward="unknown", reasons=(_UNPROVEN, _LOST)),
            False,
            1,
        ),
        (_compared("ADDITION", "ADDITION", forward="unknown"), True, 0),
        (_compared("MODEL", backward="refuted"), None, 0),
        (_compared("ADDITION", forward="unknown"), None, 3),
        (_compared("REVISION", backward="unknown", reasons=(_UNPROVEN,)), None, 3),
    ],
)
def test_is_enough(compared: Compared, *, enough: bool | None, code: int) -> None:
    """The step that is allowed has to be as large; what is not known never passes an ADDITION."""
    assert (compared.is_enough, compared.exit_code) == (enough, code)
