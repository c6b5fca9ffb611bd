"""Whatever people correct: the graph keeps the shapes or the correction is told as unfit, order makes no difference, and all of it can be taken back."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import records as r
from kg.graph.decisions.correcting import correct_projected, software_own, which_of, words_of
from kg.graph.decisions.corrections import NOBODY, Change, Correction, Target
from kg.graph.mapping import to_quads
from kg.graph.stored import projected
from kg.graph.validate import check_graph

from .test_graph_roundtrip import BASE, extractions


@st.composite
def corrected(draw):
    """An extraction as a store has it, and corrections of things in it, a few of them of nothing."""
    found = projected(draw(extractions()), base=BASE)
    text, names = found.article.text, [*(agent.name for agent in found.agents), NOBODY]
    made = {}
    for _ in range(draw(st.integers(1, 4))):
        target = draw(st.sampled_from(Target))
        things = {Target.STATEMENT: found.attributions, Target.ROLE: found.roles, Target.AGENT: found.agents}[target]
        stretch = draw(st.integers(0, len(text) - 1))
        words = text[stretch : stretch + draw(st.integers(1, 9))].strip() or "nothing"
        which, start = "", stretch
        if things and draw(st.integers(0, 4)):
            thing = draw(st.sampled_from(things))
            which = which_of(found, thing)
            if isinstance(thing, r.Agent):
                words = thing.name
            else:
                spans = thing.content if isinstance(thing, r.Attribution) else thing.evidence
                words, start = words_of(spans, text), spans[0].start
        change, value = draw(
            st.sampled_from(
                {
                    Target.STATEMENT: [
                        (Change.SPEAKER, draw(st.sampled_from(names))),
                        (Change.CONTENT, text[stretch : stretch + 5].strip() or "x"),
                        (Change.QUOTATION, draw(st.sampled_from(r.AttributionKind)).value),
                        (Change.MODE, draw(st.sampled_from(r.SpeechMode)).value),
                        (Change.CLAIM_KIND, draw(st.sampled_from(r.ClaimKind)).value),
                        (Change.REMOVED, ""),
                        (Change.ADDED, draw(st.sampled_from(names))),
                    ],
                    Target.ROLE: [
                        (Change.HOLDER, draw(st.sampled_from(names))),
                        (Change.ORGANISATION, draw(st.sampled_from(names))),
                        (Change.TITLE, draw(st.sampled_from(["chair", NOBODY]))),
                        (Change.FORMER, "true"),
                        (Change.REMOVED, ""),
                        (Change.ADDED, draw(st.sampled_from(names))),
                    ],
                    Target.AGENT: [(Change.KIND, draw(st.sampled_from(r.AgentKind)).value)],
                }[target]
            )
        )
        if (target, change) == (Target.ROLE, Change.ADDED) and names[0] != NOBODY:
            which = f"{draw(st.sampled_from(names[:-1]))}: {draw(st.sampled_from(['chair', NOBODY])) if value != NOBODY else 'chair'}"
        elif (target, change) == (Target.ROLE, Change.ADDED):
            continue
        one = Correction(found.article.key, target, start, words, which, change, value)
        made[one.subject] = one
    return found, list(made.values())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(corrected(), st.randoms(use_true_random=False))
def test_any_corrections(world, chance):
    found, corrections = world
    made = correct_projected(found, corrections)
    quads = to_quads(made.extraction, base=BASE)
    check_graph(quads, where="here")
    marked = {one.decision for one in made.extraction.overruled}
    unfit = {one.id for one, _ in made.unfit}
    assert not marked & unfit
    assert marked | unfit <= {one.id for one in corrections}
    chance.shuffle(corrections)
    assert to_quads(correct_projected(found, corrections).extraction, base=BASE) == quads
    if made.extraction.as_extracted:
        back = software_own(made.extraction.as_extracted, found.article)
        assert own(back) == own(found)


def own(extraction):
    """All but the graph `concepts`, which keeps what is said of topics."""
    return {quad for quad in to_quads(extraction, base=BASE) if quad.graph_name.value != f"{BASE}concepts"}
