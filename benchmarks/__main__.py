"""Time `check`, from bytes to the normalized payload, beside the alternatives.

    python -m benchmarks [--rounds N]

All in one process, in CPU time, round after round in turn, so that whatever else the machine does
falls on all alike. The tables give medians, as multiples of what it takes to parse a payload and to
write it again: with what its parameters hold, for Snowplow requests. Needs the extra `dev` for
jsonschema's rivals.
"""

from __future__ import annotations

import argparse
import base64
import statistics
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import attrs
import fastjsonschema
import jsonschema
import jsonschema_rs
import orjson

from validator import Registry, SchemaCriterion, Validator

PAYLOADS = Path(__file__).parent / "payloads"
TRACKER = SchemaCriterion.parse("iglu:com.tracardi/tracker_payload/jsonschema/1-*-*")
TRACARDI = ("one", "ten", "hundred")
SNOWPLOW = ("snowplow_mobile", "snowplow_web")
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


def of_tracardi() -> dict[str, Subject]:
    """Give what is timed on tracker payloads; the first is the unit, the others judge."""
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


#: Whether a document is valid by the schema of a name.
Judge = Callable[[str, Any], bool]


def opened(raw: bytes) -> Any:
    """Parse a request, and what the parameters of its events hold."""
    request = orjson.loads(raw)
    for event in request["data"]:
        open_parameters(event)
    return request


def open_parameters(event: dict[str, Any]) -> None:
    """Parse what the parameters of an event hold, in place."""
    for name in ("ue_px", "cx"):
        event[name] = orjson.loads(base64.urlsafe_b64decode(event[name]))


def parts(request: Any) -> Iterator[Any]:
    """Give the self-describing data of a request that was opened, less the request itself."""
    for event in request["data"]:
        yield event["ue_px"]
        yield event["ue_px"]["data"]
        yield event["cx"]
        yield from event["cx"]["data"]


def judging(judge: Judge) -> Subject:
    """Give what judges a request by the schemas that `check` judges it by, and normalizes nothing.

    The fields of its events can't be judged as they were sent: they are normalized beforehand.
    """
    normalized: dict[bytes, tuple[Any, ...]] = {}

    def judged(raw: bytes) -> bool:
        if raw not in normalized:
            normalized[raw] = Validator().check(raw).events
        request = orjson.loads(raw)
        if not judge(request["schema"], request["data"]):
            return False
        for event in request["data"]:
            open_parameters(event)
        described = chain(parts(request), normalized[raw])
        return all(judge(part["schema"], part["data"]) for part in described)

    return judged


def schemas() -> dict[str, Any]:
    """Give the schemas of Snowplow's requests, as plain draft-04."""
    registry = Registry()
    vendors = ("com.snowplowanalytics.snowplow", "com.snowplowanalytics.mobile")
    keys = chain.from_iterable(map(registry.keys, (*vendors, "org.eventpayload.snowplow")))
    return {str(key): registry.retrieve(key).for_engine() for key in keys}


def of_snowplow() -> dict[str, Subject]:
    """Give what is timed on Snowplow requests; the first is the unit."""
    checker = jsonschema.FormatChecker()
    bare = {
        name: jsonschema_rs.Draft4Validator(schema, validate_formats=True, offline=True).is_valid
        for name, schema in schemas().items()
    }
    slow = {
        name: jsonschema.Draft4Validator(schema, format_checker=checker).is_valid
        for name, schema in schemas().items()
    }
    return {
        "nested loads + base64 + dumps": lambda raw: orjson.dumps(opened(raw)),
        "nested loads + base64": opened,
        "Validator.check": Validator().check,
        "nested loads + bare jsonschema-rs": judging(lambda name, data: bare[name](data)),
        "nested loads + jsonschema": judging(lambda name, data: slow[name](data)),
    }


def timed(subject: Subject, raw: bytes, times: int) -> float:
    """Give the CPU seconds of one call, of so many."""
    begin = time.process_time()
    for _ in range(times):
        subject(raw)
    return (time.process_time() - begin) / times


def measure(name: str, raw: bytes, running: dict[str, Subject], rounds: int) -> list[Row]:
    """Time all subjects on one payload, in turn."""
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
    for running, names in ((of_tracardi(), TRACARDI), (of_snowplow(), SNOWPLOW)):
        rows: list[Row] = []
        for name in names:
            rows += measure(name, (PAYLOADS / f"{name}.json").read_bytes(), running, rounds)
        print(table(rows), end="\n\n")


if __name__ == "__main__":
    main()
