"""A document that was checked as a tree: what is in it, and what is wrong, where it is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs
import orjson

from validator import Result, trackers
from validator.errors import InvalidIgluUri
from validator.iglu import SchemaKey
from validator.reporting import Checked, Piece, Summary, printable, told
from validator.results import JSON, EventResult, Violation, clip, json_pointer
from validator.self_describing import SelfDescribingData
from validator.trackers import snowplow
from validator.trackers.canonical import EVENTS

__all__ = ["tree_lines"]

#: Lines of one tree, beside those of violations.
_MOST_LINES = 1_000
#: Members of one array or object.
_MOST_MEMBERS = 100
#: Characters of a value, and of a name.
_MOST_TEXT = 200
#: The fields that are told as parts of their own, with what they are called.
_PARTS = {"unstruct_event": "self-describing event", "contexts": "contexts"}
_ELSEWHERE = {*_PARTS, "unused_parameters"}
#: The fields that no parameter becomes; the others are derived from several.
_MADE = {"collector_tstamp": "now"}
#: Where it is said that a parameter holds no envelope, in what it holds.
_OF_AN_ENVELOPE = {"", "/schema"}
_GOOD: Piece = ("valid", "good")
_BAD: Piece = ("not valid", "bad")
_NO_VERDICT: Piece = ("no verdict", "bad")
_NOT_JUDGED: Piece = ("not judged", "rule")
#: Violations are listed up to a limit; what is past it is judged, but not told.
_NOT_TOLD: Piece = ("no violation listed", "rule")
#: What is said of a part whose schema was not found, or can't judge.
_LACKING = {"ResolutionError", "InvalidSchema"}
#: What is said of what a parameter holds, where no part of it is judged.
_NOT_AN_ENVELOPE = {"CriterionMismatch", "NotIglu"}
#: What a value is, where values are not shown.
_KINDS = {str: "a text", bool: "true or false", int: "a number", float: "a number"}
#: The list of events in a Tracardi payload.
_EVENTS = "/events"


def tree_lines(checked: Checked, *, values: bool) -> Iterator[tuple[Piece, ...]]:
    """Draw the tree of a document, line by line; without values, what kind of value each is."""
    return _lines(_tree(checked, values=values))


# A tree, and how it is drawn.


@attrs.define
class _Node:
    """A line, and those below it."""

    pieces: tuple[Piece, ...]
    #: What is wrong with it, which is told first.
    wrong: list[_Node] = attrs.field(factory=list)
    children: list[_Node] = attrs.field(factory=list)


def _lines(node: _Node, first: str = "", others: str = "") -> Iterator[tuple[Piece, ...]]:
    """Draw a tree: the pieces of each of its lines, after what leads to it."""
    yield ((first, "rule"), *node.pieces) if first else node.pieces
    below = [*node.wrong, *node.children]
    for each in below:
        corner, side = ("└── ", "    ") if each is below[-1] else ("├── ", "│   ")
        yield from _lines(each, others + corner, others + side)


@attrs.define
class _Room:
    """The lines that a tree may still have."""

    left: int = _MOST_LINES

    def take(self) -> bool:
        """Take a line, if there is one left."""
        self.left -= 1
        return self.left >= 0


def _remark(text: str) -> _Node:
    return _Node(((text, "rule"),))


def _violation(violation: Violation) -> _Node:
    return _Node(tuple(told(violation)))


# What is in the tree.


def _tree(checked: Checked, *, values: bool) -> _Node:
    """Make the tree of a document."""
    result, room = checked.result, _Room()
    if result.entries:
        root = _request(result, room, values=values)
    else:
        root = _payload(result, room, values=values)
    place: Piece = (f"{printable(checked.file)}:{checked.line}: ", "place")
    root.pieces = (place, *root.pieces)
    if result.truncated:
        root.wrong.append(_remark("there may be more violations"))
    if room.left < 0:
        root.children.append(
            _remark(f"there is more: a tree has {_MOST_LINES:,} lines at the most")
        )
    return root


def _request(result: Result, room: _Room, *, values: bool) -> _Node:
    """Make the tree of a Snowplow request: a branch for each event."""
    kind, is_sent = _kind_of(result.schema)
    summary = Summary()
    for entry in result.entries:
        summary.count(entry)
    root = _Node(((kind, "place"), *_schema_of(result), *_counts(summary)))
    of_events = {each for entry in result.entries for each in entry}
    root.wrong += [_violation(each) for each in result if each not in of_events]
    for index, entry in enumerate(result.entries):
        if not room.take():
            break
        branch = _Branch(entry, room, values=values)
        label: Piece = (f"event {index}", "place")
        if is_sent and type(entry.sent) is dict:
            node = branch.event(label, entry)
        else:
            node = branch.value((label,), entry.sent, entry.location)
        branch.settle(node)
        root.children.append(node)
    return root


def _kind_of(schema: SchemaKey | None) -> tuple[str, bool]:
    """Tell what a document of events is, and whether they are as a tracker sends them."""
    if str(schema) == snowplow.QUERY_SCHEMA:
        return "Snowplow query", True
    if schema is not None and str(schema).startswith(snowplow.NORMALIZED):
        return "Snowplow events, normalized", False
    return "Snowplow request", True


def _schema_of(result: Result) -> tuple[Piece, ...]:
    return () if result.schema is None else ((f" [{result.schema}]", "rule"),)


def _counts(summary: Summary) -> Iterator[Piece]:
    """Tell how many events there are, and how many had which outcome."""
    events = "1 event" if summary.documents == 1 else f"{summary.documents:,} events"
    yield f": {events}", ""
    for count, outcome, style in (
        (summary.valid, "valid", "good"),
        (summary.invalid, "not valid", "bad"),
        (summary.unresolved, "without a verdict", "bad"),
    ):
        if count:
            yield ", ", ""
            yield f"{count:,} {outcome}", style


def _payload(result: Result, room: _Room, *, values: bool) -> _Node:
    """Make the tree of what is judged as a whole, or not at all."""
    payload = result.payload
    family = trackers.recognize(payload)
    name: Piece = ("document" if family is None else family.name, "place")
    is_judged = isinstance(family, trackers.Payload)
    branch = _Branch(result, room, values=values, is_judged=is_judged)
    if payload is None:  # no JSON, for instance
        root = _Node((name, (": ", ""), branch.outcome()))
    elif SelfDescribingData.names_a_schema(payload):  # which tells schema and verdict by itself
        root = branch.value((name,), payload, "")
    else:
        label = (name, *_schema_of(result), (": ", ""), branch.outcome())
        root = branch.value(label, payload, "")
    branch.settle(root)
    return root


class _Branch:
    """An event, or what is judged as a whole: what it holds, and what is said of it.

    A place is a JSON Pointer into the document, that goes on in what a parameter holds.
    """

    def __init__(
        self,
        outcome: Result | EventResult,
        room: _Room,
        *,
        values: bool,
        is_judged: bool = True,
    ) -> None:
        self._outcome = outcome
        self._room = room
        self._values = values
        self._nodes: dict[str, _Node] = {}
        #: For each place in which something is wrong: whether a schema is lacking there.
        self._lacks: dict[str, bool] = {}
        #: What the places begin with that nothing was judged in.
        self._not_judged = [] if is_judged else ["/"]
        for each in outcome:
            self._heed(each)
        self._newer = {
            str(info.original): str(info.validated_with.version) for info in outcome.validation_info
        }

    def _heed(self, violation: Violation) -> None:
        """Note for each place around a violation that there is one."""
        lacks = violation.code in _LACKING
        place = _place(violation)
        if violation.code in _NOT_AN_ENVELOPE and violation.decoded_location in _OF_AN_ENVELOPE:
            self._not_judged.append(place.removesuffix("/schema") + "/")
        while True:
            self._lacks[place] = lacks or self._lacks.get(place, False)
            if not place:
                break
            place = place.rpartition("/")[0]

    # What is said.

    def outcome(self) -> Piece:
        """Give the verdict on all of it."""
        if self._outcome.unresolved:
            return _NO_VERDICT
        return _GOOD if self._outcome else _BAD

    def _verdict(self, place: str) -> Piece:
        """Give the verdict on self-describing data."""
        if any(place.startswith(each) for each in self._not_judged):
            return _NOT_JUDGED
        if place in self._lacks:
            return _NO_VERDICT if self._lacks[place] else _BAD
        return _NOT_TOLD if self._outcome.truncated else _GOOD

    def settle(self, root: _Node) -> None:
        """Put each violation under the nearest node that its place is in."""
        for each in self._outcome:
            place = _place(each)
            while place and place not in self._nodes:
                place = place.rpartition("/")[0]
            self._nodes.get(place, root).wrong.append(_violation(each))

    # What it holds.

    def value(self, label: tuple[Piece, ...], value: JSON, place: str) -> _Node:
        """Make the node of a value, with all that is in it."""
        if SelfDescribingData.names_a_schema(value):
            return self._described(label, value, place)
        if not value and type(value) in {dict, list}:
            return self._at(place, (*label, (f": {value}", "")))
        if type(value) is dict or type(value) is list:
            node = self._at(place, label)
            self._members(node, value, place)
            return node
        return self._scalar(label, value, place)

    def _scalar(self, label: tuple[Piece, ...], value: JSON, place: str | None) -> _Node:
        return self._at(place, (*label, (f": {self._text(value)}", "")))

    def _at(self, place: str | None, pieces: tuple[Piece, ...]) -> _Node:
        node = _Node(pieces)
        if place is not None:
            self._nodes.setdefault(place, node)
        return node

    def _text(self, value: JSON) -> str:
        """Write a value that holds no others; or what kind it is of."""
        if not self._values and value is not None:
            return _KINDS[type(value)]
        shown = clip(value, _MOST_TEXT) if type(value) is str else value
        return printable(orjson.dumps(shown).decode())

    def _members(self, node: _Node, container: dict[str, JSON] | list[JSON], place: str) -> None:
        members: Iterable[tuple[str | int, JSON]] = (
            container.items() if isinstance(container, dict) else enumerate(container)
        )
        for index, (step, each) in enumerate(members):
            if index == _MOST_MEMBERS:
                node.children.append(_remark(f"{len(container) - index:,} more"))
                break
            if not self._room.take():
                break
            label: tuple[Piece, ...] = ((_name(step), "place"),)
            if place == _EVENTS and type(each) is dict and type(container) is list:
                label = (*label, *self._type_of(each), (": ", ""), self._verdict(f"{place}/{step}"))
            node.children.append(self.value(label, each, place + json_pointer((step,))))

    def _type_of(self, event: dict[str, JSON]) -> tuple[Piece, ...]:
        """Tell the type of an event of Tracardi."""
        name = event.get("type")
        return ((f": {self._text(name)}", ""),) if self._values and type(name) is str else ()

    def _described(self, label: tuple[Piece, ...], value: dict[str, JSON], place: str) -> _Node:
        """Make the node of self-describing data: its schema and the verdict, and what it holds."""
        schema = self._schema(value["schema"])
        node = self._at(place, (*label, (": ", ""), *schema, (": ", ""), self._verdict(place)))
        held = value["data"]
        if type(held) in {dict, list} and not SelfDescribingData.names_a_schema(held):
            self._members(node, held, f"{place}/data")
        elif self._room.take():
            node.children.append(self.value((("data", "place"),), held, f"{place}/data"))
        more = {name: each for name, each in value.items() if name not in {"schema", "data"}}
        self._members(node, more, place)
        return node

    def _schema(self, name: str) -> Iterator[Piece]:
        """Tell the schema that data names, and the one that it was judged by in its place."""
        try:
            SchemaKey.parse(name)
        except InvalidIgluUri:
            yield self._text(name), "rule"
            return
        yield printable(clip(name, _MOST_TEXT)), "rule"
        if name in self._newer:
            yield f", judged by {self._newer[name]}, which supersedes it", ""

    # An event as a tracker sends it.

    def event(self, label: Piece, entry: EventResult) -> _Node:
        """Make the node of an event: its fields, what its parameters hold, what is of no use."""
        place = entry.location
        sent = {name: value for name, value in entry.sent.items() if type(value) is str}
        # Of an event of no known kind, nothing is decoded, and all is of no use.
        is_known = sent.get("e") in EVENTS
        fields = entry.payload["data"] if is_known else {"unused_parameters": entry.sent}
        node = self._at(place, (label, (": ", ""), *self._who(fields, sent), self.outcome()))
        self._fields(node, fields, sent, place)
        for field in _PARTS:
            if field in fields and self._room.take():
                node.children.append(self._part(field, fields[field], sent, place))
        unused = fields.get("unused_parameters")
        if unused and self._room.take():
            below = _Node((("unused parameters", "place"),))
            node.children.append(below)
            self._members(below, unused, place)
        return node

    def _part(self, field: str, value: JSON, sent: dict[str, str], place: str) -> _Node:
        """Make the node of what a parameter holds: of what was sent, if that is no JSON."""
        parameter = snowplow.parameter_of(field, sent)
        label: tuple[Piece, ...] = ((_PARTS[field], "place"), (f" ({parameter})", "rule"))
        return self.value(label, value, f"{place}/{parameter}")

    def _who(self, fields: dict[str, JSON], sent: dict[str, str]) -> Iterator[Piece]:
        """Tell the kind of an event, and its id."""
        yield fields.get("event", "of no known kind"), ""
        if self._values and "event_id" in fields and sent.get("eid"):
            yield f", event_id {self._text(fields['event_id'])}", ""
        yield ": ", ""

    def _fields(
        self, node: _Node, fields: dict[str, JSON], sent: dict[str, str], place: str
    ) -> None:
        """Tell what each parameter became, beside its name; and what was derived from them."""
        origins = {name: _origin(name, sent) for name in fields if name not in _ELSEWHERE}
        if not sent.get("eid"):
            origins.pop("event_id", None)  # it was made just now, and says nothing
        if not origins or not self._room.take():
            return
        below = _Node((("fields", "place"),))
        node.children.append(below)
        order = {name: index for index, name in enumerate(sent)}
        for name, origin in sorted(origins.items(), key=lambda each: _rank(each, order)):
            if not self._room.take():
                break
            at = None if origin is None else f"{place}/{origin}"
            label = ((name, "place"), (f" ({origin or _MADE.get(name, 'derived')})", "rule"))
            below.children.append(self._scalar(label, fields[name], at))


def _rank(field: tuple[str, str | None], order: dict[str, int]) -> tuple[int, str]:
    """Put fields in the order in which their parameters were sent, and others after them."""
    name, origin = field
    return (len(order), name) if origin is None else (order[origin], "")


def _origin(field: str, sent: dict[str, str]) -> str | None:
    """Give the parameter that became a field; None where several did, or none."""
    return "e" if field == "event" else snowplow.parameter_of(field, sent)


def _place(violation: Violation) -> str:
    return violation.instance_location + (violation.decoded_location or "")


def _name(step: str | int) -> str:
    """Write a name or an index; a name that can't be seen is quoted."""
    shown = clip(str(step), _MOST_TEXT)
    return printable(shown) if shown.strip() else orjson.dumps(shown).decode()
