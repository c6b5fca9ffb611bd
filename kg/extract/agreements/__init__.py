"""Stated agreement: "Brandt's views were echoed by Okafor, who said ...", "Okafor disagreed."."""

from kg.extract.agreements.bare import add_bare_stands, drop_unused
from kg.extract.agreements.find import FoundAgreement, find_agreements

__all__ = ["FoundAgreement", "add_bare_stands", "drop_unused", "find_agreements"]
