"""One article's graph on its way into the network."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from rdflib.namespace import DC, ORG, PROV, RDF, SDO, SKOS
from rdflib.term import URIRef

from kg import records as r
from kg.graph import terms
from kg.graph.figures import amount_words, figure_words
from kg.graph.mapping import PIECES
from kg.graph.store import ArticleInfo
from kg.graph.terms import CITO, OA
from kg.graph.vocab import EO
from kg.show.context import Place, segments
from kg.show.facts import Facts, facts_of

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Reader", "Shared"]

_LABEL = 48  # characters of a statement that serve as its label

type Attributes = dict[str, Any]


@dataclass(slots=True)
class Shared:
    """What all articles of a store have in common.

    Attributes:
        concepts, entities, identity: the facts of those graphs; the last two are empty in a store whose identities were never worked out.
        denotes: the entity that an article's agent denotes.
        claims: the node of the network that an attribution became; filled while articles are read.
        overruled: what people decided of a statement, a role or an article's agent, and what the software had found; for each node in words.
        removed: what people took out of an article, for each in words.
    """

    concepts: Facts = field(default_factory=Facts)
    entities: Facts = field(default_factory=Facts)
    identity: Facts = field(default_factory=Facts)
    denotes: Mapping[str, str] = field(default_factory=dict)
    claims: dict[str, str] = field(default_factory=dict)
    overruled: Mapping[str, list[str]] = field(default_factory=dict)
    removed: Mapping[str, list[str]] = field(default_factory=dict)


class Reader:
    """Adds the nodes and edges of one article to a graph.

    Args:
        graph: it is changed.
        article: which one.
        quads: all of the article's graph.
        shared: what is known beside the article.
        attitudes: take attributions of mode attitude too.
    """

    def __init__(
        self, graph: "nx.MultiDiGraph[str]", article: ArticleInfo, quads: Iterable[ox.Quad], shared: Shared, *, attitudes: bool
    ) -> None:
        self.graph = graph
        self.article = article
        self.shared = shared
        self.attitudes = attitudes
        self.facts = facts_of(quads)
        self.one, self.all = self.facts.one, self.facts.all
        self.text = self.one(article.iri, SDO.articleBody)
        placed = [
            (int(self.one(span, OA.start)), int(self.one(span, OA.end)), span, agent)
            for span, agent in self.facts.with_property(EO.refersTo)
        ]
        self.mentions = sorted(placed)  # start, end, span, agent

    def read(self) -> None:
        """All of it, in a fixed order."""
        told = self._article_told()
        self.graph.graph["removed"] += [{"words": words, **told} for words in self.shared.removed.get(self.article.iri, ())]
        self._agents()
        self._statements()
        self._roles()
        self._parts()
        self.stances(self.facts)

    # ----------------------------------------------------------------------- small tools

    def _places(self, subject: str, predicate: URIRef) -> list[Place]:
        # A span of another article has no offsets here.
        return sorted(
            (int(self.one(span, OA.start)), int(self.one(span, OA.end)))
            for span in self.all(subject, predicate)
            if self.one(span, OA.start)
        )

    def _words(self, places: Sequence[Place]) -> str:
        return PIECES.join(self.text[start:end] for start, end in places)

    def _decision(self, facts: Facts, node: str) -> Attributes:
        """Rule, confidence and the words of anything decided."""
        return {
            "evidence": self._words(self._places(node, EO.evidence)),
            "rule": facts.one(node, EO.rule),
            "confidence": facts.share(node, EO.confidence),
        }

    def _node(self, agent: str) -> str:
        """The node that stands for an article's agent: its entity, if it is known to denote one."""
        return self.shared.denotes.get(agent, agent)

    def _link(self, source: str, target: str, kind: str, **attributes: Any) -> None:
        if source not in self.graph or target not in self.graph:
            return
        number = 1
        while self.graph.has_edge(source, target, key=kind if number == 1 else f"{kind} {number}"):
            number += 1
        self.graph.add_edge(source, target, key=kind if number == 1 else f"{kind} {number}", kind=kind, **attributes)

    # ----------------------------------------------------------------------- nodes

    def _agents(self) -> None:
        first: dict[str, int] = {}
        for start, _, _, agent in self.mentions:
            first.setdefault(agent, start)
        for agent in sorted(self.facts.of_type(EO.ReportedAgent), key=lambda agent: (first.get(agent, len(self.text)), agent)):
            self._agent(agent)

    def _agent(self, agent: str) -> None:
        node, names = self._node(agent), [self.one(agent, SDO.name), *self.all(agent, SDO.alternateName)]
        if node in self.graph:
            data = self.graph.nodes[node]
            data["articles"] += [self.article.iri] if self.article.iri not in data["articles"] else []
            data["agents"].append(agent)
        else:
            entities = self.shared.entities
            name = entities.one(node, SDO.name) or names[0]
            kind = _entity_kind(entities.all(node, RDF.type)) or _AGENT_KINDS[self.one(agent, EO.agentKind)]
            data = {
                "kind": kind,
                "label": name,
                "name": name,
                "aliases": entities.all(node, SDO.alternateName),
                "roles": [],
                "same_as": entities.all(node, SDO.sameAs),
                "article": self.article.iri,
                "articles": [self.article.iri],
                "agents": [agent],
                "corrections": [],
            }
            self.graph.add_node(node, **data)
            data = self.graph.nodes[node]
        data["corrections"] += self.shared.overruled.get(agent, [])
        data["aliases"] = sorted({*data["aliases"], *names} - {data["name"], ""})

    def _statements(self) -> None:
        """A node for each claim, in text order, an edge from its speaker, and edges to its topics."""
        claim_of = {self.one(claim, SDO.appearance): claim for claim in self.facts.of_type(SDO.Claim)}
        kinds = [EO.Utterance, EO.Belief] + [EO.Attitude] * self.attitudes
        placed = [(self._places(node, EO.contentSpan), node) for node in self.facts.of_type(*kinds)]
        ordered = sorted(placed, key=lambda item: (item[0][0], item[0][-1], item[1]))
        for content, node in ordered:
            claim = claim_of.get(node, node)
            self.shared.claims[node] = claim
            self.graph.add_node(claim, **self._claim(node, claim, content))
        for _, node in ordered:
            claim = claim_of.get(node, node)
            for speaker in self.all(node, PROV.wasAttributedTo):
                self._link(self._node(speaker), claim, "said")
            for topic in self.all(claim, SDO.about):
                self._topic(topic)
                self._link(claim, topic, "about")

    def _claim(self, node: str, claim: str, content: list[Place]) -> Attributes:
        text = self._words(content)
        marks: dict[str, list[Place]] = {
            "content": content,
            "source": self._places(node, EO.sourceSpan),
            "cue": self._places(node, EO.cueSpan),
        }
        pieces = list(segments(self.text, marks))
        inner = [number for number, (_, role) in enumerate(pieces) if role]
        return {
            "kind": "claim",
            "label": text if len(text) <= _LABEL else f"{text[:_LABEL].rsplit(' ', 1)[0]} …",
            "name": text,
            "text": text,
            "before": "".join(words for words, _ in pieces[: inner[0]]),
            "after": "".join(words for words, _ in pieces[inner[-1] + 1 :]),
            "segments": [list(piece) for piece in pieces],
            "quotation_type": _QUOTATIONS[self.one(node, EO.quotationType)],
            "mode": next(mode for mode, kind in _MODES.items() if str(kind) in self.all(node, RDF.type)),
            "said": _SAID.get(self.one(node, EO.said), "asserted"),
            "cue": self._words(marks["cue"]),
            "rule": self.one(node, EO.rule),
            "confidence": self.facts.share(node, EO.confidence),
            **self._speaker(node, marks["source"]),
            **self._qualities(node, claim),
            "corrections": self.shared.overruled.get(node, []),
            "quantities": [self._quantity(quantity) for quantity in self._quantities(claim)],
            "start": content[0][0],
            "end": content[-1][1],
            "attribution": node,
            **self._article_told(),
        }

    def _article_told(self) -> Attributes:
        return {
            "article": self.article.iri,
            "article_title": self.article.title or "",
            "article_url": self.article.url or "",
            "article_publisher": self.article.publisher or "",
            "article_date": self.article.published or "",
            "article_source": self.one(self.article.iri, DC.source),
        }

    def _speaker(self, node: str, source: Sequence[Place]) -> Attributes:
        """The words that name the speaker, and the rule that tells whom they mean."""
        speaker = self.one(node, PROV.wasAttributedTo)
        for at, to, span, agent in self.mentions:
            if agent == speaker and any(start <= at and to <= end for start, end in source):
                return {"speaker_words": self.text[at:to], "speaker_rule": self.one(span, EO.rule)}
        return {"speaker_words": "", "speaker_rule": ""}

    def _qualities(self, node: str, claim: str) -> Attributes:
        """What the claim puts forward and how, as far as it was worked out, and the ways in which that was decided."""
        judgements = sorted({*self.all(node, EO.judgedBy), *self.all(claim, EO.judgedBy)})
        concepts = self.shared.concepts
        return {
            "claim_kind": _CLAIM_KINDS.get(self.one(claim, EO.claimKind), ""),
            "modality": self.one(claim, EO.modality),
            "certainty": _CERTAINTIES.get(self.one(claim, EO.certainty), ""),
            "polarity": _POLARITIES.get(self.one(claim, EO.polarity), ""),
            "tense": _TENSES.get(self.one(claim, EO.tense), ""),
            "cue_stance": _CUE_STANCES.get(self.one(node, EO.cueStance), ""),
            "said_on": self.one(node, SDO.dateCreated),
            "valid": self.one(claim, SDO.temporalCoverage),
            "readable": self.one(claim, EO.readable),
            "judgements": sorted(
                [_ASPECTS[concepts.one(way, EO.aspect)], concepts.one(way, EO.rule), concepts.share(way, EO.confidence)]
                for way in judgements
                if concepts.one(way, EO.aspect) in _ASPECTS
            ),
        }

    def _quantities(self, claim: str) -> list[str]:
        return sorted(self.all(claim, EO.quantity), key=lambda quantity: (self._places(quantity, EO.evidence), quantity))

    def _quantity(self, node: str) -> str:
        unit, measure, period = (self.one(node, term) for term in (SDO.unitText, EO.measure, EO.period))
        numbers = [self.one(node, term) for term in (SDO.value, SDO.minValue, SDO.maxValue)]
        amount = amount_words(*(Decimal(number) if number else None for number in numbers))
        change = self.one(node, EO.quantityKind) == str(EO.Change)
        return figure_words(amount, unit=unit, measure=measure, period=period, change=change)

    def _topic(self, topic: str) -> None:
        if topic not in self.graph:
            concepts = self.shared.concepts
            name = concepts.one(topic, SKOS.prefLabel) or topic
            broader = concepts.all(topic, SKOS.broader)
            self.graph.add_node(topic, kind="topic", label=name, name=name, aliases=concepts.all(topic, SKOS.altLabel), broader=broader)

    # ----------------------------------------------------------------------- edges

    def _roles(self) -> None:
        for role in sorted(self.facts.of_type(ORG.Membership), key=lambda node: (self._places(node, EO.evidence), node)):
            member, organisation = self._node(self.one(role, ORG.member)), self.one(role, ORG.organization)
            told = {
                "title": self.one(role, SDO.roleName),
                "former": self.one(role, EO.former) == "true",
                **self._decision(self.facts, role),
                "corrections": self.shared.overruled.get(role, []),
                "article": self.article.iri,
                "date": self.article.published or "",
            }
            if organisation:
                self._link(member, self._node(organisation), "role", **told)
            elif member in self.graph:
                self.graph.nodes[member]["roles"].append(told)

    def _parts(self) -> None:
        for node in sorted(self.facts.of_type(RDF.Statement), key=lambda node: (self._places(node, EO.evidence), node)):
            if self.one(node, RDF.predicate) == str(ORG.subOrganizationOf):
                part, whole = self._node(self.one(node, RDF.subject)), self._node(self.one(node, RDF.object))
                if part != whole:
                    self._link(part, whole, "part_of", **self._decision(self.facts, node))

    def stances(self, facts: Facts) -> None:
        """Agreement between statements, of these facts: the article's own, or what was inferred between articles."""
        claims = self.shared.claims
        for kind, basis in ((EO.StatedStance, "stated"), (EO.StanceLink, "inferred")):
            for node in sorted(facts.of_type(kind), key=lambda node: (self._places(node, EO.evidence), node)):
                disagrees = facts.one(node, CITO.hasCitationCharacterization) == str(CITO.disagreesWith)
                source = claims.get(facts.one(node, CITO.hasCitingEntity), "")
                targets = [claims[target] for target in facts.all(node, CITO.hasCitedEntity) if target in claims]
                for target in sorted(targets, key=lambda claim: (self.graph.nodes[claim]["start"], claim)):
                    self._link(source, target, "disagrees" if disagrees else "agrees", basis=basis, **self._decision(facts, node))


# --------------------------------------------------------------------------- values


def _notations(kind: Iterable[Any]) -> dict[str, str]:
    return {terms.concept_of(value).value: value.value for value in kind}


_AGENT_KINDS = _notations(r.AgentKind)
_QUOTATIONS = _notations(r.AttributionKind)
_SAID = _notations(r.Said)
_CLAIM_KINDS = _notations(r.ClaimKind)
_CERTAINTIES = _notations(r.Certainty)
_POLARITIES = _notations(r.Polarity)
_TENSES = _notations(r.Tense)
_CUE_STANCES = _notations(r.CueStance)
_MODES = {"speech": EO.Utterance, "thought": EO.Belief, "attitude": EO.Attitude}
_ENTITY_KINDS = {str(SDO.Person): "person", str(SDO.Organization): "organisation"}
_ASPECTS = {
    str(EO.claimKind): "claim_kind",
    str(EO.modality): "modality",
    str(EO.certainty): "certainty",
    str(EO.polarity): "polarity",
    str(EO.tense): "tense",
    str(EO.cueStance): "cue_stance",
    str(SDO.dateCreated): "said_on",
    str(SDO.temporalCoverage): "valid",
    str(EO.readable): "readable",
    str(SDO.about): "topic",
}


def _entity_kind(types: Iterable[str]) -> str:
    """The kind of an entity by its classes; "" if it has none of them."""
    return next((_ENTITY_KINDS[kind] for kind in types if kind in _ENTITY_KINDS), "")
