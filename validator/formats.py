"""What the two engines bring with them: their classes, by dialect, and what formats are.

A format is the same to both: jsonschema checks some, and of the others jsonschema-rs is asked.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import jsonschema_rs

from validator.dialects import Dialect
from validator.results import JSON

if TYPE_CHECKING:
    import jsonschema
    from jsonschema.protocols import Validator

__all__ = ["CLASSES", "format_checker", "formats_in", "plain_class"]

#: The formats that jsonschema checks by itself, where a dialect has them. It checks more where
#: other packages are installed; what is valid must not depend on that. Its check of `regex` is not
#: among them: it asks for a regular expression of Python, the format for one of ECMA 262.
_FORMATS = ("date", "email", "idn-email", "ipv4", "ipv6", "uuid")
#: Those of which it checks a part: that there is an `@`. It says what is no email, never what is
#: one, so of what it lets through jsonschema-rs is asked.
_CHECKED_IN_PART = ("email", "idn-email")
#: The validators of jsonschema-rs, by dialect.
CLASSES: dict[str, Callable[..., jsonschema_rs.Validator]] = {
    "draft-04": jsonschema_rs.Draft4Validator,
    "draft-06": jsonschema_rs.Draft6Validator,
    "draft-07": jsonschema_rs.Draft7Validator,
    "2019-09": jsonschema_rs.Draft201909Validator,
    "2020-12": jsonschema_rs.Draft202012Validator,
}
#: How many answers are kept that depend on words of a schema: there may be any number of those.
_KEPT_ANSWERS = 128


@functools.cache
def plain_class(dialect: str) -> type[Validator]:
    """Give the class that jsonschema itself has for a dialect."""
    # That takes 0.1 s which only those need who want a second opinion.
    import jsonschema  # noqa: PLC0415

    classes: dict[str, type[Validator]] = {
        "draft-04": jsonschema.Draft4Validator,
        "draft-06": jsonschema.Draft6Validator,
        "draft-07": jsonschema.Draft7Validator,
        "2019-09": jsonschema.Draft201909Validator,
        "2020-12": jsonschema.Draft202012Validator,
    }
    return classes[dialect]


def formats_in(contents: JSON) -> Iterator[str]:
    """Give the names of all formats in a schema, and what else may be one."""
    pending = [contents]
    while pending:
        each = pending.pop()
        if isinstance(each, dict):
            pending += each.values()
            if isinstance(name := each.get("format"), str):
                yield name
        elif isinstance(each, list):
            pending += each


def _of_texts(check: Callable[[str], bool]) -> Callable[[object], bool]:
    return lambda instance: not isinstance(instance, str) or check(instance)


def _both(
    first: Callable[[object], bool], second: Callable[[object], bool]
) -> Callable[[object], bool]:
    return lambda instance: first(instance) and second(instance)


def format_checker(
    dialect: Dialect, names: set[str], told: Mapping[str, Callable[[str], bool]]
) -> jsonschema.FormatChecker:
    """Give what checks the formats of so many names, as both engines take them.

    :param told: checks of formats that are beyond their dialect.
    """
    import jsonschema  # noqa: PLC0415  # as in `plain_class`

    known = plain_class(dialect.name).FORMAT_CHECKER.checkers
    checker = jsonschema.FormatChecker(())
    for name in names:
        if name in told:
            checker.checks(name)(_of_texts(told[name]))
        elif name in _FORMATS and name in known:
            check, raises = known[name]
            if name in _CHECKED_IN_PART:
                check = _both(check, _asked(dialect.name, name))
            checker.checks(name, raises)(check)
        else:
            checker.checks(name)(_asked(dialect.name, name))
    return checker


@functools.lru_cache(_KEPT_ANSWERS)
def _asked(dialect: str, name: str) -> Callable[[object], bool]:
    """Give the check that jsonschema-rs has of a format."""
    return CLASSES[dialect]({"format": name}, offline=True, validate_formats=True).is_valid
