"""What is looked up in the file about who is who is what all facts held in memory tell: questions, their order, and whether decisions can hold."""

import dataclasses

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import Contradiction
from kg.graph.identity import AgentFacts, Decisions, resolve, suggestions
from kg.graph.identity.asking import first_splits, first_suggestions
from kg.graph.identity.called import agents_called, check_kept, decided_on
from kg.graph.identity.clusters import check_decisions
from kg.graph.identity.kept import Kept
from kg.graph.identity.records import Post
from kg.graph.identity.splits import splits

from .test_identity_parts import ITEMS, decisions_on, worked_out

BASE = "urn:kg:"
PEOPLE = [
    *[("Ada Brandt",), ("Brandt",), ("Ada K. Brandt", "Ada Brandt"), ("A. Brandt",), ("Ada Brand",), ("Ida Brandt",), ("Ida Brand",)],
    *[("Dan Roe",), ("Dan Roe Jr.",), ("Roe",)],
]
BODIES = [
    *[("Norden Tools",), ("Norden Tools Inc.", "NT"), ("Norden Tide Bureau", "NTB"), ("NTB",), ("Nadir Town Bank",), ("Norden",)],
    *[("Ministry of Health",), ("NATO",), ("Norden Toolz",), ("Sund Institute",), ("Keld Mill",), ("-",)],
]
DATES = ["", "1950-02-01", "2020-01-01", "2021-06-01", "2022-03-05"]


@st.composite
def articles(draw, number):
    iri = f"{BASE}article/{number}"
    published, items = draw(st.sampled_from(DATES)), st.sampled_from([""] * 6 + ITEMS)
    bodies = draw(st.lists(st.sampled_from(BODIES), max_size=4, unique=True))
    posts = st.builds(
        lambda title, body, former: Post(title, "" if body is None else f"{iri}#o{body}", former),
        st.sampled_from(["", "Chemist", "chemist", "head"]),
        st.sampled_from([None, *range(len(bodies)), 9]),  # the last is no named body
        st.booleans(),
    )
    facts = []
    for place, names in enumerate(bodies):
        within = draw(st.lists(st.sampled_from(range(len(bodies))), max_size=1))
        whole = tuple(f"{iri}#o{one}" for one in within if one != place)
        facts.append(AgentFacts(f"{iri}#o{place}", iri, "organisation", names, identifier=draw(items), within=whole))
    for place, names in enumerate(draw(st.lists(st.sampled_from(PEOPLE), max_size=3, unique=True))):
        held = tuple(sorted(draw(st.sets(posts, max_size=2))))
        facts.append(AgentFacts(f"{iri}#p{place}", iri, "person", names, identifier=draw(items), posts=held))
    return tuple(dataclasses.replace(one, published=published) for one in facts)


@st.composite
def histories(draw):
    """Which articles say what, and what people have decided, at one time after the other."""
    world, steps = {}, []
    for _ in range(draw(st.integers(1, 3))):
        for number in draw(st.sets(st.integers(1, 7), min_size=2, max_size=6)):
            world[f"{BASE}article/{number}"] = draw(articles(number))
        steps.append((dict(world), draw(decisions_on(world)) if draw(st.booleans()) else Decisions()))
    return steps


def contradiction(check, *given, base=BASE):
    try:
        check(*given, base=base)
    except Contradiction as error:
        return str(error)
    return None


@settings(max_examples=150, deadline=None)
@given(histories(), st.integers(0, 12))
def test_the_questions_of_a_store_are_those_of_its_facts(history, limit):
    with Kept(None) as kept:
        for step, (world, decisions) in enumerate(history):
            facts = [one for own in world.values() for one in own]
            if isinstance(worked_out(kept, world, decisions, whole=step == 0), str):
                continue
            found = resolve(facts, decisions=decisions)
            same, different = (list(decided_on(kept, pairs, base=BASE)) for pairs in (decisions.same, decisions.different))
            assert [(sorted(a), sorted(b)) for a, b in same] == [(list(one.a), list(one.b)) for one in found.decided if one.same]
            assert [(sorted(a), sorted(b)) for a, b in different] == [(list(one.a), list(one.b)) for one in found.decided if not one.same]
            apart = {frozenset((a, b)) for one, other in different for a in one for b in other}
            alike = suggestions(found, facts, decisions=decisions)
            assert first_suggestions(kept, apart, lambda _: True, limit=limit) == (alike[:limit], len(alike))
            people = [one for one in alike if one.kind == "person"]
            assert first_suggestions(kept, apart, lambda one: one.kind == "person", limit=limit) == (tuple(people[:limit]), len(people))
            joined = splits(found, facts, decisions=decisions)
            called = {min(one) for one, _ in same if len(one) == 1}
            assert first_splits(kept, called, lambda _: True, limit=limit) == (joined[:limit], len(joined))


def test_of_two_spellings_of_a_body_the_last_is_told():
    facts = []
    for number, name in enumerate(("Ada Brandt", "A. Brandt")):
        iri = f"{BASE}article/{number}"
        bodies = [AgentFacts(f"{iri}#o{place}", iri, "organisation", (body,)) for place, body in enumerate(("Sund Mill", "Sund Mill Inc."))]
        posts = tuple(Post("head", one.iri, former=False) for one in bodies)
        facts += [*bodies, AgentFacts(f"{iri}#p0", iri, "person", (name,), posts=posts)]
    world = {article: tuple(one for one in facts if one.article == article) for article in sorted({one.article for one in facts})}
    with Kept(None) as kept:
        worked_out(kept, world, Decisions(), whole=True)
        found = first_suggestions(kept, set(), lambda _: True, limit=9)
        assert found == (suggestions(resolve(facts), facts), 1)
        assert "both act for Sund Mill Inc." in found[0][0].reasons


@settings(max_examples=250, deadline=None)
@given(histories(), st.data())
def test_decisions_hold_or_not_by_those_they_are_about(history, data):
    world, _ = history[-1]
    facts = [one for own in world.values() for one in own]
    with Kept(None) as kept:
        kept.follow(((article, str(hash(own))) for article, own in world.items()), lambda article: world[article])
        decisions = data.draw(decisions_on(world))
        more = data.draw(decisions_on(world))
        told = contradiction(check_decisions, facts, decisions)
        assert contradiction(check_kept, kept, decisions) == told
        # Whom more decisions could be about makes no difference.
        possible = Decisions((*decisions.same, *more.same), (*decisions.different, *more.different), decisions.same_as)
        assert contradiction(check_decisions, agents_called(kept, possible, base=BASE), decisions) == told
