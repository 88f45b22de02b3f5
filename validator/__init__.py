"""Event payloads, checked against versioned, self-describing JSON Schemas, and normalized.

>>> from validator import Validator
>>> validator = Validator()
>>> body = b'{"source": {"id": "web"}, "session": null, "profile": null, "events": []}'
>>> result = validator.check(body)
>>> bool(result), str(result.schema)
(True, 'iglu:com.tracardi/tracker_payload/jsonschema/1-0-1')
"""

from validator.about import VERSION
from validator.documents import decode
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
from validator.registry import Registry
from validator.results import EventResult, Position, Result, ValidationInfo, Violation
from validator.retrievers import Cached, Directory, FirstOf, InMemory, Packaged, Retriever
from validator.self_describing import SelfDescribingData
from validator.trackers import normalize
from validator.validation import Validator

__all__ = [
    "Cached",
    "Directory",
    "EventResult",
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
    "ValidationInfo",
    "Validator",
    "ValidatorError",
    "Violation",
    "WrongUse",
    "decode",
    "normalize",
]

__version__ = VERSION
