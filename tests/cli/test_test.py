"""`validator test`, as a person or a CI calls it."""

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from validator import Validator, WrongUse
from validator.cli.test import _watch

ROOT = Path(__file__).parents[2]
NOTE = "iglu:com.acme/note/jsonschema/1-0-0"
SUITE = "fixtures/com.acme/note/1-0-0.json"
GOOD = {"description": "a note", "data": {"text": "call back"}, "valid": True}
REQUIRED = {"keyword": "required", "instance_location": ""}
BAD = {"description": "no text", "data": {}, "valid": False, "violations": [REQUIRED]}
WRONG = {"description": "another", "data": {"text": 5}, "valid": False, "violations": [REQUIRED]}
LONG = {"description": "long", "data": {"text": "secret " * 700}, "valid": True}
#: Like `WRONG`, as it should be.
TYPE = {"keyword": "type", "instance_location": "/text"}

#: Runs `validator test` with the schemas of the project: code, output, errors.
Test = Callable[..., Sequence[Any]]
WriteSuite = Callable[..., None]


@pytest.fixture(name="write")
def _write_suite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WriteSuite:
    """Give what writes the suite of a project with one schema; the project is where we are."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    source = ROOT / "fixtures" / "registry" / "com.acme" / "note" / "jsonschema" / "1-0-0"
    schema = tmp_path / "schemas" / "com.acme" / "note" / "jsonschema" / "1-0-0"
    schema.parent.mkdir(parents=True)
    schema.write_bytes(source.read_bytes())

    def write(*cases: dict[str, Any]) -> None:
        Path(SUITE).parent.mkdir(parents=True, exist_ok=True)
        suite = {"schema": NOTE, "tests": cases}
        Path(SUITE).write_text(json.dumps(suite, indent=2), encoding="utf-8")

    write(GOOD, BAD)
    return write


@pytest.fixture(name="run_test")
def _run_test(validator_command: Test, write: WriteSuite) -> Test:
    """Give what runs the command in the project."""
    return lambda *arguments, **others: validator_command(
        "test", "--registry", "schemas", *arguments, **others
    )


def _put(name: str, contents: object) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    text = contents if isinstance(contents, str) else json.dumps(contents)
    Path(name).write_text(text, encoding="utf-8")


def test_all_as_expected(run_test: Test) -> None:
    """Without a path, the folder `fixtures` is run; all is well."""
    assert run_test() == (0, "2 cases: 2 as expected, 0 not\n", "")


def test_own_fixtures(validator_command: Test, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fixtures of this project are as their schemas say."""
    monkeypatch.chdir(ROOT)

    outcome = validator_command("test", "--registry", "fixtures/registry", "--jobs", 1)

    assert outcome[0] == 0, outcome[1]


def test_not_as_expected(run_test: Test, write: WriteSuite) -> None:
    """A case that expects one violation and has another is told, with places."""
    write(GOOD, WRONG)

    code, out, _ = run_test(SUITE)

    assert code == 1
    assert f"{SUITE}:14:17: error OtherViolation: has a violation that is not expected: " in out
    assert f"{SUITE}:18:9: error OtherViolation: does not have the violation that is " in out
    assert out.endswith("2 cases: 1 as expected, 1 not\n")


def test_values_are_not_told(run_test: Test, write: WriteSuite) -> None:
    """Messages show no values unless asked, and the lines of files only where that is wanted."""
    write(LONG)

    assert "secret" in run_test()[1]
    assert "secret" not in run_test("--no-excerpt")[1]
    assert "secret" not in run_test("--format", "json")[1]
    assert "secret" in run_test("--no-excerpt", "--show-values")[1]


def test_wrong_use(run_test: Test, validator_command: Test) -> None:
    """Options that mean nothing together, and paths without fixtures, are wrong use."""
    for arguments, words in (
        (["none"], None),
        (["--watch", "--update"], "--watch and --update exclude each other"),
        (["--watch", "--format", "json"], "--watch tells of many runs"),
        (["--yes"], "--yes is for --update"),
        (["--jobs", "0"], "--jobs"),
        (["schemas"], "no fixtures in schemas"),
    ):
        code, out, err = run_test(*arguments)
        if words is not None:
            assert (code, out) == (2, "")
            assert words in err
    assert validator_command("test", "--registry", "none")[0] == 2


def test_no_fixtures(run_test: Test) -> None:
    """Without a folder `fixtures`, the message says so; a file that is not there has no verdict."""
    Path("fixtures").rename("cases")

    code, out, _ = run_test()

    assert code == 3
    assert "fixtures:1:1: error UnreadableFile: fixtures can't be read: No such file" in out


def test_malformed_suite(run_test: Test) -> None:
    """A file that is no suite says where it is wrong, and is one failure."""
    _put(SUITE, '{"schema": 1,\n "tests": []}')

    code, out, _ = run_test()

    assert code == 1
    assert f"{SUITE}:1:12: error ValidationError at /schema: must be of type string" in out
    assert f"{SUITE}:2:11: error ValidationError at /tests: must have at least 1 item" in out
    assert out.endswith("1 case: 0 as expected, 1 not\n")


def test_no_verdict(run_test: Test) -> None:
    """Without its schema a suite has no verdict, which outweighs what is not as expected."""
    Path("schemas/com.acme/note/jsonschema/1-0-0").unlink()
    _put("fixtures/valid/a.json", "nonsense")

    code, out, _ = run_test()

    assert code == 3
    assert f"{SUITE}:1:12: error" in out or f"{SUITE}:2:13: error ResolutionError" in out
    assert out.endswith("2 cases: 0 as expected, 1 not, 1 without a verdict\n")


def test_broken_addition(run_test: Test) -> None:
    """A new ADDITION has to take what the fixtures of those before it show as valid."""
    schema = json.loads(Path("schemas/com.acme/note/jsonschema/1-0-0").read_bytes())
    schema["self"]["version"] = "1-0-1"
    schema["required"] = ["text", "author"]
    _put("schemas/com.acme/note/jsonschema/1-0-1", schema)

    code, out, _ = run_test()

    assert code == 1
    assert "error BrokenAddition: is valid by 1-0-0, but not by 1-0-1, an ADDITION to it" in out


# Folders of documents.


def test_folders(run_test: Test) -> None:
    """In `valid` every document is valid, in `invalid` none is: each line of a file of lines."""
    note = {"schema": NOTE, "data": {"text": "a"}}
    lines = '{"schema": 5}\n\n' + json.dumps(note) + "\nnonsense\n"
    _put("payloads/valid/a.json", note)
    _put("payloads/valid/wrong.json", {"schema": NOTE, "data": {}})
    _put("payloads/invalid/b.ndjson", lines)

    code, out, _ = run_test("--no-excerpt", "payloads")

    assert code == 1
    first, second, *_, last = (line.partition(" [")[0] for line in out.splitlines())
    assert first == (
        "payloads/invalid/b.ndjson:3:1: error ExpectedInvalid: is valid, and should not be: it "
        "lies in a folder called invalid"
    )
    assert second == (
        "payloads/valid/wrong.json:1:59: error ValidationError at /data: lacks the required "
        'property "text"'
    )
    assert last == "5 cases: 3 as expected, 2 not"


def test_line_of_a_document_that_should_be_invalid(run_test: Test) -> None:
    """A document that is valid, and should not be, shows where it begins."""
    note = json.dumps({"schema": NOTE, "data": {"text": "a"}})
    _put("payloads/invalid/b.ndjson", f"5\n  {note}\n")

    _, out, _ = run_test("payloads")

    first, text, caret, _ = out.splitlines()
    assert first.startswith("payloads/invalid/b.ndjson:2:3: error ExpectedInvalid: is valid")
    assert text.startswith('    2 |   {"schema": ')
    assert caret == "      |   ^"


def test_folders_without_a_verdict(run_test: Test) -> None:
    """A document of a schema that is not there has no verdict, in either folder.

    In `invalid` it is as it should be if anything else is wrong with it.
    """
    unknown = {"schema": "iglu:com.acme/none/jsonschema/1-0-0", "data": 1}
    events = [{"type": "a", "properties": {"x": unknown}}, {"type": 5}]
    payload = {"source": {"id": "a"}, "session": None, "profile": None, "events": events}
    for folder in ("valid", "invalid"):
        _put(f"payloads/{folder}/a.json", unknown)
    _put("payloads/invalid/b.json", payload)
    Path("payloads/invalid/c.json").symlink_to("nowhere")

    code, out, _ = run_test("payloads")

    assert code == 3
    assert out.endswith("4 cases: 1 as expected, 0 not, 3 without a verdict\n")


def test_schema_of_folders(run_test: Test) -> None:
    """With --schema, documents need not name one; suites go by their own."""
    _put("fixtures/valid/a.json", {"text": "a"})
    _put("fixtures/invalid/b.json", {"text": 1})

    assert run_test("--schema", "iglu:com.acme/note/jsonschema/1-*-*")[0] == 0
    assert run_test()[0] == 1
    assert run_test("--schema", "nowhere.json")[0] == 3


# How it is told.


def test_formats(run_test: Test, write: WriteSuite) -> None:
    """Every format tells the cases; the report for programs is as its schema says."""
    write(GOOD, WRONG)

    report = json.loads(run_test("--format", "json")[1])

    assert Validator().validate(report, "iglu:org.eventpayload/check_report/jsonschema/1-*-*")
    assert [(each["case"], each["valid"]) for each in report["results"]] == [
        ("a note", True),
        ("another", False),
    ]
    for format_ in ("ndjson", "junit", "sarif", "github", "gitlab"):
        code, out, err = run_test("--format", format_)
        assert (code, err) == (1, "")
        assert "does not have the violation that is expected" in out


@pytest.mark.parametrize("format_", ["text", "json", "junit"])
def test_jobs(run_test: Test, write: WriteSuite, format_: str) -> None:
    """Whatever the number of processes, the output is the same to the byte."""
    write(GOOD, WRONG, LONG)
    for number in range(9):
        _put(f"fixtures/valid/{number}.json", {"schema": NOTE, "data": {"text": number}})
    Path("fixtures/broken/part/").mkdir(parents=True)
    Path("fixtures/broken/part/1-0-0.json").write_text("{}")

    one, two = (run_test("--format", format_, "--coverage", "--jobs", jobs) for jobs in (1, 2))

    assert one[0] == 1
    assert one == two


def test_coverage(run_test: Test, write: WriteSuite) -> None:
    """What a suite leaves untried is listed after the report, and changes no exit code."""
    assert run_test("--coverage") == (
        0,
        (
            "2 cases: 2 as expected, 0 not\n"
            f"{NOTE}: 1 of 6 keywords broken, 0 of 0 branches taken\n"
            "  no invalid case breaks /type\n"
            "  no invalid case breaks /properties/text/type\n"
            "  no invalid case breaks /properties/text/pattern\n"
            "  no invalid case breaks /properties/text/maxLength\n"
            "  no invalid case breaks /additionalProperties\n"
            "coverage: 1 of 6 keywords broken, 0 of 0 branches taken\n"
        ),
        "",
    )

    breaking: tuple[Any, ...] = (1, {}, {"text": 1}, {"text": ""}, {"text": "a" * 4097}, {"a": 1})
    write(*({"description": str(each), "data": each, "valid": False} for each in breaking))
    code, out, err = run_test("--coverage", "--format", "ndjson")
    assert code == 0
    assert [json.loads(line) for line in out.splitlines()]
    assert err == "coverage: 6 of 6 keywords broken, 0 of 0 branches taken\n"


def test_coverage_of_branches(run_test: Test) -> None:
    """So are alternatives that no valid case takes; what is too deep to judge tries nothing."""
    _put(
        "schemas/com.acme/part/jsonschema/1-0-0",
        {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "self": {"vendor": "com.acme", "name": "part", "format": "jsonschema",
                     "version": "1-0-0"},
            "enum": ["a", "b"],
        },
    )  # fmt: skip
    deep: list[Any] = []
    for _ in range(64):
        deep = [deep]
    cases = [{"description": "a", "data": "a", "valid": True},
             {"description": "deep", "data": deep, "valid": False}]  # fmt: skip
    suite = {"schema": "iglu:com.acme/part/jsonschema/1-0-0", "tests": cases}
    _put("parts/com.acme/part/1-0-0.json", suite)

    code, out, _ = run_test("--coverage", "parts")

    assert code == 0
    assert '  no valid case takes /enum: "b"\n' in out
    assert "coverage: 0 of 1 keywords broken, 1 of 2 branches taken\n" in out


def test_coverage_of_what_has_no_verdict(run_test: Test) -> None:
    """Of a schema that is not there, nothing is covered."""
    Path("schemas/com.acme/note/jsonschema/1-0-0").unlink()

    assert "coverage: 0 of 0 keywords broken" in run_test("--coverage")[1]


# Updates.


def test_update(run_test: Test, write: WriteSuite) -> None:
    """What is found is written once it is shown and wanted, and the fixtures are run by it."""
    write(GOOD, WRONG)
    Path(SUITE).chmod(0o640)
    before = Path(SUITE).read_text(encoding="utf-8")

    code, out, err = run_test("--update", stdin=b"y\n")

    assert (code, out) == (0, "2 cases: 2 as expected, 0 not\n")
    assert f"--- {SUITE}\n+++ {SUITE}\n" in err
    assert '+      "violations": [{"keyword": "type", "instance_location": "/text"}]\n' in err
    assert err.endswith("Write 1 file? [y/N]: 1 file written\n")
    after = Path(SUITE).read_text(encoding="utf-8")
    assert json.loads(after)["tests"] == [GOOD, {**WRONG, "violations": [TYPE]}]
    assert after.partition('"violations"')[0] == before.partition('"violations"')[0]
    assert stat.S_IMODE(Path(SUITE).stat().st_mode) == 0o640
    assert [each.name for each in Path(SUITE).parent.iterdir()] == ["1-0-0.json"]


@pytest.mark.parametrize("answer", [b"n\n", b"\n", b""])
def test_update_that_is_not_wanted(run_test: Test, write: WriteSuite, answer: bytes) -> None:
    """Without a yes nothing is written, and the run tells what is not as expected."""
    write(WRONG)
    before = Path(SUITE).read_bytes()

    code, _, err = run_test("--update", stdin=answer)

    assert code == 1
    assert err.endswith("nothing is written\n")
    assert Path(SUITE).read_bytes() == before


def test_update_without_asking(run_test: Test, write: WriteSuite) -> None:
    """With --yes nobody is asked; a link leads to the file that is written."""
    write(WRONG, LONG)
    Path(SUITE).rename("elsewhere.json")
    Path(SUITE).symlink_to(Path("elsewhere.json").absolute())
    write_second = Path("fixtures/second.json")
    write_second.write_text(Path("elsewhere.json").read_text(encoding="utf-8"), encoding="utf-8")

    code, _, err = run_test("--update", "--yes", "fixtures", str(write_second))

    assert code == 0
    assert err.endswith("2 files written\n")
    assert Path(SUITE).is_symlink()
    assert json.loads(Path("elsewhere.json").read_bytes())["tests"][0]["violations"] == [TYPE]


def test_nothing_to_update(run_test: Test, write: WriteSuite) -> None:
    """What is as expected, and what can't be judged, stays as it is."""
    assert run_test("--update")[2] == "nothing to update\n"

    _put("fixtures/valid/a.json", {"schema": NOTE, "data": {}})
    _put("fixtures/broken/part/1-0-0.json", "{}")
    assert run_test("--update")[2] == "nothing to update\n"
    write(WRONG)
    Path("schemas/com.acme/note/jsonschema/1-0-0").unlink()
    assert run_test("--update")[2] == "nothing to update\n"


def test_update_of_what_is_not_all_known(run_test: Test, write: WriteSuite) -> None:
    """A case with more violations than are listed is named, and not written; others are."""
    many = {"description": "m\n", "data": {f"n{n}": 0 for n in range(101)}, "valid": True}
    schema = json.loads(Path("schemas/com.acme/note/jsonschema/1-0-0").read_bytes())
    schema["patternProperties"] = {"^n": {"minimum": 1}}
    _put("schemas/com.acme/note/jsonschema/1-0-0", schema)
    told = (
        f'{SUITE}:4: case "m\\n" is left as it is: more may be wrong with it than is listed; '
        "make its data smaller, or leave violations out\n"
    )

    write(many)
    before = Path(SUITE).read_bytes()
    assert run_test("--update", "--yes")[2] == f"{told}nothing to update\n"
    assert Path(SUITE).read_bytes() == before
    write(many, WRONG)
    err = run_test("--update", "--yes")[2]
    assert err.startswith(told)
    assert err.endswith("1 file written\n")
    assert json.loads(Path(SUITE).read_bytes())["tests"] == [many, {**WRONG, "violations": [TYPE]}]


# Watching.


def test_runs_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Fixtures are run again when a file changes; the last outcome counts when a person ends it."""
    watched = [tmp_path / name for name in ("a", "b", "c")]
    runs: list[int] = []

    def once() -> int:
        runs.append(len(runs))
        if len(runs) == 1:
            watched[0].write_text("changed")
            return 1
        if len(runs) == 2:
            watched[1].write_text("changed")
            watched[2].write_text("changed")
            message = "not today"
            raise WrongUse(message)
        raise KeyboardInterrupt

    assert _watch(once, [str(tmp_path)]) == 2
    out, err = capsys.readouterr()
    assert out == f"\nchanged: {watched[0]}\n\nchanged: {watched[1]} and 1 more\n"
    assert err.count("watching for changes; Ctrl-C ends it\n") == 2
    assert "validator: not today\n" in err


def test_what_is_watched(run_test: Test, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The fixtures are watched, the registries, and the schema for documents if it is a file."""
    seen: list[list[str]] = []

    def end(paths: list[str], _: object) -> list[str]:
        seen.append(paths)
        raise KeyboardInterrupt

    monkeypatch.setattr("validator.cli.test.changed", end)
    _put("schema.json", {})

    assert run_test("--watch")[0] == 0
    assert run_test("--watch", "--schema", "schema.json", SUITE)[0] == 0
    assert seen == [["fixtures", "schemas"], [SUITE, "schemas", "schema.json"]]


def test_watch(write: WriteSuite, tmp_path: Path) -> None:
    """In a process of its own: it runs, waits, runs again, and ends cleanly with Ctrl-C."""
    command = [sys.executable, "-m", "validator", "test", "--registry", "schemas", "--watch"]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        try:
            assert running.stdout is not None
            assert running.stderr is not None
            assert running.stdout.readline() == "2 cases: 2 as expected, 0 not\n"
            running.stderr.readline()
            write(GOOD, WRONG)
            told = [running.stdout.readline() for _ in range(2)]
            assert told == ["\n", f"changed: {SUITE}\n"]
            while not (line := running.stdout.readline()).startswith("2 cases"):
                assert line
            assert line == "2 cases: 1 as expected, 1 not\n"
            running.stderr.readline()
            running.send_signal(signal.SIGINT)
            assert running.wait(30) == 1
            assert running.stderr.read() == "\n"
        finally:
            running.kill()
