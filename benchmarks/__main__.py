"""Time `check`, from bytes to the normalized payload, beside the alternatives.

    python -m benchmarks [--rounds N]

All in one process, in CPU time, round after round in turn, so that whatever else the machine does
falls on all alike. The table gives medians, as multiples of `orjson.loads` plus `orjson.dumps`.
Needs the extra `dev` for jsonschema's rivals.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import attrs
import fastjsonschema
import jsonschema
import jsonschema_rs
import orjson

from validator import Registry, SchemaCriterion, Validator

PAYLOADS = Path(__file__).parent / "payloads"
TRACKER = SchemaCriterion.parse("iglu:com.tracardi/tracker_payload/jsonschema/1-*-*")
#: CPU seconds that one subject may take in one round, about.
ROUND = 0.02

Subject = Callable[[bytes], object]


@attrs.frozen
class Row:
    """What one subject took for one payload, in microseconds of CPU time."""

    subject: str
    payload: str
    median: float
    #: As a multiple of the first subject's.
    ratio: float


def subjects() -> dict[str, Subject]:
    """Give what is timed; the first is the unit. All but the first judge by the same schema."""
    registry = Registry()
    # Engines do not know Iglu's own `$schema`; it means draft-04.
    schema = registry.retrieve(registry.newest(TRACKER)).for_engine()
    validator = Validator()
    bare = jsonschema_rs.Draft4Validator(schema, validate_formats=True, offline=True)
    fast = fastjsonschema.compile(schema)
    slow = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
    return {
        "orjson.loads + dumps": lambda raw: orjson.dumps(orjson.loads(raw)),
        "Validator.check": validator.check,
        "orjson.loads + bare jsonschema-rs": lambda raw: bare.is_valid(orjson.loads(raw)),
        "orjson.loads + fastjsonschema": lambda raw: fast(orjson.loads(raw)),
        "orjson.loads + jsonschema": lambda raw: slow.is_valid(orjson.loads(raw)),
    }


def timed(subject: Subject, raw: bytes, times: int) -> float:
    """Give the CPU seconds of one call, of so many."""
    begin = time.process_time()
    for _ in range(times):
        subject(raw)
    return (time.process_time() - begin) / times


def measure(name: str, raw: bytes, rounds: int) -> list[Row]:
    """Time all subjects on one payload, in turn."""
    running = subjects()
    timings: dict[str, list[float]] = {subject: [] for subject in running}
    for each in running.values():
        timed(each, raw, 10)  # what is compiled or cached at first use is not what is measured
    times = {key: max(1, int(ROUND / timed(each, raw, 3))) for key, each in running.items()}
    for _ in range(rounds):
        for key, each in running.items():
            timings[key].append(timed(each, raw, times[key]))
    medians = {key: statistics.median(each) * 1e6 for key, each in timings.items()}
    unit = next(iter(medians.values()))
    return [Row(key, name, median, median / unit) for key, median in medians.items()]


def table(rows: list[Row]) -> str:
    """Write the rows as a table in Markdown."""
    payloads = list(dict.fromkeys(row.payload for row in rows))
    sizes = {name: len((PAYLOADS / f"{name}.json").read_bytes()) / 1000 for name in payloads}
    heads = [f"{name}.json, {size:.1f} kB" for name, size in sizes.items()]
    lines = ["| | " + " | ".join(heads) + " |", "|---" * (len(heads) + 1) + "|"]
    for subject in dict.fromkeys(row.subject for row in rows):
        cells = [
            f"{row.ratio:.1f} x ({row.median:,.0f} µs)" for row in rows if row.subject == subject
        ]
        lines.append(f"| {subject} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=51, help="rounds for each payload (51)")
    rounds = parser.parse_args().rounds
    rows: list[Row] = []
    for name in ("one", "ten", "hundred"):
        rows += measure(name, (PAYLOADS / f"{name}.json").read_bytes(), rounds)
    print(table(rows))


if __name__ == "__main__":
    main()
