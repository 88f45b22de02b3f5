"""Plans: what is new, in which order, which lists change, and what keeps it from being done."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from validator import Limits
from validator.publishing.folders import Judged
from validator.publishing.planning import Release, planned
from validator.publishing.sources import read_sources

Put = Callable[..., Path]


@pytest.fixture(name="to")
def _to(tmp_path: Path) -> Path:
    """Give the folder of a registry that is published to; it is not there yet."""
    return tmp_path / "served" / "schemas"


def _plan(to: Path, *paths: Path) -> Release:
    sources, _ = read_sources(paths, Limits())
    return planned(sources, [Judged(each.file, (), each.key) for each in sources], to)


def _states(release: Release) -> list[str]:
    return [f"{each.path.removeprefix('com.acme/')} {each.state}" for each in release.entries]


def _told(release: Release) -> list[tuple[str, str, str]]:
    return [
        (Path(each.file).name, problem.rule, problem.level)
        for each in release.judged
        for problem in each.problems
    ]


def test_into_nothing(put: Put, root: Path, to: Path) -> None:
    """Into a registry that is not there yet, all is new: by version, and the lists last."""
    for version in ("1-0-10", "2-0-0", "1-0-9"):
        put(version)

    release = _plan(to, root)

    assert _states(release) == [
        "user/jsonschema/1-0-9 new",
        "user/jsonschema/1-0-10 new",
        "user/jsonschema/2-0-0 new",
        "user/jsonschema/1 new",
        "user/jsonschema/2 new",
    ]
    assert json.loads(release.entries[-2].contents) == [
        "iglu:com.acme/user/jsonschema/1-0-9",
        "iglu:com.acme/user/jsonschema/1-0-10",
    ]
    assert not to.exists()


def test_what_is_there(put: Put, root: Path, to: Path) -> None:
    """What is there with the same bytes is noted, and its list is written where it is not whole."""
    put("1-0-0")
    put("1-0-0", within=to)
    put("1-0-1", within=to)
    put("2-0-0", within=to)

    release = _plan(to, root)

    assert release
    assert _states(release) == ["user/jsonschema/1-0-0 present", "user/jsonschema/1 new"]
    assert [each.path for each in release.pending] == ["com.acme/user/jsonschema/1"]
    assert json.loads(release.entries[-1].contents) == [
        "iglu:com.acme/user/jsonschema/1-0-0",
        "iglu:com.acme/user/jsonschema/1-0-1",
    ]
    assert _told(release) == [("1-0-0", "publishedAlready", "note")]


@pytest.mark.parametrize("text", ["[]", '["iglu:com.acme/user/jsonschema/1-0-0"]', "{", ""])
def test_list_that_is_another(put: Put, root: Path, to: Path, text: str) -> None:
    """A list that is not what is there is written anew, whatever it was."""
    for version in ("1-0-0", "1-0-1"):
        put(version)
        put(version, within=to)
    (to / "com.acme" / "user" / "jsonschema" / "1").write_text(text)

    assert _states(_plan(to, root))[-1] == "user/jsonschema/1 changed"


def test_other_bytes(put: Put, root: Path, to: Path) -> None:
    """What is there with other bytes keeps all from being published: longer, shorter, or others."""
    there = put(within=to)
    for raw in (there.read_bytes() + b" ", there.read_bytes()[:-1], b" " * 10):
        file = put()
        there.write_bytes(raw)

        release = _plan(to, file)

        assert not release
        assert _told(release) == [("1-0-0", "publishedChanged", "error")]


@pytest.mark.parametrize(
    ("there", "published", "told"),
    [
        ("", "1-0-0", {}),
        ("", "1-0-0 1-0-1 1-1-0 2-0-0 2-0-1", {}),
        ("1-0-0", "1-0-1", {}),
        ("1-0-0 1-1-0", "1-1-1 2-0-0", {}),
        ("", "1-0-1", {"1-0-1": "versionGaps"}),
        ("", "2-0-0", {"2-0-0": "versionGaps"}),
        ("1-0-0", "1-0-2 1-0-3", {"1-0-2": "versionGaps"}),
        ("1-0-0", "1-2-0", {"1-2-0": "versionGaps"}),
        ("1-0-0 1-1-0", "1-0-1", {"1-0-1": "versionOvertaken"}),
        ("1-0-0 1-1-0", "1-0-2", {"1-0-2": "versionGaps versionOvertaken"}),
        ("1-0-0 1-1-0", "1-0-0", {}),
    ],
)
def test_versions(
    put: Put, root: Path, to: Path, there: str, published: str, told: dict[str, str]
) -> None:
    """No version is added out of order, by what is there and by what comes with it."""
    for version in there.split():
        put(version, within=to)
    for version in published.split():
        put(version)

    release = _plan(to, root)

    found: dict[str, str] = {}
    for file, rule, level in _told(release):
        if level == "error":
            found[file] = f"{found.get(file, '')} {rule}".strip()
    assert found == told
    assert bool(release) is (not told)


@pytest.mark.parametrize("step", ["com.acme", "com.acme/user", "com.acme/user/jsonschema/1-0-0"])
@pytest.mark.parametrize("leads", [True, False])
def test_links(put: Put, root: Path, to: Path, tmp_path: Path, step: str, *, leads: bool) -> None:
    """Nothing is written to where a link of the registry leads, be it out of it or nowhere."""
    put()
    elsewhere = tmp_path / "elsewhere"
    if leads:
        elsewhere.mkdir()
    link = to / step
    link.parent.mkdir(parents=True)
    link.symlink_to(elsewhere)

    release = _plan(to, root)

    assert _told(release) == [("1-0-0", "symbolicLink", "error")]


def _referring(put: Put, name: str, version: str, *others: str) -> None:
    refers = {f"p{index}": {"$ref": f"iglu:com.acme/{each}"} for index, each in enumerate(others)}
    put(version, name=name, properties=refers, anyOf=[{"$ref": "#"}, {"$ref": "iglu:x"}, 5])


@pytest.mark.parametrize(
    ("references", "order"),
    [
        # What is referred to comes first.
        (
            {"a 1-0-0": ["b/jsonschema/1-0-1#/definitions/x"], "b 1-0-0": [], "b 1-0-1": []},
            ["b 1-0-0", "b 1-0-1", "a 1-0-0"],
        ),
        # What is not published, or is itself, is not waited for.
        (
            {"a 1-0-0": ["c/jsonschema/1-0-0", "a/jsonschema/1-0-0"], "b 1-0-0": []},
            ["a 1-0-0", "b 1-0-0"],
        ),
        # In a circle, names decide, and versions.
        (
            {
                "a 1-0-0": ["b/jsonschema/1-0-0"],
                "a 1-0-1": [],
                "b 1-0-0": ["a/jsonschema/1-0-1"],
            },
            ["a 1-0-0", "a 1-0-1", "b 1-0-0"],
        ),
    ],
)
def test_order(
    put: Put, root: Path, to: Path, references: dict[str, list[str]], order: list[str]
) -> None:
    """Schemas come after their older versions, and after those that they refer to."""
    for each, others in references.items():
        name, version = each.split()
        _referring(put, name, version, *others)

    entries = [each for each in _plan(to, root).entries if each.key]

    assert [f"{each.key.name} {each.key.version}" for each in entries if each.key] == order


def test_what_was_judged_is_kept(put: Put, to: Path) -> None:
    """What is known of a file, and of files that are no schemas, is told with the rest."""
    file = put("1-0-1")
    sources, _ = read_sources([file], Limits())
    astray: Any = Judged("astray", ())

    release = planned(sources, [astray, Judged(str(file), (), sources[0].key)], to)

    assert release.judged[0] == astray
    assert [each.rule for each in release.judged[1].problems] == ["versionGaps"]


@pytest.mark.parametrize(
    ("path", "is_file"),
    [
        ("com.acme", True),
        ("com.acme/user/jsonschema", True),
        ("com.acme/user/jsonschema/1-0-0", False),
        ("com.acme/user/jsonschema/1", False),
    ],
)
def test_in_the_way(put: Put, to: Path, path: str, is_file: bool) -> None:  # noqa: FBT001  # a case
    """What is a file in the place of a folder, or a folder in that of a file, is told."""
    (to / path).parent.mkdir(parents=True)
    (to / path).write_text("") if is_file else (to / path).mkdir()

    release = _plan(to, put())

    assert _told(release) == [("1-0-0", "strayFile", "error")]
    [judged] = release.judged
    assert f"{to / path} is in the way" in judged.problems[0].message
