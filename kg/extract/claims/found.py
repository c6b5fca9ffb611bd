"""One decided field of a claim."""

from dataclasses import dataclass

__all__ = ["Facet"]


@dataclass(frozen=True, slots=True)
class Facet:
    """A value, the rule that gave it, and how likely it is right, 0 to 1."""

    value: str
    rule: str
    confidence: float
