"""What is wrong with a schema, as a value."""

import attrs
import pytest

from validator.problems import Problem


def test_problem() -> None:
    """A problem is a value: equal where all is, never changed, at the root unless it says where."""
    problem = Problem(rule="description", level="note", message="nobody described it")

    assert problem == attrs.evolve(problem)
    assert problem != attrs.evolve(problem, member="a")
    assert (problem.location, problem.member, problem.position) == ("", None, None)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        problem.level = "error"  # type: ignore[misc]  # what must not be
