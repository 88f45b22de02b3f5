"""What all the schemas that apply to one value ask of it together, alternatives chosen."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TypeAlias

import attrs

from validator.drawing.choices import Choices, DeadEnd, turned
from validator.drawing.numbers import Range, exact
from validator.drawing.trees import ALL_KINDS, Kinds, Tree, kinds_of_type
from validator.results import JSON

__all__ = ["Demand", "demand"]

_Schema: TypeAlias = dict[str, JSON]

#: Keywords that ask something of an object, and of an array.
_OF_OBJECTS = frozenset(
    {
        *("properties", "patternProperties", "additionalProperties", "unevaluatedProperties"),
        *("required", "propertyNames", "minProperties", "maxProperties"),
        *("dependencies", "dependentRequired", "dependentSchemas"),
    }
)
_OF_ARRAYS = frozenset(
    {
        *("items", "prefixItems", "additionalItems", "unevaluatedItems"),
        *("contains", "minContains", "maxContains", "minItems", "maxItems", "uniqueItems"),
    }
)


@attrs.define
class Demand:
    """What is asked of one value."""

    #: What it may be.
    kinds: Kinds = ALL_KINDS
    #: The values there are, where they are listed.
    options: list[JSON] | None = None
    #: The schemas with keywords for objects and for arrays.
    objects: list[_Schema] = attrs.field(factory=list)
    arrays: list[_Schema] = attrs.field(factory=list)
    numbers: Range = attrs.field(factory=Range)
    #: The fewest and the most characters of a text.
    shortest: int = 0
    longest: int | None = None
    patterns: list[str] = attrs.field(factory=list)
    formats: list[str] = attrs.field(factory=list)
    contents: set[str] = attrs.field(factory=set)
    #: The schemas that must not accept it.
    refused: list[JSON] = attrs.field(factory=list)


def demand(
    schemas: Iterable[JSON],
    tree: Tree,
    choices: Choices,
    *,
    frugal: bool,
    of: Demand | None = None,
    turn: int = 0,
) -> Demand:
    """Gather what schemas ask of one value; where there are alternatives, one is chosen.

    `frugal` chooses the one that comes to an end soonest; `of` is what is asked already;
    alternatives take turns.

    :raises DeadEnd: if they contradict one another.
    """
    return _Gathering(tree, choices, frugal, of or Demand(), turn).run(list(schemas))


@attrs.define
class _Gathering:
    _tree: Tree
    _choices: Choices
    _frugal: bool
    _asked: Demand
    _turn: int
    #: The alternatives that are still to be chosen from.
    _open: list[tuple[str, _Schema]] = attrs.field(factory=list)

    def run(self, schemas: list[JSON]) -> Demand:
        self._take(schemas)
        while self._open:
            keyword, schema = self._open.pop(0)
            if keyword == "if":
                self._take(self._condition(schema))
            else:
                self._take([self._branch(schema[keyword], alone=keyword == "oneOf")])
        if not self._asked.kinds:
            raise DeadEnd
        return self._asked

    def _take(self, schemas: list[JSON]) -> None:
        pending = schemas[::-1]
        while pending:
            each = pending.pop()
            if each is False:
                raise DeadEnd
            if each is not True:
                pending += self._own(each)

    def _own(self, schema: _Schema) -> list[JSON]:
        """Note what a schema itself asks, and give those that it applies to the same value."""
        asked = self._asked
        applied = [self._tree.target(schema["$ref"])] if "$ref" in schema else []
        applied += [self._tree.target(schema[each]) for each in _DYNAMIC if each in schema]
        applied += schema.get("allOf", [])
        for keyword in ("anyOf", "oneOf", "if"):
            if keyword in schema:
                self._open.append((keyword, schema))
        if "not" in schema:
            self._refuse(schema["not"])
        if "type" in schema:
            asked.kinds &= kinds_of_type(schema["type"])
        for options in ([schema["const"]] if "const" in schema else None, schema.get("enum")):
            if options is not None:
                asked.options = [*(asked.options or []), *options]
        self._of_numbers(schema)
        self._of_texts(schema)
        if not _OF_OBJECTS.isdisjoint(schema):
            asked.objects.append(schema)
        if not _OF_ARRAYS.isdisjoint(schema):
            asked.arrays.append(schema)
        return applied

    def _of_numbers(self, schema: _Schema) -> None:
        numbers = self._asked.numbers
        least, most = schema.get("minimum"), schema.get("maximum")
        above, below = schema.get("exclusiveMinimum", False), schema.get("exclusiveMaximum", False)
        if least is not None:
            numbers.at_least(exact(least), above=above is True)
        if most is not None:
            numbers.at_most(exact(most), below=below is True)
        if not isinstance(above, bool):
            numbers.at_least(exact(above), above=True)
        if not isinstance(below, bool):
            numbers.at_most(exact(below), below=True)
        if "multipleOf" in schema:
            numbers.steps.append(exact(schema["multipleOf"]))

    def _of_texts(self, schema: _Schema) -> None:
        asked = self._asked
        asked.shortest = max(asked.shortest, int(schema.get("minLength", 0)))
        if "maxLength" in schema:
            longest = int(schema["maxLength"])
            asked.longest = longest if asked.longest is None else min(asked.longest, longest)
        if "pattern" in schema:
            asked.patterns.append(schema["pattern"])
        if "format" in schema:
            asked.formats.append(schema["format"])
        asked.contents |= {
            schema[each] for each in ("contentEncoding", "contentMediaType") if each in schema
        }

    def _refuse(self, schema: JSON) -> None:
        """Note what must not accept the value; whole kinds are left out at once."""
        asked = self._asked
        if schema in (True, {}):
            raise DeadEnd
        if isinstance(schema, dict) and schema.keys() == {"type"}:
            asked.kinds -= kinds_of_type(schema["type"])
            asked.refused.append(schema)  # 1.0 may be an integer
        elif isinstance(schema, dict) and schema.keys() == {"anyOf"}:
            for each in schema["anyOf"]:
                self._refuse(each)
        elif schema is not False:
            asked.refused.append(schema)

    # Alternatives.

    def _condition(self, schema: _Schema) -> list[JSON]:
        if self._choices.flag():
            return [schema["if"], schema.get("then", True)]
        self._refuse(schema["if"])
        return [schema.get("else", True)]

    def _branch(self, branches: list[JSON], *, alone: bool) -> JSON:
        kinds = self._asked.kinds
        fitting = [each for each in branches if self._tree.kinds(each) & kinds]
        fitting = [each for each in fitting if self._tree.height(each) < math.inf]
        if not fitting:
            raise DeadEnd
        fitting.sort(key=self._tree.height)
        chosen = fitting[0] if self._frugal else self._choices.pick(turned(fitting, self._turn))
        if alone:
            self._asked.refused += [each for each in branches if each is not chosen]
        return chosen


_DYNAMIC = ("$dynamicRef", "$recursiveRef")
