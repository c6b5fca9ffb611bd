"""The page as a notebook shows it: in a frame that may run scripts and reach nothing else."""

import pytest

import kg

pytestmark = [pytest.mark.browser]


def test_the_plot_works_in_a_sandboxed_frame(chromium, invented, tmp_path):
    shown = kg.plot(invented.invented_news(), title="In a cell")._repr_html_()
    path = tmp_path / "cell.html"
    path.write_text(f"<!doctype html><meta charset=utf-8><p id=mine>notebook</p>{shown}", encoding="utf-8")
    context = chromium.new_context(viewport={"width": 1100, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(path.as_uri())
    frame = page.frames[1]
    frame.wait_for_selector("html[data-ready]")
    assert frame.inner_text("h1") == "In a cell"
    frame.click("#panel .row >> nth=0")
    assert frame.inner_text("#panel h2") == "Orla Venn"
    frame.click("text=Everyone")
    frame.click("[data-facet=outlet]")
    frame.locator(".popover input").first.check()
    assert "hidden by filters" in frame.inner_text("#count")
    with page.expect_download() as download:
        frame.click("#save")
        frame.click("#save-svg")
    assert download.value.suggested_filename == "in-a-cell.svg"
    assert frame.evaluate("() => { try { return parent.document.title; } catch (error) { return error.name; } }") == "SecurityError"
    assert complaints == []
    context.close()
