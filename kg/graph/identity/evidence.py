"""What an article tells of an agent beside its name: whom it acts for, in which posts, in whose company it is named."""

import sys
from collections.abc import Set as AbstractSet

from kg.graph.identity.links import Links
from kg.graph.identity.records import Near

__all__ = ["bodies", "company", "marks_of_body", "titles"]

_NONE: frozenset[str] = frozenset()


def bodies(links: Links, place: int) -> AbstractSet[str]:
    """The organisations that an article prints a person to act for, or to have acted for."""
    agent = links.agents[place]
    return _labels(links, agent.article, {post.organisation for post in agent.posts if post.organisation})


def titles(links: Links, place: int) -> AbstractSet[str]:
    """The posts that an article prints a person to hold or to have held, in small letters."""
    return {post.title.casefold() for post in links.agents[place].posts if post.title} or _NONE


def company(links: Links, place: int) -> tuple[str, ...]:
    """The full names of the others in the article, each once.

    For an organisation as printed: which organisations are one is not settled while this is asked.
    """
    agent = links.agents[place]
    settled = agent.kind == "person"
    return tuple(
        {
            # Many share a company: its names are in memory once.
            sys.intern(f"{other.kind} {_label(links, other) if settled else other.key}"): None
            for other in links.near(agent.article)
            if other.iri != agent.iri and other.full and other.key != links.keys[place]
        }
    )


def marks_of_body(links: Links, place: int, *, printed: bool = False) -> set[str]:
    """What two bodies of a common name may share: somebody who acts for them, what they belong to, an identifier.

    Args:
        links: all agents.
        place: of the body.
        printed: whether what they belong to counts by its name as printed, whoever that may be.
    """
    agent = links.agents[place]
    near = links.near(agent.article)
    wholes = {other.key for other in near if other.iri in agent.within} if printed else _labels(links, agent.article, set(agent.within))
    marks = {f"within {whole}" for whole in wholes}
    marks |= {f"person {other.key}" for other in near if other.kind == "person" and other.full and agent.iri in other.posts_at}
    marks |= {f"identifier {one}" for one in links.ids[place]}
    return marks


def _labels(links: Links, article: str, asked: set[str]) -> AbstractSet[str]:
    if not asked:
        return _NONE
    if links.around is None or asked <= links.number.keys():
        return {links.label(links.number[one]) for one in asked if one in links.number}
    return {_label(links, other) for other in links.near(article) if other.iri in asked}


def _label(links: Links, other: Near) -> str:
    place = links.number.get(other.iri)
    return other.label if place is None else links.label(place)
