"""An article's graph read back as the `Extraction` it was made from, as far as a graph holds it.

What the mapping leaves out (mentions that nothing rests on, the words a topic rests on) does not come back, so it is the same however often it goes
there and back: `to_quads(from_quads(quads))` is `quads`. Ids count in the order of the nodes' IRIs.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from pyoxigraph import Literal, NamedNode, Quad
from rdflib.namespace import DC, ORG, PROV, RDF, SDO, SKOS
from rdflib.term import URIRef

from kg import records as r
from kg.graph import iris, terms
from kg.graph.mapping import ASPECTS, to_quads
from kg.graph.terms import CITO, OA
from kg.graph.vocab import EO

__all__ = ["StoredArticle", "from_quads", "projected"]

_MODES = {str(EO.Utterance): r.SpeechMode.SPEECH, str(EO.Belief): r.SpeechMode.THOUGHT, str(EO.Attitude): r.SpeechMode.ATTITUDE}
_ASPECT_OF = {str(term): aspect for aspect, term in ASPECTS.items()}


@dataclass(frozen=True, slots=True)
class StoredArticle(r.Article):
    """An article of a store: its key and version are those that the store has, since a graph keeps neither the order of authors nor a date as printed."""

    stored_key: str = ""
    stored_version: str = ""

    @property
    def key(self) -> str:
        """The key under which the store has it."""
        return self.stored_key

    @property
    def version(self) -> str:
        """The version that the store has."""
        return self.stored_version


def projected(extraction: r.Extraction, *, base: str) -> r.Extraction:
    """An extraction as a store would give it back, about the very article it was made from."""
    found = from_quads(to_quads(extraction, base=base), iris.article_iri(base, extraction.article), key=extraction.article.key)
    return r.Extraction(
        extraction.article, extraction.model, found.agents, found.mentions, found.roles, found.attributions, found.part_of, found.agreements,
        found.quantities,
    )  # fmt: skip


def from_quads(quads: Iterable[Quad], article: str, *, key: str) -> r.Extraction:
    """The extraction that an article's graph holds.

    Args:
        quads: the article's graph with its share of the graphs `provenance` and `concepts`.
        article: IRI of the article.
        key: what the article goes by, see `kg.graph.identity.lookup.article_key`.

    Raises:
        ValueError, KeyError: if the graph is no article's.
    """
    return _Reading(quads, article, key).extraction()


class _Reading:
    def __init__(self, quads: Iterable[Quad], article: str, key: str) -> None:
        self.article, self.key = article, key
        self.base = article.rpartition("article/")[0]
        self.facts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.into: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for quad in sorted(quads, key=str):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                self.facts[quad.subject.value][quad.predicate.value].append(quad.object.value)
                self.into[quad.object.value][quad.predicate.value].append(quad.subject.value)
        self.text = self.one(article, SDO.articleBody)

    def all(self, node: str, predicate: URIRef) -> list[str]:
        return self.facts[node][str(predicate)] if node in self.facts else []

    def one(self, node: str, predicate: URIRef) -> str:
        return next(iter(self.all(node, predicate)), "")

    def maybe(self, node: str, predicate: URIRef) -> str | None:
        return self.one(node, predicate) or None

    def of_class(self, *kinds: URIRef) -> list[str]:
        return sorted({node for kind in kinds for node in self.into[str(kind)][str(RDF.type)] if node.startswith(f"{self.article}#")})

    def spans(self, node: str, predicate: URIRef) -> tuple[r.Span, ...]:
        return tuple(sorted(r.Span(int(self.one(span, OA.start)), int(self.one(span, OA.end))) for span in self.all(node, predicate)))

    def concept[E: StrEnum](self, kind: type[E], node: str, predicate: URIRef) -> E | None:
        value = self.one(node, predicate)
        return next((one for one in kind if terms.concept_of(one).value == value), None)

    def sure(self, node: str) -> tuple[str, float]:
        return self.one(node, EO.rule), float(self.one(node, EO.confidence))

    # ----------------------------------------------------------------------- records

    def extraction(self) -> r.Extraction:
        agents = sorted(self.of_class(EO.ReportedAgent), key=lambda node: (self._first(node), node))
        self.agents = {node: f"a{number}" for number, node in enumerate(agents, start=1)}
        said = sorted(self.of_class(EO.Utterance, EO.Belief, EO.Attitude), key=lambda node: (self.spans(node, EO.contentSpan), node))
        self.said = {node: f"c{number}" for number, node in enumerate(said, start=1)}
        return r.Extraction(
            article=self._article(),
            model=self._model(),
            agents=tuple(self._agent(node) for node in agents),
            mentions=tuple(sorted(self._mentions(), key=lambda one: (one.span, one.agent, one.rule))),
            roles=tuple(self._role(node) for node in self._by_evidence(ORG.Membership)),
            attributions=tuple(self._attribution(node) for node in said),
            part_of=tuple(self._part(node) for node in self._by_evidence(RDF.Statement)),
            agreements=tuple(self._agreement(node) for node in self._by_evidence(EO.StatedStance, EO.StanceLink)),
            quantities=self._quantities(self.article),
        )

    def _by_evidence(self, *kinds: URIRef) -> list[str]:
        return sorted(self.of_class(*kinds), key=lambda node: (self.spans(node, EO.evidence), node))

    def _article(self) -> StoredArticle:
        regions = [
            r.Region(r.Span(int(self.one(node, OA.start)), int(self.one(node, OA.end))), kind)
            for kind in r.RegionKind
            for node in self.into[terms.concept_of(kind).value][str(EO.regionKind)]
        ]
        return StoredArticle(
            id=self.one(self.article, SDO.identifier),
            text=self.text,
            source_name=self.maybe(self.article, DC.source),
            title=self.maybe(self.article, SDO.headline),
            url=self.maybe(self.article, SDO.url),
            publisher=self.maybe(self.article, SDO.publisher),
            published=self.maybe(self.article, SDO.datePublished),
            authors=tuple(self.all(self.article, SDO.author)),
            regions=tuple(sorted(regions)),
            stored_key=self.key,
            stored_version=self.one(self.article, SDO.version),
        )

    def _model(self) -> r.ModelVersions:
        run = self.one(f"{self.article}#extraction", PROV.wasGeneratedBy)
        parts: dict[str, str] = {}
        for software in self.all(run, PROV.wasAssociatedWith):
            part = software.rpartition("software/")[2].partition("/")[0]
            parts[part] = self.one(software, SDO.name)
        own = parts["kg"].removeprefix("expert-opinion-kg ")
        return r.ModelVersions(parts["pipeline"], parts["attribution"], own, parts.get("gazetteer", ""))

    def _first(self, agent: str) -> tuple[bool, int]:
        spans = self.into[agent][str(EO.refersTo)]
        named = [int(self.one(span, OA.start)) for span in spans if self.one(span, EO.mentionForm) == str(EO.Name)]
        return not named, min(named or (int(self.one(span, OA.start)) for span in spans))

    def _agent(self, node: str) -> r.Agent:
        kind = self.concept(r.AgentKind, node, EO.agentKind)
        aliases = tuple(sorted(self.all(node, SDO.alternateName)))
        return r.Agent(self.agents[node], kind or r.AgentKind.UNNAMED, self.one(node, SDO.name), aliases, self.maybe(node, SDO.identifier))

    def _mentions(self) -> Iterable[r.Mention]:
        for node in self.agents:
            for span in self.into[node][str(EO.refersTo)]:
                place = r.Span(int(self.one(span, OA.start)), int(self.one(span, OA.end)))
                form = self.concept(r.MentionForm, span, EO.mentionForm) or r.MentionForm.NAME
                # Words that two rules resolved keep both rules' names; which was whose the graph does not tell.
                for rule in self.all(span, EO.rule):
                    yield r.Mention(place, form, self.agents[node], rule, float(self.one(span, EO.confidence)))

    def _role(self, node: str) -> r.Role:
        organisation = self.agents.get(self.one(node, ORG.organization))
        rule, confidence = self.sure(node)
        return r.Role(
            self.agents[self.one(node, ORG.member)],
            self.maybe(node, SDO.roleName),
            organisation,
            self.one(node, EO.former) == "true",
            self.spans(node, EO.evidence),
            rule,
            confidence,
        )

    def _part(self, node: str) -> r.PartOf:
        ends = [self.agents[self.one(node, predicate)] for predicate in (RDF.subject, RDF.object)]
        return r.PartOf(ends[0], ends[1], self.spans(node, EO.evidence), *self.sure(node))

    def _agreement(self, node: str) -> r.Agreement:
        disagrees = self.one(node, CITO.hasCitationCharacterization) == str(CITO.disagreesWith)
        targets = sorted((self.said[target] for target in self.all(node, CITO.hasCitedEntity)), key=lambda one: int(one[1:]))
        stated = str(EO.StatedStance) in self.all(node, RDF.type)
        return r.Agreement(
            self.said[self.one(node, CITO.hasCitingEntity)],
            tuple(targets),
            r.AgreementRelation.DISAGREES if disagrees else r.AgreementRelation.AGREES,
            r.AgreementBasis.STATED if stated else r.AgreementBasis.INFERRED,
            self.spans(node, EO.evidence),
            *self.sure(node),
        )

    def _attribution(self, node: str) -> r.Attribution:
        claim = next(iter(self.into[node][str(SDO.appearance)]), "")
        rule, confidence = self.sure(node)
        topics, judgements = self._topics(claim), [*self._judgements(node), *self._judgements(claim)]
        of_topics = [one for one in judgements if one.aspect is r.Aspect.TOPIC]
        # Each topic has one of the ways in which topics were decided; those left over stand beside them.
        labelled = tuple(
            replace(topic, rule=way.rule, confidence=way.confidence)
            for number, topic in enumerate(topics)
            for way in of_topics[min(number, len(of_topics) - 1) :][:1]
        )
        others = [one for one in judgements if one not in of_topics[: len(topics)]]
        return r.Attribution(
            id=self.said[node],
            kind=self.concept(r.AttributionKind, node, EO.quotationType) or r.AttributionKind.INDIRECT,
            source=self.spans(node, EO.sourceSpan),
            cue=self.spans(node, EO.cueSpan),
            content=self.spans(node, EO.contentSpan),
            speaker=self.agents.get(self.one(node, PROV.wasAttributedTo)),
            lemma=self.maybe(node, EO.cueLemma),
            mode=next(mode for kind, mode in _MODES.items() if kind in self.all(node, RDF.type)),
            rule=rule,
            confidence=confidence,
            said=self.concept(r.Said, node, EO.said) or r.Said.ASSERTED,
            polarity=self.concept(r.Polarity, claim, EO.polarity),
            modality=self.maybe(claim, EO.modality),
            claim_kind=self.concept(r.ClaimKind, claim, EO.claimKind),
            cue_stance=self.concept(r.CueStance, node, EO.cueStance),
            said_on=self.maybe(node, SDO.dateCreated),
            topics=labelled,
            quantities=self._quantities(claim or node),
            certainty=self.concept(r.Certainty, claim, EO.certainty),
            tense=self.concept(r.Tense, claim, EO.tense),
            valid=self.maybe(claim, SDO.temporalCoverage),
            readable=self.maybe(claim, EO.readable),
            judgements=tuple(sorted(others)),
        )

    def _topics(self, claim: str) -> list[r.TopicLabel]:
        """What a claim is about; which article said what is wider, or also a label, the graph does not tell."""
        found = []
        for concept in self.all(claim, SDO.about):
            wider = tuple(sorted(self.one(one, SKOS.prefLabel) for one in self.all(concept, SKOS.broader)))
            label, also = self.one(concept, SKOS.prefLabel), tuple(sorted(self.all(concept, SKOS.altLabel)))
            own = concept if not concept.startswith(f"{self.base}concept/topic/") else None
            found.append(r.TopicLabel(label, (), broader=wider if own is None else (), also=also, concept=own))
        return sorted(found, key=lambda topic: (topic.label, topic.concept or ""))

    def _judgements(self, node: str) -> list[r.Judgement]:
        found = [(self.one(way, EO.aspect), way) for way in self.all(node, EO.judgedBy)]
        return sorted(r.Judgement(_ASPECT_OF[aspect], *self.sure(way)) for aspect, way in found if aspect in _ASPECT_OF)

    def _quantities(self, owner: str) -> tuple[r.Quantity, ...]:
        nodes = sorted(self.all(owner, EO.quantity), key=lambda node: (self.spans(node, EO.evidence), node))
        return tuple(self._quantity(node) for node in nodes)

    def _quantity(self, node: str) -> r.Quantity:
        value, low, high = (
            Decimal(number) if (number := self.one(node, predicate)) else None for predicate in (SDO.value, SDO.minValue, SDO.maxValue)
        )
        rule, confidence = self.sure(node)
        return r.Quantity(
            value=value,
            low=low,
            high=high,
            unit=self.maybe(node, SDO.unitText),
            unit_code=self.maybe(node, SDO.unitCode),
            measure=self.maybe(node, EO.measure),
            period=self.maybe(node, EO.period),
            change=self.one(node, EO.quantityKind) == str(EO.Change),
            evidence=self.spans(node, EO.evidence),
            rule=rule,
            confidence=confidence,
            when=self.maybe(node, SDO.temporalCoverage),
        )
