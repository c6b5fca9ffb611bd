"""What identity works with: article agents and their facts, verdicts on two of them, people's decisions, and what comes out."""

import hashlib
from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = [
    "AgentFacts",
    "Decided",
    "Decisions",
    "Entity",
    "IdentityReport",
    "Key",
    "Meaning",
    "Near",
    "Pair",
    "Post",
    "Resolved",
    "Suggestion",
    "Verdict",
]


@dataclass(frozen=True, slots=True, order=True)
class Post:
    """A role an article prints: title and organisation's IRI in that article, "" where there is none."""

    title: str
    organisation: str
    former: bool


@dataclass(frozen=True, slots=True)
class AgentFacts:
    """A named person or organisation of one article, with all that tells who it is.

    Attributes:
        iri: of the article's agent; article: of the article.
        kind: person or organisation.
        names: the most complete first, then the others, sorted.
        identifier: in the user's own list of names; "" without one.
        posts: roles a person holds in this article.
        within: IRIs of organisations this one is part of, in this article.
        published: ISO 8601; "" if unknown.
    """

    iri: str
    article: str
    kind: str
    names: tuple[str, ...]
    identifier: str = ""
    posts: tuple[Post, ...] = ()
    within: tuple[str, ...] = ()
    published: str = ""


class Meaning(NamedTuple):
    """What an acronym alone means: key of the body, "" for none; the rule; whether all who go by it alone are one."""

    target: str
    rule: str
    mutual: bool


class Near(NamedTuple):
    """An agent of the same article, as far as the evidence for another needs it.

    Attributes:
        iri: of the agent; kind: person or organisation.
        full: whether its name tells who it is.
        key: of its most complete name; label: what two articles' mentions of it share once it is settled who it is.
        posts_at: IRIs of the organisations that a person holds a post at.
    """

    iri: str
    kind: str
    full: bool
    key: str
    label: str
    posts_at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the names of two agents of one kind tell.

    Attributes:
        same: strong enough to join them without asking.
        suggested: worth a person's look; always true where `same` is.
        score: from 0 to 1, how alike they are taken to be.
        rule: what decided; reason: the same in words.
    """

    same: bool
    suggested: bool
    score: float
    rule: str
    reason: str


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """An article's agent as people's decisions keep it, so that it is found again after a new extraction.

    Attributes:
        article: key of the article (`kg.records.Article.key`), which is the same whatever the store's base, or its IRI; "" for every article.
        kind: person or organisation.
        name: as printed; the most complete in the article.
    """

    article: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two agents that a person has decided on, and why; `where` is the file and line it was read from."""

    a: Key
    b: Key
    why: str = ""
    where: str = field(default="", compare=False)

    @property
    def id(self) -> str:
        """Six hex digits that name it, whichever of the two comes first and whatever was decided.

        >>> one, other = Key("", "person", "Ada Brandt"), Key("", "person", "A. Brandt")
        >>> Pair(one, other).id == Pair(other, one).id
        True
        """
        told = sorted((key.article, key.kind, key.name) for key in (self.a, self.b))
        return hashlib.sha256(repr(told).encode()).hexdigest()[:6]


@dataclass(frozen=True, slots=True)
class Decisions:
    """People's decisions; they win over every rule.

    Attributes:
        same, different: pairs, sorted.
        same_as: IRIs elsewhere (Wikidata, ORCID, LEI) of whoever bears that name and kind.
    """

    same: tuple[Pair, ...] = ()
    different: tuple[Pair, ...] = ()
    same_as: tuple[tuple[Key, str], ...] = ()

    @property
    def keys(self) -> frozenset[Key]:
        """The ends of all decisions."""
        ends = (key for pair in (*self.same, *self.different) for key in (pair.a, pair.b))
        return frozenset((*ends, *(key for key, _ in self.same_as)))


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody in the world, as far as the articles tell.

    Attributes:
        iri: from kind and most complete name.
        name: the most complete; names: all others, sorted.
        agents: IRIs of the articles' agents that denote it, sorted.
        rule: the weakest rule that joined them; "single" for one agent alone. rules: all that did, sorted.
        confidence: of the joining.
        same_as: IRIs elsewhere, sorted.
        formerly: IRIs that it would have had by its other names, sorted.
    """

    iri: str
    kind: str
    name: str
    names: tuple[str, ...]
    agents: tuple[str, ...]
    rule: str
    confidence: float
    rules: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two entities that may be one, for a person to decide.

    Attributes:
        a, b: IRIs of the entities, in order; name_a, name_b: their names.
        score: from 0 to 1; higher ones first.
        rule: what suggests it; reasons: in words.
    """

    score: float
    kind: str
    a: str
    b: str
    name_a: str
    name_b: str
    rule: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision came to.

    Attributes:
        same: whether it calls them one.
        pair: the decision.
        a, b: IRIs of the entities that its two ends are now, sorted: the same ones if they are one.
    """

    same: bool
    pair: Pair
    a: tuple[str, ...]
    b: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who is who: the entities by IRI, keys of decisions that fit no agent any more, and what the others came to."""

    entities: tuple[Entity, ...]
    unmatched: tuple[Key, ...] = ()
    decided: tuple[Decided, ...] = ()


@dataclass(frozen=True, slots=True)
class IdentityReport:
    """What a refresh did.

    Attributes:
        agents, entities: how many there are now.
        joined: entities of more than one agent.
        changed: quads added and removed.
        unmatched: keys of decisions that fit no agent.
    """

    agents: int
    entities: int
    joined: int
    changed: int
    unmatched: tuple[Key, ...] = ()
