"""What a call returns."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from validator.badrows import failed_event
from validator.errors import InvalidPayload
from validator.iglu import SchemaKey
from validator.violations import (
    JSON,
    Code,
    EventResult,
    Path,
    Position,
    ValidationInfo,
    Violation,
    clip,
    json_pointer,
)

__all__ = [
    "JSON",
    "Code",
    "EventResult",
    "Path",
    "Position",
    "Result",
    "ValidationInfo",
    "Violation",
    "clip",
    "json_pointer",
]


@attrs.frozen(kw_only=True)
class Result:
    """The outcome for one document; truthy when it is valid.

    >>> bool(Result(payload={}, violations=()))
    True
    """

    #: The document: normalized by `check`, as it came for `validate`; None if it was not JSON.
    payload: JSON = None
    #: The schema the whole document was judged by; None where that has no name, or where none was.
    schema: SchemaKey | None = None
    #: What is wrong, in the order of the document's evaluation.
    violations: tuple[Violation, ...] = ()
    #: Whether there may be more violations than are listed.
    truncated: bool = False
    #: The Iglu URIs of parts that have no verdict, since no usable schema was found for them.
    unresolved: tuple[str, ...] = ()
    #: Parts that were checked by a newer version than they name, since that supersedes theirs.
    validation_info: tuple[ValidationInfo, ...] = ()
    #: For a Snowplow request: the outcome of each of its events, in their order.
    entries: tuple[EventResult, ...] = ()
    #: For a Snowplow request: when it was collected, RFC 3339 in UTC.
    collector_tstamp: str | None = None

    def __bool__(self) -> bool:
        return not self.violations

    def __iter__(self) -> Iterator[Violation]:
        return iter(self.violations)

    @property
    def events(self) -> tuple[JSON, ...]:
        """The valid events of a Snowplow request: normalized by `check`, as sent for `validate`."""
        return tuple(entry.payload for entry in self.entries if entry)

    def failed_events(self) -> tuple[JSON, ...]:
        """Give each event of a Snowplow request that is not valid as a failed event.

        Each is self-describing data of Snowplow's `schema_violations` 2-0-0, which its tools read;
        see `badrows`.
        """
        moment = self.collector_tstamp or ""
        return tuple(failed_event(entry, moment) for entry in self.entries if not entry)

    def raise_for_violations(self) -> None:
        """Do nothing for a valid document.

        :raises InvalidPayload: for any other; its `result` is this one.
        """
        if self.violations:
            raise InvalidPayload(self)

    def to_dict(self) -> dict[str, JSON]:
        """Give what is said of the document as a whole, as JSON: no payload, no entries."""
        return {
            "valid": not self.violations,
            "schema": None if self.schema is None else str(self.schema),
            "violations": [violation.to_dict() for violation in self.violations],
            "truncated": self.truncated,
            "unresolved": list(self.unresolved),
            "validation_info": [info.to_dict() for info in self.validation_info],
        }
