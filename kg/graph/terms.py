"""RDF terms as pyoxigraph wants them: the vocabularies used, and literals in the one spelling that a store keeps.

Oxigraph stores numbers and dates by value: `0.970` comes back as `0.97`. The literals made here are already spelled that way, so
that what goes in is what comes out.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache

from pyoxigraph import Literal, NamedNode
from rdflib.namespace import DC, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, XSD, Namespace
from rdflib.term import URIRef

from kg import records as r
from kg.graph.vocab import EO

__all__ = ["CITO", "OA", "PREFIXES", "concept_of", "count", "day", "flag", "former_value", "node", "number", "share", "text", "web_address"]

CITO = Namespace("http://purl.org/spar/cito/")
OA = Namespace("http://www.w3.org/ns/oa#")

PREFIXES = {
    "cito": str(CITO),
    "dc": str(DC),
    "dcterms": str(DCTERMS),
    "eo": str(EO),
    "foaf": str(FOAF),
    "oa": str(OA),
    "org": str(ORG),
    "owl": str(OWL),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": str(SDO),
    "skos": str(SKOS),
    "xsd": str(XSD),
}

_CONCEPTS: tuple[tuple[StrEnum, URIRef], ...] = (
    (r.AttributionKind.DIRECT, EO.Direct),
    (r.AttributionKind.INDIRECT, EO.Indirect),
    (r.AttributionKind.MIXED, EO.Mixed),
    (r.Said.ASSERTED, EO.Asserted),
    (r.Said.NEGATED, EO.Negated),
    (r.Said.HYPOTHETICAL, EO.Hypothetical),
    (r.AgentKind.PERSON, EO.Person),
    (r.AgentKind.ORGANISATION, EO.Organisation),
    (r.AgentKind.PLACE, EO.Place),
    (r.AgentKind.WORK, EO.Work),
    (r.AgentKind.GROUP, EO.Group),
    (r.AgentKind.UNNAMED, EO.Unnamed),
    (r.MentionForm.NAME, EO.Name),
    (r.MentionForm.PRONOUN, EO.Pronoun),
    (r.MentionForm.DESCRIPTION, EO.Description),
    (r.ClaimKind.FACT, EO.Fact),
    (r.ClaimKind.PREDICTION, EO.Prediction),
    (r.ClaimKind.EVALUATION, EO.Evaluation),
    (r.ClaimKind.RECOMMENDATION, EO.Recommendation),
    (r.Polarity.POSITIVE, EO.PositivePolarity),
    (r.Polarity.NEGATIVE, EO.NegativePolarity),
    (r.Certainty.CERTAIN, EO.Certain),
    (r.Certainty.PROBABLE, EO.Probable),
    (r.Certainty.POSSIBLE, EO.Possible),
    (r.Certainty.DOUBTFUL, EO.Doubtful),
    (r.Tense.PAST, EO.PastTense),
    (r.Tense.PRESENT, EO.PresentTense),
    (r.Tense.FUTURE, EO.FutureTense),
    (r.CueStance.NEUTRAL, EO.NeutralCue),
    (r.CueStance.ASSERTIVE, EO.AssertiveCue),
    (r.CueStance.SUPPORTIVE, EO.SupportiveCue),
    (r.CueStance.DISTANCING, EO.DistancingCue),
    (r.RegionKind.BOILERPLATE, EO.Boilerplate),
    (r.RegionKind.HEADLINE, EO.Headline),
    (r.RegionKind.CAPTION, EO.Caption),
    (r.RegionKind.BYLINE, EO.Byline),
    (r.RegionKind.DATELINE, EO.Dateline),
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(Z|[+-](?:0\d|1[0-3]):[0-5]\d)?")


@cache
def node(iri: str) -> NamedNode:
    """The node of a term of a vocabulary. Kept for ever, so for the few terms of vocabularies only."""
    return NamedNode(iri)


def concept_of(kind: StrEnum) -> NamedNode:
    """The concept of the ontology that an enumeration's value means; its `skos:notation` is that value.

    >>> concept_of(r.AttributionKind.DIRECT).value
    'https://w3id.org/expert-opinion#Direct'
    """
    # The values of two enumerations may be equal strings; they are told apart by their classes.
    return node(_BY_CLASS[type(kind), kind])


def former_value(aspect: r.CorrectedAspect, value: str) -> NamedNode | Literal:
    """What the software had found where a person overruled it, from its word in the extraction format: a concept, a class, or words."""
    if aspect is r.CorrectedAspect.MODE:
        return node(str({"speech": EO.Utterance, "thought": EO.Belief, "attitude": EO.Attitude}[value]))
    if aspect is r.CorrectedAspect.FORMER:
        return flag(value == "true")
    kinds = {
        r.CorrectedAspect.QUOTATION: r.AttributionKind,
        r.CorrectedAspect.CLAIM_KIND: r.ClaimKind,
        r.CorrectedAspect.AGENT_KIND: r.AgentKind,
    }
    return concept_of(kinds[aspect](value)) if aspect in kinds else text(value)


def text(value: str) -> Literal:
    """A plain string, as it stands."""
    return Literal(value)


def web_address(value: str) -> Literal:
    """A URL as data: it may be anything that a source printed, so it is no IRI of the graph."""
    return Literal(value, datatype=node(str(XSD.anyURI)))


def count(value: int) -> Literal:
    """A whole number: `xsd:integer`."""
    return Literal(str(value), datatype=node(str(XSD.integer)))


def flag(value: bool) -> Literal:
    """A truth value: `xsd:boolean`."""
    return Literal("true" if value else "false", datatype=node(str(XSD.boolean)))


def number(value: Decimal) -> Literal:
    """An exact number: `xsd:decimal`, without exponent, without zeros that say nothing.

    >>> number(Decimal("26.440E9")).value
    '26440000000'
    """
    plain = format(value, "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return Literal("0" if plain in {"-0", ""} else plain, datatype=node(str(XSD.decimal)))


@lru_cache(maxsize=4096)
def share(value: float) -> Literal:
    """A number from 0 to 1 to four places: a confidence has no more to say.

    >>> share(0.97004).value
    '0.97'
    """
    return number(Decimal(f"{value:.4f}"))


def day(value: str) -> Literal:
    """A date or date-time as printed: typed if it is one by ISO 8601, else a plain string.

    >>> [day(printed).datatype.value.partition("#")[2] for printed in ("2024-02-23", "2024-02-30", "Friday")]
    ['date', 'string', 'string']
    """
    if _DAY.fullmatch(value) and _parses(date, value):
        return Literal(value, datatype=node(str(XSD.date)))
    found = _MOMENT.fullmatch(value)
    if found is None or not _parses(datetime, value):
        return Literal(value)
    moment, fraction, zone = found.groups()
    fraction = (fraction or "").rstrip("0")
    zone = "Z" if zone in {"+00:00", "-00:00"} else zone or ""
    return Literal(f"{moment}{'.' if fraction else ''}{fraction}{zone}", datatype=node(str(XSD.dateTime)))


def _parses(kind: type[date], value: str) -> bool:
    try:
        kind.fromisoformat(value)
    except ValueError:
        return False
    return True


_BY_CLASS: dict[tuple[type[StrEnum], str], str] = {(type(kind), kind.value): str(term) for kind, term in _CONCEPTS}
