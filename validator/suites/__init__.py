"""Fixture suites: cases of what a schema takes and what it refuses, read, run and kept up to date.

A suite is a file, `<vendor>/<name>/<version>.json`, as `iglu:org.eventpayload/suite/jsonschema`
says. `reading` makes cases of it, `running` outcomes of those; `coverage` tells what the cases
leave untried, `updating` writes down what a schema says now.
"""

from __future__ import annotations

from validator.suites.coverage import Coverage, Untried
from validator.suites.discovery import Fixture, discover
from validator.suites.reading import LIMITS, Case, Expected, Suite, read_suite
from validator.suites.running import Runner
from validator.suites.updating import updated

__all__ = [
    "LIMITS",
    "Case",
    "Coverage",
    "Expected",
    "Fixture",
    "Runner",
    "Suite",
    "Untried",
    "discover",
    "read_suite",
    "updated",
]
