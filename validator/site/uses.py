"""Who leans on a schema: other schemas, what this package recognises, versions that replace it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urldefrag

import attrs

from validator.errors import InvalidIgluUri, NoVerdict, RegistryUnavailable
from validator.iglu import SchemaCriterion, SchemaKey
from validator.registry import Registry, Schema
from validator.trackers import FAMILIES, Payload, encoded, snowplow

__all__ = ["Recognized", "Uses", "referred", "uses"]

_PLANS = "iglu:org.eventpayload/event_plan/jsonschema/1-*-*"
_REPORTS = "iglu:org.eventpayload/check_report/jsonschema/1-*-*"
_COMPARISONS = "iglu:org.eventpayload/comparison/jsonschema/1-*-*"


@attrs.frozen
class Recognized:
    """Something that this package judges by the newest schema that fits."""

    what: str
    criterion: SchemaCriterion
    #: Whether the schema is the newest that fits.
    is_newest: bool


@attrs.frozen
class Uses:
    """What leans on one schema."""

    #: Schemas whose `$ref` leads to it, and those that its own lead to.
    referring: tuple[SchemaKey, ...]
    referred: tuple[SchemaKey, ...]
    recognized: tuple[Recognized, ...]
    #: What data that names it is checked by in its place; None for itself.
    superseded_by: SchemaKey | None
    #: In whose place it is asked.
    superseding: tuple[SchemaKey, ...]

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(
            self.referring
            or self.referred
            or self.recognized
            or self.superseded_by
            or self.superseding
        )


def _told() -> Iterator[tuple[str, str]]:
    """Give what is judged by a schema that is found by a criterion, and that."""
    for family in FAMILIES:
        if isinstance(family, Payload):
            yield family.name, family.criterion
    yield "body of a Snowplow request", snowplow.PAYLOAD_DATA
    yield "query of a Snowplow request", snowplow.QUERY_SCHEMA
    yield "several normalized Snowplow events", snowplow.EVENTS_SCHEMA
    for field, criterion in encoded.ENVELOPES.items():
        yield f"{field} of a Snowplow event", criterion
    yield "plan of events", _PLANS
    yield "report of validator check --format json", _REPORTS
    yield "report of validator schema diff --format json", _COMPARISONS


_RECOGNIZED = [(what, SchemaCriterion.parse(criterion)) for what, criterion in _told()]


def uses(schemas: Iterable[Schema], registry: Registry) -> dict[SchemaKey, Uses]:
    """Give what leans on each of the schemas; each has a key.

    :raises RegistryUnavailable: if the registry did not answer.
    """
    named = {schema.key: schema for schema in schemas if schema.key is not None}
    to = {key: referred(schema) for key, schema in named.items()}
    replaced = {key: _superseded_by(key, registry) for key in named}
    return {
        key: Uses(
            referring=tuple(each for each in named if key in to[each] and each != key),
            referred=to[key],
            recognized=tuple(_recognized(key, named)),
            superseded_by=replaced[key],
            superseding=tuple(each for each in named if replaced[each] == key),
        )
        for key in named
    }


def referred(schema: Schema) -> tuple[SchemaKey, ...]:
    """Give the Iglu schemas that the references of a schema name, sorted."""
    found = set()
    pending = [schema.contents]
    while pending:
        contents = pending.pop()
        if isinstance(contents, dict):
            found.add(_key(contents.get("$ref")))
            pending += [each for _, each in schema.dialect.subschemas(contents)]
    return tuple(sorted(key for key in found if key is not None))


def _key(reference: object) -> SchemaKey | None:
    try:
        return SchemaKey.parse(urldefrag(reference).url) if isinstance(reference, str) else None
    except (InvalidIgluUri, ValueError):  # which is no URI of Iglu, or none at all
        return None


def _recognized(key: SchemaKey, named: Mapping[SchemaKey, Schema]) -> Iterator[Recognized]:
    for what, criterion in _RECOGNIZED:
        if criterion.matches(key):
            newest = max(each for each in named if criterion.matches(each))
            yield Recognized(what, criterion, key == newest)


def _superseded_by(key: SchemaKey, registry: Registry) -> SchemaKey | None:
    try:
        asked = registry.superseding(key, suggesting=False).key
    except RegistryUnavailable:
        raise
    except NoVerdict:  # what takes its place is not there, or can't judge
        return None
    return None if asked == key else asked
