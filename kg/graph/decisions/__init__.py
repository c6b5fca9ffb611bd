"""What people decided, in files beside the store: it wins over the software, and can be taken back."""

from kg.graph.decisions.correcting import correct
from kg.graph.decisions.files import read_decisions
from kg.graph.decisions.following import Overrides, follow, read_overrides

__all__ = ["Overrides", "correct", "follow", "read_decisions", "read_overrides"]
