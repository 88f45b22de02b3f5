"""The pytest plugin, in real runs of pytest."""

import json
import re
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest

import validator.suites  # noqa: F401  # pytester forgets what a run within this one imports first
from validator import WrongUse
from validator.pytest_plugin import assert_valid

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[1]
NOTE = "iglu:com.acme/note/jsonschema/1-0-0"
SETTINGS = """
[pytest]
payload_suites = fixtures
payload_registries = schemas
"""
GOOD = {"description": "a note", "data": {"text": "call back"}, "valid": True}
BAD = {
    "description": "no text",
    "data": {},
    "valid": False,
    "violations": [{"keyword": "required", "instance_location": ""}],
}
_SCHEMA = (ROOT / "fixtures" / "registry" / "com.acme" / "note" / "jsonschema" / "1-0-0").read_text


def _write(folder: Path, name: str, contents: Any) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(contents if isinstance(contents, str) else json.dumps(contents, indent=1))
    return path


@pytest.fixture(name="project")
def _project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """Give a project with a schema, a suite that is right, and the settings for both."""
    # Others' plugins take longer than ours, and would be imported anew for each run.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makeini(SETTINGS)
    _write(pytester.path, "schemas/com.acme/note/jsonschema/1-0-0", _SCHEMA())
    _suite(pytester, GOOD, BAD)
    return pytester


def _suite(project: pytest.Pytester, *cases: Any, **others: Any) -> None:
    suite = {"schema": NOTE, "tests": cases, **others}
    _write(project.path, "fixtures/com.acme/note/1-0-0.json", suite)


def _run(project: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    plugins = ("-p", "no:cacheprovider", "-p", "validator.pytest_plugin")
    return project.runpytest(*plugins, *arguments)


def test_is_light() -> None:
    """What pytest imports in every project imports no engine and no click, and takes no time."""
    code = "import sys, validator.pytest_plugin; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    ours = {each for each in run.stdout.split() if each.partition(".")[0] == "validator"}
    assert ours == {"validator", "validator.about", "validator.pytest_plugin"}
    heavy = {"jsonschema_rs", "jsonschema", "orjson", "referencing", "click", "rich", "hypothesis"}
    assert {each.partition(".")[0] for each in run.stdout.split()} & heavy == set()


def test_is_an_entry_point() -> None:
    """Whoever installs the package has the plugin."""
    found = {each.value for each in entry_points(group="pytest11")}

    assert "validator.pytest_plugin" in found


def test_collects_cases(project: pytest.Pytester) -> None:
    """Each case is a test, named by its description, at its place in the file."""
    result = _run(project, "fixtures", "-v")

    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["fixtures/com.acme/note/1-0-0.json::a note PASSED*"])
    items, _ = project.inline_genitems("-p", "validator.pytest_plugin", "fixtures")
    assert [item.location[:2] for item in items] == [
        ("fixtures/com.acme/note/1-0-0.json", line) for line in (3, 10)
    ]


def test_strict_settings(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """Found by its entry point, it stands beside strict settings and warnings that are errors."""
    monkeypatch.delenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD")
    strict = ("-W", "error", "--strict-config", "--strict-markers")

    project.runpytest_subprocess(*strict).assert_outcomes(passed=2)


def test_collects_nothing_unasked(project: pytest.Pytester) -> None:
    """Without the setting no file is touched, whatever it looks like."""
    project.makeini("[pytest]\n")

    assert _run(project).ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_collects_no_stranger(project: pytest.Pytester) -> None:
    """In a folder of suites, only what is called like a version is one; elsewhere nothing is."""
    _write(project.path, "fixtures/com.acme/note/notes.json", "not a suite")
    _write(project.path, "fixtures/com.acme/note/1-0.json", "not a suite")
    _write(project.path, "elsewhere/com.acme/note/1-0-0.json", "not a suite")

    _run(project).assert_outcomes(passed=2)


def test_collects_what_is_named(project: pytest.Pytester) -> None:
    """A file that is named, or fits a pattern, is a suite whatever it is called."""
    project.makeini(SETTINGS.replace("= fixtures", "= notes/*.json"))
    _write(project.path, "notes/some.json", {"schema": NOTE, "tests": [GOOD]})

    _run(project).assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("= fixtures", "= fixture", "payload_suites: there is no fixture in *"),
        ("= schemas", "= schema", "payload_registries: *schema is no folder"),
    ],
)
def test_settings_that_lead_nowhere(
    project: pytest.Pytester, old: str, new: str, message: str
) -> None:
    """A setting that names nothing is told: else no suite would run, and nobody know."""
    project.makeini(SETTINGS.replace(old, new))

    result = _run(project)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: {message}"])


def test_failures(project: pytest.Pytester) -> None:
    """A case that fails says where and why, without a traceback, and without values."""
    wrong = {"keyword": "type", "instance_location": "/text"}
    _suite(
        project,
        {**GOOD, "data": {"text": "secret", "more": 1}},
        {**BAD, "violations": [wrong]},
        {**BAD, "description": "some text", "data": {"text": "secret"}},
    )

    result = _run(project)

    result.assert_outcomes(failed=3)
    file = "fixtures/com.acme/note/1-0-0.json"
    result.stdout.fnmatch_lines(
        [
            f"{file}:*: ExpectedValid: *unexpected properties*more*",
            f"{file}:*: OtherViolation: *lacks the required property*text*",
            f"{file}:*: OtherViolation: *type at /text",
            f"{file}:*: ExpectedInvalid: *required at the whole",
        ]
    )
    assert "secret" not in result.stdout.str()
    assert "Traceback" not in result.stdout.str()


def test_broken_addition(project: pytest.Pytester) -> None:
    """A case that is valid must be so by a later ADDITION of the schema."""
    schema = json.loads(_SCHEMA())
    schema["self"]["version"] = "1-0-1"
    schema["properties"]["text"]["maxLength"] = 3
    _write(project.path, "schemas/com.acme/note/jsonschema/1-0-1", schema)

    result = _run(project)

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*BrokenAddition: is valid by 1-0-0, but not by 1-0-1*"])


def test_no_verdict(project: pytest.Pytester) -> None:
    """Without the schema every case fails, and says so."""
    project.path.joinpath("schemas/com.acme/note/jsonschema/1-0-0").unlink()

    result = _run(project)

    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["*:2:12: ResolutionError: no such schema: *"])


def test_names_that_a_terminal_would_act_on(project: pytest.Pytester) -> None:
    """The name of a case is one line, and nothing in it is acted on, whatever is described."""
    _suite(
        project,
        {**GOOD, "description": "a\n\x1b[31mnote"},
        {**GOOD, "description": "\x1b[2Jb", "data": {}},
    )

    result = _run(project, "-v", "--color=no")

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            r"fixtures/com.acme/note/1-0-0.json::a\n\x1b[[]31mnote PASSED*",
            r"fixtures/com.acme/note/1-0-0.json::\x1b[[]2Jb FAILED*",
        ]
    )
    assert "\x1b" not in result.stdout.str()


def test_malformed_suite(project: pytest.Pytester) -> None:
    """A file that is no suite is an error when it is collected, with the place in it."""
    _suite(project, {**GOOD, "valid": "yes"})

    result = _run(project)

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["fixtures/com.acme/note/1-0-0.json:9:*: type: must be of type *"])


def test_from_another_folder(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings are read from the root folder on, wherever pytest is started."""
    monkeypatch.chdir(project.path / "fixtures" / "com.acme")

    _run(project).assert_outcomes(passed=2)


ASSERTIONS = f"""
import pytest
from validator import NoSuchSchema
from validator.pytest_plugin import assert_invalid, assert_valid

NOTE = "{NOTE}"


def test_fixture(payload_validator):
    assert payload_validator.validate({{"text": "a"}}, NOTE)


def test_passes():
    assert assert_valid({{"text": "a"}}, NOTE).payload == {{"text": "a"}}
    assert_valid(b'{{"source": {{"id": "a"}}, "session": null, "profile": null, "events": []}}')
    assert assert_invalid({{}}, NOTE).violations
    assert_invalid({{}}, NOTE, keyword="required")
    assert_invalid({{"text": 1}}, NOTE, at="/text")
    assert_invalid({{"text": 1}}, NOTE, keyword="type", at="/text")
    assert_invalid(b"", NOTE, keyword="NotJSON")
    with pytest.raises(NoSuchSchema):
        assert_valid({{}}, "iglu:com.acme/none/jsonschema/1-0-0")


def test_no_verdict_is_not_invalid():
    unknown = {{"schema": "iglu:com.acme/none/jsonschema/1-0-0", "data": 1}}
    assert_invalid(unknown, keyword="ResolutionError")
    assert_invalid(unknown)


def test_of_no_schema():
    assert_valid({{}}, "iglu:com.acme/none/jsonschema/1-0-0")


def test_of_no_version():
    assert_invalid({{}}, "iglu:com.acme/note")


def test_is_not_valid():
    assert_valid({{"text": 1, "x": "secret"}}, NOTE)


def test_is_valid():
    assert_invalid({{"text": "secret"}}, NOTE, keyword="type", at="/text")


def test_is_something_else():
    assert_invalid({{"text": "", "x": "secret"}}, NOTE, keyword="type", at="")
"""


def test_assertions(project: pytest.Pytester) -> None:
    """Assertions hold for what they say, and else tell what was found, without values."""
    project.makepyfile(ASSERTIONS)

    result = _run(project, "test_assertions.py")

    result.assert_outcomes(passed=2, failed=6)
    result.stdout.fnmatch_lines(
        [
            "E *AssertionError: the payload has no violation of something at any place; it has *",
            "E *ResolutionError at the whole: no such schema*",
            '> *assert_valid({}, "iglu:com.acme/none/jsonschema/1-0-0")',
            "E *NoSuchSchema: no such schema: iglu:com.acme/none/jsonschema/1-0-0 *",
            '> *assert_invalid({}, "iglu:com.acme/note")',
            "E *InvalidIgluUri: *iglu:com.acme/note*",
            "E *AssertionError: the payload is not valid:",
            "E *type at /text: must be of type string",
            "E *additionalProperties at the whole: has unexpected properties: *",
            "E *AssertionError: the payload is valid; expected is a violation of type at /text",
            "E *AssertionError: the payload has no violation of type at the whole; it has these:",
        ]
    )
    shown = [line for line in result.stdout.lines if line.startswith("E ")]
    assert "secret" not in "".join(shown)
    ours = [each for each in result.stdout.lines if re.match(r"\S*validator/\S+\.py:", each)]
    assert ours == []
    assert "pytest_plugin.py" not in result.stdout.str()


def test_outside_of_pytest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no pytest runs with this plugin, an assertion says that it can't be used."""
    monkeypatch.setattr("validator.pytest_plugin._CONFIGS", [])

    with pytest.raises(WrongUse, match="for tests that pytest runs"):
        assert_valid({})
