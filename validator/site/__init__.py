"""A static site of schemas: a page each, what changed between versions, a search.

It needs no server and no network: its pages work from a folder. What schemas say is shown, and
nothing of it is ever run.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from validator.errors import WrongUse, is_a, shown
from validator.registry import Registry
from validator.site.building import Built, write_site
from validator.site.catalogue import Broken
from validator.site.folders import folder_at
from validator.site.rendering import environment

__all__ = ["Broken", "Built", "build"]


def build(
    registry: Registry,
    to: str | Path,
    *,
    title: str = "Schemas",
    progress: Callable[[], object] | None = None,
) -> Built:
    """Write the site of a registry to a folder: a new one, an empty one, or one of an older build.

    The same schemas give the same bytes. It needs Jinja: `event-payload-validator[docs]`.

    :param title: what the site is called.
    :param progress: called after each schema.
    :raises WrongUse: if an argument is something else, Jinja is not installed, or the folder holds
        what this did not write; then nothing is changed.
    :raises UnreadableFile: if the folder can't be written.
    :raises RegistryUnavailable: if the registry did not answer.
    """
    if not is_a(registry, Registry):
        message = f"a site is built of a Registry, not of {shown(registry)}"
        raise WrongUse(message)
    if not is_a(to, str) and not is_a(to, Path):
        message = f"a site is written to the path of a folder, not to {shown(to)}"
        raise WrongUse(message)
    if type(title) is not str:
        message = f"the title of a site is a str, not {shown(title)}"
        raise WrongUse(message)
    if progress is not None and not callable(progress):
        message = f"progress is a function, not {shown(progress)}"
        raise WrongUse(message)
    templates = environment()
    with folder_at(Path(to)) as folder:
        return write_site(registry, folder, templates, title, progress or (lambda: None))
