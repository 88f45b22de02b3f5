"""A comparison for people: the verdict first, then what shows it, each change, and the reasons."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from validator.compatibility.verdicts import Change, Comparison, Direction, Step, Witness
from validator.reporting.compared import Compared, size
from validator.reporting.printing import Piece, place_of, printable
from validator.results import JSON, clip

__all__ = ["comparison_page"]

#: The changes, and the characters of a document or of a schema, that are told.
_CHANGES = 30
_SHOWN = 300
_INDENT = "  "
_NAMES: dict[Step, str] = {
    "NONE": "no step",
    "ADDITION": "an ADDITION",
    "REVISION": "a REVISION",
    "MODEL": "a MODEL",
}
#: Keywords that no reader decides by: changes of them are counted.
_WORDS = frozenset({"$comment", "description", "examples", "title"})
#: What stands before the value in a message that shows it.
_VALUE = "; it is "
_STYLES = {"proved": "good", "refuted": "bad", "unknown": "bad"}
_Line = tuple[Piece, ...]


def comparison_page(compared: Compared) -> Iterator[_Line]:
    """Give the lines of the page, each as pieces with their styles."""
    found = compared.comparison
    yield _headline(compared)
    if found.step == "NONE":
        return
    yield from _step(compared)
    yield _plain("")
    yield from _direction(found.backward, compared.old, compared.new)
    yield from _direction(found.forward, compared.new, compared.old)
    yield _plain("")
    yield from _changes(found, compared.old)
    yield from _reasons(found)
    yield from _warnings(found)


def _plain(text: str) -> _Line:
    return ((printable(text), ""),)


def _headline(compared: Compared) -> _Line:
    step, style = compared.comparison.step, "bad" if compared.exit_code else "good"
    return (step, style), (printable(f": {_told(compared)}"), "")


def _told(compared: Compared) -> str:
    """Tell the verdict in a sentence."""
    found, old, new = compared.comparison, compared.old, compared.new
    if found.step == "NONE":
        return f"{old} and {new} say the same"
    if found.is_equal:
        return f"{old} and {new} accept the same documents"
    if found.backward:
        return f"every document that {old} accepts is accepted by {new}"
    if found.backward.verdict == "refuted":
        return f"some documents that {old} accepts are rejected by {new}"
    return f"whether {new} accepts every document that {old} accepts is neither proved nor refuted"


def _step(compared: Compared) -> Iterator[_Line]:
    """Tell the step that is needed beside the one that is allowed."""
    step, least, allowed = compared.comparison.step, compared.least_version, compared.allowed
    needed = _NAMES[step] + (f", {least}," if least else "")
    if allowed is None:
        if least:
            yield _plain(f"as the next version of {compared.old} it is {least} at the least")
        return
    by_versions = compared.at_most is None
    begin = f"{compared.old} to {compared.new} is" if by_versions else "allowed is at most"
    told = f"{begin} {_NAMES[allowed]}"
    if not compared.is_enough:
        yield _plain(f"{told}, which is too small: {needed} is the least")
    elif by_versions and size(step) < size(allowed):
        yield _plain(f"{told}, which is more than is needed: {needed} would do")
    else:
        yield _plain(f"{told}, which is enough")


# The directions.


def _direction(direction: Direction, inner: str, outer: str) -> Iterator[_Line]:
    """Tell whether one side accepts all that the other accepts, and what shows that it does not."""
    yield (
        (printable(f"all that {inner} accepts is accepted by {outer}: "), ""),
        (direction.verdict, _STYLES[direction.verdict]),
    )
    if direction.reason is not None:
        yield _plain(f"{_INDENT}{direction.reason}")
    if direction.witness is not None:
        yield _plain(f"{_INDENT}rejected: {_shown(direction.witness.document)}")
        yield _plain(f"{_INDENT}since {_since(direction.witness)}")
    lost = direction.lost
    if isinstance(lost, dict):  # of whose dialect nobody asks
        lost = {name: value for name, value in lost.items() if name != "$schema"}
    if lost is not None and len(_json(lost)) <= _SHOWN:
        yield _plain(f"{_INDENT}all that is lost: {_json(lost)}")


def _since(witness: Witness) -> str:
    """Tell what is wrong with a document: `at /place: must ... [keyword]`."""
    violation, place = witness.violation, place_of(witness.violation)
    rule = f" [{violation.keyword}]" if violation.keyword else ""
    if place:
        return f"{place}: {violation.message}{rule}"
    # Which value it is, is told already: the whole document.
    return f"it {violation.message.partition(_VALUE)[0]}{rule}"


def _shown(document: JSON) -> str:
    return clip(_json(document), _SHOWN)


def _json(value: JSON) -> str:
    # Not by orjson: what is lost may begin past an integer of 64 bits.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


# The changes, the reasons, the warnings.


def _changes(found: Comparison, old: str) -> Iterator[_Line]:
    """Tell the changes that do something, then the others; those of words are counted."""
    words = Counter(each.keyword for each in found.changes if each.keyword in _WORDS)
    told = sorted(
        (each for each in found.changes if each.keyword not in _WORDS),
        key=lambda each: each.effect == "neutral",
    )
    yield _plain(_count(len(found.changes)))
    for change in told[:_CHANGES]:
        yield _plain(f"{_INDENT}{change.message}")
        yield _effect(change, old)
    if len(told) > _CHANGES:
        yield _plain(f"{_INDENT}and {len(told) - _CHANGES:,} more; --format json has them all")
    if words:
        counted = ", ".join(f"{count:,} of {keyword}" for keyword, count in words.items())
        yield _plain(f"{_INDENT}words alone: {counted}")
    if found.truncated:
        yield _plain(f"{_INDENT}there was no time to look at each change by itself")


def _count(changes: int) -> str:
    return f"{changes:,} change{'' if changes == 1 else 's'}{':' if changes else ''}"


def _effect(change: Change, old: str) -> _Line:
    """Tell what a change does, whom it breaks, and a document that shows it."""
    who = {"readers": "readers of history", "consumers": f"consumers who still have {old}"}
    breaks = " and ".join(who[each] for each in change.breaks)
    beside = f", along with {', '.join(change.together)}" if change.together else ""
    told = f"{beside}{f': breaks {breaks}' if breaks else ''}"
    if change.witness is not None:
        told += f", with {_shown(change.witness.document)}"
    style = "bad" if "readers" in change.breaks else ""
    return (f"{_INDENT * 2}{change.effect}", style), (printable(told), "")


def _reasons(found: Comparison) -> Iterator[_Line]:
    if found.reasons:
        yield _plain("")
        yield _plain(f"why {_NAMES[found.step]}, by the policy {found.policy}:")
    for message, rule in dict.fromkeys((each.message, each.rule) for each in found.reasons):
        yield (printable(f"{_INDENT}{message} "), ""), (f"[{rule}]", "rule")


def _warnings(found: Comparison) -> Iterator[_Line]:
    if found.warnings:
        yield _plain("")
        yield _plain("tables that hold the data:")
    for each in found.warnings:
        at = f"{each.path}: " if each.path else ""
        yield (printable(f"{_INDENT}{at}{each.message} "), ""), (f"[{each.rule}]", "rule")
