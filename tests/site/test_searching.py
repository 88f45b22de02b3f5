"""What the search looks through."""

import json

from registries import acme
from validator import InMemory, Registry
from validator.site.catalogue import Entry, catalogue
from validator.site.searching import found_by, script
from validator.site.values import Field, Fields


def _entry(**keywords: object) -> Entry:
    return catalogue(Registry(InMemory([acme("user", **keywords)]))).families[0].newest


def test_found_by() -> None:
    """A schema is found by its URI, its description and its fields, which link to their rows."""
    field = Field(path="a.b\u202e", name="b\u202e", anchor="field-a.b", depth=1, types=())
    found = found_by(_entry(description="One. Two."), Fields((field,)), is_newest=True)

    assert found == {
        "uri": "iglu:com.acme/user/jsonschema/1-0-0",
        "name": "user",
        "page": "com.acme/user/1-0-0.html",
        "newest": True,
        "summary": "One.",
        "description": "One. Two.",
        "fields": [["a.b\\u202e", "field-a.b"]],
    }


def test_schema_without_fields() -> None:
    """One that can't judge is found by its URI; a long description by its beginning."""
    found = found_by(_entry(description="x" * 900), None, is_newest=False)

    assert (found["fields"], len(found["description"])) == ([], 600)


def test_script() -> None:
    """The script is data in JSON, which is JavaScript too, a schema a line."""
    text = script([{"a": "</script>\u2028"}, {}]).decode()

    before, _, data = text.partition("window.schemas = ")
    assert before == '"use strict";\n'
    assert json.loads(data.removesuffix(";\n")) == [{"a": "</script>\u2028"}, {}]
    assert len(text.split("\n")) == 6
