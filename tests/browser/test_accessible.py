"""For everybody: axe-core finds nothing to mend in any view, light or dark, large or small; and nothing needs a mouse."""

from importlib.resources import files

import pytest

pytestmark = [pytest.mark.browser]

VIEWS = {
    "home": "",
    "statements": "kg.state.set({ tab: 'statements' })",
    "topics": "kg.state.set({ tab: 'topics' })",
    "person": "kg.state.set({ chosen: kg.model.agents.find((node) => node.name === 'Tomas Ilves').id }, { moved: true })",
    "neighbours": "kg.state.set({ chosen: kg.model.agents.find((node) => node.name === 'Tomas Ilves').id, ego: 2 }, { moved: true })",
    "statement": "kg.state.set({ chosen: kg.model.claims[8].id }, { moved: true }); document.getElementById('why').open = true",
    "topic": "kg.state.set({ chosen: kg.model.topics[0].id }, { moved: true })",
    "search": "kg.state.set({ q: 'barrage' })",
    "filters": "kg.state.set({ who: new Set([1]) }); document.querySelector('[data-facet=kind]').click()",
    "comparison": "kg.state.set({ pair: [3, 6], chosen: 3 }, { moved: true })",
    "nothing": "kg.state.set({ who: new Set([1]), from: '2031-06-01' })",
}


@pytest.fixture(scope="session")
def axe():
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def violations(page, *rules):
    only = {"runOnly": list(rules)} if rules else {}
    found = page.evaluate("only => axe.run(document, { resultTypes: ['violations'], ...only })", only)["violations"]
    return [(rule["id"], node["html"][:200], node["failureSummary"][:300]) for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_violation_in_any_view(news, axe, theme):
    page = news.page
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.wait_for_selector(f"html[data-theme={theme}]")
    page.evaluate(axe)
    found = {}
    for name, act in VIEWS.items():
        page.evaluate("kg.filters.close(); kg.state.set(kg.state.blank())")
        page.evaluate(act or "0")
        # In the dark only the colours are others.
        if bad := violations(page, *(["color-contrast"] if theme == "dark" else [])):
            found[name] = bad
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    assert found == {}


def test_axe_finds_no_violation_on_a_phone(window, news_uri, axe):
    page = window(news_uri, width=390, height=844, is_mobile=True, has_touch=True).open()
    page.evaluate(axe)
    assert violations(page) == []
    page.evaluate(VIEWS["comparison"])
    assert violations(page) == []


def test_a_whole_visit_by_keyboard_alone(news):
    """From the top: skip to the lists, open a person, compare, filter, save; focus is always visible and never lost."""
    page = news.open()
    order = []
    for _ in range(60):
        page.keyboard.press("Tab")
        at = page.evaluate(
            "(document.activeElement.id || document.activeElement.dataset.facet || document.activeElement.getAttribute('class') || document.activeElement.tagName)"
        )
        assert at != "BODY" or order, "focus is lost"
        seen = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement.querySelector?.('.knob') || document.activeElement); return s.outlineStyle !== 'none' || parseFloat(s.strokeWidth) > 3; })()"
        )
        assert seen, f"no focus to be seen on {at}"
        order.append(at)
        if at == "row":
            break
    for stop in ("skip", "query", "statements", "save", "theme", "who", "kind", "sure", "grip", "tab-people", "row"):
        assert any(stop in one for one in order), (stop, order)
    page.keyboard.press("Enter")
    assert news.heading() == "Orla Venn"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "compare-button"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.innerText") == "Orla Venn and who else?"
    page.keyboard.press("Escape")
    assert news.heading() == "Orla Venn"
    page.locator("#save").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "save-png"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "save"


def test_the_canvas_is_an_image_with_words_and_each_change_is_spoken(news):
    page = news.page
    assert page.get_attribute("#map", "role") == "img"
    assert page.get_attribute("#map", "aria-label").startswith("Map of 5 people")
    page.evaluate("kg.filters.close()")
    page.click("#panel .row >> nth=0")
    assert page.inner_text("#live") == "Orla Venn"
    page.fill("#query", "tide")
    assert page.inner_text("#live") == "1 names and 0 statements found"


def test_nothing_moves_for_those_who_asked_for_that(window, news_uri):
    page = window(news_uri).open()
    page.evaluate(
        "kg.map.moves = []; const net = kg.map.network(), move = net.moveTo.bind(net); net.moveTo = (how) => { kg.map.moves.push(Boolean(how.animation)); move(how); }; 0"
    )
    page.click("#panel .row >> nth=0")
    page.keyboard.press("e")
    page.keyboard.press("f")
    assert page.evaluate("kg.map.moves.length") >= 2
    assert not page.evaluate("kg.map.moves.some(Boolean)")
