"""What bounds a call: one frozen value, on by default."""

from __future__ import annotations

from typing import Any

import attrs

from validator.errors import WrongUse, shown

__all__ = ["Limits"]


def _check_count(_: Limits, attribute: attrs.Attribute[int], value: object) -> None:
    least, most = attribute.metadata["least"], attribute.metadata["most"]
    if type(value) is not int or not least <= value <= most:
        message = (
            f"Limits.{attribute.name} is an integer from {least} to {most}, not {shown(value)}"
        )
        raise WrongUse(message)


def _check_flag(_: Limits, attribute: attrs.Attribute[bool], value: object) -> None:
    if type(value) is not bool:
        message = f"Limits.{attribute.name} is True or False, not {shown(value)}"
        raise WrongUse(message)


def _count(default: int, *, least: int = 1, most: int = 2**63 - 1) -> Any:
    bounds = {"least": least, "most": most}
    return attrs.field(default=default, validator=_check_count, metadata=bounds)


@attrs.frozen(kw_only=True)
class Limits:
    """The bounds of one call. `attrs.evolve(limits, bytes=...)` gives changed ones.

    Those of documents: past one of them, a document is refused with a violation. Those of schemas:
    past one of them, a schema is `InvalidSchema`. No time in seconds is among them: the same input
    has the same outcome on every machine.

    :raises WrongUse: if a field is not an integer in its range, or a flag no bool.
    """

    #: Bytes of one document. A Python object is measured as the JSON text it would be.
    bytes: int = _count(1_000_000)
    #: How deep arrays and objects may nest; 250 is the most that can be asked for.
    depth: int = _count(64, most=250)
    #: Whether an object may repeat a name; the last one wins. The command line says False.
    duplicate_keys: bool = attrs.field(default=True, validator=_check_flag)
    #: Self-describing parts that one document, or one event of a Snowplow request, may hold.
    parts: int = _count(1_000)
    #: Violations listed for one document.
    violations: int = _count(100)
    #: Characters of one message, and of a text within it.
    message: int = _count(300, least=40)
    #: Characters of one location; past it, the location is that of an ancestor that fits.
    location: int = _count(1_000)
    #: Values in a failing document, past which only its first violation is told.
    explained_values: int = _count(20_000)
    #: Schemas applied to values during one evaluation, at the most (an upper bound is refused).
    evaluations: int = _count(50_000_000)
    #: Steps a pattern may backtrack. 0: the linear engine, without look-around or back-references.
    backtracks: int = _count(0, least=0)
    #: Bytes of one schema.
    schema_bytes: int = _count(1_000_000)
    #: How deep a schema's arrays and objects may nest; the engine refuses 128 and more.
    schema_depth: int = _count(100, most=120)
    #: Subschemas in a schema and all it refers to, each counted once.
    schema_nodes: int = _count(10_000)
    #: Subschemas that may apply along one path of a document, `$ref` expanded.
    schema_expansion: int = _count(100_000)
