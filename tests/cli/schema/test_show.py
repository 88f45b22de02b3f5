"""`validator schema show`: what a schema says."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

#: Runs the command line: arguments to exit code, output and errors.
Run = Callable[..., Any]

ROOT = Path(__file__).parents[3]
TRACKER = "com.tracardi/tracker_payload"


def test_show_is_byte_for_byte(validator_command: Run) -> None:
    """A schema is printed as it is kept; with * the newest."""
    kept = (ROOT / "schemas" / TRACKER / "jsonschema" / "1-0-1").read_text()
    assert validator_command("schema", "show", f"iglu:{TRACKER}/jsonschema/1-0-1").out == kept
    assert validator_command("schema", "show", f"iglu:{TRACKER}/jsonschema/1-*-*").out == kept


def test_show_of_a_near_miss_says_what_was_probably_meant(validator_command: Run) -> None:
    """A misspelt URI names the registries asked and the URI that is close."""
    outcome = validator_command(
        "schema", "show", "iglu:com.tracardi/tracker_paylod/jsonschema/1-0-0"
    )
    assert outcome.code == 3
    assert f"(asked: packaged); did you mean iglu:{TRACKER}/jsonschema/1-0-0?" in outcome.err


def test_show_of_no_uri_is_wrong_use(validator_command: Run) -> None:
    """What is no Iglu URI is said to be none, and what one is."""
    outcome = validator_command("schema", "show", TRACKER)
    assert outcome.code == 2
    assert "an Iglu URI begins with 'iglu:'" in outcome.err
