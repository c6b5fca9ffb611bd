"""Room 1: a source becomes an `Article`, its text exactly as read and its furniture marked."""

from kg.read.regions import find_regions
from kg.read.sources import READABLE_SUFFIXES, read_articles

__all__ = ["READABLE_SUFFIXES", "find_regions", "read_articles"]
