"""Event plans: which schemas judge the properties and the context of the events of each type.

A plan is for Tracardi payloads, whose events name no schema. Those of Snowplow name their own.
"""

from __future__ import annotations

import re
from collections.abc import ItemsView, Iterator
from functools import cache

import attrs
import orjson

from validator import documents
from validator.dialects import DEFAULT
from validator.engine import BYTES_A_VALUE, Compiled, Findings
from validator.errors import InvalidIgluUri, WrongUse, shown
from validator.iglu import SchemaCriterion, SchemaKey
from validator.judge import Judge, NamedSchema, Tally
from validator.limits import Limits
from validator.normalizer import SLUG, slug
from validator.registry import Registry
from validator.results import JSON, Path, Violation, clip
from validator.retrievers import Cached, Packaged
from validator.trackers import SELF_DESCRIBING, tracardi

__all__ = ["Plan", "Planned", "Rule"]

#: The schemas of plans.
_PLANS = SchemaCriterion.parse("iglu:org.eventpayload/event_plan/jsonschema/1-*-*")
#: What of an event a plan can tell of.
_PARTS = ("properties", "context")
#: A plan that names a type twice is a mistake worth hearing of.
_LIMITS = Limits(duplicate_keys=False)
_is_slug = re.compile(SLUG).fullmatch
_NOT_PLANNED = "must be an event type of the plan; correct it, or add it to the plan"


@attrs.frozen
class Rule:
    """One line of a plan: a part of the events of a type, and what judges it."""

    #: The type of the events: a slug.
    type: str
    #: `properties` or `context`.
    part: str
    #: Which schema judges it: the newest that fits.
    criterion: SchemaCriterion


@attrs.frozen
class Plan:
    """What is planned for events: it is well-formed; whether its schemas exist, `resolve` finds."""

    #: In the order of the plan.
    rules: tuple[Rule, ...]
    #: Whether an event of a type that has no rule is not valid.
    refuses_unplanned: bool

    @classmethod
    def parse(cls, document: object) -> Plan:
        """Read a plan.

        :param document: JSON text as bytes, which is self-describing, as files are; or a dict: the
            same, or its `data` alone.
        :raises WrongUse: if it is no plan: it says where, and what is wrong.
        :raises NoSuchSchema: if it names a version of the schema of plans that is not there.
        """
        raw = documents.as_bytes(document)
        if raw is None and type(document) is not dict:
            message = f"a plan is bytes (JSON text) or a dict; not {shown(document)}"
            raise WrongUse(message)
        try:
            value: JSON = document if raw is None else documents.parse(raw, _LIMITS)
            size = documents.admit(document, _LIMITS) if raw is None else len(raw)
        except documents.Refused as refused:
            message = f"not an event plan: {refused.violation.message}"
            raise WrongUse(message) from None
        if raw is None and "schema" not in value:
            return cls._of(value, size, _PLANS, ())
        _expect_envelope(value)
        _expect_valid(value, size, SELF_DESCRIBING.criterion, ())
        return cls._of(value["data"], size, _key(value["schema"]), ("data",))

    @classmethod
    def _of(cls, data: JSON, size: int, schema: NamedSchema, at: Path) -> Plan:
        rules = tuple(_rules(data))  # first, since it says more of a misspelt name than the schema
        _expect_valid(data, size, schema, at)
        return cls(rules, refuses_unplanned=data.get("unplanned") == "refuse")

    def resolve(self, judge: Judge, *, show_values: bool = False) -> Planned:
        """Find the newest schema that fits each rule, and make it ready.

        :param show_values: whether messages may carry values of the document.
        :raises NoSuchSchema: if none fits.
        :raises RegistryUnavailable: if a registry did not answer.
        :raises InvalidSchema: if the one that does can't judge.
        """
        schemas: dict[str, tuple[tuple[str, Compiled], ...]] = {}
        for rule in self.rules:
            judging = (rule.part, judge.compiled(rule.criterion))
            schemas[rule.type] = (*schemas.get(rule.type, ()), judging)
        return Planned(judge, schemas, self.refuses_unplanned, show_values)


@attrs.frozen
class Planned:
    """A plan whose schemas are ready. Safe to share between threads."""

    _judge: Judge
    #: For each type: its parts, and what judges them.
    _schemas: dict[str, tuple[tuple[str, Compiled], ...]]
    _refuses_unplanned: bool
    _show_values: bool

    def judge_events(self, payload: dict[str, JSON], size: int, tally: Tally) -> None:
        """Judge the events of a Tracardi payload of so many bytes: a tracker or an event payload.

        Properties, or a context, that are absent or null are judged as if they were empty, as
        normalization makes them. What is no event with a type is for the payload's schema to tell.
        The tally gains few violations more than the limit, so that it is known that there are more.
        """
        most = self._judge.limits.violations
        for at, event in _events(payload):
            kind = event.get("type")
            if type(kind) is not str:
                continue
            schemas = self._schemas.get(kind)
            if schemas is None:
                if self._refuses_unplanned:
                    tally.violations.append(self._unplanned(kind, at))
            else:
                for part, schema in schemas:
                    held = event.get(part)
                    if held is None:
                        held = {}
                    counted = size
                    if size > schema.at_once:  # what is too much for one is so for many together
                        tally.spent.values += documents.measure(held)[0]
                        counted = max(size, tally.spent.values * BYTES_A_VALUE)
                    elif schema.is_valid(held):  # `evaluate` asks it, too, in three times the time
                        continue
                    left = max(most + 1 - len(tally.violations), 1)
                    findings = schema.evaluate(held, counted, at=(*at, part), most=left)
                    tally.add(self._told_of(kind, findings))
            if len(tally.violations) > most:
                return

    def _unplanned(self, kind: str, at: Path) -> Violation:
        longest = self._judge.limits.message // 2
        it_is = f"; it is {clip(orjson.dumps(kind).decode(), longest)}" if self._show_values else ""
        return self._judge.violation("UnplannedEvent", f"{_NOT_PLANNED}{it_is}", (*at, "type"))

    def _told_of(self, kind: str, findings: Findings) -> Findings:
        """Name the type of the event in each message; it stands in the plan, so it is no secret."""
        longest = self._judge.limits.message
        told = [
            attrs.evolve(each, message=clip(f"{kind}: {each.message}", longest))
            for each in findings.violations
        ]
        return Findings(tuple(told), findings.truncated)


def _events(payload: dict[str, JSON]) -> Iterator[tuple[Path, dict[str, JSON]]]:
    """Give the events of a payload, each with its place."""
    if not tracardi.is_tracker_payload(payload):
        yield (), payload
        return
    entries = payload.get("events")
    if type(entries) is list:
        for index, entry in enumerate(entries):
            if type(entry) is dict:
                yield ("events", index), entry


# The reading of a plan.


@cache
def _judge_of_plans() -> Judge:
    """Give what judges plans: by the packaged schemas, whatever registry events are judged by."""
    return Judge(Registry(Cached(Packaged())), _LIMITS, "assert", DEFAULT, show_values=False)


def _expect_valid(value: JSON, size: int, schema: NamedSchema, at: Path) -> None:
    findings = _judge_of_plans().compiled(schema).evaluate(value, size, at=at)
    if findings.violations:
        first, *others = findings.violations
        place = f"at {first.instance_location}: " if first.instance_location else ""
        more = f" (and {len(others)} more)" if others else ""
        message = f"not an event plan: {place}{first.message}{more}"
        raise WrongUse(message)


def _expect_envelope(value: JSON) -> None:
    """Say what to do with the data of a plan alone."""
    if type(value) is dict and "events" in value and not {"schema", "data"} & value.keys():
        newest = _judge_of_plans().compiled(_PLANS).key
        message = (
            f'not an event plan: it names no schema; wrap it: {{"schema": "{newest}", "data": ...}}'
        )
        raise WrongUse(message)


def _key(name: str) -> SchemaKey:
    """Parse what a plan says that it is."""
    try:
        key = SchemaKey.parse(name)
    except InvalidIgluUri:
        key = None
    if key is None or not _PLANS.matches(key):
        message = f"not an event plan: its `schema` must fit {_PLANS}; it is {shown(name)}"
        raise WrongUse(message)
    return key


def _rules(data: JSON) -> Iterator[Rule]:
    """Give the rules that stand where they should, whatever else there is.

    :raises WrongUse: if a type is no slug, or what should be a criterion can't be parsed.
    """
    for kind, parts in _members(dict(_members(data)).get("events")):
        if not _is_slug(kind):
            meant = slug(kind)
            hint = f"; its slug is {shown(meant)}" if meant != kind else ""
            message = f"not an event plan: the event type {shown(kind)} is no slug{hint}"
            raise WrongUse(message)
        for part, criterion in _members(parts):
            if part in _PARTS and type(criterion) is str:
                yield Rule(kind, part, _criterion(criterion, kind, part))


def _members(value: JSON) -> ItemsView[str, JSON]:
    return value.items() if type(value) is dict else {}.items()


def _criterion(text: str, kind: str, part: str) -> SchemaCriterion:
    try:
        return SchemaCriterion.parse(text)
    except InvalidIgluUri as error:
        message = f"not an event plan: {part} of {shown(kind)}: {error}"
        raise WrongUse(message) from None
