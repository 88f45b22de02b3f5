"""The suite of a draft: that of the version before it, or first cases that are drawn."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import orjson

from validator import scanner
from validator.documents import Refused, parse
from validator.drawing import NearMiss
from validator.drawing.realistic import Realistic, realistic
from validator.errors import NothingToDraw, UnreadableFile
from validator.iglu import SchemaKey
from validator.limits import Limits
from validator.publishing.paths import is_file, read_file
from validator.registry import Registry
from validator.results import JSON
from validator.suites import LIMITS
from validator.validation import Validator

__all__ = ["carried_suite", "drawn_suite"]

_VALID = 3
#: Of more, the first of each rule is kept.
_NEAR_MISSES = 60
_SUITE_BYTES = Limits(bytes=20_000_000)


def carried_suite(file: Path, key: SchemaKey) -> str | None:
    """Give the suite in a file as that of another version; None if there is no file.

    Of the text, only the URI in `schema` changes.

    :raises UnreadableFile: if it can't be read, or is no suite.
    """
    if not is_file(file):
        return None
    raw = read_file(file, _SUITE_BYTES.bytes)
    try:
        suite = parse(raw, _SUITE_BYTES)
    except Refused as refused:
        message = f"{file} is no suite: {refused.violation.message}"
        raise UnreadableFile(message) from None
    if not isinstance(suite, dict) or "schema" not in suite:
        message = f"{file} is no suite: it names no schema"
        raise UnreadableFile(message)
    text = raw.decode()
    start = scanner.locate(text, [("schema",)])["schema",].start
    _, end = json.JSONDecoder().raw_decode(text, start)
    return f'{text[:start]}"{key}"{text[end:]}'


def drawn_suite(
    key: SchemaKey, schema: dict[str, JSON], registry: Registry | None = None
) -> str | None:
    """Draw a suite of a schema that passes at once; None if no document is valid.

    The same each time: a few valid documents, and of each rule that can be broken by itself one
    that breaks it.
    """
    validator = Validator(registry=registry or Registry(), limits=LIMITS)
    try:
        subject = realistic(schema, registry=registry)
        valid = subject.examples(_VALID, seed=0, invalid=False)
    except NothingToDraw:
        return None
    cases = [*_valid(valid), *_invalid(_near_misses(subject), validator, schema)]
    lines = ",\n".join(map(_written, cases))
    return f'{{\n  "schema": "{key}",\n  "tests": [\n{lines}\n  ]\n}}\n'


def _near_misses(subject: Realistic) -> list[NearMiss]:
    try:
        return subject.examples(_NEAR_MISSES, seed=0, invalid=True)
    except NothingToDraw:
        return []


def _valid(documents: list[JSON]) -> Iterator[dict[str, JSON]]:
    distinct = {orjson.dumps(each, option=orjson.OPT_SORT_KEYS): each for each in documents}
    for number, document in enumerate(distinct.values(), 1):
        yield {"description": f"a valid one, {number}", "data": document, "valid": True}


def _invalid(
    misses: list[NearMiss], validator: Validator, schema: dict[str, JSON]
) -> Iterator[dict[str, JSON]]:
    """Make a case of the smallest document that breaks each rule."""
    broken: dict[str, NearMiss] = {}
    for miss in sorted(misses, key=lambda each: len(orjson.dumps(each.document))):
        broken.setdefault(miss.keyword_location, miss)
    for location, miss in sorted(broken.items()):
        told = [
            {"keyword": each.keyword, "instance_location": each.instance_location}
            for each in validator.validate(orjson.dumps(miss.document), schema)
        ]
        yield {
            "description": f"breaks {location}",
            "data": miss.document,
            "valid": False,
            "violations": told,
        }


def _written(case: dict[str, JSON]) -> str:
    """Write a case a member a line, as suites are written by hand."""
    members = (f"      {_json(name)}: {_json(value)}" for name, value in case.items())
    return "    {\n" + ",\n".join(members) + "\n    }"


def _json(value: JSON) -> str:
    return json.dumps(value, ensure_ascii=False)
