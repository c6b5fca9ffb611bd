"""The pictures of the page in docs/images: the newsroom's sixteen invented articles, drawn and photographed in headless Chromium.

Run it with `make screenshots`; it needs a Chromium on the PATH. The pictures are those of this machine's fonts, so no test compares them;
one of more than 200 kB is an error.
"""

import io
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

import kg
from kg.show.page import render_page

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
TITLE = "A newsroom, invented: who said what"
LARGEST = 200_000  # bytes
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# In the page: somebody by name, a statement by some of its words.
_NAMED = (
    "const named = (name) => kg.model.agents.filter((node) => node.name === name).sort((a, b) => b.claims.length - a.claims.length)[0].id;"
)
_WORDED = "const worded = (words) => kg.model.claims.find((claim) => claim.text.includes(words)).id;"
_LAPTOP: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
_PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}

SHOTS: dict[str, tuple[dict[str, Any], str]] = {
    "home": (_LAPTOP, ""),
    "claim": (_LAPTOP, "kg.state.set({ chosen: worded('brake faults were found') }, { moved: true })"),
    "ego": (_LAPTOP, "kg.state.set({ chosen: named('Halvard Tennick'), ego: 2 }, { moved: true })"),
    "compare": (
        _LAPTOP,
        "kg.state.set({ chosen: worded('prices will average £85'), pair: [named('Halvard Tennick'), named('Renee Duvallon')], words: 'megawatt-hour' }, { moved: true })",
    ),
    "timeline": (
        _LAPTOP,
        "kg.state.set({ from: '2025-05-01', to: '2025-10-31' }); document.querySelector('[data-facet=kind]').click()",
    ),
    "dark": ({**_LAPTOP, "color_scheme": "dark"}, "kg.state.set({ chosen: named('Nora Pellingham') }, { moved: true })"),
    "phone": (_PHONE, ""),
    "print": (_LAPTOP, ""),
}


def main() -> int:
    """Make all of them, or those named on the command line."""
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        print(f"make_screenshots: none of {', '.join(BROWSERS)} is on the PATH. Install one.", file=sys.stderr)
        return 1
    wanted = sys.argv[1:] or list(SHOTS)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = _page(Path(folder))
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        sizes = {name: _shoot(browser, page, name) for name in wanted}
        browser.close()
    for name, size in sizes.items():
        print(f"docs/images/{name}.png  {size:,} bytes")
    return int(any(size > LARGEST for size in sizes.values()))


def _page(folder: Path) -> str:
    settings = kg.load_settings({"store": str(folder / "store")})
    kg.build([ROOT / "examples" / "newsroom" / "articles.jsonl"], settings=settings)
    with kg.open_store(settings.store) as store:
        network = kg.to_networkx(store)
    path = folder / "page.html"
    path.write_text(render_page(network, title=TITLE), encoding="utf-8")
    return path.as_uri()


def _shoot(browser: Browser, uri: str, name: str) -> int:
    options, act = SHOTS[name]
    context = browser.new_context(reduced_motion="reduce", **options)
    page = context.new_page()
    page.goto(uri)
    page.wait_for_selector("html[data-ready]")
    page.evaluate(f"() => {{ {_NAMED} {_WORDED} {act} }}")
    if name == "print":
        _on_paper(page)
    _settled(page)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    target = IMAGES / f"{name}.png"
    # The most different colours, not the most common: what is rare on the page means something.
    picture.quantize(256, method=Image.Quantize.MAXCOVERAGE, kmeans=4, dither=Image.Dither.NONE).save(target, optimize=True)
    return target.stat().st_size


def _on_paper(page: Page) -> None:
    """The first sheet, A4 at 96 dots an inch, with the margins that a printer leaves."""
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.wait_for_function("() => document.getElementById('paper').naturalWidth > 0")
    page.set_viewport_size({"width": 794, "height": 1123})
    page.emulate_media(media="print")
    page.evaluate("document.body.style.padding = '60px 57px'")


def _settled(page: Page) -> None:
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))")


if __name__ == "__main__":
    raise SystemExit(main())
