"""Two speakers side by side."""

import pytest

pytestmark = [pytest.mark.browser]


def sides(page):
    return [page.locator(f".side >> nth={side} >> q").all_inner_texts() for side in (0, 1)]


def test_two_on_a_topic_from_the_panel_of_one(window, news_uri, address):
    view = window(news_uri)
    page = view.open(address("castellan"))
    page.click("#compare-button")
    assert page.inner_text("#compare h2") == "Bea Castellan and who else?"
    # Those on the same topics come first.
    assert page.locator("#compare optgroup >> nth=0 >> option").all_inner_texts()[0].startswith("Tomas Ilves")
    page.select_option("#compare select", label="Tomas Ilves (4)")
    assert page.inner_text("#compare h2") == "Bea Castellan and Tomas Ilves"
    assert [len(side) for side in sides(page)] == [2, 4]
    assert "Bea Castellan agrees with Tomas Ilves, as the article states: " in page.inner_text(".between")
    assert page.inner_text(".between").endswith("Halvard Evening Post, 20 Jun 2031")
    page.click("#compare [data-subject*=tidal]")
    assert [len(side) for side in sides(page)] == [2, 1]
    assert page.locator("#compare [data-subject*=tidal]").get_attribute("aria-pressed") == "true"
    page.fill("#words", "figures")
    assert sides(page) == [[], ["the estimate was sound, and that the figures had been checked twice"]]
    assert page.locator("#compare mark").all_inner_texts() == ["figures"]
    assert "Nothing on this from Bea Castellan." in page.inner_text("#compare")
    assert page.evaluate("document.activeElement.id") == "words"
    # A statement opens in the panel; the two stay beside it.
    page.click(".side >> nth=1 >> .said-card")
    assert page.inner_text("#quote").startswith("the estimate was sound")
    assert page.inner_text("#compare h2") == "Bea Castellan and Tomas Ilves"
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert sides(page)[1] == ["the estimate was sound, and that the figures had been checked twice"]
    assert page.input_value("#words") == "figures"
    page.keyboard.press("Escape")
    assert not page.is_visible("#compare")
    page.go_back()
    assert page.is_visible("#compare")


def test_what_is_inferred_is_called_so(window, news_uri, invented):
    view = window(news_uri)
    page = view.open(
        f"#&compare={invented.iri('castellan')},{invented.iri('venn')}".replace(
            "urn:kg:article/00000000000000aa#", "urn:kg:article/00000000000000aa%23"
        )
    )
    assert page.inner_text(".between") == "Bea Castellan disagrees with Orla Venn, inferred by the software, confidence 0.61"
    page.goto(view.uri + f"#&compare={invented.iri('sand')},{invented.iri('venn')}".replace("aa#", "aa%23"))
    assert page.inner_text(".between") == "No article states that they agree or disagree."


def test_filters_hold_in_the_comparison_too(window, news_uri, invented):
    view = window(news_uri)
    page = view.open(f"#&compare={invented.iri('ilves')},{invented.iri('venn')}&kind=direct".replace("aa#", "aa%23"))
    assert [len(side) for side in sides(page)] == [1, 1]
    assert page.locator(".tally").all_inner_texts() == ["1 statement, 3 hidden by filters"] * 2
