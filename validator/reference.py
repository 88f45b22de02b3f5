"""The second engine: `jsonschema` with `referencing`, for a second opinion on what is valid.

It judges by the same closed schemas and gives its errors as those of jsonschema-rs, so that the
same `Result` is made of them, though maybe in another order. It is for comparing, not for what a
stranger sends: its regular expressions are those of Python, which backtrack without a bound.

There is no second opinion, since jsonschema knows nothing of it, on `contentEncoding` and
`contentMediaType`, and on formats other than those in `_FORMATS`: there jsonschema-rs is asked.
What the two are known to differ in, tests/conformance/test_second_opinion.py lists; and what
jsonschema does not judge as the official suite says, the list beside test_official_suite.py.
"""

from __future__ import annotations

import functools
import re
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias
from urllib.parse import quote

import attrs
import jsonschema_rs
import orjson
import referencing

from validator.closure import Closure
from validator.dialects import DEFAULT, Dialect
from validator.errors import InvalidSchema
from validator.formats import CLASSES, format_checker, formats_in, plain_class
from validator.kinds import KINDS, Error, in_order, kind_of
from validator.limits import Limits
from validator.registry import Schema
from validator.results import JSON, clip

if TYPE_CHECKING:
    import jsonschema
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator

__all__ = [
    "Reference",
    "Unjudged",
    "refuse_patterns",
    "schemas_in",
]

#: A keyword of jsonschema: judges an instance by the value of the keyword in a schema.
_Keyword: TypeAlias = Callable[["Validator", Any, JSON, Any], Iterable["ValidationError"]]

#: The dialects in which jsonschema-rs decodes texts.
_DECODED = ("draft-06", "draft-07")
_DECODING = ("contentEncoding", "contentMediaType")
#: How many answers are kept that depend on words of a schema: there may be any number of those.
_KEPT_ANSWERS = 128


class Unjudged(Exception):
    """jsonschema came to no verdict: it ran out of stack, or raised what is no verdict."""


@attrs.frozen
class _Place:
    """Where a subschema stands."""

    #: The URI of the resource it is part of.
    uri: str
    #: The way to it within that.
    pointer: str
    dialect: Dialect

    def at(self, step: str | None = None) -> str:
        """Give the absolute location of it, or of a keyword in it."""
        return f"{self.uri}#{self.pointer}{'' if step is None else _step(step)}"


def _step(name: object) -> str:
    escaped = str(name).replace("~", "~0").replace("/", "~1")
    return "/" + quote(escaped, safe="!$&'()*+,:;=@")


def _uri_of(contents: dict[str, JSON], outer: str, dialect: Dialect) -> str | None:
    """Give the URI of what may be a schema; None where it can't be read: it is none, then."""
    try:
        return dialect.uri_of(contents, outer)
    except ValueError:
        return None


class Reference:
    """A schema, ready to judge as jsonschema does. Safe to share between threads."""

    def __init__(
        self,
        closure: Closure,
        *,
        limits: Limits,
        formats: Literal["assert", "annotate"],
        told: Mapping[str, Callable[[str], bool]],
    ) -> None:
        """Make a closed schema ready that jsonschema-rs takes.

        :param told: checks of formats that are beyond their dialect.
        :raises InvalidSchema: if a pattern in it is not one that Python takes.
        """
        schemas = (closure.root, *closure.others)
        for schema in schemas:
            refuse_patterns(schema, limits)
        self._places: dict[int, _Place] = {}
        resources = [(each.uri, self._resource(each)) for each in schemas]
        self._known: referencing.Registry[JSON] = referencing.Registry()
        self._known = self._known.with_resources(resources).crawl()
        names = {name for _, each in resources for name in formats_in(each.contents)}
        dialects = {schema.dialect.name: schema.dialect for schema in schemas}
        self._classes: dict[str, tuple[type[Validator], jsonschema.FormatChecker | None]] = {
            name: (
                _class_of(name) if len(dialects) == 1 else self._crossing(dialect),
                format_checker(dialect, names, told) if formats == "assert" else None,
            )
            for name, dialect in dialects.items()
        }
        top = closure.root
        own = top.dialect.uri_of(top.contents, top.uri) if isinstance(top.contents, dict) else None
        self._judge = self._judge_of(own or top.uri, top.dialect)

    # What the schema is made of.

    def _resource(self, schema: Schema) -> referencing.Resource[JSON]:
        """Copy a schema, and note where each subschema of the copy stands."""
        contents = _plain(orjson.loads(orjson.dumps(schema.contents)))
        whole = _Place(schema.uri, "", schema.dialect)
        for each, outer, way in schemas_in(contents):
            place = self._places.get(id(outer), whole)
            uri, pointer = place.uri, place.pointer + way
            own = _uri_of(each, uri, schema.dialect)
            uri, pointer = (uri, pointer) if own is None else (own, "")
            self._places[id(each)] = _Place(uri, pointer, schema.dialect)
            _prepare(each)
        return schema.dialect.specification.create_resource(contents)

    # The judges.

    def _judge_of(self, reference: str, dialect: Dialect) -> Validator:
        cls, checker = self._classes[dialect.name]
        return cls({"$ref": reference}, registry=self._known, format_checker=checker)

    def _crossing(self, dialect: Dialect) -> type[Validator]:
        """Give a class that, at a reference to a schema of another dialect, judges by that."""
        within = _class_of(dialect.name).VALIDATORS["$ref"]

        def ref(
            validator: Validator, reference: str, instance: JSON, schema: JSON
        ) -> Iterator[ValidationError]:
            here = self._places.get(id(schema))
            resolver = self._known.resolver("" if here is None else here.uri)
            place = self._places.get(id(resolver.lookup(reference).contents))
            if place is None or place.dialect is dialect:
                yield from within(validator, reference, instance, schema)
            else:
                yield from self._judge_of(place.at(), place.dialect).iter_errors(instance)

        return _extended(_class_of(dialect.name), {"$ref": ref})

    # What it says of a document.

    def is_valid(self, document: JSON) -> bool:
        """Whether a document is known to be valid."""
        try:
            return next(self.iter_errors(document), None) is None
        except Unjudged:
            return False

    def validate(self, document: JSON) -> None:
        """Do nothing for a valid document.

        :raises jsonschema_rs.ValidationError: for any other.
        :raises Unjudged: if there is no verdict.
        """
        for error in self.iter_errors(document):
            raise error

    def iter_errors(self, document: JSON) -> Iterator[jsonschema_rs.ValidationError]:
        """Give what is wrong with a document.

        :raises Unjudged: if there is no verdict.
        """
        try:
            for error in self._judge.iter_errors(document):
                yield self._error(error, [], [], skipped=1)
        except Exception as error:  # noqa: BLE001  # it lets through whatever its parts raise
            raise Unjudged(type(error).__name__) from None
        except BaseException as error:
            # What is written in Rust panics where it runs out of stack within a comparison.
            if type(error).__name__ != "PanicException":
                raise
            raise Unjudged("RecursionError, in a part that is not Python") from None

    def _error(
        self, error: ValidationError, at: list[Any], above: list[Any], skipped: int = 0
    ) -> jsonschema_rs.ValidationError:
        """Give an error as one of jsonschema-rs; one in another, at its place and under its path.

        :param skipped: the steps of its path that led to the schema.
        """
        instance_path = [*at, *error.relative_path]
        path = [*above, *error.relative_schema_path][skipped:]
        place = self._places.get(id(error.schema))
        instance: Any = error.instance
        step: str | None = None
        kind = KINDS.FalseSchema()
        if isinstance(error.schema, _Never):
            path.pop()
        elif error.validator == "propertyNames":
            step = "propertyNames"
            if not isinstance(error.validator_value, _Never):
                of_name = self._error(error.context[0], [], path)
                kind, path = KINDS.PropertyNames(of_name), of_name.evaluation_path
        elif error.validator is not None:
            branches = self._branches(error, instance_path, path)
            step, kind = kind_of(error, branches, None if place is None else place.dialect)
            path[-1] = step
            if step == "additionalProperties" and isinstance(kind, KINDS.FalseSchema):
                instance = next(iter(instance.values()))
        location = None if place is None else place.at(step)
        instance = in_order(instance)
        return jsonschema_rs.ValidationError(
            error.message, error.message, path, instance_path, path, kind, instance, location
        )

    def _branches(self, error: Any, at: list[Any], path: list[Any]) -> list[list[Error]]:
        """Give what each alternative of anyOf or oneOf lacks."""
        if error.validator not in {"anyOf", "oneOf"}:
            return []
        branches: list[list[Error]] = [[] for _ in error.validator_value]
        for each in error.context:
            branches[int(each.relative_schema_path[0])].append(self._error(each, at, path))
        return branches


# What schemas are changed in, for jsonschema to tell more.


class _Never(dict[str, Any]):
    """What stands for the schema `false`: of that jsonschema does not always say where it was."""

    def __init__(self) -> None:
        super().__init__({"not": {}})


#: Where jsonschema does with a boolean what it does not with a schema that says the same.
_KEPT = frozenset(
    {"additionalItems", "additionalProperties", "unevaluatedItems", "unevaluatedProperties"}
)
#: What holds data, never a schema.
_DATA = ("const", "enum")


def schemas_in(
    contents: JSON, data: Collection[str] = _DATA
) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None, str]]:
    """Give each object in a schema that is one, or that a reference could lead to as to one.

    Each with the one that it is in, and the way to it from there. One may be changed before the
    next is asked for: what is in it is read then.

    :param data: the keywords that hold no such objects.
    """
    pending: list[tuple[JSON, dict[str, Any] | None, str, bool]] = [(contents, None, "", False)]
    while pending:
        value, outer, way, of_names = pending.pop()
        is_schema = isinstance(value, dict) and not of_names
        if is_schema:
            yield value, outer, way
            outer, way = value, ""
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for step, inner in items:
            if isinstance(inner, dict | list) and not (is_schema and step in data):
                named = is_schema and isinstance(inner, dict) and _holds_names(step)
                pending.append((inner, outer, way + _step(step), named))


@functools.lru_cache(_KEPT_ANSWERS)
def _holds_names(keyword: str) -> bool:
    """Whether the value of a keyword is an object of subschemas."""
    return any(each is True for _, each in DEFAULT.subschemas({keyword: {"": True}}))


def _plain(value: Any) -> Any:
    """Give a schema as an object."""
    if isinstance(value, bool):
        return {} if value else _Never()
    return value


def _prepare(schema: dict[str, Any]) -> None:
    """Change a schema to one that jsonschema tells more of.

    Without its `$schema`, or jsonschema would judge by another class than the one it is told.
    """
    if isinstance(schema.get("$schema"), str):
        del schema["$schema"]
    for keyword, value in schema.items():
        if keyword in _KEPT or not any(DEFAULT.subschemas({keyword: True})):
            continue
        if isinstance(value, list):
            value[:] = map(_plain, value)
        elif _holds_names(keyword) and isinstance(value, dict):
            schema[keyword] = {name: _plain(each) for name, each in value.items()}
        else:
            schema[keyword] = _plain(value)


def refuse_patterns(schema: Schema, limits: Limits) -> None:
    """Make sure that Python takes each pattern; jsonschema joins those of `patternProperties`.

    :raises InvalidSchema: if it does not.
    """
    pending = [schema.contents]
    while pending:
        each = pending.pop()
        if isinstance(each, bool):
            continue
        pending += [inner for _, inner in schema.dialect.subschemas(each)]
        of_names = list(each.get("patternProperties", ()))
        own = [each["pattern"]] if "pattern" in each else []
        for pattern in (*own, *of_names, "|".join(of_names)):
            try:
                with warnings.catch_warnings(action="ignore"):  # of what it may mean one day
                    re.compile(pattern)
            except (re.error, OverflowError, RecursionError) as error:
                shown = clip(ascii(pattern), limits.message // 2)
                problem = f"Python does not take the pattern {shown}: {error}"
                raise InvalidSchema(schema.uri, clip(problem, limits.message)) from None


# What contents are.


@functools.lru_cache(_KEPT_ANSWERS)
def _decoding(dialect: str, *contents: str | None) -> jsonschema_rs.Validator:
    keywords = zip(_DECODING, contents, strict=True)
    schema = {keyword: value for keyword, value in keywords if value is not None}
    return CLASSES[dialect](schema, offline=True)


# The keywords that tell more than those of jsonschema, or where.


@functools.cache
def _class_of(dialect: str) -> type[Validator]:
    """Give the class of jsonschema that judges by a dialect."""
    import jsonschema  # noqa: PLC0415  # as in `plain_class`

    base = plain_class(dialect)
    judging = base.VALIDATORS
    keywords: dict[str, _Keyword] = {"$ref": _ref(judging["$ref"])}
    if "propertyNames" in judging:
        keywords["propertyNames"] = _property_names(judging["propertyNames"])
    if "dependencies" not in judging:
        # Later dialects may still know it; jsonschema-rs does.
        keywords["dependencies"] = jsonschema.Draft7Validator.VALIDATORS["dependencies"]
    if dialect in _DECODED:
        keywords |= {name: _content(dialect, name) for name in _DECODING}
    return _extended(base, keywords)


def _extended(base: type[Validator], keywords: dict[str, _Keyword]) -> type[Validator]:
    from jsonschema import validators  # noqa: PLC0415  # as in `plain_class`

    extend: Any = validators.extend  # its type stubs say nothing of it
    extended: type[Validator] = extend(base, keywords)
    return extended


def _ref(judge: _Keyword) -> _Keyword:
    """Let errors tell that they were found through a reference."""

    def ref(
        validator: Validator, reference: str, instance: JSON, schema: JSON
    ) -> Iterator[ValidationError]:
        for error in judge(validator, reference, instance, schema):
            error.relative_schema_path.appendleft("$ref")
            yield error

    return ref


def _property_names(judge: _Keyword) -> _Keyword:
    """Let errors tell that they are of a name; where there may be none, of the first."""

    def property_names(
        validator: Validator, value: JSON, instance: JSON, schema: JSON
    ) -> Iterator[ValidationError]:
        for error in judge(validator, value, instance, schema):
            yield _found(error.message, error)
            if isinstance(value, _Never):
                return

    return property_names


def _content(dialect: str, keyword: str) -> _Keyword:
    """Ask jsonschema-rs whether a text can be decoded."""

    def content(_: Validator, __: str, instance: JSON, schema: Any) -> Iterator[ValidationError]:
        decoding = _decoding(dialect, *(schema.get(name) for name in _DECODING))
        for error in decoding.iter_errors(instance):
            if error.evaluation_path == [keyword]:
                yield _found(error.message)

    return content


def _found(message: str, *within: ValidationError) -> ValidationError:
    from jsonschema import ValidationError  # noqa: PLC0415  # as in `plain_class`

    return ValidationError(message, context=within)
