"""Extraction -> RDF: one article's graph, with its share of the graphs `provenance` and `concepts`.

Every IRI comes from content and offsets (see `kg.graph.iris`), so the same extraction gives the same quads on any machine. The order
of records in the extraction makes no difference, and no triple stands in two graphs.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import replace

from pyoxigraph import Literal, NamedNode, Quad
from rdflib.namespace import DC, DCTERMS, ORG, PROV, RDF, RDFS, SDO, SKOS
from rdflib.term import URIRef

from kg import records as r
from kg.graph import iris, terms
from kg.graph.nameless import without_nameless
from kg.graph.terms import CITO, OA
from kg.graph.topics.labels import hidden_labels, topic_iri, topic_label
from kg.graph.vocab import EO

__all__ = ["ASPECTS", "PIECES", "nodes_of", "quad_order", "quad_set", "software", "to_quads"]

PIECES = " [...] "  # stands between the pieces of a statement in a claim's text

_MODES: dict[r.SpeechMode, URIRef] = {
    r.SpeechMode.SPEECH: EO.Utterance,
    r.SpeechMode.THOUGHT: EO.Belief,
    r.SpeechMode.ATTITUDE: EO.Attitude,
}
_RELATIONS: dict[r.AgreementRelation, URIRef] = {
    r.AgreementRelation.AGREES: CITO.agreesWith,
    r.AgreementRelation.DISAGREES: CITO.disagreesWith,
}

ASPECTS: dict[r.Aspect, URIRef] = {
    r.Aspect.CLAIM_KIND: EO.claimKind,
    r.Aspect.MODALITY: EO.modality,
    r.Aspect.CERTAINTY: EO.certainty,
    r.Aspect.POLARITY: EO.polarity,
    r.Aspect.TENSE: EO.tense,
    r.Aspect.CUE_STANCE: EO.cueStance,
    r.Aspect.SAID_ON: SDO.dateCreated,
    r.Aspect.VALID: SDO.temporalCoverage,
    r.Aspect.READABLE: EO.readable,
    r.Aspect.TOPIC: SDO.about,
}
_OVERRULED: dict[r.CorrectedAspect, URIRef] = {
    r.CorrectedAspect.EXISTENCE: RDF.type,
    r.CorrectedAspect.SPEAKER: PROV.wasAttributedTo,
    r.CorrectedAspect.CONTENT: EO.contentSpan,
    r.CorrectedAspect.QUOTATION: EO.quotationType,
    r.CorrectedAspect.MODE: RDF.type,
    r.CorrectedAspect.CLAIM_KIND: EO.claimKind,
    r.CorrectedAspect.AGENT_KIND: EO.agentKind,
    r.CorrectedAspect.HOLDER: ORG.member,
    r.CorrectedAspect.TITLE: SDO.roleName,
    r.CorrectedAspect.ORGANISATION: ORG.organization,
    r.CorrectedAspect.FORMER: EO.former,
}
_NO_MODAL = "none"  # most claims have no modal and are put as certain: the graph says so by saying nothing
_OF_THE_ATTRIBUTION = frozenset({r.Aspect.CUE_STANCE, r.Aspect.SAID_ON})  # the other aspects are the claim's

type Value = NamedNode | Literal | None


def to_quads(extraction: r.Extraction, *, base: str) -> tuple[Quad, ...]:
    """The quads of one article, sorted by `quad_order`, without duplicates or blank nodes.

    Args:
        extraction: what was found; its offsets are code points into `extraction.article.text`.
        base: the IRI prefix of the store.

    Raises:
        ValueError: if the text holds a lone surrogate, which no RDF literal can.

    >>> article = r.Article(id="1", text="Rain fell.")
    >>> quads = to_quads(r.Extraction(article, r.ModelVersions("p 1", "rules 1", "0.1")), base="urn:kg:")
    >>> sorted({quad.graph_name.value.rpartition(":")[2].partition("/")[0] for quad in quads})
    ['article', 'provenance']
    """
    return tuple(sorted(quad_set(extraction, base=base), key=quad_order))


def quad_set(extraction: r.Extraction, *, base: str) -> frozenset[Quad]:
    """The quads that `to_quads` gives, in no order, for whoever stores them: sorting takes a third of the time."""
    mapping = _Mapping(extraction, base)
    mapping.article()
    mapping.agents()
    mapping.mentions()
    mapping.roles()
    mapping.part_of()
    mapping.attributions()
    mapping.agreements()
    mapping.quantities(mapping.top, "")
    mapping.provenance()
    return frozenset(mapping.quads)


def nodes_of(extraction: r.Extraction, *, base: str) -> dict[str, str]:
    """For the IRI of each attribution, claim, agent and role the id of its record; a role's is `r` and its place among the roles."""
    mapping = _Mapping(extraction, base)
    mapping.roles()
    found = {**mapping.statements, **mapping.agent_nodes, **mapping.role_nodes}
    return {node.value: key for key, node in found.items()} | {node.value: key for key, node in mapping.claims.items()}


def software(model: r.ModelVersions) -> dict[str, str]:
    """Names with versions of what made an extraction, by the part it plays, as the graph `provenance` has them. A list of names plays one too.

    >>> software(r.ModelVersions("en_core_web_md 3.8.0", "rules 1", "0.1.0"))["kg"]
    'expert-opinion-kg 0.1.0'
    """
    parts = {"pipeline": model.pipeline, "attribution": model.attribution, "kg": f"expert-opinion-kg {model.kg}"}
    return parts | ({"gazetteer": model.gazetteer} if model.gazetteer else {})


def quad_order(quad: Quad) -> tuple[str, str, str, str]:
    """Sorts quads by graph, subject, predicate and object as N-Quads spells them."""
    return str(quad.graph_name), str(quad.subject), str(quad.predicate), str(quad.object)


class _Mapping:
    """One extraction on its way to quads. Each method adds one kind of node."""

    def __init__(self, extraction: r.Extraction, base: str) -> None:
        extraction = without_nameless(extraction)
        self.x = extraction
        self.base = base
        self.text = extraction.article.text
        self.iri = iris.article_iri(base, extraction.article)
        self.top = NamedNode(self.iri)
        self.graph = self.top
        self.concepts = NamedNode(iris.graph_iri(base, "concepts"))
        self.quads: set[Quad] = set()
        self.places: dict[tuple[r.Span, bool], NamedNode] = {}  # spans and judgements that stand in the graph already
        self.ways: dict[r.Judgement, NamedNode] = {}
        self.named_by: dict[str, list[r.Mention]] = defaultdict(list)
        for mention in extraction.mentions:
            self.named_by[mention.agent].append(mention)
        self.anchors = {agent.id: self._anchor(agent) for agent in extraction.agents}
        self.agent_nodes = self._nodes({agent.id: self._agent_fragment(agent) for agent in extraction.agents})
        self.by_id = {attribution.id: attribution for attribution in extraction.attributions}
        self.suffixes = iris.fragments({a.id: self._attribution_suffix(a) for a in extraction.attributions})
        self.statements = {key: self._here(f"attribution-{suffix}") for key, suffix in self.suffixes.items()}
        self.claims = {
            a.id: self._here(f"claim-{self.suffixes[a.id]}") for a in extraction.attributions if a.mode is not r.SpeechMode.ATTITUDE
        }
        self.role_nodes: dict[str, NamedNode] = {}
        self.figures = self._nodes({key: self._quantity_fragment(key, quantity) for key, quantity in self._all_quantities()})

    # ----------------------------------------------------------------------- small tools

    def _here(self, fragment: str) -> NamedNode:
        return NamedNode(f"{self.iri}#{fragment}")

    def _nodes[K: Hashable](self, wanted: dict[K, tuple[str, object]]) -> dict[K, NamedNode]:
        return {key: self._here(fragment) for key, fragment in iris.fragments(wanted).items()}

    def _add(self, subject: NamedNode, *facts: tuple[URIRef, Value], graph: NamedNode | None = None) -> None:
        for predicate, value in facts:
            if value is not None:
                self.quads.add(Quad(subject, terms.node(str(predicate)), value, graph or self.graph))

    def _type(self, subject: NamedNode, *kinds: URIRef, graph: NamedNode | None = None) -> None:
        self._add(subject, *((RDF.type, terms.node(str(kind))) for kind in kinds), graph=graph)

    def _span(self, span: r.Span, *, exact: bool = False) -> NamedNode:
        if (known := self.places.get((span, exact))) is not None:
            return known
        place = self.places[span, exact] = NamedNode(iris.span_iri(self.iri, span))
        self._add(
            place,
            (OA.start, terms.count(span.start)),
            (OA.end, terms.count(span.end)),
            (OA.exact, terms.text(span.of(self.text)) if exact else None),
            (PROV.wasQuotedFrom, self.top),
        )
        return place

    def _spans(self, subject: NamedNode, predicate: URIRef, spans: Iterable[r.Span], *, exact: bool = False) -> None:
        self._add(subject, *((predicate, self._span(span, exact=exact)) for span in spans))

    def _decided(self, subject: NamedNode, rule: str, confidence: float) -> None:
        self._add(subject, (EO.rule, terms.text(rule)), (EO.confidence, terms.share(confidence)))

    def _concept(self, label: str) -> NamedNode:
        """The concept of a title."""
        concept = NamedNode(iris.concept_iri(self.base, "role", label))
        # The label is a function of the IRI alone: two articles that print it differently state one fact, in any order.
        self._add_concept(concept, EO.RoleTitles, iris.concept_label(label))
        return concept

    def _topic(self, topic: r.TopicLabel) -> NamedNode:
        """The concept of a topic, which is the user's own if it has an IRI."""
        concept = NamedNode(topic.concept or topic_iri(self.base, topic.label))
        self._add_concept(concept, EO.Topics, topic.label if topic.concept else topic_label(topic.label), topic.also)
        for wider in topic.broader:
            self._add(concept, (SKOS.broader, self._topic(r.TopicLabel(wider, ()))), graph=self.concepts)
        return concept

    def _add_concept(self, concept: NamedNode, scheme: URIRef, label: str, also: Iterable[str] = ()) -> None:
        self._type(concept, SKOS.Concept, graph=self.concepts)
        self._add(
            concept,
            (SKOS.prefLabel, terms.text(label)),
            (SKOS.inScheme, terms.node(str(scheme))),
            *((SKOS.altLabel, terms.text(words)) for words in also),
            graph=self.concepts,
        )
        if scheme == EO.Topics:
            self._add(concept, *((SKOS.hiddenLabel, terms.text(words)) for words in hidden_labels(label, also)), graph=self.concepts)

    def _judged(self, node: NamedNode, judgements: Iterable[r.Judgement]) -> None:
        """One link a judgement: its node is shared by all that is decided in that way, so a field costs one triple."""
        for judgement in judgements:
            confidence = terms.share(judgement.confidence)
            known = self.ways.get(judgement)
            way = known or NamedNode(iris.judgement_iri(self.base, judgement.aspect, judgement.rule, confidence.value))
            self._add(node, (EO.judgedBy, way))
            if known is not None:
                continue
            self.ways[judgement] = way
            self._type(way, EO.Judgement, graph=self.concepts)
            self._add(way, (EO.aspect, terms.node(str(ASPECTS[judgement.aspect]))), graph=self.concepts)
            self._add(way, (EO.rule, terms.text(judgement.rule)), (EO.confidence, confidence), graph=self.concepts)

    # ----------------------------------------------------------------------- what the IRIs are made of

    def _anchor(self, agent: r.Agent) -> r.Mention:
        """The agent's first mention by name, else its first mention at all."""
        return min(
            self.named_by[agent.id], key=lambda mention: (mention.form is not r.MentionForm.NAME, mention.span, mention.form, mention.rule)
        )

    def _agent_fragment(self, agent: r.Agent) -> tuple[str, object]:
        span = self.anchors[agent.id].span
        return f"{agent.kind}-{span.start}", (span.end, agent.name, agent.aliases, agent.id)

    def _attribution_suffix(self, a: r.Attribution) -> tuple[str, object]:
        speaker = self.agent_nodes[a.speaker].value if a.speaker else ""
        return f"{a.content[0].start}-{a.content[-1].end}", (speaker, repr(replace(a, id="", speaker=None)), a.id)

    def _quantity_fragment(self, key: tuple[str, int], q: r.Quantity) -> tuple[str, object]:
        owner = self.suffixes.get(key[0], "")
        where = f"-{q.evidence[0].start}-{q.evidence[-1].end}" if q.evidence else ""
        return f"quantity{where}", (repr(q), owner)

    def _all_quantities(self) -> Iterable[tuple[tuple[str, int], r.Quantity]]:
        """Each with its key: the id of its attribution, "" for none, and its number there."""
        owners = [("", self.x.quantities), *((a.id, a.quantities) for a in self.x.attributions)]
        return (((owner, number), quantity) for owner, quantities in owners for number, quantity in enumerate(quantities))

    # ----------------------------------------------------------------------- nodes

    def article(self) -> None:
        article = self.x.article
        self._type(self.top, SDO.NewsArticle, PROV.Entity)
        self._add(
            self.top,
            (SDO.identifier, terms.text(article.id)),
            (SDO.headline, terms.text(article.title) if article.title else None),
            (SDO.url, terms.web_address(article.url) if article.url else None),
            (SDO.datePublished, terms.day(article.published) if article.published else None),
            (SDO.publisher, terms.text(article.publisher) if article.publisher else None),
            (SDO.inLanguage, terms.text("en")),
            (SDO.version, terms.text(article.version)),
            (SDO.articleBody, terms.text(article.text)),
            (DCTERMS.identifier, terms.text(article.sha256)),
            (DC.source, terms.text(article.source_name) if article.source_name else None),
        )
        self._add(self.top, *((SDO.author, terms.text(author)) for author in article.authors))
        for region in article.regions:
            self._add(self._span(region.span), (EO.regionKind, terms.concept_of(region.kind)))

    def agents(self) -> None:
        for agent in self.x.agents:
            node = self.agent_nodes[agent.id]
            self._type(node, EO.ReportedAgent)
            self._add(node, (EO.agentKind, terms.concept_of(agent.kind)), (SDO.name, terms.text(agent.name)))
            self._add(node, *((SDO.alternateName, terms.text(alias)) for alias in agent.aliases))
            self._add(node, (SDO.identifier, terms.text(agent.identifier) if agent.identifier else None))

    def mentions(self) -> None:
        """The mentions that the graph rests on: an agent's first by name, and those by which a source phrase names its speaker."""
        kept = {(mention.span, mention.agent) for mention in self.anchors.values()}
        # A pronoun tells of nobody: the words that do stand beside it.
        for key in (key for key, anchor in self.anchors.items() if anchor.form is r.MentionForm.PRONOUN):
            described = [mention for mention in self.named_by[key] if mention.form is not r.MentionForm.PRONOUN]
            kept |= {(mention.span, mention.agent) for mention in sorted(described, key=lambda one: (one.span, one.form))[:1]}
        for attribution in self.x.attributions:
            for mention in self.named_by[attribution.speaker] if attribution.speaker else ():
                if any(span.covers(mention.span) for span in attribution.source):
                    kept.add((mention.span, mention.agent))
        least: dict[r.Span, float] = {}
        for mention in self.x.mentions:
            if (mention.span, mention.agent) not in kept:
                continue
            self._add(
                self._span(mention.span),
                (EO.refersTo, self.agent_nodes[mention.agent]),
                (EO.mentionForm, terms.concept_of(mention.form)),
                (EO.rule, terms.text(mention.rule)),
            )
            least[mention.span] = min(mention.confidence, least.get(mention.span, 1.0))
        # Words that refer to two agents ("the Clintons") are one span: it is as sure as the less sure of the two.
        for span, confidence in least.items():
            self._add(self._span(span), (EO.confidence, terms.share(confidence)))

    def roles(self) -> None:
        wanted: dict[int, tuple[str, object]] = {}
        for number, role in enumerate(self.x.roles):
            ends = (self.agent_nodes[role.agent].value, self.agent_nodes[role.organisation].value if role.organisation else "")
            slug = "-" + iris.concept_iri("", "role", role.title).rpartition("/")[2] if role.title else ""
            wanted[number] = (f"role-{role.evidence[0].start}{slug}", (ends, repr(replace(role, agent="", organisation=""))))
        self.role_nodes |= {f"r{number}": node for number, node in self._nodes(wanted).items()}
        for number, role in enumerate(self.x.roles):
            node = self.role_nodes[f"r{number}"]
            self._type(node, ORG.Membership)
            self._add(
                node,
                (ORG.member, self.agent_nodes[role.agent]),
                (ORG.organization, self.agent_nodes[role.organisation] if role.organisation else None),
                (ORG.role, self._concept(role.title) if role.title else None),
                (SDO.roleName, terms.text(role.title) if role.title else None),
                (EO.former, terms.flag(role.former)),
            )
            self._spans(node, EO.evidence, role.evidence)
            self._decided(node, role.rule, role.confidence)

    def part_of(self) -> None:
        """The fact itself, and a statement about it that holds the words it rests on."""
        wanted: dict[int, tuple[str, object]] = {}
        for number, part in enumerate(self.x.part_of):
            ends = (self.agent_nodes[part.organisation].value, self.agent_nodes[part.within].value)
            where = part.evidence[0].start if part.evidence else self.anchors[part.organisation].span.start
            wanted[number] = (f"part-{where}", (ends, part.evidence, part.rule, part.confidence))
        for number, node in self._nodes(wanted).items():
            part = self.x.part_of[number]
            inner, outer = self.agent_nodes[part.organisation], self.agent_nodes[part.within]
            self._add(inner, (ORG.subOrganizationOf, outer))
            self._type(node, RDF.Statement)
            self._add(node, (RDF.subject, inner), (RDF.predicate, terms.node(str(ORG.subOrganizationOf))), (RDF.object, outer))
            self._spans(node, EO.evidence, part.evidence or (self.anchors[part.organisation].span,))
            self._decided(node, part.rule, part.confidence)

    def attributions(self) -> None:
        for attribution in self.x.attributions:
            self._attribution(attribution, self.statements[attribution.id])
            if attribution.id in self.claims:
                self._claim(attribution, self.claims[attribution.id])
            else:
                self.quantities(self.statements[attribution.id], attribution.id)

    def _attribution(self, a: r.Attribution, node: NamedNode) -> None:
        self._type(node, _MODES[a.mode])
        if a.mode is r.SpeechMode.SPEECH and a.kind is not r.AttributionKind.INDIRECT:
            self._type(node, SDO.Quotation)
        self._add(
            node,
            (PROV.wasAttributedTo, self.agent_nodes[a.speaker] if a.speaker else None),
            (EO.quotationType, terms.concept_of(a.kind)),
            (EO.said, terms.concept_of(a.said)),
            (EO.cueLemma, terms.text(a.lemma) if a.lemma else None),
            (EO.cueStance, terms.concept_of(a.cue_stance) if a.cue_stance else None),
            (SDO.dateCreated, terms.day(a.said_on) if a.said_on else None),
        )
        self._judged(node, (judgement for judgement in a.judgements if judgement.aspect in _OF_THE_ATTRIBUTION))
        self._spans(node, EO.contentSpan, a.content, exact=True)
        self._spans(node, EO.sourceSpan, a.source, exact=True)
        self._spans(node, EO.cueSpan, a.cue, exact=True)
        self._decided(node, a.rule, a.confidence)

    def _claim(self, a: r.Attribution, node: NamedNode) -> None:
        self._type(node, SDO.Claim)
        self._add(
            node,
            (SDO.text, terms.text(PIECES.join(span.of(self.text) for span in a.content))),
            (SDO.appearance, self.statements[a.id]),
            (EO.claimKind, terms.concept_of(a.claim_kind) if a.claim_kind else None),
            (EO.polarity, terms.concept_of(a.polarity) if a.polarity else None),
            (EO.modality, terms.text(a.modality) if a.modality and a.modality != _NO_MODAL else None),
            (EO.certainty, terms.concept_of(a.certainty) if a.certainty and a.certainty is not r.Certainty.CERTAIN else None),
            (EO.tense, terms.concept_of(a.tense) if a.tense else None),
            (SDO.temporalCoverage, terms.text(a.valid) if a.valid else None),
            (EO.readable, terms.text(a.readable) if a.readable else None),
        )
        unsaid = {
            aspect
            for aspect, plain in ((r.Aspect.MODALITY, a.modality == _NO_MODAL), (r.Aspect.CERTAINTY, a.certainty is r.Certainty.CERTAIN))
            if plain
        }
        self._judged(node, (judgement for judgement in a.judgements if judgement.aspect not in _OF_THE_ATTRIBUTION | unsaid))
        self._judged(node, (r.Judgement(r.Aspect.TOPIC, topic.rule, topic.confidence) for topic in a.topics))
        for topic in a.topics:
            self._add(node, (SDO.about, self._topic(topic)))
        self.quantities(node, a.id)

    def quantities(self, owner: NamedNode, key: str) -> None:
        """Figures of `owner`: the claim or the attitude of the attribution `key`, or the article, whose key is ""."""
        for number, q in enumerate(self.by_id[key].quantities if key else self.x.quantities):
            node = self.figures[key, number]
            self._add(owner, (EO.quantity, node))
            self._type(node, SDO.QuantitativeValue)
            self._add(
                node,
                (SDO.value, None if q.value is None else terms.number(q.value)),
                (SDO.minValue, None if q.low is None else terms.number(q.low)),
                (SDO.maxValue, None if q.high is None else terms.number(q.high)),
                (SDO.unitText, terms.text(q.unit) if q.unit else None),
                (SDO.unitCode, terms.text(q.unit_code) if q.unit_code else None),
                (EO.measure, terms.text(q.measure) if q.measure else None),
                (EO.period, terms.text(q.period) if q.period else None),
                (SDO.temporalCoverage, terms.text(q.when) if q.when else None),
                (EO.quantityKind, terms.node(str(EO.Change if q.change else EO.Level))),
            )
            self._spans(node, EO.evidence, q.evidence or (self.by_id[key].content if key else ()))
            self._decided(node, q.rule, q.confidence)

    def agreements(self) -> None:
        """What an article states is a fact between two attributions and a node with its evidence; what is inferred, a node alone."""
        wanted: dict[int, tuple[str, object]] = {}
        for number, agreement in enumerate(self.x.agreements):
            suffix = self.suffixes[agreement.source]
            targets = tuple(sorted(self.statements[target].value for target in agreement.targets))
            wanted[number] = (f"stance-{suffix}", (targets, repr(replace(agreement, source="", targets=("",)))))
        for number, node in self._nodes(wanted).items():
            agreement = self.x.agreements[number]
            stated = agreement.basis is r.AgreementBasis.STATED
            source, relation = self.statements[agreement.source], _RELATIONS[agreement.relation]
            self._type(node, EO.StatedStance if stated else EO.StanceLink)
            self._add(node, (CITO.hasCitingEntity, source), (CITO.hasCitationCharacterization, terms.node(str(relation))))
            for target in agreement.targets:
                self._add(node, (CITO.hasCitedEntity, self.statements[target]))
                if stated:
                    self._add(source, (relation, self.statements[target]))
            words = self.by_id[agreement.source]
            self._spans(node, EO.evidence, agreement.evidence or words.cue or words.content)
            self._decided(node, agreement.rule, agreement.confidence)

    def provenance(self) -> None:
        """Which software read which version of the article: kept out of the article's graph, which it says nothing about."""
        article, model = self.x.article, self.x.model
        graph = NamedNode(iris.graph_iri(self.base, "provenance"))
        versions = software(model)
        run = NamedNode(iris.extraction_iri(self.base, article, versions.values()))
        result = self._here("extraction")
        self._type(result, EO.ExtractedGraph, graph=graph)
        self._add(
            result,
            (PROV.wasGeneratedBy, run),
            (PROV.wasDerivedFrom, self.top),
            (SDO.version, terms.text(article.version)),
            graph=graph,
        )
        self._type(run, PROV.Activity, graph=graph)
        self._add(run, (PROV.used, self.top), graph=graph)
        for part, name in versions.items():
            tool = NamedNode(iris.software_iri(self.base, part, name))
            self._add(run, (PROV.wasAssociatedWith, tool), graph=graph)
            self._type(tool, PROV.SoftwareAgent, graph=graph)
            self._add(tool, (SDO.name, terms.text(name)), graph=graph)
        if self.x.as_extracted:
            self._add(result, (EO.asExtracted, terms.text(self.x.as_extracted)), graph=graph)
        for one in self.x.overruled:
            self._correction(one, result, graph)

    def _correction(self, one: r.Overruled, result: NamedNode, graph: NamedNode) -> None:
        """What a person overruled, with what the software had found, whose words stay among the spans of the article."""
        node = self._here(f"correction-{one.decision}")
        nodes = {**self.statements, **self.agent_nodes, **self.role_nodes}
        values: list[Value] = [self._span(span, exact=True) for span in one.former_spans]
        if one.former_agent:
            values.append(self.agent_nodes[one.former_agent])
        elif one.former:
            values.append(terms.former_value(one.aspect, one.former))
        self._add(result, (EO.correctedBy, node), graph=graph)
        self._type(node, EO.Correction, graph=graph)
        self._add(
            node,
            (EO.corrects, nodes[one.target] if one.target else self.top),
            (EO.overrules, terms.node(str(_OVERRULED[one.aspect]))),
            (RDFS.comment, terms.text(one.why) if one.why else None),
            *((EO.formerValue, value) for value in values),
            graph=graph,
        )
