"""What changed between two versions."""

import pytest

from registries import Unreachable, acme
from validator import InMemory, Registry, RegistryUnavailable, SchemaKey, Violation
from validator.compatibility import Change, Comparison, Direction
from validator.compatibility.verdicts import Effect, Side, Step
from validator.site.changes import Changed, broken, changed, indented, step_taken

_OLD = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-0")
_NEW = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-1")


def _key(version: str) -> SchemaKey:
    return SchemaKey.parse(f"iglu:com.acme/user/jsonschema/{version}")


@pytest.mark.parametrize(
    ("version", "step"),
    [("1-0-2", "ADDITION"), ("1-0-9", "ADDITION"), ("1-1-0", "REVISION"), ("2-0-0", "MODEL")],
)
def test_step_taken(version: str, step: Step) -> None:
    """The first number that differs is the step."""
    assert step_taken(_NEW, _key(version)) == step


@pytest.mark.parametrize(
    ("needed", "grade"),
    [
        ("NONE", "larger than needed"),
        ("ADDITION", "enough"),
        ("REVISION", "too small"),
        ("MODEL", "too small"),
    ],
)
def test_grade(needed: Step, grade: str) -> None:
    """The step that was taken is held against the one that is needed."""
    proved = Direction("proved")
    found = Changed(_OLD, _NEW, Comparison(backward=proved, forward=proved, step=needed))

    assert (found.taken, found.grade) == ("ADDITION", grade)


def test_questions() -> None:
    """Backward is told first: whether the new one accepts what the old one accepts."""
    unknown, refuted = Direction("unknown", reason="too much"), Direction("refuted")
    comparison = Comparison(backward=unknown, forward=refuted, step="MODEL")

    backward, forward = Changed(_OLD, _NEW, comparison).questions
    assert (backward.of, backward.by, backward.answer) == (_OLD, _NEW, "not known")
    assert (forward.of, forward.by, forward.answer) == (_NEW, _OLD, "no")


def test_order_of_changes() -> None:
    """What breaks readers of older data comes first; what decides nothing is told apart."""

    def change(name: str, effect: Effect, *breaks: Side) -> Change:
        return Change(path=name, keyword="type", old=1, new=2, effect=effect, breaks=breaks)

    changes = (
        change("undecided", "undecided"),
        change("neutral", "neutral"),
        change("consumers", "widens", "consumers"),
        change("readers", "narrows", "readers"),
    )
    proved = Direction("proved")
    comparison = Comparison(backward=proved, forward=proved, step="NONE", changes=changes)
    found = Changed(_OLD, _NEW, comparison)

    assert [each.path for each in found.deciding] == ["readers", "consumers", "undecided"]
    assert [each.path for each in found.neutral] == ["neutral"]
    assert Changed(_OLD, _NEW, None).deciding == ()


def test_versions_that_are_compared() -> None:
    """Two versions of a registry are compared as they stand there."""
    old, new = acme("user", type="integer"), acme("user", "1-0-1", type=["integer", "null"])
    found = changed(_OLD, _NEW, Registry(InMemory([old, new])))

    assert [each.answer for each in found.questions] == ["yes", "no"]
    assert found.comparison is not None
    assert found.comparison.forward.witness is not None
    assert found.comparison.forward.witness.document is None


def test_versions_that_can_not_be_compared() -> None:
    """Where one can't judge, why is told; where the registry does not answer, that is raised."""
    old, new = acme("user", type="strin"), acme("user", "1-0-1")
    found = changed(_OLD, _NEW, Registry(InMemory([old, new])))

    assert (found.comparison, found.questions, found.grade) == (None, (), "unknown")
    assert found.problem.startswith(f"{_OLD} is not a usable schema: at /type")
    with pytest.raises(RegistryUnavailable):
        changed(_OLD, _NEW, Registry(Unreachable()))


@pytest.mark.parametrize(
    ("message", "location", "told"),
    [
        ('lacks "a"; it is {"b":"; it is {"}', "", 'lacks "a"'),
        ("is too long; it is [1,...", "", "is too long"),
        ("must be of type string; it is null", "", "must be of type string; it is null"),
        ("must have; it is {}", "/a", "must have; it is {}"),
    ],
)
def test_broken(message: str, location: str, told: str) -> None:
    """The value that is at fault is told, unless it is the whole document that is shown."""
    violation = Violation(code="ValidationError", message=message, instance_location=location)

    assert broken(violation) == told


def test_indented() -> None:
    """A document is shown indented; one that is long is cut, and shows that it is."""
    assert indented({"a": "ö"}) == '{\n  "a": "ö"\n}'
    long = indented("x" * 9_000)
    assert (len(long), long[-2:]) == (4_002, "\n…")
