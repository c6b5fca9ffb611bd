"""Who in a thousand articles is one person: article agents denote entities; explained, overruled by people, undone without extracting again."""

from kg.graph.identity.clusters import resolve
from kg.graph.identity.entities import entity_iri
from kg.graph.identity.facts import read_facts
from kg.graph.identity.pairs import compare
from kg.graph.identity.records import AgentFacts, Decisions, Entity, IdentityReport, Key, Pair, Suggestion, Verdict
from kg.graph.identity.refresh import refresh, resolved
from kg.graph.identity.suggestions import suggestions

__all__ = [
    "AgentFacts",
    "Decisions",
    "Entity",
    "IdentityReport",
    "Key",
    "Pair",
    "Suggestion",
    "Verdict",
    "compare",
    "entity_iri",
    "read_facts",
    "refresh",
    "resolve",
    "resolved",
    "suggestions",
]
