"""What each change does by itself: it is applied alone to the old schema, and the two compared.

Where the whole is proved in a direction, no change breaks anybody there, whatever it does alone:
another takes that back. Where a change does nothing alone, or makes no schema, it is taken back
alone from the new schema, which shows what it does along with others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import attrs

from validator.compatibility.changes import Difference
from validator.compatibility.clock import spent
from validator.compatibility.verdicts import Change, Direction, Effect, Side
from validator.compatibility.walking import Event
from validator.compatibility.words import describe
from validator.errors import NoVerdict
from validator.results import JSON

__all__ = ["Attribution", "Decide", "EventBudget", "attribute"]

#: Tells whether the second schema accepts every document that the first accepts. It may raise
#: NoVerdict: a change alone may make no schema.
Decide: TypeAlias = Callable[[JSON, JSON], Direction]

#: How many others are named that a change has its effect with.
_MOST_TOGETHER = 10
_PROVED = Direction("proved")
_UNKNOWN = Direction("unknown", reason="the budget of the changes is used up")
_INVALID = Direction("unknown", reason="the change alone makes no schema")


@attrs.frozen(kw_only=True)
class EventBudget:
    """How much is spent on telling what each change does by itself."""

    #: Questions that are decided.
    decisions: int = 500
    #: Seconds of CPU, after which no further question is begun.
    seconds: float = 10.0


@attrs.frozen
class Attribution:
    """The changes, and whether the budget ended before each was looked at."""

    changes: tuple[Change, ...]
    truncated: bool


@attrs.frozen
class _Found:
    """What is known of one change: whether it takes documents away, and whether it adds some."""

    backward: Direction
    forward: Direction
    together: tuple[int, ...] = ()

    @property
    def has_effect(self) -> bool:
        return "refuted" in {self.backward.verdict, self.forward.verdict}


def attribute(
    found: Difference,
    backward: Direction,
    forward: Direction,
    decide: Decide,
    budget: EventBudget | None = None,
) -> Attribution:
    """Tell what each event of a difference does, given what all of them do.

    :param backward: whether the new schema accepts all that the old one accepts.
    :param forward: whether the old schema accepts all that the new one accepts.
    """
    asking = _Asking(found, (backward, forward), decide, budget or EventBudget())
    told = asking.tell()
    nothing = _Found(_PROVED, _PROVED)
    known = [told.get(number, nothing) for number in range(len(found.events))]
    changes = list(map(_change, found.events, known))
    along = [tuple(changes[number].location for number in each.together) for each in known]
    changes = [
        attrs.evolve(change, together=together)
        for change, together in zip(changes, along, strict=True)
    ]
    return Attribution(tuple(changes), asking.is_over or found.truncated)


class _Asking:
    """The questions about one difference."""

    def __init__(
        self,
        found: Difference,
        whole: tuple[Direction, Direction],
        decide: Decide,
        budget: EventBudget,
    ) -> None:
        self._found = found
        self._whole = whole
        self._decide = decide
        self._left = budget.decisions
        self._end = spent() + budget.seconds
        self.is_over = False

    def tell(self) -> Mapping[int, _Found]:
        """Tell of each event that may have a say, by its number."""
        asked = [number for number, event in enumerate(self._found.events) if event.decides]
        if len(asked) == 1 or all(self._whole):
            return {number: _Found(*self._whole) for number in asked}
        told = {number: self._alone(number) for number in asked}
        if self._is_told(told):
            return told
        return told | self._joint(told)

    def _is_told(self, told: Mapping[int, _Found]) -> bool:
        """Whether each direction that is refuted is so by some change alone, and all are known."""
        by_alone = [
            any(each.backward.verdict == "refuted" for each in told.values()),
            any(each.forward.verdict == "refuted" for each in told.values()),
        ]
        is_shown = all(
            shown or whole.verdict != "refuted"
            for shown, whole in zip(by_alone, self._whole, strict=True)
        )
        return is_shown and not any(_INVALID in (it.backward, it.forward) for it in told.values())

    def _alone(self, number: int) -> _Found:
        if self._is_used_up():
            return self._not_looked_at()
        return self._both(self._found.old, self._found.alone(number))

    def _not_looked_at(self) -> _Found:
        backward, forward = (_PROVED if whole else _UNKNOWN for whole in self._whole)
        return _Found(backward, forward)

    def _joint(self, told: Mapping[int, _Found]) -> dict[int, _Found]:
        """Tell what the events without an effect of their own do along with the others."""
        idle = [number for number, each in told.items() if not each.has_effect]
        joint: dict[int, _Found] = {}
        for number in idle:
            if self._is_used_up():
                joint[number] = self._not_looked_at()
                continue
            found = self._both(self._found.without(number), self._found.new)
            if found.has_effect or _INVALID in (told[number].backward, told[number].forward):
                joint[number] = found
        return {
            number: attrs.evolve(each, together=self._others(number, joint, told))
            if each.has_effect
            else each
            for number, each in joint.items()
        }

    def _others(self, number: int, *groups: Mapping[int, _Found]) -> tuple[int, ...]:
        """Give those that it has its effect with: of its own schema, if any are.

        :param groups: those that may be, the first of which has one that is another.
        """
        events = self._found.events
        others = next(
            them for each in groups if (them := [other for other in each if other != number])
        )
        beside = [each for each in others if events[each].path == events[number].path]
        return tuple(beside or others)[:_MOST_TOGETHER]

    def _both(self, old: JSON, new: JSON) -> _Found:
        return _Found(self._ask(old, new, self._whole[0]), self._ask(new, old, self._whole[1]))

    def _is_used_up(self) -> bool:
        self.is_over = self.is_over or self._left <= 0 or spent() > self._end
        return self.is_over

    def _ask(self, inner: JSON, outer: JSON, whole: Direction) -> Direction:
        """Decide one question, unless the whole is proved: then nobody breaks."""
        if whole:
            return _PROVED
        if self._is_used_up():
            return _UNKNOWN
        self._left -= 1
        try:
            return self._decide(inner, outer)
        except NoVerdict:
            return _INVALID


_EFFECTS: dict[tuple[str, str], Effect] = {
    ("refuted", "refuted"): "both",
    ("refuted", "proved"): "narrows",
    ("refuted", "unknown"): "narrows",
    ("proved", "refuted"): "widens",
    ("unknown", "refuted"): "widens",
    ("proved", "proved"): "neutral",
}
_BREAKS: dict[Effect, tuple[Side, ...]] = {
    "narrows": ("readers",),
    "widens": ("consumers",),
    "both": ("readers", "consumers"),
}


def _change(event: Event, found: _Found) -> Change:
    verdicts = found.backward.verdict, found.forward.verdict
    effect = _EFFECTS.get(verdicts, "undecided")
    change = Change(
        path=event.path,
        keyword=event.keyword,
        name=event.name,
        old=event.old,
        new=event.new,
        effect=effect,
        breaks=_BREAKS.get(effect, ()),
        witness=found.backward.witness or found.forward.witness,
        old_places=event.old_places,
    )
    return attrs.evolve(change, message=describe(change))
