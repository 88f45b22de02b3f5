"""The site as a browser shows it: from a folder and from a server, in both colour schemes."""

from __future__ import annotations

import functools
import os
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

import attrs
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, sync_playwright

from validator import Registry
from validator.site import build

pytestmark = pytest.mark.browser

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_MISSING = f"no browser is installed: none of {', '.join(_BROWSERS)}; apt-get install chromium"
_LEAST_CONTRAST = 4.5
#: The pages that are looked at: with fields of all kinds, hostile texts, changes, problems.
_PAGES = (
    "index.html",
    "com.acme/hostile/1-0-0.html",
    "com.acme/hostile/1-0-1.html",
    "com.acme/taken_over/1-0-1.html",
    "com.acme/broken/1-0-0.html",
    "com.acme/tree/1-0-0.html",
)
#: Gives the text, the contrast and the place of each text that is less legible than asked.
_ILLEGIBLE = """least => {
  const channel = value => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  const parsed = colour => colour.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) =>
    0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ground = element => {
    for (let each = element; each; each = each.parentElement) {
      const [r, g, b, a = 1] = parsed(getComputedStyle(each).backgroundColor);
      if (a === 1) return [r, g, b];
    }
    throw new Error("no ground");
  };
  const texts = [...document.querySelectorAll("body *")].filter(element =>
    element.checkVisibility() &&
    [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()));
  const found = texts.map(element => {
    const [one, other] = [
      luminance(parsed(getComputedStyle(element).color)), luminance(ground(element)),
    ].sort((a, b) => b - a);
    return [element.textContent.slice(0, 40), (one + 0.05) / (other + 0.05), element.className];
  });
  return [texts.length, found.filter(([, contrast]) => contrast < least)];
}"""


_WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
#: How the cells of the table of fields are laid out.
_CELLS = "[...document.querySelectorAll('.fields td')].map(each => getComputedStyle(each).display)"
#: What each colour scheme has behind everything.
_GROUNDS: dict[Literal["light", "dark"], str] = {
    "light": "rgb(255, 255, 255)",
    "dark": "rgb(20, 23, 27)",
}


def _executable() -> str:
    """Find a browser; without one, the tests skip, or fail where one is required."""
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if found is None and os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(_MISSING)
    return found or pytest.skip(_MISSING)


@pytest.fixture(name="browser", scope="module")
def _browser() -> Iterator[Browser]:
    # A browser's sandbox does not start for root, as whom CI runs in its container.
    args = ["--no-sandbox"] if os.geteuid() == 0 else []
    executable = _executable()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=executable, args=args)
        yield browser
        browser.close()


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files, and says nothing."""

    def log_message(self, *_: object) -> None:
        """Leave standard error to the tests."""


@pytest.fixture(name="served", scope="module")
def _served(site: Path) -> Iterator[str]:
    """Serve the site on this machine alone."""
    serve = functools.partial(_Quiet, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@attrs.frozen
class _Visit:
    """A page in a browser, and what went wrong there."""

    page: Page
    root: str
    #: Requests for what is not of the site.
    strange: list[str]
    #: Errors and warnings that a page wrote to the console, or threw.
    complaints: list[str]

    def to(self, path: str) -> Page:
        """Go to a page of the site."""
        self.page.goto(f"{self.root}/{path}")
        return self.page


def _visit(context: BrowserContext, root: str) -> _Visit:
    visit = _Visit(context.new_page(), root, [], [])

    def routed(route: Route, request: Request) -> None:
        if request.url.startswith(f"{root}/"):
            route.continue_()
        else:
            route.abort()

    context.route("**/*", routed)

    def seen(request: Request) -> None:  # some that no route is asked of, too
        if not request.url.startswith(f"{root}/"):
            visit.strange.append(request.url)

    context.on("request", seen)
    visit.page.on("console", lambda message: visit.complaints.append(message.text))
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    return visit


@pytest.fixture(name="visit", params=["file", "http"])
def _visits(
    request: pytest.FixtureRequest, browser: Browser, site: Path, served: str
) -> Iterator[_Visit]:
    """Visit the site from its folder, and from a server; nothing must have gone wrong there."""
    root = site.as_uri() if request.param == "file" else served
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    visit = _visit(context, root)
    yield visit
    ran = visit.page.evaluate("window.ran")
    context.close()
    assert (visit.strange, visit.complaints, ran) == ([], [], None)


def _focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent"))


@pytest.mark.parametrize("path", _PAGES)
def test_pages_are_quiet(visit: _Visit, path: str) -> None:
    """A page asks for nothing elsewhere, complains of nothing, and runs nothing of a schema's."""
    page = visit.to(path)
    page.wait_for_load_state("networkidle")

    assert page.evaluate("getComputedStyle(document.body).maxWidth") == "1152px"  # it has style
    for summary in page.locator("summary").all():
        summary.click()
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.compatMode") == "CSS1Compat"


def test_search(visit: _Visit) -> None:
    """A search by the name of a field finds the schema, says how many, and leads there."""
    page = visit.to("index.html")
    assert page.locator("#all").is_visible()
    page.get_by_label("Search by URI").fill("LABEL")

    assert page.locator("#count").inner_text() == "2 schemas match “LABEL”."
    assert page.locator("#count").get_attribute("aria-live") == "polite"
    assert not page.locator("#all").is_visible()
    page.locator("#results").get_by_role("link", name="label", exact=True).click()
    assert page.url == f"{visit.root}/com.acme/tree/1-0-0.html#field-label"
    assert page.locator("tr:target th").inner_text().split() == ["label", "required"]


_FOUND = {
    "taken_over": ["iglu:com.acme/taken_over/jsonschema/1-0-1"],
    "taken_over 1-0-0": ["iglu:com.acme/taken_over/jsonschema/1-0-0"],
    "node": ["iglu:com.acme/tree/jsonschema/1-0-0"],
    "tree acme children": ["iglu:com.acme/tree/jsonschema/1-0-0"],
    "__proto__": ["iglu:com.acme/hostile/jsonschema/1-0-0"],
    "<script>": ["iglu:com.acme/hostile/jsonschema/1-0-0"],
    "tree hostile": [],
}


def test_what_is_found(visit: _Visit) -> None:
    """All words must fit; of several versions that fit as well, the newest is told."""
    page = visit.to("index.html")
    for query, uris in _FOUND.items():
        page.locator("#query").fill(query)

        assert page.locator("#results > li > a").all_inner_texts() == uris
        assert page.locator("#count").inner_text().startswith(f"{len(uris) or 'No'} schema")


def test_keyboard(visit: _Visit) -> None:
    """The keyboard alone reaches the content, the search, what is found, and back."""
    page = visit.to("index.html")
    page.keyboard.press("Tab")
    assert page.locator(".skip").bounding_box()["y"] >= 0  # type: ignore[index]  # it is shown
    page.keyboard.press("Enter")
    assert _focused(page) == "main"

    page.keyboard.press("/")
    assert _focused(page) == "query"
    page.keyboard.type("acme")
    first, second = page.locator("#results > li > a").all_inner_texts()[:2]
    page.keyboard.press("ArrowDown")
    assert _focused(page) == first
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("ArrowDown")
    assert _focused(page) == second
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert _focused(page) == "query"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert (_focused(page), page.locator("#query").input_value()) == ("query", "")
    page.keyboard.type("tree")
    page.keyboard.press("Tab")
    assert _focused(page) == "iglu:com.acme/tree/jsonschema/1-0-0"
    page.keyboard.press("Enter")
    page.wait_for_url("**/com.acme/tree/1-0-0.html")
    page.go_back()
    assert page.locator("#count").inner_text() == "1 schema matches “tree”."


def _unfolded(page: Page, path: str) -> None:
    """Show all that a page can show."""
    if path == "index.html":
        page.locator("#query").fill("acme")
    for summary in page.locator("summary").all():
        summary.click()


@pytest.mark.parametrize("path", _PAGES)
def test_contrast(browser: Browser, site: Path, path: str) -> None:
    """In both colour schemes every text stands out from its ground."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site.as_uri()}/{path}#field-label")
        _unfolded(page, path)
        for scheme, expected in _GROUNDS.items():
            page.emulate_media(color_scheme=scheme)
            looked_at, illegible = page.evaluate(_ILLEGIBLE, _LEAST_CONTRAST)

            ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
            assert (ground, illegible) == (expected, [])
            assert looked_at > 5


@pytest.mark.parametrize("path", _PAGES)
def test_nothing_scrolls_sideways(browser: Browser, site: Path, path: str) -> None:
    """However narrow the screen and however long the texts, no page is wider than it."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site.as_uri()}/{path}")
        _unfolded(page, path)
        for width in (320, 360, 640, 641, 1200):
            page.set_viewport_size({"width": width, "height": 800})

            assert page.evaluate(_WIDTHS) == [width, width]
            assert set(page.evaluate(_CELLS)) <= {
                "block" if width <= 640 else "table-cell",
                "none",
            }


def test_without_javascript(browser: Browser, site: Path) -> None:
    """Without scripts all schemas are listed, and there is no search that does not work."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/index.html")

    assert not page.locator("#search").is_visible()
    assert page.get_by_role("link", name="tree").is_visible()
    page.get_by_role("link", name="tree").click()
    assert page.get_by_role("heading", name="Fields").is_visible()
    assert page.get_by_role("button").count() == 0
    context.close()


def test_copying(browser: Browser, site: Path) -> None:
    """A button copies the URI; where that is not allowed, the URI is selected."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{site.as_uri()}/com.acme/tree/1-0-0.html")
    page.get_by_role("button", name="Copy: URI").click()
    page.get_by_role("button", name="Copy: URI").filter(has_text="Copied").wait_for()
    uri = "iglu:com.acme/tree/jsonschema/1-0-0"
    assert page.evaluate("navigator.clipboard.readText()") == uri

    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()) }")
    page.get_by_role("button", name="Copy: URI").click()
    page.get_by_role("button", name="Copy: URI").filter(has_text="Selected").wait_for()
    assert page.evaluate("getSelection().toString()") == uri
    context.close()


def test_links_open(visit: _Visit, site: Path) -> None:
    """Every link that a browser sees leads to a file of the site."""
    for path in _PAGES:
        page = visit.to(path)
        if path == "index.html":
            page.locator("#query").fill("a")
        links = page.evaluate("[...document.links].map(link => link.href)")
        assert links
        for link in links:
            assert link.startswith(f"{visit.root}/")
            relative = link.removeprefix(f"{visit.root}/")
            assert (site / unquote(urlsplit(relative).path)).is_file(), link


def test_site_of_this_project(browser: Browser, tmp_path: Path) -> None:
    """The site of the packaged schemas is looked at, too: its largest pages, on a phone."""
    build(Registry(), tmp_path / "site")
    context = browser.new_context(viewport={"width": 360, "height": 800})
    visit = _visit(context, (tmp_path / "site").as_uri())
    largest = sorted((tmp_path / "site").rglob("1-*.html"), key=lambda each: each.stat().st_size)
    for file in largest[-3:]:
        page = visit.to(file.relative_to(tmp_path / "site").as_posix())
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        assert page.evaluate(_ILLEGIBLE, _LEAST_CONTRAST)[1] == []
    visit.to("index.html").locator("#query").fill("batteryLevel")
    assert visit.page.locator("#count").inner_text() == "1 schema matches “batteryLevel”."
    context.close()

    assert (visit.strange, visit.complaints) == ([], [])
