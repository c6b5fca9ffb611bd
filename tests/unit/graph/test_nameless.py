"""Nobody is called "its" in a graph."""

import pytest

from kg import records as r
from kg.graph.mapping import to_quads
from kg.graph.nameless import without_nameless

TEXT = "Ada Brandt became its chief executive in May. He is the treasurer of Northlight."
ADA = r.Agent("a1", r.AgentKind.PERSON, "Ada Brandt")
ITS = r.Agent("a2", r.AgentKind.UNNAMED, "its")
HE = r.Agent("a3", r.AgentKind.UNNAMED, "he")
NORTHLIGHT = r.Agent("a4", r.AgentKind.ORGANISATION, "Northlight")


def mention(agent, words, form=r.MentionForm.NAME):
    start = TEXT.index(words)
    return r.Mention(r.Span(start, start + len(words)), form, agent.id, "rule", 0.8)


def role(agent, title, organisation):
    start = TEXT.index(title or "Northlight")
    evidence = (r.Span(start, start + len(title or "Northlight")),)
    return r.Role(agent.id, title, organisation.id if organisation else None, False, evidence, "copula", 0.9)


def extraction(*roles, **more):
    pronouns = [mention(ITS, "its", r.MentionForm.PRONOUN), mention(HE, "He", r.MentionForm.PRONOUN)]
    mentions = (mention(ADA, "Ada Brandt"), *pronouns, mention(NORTHLIGHT, "Northlight"))
    agents = (ADA, ITS, HE, NORTHLIGHT)
    return r.Extraction(r.Article("a", TEXT), r.ModelVersions("p 1", "rules 1", "0.1"), agents, mentions, roles, **more)


@pytest.mark.parametrize(
    "given, kept",
    [
        # whose chief executive she is stays open
        (role(ADA, "chief executive", ITS), [("a1", "chief executive", None)]),
        # a role that tells nothing but whose
        (role(ADA, None, ITS), []),
        # a holder whom nobody names
        (role(HE, "treasurer", NORTHLIGHT), []),
        (role(ADA, "treasurer", NORTHLIGHT), [("a1", "treasurer", "a4")]),
    ],
)
def test_roles_of_the_nameless(given, kept):
    whole = without_nameless(extraction(given))
    assert [(one.agent, one.title, one.organisation) for one in whole.roles] == kept
    assert [agent.name for agent in whole.agents] == ["Ada Brandt", "Northlight"]


def test_no_node_is_called_by_a_pronoun():
    quads = to_quads(extraction(role(ADA, "chief executive", ITS), role(HE, "treasurer", NORTHLIGHT)), base="urn:kg:")
    values = {quad.object.value for quad in quads if "name" in quad.predicate.value.lower()}
    assert {"Ada Brandt", "Northlight", "chief executive"} <= values
    assert not values & {"its", "he", "treasurer"}


def test_whoever_speaks_stays():
    said = r.Attribution(
        "c1", r.AttributionKind.INDIRECT, (), (), (r.Span(0, 5),), "a3", "say", r.SpeechMode.SPEECH, rule="rule", confidence=0.9
    )
    whole = without_nameless(extraction(attributions=(said,)))
    assert "a3" in {agent.id for agent in whole.agents}


def test_a_corrected_role_stays_and_keeps_its_mark():
    """Though nobody names its holder; what stood before it and went does not move the mark to another role."""
    told = r.Overruled("r1", r.CorrectedAspect.TITLE, "2ab1edc7", "bookkeeper")
    roles = (role(ADA, None, ITS), role(HE, "treasurer", NORTHLIGHT))
    whole = without_nameless(extraction(*roles, overruled=(told,)))
    assert [(one.agent, one.title) for one in whole.roles] == [("a3", "treasurer")]
    assert [one.target for one in whole.overruled] == ["r0"]
