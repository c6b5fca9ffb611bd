"""All that the articles of a store tell of one entity: who it is taken to be, why, and a dossier of each article."""

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib.namespace import DCTERMS, RDFS, SDO

from kg.graph import iris
from kg.graph.dossier import Dossier, dossier_of, dossiers
from kg.graph.explanation import Reason
from kg.graph.reading import ArticleGraph, is_node
from kg.graph.store import Store
from kg.graph.vocab import EO
from kg.lexicon.rules import explain_rule

__all__ = ["Portrait", "agents_meant", "joined_by", "portraits"]


@dataclass(frozen=True, slots=True)
class Portrait:
    """Somebody in the world, as far as the articles tell.

    Attributes:
        iri: of the entity; of the article's agent where it denotes none: places, groups, documents, people never named.
        kind: as for `Dossier`.
        name: the most complete; names: all others, sorted.
        same_as: IRIs elsewhere, sorted.
        why: what joined its agents, and what people decided about it, sorted by rule; each with its words.
        agents: what each article tells: oldest first, undated last.
    """

    iri: str
    kind: str
    name: str
    names: tuple[str, ...]
    same_as: tuple[str, ...]
    why: tuple[Reason, ...]
    agents: tuple[Dossier, ...]

    @property
    def articles(self) -> int:
        """How many articles name it."""
        return len({one.article.iri for one in self.agents})


def portraits(store: Store, name: str, *, article: str | None = None) -> tuple[Portrait, ...]:
    """Everybody of that name, namesakes apart, each with all articles that name them, by whatever name; those that most articles name first.

    Args:
        store: an open one.
        name: as for `kg.graph.dossier.dossiers`; or the IRI of an entity or of an article's agent.
        article: IRI of the only article to tell of; None for all.

    Raises:
        NotInStore: as for `dossiers`.
    """
    identity = ArticleGraph(store, iris.graph_iri(store.base, "identity"))
    asked = agents_meant(store, name)
    found = [dossier_of(store, agent) for agent in asked] if asked else list(dossiers(store, name, article=article))
    groups: dict[str, list[Dossier]] = {}
    for one in found:
        groups.setdefault(identity.one(one.iri, EO.denotes) or one.iri, []).append(one)
    told = []
    for iri, own in groups.items():
        # An entity is told of whole: an article that names it otherwise belongs to it as well.
        agents = own if article is not None else [dossier_of(store, agent) for agent in identity.leading_to(iri, EO.denotes)] or own
        told.append(_portrait(store, iri, agents))
    return tuple(sorted(told, key=lambda one: (-one.articles, one.name, one.iri)))


def joined_by(store: Store, entity: str) -> tuple[Reason, ...]:
    """What joined an entity's agents, and what people decided about it: rule, its words and confidence."""
    identity = ArticleGraph(store, iris.graph_iri(store.base, "identity"))
    found = []
    for node in identity.leading_to(entity, EO.concerns):
        rule, told = identity.one(node, EO.rule), identity.one(node, RDFS.comment)
        words = explain_rule(rule, stage="identity")
        found.append(Reason(rule, f"{words}: {told}" if told and words else told or words, identity.confidence(node)))
    return tuple(sorted(set(found), key=lambda one: (one.rule, one.explanation)))


def agents_meant(store: Store, asked: str) -> list[str]:
    """The articles' agents that the IRI of an entity or of one of them means, or the part of it behind the store's base; none for a name."""
    identity = ArticleGraph(store, iris.graph_iri(store.base, "identity"))
    given = asked.strip().strip("<>")
    for iri in (given, f"{store.base}{given}"):
        if is_node(store, iri):
            entity = identity.one(iri, EO.denotes) or identity.one(iri, DCTERMS.isReplacedBy) or iri
            if agents := identity.leading_to(entity, EO.denotes):
                return agents
            if ArticleGraph(store, iri.partition("#")[0]).of_kind(iri, EO.ReportedAgent):
                return [iri]  # a place, a group: nobody of one article alone
    return []


def _portrait(store: Store, iri: str, agents: Iterable[Dossier]) -> Portrait:
    told = sorted(agents, key=lambda one: (not one.article.published, one.article.published, one.article.iri, one.iri))
    entities = ArticleGraph(store, iris.graph_iri(store.base, "entities"))
    name = entities.one(iri, SDO.name) or told[0].name
    names = {other for one in told for other in (one.name, *one.aliases)} - {name}
    return Portrait(
        iri=iri,
        kind=told[0].kind,
        name=name,
        names=tuple(sorted(names)),
        same_as=tuple(entities.all(iri, SDO.sameAs)),
        why=joined_by(store, iri),
        agents=tuple(told),
    )
