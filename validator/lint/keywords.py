"""The keywords of JSON Schema, by dialect and by what they are about."""

from __future__ import annotations

__all__ = [
    "ABOUT",
    "ANNOTATIONS",
    "FORMATS",
    "KEYWORDS",
    "OF_IGLU",
    "TYPES",
]

#: What Iglu writes into the root of a schema.
OF_IGLU = frozenset({"self", "$supersedes", "$supersededBy"})
#: Keywords that tell and decide nothing, of whichever dialect: one that does not know them loses
#: nothing.
ANNOTATIONS = frozenset(
    {
        *("title", "description", "default", "examples", "$comment", "deprecated"),
        *("readOnly", "writeOnly"),
    }
)
#: The types of JSON Schema.
TYPES = ("null", "boolean", "object", "array", "number", "string", "integer")

_DRAFT_04 = frozenset(
    {
        *("id", "$schema", "$ref", "title", "description", "default", "definitions"),
        *("type", "enum", "format", "allOf", "anyOf", "oneOf", "not"),
        *("multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"),
        *("maxLength", "minLength", "pattern"),
        *("items", "additionalItems", "maxItems", "minItems", "uniqueItems"),
        *("properties", "patternProperties", "additionalProperties", "required"),
        *("maxProperties", "minProperties", "dependencies"),
    }
)
_DRAFT_06 = (_DRAFT_04 - {"id"}) | {"$id", "const", "contains", "propertyNames", "examples"}
_DRAFT_07 = _DRAFT_06 | {
    *("if", "then", "else", "$comment", "readOnly", "writeOnly"),
    *("contentMediaType", "contentEncoding"),
}
_DRAFT_2019 = _DRAFT_07 | {
    *("$defs", "$anchor", "$recursiveRef", "$recursiveAnchor", "$vocabulary", "deprecated"),
    *("dependentSchemas", "dependentRequired", "unevaluatedItems", "unevaluatedProperties"),
    *("maxContains", "minContains", "contentSchema"),
}
_DRAFT_2020 = (_DRAFT_2019 - {"additionalItems", "$recursiveRef", "$recursiveAnchor"}) | {
    *("prefixItems", "$dynamicRef", "$dynamicAnchor"),
}
#: The keywords of each dialect, the oldest first. Source: the meta-schemas.
KEYWORDS: dict[str, frozenset[str]] = {
    "draft-04": _DRAFT_04,
    "draft-06": _DRAFT_06,
    "draft-07": _DRAFT_07,
    "2019-09": _DRAFT_2019,
    "2020-12": _DRAFT_2020,
}
#: The keywords that judge values of one type alone: others they let through.
ABOUT: dict[str, frozenset[str]] = {
    "number": frozenset(
        {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
    ),
    "string": frozenset({"minLength", "maxLength", "pattern", "format"}),
    "array": frozenset(
        {
            *("items", "additionalItems", "prefixItems", "unevaluatedItems", "contains"),
            *("minItems", "maxItems", "uniqueItems", "minContains", "maxContains"),
        }
    ),
    "object": frozenset(
        {
            *("properties", "patternProperties", "additionalProperties", "unevaluatedProperties"),
            *("required", "minProperties", "maxProperties", "propertyNames"),
            *("dependencies", "dependentRequired", "dependentSchemas"),
        }
    ),
}

_FORMATS_04 = frozenset(
    {
        *("date-time", "date", "time", "email", "idn-email", "hostname", "ipv4", "ipv6"),
        *("uri", "regex", "uuid"),
    }
)
_FORMATS_06 = (_FORMATS_04 - {"uuid"}) | {"uri-reference", "uri-template", "json-pointer"}
_FORMATS_07 = _FORMATS_06 | {"idn-hostname", "iri", "iri-reference", "relative-json-pointer"}
_FORMATS_2019 = _FORMATS_07 | {"duration", "uuid"}
#: The formats that decide here, by dialect: the engine's, in draft-04 with Iglu's.
FORMATS: dict[str, frozenset[str]] = {
    "draft-04": _FORMATS_04,
    "draft-06": _FORMATS_06,
    "draft-07": _FORMATS_07,
    "2019-09": _FORMATS_2019,
    "2020-12": _FORMATS_2019,
}
