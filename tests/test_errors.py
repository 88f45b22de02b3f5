"""The exceptions: what they are, what they exit with, what they say."""

import copy
import pickle

import pytest

from validator import errors
from validator.results import Result, Violation


@pytest.mark.parametrize(
    ("exception", "bases", "exit_code"),
    [
        (errors.WrongUse, (errors.ValidatorError, TypeError), 2),
        (errors.InvalidIgluUri, (errors.ValidatorError, ValueError), 2),
        (errors.InvalidSchemaVer, (errors.InvalidIgluUri,), 2),
        (errors.InvalidPayload, (errors.ValidatorError, ValueError), 1),
        (errors.NoVerdict, (errors.ValidatorError,), 3),
        (errors.NoSuchSchema, (errors.NoVerdict,), 3),
        (errors.RegistryUnavailable, (errors.NoVerdict,), 3),
        (errors.InvalidSchema, (errors.NoVerdict,), 3),
        (errors.NothingToDraw, (errors.NoVerdict,), 3),
        (errors.UnreadableFile, (errors.NoVerdict,), 3),
    ],
)
def test_tree(
    exception: type[errors.ValidatorError], bases: tuple[type[Exception], ...], exit_code: int
) -> None:
    """Each exception has the bases of the tree, and its own exit code."""
    assert (exception.__bases__, exception.exit_code) == (bases, exit_code)


def test_tree_is_whole() -> None:
    """Every exception that the module exports stands in the tree of its docstring."""
    exported = [name for name in errors.__all__ if name[0].isupper()]

    assert [name for name in exported if name not in str(errors.__doc__)] == []


def test_invalid_payload_tells_the_first_violation() -> None:
    """InvalidPayload says what the only violation is, and keeps the result."""
    result = Result(violations=(Violation(code="NotJSON", message="not JSON"),))

    exception = errors.InvalidPayload(result)

    assert (str(exception), exception.result) == ("NotJSON: not JSON", result)


def test_invalid_payload_counts_the_others() -> None:
    """InvalidPayload says how many violations there are besides the one that it tells."""
    violation = Violation(code="ValidationError", message="must be there", instance_location="/a")

    exception = errors.InvalidPayload(Result(violations=(violation,) * 3))

    assert str(exception) == "ValidationError at /a: must be there (and 2 more)"


def test_no_such_schema_at_its_shortest() -> None:
    """NoSuchSchema says what was wanted, and that there was nobody to ask."""
    assert str(errors.NoSuchSchema("iglu:a/b/c/1-0-0")) == (
        "no such schema: iglu:a/b/c/1-0-0 (asked: no registry)"
    )


def test_no_such_schema_tells_all_it_knows() -> None:
    """NoSuchSchema names the registries in order, who referred to it, and what may be meant."""
    exception = errors.NoSuchSchema(
        "iglu:a/b/c/1-0-0",
        registries=("packaged", "mine"),
        suggestion="iglu:a/b/c/1-0-1",
        referrer="iglu:x/y/z/1-0-0",
    )

    assert str(exception) == (
        "no such schema: iglu:a/b/c/1-0-0, to which iglu:x/y/z/1-0-0 refers "
        "(asked: packaged, mine); did you mean iglu:a/b/c/1-0-1?"
    )


def test_invalid_schema() -> None:
    """InvalidSchema says which schema it is and what is wrong with it."""
    exception = errors.InvalidSchema("iglu:a/b/c/1-0-0", "it is no JSON")

    assert str(exception) == "iglu:a/b/c/1-0-0 is not a usable schema: it is no JSON"


@pytest.mark.parametrize(
    "exception",
    [
        errors.WrongUse("x"),
        errors.InvalidPayload(Result(violations=(Violation(code="NotJSON", message="m"),))),
        errors.InvalidSchema("uri", "problem"),
        errors.NoSuchSchema("uri", registries=("a",), suggestion="b", referrer="c"),
    ],
    ids=lambda exception: type(exception).__name__,
)
@pytest.mark.parametrize(
    "copied", [copy.copy, lambda value: pickle.loads(pickle.dumps(value))], ids=["copy", "pickle"]
)
def test_exceptions_cross_processes(exception: errors.ValidatorError, copied: object) -> None:
    """An exception can be copied and pickled, as a pool of processes does, and says the same."""
    twin = copied(exception)  # type: ignore[operator]  # both are callables

    assert (type(twin), str(twin), vars(twin)) == (
        type(exception),
        str(exception),
        vars(exception),
    )


class _Named(type):
    """A class of classes that puts its own in the way of their name."""

    @property
    def __name__(cls) -> str:
        message = "asked for a name"
        raise RuntimeError(message)


class _Nameless(metaclass=_Named):
    """What a message about it must not trip over."""


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("a\n'é", '"a\\n\'\\xe9"'),
        ("x" * 80, f"'{'x' * 80}'"),
        ("x" * 81, f"'{'x' * 80}...'"),
        ("\ud800", "'\\ud800'"),
        (-7, "-7"),
        (2**64 - 1, "18446744073709551615"),
        (2**64, "one of more than 64 bits"),
        (10**5000, "one of more than 64 bits"),
        (None, "None"),
        (1.5, "a value of type float"),
        (True, "a value of type bool"),
        (_Nameless(), "a value of type _Nameless"),
        (type("T" * 1000, (), {})(), f"a value of type {'T' * 80}"),
    ],
    ids=[
        "text",
        "text-that-fits",
        "long-text",
        "surrogate",
        "integer",
        "largest-integer",
        "larger-integer",
        "integer-that-has-no-decimal-text",
        "none",
        "float",
        "bool",
        "hostile-class",
        "long-class-name",
    ],
)
def test_shown(value: object, said: str) -> None:
    """A message quotes texts and integers within bounds, and of everything else names the type."""
    assert errors.shown(value) == said
