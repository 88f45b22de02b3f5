"""What bounds a call: one frozen value, on by default."""

from __future__ import annotations

import attrs

from validator.errors import WrongUse

__all__ = ["Limits"]


def _count(_: Limits, attribute: attrs.Attribute[int], value: object) -> None:
    least = attribute.metadata.get("least", 1)
    if type(value) is not int or value < least:
        message = f"Limits.{attribute.name} is an integer of {least} or more, not {value!r}"
        raise WrongUse(message)


@attrs.frozen(kw_only=True)
class Limits:
    """The bounds of one call. `attrs.evolve(limits, bytes=...)` gives changed ones.

    Those of documents: past one of them, a document is refused with a violation. Those of schemas:
    past one of them, a schema is `InvalidSchema`. No time in seconds is among them: the same input
    has the same outcome on every machine.

    :raises WrongUse: if a field is not an integer in its range.
    """

    #: Bytes of one document. A Python object is measured as the JSON text it would be.
    bytes: int = attrs.field(default=1_000_000, validator=_count)
    #: How deep arrays and objects may nest; 250 is the most that can be asked for.
    depth: int = attrs.field(default=64, validator=[_count, attrs.validators.le(250)])
    #: Whether an object may repeat a name; the last one wins. The command line says False.
    duplicate_keys: bool = attrs.field(default=True, validator=attrs.validators.instance_of(bool))
    #: Self-describing parts that one document may hold.
    parts: int = attrs.field(default=1_000, validator=_count)
    #: Violations listed for one document.
    violations: int = attrs.field(default=100, validator=_count)
    #: Characters of one message, and of a text within it.
    message: int = attrs.field(default=300, validator=_count, metadata={"least": 40})
    #: Characters of one location; past it, the location is that of an ancestor that fits.
    location: int = attrs.field(default=1_000, validator=_count)
    #: Values in a failing document, past which only its first violation is told.
    explained_values: int = attrs.field(default=20_000, validator=_count)
    #: Schemas applied to values during one evaluation, at the most (an upper bound is refused).
    evaluations: int = attrs.field(default=50_000_000, validator=_count)
    #: Steps a pattern may backtrack. 0: the linear engine, without look-around or back-references.
    backtracks: int = attrs.field(default=0, validator=_count, metadata={"least": 0})
    #: Bytes of one schema.
    schema_bytes: int = attrs.field(default=1_000_000, validator=_count)
    #: How deep a schema's arrays and objects may nest; the engine refuses 128 and more.
    schema_depth: int = attrs.field(default=100, validator=[_count, attrs.validators.le(120)])
    #: Subschemas in a schema and all it refers to, each counted once.
    schema_nodes: int = attrs.field(default=10_000, validator=_count)
    #: Subschemas that may apply along one path of a document, `$ref` expanded.
    schema_expansion: int = attrs.field(default=100_000, validator=_count)
