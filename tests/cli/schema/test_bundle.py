"""`validator schema bundle`: a schema with everything it refers to."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

#: Runs the command line: arguments to exit code, output and errors.
Run = Callable[..., Any]

ROOT = Path(__file__).parents[3]
ENTRY = "iglu:com.acme/leaderboard_entry/jsonschema/1-0-0"


def test_bundle_holds_what_the_schema_refers_to(validator_command: Run) -> None:
    """A schema is printed with the one it refers to inside, indented by two; * is the newest."""
    fixtures = ROOT / "fixtures" / "registry"
    printed = validator_command("schema", "bundle", "--registry", fixtures, ENTRY)
    bundled = json.loads(printed.out)

    assert (printed.code, printed.err) == (0, "")
    assert printed.out == json.dumps(bundled, indent=2, ensure_ascii=False) + "\n"
    inside = "com.games_company.save_game-1-0-2"
    assert bundled["properties"]["save"] == {"$ref": f"#/definitions/{inside}"}
    assert bundled["definitions"][inside]["required"] == ["save_id", "level"]
    assert bundled["$schema"] == "http://json-schema.org/draft-04/schema#"
    newest = ENTRY.replace("1-0-0", "1-*-*")
    assert validator_command("schema", "bundle", "--registry", fixtures, newest).out == printed.out


def test_bundle_judges_as_the_schema_does(validator_command: Run, tmp_path: Path) -> None:
    """What is printed is a schema that `check --schema` takes, without the registry."""
    fixtures = ROOT / "fixtures" / "registry"
    file = tmp_path / "bundle.json"
    file.write_text(validator_command("schema", "bundle", "--registry", fixtures, ENTRY).out)
    entry = {"player": "ann", "rank": 1, "save": {"save_id": "s1", "level": 1}}
    good, bad = entry, {**entry, "save": {"save_id": "s1", "level": 0}}

    for document, code in ((good, 0), (bad, 1)):
        raw = json.dumps(document).encode()
        outcomes = [
            validator_command("check", "--schema", file, "-", stdin=raw),
            validator_command("check", "--registry", fixtures, "--schema", ENTRY, "-", stdin=raw),
        ]
        assert [outcome.code for outcome in outcomes] == [code, code]
        assert outcomes[0].out == outcomes[1].out


def test_bundle_of_what_is_not_there_is_3(validator_command: Run, tmp_path: Path) -> None:
    """A schema that is in no registry is told, with the schema that refers to it."""
    kept = ROOT / "fixtures" / "registry" / ENTRY.removeprefix("iglu:")
    copy = tmp_path / ENTRY.removeprefix("iglu:")
    copy.parent.mkdir(parents=True)
    copy.write_bytes(kept.read_bytes())
    outcome = validator_command("schema", "bundle", "--registry", tmp_path, ENTRY)

    assert (outcome.code, outcome.out) == (3, "")
    assert "no such schema: iglu:com.games_company/save_game/jsonschema/1-0-2" in outcome.err
    assert f"to which {ENTRY} refers" in outcome.err


def test_bundle_of_no_uri_is_wrong_use(validator_command: Run) -> None:
    """What is no Iglu URI is said to be none."""
    outcome = validator_command("schema", "bundle", "com.acme/leaderboard_entry")
    assert outcome.code == 2
    assert "an Iglu URI begins with 'iglu:'" in outcome.err
