"""Schemas by what names them, ready to judge: looked up once, compiled once, and kept."""

from __future__ import annotations

from typing import TypeAlias

import attrs
import orjson

from validator import documents
from validator.closure import Closure, gather
from validator.dialects import DEFAULT, Dialect, dialect_named
from validator.engine import (
    BYTES_A_VALUE,
    Compiled,
    Engine,
    Findings,
    Formats,
    compile_schema,
    refuse_invalid,
)
from validator.errors import (
    InvalidIgluUri,
    InvalidSchema,
    NoVerdict,
    WrongUse,
    is_a,
    shown,
    type_name,
)
from validator.iglu import SchemaCriterion, SchemaKey
from validator.limits import Limits
from validator.messages import plural
from validator.registry import GIVEN, Registry, Schema, schema_of
from validator.results import JSON, Code, Path, ValidationInfo, Violation, clip, json_pointer
from validator.retrievers import schema_bounds

__all__ = ["Judge", "NamedSchema", "Spent", "Tally", "judge_of"]

#: What names a schema: an Iglu URI or a criterion, as text or parsed, or the schema itself.
NamedSchema: TypeAlias = str | SchemaKey | SchemaCriterion | dict[str, JSON] | bool

#: What names a schema, these types exactly: a subclass may do anything when it is read.
_NAMING = (str, SchemaKey, SchemaCriterion)
#: Schemas handed over as such that are kept compiled.
_KEPT = 128
#: Schemas that are not there for which a document is told what was probably meant.
_GUESSES = 10
_TOLD = {"$schema", "self", "description"}
_TOO_MANY = "a document, or an event of a request, may hold {}"


@attrs.frozen
class _Described:
    """The schema that judges what names a schema."""

    compiled: Compiled
    #: Where that is not the one that is named.
    info: ValidationInfo | None


@attrs.define
class Spent:
    """What the parts of a document took of schemas that would not judge all of it at once."""

    #: The values that they judged.
    values: int = 0


@attrs.define
class Tally:
    """What is said of a document, or of one of its events, while its parts are judged."""

    #: What was told of each schema that could not judge, by its name: the events of a request share
    #: it, so that a registry is asked once.
    told: dict[str, Violation] = attrs.field(factory=dict)
    #: What all parts of the document took together.
    spent: Spent = attrs.field(factory=Spent)
    #: How many self-describing parts there were.
    parts: int = 0
    violations: list[Violation] = attrs.field(factory=list)
    truncated: bool = False
    unresolved: dict[str, None] = attrs.field(factory=dict)
    info: dict[ValidationInfo, None] = attrs.field(factory=dict)

    def add(self, findings: Findings) -> None:
        """Add what an evaluation found."""
        self.violations += findings.violations
        self.truncated = self.truncated or findings.truncated


class Judge:
    """Gives schemas that are ready, and judges the parts of documents by those that they name."""

    def __init__(
        self,
        registry: Registry,
        limits: Limits,
        formats: Formats,
        dialect: Dialect,
        *,
        show_values: bool,
        engine: Engine = "jsonschema-rs",
    ) -> None:
        self._registry = registry
        self.limits = limits
        self._formats = formats
        self._dialect = dialect
        self._show_values = show_values
        self._engine: Engine = engine
        self._named: dict[str, Compiled] = {}
        self._handed_over: dict[bytes, Compiled] = {}
        # What documents name is a key: a criterion that a caller named must not answer for it.
        self._described: dict[str, _Described] = {}
        #: Those of them that judge what names them, by that name. Most parts are valid, and to ask
        #: no more of them takes a third of what `part` does.
        self.ready: dict[str, Compiled] = {}
        self._as_packaged: dict[str, bool] = {}

    def compiled(self, schema: NamedSchema) -> Compiled:
        """Give a schema ready to judge, compiled at its first use.

        :raises WrongUse: if it is no name of a schema.
        :raises InvalidIgluUri: if it is a text, and no Iglu URI.
        :raises NoVerdict: if it is not there, or can't judge.
        """
        if type(schema) is str and (found := self._named.get(schema)):
            return found
        if type(schema) is bool or is_a(schema, dict):
            return self._from_hand(schema)
        name = _name_of(schema)
        found = self._named.get(name)
        if found is None:
            if "*" in name:
                found = self.compiled(self._key_of(name))
            else:
                found = self._compile(self._retrieved(SchemaKey.parse(name)))
            self._named[name] = found
        return found

    def closed(self, schema: NamedSchema) -> Closure:
        """Give a schema with everything it refers to: a copy, which no one else changes.

        :raises: as `compiled`.
        """
        self.compiled(schema)  # which refuses what can't judge
        if type(schema) is bool or is_a(schema, dict):
            root = _given(orjson.dumps(schema), self._dialect)
        else:
            root = self._retrieved(self._key_of(_name_of(schema)))
        return gather(root, self._retrieved, self.limits)

    def _key_of(self, name: str) -> SchemaKey:
        """Give the key that a name is, or the newest that fits it."""
        if "*" in name:
            return self._registry.newest(SchemaCriterion.parse(name))
        return SchemaKey.parse(name)

    def _retrieved(self, key: SchemaKey) -> Schema:
        """Find a schema that is valid in its dialect."""
        schema = self._registry.retrieve(key, self.limits, self._dialect)
        refuse_invalid(schema, self.limits)
        return schema

    def _from_hand(self, schema: dict[str, JSON] | bool) -> Compiled:  # noqa: FBT001  # a schema
        """Give a schema that was handed over, compiled: a copy, which no one else changes."""
        try:
            documents.admit(schema, schema_bounds(self.limits))
        except documents.Refused as refused:
            raise InvalidSchema("the schema given", refused.violation.message) from None
        text = orjson.dumps(schema)
        found = self._handed_over.get(text)
        if found is None:
            given = _given(text, self._dialect)
            refuse_invalid(given, self.limits)
            found = self._compile(given)
            if len(self._handed_over) >= _KEPT:
                self._handed_over.clear()
            self._handed_over[text] = found
        return found

    def _compiled(self, schema: Schema) -> Compiled:
        """Give a schema that was found ready to judge, compiled at its first use."""
        found = self._named.get(schema.uri)
        if found is None:
            refuse_invalid(schema, self.limits)
            found = self._named[schema.uri] = self._compile(schema)
        return found

    def _compile(self, schema: Schema) -> Compiled:
        closed = gather(schema, self._retrieved, self.limits)
        return compile_schema(
            closed,
            limits=self.limits,
            formats=self._formats,
            engine=self._engine,
            show_values=self._show_values,
        )

    # Parts of a document that name their own schemas.

    def part(self, part: JSON, path: Path, size: int, tally: Tally, most: int) -> Findings:
        """Judge self-describing data at a place of a document of so many bytes.

        What is wrong is given back; the tally gains the schemas that could not judge, or did so in
        place of others.
        """
        tally.parts += 1
        if tally.parts > self.limits.parts:
            named = ("part that names its schema", "parts that name their schemas")
            message = _TOO_MANY.format(plural(self.limits.parts, *named))
            return Findings((self.violation("TooManyParts", message, path),), truncated=True)
        name = part["schema"]
        described = self._described.get(name)
        if described is None:
            told = tally.told.get(name) or self._told_of(name, path, tally)
            if told is not None:
                if told.code != "NotIglu":
                    tally.unresolved[name] = None
                at = (*path, "schema") if told.code == "NotIglu" else path
                location = json_pointer(at, self.limits.location)
                return Findings((attrs.evolve(told, instance_location=location),))
            described = self._described[name]
        if described.info is not None:
            tally.info[described.info] = None
        schema, data = described.compiled, part["data"]
        if size > schema.at_once:  # what is too much for one part is so for many together
            tally.spent.values += documents.measure(data)[0]
            size = max(size, tally.spent.values * BYTES_A_VALUE)
        return schema.evaluate(data, size, at=(*path, "data"), most=most)

    def described(self, name: str) -> Compiled | None:
        """Give the schema that data naming it was judged by; None if none was yet."""
        found = self._described.get(name)
        return None if found is None else found.compiled

    def is_as_packaged(self, name: str) -> bool:
        """Whether a schema that is ready asks what the packaged one of that name asks."""
        if name not in self._as_packaged:
            if name not in self.ready:
                return False
            key = SchemaKey.parse(name)
            try:
                here = self._registry.retrieve(key, self.limits)
            except NoVerdict:  # it is ready all the same; the registry is asked again
                return False
            ours = Registry().retrieve(key)
            self._as_packaged[name] = bool(_asked(here.contents) == _asked(ours.contents))
        return self._as_packaged[name]

    def _told_of(self, name: str, path: Path, tally: Tally) -> Violation | None:
        """Make the schema ready that data names; else say why it can't judge."""
        told = tally.told
        try:
            key = SchemaKey.parse(name)
            suggesting = len(told) < _GUESSES
            schema = self._registry.superseding(
                key, self.limits, self._dialect, suggesting=suggesting
            )
            compiled = self._compiled(schema)
            current = compiled.key or key
            info = None if current == key else ValidationInfo(key, current)
            described = self._described[name] = _Described(compiled, info)
            if info is None:
                self.ready[name] = described.compiled
        except InvalidIgluUri as error:
            message = str(error) if self._show_values else error.expected
            return self.violation("NotIglu", message, path)
        except NoVerdict as error:
            code: Code = "InvalidSchema" if isinstance(error, InvalidSchema) else "ResolutionError"
            violation = self.violation(code, str(error), path)
            told[name] = attrs.evolve(violation, schema=SchemaKey.parse(name))
            return told[name]
        return None

    def violation(self, code: Code, message: str, path: Path) -> Violation:
        """Make a violation of what is no rule of a schema."""
        return Violation(
            code=code,
            message=clip(message, self.limits.message),
            instance_location=json_pointer(path, self.limits.location),
        )


def _name_of(schema: NamedSchema) -> str:
    if not any(type(schema) is each for each in _NAMING):  # `in` would ask the class of the class
        message = (
            "schema is an Iglu URI, a SchemaKey, a SchemaCriterion, a dict or a bool; "
            f"not {type_name(schema)}"
        )
        raise WrongUse(message)
    return schema if type(schema) is str else str(schema)


def _given(text: bytes, dialect: Dialect) -> Schema:
    """Give a schema that was handed over, under the name that it has."""
    own = schema_of(orjson.loads(text), uri=GIVEN, dialect=dialect)
    return own if own.key is None else attrs.evolve(own, uri=str(own.key))


def _asked(schema: JSON) -> JSON:
    """Give a schema less what it only tells."""
    if isinstance(schema, list):
        return [_asked(each) for each in schema]
    if isinstance(schema, dict):
        return {name: _asked(each) for name, each in schema.items() if name not in _TOLD}
    return schema


_FORMATS = ("assert", "annotate")


def judge_of(
    registry: Registry | None,
    limits: Limits | None,
    formats: Formats,
    dialect: str | None,
    *,
    show_values: bool = False,
) -> Judge:
    """Make a judge of what a caller gave; by default of the packaged schemas.

    :raises WrongUse: if something is not what it is taken for.
    """
    schemas = Registry() if registry is None else registry
    bounds = Limits() if limits is None else limits
    if not is_a(schemas, Registry):
        message = f"registry is a Registry, not {shown(registry)}"
        raise WrongUse(message)
    if type(bounds) is not Limits:
        message = f"limits is a Limits, not {shown(limits)}"
        raise WrongUse(message)
    if type(formats) is not str or formats not in _FORMATS:
        message = f"formats is 'assert' or 'annotate', not {shown(formats)}"
        raise WrongUse(message)
    written_in = DEFAULT if dialect is None else dialect_named(dialect)
    return Judge(schemas, bounds, formats, written_in, show_values=show_values)
