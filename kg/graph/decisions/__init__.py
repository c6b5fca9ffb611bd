"""What people decided, in files beside the store: it wins over the software, and can be taken back."""

from kg.graph.decisions.files import read_decisions

__all__ = ["read_decisions"]
