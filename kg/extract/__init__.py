"""Room 2: `Article` in, `Extraction` out. Start at `extract_articles`."""

from kg.extract.article import extract_article, extract_articles

__all__ = ["extract_article", "extract_articles"]
