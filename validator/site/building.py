"""The pages of a site, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import attrs

from validator.iglu import SchemaKey
from validator.registry import Registry
from validator.results import JSON
from validator.site.catalogue import Broken, Catalogue, Entry, Family, catalogue
from validator.site.changes import Changed
from validator.site.folders import Folder
from validator.site.paths import ROOT
from validator.site.rendering import assets
from validator.site.searching import found_by, script

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["Built", "write_site"]


@attrs.frozen
class Built:
    """What was built."""

    #: How many schemas have a page.
    schemas: int
    #: Those that can't judge: their pages say why, and here it is again.
    broken: tuple[Broken, ...] = ()
    #: Consecutive versions that could not be compared; why stands on the page of the newer.
    uncompared: tuple[SchemaKey, ...] = ()


def write_site(
    registry: Registry,
    to: Folder,
    templates: Environment,
    title: str,
    progress: Callable[[], object],
) -> Built:
    """Write all files of a site to a folder.

    :raises RegistryUnavailable: if the registry did not answer.
    """
    return _Writing(catalogue(registry), to, templates, title, progress).run()


class _Writing:
    """The state of one build."""

    def __init__(
        self,
        told: Catalogue,
        to: Folder,
        templates: Environment,
        title: str,
        progress: Callable[[], object],
    ) -> None:
        self._told = told
        self._keys = told.keys
        self._to = to
        self._templates = templates
        self._title = title
        self._progress = progress
        self._search: list[JSON] = []
        self._uncompared: list[SchemaKey] = []

    def run(self) -> Built:
        """Write all files."""
        for path, content in assets():
            self._to.write(path, content)
        for family in self._told.families:
            self._family(family)
        self._to.write("assets/schemas.js", script(self._search))
        self._page("index.html", "index.html", root="", families=self._told.families)
        return Built(len(self._keys), self._told.broken, tuple(self._uncompared))

    def _family(self, family: Family) -> None:
        changes = self._told.changes(family)
        self._uncompared += [new for new, each in changes.items() if each.comparison is None]
        for entry in family.entries:
            page = self._schema(family, entry, changes)
            self._to.write(entry.path, page)
            if entry is family.newest:
                self._to.write(family.path, page)
            self._progress()

    def _schema(self, family: Family, entry: Entry, changes: dict[SchemaKey, Changed]) -> bytes:
        is_newest = entry is family.newest
        shown, told = None, None
        if entry.closure is not None:
            shown = self._told.example(entry)
            told = self._told.fields(entry.closure, shown, self._keys)
        self._search.append(found_by(entry, told, is_newest=is_newest))
        return self._rendered(
            "schema.html",
            root=ROOT,
            family=family,
            entry=entry,
            is_newest=is_newest,
            example=shown,
            fields=told,
            changes=changes,
            changed=changes.get(entry.key),
            keys=self._keys,
        )

    def _page(self, template: str, path: str, **values: object) -> None:
        self._to.write(path, self._rendered(template, **values))

    def _rendered(self, template: str, **values: object) -> bytes:
        page = self._templates.get_template(template)
        return page.render(title=self._title, **values).encode()
