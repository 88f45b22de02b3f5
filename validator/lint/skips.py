"""Which rules are left out, everywhere or for some schemas."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import attrs

from validator.errors import WrongUse, shown
from validator.iglu import SchemaCriterion, SchemaKey
from validator.nearby import Nearby

__all__ = ["Skips", "checked"]

_ALL = "*"


@attrs.frozen
class Skips:
    """Rules that are left out."""

    #: Ids of rules that are left out everywhere.
    everywhere: frozenset[str] = frozenset()
    #: Ids of rules that are left out for the schemas that fit.
    by_schema: tuple[tuple[SchemaCriterion, frozenset[str]], ...] = ()

    @classmethod
    def parse(cls, texts: Iterable[str], ids: Collection[str]) -> Skips:
        """Parse what is left out, of the rules of so many ids.

        `id,id` is left out everywhere, `iglu:VENDOR/NAME/FORMAT/VERSION=id,id` for a schema;
        VERSION may have `*` in any place, and `*` for the ids is all of them.

        :raises InvalidIgluUri: if what is before `=` is no Iglu URI.
        :raises WrongUse: if there is no rule of an id, or a text is no str.

        >>> skips = Skips.parse(["description"], ["description"])
        >>> skips.everywhere
        frozenset({'description'})
        """
        everywhere: set[str] = set()
        by_schema = []
        for text in texts:
            if type(text) is not str:
                message = f"what is left out is told by a str, not {shown(text)}"
                raise WrongUse(message)
            schema, is_some, named = text.rpartition("=")
            chosen = _chosen(named, ids)
            if is_some:
                by_schema.append((SchemaCriterion.parse(schema), chosen))
            else:
                everywhere |= chosen
        return cls(frozenset(everywhere), tuple(by_schema))

    def of(self, key: SchemaKey | None) -> frozenset[str]:
        """Give the ids of the rules that are left out for a schema; None for one without a name."""
        fitting = [
            ids for criterion, ids in self.by_schema if key is not None and criterion.matches(key)
        ]
        return self.everywhere.union(*fitting)


def _chosen(text: str, ids: Collection[str]) -> frozenset[str]:
    if text.strip() == _ALL:
        return frozenset(ids)
    return checked((each.strip() for each in text.split(",")), ids)


def checked(chosen: Iterable[str], ids: Collection[str]) -> frozenset[str]:
    """Make sure that there is a rule of each id.

    :raises WrongUse: if there is none; the message says which one was probably meant.
    """
    found = set()
    for each in chosen:
        if type(each) is not str or each not in ids:
            meant = Nearby().closest(each, sorted(ids)) if type(each) is str else None
            hint = f"did you mean {meant}?" if meant else "docs/lint.md lists them"
            message = f"there is no rule {shown(each)}; {hint}"
            raise WrongUse(message)
        found.add(each)
    return frozenset(found)
