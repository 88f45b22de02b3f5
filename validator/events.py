"""A Snowplow request, from its document to a verdict on each of its events.

Each event is judged by itself: by the schema of the request, the schema of its fields, and the
schemas that its self-describing data name. A violation is located in the request as it was sent
and, inside a parameter that holds JSON, in what that holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import repeat

import attrs

from validator.engine import Compiled, Findings
from validator.errors import InvalidIgluUri
from validator.iglu import SchemaKey
from validator.judge import Judge, Spent, Tally
from validator.limits import Limits
from validator.results import JSON, EventResult, Path, Result, Violation, json_pointer
from validator.self_describing import SelfDescribingData, self_describing_parts
from validator.trackers import snowplow
from validator.trackers.canonical import EVENTS, EXPECTED
from validator.trackers.encoded import ENVELOPES, Encoded, parts, within
from validator.trackers.snowplow import Moment, Randomness, Reading

__all__ = ["Requests"]

_SELF_DESCRIBING = "iglu:com.snowplowanalytics.self-desc/instance/jsonschema/1-*-*"
#: The bytes of the shortest event that can be valid: `{"e":"pv","p":"pc","tv":""},`.
_EVENT_BYTES = 28
#: The envelopes that ask for self-describing data, or a list of it, with nothing beside `schema`
#: and `data`. Where a registry has them as they are packaged, that is asked in Python, at half the
#: cost: a schema that is ready has a good name.
_LISTED = {
    "iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0": "unstruct_event",
    "iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1": "contexts",
}
_PAIR = 2
_NOTHING = Findings()
_NO_ENVELOPE = "must be self-describing: an object with `schema`, an Iglu URI, and `data`"
_NEITHER = "a self-describing event (e=ue) has its data in ue_px or ue_pr; this one has neither"
_UNWRITABLE = (
    "derived_tstamp, the collector's time less that from dtm to stm, is of no year 0 to 9999"
)
_UNKNOWN = f"must be one of: {', '.join(EVENTS)}"
_TOO_MANY_EVENTS = "a request of so many bytes can't have so many events that are valid"


class Requests:
    """Judges Snowplow requests, and events that are normalized. Safe to share between threads."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._within = within(judge.limits)
        self._plain: dict[str, str] = {}

    def check(
        self,
        document: JSON,
        size: int,
        moment: Moment,
        randomness: Randomness,
        *,
        normalizing: bool,
    ) -> Result:
        """Judge a document of so many bytes.

        With `normalizing`, the payloads of the result are the normalized ones. The verdict is the
        same without.
        """
        checking = self._checking(size, moment, randomness, normalizing=normalizing)
        if not snowplow.is_request_or_events(document):
            return checking.query(document)
        if snowplow.is_request(document) or document["schema"] == snowplow.EVENTS_SCHEMA:
            return checking.several(document)
        return checking.normalized(document)

    def check_query(
        self, parameters: dict[str, str], size: int, moment: Moment, randomness: Randomness
    ) -> Result:
        """Judge the query of a GET, whatever its parameters are, and normalize it."""
        checking = self._checking(size, moment, randomness, normalizing=True)
        return checking.query(parameters)

    def _checking(
        self, size: int, moment: Moment, randomness: Randomness, *, normalizing: bool
    ) -> _Checking:
        if len(self._plain) < len(_LISTED):
            plain = filter(self._judge.is_as_packaged, _LISTED)
            self._plain = {name: _LISTED[name] for name in plain}
        return _Checking(
            self._judge, self._plain, self._within, moment, randomness, size, normalizing
        )


@attrs.define
class _Checking:
    """The check of one request: what all of its events share."""

    judge: Judge
    #: The fields whose envelopes are known to ask what `_LISTED` says, by the names of those.
    plain: dict[str, str]
    #: The limits of what parameters hold.
    within: Limits
    moment: Moment
    randomness: Randomness
    #: The bytes of the request.
    size: int
    normalizing: bool
    #: What was told of each schema that could not judge, by its name.
    told: dict[str, Violation] = attrs.field(factory=dict)
    #: What the parts of all events took together.
    spent: Spent = attrs.field(factory=Spent)
    #: The schema of the request, where that could not judge: no event has a verdict then.
    unresolved: dict[str, None] = attrs.field(factory=dict)
    #: Violations that are listed so far; each event that fails lists one at the least.
    listed: int = 0

    # Documents.

    def query(self, document: dict[str, JSON]) -> Result:
        """Judge the query of a GET."""
        schema = self.judge.compiled(snowplow.QUERY_SCHEMA)
        (reading,) = self._readings([document])
        envelope = schema.evaluate(document, self.size)
        entry = self._sent(document, (), envelope, reading)
        return self._result(
            document, schema.key, Tally(self.told, self.spent), [entry], entry.payload
        )

    def normalized(self, document: dict[str, JSON]) -> Result:
        """Judge one normalized event."""
        envelope = self.judge.compiled(_SELF_DESCRIBING).evaluate(document, self.size)
        entry = self._normalized(document, (), envelope)
        schema = self.judge.described(document["schema"])
        key = None if schema is None else schema.key
        return self._result(document, key, Tally(self.told, self.spent), [entry], document)

    def several(self, document: dict[str, JSON]) -> Result:
        """Judge the body of a POST, or several normalized events in one document."""
        whole = Tally(self.told, self.spent)
        name, sent = document["schema"], document["data"]
        is_sent = name != snowplow.EVENTS_SCHEMA
        mismatch = self._mismatch(name, snowplow.PAYLOAD_DATA, ("schema",)) if is_sent else None
        if mismatch:
            schema, of_all = None, Findings((mismatch,))
        else:
            of_all = self.judge.part(document, (), self.size, whole, 1)
            schema = self.judge.described(name)
        key = None if schema is None else schema.key
        is_too_long = type(sent) is list and self._is_too_long(sent)
        if type(sent) is not list or not sent or is_too_long:
            whole.add(_too_long() if is_too_long and not of_all.violations else of_all)
            return self._result(document, key, whole, [], document)
        self.unresolved = whole.unresolved
        envelopes = self._envelopes(schema, sent, of_all)
        readings = self._readings(sent) if is_sent else []
        entries = []
        for index, (each, envelope) in enumerate(zip(sent, envelopes, strict=False)):
            at = ("data", index)
            if is_sent:
                entries.append(self._sent(each, at, envelope, readings[index]))
            else:
                entries.append(self._normalized(each, at, envelope))
        events = snowplow.batch([entry.payload for entry in entries])
        return self._result(document, key, whole, entries, events if is_sent else document)

    def _envelopes(
        self, schema: Compiled | None, sent: list[JSON], of_all: Findings
    ) -> Iterable[Findings]:
        """Give what the schema of the request says of each event: mostly nothing."""
        if not of_all.violations:
            return repeat(_NOTHING)
        if schema is None:  # none of them can be judged by it
            return repeat(of_all)
        if all(schema.is_valid([each]) for each in sent):  # it is wrong with all of them together
            return repeat(of_all)
        return (self._envelope(schema, each, ("data", index)) for index, each in enumerate(sent))

    def _is_too_long(self, events: list[JSON]) -> bool:
        return len(events) > self.judge.limits.bytes // _EVENT_BYTES

    def _envelope(self, schema: Compiled, sent: JSON, at: Path) -> Findings:
        """Judge an event by the schema of the request, as if it were the only one."""
        findings = schema.evaluate([sent], self.size, most=self._most())
        event = self._pointer(at)
        moved = [
            attrs.evolve(each, instance_location=event + each.instance_location.removeprefix("/0"))
            for each in findings.violations
        ]
        return Findings(tuple(moved), findings.truncated)

    def _result(
        self,
        document: JSON,
        key: SchemaKey | None,
        whole: Tally,
        entries: list[EventResult],
        payload: JSON,
    ) -> Result:
        most = self.judge.limits.violations
        listed, truncated = dict.fromkeys(whole.violations), whole.truncated
        unresolved, info = whole.unresolved, whole.info
        for entry in entries:
            if entry.violations or entry.validation_info:
                listed.update(dict.fromkeys(entry.violations))
                truncated = truncated or entry.truncated
                unresolved.update(dict.fromkeys(entry.unresolved))
                info.update(dict.fromkeys(entry.validation_info))
        violations = tuple(listed)
        return Result(
            payload=payload if self.normalizing else document,
            schema=key,
            violations=violations[:most],
            truncated=truncated or len(violations) > most,
            unresolved=tuple(unresolved),
            validation_info=tuple(info),
            entries=tuple(entries),
            collector_tstamp=self.moment.text,
        )

    # Events.

    def _readings(self, sent: list[JSON]) -> list[Reading]:
        return snowplow.read(sent, self.moment, self.randomness, self.within)

    def _sent(self, sent: JSON, at: Path, envelope: Findings, reading: Reading) -> EventResult:
        """Judge an event of the tracker protocol."""
        if not envelope.violations and self._accepts(reading):
            payload = reading.event if self.normalizing else sent
            return EventResult(location=_pointer_of(at), sent=sent, payload=payload)
        tally = self._tally(envelope)
        for encoded in reading.encoded:
            self._judge_encoded(encoded, at, tally)
        self._judge_fields(reading, sent, at, tally)
        return self._entry(sent, reading.event, at, tally, reading.fields)

    def _accepts(self, reading: Reading) -> bool:
        """Whether all of an event is valid, where that can be said at once, as of most it can."""
        if reading.schema is None:
            return False
        fields = self.judge.compiled(reading.schema)
        return (
            self.size <= fields.at_once
            and fields.is_valid(reading.fields)
            and self._accepts_encoded(reading.encoded)
        )

    def _accepts_encoded(self, encoded: list[Encoded]) -> bool:
        """Whether what the parameters of an event hold is valid, and each part of it."""
        ready, size, count = self.judge.ready, self.size, 0
        try:
            for _, field, document, names, _ in encoded:
                name, held = document["schema"], document["data"]
                if self.plain.get(name) != field or len(document) > _PAIR:
                    return False
                if (type(held) is list) is not (field == "contexts"):
                    return False
                parts = held if type(held) is list else (held,)
                count += 1 + len(parts)
                if names > 1 + len(parts):  # there may be more, further down
                    return False
                for part in parts:
                    schema, data = ready[part["schema"]], part["data"]
                    if len(part) > _PAIR or size > schema.at_once or not schema.is_valid(data):
                        return False
        except (KeyError, TypeError):  # not self-describing, or not seen before
            return False
        return count <= self.judge.limits.parts

    def _tally(self, findings: Findings) -> Tally:
        tally = Tally(self.told, self.spent, unresolved=dict(self.unresolved))
        tally.add(findings)
        return tally

    def _normalized(self, event: JSON, at: Path, envelope: Findings) -> EventResult:
        """Judge an event that is normalized."""
        tally = self._tally(envelope)
        tally.parts = -1  # the event itself, which is no part of what was sent
        self._judge_envelopes(event, at, tally)
        for path, part in self_describing_parts(event, at):
            tally.add(self.judge.part(part, path, self.size, tally, self._most(tally)))
            if tally.parts > self.judge.limits.parts:
                break
        fields = event.get("data") if type(event) is dict else None
        return self._entry(event, event, at, tally, fields)

    def _judge_envelopes(self, event: JSON, at: Path, tally: Tally) -> None:
        """Judge which envelopes the fields that hold JSON have; what is in them is judged apart."""
        data = event.get("data") if type(event) is dict else None
        fields = data if type(data) is dict else {}
        for field, criterion in ENVELOPES.items():
            place = (*at, "data", field)
            held: JSON = fields.get(field)
            if SelfDescribingData.names_a_schema(held):
                mismatch = self._mismatch(held["schema"], criterion, (*place, "schema"))
                if mismatch:
                    tally.violations.append(mismatch)
            elif type(held) is dict:
                tally.violations.append(self.judge.violation("NotIglu", _NO_ENVELOPE, place))

    def _entry(self, sent: JSON, event: JSON, at: Path, tally: Tally, fields: JSON) -> EventResult:
        self.listed += len(tally.violations)
        return EventResult(
            location=_pointer_of(at),
            sent=sent,
            payload=event if self.normalizing else sent,
            violations=tuple(tally.violations),
            truncated=tally.truncated,
            unresolved=tuple(tally.unresolved),
            validation_info=tuple(tally.info),
            fields=fields if tally.violations else None,
        )

    def _most(self, tally: Tally | None = None) -> int:
        """Give how many violations an event may still list: one at the least in all."""
        so_far = 0 if tally is None else len(tally.violations)
        return max(max(self.judge.limits.violations - self.listed, 1) - so_far, 0)

    def _judge_fields(self, reading: Reading, sent: JSON, at: Path, tally: Tally) -> None:
        """Judge what the parameters became; violations are those of the parameters."""
        if reading.schema is None:
            has_kind = type(sent) is dict and type(sent.get("e")) is str
            if has_kind or not tally.violations:  # a schema of a request may ask for no kind
                place = (*at, "e") if has_kind else at
                tally.violations.append(self._violation("enum", _UNKNOWN, place))
            return
        schema = self.judge.compiled(reading.schema)
        findings = schema.evaluate(reading.fields, self.size, most=self._most(tally))
        if not findings.violations:
            tally.add(findings)
            return
        told = {each.instance_location for each in tally.violations}
        # One for each parameter is enough, and for each field that none is to blame for.
        new: dict[tuple[str, str], Violation] = {}
        event = self._pointer(at)
        for each in findings.violations:
            located = self._located(each, sent, at)
            where = located.instance_location
            if where == event:
                new.setdefault((where, each.instance_location), located)
            elif where not in told:
                new.setdefault((where, ""), located)
        tally.add(Findings(tuple(new.values()), findings.truncated))

    def _located(self, violation: Violation, sent: dict[str, JSON], at: Path) -> Violation:
        """Tell a violation of a field as one of the parameter that it was."""
        field = violation.instance_location[1:].partition("/")[0]
        name = snowplow.parameter_of(field, sent)
        if name is None:
            message = f"{field} {violation.message}" if field else violation.message
            message = _NEITHER if violation.keyword == "required" else message
            message = _UNWRITABLE if field == "derived_tstamp" else message
            return attrs.evolve(violation, message=message, instance_location=self._pointer(at))
        return attrs.evolve(
            violation,
            message=EXPECTED.get(name, violation.message),
            instance_location=self._pointer((*at, name)),
        )

    def _judge_encoded(self, encoded: Encoded, at: Path, tally: Tally) -> None:
        """Judge what a parameter holds: what it is, and each part of it by the schema it names."""
        place = (*at, encoded.parameter)
        refusal = encoded.refusal
        if refusal is not None:
            within = None if refusal.code == "NotBase64" else refusal.instance_location
            pointer = self._pointer(place)
            told = attrs.evolve(refusal, instance_location=pointer, decoded_location=within)
            tally.violations.append(told)
            return
        if not SelfDescribingData.names_a_schema(encoded.document):
            refused = self.judge.violation("NotIglu", _NO_ENVELOPE, place)
            tally.violations.append(attrs.evolve(refused, decoded_location=""))
            return
        criterion = ENVELOPES[encoded.field]
        if mismatch := self._mismatch(encoded.document["schema"], criterion, place):
            tally.violations.append(attrs.evolve(mismatch, decoded_location="/schema"))
            return
        for path, part in parts(encoded):
            most = self._most(tally)
            findings = self.judge.part(part, path, self.size, tally, most)
            if findings.violations or findings.truncated:
                tally.add(self._decoded(findings, place))
            if tally.parts > self.judge.limits.parts:
                break

    def _decoded(self, findings: Findings, place: Path) -> Findings:
        """Tell violations within what a parameter holds as those of the parameter."""
        pointer = self._pointer(place)
        located = [
            attrs.evolve(each, instance_location=pointer, decoded_location=each.instance_location)
            for each in findings.violations
        ]
        return Findings(tuple(located), findings.truncated)

    def _mismatch(self, name: str, criterion: str, place: Path) -> Violation | None:
        """Say that an envelope is not the one that belongs there; None if it is."""
        if name.startswith(criterion.removesuffix("*")):
            return None
        try:
            key = SchemaKey.parse(name)
        except InvalidIgluUri:
            return None  # which is told when its schema is looked for
        message = f"must name a schema that fits {criterion}"
        return attrs.evolve(self.judge.violation("CriterionMismatch", message, place), schema=key)

    def _violation(self, keyword: str, message: str, path: Path) -> Violation:
        return attrs.evolve(self.judge.violation("ValidationError", message, path), keyword=keyword)

    def _pointer(self, path: Path) -> str:
        return json_pointer(path, self.judge.limits.location)


def _pointer_of(at: Path) -> str:
    """Write the place of an event: it is the whole, or an item of `data`."""
    return f"/data/{at[1]}" if at else ""


def _too_long() -> Findings:
    violation = Violation(code="TooComplex", message=_TOO_MANY_EVENTS, instance_location="/data")
    return Findings((violation,))
