"""A schema as a plain validator of `jsonschema`, for those whose code lives in that package.

It is as jsonschema makes it: with its own errors, its own messages, which quote the document, and
none of the bounds that `Validator` keeps. Only what a schema may refer to is given to it: what the
registry had. So it fetches nothing, either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
import referencing

from validator.closure import Closure
from validator.dialects import DRAFT_04, Dialect
from validator.engine import FORMATS_OF_IGLU, Formats
from validator.limits import Limits
from validator.reference import format_checker, formats_in, plain_class, refuse_patterns
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
    contents = [orjson.loads(orjson.dumps(schema.for_engine())) for schema in schemas]
    if any(schema.dialect is not root.dialect for schema in schemas):
        for schema, each in zip(schemas, contents, strict=True):
            _tag(each, schema.dialect)
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


def _tag(contents: JSON, dialect: Dialect) -> None:
    """Let each subschema name its dialect, and none depend on how `$ref` takes its siblings.

    jsonschema judges by the dialect of what refers to a part, unless the part says another; and
    whether the siblings of `$ref` count, by that of what refers to it, whatever the part says.
    """
    pending = [contents]
    while pending:
        schema = pending.pop()
        if not isinstance(schema, dict):
            continue
        pending += [inner for _, inner in dialect.subschemas(schema)]
        if "$ref" in schema and dialect.ref_stands_alone:
            for keyword in schema.keys() - {"$ref", "definitions"}:
                del schema[keyword]
        elif "$ref" in schema:
            schema["allOf"] = [*schema.get("allOf", ()), {"$ref": schema.pop("$ref")}]
        schema["$schema"] = dialect.uri
