"""Event payloads, checked against versioned, self-describing JSON Schemas, and normalized.

>>> from validator import Validator
>>> validator = Validator()
>>> body = b'{"source": {"id": "web"}, "session": null, "profile": null, "events": []}'
>>> result = validator.check(body)
>>> bool(result), str(result.schema)
(True, 'iglu:com.tracardi/tracker_payload/jsonschema/1-0-1')
"""

from validator.documents import SelfDescribingData, decode
from validator.errors import (
    InvalidIgluUri,
    InvalidPayload,
    InvalidSchema,
    InvalidSchemaVer,
    NoSuchSchema,
    NoVerdict,
    RegistryUnavailable,
    UnreadableFile,
    ValidatorError,
    WrongUse,
)
from validator.iglu import SchemaCriterion, SchemaKey, SchemaVer
from validator.limits import Limits
from validator.registry import Cached, Directory, FirstOf, InMemory, Packaged, Registry, Retriever
from validator.results import Position, Result, Violation
from validator.trackers import normalize
from validator.validation import Validator

__all__ = [
    "Cached",
    "Directory",
    "FirstOf",
    "InMemory",
    "InvalidIgluUri",
    "InvalidPayload",
    "InvalidSchema",
    "InvalidSchemaVer",
    "Limits",
    "NoSuchSchema",
    "NoVerdict",
    "Packaged",
    "Position",
    "Registry",
    "RegistryUnavailable",
    "Result",
    "Retriever",
    "SchemaCriterion",
    "SchemaKey",
    "SchemaVer",
    "SelfDescribingData",
    "UnreadableFile",
    "Validator",
    "ValidatorError",
    "Violation",
    "WrongUse",
    "decode",
    "normalize",
]

__version__ = "0.1.0"
