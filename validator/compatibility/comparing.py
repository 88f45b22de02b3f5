"""Two schemas beside each other: both questions, each change by itself, the step they ask for."""

from __future__ import annotations

from collections.abc import Collection

import attrs
import orjson

from validator.compatibility.attribution import EventBudget, attribute
from validator.compatibility.changes import difference
from validator.compatibility.deciding import Budget, both_reject, decide
from validator.compatibility.grading import POLICIES, Findings, grade, least_documents
from validator.compatibility.operands import Operand
from validator.compatibility.storage import STORAGES, warnings_of
from validator.compatibility.verdicts import Comparison, Direction, Policy, Storage
from validator.engine import Formats
from validator.errors import WrongUse, shown
from validator.judge import Judge, NamedSchema, judge_of
from validator.limits import Limits
from validator.registry import Registry
from validator.results import JSON

__all__ = ["Budgets", "compare"]


@attrs.frozen(kw_only=True)
class Budgets:
    """What a comparison may take.

    The same comparison with the same budget has the same answer, unless the seconds end first. They
    are looked at between steps; one step of the canonical form was seen to take up to 10 s, of
    schemas made for it.
    """

    #: Of each of the two questions about the whole.
    question: Budget = attrs.field(factory=Budget)
    #: Of each question about a change by itself.
    change: Budget = attrs.field(factory=lambda: Budget(draws=60, steps=1000, seconds=2.0))
    #: Of all the changes together; no decision, and no change is looked at by itself.
    changes: EventBudget = attrs.field(factory=EventBudget)


def compare(  # noqa: PLR0913  # each option is an argument
    old: NamedSchema,
    new: NamedSchema,
    *,
    policy: Policy = "strict",
    storage: Collection[Storage] = (),
    formats: Formats = "assert",
    registry: Registry | None = None,
    dialect: str | None = None,
    limits: Limits | None = None,
    budget: Budgets | None = None,
) -> Comparison:
    """Tell what a new schema accepts beside an old one, and which step of SchemaVer that asks for.

    What is `proved`, the canonical form of jsonschema-rs says. What is `refuted` has a witness: a
    document that the engine accepts under one schema and rejects under the other, as small as it
    gets. What is neither is `unknown`, and never passes as an ADDITION.

    :param old: an Iglu URI, SchemaKey or SchemaCriterion of the registry, or a schema itself.
    :param new: likewise.
    :param policy: what grades: `strict`, by what is proved; `snowplow`, as its documentation does.
    :param storage: the kinds of tables to warn for: `redshift`, `parquet`.
    :param formats: whether `format` decides (`assert`) or only says (`annotate`).
    :param registry: the schemas that can be named, and referred to; by default the packaged ones.
    :param dialect: what a schema without `$schema` is written in, as `Validator` takes it.
    :raises WrongUse: if an argument is something else.
    :raises NoVerdict: if a schema is not there, or can't judge.

    >>> found = compare({"type": "string"}, {"type": "string", "maxLength": 1})
    >>> found.backward.verdict, found.backward.witness.document, found.forward.verdict, found.step
    ('refuted', 'aa', 'proved', 'REVISION')
    """
    _expect_one_of(POLICIES, "policy", policy)
    for each in storage:
        _expect_one_of(STORAGES, "storage", each)
    bounds = Budgets() if budget is None else budget
    if type(bounds) is not Budgets:
        message = f"budget is a Budgets, not {shown(budget)}"
        raise WrongUse(message)
    judge = judge_of(registry, limits, formats, dialect, show_values=True)
    return _Comparing(judge, formats, bounds).run(old, new, policy, storage)


def _expect_one_of(known: Collection[str], what: str, given: object) -> None:
    if type(given) is not str or given not in known:
        message = f"{what} is one of {', '.join(known)}; not {shown(given)}"
        raise WrongUse(message)


class _Comparing:
    def __init__(self, judge: Judge, formats: Formats, budget: Budgets) -> None:
        self._judge = judge
        self._formats = formats
        self._budget = budget
        self._operands: dict[bytes, Operand] = {}

    def run(
        self, old: NamedSchema, new: NamedSchema, policy: Policy, storage: Collection[Storage]
    ) -> Comparison:
        before, after = self._operand(old), self._operand(new)
        differing = difference(before.contents, after.contents, dialect=before.dialect)
        backward = decide(before, after, self._budget.question)
        forward = decide(after, before, self._budget.question)
        attributed = attribute(differing, backward, forward, self._decide, self._budget.changes)
        findings = Findings(
            old=before.contents,
            is_none=differing.is_none,
            backward=backward,
            changes=attributed.changes,
            truncated=attributed.truncated,
            is_disjoint=lambda: both_reject(before, after),
            loses_least=lambda: self._loses_least(before, after),
        )
        step, reasons = grade(findings, policy)
        return Comparison(
            backward=backward,
            forward=forward,
            changes=attributed.changes,
            policy=policy,
            step=step,
            reasons=reasons,
            warnings=warnings_of(before.contents, after.contents, storage),
            truncated=attributed.truncated,
        )

    def _operand(self, schema: NamedSchema) -> Operand:
        return Operand.of(schema, self._judge, self._formats)

    def _decide(self, inner: JSON, outer: JSON) -> Direction:
        """Decide a question about schemas that are partly changed.

        :raises InvalidSchema: if one of them is none.
        """
        return decide(self._kept(inner), self._kept(outer), self._budget.change)

    def _kept(self, schema: JSON) -> Operand:
        """Give an operand that may be asked for again: the old schema, most of all."""
        name = orjson.dumps(schema)
        if name not in self._operands:
            if len(self._operands) >= _KEPT:
                self._operands.clear()
            self._operands[name] = self._operand(schema)
        return self._operands[name]

    def _loses_least(self, before: Operand, after: Operand) -> bool:
        least = least_documents(before.contents)
        return least is not None and both_reject(self._operand(least), after)


#: How many operands are kept.
_KEPT = 64
