"""Whatever an extraction holds: the graph is the same in any order, spans hold their words, exports come back."""

import dataclasses
import random
from decimal import Decimal

import pyoxigraph as ox
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kg import records as r
from kg.graph.export import write_quads
from kg.graph.mapping import to_quads
from kg.graph.store import AddResult, open_store
from kg.graph.stored import projected
from kg.graph.terms import OA
from kg.graph.validate import validate_graph

BASE = "urn:kg:"
GRAPHS = {"trig": ox.RdfFormat.TRIG, "nq": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD}
TRIPLES = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES}

# Any character that text can hold; quotation marks, escapes and astral characters more often than chance would have them.
characters = st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("\"'\\\n\r\t“”«»🐟\u2028\u0000\\u0022 "))
words = st.text(characters, min_size=1, max_size=12)
labels = words.filter(lambda label: label.strip())  # a blank title is refused by the shapes, as it ought to be
texts = st.text(characters, min_size=5, max_size=80).filter(lambda text: text.strip())
shares = st.integers(0, 100).map(lambda n: n / 100)
numbers = st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**15), max_value=10**15)
kinds = st.sampled_from


@st.composite
def extractions(draw) -> r.Extraction:
    text = draw(texts)

    def span() -> r.Span:
        start = draw(st.integers(0, len(text) - 1))
        return r.Span(start, draw(st.integers(start + 1, len(text))))

    def pieces(least: int) -> tuple[r.Span, ...]:
        cuts = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2 * least, max_size=4)))
        return tuple(r.Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False))

    def maybe(values: st.SearchStrategy) -> object:
        return draw(st.none() | values)

    def quantity() -> r.Quantity:
        value, low, high = draw(numbers), draw(numbers), draw(numbers)
        return r.Quantity(
            value, low, high if value is not None or low is not None else Decimal(1), maybe(words), maybe(words), maybe(words), maybe(words),
            draw(st.booleans()), (span(),), draw(words), draw(shares),
        )  # fmt: skip

    article = r.Article(
        id=draw(words),
        text=text,
        title=maybe(words),
        url=maybe(words),
        publisher=maybe(words),
        published=maybe(words | st.dates().map(str) | st.datetimes().map(lambda moment: moment.isoformat())),
        authors=tuple(draw(st.lists(words, max_size=2))),
    )
    agents = tuple(
        r.Agent(f"a{n}", draw(kinds(r.AgentKind)), draw(words), tuple(sorted(draw(st.sets(words, max_size=2)))))
        for n in range(draw(st.integers(1, 3)))
    )
    ids = [agent.id for agent in agents]
    mentions = tuple(
        r.Mention(span(), draw(kinds(r.MentionForm)), one, draw(words), draw(shares))
        for one in ids + draw(st.lists(kinds(ids), max_size=2))
    )
    roles = tuple(
        r.Role(draw(kinds(ids)), draw(labels), maybe(kinds(ids)), draw(st.booleans()), (span(),), draw(words), draw(shares))
        for _ in range(draw(st.integers(0, 2)))
    )
    attributions = tuple(
        r.Attribution(
            f"c{n}",
            draw(kinds(r.AttributionKind)),
            pieces(0),
            pieces(0),
            pieces(1),
            maybe(kinds(ids)),
            maybe(words),
            draw(kinds(r.SpeechMode)),
            draw(words),
            draw(shares),
            draw(kinds(r.Said)),
            maybe(kinds(r.Polarity)),
            maybe(words),
            maybe(kinds(r.ClaimKind)),
            maybe(kinds(r.CueStance)),
            maybe(words),
            tuple(r.TopicLabel(draw(labels), (span(),)) for _ in range(draw(st.integers(0, 1)))),
            tuple(quantity() for _ in range(draw(st.integers(0, 1)))),
        )
        for n in range(draw(st.integers(0, 3)))
    )
    agreements = ()
    if attributions:
        made = kinds([a.id for a in attributions])
        agreements = tuple(
            r.Agreement(
                draw(made),
                (draw(made),),
                draw(kinds(r.AgreementRelation)),
                draw(kinds(r.AgreementBasis)),
                (span(),),
                draw(words),
                draw(shares),
            )
            for _ in range(draw(st.integers(0, 2)))
        )
    parts = tuple(
        r.PartOf(draw(kinds(ids)), draw(kinds(ids)), (span(),), draw(words), draw(shares)) for _ in range(draw(st.integers(0, 1)))
    )
    model = r.ModelVersions(draw(words), draw(words), "1", draw(st.sampled_from(("", "names 0123456789ab"))))
    return r.Extraction(
        article, model, agents, mentions, roles, attributions, parts, agreements, tuple(quantity() for _ in range(draw(st.integers(0, 1))))
    )


relaxed = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@relaxed
@given(extractions())
def test_every_span_holds_its_words_and_no_triple_stands_twice(extraction):
    quads = to_quads(extraction, base=BASE)
    starts = {q.subject: int(q.object.value) for q in quads if q.predicate.value == str(OA.start)}
    ends = {q.subject: int(q.object.value) for q in quads if q.predicate.value == str(OA.end)}
    for quad in quads:
        if quad.predicate.value == str(OA.exact):
            assert quad.object.value == extraction.article.text[starts[quad.subject] : ends[quad.subject]]
    assert starts.keys() == ends.keys()
    assert len({quad.triple for quad in quads}) == len(quads)


@settings(relaxed, max_examples=10)
@given(extractions())
def test_every_extraction_keeps_the_shapes(extraction):
    assert validate_graph(to_quads(extraction, base=BASE)).lines == ()


@relaxed
@given(extractions(), st.randoms(use_true_random=False))
def test_the_order_of_records_makes_no_difference(extraction, chance: random.Random):
    lists = ("agents", "mentions", "roles", "attributions", "part_of", "agreements", "quantities")
    shuffled = dataclasses.replace(
        extraction, **{name: tuple(chance.sample(getattr(extraction, name), len(getattr(extraction, name)))) for name in lists}
    )
    assert to_quads(shuffled, base=BASE) == to_quads(extraction, base=BASE)


@relaxed
@given(extractions())
def test_export_parse_export_is_identical(extraction):
    quads = to_quads(extraction, base=BASE)
    for name, form in GRAPHS.items():
        out = write_quads(quads, name, base=BASE)
        back = list(ox.parse(out, format=form))
        assert set(back) == set(quads), name
        assert write_quads(reversed(back), name, base=BASE) == out
    for name, form in TRIPLES.items():
        back = {quad.triple for quad in ox.parse(write_quads(quads, name, base=BASE), format=form)}
        assert back == {quad.triple for quad in quads}, name


@settings(relaxed, max_examples=6)
@given(first=extractions(), second=extractions())
def test_a_store_is_a_function_of_what_it_holds(first, second, tmp_path_factory):
    second = dataclasses.replace(second, article=dataclasses.replace(second.article, url="https://two.example/"))
    first = dataclasses.replace(first, article=dataclasses.replace(first.article, url="https://one.example/"))
    earlier = dataclasses.replace(second, article=dataclasses.replace(first.article, title="earlier", text=second.article.text))
    stores = []
    for order in ((first, second, first), (earlier, second, first)):
        with open_store(tmp_path_factory.mktemp("p") / "s", write=True, create=True) as store:
            results = [store.add(one, check=False) for one in order]
            stores.append(set(store.quads()))
            assert results[-1] is not AddResult.ADDED
            assert {q for q in stores[-1] if q.graph_name.value != f"{BASE}ontology"} == {
                *to_quads(first, base=BASE),
                *to_quads(second, base=BASE),
            }
    assert stores[0] == stores[1]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(extractions())
def test_a_graph_is_read_back_as_the_extraction_that_makes_it(extraction):
    """Where two records want one IRI, or one stretch of words is two mentions, a graph does not tell them apart."""
    assume(len({mention.span for mention in extraction.mentions}) == len(extraction.mentions))
    quads = to_quads(extraction, base=BASE)
    assume(not any("." in quad.subject.value.rpartition("#")[2] for quad in quads))
    assert to_quads(projected(extraction, base=BASE), base=BASE) == quads
