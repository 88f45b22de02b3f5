"""From bytes to a verdict: the whole way, in one place to read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypeAlias

import attrs
import orjson

from validator import documents, trackers
from validator.closure import gather
from validator.dialects import DEFAULT, dialect_named
from validator.engine import Compiled, Findings, Formats, compile_schema, refuse_invalid
from validator.errors import (
    InvalidIgluUri,
    InvalidSchema,
    NoVerdict,
    WrongUse,
    shown,
    type_name,
)
from validator.iglu import SchemaCriterion, SchemaKey
from validator.limits import Limits
from validator.normalizer import timestamp
from validator.registry import (
    GIVEN,
    Cached,
    Packaged,
    Registry,
    Schema,
    schema_bounds,
    schema_of,
)
from validator.results import JSON, Code, Path, Result, Violation, clip, json_pointer

__all__ = ["NamedSchema", "Validator"]

#: What names a schema: an Iglu URI or a criterion, as text or parsed, or the schema itself.
NamedSchema: TypeAlias = str | SchemaKey | SchemaCriterion | dict[str, JSON] | bool

_ENGINE = "jsonschema-rs"
_FORMATS = ("assert", "annotate")
#: Schemas handed over as such that are kept compiled.
_KEPT = 128
#: How many times its values a payload may have, at the most, when it is normalized: an event that
#: is empty becomes one with time, insert, properties, options, context and tags.
_GROWTH = 7
#: The bytes of the shortest event that can be valid: `{"type":"a"},`.
_EVENT_BYTES = 13
#: Schemas that are not there for which a document is told what was probably meant.
_GUESSES = 10


class Validator:
    """Judges documents by the schemas of a registry. Make one and share it: threads may.

    A schema is looked up when it is first needed and kept from then on; a validator does not see
    what a registry gains later.

    >>> validator = Validator()
    >>> body = b'{"source": {"id": "web"}, "session": null, "profile": null, "events": null}'
    >>> result = validator.check(body)
    >>> [(violation.keyword, violation.instance_location) for violation in result.violations]
    [('type', '/events')]
    """

    def __init__(
        self,
        *,
        registry: Registry | None = None,
        engine: str = _ENGINE,
        limits: Limits | None = None,
        formats: Formats = "assert",
        dialect: str | None = None,
        show_values: bool = False,
    ) -> None:
        """Set what all calls share.

        :param registry: the schemas that can be named; by default those that the package ships.
        :param engine: what judges: `jsonschema-rs`.
        :param limits: what bounds a call; see `Limits`.
        :param formats: whether `format` decides (`assert`) or only says (`annotate`).
        :param dialect: what a schema without `$schema` is written in: `draft-04`, `draft-06`,
            `draft-07`, `2019-09` or `2020-12`, which is the default.
        :param show_values: whether messages may carry values of the document.
        :raises WrongUse: if one of them is something else.
        """
        self._registry = Registry(Cached(Packaged())) if registry is None else registry
        self._limits = Limits() if limits is None else limits
        self._formats = formats
        self._dialect = DEFAULT if dialect is None else dialect_named(dialect)
        self._show_values = show_values
        _expect(isinstance(self._registry, Registry), "registry is a Registry", registry)
        _expect(isinstance(self._limits, Limits), "limits is a Limits", limits)
        _expect(engine == _ENGINE, f"engine is {_ENGINE!r}", engine)
        _expect(formats in _FORMATS, "formats is 'assert' or 'annotate'", formats)
        _expect(isinstance(show_values, bool), "show_values is True or False", show_values)
        self._named: dict[str, Compiled] = {}
        self._handed_over: dict[bytes, Compiled] = {}
        # What documents name is a key: a criterion that a caller named must not answer for it.
        self._described: dict[str, Compiled] = {}

    def check(
        self,
        document: object,
        schema: NamedSchema | None = None,
        *,
        now: datetime | None = None,
    ) -> Result:
        """Take a document the whole way: decode, recognise, normalize, judge.

        A Tracardi tracker payload or event payload is normalized and judged by the newest schema of
        its kind, self-describing data by the schema it names, and so is what a payload's properties
        hold of it. `payload` of the result is the normalized document.

        :param document: JSON text as bytes, or a Python object that is JSON; never changed.
        :param schema: judges the document in place of those. The document is then normalized only
            if that schema is one of its own kind.
        :param now: the moment of insertion, with a time zone; by default this one.
        :raises WrongUse: if the document is a str, `now` has no time zone, `schema` is no name.
        :raises InvalidIgluUri: if `schema` is a text and no Iglu URI; InvalidSchemaVer likewise.
        :raises NoSuchSchema: if `schema` is in no registry; a schema that the document itself names
            and that is not there is a violation, and stands in `unresolved`.
        :raises RegistryUnavailable: if a registry did not answer.
        :raises InvalidSchema: if `schema` is there and can't judge.
        """
        if now is not None:
            timestamp(now)  # which refuses what is no moment, whatever the document is
        return self._run(document, schema, now, normalizing=True)

    def validate(self, document: object, schema: NamedSchema | None = None) -> Result:
        """Judge a document as it is, with nothing normalized: the same as `check` otherwise.

        `payload` of the result is the document as it was decoded. Arguments and errors are those of
        `check`.
        """
        return self._run(document, schema, None, normalizing=False)

    def compile(self, schema: NamedSchema) -> SchemaKey | None:
        """Make a schema ready before the first document needs it; also a way to check a schema.

        :raises NoVerdict: as `check` does for `schema`.
        """
        return self._compiled(schema).key

    def _run(
        self,
        document: object,
        schema: NamedSchema | None,
        now: datetime | None,
        *,
        normalizing: bool,
    ) -> Result:
        named = None if schema is None else self._compiled(schema)
        try:
            value, size, describes = self._admitted(document)
        except documents.Refused as refused:
            return Result(violations=(refused.violation,))
        family = trackers.recognize(value)
        if named is None:
            if family is None:
                return Result(payload=value, violations=(_not_recognized(),))
            named = self._compiled(family.criterion)
        elif family is not None and not _judges(named.key, family):
            family = None
        if family is None or not normalizing:
            findings = named.evaluate(value, size)
        elif _has_too_many_events(value, self._limits):
            findings = _at_least(named.evaluate(value, size), _TOO_MANY_EVENTS)
        else:
            value = _normalized(value, family, now, is_ours=value is not document)
            findings = named.evaluate(value, size, growth=_GROWTH)
        if describes and family is not None:
            return self._with_parts(value, size, family, named.key, findings)
        return self._result(value, named.key, findings)

    def _admitted(self, document: object) -> tuple[JSON, int, bool]:
        """Give the document as JSON, its size in bytes, and whether it may hold described data.

        :raises documents.Refused: if it is not JSON, or past the limits.
        """
        raw = documents.as_bytes(document)
        if raw is not None:
            value, describes = documents.read(raw, self._limits)
            return value, len(raw), describes
        if isinstance(document, str):
            message = (
                "a document is bytes (JSON text) or a Python object; encode a str, or parse it"
            )
            raise WrongUse(message)
        return document, documents.admit(document, self._limits), True

    # Schemas.

    def _compiled(self, schema: NamedSchema, *, suggesting: bool = True) -> Compiled:
        """Give a schema ready to judge, compiled at its first use."""
        if type(schema) is str and (found := self._named.get(schema)):
            return found
        if isinstance(schema, dict | bool):
            return self._from_hand(schema)
        if not isinstance(schema, str | SchemaKey | SchemaCriterion):
            message = (
                "schema is an Iglu URI, a SchemaKey, a SchemaCriterion, a dict or a bool; "
                f"not {type_name(schema)}"
            )
            raise WrongUse(message)
        name = schema if isinstance(schema, str) else str(schema)
        found = self._named.get(name)
        if found is None:
            if "*" in name:
                found = self._compiled(self._registry.newest(SchemaCriterion.parse(name)))
            else:
                key = SchemaKey.parse(name)
                found = self._compile(self._retrieved(key, suggesting=suggesting))
            self._named[name] = found
        return found

    def _retrieved(self, key: SchemaKey, *, suggesting: bool = True) -> Schema:
        """Find a schema that is valid in its dialect."""
        schema = self._registry.retrieve(key, self._limits, self._dialect, suggesting=suggesting)
        refuse_invalid(schema, self._limits)
        return schema

    def _from_hand(self, schema: dict[str, JSON] | bool) -> Compiled:  # noqa: FBT001  # a schema
        """Give a schema that was handed over, compiled: a copy, which no one else changes."""
        try:
            documents.admit(schema, schema_bounds(self._limits))
        except documents.Refused as refused:
            raise InvalidSchema("the schema given", refused.violation.message) from None
        text = orjson.dumps(schema)
        found = self._handed_over.get(text)
        if found is None:
            own = schema_of(orjson.loads(text), uri=GIVEN, dialect=self._dialect)
            uri = GIVEN if own.key is None else str(own.key)
            given = attrs.evolve(own, uri=uri)
            refuse_invalid(given, self._limits)
            found = self._compile(given)
            if len(self._handed_over) >= _KEPT:
                self._handed_over.clear()
            self._handed_over[text] = found
        return found

    def _compile(self, schema: Schema) -> Compiled:
        closed = gather(schema, self._retrieved, self._limits)
        return compile_schema(
            closed, limits=self._limits, formats=self._formats, show_values=self._show_values
        )

    # Parts of a document that name their own schemas.

    def _with_parts(
        self,
        value: JSON,
        size: int,
        family: trackers.Family,
        key: SchemaKey | None,
        findings: Findings,
    ) -> Result:
        """Judge the self-describing data within a payload, too."""
        count = 0
        unresolved: dict[str, Violation] = {}
        for at, place in family.places(value):
            for path, part in trackers.self_describing_parts(place, at):
                count += 1
                if count > self._limits.parts:
                    message = _TOO_MANY.format(self._limits.parts)
                    violation = self._part_violation("TooManyParts", message, path)
                    more = Findings((violation,), truncated=True)
                    return self._result(value, key, _joined(findings, more), unresolved)
                most = max(self._limits.violations - len(findings.violations), 0)
                findings = _joined(findings, self._part(part, path, size, unresolved, most))
        if family is trackers.SELF_DESCRIBING and (own := self._described.get(value["schema"])):
            key = own.key
        return self._result(value, key, findings, unresolved)

    def _part(
        self, part: JSON, path: Path, size: int, unresolved: dict[str, Violation], most: int
    ) -> Findings:
        """Judge one part; `unresolved` gains what is told of a schema that could not judge."""
        name = part["schema"]
        told = unresolved.get(name)
        if told is None:
            try:
                suggesting = len(unresolved) < _GUESSES
                compiled = self._described.get(name) or self._compiled(
                    SchemaKey.parse(name), suggesting=suggesting
                )
                self._described[name] = compiled
                return compiled.evaluate(part["data"], size, at=(*path, "data"), most=most)
            except InvalidIgluUri as error:
                message = str(error) if self._show_values else error.expected
                return Findings((self._part_violation("NotIglu", message, (*path, "schema")),))
            except NoVerdict as error:
                code: Code = (
                    "InvalidSchema" if isinstance(error, InvalidSchema) else "ResolutionError"
                )
                told = self._part_violation(code, str(error), path)
                told = unresolved[name] = attrs.evolve(told, schema=SchemaKey.parse(name))
        location = json_pointer(path, self._limits.location)
        return Findings((attrs.evolve(told, instance_location=location),))

    def _part_violation(self, code: Code, message: str, path: Path) -> Violation:
        return Violation(
            code=code,
            message=clip(message, self._limits.message),
            instance_location=json_pointer(path, self._limits.location),
        )

    def _result(
        self,
        value: JSON,
        key: SchemaKey | None,
        findings: Findings,
        unresolved: Iterable[str] = (),
    ) -> Result:
        most = self._limits.violations
        return Result(
            payload=value,
            schema=key,
            violations=findings.violations[:most],
            truncated=findings.truncated or len(findings.violations) > most,
            unresolved=tuple(unresolved),
        )


_TOO_MANY = "a document may hold {} parts that name their schemas; this one has more"


def _expect(holds: bool, expected: str, given: object) -> None:  # noqa: FBT001  # read at the call
    if not holds:
        message = f"{expected}, not {shown(given)}"
        raise WrongUse(message)


def _judges(key: SchemaKey | None, family: trackers.Family) -> bool:
    """Whether a schema that was named is one for documents of the family."""
    if key is None or family is trackers.SELF_DESCRIBING:
        return False
    return family.criterion.startswith(f"iglu:{key.vendor}/{key.name}/")


def _joined(one: Findings, other: Findings) -> Findings:
    if not other.violations and not other.truncated:
        return one
    return Findings(one.violations + other.violations, one.truncated or other.truncated)


def _normalized(
    value: JSON, family: trackers.Family, now: datetime | None, *, is_ours: bool
) -> JSON:
    """Normalize a document: in place, without a copy, where it was decoded here."""
    return family.settle(value, timestamp(now)) if is_ours else family.normalize(value, now=now)


def _at_least(findings: Findings, otherwise: Findings) -> Findings:
    return findings if findings.violations else otherwise


def _has_too_many_events(payload: dict[str, JSON], limits: Limits) -> bool:
    events = payload.get("events")
    return type(events) is list and len(events) > limits.bytes // _EVENT_BYTES


#: Of events that are each too short to be one, and that a schema lets pass all the same.
_TOO_MANY_EVENTS = Findings(
    (
        Violation(
            code="TooComplex",
            message="a payload of so many bytes can't have so many events that have a type",
            instance_location="/events",
        ),
    )
)


def _not_recognized() -> Violation:
    return Violation(
        code="NotRecognized",
        message=(
            "neither a Tracardi payload (an object with `events`, or with `source`) nor "
            "self-describing data (`schema` and `data`); name its schema: schema=, or --schema"
        ),
    )
