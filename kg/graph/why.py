"""Why the nodes of one article's graph are there."""

from collections.abc import Callable, Iterable

import pyoxigraph as ox
from rdflib.namespace import ORG, PROV, RDF, SDO

from kg.graph import iris, terms
from kg.graph.explanation import Explanation, Fact, Naming, Reason, Software
from kg.graph.nodes import place_of
from kg.graph.overruled import overruled_in
from kg.graph.passages import passages
from kg.graph.reading import NOTATIONS, ArticleGraph
from kg.graph.store import Store
from kg.graph.terms import CITO, OA
from kg.graph.vocab import EO
from kg.lexicon.rules import Stage, explain_rule
from kg.records import Span

__all__ = ["ArticleExplainer", "fragment_of", "software_of"]

_NARROW = 80  # code points of context around each of many places


class ArticleExplainer:
    """Explains the nodes of one article."""

    def __init__(self, store: Store, article: str) -> None:
        self.store = store
        self.graph = ArticleGraph(store, article)

    def explain(self, iri: str) -> Explanation:
        table: tuple[tuple[tuple[object, ...], Callable[[str], Explanation]], ...] = (
            ((EO.Utterance, EO.Belief, EO.Attitude), self._statement),
            ((SDO.Claim,), self._claim),
            ((EO.ReportedAgent,), self._agent),
            ((ORG.Membership,), self._role),
            ((RDF.Statement,), self._part),
            ((EO.StatedStance, EO.StanceLink), self._stance),
            ((SDO.QuantitativeValue,), self._figure),
            ((SDO.NewsArticle,), self._article),
        )
        kinds = set(self.graph.all(iri, RDF.type))
        for accepted, told in table:
            if kinds & {str(kind) for kind in accepted}:
                return told(iri)
        return self._words(iri)

    # ----------------------------------------------------------------------- small tools

    def _told(
        self,
        iri: str,
        kind: str,
        meaning: str,
        facts: Iterable[Fact] = (),
        *,
        reason: Reason | None = None,
        marks: dict[str, tuple[Span, ...]] | None = None,
        namings: Iterable[Naming] = (),
        context: int = 240,
    ) -> Explanation:
        return Explanation(
            iri=iri,
            kind=kind,
            meaning=meaning,
            article=self.graph.publication(),
            facts=(*(fact for fact in facts if fact.words), *self._corrections(iri)),
            reason=reason,
            passages=passages(self.graph.text, marks or {}, context=context),
            namings=tuple(namings),
            software=software_of(self.store, self.graph.iri),
        )

    def _corrections(self, iri: str) -> Iterable[Fact]:
        """What people overruled of a node; of an article, all of it."""
        for one in overruled_in(self.store, self.graph.iri):
            if one.about in {iri, self.graph.one(iri, SDO.appearance)} or (iri == self.graph.iri and one.about):
                yield Fact("corrected", one.words, one.node)

    def _reason(self, node: str, stage: Stage) -> Reason:
        rule = self.graph.one(node, EO.rule)
        return Reason(rule, explain_rule(rule, stage=stage), self.graph.confidence(node))

    def _name(self, agent: str) -> str:
        return self.graph.one(agent, SDO.name)

    def _speaker(self, statement: str) -> str:
        return self._name(self.graph.one(statement, PROV.wasAttributedTo)) or "nobody named"

    def _content(self, statement: str) -> str:
        return self.graph.words(statement, EO.contentSpan)

    def _namings(self, agent: str) -> list[Naming]:
        """The mentions of an agent that the graph keeps, in text order."""
        spans = sorted((self.graph.span(node), node) for node in self.graph.leading_to(agent, EO.refersTo))
        return [
            Naming(
                agent=self._name(agent),
                words=span.of(self.graph.text),
                span=span,
                form=NOTATIONS[self.graph.one(node, EO.mentionForm)],
                reason=self._reason(node, "mention"),
            )
            for span, node in spans
        ]

    def _first(self, agent: str) -> list[Naming]:
        """The agent's first mention by name, else its first; none for no agent."""
        found = self._namings(agent) if agent else []
        return sorted(found, key=lambda naming: (naming.form != "name", naming.span))[:1]

    # ----------------------------------------------------------------------- kinds

    def _statement(self, iri: str) -> Explanation:
        graph = self.graph
        agent = graph.one(iri, PROV.wasAttributedTo)
        source = graph.spans(iri, EO.sourceSpan)
        stances = graph.leading_to(iri, CITO.hasCitingEntity) + graph.leading_to(iri, CITO.hasCitedEntity)
        claim = next(iter(graph.leading_to(iri, SDO.appearance)), "")
        facts = [
            Fact("speaker", self._name(agent), agent),
            Fact("cue word", graph.one(iri, EO.cueLemma)),
            Fact("said on", graph.one(iri, SDO.dateCreated)),
            Fact("claim", fragment_of(claim), claim),
            *(Fact("figure", graph.figure(node), node) for node in graph.all(claim or iri, EO.quantity)),
            *(Fact("agreement", self._stance_words(node), node) for node in dict.fromkeys(stances)),
        ]
        marks = {"content": graph.spans(iri, EO.contentSpan), "source": source, "cue": graph.spans(iri, EO.cueSpan)}
        inside = [naming for naming in (self._namings(agent) if agent else ()) if any(span.covers(naming.span) for span in source)]
        return self._told(
            iri,
            "statement",
            f"{self._speaker(iri)}: {self._way(iri)}",
            facts,
            reason=self._reason(iri, "attribution"),
            marks=marks,
            namings=inside,
        )

    def _way(self, statement: str) -> str:
        """How the words are given, and whether they are said at all."""
        graph = self.graph
        form = {
            "direct": "in quotation marks",
            "indirect": "in the journalist's words",
            "mixed": "in the journalist's words, some of them quoted",
        }[NOTATIONS[graph.one(statement, EO.quotationType)]]
        said = {"negated": ", which the article says did not happen", "hypothetical": ", which the article says may happen"}.get(
            NOTATIONS[graph.one(statement, EO.said)], ""
        )
        if graph.of_kind(statement, EO.Attitude):
            return f"a stand towards something{said}"
        return f"{'a thought' if graph.of_kind(statement, EO.Belief) else 'speech'}, {form}{said}"

    def _claim(self, iri: str) -> Explanation:
        graph = self.graph
        statement = graph.one(iri, SDO.appearance)
        told = self._statement(statement)
        facts = [
            Fact("statement", fragment_of(statement), statement),
            *(Fact(label, NOTATIONS.get(graph.one(iri, term), "")) for label, term in (("kind", EO.claimKind), ("polarity", EO.polarity))),
            Fact("modality", graph.one(iri, EO.modality)),
            *(Fact("topic", graph.concept_label(topic), topic) for topic in graph.all(iri, SDO.about)),
            *(fact for fact in told.facts if fact.label != "claim"),
        ]
        return self._told(
            iri,
            "claim",
            f"what {self._speaker(statement)} puts forward: {self._way(statement)}",
            facts,
            reason=told.reason,
            marks={
                "content": graph.spans(statement, EO.contentSpan),
                "source": graph.spans(statement, EO.sourceSpan),
                "cue": graph.spans(statement, EO.cueSpan),
            },
            namings=told.namings,
        )

    def _agent(self, iri: str) -> Explanation:
        graph = self.graph
        namings = self._namings(iri)
        first = self._first(iri)
        facts = [
            Fact("also", ", ".join(graph.all(iri, SDO.alternateName))),
            *(Fact("role", self._role_words(role), role) for role in graph.leading_to(iri, ORG.member)),
            *(Fact("part of", self._name(whole), whole) for whole in graph.all(iri, ORG.subOrganizationOf)),
            *(Fact("holder", self._role_words(role, holder=True), role) for role in graph.leading_to(iri, ORG.organization)),
            Fact("statements", str(len(graph.leading_to(iri, PROV.wasAttributedTo)))),
        ]
        return self._told(
            iri,
            NOTATIONS.get(graph.one(iri, EO.agentKind), "agent"),
            f"{self._name(iri)}, as far as this article tells",
            facts,
            reason=first[0].reason if first else None,
            marks={"mention": tuple(naming.span for naming in namings)},
            namings=namings,
            context=_NARROW,
        )

    def _role_words(self, role: str, *, holder: bool = False) -> str:
        graph = self.graph
        title = graph.one(role, SDO.roleName)
        former = "former " if graph.one(role, EO.former) == "true" else ""
        place = "" if holder else self._name(graph.one(role, ORG.organization))
        who = self._name(graph.one(role, ORG.member)) if holder else ""
        return ", ".join(filter(None, (who, f"{former}{title}".strip(), place)))

    def _role(self, iri: str) -> Explanation:
        graph = self.graph
        member, organisation = graph.one(iri, ORG.member), graph.one(iri, ORG.organization)
        facts = [
            Fact("holder", self._name(member), member),
            Fact("title", graph.one(iri, SDO.roleName), graph.one(iri, ORG.role)),
            Fact("organisation", self._name(organisation) if organisation else "none is named", organisation),
            Fact("former", "printed as one no longer held" if graph.one(iri, EO.former) == "true" else ""),
            Fact("printed", graph.words(iri, EO.evidence)),
        ]
        return self._told(
            iri,
            "role",
            f"{self._name(member)}: {self._role_words(iri)}",
            facts,
            reason=self._reason(iri, "role"),
            marks={"evidence": graph.spans(iri, EO.evidence)},
            namings=[*self._first(member), *self._first(organisation)],
        )

    def _part(self, iri: str) -> Explanation:
        graph = self.graph
        part, whole = graph.one(iri, RDF.subject), graph.one(iri, RDF.object)
        facts = [Fact("part", self._name(part), part), Fact("whole", self._name(whole), whole)]
        return self._told(
            iri,
            "part",
            f"{self._name(part)} is part of {self._name(whole)}",
            [*facts, Fact("printed", graph.words(iri, EO.evidence))],
            reason=self._reason(iri, "part"),
            marks={"evidence": graph.spans(iri, EO.evidence)},
            namings=[*self._first(part), *self._first(whole)],
        )

    def _stance_words(self, node: str) -> str:
        graph = self.graph
        disagrees = graph.one(node, CITO.hasCitationCharacterization) == str(CITO.disagreesWith)
        others = dict.fromkeys(self._speaker(cited) for cited in graph.all(node, CITO.hasCitedEntity))
        takers = ", ".join(self._speaker(citing) for citing in graph.all(node, CITO.hasCitingEntity))
        return f"{takers} {'disagrees' if disagrees else 'agrees'} with {', '.join(others)}"

    def _stance(self, iri: str) -> Explanation:
        graph = self.graph
        stated = graph.of_kind(iri, EO.StatedStance)
        facts = [
            *(Fact("statement", self._content(one), one) for one in graph.all(iri, CITO.hasCitingEntity)),
            *(Fact("on", self._content(one), one) for one in graph.all(iri, CITO.hasCitedEntity)),
            Fact("printed", graph.words(iri, EO.evidence)),
        ]
        speakers = {
            speaker
            for predicate in (CITO.hasCitingEntity, CITO.hasCitedEntity)
            for one in graph.all(iri, predicate)
            for speaker in graph.all(one, PROV.wasAttributedTo)
        }
        return self._told(
            iri,
            "agreement",
            f"{self._stance_words(iri)}: {'the article says so' if stated else 'the software infers it'}",
            facts,
            reason=self._reason(iri, "agreement"),
            marks={"evidence": graph.spans(iri, EO.evidence)},
            namings=[naming for speaker in sorted(speakers) for naming in self._first(speaker)],
        )

    def _figure(self, iri: str) -> Explanation:
        graph = self.graph
        owners = graph.leading_to(iri, EO.quantity)
        statements = [(graph.one(owner, SDO.appearance) or owner, owner) for owner in owners if owner != graph.iri]
        facts = [
            Fact("unit", graph.one(iri, SDO.unitText)),
            Fact("measure", graph.one(iri, EO.measure)),
            Fact("period", graph.one(iri, EO.period)),
            Fact("resolved", graph.one(iri, SDO.temporalCoverage)),
            Fact("printed", graph.words(iri, EO.evidence)),
            *(Fact("stands in", self._content(statement), owner) for statement, owner in statements),
        ]
        return self._told(
            iri,
            "figure",
            graph.figure(iri),
            facts,
            reason=self._reason(iri, "figure"),
            marks={"evidence": graph.spans(iri, EO.evidence)},
        )

    def _article(self, iri: str) -> Explanation:
        told = self.graph.publication()
        agents = self._count(EO.ReportedAgent)
        statements = self._count(EO.Utterance) + self._count(EO.Belief) + self._count(EO.Attitude)
        facts = [
            Fact("published", told.published),
            Fact("publisher", told.publisher),
            Fact("address", told.url),
            Fact("authors", ", ".join(self.graph.all(iri, SDO.author))),
            Fact("characters", f"{len(self.graph.text):,}"),
            Fact("agents", f"{agents:,}"),
            Fact("statements", f"{statements:,}"),
        ]
        return self._told(iri, "article", told.label, facts)

    def _count(self, kind: object) -> int:
        return len(self.graph.leading_to(str(kind), RDF.type))

    def _words(self, iri: str) -> Explanation:
        """A stretch of text: what rests on it, else what rests on words that overlap it."""
        span = place_of(iri) or self.graph.span(iri)
        resting = self._resting(iri)
        meaning = "words that the graph rests on" if resting else "words that nothing in the graph rests on as they stand"
        if not resting:
            overlapping = sorted((other, node) for node, other in self._all_spans() if other.overlaps(span))
            resting = [fact for _, node in overlapping for fact in self._resting(node, near=True)]
        namings = [
            naming for agent in self.graph.all(iri, EO.refersTo) for naming in self._namings(agent) if naming.span == span
        ]  # words that refer to two agents name both
        region = self.graph.one(iri, EO.regionKind)
        return self._told(
            iri,
            "words",
            meaning,
            [Fact("region", NOTATIONS.get(region, "")), *dict.fromkeys(resting)],
            reason=namings[0].reason if namings else None,
            marks={"words": (span,)},
            namings=namings,
        )

    def _all_spans(self) -> list[tuple[str, Span]]:
        starts = self.store.inner.quads_for_pattern(None, terms.node(str(OA.start)), None, ox.NamedNode(self.graph.iri))
        return [(quad.subject.value, self.graph.span(quad.subject.value)) for quad in starts if isinstance(quad.subject, ox.NamedNode)]

    def _resting(self, span: str, *, near: bool = False) -> list[Fact]:
        """What a span's words serve."""
        graph = self.graph
        labels = {
            str(EO.contentSpan): "content of",
            str(EO.sourceSpan): "source of",
            str(EO.cueSpan): "cue of",
            str(EO.evidence): "evidence of",
        }
        found = [(labels[how], self._called(node), node) for node, how in graph.links_to(span) if how in labels]
        found += [("name of", self._name(agent), agent) for agent in graph.all(span, EO.refersTo)]
        return [Fact("overlaps", f"{how} {what}", node) if near else Fact(how, what, node) for how, what, node in found]

    def _called(self, node: str) -> str:
        """What a person would call a node that rests on words."""
        graph = self.graph
        if graph.of_kind(node, EO.Utterance, EO.Belief, EO.Attitude):
            return f"{self._speaker(node)}: {self._content(node)}"
        if graph.of_kind(node, ORG.Membership):
            return f"{self._name(graph.one(node, ORG.member))}: {self._role_words(node)}"
        if graph.of_kind(node, RDF.Statement):
            return f"{self._name(graph.one(node, RDF.subject))} is part of {self._name(graph.one(node, RDF.object))}"
        if graph.of_kind(node, EO.StatedStance, EO.StanceLink):
            return self._stance_words(node)
        return graph.figure(node)


def software_of(store: Store, article: str) -> tuple[Software, ...]:
    """What read the article: from the graph `provenance`."""
    graph = ArticleGraph(store, iris.graph_iri(store.base, "provenance"))
    runs = {run for result in graph.leading_to(article, PROV.wasDerivedFrom) for run in graph.all(result, PROV.wasGeneratedBy)}
    programs = {program for run in runs for program in graph.all(run, PROV.wasAssociatedWith)}
    prefix = f"{store.base}software/"
    found = (Software(program.removeprefix(prefix).partition("/")[0], graph.one(program, SDO.name)) for program in programs)
    return tuple(sorted(found, key=lambda one: (one.part, one.version)))


def fragment_of(iri: str) -> str:
    """What stands behind the article's IRI: the id that a person types.

    >>> fragment_of("urn:kg:article/0123456789abcdef#claim-10-64")
    'claim-10-64'
    """
    return iri.partition("#")[2]
