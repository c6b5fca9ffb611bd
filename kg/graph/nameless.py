"""Agents that an article calls by a pronoun alone: the words "its chief executive" open a text that never says whose."""

from dataclasses import replace

from kg import records as r

__all__ = ["without_nameless"]


def without_nameless(extraction: r.Extraction) -> r.Extraction:
    """The extraction without agents that only pronouns mention and that say nothing: a graph shows nobody called "its".

    A role they hold goes with them; a role at one of them keeps its title, and goes too if it has none.

    >>> article = r.Article("a", "He is its director.")
    >>> agents = (r.Agent("a1", r.AgentKind.UNNAMED, "he"), r.Agent("a2", r.AgentKind.UNNAMED, "its"))
    >>> mentions = tuple(
    ...     r.Mention(r.Span(*where), r.MentionForm.PRONOUN, agent, "bare-pronoun", 0.7) for where, agent in (((0, 2), "a1"), ((6, 9), "a2"))
    ... )
    >>> role = r.Role("a1", "director", "a2", False, (r.Span(10, 18),), "copula", 0.9)
    >>> whole = r.Extraction(article, r.ModelVersions("p 1", "rules 1", "0.1"), agents, mentions, (role,))
    >>> without_nameless(whole).agents, without_nameless(whole).roles
    ((), ())
    """
    called = {mention.agent for mention in extraction.mentions if mention.form is not r.MentionForm.PRONOUN}
    called.update(one.speaker for one in extraction.attributions if one.speaker)
    # What people overruled stays told: whom the software had taken for the speaker, if only by a pronoun; a role with both its ends.
    called.update(agent for one in extraction.overruled for agent in (one.target, one.former_agent) if agent)
    corrected = {f"r{place}": role for place, role in enumerate(extraction.roles)}
    roles_told = [corrected[one.target] for one in extraction.overruled if one.target in corrected]
    called.update(agent for role in roles_told for agent in (role.agent, role.organisation) if agent)
    nameless = {agent.id for agent in extraction.agents} - called
    if not nameless:
        return extraction
    places = [place for place, role in enumerate(extraction.roles) if _stays(role, nameless)]
    moved = {f"r{old}": f"r{new}" for new, old in enumerate(places)}
    roles = (extraction.roles[place] for place in places)
    return replace(
        extraction,
        agents=tuple(agent for agent in extraction.agents if agent.id not in nameless),
        mentions=tuple(mention for mention in extraction.mentions if mention.agent not in nameless),
        roles=tuple(replace(role, organisation=None) if role.organisation in nameless else role for role in roles),
        part_of=tuple(part for part in extraction.part_of if nameless.isdisjoint((part.organisation, part.within))),
        overruled=tuple(replace(one, target=moved.get(one.target, one.target)) if one.target else one for one in extraction.overruled),
    )


def _stays(role: r.Role, nameless: set[str]) -> bool:
    return role.agent not in nameless and (role.organisation not in nameless or role.title is not None)
