"""The site of this project's own schemas, as it is published under docs/schemas."""

from pathlib import Path

from validator import Registry
from validator.site import build

_PUBLISHED = Path(__file__).parents[2] / "docs" / "schemas"
_ANEW = "build it anew: validator schema docs --to docs/schemas"


def _files(of: Path) -> dict[str, bytes]:
    found = [each for each in of.rglob("*") if each.is_file()]
    return {each.relative_to(of).as_posix(): each.read_bytes() for each in found}


def test_published_site(tmp_path: Path) -> None:
    """What is published is what is built of the schemas as they are, byte for byte."""
    built = build(Registry(), tmp_path / "site")
    anew, published = _files(tmp_path / "site"), _files(_PUBLISHED)

    assert built.broken == built.uncompared == ()
    assert anew.keys() == published.keys(), _ANEW
    assert [path for path in anew if anew[path] != published[path]] == [], _ANEW
