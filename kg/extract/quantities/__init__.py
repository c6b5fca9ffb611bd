"""Figures in statements: value or bounds, unit, what is measured, and when."""

from kg.extract.quantities.find import find_quantities

__all__ = ["find_quantities"]
