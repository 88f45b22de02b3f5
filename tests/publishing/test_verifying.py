"""The gate: what it tells of each file, in one run; what it leaves out; what can't be judged."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from registries import Unreachable
from validator import Directory, NoVerdict, Registry, WrongUse
from validator.lint import RULES as LINTED
from validator.lint import Skips
from validator.publishing.history import lock
from validator.publishing.releasing import publish
from validator.publishing.verifying import RULES, verify

Put = Callable[..., Path]
AsNobody = Callable[[], AbstractContextManager[None]]
PutSuite = Callable[..., Path]
Git = Callable[..., str]

URI = "iglu:com.acme/user/jsonschema"


def _told(folder: Path, **options: Any) -> list[tuple[str, str, str]]:
    """Give what is told of each file, that has something told of it."""
    return [
        (Path(each.file).name, problem.rule, problem.level)
        for each in verify(folder, **options)
        for problem in each.problems
    ]


def _skipping(*texts: str) -> Skips:
    return Skips.parse(texts, {*LINTED, *RULES})


@pytest.fixture(name="commit")
def _commit(git: Git) -> Callable[[], None]:
    """Commit all there is."""

    def commit() -> None:
        git("add", "--all")
        git("commit", "--quiet", "--allow-empty", "--message", "next")

    return commit


# Schemas by themselves.


def test_well(put: Put, put_suite: PutSuite, root: Path, tmp_path: Path) -> None:
    """Of files that are well, each is given, with its text; suites come after their schemas."""
    files = [put("1-0-0"), put_suite("1-0-0"), put("1-0-1", plan={"maxLength": 21})]
    files.append(put_suite("1-0-1"))

    judged = list(verify(root, fixtures=tmp_path / "fixtures"))

    assert all(judged)
    assert [(each.file, each.problems) for each in judged] == [(str(file), ()) for file in files]
    assert [each.raw for each in judged] == [file.read_bytes() for file in files]
    assert [str(each.key) for each in judged] == [
        f"{URI}/{version}" for version in ("1-0-0", "1-0-0", "1-0-1", "1-0-1")
    ]


def test_registry_in_a_folder(put: Put, tmp_path: Path, root: Path) -> None:
    """A folder with a folder `schemas` inside is taken for that."""
    put()

    assert [each.file for each in verify(tmp_path)] == [each.file for each in verify(root)]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (b"{", "notJson"),
        (b"\xff\xfe", "notJson"),
        (b"[" * 100_000, "notJson"),
        (b" " * 1_000_001, "notJson"),
        (b"5", "metaSchema"),
        (b"{}", "selfSyntax"),
        (b'{"self": {"vendor": "com.acme"}}', "selfSyntax"),
    ],
)
def test_broken(put: Put, root: Path, text: bytes, rule: str) -> None:
    """What is no schema is told, with all else: one run shows all that is wrong."""
    put("1-0-0").write_bytes(text)
    put("1-0-1", plan={"minLength": 30})

    found = _told(root)

    assert ("1-0-0", rule, "error") in found
    assert ("1-0-1", "stringMinMaxLength", "error") in found
    assert ("1-0-1", "stepUnknown", "error") in found


def test_path_and_self(put: Put, root: Path) -> None:
    """A schema in the place of another is told."""
    raw = put("1-0-0").read_bytes()
    put("1-0-1").write_bytes(raw)

    assert ("1-0-1", "pathMismatch", "error") in _told(root)


def test_missing_versions(put: Put, root: Path) -> None:
    """A version that is missing is told of the next one."""
    put("1-0-0")
    put("1-0-2", plan={"maxLength": 21})

    assert _told(root) == [("1-0-2", "versionGaps", "error")]


def test_astray(put: Put, root: Path) -> None:
    """What lies astray is told before the schemas."""
    put("1-0-0").with_name("1-0-1.json").write_text("{}")
    (root / "com.acme" / "link").symlink_to(root)

    assert _told(root) == [
        ("link", "symbolicLink", "error"),
        ("1-0-1.json", "strayFile", "error"),
    ]


def test_file_that_may_not_be_read(put: Put, entered: Path, as_nobody: AsNobody) -> None:
    """A file that may not be read is told."""
    put(within=entered).chmod(0)

    with as_nobody():
        assert _told(entered) == [("1-0-0", "unreadable", "error")]


def test_file_that_is_gone_by_now(put: Put, root: Path) -> None:
    """A file that is taken away meanwhile is told as one that can't be read."""
    file = put()
    judging = verify(root)
    file.unlink()

    [judged] = judging

    assert [each.rule for each in judged.problems] == ["unreadable"]
    assert judged.raw is None


def test_registry_that_does_not_answer(put: Put, root: Path) -> None:
    """What a schema refers to may be out of reach: that is told of it, and the others go on."""
    put(plan={"$ref": "iglu:com.acme/far/jsonschema/1-0-0"})
    put(name="user2")
    registry = Registry(Directory(root), Unreachable())

    judged = list(verify(root, registry=registry))

    assert [[each.rule for each in one.problems] for one in judged] == [["unreadable"], []]


def test_other_formats(put: Put, root: Path, tmp_path: Path) -> None:
    """A schema of another format is not looked into, and needs no suite; that is noted."""
    for version in ("1-0-0", "1-0-1"):
        file = root / "com.acme" / "user" / "avro" / version
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("no JSON")

    assert _told(root, fixtures=tmp_path) == [
        (version, "otherFormat", "note") for version in ("1-0-0", "1-0-1")
    ]


def test_lists(put: Put, root: Path) -> None:
    """A list of versions, where there is one, has those that are there, however it is written."""
    put("1-0-0")
    file = put("1-0-1", plan={"maxLength": 21}).with_name("1")
    whole = f'[ "{URI}/1-0-0",\n"{URI}/1-0-1" ]'
    for text in (f'["{URI}/1-0-0"]', f'["{URI}/1-0-1", "{URI}/1-0-0"]', "[]", "{", "null"):
        file.write_text(text)
        assert _told(root) == [("1", "staleList", "error")]
    file.write_text(whole)
    assert _told(root) == []

    file.with_name("2").write_text(whole)
    assert _told(root) == [("2", "staleList", "error")]
    assert _told(root, skips=_skipping("staleList")) == []


def test_list_that_is_gone_by_now(put: Put, root: Path) -> None:
    """A list that is taken away meanwhile is told as one that can't be read."""
    file = put().with_name("1")
    file.write_text("[]")
    judging = verify(root)
    file.unlink()

    assert [each.rule for one in judging for each in one.problems] == ["unreadable"]


def test_published_into_itself(put: Put, root: Path) -> None:
    """Lists that are not whole are mended by publishing the folder into itself."""
    put("1-0-0").with_name("1").write_text("[]")
    put("1-0-1", plan={"maxLength": 21})

    assert publish([root], root).is_done

    assert _told(root) == []


# Steps.


def test_steps(put: Put, root: Path) -> None:
    """Where nothing says what was published, the step of each version is looked at."""
    put("1-0-0", plan={"maxLength": 9})
    put("1-0-1", plan={"maxLength": 8})
    put("1-0-2", plan={"maxLength": 7})

    assert _told(root) == [
        ("1-0-1", "stepTooSmall", "error"),
        ("1-0-2", "stepTooSmall", "error"),
    ]


def test_steps_of_new_versions(
    put: Put, root: Path, commit: Callable[[], None], tmp_path: Path
) -> None:
    """Where something says so, only the steps of new versions are: the others can't change."""
    put("1-0-0", plan={"maxLength": 9})
    put("1-0-1", plan={"maxLength": 8})
    commit()
    file = tmp_path / "schemas.lock"
    file.write_bytes(lock(root).contents)
    put("1-0-2", plan={"maxLength": 7})

    for options in ({"against": "HEAD"}, {"lock": file}, {"against": "HEAD", "lock": str(file)}):
        assert _told(root, **options) == [("1-0-2", "stepTooSmall", "error")]


def test_options_of_compare(put: Put, root: Path) -> None:
    """The policy and the storage are those of `compare`."""
    put("1-0-0", plan={"enum": ["a", None]})
    put("1-0-1", plan={"enum": ["a", "b", None]})

    assert _told(root) == []
    assert _told(root, policy="snowplow") == [("1-0-1", "stepTooSmall", "error")]


# What was published.


@pytest.mark.parametrize("by", ["git", "lock"])
def test_changed_and_gone(
    put: Put, root: Path, commit: Callable[[], None], tmp_path: Path, by: str
) -> None:
    """A published schema that has another byte is told, and so is one that is gone."""
    kept, changed, gone = put("1-0-0"), put("1-0-1", plan={"maxLength": 21}), put(name="note")
    commit()
    file = tmp_path / "schemas.lock"
    file.write_bytes(lock(root).contents)
    changed.write_bytes(changed.read_bytes() + b"\n")
    gone.unlink()

    judged = list(verify(root, **({"against": "HEAD"} if by == "git" else {"lock": file})))

    assert [(each.file, [one.rule for one in each.problems]) for each in judged] == [
        (str(kept), []),
        (str(changed), ["publishedChanged"]),
        (str(gone), ["publishedGone"]),
    ]
    assert judged[-1].raw is None


def test_all_gone(put: Put, root: Path, commit: Callable[[], None]) -> None:
    """A folder of which nothing is left is told of, if something was published."""
    put().unlink()
    put()
    commit()
    put().unlink()

    assert _told(root, against="HEAD") == [("1-0-0", "publishedGone", "error")]


def test_link_in_the_place_of_what_was_published(
    put: Put, root: Path, commit: Callable[[], None], tmp_path: Path
) -> None:
    """A published schema that became a link is told once, as that."""
    file = put()
    commit()
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")

    assert _told(root, against="HEAD") == [("1-0-0", "symbolicLink", "error")]


def test_overtaken(put: Put, root: Path, commit: Callable[[], None]) -> None:
    """A new version of a revision that a published one has ended comes too late."""
    put("1-0-0")
    put("1-1-0", plan={"maxLength": 5})
    commit()
    put("1-0-1", plan={"maxLength": 21})
    put("1-1-1", plan={"maxLength": 6})

    assert _told(root, against="HEAD") == [("1-0-1", "versionOvertaken", "error")]
    assert ("1-0-1", "versionOvertaken", "error") not in _told(root)


def test_nothing_published(put: Put, root: Path, commit: Callable[[], None]) -> None:
    """Where nothing at all was published, that is a warning: a registry begins somewhere."""
    commit()
    put()

    assert _told(root, against="HEAD") == [("schemas", "nothingPublished", "warning")]
    assert all(verify(root, against="HEAD"))


def test_moved(put: Put, root: Path, commit: Callable[[], None], tmp_path: Path) -> None:
    """Where a revision has schemas in another folder, these may have been moved: an error."""
    (tmp_path / "README").write_text("")
    put()
    commit()
    moved = root.rename(tmp_path / "reg")

    [judged, _] = verify(moved, against="HEAD")

    assert [(each.rule, each.level) for each in judged.problems] == [("nothingPublished", "error")]
    assert "elsewhere, such as 'schemas/com.acme/user/jsonschema/1-0-0'" in str(judged)
    assert _told(moved, against="HEAD", skips=_skipping("nothingPublished")) == []


def test_lock_of_nothing(put: Put, root: Path, tmp_path: Path) -> None:
    """A lock that names no schema holds the folder to nothing: an error."""
    file = tmp_path / "schemas.lock"
    file.write_bytes(lock(root).contents)
    put()

    assert _told(root, lock=file) == [("schemas", "nothingPublished", "error")]


def test_registry_within_the_registry(
    put: Put, root: Path, commit: Callable[[], None], tmp_path: Path
) -> None:
    """A folder `schemas` put into a registry, with schemas of its own, is not judged in its place.

    Nor are schemas that are put beside it.
    """
    changed = put()
    commit()
    put(name="other", within=root / "schemas")
    changed.write_bytes(changed.read_bytes() + b"\n")

    assert _told(root, against="HEAD") == [
        ("schemas", "strayFile", "error"),
        ("1-0-0", "publishedChanged", "error"),
    ]
    put(name="other", within=tmp_path)
    assert ("schemas", "strayFile", "error") in _told(tmp_path, against="HEAD")


def test_what_was_published_is_not_known(put: Put, git: Git, root: Path, tmp_path: Path) -> None:
    """Where it can't be told what was published, there is no verdict, at once."""
    put()

    with pytest.raises(NoVerdict, match="knows no revision"):
        verify(root, against="v1")
    with pytest.raises(NoVerdict, match="can't be read"):
        verify(root, lock=tmp_path / "schemas.lock")


# Suites.


def test_no_suite(put: Put, put_suite: PutSuite, root: Path, tmp_path: Path) -> None:
    """A schema without a suite is told, where there are to be suites."""
    put("1-0-0")
    put_suite("1-0-0")
    put("1-0-1", plan={"maxLength": 21})

    fixtures = tmp_path / "fixtures"
    assert _told(root, fixtures=fixtures) == [("1-0-1", "noSuite", "error")]
    assert _told(root) == []
    none = _told(root, fixtures=tmp_path / "none")
    assert none == [("1-0-0", "noSuite", "error"), ("1-0-1", "noSuite", "error")]


def test_suite_that_fails(put: Put, put_suite: PutSuite, root: Path, tmp_path: Path) -> None:
    """A case that is not as it expects is told of its suite, with its place there."""
    put()
    file = put_suite(plan="a" * 21)

    [_, judged] = verify(root, fixtures=tmp_path / "fixtures")

    assert (judged.file, judged.raw) == (str(file), file.read_bytes())
    assert [(each.rule, each.level, each.position) for each in judged.problems] == [
        ("ExpectedValid", "error", (7, 17))
    ]


def test_addition_that_breaks_a_suite(
    put: Put, put_suite: PutSuite, root: Path, tmp_path: Path
) -> None:
    """What an older suite says is valid must be so by a later ADDITION."""
    put("1-0-0")
    put("1-0-1", plan={"maxLength": 3})
    put_suite("1-0-0", "free")
    put_suite("1-0-1", "pro")

    found = _told(root, fixtures=tmp_path / "fixtures")

    assert found == [
        ("1-0-0.json", "BrokenAddition", "error"),
        ("1-0-1", "stepTooSmall", "error"),
    ]


def test_suite_that_is_none(put: Put, put_suite: PutSuite, root: Path, tmp_path: Path) -> None:
    """A file that is no suite is told."""
    put()
    put_suite().write_text("{")

    [_, judged] = verify(root, fixtures=tmp_path / "fixtures")

    assert [each.rule for each in judged.problems] == ["NotJSON"]


# What is left out, and who is told.


def test_skips(put: Put, root: Path, tmp_path: Path) -> None:
    """Rules are left out everywhere, or for some schemas: those of the gate as those of `lint`."""
    put("1-0-0")
    put("1-0-1", plan={"minLength": 30})
    fixtures = tmp_path / "fixtures"
    fixtures.mkdir()

    every = _told(root, fixtures=fixtures)
    assert {rule for _, rule, _ in every} >= {"noSuite", "stringMinMaxLength", "stepTooSmall"}
    skips = _skipping("noSuite", f"{URI}/1-0-1=stringMinMaxLength,stepTooSmall")
    left = _told(root, fixtures=fixtures, skips=skips)
    assert {rule for _, rule, _ in left} == {rule for _, rule, _ in every} - {
        "noSuite",
        "stringMinMaxLength",
        "stepTooSmall",
    }
    assert _told(root, fixtures=fixtures, skips=_skipping(f"{URI}/1-*-*=*")) == []


def test_progress(put: Put, root: Path) -> None:
    """Who waits is told how many schemas there are, and how many are done."""
    for version in ("1-0-0", "1-0-1"):
        put(version)
    told: list[tuple[int, int]] = []

    list(verify(root, progress=lambda done, of: told.append((done, of))))

    assert told == [(1, 2), (2, 2)]


def test_rules_have_names_of_their_own() -> None:
    """No rule of the gate has the name of one of `lint`."""
    assert RULES.keys() & LINTED.keys() == set()


# Wrong use.


@pytest.mark.parametrize("folder", [None, 5, "none", "a\0b"])
def test_no_folder(folder: Any) -> None:
    """What is no folder is wrong use, at once."""
    with pytest.raises(WrongUse):
        verify(folder)


@pytest.mark.parametrize(
    "options",
    [
        {"skips": ["description"]},
        {"registry": "schemas"},
        {"limits": 5},
        {"policy": "lax"},
        {"policy": []},
        {"storage": "redshift"},
        {"storage": ["papyrus"]},
        {"storage": 5},
        {"against": 5},
        {"lock": 5},
        {"fixtures": 5},
    ],
)
def test_wrong_options(put: Put, git: Git, root: Path, options: dict[str, Any]) -> None:
    """An option of another type is wrong use, at once."""
    put()

    with pytest.raises(WrongUse):
        verify(root, **options)


def test_no_registry(tmp_path: Path, root: Path) -> None:
    """A folder without a schema is no registry."""
    (tmp_path / "schemas" / "notes.txt").write_text("")
    with pytest.raises(WrongUse, match="is no registry: it has no file VENDOR/NAME/jsonschema/"):
        verify(tmp_path)


# All that is published.


@pytest.mark.shared
def test_iglu_central() -> None:
    """The gate goes through all of Iglu Central, and decides each step of it."""
    folder = Path(__file__).parents[3] / "shared" / "corpora" / "iglu-central"
    if not folder.is_dir():
        pytest.skip("Iglu Central's schemas are not here")

    judged = list(verify(folder))

    rules = [problem.rule for each in judged for problem in each.problems]
    assert len({each.key for each in judged}) > 600
    assert rules.count("stepTooSmall") > 3
    assert rules.count("stepUnproved") <= 1
    assert "stepUnknown" not in rules


def test_own_schemas() -> None:
    """The schemas that this package ships pass: they may be published as they are."""
    judged = list(verify(Path(__file__).parents[2] / "schemas"))

    assert [each for each in judged if not each] == []
    assert len(judged) > 50
