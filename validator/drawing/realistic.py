"""Documents such as documentation shows: with values that go by the names of properties.

Each value is a sample that its part of the schema takes; where none does, it is drawn as any other
(`drawing.values`), and so is the whole document if it would not be valid.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction

import attrs
import orjson

from validator.bundling import inlined
from validator.closure import Closure
from validator.dialects import DEFAULT
from validator.drawing.choices import Choices, DeadEnd
from validator.drawing.demands import Demand, demand
from validator.drawing.known import CONTEXTS, EVENTS, known
from validator.drawing.misses import NearMiss, Rules
from validator.drawing.numbers import Range
from validator.drawing.patterns import finding
from validator.drawing.reading import Unread
from validator.drawing.samples import ANY_MEMBERS, FORMATS, MEMBERS, WORDS, Scene, named, sentence
from validator.drawing.subjects import Subject, subject
from validator.drawing.trees import Tree, kinds_of_value
from validator.drawing.upgrading import in_one_dialect
from validator.drawing.values import Drawing
from validator.engine import Formats
from validator.errors import InvalidSchema, ValidatorError
from validator.judge import Judge, NamedSchema
from validator.limits import Limits
from validator.registry import Registry
from validator.results import JSON

__all__ = ["Realistic", "realistic"]

#: How often a document is tried, and a value of one, before it is drawn as any other.
_DOCUMENT_TRIES = 2
_TRIES = 4
#: How often all values of a document are drawn anew, together.
_ALL_TRIES = 60
#: Past so many levels or values, there is no more than there must be; and past so many, nothing.
_DEPTH = 4
_ROOM = 300
_DEEPEST = 60
_MOST = 1_000
#: How often a near miss is, and how much longer than what it is made of it is gladly taken.
_MISSES = 25
_MORE_BYTES = 100
#: Of so few names, an object has all; of more, it lacks one in six; and it has about so many.
_FEW = 3
_ONE_IN = 6
_MANY = 16
#: The most items that an array has beside those that it must have.
_MOST_ITEMS = 3
_LONGEST_NAME = 12
#: Texts that must be longer are none to be read.
_LONGEST = 2_000
#: How deep self-describing data is in such data.
_MOST_DATA = 3
#: Numbers are so far from the least, unless both ends are told and not much farther apart.
_REACH = 100
_WIDE = 10
_LEAST_INTEGER, _MOST_INTEGER = -(2**63), 2**64 - 1
_ONE, _CENT = Fraction(1), Fraction(1, 100)


@attrs.frozen
class Realistic(Subject):
    """A schema that documents for people to read can be drawn of."""

    _plain: Subject = attrs.field(repr=False)
    _library: _Library = attrs.field(repr=False)

    def document(self, choices: Choices) -> JSON:
        """Draw a document that the schema accepts.

        :raises DeadEnd: if what was chosen came to none.
        """
        for _ in range(_DOCUMENT_TRIES):
            with suppress(DeadEnd):
                document = self._drawn(choices)
                if self.compiled.is_valid(document):
                    return document
        return self._plain.document(choices)

    def near_miss(self, choices: Choices) -> NearMiss:
        """Draw a document that breaks one rule of the schema; if that may be, one to be read.

        :raises DeadEnd: if what was chosen came to none.
        """
        spare = None
        for tried in range(_MISSES):
            document = self.document(choices)
            found = self._rules.miss(choices, document, self.compiled)
            if found and _size(found.document) <= _size(document) + _MORE_BYTES:
                return found
            spare = spare or found
            if spare and tried > _TRIES:
                return spare
        raise DeadEnd

    def _drawn(self, choices: Choices) -> JSON:
        key = self.closure.root.key
        library = self._library
        with suppress(DeadEnd):
            found = known(key, choices, lambda uri: library.data(uri, choices))
            if found is not None and self.compiled.is_valid(found):
                return found
        return _Telling(self._tree, choices, library).document("" if key is None else key.name)


def realistic(
    schema: NamedSchema,
    *,
    registry: Registry | None = None,
    formats: Formats = "assert",
    limits: Limits | None = None,
) -> Realistic:
    """Find a schema, and make it ready to draw documents of that people can read.

    :raises: as `subject`.
    """
    found = Registry() if registry is None else registry
    return _Library(found, formats, Limits() if limits is None else limits).subject(schema)


@attrs.define
class _Library:
    """The schemas that one is drawn with: that of a document, and those of the data in it."""

    _registry: Registry
    _formats: Formats
    _limits: Limits
    _subjects: dict[str, Realistic] = attrs.field(factory=dict)
    #: How deep data is in data.
    _depth: int = 0

    def subject(self, schema: NamedSchema) -> Realistic:
        """Find a schema.

        :raises: as `subject`.
        """
        plain = subject(schema, registry=self._registry, formats=self._formats, limits=self._limits)
        judge = Judge(self._registry, self._limits, self._formats, DEFAULT, show_values=False)
        one = in_one_dialect(judge.closed(schema))
        tree = Tree(_whole(one), one.root.dialect, self._limits, self._formats)
        rules = Rules(plain.closure, tree)
        return Realistic(plain.closure, plain.compiled, plain.accepts, tree, rules, plain, self)

    def data(self, uri: str, choices: Choices) -> JSON:
        """Draw data that names its schema.

        :raises DeadEnd: if there is none, or it would be too deep in others.
        """
        if self._depth == _MOST_DATA:
            raise DeadEnd
        self._depth += 1
        try:
            if uri not in self._subjects:
                self._subjects[uri] = self.subject(uri)
            return self._subjects[uri].document(choices)
        except ValidatorError:
            raise DeadEnd from None
        finally:
            self._depth -= 1


def _whole(closure: Closure) -> JSON:
    """Give a schema with all that it refers to; what can't be written so is drawn without names."""
    if isinstance(closure.root.contents, bool):
        return closure.root.contents
    try:
        return inlined(closure)
    except InvalidSchema:
        return True


def _size(document: JSON) -> int:
    return len(orjson.dumps(document))


class _Telling:
    """One document that is being drawn."""

    def __init__(self, tree: Tree, choices: Choices, library: _Library) -> None:
        self._tree = tree
        self._library = library
        self._choices = choices
        self._scene = Scene.of(choices)
        self._values = 0
        self._tries = _ALL_TRIES

    def document(self, name: str) -> JSON:
        """Draw a document of the whole schema, which has a name.

        :raises DeadEnd: if what was chosen came to none.
        """
        return self._value([self._tree.root], name, "", 0)

    def _value(self, schemas: list[JSON], name: str, parent: str, depth: int) -> JSON:
        """Draw a value that all of some schemas accept.

        :raises DeadEnd: if what was chosen came to none.
        """
        self._values += 1
        for _ in range(_TRIES):
            if depth > _DEEPEST or self._values > _MOST or self._tries < 0:
                raise DeadEnd
            with suppress(DeadEnd):
                asked = self._asked(schemas, depth)
                for each in self._candidates(asked, name, parent, depth):
                    if self._fits(each, asked, schemas):
                        return each
            self._tries -= 1
        return Drawing(self._tree, self._choices).value(schemas, depth)

    def _is_frugal(self, depth: int) -> bool:
        return depth > _DEPTH or self._values > _ROOM

    def _asked(self, schemas: list[JSON], depth: int) -> Demand:
        """Gather what is asked of a value; of alternatives, rather not that it is null."""
        asked = demand(schemas, self._tree, self._choices, frugal=self._is_frugal(depth))
        for _ in range(_TRIES):
            if asked.kinds != {"null"}:
                break
            asked = demand(schemas, self._tree, self._choices, frugal=False)
        return asked

    def _fits(self, value: JSON, asked: Demand, schemas: list[JSON]) -> bool:
        if not kinds_of_value(value) & asked.kinds:
            return False
        return all(self._tree.accepts(each, value) for each in schemas)

    def _candidates(self, asked: Demand, name: str, parent: str, depth: int) -> Iterator[JSON]:
        """Give what a value may be, the best first; null is nothing that anybody wants to read."""
        if asked.options is not None:
            yield self._choices.pick([each for each in asked.options if each is not None] or [None])
            return
        if "object" in asked.kinds and asked.objects:
            yield from self._objects(asked, name, depth)
        if "array" in asked.kinds and (asked.arrays or asked.kinds <= {"array", "null"}):
            yield from self._arrays(asked, name, parent, depth)
        yield from named(name, parent, self._scene)
        for each in asked.formats:
            if each in FORMATS:
                yield from FORMATS[each](self._scene)
        if "object" in asked.kinds and not asked.objects:
            yield from self._objects(asked, name, depth)
        if "string" in asked.kinds:
            yield from self._texts(asked)
        if "integer" in asked.kinds or "fraction" in asked.kinds:
            yield _number(asked.numbers, self._choices, whole="fraction" not in asked.kinds)
        yield from (True, False)

    def _texts(self, asked: Demand) -> Iterator[str]:
        """Give words; where a pattern asks for something else, what it often is."""
        if asked.shortest > _LONGEST:
            return
        text = sentence(self._scene, asked.shortest)
        yield text if asked.longest is None else text[: asked.longest]
        if asked.patterns:
            for name in _OFTEN:
                yield from (each for each in named(name, "", self._scene) if isinstance(each, str))
            yield text.capitalize()
            yield text.upper()
            yield f"{text}.{WORDS[(self._scene.turn + 1) % len(WORDS)]}"

    # Arrays.

    def _arrays(self, asked: Demand, name: str, parent: str, depth: int) -> Iterator[list[JSON]]:
        """Give one to three items, or as many as there must be; then fewer."""
        least = max([0, *(int(each.get("minItems", 0)) for each in asked.arrays)])
        if least > _MANY:
            raise DeadEnd
        more = 0 if self._is_frugal(depth) else self._choices.integer(1, _MOST_ITEMS)
        number = max(least, more)
        items: list[JSON] = []
        turn = self._scene.turn
        with suppress(DeadEnd):
            for index in range(number):
                self._scene.turn = turn + index
                schemas = [_item(each, index) for each in asked.arrays]
                items.append(self._value(schemas, name, parent, depth + 1))
        self._scene.turn = turn
        for length in range(len(items), -1, -1):
            yield items[:length]

    # Objects.

    def _objects(self, asked: Demand, name: str, depth: int) -> Iterator[dict[str, JSON]]:
        """Give an object with most of what it may have; then one with what it must have."""
        declared = list(
            dict.fromkeys(each for one in asked.objects for each in one.get("properties", ()))
        )
        needed = dict.fromkeys(each for one in asked.objects for each in one.get("required", ()))
        if {"schema", "data"} <= {*declared, *needed}:
            yield from self._described(asked)
        names = [
            each for each in declared if each in needed or self._is_present(len(declared), depth)
        ]
        names += [each for each in needed if each not in declared]
        if not declared and not names and not self._is_frugal(depth):
            names = self._invented(asked, name)
        drawn: dict[str, JSON] = {}
        for each in names:
            try:
                drawn[each] = self._value(self._of_member(asked, each), each, name, depth + 1)
            except DeadEnd:
                if each in needed:
                    raise
        yield drawn
        yield {each: value for each, value in drawn.items() if each in needed}

    def _is_present(self, declared: int, depth: int) -> bool:
        """Choose whether an object has a member that it need not have."""
        if self._is_frugal(depth):
            return False
        if declared > _MANY:
            return self._choices.integer(1, declared) <= _MANY
        return declared <= _FEW or self._choices.integer(1, _ONE_IN) > 1

    def _invented(self, asked: Demand, name: str) -> list[str]:
        """Give names for an object of which no schema tells any."""
        ours = MEMBERS.get(name.lower(), WORDS[:2])
        patterns = [each for one in asked.objects for each in one.get("patternProperties", ())]
        if patterns:
            fitting = [each for each in ours if self._tree.matches(patterns[0], each)]
            with suppress(DeadEnd, Unread):
                return fitting or [finding(self._choices, patterns[0], 0, _LONGEST_NAME)]
        rest = [one.get("additionalProperties", True) for one in asked.objects]
        if False in rest:
            return []
        is_open = all(each is True for each in rest)
        return [*MEMBERS.get(name.lower(), ANY_MEMBERS if is_open else WORDS[:2])]

    def _described(self, asked: Demand) -> Iterator[dict[str, JSON]]:
        """Give self-describing data of the schemas that may be named, or of some packaged ones."""
        members = [each for each in self._of_member(asked, "schema") if isinstance(each, dict)]
        listed = [uri for each in members for uri in each.get("enum", ()) if isinstance(uri, str)]
        uris = listed or [*EVENTS, *CONTEXTS]
        start = self._scene.turn % len(uris)
        for uri in uris[start:] + uris[:start]:
            with suppress(DeadEnd):
                yield {"schema": uri, "data": self._library.data(uri, self._choices)}

    def _of_member(self, asked: Demand, name: str) -> list[JSON]:
        """Give what applies to a member by its name."""
        schemas: list[JSON] = []
        for one in asked.objects:
            own = [one["properties"][name]] if name in one.get("properties", ()) else []
            patterns = one.get("patternProperties", {})
            own += [patterns[each] for each in patterns if self._tree.matches(each, name)]
            schemas += own or [one.get("additionalProperties", True)]
        return schemas


#: Names of properties whose values patterns often ask for.
_OFTEN = ("id", "token", "schema", "timestamp", "version", "price", "quantity", "country_code")


def _item(schema: dict[str, JSON], index: int) -> JSON:
    """Give what applies to an item."""
    items = schema.get("items", True)
    first = items if isinstance(items, list) else schema.get("prefixItems", [])
    if index < len(first):
        return first[index]
    return schema.get("additionalItems", True) if isinstance(items, list) else items


def _number(asked: Range, choices: Choices, *, whole: bool) -> float:
    """Choose a number: small, of two decimals, or a multiple where that is asked for.

    :raises DeadEnd: if there is none.
    """
    step = asked.steps[0] if asked.steps else _ONE if whole else _CENT
    reach = math.ceil(_REACH / step)
    low, high = asked.counts(step, 0, reach)
    if asked.least is None and high < 0:
        low = high - reach
    if asked.most is None or high - low > _WIDE * reach:
        high = low + reach
    if low > high:
        raise DeadEnd
    value = choices.integer(low, high) * step
    if value.denominator > 1:
        return float(value)
    if not _LEAST_INTEGER <= value <= _MOST_INTEGER:
        raise DeadEnd
    return int(value)
