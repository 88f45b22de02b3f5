"""Where the pages of a site are."""

from __future__ import annotations

from validator.iglu import SchemaKey

__all__ = ["ROOT", "folder", "href", "page_path"]

#: Leads from the page of a schema to the root of the site.
ROOT = "../../"
_FORMAT = "jsonschema"
_INDEX = "index.html"


def folder(vendor: str, name: str) -> str:
    """Give the folder of the pages of all versions of a schema.

    A vendor may be called as the site's own page is; no vendor begins with a dash.
    """
    return f"-{vendor}/{name}" if vendor.lower() == _INDEX else f"{vendor}/{name}"


def page_path(key: SchemaKey) -> str:
    """Give the page of a schema: the same in every build.

    >>> page_path(SchemaKey.parse("iglu:com.acme/user/jsonschema/1-0-0"))
    'com.acme/user/1-0-0.html'
    """
    format_ = "" if key.format == _FORMAT else f"{key.format}-"
    return f"{folder(key.vendor, key.name)}/{format_}{key.version}.html"


def href(key: SchemaKey) -> str:
    """Give a link to the page of a schema from that of another."""
    return f"{ROOT}{page_path(key)}"
