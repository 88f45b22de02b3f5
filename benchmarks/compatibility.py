"""How much is decided of real changes of schemas, how fast, and how other checkers fare.

    python -m benchmarks.compatibility [--registry FOLDER] [--bumps]
    python -m benchmarks.compatibility --beside [--python FILE]... [--changes N] [--seconds S]

Without options: each version of a schema in `schemas/` and `fixtures/registry`, or in a folder that
is a static Iglu registry, beside the next one, in both directions: how many are proved, refuted and
unknown, and the CPU time that takes. `--bumps` lists the versions whose number promises more than
they keep, each with a document that shows it. `--beside` asks other checkers, too, of the labelled
cases and of changes whose effect is known by how they were made; those that the Python of this
environment, or one of `--python`, has installed. One that takes longer than so many seconds (5) has
no answer. Exits with 1 where ours says "compatible" of what is not.
"""

from __future__ import annotations

import argparse
import json
import os
import select
import statistics
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Literal, get_args

import attrs

from benchmarks.checkers import CHECKERS
from benchmarks.schema_changes import OPERATORS, changed
from validator import Directory, Limits, Registry, SchemaKey
from validator.compatibility import compare
from validator.compatibility.clock import spent
from validator.compatibility.deciding import Budget, decide
from validator.compatibility.operands import Operand
from validator.compatibility.verdicts import Comparison, Direction, Step, Verdict
from validator.dialects import DEFAULT, DIALECTS, dialect_named, dialect_of
from validator.engine import Formats
from validator.errors import NoVerdict
from validator.judge import Judge, NamedSchema
from validator.results import JSON

__all__ = ["Bump", "Decided", "Question", "Scored", "main", "of_cases", "of_changes", "pairs"]

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "compatibility" / "cases.json"
OURS = "validator"
#: What a cell of a table shows of a document; how long a text in it may be, and what begins it.
_SHOWN, _TEXT, _BEGIN = 240, 60, 12
#: The steps of SchemaVer, the least first.
STEPS = get_args(Step)


def local() -> Registry:
    """Give our own schemas, and those of the fixtures."""
    return Registry(Directory(ROOT / "schemas"), Directory(ROOT / "fixtures" / "registry"))


def _operands(
    schemas: Sequence[NamedSchema], registry: Registry, dialect: str, formats: Formats
) -> list[Operand]:
    judge = Judge(registry, Limits(), formats, dialect_named(dialect), show_values=True)
    return [Operand.of(each, judge, formats) for each in schemas]


# Versions and the next ones.


@attrs.frozen
class Decided:
    """A version of a schema beside the next one, decided in both directions."""

    old: SchemaKey
    new: SchemaKey
    backward: Direction
    forward: Direction
    #: CPU seconds of each direction, one after the other, with the canonical forms and all else
    #: that is made when it is first needed; and of compiling both schemas.
    took: tuple[float, float]
    compiled: float


def said_to_be(old: SchemaKey, new: SchemaKey) -> Step:
    """Give the step that the number of a version says that it is."""
    if old.version.model != new.version.model:
        return "MODEL"
    return "REVISION" if old.version.revision != new.version.revision else "ADDITION"


def consecutive(registry: Registry) -> Iterator[tuple[SchemaKey, SchemaKey]]:
    """Give each version of each schema with the next one."""
    versions = defaultdict(list)
    for key in registry.keys():  # noqa: SIM118  # no dict
        if key.format == "jsonschema":
            versions[key.vendor, key.name].append(key)
    for several in versions.values():
        yield from pairwise(sorted(several, key=lambda key: key.version))


def pairs(registry: Registry) -> Iterator[Decided]:
    """Decide each version of each schema beside the next one; what can't judge is left out."""
    for old, new in consecutive(registry):
        begin = spent()
        try:
            one, other = _operands((old, new), registry, DEFAULT.name, "assert")
        except NoVerdict:
            continue
        times = [begin, spent()]
        found = []
        for inner, outer in ((one, other), (other, one)):
            found.append(decide(inner, outer, Budget()))
            times.append(spent())
        compiled, *took = [after - before for before, after in pairwise(times)]
        yield Decided(old, new, found[0], found[1], (took[0], took[1]), compiled)


def told_of_pairs(decided: Sequence[Decided]) -> str:
    """Write how many directions have which verdict, and what they took, as Markdown."""
    verdicts = Counter(each.verdict for pair in decided for each in (pair.backward, pair.forward))
    took = [each for pair in decided for each in pair.took]
    lines = [
        f"| pairs | {len(decided)} |",
        "|---|---|",
        *(f"| directions {name} | {verdicts[name]} |" for name in get_args(Verdict)),
        f"| a direction: median, 95 %, the most | {_spread(took)} |",
        f"| beside that, to compile both schemas | {_spread(pair.compiled for pair in decided)} |",
    ]
    return "\n".join(lines)


def _spread(seconds: Iterable[float]) -> str:
    """Write the median, what 95 of 100 are below, and the largest of some times."""
    times = sorted(each * 1000 for each in seconds)
    median, most = statistics.median(times), times[len(times) * 95 // 100]
    return f"{median:.2f} ms, {most:.1f} ms, {times[-1]:.0f} ms"


@attrs.frozen
class Bump:
    """A version whose number promises more than it keeps."""

    new: SchemaKey
    #: The step that its number says that it is.
    said: Step
    comparison: Comparison

    @property
    def row(self) -> str:
        """It as a row of a table."""
        witness, lost, why = self.comparison.backward.witness, "", ""
        if witness is not None:
            lost = _cell(json.dumps(_clipped(witness.document), ensure_ascii=False))
            why = witness.violation.message.partition("; it is ")[0].replace("|", "\\|")
        uri = f"`{self.new.vendor}/{self.new.name}/{self.new.version}`"
        reasons = ", ".join(dict.fromkeys(each.rule for each in self.comparison.reasons))
        return f"| {uri} | {self.said} | {self.comparison.step} | {reasons} | {lost} | {why} |"


def bumps(registry: Registry) -> Iterator[Bump]:
    """Give the versions that ask for a larger step than their number says that they are."""
    for old, new in consecutive(registry):
        try:
            found = compare(old, new, registry=registry)
        except NoVerdict:
            continue
        said = said_to_be(old, new)
        if STEPS.index(found.step) > STEPS.index(said):
            yield Bump(new, said, found)


def told_of_bumps(found: Iterable[Bump]) -> str:
    """Write wrong numbers of versions as Markdown."""
    head = "| new version | said to be | is | by | a document that is lost | it |"
    return "\n".join([head, "|---|---|---|---|---|---|", *(each.row for each in found)])


def _clipped(value: JSON) -> JSON:
    """Give a document whose long texts are cut, which says how long they were."""
    if isinstance(value, dict):
        return {name: _clipped(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_clipped(each) for each in value]
    if isinstance(value, str) and len(value) > _TEXT:
        return f"{value[:_BEGIN]}… ({len(value):,} characters)"
    return value


def _cell(text: str) -> str:
    """Write a text as a cell of code; of a long one, the begin and the end."""
    if len(text) > _SHOWN:
        half = _SHOWN // 2
        text = f"{text[:half]} … {text[-half:]}"
    return "`" + text.replace("|", "\\|").replace("`", "'").replace("\n", " ") + "`"


# Questions whose answer is known.


@attrs.frozen
class Question:
    """Whether one schema accepts all that another accepts, and the right answer."""

    inner: JSON
    outer: JSON
    dialect: str
    formats: Formats
    right: bool = attrs.field(kw_only=True)


def of_cases() -> Iterator[Question]:
    """Give the questions of the labelled cases."""
    for case in json.loads(CASES.read_bytes()):
        dialect = f"draft-0{case['draft']}" if len(case["draft"]) == 1 else case["draft"]
        schemas = [_named(case[side], dialect) for side in ("old", "new")]
        for side, several in (("backward", schemas), ("forward", schemas[::-1])):
            inner, outer = several
            right = case["expected"][side]
            yield Question(inner, outer, dialect, "annotate", right=right)


def of_changes(registry: Registry, number: int) -> Iterator[Question]:
    """Give about so many questions of schemas that were changed, drawn over all there are.

    Left out are schemas that refer to others, and changes of `format`, which not all assert.
    """
    random = Random(6)  # noqa: S311  # the same ones each time, no secret
    keys = [key for key in registry.keys() if key.format == "jsonschema"]  # noqa: SIM118  # no dict
    operators = [each for each in OPERATORS if not each.name.startswith("format")]
    asked = 0
    for key in random.sample(keys, len(keys)) * 10:
        schema = json.loads(registry.read(key))
        if asked >= number or '"iglu:' in json.dumps(schema.get("properties", {})):
            continue
        made = changed(random.choice(operators), schema, random, registry)
        if made is None:
            continue
        dialect = (dialect_of(schema) or DEFAULT).name
        old, new = (_named(each, dialect) for each in (made.old, made.new))
        yield Question(old, new, dialect, "assert", right=not made.lost)
        yield Question(new, old, dialect, "assert", right=not made.gained)
        asked += 2


def _named(schema: JSON, dialect: str) -> JSON:
    """Give a schema as others know it: with the `$schema` of its draft, and without Iglu's name."""
    if not isinstance(schema, dict):
        return schema
    asked = {name: each for name, each in schema.items() if name not in {"$schema", "self"}}
    uri = DIALECTS[dialect].uri + ("#" if dialect.startswith("draft") else "")
    return {"$schema": uri, **asked}


# Checkers.

#: `yes`, `no` or `unknown`.
Answer = Literal["yes", "no", "unknown"]
Checker = Callable[[Question], Answer]


@attrs.define
class Scored:
    """What a checker says of questions whose answer is known."""

    name: str
    right: int = 0
    #: "Compatible" of what is not: the error that breaks someone.
    wrong: int = 0
    #: "Not compatible" of what is.
    alarms: int = 0
    unknown: int = 0
    #: CPU or wall-clock seconds of each question.
    took: list[float] = attrs.field(factory=list, repr=False)

    def add(self, question: Question, answer: Answer, took: float) -> None:
        """Count an answer."""
        self.took.append(took)
        if answer == "unknown":
            self.unknown += 1
        elif (answer == "yes") is question.right:
            self.right += 1
        elif answer == "yes":
            self.wrong += 1
        else:
            self.alarms += 1

    @property
    def row(self) -> str:
        """It as a row of a table."""
        median = statistics.median(self.took) * 1000
        counted = f"{self.right} | {self.wrong} | {self.alarms} | {self.unknown}"
        return f"| {self.name} | {counted} | {median:.1f} ms |"


def ours(question: Question) -> Answer:
    """Ask our own."""
    schemas = (question.inner, question.outer)
    inner, outer = _operands(schemas, Registry(), question.dialect, question.formats)
    verdict = decide(inner, outer, Budget()).verdict
    return "yes" if verdict == "proved" else "no" if verdict == "refuted" else "unknown"


class Other:
    """Another checker, in a process of its own, which is ended where it takes too long."""

    def __init__(self, name: str, python: str, seconds: float) -> None:
        self._name = name
        self._command = [python, str(Path(__file__).parent / "checkers.py"), name]
        self._seconds = seconds
        self._process: subprocess.Popen[str] | None = None
        #: Its version; None where this Python has it not.
        self.version = self._begin()

    def __call__(self, question: Question) -> Answer:
        """Ask it."""
        if self._process is None:
            self._begin()
        process = self._process
        assert process and process.stdin and process.stdout  # noqa: S101, PT018  # it has pipes
        process.stdin.write(json.dumps([question.inner, question.outer]) + "\n")
        process.stdin.flush()
        ready, _, _ = select.select([process.stdout], [], [], self._seconds)
        answer = process.stdout.readline().split() if ready else []
        if not answer:
            self.end()
        return answer[0] if answer and answer[0] in {"yes", "no"} else "unknown"  # type: ignore[return-value]  # one of both

    def _begin(self) -> str | None:
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )
        assert self._process.stdout  # noqa: S101  # it has pipes
        return self._process.stdout.readline().strip() or None

    def end(self) -> None:
        """End its process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def others(pythons: Sequence[str], seconds: float) -> Iterator[tuple[str, Other | None]]:
    """Find the other checkers, each in the first Python that has it; None for one that none has."""
    for name in CHECKERS:
        found = None
        for python in pythons:
            other = Other(name, python, seconds)
            if other.version:
                found = other
                break
            other.end()
        yield f"{name} {found.version}" if found else name, found


def scored(name: str, checker: Checker, questions: Sequence[Question]) -> Scored:
    """Ask a checker all questions, and tell how far it is."""
    found = Scored(name)
    for number, each in enumerate(questions, 1):
        begin = time.perf_counter()
        answer = checker(each)
        found.add(each, answer, time.perf_counter() - begin)
        if sys.stderr.isatty():
            print(f"\r{name}: {number} of {len(questions)}", end="", file=sys.stderr)
    return found


def beside(pythons: Sequence[str], seconds: float, sets: dict[str, list[Question]]) -> int:
    """Print a table for each set of questions; give how often ours is wrong."""
    wrong = 0
    found = [(OURS, ours), *others(pythons, seconds)]
    for title, questions in sets.items():
        right = sum(each.right for each in questions)
        print(f"\n{title}: {len(questions)} directions, {right} of them compatible\n")
        print("| | right | wrong “compatible” | false alarm | unknown | median |")
        print("|---|---|---|---|---|---|")
        for name, checker in found:
            if checker is None:
                continue
            score = scored(name, checker, questions)
            wrong += score.wrong if checker is ours else 0
            print(score.row, flush=True)
    for name, checker in found:
        if checker is None:
            print(f"\n{name} is not installed: left out")
        elif isinstance(checker, Other):
            checker.end()
    return wrong


def main() -> int:
    """Print what is asked for; give the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compatibility", description=__doc__)
    parser.add_argument("--registry", type=Path, metavar="FOLDER", help="a static Iglu registry")
    parser.add_argument("--bumps", action="store_true", help="list wrong numbers of versions")
    parser.add_argument("--beside", action="store_true", help="ask other checkers, too")
    parser.add_argument("--python", action="append", default=[], metavar="FILE", help="with others")
    parser.add_argument("--changes", type=int, default=300, help="directions of changes (300)")
    parser.add_argument("--seconds", type=float, default=5.0, help="of each question (5)")
    given = parser.parse_args()
    registry = Registry(Directory(given.registry)) if given.registry else local()
    if given.beside:
        sets = {
            "Labelled cases": list(of_cases()),
            "Changes of real schemas": list(of_changes(registry, given.changes)),
        }
        return 1 if beside([sys.executable, *given.python], given.seconds, sets) else 0
    if given.bumps:
        print(told_of_bumps(bumps(registry)))
    else:
        print(told_of_pairs(list(pairs(registry))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
