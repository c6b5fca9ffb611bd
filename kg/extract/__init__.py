"""Room 2: `Article` in, `Extraction` out. Start at `extract_articles`."""

from kg.extract.article import current_versions, extract_article, extract_articles, gazetteer_version, load_extractor

__all__ = ["current_versions", "extract_article", "extract_articles", "gazetteer_version", "load_extractor"]
