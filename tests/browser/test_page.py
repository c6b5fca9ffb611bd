"""What a reader does with the page, done in a real browser."""

import itertools

import pytest

pytestmark = [pytest.mark.browser]


def overlapping(labels):
    return [
        (a["text"], b["text"])
        for a, b in itertools.combinations(labels, 2)
        if a["left"] < b["right"] and b["left"] < a["right"] and a["top"] < b["bottom"] and b["top"] < a["bottom"]
    ]


def test_opens_from_a_file_and_asks_for_nothing_else(window):
    view = window()
    view.open()
    assert view.requests == [view.uri]
    assert view.page.title() == "Estuary towns weigh a second tidal barrage"
    assert view.page.inner_text("#summary") == "5 people, 9 organisations, 20 statements from 1 article"


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 720), (1920, 1080)])
def test_every_name_is_printed_and_none_over_another(window, invented, width, height):
    view = window(width=width, height=height)
    view.open()
    labels = view.labels()
    assert overlapping(labels) == []
    printed = {label["text"] for label in labels}
    assert {name for _, _, name, _ in invented.PEOPLE} <= printed
    assert {"hydrologist", "founder", "former commissioner", "agrees", "disagrees", "part of"} <= printed


def test_all_statements_shown_still_leaves_every_name_room(window, invented):
    view = window()
    page = view.open()
    assert page.evaluate("kg.shown.open") == 0
    page.click("#statements")
    assert page.evaluate("kg.shown.open") == 11
    view.next_frame()
    assert overlapping(view.labels()) == []
    assert {name for _, _, name, _ in invented.PEOPLE} <= {label["text"] for label in view.labels()}
    page.click("#statements")
    assert page.evaluate("kg.shown.open") == 0


def test_a_person_clicked_on_the_map_opens_with_roles_and_statements_in_text_order(window):
    view = window()
    page = view.open()
    view.click_on_map("Tomas Ilves")
    assert view.heading() == "Tomas Ilves"
    assert page.inner_text("#roles") == "co-director at Centre for Coastal Economics"
    assert page.locator("#panel .row.said .number").all_inner_texts() == ["7", "8", "9", "10"]
    assert page.evaluate("kg.shown.open") == 1
    assert "Statement 7: Bea Castellan agrees in statement 11" in page.inner_text("#panel")


def test_a_statement_clicked_on_the_map_opens_with_its_words_in_context(window, address):
    view = window()
    page = view.open(address("ilves"))
    view.click_on_map(9)
    assert page.inner_text("#quote") == '"Money for the ports must come before the first stone,"'
    assert page.locator("#context mark.content").all_inner_texts() == ['"Money for the ports must come before the first stone,"']
    assert page.locator("#context mark.source").all_inner_texts() == ["he"]
    assert page.locator("#context mark.cue").all_inner_texts() == ["emphasised"]
    panel = page.inner_text("#panel")
    for words in (
        "Direct quotation",
        "Tomas Ilves",
        "co-director, Centre for Coastal Economics",
        "The Northmere Courier, 14 March 2031",
        "0.88",
        "subject-verb",
    ):
        assert words in panel, words
    link = page.locator("#panel a")
    assert link.get_attribute("href") == "https://news.example/2031/tidal-barrage"
    assert "noopener" in link.get_attribute("rel")


def test_the_whole_paragraph_is_the_context(window, invented, address):
    page = window().open(address("claim-8"))
    assert page.inner_text("#context") == invented.PARAGRAPHS[3]
    assert page.locator("#context mark.content").all_inner_texts() == ["However,", "the fishing ports would need other income for a decade"]
    assert page.inner_text(".figures") == "10 years"


def test_indirect_is_dashed_and_direct_is_not(window, address):
    page = window().open(address("ilves"))
    dashes = page.evaluate(
        """() => Object.fromEntries(Object.values(kg.map.network().body.edges)
             .filter((edge) => edge.id.startsWith("e") && kg.model.nodes.get(edge.toId).kind === "claim")
             .map((edge) => [kg.model.nodes.get(edge.toId).n, Boolean(edge.options.dashes)]))"""
    )
    assert dashes == {"7": True, "8": True, "9": False, "10": True}


def test_deep_links_and_the_back_button(window, address):
    view = window()
    page = view.open(address("claim-5"))
    assert page.locator("#quote").inner_text().startswith('"Nobody has built')
    page.click("#panel .speaker")
    assert view.heading() == "Orla Venn"
    assert page.url.endswith(address("venn"))
    page.click("text=Northmere Institute of Marine Studies >> nth=0")
    assert view.heading() == "Northmere Institute of Marine Studies"
    page.go_back()
    assert view.heading() == "Orla Venn"
    page.go_back()
    view.next_frame()
    assert page.locator("#quote").inner_text().startswith('"Nobody has built')
    page.go_forward()
    assert view.heading() == "Orla Venn"
    page.click("text=Everyone")
    assert "#" not in page.url
    page.go_back()
    assert view.heading() == "Orla Venn"


def test_a_link_to_nothing_opens_everyone(window):
    page = window().open("#urn:kg:nowhere%")
    assert page.locator("[role=tab][aria-selected=true]").inner_text() == "Who speaks"


def test_previous_and_next_walk_the_text(window, address):
    page = window().open(address("claim-1"))
    assert page.locator("[aria-label='Previous statement']").is_disabled()
    page.click("[aria-label='Next statement']")
    assert page.inner_text("#quote") == "A second wall could double that by 2036"
    assert page.inner_text("#panel output") == "2 of 20"


def test_search_finds_names_and_words_and_dims_the_rest(window):
    view = window()
    page = view.open()
    page.keyboard.press("/")
    page.keyboard.type("barrage")
    assert view.heading() == "3 found"
    assert page.locator("#panel mark").all_inner_texts() == ["barrage"] * 3
    page.fill("#query", "castell")
    assert page.locator("#panel .row b").all_inner_texts() == ["Bea Castellan"]
    page.keyboard.press("Enter")
    assert view.heading() == "Bea Castellan"
    assert page.input_value("#query") == ""
    page.fill("#query", "zeppelin")
    assert view.heading() == "Nothing found"
    page.keyboard.press("Escape")
    assert view.heading() == "Bea Castellan"


def test_search_ignores_accents_and_case(window, invented, write_page):
    graph = invented.invented_graph()
    graph.nodes[invented.iri("venn")]["name"] = "Örla Vénn"
    view = window(write_page(graph))
    page = view.open()
    page.fill("#query", "orla VENN")
    assert page.locator("#panel .row b").all_inner_texts() == ["Örla Vénn"]


def test_kinds_can_be_hidden(window):
    view = window()
    page = view.open()
    before = page.evaluate("kg.shown.visible")
    page.click("#legend label:has(input[data-kind=organisation])")
    assert page.evaluate("kg.shown.visible") == before - 9
    assert "Ministry of Tides" not in page.inner_text("#panel")
    view.next_frame()
    assert "Ministry of Tides" not in [label["text"] for label in view.labels()]
    page.click("#legend label:has(input[data-kind=organisation])")
    assert page.evaluate("kg.shown.visible") == before


def test_the_neighbours_alone(window, address):
    view = window()
    page = view.open(address("ilves"))
    page.keyboard.press("e")
    view.next_frame()
    assert page.inner_text("#strip span >> nth=0") == "Only Tomas Ilves and neighbours"
    names = {label["text"] for label in view.labels()}
    assert {"Tomas Ilves", "Bea Castellan", "Centre for Coastal Economics"} <= names
    assert "Orla Venn" not in names
    assert page.url.endswith("&ego")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    view.next_frame()
    assert page.is_visible("#strip")
    page.keyboard.press("Escape")
    assert not page.is_visible("#strip")
    assert view.heading() == "Tomas Ilves"
    page.keyboard.press("Escape")
    assert page.locator("[role=tab]").count() == 2


def test_f_brings_everything_back_into_the_window(window):
    view = window()
    page = view.open()
    scale = page.evaluate("kg.map.network().getScale()")
    page.evaluate("kg.map.network().moveTo({scale: 4, position: {x: 2000, y: 2000}})")
    page.keyboard.press("f")
    assert page.evaluate("kg.map.network().getScale()") == pytest.approx(scale)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark_follow_the_system_until_told_otherwise(window, scheme):
    page = window(color_scheme=scheme).open()
    other = {"light": "dark", "dark": "light"}[scheme]
    assert page.get_attribute("html", "data-theme") == scheme
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("#theme")
    assert page.get_attribute("html", "data-theme") == other
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != paper


@pytest.mark.parametrize(
    ("name", "button", "words"),
    [
        (
            "claim-9",
            "Copy with citation",
            (
                '"Money for the ports must come before the first stone," — Tomas Ilves, co-director, Centre for Coastal Economics. '
                "In: “Estuary towns weigh a second tidal barrage”, The Northmere Courier, 14 March 2031. https://news.example/2031/tidal-barrage"
            ),
        ),
        (
            "claim-12",
            "Copy as Markdown",
            (
                "> Storage still lags behind generation\n>\n> — Bea Castellan, vice-president, research director, Meridian Grid (reported speech). "
                "[Estuary towns weigh a second tidal barrage](<https://news.example/2031/tidal-barrage>), The Northmere Courier, 14 March 2031\n"
            ),
        ),
    ],
)
def test_copy_with_citation(window, address, name, button, words):
    view = window()
    view.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = view.open(address(name))
    page.click(f"text={button}")
    page.wait_for_selector("text=Copied")
    assert page.evaluate("navigator.clipboard.readText()") == words


def test_by_keyboard_alone(window):
    view = window()
    page = view.open()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#panel .row')"):
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert page.evaluate("document.activeElement.innerText").startswith("Orla Venn")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert view.heading() == "Tomas Ilves"
    assert page.evaluate("document.activeElement.tagName") == "H2"
    for _ in range(3):  # past the two buttons
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Centre for Coastal Economics"
    assert page.inner_text("#live") == "Tomas Ilves"


def test_the_lists_say_all_that_the_map_says(window, invented):
    page = window().open()
    people = page.locator("#panel .row b").all_inner_texts()
    assert sorted(people) == sorted([*(name for _, _, name, _ in invented.PEOPLE), "No speaker named"])
    page.click("text=What is said")
    assert page.locator("#panel .row q").count() == 20
    page.keyboard.press("ArrowLeft")
    assert page.locator("[role=tab][aria-selected=true]").inner_text() == "Who speaks"


def test_on_a_phone_the_panel_is_under_the_map_and_nothing_runs_out_of_the_screen(window, address):
    view = window(width=390, height=844, has_touch=True, is_mobile=True)
    page = view.open()
    stage, panel = page.locator(".stage").bounding_box(), page.locator("#panel").bounding_box()
    assert panel["y"] >= stage["y"] + stage["height"] - 1
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert overlapping(view.labels()) == []
    assert len(view.labels()) >= 12
    page = view.open(address("claim-9"))
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_print_writes_every_statement_out(window, invented):
    page = window(color_scheme="dark").open()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.get_attribute("html", "data-theme") == "light"
    assert page.locator("#report q").all_inner_texts() == page.evaluate(
        "kg.model.speakers.flatMap((s) => s.claims.map((c) => kg.model.nodes.get(c).text))"
    )
    assert page.locator("#report li").count() == len(invented.CLAIMS)
    assert page.locator("#report").is_visible()
    assert not page.locator("#panel").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.get_attribute("html", "data-theme") == "dark"
    assert page.locator("#report li").count() == 0


def test_hovering_explains(window):
    view = window()
    page = view.open()
    box = page.locator("#map").bounding_box()
    at = page.evaluate("kg.map.at(kg.model.data.nodes.find((node) => node.name === 'Idris Okafor').id)")
    page.mouse.move(box["x"] + at["x"], box["y"] + at["y"])
    page.wait_for_selector("#tip:not([hidden])")
    assert page.inner_text("#tip") == "Idris Okafor\nfounder, Blue Keel"


def test_what_a_person_corrected_is_marked_with_what_the_software_had(window, invented, write_page):
    graph = invented.invented_graph()
    claim = next(data for _, data in graph.nodes(data=True) if data["kind"] == "claim")
    claim["corrections"] = ["a person decided who says it; the software had Bea Castellan"]
    role = next(data for *_, data in graph.edges(data=True) if data.get("title") == "co-director")
    role |= {"title": "CEO", "corrections": ["a person decided its title; the software had co-director"]}
    view = window(write_page(graph))
    page = view.open()
    assert "which errs; a person corrected 1 statement." in page.inner_text("#panel")
    page.evaluate("kg.state.set({ chosen: kg.model.claims[0].id })")
    assert "Corrected by a person" in page.locator("#panel .kinds span").all_inner_texts()
    assert page.inner_text("#panel .corrected") == "A person decided who says it; the software had Bea Castellan"
    page.evaluate("kg.state.set({ chosen: kg.model.claims[1].id })")
    assert page.locator("#panel .corrected").count() == 0
    page.evaluate("kg.state.set({ chosen: kg.model.agents.find((agent) => agent.name === 'Tomas Ilves').id })")
    assert page.inner_text("#roles .corrected") == "A person decided its title; the software had co-director"
    assert "CEO" in {label["text"] for label in view.labels()}
    assert page.locator("#removed").count() == 0


def test_another_kind_and_what_a_person_took_out_are_told(window, invented, write_page):
    graph = invented.invented_graph()
    graph.nodes[invented.iri("bluekeel")]["corrections"] = ["a person decided what kind it is; the software had place (a firm)"]
    graph.graph["removed"] = [
        {"words": "a person took out what the software had found: the tide turned", **invented.ARTICLE},
        {
            "words": "a person took out what the software had found: harbour master",
            "article": "urn:kg:article/other",
            "article_source": "b.txt",
        },
    ]
    page = window(write_page(graph)).open()
    assert "which errs; a person gave 1 name another kind and took out 2 findings." in page.inner_text("#panel")
    page.locator("#removed summary").click()
    assert page.locator("#removed li").all_inner_texts() == [
        "A person took out what the software had found: the tide turned\nEstuary towns weigh a second tidal barrage, The Northmere Courier, 14 Mar 2031",
        "A person took out what the software had found: harbour master\nb.txt",
    ]
    page.evaluate("kg.state.set({ chosen: kg.model.agents.find((agent) => agent.name === 'Blue Keel').id })")
    assert page.locator("#panel .kinds span").all_inner_texts() == ["Organisation", "Corrected by a person"]
    assert page.inner_text("#panel .corrected") == "A person decided what kind it is; the software had place (a firm)"
    page.evaluate("kg.state.set({ chosen: kg.model.agents.find((agent) => agent.name === 'Orla Venn').id })")
    assert page.locator("#panel .corrected").count() == 0
