"""What git has of a file or a folder at a revision; asked of the `git` command, without a shell.

Nothing of the repository is written, no hook or filter of it is run, and no remote is asked.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import attrs

from validator.errors import NoVerdict, WrongUse, shown

__all__ = ["Blob", "contents_at", "files_at"]

#: Those of a hook lead to its repository from the folder it runs in, which is not ours.
_NOT_OURS = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"})
_OURS = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}
#: What git calls a file: not a link, and not a repository in this one.
_FILES = ("100644", "100755")


@attrs.frozen
class Blob:
    """A file at a revision."""

    #: From the folder that was asked for, with slashes.
    path: str
    #: What git calls its contents: the SHA-1 or SHA-256 of them, after a header.
    oid: str


def files_at(revision: str, folder: Path, *, whole: bool = False) -> list[Blob]:
    """List the files of a folder, with those of its folders, as they were at a revision.

    None, if it was not there yet.

    :param whole: list all files of the repository that the folder is in, with paths from its top.
    :raises WrongUse: if the revision is not written like one.
    :raises NoVerdict: if git is not installed, the folder is in no repository, or there is no such
        revision.
    """
    tree = _tree(revision, folder)
    scope = ["--full-tree"] if whole else []
    listed = _run(["ls-tree", "-r", "-z", *scope, tree], folder)
    entries = [each.split("\t", 1) for each in os.fsdecode(listed).split("\0") if each]
    told = [(head.split(" "), path) for head, path in entries]
    return [Blob(path, oid) for (mode, _, oid), path in told if mode in _FILES]


def contents_at(spec: str, folder: Path, most: int) -> bytes:
    """Give a file as it was at a revision, by `REV:path`.

    The path is from the top of the repository, or, where it begins with ./ or ../, from the
    folder. Source: gitrevisions(7).

    :raises WrongUse: if it is not written so.
    :raises NoVerdict: as `files_at`; if the revision has no such file, or that has more than `most`
        bytes.
    """
    revision, _, path = spec.partition(":") if type(spec) is str else ("", "", "")
    if not path:
        message = f"a file at a revision is written REV:path, such as HEAD:a/b; not {shown(spec)}"
        raise WrongUse(message)
    _tree(revision, folder)
    if _asked(["cat-file", "-t", spec], folder).stdout.strip() != b"blob":
        message = (
            f"{shown(revision)} has no file {shown(path)}; a path is from the top of the "
            "repository, and from the current folder if it begins with ./"
        )
        raise NoVerdict(message)
    size = int(_run(["cat-file", "-s", spec], folder))
    if size > most:
        message = f"{shown(spec)} has {size:,} bytes; it may have {most:,}"
        raise NoVerdict(message)
    return _run(["cat-file", "blob", spec], folder)


def _tree(revision: str, folder: Path) -> str:
    """Give the name of the tree of a revision."""
    is_one = type(revision) is str and revision[:1] not in {"", "-"}
    if not is_one or {"\0", ":"} & set(revision):
        message = f"a revision of git is a name such as HEAD, main or v1.2; not {shown(revision)}"
        raise WrongUse(message)
    _run(["rev-parse", "--git-dir"], folder)
    found = _asked(["rev-parse", "--verify", "--quiet", f"{revision}^{{tree}}"], folder)
    if found.returncode:
        message = (
            f"git knows no revision {shown(revision)} in {folder}; if it is that of a remote, "
            "fetch it first: CI often has the last commit alone"
        )
        raise NoVerdict(message)
    return found.stdout.decode().strip()


def _run(arguments: Sequence[str], folder: Path) -> bytes:
    """Give what git prints.

    :raises NoVerdict: if it fails.
    """
    run = _asked(arguments, folder)
    if run.returncode:
        said = run.stderr.decode(errors="replace").strip().splitlines()
        message = f"git {arguments[0]} failed in {folder}: {(said or ['it does not say why'])[0]}"
        raise NoVerdict(message)
    return run.stdout


def _asked(arguments: Sequence[str], folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Run git, and wait for it.

    :raises NoVerdict: if it can't be run.
    """
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
    try:
        return subprocess.run(  # noqa: S603  # no shell, and what is given is told from options
            ["git", *arguments],  # noqa: S607  # the one on the PATH, as for whoever calls
            cwd=folder,
            env={**kept, **_OURS},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        message = f"git can't be run in {folder}: {error.strerror}; is it installed?"
        raise NoVerdict(message) from None
