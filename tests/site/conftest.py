"""What the tests of the site share: schemas with what is hard to tell, and a site of them."""

from pathlib import Path
from typing import Any

import pytest

from registries import acme
from validator import InMemory, Registry
from validator.site import build

#: What a browser would run, in each of the ways that a page could let it.
HOSTILE = (
    "<script>window.ran = 1</script><img src=x onerror='window.ran = 1'>"
    "\"'`${window.ran = 1}{{ 7 * 7 }}</code></style></title>--><a href='javascript:window.ran = 1'>"
)
#: A text that turns the direction of what follows, and one that no line can hold.
TURNING = "\u202egnp.exe\u2066 \u0007"
LONG = "W" * 5_000
DRAFT_07 = "http://json-schema.org/draft-07/schema#"

SCHEMAS: list[dict[str, Any]] = [
    acme(
        "hostile",
        "1-0-0",
        **{"$schema": DRAFT_07},
        description=f"{HOSTILE} javascript:window.ran=1 {TURNING} {LONG}",
        type="object",
        required=[HOSTILE],
        properties={
            HOSTILE: {"enum": [HOSTILE, "javascript:window.ran=1", TURNING, LONG]},
            "a" * 3_000: {"type": "string", "pattern": f"<b>{'x' * 3_000}", "title": HOSTILE},
            "const": {"const": HOSTILE, "examples": [HOSTILE], "default": HOSTILE},
            "__proto__": {"type": "string", "description": TURNING},
            "constructor": {"not": {"description": HOSTILE, "type": "string"}},
            "": {"type": "integer"},
        },
        patternProperties={"^<b>": {"type": "string"}},
        additionalProperties={"$ref": "iglu:com.acme/tree/jsonschema/1-0-0"},
        dependencies={HOSTILE: [HOSTILE], "const": {"required": [HOSTILE]}},
    ),
    acme("hostile", "1-0-1", description=HOSTILE, type="object"),
    acme(
        "tree",
        "1-0-0",
        description="A node.\n\nOf a tree that has no end.",
        type="object",
        required=["label"],
        properties={
            "label": {"type": "string", "maxLength": 20, "description": "What it is called."},
            "children": {"type": "array", "items": {"$ref": "#"}},
        },
        additionalProperties=False,
    ),
    acme("broken", "1-0-0", type="strin"),
    acme("nothing", "1-0-0", enum=[1], type="string"),
    acme("taken_over", "1-0-0", type="object"),
    acme("taken_over", "1-0-1", type="object", of=["1-0-0"], properties={"b": {"type": "null"}}),
]


@pytest.fixture(name="hostile", scope="session")
def _hostile() -> str:
    """Give the title of the site."""
    return HOSTILE


@pytest.fixture(name="registry", scope="session")
def _registry() -> Registry:
    return Registry(InMemory(SCHEMAS))


@pytest.fixture(name="site", scope="session")
def _site(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site of schemas whose texts would do harm, once for all tests."""
    folder = tmp_path_factory.mktemp("site") / "hostile"
    build(registry, folder, title=HOSTILE)
    return folder
