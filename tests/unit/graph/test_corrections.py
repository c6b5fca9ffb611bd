"""Corrections: what each changes, what is kept of the software's own, what no longer fits, and that all of it can be taken back."""

import dataclasses
import re

import pytest
from rdflib.namespace import ORG, PROV, RDF, SDO

from kg import records as r
from kg.errors import BadDecision, DecisionError, NotInStore
from kg.graph import iris, terms
from kg.graph.decisions.amending import add_role, add_statement, amend, withdraw
from kg.graph.decisions.correcting import correct
from kg.graph.decisions.corrections import CORRECTIONS, Change, Correction, Target, read_corrections, write_corrections
from kg.graph.decisions.following import follow, read_overrides
from kg.graph.dossier import dossiers
from kg.graph.explain import explain
from kg.graph.export import export
from kg.graph.identity.lookup import article_key
from kg.graph.mapping import to_quads
from kg.graph.store import open_store
from kg.graph.stored import from_quads, projected
from kg.graph.validate import validate_graph
from kg.graph.vocab import EO

from .conftest import BASE, TEXT, make_sample

KEY = "url:https://news.example/fish"
STATEMENT = "🐟 Herring stocks will recover by 2030"
ROLE = "a senior researcher and board member at the Institute of Tides"


def one(change, value="", *, target=Target.STATEMENT, words=STATEMENT, start=0, which="Ana Lindqvist"):
    return Correction(KEY, target, start, words, which, change, value, "we asked")


def of_role(change, value="", which="Ana Lindqvist: board member"):
    return one(change, value, target=Target.ROLE, words=ROLE, start=TEXT.index(ROLE), which=which)


def values(quads, predicate, about):
    return sorted(
        quad.object.value for quad in quads if quad.predicate == terms.node(str(predicate)) and quad.subject.value.endswith(about)
    )


@pytest.mark.parametrize(
    ("correction", "about", "predicate", "now", "before"),
    [
        (one(Change.SPEAKER, "Mette Holm"), "#attribution-0-37", PROV.wasAttributedTo, [f"#person-{TEXT.index('Mette')}"], ["#person-44"]),
        (one(Change.SPEAKER, "-"), "#attribution-0-37", PROV.wasAttributedTo, [], ["#person-44"]),
        (one(Change.SPEAKER, "Per Vik"), "#attribution-0-37", PROV.wasAttributedTo, None, None),
        (one(Change.CONTENT, "Herring stocks will recover"), "#attribution-2-29", EO.contentSpan, ["#char=2,29"], ["#char=0,37"]),
        (one(Change.MODE, "thought"), "#attribution-0-37", RDF.type, [str(EO.Belief)], [str(EO.Utterance)]),
        (one(Change.QUOTATION, "mixed"), "#attribution-0-37", EO.quotationType, [str(EO.Mixed)], [str(EO.Indirect)]),
        (one(Change.CLAIM_KIND, "fact"), "#claim-0-37", EO.claimKind, [str(EO.Fact)], [str(EO.Prediction)]),
        (one(Change.REMOVED), "#attribution-0-37", RDF.type, [], ["#char=0,37"]),
        (of_role(Change.TITLE, "chair"), "-chair", SDO.roleName, ["chair"], ["board member"]),
        (
            of_role(Change.ORGANISATION, "Norden University"),
            "-board-member",
            ORG.organization,
            [f"#organisation-{TEXT.index('Norden')}"],
            [f"#organisation-{TEXT.index('Institute')}"],
        ),
        (of_role(Change.HOLDER, "Mette Holm"), "-board-member", ORG.member, [f"#person-{TEXT.index('Mette')}"], ["#person-44"]),
        (of_role(Change.FORMER, "true"), "-board-member", EO.former, ["true"], ["false"]),
        (of_role(Change.REMOVED), "-board-member", RDF.type, [], [f"#char={TEXT.index(ROLE)},{TEXT.index(ROLE) + len(ROLE)}"]),
        (
            one(Change.KIND, "work", target=Target.AGENT, words="Norden University", start=TEXT.index("Norden"), which="organisation"),
            f"#work-{TEXT.index('Norden')}",
            EO.agentKind,
            [str(EO.Work)],
            [str(EO.Organisation)],
        ),
    ],
)
def test_what_a_correction_does(correction, about, predicate, now, before):
    sample = make_sample()
    found = correct(sample, [correction], base=BASE)
    if now is None:
        assert [why for _, why in found.unfit] == ["the name 'Per Vik' does not stand in the article"]
        assert to_quads(found.extraction, base=BASE) == to_quads(sample, base=BASE)
        return
    assert found.unfit == ()
    quads = to_quads(found.extraction, base=BASE)
    assert validate_graph(quads).lines == ()
    assert {shortened(value) for value in values(quads, predicate, about)} >= set(map(shortened, now))
    assert bool(values(quads, predicate, about)) == bool(now)
    [mark] = [quad.subject.value for quad in quads if quad.object == terms.node(str(EO.Correction))]
    assert {shortened(value) for value in values(quads, EO.formerValue, mark)} == set(map(shortened, before))
    assert values(quads, terms_comment(), mark) == ["we asked"]


def terms_comment():
    return "http://www.w3.org/2000/01/rdf-schema#comment"


def shortened(iri):
    return f"#{iri.partition('#')[2]}" if iri.startswith("urn:") else iri


def test_without_corrections_nothing_changes():
    sample = make_sample()
    assert correct(sample, [], base=BASE).extraction is sample


def test_a_statement_that_was_missed():
    words = "boats would stay in port"
    added = one(Change.ADDED, "Mette Holm", words=words, start=TEXT.index(words) + 3, which="say")
    further = one(Change.MODE, "thought", words=words, start=TEXT.index(words), which="Mette Holm")
    found = correct(make_sample(), [further, added], base=BASE)
    assert found.unfit == ()
    [said] = [said for said in found.extraction.attributions if said.rule == "person"]
    names = {agent.id: agent.name for agent in found.extraction.agents}
    assert (names[said.speaker], said.mode, [span.of(TEXT) for span in said.content]) == ("Mette Holm", r.SpeechMode.THOUGHT, [words])
    assert validate_graph(to_quads(found.extraction, base=BASE)).lines == ()


@pytest.mark.parametrize(
    ("which", "value", "words", "told"),
    [
        ("Mette Holm: skipper", "-", "Mette Holm", ("skipper", None, False)),
        ("Mette Holm: -", "Norden University", "Mette Holm", (None, "Norden University", False)),
        ("Mette Holm: skipper", "Institute of Tides", ROLE, ("skipper", "Institute of Tides", False)),
        # whom and what the software has not seen, but the article names
        ("Tides: skipper", "Herring", "Tides", ("skipper", "Herring", False)),
        (f"person-{TEXT.index('Mette')}: skipper", "-", "Mette Holm", ("skipper", None, False)),
    ],
)
def test_a_role_that_was_missed(which, value, words, told):
    added = one(Change.ADDED, value, target=Target.ROLE, words=words, start=TEXT.index(words), which=which)
    found = correct(make_sample(), [added], base=BASE)
    assert found.unfit == ()
    [role] = [role for role in found.extraction.roles if role.rule == "person"]
    names = {agent.id: agent.name for agent in found.extraction.agents}
    assert names[role.agent] == ("Tides" if which.startswith("Tides") else "Mette Holm")
    assert (role.title, names.get(role.organisation), role.former) == told
    assert [span.of(TEXT) for span in role.evidence] == [words]
    assert validate_graph(to_quads(found.extraction, base=BASE)).lines == ()
    former = dataclasses.replace(added, change=Change.FORMER, value="true")
    [role] = [role for role in correct(make_sample(), [former, added], base=BASE).extraction.roles if role.rule == "person"]
    assert role.former
    gone = dataclasses.replace(added, change=Change.REMOVED, value="")
    assert [role.rule for role in correct(make_sample(), [gone, added], base=BASE).extraction.roles].count("person") == 0


def test_a_role_that_was_missed_is_shown_corrected_and_taken_back(store, tmp_path):
    follow(store, read_overrides(tmp_path / "d"))
    before, article, folder = everything(store), fish(store), tmp_path / "d"
    add_role(store, folder, article, "Mette Holm", title="skipper", why="page two")
    [mette] = dossiers(store, "Mette Holm", article=article)
    assert [(role.title, role.organisation, role.printed, role.rule) for role in mette.roles] == [("skipper", "", "Mette Holm", "person")]
    told = explain(store, mette.roles[0].iri)
    assert [fact.words for fact in told.facts if fact.label == "corrected"] == [
        "a person decided that it is one, and of which sort; the software had nothing (page two)"
    ]
    amend(store, folder, mette.roles[0].iri, {Change.ORGANISATION: "Norden University"})
    [mette] = dossiers(store, "Mette Holm", article=article)
    assert [(role.title, role.organisation) for role in mette.roles] == [("skipper", "Norden University")]
    assert validate_graph(store.quads()).lines == ()
    withdraw(store, folder, [made.id for made in read_corrections(folder)])
    assert everything(store) == before


def test_a_role_that_cannot_be_put_in_is_refused(store, tmp_path):
    article = fish(store)
    for holder, told, more in (
        ("Mette Holm", "a role without title and organisation", {}),
        ("-", "no holder with a title", {"title": "skipper", "passage": "Mette Holm"}),
        ("Nobody Atall", "do not stand in the article", {"title": "skipper"}),
        ("Nobody Atall", "'Nobody Atall' does not stand in the article", {"title": "skipper", "passage": "Mette Holm"}),
        ("Mette Holm", "'Nowhere' does not stand in the article", {"organisation": "Nowhere"}),
        ("Mette Holm", "'no such words' do not stand", {"title": "skipper", "passage": "no such words"}),
        ("Omar Haddad", "the software finds this role itself", {"title": "Minister of Fisheries"}),
        ("Lindqvist", "the software finds this role itself", {"title": "board member", "organisation": "Institute of Tides"}),
    ):
        with pytest.raises(DecisionError, match=told):
            add_role(store, tmp_path / "d", article, holder, **more)
    assert not (tmp_path / "d").exists()


def test_a_new_speaker_becomes_an_agent_of_the_article():
    found = correct(make_sample(), [one(Change.SPEAKER, "Tides")], base=BASE)
    assert found.unfit == ()
    [agent] = [agent for agent in found.extraction.agents if agent.name == "Tides"]
    [mention] = [mention for mention in found.extraction.mentions if mention.agent == agent.id]
    assert (agent.kind, mention.span.of(TEXT), mention.rule) == (r.AgentKind.PERSON, "Tides", "person")
    assert validate_graph(to_quads(found.extraction, base=BASE)).lines == ()


def test_what_is_taken_out_takes_its_agreements_along():
    found = correct(make_sample(), [one(Change.REMOVED), one(Change.SPEAKER, "Mette Holm")], base=BASE)
    assert [len(agreement.targets) for agreement in found.extraction.agreements] == [1]
    assert validate_graph(to_quads(found.extraction, base=BASE)).lines == ()


@pytest.mark.parametrize(
    ("correction", "why"),
    [
        (one(Change.SPEAKER, "Mette Holm", words="Cod stocks"), "these words do not stand in the article any more"),
        (one(Change.SPEAKER, "Mette Holm", words="Read more >>", start=400), "no statement rests on these words any more"),
        (one(Change.CONTENT, "Cod stocks"), "the right words do not stand in the article in that order"),
        (one(Change.ADDED, "Mette Holm"), "the software finds this statement itself"),
        (of_role(Change.TITLE, "chair", which="Nobody: head"), "no role rests on these words any more"),
        (of_role(Change.TITLE, "-", which="Omar Haddad: minister of fisheries"), "a role without title and organisation"),
        (one(Change.KIND, "work", target=Target.AGENT, words="Cod Board", which="organisation"), "no agent called 'Cod Board'"),
    ],
)
def test_what_no_longer_fits_is_told_and_changes_nothing(correction, why):
    found = correct(make_sample(), [correction], base=BASE)
    assert [told for _, told in found.unfit] == [why]
    assert to_quads(found.extraction, base=BASE) == to_quads(make_sample(), base=BASE)


def test_several_of_a_name_are_told_and_one_is_named_by_its_id():
    sample = make_sample()
    alike = [dataclasses.replace(agent, name="Lee") if agent.id in {"a4", "a5"} else agent for agent in sample.agents]
    sample = dataclasses.replace(sample, agents=tuple(alike))
    omar, mette = TEXT.index("Omar"), TEXT.index("Mette")
    [(_, why)] = correct(sample, [one(Change.SPEAKER, "Lee")], base=BASE).unfit
    assert why == (
        f"2 agents of the article are called 'Lee': Lee, minister of fisheries, person-{omar}; Lee, person-{mette}. "
        "Give the id of the one meant instead"
    )
    found = correct(sample, [one(Change.SPEAKER, f"person-{mette}")], base=BASE)
    assert found.unfit == ()
    assert values(to_quads(found.extraction, base=BASE), PROV.wasAttributedTo, "#attribution-0-37") == [
        f"{iris.article_iri(BASE, sample.article)}#person-{mette}"
    ]
    [(_, why)] = correct(sample, [one(Change.SPEAKER, "person-1")], base=BASE).unfit
    assert why == "the name 'person-1' does not stand in the article"


def test_it_fits_after_another_extraction():
    """The software cuts the statement otherwise and starts an agent's name elsewhere: the words still tell which is meant."""
    sample = make_sample()
    shorter = dataclasses.replace(sample.attributions[0], content=(r.Span(2, 37),))
    again = dataclasses.replace(sample, attributions=(shorter, *sample.attributions[1:]))
    found = correct(again, [one(Change.SPEAKER, "Mette Holm")], base=BASE)
    assert found.unfit == ()
    assert found.extraction.overruled[0].former_agent == again.attributions[0].speaker


def test_the_software_may_come_to_say_so_itself():
    found = correct(make_sample(), [one(Change.SPEAKER, "Ana Lindqvist")], base=BASE)
    assert (found.unfit, found.extraction.overruled) == ((), ())


# --------------------------------------------------------------------------- the file


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("a\tstatement\t0\tw\t\tholder\tx\t", "corrections.tsv:2: the change holder is none of a statement"),
        ("a\tthing\t0\tw\t\tkind\tx\t", "corrections.tsv:2: the target is 'thing'"),
        ("a\tagent\t0\tw\t\tkind\trobot\t", "corrections.tsv:2: 'robot' is no kind: person"),
        ("a\trole\t-1\tw\t\ttitle\tx\t", "corrections.tsv:2: the start is '-1'"),
        ("a\trole\t0\tw\t\ttitle\t\t", "corrections.tsv:2: no title is given"),
        ("\trole\t0\tw\t\ttitle\tx\t", "corrections.tsv:2: no article or no words"),
        ("a\trole\t0\tw\t\ttitle\tx\t\na\trole\t0\tw\t\ttitle\ty\t", "corrections.tsv:3: the row of"),
    ],
)
def test_bad_rows(tmp_path, row, told):
    (tmp_path / CORRECTIONS).write_text(f"article\ttarget\tstart\twords\twhich\tchange\tvalue\twhy\n{row}\n", encoding="utf-8")
    with pytest.raises(BadDecision, match=re.escape(told)):
        read_corrections(tmp_path)


def test_the_file_comes_back(tmp_path):
    corrections = [of_role(Change.TITLE, "chair"), one(Change.CONTENT, "x [...] y\nz")]
    write_corrections(tmp_path, corrections)
    assert read_corrections(tmp_path) == tuple(sorted(corrections))


# --------------------------------------------------------------------------- a store


@pytest.fixture
def store(tmp_path, sample, other):
    with open_store(tmp_path / "store", write=True, create=True) as opened:
        opened.add(sample)
        opened.add(other)
        yield opened


def everything(store):
    return b"".join(export(store, "nq"))


def fish(store):
    return next(article.iri for article in store.articles() if article.url == "https://news.example/fish")


def test_a_graph_read_back_makes_the_same_graph(store):
    for article in store.articles():
        quads = store.article_quads(article.iri)
        found = from_quads(quads, article.iri, key=article_key(store, article.iri))
        assert to_quads(found, base=BASE) == quads
        assert projected(found, base=BASE).attributions == found.attributions


def test_at_once_or_at_the_next_build_is_the_same_and_can_be_undone(store, tmp_path, sample, other):
    follow(store, read_overrides(tmp_path / "d"))
    before = everything(store)
    article = fish(store)
    folder = tmp_path / "d"
    amend(store, folder, "attribution-0-37", {Change.SPEAKER: "Mette Holm", Change.MODE: "thought"}, why="we asked", article=article)
    amend(store, folder, "attribution-0-37", {Change.CONTENT: "char=2,29"}, article=article)
    amend(store, folder, "attribution-2-29", {Change.CLAIM_KIND: "evaluation"}, article=article)
    roles = [quad.subject.value for quad in store.quads(article) if quad.object.value == "board member"]
    amend(store, folder, roles[0], {Change.TITLE: "chair"})
    amend(store, folder, f"{article}#organisation-{TEXT.index('Institute of Tides')}", {Change.KIND: "group"})
    add_statement(store, folder, article, "boats would stay in port", speaker="Omar Haddad", cue="say")
    add_role(store, folder, article, "Mette Holm", title="skipper", organisation="Norden University", former=True, passage="Mette Holm")
    amend(store, folder, f"role-{TEXT.index('Mette')}-skipper", {Change.TITLE: "owner"}, article=article)
    corrected = everything(store)
    assert validate_graph(store.quads()).lines == ()
    with open_store(tmp_path / "again", write=True, create=True) as again:
        overrides = read_overrides(folder)
        for extraction in (other, sample):
            again.add(correct(extraction, overrides.corrections.get(extraction.article.key, ()), base=BASE).extraction)
        assert follow(again, overrides).corrected == 0
        assert everything(again) == corrected
    with open_store(tmp_path / "late", write=True, create=True) as late:
        late.add(sample)
        late.add(other)
        assert follow(late, read_overrides(folder)).corrected == 1
        assert everything(late) == corrected
    ids = [made.id for made in read_corrections(folder)]
    assert len(ids) == 10
    withdraw(store, folder, ids[:3])
    withdraw(store, folder, ids[3:])
    assert everything(store) == before


def test_what_cannot_be_corrected_is_refused_and_nothing_is_written(store, tmp_path):
    folder, article = tmp_path / "d", fish(store)
    for node, changes, error, told in (
        ("attribution-0-37", {Change.SPEAKER: "Nobody Atall"}, DecisionError, "does not stand in the article"),
        ("attribution-0-37", {Change.TITLE: "chair"}, DecisionError, "none of a statement"),
        ("attribution-0-37", {Change.SPEAKER: "Ana Lindqvist"}, DecisionError, "the software says so itself"),
        ("char=0,2", {Change.REMOVED: ""}, NotInStore, "no statement, role or agent"),
        ("attribution-9-37", {Change.REMOVED: ""}, NotInStore, "no node"),
    ):
        with pytest.raises(error, match=told):
            amend(store, folder, node, changes, article=article)
    assert not folder.exists()


def test_a_correction_of_an_article_that_is_not_there_is_told(store, tmp_path):
    write_corrections(tmp_path, [Correction("id:x:1", Target.STATEMENT, 0, "words", "", Change.REMOVED, "")])
    [(where, what)] = follow(store, read_overrides(tmp_path)).warnings()
    assert where == f"{tmp_path / CORRECTIONS}:3"
    assert what == "a correction no longer fits: the article is not in the store. It is kept, and counts once it fits"
