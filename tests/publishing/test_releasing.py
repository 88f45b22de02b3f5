"""Publishing: what readers get over HTTP, what several publishers do, what is left by a kill."""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from validator import Directory, NoVerdict, Registry, SchemaKey, WrongUse
from validator.publishing import verify
from validator.publishing.releasing import destination, publish
from validator.publishing.storing import STAGING, opened

Put = Callable[..., Path]


@pytest.fixture(name="to")
def _to(tmp_path: Path) -> Path:
    """Give the folder that is published to; it is not there yet."""
    return tmp_path / "served"


def _files(folder: Path) -> dict[str, bytes]:
    """Give what a reader may find."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and STAGING not in path.parts
    }


def _broken(root: Path, expected: dict[str, bytes]) -> list[str]:
    """Tell what is not as it should be in a registry that may not be complete."""
    found = []
    there = _files(root)
    for path, raw in there.items():
        if path in expected:
            found += [] if raw == expected[path] else [f"{path} has other bytes"]
            continue
        keys = [SchemaKey.parse(uri) for uri in json.loads(raw)]
        found += [
            f"{path} lists {key}" for key in keys if there.get(key.path) != expected[key.path]
        ]
    versions = [int(path.rpartition("-")[2]) for path in there if path in expected]
    if sorted(versions) != list(range(len(versions))):
        found.append(f"there are {sorted(versions)}")
    return found


# What is published.


def test_published(put: Put, root: Path, to: Path) -> None:
    """Schemas are copied byte for byte, with a list for each model, and readers find them."""
    for version in ("1-0-0", "1-0-1", "2-0-0"):
        put(version)

    release = publish([root], to)

    assert release.is_done
    assert release
    published = _files(to / "schemas")
    lists = {path: json.loads(published.pop(path)) for path in sorted(published) if path[-2] == "/"}
    assert published == _files(root)
    assert lists == {
        "com.acme/user/jsonschema/1": [
            "iglu:com.acme/user/jsonschema/1-0-0",
            "iglu:com.acme/user/jsonschema/1-0-1",
        ],
        "com.acme/user/jsonschema/2": ["iglu:com.acme/user/jsonschema/2-0-0"],
    }


def test_published_registry_is_one(put: Put, root: Path, to: Path) -> None:
    """Our own readers pass over the lists and what publishing keeps; the gate lets it through."""
    for version in ("1-0-0", "1-0-1"):
        put(version, plan={"maxLength": 20 + int(version[-1])})
    publish([root], to)

    keys = Registry(Directory(to)).keys()

    assert [str(key.version) for key in keys] == ["1-0-0", "1-0-1"]
    assert [each.problems for each in verify(to) if each.problems] == []


def test_published_again(put: Put, root: Path, to: Path) -> None:
    """What is there already is left as it is, to its time of change."""
    put()
    publish([root], to)
    times = {path: path.stat().st_mtime_ns for path in (to / "schemas").rglob("*-0*")}

    release = publish([root], to)

    assert release.is_done
    assert release.pending == ()
    assert {path: path.stat().st_mtime_ns for path in times} == times


def test_added_to(put: Put, root: Path, to: Path) -> None:
    """A later version joins those that are there, and its list has all of them."""
    publish([put("1-0-0")], to)
    publish([put("1-0-1")], to)

    listed = (to / "schemas" / "com.acme" / "user" / "jsonschema" / "1").read_bytes()
    assert [uri[-5:] for uri in json.loads(listed)] == ["1-0-0", "1-0-1"]


def test_dry_run(put: Put, root: Path, to: Path) -> None:
    """A dry run plans the same, and writes nothing at all."""
    put()

    release = publish([root], to, dry_run=True)

    assert not to.exists()
    assert not release.is_done
    assert publish([root], to).entries == release.entries


@pytest.mark.parametrize("others", [["1-0-2"], ["1-0-2", "1-0-0"]])
def test_all_or_none(put: Put, to: Path, others: list[str]) -> None:
    """Where one schema may not be published, none is, and nothing is written."""
    files = [put(version) for version in others]

    release = publish([*files, put(name="note")], to)

    assert not release
    assert not release.is_done
    assert not to.exists()


def test_schema_that_is_not_valid(put: Put, to: Path) -> None:
    """What is no schema is not published, nor what `lint` finds an error in."""
    for plan in ({"type": "no type"}, {"minLength": 30}, {"$ref": "iglu:com.acme/x/jsonschema/1"}):
        assert not publish([put(plan=plan)], to)
    assert not to.exists()


def test_published_meanwhile(
    put: Put, root: Path, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another publishes between the plan and the lock counts: nothing is written over it."""
    file = put()

    def other_first(place: Path, wait: float) -> Any:
        put(within=place, description="Another's.")
        return opened(place, wait)

    monkeypatch.setattr("validator.publishing.releasing.opened", other_first)

    release = publish([file], to)

    assert not release
    assert not release.is_done
    assert b"Another's." in (to / "schemas/com.acme/user/jsonschema/1-0-0").read_bytes()


def test_another_publisher(put: Put, to: Path) -> None:
    """Another publisher that takes too long is told."""
    with opened(to / "schemas", 0), pytest.raises(NoVerdict, match="another publisher"):
        publish([put()], to, wait=0.01)


def test_folder_in_the_way(put: Put, to: Path) -> None:
    """A folder in the place of a list is told before anything is written."""
    file = put()
    (to / "schemas" / "com.acme" / "user" / "jsonschema" / "1").mkdir(parents=True)

    for dry_run in (True, False):
        release = publish([file, put(name="account")], to, dry_run=dry_run)
        told = [(each.file, one.rule) for each in release.judged for one in each.problems]
        assert (bool(release), told) == (False, [(str(file), "strayFile")])
    assert [each for each in to.rglob("*") if each.is_file()] == []


# Where to.


def test_destination(put: Put, tmp_path: Path) -> None:
    """The schemas go where the registry has them; into a folder `schemas`, where it has none."""
    plain, empty = tmp_path / "plain", tmp_path / "empty"
    put(within=plain)
    empty.mkdir()

    assert destination(plain) == plain
    assert destination(empty) == empty / "schemas"
    assert destination(str(tmp_path / "none")) == tmp_path / "none" / "schemas"
    assert destination(tmp_path / "none" / "schemas") == tmp_path / "none" / "schemas"
    (empty / "schemas").mkdir()
    assert destination(empty) == empty / "schemas"
    (plain / "schemas").mkdir()
    with pytest.raises(WrongUse, match="take one away"):
        destination(plain)


@pytest.mark.parametrize("to", [None, 5, "a\0b", b"a"])
def test_no_destination(put: Put, to: Any) -> None:
    """What is no path is wrong use."""
    with pytest.raises(WrongUse, match="is named by its path"):
        publish([put()], to)


@pytest.mark.parametrize("options", [{"skips": []}, {"limits": 5}, {"wait": "long"}])
def test_wrong_options(put: Put, to: Path, options: dict[str, Any]) -> None:
    """An option of another type is wrong use, at once."""
    with pytest.raises(WrongUse, match="is of type"):
        publish([put()], to, **options)


@pytest.mark.parametrize("kind", ["file", "link"])
def test_destination_that_is_no_folder(put: Put, to: Path, kind: str) -> None:
    """A file is no folder to publish to, nor is a link that leads nowhere."""
    if kind == "file":
        to.write_text("")
    else:
        to.symlink_to("nowhere")

    with pytest.raises(WrongUse, match="is no folder to publish to"):
        publish([put()], to)


# Over HTTP.


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a folder, and says nothing."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(name="port")
def _port(to: Path) -> Iterator[int]:
    """Serve the folder that is published to; give the port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(to))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def _got(port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read(1_000_000)
    finally:
        connection.close()


def test_over_http(put: Put, root: Path, to: Path, port: int) -> None:
    """What readers of Iglu ask a static registry for is there: a schema, and a model's list."""
    file = put()
    publish([root], to)

    assert _got(port, "/schemas/com.acme/user/jsonschema/1-0-0") == (200, file.read_bytes())
    status, listed = _got(port, "/schemas/com.acme/user/jsonschema/1")
    assert (status, json.loads(listed)) == (200, ["iglu:com.acme/user/jsonschema/1-0-0"])
    assert _got(port, "/schemas/com.acme/user/jsonschema/1-0-1")[0] == 404


# Several publishers.


def test_publishers_at_once(put: Put, tmp_path: Path, to: Path) -> None:
    """Of several publishers at once, each with its schemas, no list loses an entry."""
    names = [f"schema{number}" for number in range(4)]
    folders = [tmp_path / name for name in names]
    for folder, name in zip(folders, names, strict=True):
        put("1-0-0", name=name, within=folder)
        put("1-0-0", name="shared", within=folder)
        put("1-0-1", name="shared", within=folder)
    threads = [threading.Thread(target=publish, args=([each], to)) for each in folders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    listed = {
        path: len(json.loads(raw))
        for path, raw in _files(to / "schemas").items()
        if path.endswith("/1")
    }
    assert listed == {
        **{f"com.acme/{name}/jsonschema/1": 1 for name in names},
        "com.acme/shared/jsonschema/1": 2,
    }


_SCHEMAS, _KILLS = 30, 30
# Imports take longer than publishing: each process is forked from one that has them. Each is killed
# when it has written one file more than the one before it.
_PUBLISHER = """
import os, signal, sys, time
from pathlib import Path
from validator.publishing.releasing import publish
source, to, times = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
publish([source], to / "whole")
for number in range(times):
    child = os.fork()
    if not child:
        publish([source], to / str(number))
        os._exit(0)
    root = to / str(number) / "schemas"
    versions = root / "com.acme" / "user" / "jsonschema"
    while not root.exists() or (number and not versions.exists()):
        time.sleep(0.0001)
    while number and len(os.listdir(versions)) < number:
        time.sleep(0.0001)
    os.kill(child, signal.SIGKILL)
    print(os.waitpid(child, 0)[1], flush=True)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system forks no processes")
def test_killed(put: Put, root: Path, to: Path) -> None:
    """Killed at any moment, publishing leaves a registry that is whole, and can be done again."""
    for number in range(_SCHEMAS):
        put(f"1-0-{number}", plan={"maxLength": 20 + number})
    expected = _files(root)
    command = [sys.executable, "-c", _PUBLISHER, str(root), str(to), str(_KILLS)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    ends = [int(line) for line in run.stdout.split()]
    assert ends.count(signal.SIGKILL) > _KILLS / 2

    counts = set()
    for number in range(_KILLS):
        folder = to / str(number) / "schemas"
        counts.add(len(_files(folder)))
        assert _broken(folder, expected) == []
    assert len(counts) > 3, "the moments were all the same"

    whole = _files(to / "whole")
    for number in range(0, _KILLS, 6):
        release = publish([root], to / str(number))
        assert release.is_done
        assert _files(to / str(number)) == whole
        staging = to / str(number) / "schemas" / STAGING
        assert [each.name for each in staging.iterdir()] == ["lock"]


def test_readers_meanwhile(put: Put, root: Path, to: Path) -> None:
    """Whoever reads while it is published, a reader never finds it broken."""
    for number in range(_SCHEMAS):
        put(f"1-0-{number}")
    expected = _files(root)
    publisher = threading.Thread(target=publish, args=([root], to))
    publisher.start()
    found, looks = [], 0
    while publisher.is_alive():
        found += _broken_list(to / "schemas", expected)
        looks += 1
        time.sleep(0.001)
    publisher.join()

    assert found == []
    assert looks > 0
    assert _broken(to / "schemas", expected) == []


def _broken_list(root: Path, expected: dict[str, bytes]) -> list[str]:
    """Tell which schemas a list has that are not there."""
    try:
        listed = json.loads((root / "com.acme" / "user" / "jsonschema" / "1").read_bytes())
    except FileNotFoundError:
        return []
    keys = [SchemaKey.parse(uri) for uri in listed]
    return [str(key) for key in keys if (root / key.path).read_bytes() != expected[key.path]]
