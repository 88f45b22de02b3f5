"""What was published: by git, whatever its digests, and by a lock, which forgets nothing."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from validator import NoVerdict, SchemaKey, UnreadableFile, WrongUse
from validator.publishing.history import at_revision, in_lock, lock

Put = Callable[..., Path]
Git = Callable[..., str]

ONE = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-0")
TWO = SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-1")
EMPTY = hashlib.sha256(b"").hexdigest()


def _locked(root: Path, before: Any = None, **options: Any) -> tuple[Any, ...]:
    raw = None if before is None else json.dumps(before).encode()
    found = lock(root, raw, **options)
    return json.loads(found.contents)["sha256"], found.added, found.gone, found.changed


def _lock_of(**digests: str) -> dict[str, Any]:
    return {"version": 1, "sha256": {f"com.acme/{name}": each for name, each in digests.items()}}


# Git.


@pytest.mark.parametrize("kind", ["sha1", "sha256"])
def test_revision(git: Git, put: Put, root: Path, tmp_path: Path, kind: str) -> None:
    """What git has is known by the digests of its own, SHA-1 or SHA-256."""
    folder = tmp_path / kind / "schemas"
    file = put(within=folder)
    git("init", "--quiet", f"--object-format={kind}", folder=folder.parent)
    git("config", "user.name", "Ada", folder=folder.parent)
    git("config", "user.email", "ada@example.com", folder=folder.parent)
    (folder / "README.md").write_text("no schema")
    git("add", ".", folder=folder.parent)
    git("commit", "--quiet", "--message", "first", folder=folder.parent)

    published = at_revision("HEAD", folder)

    assert (published.source, list(published.digests)) == ("HEAD", [ONE])
    assert published.has_as(ONE, file.read_bytes())
    assert not published.has_as(ONE, file.read_bytes() + b"\n")
    assert published.has_as(TWO, b"anything")


# Locks.


def test_lock(put: Put, root: Path) -> None:
    """A lock has a line for each schema, sorted, with the SHA-256 of its bytes."""
    two, one = put("1-0-1"), put("1-0-0")

    found = lock(root)

    digests = [hashlib.sha256(each.read_bytes()).hexdigest() for each in (one, two)]
    assert found.contents.decode() == (
        '{\n  "version": 1,\n  "sha256": {\n'
        f'    "com.acme/user/jsonschema/1-0-0": "{digests[0]}",\n'
        f'    "com.acme/user/jsonschema/1-0-1": "{digests[1]}"\n'
        "  }\n}\n"
    )
    assert (found.added, found.gone, found.changed) == ((ONE, TWO), (), ())


def test_lock_is_read(put: Put, root: Path, tmp_path: Path) -> None:
    """A lock that was written says what was published."""
    one = put()
    file = tmp_path / "schemas.lock"
    file.write_bytes(lock(root).contents)

    published = in_lock(file)

    assert published.source == str(file)
    assert published.has_as(ONE, one.read_bytes())
    assert not published.has_as(ONE, b"")
    assert published.has_as(TWO, b"")


def test_lock_is_brought_up_to_date(put: Put, root: Path) -> None:
    """A new schema gets a line; those there were stay, and nothing else is told."""
    put()
    before = json.loads(lock(root).contents)
    put("1-0-1")

    digests, *told = _locked(root, before)

    assert {**before["sha256"], **digests} == digests
    assert told == [(TWO,), (), ()]


@pytest.mark.parametrize("renew", [False, True])
def test_lock_forgets_nothing_unsaid(put: Put, root: Path, *, renew: bool) -> None:
    """What is gone or changed is told, and its line stays, unless the lock is to be made anew."""
    raw = put().read_bytes()
    before = _lock_of(**{"user/jsonschema/1-0-0": EMPTY, "note/jsonschema/1-0-0": EMPTY})

    digests, *told = _locked(root, before, renew=renew)

    now = {ONE.path: hashlib.sha256(raw).hexdigest()}
    assert digests == (now if renew else before["sha256"])
    assert told == [(), (SchemaKey.parse("iglu:com.acme/note/jsonschema/1-0-0"),), (ONE,)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not JSON"),
        ("\ufeff{}", "byte order mark"),
        ("[" * 100_000, "may nest"),
        ('{"version": 1, "sha256": {"a": "b", "a": "b"}}', "a name stands twice"),
        ("[]", "of a version that is known"),
        ("{}", "of a version that is known"),
        ('{"version": 2, "sha256": {}}', "of a version that is known"),
        ('{"version": true, "sha256": {}}', "of a version that is known"),
        ('{"version": 1, "sha256": []}', "of a version that is known"),
        (f'{{"version": 1, "sha256": {{"com.acme/user": "{EMPTY}"}}}}', "each member"),
        (f'{{"version": 1, "sha256": {{"a/../c/1-0-0": "{EMPTY}"}}}}', "each member"),
        (f'{{"version": 1, "sha256": {{"{ONE.path}": "{EMPTY[1:]}"}}}}', "each member"),
        (f'{{"version": 1, "sha256": {{"{ONE.path}": "{EMPTY.upper()}"}}}}', "each member"),
        (f'{{"version": 1, "sha256": {{"{ONE.path}": null}}}}', "each member"),
    ],
)
def test_no_lock(root: Path, tmp_path: Path, text: str, why: str) -> None:
    """What is no lock is refused, whole: nothing in it is taken for what was published."""
    file = tmp_path / "schemas.lock"
    file.write_text(text)

    with pytest.raises(NoVerdict, match=f"schemas.lock.*{why}"):
        in_lock(file)
    with pytest.raises(NoVerdict, match=f"schemas.lock.*{why}"):
        lock(root, text.encode())


def test_lock_that_is_not_there(tmp_path: Path) -> None:
    """A lock that can't be read is told."""
    with pytest.raises(UnreadableFile, match="can't be read"):
        in_lock(tmp_path / "schemas.lock")
    with pytest.raises(WrongUse, match="is named by its path"):
        in_lock(5)  # type: ignore[arg-type]  # that is the test


def test_no_bytes(put: Put, root: Path) -> None:
    """What was before is given as bytes."""
    put()

    with pytest.raises(WrongUse, match="before is of type bytes"):
        lock(root, "{}")  # type: ignore[arg-type]  # that is the test


def test_schema_that_is_too_large(put: Put, root: Path) -> None:
    """A schema that is larger than one may be is in no lock, and keeps it from being made."""
    put().write_bytes(b" " * 1_000_001)

    with pytest.raises(NoVerdict, match="has more than the 1,000,000 bytes"):
        lock(root)
