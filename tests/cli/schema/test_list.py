"""`validator schema list`: which schemas there are."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

#: Runs the command line: arguments to exit code, output and errors.
Run = Callable[..., Any]

ROOT = Path(__file__).parents[3]
TRACKER = "com.tracardi/tracker_payload"


def test_list_names_all(validator_command: Run) -> None:
    """Each packaged schema's URI, sorted, a line each."""
    packaged = sorted(path.parts[-4:] for path in (ROOT / "schemas").glob("*/*/jsonschema/*"))
    listed = validator_command("schema", "list").out.splitlines()
    assert listed == ["iglu:" + "/".join(parts) for parts in packaged]


def test_list_of_a_name_and_of_a_registry(validator_command: Run) -> None:
    """A vendor, or a vendor and a name, narrow the list; --registry adds to it."""
    assert validator_command("schema", "list", TRACKER).out.splitlines() == [
        f"iglu:{TRACKER}/jsonschema/1-0-0",
        f"iglu:{TRACKER}/jsonschema/1-0-1",
    ]
    own = validator_command("schema", "list", "--registry", ROOT / "fixtures/registry", "com.acme")
    assert "iglu:com.acme/user/jsonschema/1-0-0" in own.out.splitlines()


def test_list_of_nothing_is_3(validator_command: Run) -> None:
    """A vendor without schemas is told, not shown as an empty list."""
    outcome = validator_command("schema", "list", "com.acme")
    assert outcome.code == 3
    assert "there are no schemas of com.acme" in outcome.err
