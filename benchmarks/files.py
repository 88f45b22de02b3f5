"""Check a folder of 1,000 payloads, half of them invalid, beside a bare loop and check-jsonschema.

    python -m benchmarks.files [--files N] [--rounds N]

Each is a process of its own, start-up included, in turn, round after round; the table gives medians
of their CPU time. The bare loop is jsonschema-rs and orjson with nothing around them: it lists the
errors of what fails. check-jsonschema is left out, which is said, where it is not installed. Says
so where `validator check` takes more than 4 times the bare loop, or more than a third of
check-jsonschema; exits with 1 where they disagree on what is valid.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import orjson

from validator import Registry, SchemaCriterion

__all__ = ["BARE", "PEER", "Subject", "main", "subjects", "table", "timed", "write_files"]

PAYLOADS = Path(__file__).parent / "payloads"
TRACKER = SchemaCriterion.parse("iglu:com.tracardi/tracker_payload/jsonschema/1-*-*")
OURS, BARE, PEER = "validator check", "orjson + jsonschema-rs, bare", "check-jsonschema"
#: What `validator check` may take at the most: of the bare loop, and of check-jsonschema.
MOST = {BARE: 4.0, PEER: 1 / 3}

#: What developers set, and users do not.
_NOT_AS_INSTALLED = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "GITHUB_ACTIONS"}

_LOOP = """
import sys, pathlib, orjson, jsonschema_rs
schema = orjson.loads(pathlib.Path(sys.argv[1]).read_bytes())
judge = jsonschema_rs.Draft4Validator(schema, validate_formats=True, offline=True)
failed = 0
for file in sorted(pathlib.Path(sys.argv[2]).iterdir()):
    document = orjson.loads(file.read_bytes())
    if not judge.is_valid(document):
        failed += 1
        for error in judge.iter_errors(document):
            print(file, error.instance_path, error.kind.name, error.message[:100])
print(failed)
sys.exit(1 if failed else 0)
"""


def _without_source(payload: dict[str, Any]) -> None:
    del payload["source"]


def _misspelt(payload: dict[str, Any]) -> None:
    payload["sesion"] = payload.pop("session")


def _of_another_type(payload: dict[str, Any]) -> None:
    payload["events"][0]["type"] = 5


def _unreadable_time(payload: dict[str, Any]) -> None:
    payload["events"][0]["time"] = {"insert": "in the morning"}


#: What goes wrong in a payload that is not to be valid.
_BREAK: tuple[Callable[[dict[str, Any]], None], ...] = (
    _without_source,
    _misspelt,
    _of_another_type,
    _unreadable_time,
)


def write_files(folder: Path, number: int) -> int:
    """Write so many payloads of one event or of ten, every other one broken; give how many are."""
    draw = random.Random(7)  # noqa: S311  # the same files each time, no secret
    texts = [(PAYLOADS / f"{name}.json").read_bytes() for name in ("one", "one", "one", "ten")]
    for index in range(number):
        payload = orjson.loads(draw.choice(texts))
        if index % 2:
            draw.choice(_BREAK)(payload)
        text = orjson.dumps(payload, option=orjson.OPT_INDENT_2)
        (folder / f"payload_{index:05}.json").write_bytes(text)
    return number // 2


@attrs.frozen
class Subject:
    """A command that checks the files of a folder, and what it takes each time it runs."""

    name: str
    command: tuple[str, ...]
    #: CPU seconds, of each round.
    timings: list[float] = attrs.field(factory=list, repr=False)

    @property
    def median(self) -> float:
        """CPU seconds."""
        return statistics.median(self.timings)


def subjects(folder: Path, schema: Path) -> list[Subject]:
    """Give the commands; that of check-jsonschema only where it is installed."""
    registry = Registry()
    # Others do not know Iglu's own `$schema`; it means draft-04.
    schema.write_bytes(orjson.dumps(registry.retrieve(registry.newest(TRACKER)).for_engine()))
    files = [str(file) for file in sorted(folder.iterdir())]
    python = sys.executable
    found = [
        Subject(OURS, (python, "-m", "validator", "check", "--format", "text", str(folder))),
        Subject(BARE, (python, "-c", _LOOP, str(schema), str(folder))),
    ]
    if importlib.util.find_spec("check_jsonschema"):
        peer = (python, "-m", "check_jsonschema", "--schemafile", str(schema), *files)
        found.append(Subject(PEER, peer))
    return found


def timed(subject: Subject) -> str:
    """Run a command, which has to find what is invalid; give what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    # As when they are installed: what was compiled is kept, and read the next time.
    environment = {name: os.environ[name] for name in os.environ if name not in _NOT_AS_INSTALLED}
    done = subprocess.run(subject.command, capture_output=True, check=False, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 1:
        message = f"{subject.name} exited with {done.returncode}: {done.stderr.decode()[-500:]}"
        raise RuntimeError(message)
    subject.timings.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return done.stdout.decode()


def table(measured: list[Subject]) -> str:
    """Write what was measured as a table in Markdown."""
    unit = measured[0].median
    lines = ["| | CPU time | `validator check` takes |", "|---|---|---|"]
    for each in measured:
        ratio = "" if each is measured[0] else f"{unit / each.median:.2f} x"
        lines.append(f"| {each.name} | {each.median * 1000:,.0f} ms | {ratio} |")
    return "\n".join(lines)


def main() -> int:
    """Print the table; give the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.files", description=__doc__)
    parser.add_argument("--files", type=int, default=1000, help="payloads (1,000)")
    parser.add_argument("--rounds", type=int, default=11, help="runs of each command (11)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "payloads"
        folder.mkdir()
        broken = write_files(folder, given.files)
        running = subjects(folder, Path(work) / "schema.json")
        for each in running:
            timed(each)
            each.timings.clear()  # the first time is not as those that follow
        for _ in range(given.rounds):
            told = {each.name: timed(each) for each in running}
    print(table(running))
    for each in running[1:]:
        if running[0].median > each.median * MOST[each.name]:
            print(f"{each.name}: more than {MOST[each.name]:.2f} x")
    if PEER not in told:
        print(f"{PEER} is not installed: left out")
    found = {
        OURS: f" {broken:,} invalid" in told[OURS],
        BARE: told[BARE].endswith(f"\n{broken}\n"),
        PEER: sum("::$" in line for line in told.get(PEER, "").splitlines()) >= broken,
    }
    wrong = [name for name in told if not found[name]]
    if wrong:
        print(f"do not find {broken} files invalid: {', '.join(wrong)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
