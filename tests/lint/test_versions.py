"""Versions that are missing: what is no SchemaKey, and all of Iglu Central. Cases: test_rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from validator import Directory, Registry, WrongUse
from validator.lint import version_gaps

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "corpora" / "iglu-central"


@pytest.mark.parametrize("given", ["iglu:com.acme/user/jsonschema/1-0-0", None])
def test_no_key(given: Any) -> None:
    """What is no SchemaKey is refused."""
    with pytest.raises(WrongUse, match="looked for among SchemaKeys"):
        version_gaps([given])


def test_our_schemas() -> None:
    """Of our schemas no version is missing."""
    keys = Registry(Directory(str(ROOT / "schemas"))).keys()

    assert version_gaps(keys) == {}


@pytest.mark.shared
def test_iglu_central() -> None:
    """Of Iglu Central's JSON Schemas none is missing."""
    if not SHARED.is_dir():
        pytest.skip("Iglu Central's schemas are not here")
    keys = Registry(Directory(str(SHARED))).keys()

    assert version_gaps([key for key in keys if key.format == "jsonschema"]) == {}
