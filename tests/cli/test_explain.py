"""`validator explain`: a request as a tree, with what is wrong where it is wrong."""

import json
import os
import pty
import select
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from validator.cli import run

#: Runs the command line: arguments to exit code, output and errors.
Run = Callable[..., Any]

ROOT = Path(__file__).parents[2]
PAYLOADS = ROOT / "fixtures" / "payloads"
REGISTRY = ROOT / "fixtures" / "registry"
NOW = ["--now", "2023-01-01T00:00:00Z"]
OF_SNOWPLOW = "iglu:com.snowplowanalytics.snowplow"
CONTEXTS = f"{OF_SNOWPLOW}/contexts/jsonschema/1-0-1"
UNSTRUCT = f"{OF_SNOWPLOW}/unstruct_event/jsonschema/1-0-0"
PAYLOAD_DATA = f"{OF_SNOWPLOW}/payload_data/jsonschema/1-0-4"
ALWAYS = {"p": "web", "tv": "js"}

REQUEST = f"""\
-:1: Snowplow request [{PAYLOAD_DATA}]: 3 events, 1 valid, 1 not valid, 1 without a verdict
├── event 0: page_view, event_id "a6d04beb-4165-403b-a3d0-27d11c64f7e9": valid
│   ├── fields
│   │   ├── event (e): "page_view"
│   │   ├── platform (p): "web"
│   │   ├── v_tracker (tv): "js-3.5.0"
│   │   ├── event_id (eid): "a6d04beb-4165-403b-a3d0-27d11c64f7e9"
│   │   ├── page_url (url): "https://acme.example/"
│   │   ├── collector_tstamp (now): "2023-01-01T00:00:00.000Z"
│   │   ├── derived_tstamp (derived): "2023-01-01T00:00:00.000Z"
│   │   ├── event_format (derived): "jsonschema"
│   │   ├── event_name (derived): "page_view"
│   │   ├── event_vendor (derived): "com.snowplowanalytics.snowplow"
│   │   └── event_version (derived): "1-0-0"
│   └── unused parameters
│       └── mac: "s3cret"
├── event 1: unstruct: not valid
│   ├── fields
│   │   ├── event (e): "unstruct"
│   │   ├── platform (p): "web"
│   │   ├── v_tracker (tv): "js-3.5.0"
│   │   ├── txn_id (tid): "seven"
│   │   │   └── error ValidationError at /data/1/tid: must be an integer of 32 bits \
[type of iglu:org.eventpayload.snowplow/self_describing_event/jsonschema/1-0-0]
│   │   ├── collector_tstamp (now): "2023-01-01T00:00:00.000Z"
│   │   ├── derived_tstamp (derived): "2023-01-01T00:00:00.000Z"
│   │   ├── event_format (derived): "jsonschema"
│   │   ├── event_name (derived): "link_click"
│   │   ├── event_vendor (derived): "com.snowplowanalytics.snowplow"
│   │   └── event_version (derived): "1-0-1"
│   └── self-describing event (ue_px): {UNSTRUCT}: not valid
│       └── data: {OF_SNOWPLOW}/link_click/jsonschema/1-0-1: not valid
│           └── targetUrl: ""
│               └── error ValidationError at /data/1/ue_px, within it /data/data/targetUrl: \
must have at least 1 character [minLength of {OF_SNOWPLOW}/link_click/jsonschema/1-0-1]
└── event 2: struct: no verdict
    ├── fields
    │   ├── event (e): "struct"
    │   ├── platform (p): "web"
    │   ├── v_tracker (tv): "js-3.5.0"
    │   ├── se_category (se_ca): "a"
    │   ├── se_action (se_ac): "b"
    │   ├── collector_tstamp (now): "2023-01-01T00:00:00.000Z"
    │   ├── derived_tstamp (derived): "2023-01-01T00:00:00.000Z"
    │   ├── event_format (derived): "jsonschema"
    │   ├── event_name (derived): "event"
    │   ├── event_vendor (derived): "com.google.analytics"
    │   └── event_version (derived): "1-0-0"
    └── contexts (cx): {CONTEXTS}: no verdict
        └── 0: iglu:com.acme/user/jsonschema/1-0-0: no verdict
            ├── error ResolutionError at /data/2/cx, within it /data/0: no such schema: \
iglu:com.acme/user/jsonschema/1-0-0 (asked: packaged) [iglu:com.acme/user/jsonschema/1-0-0]
            └── plan: "pro"
"""


def test_a_request(validator_command: Run, request_of_three: bytes) -> None:
    """Events, fields beside their parameters, parts with their schemas, violations below them."""
    outcome = validator_command("explain", *NOW, "-", stdin=request_of_three)
    assert outcome == (3, REQUEST, "")


def test_values_can_be_hidden(validator_command: Run, request_of_three: bytes) -> None:
    """With --no-values the tree has names, schemas and verdicts, and what kind each value is."""
    outcome = validator_command("explain", "--no-values", "-", stdin=request_of_three)
    assert outcome.code == 3
    assert "├── event 1: unstruct: not valid" in outcome.out
    assert "page_url (url): a text" in outcome.out
    for value in ("s3cret", "acme.example", "a6d04beb", "seven", '"pro"'):
        assert value not in outcome.out


@pytest.mark.parametrize(
    ("registry", "code", "told"),
    [
        (["--registry", REGISTRY], 1, "2 valid, 1 not valid"),
        (["--registry", "no/such/folder"], 2, ""),
    ],
)
def test_registries(
    validator_command: Run, request_of_three: bytes, registry: list[str], code: int, told: str
) -> None:
    """--registry finds one's own schemas, as for check; the exit codes are those of check."""
    outcome = validator_command("explain", *registry, "-", stdin=request_of_three)
    assert outcome.code == code
    assert told in outcome.out


def test_queries(validator_command: Run, tmp_path: Path) -> None:
    """A tree for each line of queries; what is no query has one, too."""
    file = tmp_path / "requests.txt"
    file.write_bytes(b"e=pv&p=web&tv=js\n\n/i?e=zz&ue_px=eyJh\n%ff")
    outcome = validator_command("explain", "--query", file)
    trees = [line for line in outcome.out.splitlines() if line[0] not in " │├└"]
    kind = "Snowplow query [iglu:org.eventpayload.snowplow/query/jsonschema/1-0-0]"
    assert outcome.code == 1
    assert trees == [
        f"{file}:1: {kind}: 1 event, 1 valid",
        f"{file}:3: {kind}: 1 event, 1 not valid",
        f"{file}:4: document: not valid",
    ]
    assert "└── event 0: of no known kind: not valid" in outcome.out
    assert '        └── ue_px: "eyJh"\n            └── error NotJSON at /ue_px: ' in outcome.out
    assert "└── error NotUTF8: a query is UTF-8" in outcome.out


def test_lines(validator_command: Run, tmp_path: Path, payload: bytes) -> None:
    """A tree for each document of a file of lines."""
    file = tmp_path / "events.txt"
    file.write_bytes(payload + b"\n\n" + payload)
    outcome = validator_command("explain", "--ndjson", file)
    assert outcome.code == 0
    assert [f"{file}:{line}: Tracardi tracker payload [" in outcome.out for line in (1, 2, 3)] == [
        True,
        False,
        True,
    ]


def test_a_tracardi_payload(validator_command: Run) -> None:
    """Its events have a type and a verdict, its parts their violations; it is shown normalized."""
    outcome = validator_command("explain", PAYLOADS / "invalid" / "misspelt_properties.json")
    assert outcome.code == 1
    first, *lines = outcome.out.splitlines()
    assert first.endswith("tracker_payload/jsonschema/1-0-1]: not valid")
    assert '│   ├── 0: "page-view": valid' in lines
    at = lines.index('│   └── 1: "purchase-order": not valid')
    assert lines[at + 1].startswith("│       ├── error ValidationError at /events/1: has unexp")
    assert "├── properties: {}" in lines
    hidden = validator_command(
        "explain", "--no-values", PAYLOADS / "invalid" / "misspelt_properties.json"
    )
    assert "│   ├── 0: valid\n" in hidden.out


def test_self_describing_data(validator_command: Run) -> None:
    """Its schema and verdict, what it holds, and what stands beside that."""
    game = "iglu:com.games_company/save_game/jsonschema/1-0-2"
    data = {"schema": game, "data": {"level": 23, "on": True}, "more": None}
    outcome = validator_command(
        "explain", "--registry", REGISTRY, "--no-values", "-", stdin=json.dumps(data).encode()
    )
    first, *lines = outcome.out.splitlines()
    assert outcome.code == 1
    assert first == f"-:1: self-describing data: {game}: not valid"
    assert [line for line in lines if "error" not in line] == [
        "├── level: a number",
        "├── on: true or false",
        "└── more: null",
    ]


def test_what_superseded_is_told(validator_command: Run, tmp_path: Path) -> None:
    """Data that was judged by a newer version than it names says so."""
    folder = tmp_path / "com.acme" / "cup" / "jsonschema"
    folder.mkdir(parents=True)
    for version, more in (("1-0-0", {}), ("1-0-1", {"$supersedes": ["1-0-0"]})):
        own = {"vendor": "com.acme", "name": "cup", "format": "jsonschema", "version": version}
        (folder / version).write_text(json.dumps({"self": own, **more}))
    cup = b'{"schema": "iglu:com.acme/cup/jsonschema/1-0-0", "data": 1}'
    outcome = validator_command("explain", "--registry", tmp_path, "-", stdin=cup)
    assert outcome.out == (
        "-:1: self-describing data: iglu:com.acme/cup/jsonschema/1-0-0, judged by 1-0-1, "
        "which supersedes it: valid\n└── data: 1\n"
    )


def test_normalized_events(validator_command: Run, request_of_three: bytes) -> None:
    """What `normalize` gave is shown as events, too."""
    events = validator_command("normalize", *NOW, "-", stdin=request_of_three).out.encode()
    outcome = validator_command("explain", "--registry", REGISTRY, "-", stdin=events)
    assert outcome.code == 1
    assert outcome.out.startswith("-:1: Snowplow events, normalized [iglu:org.eventpayload.snow")
    kind = "iglu:org.eventpayload.snowplow/page_view/jsonschema/1-0-0"
    assert f"\n├── event 0: {kind}: valid\n" in outcome.out
    assert '│   ├── event: "page_view"\n' in outcome.out


@pytest.mark.parametrize(
    ("document", "tree"),
    [
        (b"null", "document: not valid\n└── error NotRecognized: "),
        (b"{", "document: not valid\n└── error NotJSON: "),
        (b"5", "document: not valid: 5\n└── error NotRecognized: "),
        (b"[]", "document: not valid: []\n└── error NotRecognized: "),
        (b'{"": " "}', "document: not valid\n├── error NotRecognized: "),
    ],
)
def test_what_is_no_payload(validator_command: Run, document: bytes, tree: str) -> None:
    """It is said to be none, and shown if it is JSON."""
    outcome = validator_command("explain", "-", stdin=document)
    assert outcome.code == 1
    assert outcome.out.startswith(f"-:1: {tree}")


def test_a_name_that_can_not_be_seen_is_quoted(validator_command: Run) -> None:
    """An empty name, or one of white space, has quotes around it."""
    out = validator_command("explain", "-", stdin=b'{"": 1, " ": 2}').out
    assert '├── "": 1\n└── " ": 2\n' in out


def _request(*events: Any) -> bytes:
    return json.dumps({"schema": PAYLOAD_DATA, "data": events}).encode()


def test_nothing_is_called_valid_that_was_not_judged(
    validator_command: Run, encoded: Callable[[Any], str]
) -> None:
    """What is in the wrong envelope, or in no payload, is not judged, and the tree says so."""
    wrong = {"schema": CONTEXTS, "data": [{"schema": UNSTRUCT, "data": 1}]}
    part = f"{UNSTRUCT}: not judged\n"
    outcome = validator_command(
        "explain", "-", stdin=_request({"e": "ue", **ALWAYS, "ue_px": encoded(wrong)})
    )
    assert f"self-describing event (ue_px): {CONTEXTS}: not valid\n" in outcome.out
    assert f"├── 0: {part}" in outcome.out or f"└── 0: {part}" in outcome.out
    assert "error CriterionMismatch at /data/0/ue_px, within it /schema: " in outcome.out
    assert (
        f"└── 0: {part}"
        in validator_command(
            "explain", "-", stdin=json.dumps([{"schema": UNSTRUCT, "data": 1}]).encode()
        ).out
    )
    other = {"schema": PAYLOAD_DATA.replace("1-0-4", "2-0-0"), "data": [{"e": "pv"}]}
    outcome = validator_command("explain", "-", stdin=json.dumps(other).encode())
    assert outcome.out.startswith("-:1: Snowplow request: 1 event, 1 not valid\n")
    assert "├── error CriterionMismatch at /schema: " in outcome.out


def test_events_that_are_odd(validator_command: Run) -> None:
    """An event that is no object, or whose `e` is no text, is shown as it was sent."""
    outcome = validator_command(
        "explain", "-", stdin=_request(1, {"e": [1]}, {"e": "ue", **ALWAYS, "ue_px": 5})
    )
    assert outcome.code == 1
    assert "├── event 0: 1\n│   └── error ValidationError at /data/0: " in outcome.out
    assert "│       └── e\n│           ├── error ValidationError at /data/1/e: " in outcome.out
    assert "        └── ue_px: 5\n            └── error ValidationError at /data/2/ue_px" in (
        outcome.out
    )


def test_a_parameter_that_is_no_text_becomes_no_field(validator_command: Run) -> None:
    """What became a field is told beside the one that it came from, not beside that."""
    body = _request({"e": "ue", **ALWAYS, "eid": 5, "ue_px": 5, "ue_pr": "{}"})
    out = validator_command("explain", "-", stdin=body).out
    assert "event_id" not in out
    assert "    ├── self-describing event (ue_pr): {}\n    │   └── error NotIglu at " in out
    assert "        ├── eid: 5\n" in out


def test_what_is_wrong_with_the_request_as_a_whole(validator_command: Run) -> None:
    """It stands under each event, which it keeps from being judged."""
    body = json.dumps({"schema": PAYLOAD_DATA.replace("1-0-4", "1-0-9"), "data": [{"e": "pv"}] * 2})
    out = validator_command("explain", "-", stdin=body.encode()).out
    assert out.startswith("-:1: Snowplow request: 2 events, 2 without a verdict\n")
    assert out.count("error ResolutionError: no such schema: ") == 2


def test_a_schema_that_is_no_uri(validator_command: Run, encoded: Callable[[Any], str]) -> None:
    """It is a value like others: shown, or not."""
    held = {"schema": CONTEXTS, "data": [{"schema": "iglu:s3cret", "data": {}}]}
    body = _request({"e": "pv", **ALWAYS, "cx": encoded(held)})
    assert '── 0: "iglu:s3cret": not valid' in validator_command("explain", "-", stdin=body).out
    assert "s3cret" not in validator_command("explain", "--no-values", "-", stdin=body).out


def test_long_trees_are_cut(validator_command: Run) -> None:
    """Members of one array, and lines of a tree, are shown up to a number, and it is said."""
    wide = validator_command("explain", "-", stdin=json.dumps([[1] * 102]).encode()).out
    assert len(wide.splitlines()) == 2 + 1 + 101
    assert wide.endswith("    └── 2 more\n")
    tall = validator_command("explain", "-", stdin=json.dumps([[[1] * 99] * 99] * 2).encode()).out
    assert len(tall.splitlines()) == 2 + 1_000 + 1
    assert tall.endswith("\n└── there is more: a tree has 1,000 lines at the most\n")


@pytest.mark.parametrize("filling", range(24))
def test_a_tree_may_be_cut_anywhere(
    validator_command: Run, encoded: Callable[[Any], str], filling: int
) -> None:
    """Wherever a tree reaches its length, it ends with the note, and has no line more."""
    filler = {"e": "pv", **ALWAYS, "aid": "a"}  # twelve lines, beside that of the request
    assert len(validator_command("explain", "-", stdin=_request(filler)).out.splitlines()) == 13
    held = {"schema": CONTEXTS, "data": [{"schema": "iglu:com.acme/x/jsonschema/1-0-0", "data": 1}]}
    event = {"e": "pv", **ALWAYS, "mac": "a", "cx": encoded(held)}
    shorter = {key: filler[key] for key in ("e", "p", "tv")}
    body = _request(*[filler] * (82 - filling), *[shorter] * filling, *[event] * 3)
    lines = validator_command("explain", "-", stdin=body).out.splitlines()
    assert lines[-1] == "└── there is more: a tree has 1,000 lines at the most"
    assert len([line for line in lines if "error" not in line]) == 1 + 1_000 + 1


def test_violations_that_are_not_listed(
    validator_command: Run, encoded: Callable[[Any], str]
) -> None:
    """Past the limit of violations, no part is called valid that may not be, and it is said."""
    bad = {"schema": "iglu:com.acme/user/jsonschema/1-0-0", "data": 1}
    held = {"schema": CONTEXTS, "data": [bad] * 101}
    body = _request({"e": "pv", **ALWAYS, "cx": encoded(held)})
    for stdin in (body, json.dumps(held).encode()):
        outcome = validator_command("explain", "--registry", REGISTRY, "-", stdin=stdin)
        assert outcome.code == 1
        assert outcome.out.count("── error ") == 100
        assert "── there may be more violations\n" in outcome.out
        assert "1 more\n" in outcome.out
    good = {"schema": "iglu:com.acme/user/jsonschema/1-0-0", "data": {"plan": "pro"}}
    most = {"schema": "iglu:com.acme/user/jsonschema/1-0-0", "data": {"plan": 1}}
    several = [_of(held, [most] * 99 + [good]), _of(held, [bad] * 2)]
    body = _request(*({"e": "pv", **ALWAYS, "cx": encoded(each)} for each in several))
    assert validator_command("explain", "--registry", REGISTRY, "-", stdin=body).code == 1


def _of(held: dict[str, Any], data: list[Any]) -> dict[str, Any]:
    return {**held, "data": data}


def test_nothing_acts_on_the_terminal(
    validator_command: Run, encoded: Callable[[Any], str], tmp_path: Path
) -> None:
    """Whatever a document holds, and a file is called, what is written is printable."""
    evil = "\x1b[2J\x7f\x9b\u202e\r\n"
    held = {"schema": CONTEXTS, "data": [{"schema": f"iglu:{evil}", "data": {evil: [evil]}}]}
    events = [
        {"e": "pv", **ALWAYS, "eid": evil, "aid": evil, evil: evil, "cx": encoded(held)},
        {"e": evil, "cx": evil},
    ]
    file = tmp_path / f"{evil}.json"
    for document in (_request(*events), json.dumps({"events": [{"type": evil}]}).encode()):
        file.write_bytes(document)
        out = validator_command("explain", file).out
        assert all(line.isprintable() for line in out.split("\n"))
        assert "\\x1b[2J" in out


def test_long_values_are_cut(validator_command: Run) -> None:
    """A value and a name have 200 characters at the most."""
    long = "x" * 400_000
    out = validator_command("explain", "-", stdin=json.dumps([{long: long}]).encode()).out
    assert f'{"x" * 197}...: "{"x" * 197}..."\n' in out


def test_wrong_use(validator_command: Run, tmp_path: Path) -> None:
    """One file at a time, lines of one kind, and a time that is one."""
    for arguments, told in (
        ([tmp_path], "is a folder; explain takes one file"),
        (["--query", "--ndjson", "-"], "--query and --ndjson exclude each other"),
        (["--now", "soon", "-"], "is no time"),
    ):
        outcome = validator_command("explain", *arguments)
        assert (outcome.code, outcome.out) == (2, "")
        assert told in outcome.err


def test_a_file_that_can_not_be_read(validator_command: Run, tmp_path: Path) -> None:
    """There is no verdict; the reason is told."""
    outcome = validator_command("explain", tmp_path / "gone")
    assert outcome.code == 3
    assert outcome.out.startswith(f"{tmp_path}/gone:1: document: no verdict\n└── error Unreadable")


def test_colour_on_a_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """On a terminal, verdicts and names stand out; the lines are the same."""
    file = tmp_path / "request.json"
    file.write_text('{"e": "pv", "p": "web"}')
    ours, theirs = pty.openpty()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "")
    with os.fdopen(theirs, "w") as terminal:
        monkeypatch.setattr(sys, "stdout", terminal)
        assert run(["explain", str(file)]) == 0
        terminal.flush()
        shown = b""
        while select.select([ours], [], [], 0)[0]:
            shown += os.read(ours, 10_000)
    os.close(ours)
    assert b"page_view: \x1b[1;32mvalid\x1b[0m" in shown
    assert "\x1b[2m    ├── ".encode() not in shown.splitlines()[0]


def test_a_plan(validator_command: Run, payload: bytes) -> None:
    """With --plan, what the plan finds is told where it is wrong."""
    fixtures = Path(__file__).parents[2] / "fixtures"
    options = ("--registry", fixtures / "registry", "--plan")
    strict = fixtures / "plans" / "game_and_nothing_else.json"
    outcome = validator_command("explain", *options, strict, "-", stdin=payload)
    assert outcome.code == 1
    at = outcome.out.index('type: "a"')
    assert "error UnplannedEvent at /events/0/type: " in outcome.out[at:].splitlines()[1]
    lenient = fixtures / "plans" / "game.json"
    assert validator_command("explain", *options, lenient, "-", stdin=payload).code == 0
