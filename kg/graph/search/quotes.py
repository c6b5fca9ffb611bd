"""One article's claims as flat records: what a table, a search index or a citation needs, read from the article's graph."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib.namespace import ORG, PROV, RDF, SDO
from rdflib.term import URIRef

from kg.graph import terms
from kg.graph.reading import NOTATIONS, ArticleGraph
from kg.graph.store import Store
from kg.graph.vocab import EO

__all__ = ["Quote", "quotes_of"]


@dataclass(frozen=True, slots=True)
class Quote:
    """A claim with who made it, where and how; "" and () for what is unknown.

    Attributes:
        claim, statement, article: IRIs of the claim, of the attribution and of the article.
        speaker: name of the speaker, the most complete in the article; agent: the IRI of the article's agent.
        names: all names the article gives the speaker, `speaker` first.
        roles: the speaker's roles as printed: title and organisation; former ones say so.
        organisations: IRIs of the article's agents that are the speaker or employ the speaker, with what these are part of.
        text: the words, pieces joined by `[...]`.
        start: of the first code point in the article's text.
        quotation: direct, indirect or mixed; claim_kind: fact, prediction, evaluation or recommendation.
        said: asserted, negated or hypothetical; cue: the words that attribute, as printed; stance: the cue's.
        said_on, valid: ISO 8601.
        topics: labels; figures: in words.
        title, publisher, published, url: of the article; `title` is its id or file where it has none.
    """

    claim: str
    statement: str
    article: str
    speaker: str
    agent: str
    names: tuple[str, ...]
    roles: tuple[str, ...]
    organisations: tuple[str, ...]
    text: str
    start: int
    quotation: str
    claim_kind: str
    said: str
    cue: str
    stance: str
    said_on: str
    valid: str
    topics: tuple[str, ...]
    figures: tuple[str, ...]
    confidence: float
    title: str
    publisher: str
    published: str
    url: str


def quotes_of(store: Store, article: str) -> tuple[Quote, ...]:
    """The claims of one article in text order.

    Args:
        store: an open one.
        article: IRI of the article.
    """
    graph = ArticleGraph(store, article)
    printed = graph.publication()
    found = []
    for claim in _claims(store, article):
        statement = graph.one(claim, SDO.appearance)
        agent = graph.one(statement, PROV.wasAttributedTo)
        speaker = graph.one(agent, SDO.name)
        content = graph.spans(statement, EO.contentSpan)
        found.append(
            Quote(
                claim=claim,
                statement=statement,
                article=article,
                speaker=speaker,
                agent=agent,
                names=(speaker, *graph.all(agent, SDO.alternateName)) if agent else (),
                roles=tuple(dict.fromkeys(_roles(graph, agent))),
                organisations=tuple(_organisations(graph, agent)),
                text=graph.one(claim, SDO.text),
                start=content[0].start if content else 0,
                quotation=_word(graph, statement, EO.quotationType),
                claim_kind=_word(graph, claim, EO.claimKind),
                said=_word(graph, statement, EO.said),
                cue=graph.words(statement, EO.cueSpan),
                stance=_word(graph, statement, EO.cueStance),
                said_on=graph.one(statement, SDO.dateCreated),
                valid=graph.one(claim, SDO.temporalCoverage),
                topics=tuple(graph.concept_label(concept) for concept in graph.all(claim, SDO.about)),
                figures=tuple(graph.figure(node) for node in graph.all(claim, EO.quantity)),
                confidence=graph.confidence(statement),
                title=printed.label,
                publisher=printed.publisher,
                published=printed.published,
                url=printed.url,
            )
        )
    return tuple(sorted(found, key=lambda quote: (quote.start, quote.claim)))


def _claims(store: Store, article: str) -> list[str]:
    found = store.inner.quads_for_pattern(None, terms.node(str(RDF.type)), terms.node(str(SDO.Claim)), ox.NamedNode(article))
    return [quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)]


def _roles(graph: ArticleGraph, agent: str) -> Iterator[str]:
    held = graph.leading_to(agent, ORG.member)
    for role in sorted(held, key=lambda role: (graph.spans(role, EO.evidence), role)):
        title, body = graph.one(role, SDO.roleName), graph.one(graph.one(role, ORG.organization), SDO.name)
        words = ", ".join(word for word in (title, body) if word)
        yield f"former {words}" if graph.one(role, EO.former) == "true" else words


def _organisations(graph: ArticleGraph, agent: str) -> list[str]:
    """The agent itself, the bodies of its roles, and what these are part of."""
    found = [agent] if agent else []
    found += [body for role in graph.leading_to(agent, ORG.member) for body in graph.all(role, ORG.organization)]
    for body in found:  # grows while it is read; a circle of parts ends it
        found += [whole for whole in graph.all(body, ORG.subOrganizationOf) if whole not in found]
    return list(dict.fromkeys(found))


def _word(graph: ArticleGraph, node: str, predicate: URIRef) -> str:
    return NOTATIONS.get(graph.one(node, predicate), "")
