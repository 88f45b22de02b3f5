"""Whole sites: what is in them, and that nothing that a schema says is ever markup."""

import itertools
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from registries import Unreachable, acme
from validator import InMemory, Registry, RegistryUnavailable, UnreadableFile, WrongUse
from validator.site import build
from validator.site.folders import MARKER

_VOID = {"meta", "link", "input", "br", "wbr"}


class _Page(HTMLParser):
    """Reads a page strictly enough: what is opened is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, attribute: str) -> list[str]:
        """Give what an attribute is wherever it is."""
        return [value for _, attrs in self.tags if (value := attrs.get(attribute))]


def _pages(site: Path) -> Iterator[tuple[Path, _Page]]:
    for file in sorted(site.rglob("*.html")):
        yield file, _Page(file.read_text())


def _read(site: Path, path: str) -> _Page:
    return _Page((site / path).read_text())


def test_files(site: Path) -> None:
    """There is a page a version at its path, one for the newest of each name, and an index."""
    found = {str(each.relative_to(site)) for each in site.rglob("*") if each.is_file()}

    assert found >= {
        "index.html",
        "assets/site.css",
        "assets/schemas.js",
        "com.acme/hostile/1-0-0.html",
        "com.acme/hostile/1-0-1.html",
        "com.acme/hostile/index.html",
        "com.acme/broken/1-0-0.html",
        MARKER,
    }
    newest = (site / "com.acme/hostile/1-0-1.html").read_bytes()
    assert (site / "com.acme/hostile/index.html").read_bytes() == newest


def test_same_bytes(site: Path, registry: Registry, hostile: str, tmp_path: Path) -> None:
    """The same schemas give the same bytes."""
    build(registry, tmp_path / "again", title=hostile)

    for file in sorted(site.rglob("*")):
        if file.is_file():
            assert (tmp_path / "again" / file.relative_to(site)).read_bytes() == file.read_bytes()


def test_nothing_is_markup(site: Path) -> None:
    """Of what schemas say nothing is a tag or an attribute that runs, loads or leads away."""
    for _, page in _pages(site):
        assert {tag for tag, _ in page.tags} & {"img", "iframe", "style", "base", "form"} == set()
        scripts = [attrs for tag, attrs in page.tags if tag == "script"]
        assert all(set(attrs) == {"src", "defer"} for attrs in scripts)
        assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]
        assert page.values("style") == []
        assert "49" not in page.text.split("{{ 7 * 7 }}")


def test_policy(site: Path) -> None:
    """Each page forbids all that it does not bring itself."""
    policy = (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'"
    )
    for _, page in _pages(site):
        (told,) = [
            attrs["content"]
            for _, attrs in page.tags
            if attrs.get("http-equiv") == "Content-Security-Policy"
        ]
        assert told == policy


def test_links_lead_to_what_is_there(site: Path) -> None:
    """Each link is within the site, and leads to a file, and to an id in it."""
    ids = {file: page.values("id") for file, page in _pages(site)}
    for file, page in _pages(site):
        assert len(ids[file]) == len({*ids[file]}), file
        for link in page.values("href") + page.values("src"):
            parts = urlsplit(link)
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            assert (parts.scheme, parts.netloc) == ("", "")
            assert target.is_file(), (file, link)
            assert not parts.fragment or parts.fragment in ids[target], (file, link)


def test_headings_are_in_order(site: Path) -> None:
    """Each page has one first heading, and none that leaves a level out."""
    for file, page in _pages(site):
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1, file
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_unseen_characters_are_seen(site: Path) -> None:
    """What would turn the direction of a page, or is nothing, is written as what it is."""
    for _, page in _pages(site):
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08]", page.text)
    assert "\\u202egnp.exe" in _read(site, "com.acme/hostile/1-0-0.html").text


def test_schema_that_can_not_judge(site: Path) -> None:
    """Its page says what is wrong, and shows it; it has no fields and no example."""
    page = _read(site, "com.acme/broken/1-0-0.html")

    assert "is not a usable schema: at /type" in page.text
    assert '"strin"' in page.text
    assert "fields" not in page.values("id")
    assert "t judge" in _read(site, "index.html").text


def test_schema_that_accepts_nothing(site: Path) -> None:
    """Its page says that there is no example, and why."""
    assert (
        "There is no example: it accepts none." in _read(site, "com.acme/nothing/1-0-0.html").text
    )


def test_uses(site: Path) -> None:
    """Pages say who refers to a schema, and what took its place."""
    tree = _read(site, "com.acme/tree/1-0-0.html")
    assert "iglu:com.acme/hostile/jsonschema/1-0-0 refers to it." in tree.text
    old = _read(site, "com.acme/taken_over/1-0-0.html").text
    assert "checked by iglu:com.acme/taken_over/jsonschema/1-0-1" in old
    new = _read(site, "com.acme/taken_over/1-0-1.html").text
    assert "judges data that names iglu:com.acme/taken_over/jsonschema/1-0-0" in new


def test_changes(site: Path) -> None:
    """The verdict of both directions comes before the changes, with the document that shows it."""
    page = _read(site, "com.acme/taken_over/1-0-1.html")
    text = " ".join(page.text.split())

    assert "What changed since 1-0-0" in text
    assert "Does 1-0-1 accept all that 1-0-0 accepts? no. 1-0-0 accepts this document" in text
    assert '{ "b": ' in text
    assert "Does 1-0-0 accept all that 1-0-1 accepts? yes, this is proved." in text
    assert "Step taken: ADDITION. Step needed: " in text


def test_versions_that_can_not_be_compared(tmp_path: Path) -> None:
    """Where one version can't judge, the page of the next says that they can't be compared."""
    schemas = [acme("a", type="strin"), acme("a", "1-0-1"), acme("a", "1-0-2")]
    built = build(Registry(InMemory(schemas)), tmp_path / "site")

    assert [str(each.version) for each in built.uncompared] == ["1-0-1"]
    assert [str(each.key.version) for each in built.broken] == ["1-0-0"]
    page = _read(tmp_path / "site", "com.acme/a/1-0-1.html").text
    assert "They could not be compared: iglu:com.acme/a/jsonschema/1-0-0 is not" in page
    assert "not compared" in page
    assert "Nothing changed that decides what is accepted." in (
        _read(tmp_path / "site", "com.acme/a/1-0-2.html").text
    )


def test_no_schemas(tmp_path: Path) -> None:
    """The site of a registry that has none says so."""
    built = build(Registry(InMemory([])), tmp_path / "site", title="None")

    assert (built.schemas, built.broken, built.uncompared) == (0, (), ())
    assert "There are no schemas in this registry." in _read(tmp_path / "site", "index.html").text


def test_progress(tmp_path: Path) -> None:
    """Progress is told once a schema."""
    steps: list[None] = []
    schemas = [acme("a"), acme("a", "1-0-1"), acme("b", type="strin")]
    build(Registry(InMemory(schemas)), str(tmp_path / "site"), progress=lambda: steps.append(None))

    assert len(steps) == 3


def test_wrong_use(tmp_path: Path) -> None:
    """What is no registry, no path, no title or no function is refused, and nothing written."""
    wrong = [
        (("x", tmp_path / "site"), {}, "a site is built of a Registry, not of 'x'"),
        ((Registry(), 1), {}, "a site is written to the path of a folder, not to 1"),
        ((Registry(), tmp_path / "site"), {"title": 1}, "the title of a site is a str, not 1"),
        ((Registry(), tmp_path / "site"), {"progress": 1}, "progress is a function, not 1"),
    ]
    for args, options, message in wrong:
        with pytest.raises(WrongUse, match=message):
            build(*args, **options)  # type: ignore[arg-type]  # that is what is tested
    assert list(tmp_path.iterdir()) == []


def test_registry_that_does_not_answer(site: Path, tmp_path: Path) -> None:
    """When the registry does not answer, no site is written."""
    with pytest.raises(RegistryUnavailable):
        build(Registry(Unreachable()), tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_place_that_can_not_be_written(tmp_path: Path) -> None:
    """A place that can't be written to is told as that."""
    (tmp_path / "file").write_text("")

    with pytest.raises(UnreadableFile, match="can't be written"):
        build(Registry(InMemory([])), tmp_path / "file" / "site")
