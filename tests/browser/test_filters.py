"""Which statements are looked at: each filter, what it hides, and that the address remembers it."""

import pytest

pytestmark = [pytest.mark.browser]


def choose(page, facet, *names):
    page.click(f"[data-facet={facet}]")
    for name in names:
        page.locator(".popover .choice", has_text=name).locator("input").check()
    page.keyboard.press("Escape")


def numbers(page):
    return [int(text) for text in page.locator("#panel .row.said .number").all_inner_texts()]


@pytest.mark.parametrize(
    ("facet", "names", "left"),
    [
        ("who", ["Orla Venn"], [3, 4, 5, 6]),
        ("who", ["Orla Venn", "Idris Okafor"], [3, 4, 5, 6, 15, 16]),
        ("org", ["Meridian Grid"], [11, 12]),
        ("org", ["Halvard University's School"], [7, 8, 9, 10]),  # the centre of Ilves's post is part of it
        ("topic", ["fishing ports"], [8, 9, 16, 17]),
        ("kind", ["Recommendation"], [9]),
        ("kind", ["Quoted word for word", "Recommendation"], [9]),  # one of each group
        ("kind", ["Unnamed source"], [17]),
        ("kind", ["Nobody"], [20]),
        ("kind", ["In an agreement"], [1, 3, 7, 8, 11, 12, 15]),
        ("outlet", ["Tidewater Radio"], [16, 17, 18, 19, 20]),
    ],
)
def test_a_filter_leaves_what_it_names_and_counts_the_rest(news, facet, names, left):
    page = news.page
    choose(page, facet, *names)
    page.click("#tab-statements")
    assert numbers(page) == left
    assert (
        page.inner_text("#count")
        == f"{len(left)} statement{'s' if len(left) > 1 else ''} of 20; {20 - len(left)} hidden by filters Show all"
    )
    # Who has nothing left to say, and holds no post of one who has, is not on the map.
    hosts = page.evaluate("n => [...new Set(n.map(i => kg.model.claims[i - 1].host))]", left)
    visible = page.evaluate(
        "[...kg.map.view().visible].filter(id => kg.model.nodes.get(id).claims && kg.model.nodes.get(id).kind !== 'topic')"
    )
    assert set(hosts) <= set(visible)
    assert all(host in hosts or not page.evaluate(f"kg.lists.through(kg.model.nodes.get({host})).length") for host in visible)
    page.click("#clear")
    assert page.inner_text("#count") == "20 statements"


def test_each_choice_says_how_many_it_would_leave(news):
    page = news.page
    choose(page, "outlet", "The Northmere Courier")
    page.click("[data-facet=topic]")
    assert page.locator(".popover .choice").all_inner_texts() == ["tidal power\n4", "fishing ports\n2", "silt\n2"]
    assert page.evaluate("document.activeElement.type") == "checkbox"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.facet") == "topic"
    assert page.inner_text("[data-facet=topic]") == "Topic\nfishing ports"
    assert page.inner_text("#count").startswith("2 statements of 20")


def test_least_confidence(news):
    page = news.page
    page.click("[data-facet=sure]")
    page.locator("#sure").fill("0.9")
    assert page.inner_text(".popover output") == "0.90 or more: 7 statements"
    page.keyboard.press("Escape")
    assert page.inner_text("#count").startswith("7 statements of 20; 13 hidden")
    page.click("#tab-statements")
    assert numbers(page) == [1, 2, 3, 4, 5, 6, 7]


def test_the_brush_on_the_timeline_by_mouse(news):
    page = news.page
    assert page.inner_text("#when") == "14 March 2031 – 20 June 2031"
    assert "5 statements without a date" in page.inner_text("#timeline")
    box = page.locator("svg.bars").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.1, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + 22, steps=3)
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + 22, steps=3)
    page.mouse.up()
    assert page.inner_text("#count").startswith("5 statements of 20; 15 hidden")
    assert "5 statements without a date, hidden" in page.inner_text("#timeline")
    assert "from=2031-03-" in page.url
    page.go_back()  # one drag, one step back
    assert page.inner_text("#count") == "20 statements"
    page.go_forward()
    page.click("#anytime")
    assert page.inner_text("#count") == "20 statements"


def test_the_brush_by_keyboard(news):
    page = news.page
    latest = page.locator(".grip[data-side=to]")
    assert latest.get_attribute("role") == "slider"
    page.locator(".grip[data-side=from]").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.side") == "from"
    assert page.locator(".grip[data-side=from]").get_attribute("aria-valuetext") == "week of 17 March 2031"
    assert page.inner_text("#count").startswith("10 statements of 20")
    page.keyboard.press("End")
    assert page.inner_text("#count").startswith("5 statements of 20")
    page.keyboard.press("Home")
    assert page.inner_text("#count") == "20 statements"


def test_one_article_has_no_timeline(window):
    page = window().open()
    assert not page.locator("#timeline").is_visible()


def test_a_link_restores_all_of_it(news, window, news_uri):
    page = news.page
    choose(page, "outlet", "The Northmere Courier", "Tidewater Radio")
    choose(page, "topic", "fishing ports", "tidal power")
    page.locator(".grip[data-side=to]").focus()
    page.keyboard.press("ArrowLeft")
    page.click("#legend label:has(input[data-kind=organisation])")
    page.click("#statements")
    page.click("#tab-statements")
    page.locator("#panel .row.said >> nth=1").click()
    page.fill("#query", "ports")
    told = page.evaluate(
        "[document.getElementById('panel').innerText, kg.shown, document.getElementById('count').innerText, document.getElementById('when').innerText]"
    )
    address = page.url.partition("#")[2]
    for part in ("outlet=", "topic=", "to=2031-", "hide=organisation", "statements", "q=ports", "#"):
        assert part in f"#{address}"
    other = window(news_uri)
    again = other.open(f"#{address}")
    assert (
        again.evaluate(
            "[document.getElementById('panel').innerText, kg.shown, document.getElementById('count').innerText, document.getElementById('when').innerText]"
        )
        == told
    )
    assert again.input_value("#query") == "ports"
    assert again.locator("#statements").get_attribute("aria-pressed") == "true"


def test_back_and_forward_walk_through_filters_and_places(news):
    page = news.page
    choose(page, "who", "Orla Venn")
    page.click("#panel .row >> nth=0")
    assert news.heading() == "Orla Venn"
    page.click("#ego-button")
    news.next_frame()
    page.click("[aria-label='More links away']")
    assert page.inner_text("#strip output") == "2 links"
    page.go_back()
    assert page.inner_text("#strip output") == "1 link"
    page.go_back()
    assert not page.is_visible("#strip")
    page.go_back()
    assert page.locator("[role=tab]").count() == 3
    assert page.inner_text("#count").startswith("4 statements of 20")
    page.go_back()
    assert page.inner_text("#count") == "20 statements"
    page.go_forward()
    assert page.inner_text("#count").startswith("4 statements of 20")


def test_nothing_left_is_said_with_the_way_out(news):
    page = news.page
    choose(page, "who", "Orla Venn")
    page.locator(".grip[data-side=from]").focus()
    page.keyboard.press("End")
    assert "No statement passes these filters." in page.inner_text("#panel")
    page.click("text=Take the filters away")
    assert page.inner_text("#count") == "20 statements"


def test_search_says_what_the_filters_hide(news):
    page = news.page
    choose(page, "who", "Orla Venn")
    page.fill("#query", "barrage")
    assert "2 more" not in page.inner_text("#panel h2")
    assert "more with these words" in page.inner_text("#panel")
    page.click("text=Show them")
    assert "more with these words" not in page.inner_text("#panel")


def test_topics_are_a_list_a_panel_and_a_way_to_compare(news):
    page = news.page
    page.click("#tab-topics")
    assert page.locator("#panel .row b").all_inner_texts() == ["tidal power", "fishing ports", "silt"]
    page.click("#panel .row >> nth=0")
    assert news.heading() == "tidal power"
    assert "Who speaks about it" in page.inner_text("#panel")
    page.click("text=Only this topic")
    assert page.inner_text("#count").startswith("7 statements of 20")


def test_what_is_stated_and_what_is_inferred_is_told_first(news):
    page = news.page
    overview = page.inner_text(".overview")
    assert "20 statements by 9 named speakers in 4 articles of 3 outlets, 14 March 2031 to 20 June 2031." in overview
    assert "5 quoted word for word, 15 reported" in overview
    assert "1 from unnamed sources or groups, 1 of which it is not known who speaks." in overview
    assert "2 ties of agreement or disagreement stated in the articles; 1 inferred by the software, drawn dashed." in overview
    dashes = page.evaluate(
        "kg.map.view().edges.filter(e => e.edge.hosts).map(e => [e.kind, e.edge.basis, Boolean(kg.map.edgeStyle(e).dashes)])"
    )
    assert sorted(dashes) == [["agrees", "stated", False], ["disagrees", "inferred", True], ["disagrees", "stated", False]]
    assert "inferred, not stated" in page.inner_text("#lines")
