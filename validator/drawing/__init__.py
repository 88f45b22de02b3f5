"""Documents drawn of a schema: valid ones, and near misses.

The choices that make a document are those of a seed (`examples`), or of Hypothesis
(`validator.strategies`); this package needs neither Hypothesis nor any other engine of chance.
"""

from __future__ import annotations

from validator.drawing.misses import NearMiss
from validator.drawing.subjects import subject
from validator.engine import Formats
from validator.errors import WrongUse, shown
from validator.judge import NamedSchema
from validator.limits import Limits
from validator.registry import Registry
from validator.results import JSON

__all__ = ["NearMiss", "examples"]


def examples(  # noqa: PLR0913  # those of Validator
    schema: NamedSchema,
    number: int = 5,
    *,
    seed: int = 0,
    invalid: bool = False,
    registry: Registry | None = None,
    dialect: str | None = None,
    formats: Formats = "assert",
    limits: Limits | None = None,
) -> list[JSON]:
    """Give so many documents that a schema accepts; or, if `invalid`, `NearMiss`es.

    They are the same for the same schema and seed, byte for byte, and a greater number only adds
    to them. The other arguments are those of `Validator`.

    :raises NothingToDraw: if there are none, or none was found.
    :raises WrongUse: if an argument is something else.
    :raises NoVerdict: if the schema is not there, or can't judge.

    >>> examples({"enum": ["a"]}, 2)
    ['a', 'a']
    >>> examples({"type": "string", "maxLength": 2}, 1, invalid=True)[0].keyword
    'type'
    """
    for name, value in (("number", number), ("seed", seed)):
        if type(value) is not int or value < 0:
            message = f"{name} is an integer, 0 or more, not {shown(value)}"
            raise WrongUse(message)
    found = subject(schema, registry=registry, dialect=dialect, formats=formats, limits=limits)
    return found.examples(number, seed, invalid=invalid)
