"""Why a node is in the graph: what decided, by which words, and every rule's name explained."""

import pytest

from kg import records as r
from kg.errors import NotInStore
from kg.extract import extract_articles
from kg.graph.explain import Fact, explain, find_node
from kg.graph.iris import article_iri
from kg.graph.passages import passages
from kg.graph.store import open_store
from kg.lexicon import load_table
from kg.lexicon.rules import explain_rule
from kg.settings import Settings

from .conftest import BASE, TEXT, at, make_sample


@pytest.fixture(scope="module")
def store(tmp_path_factory, sample):
    with open_store(tmp_path_factory.mktemp("explain") / "s", write=True, create=True) as store:
        store.add(sample)
        yield store


@pytest.fixture(scope="module")
def two(tmp_path_factory, sample, other):
    """The same words in two articles."""
    with open_store(tmp_path_factory.mktemp("explain") / "two", write=True, create=True) as store:
        store.add(sample)
        store.add(other)
        yield store


def marked(told) -> list[tuple[str, str]]:
    return [(segment.mark, segment.words) for passage in told.passages for segment in passage.segments if segment.mark]


def facts(told) -> dict[str, str]:
    return {fact.label: fact.words for fact in told.facts}


# --------------------------------------------------------------------------- kinds of nodes


def test_a_statement(store, sample):
    told = explain(store, "#attribution-0-37")
    assert (told.kind, told.meaning) == ("statement", "Ana Lindqvist: speech, in the journalist's words")
    assert (told.reason.rule, told.reason.confidence) == ("inverted", 0.97)
    assert told.reason.explanation == explain_rule("inverted", stage="attribution") != ""
    assert marked(told) == [
        ("content", "🐟 Herring stocks will recover by 2030"),
        ("cue", "said"),
        ("source", "Ana Lindqvist, a senior researcher and board member at the Institute of Tides at Norden University"),
    ]
    assert [(one.part, one.version) for one in told.software] == [
        ("attribution", "rules 0.1.0"),
        ("kg", "expert-opinion-kg 0.1.0"),
        ("pipeline", "en_core_web_md 3.8.0"),
    ]
    article = article_iri(BASE, sample.article)
    assert told.iri == f"{article}#attribution-0-37"
    assert Fact("speaker", "Ana Lindqvist", f"{article}#person-44") in told.facts
    assert Fact("agreement", "Mette Holm agrees with Ana Lindqvist", f"{article}#stance-350-364") in told.facts


def test_how_the_speaker_was_named(store):
    [naming] = explain(store, "attribution-144-199").namings
    assert (naming.agent, naming.words, naming.form, naming.span) == ("Ana Lindqvist", "she", "pronoun", at("she"))
    assert (naming.reason.rule, naming.reason.confidence) == ("pronoun-subject", 0.9)


def test_words_around_a_cue_that_stands_inside_a_statement(store):
    told = explain(store, "attribution-144-199")
    assert [mark for mark, _ in marked(told)] == ["content", "source", "cue", "content"]
    assert "".join(segment.words for segment in told.passages[0].segments) == TEXT.splitlines()[1]


@pytest.mark.parametrize(
    "node, meaning",
    [
        ("attribution-391-396", "Norden University: a stand towards something"),
        ("attribution-423-451", "nobody named: speech, in the journalist's words, which the article says did not happen"),
    ],
)
def test_stands_and_what_nobody_said(store, node, meaning):
    span = at("that boats would stay in port") if "423" in node else at("a ban")
    assert explain(store, f"attribution-{span.start}-{span.end}").meaning == meaning


def test_a_claim(store):
    told = explain(store, "claim-0-37")
    assert (told.kind, told.reason.rule) == ("claim", "inverted")
    assert facts(told) | {"kind": "prediction", "polarity": "positive", "modality": "will", "topic": "herring stock"} == facts(told)


def test_an_agent(store):
    told = explain(store, "person-44")
    assert (told.kind, told.reason.rule, facts(told)["statements"]) == ("person", "full-name", "2")
    assert [naming.words for naming in told.namings] == ["Ana Lindqvist", "she"]
    assert [fact.words for fact in told.facts if fact.label == "role"] == [
        "board member, Institute of Tides",
        "senior researcher, Institute of Tides",
    ]


def test_a_role(store):
    told = explain(store, "role-59-board-member")
    assert (told.kind, told.meaning) == ("role", "Ana Lindqvist: board member, Institute of Tides")
    assert (told.reason.rule, told.reason.explanation) == ("apposition", explain_rule("apposition", stage="role"))
    assert marked(told) == [("evidence", "a senior researcher and board member at the Institute of Tides")]
    assert [naming.agent for naming in told.namings] == ["Ana Lindqvist", "Institute of Tides"]


def test_a_former_role_without_an_organisation(store):
    start = at("former minister of fisheries").start
    told = explain(store, f"role-{start}-minister-of-fisheries")
    assert told.meaning == "Omar Haddad: former minister of fisheries"
    assert (facts(told)["organisation"], facts(told)["former"]) == ("none is named", "printed as one no longer held")


def test_a_part(store):
    told = explain(store, "part-103")
    assert (told.kind, told.meaning, told.reason.rule) == ("part", "Institute of Tides is part of Norden University", "at")


def test_an_agreement(store):
    told = explain(store, "stance-350-364")
    assert (told.kind, told.meaning) == ("agreement", "Mette Holm agrees with Ana Lindqvist: the article says so")
    assert marked(told) == [("evidence", "views were echoed by")]
    assert next(fact.words for fact in told.facts if fact.label == "on") == "🐟 Herring stocks will recover by 2030"


def test_a_figure(store):
    span = at("exceed 7.6 million tonnes")
    told = explain(store, f"quantity-{span.start}-{span.end}")
    assert (told.kind, told.meaning) == ("figure", "at least 7.6 million tonnes, catches")
    assert facts(told)["stands in"] == "that catches will exceed 7.6 million tonnes"


def test_words(store):
    told = explain(store, "char=44,57")
    assert marked(told) == [("words", "Ana Lindqvist")]
    assert facts(told) == {"name of": "Ana Lindqvist"}
    assert told.reason.rule == "full-name"
    content = explain(store, "char=0,37")
    assert facts(content) == {"content of": "Ana Lindqvist: 🐟 Herring stocks will recover by 2030"}
    assert content.reason is None


def test_words_that_nothing_rests_on(store):
    told = explain(store, "char=40,50")
    assert told.meaning == "words that nothing in the graph rests on as they stand"
    assert "name of Ana Lindqvist" in [fact.words for fact in told.facts if fact.label == "overlaps"]


def test_words_of_the_site(store):
    span = at("Read more >> 3 comments")
    assert facts(explain(store, f"char={span.start},{span.end}"))["region"] == "boilerplate"


def test_the_article_and_what_articles_share(store, sample):
    article = article_iri(BASE, sample.article)
    told = explain(store, article)
    assert (told.kind, told.meaning, facts(told)["statements"]) == ("article", "Herring to recover", "6")
    assert explain(store, f"{article}#extraction").software == told.software
    assert explain(store, "concept/role/board-member").meaning == "board member"
    assert "thought" in facts(explain(store, "eo:Belief"))["comment"]
    software = explain(store, f"{BASE}software/pipeline/en_core_web_md-3.8.0")
    assert (software.kind, software.meaning) == ("software", "en_core_web_md 3.8.0")
    [run] = {quad.subject.value for quad in store.quads(f"{BASE}provenance") if quad.subject.value.startswith(f"{BASE}extraction/")}
    assert facts(explain(store, run)) == {"read": "Herring to recover"}


def test_every_node_of_the_store_can_be_explained(store):
    subjects = sorted({quad.subject.value for quad in store.quads()})
    told = [explain(store, subject) for subject in subjects]
    assert [one.iri for one in told] == subjects
    assert len(subjects) > 100
    for one in told:
        assert one.kind
        assert one.meaning


# --------------------------------------------------------------------------- from ID to node


@pytest.mark.parametrize(
    "given", ["#person-44", "person-44", " person-44 ", "<{article}#person-44>", "{article}#person-44", "{short}#person-44"]
)
def test_ids(store, sample, given):
    article = article_iri(BASE, sample.article)
    assert find_node(store, given.format(article=article, short=article.removeprefix(BASE))) == f"{article}#person-44"


def test_an_id_of_two_articles_needs_the_article(two, sample):
    article = article_iri(BASE, sample.article)
    with pytest.raises(NotInStore, match=r"2 articles have a node person-44\. Choose one with --article: urn:kg:article/"):
        explain(two, "person-44")
    assert explain(two, "person-44", article=article).iri == f"{article}#person-44"
    assert explain(two, f"{article}#person-44").article.label == "Herring to recover"


def test_a_node_of_another_article(two, sample, other):
    wanted, own = article_iri(BASE, sample.article), article_iri(BASE, other.article)
    with pytest.raises(NotInStore, match="is no node of"):
        explain(two, f"{wanted}#person-44", article=own)


def test_close_ids_are_offered(store):
    with pytest.raises(NotInStore, match=r"no node attribution-0-38\. Did you mean attribution-0-37"):
        explain(store, "attribution-0-38")


HOSTILE = ["", " ", "#", "nothing", "c1", "char=5,5", "char=9,5", "char=0,99999", "char=-1,4", "char=a,b", "<>", 'x" }', "\n", "\ud800", "}" * 500, "urn:kg:none", "eo:None"]  # fmt: skip


@pytest.mark.parametrize("given", HOSTILE)
def test_what_is_no_node(store, given):
    with pytest.raises(NotInStore):
        explain(store, given)


# --------------------------------------------------------------------------- words in context


def test_passages_join_cut_and_overlap():
    text = "One two three four five. Six seven eight nine ten.\nEleven twelve."
    far = passages(text, {"content": [r.Span(4, 7)], "cue": [r.Span(45, 49)]}, context=6)
    assert [(one.cut_before, one.cut_after) for one in far] == [(False, True), (True, False)]
    assert [text[one.span.start : one.span.end] for one in far] == ["One two three", "nine ten."]
    [near] = passages(text, {"content": [r.Span(0, 24)], "cue": [r.Span(4, 7)]}, context=0)
    assert [(s.mark, s.words) for s in near.segments] == [("content", "One "), ("cue", "two"), ("content", " three four five.")]
    [lines] = passages(text, {"content": [r.Span(46, 50), r.Span(51, 57)]}, context=0)
    assert "".join(s.words for s in lines.segments) == "ten.\nEleven"
    assert passages(text, {}) == ()


def test_passages_are_the_text_itself():
    for size in (0, 1, 5, 240):
        for passage in passages(TEXT, {"cue": [at("said"), at("expects")], "content": [at("catches")]}, context=size):
            assert "".join(segment.words for segment in passage.segments) == TEXT[passage.span.start : passage.span.end]


# --------------------------------------------------------------------------- rules

# One of each thing that a rule finds. People and places are invented.
INVENTED = """The rain will last until May, said Ann Lee, a researcher at the Northlight Institute.
"Farmers should sow later," she added. "I have seen this before. We must act."
Lee expects that at least 12 percent of fields, about 300 farms or 5 to 7 villages, will be flooded, up to 3 metres deep.
Her views were echoed by Jo Roe, director of the Centre for Weather at Harbour University's School of Science, who said harvests may fall.
Chemist Omar Brandt disputed Roe's claim. Brandt is president of the Tidal Society. He served as chairman of the Norden Bank.
The Tidal Society said it will help. It said it had 40 boats. Former minister Per Holm, who runs consultancy Lakeside, disagreed.
Farmers said they were afraid. A spokesman for the ministry said nothing had changed. France said it would send pumps.
According to a report, dykes broke. The report said more would break. International Rain Watch (IRW) warned of storms. IRW said so twice.
Mr Holm rejected Lee's views. His wife, Mette Holm, a nurse, told reporters that she would stay. Holm was asked about it.
Lee, Roe and Brandt all agreed that the dyke was old. Her claim that it leaked was confirmed. "It leaks"
One of the founders is Per Nilsen. Northlight's director, Tor Vik, was named chairman of the Norden Bank. Vik was hired as manager of Lakeside.
Nilsen founded Lakeside. Kari Dahl started Dahl Institute, led by Ida Berg. Berg works for the Norden Herald and studied at Norden University.
Tor Vik of the Norden Bank graduated from Arden University in 1990. As a captain, Ida Berg won. In her role as director of Northlight Institute, she left.
Lakeside's Olav Moen was employed by the Norden Bank. The Brandts left. "They left," said Kari Dahl at Dahl Institute.
NILSEN TO LEAD LAKESIDE
"We are ready," said the former head of research at Lakeside, Kari Moe. "They lie," IRW's founder and chief executive, Li Nan, wrote.
Lee said on Monday that the dyke broke in May. “It will break again.” The dyke will hold, Lee told the Herald last week.
"""

LAYOUTS = """Ann Lee, a researcher at the Northlight Institute, came. The researcher said the dyke was old.

Ann Lee: The river will rise again in May.

“The water came over the wall at night and nobody had told us.”
— Jo Roe, Harbour Institute

"We had no boats and no pumps left by then." – Omar Brandt
Omar Brandt — "Nobody had asked us about the pumps at all."

The river has risen by a metre since noon. — Kari Moe (@karimoe) May 3
"""


def decisions(extraction: r.Extraction):
    """Stage and rule of every decision."""
    yield from (("mention", one.rule) for one in extraction.mentions)
    yield from (("role", one.rule) for one in extraction.roles)
    yield from (("part", one.rule) for one in extraction.part_of)
    yield from (("agreement", one.rule) for one in extraction.agreements)
    yield from (("attribution", one.rule) for one in extraction.attributions)
    figures = [*extraction.quantities, *(figure for one in extraction.attributions for figure in one.quantities)]
    yield from (("figure", one.rule) for one in figures)
    yield from ((judged.aspect.value, judged.rule) for one in extraction.attributions for judged in one.judgements)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["rules", "model"])
def test_every_rule_that_decides_is_explained(seed, engine):
    articles = [
        r.Article("seed", seed.read_text(encoding="utf-8")),
        r.Article("invented", INVENTED, published="2025-06-18"),
        r.Article("layouts", LAYOUTS),
    ]
    found = {decision for one in extract_articles(articles, settings=Settings(attribution=engine)) for decision in decisions(one)}
    assert {stage for stage, _ in found} >= {
        "mention",
        "role",
        "part",
        "agreement",
        "attribution",
        "figure",
        "said_on",
        "valid",
        "claim_kind",
        "tense",
    }
    assert len(found) > 20
    assert sorted((stage, rule) for stage, rule in found if not explain_rule(rule, stage=stage)) == []


def test_the_list_of_rules():
    rows = load_table("decision_rules", columns=("rule", "stage", "explanation"))
    keys = [(row["stage"], row["rule"]) for row in rows]
    assert len(set(keys)) == len(keys)
    assert {stage for stage, _ in keys} <= {"mention", "role", "part", "agreement", "figure", "identity", *r.Aspect}
    assert [row["rule"] for row in rows if not row["explanation"] or not row["example"] or row["explanation"].endswith(".")] == []


def test_a_rule_that_no_list_explains(tmp_path):
    sample = make_sample()
    with open_store(tmp_path / "s", write=True, create=True) as store:
        store.add(sample)
        assert explain(store, "attribution-391-396").reason.explanation == ""
