"""What lasts: a million checks in flat memory, many threads on one validator, a cold start.

    python -m benchmarks.endurance [--checks N] [--threads N]

Prints a table in Markdown, and exits with 1 where memory grew by more than a few megabytes, or a
thread came to another verdict than one that was alone.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path

import attrs
import orjson

from validator import Cached, Packaged, Registry, SchemaKey, Validator

__all__ = ["Endured", "agree", "cold", "compiled", "documents", "endure"]

ROOT = Path(__file__).parents[1]
#: Megabytes that the process may grow by once all that is kept was kept.
MOST_GROWTH = 4.0
#: Part of the checks that come before memory is measured, and how often that is done.
_WARM_UP = 0.1
_SAMPLES = 50
#: Larger documents would be most of the time.
_LARGEST = 5_000
_COLD = """
import time
begin = time.perf_counter()
from validator import Validator
imported = time.perf_counter()
assert Validator().check(open({file!r}, "rb").read())
print(imported - begin, time.perf_counter() - imported)
"""


@attrs.frozen
class Endured:
    """What so many checks took."""

    checks: int
    seconds: float
    #: Megabytes that are resident after the warm-up, at the most and at the end.
    warm: float
    most: float
    last: float

    @property
    def growth(self) -> float:
        """How many megabytes were gained and kept."""
        return self.last - self.warm


def documents() -> list[bytes]:
    """Give documents of all kinds: of Tracardi's and Snowplow's trackers, good, bad and broken."""
    fixtures = ROOT / "fixtures"
    texts = [
        line
        for file in sorted((fixtures / "payloads").glob("*/*"))
        for line in (file.read_bytes().splitlines() if ".nd" in file.name else [file.read_bytes()])
    ]
    lines = (fixtures / "snowplow" / "captures.ndjson").read_bytes().splitlines()
    captures = [orjson.loads(line) for line in lines]
    texts += [each["raw"].encode() for each in captures if each["method"] == "POST"]
    absent = b'{"schema": "iglu:com.acme/absent/jsonschema/1-0-0", "data": {}}'
    texts += [absent, b'{"events": [', b"\xff", b"[" * 100, b'{"e": "pv", "tv": 1}']
    return [text for text in texts if len(text) <= _LARGEST]


def resident() -> float:
    """Give the megabytes of the process that are in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 1e6


def endure(checks: int) -> Endured:
    """Check so many documents with one validator, and watch the memory."""
    validator = Validator()
    stream = cycle(documents())
    begin = time.process_time()
    _check(validator, islice(stream, int(checks * _WARM_UP)))
    sizes = [resident()]
    for _ in range(_SAMPLES):
        _check(validator, islice(stream, int(checks * (1 - _WARM_UP) / _SAMPLES)))
        sizes.append(resident())
    took = time.process_time() - begin
    return Endured(checks, took, sizes[0], max(sizes), sizes[-1])


def _check(validator: Validator, texts: Iterator[bytes]) -> None:
    for text in texts:
        for violation in validator.check(text):
            str(violation.instance_location)


def agree(threads: int, rounds: int) -> bool:
    """Whether so many threads, on one validator that is new, come to the verdicts of one alone."""
    texts = documents()
    alone = _verdicts(Validator(), texts, 1)
    shared = Validator()
    with ThreadPoolExecutor(threads) as pool:
        each = [pool.submit(_verdicts, shared, texts, rounds) for _ in range(threads)]
        return all(future.result() == alone * rounds for future in each)


def _verdicts(validator: Validator, texts: list[bytes], rounds: int) -> list[str]:
    return [repr(validator.check(text).to_dict()) for _ in range(rounds) for text in texts]


def cold(file: str, times: int) -> tuple[float, float]:
    """Give the milliseconds of the import and of the first check, in a fresh process: medians."""
    program = _COLD.format(file=str(ROOT / "fixtures" / "payloads" / "valid" / file))
    runs = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
        for _ in range(times)
    ]
    imports, checks = zip(*(map(float, run.stdout.split()) for run in runs), strict=True)
    return statistics.median(imports) * 1000, statistics.median(checks) * 1000


def compiled() -> dict[SchemaKey, float]:
    """Give the milliseconds of CPU that each packaged schema takes to compile, the worst first."""
    registry = Registry(Cached(Packaged()))
    timings = {key: _compiled(registry, key) for key in registry.keys()}  # noqa: SIM118  # not a dict
    return dict(sorted(timings.items(), key=lambda timing: timing[1], reverse=True))


def _compiled(registry: Registry, key: SchemaKey) -> float:
    validator = Validator(registry=registry)
    begin = time.process_time()
    validator.compile(key)
    return (time.process_time() - begin) * 1000


def table(endured: Endured, threads: int, times: int) -> str:
    """Measure the rest, cold starts so many times, and write all of it as a table in Markdown."""
    rows = [
        ("checks with one validator", f"{endured.checks:,}"),
        ("CPU time of one", f"{endured.seconds / endured.checks * 1e6:.0f} µs"),
        ("memory after the warm-up", f"{endured.warm:.1f} MB"),
        ("at the most, at the end", f"{endured.most:.1f} MB, {endured.last:.1f} MB"),
        ("verdicts of threads", f"the same with {threads} as with one"),
    ]
    for name, file in (("Tracardi", "documented.json"), ("Snowplow", "snowplow_page_ping.1.json")):
        imported, first = cold(file, times)
        told = f"{imported:.0f} ms, {first:.0f} ms"
        rows.append((f"import, then the first check of a fresh process: {name}", told))
    timings = compiled()
    (worst, most), *_ = timings.items()
    median = f"{statistics.median(timings.values()):.1f} ms"
    rows.append((f"a packaged schema, of {len(timings)}, compiles in: median", median))
    rows.append((f"worst: `{worst.vendor}/{worst.name}`", f"{most:.1f} ms"))
    return "\n".join(["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.endurance", description=__doc__)
    parser.add_argument("--checks", type=int, default=1_000_000, help="how many (1,000,000)")
    parser.add_argument("--threads", type=int, default=16, help="how many share one (16)")
    given = parser.parse_args()
    endured = endure(given.checks)
    if endured.growth > MOST_GROWTH:
        print(f"memory grew by {endured.growth:.1f} MB, past {MOST_GROWTH} MB: {endured}")
        return 1
    if not agree(given.threads, 5):
        print(f"{given.threads} threads came to other verdicts than one alone")
        return 1
    print(table(endured, given.threads, 5))
    return 0


if __name__ == "__main__":
    sys.exit(main())
