"""What a claim says: kind, modality, certainty, polarity, tense, and how its cue presents it."""

from kg.extract.claims.facets import Facets, find_facets

__all__ = ["Facets", "find_facets"]
