"""Publishing: from the draft of a version, through the gate, into a static Iglu registry.

`drafting` makes a first or a next version and its suite; `history` tells what was published, from
git or from a lock; `verifying` is the gate: it finds what keeps schemas from being published;
`releasing` publishes them. Beneath them, `versions` knows which version may come next, `steps`
whether a version's step is large enough, `folders` what lies in a registry, `sources` what is wrong
with what is to be published by itself, `planning` what is to be written where, and `storing` writes
it so that a registry is whole at any moment.
"""

from __future__ import annotations

from validator.publishing.drafting import Draft, File, bump, new, write
from validator.publishing.folders import Judged
from validator.publishing.git import contents_at
from validator.publishing.history import Locked, Published, lock
from validator.publishing.planning import Entry, Release
from validator.publishing.releasing import publish
from validator.publishing.verifying import RULES, verify

__all__ = [
    "RULES",
    "Draft",
    "Entry",
    "File",
    "Judged",
    "Locked",
    "Published",
    "Release",
    "bump",
    "contents_at",
    "lock",
    "new",
    "publish",
    "verify",
    "write",
]
