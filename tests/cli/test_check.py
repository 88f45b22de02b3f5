"""`validator check`: files, folders, lines and standard input to a report and an exit code."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from validator import Validator
from validator.reporting import FORMATS

#: Runs the command line: arguments to exit code, output and errors.
Run = Callable[..., Any]

ROOT = Path(__file__).parents[2]
PAYLOADS = ROOT / "fixtures" / "payloads"
REGISTRY = ROOT / "fixtures" / "registry"
REPORT = "iglu:org.eventpayload/check_report/jsonschema/1-0-3"
TRACKER = "iglu:com.tracardi/tracker_payload/jsonschema/1-0-1"
PAGE_VIEW = b"e=pv&p=web&tv=js&eid=a6d04beb-4165-403b-a3d0-27d11c64f7e9"


def test_a_folder_of_valid_payloads_is_0(validator_command: Run) -> None:
    """All valid: one summary line, and nothing else."""
    outcome = validator_command("check", PAYLOADS / "valid")
    assert outcome.code == 0
    assert outcome.out.endswith(" valid, 0 invalid\n")
    assert len(outcome.out.splitlines()) == 1


def test_a_folder_with_invalid_payloads_is_1(validator_command: Run) -> None:
    """A violation has its place, code, pointer and message, and its line; then the summary."""
    outcome = validator_command("check", PAYLOADS / "invalid" / "misspelt_properties.json")
    *violations, summary = outcome.out.splitlines()
    assert outcome.code == 1
    assert violations == [
        (
            f"{PAYLOADS}/invalid/misspelt_properties.json:17:7: error ValidationError at /events/1:"
            f' has unexpected properties: "propertis"; did you mean "properties"?'
            f" [additionalProperties of {TRACKER}]"
        ),
        '   17 |       "propertis": {',
        "      |       ^",
    ]
    assert summary == "1 document: 0 valid, 1 invalid"


def test_standard_input(validator_command: Run, payload: bytes) -> None:
    """`-` is standard input, one document."""
    assert validator_command("check", "-", stdin=payload).out == "1 document: 1 valid, 0 invalid\n"


@pytest.mark.parametrize("name", ["events.ndjson", "events.jsonl", "events.txt"])
def test_lines(validator_command: Run, tmp_path: Path, payload: bytes, name: str) -> None:
    """Each line of .ndjson, .jsonl, or of any file with --ndjson, is a document of its own."""
    file = tmp_path / name
    file.write_bytes(payload + b"\r\n\n \n" + payload + b"\n{\n" + payload)
    options = ["--ndjson"] if name.endswith(".txt") else []
    outcome = validator_command("check", *options, file)
    first, *_, summary = outcome.out.splitlines()
    assert first.startswith(f"{file}:5:2: error NotJSON: ")
    assert f"line 5, column 2 (byte {2 * len(payload) + 7})" in first
    assert summary == "4 documents: 3 valid, 1 invalid"


def test_a_line_past_the_limit_is_refused_and_the_next_is_read(
    validator_command: Run, tmp_path: Path, payload: bytes
) -> None:
    """A line of 3 MB is TooLarge; what follows it is checked as if nothing had been."""
    file = tmp_path / "long.ndjson"
    file.write_bytes(b'"' + b"x" * 3_000_000 + b'"\n' + payload + b"\n" + b'"' + b"y" * 2_000_000)
    outcome = validator_command("check", "--no-excerpt", file)
    first, second, *_ = outcome.out.splitlines()
    assert first.startswith(f"{file}:1:1000001: error TooLarge: ")
    assert second.startswith(f"{file}:3:1000001: error TooLarge: ")
    assert outcome.out.endswith("3 documents: 1 valid, 2 invalid\n")


def test_a_violation_in_a_line_is_told_with_its_line(
    validator_command: Run, tmp_path: Path, payload: bytes
) -> None:
    """The line is that of the file, not of the document."""
    file = tmp_path / "events.ndjson"
    file.write_bytes(payload + b"\n" + payload.replace(b'"a"', b"1"))
    assert validator_command("check", file).out.startswith(
        f"{file}:2:78: error ValidationError at "
    )


def test_json_report(validator_command: Run) -> None:
    """`--format json` prints what its schema says, with the counts of the summary."""
    outcome = validator_command("check", "--format", "json", PAYLOADS)
    report = json.loads(outcome.out)
    assert outcome.code == 1
    assert Validator().check(outcome.out.encode(), REPORT)
    counted = [result["valid"] for result in report["results"]]
    assert report["summary"] == {
        "documents": len(counted),
        "valid": counted.count(True),
        "invalid": counted.count(False),
        "unresolved": 0,
    }


def test_json_report_of_all_that_can_go_wrong(
    validator_command: Run, tmp_path: Path, payload: bytes
) -> None:
    """Unreadable files, unresolved parts and texts that are no JSON fit the report's schema."""
    (tmp_path / "not.json").write_bytes(b"{")
    part = b'{"type":"a","properties":{"schema":"iglu:a/b/jsonschema/1-0-0","data":1}}'
    (tmp_path / "part.json").write_bytes(payload.replace(b'{"type":"a"}', part))
    (tmp_path / "other.json").write_bytes(b"[]")
    outcome = validator_command("check", "--format", "json", tmp_path, tmp_path / "gone.json")
    report = json.loads(outcome.out)
    codes = [result["violations"][0]["code"] for result in report["results"]]
    assert outcome.code == 3
    assert codes == ["NotJSON", "NotRecognized", "ResolutionError", "UnreadableFile"]
    assert Validator().check(outcome.out.encode(), REPORT)
    assert report["summary"]["unresolved"] == 2


def test_no_documents_is_a_report_too(validator_command: Run, tmp_path: Path) -> None:
    """An empty file of lines is no document; the report is whole all the same."""
    (tmp_path / "empty.ndjson").touch()
    outcome = validator_command("check", "--format", "json", tmp_path / "empty.ndjson")
    assert json.loads(outcome.out)["results"] == []
    assert outcome.code == 0


def test_the_highest_code_of_several_inputs(validator_command: Run, tmp_path: Path) -> None:
    """A file that can't be read is no verdict, 3, whatever the others are; they are checked."""
    outcome = validator_command("check", tmp_path / "gone.json", PAYLOADS / "invalid")
    assert outcome.code == 3
    assert f"{tmp_path}/gone.json:1:1: error UnreadableFile: " in outcome.out
    assert outcome.out.endswith(", 1 without a verdict\n")


def test_an_empty_folder_is_wrong_use(validator_command: Run, tmp_path: Path) -> None:
    """A folder without payloads is a mistake, not a success."""
    (tmp_path / "notes.txt").touch()
    outcome = validator_command("check", tmp_path)
    assert outcome.code == 2
    assert "no payloads in the folder" in outcome.err


def test_schema_by_uri_and_criterion(validator_command: Run, tmp_path: Path) -> None:
    """--schema takes an Iglu URI, or one with * for the newest; --registry has one's own."""
    save = tmp_path / "save.json"
    save.write_bytes(b'{"save_id": "4321", "level": 23, "dl_content": true}')
    named = ["--registry", REGISTRY, "--schema"]
    game = "iglu:com.games_company/save_game/jsonschema"
    assert validator_command("check", *named, f"{game}/1-0-0", save).code == 1
    assert validator_command("check", *named, f"{game}/1-*-*", save).code == 0


def test_schema_from_a_file(validator_command: Run, tmp_path: Path) -> None:
    """--schema takes a file, with references into a registry."""
    schema, document = tmp_path / "schema.json", tmp_path / "document.json"
    schema.write_text('{"items": {"$ref": "iglu:com.acme/user/jsonschema/1-0-0"}}')
    document.write_text("[1]")
    outcome = validator_command("check", "--registry", REGISTRY, "--schema", schema, document)
    assert outcome.code == 1
    assert f"{document}:1:2: error ValidationError at /0: must be of type object" in outcome.out


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "can't be read"),
        ("{", "not JSON"),
        ("[]", "a schema is an object or a boolean"),
        ('{"type": "objekt"}', "at /type"),
        ('{"$ref": "http://127.0.0.1:9/x"}', "can't be resolved"),
    ],
)
def test_a_schema_that_can_not_judge_is_3(
    validator_command: Run, tmp_path: Path, content: str | None, told: str
) -> None:
    """A schema file that can't be used gives no verdict, said before any document is read."""
    schema = tmp_path / "schema.json"
    if content is not None:
        schema.write_text(content)
    outcome = validator_command("check", "--schema", schema, PAYLOADS)
    assert outcome.code == 3
    assert outcome.out == ""
    assert told in outcome.err


def test_a_registry_whose_own_schema_is_broken_gives_no_verdict(
    validator_command: Run, tmp_path: Path, payload: bytes
) -> None:
    """A payload's kind is judged by the registry's newest schema; where that is none, code 3."""
    place = tmp_path / "com.tracardi" / "tracker_payload" / "jsonschema"
    place.mkdir(parents=True)
    (place / "1-9-9").write_text("{}")
    outcome = validator_command("check", "--registry", tmp_path, "-", stdin=payload)
    assert outcome.code == 3
    assert "-:1:1: error InvalidSchema: " in outcome.out


def test_strict_normalizes_nothing(validator_command: Run, payload: bytes) -> None:
    """A name that normalization would mend is refused with --strict."""
    named = payload.replace(b'"a"', b'"Page View"')
    assert validator_command("check", "-", stdin=named).code == 0
    assert validator_command("check", "--strict", "-", stdin=named).code == 1


def test_values_are_shown_only_when_asked_for(validator_command: Run, payload: bytes) -> None:
    """Messages carry no payload values, unless --show-values."""
    secret = payload.replace(b'{"id":"1"}', b'{"id":["s3cret"]}')
    assert "s3cret" not in validator_command("check", "-", stdin=secret).out
    assert "s3cret" in validator_command("check", "--show-values", "-", stdin=secret).out


def test_a_repeated_name_is_refused(validator_command: Run, payload: bytes) -> None:
    """On the command line, a name that stands twice in one object is a violation."""
    twice = payload.replace(b'{"source"', b'{"source":{"id":"x"},"source"')
    outcome = validator_command("check", "-", stdin=twice)
    assert outcome.code == 1
    assert "-:1:22: error DuplicateKey at /source: a name stands twice" in outcome.out


def test_names_can_not_act_on_the_terminal(validator_command: Run, payload: bytes) -> None:
    """Control characters in names are escaped wherever they are told."""
    named = payload.replace(b'"profile"', rb'"\u001b[2J\u202e":1,"profile"')
    out = validator_command("check", "-", stdin=named).out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert r"\u001b" in out


def test_more_violations_than_are_listed(validator_command: Run, payload: bytes) -> None:
    """What is not listed is mentioned."""
    many = payload.replace(b'{"type":"a"}', b",".join([b"1"] * 200))
    lines = validator_command("check", "--all", "-", stdin=many).out.splitlines()
    assert len(lines) == 103
    assert lines[100] == "-:1:1: note Truncated: there may be more violations"


def test_what_a_folder_hides_is_told(
    validator_command: Run, tmp_path: Path, payload: bytes
) -> None:
    """A link that leads nowhere is a payload that was not read: no verdict, not a success."""
    (tmp_path / "good.json").write_bytes(payload)
    (tmp_path / "gone.json").symlink_to(tmp_path / "nowhere.json")
    outcome = validator_command("check", tmp_path)
    assert outcome.code == 3
    assert f"{tmp_path}/gone.json:1:1: error UnreadableFile" in outcome.out


@pytest.mark.parametrize("format_", ["text", "json"])
def test_file_names_that_are_no_text(
    validator_command: Run, tmp_path: Path, payload: bytes, format_: str
) -> None:
    """A name that is not UTF-8, or acts on a terminal, is told so that both can be read."""
    named = os.fsdecode(os.fsencode(tmp_path) + b"/no\xff\x1bpe.json")
    Path(named).write_bytes(payload)
    outcome = validator_command("check", "--format", format_, named, named + ".gone.json")
    assert outcome.code == 3
    assert "\\udcff" in outcome.out
    assert "\x1b" not in outcome.out
    if format_ == "json":
        assert Validator().check(outcome.out.encode(), REPORT)
        assert json.loads(outcome.out)["results"][0]["source"]["file"].endswith(
            "\\udcff\x1bpe.json"
        )


def test_a_schema_file_is_called_by_its_name(validator_command: Run, tmp_path: Path) -> None:
    """What is wrong with a schema from a file is told of that file."""
    schema = tmp_path / "schema.json"
    schema.write_text('{"minLength": -1}')
    outcome = validator_command("check", "--schema", schema, "-", stdin=b"{}")
    assert outcome.err.startswith(f"validator: {schema} is not a usable schema: at /minLength: ")


# Formats, and what they show.


@pytest.fixture(name="in_a_folder")
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make an empty folder the current one."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format(validator_command: Run, format_: str) -> None:
    """Whatever the format, the exit code is the same, and every file that is wrong is named."""
    outcome = validator_command("check", "--format", format_, PAYLOADS)
    assert (outcome.code, outcome.err) == (1, "")
    assert "blank_profile_id.json" in outcome.out
    assert "mixed.ndjson" in outcome.out


@pytest.mark.parametrize(
    ("environment", "options", "begins"),
    [
        ("true", [], "::error file="),
        ("false", [], f"{PAYLOADS}"),
        ("true", ["--format", "text"], f"{PAYLOADS}"),
    ],
)
def test_the_usual_format(
    validator_command: Run,
    monkeypatch: pytest.MonkeyPatch,
    environment: str,
    options: list[str],
    begins: str,
) -> None:
    """In GitHub Actions, findings are annotations, unless another format is asked for."""
    monkeypatch.setenv("GITHUB_ACTIONS", environment)
    outcome = validator_command("check", *options, PAYLOADS / "invalid" / "missing_source.json")
    assert outcome.code == 1
    assert outcome.out.startswith(begins)


@pytest.mark.usefixtures("in_a_folder")
@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["a.json"], "text"),
        (["a.json", "--no-excerpt"], ""),
        (["-"], ""),
        (["-", "--show-values"], "all"),
        (["a.json", "--show-values", "--no-excerpt"], "all"),
    ],
)
def test_values_in_excerpts(
    validator_command: Run, payload: bytes, format_: str, arguments: list[str], shown: str
) -> None:
    """A line of a file is shown to people, no other value to anyone, unless they are asked for."""
    secret = payload.replace(b'{"id":"1"}', b'{"id":["s3cret"]}')
    Path("a.json").write_bytes(secret)
    outcome = validator_command("check", "--format", format_, *arguments, stdin=secret)
    assert outcome.code == 1
    assert ("s3cret" in outcome.out) is (shown in {"all", format_})


def test_a_screenful_of_a_file(validator_command: Run, tmp_path: Path, payload: bytes) -> None:
    """A file with many findings is told in a screenful, or whole with --all."""
    file = tmp_path / "a.json"
    file.write_bytes(payload.replace(b'{"type":"a"}', b",\n".join([b"1"] * 60)))
    few = validator_command("check", file).out.splitlines()
    assert f"{file}: and 46 more; --all shows them" in few
    assert len(few) < 50
    whole = validator_command("check", "--all", file).out.splitlines()
    assert sum(line.startswith(f"{file}:") for line in whole) == 60


# Snowplow requests.


def test_a_request_is_known_by_its_shape(
    validator_command: Run, tmp_path: Path, request_of_three: bytes
) -> None:
    """Each event is judged; a violation has the line of what was sent, and the place within it."""
    file = tmp_path / "request.json"
    file.write_bytes(request_of_three)
    outcome = validator_command("check", "--registry", REGISTRY, file)
    lines = outcome.out.splitlines()
    assert outcome.code == 1
    assert lines[0].startswith(
        f"{file}:16:11: error ValidationError at /data/1/tid: must be an int"
    )
    assert lines[3].startswith(
        f"{file}:17:13: error ValidationError at /data/1/ue_px, within it /data/data/targetUrl: "
    )
    assert lines[6:] == ["1 document: 0 valid, 1 invalid; 3 events: 2 valid, 1 invalid"]


@pytest.mark.parametrize("strict", [[], ["--strict"]])
def test_the_json_report_of_a_request(
    validator_command: Run, request_of_three: bytes, strict: list[str]
) -> None:
    """It counts the events, names what was not found, and says where in an encoded value."""
    outcome = validator_command("check", *strict, "--format", "json", "-", stdin=request_of_three)
    assert outcome.code == 3
    assert Validator().check(outcome.out.encode(), REPORT)
    (result,) = json.loads(outcome.out)["results"]
    assert result["events"] == {"valid": 1, "invalid": 1, "unresolved": 1}
    assert result["unresolved"] == ["iglu:com.acme/user/jsonschema/1-0-0"]
    assert (result["truncated"], result["validation_info"]) == (False, [])
    places = {each["instance_location"]: each["decoded_location"] for each in result["violations"]}
    assert places == {
        "/data/1/tid": None,
        "/data/1/ue_px": "/data/data/targetUrl",
        "/data/2/cx": "/data/0",
    }


def test_what_superseded_is_told_in_the_json_report(validator_command: Run, tmp_path: Path) -> None:
    """Data that was checked by a newer version than it names is told as validation_info."""
    folder = tmp_path / "com.acme" / "cup" / "jsonschema"
    folder.mkdir(parents=True)
    for version, more in (("1-0-0", {}), ("1-0-1", {"$supersedes": ["1-0-0"]})):
        own = {"vendor": "com.acme", "name": "cup", "format": "jsonschema", "version": version}
        (folder / version).write_text(json.dumps({"self": own, **more}))
    cup = b'{"schema": "iglu:com.acme/cup/jsonschema/1-0-0", "data": {}}'
    outcome = validator_command("check", "--registry", tmp_path, "--format", "json", "-", stdin=cup)
    assert outcome.code == 0
    assert Validator().check(outcome.out.encode(), REPORT)
    (info,) = json.loads(outcome.out)["results"][0]["validation_info"]
    assert info["data"] == {
        "originalSchema": "iglu:com.acme/cup/jsonschema/1-0-0",
        "validatedWith": "1-0-1",
    }


def test_queries(validator_command: Run, tmp_path: Path) -> None:
    """--query: each line that is not empty is a query, or a URL with one, white space or not."""
    file = tmp_path / "requests.txt"
    url = b"  https://collector.example/i?" + PAGE_VIEW + b"#top "
    file.write_bytes(PAGE_VIEW + b"\r\n\n" + url + b"\n \n/i?" + PAGE_VIEW + b"&tid=x")
    outcome = validator_command("check", "--query", file)
    assert outcome.code == 1
    first, text, caret, summary = outcome.out.splitlines()
    column = len(PAGE_VIEW) + len("/i?&") + 1
    assert first.startswith(f"{file}:5:{column}: error ValidationError at /tid: must be an integer")
    assert text.startswith("    5 | ...")
    assert text[caret.index("^") :] == "tid=x"
    assert summary == "3 documents: 2 valid, 1 invalid"


def test_queries_from_standard_input_as_json(validator_command: Run) -> None:
    """What is no query is told like what is no JSON; the report fits its schema."""
    lines = b"e=pv&x=%ff\ne=pv&e=pp\n" + PAGE_VIEW + b" " * 1_000_000
    outcome = validator_command("check", "--query", "--format", "json", "-", stdin=lines)
    results = json.loads(outcome.out)["results"]
    codes = [result["violations"][0]["code"] for result in results]
    assert outcome.code == 1
    assert codes == ["NotUTF8", "DuplicateKey", "TooLarge"]
    assert [result["source"]["line"] for result in results] == [1, 2, 3]
    places = [result["violations"][0]["position"] for result in results]
    assert [(each["line"], each["column"]) for each in places] == [(1, 1), (2, 6), (3, 1)]
    assert Validator().check(outcome.out.encode(), REPORT)


@pytest.mark.parametrize("option", ["--query", "--ndjson"])
def test_a_position_in_what_a_parameter_holds_stays_there(
    validator_command: Run, option: str
) -> None:
    """The line is that of the file, and the position in the message that of the decoded text."""
    line = {
        "--query": PAGE_VIEW.replace(b"pv", b"ue") + b"&ue_pr=%0A%0A%7B",
        "--ndjson": rb'{"e": "ue", "p": "web", "tv": "js", "ue_pr": "\n\n{"}',
    }[option]
    outcome = validator_command("check", option, "-", stdin=b"\n" * 6 + line)
    column = {"--query": len(PAGE_VIEW) + 2, "--ndjson": 46}[option]
    assert outcome.out.startswith(f"-:7:{column}: error NotJSON at /ue_pr: ")
    assert "at line 3, column 2 (byte 3)" in outcome.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--schema", TRACKER, "-"], "--query and --schema exclude each other"),
        (["--strict", "-"], "--query and --strict exclude each other"),
        (["--ndjson", "-"], "--query and --ndjson exclude each other"),
        ([str(PAYLOADS)], "is a folder; --query takes files of queries"),
    ],
)
def test_what_means_nothing_for_queries_is_wrong_use(
    validator_command: Run, arguments: list[str], told: str
) -> None:
    """A query is judged by the schemas of the protocol, line by line, and not from a folder."""
    outcome = validator_command("check", "--query", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert told in outcome.err


def test_a_second_opinion(validator_command: Run) -> None:
    """The other engine finds the same, in a place of the same name."""
    payload = "fixtures/payloads/invalid/misspelt_properties.json"
    first = validator_command("check", ROOT / payload)
    second = validator_command("check", "--engine", "jsonschema", ROOT / payload)
    assert first.code == second.code == 1
    assert first.out == second.out
    assert validator_command("check", "--engine", "ajv", ROOT / payload).code == 2


# Event plans.

PLAN = ROOT / "fixtures" / "plans" / "game_and_nothing_else.json"


def test_a_plan(validator_command: Run) -> None:
    """With --plan, events of a planned type are checked by its schemas; of others, told."""
    payload = json.dumps(
        {
            "source": {"id": "game"},
            "session": None,
            "profile": None,
            "events": [{"type": "Note Written", "properties": {"text": " "}}, {"type": "a"}],
        }
    ).encode()
    outcome = validator_command("check", "--registry", REGISTRY, "--plan", PLAN, "-", stdin=payload)
    assert outcome.code == 1
    assert outcome.out.splitlines() == [
        (
            "-:1:121: error ValidationError at /events/0/properties/text: note-written: must match "
            "the pattern \\S [pattern of iglu:com.acme/note/jsonschema/1-0-0]"
        ),
        (
            "-:1:137: error UnplannedEvent at /events/1/type: must be an event type of the plan; "
            "correct it, or add it to the plan"
        ),
        "1 document: 0 valid, 1 invalid",
    ]
    assert validator_command("check", "--registry", REGISTRY, "-", stdin=payload).code == 0


@pytest.mark.parametrize(
    ("plan", "code", "told"),
    [
        (b"{}", 2, 'not an event plan: lacks the required property "schema" (and 1 more)'),
        (b"[" * 2_000_000, 2, "not an event plan: a document may have 1,000,000 bytes"),
        (PLAN.read_bytes(), 3, "no such schema: iglu:com.games_company/save_game/"),
        (None, 3, "plan.json can't be read: No such file or directory"),
    ],
    ids=["no plan", "too large", "no schema", "no file"],
)
@pytest.mark.parametrize("command", ["check", "explain"])
def test_a_plan_that_can_not_be_used(
    validator_command: Run, tmp_path: Path, plan: bytes | None, code: int, told: str, command: str
) -> None:
    """A plan that can't be used is told before any payload is read."""
    file = tmp_path / "plan.json"
    if plan is not None:
        file.write_bytes(plan)
    outcome = validator_command(command, "--plan", file, "-", stdin=b"{}")
    assert (outcome.code, outcome.out) == (code, "")
    assert told in outcome.err


@pytest.mark.parametrize("command", ["check", "explain"])
def test_a_plan_is_not_for_queries(validator_command: Run, command: str) -> None:
    """Snowplow's events name their own schemas."""
    outcome = validator_command(command, "--query", "--plan", PLAN, "-", stdin=PAGE_VIEW)
    assert outcome.code == 2
    assert "--query and --plan exclude each other" in outcome.err
