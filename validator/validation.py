"""From bytes to a verdict: the whole way, in one place to read."""

from __future__ import annotations

import os
from datetime import datetime
from typing import TYPE_CHECKING

from validator import documents, trackers
from validator.dialects import DEFAULT, dialect_named
from validator.engine import Engine, Findings, Formats
from validator.errors import WrongUse, is_a, shown
from validator.events import Requests
from validator.iglu import SchemaKey
from validator.judge import Judge, NamedSchema, Tally
from validator.limits import Limits
from validator.normalizer import timestamp
from validator.plain import plain_validator
from validator.plans import Plan, Planned
from validator.queries import parse_query
from validator.registry import Registry
from validator.results import JSON, Result, Violation
from validator.retrievers import Cached, Packaged
from validator.self_describing import self_describing_parts
from validator.trackers.snowplow import Moment, Randomness

if TYPE_CHECKING:
    import jsonschema.protocols

__all__ = ["NamedSchema", "Validator"]

_ENGINES = ("jsonschema-rs", "jsonschema")
_ENGINE = "engine is 'jsonschema-rs' or 'jsonschema'"
_FORMATS = ("assert", "annotate")
_RANDOMNESS = "randomness is a function that gives so many bytes, such as os.urandom"
#: How many times its values a payload may have, at the most, when it is normalized: an event that
#: is empty becomes one with time, insert, properties, options, context and tags.
_GROWTH = 7
#: The bytes of the shortest event that can be valid: `{"type":"a"},`.
_EVENT_BYTES = 13


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

    def __init__(  # noqa: PLR0913  # each option is an argument
        self,
        *,
        registry: Registry | None = None,
        engine: Engine = "jsonschema-rs",
        limits: Limits | None = None,
        formats: Formats = "assert",
        dialect: str | None = None,
        show_values: bool = False,
        plan: bytes | dict[str, JSON] | None = None,
    ) -> None:
        """Set what all calls share.

        :param registry: the schemas that can be named; by default those that the package ships.
        :param engine: what judges: `jsonschema-rs`; or, slower and without its bounds, for a second
            opinion by schemas that are trusted, `jsonschema`.
        :param limits: what bounds a call; see `Limits`.
        :param formats: whether `format` decides (`assert`) or only says (`annotate`).
        :param dialect: what a schema without `$schema` is written in: `draft-04`, `draft-06`,
            `draft-07`, `2019-09` or `2020-12`, which is the default.
        :param show_values: whether messages may carry values of the document.
        :param plan: which schemas judge the events of Tracardi payloads, by type: the bytes of an
            event plan, or the plan as a dict. Its schemas are looked up and compiled here.
        :raises WrongUse: if one of them is something else.
        :raises NoVerdict: if a schema that the plan names is not there, or can't judge.
        """
        schemas = Registry(Cached(Packaged())) if registry is None else registry
        self._limits = Limits() if limits is None else limits
        written_in = DEFAULT if dialect is None else dialect_named(dialect)
        _expect(is_a(schemas, Registry), "registry is a Registry", registry)
        _expect(type(self._limits) is Limits, "limits is a Limits", limits)
        _expect(type(engine) is str and engine in _ENGINES, _ENGINE, engine)
        _expect(
            type(formats) is str and formats in _FORMATS,
            "formats is 'assert' or 'annotate'",
            formats,
        )
        _expect(type(show_values) is bool, "show_values is True or False", show_values)
        self._formats: Formats = formats
        self._judge = Judge(
            schemas,
            self._limits,
            formats,
            written_in,
            show_values=show_values,
            engine=engine,
        )
        self._requests = Requests(self._judge)
        self._plan: Planned | None = None
        if plan is not None:
            self._plan = Plan.parse(plan).resolve(self._judge, show_values=show_values)

    def check(
        self,
        document: object,
        schema: NamedSchema | None = None,
        *,
        now: datetime | None = None,
        randomness: Randomness = os.urandom,
    ) -> Result:
        """Take a document the whole way: decode, recognise, normalize, judge.

        A Tracardi tracker payload or event payload is normalized and judged by the newest schema of
        its kind, and its events by the plan, where there is one; self-describing data by the schema
        it names, and so is what a payload's properties hold of it. Of a Snowplow request, each
        event is judged by itself: `entries` of the result has the outcomes, and `events` the good
        ones. `payload` is the normalized document.

        :param document: JSON text as bytes, or a Python object that is JSON; never changed.
        :param schema: judges the document in place of those. The document is then normalized only
            if that schema is one of its own kind.
        :param now: the moment of insertion or collection, with a time zone; by default this one.
        :param randomness: gives the bytes that the id of a Snowplow event without one is made of;
            what it raises itself is raised as it is.
        :raises WrongUse: if the document is a str, `now` has no time zone, `schema` is no name, or
            `randomness` gives no bytes.
        :raises InvalidIgluUri: if `schema` is a text and no Iglu URI; InvalidSchemaVer likewise.
        :raises NoSuchSchema: if `schema` is in no registry; a schema that the document itself names
            and that is not there is a violation, and stands in `unresolved`.
        :raises RegistryUnavailable: if a registry did not answer.
        :raises InvalidSchema: if `schema` is there and can't judge.
        """
        if now is not None:
            timestamp(now)  # which refuses what is no moment, whatever the document is
        _expect(callable(randomness), _RANDOMNESS, randomness)
        return self._run(document, schema, now, randomness, normalizing=True)

    def check_query(
        self,
        query: bytes | str,
        *,
        now: datetime | None = None,
        randomness: Randomness = os.urandom,
    ) -> Result:
        """Take the query of a Snowplow GET request the whole way; `check` takes it as an object.

        :param query: `e=pv&url=...`, alone or at the end of a URL or a path.
        :param now: the moment of collection, with a time zone; by default this one.
        :param randomness: gives the bytes that the id of an event without one is made of; what it
            raises itself is raised as it is.
        :raises WrongUse: if the query is neither bytes nor a str, `now` has no time zone, or
            `randomness` gives no bytes.
        """
        moment = Moment.of(now)
        _expect(callable(randomness), _RANDOMNESS, randomness)
        try:
            parameters = parse_query(query, self._limits)
        except documents.Refused as refused:
            return Result(violations=(refused.violation,))
        size = len(query.encode()) if isinstance(query, str) else len(query)
        return self._requests.check_query(parameters, size, moment, randomness)

    def validate(self, document: object, schema: NamedSchema | None = None) -> Result:
        """Judge a document as it is, with nothing normalized: the same as `check` otherwise.

        `payload` of the result is the document as it was decoded. Arguments and errors are those of
        `check`.
        """
        return self._run(document, schema, None, os.urandom, normalizing=False)

    def compile(self, schema: NamedSchema) -> SchemaKey | None:
        """Make a schema ready before the first document needs it; also a way to check a schema.

        :raises NoVerdict: as `check` does for `schema`.
        """
        return self._judge.compiled(schema).key

    def jsonschema(self, schema: NamedSchema) -> jsonschema.protocols.Validator:
        """Give a validator of the package `jsonschema` for a schema, over the same registry.

        It is one of jsonschema's own, for code that lives in that package: `iter_errors`,
        `best_match`, error trees. It has none of the bounds of this one, and its messages quote the
        document. It normalizes nothing, and what a document names by itself it does not look up.
        It judges as jsonschema does: without `contentEncoding`, `contentMediaType`, and from
        2019-09 on `dependencies`; docs/services.md tells of more.

        :param schema: as in `check`.
        :raises NoVerdict: as `check` does for `schema`; InvalidSchema also if Python does not take
            a pattern in it.
        """
        closure = self._judge.closed(schema)
        return plain_validator(closure, limits=self._limits, formats=self._formats)

    def _run(
        self,
        document: object,
        schema: NamedSchema | None,
        now: datetime | None,
        randomness: Randomness,
        *,
        normalizing: bool,
    ) -> Result:
        named = None if schema is None else self._judge.compiled(schema)
        try:
            value, size, describes = self._admitted(document)
        except documents.Refused as refused:
            return Result(violations=(refused.violation,))
        family = trackers.recognize(value)
        payload = family if isinstance(family, trackers.Payload) else None
        if named is not None:
            payload = payload if _judges(named.key, payload) else None
        elif payload is not None:
            named = self._judge.compiled(payload.criterion)
        elif family is not None:
            moment = Moment.of(now)
            return self._requests.check(value, size, moment, randomness, normalizing=normalizing)
        else:
            return Result(payload=value, violations=(_not_recognized(),))
        plan = None if payload is None or payload is trackers.SELF_DESCRIBING else self._plan
        if payload is None or not normalizing:
            findings = named.evaluate(value, size)
        elif _has_too_many_events(value, self._limits):
            plan = None  # it is for types that are slugs
            findings = _at_least(named.evaluate(value, size), _TOO_MANY_EVENTS)
        else:
            value = _normalized(value, payload, now, is_ours=value is not document)
            findings = named.evaluate(value, size, growth=_GROWTH)
        if payload is None or not (describes or plan):
            return Result(
                payload=value,
                schema=named.key,
                violations=findings.violations,
                truncated=findings.truncated,
            )
        tally = Tally()
        tally.add(findings)
        if plan is not None:
            plan.judge_events(value, size, tally)
        if describes:
            return self._with_parts(value, size, payload, named.key, tally)
        return self._result(value, named.key, tally)

    def _admitted(self, document: object) -> tuple[JSON, int, bool]:
        """Give the document as JSON, its size in bytes, and whether it may hold described data.

        :raises documents.Refused: if it is not JSON, or past the limits.
        """
        raw = documents.as_bytes(document)
        if raw is not None:
            value, describes = documents.read(raw, self._limits)
            return value, len(raw), describes
        if is_a(document, str):
            message = (
                "a document is bytes (JSON text) or a Python object; encode a str, or parse it"
            )
            raise WrongUse(message)
        return document, documents.admit(document, self._limits), True

    # Parts of a document that name their own schemas.

    def _with_parts(
        self,
        value: JSON,
        size: int,
        family: trackers.Payload,
        key: SchemaKey | None,
        tally: Tally,
    ) -> Result:
        """Judge the self-describing data within a payload, too."""
        most = self._limits.violations
        for at, place in family.places(value):
            for path, part in self_describing_parts(place, at):
                left = max(most - len(tally.violations), 0)
                tally.add(self._judge.part(part, path, size, tally, left))
                if tally.parts > self._limits.parts:
                    return self._result(value, key, tally)
        if family is trackers.SELF_DESCRIBING and (own := self._judge.described(value["schema"])):
            key = own.key
        return self._result(value, key, tally)

    def _result(self, value: JSON, key: SchemaKey | None, tally: Tally) -> Result:
        most = self._limits.violations
        return Result(
            payload=value,
            schema=key,
            violations=tuple(tally.violations[:most]),
            truncated=tally.truncated or len(tally.violations) > most,
            unresolved=tuple(tally.unresolved),
            validation_info=tuple(tally.info),
        )


def _expect(holds: bool, expected: str, given: object) -> None:  # noqa: FBT001  # read at the call
    if not holds:
        message = f"{expected}, not {shown(given)}"
        raise WrongUse(message)


def _judges(key: SchemaKey | None, family: trackers.Payload | None) -> bool:
    """Whether a schema that was named is one for documents of the family."""
    if key is None or family is None or family is trackers.SELF_DESCRIBING:
        return False
    return family.criterion.startswith(f"iglu:{key.vendor}/{key.name}/")


def _normalized(
    value: JSON, family: trackers.Payload, now: datetime | None, *, is_ours: bool
) -> JSON:
    """Normalize a document: in place, without a copy, where it was decoded here."""
    if is_ours:
        return family.settle(value, timestamp(now))
    return family.normalize(value, now, os.urandom)


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
            "neither a Tracardi payload (an object with `events`, or with `source`), nor a "
            "Snowplow event (with `e`), nor self-describing data (`schema` and `data`); name its "
            "schema: schema=, or --schema"
        ),
    )
