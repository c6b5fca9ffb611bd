"""Why something stands in the graph: the rule and the confidence behind it, and the words it rests on, in their context."""

from collections.abc import Iterable
from dataclasses import replace

import pyoxigraph as ox
from rdflib.namespace import DCTERMS, ORG, PROV, RDFS, SDO, SKOS

from kg.graph import iris
from kg.graph.explanation import Explanation, Fact, Naming, Reason, Software
from kg.graph.nodes import find_node
from kg.graph.overruled import local_name
from kg.graph.portrait import joined_by
from kg.graph.reading import ArticleGraph, Publication, is_node
from kg.graph.store import Store
from kg.graph.vocab import EO
from kg.graph.why import ArticleExplainer, software_of
from kg.lexicon.rules import explain_rule

__all__ = ["Explanation", "Fact", "Naming", "Reason", "Software", "explain", "find_node"]

_PROVENANCE = (EO.ExtractedGraph, PROV.Activity, PROV.SoftwareAgent)


def explain(store: Store, node: str, *, article: str | None = None) -> Explanation:
    """What a node is, and why it is there.

    Args:
        store: an open one.
        node: as for `find_node`.
        article: IRI of the article to look in; None for all.

    Raises:
        NotInStore: as for `find_node`.

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
    ...     told = explain(store, "#person-0")
    >>> told.kind, told.meaning, told.reason.rule
    ('person', 'Ann Lee, as far as this article tells', 'named-entity')
    """
    iri = find_node(store, node, article=article)
    # A former IRI stands for the present one, a correction for what it corrects.
    iri = ArticleGraph(store, iris.graph_iri(store.base, "identity")).one(iri, DCTERMS.isReplacedBy) or iri
    iri = ArticleGraph(store, iris.graph_iri(store.base, "provenance")).one(iri, EO.corrects) or iri
    owner = iri.partition("#")[0]
    if iris.is_article_iri(store.base, owner) and not iri.endswith("#extraction"):
        return ArticleExplainer(store, owner).explain(iri)
    return _shared(store, iri)


def _shared(store: Store, iri: str) -> Explanation:
    """A node that belongs to no article: a run of the software, a concept, a term of the ontology."""
    if "#" in iri and iris.is_article_iri(store.base, owner := iri.partition("#")[0]):
        article = ArticleGraph(store, owner).publication()
        return _plain(iri, "extraction", f"all that the software asserts about {article.label}", (), article, software_of(store, owner))
    graphs = [iris.graph_iri(store.base, name) for name in ("entities", "identity", "concepts", "provenance", "ontology")]
    graph = next((name for name in graphs if _stands_in(store, iri, name)), graphs[0])
    here = ArticleGraph(store, graph)
    if graph.endswith("entities"):
        return _entity(store, iri)
    if here.of_kind(iri, EO.IdentityDecision):
        return _decision(store, here, iri)
    if here.of_kind(iri, *_PROVENANCE):
        used = [article for article in here.all(iri, PROV.used) if is_node(store, article)]
        facts = [Fact("read", ArticleGraph(store, article).publication().label, article) for article in used]
        software = [
            Software(one.removeprefix(f"{store.base}software/").partition("/")[0], here.one(one, SDO.name))
            for one in here.all(iri, PROV.wasAssociatedWith)
        ]
        name = here.one(iri, SDO.name)
        return _plain(iri, "software" if name else "run", name or "a run of the software over one article", facts, None, software)
    label = here.one(iri, SKOS.prefLabel) or here.one(iri, RDFS.label)
    uses = sum(1 for _ in store.inner.quads_for_pattern(None, None, ox.NamedNode(iri)))
    comment = here.one(iri, SKOS.definition) or here.one(iri, RDFS.comment)
    facts = [
        Fact("comment", comment),
        Fact("scheme", local_name(here.one(iri, SKOS.inScheme))),
        Fact("used", f"{uses:,} time{'' if uses == 1 else 's'}"),
    ]
    kind = "concept" if here.of_kind(iri, SKOS.Concept) else "term"
    return _plain(iri, kind, label or local_name(iri), facts, None, ())


def _entity(store: Store, iri: str) -> Explanation:
    """Who it is, what joined its agents, and which articles name it how."""
    entities, identity = (ArticleGraph(store, iris.graph_iri(store.base, name)) for name in ("entities", "identity"))
    why = joined_by(store, iri)
    agents = [(ArticleGraph(store, agent.partition("#")[0]), agent) for agent in identity.leading_to(iri, EO.denotes)]
    named = sorted((graph.publication().published, graph.publication().cited, graph.one(agent, SDO.name), agent) for graph, agent in agents)
    facts = [
        Fact("also", ", ".join(entities.all(iri, SDO.alternateName))),
        *(Fact("the same as", one) for one in entities.all(iri, SDO.sameAs)),
        *(Fact("one because", f"{one.rule}: {one.explanation}") for one in why),
        *(Fact("affiliation", entities.one(body, SDO.name), body) for body in identity.all(iri, SDO.affiliation)),
        *(Fact("part of", entities.one(whole, SDO.name), whole) for whole in entities.all(iri, ORG.subOrganizationOf)),
        *(Fact("formerly", "an address that leads here now", old) for old in identity.leading_to(iri, DCTERMS.isReplacedBy)),
        Fact("statements", str(len(identity.leading_to(iri, SDO.spokenByCharacter)))),
        *(Fact("named", f"{name!r} in {where}", agent) for _, where, name, agent in named),
    ]
    kind = "person" if entities.of_kind(iri, SDO.Person) else "organisation"
    many = "one article's agent" if len(agents) == 1 else f"{len(agents)} articles' agents that are taken to be one"
    weakest = min(why, key=lambda one: one.confidence, default=None)
    told = _plain(iri, kind, f"{entities.one(iri, SDO.name)}: {many}", facts, None, ())
    return replace(told, reason=weakest)


def _decision(store: Store, identity: ArticleGraph, iri: str) -> Explanation:
    """A rule, or a person, that joined or parted entities."""
    entities = ArticleGraph(store, iris.graph_iri(store.base, "entities"))
    rule, comment = identity.one(iri, EO.rule), identity.one(iri, RDFS.comment)
    concerned = identity.all(iri, EO.concerns)
    reason = Reason(rule, explain_rule(rule, stage="identity"), identity.confidence(iri))
    names = " and ".join(entities.one(one, SDO.name) for one in concerned)
    facts = [Fact("reason given", comment), *(Fact("concerns", entities.one(one, SDO.name), one) for one in concerned)]
    return replace(_plain(iri, "identity decision", f"about {names}", facts, None, ()), reason=reason)


def _plain(
    iri: str, kind: str, meaning: str, facts: Iterable[Fact], article: Publication | None, software: Iterable[Software]
) -> Explanation:
    told = tuple(fact for fact in facts if fact.words)
    return Explanation(
        iri=iri,
        kind=kind,
        meaning=meaning,
        article=article,
        facts=told,
        reason=None,
        passages=(),
        namings=(),
        software=tuple(sorted(software, key=lambda one: (one.part, one.version))),
    )


def _stands_in(store: Store, iri: str, graph: str) -> bool:
    return any(True for _ in store.inner.quads_for_pattern(ox.NamedNode(iri), None, None, ox.NamedNode(graph)))
