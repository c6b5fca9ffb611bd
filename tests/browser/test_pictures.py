"""Pictures to keep, and paper."""

import io
import itertools
import re
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

pytestmark = [pytest.mark.browser]

SVG = "{http://www.w3.org/2000/svg}"


def test_svg_is_saved_with_title_names_roles_and_legend(news, invented):
    page = news.page
    page.click("#save")
    with page.expect_download() as download:
        page.click("#save-svg")
    assert download.value.suggested_filename == "the-second-wall.svg"
    tree = ET.fromstring(download.value.path().read_text(encoding="utf-8"))
    assert tree.tag == f"{SVG}svg"
    words = [element.text for element in tree.iter(f"{SVG}text")]
    assert words[0] == "The second wall"
    assert words[1] == "5 people, 9 organisations, 20 statements from 4 articles"
    joined = " ".join(words)
    for _, _, name, _ in invented.PEOPLE[:8]:
        assert all(word in joined for word in name.split()), name
    assert {"agrees", "disagrees", "people", "OV"} <= set(words)
    assert not [
        element.tag for element in tree.iter() if element.tag.removeprefix(SVG) not in ("svg", "title", "rect", "text", "path", "g")
    ]


def test_png_is_saved_at_twice_the_size(news):
    page = news.page
    page.click("#save")
    with page.expect_download() as download:
        page.click("#save-png")
    assert download.value.suggested_filename == "the-second-wall.png"
    picture = Image.open(io.BytesIO(download.value.path().read_bytes()))
    assert picture.width == 2 * page.evaluate("document.getElementById('map').clientWidth")
    assert len(picture.convert("RGB").getcolors(1 << 24)) > 50  # something is drawn


def test_a_picture_says_what_filters_hide(news):
    page = news.page
    page.evaluate("kg.state.set({ kind: new Set(['direct']) })")
    news.next_frame()
    assert "5 statements of 20; 15 hidden by filters" in page.evaluate("kg.picture.svg()")


def test_a_link_to_the_view_is_copied(news_uri, window):
    view = window(news_uri, permissions=["clipboard-read", "clipboard-write"])
    page = view.open("#&kind=direct")
    page.click("#save")
    page.click("text=Link to this view")
    page.wait_for_selector("text=Copied")
    assert page.evaluate("navigator.clipboard.readText()") == news_uri + "#&kind=direct"


def test_paper_has_the_map_and_every_statement_that_passes(window, news_uri, tmp_path):
    page = window(news_uri, color_scheme="dark").open("#&kind=direct")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")  # as browsers do before they lay the page out for paper
    page.emulate_media(media="print")
    page.wait_for_function("() => document.getElementById('paper').naturalWidth > 300")
    assert page.locator("#paper").is_visible()
    assert page.locator("#report li").count() == 5
    assert "15 hidden by filters" in page.inner_text("#count")
    for hidden in ("#map", ".legend", "#panel", ".facets", ".tools"):
        assert not page.locator(hidden).is_visible(), hidden
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    pdf = page.pdf(format="A4")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 4


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 720), (390, 844)])
@pytest.mark.parametrize("act", ["", "all: true", "chosen: 3", "chosen: 3, ego: 2", "kind: new Set(['direct'])"])
def test_no_words_on_the_map_overprint(news, width, height, act):
    """What is printed on the map, measured: no two boxes meet, and none is over a glyph of another."""
    page = news.page
    page.set_viewport_size({"width": width, "height": height})
    news.next_frame()
    page.evaluate("act => 0", act)
    page.evaluate(f"kg.state.set({{ {act} }}, {{ moved: true }}); kg.map.fit(null, false)")
    news.next_frame()
    labels = news.labels()
    assert len(labels) >= (3 if "direct" in act or "ego" in act else 8)
    for a, b in itertools.combinations(labels, 2):
        assert not (a["left"] < b["right"] and b["left"] < a["right"] and a["top"] < b["bottom"] and b["top"] < a["bottom"]), (a, b)
    glyphs = page.evaluate(
        "[...kg.map.view().visible].map((id) => ({ id, ...kg.map.at(id), r: (kg.model.nodes.get(id).kind === 'claim' ? 9 : 20) * kg.map.network().getScale() }))"
    )
    for label, glyph in itertools.product(labels, glyphs):
        assert not (
            label["left"] < glyph["x"] + glyph["r"]
            and glyph["x"] - glyph["r"] < label["right"]
            and label["top"] < glyph["y"] + glyph["r"]
            and glyph["y"] - glyph["r"] < label["bottom"]
        ), (label, glyph)
    page.set_viewport_size({"width": 1440, "height": 900})
