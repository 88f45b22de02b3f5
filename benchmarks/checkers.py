"""Other checkers, asked whether one schema accepts all that another accepts.

    python benchmarks/checkers.py NAME

It is run by whatever Python has the checker, so it needs nothing but that. Without a question, it
prints which version there is, and exits with 3 where there is none. Each line of standard input is
a question, `[inner, outer]` in JSON; each gets a line: `yes`, `no`, or `unknown` and why.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import json
import sys
import warnings
from collections.abc import Callable
from typing import Any

__all__ = ["CHECKERS"]


def _subset(module: str) -> Callable[[Any, Any], bool]:
    found = importlib.import_module(module)
    name = "is_subschema" if hasattr(found, "is_subschema") else "isSubschema"
    asked: Callable[[Any, Any], bool] = getattr(found, name)
    return asked


def _jsoncompat(_: str) -> Callable[[Any, Any], bool]:
    check = importlib.import_module("jsoncompat").check_compat

    def asked(inner: Any, outer: Any) -> bool:
        # It reads all schemas as of 2020-12; a reader is to read what was written before.
        return bool(check(_undated(inner), _undated(outer), "deserializer"))

    return asked


def _undated(schema: Any) -> str:
    """Write a schema as an object, without the name of its dialect."""
    if isinstance(schema, bool):
        return "{}" if schema else '{"not": {}}'
    return json.dumps({name: each for name, each in schema.items() if name != "$schema"})


#: The distribution of each, its module, and how it is asked.
CHECKERS: dict[str, tuple[str, Callable[[str], Callable[[Any, Any], bool]]]] = {
    "jsonsubschema": ("jsonsubschema", _subset),
    "ghga-jsonsubschema": ("jsonsubschema", _subset),
    "subschema": ("subschema", _subset),
    "jsoncompat": ("jsoncompat", _jsoncompat),
}


def _answer(asked: Callable[[Any, Any], bool], line: str) -> str:
    try:
        return "yes" if asked(*json.loads(line)) else "no"
    except (Exception, RecursionError, SystemExit) as error:  # noqa: BLE001  # whatever it raises
        return f"unknown {type(error).__name__}"


def main() -> int:
    """Answer each question; give the exit code."""
    name = sys.argv[1]
    module, make = CHECKERS[name]
    answers = sys.stdout
    sys.stdout = sys.stderr  # what a checker prints is no answer
    warnings.simplefilter("ignore")
    try:
        version = importlib.metadata.version(name)
        asked = make(module)
    except (ImportError, importlib.metadata.PackageNotFoundError):
        return 3
    print(version, file=answers, flush=True)
    for line in sys.stdin:
        print(_answer(asked, line), file=answers, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
