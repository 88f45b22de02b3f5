"""What an author should know of a schema before it is published: `lint` finds it, `fix` mends some.

A rule is a record with the function that looks for what it is about; docs/lint.md lists them all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from types import MappingProxyType

import attrs

from validator import documents
from validator.closure import Closure
from validator.dialects import DEFAULT, Dialect, dialect_of
from validator.errors import WrongUse, is_a, shown
from validator.iglu import SchemaKey
from validator.limits import Limits
from validator.lint import (
    bounds,
    contradictions,
    files,
    iglu,
    names,
    storage,
    texts,
    types,
    values,
    versions,
)
from validator.lint.editing import edited
from validator.lint.rules import Fault, Rule
from validator.lint.schema_file import SchemaFile
from validator.lint.skips import Skips, checked
from validator.lint.versions import version_gaps
from validator.problems import Problem
from validator.registry import Registry, Schema
from validator.results import clip, json_pointer
from validator.retrievers import schema_bounds, self_key

__all__ = ["RULES", "Rule", "Skips", "fix", "lint", "version_gaps"]

_BY_SUBJECT = (files, iglu, types, bounds, names, values, texts, contradictions, storage)
#: All rules by id, in the order in which they look.
RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.id: rule
        for rule in (*(each for module in _BY_SUBJECT for each in module.RULES), versions.RULE)
    }
)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
#: The name of a schema that has none of its own.
_UNNAMED = "iglu:lint/schema/jsonschema/1-0-0"


def lint(  # all but the first by name
    raw: bytes,
    *,
    key: SchemaKey | None = None,
    registry: Registry | None = None,
    skip: Collection[str] = (),
    limits: Limits | None = None,
    dialect: Dialect | None = None,
) -> tuple[Problem, ...]:
    """Tell what is wrong with the text of a schema: rule by rule, each in the order of the file.

    :param key: what the path of the file says that it is; None if that is not known.
    :param registry: has what the schema refers to; the packaged schemas, if not given.
    :param skip: ids of rules that are left out; see `Skips` for those of some schemas.
    :param limits: `schema_bytes` and the like; a rule tells no more than `violations`.
    :param dialect: what a schema without `$schema` is written in; else 2020-12.
    :raises WrongUse: if an argument is of another type, or there is no rule of an id.
    :raises RegistryUnavailable: if a registry did not answer.

    >>> problems = lint(b'{"type": "string", "maxLenght": 5}', skip=["description"])
    >>> [problem.hint for problem in problems if problem.rule == "unknownKeyword"]
    ['Did you mean "maxLength"?']
    """
    left_out = checked(skip, RULES)
    file = _file(raw, key, registry, limits, dialect)
    if isinstance(file, Fault):
        found = [] if files.NOT_JSON.id in left_out else [file]
        return tuple(_problem(files.NOT_JSON, each, limits or Limits()) for each in found)
    return tuple(
        problem
        for rule in RULES.values()
        if rule.id not in left_out
        for problem in _problems(rule, file)
    )


def fix(  # as `lint`
    raw: bytes,
    *,
    key: SchemaKey | None = None,
    registry: Registry | None = None,
    skip: Collection[str] = (),
    limits: Limits | None = None,
    dialect: Dialect | None = None,
) -> bytes:
    """Mend what has one right answer, and leave the rest of the text as it is, byte for byte.

    What the schema accepts stays what it was, and nothing is mended that would make it one that is
    not valid or can't judge. A text that is no JSON comes back as it is, but for
    a byte order mark. Arguments and errors are those of `lint`.

    >>> fix(b'{"enum": [1, 2, 1.0], "descripton": "A number."}')
    b'{"enum": [1, 2], "description": "A number."}'
    """
    left_out = checked(skip, RULES)
    if type(raw) is bytes and files.NOT_JSON.id not in left_out:
        raw = raw.removeprefix(_BYTE_ORDER_MARK)
    mending = [rule.fix for rule in RULES.values() if rule.fix and rule.id not in left_out]
    while True:  # until there is nothing left: one mend may show another
        before = raw
        for edits_of in mending:
            file = _file(raw, key, registry, limits, dialect)
            if isinstance(file, Fault):
                return raw
            better = edited(file.text, edits_of(file)).encode()
            if better != raw and not _is_worse(file, _file(better, key, registry, limits, dialect)):
                raw = better
        if raw == before:
            return raw


def _is_worse(before: SchemaFile, after: SchemaFile | Fault) -> bool:
    """Whether a mended text has an error of a schema that it did not have."""
    if isinstance(after, Fault) or {*after.invalid} - {*before.invalid}:
        return True
    return isinstance(before.closed, Closure) and not isinstance(after.closed, Closure)


def _file(
    raw: bytes,
    key: SchemaKey | None,
    registry: Registry | None,
    limits: Limits | None,
    dialect: Dialect | None,
) -> SchemaFile | Fault:
    """Read a file, or tell why it can't be read."""
    for name, value, kind in (
        ("raw", raw, bytes),
        ("key", key, SchemaKey),
        ("registry", registry, Registry),
        ("limits", limits, Limits),
        ("dialect", dialect, Dialect),
    ):
        if not is_a(value, kind) and (value is not None or kind is bytes):
            message = f"{name} is of type {kind.__name__}, not {shown(value)}"
            raise WrongUse(message)
    limits = limits or Limits()
    bounds_of_text = attrs.evolve(schema_bounds(limits), duplicate_keys=True)
    result = documents.decode(raw, bounds_of_text)
    if not result:
        return files.of_text(result.violations[0])
    contents = result.payload
    own = self_key(contents) or key
    uri = _UNNAMED if own is None else str(own)
    spoken = dialect_of(contents) or dialect or DEFAULT
    schema = Schema(uri, contents, spoken, own)
    return SchemaFile(raw.decode(), contents, schema, key, registry or Registry(), limits)


def _problems(rule: Rule, file: SchemaFile) -> Iterator[Problem]:
    """Give what a rule finds, up to a limit, and a note where there is more."""
    if rule.find is None:
        return
    most = file.limits.violations
    found = list(islice(rule.find(file), most + 1))
    for fault in found[:most]:
        yield _problem(rule, fault, file.limits)
    if len(found) > most:
        message = f"there is more of this than the {most:,} that are told"
        yield Problem(rule=rule.id, level="note", message=message, hint=rule.mend)


def _problem(rule: Rule, fault: Fault, limits: Limits) -> Problem:
    location = json_pointer(fault.path, limits.location)
    fits = location == json_pointer(fault.path)
    return Problem(
        rule=rule.id,
        level=rule.level,
        message=clip(fault.message, limits.message),
        hint=fault.hint or rule.mend,
        location=location,
        member=fault.member if fits else None,
        position=fault.position,
    )
