"""Whether a graph keeps the shapes: pySHACL as the judge, and the same shapes compiled for the build."""

from kg.graph.validate.report import ValidationReport, check_graph, to_rdflib, validate_graph
from kg.graph.validate.whole import validate_store

__all__ = ["ValidationReport", "check_graph", "to_rdflib", "validate_graph", "validate_store"]
