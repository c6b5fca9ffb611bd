"""What a claim says: kind, modality, certainty, polarity, tense, how its cue presents it, and a form of it that stands alone."""

from kg.extract.claims.facets import Facets, find_facets
from kg.extract.claims.found import Facet
from kg.extract.claims.readable import make_readable

__all__ = ["Facet", "Facets", "find_facets", "make_readable"]
