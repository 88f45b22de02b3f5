"""References within a schema: where they lead, and whether two parts say the same through them."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from validator.compatibility.equality import same
from validator.compatibility.keywords import DATA
from validator.compatibility.verdicts import ABSENT, Absent
from validator.results import JSON

__all__ = [
    "Likeness",
    "lone_reference",
    "pointer",
    "references_in",
    "steps_of",
    "target_of",
    "value_at",
]

#: How deep two schemas are compared through their references; what is deeper is not alike.
_DEEPEST = 40
#: How many parts are compared for one pair of schemas; what is left is not alike.
_MOST_COMPARED = 50_000


def pointer(path: str, *steps: str) -> str:
    """Write a JSON Pointer: a path, and steps from there."""
    escaped = (step.replace("~", "~0").replace("/", "~1") for step in steps)
    return "".join([path, *(f"/{step}" for step in escaped)])


def steps_of(reference: str) -> list[str]:
    """Read a reference `#/...` as the steps to what it names."""
    return _steps(unquote(reference.removeprefix("#")))


def target_of(root: JSON, reference: str) -> JSON | Absent:
    """Give what a reference within a schema leads to; ABSENT if it leads elsewhere, or nowhere."""
    if reference not in {"", "#"} and not reference.startswith("#/"):
        return ABSENT
    return _at(root, steps_of(reference))


def value_at(root: JSON, path: str) -> JSON | Absent:
    """Give what stands at a JSON Pointer; ABSENT where nothing does."""
    return _at(root, _steps(path))


def _steps(path: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in path.split("/")[1:]]


def _at(root: JSON, steps: list[str]) -> JSON | Absent:
    found = root
    for step in steps:
        if isinstance(found, dict):
            found = found.get(step, ABSENT)
        elif isinstance(found, list) and step.isdecimal() and int(step) < len(found):
            found = found[int(step)]
        else:
            return ABSENT
    return found


def lone_reference(schema: JSON) -> str | None:
    """Give the reference that a schema is, with nothing beside it; None if it is none."""
    reference = schema.get("$ref") if isinstance(schema, dict) and len(schema) == 1 else None
    return reference if isinstance(reference, str) else None


def references_in(schema: JSON) -> Iterator[str]:
    """Give each reference in a schema."""
    pending = [schema]
    while pending:
        each = pending.pop()
        if isinstance(each, dict):
            pending += each.values()
            if isinstance(each.get("$ref"), str):
                yield each["$ref"]
        elif isinstance(each, list):
            pending += each


class Likeness:
    """Tells whether a part of one schema says what a part of another says."""

    def __init__(self, old: JSON, new: JSON) -> None:
        self._old = old
        self._new = new
        self._left = _MOST_COMPARED

    def alike(self, old: JSON, new: JSON) -> bool:
        """Whether they differ in nothing but whether, and by which name, they refer to it.

        What both refer to by the same name may differ there.
        """
        return self._alike(old, new, set(), 0)

    def _alike(self, old: JSON, new: JSON, assumed: set[tuple[str, str]], depth: int) -> bool:
        if same(old, new):
            return True
        self._left -= 1
        if depth > _DEEPEST or self._left < 0:
            return False
        from_old, from_new = lone_reference(old), lone_reference(new)
        if from_old is not None or from_new is not None:
            if from_old is not None and from_new is not None:
                if (from_old, from_new) in assumed:
                    return True
                assumed.add((from_old, from_new))
            old = old if from_old is None else target_of(self._old, from_old)
            new = new if from_new is None else target_of(self._new, from_new)
            found = old is not ABSENT and new is not ABSENT
            return found and self._alike(old, new, assumed, depth + 1)
        return self._alike_inside(old, new, assumed, depth + 1)

    def _alike_inside(
        self, old: JSON, new: JSON, assumed: set[tuple[str, str]], depth: int
    ) -> bool:
        if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
            return all(self._alike(*pair, assumed, depth) for pair in zip(old, new, strict=True))
        if not (isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys()):
            return False
        return all(
            same(old[name], new[name])
            if name in DATA
            else self._alike(old[name], new[name], assumed, depth)
            for name in old
        )
