"""The walk through two schemas side by side, which tells their differences as events.

Parts with a name are matched by it, others by `matching`. Where a reference is to a definition that
says something else, the event is in the definition.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

import attrs

from validator.compatibility import definitions
from validator.compatibility.edits import (
    SILENT,
    Choice,
    Edit,
    Followed,
    Kept,
    Members,
    Pool,
    Rooted,
    Row,
)
from validator.compatibility.equality import key_of, same
from validator.compatibility.keywords import (
    BRANCHES,
    MAPS,
    SCHEMAS,
    TUPLES,
    decides,
)
from validator.compatibility.matching import Pairs, match_branches, match_places
from validator.compatibility.references import (
    Likeness,
    pointer,
    references_in,
    steps_of,
    target_of,
)
from validator.compatibility.required_places import required_places
from validator.compatibility.verdicts import ABSENT, Absent
from validator.dialects import Dialect
from validator.results import JSON

__all__ = ["Event", "Walk"]

#: How many events are told apart; differences past that are told by none.
MOST_EVENTS = 2_000
#: How many schemas within one another are walked through; what is deeper differs as a whole.
_DEEPEST = 60
#: How deep references are followed into parts that stand in their place on the other side.
_DEEPEST_FOLLOWED = 20
#: How many such places are followed; what is left is told as it stands.
MOST_FOLLOWED = 200

_Value = JSON | Absent


@attrs.frozen(kw_only=True)
class Event:
    """One keyword that differs, or one of the things that it holds by name or place."""

    #: JSON Pointer to the schema that has the keyword, in the new schema.
    path: str
    #: "" where the schema itself is another: true, false or an object.
    keyword: str
    #: The property, the name that is required, the place of the branch; None for the whole keyword.
    name: str | None = None
    old: JSON | Absent
    new: JSON | Absent
    #: Whether it may have a say in what is accepted.
    decides: bool = True
    #: JSON Pointers in the old schema: to each reference that was followed, then to the schema.
    old_places: tuple[str, ...] = attrs.field(default=(), repr=False)


@attrs.frozen
class _At:
    """A place in both schemas: a keyword of a schema, or one of the things that it holds.

    The path, the keyword and the name are of the new schema.
    """

    path: str
    keyword: str = ""
    name: str | None = None
    #: How many schemas it is in.
    depth: int = 0
    #: The schema in the old one, as `Event.old_places`.
    old_places: tuple[str, ...] = ("",)
    #: JSON Pointer to what stands there in the old schema.
    old_inside: str = ""

    @property
    def inside(self) -> str:
        """JSON Pointer to what stands there."""
        name = [] if self.name is None else [self.name]
        return pointer(self.path, *([self.keyword] if self.keyword else []), *name)

    @property
    def old_places_inside(self) -> tuple[str, ...]:
        """What stands there in the old schema, as `Event.old_places`."""
        return (*self.old_places[:-1], self.old_inside)

    def of(self, name: str, old_name: str | None = None) -> _At:
        """Give the place of something that the keyword holds, by its name in each schema."""
        before = name if old_name is None else old_name
        old_inside = pointer(self.old_places[-1], self.keyword, before)
        return attrs.evolve(self, name=name, old_inside=old_inside)


class Walk:
    """The walk, and what it found."""

    def __init__(self, old: JSON, new: JSON, dialects: tuple[Dialect, Dialect]) -> None:
        self.events: list[Event] = []
        self.truncated = False
        self._old = old
        self._new = new
        self._dialects = dialects
        self._likeness = Likeness(old, new)
        self._renamed: dict[str, str] = {}
        #: What a reference was followed for: the same again has the same events.
        self._followed: dict[Hashable, Edit | None] = {}
        self._left_to_follow = MOST_FOLLOWED
        self._always = required_places(old)
        references = {*references_in(old)}, {*references_in(new)}
        self._led_through = {step for each in references for it in each for step in steps_of(it)}
        #: The first two steps of each reference in the old schema, and in the new one.
        self._referred = [{tuple(steps_of(it)[:2]) for it in each} for each in references]

    def root(self) -> Edit:
        """Walk through all of it."""
        old, new = self._old, self._new
        if not (isinstance(old, dict) and isinstance(new, dict)):
            return self._value(old, new, _At(""))
        of_old, of_new = definitions.definitions_of(old), definitions.definitions_of(new)
        pairs = definitions.pair(of_old, of_new, self._likeness.alike)
        self._renamed = definitions.renamed(pairs)
        pool = [(*pair, self._definition(*_sides(of_old, of_new, pair), pair)) for pair in pairs]
        keywords = definitions.keywords_of(old), definitions.keywords_of(new)
        less = [
            {name: value for name, value in schema.items() if name not in keywords[side]}
            for side, schema in enumerate((old, new))
        ]
        return Rooted(self._members(less[0], less[1], _At("")), Pool(pool, keywords))

    def _definition(self, old: _Value, new: _Value, pair: definitions.Pair) -> Edit:
        """Walk through a definition.

        Of one that is on one side only, that which no longer refers to it, or now does, tells. It
        is told where nothing refers to it, or the other side does, and it is not there.
        """
        before, after = pair
        keyword, name = after or before or ("", "")
        at = _At("", keyword, name, depth=1, old_inside=pointer("", *(before or ())))
        if before and after:
            return self._value(old, new, at)
        own, others = self._referred if before else reversed(self._referred)
        if (keyword, name) not in own or (keyword, name) in others:
            self._event(at, old, new, told=False)
        return Kept(new if before is None else old)

    # Schemas.

    def _value(self, old: _Value, new: _Value, at: _At) -> Edit:
        """Walk through what stands in the same place of both: a schema, or none."""
        if _is_kept(old, new):
            return Kept(new)
        if at.depth > _DEEPEST or not (isinstance(old, dict) and isinstance(new, dict)):
            return self._choice(old, new, at)
        followed = self._follow(old, new, at) if ("$ref" in old) is not ("$ref" in new) else None
        return self._members(old, new, at) if followed is None else followed

    def _follow(self, old: dict[str, JSON], new: dict[str, JSON], at: _At) -> Edit | None:
        """Follow the reference that stands on one side only; None where it can't be."""
        if at.depth > _DEEPEST_FOLLOWED or self._left_to_follow <= 0:
            return None
        one, other = self._meant(self._old, old), self._meant(self._new, new)
        if one is None or other is None:
            return None
        self._left_to_follow -= 1
        if self._likeness.alike(one, other):
            return Choice(SILENT, old, new)
        # What is in every document is told apart from what may not be: it is graded otherwise.
        key = key_of(old), key_of(new), self._always.issuperset(at.old_places_inside)
        if key not in self._followed:
            self._followed[key] = None  # while it is followed: it may refer to itself
            before = len(self.events)
            inner = self._value(one, other, _followed(old, new, at))
            self._followed[key] = Followed(old, new, inner, range(before, len(self.events)))
        return self._followed[key]

    def _meant(self, root: JSON, schema: dict[str, JSON]) -> dict[str, JSON] | None:
        """Give what a schema says that may be a reference, with notes beside it."""
        if "$ref" not in schema:
            return schema
        notes = {keyword: value for keyword, value in schema.items() if keyword != "$ref"}
        reference = schema["$ref"]
        if not isinstance(reference, str) or any(map(self._decides, notes)):
            return None
        target = target_of(root, reference)
        return {**target, **notes} if isinstance(target, dict) else None

    def _members(self, old: dict[str, JSON], new: dict[str, JSON], at: _At) -> Members:
        """Walk through all keywords of a schema: those of the new one, then what is gone."""
        path, depth, places = at.inside, at.depth + 1, at.old_places_inside
        edits: dict[str, Edit] = {}
        for keyword in {**new, **old}:
            old_inside = pointer(places[-1], keyword)
            here = _At(path, keyword, depth=depth, old_places=places, old_inside=old_inside)
            edits[keyword] = self._keyword(old.get(keyword, ABSENT), new.get(keyword, ABSENT), here)
        return Members(edits)

    # Keywords.

    def _keyword(self, old: _Value, new: _Value, at: _At) -> Edit:
        if _is_kept(old, new):
            return Kept(new)
        if not self._decides(at.keyword):
            return self._note(old, new, at)
        return self._inside(old, new, at) or self._plain(old, new, at)

    def _inside(self, old: _Value, new: _Value, at: _At) -> Edit | None:
        """Walk through what a keyword holds; None where that differs as a whole."""
        if at.keyword == "required" and _is_names(old) and _is_names(new):
            return self._required(old, new, at)
        if at.keyword in MAPS and _is_map(old) and _is_map(new):
            return self._map(old, new, at)
        if isinstance(old, list) and isinstance(new, list):
            return self._list(old, new, at)
        return self._value(old, new, at) if at.keyword in SCHEMAS else None

    def _plain(self, old: _Value, new: _Value, at: _At) -> Edit:
        if self._says_the_same(old, new, at.keyword):
            return Choice(SILENT, old, new)
        return self._choice(old, new, at)

    def _decides(self, keyword: str) -> bool:
        """Whether a keyword may have a say: for itself, or as what a reference leads through."""
        if keyword == "$schema":
            return self._dialects[0] is not self._dialects[1]
        return keyword in self._led_through or any(decides(keyword, it) for it in self._dialects)

    def _note(self, old: _Value, new: _Value, at: _At) -> Edit:
        """Tell of a keyword that has no say; `self.version` always differs."""
        if at.path == "" and at.keyword == "self" and _is_map(old) and _is_map(new):
            versions = {"version": None}
            if same({**_object(old), **versions}, {**_object(new), **versions}):
                return Choice(SILENT, old, new)
        return self._choice(old, new, at, told=False)

    def _says_the_same(self, old: _Value, new: _Value, keyword: str) -> bool:
        if keyword == "type" or (keyword == "enum" and isinstance(old, list)):
            return _is_same_set(_listed(old), _listed(new))
        if keyword != "$ref" or not (isinstance(old, str) and isinstance(new, str)):
            return False
        is_renamed = self._renamed.get(old) == new
        return is_renamed or self._likeness.alike({"$ref": old}, {"$ref": new})

    def _required(self, old: _Value, new: _Value, at: _At) -> Edit:
        """Walk through names that are required: each is an event."""
        before, after = _listed(old), _listed(new)
        names_old, names_new = dict.fromkeys(before), dict.fromkeys(after)
        edits: dict[str, Edit] = {}
        for name in {**names_new, **names_old}:
            one = name if name in names_old else ABSENT
            other = name if name in names_new else ABSENT
            edits[name] = Kept(name) if one == other else self._choice(one, other, at.of(name))
        return Row(
            [edits[name] for name in {**names_old, **names_new}],
            [edits[name] for name in {**names_new, **names_old}],
            (_blank(old), _blank(new)),
        )

    def _map(self, old: _Value, new: _Value, at: _At) -> Edit:
        """Walk through what a keyword holds by name."""
        before, after = _object(old), _object(new)
        edits: dict[str, Edit] = {}
        for name in {**after, **before}:
            one, other = before.get(name, ABSENT), after.get(name, ABSENT)
            if isinstance(one, list) and isinstance(other, list) and _is_same_set(one, other):
                edits[name] = Choice(SILENT, one, other)
            else:
                edits[name] = self._value(one, other, at.of(name))
        return Members(edits, (_blank(old), _blank(new)))

    def _list(self, old: list[JSON], new: list[JSON], at: _At) -> Edit | None:
        if at.keyword in BRANCHES:
            return self._branches(old, new, at)
        if at.keyword in TUPLES:
            edits = self._pairs(match_places(old, new), old, new, at)
            return Row(edits, edits)
        return None

    def _branches(self, old: list[JSON], new: list[JSON], at: _At) -> Edit:
        """Walk through branches: each has its place in either order."""
        pairs = match_branches(old, new, self._likeness.alike)
        edits = self._pairs(pairs, old, new, at)
        last = len(old)
        places = [last if before is None else before for before, _ in pairs]
        return Row([edits[index] for index in _order(places)], edits)

    def _pairs(self, pairs: Pairs, old: list[JSON], new: list[JSON], at: _At) -> list[Edit]:
        return [
            self._value(
                ABSENT if before is None else old[before],
                ABSENT if after is None else new[after],
                at.of(
                    str(before if after is None else after),
                    str(after if before is None else before),
                ),
            )
            for before, after in pairs
        ]

    # Events.

    def _choice(self, old: _Value, new: _Value, at: _At, *, told: bool = True) -> Edit:
        return Choice(self._event(at, old, new, told=told), old, new)

    def _event(self, at: _At, old: _Value, new: _Value, *, told: bool) -> int:
        """Note an event; give its number, that of no event where there are too many."""
        if len(self.events) >= MOST_EVENTS:
            self.truncated = True
            return SILENT
        self.events.append(
            Event(
                path=at.path,
                keyword=at.keyword,
                name=at.name,
                old=old,
                new=new,
                decides=told,
                old_places=at.old_places,
            )
        )
        return len(self.events) - 1


def _followed(old: dict[str, JSON], new: dict[str, JSON], at: _At) -> _At:
    """Give the place that the reference leads to, on the one side that has it."""
    path, places = at.inside, at.old_places_inside
    if "$ref" in new:
        path = pointer("", *steps_of(new["$ref"]))
    else:
        places = (*places, pointer("", *steps_of(old["$ref"])))
    return _At(path, depth=at.depth + 1, old_places=places, old_inside=places[-1])


def _sides(
    old: dict[definitions.Named | None, JSON],
    new: dict[definitions.Named | None, JSON],
    pair: definitions.Pair,
) -> tuple[_Value, _Value]:
    return old.get(pair[0], ABSENT), new.get(pair[1], ABSENT)


def _is_kept(old: _Value, new: _Value) -> bool:
    return old is not ABSENT and new is not ABSENT and same(old, new)


def _is_names(value: _Value) -> bool:
    """Whether it is a list of names, each once, or absent."""
    if value is ABSENT:
        return True
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return False
    return len(set(value)) == len(value)


def _is_map(value: _Value) -> bool:
    return value is ABSENT or isinstance(value, dict)


def _object(value: _Value) -> dict[str, JSON]:
    return value if isinstance(value, dict) else {}


def _listed(value: _Value) -> list[JSON]:
    if value is ABSENT:
        return []
    return value if isinstance(value, list) else [value]


def _blank(value: _Value) -> _Value:
    """Give what a keyword is where it holds nothing: absent, unless it was there and empty."""
    return ABSENT if value else value


def _is_same_set(one: Iterable[JSON], other: Iterable[JSON]) -> bool:
    return {key_of(each) for each in one} == {key_of(each) for each in other}


def _order(places: list[int]) -> list[int]:
    return sorted(range(len(places)), key=places.__getitem__)
