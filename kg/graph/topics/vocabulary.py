"""A user's SKOS vocabulary, read from a file into records that the extraction can use."""

from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
from rdflib.namespace import RDF, SKOS

from kg.errors import SettingsError
from kg.records import TopicConcept

__all__ = ["read_vocabulary"]

_LABELS = {str(SKOS.prefLabel): "label", str(SKOS.altLabel): "also", str(SKOS.hiddenLabel): "hidden"}


def read_vocabulary(path: Path) -> tuple[TopicConcept, ...]:
    """The concepts of a SKOS file that have a preferred label, sorted by IRI.

    Labels in English or without a language are read; of two preferred ones, the one in English. `skos:narrower` counts as `skos:broader` from the other
    end. Nothing is fetched.

    Args:
        path: a file in Turtle, N-Triples, N-Quads, TriG, RDF/XML or JSON-LD, by its suffix.

    Raises:
        SettingsError: if it cannot be read or holds no concept with a label.
    """
    labels: dict[str, dict[str, set[tuple[bool, str]]]] = defaultdict(lambda: defaultdict(set))
    broader: dict[str, set[str]] = defaultdict(set)
    concepts: set[str] = set()
    suffix = path.suffix.lstrip(".").lower()
    known = ox.RdfFormat.from_extension({"rdf": "rdf", "owl": "rdf", "xml": "rdf", "skos": "rdf", "json": "jsonld"}.get(suffix, suffix))
    if known is None:
        raise SettingsError("is no file of RDF by its suffix", where=str(path), remedy="Give a SKOS vocabulary in Turtle (.ttl)")
    try:
        for quad in ox.parse(path=str(path), format=known):
            subject, predicate, value = quad.subject, quad.predicate.value, quad.object
            if not isinstance(subject, ox.NamedNode):
                continue
            if predicate in _LABELS and isinstance(value, ox.Literal) and (value.language or "en").lower().startswith("en"):
                if words := " ".join(value.value.split()):
                    labels[subject.value][_LABELS[predicate]].add((value.language is None, words))
            elif predicate == str(RDF.type) and value == ox.NamedNode(str(SKOS.Concept)):
                concepts.add(subject.value)
            elif predicate == str(SKOS.broader) and isinstance(value, ox.NamedNode):
                broader[subject.value].add(value.value)
            elif predicate == str(SKOS.narrower) and isinstance(value, ox.NamedNode):
                broader[value.value].add(subject.value)
    except OSError as error:
        raise SettingsError(f"cannot be read ({error.strerror})", where=str(path), remedy="Check the key topics in kg.toml") from error
    except (SyntaxError, ValueError) as error:
        raise SettingsError(f"is no RDF of its kind ({error})", where=str(path), remedy="Mend the file") from error
    named = {iri for iri in labels if labels[iri]["label"] and (iri in concepts or not concepts)}
    if not named:
        raise SettingsError("holds no skos:Concept with a skos:prefLabel in English", where=str(path), remedy="Give a SKOS vocabulary")
    return tuple(_concept(iri, labels[iri], tuple(sorted(broader[iri] & named))) for iri in sorted(named))


def _concept(iri: str, labels: dict[str, set[tuple[bool, str]]], broader: tuple[str, ...]) -> TopicConcept:
    label = min(labels["label"])[1]
    others = {words for _, words in (*labels["label"], *labels["also"])} - {label}
    hidden = {words for _, words in labels["hidden"]} - others - {label}
    return TopicConcept(iri, label, tuple(sorted(others)), tuple(sorted(hidden)), broader)
