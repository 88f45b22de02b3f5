"""Documents of every schema of Iglu Central, and of every schema of the official suite."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from registries import DRAFTS
from validator import Cached, Directory, InvalidSchema, Registry, Validator
from validator.drawing import examples
from validator.errors import NothingToDraw

SHARED = Path(__file__).parents[3] / "shared" / "corpora"
#: The one schema that can't judge, since it refers to what is not Iglu's: it has no documents.
NOT_USABLE = ["iglu:com.snowplowanalytics.sauna.commands/command/jsonschema/1-0-0"]
#: Those that accept every document, so that nothing breaks them.
ANYTHING = [f"iglu:com.snowplowanalytics.iglu/anything-{each}/jsonschema/1-0-0" for each in "abc"]


@pytest.fixture(name="registry", scope="module")
def _registry() -> Registry:
    folder = SHARED / "iglu-central"
    if not folder.is_dir():
        pytest.skip("Iglu Central's schemas are not here")
    return Registry(Cached(Directory(str(folder))))


def schemas(registry: Registry) -> list[str]:
    """Give the URIs of Iglu Central's JSON Schemas."""
    return [str(key) for key in registry.keys() if key.format == "jsonschema"]  # noqa: SIM118  # not a dict


@pytest.mark.shared
def test_every_schema_has_documents(registry: Registry) -> None:
    """Valid documents are drawn of each of the 660 schemas that can judge; of the other, none."""
    judge = Validator(registry=registry)
    not_usable = []
    uris = schemas(registry)
    for uri in uris:
        try:
            documents = examples(uri, 5, registry=registry)
        except InvalidSchema:
            not_usable.append(uri)
            continue
        for document in documents:
            assert judge.validate(json.dumps(document).encode(), uri), (uri, document)
    assert not_usable == NOT_USABLE
    assert len(uris) == 660


@pytest.mark.shared
def test_every_schema_has_near_misses(registry: Registry) -> None:
    """A near miss breaks the rule that it names, and is drawn wherever a rule can be broken."""
    judge = Validator(registry=registry)
    nothing = []
    for uri in schemas(registry):
        try:
            misses = examples(uri, 2, registry=registry, invalid=True)
        except InvalidSchema:
            continue
        except NothingToDraw:
            nothing.append(uri)
            continue
        for miss in misses:
            (told,) = judge.validate(json.dumps(miss.document).encode(), uri).violations
            assert (told.keyword, told.keyword_location) == (miss.keyword, miss.keyword_location)
    assert nothing == ANYTHING


def suite(draft: str) -> Iterator[tuple[Any, bool]]:
    """Give the schemas of the official suite, and whether a document there is valid by each."""
    for file in sorted((SHARED / "json-schema-test-suite" / "tests" / draft).rglob("*.json")):
        for group in json.loads(file.read_bytes()):
            yield group["schema"], any(case["valid"] for case in group["tests"])


@pytest.mark.shared
@pytest.mark.parametrize("draft", DRAFTS)
def test_the_official_suite(draft: str) -> None:
    """Of each schema of the suite that can judge, documents are drawn if it accepts any."""
    if not SHARED.is_dir():
        pytest.skip("the official suite is not here")
    judge = Validator(dialect=DRAFTS[draft])
    drawn = 0
    for schema, accepts in suite(draft):
        try:
            documents = examples(schema, 3, dialect=DRAFTS[draft])
        except InvalidSchema:
            continue
        except NothingToDraw:
            assert not accepts, schema
            continue
        drawn += 1
        for each in documents:
            assert judge.validate(json.dumps(each).encode(), schema), (schema, each)
    assert drawn > 150
