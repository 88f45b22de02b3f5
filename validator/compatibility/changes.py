"""What differs between two schemas, keyword by keyword, as events that can be applied one by one.

The order of types, of values, of names and of branches is no event, nor is the name of a
definition, nor whether a part is referred to or stands in its place.
"""

from __future__ import annotations

from collections.abc import Collection

import attrs

from validator.compatibility.edits import Edit, Pick
from validator.compatibility.equality import same
from validator.compatibility.verdicts import Absent
from validator.compatibility.walking import Event, Walk
from validator.dialects import DEFAULT, Dialect, dialect_of
from validator.results import JSON

__all__ = ["Difference", "difference"]


@attrs.frozen
class Difference:
    """All that differs between two schemas."""

    old: JSON = attrs.field(repr=False)
    new: JSON = attrs.field(repr=False)
    events: tuple[Event, ...]
    #: Whether there are more differences than events.
    truncated: bool
    _edit: Edit = attrs.field(repr=False)

    @property
    def is_none(self) -> bool:
        """Whether nothing differs but `self.version`."""
        return same(_without_version(self.old), _without_version(self.new))

    def apply(self, events: Collection[int]) -> JSON | Absent:
        """Give the old schema with some of the events applied, by their numbers.

        With all of them it is the new one, and so are the order and the names that are no events.
        """
        every = len(events) == len(self.events)
        return self._edit.build(Pick(frozenset(events), silent=every, whole=every or not events))

    def alone(self, number: int) -> JSON | Absent:
        """Give the old schema with one event applied."""
        return self._edit.build(Pick({number}, silent=False, whole=False))

    def without(self, number: int) -> JSON | Absent:
        """Give the new schema with one event taken back."""
        others = frozenset(range(len(self.events))) - {number}
        return self._edit.build(Pick(others, silent=True, whole=False))


def difference(old: JSON, new: JSON, *, dialect: Dialect = DEFAULT) -> Difference:
    """Tell what differs between two schemas.

    :param dialect: of a schema whose `$schema` names none.
    """
    walk = Walk(old, new, (dialect_of(old) or dialect, dialect_of(new) or dialect))
    edit = walk.root()
    return Difference(old, new, tuple(walk.events), walk.truncated, edit)


def _without_version(schema: JSON) -> JSON:
    own = schema.get("self") if isinstance(schema, dict) else None
    if not isinstance(own, dict):
        return schema
    return {**schema, "self": {**own, "version": None}}
