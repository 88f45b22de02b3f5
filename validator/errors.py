"""Every exception this package raises.

::

    ValidatorError
    ├── WrongUse (also a TypeError)             the call is wrong, whatever the document
    ├── InvalidIgluUri (also a ValueError)      not an Iglu URI or criterion
    │   └── InvalidSchemaVer                    all of it is but the version; or not a SchemaVer
    ├── InvalidPayload (also a ValueError)      `Result.raise_for_violations` and nothing else
    └── NoVerdict                               the document was not judged
        ├── NoSuchSchema                        every registry answered: it is not there
        ├── RegistryUnavailable                 a registry did not answer
        ├── InvalidSchema                       it is there, and is not a schema to judge by
        ├── NothingToDraw                       no document can be drawn of a schema
        └── UnreadableFile                      a file of documents or of a schema can't be read

A document that is not valid is no exception: it is a `Result` with violations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeGuard, TypeVar

if TYPE_CHECKING:
    from validator.results import Result

__all__ = [
    "InvalidIgluUri",
    "InvalidPayload",
    "InvalidSchema",
    "InvalidSchemaVer",
    "NoSuchSchema",
    "NoVerdict",
    "NothingToDraw",
    "RegistryUnavailable",
    "UnreadableFile",
    "ValidatorError",
    "WrongUse",
    "is_a",
    "shown",
    "type_name",
]

_Kind = TypeVar("_Kind")
_SHOWN = 80
_MOST_BITS = 64
# Asked of `type` itself, since a class of a class may put a name of its own in the way.
_name_of = type.__dict__["__name__"].__get__


def is_a(value: object, kind: type[_Kind]) -> TypeGuard[_Kind]:
    """Whether a value is of a class, whatever it says itself; no method of the value is called."""
    return issubclass(type(value), kind)


def type_name(value: object) -> str:
    """Give the name of a value's type for a message, cut where it is long."""
    return str(_name_of(type(value)))[:_SHOWN]


def shown(value: object) -> str:
    """Quote what was given, for a message: a text or a number, of anything else the type.

    A text is escaped and cut where it is long; no method of the value is called.
    """
    if type(value) is str:
        return ascii(value if len(value) <= _SHOWN else f"{value[:_SHOWN]}...")
    if type(value) is int:
        return str(value) if value.bit_length() <= _MOST_BITS else "one of more than 64 bits"
    return "None" if value is None else f"a value of type {type_name(value)}"


class ValidatorError(Exception):
    """What every exception of this package is."""

    #: What the command line exits with when this ends it.
    exit_code: ClassVar[int] = 3


class WrongUse(ValidatorError, TypeError):
    """The call is wrong, whatever the document: an argument of another type, an unknown option."""

    exit_code = 2


class InvalidIgluUri(ValidatorError, ValueError):
    """A text is not an Iglu URI; the message says which part is wrong and what it should be."""

    exit_code = 2

    def __init__(self, expected: str, given: str) -> None:
        super().__init__(expected, given)
        #: What the part that is wrong should be.
        self.expected = expected
        #: What it is, quoted and cut where it is long.
        self.given = given

    def __str__(self) -> str:
        return f"{self.expected}; not {self.given}"


class InvalidSchemaVer(InvalidIgluUri):
    """A text is not a SchemaVer; the message says which part is wrong and what it should be."""


class InvalidPayload(ValidatorError, ValueError):
    """A document is not valid and its `Result` was asked to raise."""

    exit_code = 1

    def __init__(self, result: Result) -> None:
        super().__init__(result)
        #: The result with the violations.
        self.result = result

    def __str__(self) -> str:
        first, *others = self.result.violations
        more = f" (and {len(others)} more)" if others else ""
        at = f" at {first.instance_location}" if first.instance_location else ""
        return f"{first.code}{at}: {first.message}{more}"


class NoVerdict(ValidatorError):
    """There is no verdict, and the document is not to blame."""


class NoSuchSchema(NoVerdict):
    """Every registry answered, and none has the schema."""

    def __init__(
        self,
        wanted: object,
        *,
        registries: tuple[str, ...] = (),
        suggestion: object = None,
        referrer: str | None = None,
    ) -> None:
        super().__init__(wanted)
        #: The SchemaKey or SchemaCriterion that was looked for.
        self.wanted = wanted
        #: The names of the registries that were asked, in order.
        self.registries = registries
        #: A SchemaKey that exists and is spelled alike, or None.
        self.suggestion = suggestion
        #: The URI of the schema whose `$ref` asked for it, or None.
        self.referrer = referrer

    def __str__(self) -> str:
        by = f", to which {self.referrer} refers" if self.referrer else ""
        asked = ", ".join(self.registries) or "no registry"
        hint = f"; did you mean {self.suggestion}?" if self.suggestion else ""
        return f"no such schema: {self.wanted}{by} (asked: {asked}){hint}"


class RegistryUnavailable(NoVerdict):
    """A registry did not answer, so whether the schema exists is not known."""


class InvalidSchema(NoVerdict):
    """A schema was found, and is not one to judge a document by.

    It is not JSON, not a schema of its dialect, past the limits for schemas, kept under another
    name than its `self` says, outside its registry, or refers to what can't be resolved.
    """

    def __init__(self, schema: object, problem: str) -> None:
        super().__init__(schema, problem)
        #: The Iglu URI or the file of the schema.
        self.schema = str(schema)
        #: What is wrong with it.
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.schema} is not a usable schema: {self.problem}"


class NothingToDraw(NoVerdict):
    """No document can be drawn of a schema: it accepts none, or is broken by none."""

    def __init__(self, schema: object, problem: str = "it accepts none") -> None:
        super().__init__(schema, problem)
        #: The Iglu URI of the schema.
        self.schema = str(schema)
        #: Why there is nothing.
        self.problem = problem

    def __str__(self) -> str:
        return f"no document can be drawn of {self.schema}: {self.problem}"


class UnreadableFile(NoVerdict):
    """A file can't be read."""
