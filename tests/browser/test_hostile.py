"""Whatever an article says, the page prints it. Nothing of it runs, and nothing of it is fetched."""

import pytest

pytestmark = [pytest.mark.browser]

PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    '"><img src="https://evil.example/x.png" onerror="alert(3)">',
    "<svg onload=alert(4)>",
    "<iframe srcdoc='<script>alert(5)</script>'></iframe>",
    "<!--<script>alert(6)//",
    "javascript:alert(7)",
    "{{7*7}}${7*7}#{7*7}<%= 7*7 %>",
    "one\u2028two\u2029three",
    "<style>*{display:none}</style>",
    "<base href='https://evil.example/'>",
    "&lt;b&gt;&#x3c;script&#x3e;",
    "'-alert(8)-'`${alert(9)}`",
    "\u202egnp.exe <b>href</b>",
    "__proto__ constructor \\u003cscript\\u003e",
    "]]><![CDATA[<x onfocus=alert(10) autofocus>",
)


def hostile(graph, payload):
    """The payload in every field of every node and edge that comes from an article."""
    for _, data in graph.nodes(data=True):
        for key, value in data.items():
            if key in ("kind", "mode", "quotation_type", "said", "article"):
                continue
            if key == "segments":
                data[key] = [[payload, "source"], [payload, "cue"], [payload, "content"], [payload, ""]]
            elif isinstance(value, str):
                data[key] = payload
            elif isinstance(value, list):
                data[key] = [payload]
    for *_, data in graph.edges(data=True):
        for key in set(data) & {"title", "evidence"}:
            data[key] = payload
    return graph


def shown(page, selector):
    return page.locator(selector).evaluate_all("elements => elements.map((element) => element.textContent)")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_words_stay_words_in_every_field(window, invented, write_page, address, payload):
    view = window(write_page(hostile(invented.invented_graph(), payload), payload))
    page = view.open()
    assert page.locator("h1").evaluate("element => element.textContent") == payload
    assert shown(page, "#panel .row b")[0] == payload
    page.click("#statements")
    page.fill("#query", payload[:6])
    assert payload in "".join(shown(page, "#panel .row b"))

    page = view.open(address("castellan"))
    assert shown(page, "#panel h2") == [payload]
    assert payload in shown(page, "#roles")[0]

    page = view.open(address("claim-9"))
    assert shown(page, "#quote") == [payload]
    assert shown(page, "#context mark") == [payload] * 3
    assert shown(page, ".figures li") == [payload]
    assert payload in shown(page, ".source-title")[0]
    assert page.locator("#panel a").count() == 0  # none of them is an address one may follow
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert payload in shown(page, "#report q")[0]

    allowed = [
        "html",
        "head",
        "meta",
        "link",
        "title",
        "style",
        "body",
        "a",
        "header",
        "div",
        "h1",
        "p",
        "svg",
        "circle",
        "path",
        "input",
        "kbd",
        "button",
        "span",
        "main",
        "section",
        "details",
        "summary",
        "fieldset",
        "legend",
        "label",
        "aside",
        "nav",
        "output",
        "blockquote",
        "h2",
        "h3",
        "canvas",
        "b",
        "small",
        "ul",
        "ol",
        "li",
        "mark",
        "q",
        "dl",
        "dt",
        "dd",
        "i",
        "noscript",
        "script",
        "code",
        "rect",
        "line",
        "text",
        "g",
    ]
    found = page.evaluate("[...new Set([...document.querySelectorAll('*')].map((element) => element.tagName.toLowerCase()))]")
    assert set(found) <= set(allowed)
    assert page.locator("script").count() == 3


@pytest.mark.parametrize("scheme", ["javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x", "file:///etc/passwd"])
def test_addresses_that_are_not_of_the_web_are_no_links(window, invented, write_page, address, scheme):
    graph = invented.invented_graph()
    for _, data in graph.nodes(data=True):
        if "article_url" in data:
            data["article_url"] = scheme
    view = window(write_page(graph))
    page = view.open(address("claim-9"))
    assert shown(page, ".source-title") == ["Estuary towns weigh a second tidal barrage"]
    assert page.locator("#panel a").count() == 0
    # Even if it reached the browser, the page makes no link of it.
    assert page.evaluate("address => kg.link(address, 'x').nodeName", scheme) == "#text"


def test_the_policy_is_in_force(window):
    """The browser itself refuses what the page never tries: markup from strings, scripts from strings, requests."""
    view = window()
    page = view.open()
    assert (
        page.evaluate("() => { try { document.body.innerHTML = '<b>x</b>'; return 'let through'; } catch (error) { return error.name; } }")
        == "TypeError"
    )
    assert page.evaluate("() => fetch('https://evil.example/').then(() => 'let through', (error) => error.name)") == "TypeError"
    assert view.complaints  # it said so on the console
    view.complaints.clear()
