"""Where pages are."""

import pytest

from validator import SchemaKey
from validator.site.paths import folder, href, page_path


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("iglu:com.acme/user/jsonschema/1-0-0", "com.acme/user/1-0-0.html"),
        ("iglu:com.acme/user/avro/1-0-0", "com.acme/user/avro-1-0-0.html"),
        ("iglu:assets/site/jsonschema/1-0-0", "assets/site/1-0-0.html"),
        ("iglu:Index.html/user/jsonschema/1-0-0", "-Index.html/user/1-0-0.html"),
    ],
)
def test_page_path(uri: str, path: str) -> None:
    """A page is where its schema's name says, and never in the way of the site's own files."""
    assert page_path(SchemaKey.parse(uri)) == path
    assert href(SchemaKey.parse(uri)) == f"../../{path}"


def test_folder() -> None:
    """All versions of a schema share a folder."""
    assert folder("com.acme", "user") == "com.acme/user"
