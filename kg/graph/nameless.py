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
    # What people overruled stays told: whom the software had taken for the speaker, if only by a pronoun.
    called.update(agent for one in extraction.overruled for agent in (one.target, one.former_agent) if agent)
    nameless = {agent.id for agent in extraction.agents} - called
    if not nameless:
        return extraction
    held = (role for role in extraction.roles if role.agent not in nameless)
    roles = (replace(role, organisation=None) if role.organisation in nameless and role.title else role for role in held)
    return replace(
        extraction,
        agents=tuple(agent for agent in extraction.agents if agent.id not in nameless),
        mentions=tuple(mention for mention in extraction.mentions if mention.agent not in nameless),
        roles=tuple(role for role in roles if role.organisation not in nameless),
        part_of=tuple(part for part in extraction.part_of if nameless.isdisjoint((part.organisation, part.within))),
    )
