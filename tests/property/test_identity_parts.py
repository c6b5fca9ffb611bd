"""Working out only what is touched gives what working out all of it gives, after whatever came and went."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import Contradiction
from kg.graph.identity import AgentFacts, Decisions, Key, Pair, resolve
from kg.graph.identity.kept import Kept
from kg.graph.identity.records import Post
from kg.graph.identity.working import Working

NAMES = {
    "person": [("Ada Brandt",), ("Brandt",), ("Ada K. Brandt", "Ada Brandt"), ("ADA BRANDT", "Brandt"), ("Dan Roe",), ("Roe",)],
    "organisation": [
        ("Norden Tools",),
        ("Norden Tools Inc.", "NT"),
        ("Norden Tide Bureau",),
        ("Norden Tide Bureau", "NTB"),
        ("NTB",),
        ("NTB", "Nadir Town Bank"),
        ("Nadir Town Bank",),
        ("Ministry of Health",),
        ("NATO",),
        ("North Atlantic Treaty Organization",),
        ("Norden",),
        ("The Norden Ltd",),
    ],
}
ITEMS = ["http://www.wikidata.org/entity/Q1", "http://www.wikidata.org/entity/Q2"]


@st.composite
def articles(draw, number):
    iri = f"urn:kg:article/{number}"
    bodies = draw(st.lists(st.sampled_from(NAMES["organisation"]), max_size=3, unique=True))
    people = draw(st.lists(st.sampled_from(NAMES["person"]), max_size=2, unique=True))
    items = st.sampled_from(["", "", "", "", *ITEMS])
    facts = []
    for place, names in enumerate(bodies):
        within = draw(st.lists(st.sampled_from(range(len(bodies))), max_size=1))
        whole = tuple(f"{iri}#o{one}" for one in within if one != place)
        facts.append(AgentFacts(f"{iri}#o{place}", iri, "organisation", names, identifier=draw(items), within=whole))
    for place, names in enumerate(people):
        posts = draw(st.lists(st.tuples(st.sampled_from(["chemist", "head"]), st.sampled_from(["", *range(len(bodies))])), max_size=2))
        held = tuple(sorted({Post(title, "" if body == "" else f"{iri}#o{body}", former=False) for title, body in posts}))
        facts.append(AgentFacts(f"{iri}#p{place}", iri, "person", names, identifier=draw(items), posts=held))
    return tuple(facts)


@st.composite
def histories(draw):
    """Which articles say what, and what people have decided, at one time after the other."""
    size = draw(st.integers(1, 6))
    steps = []
    world = {}
    for _ in range(draw(st.integers(1, 4))):
        for number in draw(st.sets(st.integers(1, size), max_size=4)):
            world[f"urn:kg:article/{number}"] = draw(articles(number))
        for number in draw(st.sets(st.integers(1, size), max_size=1)):
            world.pop(f"urn:kg:article/{number}", None)
        steps.append((dict(world), draw(decisions_on(world)) if draw(st.booleans()) else Decisions()))
    return steps


def decisions_on(world):
    facts = [one for own in world.values() for one in own]
    if not facts:
        return st.just(Decisions())
    keys = st.sampled_from([Key(article, one.kind, name) for one in facts for article in (one.article, "") for name in one.names])
    pairs = (
        st.tuples(keys, keys).filter(lambda pair: pair[0] != pair[1] and pair[0].kind == pair[1].kind).map(lambda pair: Pair(*sorted(pair)))
    )
    chosen = st.lists(pairs, max_size=2, unique=True).map(lambda found: tuple(sorted(found)))
    named = st.lists(st.tuples(keys, st.sampled_from(ITEMS)), max_size=1).map(tuple)
    return st.builds(Decisions, chosen, chosen, named)


def told(kept):
    """Agents with what they denote."""
    return dict(kept.db.execute("SELECT iri, entity FROM agent"))


def worked_out(kept, world, decisions, *, whole):
    kept.follow(((article, str(hash(facts))) for article, facts in world.items()), lambda article: world[article])
    kept.db.execute("BEGIN")
    working = Working(kept, decisions, base="urn:kg:", whole=whole)
    try:
        working.run()
    except Contradiction as error:
        kept.db.execute("ROLLBACK")
        return str(error)
    kept.clean()
    kept.db.execute("COMMIT")
    return working


def resolved_or_refused(facts, decisions):
    try:
        return resolve(facts, decisions=decisions)
    except Contradiction as error:
        return str(error)


@settings(max_examples=300, deadline=None)
@given(histories())
def test_what_is_touched_is_what_changes(history):
    with Kept(None) as kept:
        for step, (world, decisions) in enumerate(history):
            facts = [one for own in world.values() for one in own]
            found = worked_out(kept, world, decisions, whole=step == 0)
            expected = resolved_or_refused(facts, decisions)
            if isinstance(expected, str):
                assert found == expected
                continue
            assert told(kept) == {agent: entity.iri for entity in expected.entities for agent in entity.agents}
            there = {entity.iri: (entity.names, entity.rules, entity.same_as, entity.formerly) for entity in expected.entities}
            assert {iri: entity_told(kept, iri) for (iri,) in kept.db.execute("SELECT iri FROM entity")} == there
            assert found.decided == expected.decided
            assert found.unmatched == expected.unmatched


def entity_told(kept, iri):
    names, rules, same_as, formerly = kept.told(iri)[2:]
    gone = {one for one in formerly if kept.told(one) is None}
    return tuple(names), tuple(rules), tuple(same_as), tuple(one for one in formerly if one in gone)
