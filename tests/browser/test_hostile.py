"""Whatever an article says, the page prints it. Nothing of it runs, and nothing of it is fetched."""

import re

import networkx as nx
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
    "<link rel=stylesheet href=https://evil.example/a.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<object data=https://evil.example/x></object><embed src=https://evil.example/y>",
    "<video src=https://evil.example/v onerror=alert(11)></video>",
    "<a href='javascript:alert(12)'>x</a>",
    "<form action=https://evil.example/><button autofocus onfocus=alert(13)>go</button></form>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(14)>",
    "<template><script>alert(15)</script></template>",
    "<details open ontoggle=alert(16)>",
    "<marquee onstart=alert(17)>",
    "<body onload=alert(18)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(19)>'>",
    '-->\'"/></sCript><deTailS open x=">" ontoggle=(co\\u006efirm)``>',
    "url(https://evil.example/z) expression(alert(20)) @import 'https://evil.example/c.css';",
    "%3Cscript%3Ealert(21)%3C/script%3E",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgyMik8L3NjcmlwdD4=",
    "vbscript:msgbox(23)",
    "\\'; alert(24); //",
    "*/alert(25)/*",
    '](javascript:alert(26)) [x](https://evil.example/ "t") `**_',
    '=HYPERLINK("https://evil.example/","x")',
    "a\u0000b\u0007c\u001b[31md",
    "\ufeff\u200b\u00ad\u2066z\u2069",
    "hasOwnProperty toString valueOf",
    "&amp;&quot;&apos;&nbsp;&#0;&#x110000;",
    "<xss id=x tabindex=1 onactivate=alert(27)></xss>",
    "<isindex type=image src=1 onerror=alert(28)>",
    "\U0001f41f\u0301\u0301\u0301\u0301\u0301 \ud83d lone",
    "A" * 3000,
)


def marked(number, payload):
    """A word of its own before each payload, so that it can be told where it is shown; blanks as a browser folds them make no difference."""
    return f"P{number:02d} {payload}"


@pytest.fixture(scope="module")
def hostile_uri(write_page):
    """Each payload in every field of a person, an organisation, a topic, a statement, its article, and the links among them."""
    graph = nx.MultiDiGraph()
    for number, payload in enumerate(PAYLOADS):
        text = marked(number, payload)
        person, organisation, topic, claim = (f"urn:kg:{text}{kind}" for kind in "poct")
        role = {"title": text, "former": False, "evidence": text, "rule": text, "date": text, "corrections": [text]}
        graph.add_node(
            person,
            kind="person",
            name=text,
            label=text,
            aliases=[text],
            roles=[role],
            same_as=[payload],
            articles=[text],
            article=text,
            corrections=[text],
        )
        graph.add_node(organisation, kind="organisation", name=text, label=text, aliases=[text], roles=[], article=text)
        graph.add_node(topic, kind="topic", name=text, label=text, aliases=[text], broader=[text])
        graph.add_node(
            claim,
            kind="claim",
            text=text * 3,
            segments=[[text, "source"], [text, "cue"], [text, "content"], [text, payload], [text, "content"], [text, "content"]],
            **dict.fromkeys(
                ("quotation_type", "said", "cue", "rule", "speaker_words", "speaker_rule", "claim_kind", "modality", "certainty"), text
            ),
            **dict.fromkeys(("polarity", "tense", "cue_stance", "said_on", "valid", "readable", "mode"), text),
            **dict.fromkeys(("article", "article_title", "article_publisher", "article_source"), text),
            article_url=payload,
            article_date=text if number % 2 else f"2031-03-{number % 28 + 1:02d}",
            quantities=[f"5 {text}, {text}, in {text}"],
            judgements=[["claim_kind", text, 0.5], [text, text, 0.5]],
            corrections=[text],
            confidence=0.5,
        )
        graph.add_edge(person, claim, key="said", kind="said")
        graph.add_edge(claim, topic, key="about", kind="about")
        graph.add_edge(person, organisation, key="role", kind="role", **role)
        place = dict.fromkeys(("article", "article_title", "article_publisher", "article_source", "article_date"), text)
        graph.graph.setdefault("removed", []).append({"words": text, **place, "article_url": payload})
        if number:
            before = f"urn:kg:{marked(number - 1, PAYLOADS[number - 1])}"
            graph.add_edge(organisation, f"{before}o", key="part_of", kind="part_of", evidence=text, rule=text)
            graph.add_edge(claim, f"{before}t", key="agrees", kind="agrees", basis=text, evidence=text, rule=text, confidence=0.5)
    return write_page(graph, marked(0, PAYLOADS[1]))


@pytest.fixture(scope="module")
def elements():
    """The elements that the page is made of; a payload's would be another, or one too many."""
    shape = "html head meta link title style body header main section aside nav div span p h1 h2 h3 ul ol li dl dt dd blockquote q b i small mark code"
    controls = "a button input select option optgroup label fieldset legend details summary output kbd canvas img noscript script"
    return {*shape.split(), *controls.split(), "svg", "circle", "path", "rect", "line", "text", "g"}


def test_there_are_enough_of_them():
    assert len(set(PAYLOADS)) >= 40


def test_hostile_words_stay_words_in_every_field_and_view(window, hostile_uri, elements):
    view = window(hostile_uri)
    page = view.open()
    assert page.locator("h1").evaluate("element => element.textContent") == marked(0, PAYLOADS[1])
    # Lone surrogates cannot come through a browser's wire: they are compared as the replacement sign.
    texts = [re.sub("[\ud800-\udfff]", "\ufffd", marked(number, payload)) for number, payload in enumerate(PAYLOADS)]
    # In the browser, view by view: what the document's text holds.
    shown = page.evaluate(
        """() => {
          const show = (changes) => { kg.state.set({ ...kg.state.blank(), ...changes }); return document.getElementById("panel").textContent + document.getElementById("compare").textContent; };
          const people = kg.model.agents.filter((node) => node.kind === "person"), answer = { count: people.length, person: [], org: [], topic: [], claim: [], compare: [], links: 0 };
          const draw = kg.map.sync;
          people.forEach((person, i) => {
            kg.map.sync = i % 9 ? () => {} : draw; // the map holds the same names each time: drawing it now and then will do
            const claim = kg.model.nodes.get(person.claims[0]);
            answer.person.push(show({ chosen: person.id }));
            answer.org.push(show({ chosen: kg.model.agents.filter((node) => node.kind === "organisation")[i].id }));
            answer.topic.push(show({ chosen: kg.model.topics[i].id }));
            answer.claim.push(show({ chosen: claim.id }));
            answer.links += document.querySelectorAll("#panel a").length;
            document.getElementById("why").open = true;
            answer.compare.push(show({ pair: [person.id, people[(i + 1) % people.length].id], words: person.name.slice(0, 8) }));
            if (i % 9 === 0) show({ who: new Set([person.id]), outlet: new Set([kg.model.outlet(claim)]), topic: new Set(claim.topics), q: person.name.slice(0, 30) });
          });
          kg.map.sync = draw;
          answer.home = [show({})];
          for (const facet of ["who", "org", "topic", "kind", "outlet", "sure"]) document.querySelector(`[data-facet=${facet}]`)?.click();
          kg.filters.close();
          dispatchEvent(new Event("beforeprint"));
          answer.report = document.getElementById("report").textContent;
          dispatchEvent(new Event("afterprint"));
          const clean = (value) => typeof value === "string" ? value.toWellFormed() : Array.isArray(value) ? value.map(clean) : value;
          return Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, clean(value)]));
        }"""
    )
    assert shown["count"] == len(PAYLOADS)
    assert shown["links"] == 0  # none of the addresses is one that may be followed
    for number, text in enumerate(texts):
        for where in ("person", "org", "topic", "claim", "compare"):
            assert text in shown[where][number], (where, text)
        assert shown["claim"][number].count(text) >= 12, text
        assert text in shown["report"], text
        assert text in shown["home"][0], text  # what a person took out
    found = set(page.evaluate("[...new Set([...document.querySelectorAll('*')].map((element) => element.tagName.toLowerCase()))]"))
    assert found <= elements
    assert page.locator("script").count() == 3
    assert page.locator("img").count() == 1
    assert page.locator("[onerror], [onload], [onfocus], [onclick], [srcdoc]").count() == 0
    assert not page.evaluate("({}).polluted || Object.prototype.polluted")


def test_a_saved_picture_holds_words_alone(window, hostile_uri):
    page = window(hostile_uri).open("#&everyone")
    tags, words, error = page.evaluate(
        """() => { const text = kg.picture.svg(); return [[...new Set([...text.matchAll(/<([a-z]+)/gi)].map((found) => found[1]))], text, /<(?!\\/?(svg|title|rect|text|path|g)\\b)/.test(text)]; }"""
    )
    assert set(tags) <= {"svg", "title", "rect", "text", "path", "g"}
    assert not error
    assert "onerror=" not in re.sub(r">[^<]*<", "><", words)


@pytest.mark.parametrize("scheme", ["javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x", "file:///etc/passwd"])
def test_addresses_that_are_not_of_the_web_are_no_links(news, scheme):
    assert news.page.evaluate("address => kg.link(address, 'x').nodeName", scheme) == "#text"


@pytest.mark.parametrize(
    "fragment",
    ["#%", "#&compare=,&ego=9&q=%3Cscript%3E", "#&kind=__proto__,constructor&hide=toString&sure=1e9&from=<b>", "#" + "&q=" * 500],
)
def test_a_hostile_address_opens_the_page(window, news_uri, fragment):
    page = window(news_uri).page
    page.goto(news_uri + fragment)
    page.wait_for_selector("html[data-ready]")
    assert page.locator("#panel h2").count() == 1


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
