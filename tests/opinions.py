"""What the tests of both engines compare: violations, whatever the engines' order of them is."""

import attrs

from validator import Violation


def in_no_order(violation: Violation) -> Violation:
    """Give a violation with what depends on the order of others taken away."""
    branches = [tuple(sorted(map(in_no_order, each), key=repr)) for each in violation.branches]
    # What an alternative lacks first is told in the message, and is the first in its order.
    message = violation.message.partition("; the closest")[0]
    return attrs.evolve(violation, branches=tuple(sorted(branches, key=repr)), message=message)
