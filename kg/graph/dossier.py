"""All that the articles of a store tell of one person or organisation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib.namespace import ORG, PROV, RDF, SDO

from kg.errors import NotInStore
from kg.graph import iris, terms
from kg.graph.reading import NOTATIONS, ArticleGraph, Publication, find_article
from kg.graph.spelling import names_in, near_names, spelled_so
from kg.graph.store import Store
from kg.graph.terms import CITO
from kg.graph.vocab import EO
from kg.records import Span

__all__ = ["Dossier", "Figure", "Part", "Post", "Stance", "Statement", "dossier_of", "dossiers"]

_MODES = {EO.Utterance: "speech", EO.Belief: "thought", EO.Attitude: "attitude"}


@dataclass(frozen=True, slots=True)
class Post:
    """A role as printed in the article.

    Attributes:
        iri: of the role, for `kg.graph.explain`; so are the other records' IRIs.
        holder, organisation: names; `organisation` is "" if none is named, as is `title`.
        former: printed as one no longer held.
        printed: the words it rests on.
        statements: how many statements the article attributes to the holder.
    """

    iri: str
    holder: str
    title: str
    organisation: str
    former: bool
    printed: str
    rule: str
    confidence: float
    statements: int


@dataclass(frozen=True, slots=True)
class Part:
    """One organisation is part of another, by the words printed."""

    iri: str
    part: str
    whole: str
    printed: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a statement: in words for people, and as printed."""

    iri: str
    words: str
    printed: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Statement:
    """Something the agent says, thinks or takes a stand on.

    Attributes:
        text: its words, pieces joined by `[...]`.
        start, end: of the first and last code point, half-open.
        quotation_type: direct, indirect or mixed.
        mode: speech, thought or attitude.
        said: asserted, negated ("did not say") or hypothetical.
        cue: the words that attribute, as printed; "" if it runs on from another.
    """

    iri: str
    text: str
    start: int
    end: int
    quotation_type: str
    mode: str
    said: str
    cue: str
    figures: tuple[Figure, ...]
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Stance:
    """Agreement or disagreement between statements of this agent and others'.

    Attributes:
        relation: agrees or disagrees.
        basis: stated by the article, or inferred.
        takes: whether this agent takes the stand; else the others take it on this agent's statements.
        others: names of the others; nobody known is left out.
        own, theirs: IRIs of the statements on either side, in text order.
        their_words: what the others' statements say, in that order.
        printed: the words it rests on.
    """

    iri: str
    relation: str
    basis: str
    takes: bool
    others: tuple[str, ...]
    own: tuple[str, ...]
    theirs: tuple[str, ...]
    their_words: tuple[str, ...]
    printed: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Dossier:
    """What one article tells of one of its agents.

    Attributes:
        iri: of the article's agent: who that is in the world `kg.graph.portrait` tells.
        kind: person, organisation, place, work, group or unnamed.
        name: the most complete one in the article; aliases: the others, sorted.
        roles: that it holds; holders: roles that others hold at it or at a part of it; both in text order.
        part_of: what it is part of; parts: what is part of it.
        statements: in text order.
        stances: in text order of the words that state them.
    """

    iri: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    article: Publication
    roles: tuple[Post, ...]
    holders: tuple[Post, ...]
    part_of: tuple[Part, ...]
    parts: tuple[Part, ...]
    statements: tuple[Statement, ...]
    stances: tuple[Stance, ...]


def dossiers(store: Store, name: str, *, article: str | None = None) -> tuple[Dossier, ...]:
    """A dossier for each agent of that name or alias: oldest article first, undated ones last; in one article in the order of their IRIs.

    Each article has agents of its own, so a name that stands in several articles gives several dossiers; whether they are one person,
    `kg.graph.portrait` tells.

    Args:
        store: an open one.
        name: in any case; runs of white space count as one blank.
        article: IRI of the only article to look at; None for all.

    Raises:
        NotInStore: if no agent has that name, with the nearest names; or if there is no such article.

    >>> import tempfile
    >>> from kg.graph.store import open_store
    >>> from kg.records import Agent, AgentKind, Article, Extraction, Mention, MentionForm, ModelVersions, Span
    >>> found = Extraction(
    ...     Article("1", "Ann Lee slept."),
    ...     ModelVersions("p 1", "rules 1", "0.1"),
    ...     (Agent("a1", AgentKind.PERSON, "Ann Lee"),),
    ...     (Mention(Span(0, 7), MentionForm.NAME, "a1", "named-entity", 0.9),),
    ... )
    >>> with tempfile.TemporaryDirectory() as folder, open_store(folder, write=True, create=True) as store:
    ...     added = store.add(found)
    ...     [(one.kind, one.name, one.statements) for one in dossiers(store, "ann  lee")]
    [('person', 'Ann Lee', ())]
    """
    only = find_article(store, article) if article is not None else None
    found = {agent for spelling in spelled_so(store, name) for agent in _bearers(store, spelling, only)}
    if not found:
        raise _unknown(store, name, only)
    written = [_dossier(ArticleGraph(store, graph), agent) for graph, agent in sorted(found)]
    return tuple(sorted(written, key=lambda one: (not one.article.published, one.article.published, one.article.iri, one.iri)))


def dossier_of(store: Store, agent: str) -> Dossier:
    """What its article tells of the agent of that IRI, which must be there."""
    return _dossier(ArticleGraph(store, agent.partition("#")[0]), agent)


# --------------------------------------------------------------------------- names


def _bearers(store: Store, name: str, article: str | None) -> list[tuple[str, str]]:
    """Article and agent of each agent so spelled."""
    quads = [q for p in (SDO.name, SDO.alternateName) for q in _pattern(store, str(p), ox.Literal(name), article)]
    pairs = [(quad.graph_name, quad.subject) for quad in quads]
    return [(a.value, s.value) for a, s in pairs if isinstance(a, ox.NamedNode) and isinstance(s, ox.NamedNode) and _is_agent(store, a, s)]


def _pattern(store: Store, predicate: str, value: ox.Literal | None, article: str | None) -> list[ox.Quad]:
    graph = ox.NamedNode(article) if article is not None else None
    return list(store.inner.quads_for_pattern(None, terms.node(predicate), value, graph))


def _is_agent(store: Store, article: ox.NamedNode, subject: ox.NamedNode) -> bool:
    if not iris.is_article_iri(store.base, article.value):
        return False  # software has a name too
    kind = ox.Quad(subject, terms.node(str(RDF.type)), terms.node(str(EO.ReportedAgent)), article)
    return kind in store.inner


def _unknown(store: Store, name: str, article: str | None) -> NotInStore:
    near = near_names(names_in(store, article), name)
    guess = f"Did you mean {' or '.join(near)}?" if near else "`kg stats` lists the articles, `kg query --list` what can be asked"
    where = "the article" if article is not None else str(store.path)
    return NotInStore(f"nobody is called {name!r}", where=where, remedy=guess)


# --------------------------------------------------------------------------- one dossier


def _dossier(graph: ArticleGraph, agent: str) -> Dossier:
    statements = _in_text_order(graph, graph.leading_to(agent, PROV.wasAttributedTo))
    units = _units(graph, agent)
    held = (role for unit in units for role in graph.leading_to(unit, ORG.organization))
    return Dossier(
        iri=agent,
        kind=NOTATIONS.get(graph.one(agent, EO.agentKind), ""),
        name=graph.one(agent, SDO.name),
        aliases=tuple(graph.all(agent, SDO.alternateName)),
        article=graph.publication(),
        roles=_posts(graph, graph.leading_to(agent, ORG.member)),
        holders=_posts(graph, held),
        part_of=_parts(graph, graph.leading_to(agent, RDF.subject)),
        parts=_parts(graph, graph.leading_to(agent, RDF.object)),
        statements=tuple(_statement(graph, node) for node in statements),
        stances=_stances(graph, statements),
    )


def _units(graph: ArticleGraph, organisation: str) -> list[str]:
    """The organisation and its parts, and their parts."""
    found = [organisation]
    for unit in found:  # grows while it is read; a circle of parts ends it
        found += [part for part in graph.leading_to(unit, ORG.subOrganizationOf) if part not in found]
    return found


def _by_evidence(graph: ArticleGraph, nodes: Iterable[str]) -> list[str]:
    return sorted(set(nodes), key=lambda node: (graph.spans(node, EO.evidence), node))


def _posts(graph: ArticleGraph, roles: Iterable[str]) -> tuple[Post, ...]:
    return tuple(
        Post(
            iri=role,
            holder=graph.one(graph.one(role, ORG.member), SDO.name),
            title=graph.one(role, SDO.roleName),
            organisation=graph.one(graph.one(role, ORG.organization), SDO.name),
            former=graph.one(role, EO.former) == "true",
            printed=graph.words(role, EO.evidence),
            rule=graph.one(role, EO.rule),
            confidence=graph.confidence(role),
            statements=len(graph.leading_to(graph.one(role, ORG.member), PROV.wasAttributedTo)),
        )
        for role in sorted(set(roles), key=lambda role: _place_of_title(graph, role))
    )


def _place_of_title(graph: ArticleGraph, role: str) -> tuple[tuple[Span, ...], int, str]:
    """Two posts that rest on the same words come in the order of their titles in them."""
    title = graph.one(role, SDO.roleName)
    return graph.spans(role, EO.evidence), graph.words(role, EO.evidence).find(title), role


def _parts(graph: ArticleGraph, nodes: Iterable[str]) -> tuple[Part, ...]:
    return tuple(
        Part(
            iri=node,
            part=graph.one(graph.one(node, RDF.subject), SDO.name),
            whole=graph.one(graph.one(node, RDF.object), SDO.name),
            printed=graph.words(node, EO.evidence),
            rule=graph.one(node, EO.rule),
            confidence=graph.confidence(node),
        )
        for node in _by_evidence(graph, nodes)
        if graph.one(node, RDF.predicate) == str(ORG.subOrganizationOf)
    )


def _in_text_order(graph: ArticleGraph, statements: Iterable[str]) -> list[str]:
    return sorted(set(statements), key=lambda node: (graph.spans(node, EO.contentSpan), node))


def _statement(graph: ArticleGraph, node: str) -> Statement:
    content = graph.spans(node, EO.contentSpan)
    claim = next(iter(graph.leading_to(node, SDO.appearance)), node)  # an attitude makes no claim and has its figures itself
    return Statement(
        iri=node,
        text=graph.words(node, EO.contentSpan),
        start=content[0].start,
        end=content[-1].end,
        quotation_type=NOTATIONS[graph.one(node, EO.quotationType)],
        mode=next(mode for kind, mode in _MODES.items() if graph.of_kind(node, kind)),
        said=NOTATIONS[graph.one(node, EO.said)],
        cue=graph.words(node, EO.cueSpan),
        figures=_figures(graph, claim),
        rule=graph.one(node, EO.rule),
        confidence=graph.confidence(node),
    )


def _figures(graph: ArticleGraph, owner: str) -> tuple[Figure, ...]:
    return tuple(
        Figure(
            iri=node,
            words=graph.figure(node),
            printed=graph.words(node, EO.evidence),
            rule=graph.one(node, EO.rule),
            confidence=graph.confidence(node),
        )
        for node in _by_evidence(graph, graph.all(owner, EO.quantity))
    )


def _stances(graph: ArticleGraph, statements: Sequence[str]) -> tuple[Stance, ...]:
    """The stands taken in these statements, and those taken on them."""
    taken = {node for one in statements for node in graph.leading_to(one, CITO.hasCitingEntity)}
    met = {node for one in statements for node in graph.leading_to(one, CITO.hasCitedEntity)} - taken
    return tuple(_stance(graph, node, set(statements), takes=node in taken) for node in _by_evidence(graph, taken | met))


def _stance(graph: ArticleGraph, node: str, statements: set[str], *, takes: bool) -> Stance:
    citing, cited = graph.all(node, CITO.hasCitingEntity), graph.all(node, CITO.hasCitedEntity)
    own, theirs = (citing, cited) if takes else ([one for one in cited if one in statements], citing)
    theirs = _in_text_order(graph, theirs)
    names = [graph.one(speaker, SDO.name) for one in theirs for speaker in graph.all(one, PROV.wasAttributedTo)]
    return Stance(
        iri=node,
        relation="disagrees" if graph.one(node, CITO.hasCitationCharacterization) == str(CITO.disagreesWith) else "agrees",
        basis="stated" if graph.of_kind(node, EO.StatedStance) else "inferred",
        takes=takes,
        others=tuple(dict.fromkeys(names)),
        own=tuple(_in_text_order(graph, own)),
        theirs=tuple(theirs),
        their_words=tuple(graph.words(one, EO.contentSpan) for one in theirs),
        printed=graph.words(node, EO.evidence),
        rule=graph.one(node, EO.rule),
        confidence=graph.confidence(node),
    )
