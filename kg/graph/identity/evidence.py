"""What an article tells of an agent beside its name: whom it acts for, in which posts, in whose company it is named."""

from kg.graph.identity.links import Links, is_full

__all__ = ["bodies", "body", "company", "marks_of_body", "titles"]


def bodies(links: Links, place: int) -> set[str]:
    """The organisations that an article prints a person to act for, or to have acted for."""
    posts = links.agents[place].posts
    return {body(links, links.number[post.organisation]) for post in posts if post.organisation in links.number}


def titles(links: Links, place: int) -> set[str]:
    """The posts that an article prints a person to hold or to have held, in small letters."""
    return {post.title.casefold() for post in links.agents[place].posts if post.title}


def body(links: Links, place: int) -> str:
    """The name by which two articles' organisations are one: of the group that acronyms and identifiers have made."""
    root = links.root(place)
    return f"{links.keys[root]} {root}" if root in links.torn else links.keys[root]


def company(links: Links, place: int) -> set[str]:
    """The full names of the others in the article."""
    return {
        f"{links.agents[other].kind} {body(links, other)}"
        for other in links.by_article[links.agents[place].article]
        if other != place and is_full(links.agents[other]) and links.keys[other] != links.keys[place]
    }


def marks_of_body(links: Links, place: int) -> set[str]:
    """What two bodies of a common name may share: somebody who acts for them, what they belong to, an identifier."""
    agent = links.agents[place]
    marks = {f"within {body(links, links.number[whole])}" for whole in agent.within if whole in links.number}
    for other in links.by_article[agent.article]:
        who = links.agents[other]
        if who.kind == "person" and is_full(who) and any(post.organisation == agent.iri for post in who.posts):
            marks.add(f"person {links.keys[other]}")
    marks |= {f"identifier {one}" for one in links.ids[place]}
    return marks
