"""Figures in statements: value or bounds, unit, what is measured, when, and whether they tell a change."""

from kg.extract.quantities.find import find_quantities, quantities_in

__all__ = ["find_quantities", "quantities_in"]
