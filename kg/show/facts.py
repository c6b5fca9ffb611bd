"""Facts of a graph at hand, without a query for each: for reading all of it once."""

from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox
from rdflib.namespace import RDF
from rdflib.term import URIRef

__all__ = ["Facts", "facts_of"]


class Facts:
    """What some quads say, by subject and predicate: words of literals, IRIs of nodes."""

    def __init__(self) -> None:
        self._of: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._typed: dict[str, list[str]] = defaultdict(list)

    def add(self, subject: str, predicate: str, value: str) -> None:
        """One more fact."""
        self._of[subject][predicate].append(value)
        if predicate == str(RDF.type):
            self._typed[value].append(subject)

    def all(self, subject: str, predicate: URIRef) -> list[str]:
        """All values of a property, sorted."""
        return sorted(self._of[subject][str(predicate)]) if subject in self._of else []

    def one(self, subject: str, predicate: URIRef) -> str:
        """The first of `all`, "" if there is none."""
        return next(iter(self.all(subject, predicate)), "")

    def share(self, subject: str, predicate: URIRef) -> float:
        """A number from 0 to 1; 0 if none is known."""
        return float(self.one(subject, predicate) or 0)

    def of_type(self, *kinds: URIRef) -> list[str]:
        """All nodes of these classes, sorted."""
        return sorted({subject for kind in kinds for subject in self._typed[str(kind)]})

    def with_property(self, predicate: URIRef) -> list[tuple[str, str]]:
        """Subject and value of all facts of a property, sorted."""
        return sorted((subject, value) for subject, facts in self._of.items() for value in facts.get(str(predicate), ()))


def facts_of(quads: Iterable[ox.Quad]) -> Facts:
    """The facts of some quads."""
    facts = Facts()
    for quad in quads:
        facts.add(_value(quad.subject), quad.predicate.value, _value(quad.object))
    return facts


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value
