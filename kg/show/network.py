"""The graph as a networkx graph: agents, what they said, their posts, and who agrees with whom."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import networkx as nx
import pyoxigraph as ox
from rdflib.namespace import DC, ORG, PROV, RDF, SDO
from rdflib.term import URIRef

from kg import records as r
from kg.graph import terms
from kg.graph.figures import amount_words, figure_words
from kg.graph.store import ArticleInfo, Store
from kg.graph.terms import CITO, OA
from kg.graph.vocab import EO

__all__ = ["to_networkx"]

_PIECES = " [...] "
_LABEL = 48  # characters of a statement that serve as its label
_CONTEXT = 900  # characters of a paragraph kept on either side of a statement

type Attributes = dict[str, Any]
type Place = tuple[int, int]


def to_networkx(store: Store, *, attitudes: bool = False) -> "nx.MultiDiGraph[str]":
    """The agents and statements of all articles in `store`, as a directed multigraph keyed by IRI.

    Articles come by date, then IRI; in each, agents in the order of their first mention, then statements in text order; edges in a fixed
    order too. The same store gives the same graph in the same order. Agents of different articles are different nodes.

    Args:
        store: an open store; it is only read.
        attitudes: also take attributions of mode attitude ("backed the plan"), which make no claim. Their node is the attribution.

    Node attributes, `str` unless said. Every node has `kind`, `label` (short), `name` (whole) and `article` (IRI):

    - `kind` is `person`, `organisation`, `place`, `work`, `group`, `unnamed` or `claim`.
    - An agent has `aliases` (list of `str`) and `roles` (list of dict with `title`, `former`, `evidence`): posts without an organisation.
    - A claim has `text` (its words, pieces joined by `[...]`), `before` and `after` (the rest of its paragraph), `segments` (list of
      `[words, role]` with role `source`, `cue`, `content` or nothing; joined they are the paragraph), `quotation_type` (`direct`, `indirect`,
      `mixed`), `mode` (`speech`, `thought`, `attitude`), `said` (`asserted`, `negated`, `hypothetical`), `cue`, `rule`, `confidence` (`float`, 0 to 1),
      `quantities` (list of `str` for people to read), `start` and `end` (`int`: first and last code point of the content, half-open), and of
      its article `article_title`, `article_url`, `article_publisher`, `article_date`, `article_source` (the file or feed), each empty if unknown.

    Edges; the key is the kind, and from the second of a kind between two nodes on the kind and a number (`role 2`). Each has `kind`:

    - `said`: agent to claim. A claim without a known speaker has none.
    - `role`: person to organisation, with `title` (may be empty), `former` (`bool`), `evidence`, `rule`, `confidence` (`float`).
    - `part_of`: organisation to organisation, with `evidence`, `rule`, `confidence`.
    - `agrees`, `disagrees`: claim to claim, with `basis` (`stated`, `inferred`), `evidence`, `rule`, `confidence`.

    Known limits: 1. of a paragraph longer than some 900 characters on either side of the statement, the far ends are cut, marked by `…`;
    2. a stance towards an attitude is left out unless `attitudes` is true.

    >>> from kg.graph.store import open_store
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, open_store(folder, write=True, create=True) as store:
    ...     len(to_networkx(store))
    0
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for article in sorted(store.articles(), key=lambda info: (info.published or "", info.iri)):
        _Reader(graph, article, store.quads(article.iri), attitudes=attitudes).read()
    return graph


class _Reader:
    """One article's graph on its way into the network."""

    def __init__(self, graph: "nx.MultiDiGraph[str]", article: ArticleInfo, quads: Iterable[ox.Quad], *, attitudes: bool) -> None:
        self.graph = graph
        self.article = article
        self.attitudes = attitudes
        self.facts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.typed: dict[str, list[str]] = defaultdict(list)
        for quad in quads:
            subject, value = _value(quad.subject), _value(quad.object)
            self.facts[subject][quad.predicate.value].append(value)
            if quad.predicate.value == str(RDF.type):
                self.typed[value].append(subject)
        self.text = self.one(article.iri, SDO.articleBody)
        self.claims: dict[str, str] = {}  # attribution -> node

    def read(self) -> None:
        self._agents()
        self._statements()
        self._roles()
        self._parts()
        self._stances()

    # ----------------------------------------------------------------------- small tools

    def all(self, subject: str, predicate: URIRef) -> list[str]:
        return sorted(self.facts[subject][str(predicate)]) if subject in self.facts else []

    def one(self, subject: str, predicate: URIRef) -> str:
        return next(iter(self.all(subject, predicate)), "")

    def _of_type(self, *kinds: URIRef) -> list[str]:
        return sorted({subject for kind in kinds for subject in self.typed[str(kind)]})

    def _places(self, subject: str, predicate: URIRef) -> list[Place]:
        return sorted((int(self.one(span, OA.start)), int(self.one(span, OA.end))) for span in self.all(subject, predicate))

    def _words(self, places: Sequence[Place]) -> str:
        return _PIECES.join(self.text[start:end] for start, end in places)

    def _decision(self, node: str) -> Attributes:
        """Rule, confidence and the words of anything decided."""
        return {
            "evidence": self._words(self._places(node, EO.evidence)),
            "rule": self.one(node, EO.rule),
            "confidence": float(self.one(node, EO.confidence) or 0),
        }

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
        for span, facts in self.facts.items():
            for agent in facts.get(str(EO.refersTo), ()):
                start = int(self.one(span, OA.start))
                first[agent] = min(start, first.get(agent, start))
        for agent in sorted(self._of_type(EO.ReportedAgent), key=lambda agent: (first.get(agent, len(self.text)), agent)):
            name = self.one(agent, SDO.name)
            self.graph.add_node(
                agent,
                kind=_AGENT_KINDS[self.one(agent, EO.agentKind)],
                label=name,
                name=name,
                aliases=self.all(agent, SDO.alternateName),
                roles=[],
                article=self.article.iri,
            )

    def _statements(self) -> None:
        """A node for each claim, in text order, and an edge from its speaker."""
        claim_of = {self.one(claim, SDO.appearance): claim for claim in self._of_type(SDO.Claim)}
        kinds = [EO.Utterance, EO.Belief] + [EO.Attitude] * self.attitudes
        placed = [(self._places(node, EO.contentSpan), node) for node in self._of_type(*kinds)]
        for content, node in sorted(placed, key=lambda item: (item[0][0], item[0][-1], item[1])):
            claim = claim_of.get(node, node)
            self.claims[node] = claim
            self.graph.add_node(claim, **self._claim(node, claim, content))
        for node, claim in self.claims.items():
            for speaker in self.all(node, PROV.wasAttributedTo):
                self._link(speaker, claim, "said")

    def _claim(self, node: str, claim: str, content: list[Place]) -> Attributes:
        text = self._words(content)
        marks: dict[str, list[Place]] = {
            "content": content,
            "source": self._places(node, EO.sourceSpan),
            "cue": self._places(node, EO.cueSpan),
        }
        segments = list(_segments(self.text, marks))
        inner = [number for number, (_, role) in enumerate(segments) if role]
        mode = next(mode for mode, kind in _MODES.items() if node in self.typed[str(kind)])
        return {
            "kind": "claim",
            "label": text if len(text) <= _LABEL else f"{text[:_LABEL].rsplit(' ', 1)[0]} …",
            "name": text,
            "text": text,
            "before": "".join(words for words, _ in segments[: inner[0]]),
            "after": "".join(words for words, _ in segments[inner[-1] + 1 :]),
            "segments": [list(segment) for segment in segments],
            "quotation_type": _QUOTATIONS[self.one(node, EO.quotationType)],
            "mode": mode,
            "said": _SAID.get(self.one(node, EO.said), "asserted"),
            "cue": self._words(marks["cue"]),
            "rule": self.one(node, EO.rule),
            "confidence": float(self.one(node, EO.confidence) or 0),
            "quantities": [self._quantity(quantity) for quantity in self._quantities(claim)],
            "start": content[0][0],
            "end": content[-1][1],
            "article": self.article.iri,
            "article_title": self.article.title or "",
            "article_url": self.article.url or "",
            "article_publisher": self.article.publisher or "",
            "article_date": self.article.published or "",
            "article_source": self.one(self.article.iri, DC.source),
        }

    def _quantities(self, claim: str) -> list[str]:
        return sorted(self.all(claim, EO.quantity), key=lambda quantity: (self._places(quantity, EO.evidence), quantity))

    def _quantity(self, node: str) -> str:
        unit, measure, period = (self.one(node, term) for term in (SDO.unitText, EO.measure, EO.period))
        numbers = [self.one(node, term) for term in (SDO.value, SDO.minValue, SDO.maxValue)]
        amount = amount_words(*(Decimal(number) if number else None for number in numbers))
        change = self.one(node, EO.quantityKind) == str(EO.Change)
        return figure_words(amount, unit=unit, measure=measure, period=period, change=change)

    # ----------------------------------------------------------------------- edges

    def _roles(self) -> None:
        for role in sorted(self._of_type(ORG.Membership), key=lambda node: (self._places(node, EO.evidence), node)):
            former = self.one(role, EO.former) == "true"
            title, decision = self.one(role, SDO.roleName), self._decision(role)
            member, organisation = self.one(role, ORG.member), self.one(role, ORG.organization)
            if organisation:
                self._link(member, organisation, "role", title=title, former=former, **decision)
            elif member in self.graph:
                self.graph.nodes[member]["roles"].append({"title": title, "former": former, "evidence": decision["evidence"]})

    def _parts(self) -> None:
        for node in sorted(self._of_type(RDF.Statement), key=lambda node: (self._places(node, EO.evidence), node)):
            if self.one(node, RDF.predicate) == str(ORG.subOrganizationOf):
                self._link(self.one(node, RDF.subject), self.one(node, RDF.object), "part_of", **self._decision(node))

    def _stances(self) -> None:
        for kind, basis in ((EO.StatedStance, "stated"), (EO.StanceLink, "inferred")):
            for node in sorted(self._of_type(kind), key=lambda node: (self._places(node, EO.evidence), node)):
                disagrees = self.one(node, CITO.hasCitationCharacterization) == str(CITO.disagreesWith)
                source = self.claims.get(self.one(node, CITO.hasCitingEntity), "")
                targets = [self.claims[target] for target in self.all(node, CITO.hasCitedEntity) if target in self.claims]
                for target in sorted(targets, key=lambda claim: (self.graph.nodes[claim]["start"], claim)):
                    self._link(source, target, "disagrees" if disagrees else "agrees", basis=basis, **self._decision(node))


# --------------------------------------------------------------------------- values

_AGENT_KINDS = {terms.concept_of(kind).value: kind.value for kind in r.AgentKind}
_QUOTATIONS = {terms.concept_of(kind).value: kind.value for kind in r.AttributionKind}
_SAID = {terms.concept_of(kind).value: kind.value for kind in r.Said}
_MODES = {"speech": EO.Utterance, "thought": EO.Belief, "attitude": EO.Attitude}


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def _segments(text: str, marks: Mapping[str, Sequence[Place]]) -> Iterator[tuple[str, str]]:
    r"""The paragraphs that hold the places, cut where a role begins or ends. A source or a cue inside the content stands out from it.

    >>> list(_segments("No.\nIt rains, he said.\nYes.", {"content": [(4, 12)], "cue": [(17, 21)]}))
    [('It rains', 'content'), (', he ', ''), ('said', 'cue'), ('.', '')]
    """
    places = [place for spans in marks.values() for place in spans]
    first, last = min(start for start, _ in places), max(end for _, end in places)
    start = text.rfind("\n", 0, first) + 1
    end = text.find("\n", last)
    end = len(text) if end < 0 else end
    if first - start > _CONTEXT:
        start = text.find(" ", first - _CONTEXT, first) + 1 or first - _CONTEXT
        yield "… ", ""
    cut = end - last > _CONTEXT
    if cut:
        found = text.rfind(" ", last, last + _CONTEXT)
        end = found if found > 0 else last + _CONTEXT
    borders = sorted({start, end, *(border for place in places for border in place)})
    pending, pending_role = "", ""
    for left, right in itertools.pairwise(borders):
        inside = [role for role in ("content", "source", "cue") if any(a <= left and right <= b for a, b in marks.get(role, ()))]
        role = inside[-1] if inside else ""
        if role != pending_role and pending:
            yield pending, pending_role
            pending = ""
        pending, pending_role = pending + text[left:right], role
    yield pending, pending_role
    if cut:
        yield " …", ""
