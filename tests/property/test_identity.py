"""Identity is a function of what the articles say, whatever the order, and the same whether made at once or bit by bit."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kg.errors import Contradiction
from kg.graph.identity import AgentFacts, Decisions, Key, Pair, compare, resolve
from kg.graph.identity.records import Post

NAMES = {
    "person": ["Ada Brandt", "A. Brandt", "Brandt", "Ada K. Brandt", "ADA BRANDT", "Dan Roe Jr.", "Dan Roe"],
    "organisation": ["Norden Tools", "Norden Tools Inc.", "Norden Tide Bureau", "NTB", "Ministry of Health", "NATO"],
}


@st.composite
def worlds(draw):
    facts = []
    for number in range(draw(st.integers(1, 6))):
        iri = f"urn:kg:article/{number}"
        bodies = draw(st.lists(st.sampled_from(NAMES["organisation"]), max_size=2, unique=True))
        people = draw(st.lists(st.sampled_from(NAMES["person"]), max_size=2, unique=True))
        for place, name in enumerate(bodies):
            facts.append(AgentFacts(f"{iri}#o{place}", iri, "organisation", (name,)))
        for place, name in enumerate(people):
            posts = draw(st.lists(st.tuples(st.sampled_from(["chemist", "head"]), st.sampled_from(["", *range(len(bodies))])), max_size=2))
            held = tuple(sorted({Post(title, "" if body == "" else f"{iri}#o{body}", former=False) for title, body in posts}))
            facts.append(AgentFacts(f"{iri}#p{place}", iri, "person", (name,), posts=held))
    keys = [Key(one.article, one.kind, one.names[0]) for one in facts] + [Key("", one.kind, one.names[0]) for one in facts]
    pairs = draw(st.lists(st.tuples(st.sampled_from(keys), st.sampled_from(keys)), max_size=4)) if keys else []
    made = {Pair(*sorted(pair)) for pair in pairs if pair[0] != pair[1] and pair[0].kind == pair[1].kind}
    same = {pair for pair in made if draw(st.booleans())}
    named = (
        draw(
            st.lists(
                st.tuples(
                    st.sampled_from(keys), st.sampled_from(["http://www.wikidata.org/entity/Q1", "http://www.wikidata.org/entity/Q2"])
                ),
                max_size=2,
            )
        )
        if keys
        else []
    )
    return facts, Decisions(tuple(sorted(same)), tuple(sorted(made - same)), tuple(sorted(set(named))))


def resolved_or_refused(facts, decisions):
    try:
        return resolve(facts, decisions=decisions)
    except Contradiction as error:
        return str(error)


@settings(max_examples=300, deadline=None)
@given(worlds(), st.randoms(use_true_random=False))
def test_order_makes_no_difference(world, chance):
    facts, decisions = world
    shuffled = list(facts)
    chance.shuffle(shuffled)
    assert resolved_or_refused(shuffled, decisions) == resolved_or_refused(facts, decisions)


@settings(max_examples=200, deadline=None)
@given(worlds())
def test_every_agent_denotes_one_entity(world):
    facts, decisions = world
    found = resolved_or_refused(facts, decisions)
    assume(not isinstance(found, str))
    assert sorted(agent for entity in found.entities for agent in entity.agents) == sorted(one.iri for one in facts)
    assert len({entity.iri for entity in found.entities}) == len(found.entities)
    kinds = {one.iri: one.kind for one in facts}
    assert all({kinds[agent] for agent in entity.agents} == {entity.kind} for entity in found.entities)
    taken = {entity.iri for entity in found.entities}
    assert not any(set(entity.formerly) & taken for entity in found.entities)


@settings(max_examples=300, deadline=None)
@given(worlds())
def test_decisions_are_kept_or_refused(world):
    facts, decisions = world
    found = resolved_or_refused(facts, decisions)
    assume(not isinstance(found, str))
    for one in found.decided:
        if one.same:
            assert one.a == one.b
            assert len(one.a) == 1
        elif one.pair.a.article and one.pair.b.article:
            assert not set(one.a) & set(one.b)
    ids = {entity.iri: entity.same_as for entity in found.entities}
    assert all(len(own) <= 1 for own in ids.values()), "two identifiers of one kind are two"


@settings(max_examples=200, deadline=None)
@given(worlds())
def test_without_the_decisions_it_is_as_before(world):
    facts, decisions = world
    before = resolve(facts)
    resolved_or_refused(facts, decisions)
    assert resolve(facts) == before


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["person", "organisation"]), st.text(max_size=30), st.text(max_size=30))
def test_any_two_strings_can_be_compared(kind, a, b):
    verdict = compare(kind, a, b)
    assert verdict == compare(kind, b, a)
    assert 0 <= verdict.score <= 1
    assert verdict.suggested or not verdict.same
