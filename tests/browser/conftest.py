"""A headless Chromium without a network, and the page of the invented graph in it."""

import importlib.util
import os
import shutil
from pathlib import Path
from urllib.parse import quote

import pytest

from kg.show.page import render_page

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def invented():
    path = Path(__file__).resolve().parent.parent / "unit" / "show" / "invented.py"
    spec = importlib.util.spec_from_file_location("browser_invented", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def chromium():
    """The browser; without one, tests are skipped on a desk and fail where CI is set."""
    executable = next(filter(None, map(shutil.which, NAMES)), None)
    if executable is None:
        reason = f"no browser: none of {', '.join(NAMES)} is on the PATH"
        if os.environ.get("CI", "").lower() in ("1", "true", "yes"):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        yield browser
        browser.close()


class Window:
    """A page open in the browser, and all that it did that it should not."""

    def __init__(self, context, uri):
        self.context, self.uri = context, uri
        self.requests, self.complaints = [], []
        context.set_default_timeout(10_000)
        context.route("**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort())
        self.page = context.new_page()
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: (self.complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.context.on("page", lambda other: self.complaints.append(f"window: {other.url}"))

    def open(self, fragment=""):
        self.page.goto(self.uri + fragment)
        self.page.wait_for_selector("html[data-ready]")
        self.page.wait_for_function("kg.labels().length > 0")
        self.next_frame()
        return self.page

    def kept_quiet(self):
        assert self.complaints == []
        assert {url.partition("#")[0] for url in self.requests} <= {self.uri}

    def next_frame(self):
        """Wait until what was asked for has been drawn."""
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))")

    def labels(self):
        return self.page.evaluate("kg.labels()")

    def click_on_map(self, name):
        """A real click on the glyph of an agent, by name, or of a statement, by number."""
        spot = self.page.evaluate(
            """name => { const node = kg.model.data.nodes.find((node) => node.name === name || node.n === name);
                         const box = document.getElementById("map").getBoundingClientRect(), at = kg.map.at(node.id);
                         return [box.x + at.x, box.y + at.y]; }""",
            name,
        )
        before = self.page.url
        self.page.mouse.click(*spot)
        self.page.wait_for_function("before => location.href !== before", arg=before)
        self.next_frame()

    def heading(self):
        self.next_frame()
        return self.page.locator("#panel h2").inner_text()


@pytest.fixture(scope="session")
def write_page(tmp_path_factory):
    """Write a graph's page and give its file: address."""

    def write(graph, title="An invented page"):
        path = tmp_path_factory.mktemp("page") / "page.html"
        path.write_text(render_page(graph, title=title), encoding="utf-8")
        return path.as_uri()

    return write


@pytest.fixture(scope="session")
def invented_uri(invented, write_page):
    return write_page(invented.invented_graph(), "Estuary towns weigh a second tidal barrage")


@pytest.fixture(scope="session")
def news_uri(invented, write_page):
    return write_page(invented.invented_news(), "The second wall")


@pytest.fixture(scope="module")
def news_window(chromium, news_uri):
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    view = Window(context, news_uri)
    view.open()
    yield view
    context.close()
    view.kept_quiet()


@pytest.fixture
def news(news_window):
    """The page of several articles in one window for a whole file of tests, brought back to where it began."""
    news_window.page.evaluate("kg.filters.close(); kg.state.set(kg.state.blank(), { moved: true })")
    news_window.next_frame()
    return news_window


@pytest.fixture
def window(chromium, invented_uri):
    """Opens the page of the invented graph (or of another address) in a window of its own; at the end, it must have kept quiet."""
    opened = []

    def open_window(uri=invented_uri, *, width=1440, height=900, **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **options)
        opened.append(Window(context, uri))
        return opened[-1]

    yield open_window
    for one in opened:
        one.context.close()
        one.kept_quiet()


@pytest.fixture
def address(invented):
    """The fragment that leads to something in the invented graph."""
    return lambda name: "#" + quote(invented.iri(name), safe=":/")
