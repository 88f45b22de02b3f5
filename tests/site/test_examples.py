"""Examples, and what they are checked with: each runs as it stands."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from registries import acme
from validator import InMemory, Registry, SchemaKey
from validator.site.examples import Example, example

PACKAGED = Registry()
_BIN = Path(sys.executable).parent


def _example(key: SchemaKey) -> Example:
    return example(key, PACKAGED, is_packaged=True)


@pytest.mark.parametrize("key", PACKAGED.keys(), ids=str)
def test_python_runs(key: SchemaKey) -> None:
    """The Python of each page runs as it stands, and finds the example valid."""
    shown = _example(key)

    exec(compile(shown.python, f"<{key}>", "exec"), names := {})
    assert names["payload"] == json.loads(shown.text) == shown.payload


def test_shell_runs() -> None:
    """The commands run as they stand; the first prints the example of the page."""
    shown = _example(SchemaKey.parse("iglu:com.tracardi/event_payload/jsonschema/1-0-1"))
    path = {"PATH": f"{_BIN}:/usr/bin:/bin"}

    def run(command: str) -> str:
        done = subprocess.run(
            ["/bin/sh", "-c", command], env=path, capture_output=True, text=True, check=True
        )
        return done.stdout

    assert run(shown.shell) == "1 document: 1 valid, 0 invalid\n"
    assert run(shown.shell.partition(" |")[0]) == f"{shown.text}\n"


def test_other_registries_are_named() -> None:
    """For a schema that the package has not, the commands and the code name a folder."""
    schema = acme("user", enum=["\u202e", {}, []])
    key = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-0")
    shown = example(key, Registry(InMemory([schema])), is_packaged=False)

    assert shown.shell == (
        f"validator generate --registry DIR -n 1 {key} \\\n"
        f"  | validator check --registry DIR --schema {key} -"
    )
    assert 'Validator(registry=Registry(Directory("DIR")))' in shown.python
    assert "import Directory, Registry, Validator" in shown.python


def test_nothing_to_show() -> None:
    """Of a schema that accepts nothing there is no example; why is told."""
    schema = acme("nothing", enum=[1], type="string")
    key = SchemaKey.parse("iglu:com.acme/nothing/jsonschema/1-0-0")

    assert example(key, Registry(InMemory([schema])), is_packaged=False).problem == (
        "it accepts none"
    )
