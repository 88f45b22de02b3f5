"""What the keywords of each dialect hold, as data for walking two schemas side by side."""

from __future__ import annotations

from validator.dialects import Dialect

__all__ = ["BRANCHES", "DATA", "DEFINITIONS", "MAPS", "SCHEMAS", "TUPLES", "decides"]

#: Hold an object by name: of schemas, or of names that are needed beside one.
MAPS = frozenset(
    {"properties", "patternProperties", "definitions", "$defs"}
    | {"dependencies", "dependentSchemas", "dependentRequired"}
)
#: Hold schemas that apply to nothing by themselves.
DEFINITIONS = ("definitions", "$defs")
#: Hold an array of schemas whose order does not count.
BRANCHES = frozenset({"allOf", "anyOf", "oneOf"})
#: May hold an array of schemas, one for each place.
TUPLES = frozenset({"items", "prefixItems"})
#: Hold one schema.
SCHEMAS = frozenset(
    {"additionalItems", "additionalProperties", "contains", "else", "if", "items", "not"}
    | {"propertyNames", "then", "unevaluatedItems", "unevaluatedProperties"}
)
#: Hold data, whatever it looks like.
DATA = frozenset({"const", "enum", "default", "examples"})

_DRAFT_04 = frozenset(
    {"$ref", "additionalItems", "additionalProperties", "allOf", "anyOf", "definitions"}
    | {"dependencies", "enum", "exclusiveMaximum", "exclusiveMinimum", "format", "id", "items"}
    | {"maxItems", "maxLength", "maxProperties", "maximum", "minItems", "minLength"}
    | {"minProperties", "minimum", "multipleOf", "not", "oneOf", "pattern", "patternProperties"}
    | {"properties", "required", "type", "uniqueItems", "$defs"}
)
# The engine asserts what a text encodes in these two, as they allow; it is a note from 2019-09 on.
_CONTENT = frozenset({"contentEncoding", "contentMediaType"})
_DRAFT_06 = _DRAFT_04 - {"id"} | {"$id", "const", "contains", "propertyNames"} | _CONTENT
_DRAFT_07 = _DRAFT_06 | {"else", "if", "then"}
_DRAFT_2019 = (_DRAFT_07 - _CONTENT) | frozenset(
    {"$anchor", "$recursiveAnchor", "$recursiveRef", "dependentRequired", "dependentSchemas"}
    | {"maxContains", "minContains", "unevaluatedItems", "unevaluatedProperties"}
)
_DRAFT_2020 = (_DRAFT_2019 - {"$recursiveAnchor", "$recursiveRef"}) | frozenset(
    {"$dynamicAnchor", "$dynamicRef", "prefixItems"}
)
_DECIDING = {
    "draft-04": _DRAFT_04,
    "draft-06": _DRAFT_06,
    "draft-07": _DRAFT_07,
    "2019-09": _DRAFT_2019,
    "2020-12": _DRAFT_2020,
}


def decides(keyword: str, dialect: Dialect) -> bool:
    """Whether a keyword has a say in what is accepted; an annotation has none, nor one unknown."""
    return keyword in _DECIDING[dialect.name]
