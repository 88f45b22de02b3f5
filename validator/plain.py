"""A schema as a plain validator of `jsonschema`, for those whose code lives in that package.

It is as jsonschema makes it: with its own errors, its own messages, which quote the document, and
none of the bounds that `Validator` keeps. Only what a schema may refer to is given to it: what the
registry had. So it fetches nothing, either. Where it judges in another way than `Validator` does,
docs/services.md says.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import orjson
import referencing

from validator.closure import Closure
from validator.dialects import DIALECTS, DRAFT_04, Dialect
from validator.engine import FORMATS_OF_IGLU, Formats
from validator.formats import format_checker, formats_in, plain_class
from validator.limits import Limits
from validator.reference import refuse_patterns, schemas_in
from validator.registry import Schema
from validator.results import JSON

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

__all__ = ["plain_validator"]


def plain_validator(closure: Closure, *, limits: Limits, formats: Formats) -> Validator:
    """Give a validator of jsonschema for a closed schema, of the class that its dialect has.

    Its `$schema` is that of the dialect, where the schema has Iglu's or none. Formats are those
    that jsonschema-rs asserts, whatever packages that check formats are installed.

    :raises InvalidSchema: if a pattern in it is not one that Python takes.
    """
    root, schemas = closure.root, (closure.root, *closure.others)
    for schema in schemas:
        refuse_patterns(schema, limits)
    contents = [_copy(schema) for schema in schemas]
    if any(schema.dialect is not root.dialect for schema in schemas):
        for schema, each in zip(schemas, contents, strict=True):
            for part, *_ in [*schemas_in(each, _DATA)]:
                _tag(part, schema.dialect)
    known: referencing.Registry[JSON] = referencing.Registry()
    known = known.with_resources(
        (schema.uri, schema.dialect.specification.create_resource(each))
        for schema, each in zip(schemas, contents, strict=True)
    ).crawl()
    checker = None
    if formats == "assert":
        told = FORMATS_OF_IGLU if root.dialect is DRAFT_04 else {}
        checker = format_checker(root.dialect, set(formats_in(contents)), told)
    return plain_class(root.dialect.name)(contents[0], registry=known, format_checker=checker)


#: What holds data, never a schema.
_DATA = ("const", "enum", "default", "examples")


def _copy(schema: Schema) -> JSON:
    """Copy a schema, in words that jsonschema and `referencing` read as its dialect means them."""
    copy: JSON = orjson.loads(orjson.dumps(schema.for_engine()))
    if isinstance(copy, bool):
        as_object: JSON = {} if copy else {"not": {}}
        return as_object if schema.dialect is DRAFT_04 else copy  # which has no booleans
    for part, *_ in schemas_in(copy, _DATA):
        needed = part.get("dependencies")
        if isinstance(needed, dict) and any(isinstance(each, dict) for each in needed.values()):
            part["dependencies"] = _schemas_alone(needed)
    return copy


def _schemas_alone(needed: dict[str, JSON]) -> dict[str, JSON]:
    """Give `dependencies` of which each is a schema, and the first an object.

    `referencing` takes all of them for schemas where the first is an object, and else none.
    """
    schemas = {
        name: {"required": each} if isinstance(each, list) else each
        for name, each in needed.items()
    }
    objects = {name: each for name, each in schemas.items() if isinstance(each, dict)}
    return objects | schemas


@functools.cache
def _keywords() -> frozenset[str]:
    """Give what is a keyword to jsonschema, in one dialect or another, and names of schemas."""
    identifiers = {dialect.identifier for dialect in DIALECTS.values()}
    return frozenset(identifiers).union(*(plain_class(name).VALIDATORS for name in DIALECTS))


def _tag(schema: dict[str, JSON], dialect: Dialect) -> None:
    """Let a subschema name its dialect, and not depend on how `$ref` takes its siblings.

    jsonschema judges by the dialect of what refers to a part, unless the part says another; and
    whether the siblings of `$ref` count, by that of what refers to it, whatever the part says.
    """
    if "$ref" in schema and dialect.ref_stands_alone:
        # What is no keyword stays: a reference may lead there.
        for keyword in schema.keys() & (_keywords() - {"$ref"}):
            del schema[keyword]
    elif "$ref" in schema:
        schema["allOf"] = [*schema.get("allOf", ()), {"$ref": schema.pop("$ref")}]
    schema["$schema"] = dialect.uri
