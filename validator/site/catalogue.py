"""What a site tells of each schema, read from a registry once."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping

import attrs

from validator.closure import Closure
from validator.dialects import DEFAULT
from validator.errors import NoVerdict, RegistryUnavailable
from validator.iglu import SchemaKey
from validator.judge import Judge
from validator.limits import Limits
from validator.registry import Registry
from validator.site.changes import Changed, changed
from validator.site.examples import Example, example
from validator.site.fields import fields
from validator.site.paths import folder, href, page_path
from validator.site.snapshots import Snapshot
from validator.site.uses import Uses, uses
from validator.site.values import Fields

__all__ = ["Broken", "Catalogue", "Entry", "Family", "catalogue"]

_SUMMARY = 200
_SENTENCE = re.compile(r"(?<=[.!?])\s")


@attrs.frozen
class Broken:
    """A schema that can't judge, and why."""

    key: SchemaKey
    problem: str


@attrs.frozen(kw_only=True)
class Entry:
    """A schema of the registry."""

    key: SchemaKey
    #: The bytes as they are kept, as text; empty where they can't be read.
    text: str
    #: None where it can't judge; then `problem` says why.
    closure: Closure | None
    problem: str = ""
    uses: Uses | None = None

    @property
    def description(self) -> str:
        """What it says of itself."""
        contents = None if self.closure is None else self.closure.root.contents
        said = contents.get("description") if isinstance(contents, dict) else None
        return said if isinstance(said, str) else ""

    @property
    def summary(self) -> str:
        """The first sentence of that, cut where it is long."""
        first = _SENTENCE.split(self.description.strip(), maxsplit=1)[0]
        return first if len(first) <= _SUMMARY else f"{first[:_SUMMARY]}…"

    @property
    def path(self) -> str:
        """Where its page is within the site."""
        return page_path(self.key)


@attrs.frozen
class Family:
    """All versions of one schema, the oldest first."""

    vendor: str
    name: str
    entries: tuple[Entry, ...]

    @property
    def newest(self) -> Entry:
        """The newest version: of those that can judge, if any can."""
        judging = [entry for entry in self.entries if entry.closure is not None]
        return (judging or self.entries)[-1]

    @property
    def path(self) -> str:
        """Where the page of the newest is found whatever its number."""
        return f"{folder(self.vendor, self.name)}/index.html"


@attrs.frozen
class Catalogue:
    """All that a site is made of."""

    #: As it was when the site was begun.
    registry: Registry
    families: tuple[Family, ...]
    _packaged: frozenset[SchemaKey]

    @property
    def keys(self) -> frozenset[SchemaKey]:
        """The keys of the schemas that have a page."""
        return frozenset(entry.key for family in self.families for entry in family.entries)

    @property
    def broken(self) -> tuple[Broken, ...]:
        """The schemas that can't judge."""
        entries = [entry for family in self.families for entry in family.entries]
        return tuple(Broken(each.key, each.problem) for each in entries if each.closure is None)

    def example(self, entry: Entry) -> Example:
        """Draw a payload of a schema that can judge."""
        return example(entry.key, self.registry, is_packaged=entry.key in self._packaged)

    def fields(self, closure: Closure, shown: Example, keys: frozenset[SchemaKey]) -> Fields:
        """Give the fields of a schema, with links to the pages of others."""
        return fields(closure, shown.payload, lambda key: href(key) if key in keys else None)

    def changes(self, family: Family) -> dict[SchemaKey, Changed]:
        """Compare each version with the one before it."""
        keys = [entry.key for entry in family.entries]
        pairs = itertools.pairwise(keys)
        return {new: changed(old, new, self.registry) for old, new in pairs}


def catalogue(registry: Registry) -> Catalogue:
    """Read all schemas of a registry.

    :raises RegistryUnavailable: if it did not answer.
    """
    kept = Registry(Snapshot(registry))
    judge = Judge(kept, Limits(), "assert", DEFAULT, show_values=False)
    entries = [_entry(key, kept, judge) for key in kept.keys()]  # noqa: SIM118  # no dict
    closures = [entry.closure.root for entry in entries if entry.closure is not None]
    used = uses(closures, kept)
    return Catalogue(kept, _families(entries, used), _packaged(entries))


def _entry(key: SchemaKey, registry: Registry, judge: Judge) -> Entry:
    text = ""
    try:
        text = registry.read(key, suggesting=False).decode(errors="replace")
        return Entry(key=key, text=text, closure=judge.closed(key))
    except RegistryUnavailable:
        raise
    except NoVerdict as error:
        return Entry(key=key, text=text, closure=None, problem=str(error))


def _packaged(entries: Iterable[Entry]) -> frozenset[SchemaKey]:
    """Give the keys of the schemas that the package has, as they are here."""
    packaged = Registry()
    known = frozenset(packaged.keys())
    found = (each for each in entries if each.key in known)
    return frozenset(each.key for each in found if packaged.read(each.key).decode() == each.text)


def _families(entries: Iterable[Entry], used: Mapping[SchemaKey, Uses]) -> tuple[Family, ...]:
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        key = entry.key
        whole = attrs.evolve(entry, uses=used.get(key))
        found.setdefault((key.vendor, key.name), []).append(whole)
    return tuple(Family(*names, tuple(members)) for names, members in found.items())
