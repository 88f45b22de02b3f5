"""Event payloads, checked against versioned, self-describing JSON Schemas, and normalized.

>>> from validator import Validator
>>> validator = Validator()
>>> body = b'{"source": {"id": "web"}, "session": null, "profile": null, "events": []}'
>>> result = validator.check(body)
>>> bool(result), str(result.schema)
(True, 'iglu:com.tracardi/tracker_payload/jsonschema/1-0-1')
"""

import importlib
from typing import TYPE_CHECKING

from validator.about import VERSION

if TYPE_CHECKING:
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

#: Where each public name is at home. It is imported when it is first asked for, and the engine with
#: it: pytest imports this package, for its plugin, in every project that has it installed.
_HOMES = {
    name: f"validator.{module}"
    for module, names in {
        "documents": ("decode",),
        "errors": (
            "InvalidIgluUri",
            "InvalidPayload",
            "InvalidSchema",
            "InvalidSchemaVer",
            "NoSuchSchema",
            "NoVerdict",
            "RegistryUnavailable",
            "UnreadableFile",
            "ValidatorError",
            "WrongUse",
        ),
        "iglu": ("SchemaCriterion", "SchemaKey", "SchemaVer"),
        "limits": ("Limits",),
        "registry": ("Registry",),
        "results": ("EventResult", "Position", "Result", "ValidationInfo", "Violation"),
        "retrievers": ("Cached", "Directory", "FirstOf", "InMemory", "Packaged", "Retriever"),
        "self_describing": ("SelfDescribingData",),
        "trackers": ("normalize",),
        "validation": ("Validator",),
    }.items()
    for name in names
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = globals()[name] = getattr(importlib.import_module(_HOMES[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
